// Should this call be sent again, and when? 429 always, since it was not carried out; faults only where twice is as
// good as once; and never so often that an outage is multiplied.
import { retryAdviceFor } from '@errorg/errors/retry'
import { parseErrorBody, parseRateLimit, type RateLimit, rateLimitWaitMs } from '@errorg/errors/wire'
import { discard, peekText } from '../body.ts'
import { isRepeatable, methodOf, pathOf, plainCall, signalOf, urlOf } from '../call.ts'
import { type Clock, systemClock } from '../clock.ts'
import { isNeverConnected, isRefusedHere } from '../errors.ts'
import type { Listener } from '../events.ts'
import { isIdempotent } from '../idempotent.ts'
import type { Layer } from '../layer.ts'

/** How to repeat. */
export interface RetryOptions {
  /** How often a call may be sent again. Default 4. */
  attempts?: number
  /** The first wait after a fault, to which up to as much again is added at random; three times as long each time. Default 50. */
  baseMs?: number
  /** The longest such wait. Default 5,000. */
  mostMs?: number
  /** A reset further away than this is not waited for: the 429 is handed to the caller. Default 120,000. */
  maxRateWaitMs?: number
  /** No repetition begins later than this after the call did. Default: no such limit. */
  deadlineMs?: number
  /** How many repetitions after faults each call allows, on average, so that an outage is not multiplied. Default 0.2. */
  budget?: number
  /** `false`: an outer or inner layer repeats what the window refused, so this one does not. Default true. */
  windows?: boolean
  clock?: Clock
  random?: () => number
  onEvent?: Listener
}

/** What is known when it has to be decided. Plain data. */
export interface Situation {
  method: string
  idempotent: boolean
  /** How often the call was sent before this time. */
  attempt: number
  /** How the attempt ended: with an answer … */
  answer?: {
    status: number
    code?: string
    rateLimit?: RateLimit
    /** `Retry-After` in milliseconds. */
    retryAfterMs?: number
  }
  /** … or without one. */
  fault?: 'refused-here' | 'never-connected' | 'lost'
  /** Since the call began. */
  elapsedMs: number
  /** Milliseconds since 1970, on the clock of this machine. */
  nowMs: number
  /** From 0 to 1. */
  random: number
  /** Whether the budget has room for a repetition after a fault. */
  affordable: boolean
}

/** What to do. `after` a fault the budget is asked, after a refusal it is not. */
export type Decision = { again: true; waitMs: number; why: string; costs: boolean } | { again: false; why: string }

type Limits = Required<Pick<RetryOptions, 'attempts' | 'baseMs' | 'mostMs' | 'maxRateWaitMs' | 'windows'>> &
  Pick<RetryOptions, 'deadlineMs'>

const leave = (why: string): Decision => ({ again: false, why })

/** Decides. Pure: the same situation gets the same decision. */
export function decide(situation: Situation, limits: Limits): Decision {
  const decision = decideWithoutLimits(situation, limits)
  if (!decision.again) return decision
  // Enough is enough, whatever the reason.
  if (situation.attempt >= limits.attempts) return leave(`it was sent ${situation.attempt + 1} times`)
  // A repetition after the deadline would come when nobody waits for it any more.
  if (limits.deadlineMs !== undefined && situation.elapsedMs + decision.waitMs > limits.deadlineMs)
    return leave('the deadline of the call does not allow the wait')
  // In an outage every call fails: repeating all of them would make it many times as hard to come back.
  if (decision.costs && !situation.affordable) return leave('too many calls were repeated lately')
  return decision
}

function decideWithoutLimits(situation: Situation, limits: Limits): Decision {
  const { answer, fault, idempotent, method, attempt, random } = situation
  // The first repetition comes soon, since most faults are of a moment; the last one after seconds, for a restart.
  const backoffMs = Math.min(limits.mostMs, limits.baseMs * 3 ** attempt) * (1 + random)
  const backoff = (why: string, atLeastMs = 0): Decision => ({
    again: true,
    // Jitter only adds: less than the wait that is called for is no wait.
    waitMs: Math.max(backoffMs, atLeastMs + random * limits.baseMs),
    why,
    costs: true,
  })

  // A layer of ours refused to send it, with a reason that a moment does not change.
  if (fault === 'refused-here') return leave('it was not sent')
  // No connection was made, so nothing can have been carried out: every method may go again.
  if (fault === 'never-connected') return backoff('no connection was made')
  // The connection broke or the time ran out: it may have been carried out.
  if (fault === 'lost') return idempotent ? backoff('the answer was lost') : leave('it may have been carried out')
  if (answer === undefined) return leave('there is nothing to repeat')

  const { status, code, rateLimit, retryAfterMs } = answer
  const advice = retryAdviceFor({ status, code, method, idempotent })
  if (status === 429) {
    // Codes of limits that last a day or a month: the next window does not help.
    if (advice !== 'after-reset' && advice !== 'with-backoff') return leave(`${code} does not pass by waiting`)
    // Too many at the same moment: the reset is only an estimate, a place is free as soon as one call ends.
    if (rateLimit?.concurrency === true) {
      if (!limits.windows) return leave('another layer repeats it')
      return { again: true, waitMs: backoffMs * (0.5 + random), why: 'too many calls were under way', costs: false }
    }
    const untilResetMs = rateLimit === undefined ? undefined : rateLimitWaitMs(rateLimit, situation.nowMs)
    // The window is used up: its reset, by the clock of the server, is when it works again. Before it cannot.
    if (rateLimit?.remaining === 0 && untilResetMs !== undefined) {
      if (!limits.windows) return leave('another layer repeats it')
      if (untilResetMs > limits.maxRateWaitMs) return leave('the reset is too far away')
      const waitMs = untilResetMs + random * 4 * limits.baseMs
      return { again: true, waitMs, why: 'the window of the rate limit was used up', costs: false }
    }
    // Another limiter, which tells no reset: per second for a user, per 30 s for a text message.
    const atLeastMs = Math.max(retryAfterMs ?? 0, 1_000 * 2 ** attempt)
    if (atLeastMs > limits.maxRateWaitMs) return leave('the wait that it asks for is too long')
    return { ...backoff('a limit refused it', atLeastMs), costs: false } as Decision
  }
  // Refused before anything was done, or answered with a fault by what may be sent twice.
  if (advice === 'with-backoff') return backoff(`it was answered ${status}`, retryAfterMs)
  // A gateway that cannot reach the org, or an org in read-only mode (which has a code that says: after a change).
  // Both pass by themselves, and a read is worth a few tries.
  if ((status === 502 || status === 503 || status === 504) && idempotent)
    return backoff(`it was answered ${status}`, retryAfterMs)
  // The fault may have come after the change was made.
  if (status >= 500 && !idempotent) return leave('it may have been carried out')
  return leave('the same call gets the same answer')
}

/** Sends again what a moment puts right. */
export function retry(options: RetryOptions = {}): Layer {
  const { attempts = 4, baseMs = 50, mostMs = 5_000, maxRateWaitMs = 120_000, windows = true, deadlineMs } = options
  const { clock = systemClock(), random = Math.random, budget = 0.2, onEvent } = options
  const limits: Limits = { attempts, baseMs, mostMs, maxRateWaitMs, windows, deadlineMs }
  // Each call puts a part of a repetition in; each repetition takes one out. It begins with some for small jobs.
  const fullBudget = 10
  let left = fullBudget

  return (next) => async (input, init) => {
    const signal = signalOf(input, init)
    left = Math.min(fullBudget, left + budget)
    // Read before the first attempt: a stream is gone after it.
    const [url, plain] = isRepeatable(input, init) ? [input, init] : await plainCall(input, init)
    const start = clock.ticks()
    for (let attempt = 0; ; attempt++) {
      let response: Response | undefined
      let error: unknown
      try {
        response = await next(url, attempt === 0 ? plain : { ...plain, attempt })
        if (response.status < 400) return response
      } catch (caught) {
        // The caller ended it: that is no fault.
        if (signal?.aborted) throw caught
        error = caught
      }
      const method = methodOf(input, init)
      const path = pathOf(urlOf(input))
      const decision = decide(
        {
          method,
          idempotent: isIdempotent(method, path, init?.idempotent),
          attempt,
          ...(response === undefined ? { fault: faultOf(error) } : { answer: await answerOf(response) }),
          elapsedMs: clock.ticks() - start,
          nowMs: clock.now(),
          random: random(),
          affordable: left >= 1,
        },
        limits,
      )
      const { status } = response ?? {}
      if (!decision.again) {
        if (response === undefined || isTransient(response.status)) {
          onEvent?.({ type: 'given-up', why: decision.why, method, path, status })
        }
        if (response !== undefined) return response
        throw error
      }
      if (decision.costs) left--
      if (response !== undefined) discard(response)
      onEvent?.({ type: 'wait', waitMs: decision.waitMs, why: decision.why, method, path })
      await clock.sleep(decision.waitMs, signal)
      onEvent?.({ type: 'repeat', attempt: attempt + 1, why: decision.why, method, path, status })
    }
  }
}

function isTransient(status: number): boolean {
  return status === 429 || status >= 500
}

function faultOf(error: unknown): Situation['fault'] {
  if (isRefusedHere(error)) return 'refused-here'
  return isNeverConnected(error) ? 'never-connected' : 'lost'
}

async function answerOf(response: Response): Promise<Situation['answer']> {
  const { status, headers } = response
  // The body is looked at only where its code can change the decision.
  const code = (headers.get('content-type') ?? '').includes('json')
    ? parseErrorBody(await peekText(response))?.code
    : undefined
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined
  return { status, code, rateLimit: parseRateLimit(headers), retryAfterMs }
}
