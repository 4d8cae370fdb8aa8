// What time is it at the org? Each answer bounds it: its `Date` is the server's second at some moment between sending
// and receiving. The bounds of all answers together narrow it down to about one round trip.

/** Bounds of (server's time - ticks here), in milliseconds. */
export interface ServerClock {
  known: boolean
  low: number
  lowAt: number
  high: number
  highAt: number
}

/** Nothing is known yet. */
export function createServerClock(): ServerClock {
  return { known: false, low: 0, lowAt: 0, high: 0, highAt: 0 }
}

// Two clocks drift apart by some 50 ppm; four times that is on the safe side.
const driftPerMs = 0.0002
// Servers keep their Date for a while instead of asking the clock for each answer.
const staleDateMs = 1_000

/** Learns from the Date of an answer. `true`: the server's clock was set, so that what was known by it is void. */
export function learnDate(clock: ServerClock, dateMs: number, sentAt: number, receivedAt: number): boolean {
  const low = dateMs - receivedAt
  const high = dateMs + 1_000 - sentAt
  if (!clock.known) {
    set(clock, low, high, receivedAt)
    return false
  }
  const knownLow = lowAt(clock, receivedAt)
  const knownHigh = clock.high + driftPerMs * (receivedAt - clock.highAt)
  if (low > knownHigh + staleDateMs || high + staleDateMs < knownLow) {
    set(clock, low, high, receivedAt)
    return true
  }
  if (low >= knownLow) {
    clock.low = low
    clock.lowAt = receivedAt
  }
  if (high <= knownHigh) {
    clock.high = high
    clock.highAt = receivedAt
  }
  return false
}

/** The first moment here at which the server's clock has surely reached this time. */
export function surelyReachedAt(clock: ServerClock, serverMs: number, now: number): number {
  // low ages while we wait, so the answer is a little later than low alone says.
  const at = serverMs - clock.low
  return at + driftPerMs * Math.max(0, Math.max(at, now) - clock.lowAt)
}

/** What the server's clock showed, at least, at this moment here. */
export function serverTimeAtLeast(clock: ServerClock, at: number): number {
  return at + clock.low - driftPerMs * Math.abs(at - clock.lowAt)
}

function lowAt(clock: ServerClock, now: number): number {
  return clock.low - driftPerMs * (now - clock.lowAt)
}

function set(clock: ServerClock, low: number, high: number, at: number): void {
  clock.known = true
  clock.low = low
  clock.lowAt = at
  clock.high = high
  clock.highAt = at
}
