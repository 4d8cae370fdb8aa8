// Does the org trust the origin of the page? Decides what a browser only calls blocked.
import { type Facts, toldThat } from '../facts.ts'
import { byAnswer, inQuestion, isAfter, type Learnt, type Question, recordsIn, silence, textAt } from './question.ts'

const KIND = 'origin-not-trusted'

export const originsOfOrg: Question = {
  name: 'originsOfOrg',
  async ask({ facts, findings }, org) {
    const origin = originOf(facts)
    if (origin === undefined || !inQuestion(findings, KIND) || !isByOrigin(facts)) return undefined
    const answer = await org.get(['api', 'v1', 'trustedOrigins'], { limit: '200' }, ({ body, more }) => {
      const named = recordsIn(body, 200).filter((one) => tidy(textAt(one, 'origin')) === origin)
      if (named.length === 0) return `${origin} is not among the ${more ? 'first ' : ''}${recordsIn(body).length}.`
      return `${named.map((one) => `${origin} is ${textAt(one, 'status')} for ${scopesOf(one).join(', ')}`).join('; ')}.`
    })
    if (answer?.status !== 200) return undefined
    return {
      learnt: {
        request: answer.request,
        origin,
        complete: !answer.more,
        origins: recordsIn(answer.body, 200).map((one) => ({
          origin: textAt(one, 'origin'),
          status: textAt(one, 'status'),
          scopes: scopesOf(one),
          lastUpdated: textAt(one, 'lastUpdated'),
        })),
      },
    }
  },
  speak(learnt, facts) {
    const origin = textAt(learnt, 'origin')
    if (origin === undefined || !Array.isArray(learnt.origins)) return silence
    const origins = recordsIn(learnt.origins, 200)
    const same = origins.filter((one) => tidy(textAt(one, 'origin')) === origin)
    const open = same.find((one) => textAt(one, 'status') === 'ACTIVE' && namesIn(one.scopes).includes('CORS'))
    if (open) {
      if (isAfter(facts, textAt(open, 'lastUpdated')))
        return said(
          learnt,
          'lastUpdated',
          textAt(open, 'lastUpdated') ?? '',
          'The origin was added or changed after the failed call.',
          ['Send the call again: the org trusts the origin by now.'],
        )
      return { candidates: [], ruledOut: [{ kind: KIND }] }
    }
    const [shut] = same
    if (shut && textAt(shut, 'status') !== 'ACTIVE')
      return said(learnt, 'status', textAt(shut, 'status') ?? '', `${origin} is in the list, and switched off.`, [
        `Activate ${origin}: Security > API > Trusted Origins, or POST /api/v1/trustedOrigins/{id}/lifecycle/activate.`,
      ])
    if (shut)
      return said(
        learnt,
        'scopes',
        namesIn(shut.scopes).join(', '),
        `${origin} is trusted for something else than calls from pages.`,
        [`Tick CORS for ${origin}.`],
      )
    if (learnt.complete !== true) return silence
    const near = origins.find((one) => hostOf(textAt(one, 'origin')) === hostOf(origin))
    return near
      ? said(
          learnt,
          'origin',
          textAt(near, 'origin') ?? '',
          `The org trusts this origin; the page is at ${origin}. Scheme and port count.`,
          [`Add ${origin} with CORS beside ${textAt(near, 'origin')}.`],
        )
      : said(learnt, 'origin', `none of ${origins.length}`, `${origin} is not in the list.`, [
          `Add ${origin} with CORS.`,
        ])
  },
}

function said(learnt: Learnt, member: string, quote: string, says: string, first: readonly string[]) {
  return {
    candidates: [
      { kind: KIND, strength: 'certain', weight: 10, because: [byAnswer(learnt, member, quote, says)], first } as const,
    ],
    ruledOut: [],
  }
}

/** The token endpoint looks at redirect URIs, keys and metadata at nothing. */
function isByOrigin(facts: Facts): boolean {
  return facts.path === undefined || /^\/(?:api\/v1|idp\/idx|login)(?:\/|$)/.test(facts.path)
}

function originOf(facts: Facts): string | undefined {
  const told = toldThat(facts, /^(?:page ?)?origin: https?:\/\/\S+$/i)?.text.replace(/^[^:]*: /, '')
  const origin = facts.requestHeader('origin') ?? told
  return origin !== undefined && /^https?:\/\//i.test(origin) ? tidy(origin) : undefined
}

function tidy(origin: string | undefined): string | undefined {
  return origin?.trim().toLowerCase().replace(/\/$/, '').slice(0, 200)
}

function hostOf(origin: string | undefined): string | undefined {
  return /^https?:\/\/([^/:]+)/i.exec(origin ?? '')?.[1]?.toLowerCase()
}

function scopesOf(one: Record<string, unknown>): string[] {
  return recordsIn(one.scopes, 10).flatMap((scope) => textAt(scope, 'type') ?? [])
}

function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.slice(0, 10).filter((one): one is string => typeof one === 'string') : []
}
