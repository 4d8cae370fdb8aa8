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
 * Makes windows by key. All have one length and a key moves to the end when its window opens again, so the Map's
 * order is the order in which they end: ended ones are dropped from the front whenever a window opens. Beyond
 * `capacity` the oldest is forgotten early, which lets its key count from 0: memory is worth more than a count.
 */
export function createWindowMap(options: { seconds: number; edges: Edges; capacity: number }): WindowMap {
  const { seconds, edges, capacity } = options
  const windows = new Map<string, Window>()

  function dropEnded(nowMs: number): void {
    for (const [key, window] of windows) {
      if (windows.size < capacity && holds(window, nowMs)) return
      windows.delete(key)
    }
  }

  return {
    live(key, nowMs) {
      const window = windows.get(key)
      return window !== undefined && holds(window, nowMs) ? window : undefined
    },
    open(key, nowMs) {
      const window = openWindow(windows.get(key), nowMs, seconds, edges)
      windows.delete(key)
      dropEnded(nowMs)
      windows.set(key, window)
      return window
    },
    forget(key) {
      windows.delete(key)
    },
    size: () => windows.size,
    clear: () => windows.clear(),
    snapshot: (nowMs) =>
      [...windows].filter(([, window]) => holds(window, nowMs)).map(([key, window]) => [key, { ...window }]),
    restore(entries) {
      windows.clear()
      for (const [key, window] of entries) windows.set(key, { ...window })
    },
  }
}
