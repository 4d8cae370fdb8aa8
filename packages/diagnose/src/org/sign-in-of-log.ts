// What does the System Log say of this very sign-in? The answer hides the reason, and an event with the id of the
// request gives it: all other reasons are out then.
import { E0000004 } from '@errorg/errors/codes'
import type { Facts, LogFact } from '../facts.ts'
import type { Candidate } from '../finding.ts'
import { requestIdOf } from './log-of-call.ts'
import { isAfter, learntOf, type RuledOut, silence, textAt, type Verdict } from './question.ts'

const CODE = E0000004.code
const kindOf = E0000004.causes
type Cause = keyof typeof kindOf

/** The reasons that the log knows; each stands for all causes after it. */
const REASONS: readonly { eventType: RegExp; says: RegExp; causes: readonly Cause[] }[] = [
  { eventType: /^policy\.evaluate_sign_on$/, says: /^DENY /, causes: ['sign-on-policy-denies'] },
  { eventType: /^user\.session\.start$/, says: /^FAILURE LOCKED_OUT$/, causes: ['user-locked-out'] },
  {
    eventType: /^user\.session\.start$/,
    says: /^FAILURE INVALID_CREDENTIALS$/,
    // The same reason is logged where the login exists and may not sign in, and where a one-time token is dead.
    causes: ['credentials-wrong', 'status-forbids-sign-in', 'activation-token-dead'],
  },
]

/** The event of this call that gives the reason of a refused sign-in, and the causes that it leaves. */
function reasonOf(facts: Facts): { event: LogFact; causes: readonly Cause[] } | undefined {
  const id = requestIdOf(facts)
  if (facts.code !== CODE || facts.path === '/api/v1/sessions' || id === undefined) return undefined
  const own = facts.events.filter(({ details }) => details.includes(id))
  for (const reason of REASONS) {
    const event = own.find(
      (one) => reason.eventType.test(one.eventType) && reason.says.test(`${one.result} ${one.reason}`),
    )
    if (event) return { event, causes: reason.causes }
  }
  return undefined
}

/** Id and login of the one who signed in, as the event of this call has them; `unknown` is the id of nobody. */
export function actorOfSignIn(facts: Facts): { id: string | undefined; login: string | undefined } | undefined {
  const at = Number(/^logEvents\[(\d+)\]$/.exec(reasonOf(facts)?.event.place ?? '')?.[1] ?? -1)
  const event = facts.evidence.logEvents?.[at]
  return event === undefined
    ? undefined
    : { id: textAt(event, 'actor', 'id'), login: textAt(event, 'actor', 'alternateId') }
}

/** What the event of this sign-in decides. */
export function hearSignIn(facts: Facts): Verdict {
  const found = reasonOf(facts)
  if (!found) return silence
  const { event } = found
  const left = found.causes.length > 1 ? narrowed(facts, found.causes) : found.causes
  const cause = left[0]!
  const candidate: Candidate = {
    kind: kindOf[cause].kind,
    strength: left.length === 1 ? 'certain' : 'likely',
    weight: 10,
    code: CODE,
    cause,
    because: [
      {
        place: event.place,
        quote: [event.eventType, event.message, event.result, event.reason].filter((word) => word !== '').join(' | '),
        says: 'The System Log has the reason of this very call.',
      },
    ],
  }
  const kept = new Set<string>(left.map((one) => kindOf[one].kind))
  const ruledOut = Object.entries(kindOf).flatMap(([other, { kind }]): RuledOut[] =>
    left.includes(other as Cause) ? [] : [{ code: CODE, cause: other }, ...(kept.has(kind) ? [] : [{ kind }])],
  )
  return { candidates: [candidate], ruledOut }
}

/** Who signed in, and in which status that user is, leave fewer causes. */
function narrowed(facts: Facts, all: readonly Cause[]): readonly Cause[] {
  if (textAt(facts.requestBody, 'token') !== undefined) return ['activation-token-dead']
  const actor = actorOfSignIn(facts)
  const named = actor?.login !== undefined && actor.login !== 'unknown'
  const causes = named ? all.filter((cause) => cause !== 'activation-token-dead') : all
  if (named && actor.id === 'unknown') return ['credentials-wrong']
  const learnt = learntOf(facts.evidence, 'userOfCall')
  const status = learnt && textAt(learnt, 'status')
  // Only these statuses are let in with the right password.
  const letIn = status === 'ACTIVE' || status === 'PASSWORD_EXPIRED'
  return letIn && !isAfter(facts, textAt(learnt, 'statusChanged'))
    ? causes.filter((cause) => cause !== 'status-forbids-sign-in')
    : causes
}
