// How long may one attempt take? Its body included: an answer whose body never ends is as lost as one that never begins.
import { isJson, receive } from '../body.ts'
import { methodOf, pathOf, signalOf, urlOf } from '../call.ts'
import { type Clock, systemClock } from '../clock.ts'
import { TimeoutError } from '../errors.ts'
import type { Listener } from '../events.ts'
import type { Layer } from '../layer.ts'

/** How long an attempt may take. */
export interface TimeoutOptions {
  /** Default 10,000. */
  ms?: number
  clock?: Clock
  onEvent?: Listener
}

// Making a controller with its signal costs half of what this layer does. One whose attempt has ended with nothing left
// to stop can serve again; only so often, because what listened to it may not let go at once.
const usesOfController = 16
const sparesKept = 64

interface Stop {
  controller: AbortController
  uses: number
}

/**
 * Ends an attempt that takes too long with a `TimeoutError`. JSON answers are received inside the attempt; the stream
 * of any other answer is cut when the time is over.
 */
export function timeout(options: TimeoutOptions = {}): Layer {
  const { ms = 10_000, clock = systemClock(), onEvent } = options
  const spares: Stop[] = []
  return (next) => (input, init) => {
    const outer = signalOf(input, init)
    if (outer?.aborted) return Promise.reject(outer.reason)
    const stop = spares.pop() ?? { controller: new AbortController(), uses: 0 }
    return new Promise((resolve, reject) => {
      // The promise is settled here and not by `next`: an injected fetch may not listen to the signal.
      const end = (reason: unknown) => {
        outer?.removeEventListener('abort', onAbort)
        stop.controller.abort(reason)
        reject(reason)
      }
      const onAbort = () => {
        timer.cancel()
        end(outer?.reason)
      }
      const timer = clock.after(ms, () => {
        const call = { method: methodOf(input, init), path: pathOf(urlOf(input)), afterMs: ms }
        onEvent?.({ type: 'timeout', ...call })
        end(new TimeoutError(call))
      })
      outer?.addEventListener('abort', onAbort, { once: true })
      const done = () => {
        timer.cancel()
        outer?.removeEventListener('abort', onAbort)
      }
      const succeeded = (response: Response) => {
        done()
        resolve(response)
        if (++stop.uses < usesOfController && spares.length < sparesKept && !stop.controller.signal.aborted) {
          spares.push(stop)
        }
      }
      const failed = (reason: unknown) => {
        done()
        reject(reason)
      }
      next(input, { ...init, signal: stop.controller.signal }).then((response) => {
        if (isJson(response)) receive(response).then(succeeded, failed)
        else if (response.body === null) succeeded(response)
        else {
          // A stream: the timer and the caller's signal stay until the time is over. They cut only what still flows.
          timer.unref()
          resolve(response)
        }
      }, failed)
    })
  }
}
