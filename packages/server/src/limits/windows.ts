// How does a window open, count and end? Everything that limits something per time stands on these few functions.

/** Requests counted from one moment to another. */
export interface Window {
  openedAtMs: number
  /** The first millisecond after the window. */
  endsAtMs: number
  /** What `x-rate-limit-reset` says. */
  resetAtSeconds: number
  used: number
  /** Which events this window has already caused, as bits. */
  said: number
}

/**
 * Where windows end. `okta`: as recorded for buckets, reset is the opening second plus the length, and at
 * `Date == reset` the old window still holds. `exact`: to the millisecond, for short windows, which the recorded
 * rule would nearly double.
 */
export type Edges = 'okta' | 'exact'

/** Whether the window still holds. A clock that was set back ends it, as reset would lie too far ahead. */
export function holds(window: Window, nowMs: number): boolean {
  return nowMs < window.endsAtMs && nowMs >= window.openedAtMs
}

/** Opens a window now, in place of an old one where there is one, so that nothing is allocated. */
export function openWindow(old: Window | undefined, nowMs: number, seconds: number, edges: Edges): Window {
  const window = old ?? { openedAtMs: 0, endsAtMs: 0, resetAtSeconds: 0, used: 0, said: 0 }
  if (edges === 'okta') {
    const second = Math.floor(nowMs / 1000)
    window.openedAtMs = second * 1000
    window.resetAtSeconds = second + seconds
    window.endsAtMs = (window.resetAtSeconds + 1) * 1000
  } else {
    window.openedAtMs = nowMs
    window.endsAtMs = nowMs + seconds * 1000
    window.resetAtSeconds = Math.ceil(window.endsAtMs / 1000)
  }
  window.used = 0
  window.said = 0
  return window
}

/** Windows by key, in bounded memory. */
export interface WindowMap {
  /** The window that holds now, if there is one. */
  live(key: string, nowMs: number): Window | undefined
  /** Opens a window for a key that has no live one. */
  open(key: string, nowMs: number): Window
  forget(key: string): void
  size(): number
  clear(): void
  /** The live windows, copied. */
  snapshot(nowMs: number): [key: string, window: Window][]
  restore(entries: readonly (readonly [key: string, window: Window])[]): void
}

/**
 * Makes windows by key in two generations: new windows go to the young one, which becomes the old one after a
 * window's length, when all of the old one have ended. Nothing is ever searched for what may go (a Map whose front is
 * emptied over and over becomes slow). When `capacity` is reached, the old generation is forgotten early and its
 * keys count from 0: memory is worth more than a count.
 */
export function createWindowMap(options: { seconds: number; edges: Edges; capacity: number }): WindowMap {
  const { seconds, edges, capacity } = options
  const lengthMs = (edges === 'okta' ? seconds + 1 : seconds) * 1000
  let young = new Map<string, Window>()
  let old = new Map<string, Window>()
  let youngSinceMs = 0

  function makeRoom(nowMs: number): void {
    const age = nowMs - youngSinceMs
    if (age >= 0 && age < lengthMs && young.size < capacity / 2) return
    old = age >= 2 * lengthMs ? new Map() : young
    young = new Map()
    youngSinceMs = nowMs
  }

  return {
    live(key, nowMs) {
      const window = young.get(key) ?? old.get(key)
      return window !== undefined && holds(window, nowMs) ? window : undefined
    },
    open(key, nowMs) {
      // Before anything opens: what is in the young generation was opened within one length of its beginning.
      makeRoom(nowMs)
      const window = openWindow(young.get(key) ?? old.get(key), nowMs, seconds, edges)
      old.delete(key)
      young.set(key, window)
      return window
    },
    forget(key) {
      young.delete(key)
      old.delete(key)
    },
    size: () => young.size + old.size,
    clear() {
      young.clear()
      old.clear()
    },
    snapshot: (nowMs) =>
      [...old, ...young].filter(([, window]) => holds(window, nowMs)).map(([key, window]) => [key, { ...window }]),
    restore(entries) {
      young.clear()
      old.clear()
      youngSinceMs = 0
      for (const [key, window] of entries) {
        young.set(key, { ...window })
        youngSinceMs = Math.max(youngSinceMs, window.openedAtMs)
      }
    },
  }
}
