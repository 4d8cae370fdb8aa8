// How many calls may be under way at the same moment? Okta has a limit and does not tell it; it shows in 429 answers
// whose limit and remaining are both 0. Slow start finds it, and keeps below once it was met.

/** What is known of the limit of one org. */
export interface Concurrency {
  inFlight: number
  cap: number
  /** Never more than this, whatever was learnt. */
  most: number
  /** Whether the org ever refused: from then on the cap grows by waiting and not by success. */
  met: boolean
  /** When the cap was last changed, and how long it stays. */
  changedAt: number
  quietMs: number
}

// A burst of eight begins at once; Okta's smallest documented limit was 15.
const startCap = 8
const quietMs = 10_000
const longestQuietMs = 160_000

/** Begins careful, or with a number that somebody knows. */
export function createConcurrency(known?: number): Concurrency {
  return { inFlight: 0, cap: known ?? startCap, most: known ?? 256, met: false, changedAt: 0, quietMs }
}

/** A call was answered, and not for the concurrency limit. */
export function answered(own: Concurrency, inFlightAtSend: number, now: number): void {
  // A cap that nobody comes near has not been tried.
  if (own.cap >= own.most || inFlightAtSend * 2 < own.cap) return
  if (!own.met) {
    own.cap++
    return
  }
  if (now - own.changedAt < own.quietMs) return
  own.cap = Math.min(own.most, own.cap + Math.max(1, Math.floor(own.cap / 10)))
  own.changedAt = now
}

/** A call was refused for the concurrency limit. */
export function refusedForConcurrency(own: Concurrency, inFlightAtSend: number, now: number): void {
  const held = Math.max(1, inFlightAtSend - 1)
  // Refused soon after it was raised: this is the limit, so try again less often.
  if (own.met && held < own.cap) own.quietMs = Math.min(longestQuietMs, own.quietMs * 2)
  own.met = true
  own.changedAt = now
  own.cap = Math.min(own.cap, held)
}
