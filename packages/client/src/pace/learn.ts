// What does an answer teach about its bucket? Pure over the records of bucket.ts: no queue, no timer, no clock.
import type { Bucket, Ticket, Window } from './bucket.ts'
import { longestLengthMs, overAt } from './bucket.ts'
import { answered, refusedForConcurrency } from './concurrency.ts'
import { learnDate, surelyReachedAt } from './server-clock.ts'

/** The parts of an answer that pacing reads. */
export interface PacedAnswer {
  status: number
  limit?: number
  remaining?: number
  resetAtSeconds?: number
  serverDateMs?: number
}

/** How a call ended: with an answer, without one, or without having been sent. */
export type Outcome = PacedAnswer | 'fault' | 'unsent'

/** What the outcome was, for the limit. */
export type Verdict = 'passed' | 'window' | 'concurrency'

/** Which limit refused the answer, if one of those that pacing knows did. */
export function limitOf(answer: PacedAnswer): Verdict {
  if (answer.status !== 429 || answer.remaining !== 0 || answer.limit === undefined) return 'passed'
  if (answer.limit === 0) return 'concurrency'
  return answer.resetAtSeconds === undefined ? 'passed' : 'window'
}

// A call sent this long before a roll-over may still arrive behind it.
const lateArrivalMs = 1_000
const longestBackoffMs = 10_000
const longestWindowMs = 3_600_000

/** Learns from the end of a call. The ticket is no longer among those in flight. */
export function learn(bucket: Bucket, ticket: Ticket, outcome: Outcome, now: number, wallMs: number): Verdict {
  if (outcome === 'unsent') return 'passed'
  const { org } = bucket
  if (outcome === 'fault') {
    learnFault(bucket, ticket)
    return 'passed'
  }
  const { limit, remaining, resetAtSeconds: reset, serverDateMs } = outcome
  // Without any Date the clock of this machine has to do, a second less for safety.
  if (serverDateMs === undefined && !org.clock.known) learnDate(org.clock, wallMs - 1_000, now, now)
  if (serverDateMs !== undefined && learnDate(org.clock, serverDateMs, ticket.sentAt, now)) {
    // The server's clock was set: resets of its former time mean nothing any more.
    bucket.window = undefined
    bucket.notBefore = 0
  }
  const verdict = limitOf(outcome)
  if (verdict === 'concurrency') {
    refusedForConcurrency(org.concurrency, ticket.inFlightAtSend, now)
    return verdict
  }
  if (outcome.status !== 429) answered(org.concurrency, ticket.inFlightAtSend, now)
  if (
    limit === undefined ||
    limit === 0 ||
    remaining === undefined ||
    reset === undefined ||
    isAbsurd(bucket, reset, now)
  ) {
    // A refusal by what stands before the limiter has no headers either, so only success tells that there is none.
    if (bucket.window === undefined && outcome.status < 400) bucket.limited = false
    return verdict
  }
  bucket.limited = true
  const took = now - ticket.sentAt
  bucket.roundTripMs = bucket.roundTripMs === 0 ? took : bucket.roundTripMs * 0.8 + took * 0.2
  const refused = verdict === 'window'
  // Only the call that opened a window tells how long it is.
  if (serverDateMs !== undefined && remaining === limit - 1 && !refused)
    learnLength(bucket, ticket, reset, serverDateMs)
  if (bucket.window?.reset === reset) learnLate(bucket, bucket.window, ticket, refused, now)
  if (!refused) bucket.refusals = 0
  const { window } = bucket
  if (window === undefined || reset > window.reset) {
    if (window !== undefined) learnEdges(bucket, window, now)
    open(bucket, ticket, { limit, remaining, reset, refused }, now)
  } else if (reset === window.reset) {
    update(bucket, window, ticket, { limit, remaining, refused }, now)
  }
  // A smaller reset: an answer of a window that is over was overtaken.
  return verdict
}

// The window began in the second in which its opener arrived: not before it was sent, and not after it was answered.
function learnLength(bucket: Bucket, ticket: Ticket, reset: number, serverDateMs: number): void {
  const least = reset * 1_000 - serverDateMs
  const most = longestLengthMs(bucket.org.clock, reset, ticket.sentAt)
  const { lengthMs } = bucket
  const fits = lengthMs !== undefined && least <= lengthMs.most && most >= lengthMs.least
  bucket.lengthMs = fits
    ? { least: Math.max(least, lengthMs.least), most: Math.min(most, lengthMs.most) }
    : { least, most: Math.max(least, most) }
}

// Milliseconds written for seconds, or another mistake: nobody should wait for years.
function isAbsurd(bucket: Bucket, reset: number, now: number): boolean {
  return surelyReachedAt(bucket.org.clock, reset * 1_000, now) - now > longestWindowMs
}

// Whether the call was counted is not known. If a call that was sent later has told its number, that number has this
// one in it; else it is taken to be counted, since a place too few costs less than a refusal.
function learnFault(bucket: Bucket, ticket: Ticket): void {
  const { window } = bucket
  if (window === undefined || !ticket.counted) return
  window.own++
  if (window.latestSentAt <= ticket.sentAt) window.remaining--
}

function open(
  bucket: Bucket,
  ticket: Ticket,
  answer: { limit: number; remaining: number; reset: number; refused: boolean },
  now: number,
): void {
  const { limit, remaining, reset, refused } = answer
  bucket.counted = 0
  for (const other of bucket.inFlight) {
    other.counted = other.sentAt >= ticket.sentAt - lateArrivalMs
    if (other.counted) bucket.counted++
  }
  const own = refused ? 0 : 1
  bucket.window = {
    reset,
    limit,
    remaining,
    own,
    firstAnswerAt: now,
    openedAfter: remaining === limit - 1 && !refused ? ticket.sentAt : undefined,
    // What others had used when we came is no growth.
    others: Math.max(0, limit - remaining - own - bucket.counted),
    othersAt: now,
    othersRate: 0,
    latestSentAt: ticket.sentAt,
  }
  bucket.notBefore = 0
}

function update(
  bucket: Bucket,
  window: Window,
  ticket: Ticket,
  answer: { limit: number; remaining: number; refused: boolean },
  now: number,
): void {
  const { limit, remaining, refused } = answer
  window.limit = limit
  if (!refused) window.own++
  if (remaining < window.remaining) window.remaining = remaining
  if (remaining === limit - 1 && !refused) window.openedAfter = ticket.sentAt
  if (ticket.sentAt > window.latestSentAt) window.latestSentAt = ticket.sentAt
  const others = limit - window.remaining - window.own - bucket.counted
  if (others > window.others) {
    const rate = (others - window.others) / Math.max(1, now - window.othersAt)
    window.othersRate = window.othersRate === 0 ? rate : (window.othersRate + rate) / 2
    window.others = others
    window.othersAt = now
  }
}

// A call that was sent when the server's clock had surely reached the reset still came into the same window.
function learnLate(bucket: Bucket, window: Window, ticket: Ticket, refused: boolean, now: number): void {
  const { org } = bucket
  // What is known of the server's clock ages a little while the call is under way, hence the two milliseconds.
  if (ticket.sentAt + 2 < surelyReachedAt(org.clock, window.reset * 1_000, ticket.sentAt)) return
  const over = overAt(bucket, window, ticket.sentAt)
  const wasSure = org.edges === 'off-the-second' && over.sure && ticket.sentAt >= over.at
  if (refused && wasSure) {
    // It outlasted its length: it ends when the announced second is over.
    org.edges = 'after-the-second'
    return
  }
  if (org.edges !== 'after-the-second') org.edges = 'off-the-second'
  if (!refused || org.edges !== 'after-the-second' || !over.sure || ticket.sentAt < over.at) return
  // It should have been over, so what was learnt of its length is wrong. If that does not help, slow down.
  bucket.lengthMs = undefined
  bucket.refusals++
  bucket.notBefore = now + Math.min(longestBackoffMs, 250 * 2 ** bucket.refusals)
}

// A new window is open before the old one could be over if windows ended as late in their second as they began.
function learnEdges(bucket: Bucket, old: Window, now: number): void {
  const { org } = bucket
  if (org.edges !== 'unknown' || old.openedAfter === undefined || bucket.lengthMs === undefined) return
  if (now < old.openedAfter + bucket.lengthMs.least) org.edges = 'on-the-second'
}
