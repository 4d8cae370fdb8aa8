// When is that, in words? Claims hold seconds since 1970, which nobody reads.

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** The seconds of a claim, or undefined where it holds none. */
export function secondsOf(claim: unknown): number | undefined {
  return typeof claim === 'number' && Number.isFinite(claim) ? claim : undefined
}

/** True for a number that can only be milliseconds: as seconds it lies after the year 5000. */
export function isMilliseconds(claim: number): boolean {
  return claim > 100_000_000_000
}

/** `20 November 2026, 12:28:20 UTC, 59 minutes ago`. */
export function momentInWords(seconds: number, nowMs: number): string {
  const ms = (isMilliseconds(seconds) ? seconds / 1000 : seconds) * 1000
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) return `${seconds}, which is no moment`
  const clock = date.toISOString().slice(11, 19)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}, ${clock} UTC, ${fromNow(ms - nowMs)}`
}

/** `59 minutes`: the largest unit that gives at least two, so that nothing is rounded away. */
export function spanInWords(seconds: number): string {
  const whole = Math.round(Math.abs(seconds))
  const units: readonly [string, number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ]
  for (const [name, size] of units) if (whole >= 2 * size) return `${Math.floor(whole / size)} ${name}s`
  return whole === 1 ? '1 second' : `${whole} seconds`
}

function fromNow(ms: number): string {
  const seconds = ms / 1000
  if (Math.abs(seconds) < 1) return 'now'
  return seconds < 0 ? `${spanInWords(seconds)} ago` : `in ${spanInWords(seconds)}`
}
