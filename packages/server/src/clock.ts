// What time is it in the org? The only file of this package that touches the real clock.

/** The org's clock. Everything that has a date (tokens, windows, lockouts, the log) reads it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Moves time forward, in seconds; also while frozen. Jobs are run by the org, not here. Throws RangeError. */
  advance(seconds: number): void
  /** Sets the time, in milliseconds since 1970: up to the end of the year 9999. Throws RangeError. */
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
      if (!(seconds >= 0)) refuse(`it is moved forward by a number of seconds from 0, not by ${seconds}`)
      const ms = whole(seconds * 1000)
      inReach(now() + ms)
      if (frozenAtMs === undefined) offsetMs += ms
      else frozenAtMs += ms
    },
    set(moment) {
      const ms = whole(moment)
      inReach(ms)
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

/** Can the clock show this moment? Later ones have no four-digit year, and most dates are read with one. */
export function isInReach(ms: number): boolean {
  return ms >= 0 && ms < FIRST_OF_10000
}

function inReach(ms: number): void {
  if (!isInReach(ms)) refuse(`it goes from 1970 to the end of the year 9999, and ${ms} ms since 1970 is not in between`)
}

function refuse(why: string): never {
  throw new RangeError(`the clock cannot be moved: ${why}`)
}

// A part of a millisecond is lost in every date that is shown, and whoever sent such a date back would find nothing.
const whole = Math.round

/** A moment as Okta writes it: `2026-11-20T10:00:00.000Z`. */
export function isoDate(ms: number): string {
  // Answers are full of dates, and this costs a third of a Date. What is out of its range, a Date says.
  if (!(ms >= 0 && ms < FIRST_OF_10000)) return new Date(ms).toISOString()
  const days = Math.floor(ms / DAY_MS)
  const inDay = Math.trunc(ms) - days * DAY_MS
  const seconds = Math.floor(inDay / 1000)
  const time = `${TWO[Math.floor(seconds / 3600)]}:${TWO[Math.floor(seconds / 60) % 60]}:${TWO[seconds % 60]}`
  return `${dateOf(days)}T${time}.${THREE[inDay % 1000]}Z`
}

// A year counted from March ends with its leap day, so that months follow a straight line: 153 days in each five.
function dateOf(days: number): string {
  const sinceYear0 = days + 719_468
  const era = Math.floor(sinceYear0 / 146_097)
  const inEra = sinceYear0 - era * 146_097
  const leaps = Math.floor(inEra / 1460) - Math.floor(inEra / 36_524) + Math.floor(inEra / 146_096)
  const yearInEra = Math.floor((inEra - leaps) / 365)
  const inYear = inEra - (365 * yearInEra + Math.floor(yearInEra / 4) - Math.floor(yearInEra / 100))
  const month = Math.floor((5 * inYear + 2) / 153)
  const day = inYear - Math.floor((153 * month + 2) / 5) + 1
  const year = yearInEra + era * 400 + (month < 10 ? 0 : 1)
  return `${TWO[Math.floor(year / 100)]}${TWO[year % 100]}-${TWO[month < 10 ? month + 3 : month - 9]}-${TWO[day]}`
}

const DAY_MS = 86_400_000
const FIRST_OF_10000 = Date.UTC(10_000, 0)
const TWO: readonly string[] = Array.from({ length: 100 }, (_, i) => String(i).padStart(2, '0'))
const THREE: readonly string[] = Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, '0'))
