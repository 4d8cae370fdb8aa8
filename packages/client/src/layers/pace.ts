// When may this call go, so that the rate limit does not refuse it? Calls wait here for the window of their bucket, by
// the server's clock, and for room among those under way. What is refused all the same was not carried out and goes
// again, ahead of the others.
import { parseErrorBody, parseRateLimit } from '@errorg/errors/wire'
import { discard, peekText } from '../body.ts'
import { createOriginReader, isRepeatable, methodOf, pathOf, plainCall, signalOf, urlOf } from '../call.ts'
import { systemClock } from '../clock.ts'
import { isNeverConnected, isRefusedHere } from '../errors.ts'
import type { Listener } from '../events.ts'
import type { Layer } from '../layer.ts'
import {
  type Coordinator,
  type CoordinatorOptions,
  createCoordinator,
  type PacedCall,
  type Permit,
} from '../pace/coordinator.ts'
import type { PacedAnswer, Verdict } from '../pace/learn.ts'
import { pathClass } from '../pace/path-class.ts'
import { mayRepeatRefused } from '../refused.ts'

/** How to pace; nothing needs to be given. */
export interface PaceOptions extends CoordinatorOptions {
  /** Shared with other clients of the same credential. Absent: one of its own. */
  coordinator?: Coordinator
  /** How often a call may be refused before its 429 is handed to the caller. Default 8. */
  refusals?: number
  /** For the short waits after a concurrency refusal. */
  random?: () => number
  onEvent?: Listener
}

// A place among those under way is free as soon as one call ends, so the wait is short, and random, since all who were
// refused together would come together.
const concurrencyWaitMs = 10
const longestConcurrencyWaitMs = 2_000

/** Sends no faster than the org takes it, and repeats what was refused for a limit. */
export function pace(options: PaceOptions = {}): Layer {
  const { refusals = 8, random = Math.random, clock = systemClock(), onEvent } = options
  const coordinator = options.coordinator ?? createCoordinator(options)
  const timeOf = createDateReader()
  const originAt = createOriginReader()
  return (next) => async (input, init) => {
    const url = urlOf(input)
    const method = methodOf(input, init)
    const path = pathOf(url)
    const signal = signalOf(input, init)
    const call: PacedCall = {
      origin: originAt(url),
      key: pathClass(method, path),
      again: init?.attempt !== undefined && init.attempt > 0,
      urgent: init?.urgent,
      signal,
      waitMs: undefined,
    }
    const plain = isRepeatable(input, init) ? undefined : await plainCall(input, init)
    for (let refused = 0; ; refused++) {
      const given = coordinator.acquire(call)
      let permit = given as Permit
      if (given instanceof Promise) {
        onEvent?.({ type: 'wait', waitMs: call.waitMs ?? 0, why: 'rate limit', method, path })
        permit = await given
      }
      let response: Response
      try {
        response = await (plain === undefined ? next(input, init) : next(...plain))
      } catch (error) {
        permit.settle(isRefusedHere(error) || isNeverConnected(error) ? 'unsent' : 'fault')
        throw error
      }
      const verdict = permit.settle(pacedAnswerOf(response, timeOf))
      if (verdict === 'passed') return response
      onEvent?.({ type: 'limited', limit: verdict, bucket: call.key })
      if (refused >= refusals || !mayRepeatRefused(parseErrorBody(await peekText(response))?.code)) return response
      discard(response)
      call.again = true
      onEvent?.({ type: 'repeat', attempt: refused + 1, why: whyOf[verdict], method, path, status: 429 })
      if (verdict === 'concurrency') {
        const most = Math.min(longestConcurrencyWaitMs, 3 * concurrencyWaitMs * 2 ** refused)
        await clock.sleep(concurrencyWaitMs + random() * most, signal)
      }
    }
  }
}

const whyOf: Record<Exclude<Verdict, 'passed'>, string> = {
  window: 'the window of the rate limit was used up',
  concurrency: 'too many calls were under way',
}

/** What pacing reads of an answer. */
export function pacedAnswerOf(response: Response, timeOf = createDateReader()): PacedAnswer {
  const { status, headers } = response
  const limit = headers.get('x-rate-limit-limit')
  const remaining = headers.get('x-rate-limit-remaining')
  const reset = headers.get('x-rate-limit-reset')
  const serverDateMs = timeOf(headers.get('date'))
  if (isDigits(limit) && isDigits(remaining) && isDigits(reset)) {
    return { status, limit: +limit, remaining: +remaining, resetAtSeconds: +reset, serverDateMs }
  }
  // Absent, doubled or broken: the parser knows what to make of them.
  const rateLimit = parseRateLimit(headers)
  return {
    status,
    limit: rateLimit?.limit,
    remaining: rateLimit?.remaining,
    resetAtSeconds: rateLimit?.resetAtSeconds,
    serverDateMs,
  }
}

function isDigits(value: string | null): value is string {
  return value !== null && /^\d{1,15}$/.test(value)
}

/** Reads dates; the same one comes many times within its second. */
function createDateReader(): (date: string | null) => number | undefined {
  let latest: string | null = null
  let latestMs: number | undefined
  return (date) => {
    if (date === latest) return latestMs
    const ms = date === null ? Number.NaN : Date.parse(date)
    latest = date
    latestMs = Number.isNaN(ms) ? undefined : ms
    return latestMs
  }
}
