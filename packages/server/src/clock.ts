// What time is it in the org? The only file of this package that touches the real clock.

/** The org's clock. Everything that has a date (tokens, windows, lockouts, the log) reads it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Moves time forward, in seconds; also while frozen. Jobs are run by the org, not here. */
  advance(seconds: number): void
  /** Sets the time, in milliseconds since 1970. */
  set(ms: number): void
  /** Stops time at its present value, or lets it run on from there. */
  freeze(frozen: boolean): void
  frozen(): boolean
  snapshot(): ClockState
  restore(state: ClockState): void
}

/** What a clock needs to go on as before. */
export interface ClockState {
  offsetMs: number
  frozenAtMs: number | undefined
}

/** Makes a clock over a source of real time (default: the machine's). */
export function createClock(real: () => number = Date.now): Clock {
  let offsetMs = 0
  let frozenAtMs: number | undefined
  const now = () => frozenAtMs ?? real() + offsetMs
  return {
    now,
    advance(seconds) {
      if (frozenAtMs === undefined) offsetMs += seconds * 1000
      else frozenAtMs += seconds * 1000
    },
    set(ms) {
      if (frozenAtMs === undefined) offsetMs = ms - real()
      else frozenAtMs = ms
    },
    freeze(frozen) {
      if (frozen && frozenAtMs === undefined) frozenAtMs = now()
      else if (!frozen && frozenAtMs !== undefined) {
        offsetMs = frozenAtMs - real()
        frozenAtMs = undefined
      }
    },
    frozen: () => frozenAtMs !== undefined,
    snapshot: () => ({ offsetMs, frozenAtMs }),
    restore(state) {
      offsetMs = state.offsetMs
      frozenAtMs = state.frozenAtMs
    },
  }
}

/** A moment as Okta writes it: `2026-11-20T10:00:00.000Z`. */
export function isoDate(ms: number): string {
  return new Date(ms).toISOString()
}
