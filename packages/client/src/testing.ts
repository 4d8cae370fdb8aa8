// How is a wait of a minute tested in a millisecond? A clock that stands still until a test moves it. Test support;
// no part of the package.
import { type Clock, sleepWith } from './clock.ts'

/** A clock that a test moves. */
export interface FakeClock extends Clock {
  /** Moves on by `ms`; timers fire in their order, and what they cause happens before the next one fires. */
  advance(ms: number): Promise<void>
  /** Moves from timer to timer until the promise settles, and gives its outcome. */
  until<T>(promise: Promise<T>): Promise<T>
  /** Lets everything happen that waits for no timer. */
  settle(): Promise<void>
  /** How many timers are set. */
  pending(): number
}

/** Makes one. Its wall clock and its ticks are the same number. */
export function createFakeClock(startMs = 1_795_000_000_000): FakeClock {
  let nowMs = startMs
  let serial = 0
  const timers = new Map<number, { at: number; callback: () => void }>()

  const after: Clock['after'] = (ms, callback) => {
    const id = ++serial
    timers.set(id, { at: nowMs + Math.max(0, ms), callback })
    return { cancel: () => void timers.delete(id), unref: () => undefined }
  }

  function first(): { id: number; at: number; callback: () => void } | undefined {
    let best: { id: number; at: number; callback: () => void } | undefined
    for (const [id, timer] of timers) if (best === undefined || timer.at < best.at) best = { id, ...timer }
    return best
  }

  // Reading a body takes turns of the event loop, not only of the promise queue.
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
  }

  function fire(timer: { id: number; at: number; callback: () => void }): void {
    timers.delete(timer.id)
    nowMs = Math.max(nowMs, timer.at)
    timer.callback()
  }

  async function advance(ms: number): Promise<void> {
    const end = nowMs + ms
    await settle()
    for (let timer = first(); timer !== undefined && timer.at <= end; timer = first()) {
      fire(timer)
      await settle()
    }
    nowMs = end
  }

  async function until<T>(promise: Promise<T>): Promise<T> {
    let settled = false
    const watched = promise.finally(() => {
      settled = true
    })
    watched.catch(() => undefined)
    for (;;) {
      await settle()
      if (settled) return watched
      const timer = first()
      if (timer === undefined) throw new Error('it waits for something that is no timer')
      fire(timer)
    }
  }

  return {
    now: () => nowMs,
    ticks: () => nowMs,
    after,
    sleep: sleepWith(after),
    advance,
    until,
    settle,
    pending: () => timers.size,
  }
}
