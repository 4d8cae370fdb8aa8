// How large is the share of the buckets that the calling token or app has? Okta gives each half; administrators may
// change that.
import { E0000047 } from '@errorg/errors/codes'
import type { Facts } from '../facts.ts'
import { tokenIdOf } from './caller.ts'
import { limitOfCall } from './limit-of-call.ts'
import { byAnswer, learntOf, type Question, recordsIn, silence, textAt } from './question.ts'

const CODE = E0000047.code
const CAUSE = 'token-share-used-up'
const DEFAULT = 50

export const shareOfToken: Question = {
  name: 'shareOfToken',
  async ask({ facts, findings }, org) {
    if (facts.code !== CODE || !findings.some(({ cause }) => cause === CAUSE)) return undefined
    const principal = principalOf(facts)
    if (principal === undefined) return undefined
    const answer = await org.get(
      ['api', 'v1', 'principal-rate-limits'],
      { filter: `principalType eq "${principal.type}"`, limit: '50' },
      ({ body }) => {
        const share = shareIn(body, principal.id)
        return share === undefined
          ? `${principal.id} has no share of its own, so it has ${DEFAULT} %.`
          : `${principal.id} has ${share.percentage} %.`
      },
    )
    if (answer?.status !== 200) return undefined
    const share = shareIn(answer.body, principal.id)
    if (share === undefined && answer.more) return undefined
    return { learnt: { request: answer.request, principal: principal.id, ...share } }
  },
  speak(learnt, facts) {
    const principal = textAt(learnt, 'principal')
    if (facts.code !== CODE || principal === undefined) return silence
    const own = typeof learnt.percentage === 'number' ? learnt.percentage : undefined
    const percentage = own ?? DEFAULT
    // A share of everything is used up together with the bucket.
    if (percentage >= 100) return { candidates: [], ruledOut: [{ code: CODE, cause: CAUSE }] }
    // Whose limit it was, the log says better than the size of a share.
    if (learntOf(facts.evidence, limitOfCall.name) !== undefined && !logNamesShare(facts)) return silence
    const id = textAt(learnt, 'id')
    return {
      candidates: [
        {
          kind: 'rate-limit-exceeded',
          // Nearly every token has a share below the whole; alone that only makes it possible.
          strength: logNamesShare(facts) ? 'certain' : 'possible',
          weight: 10,
          code: CODE,
          cause: CAUSE,
          because: [
            byAnswer(
              learnt,
              own === undefined ? 'principalId' : 'defaultPercentage',
              own === undefined ? `no entry for ${principal}` : String(own),
              `This token or app may use ${percentage} % of each bucket.`,
            ),
          ],
          first: [
            id === undefined
              ? `Give it more than ${percentage} %, if it is to have more: POST /api/v1/principal-rate-limits.`
              : `Give it more than ${percentage} %, if it is to have more: PUT /api/v1/principal-rate-limits/${id}.`,
          ],
        },
      ],
      ruledOut: [],
    }
  },
}

function logNamesShare(facts: Facts): boolean {
  const log = learntOf(facts.evidence, limitOfCall.name)
  return (
    log?.sameCall === true &&
    recordsIn(log.events, 20).every((event) => textAt(event, 'eventType') === 'system.operation.rate_limit.violation')
  )
}

function principalOf(facts: Facts): { type: 'SSWS_TOKEN' | 'OAUTH_CLIENT'; id: string } | undefined {
  const { cid } = facts.claims
  if (typeof cid === 'string' && /^0oa[0-9A-Za-z]{17}$/.test(cid)) return { type: 'OAUTH_CLIENT', id: cid }
  const id = tokenIdOf(facts)
  return id === undefined ? undefined : { type: 'SSWS_TOKEN', id }
}

function shareIn(body: unknown, principal: string): { id: string | undefined; percentage: number } | undefined {
  const found = recordsIn(body, 200).find((one) => one.principalId === principal)
  if (!found) return undefined
  return {
    id: textAt(found, 'id'),
    percentage: typeof found.defaultPercentage === 'number' ? found.defaultPercentage : DEFAULT,
  }
}
