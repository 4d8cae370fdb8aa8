// What became of the API token that was refused? E0000011 is the same for a token that was revoked, expired or lost its
// owner; the list of tokens, their owners and the System Log tell these apart.
import type { Facts } from '../facts.ts'
import type { Candidate } from '../finding.ts'
import { tokenIdOf } from './caller.ts'
import type { Channel } from './channel.ts'
import {
  byAnswer,
  inQuestion,
  isAfter,
  type Learnt,
  momentOf,
  type Question,
  recordsIn,
  silence,
  textAt,
  userId,
  type Verdict,
} from './question.ts'

const DAY_MS = 86_400_000
const INACTIVE = new Set(['SUSPENDED', 'DEPROVISIONED', 'LOCKED_OUT'])
const CODE = 'E0000011'

export const tokenOfCaller: Question = {
  name: 'tokenOfCaller',
  async ask({ facts, findings }, org) {
    if (facts.code !== CODE && !inQuestion(findings, 'api-token-revoked-or-expired', 'api-token-owner-inactive'))
      return undefined
    // Other trouble with the header needs no org: the wrong word, an access token, no credential.
    const { authorization } = facts
    if (authorization && (authorization.scheme !== 'ssws' || authorization.credential === 'jwt')) return undefined
    if (org.asksWith(facts.requestHeader('authorization') ?? '')) {
      org.gap({
        what: 'What became of the refused token.',
        why: 'The token that would ask is the refused one itself.',
        send: 'Another token of the same org, of an administrator who may read API tokens.',
      })
      return undefined
    }
    const answer = await org.get(['api', 'v1', 'api-tokens'], {}, ({ body }) => {
      const tokens = recordsIn(body)
      const names = tokens.slice(0, 5).map((one) => `"${textAt(one, 'name')}"`)
      return `It lists ${tokens.length}: ${names.join(', ')}${tokens.length > 5 ? ' …' : ''}.`
    })
    if (answer?.status !== 200) return undefined
    const tokens = recordsIn(answer.body)
    const id = tokenIdOf(facts)
    const name = id === undefined ? tokenNameOf(facts) : undefined
    const named = tokens.filter((token) =>
      id === undefined ? textAt(token, 'name') === name : textAt(token, 'id') === id,
    )
    const base = { request: answer.request, tokenId: id, tokenName: name, complete: !answer.more }
    // Two tokens may have the same name; then which one is meant is open.
    if ((id !== undefined || name !== undefined) && named.length === 1) {
      const owner = await ownerOf(named[0]!, org)
      return { learnt: { ...base, found: shortened(named[0]!), ...(owner && { owner }) } }
    }
    if (id !== undefined || name !== undefined) {
      if (named.length > 0 || answer.more) return { learnt: base }
      const life = await lifeOf(id, name, facts, org)
      const made = life?.find((event) => event.eventType === 'system.api_token.create')
      // Nobody can make a token for somebody else.
      const owner = isUser(made?.actorId) ? await ownerOf({ userId: made?.actorId, name: made?.token }, org) : undefined
      return { learnt: { ...base, gone: true, ...(life && { life }), ...(owner && { owner }) } }
    }
    const owners = await sleepingOwners(tokens, org)
    const revoked = await revocations(facts, org)
    const left = await leavers(facts, org)
    return { learnt: { ...base, ...(owners && { owners }), ...(revoked && { revoked }), ...(left && { left }) } }
  },
  speak(learnt, facts) {
    if (facts.code !== undefined && facts.code !== CODE) return silence
    if (learnt.found !== undefined) return ofListed(learnt, facts)
    if (learnt.gone === true) return ofGone(learnt, facts)
    return ofUnnamed(learnt, facts)
  },
}

/** The token is in the list, so it was not revoked and is not expired: the owner, the address or the value are left. */
function ofListed(learnt: Learnt, facts: Facts): Verdict {
  const name = textAt(learnt.found, 'name') ?? 'The token'
  const status = textAt(learnt.owner, 'status')
  const login = textAt(learnt.owner, 'login') ?? 'the owner'
  const since = textAt(learnt.owner, 'statusChanged')
  const place = (member: string, quote: string, says: string) => ({
    place: `${textAt(learnt.owner, 'request') ?? textAt(learnt, 'request') ?? 'the org'} ${member}`,
    quote,
    says,
  })
  const listed = byAnswer(learnt, 'name', name, 'The token is still there: it was neither revoked nor did it expire.')
  const alive = [
    { kind: 'api-token-revoked-or-expired' as const },
    ...['token-revoked', 'token-expired-unused', 'token-unknown'].map((cause) => ({ code: CODE, cause })),
  ]
  if (status === undefined) return { candidates: [], ruledOut: alive.slice(1, 3) }
  const quote = since === undefined ? status : `${status} since ${since}`
  if (isAfter(facts, since))
    return {
      candidates: [
        ofOwner('likely', [place('status', quote, `The status of ${login} changed after the failed call.`), listed]),
      ],
      ruledOut: alive,
    }
  if (INACTIVE.has(status)) {
    const says = `A token counts only while its owner is active, and this is the status of ${login}.`
    // Whether a lockout stops tokens is told in two ways: by one page of Okta's it does, by another it does not.
    return {
      candidates: [ofOwner(status === 'LOCKED_OUT' ? 'likely' : 'certain', [place('status', quote, says), listed])],
      ruledOut: alive,
    }
  }
  const awake = [{ kind: 'api-token-owner-inactive' as const }, { code: CODE, cause: 'owner-inactive' }]
  if (textAt(learnt.found, 'connection') === 'ZONE')
    return {
      candidates: [
        {
          kind: 'api-token-ip-restricted',
          strength: 'likely',
          weight: 10,
          code: CODE,
          cause: 'outside-network',
          because: [
            byAnswer(
              learnt,
              'network.connection',
              'ZONE',
              'The token counts only from some network zones, and nothing else is wrong with it.',
            ),
            place('status', quote, `Its owner ${login} is active.`),
          ],
        },
      ],
      ruledOut: [...alive, ...awake],
    }
  return {
    candidates: [
      {
        kind: 'api-token-revoked-or-expired',
        strength: 'likely',
        weight: 10,
        code: CODE,
        cause: 'token-unknown',
        because: [
          byAnswer(
            learnt,
            'name',
            name,
            'The token of this name is alive, so the value that was sent is not its value.',
          ),
          place('status', quote, `Its owner ${login} is active.`),
        ],
        first: [
          `Compare the value that was sent with the one that was shown when "${name}" was made: its beginning, its end, its 42 characters.`,
        ],
      },
    ],
    ruledOut: [
      { code: CODE, cause: 'token-revoked' },
      { code: CODE, cause: 'token-expired-unused' },
      { code: CODE, cause: 'outside-network' },
      { kind: 'api-token-ip-restricted' },
      ...awake,
    ],
  }
}

/** The token was named and is not in the list any more. */
function ofGone(learnt: Learnt, facts: Facts): Verdict {
  const name = textAt(learnt, 'tokenName') ?? textAt(learnt, 'tokenId') ?? 'The token'
  // An older token may have had the same name: what happened last is what counts.
  const [last] = recordsIn(learnt.life, 50)
    .filter((event) => /\.(?:create|revoke)$/.test(textAt(event, 'eventType') ?? ''))
    .reverse()
    .sort((a, b) => (textAt(b, 'published') ?? '').localeCompare(textAt(a, 'published') ?? ''))
  const revoke = textAt(last, 'eventType') === 'system.api_token.revoke' ? last : undefined
  if (revoke && isAfter(facts, textAt(revoke, 'published'))) return silence
  const gone = byAnswer(learnt, 'name', name, 'The list of living tokens does not have it.')
  if (revoke) {
    const by = textAt(revoke, 'actor') ?? 'somebody'
    return {
      candidates: [
        {
          kind: 'api-token-revoked-or-expired',
          strength: 'certain',
          weight: 10,
          code: CODE,
          cause: 'token-revoked',
          because: [
            {
              place: `${textAt(revoke, 'request') ?? 'the org'} eventType`,
              quote: `system.api_token.revoke at ${textAt(revoke, 'published') ?? 'a time unknown'}`,
              says: `${by} revoked this token.`,
            },
            gone,
          ],
        },
      ],
      ruledOut: [
        { kind: 'api-token-owner-inactive' },
        { kind: 'api-token-ip-restricted' },
        ...['owner-inactive', 'outside-network', 'token-expired-unused', 'token-unknown'].map((cause) => ({
          code: CODE,
          cause,
        })),
      ],
    }
  }
  const since = textAt(learnt.owner, 'statusChanged')
  if (textAt(learnt.owner, 'status') === 'DEPROVISIONED' && !isAfter(facts, since)) {
    const login = textAt(learnt.owner, 'login') ?? 'The owner'
    const because = {
      place: `${textAt(learnt.owner, 'request') ?? 'the org'} status`,
      quote: since === undefined ? 'DEPROVISIONED' : `DEPROVISIONED since ${since}`,
      says: `${login} made this token, and tokens end with the account of their owner.`,
    }
    return {
      candidates: [ofOwner('certain', [because, gone])],
      ruledOut: [
        { kind: 'api-token-revoked-or-expired' },
        { kind: 'api-token-ip-restricted' },
        ...['outside-network', 'token-revoked', 'token-expired-unused', 'token-unknown'].map((cause) => ({
          code: CODE,
          cause,
        })),
      ],
    }
  }
  return {
    candidates: [
      {
        kind: 'api-token-revoked-or-expired',
        strength: 'likely',
        weight: 8,
        because: [
          gone,
          ...(Array.isArray(learnt.life)
            ? [
                byAnswer(
                  learnt,
                  'System Log',
                  'no system.api_token.revoke',
                  'Nobody revoked it in the last 90 days: it expired, or ended with the account of its owner.',
                ),
              ]
            : []),
        ],
      },
    ],
    // A suspended owner's token stays in the list, and so does one that is refused for its address.
    ruledOut: [{ kind: 'api-token-ip-restricted' }, { code: CODE, cause: 'outside-network' }],
  }
}

/** Nobody said which token it was: what is wrong with tokens of this org at all. */
function ofUnnamed(learnt: Learnt, facts: Facts): Verdict {
  const candidates: Candidate[] = []
  const asleep = recordsIn(learnt.owners, 200).find((owner) => !isAfter(facts, textAt(owner, 'statusChanged')))
  if (asleep) {
    const quote = `${textAt(asleep, 'status')} since ${textAt(asleep, 'statusChanged') ?? 'a time unknown'}`
    candidates.push(
      ofOwner('likely', [
        {
          place: `${textAt(asleep, 'request') ?? 'the org'} status`,
          quote,
          says: `${textAt(asleep, 'login') ?? 'A user'} owns the token "${textAt(asleep, 'token')}" and is not active. If that token made the call, this is the cause.`,
        },
      ]),
    )
  }
  const revoked = recordsIn(learnt.revoked, 50)
  const last = revoked[0]
  const gone = recordsIn(learnt.left, 50).find((leaver) => !isAfter(facts, textAt(leaver, 'published')))
  // Both ended a token, and which one made the call is open: what happened last is the better guess.
  const leftLast = gone && (textAt(gone, 'published') ?? '') > (textAt(last, 'published') ?? '')
  if (gone)
    candidates.push(
      ofOwner(
        'likely',
        [
          {
            place: `${textAt(gone, 'request') ?? 'the org'} eventType`,
            quote: `user.lifecycle.deactivate at ${textAt(gone, 'published') ?? 'a time unknown'}`,
            says: `${textAt(gone, 'login') ?? 'A user'} had made the token "${textAt(gone, 'token')}" and was deactivated, which ends all tokens of the account. If that token made the call, this is the cause.`,
          },
        ],
        leftLast ? 10 : 5,
      ),
    )
  if (last)
    candidates.push({
      kind: 'api-token-revoked-or-expired',
      strength: 'likely',
      weight: asleep || leftLast ? 5 : 9,
      code: CODE,
      cause: 'token-revoked',
      because: [
        {
          place: `${textAt(last, 'request') ?? 'the org'} eventType`,
          quote: `system.api_token.revoke at ${textAt(last, 'published') ?? 'a time unknown'}`,
          says: `${textAt(last, 'actor') ?? 'Somebody'} revoked the token "${textAt(last, 'token')}"${revoked.length > 1 ? `, one of ${revoked.length} within 30 days` : ''}. If it made the call, this is the cause.`,
        },
      ],
    })
  return { candidates, ruledOut: [] }
}

function ofOwner(strength: Candidate['strength'], because: Candidate['because'], weight = 10): Candidate {
  return { kind: 'api-token-owner-inactive', strength, weight, code: CODE, cause: 'owner-inactive', because }
}

function shortened(token: Record<string, unknown>): Learnt {
  return {
    id: textAt(token, 'id'),
    name: textAt(token, 'name'),
    userId: textAt(token, 'userId'),
    connection: textAt(token, 'network', 'connection'),
    created: textAt(token, 'created'),
    expiresAt: textAt(token, 'expiresAt'),
  }
}

/** Owners of listed tokens who are suspended or locked out, found with one call however many tokens there are. */
async function sleepingOwners(tokens: readonly Record<string, unknown>[], org: Channel): Promise<Learnt[] | undefined> {
  const byOwner = new Map(tokens.map((token) => [textAt(token, 'userId'), token]))
  if (byOwner.size === 0) return []
  const ofBody = (body: unknown) => recordsIn(body).filter((user) => byOwner.has(textAt(user, 'id')))
  const answer = await org.get(
    ['api', 'v1', 'users'],
    { filter: 'status eq "SUSPENDED" or status eq "LOCKED_OUT"', limit: '200' },
    ({ body }) => {
      const owners = ofBody(body)
      if (owners.length === 0) return 'No owner of a token is suspended or locked out.'
      return `${owners.map((user) => `${textAt(user, 'profile', 'login')}, who owns a token, is ${textAt(user, 'status')}`).join('; ')}.`
    },
  )
  if (answer?.status !== 200) return undefined
  return ofBody(answer.body).map((user) => ({
    request: answer.request,
    token: textAt(byOwner.get(textAt(user, 'id')), 'name'),
    login: textAt(user, 'profile', 'login'),
    status: textAt(user, 'status'),
    statusChanged: textAt(user, 'statusChanged'),
  }))
}

async function ownerOf(token: Record<string, unknown>, org: Channel): Promise<Learnt | undefined> {
  const id = textAt(token, 'userId')
  if (id === undefined) return undefined
  const answer = await org.get(['api', 'v1', 'users', id], {}, ({ status, body }) =>
    status === 404
      ? `The owner of "${textAt(token, 'name')}" is deleted.`
      : `${textAt(body, 'profile', 'login')}, who owns "${textAt(token, 'name')}", is ${textAt(body, 'status')}.`,
  )
  if (!answer) return undefined
  if (answer.status === 404) return { request: answer.request, status: 'DEPROVISIONED', login: id }
  return {
    request: answer.request,
    login: textAt(answer.body, 'profile', 'login'),
    status: textAt(answer.body, 'status'),
    statusChanged: textAt(answer.body, 'statusChanged'),
  }
}

/** What the System Log has on the life of one token. */
async function lifeOf(id: string | undefined, name: string | undefined, facts: Facts, org: Channel) {
  const who = id === undefined ? `target.displayName eq ${JSON.stringify(name)}` : `target.id eq "${id}"`
  const answer = await org.get(
    ['api', 'v1', 'logs'],
    { filter: `eventType sw "system.api_token" and ${who}`, ...daysBefore(facts, 89), limit: '20' },
    ({ body }) => {
      const events = recordsIn(body, 20)
      if (events.length === 0) return 'No event about this token.'
      return `${events.map((event) => `${textAt(event, 'eventType')} at ${textAt(event, 'published')}`).join('; ')}.`
    },
  )
  return answer?.status === 200
    ? recordsIn(answer.body, 20).map((event) => shortEvent(event, answer.request))
    : undefined
}

/** The tokens that were revoked lately, newest first. */
async function revocations(facts: Facts, org: Channel): Promise<Learnt[] | undefined> {
  const answer = await org.get(
    ['api', 'v1', 'logs'],
    {
      filter: 'eventType eq "system.api_token.revoke"',
      ...daysBefore(facts, 30),
      sortOrder: 'DESCENDING',
      limit: '20',
    },
    ({ body }) => `${recordsIn(body, 20).length} revocations within 30 days.`,
  )
  return answer?.status === 200
    ? recordsIn(answer.body, 20).map((event) => shortEvent(event, answer.request))
    : undefined
}

/** Who was deactivated lately and had made tokens, newest first: such tokens are in no list any more. */
async function leavers(facts: Facts, org: Channel): Promise<Learnt[] | undefined> {
  const newest = { sortOrder: 'DESCENDING', limit: '100' }
  const left = await org.get(
    ['api', 'v1', 'logs'],
    { filter: 'eventType eq "user.lifecycle.deactivate"', ...daysBefore(facts, 30), ...newest },
    ({ body }) => `${recordsIn(body, 100).length} users were deactivated within 30 days.`,
  )
  if (left?.status !== 200) return undefined
  const events = recordsIn(left.body, 100)
  if (events.length === 0) return []
  const made = await org.get(
    ['api', 'v1', 'logs'],
    { filter: 'eventType eq "system.api_token.create"', ...daysBefore(facts, 89), ...newest },
    ({ body }) => `${recordsIn(body, 100).length} tokens were made within 89 days.`,
  )
  if (made?.status !== 200) return undefined
  const tokens = recordsIn(made.body, 100).map((event) => shortEvent(event, made.request))
  return events.flatMap((event) => {
    const [user] = recordsIn(event.target, 1)
    const token = tokens.find(({ actorId }) => isUser(actorId) && actorId === textAt(user, 'id'))
    if (!token) return []
    const { request, published } = shortEvent(event, left.request)
    return [{ request, published, login: textAt(user, 'alternateId'), token: token.token }]
  })
}

// Okta itself acts under other ids.
const isUser = (id: unknown): boolean => typeof id === 'string' && userId.test(id)

function shortEvent(event: Record<string, unknown>, request: string): Learnt {
  const [target] = recordsIn(event.target, 1)
  return {
    request,
    eventType: textAt(event, 'eventType'),
    published: textAt(event, 'published'),
    actor: textAt(event, 'actor', 'alternateId'),
    actorId: textAt(event, 'actor', 'id'),
    token: textAt(target, 'displayName') ?? textAt(target, 'id'),
  }
}

/** The days before the call, as the log is asked for them; without any clock the log's own seven days. */
function daysBefore(facts: Facts, days: number): { since?: string; until?: string } {
  const moment = momentOf(facts)
  const from = moment ?? (facts.nowSeconds === undefined ? undefined : facts.nowSeconds * 1000)
  return {
    ...(from !== undefined && { since: new Date(from - days * DAY_MS).toISOString() }),
    // The Date header knows only whole seconds.
    ...(moment !== undefined && { until: new Date(moment + 1_000).toISOString() }),
  }
}

/** The name that a person gave for the token; names are free text, values are not names. */
function tokenNameOf(facts: Facts): string | undefined {
  for (const { text } of facts.told) {
    const name = /\btoken name: (.{1,100})$/i.exec(text)?.[1]?.trim()
    if (name !== undefined && !/^00[\w-]{30,}$/.test(name)) return name
  }
  return undefined
}
