// Whose limit was it that the call ran into? The System Log names the scope: the org's bucket, the token's share, the
// client, the calls under way at once.
import { E0000047 } from '@errorg/errors/codes'
import type { Facts } from '../facts.ts'
import type { Candidate } from '../finding.ts'
import { logOfCall } from './log-of-call.ts'
import {
  inQuestion,
  type Learnt,
  learntOf,
  momentOf,
  type Question,
  type RuledOut,
  recordsIn,
  silence,
  textAt,
} from './question.ts'

const CODE = E0000047.code
const BEFORE_MS = 120_000
const AFTER_MS = 60_000

const EVENTS = [
  'system.org.rate_limit.violation',
  'system.operation.rate_limit.violation',
  'system.client.rate_limit.violation',
  'core.concurrency.org.limit.violation',
  'system.operation.concurrency_limit.violation',
] as const

interface Meaning {
  cause: string
  kind: Candidate['kind']
  says: string
}

const rate = 'rate-limit-exceeded'
const meanings: Readonly<Record<(typeof EVENTS)[number], Meaning>> = {
  'system.org.rate_limit.violation': {
    cause: 'bucket-used-up',
    kind: rate,
    says: 'All callers together used up the bucket of the org.',
  },
  'system.operation.rate_limit.violation': {
    cause: 'token-share-used-up',
    kind: rate,
    says: 'One token or app used up its own share of the bucket.',
  },
  'system.client.rate_limit.violation': {
    cause: 'client-limit-used-up',
    kind: rate,
    says: 'One client at one address used up its limit.',
  },
  'core.concurrency.org.limit.violation': {
    cause: 'concurrency-exceeded',
    kind: 'concurrent-limit-exceeded',
    says: 'Too many calls were under way at the same moment.',
  },
  'system.operation.concurrency_limit.violation': {
    cause: 'concurrency-exceeded',
    kind: 'concurrent-limit-exceeded',
    says: 'One token or app had too many calls under way at the same moment.',
  },
}

export const limitOfCall: Question = {
  name: 'limitOfCall',
  async ask({ facts, findings }, org) {
    if (facts.code !== CODE && !(facts.status === 429 && inQuestion(findings, rate, 'concurrent-limit-exceeded')))
      return undefined
    const log = learntOf(facts.evidence, logOfCall.name)
    const own = (facts.evidence.logEvents ?? []).filter((event) => isLimit(event))
    if (own.length > 0)
      return {
        learnt: { request: textAt(log, 'request'), sameCall: true, events: own.map((event) => shortEvent(event)) },
      }
    // Okta writes one event for many refused calls, so that of another call in the same minute tells as well.
    const moment = momentOf(facts)
    if (moment === undefined) return undefined
    const answer = await org.get(
      ['api', 'v1', 'logs'],
      {
        filter: EVENTS.map((type) => `eventType eq "${type}"`).join(' or '),
        since: new Date(moment - BEFORE_MS).toISOString(),
        until: new Date(moment + AFTER_MS).toISOString(),
        limit: '20',
      },
      ({ body }) => {
        const events = recordsIn(body, 20)
        return events.length === 0
          ? 'No limit was logged in these minutes.'
          : `${[...new Set(events.map((event) => textAt(event, 'eventType')))].join('; ')}.`
      },
    )
    if (answer?.status !== 200) return undefined
    return {
      learnt: {
        request: answer.request,
        sameCall: false,
        events: recordsIn(answer.body, 20).map((event) => shortEvent(event)),
      },
    }
  },
  speak(learnt, facts) {
    if (facts.code !== undefined && facts.code !== CODE) return silence
    const events = recordsIn(learnt.events, 20)
    // Where one of them is about this very path, the others are about other calls.
    const onPath = events.filter((event) => isPattern(textAt(event, 'urlPattern'), facts))
    const causes = new Map<string, Candidate>()
    for (const event of onPath.length > 0 ? onPath : events) {
      const meaning = meaningOf(event)
      if (meaning && !causes.has(meaning.cause)) causes.set(meaning.cause, candidateOf(learnt, event, meaning))
    }
    const found = [...causes.values()]
    const [only, ...others] = found
    // Two limits within the same minutes: either may have been this call's.
    if (!only || others.length > 0)
      return { candidates: found.map((one) => ({ ...one, strength: 'likely' })), ruledOut: [] }
    return { candidates: [only], ruledOut: learnt.sameCall === true ? othersThan(only) : [] }
  },
}

/** The other limits: a call that ran into one did not reach the next. */
function othersThan(one: Candidate): RuledOut[] {
  return Object.entries(E0000047.causes)
    .filter(([cause]) => cause !== one.cause)
    .flatMap(([cause, { kind }]): RuledOut[] => [{ code: CODE, cause }, ...(kind === one.kind ? [] : [{ kind }])])
}

function meaningOf(event: Record<string, unknown>): Meaning | undefined {
  const type = textAt(event, 'eventType') ?? ''
  if (!isKnown(type)) return undefined
  // The same type stands for text messages, passcodes and profile reloads.
  if (
    type === 'system.operation.rate_limit.violation' &&
    !/^(?:ssws_token|oauth_client)$/i.test(textAt(event, 'operation') ?? '')
  )
    return undefined
  if (textAt(event, 'scope') === 'USER')
    return { cause: 'user-limit-used-up', kind: rate, says: 'One user made too many calls in a few seconds.' }
  return meanings[type]
}

function candidateOf(learnt: Learnt, event: Record<string, unknown>, { cause, kind, says }: Meaning): Candidate {
  const threshold = textAt(event, 'threshold')
  return {
    kind,
    strength: learnt.sameCall === true ? 'certain' : 'likely',
    weight: 10,
    code: CODE,
    cause,
    because: [
      {
        place: `${textAt(learnt, 'request') ?? 'logEvents'} eventType`,
        quote: [textAt(event, 'eventType'), textAt(event, 'urlPattern'), threshold && `threshold ${threshold}`]
          .filter((word) => word)
          .join(' '),
        says: learnt.sameCall === true ? says : `${says} It was logged within two minutes of the call.`,
      },
    ],
  }
}

function shortEvent(event: unknown): Learnt {
  return {
    eventType: textAt(event, 'eventType'),
    published: textAt(event, 'published'),
    urlPattern: textAt(event, 'debugContext', 'debugData', 'urlPattern'),
    threshold: textAt(event, 'debugContext', 'debugData', 'threshold'),
    scope: textAt(event, 'debugContext', 'debugData', 'rateLimitScopeType'),
    operation: textAt(event, 'debugContext', 'debugData', 'operationRateLimitType'),
  }
}

function isKnown(type: string): type is (typeof EVENTS)[number] {
  return Object.hasOwn(meanings, type)
}

function isLimit(event: unknown): boolean {
  return isKnown(textAt(event, 'eventType') ?? '')
}

/** Whether a pattern such as `/api/v1/users/{userId}` is the path of the call. */
function isPattern(pattern: string | undefined, facts: Facts): boolean {
  const [wanted, given] = [pattern?.split('/'), facts.path?.split('/')]
  if (!wanted || !given || wanted.length !== given.length) return false
  return wanted.every((part, at) => /^[{:]/.test(part) || part === given[at])
}
