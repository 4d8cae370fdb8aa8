// What time is it, and how is a wait made? The only file that touches real time, so that tests bring their own.

/** A timer that was set. */
export interface Timer {
  cancel(): void
  /** Lets the process end although the timer is still to fire. */
  unref(): void
}

/** Time, as the layers see it. */
export interface Clock {
  /** Milliseconds since 1970, by the clock on the wall. For what goes on the wire, such as `iat` of an assertion. */
  now(): number
  /** Milliseconds that only ever go forward, however the clock on the wall is set. For waits and windows. */
  ticks(): number
  /** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal | null): Promise<void>
  /** Calls back once after `ms`. */
  after(ms: number, callback: () => void): Timer
}

/** The clock of this machine. */
export function systemClock(): Clock {
  const after: Clock['after'] = (ms, callback) => {
    // setTimeout takes 31 bits; anything longer would fire at once. Nobody waits 24 days for a call.
    const timer = setTimeout(callback, Math.min(Math.max(0, Math.ceil(ms)), 0x7fffffff))
    return {
      cancel() {
        clearTimeout(timer)
      },
      unref() {
        timer.unref()
      },
    }
  }
  return { now: () => Date.now(), ticks: () => performance.now(), after, sleep: sleepWith(after) }
}

/** A sleep that hears the signal, over any kind of timer. */
export function sleepWith(after: Clock['after']): Clock['sleep'] {
  return (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason)
        return
      }
      const onAbort = () => {
        timer.cancel()
        reject(signal?.reason)
      }
      const timer = after(ms, () => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      })
      signal?.addEventListener('abort', onAbort, { once: true })
    })
}
