// May the next call of this bucket go now, and if not, when? Decided from what answers have told: nothing is
// configured. The order of the questions is the algorithm.
import { type Concurrency, createConcurrency } from './concurrency.ts'
import { createServerClock, type ServerClock, serverTimeAtLeast, surelyReachedAt } from './server-clock.ts'

/** What all buckets of an org share. */
export interface Org {
  clock: ServerClock
  concurrency: Concurrency
  /**
   * Whether a window ends when the announced second begins, as late within that second as it was opened in its own,
   * or when that second is over. Recordings of Okta do not decide it, so it is learnt.
   */
  edges: 'unknown' | 'on-the-second' | 'off-the-second' | 'after-the-second'
}

/** A window, as far as it was seen. */
export interface Window {
  /** As announced: seconds since 1970 on the server's clock. Names the window. */
  reset: number
  limit: number
  /** The least that any answer told, less what faults may have used up. Answers overtake each other, so it never rises. */
  remaining: number
  /** How many of our calls it has counted. */
  own: number
  /** When its first answer came: it was open by then. */
  firstAnswerAt: number
  /** When the call that opened it was sent, if that was ours. */
  openedAfter?: number
  /** Calls of others that it has surely counted, when that number last grew, and how fast, per millisecond. */
  others: number
  othersAt: number
  othersRate: number
  /** When the latest call with an answer in this window was sent. */
  latestSentAt: number
}

/** A call that is under way. */
export interface Ticket {
  key: string
  bucket: Bucket
  sentAt: number
  inFlightAtSend: number
  /** Sent to find out about a window, not with a place in one. */
  pioneer: boolean
  /** Whether it may still take a place of the present window. */
  counted: boolean
  /** Where it stands in `inFlight` of its bucket. */
  place: number
}

/** One limit of the org. */
export interface Bucket {
  org: Org
  keys: Set<string>
  /** Whether answers carry a limit at all; keys, metadata and the edge do not. */
  limited: boolean | undefined
  window: Window | undefined
  /** Between what a window lasts, told by the answers that opened one; absent when no such answer was seen. */
  lengthMs?: { least: number; most: number }
  /** In no order; each ticket knows its place. */
  inFlight: Ticket[]
  /** How many of those may take a place of the window. */
  counted: number
  pioneers: number
  pioneerSentAt: number
  /** After a refusal that nothing explains, not before this. */
  notBefore: number
  refusals: number
  /** How long a call takes, smoothed. */
  roundTripMs: number
}

/** What the user may set. */
export interface PaceSettings {
  /** The share of each limit that is used at most, from 0 to 1. */
  share: number
}

/** An org of which nothing is known. */
export function createOrgKnowledge(concurrency?: number): Org {
  return { clock: createServerClock(), concurrency: createConcurrency(concurrency), edges: 'unknown' }
}

/** A bucket of which nothing is known. */
export function createBucket(org: Org, key: string): Bucket {
  return {
    org,
    keys: new Set([key]),
    limited: undefined,
    window: undefined,
    inFlight: [],
    counted: 0,
    pioneers: 0,
    pioneerSentAt: 0,
    notBefore: 0,
    refusals: 0,
    roundTripMs: 0,
  }
}

/** Puts a ticket among those in flight. */
export function begin(bucket: Bucket, ticket: Ticket): void {
  ticket.bucket = bucket
  ticket.place = bucket.inFlight.push(ticket) - 1
  if (ticket.counted) bucket.counted++
  if (ticket.pioneer) bucket.pioneers++
}

/** Takes it out again. */
export function end(bucket: Bucket, ticket: Ticket): void {
  const last = bucket.inFlight.pop()!
  if (last !== ticket) {
    bucket.inFlight[ticket.place] = last
    last.place = ticket.place
  }
  if (ticket.counted) bucket.counted--
  if (ticket.pioneer) bucket.pioneers--
}

// A pioneer may hang; another follows after this, so that one lost call does not hold up all others.
const nextPioneerMs = 1_000
// Where the roll-over is sure, this share of the limit goes before the first answer tells how much others have used.
const shareBeforeFirstAnswer = 0.05
// A second is less than two percent of a window that lasts this long.
const longWindowMs = 50_000
// Reserve for others: what they use while our call is on its way, and half as much again.
const reserveFactor = 1.5

/** The moment at which the next call may go; `Infinity`: not before an answer has come. */
export function mayGoAt(bucket: Bucket, now: number, settings: PaceSettings, urgent = false): number {
  const { org, window } = bucket
  // Too many at the same moment are refused whatever the window says. An urgent call would wait for those who wait
  // for it.
  if (!urgent && org.concurrency.inFlight >= org.concurrency.cap) return Number.POSITIVE_INFINITY
  if (bucket.limited === false) return now
  if (now < bucket.notBefore) return bucket.notBefore
  // Cold: one call finds out.
  if (window === undefined) return pioneerAt(bucket, now, 1)
  const free = window.remaining - bucket.counted - Math.ceil(window.limit * (1 - settings.share))
  // There is room. That holds beyond the end of the window too: a new one has no less, unless others took it.
  if (free - reserveForOthers(bucket, window, now) >= 1) return now
  const over = overAt(bucket, window, now)
  if (now >= over.at) return pioneerAt(bucket, now, over.sure ? pioneersOf(window, settings) : 1)
  // Held back for others, and nothing of ours under way would tell that they have stopped: one call looks.
  if (free >= 1 && bucket.counted === 0) return now
  return over.at
}

/** Whether a call that goes now goes ahead of what is known. */
export function isPioneer(bucket: Bucket, settings: PaceSettings): boolean {
  const { window } = bucket
  if (bucket.limited === false) return false
  if (window === undefined) return true
  return window.remaining - bucket.counted - Math.ceil(window.limit * (1 - settings.share)) < 1
}

function pioneersOf(window: Window, settings: PaceSettings): number {
  return Math.max(1, Math.floor(window.limit * settings.share * shareBeforeFirstAnswer))
}

function pioneerAt(bucket: Bucket, now: number, atOnce: number): number {
  if (bucket.pioneers < atOnce) return now
  return Math.max(now, bucket.pioneerSentAt + nextPioneerMs)
}

/** When the window can be taken to be over, and whether that is sure or worth one try. */
export function overAt(bucket: Bucket, window: Window, now: number): { at: number; sure: boolean } {
  const { clock, edges } = bucket.org
  const wholeSecond = surelyReachedAt(clock, window.reset * 1_000, now)
  const surely = Math.min(
    // It was open when its first answer came, and lasts as long as a window lasts.
    window.firstAnswerAt + lengthAtMost(bucket, window),
    // The announced second is floored, so a whole second later it is over in any case.
    wholeSecond + 1_000,
  )
  if (edges === 'on-the-second') return { at: Math.min(wholeSecond, surely), sure: true }
  // Recorded answers of the announced second still counted in the old window (seven), and others did not (four).
  // Where a window lasts long, waiting that second out costs less than the 429 that finding out would bring.
  if (edges === 'after-the-second' || (edges === 'unknown' && isLong(lengthAtMost(bucket, window)))) {
    return { at: wholeSecond + 1_000, sure: true }
  }
  if (edges === 'off-the-second' || surely <= wholeSecond) return { at: surely, sure: true }
  return { at: wholeSecond, sure: now >= surely }
}

/** Known to last long, so that a second more is little. */
function isLong(lengthMs: number): boolean {
  return Number.isFinite(lengthMs) && lengthMs >= longWindowMs
}

function lengthAtMost(bucket: Bucket, window: Window): number {
  const known = bucket.lengthMs?.most ?? Number.POSITIVE_INFINITY
  if (window.openedAfter === undefined) return known
  // The server's clock may be known better by now than when the window was opened.
  return Math.min(known, longestLengthMs(bucket.org.clock, window.reset, window.openedAfter))
}

/** The longest that a window can be which was opened by a call sent at this moment. */
export function longestLengthMs(clock: ServerClock, reset: number, openerSentAt: number): number {
  // A call that waited for a whole second is sent when it has just begun: a millisecond against rounding.
  return (reset - Math.floor((serverTimeAtLeast(clock, openerSentAt) + 1) / 1_000)) * 1_000
}

/** How many places to leave to others who use the same limit. */
function reserveForOthers(bucket: Bucket, window: Window, now: number): number {
  if (window.othersRate === 0) return 0
  // The longer it has not grown, the slower it grows.
  const rate = Math.min(window.othersRate, 1 / Math.max(1, now - window.othersAt))
  return Math.ceil(rate * bucket.roundTripMs * reserveFactor)
}
