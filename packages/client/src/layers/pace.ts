// When may this call go, so that the rate limit does not refuse it? Calls wait here for the window of their bucket, by
// the server's clock, and for room among those under way. What is refused all the same was not carried out and goes
// again, ahead of the others.
import { parseErrorBody, parseRateLimit } from '@errorg/errors/wire'
import { discard, peekText } from '../body.ts'
import { isRepeatable, methodOf, originOf, pathOf, plainCall, signalOf, urlOf } from '../call.ts'
import { systemClock } from '../clock.ts'
import { isNeverConnected, isRefusedHere } from '../errors.ts'
import type { Listener } from '../events.ts'
import type { Layer } from '../layer.ts'
import { type Coordinator, type CoordinatorOptions, createCoordinator, type PacedCall } from '../pace/coordinator.ts'
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
  return (next) => async (input, init) => {
    const url = urlOf(input)
    const method = methodOf(input, init)
    const path = pathOf(url)
    const signal = signalOf(input, init)
    const call: PacedCall = { origin: originOf(url), key: pathClass(method, path), signal }
    if (init?.attempt) call.again = true
    if (init?.urgent) call.urgent = true
    if (onEvent !== undefined) {
      call.onWait = (waitMs) => onEvent({ type: 'wait', waitMs: waitMs ?? 0, why: 'rate limit', method, path })
    }
    const plain = isRepeatable(input, init) ? undefined : await plainCall(input, init)
    for (let refused = 0; ; refused++) {
      const given = coordinator.acquire(call)
      const permit = given instanceof Promise ? await given : given
      let response: Response
      try {
        response = await (plain === undefined ? next(input, init) : next(...plain))
      } catch (error) {
        permit.settle(isRefusedHere(error) || isNeverConnected(error) ? 'unsent' : 'fault')
        throw error
      }
      const verdict = permit.settle(pacedAnswerOf(response))
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
export function pacedAnswerOf(response: Response): PacedAnswer {
  const rateLimit = parseRateLimit(response.headers)
  const { status } = response
  if (rateLimit !== undefined) {
    const { limit, remaining, resetAtSeconds, serverDateMs } = rateLimit
    return { status, limit, remaining, resetAtSeconds, serverDateMs }
  }
  const serverDateMs = Date.parse(response.headers.get('date') ?? '')
  return { status, serverDateMs: Number.isNaN(serverDateMs) ? undefined : serverDateMs }
}
