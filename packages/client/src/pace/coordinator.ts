// Who may send next? One queue a bucket, one cap an org; calls wait here, and only here, for the rate limit. Clients
// that are given the same coordinator share what it knows.
import { type Clock, systemClock, type Timer } from '../clock.ts'
import { ClosedError, WaitRefusedError } from '../errors.ts'
import {
  type Bucket,
  begin,
  createBucket,
  createOrgKnowledge,
  end,
  isPioneer,
  mayGoAt,
  type Org,
  type PaceSettings,
  type Ticket,
} from './bucket.ts'
import { createKinship, type Kinship, look } from './kinship.ts'
import { learn, limitOf, type Outcome, type Verdict } from './learn.ts'

/** A call that asks to be sent. */
export interface PacedCall {
  /** Scheme, host and port. */
  origin: string
  /** Its class, see path-class.ts. */
  key: string
  /** It was sent before, so it goes ahead of those that were not. */
  again?: boolean
  /** Calls that are under way wait for this one: it must not wait for one of them to end. */
  urgent?: boolean
  signal?: AbortSignal
  /** Filled in when it has to wait: how long, as far as that is known. */
  waitMs?: number
}

/** Leave to send one call. It must be settled, else its place stays taken. */
export interface Permit {
  settle(outcome: Outcome): Verdict
}

/** What is known of one bucket, for people. */
export interface BucketStats {
  origin: string
  /** The classes of calls that it counts. */
  classes: string[]
  limit?: number
  remaining?: number
  resetAtSeconds?: number
  inFlight: number
  waiting: number
}

/**
 * Gives leave to send. The one here lives in this process; one that speaks to a store for several processes has the
 * same two questions to answer.
 */
export interface Coordinator {
  acquire(call: PacedCall): Permit | Promise<Permit>
  stats(): BucketStats[]
  /** Refuses all who wait and all who come. */
  close(): void
}

/** What a coordinator can be told; it needs to be told nothing. */
export interface CoordinatorOptions {
  /** The share of each limit that is used at most, from 0 to 1. Default 1. Less leaves room for sign-ins. */
  share?: number
  /** Calls at the same moment, if that limit is known. Absent: it is learnt. */
  concurrency?: number
  /** A call that would wait longer than this is refused at once with the time it would take. Default: no such limit. */
  maxWaitMs?: number
  /** Calls that may wait for one bucket. Default 10,000. */
  maxQueue?: number
  clock?: Clock
}

interface Waiter {
  call: PacedCall
  resolve: (permit: Permit) => void
  reject: (reason: unknown) => void
  onAbort?: () => void
  gone: boolean
  since: number
}

/** What is known of one org. */
interface Known {
  org: Org
  kinship: Kinship
  lanes: Map<string, Lane>
}

interface Lane {
  known: Known
  bucket: Bucket
  repeats: Waiter[]
  queue: Waiter[]
  /** Where `queue` begins; taking from the front of a long array is slow. */
  head: number
  waiting: number
  timer?: Timer
  timerAt: number
}

// Classes of calls that are remembered an org. Beyond it the oldest idle ones are forgotten and learnt anew.
const lanesKept = 500

// Okta's windows, where none was seen from its beginning.
const usualWindowMs = 60_000

/** Makes one. */
export function createCoordinator(options: CoordinatorOptions = {}): Coordinator {
  const { share = 1, maxWaitMs = Number.POSITIVE_INFINITY, maxQueue = 10_000, clock = systemClock() } = options
  const settings: PaceSettings = { share: Math.min(1, Math.max(0.01, share)) }
  const orgs = new Map<string, Known>()
  const waitingLanes = new Set<Lane>()
  let closed = false

  function knownOf(origin: string): Known {
    const known = orgs.get(origin)
    if (known !== undefined) return known
    const made = { org: createOrgKnowledge(options.concurrency), kinship: createKinship(), lanes: new Map() }
    orgs.set(origin, made)
    return made
  }

  function laneOf({ origin, key }: PacedCall): Lane {
    const known = knownOf(origin)
    const lane = known.lanes.get(key)
    if (lane !== undefined) return lane
    if (known.lanes.size >= lanesKept) forgetOneIdle(known)
    const made = createLane(known, createBucket(known.org, key))
    known.lanes.set(key, made)
    return made
  }

  function grant(lane: Lane, call: PacedCall, now: number): Permit {
    const { bucket } = lane
    const { concurrency } = bucket.org
    const pioneer = isPioneer(bucket, settings)
    concurrency.inFlight++
    const ticket: Ticket = {
      key: call.key,
      bucket,
      sentAt: now,
      inFlightAtSend: concurrency.inFlight,
      pioneer,
      counted: true,
      place: 0,
    }
    begin(bucket, ticket)
    if (pioneer) bucket.pioneerSentAt = now
    let settled = false
    return {
      settle(outcome) {
        if (settled) return 'passed'
        settled = true
        return settle(lane.known, ticket, outcome)
      },
    }
  }

  function settle(known: Known, ticket: Ticket, outcome: Outcome): Verdict {
    const now = clock.ticks()
    const { bucket } = ticket
    bucket.org.concurrency.inFlight--
    end(bucket, ticket)
    const before = bucket.window
    const verdict = learn(bucket, ticket, outcome, now, clock.now())
    if (typeof outcome === 'object') {
      if (before !== undefined && bucket.window === undefined) forgetWindows(known)
      const { limit, remaining, resetAtSeconds: reset } = outcome
      if (limitOf(outcome) === 'passed' && limit && remaining !== undefined && reset !== undefined) {
        const kin = look(known.kinship, ticket.key, { limit, remaining, reset })
        if (kin?.are === 'one') merge(known, ticket.key, kin.other)
        else if (kin !== undefined) part(known, ticket.key, kin.other)
      }
    }
    if (waitingLanes.size > 0) pump()
    return verdict
  }

  // The server's clock was set: what one bucket found out holds for all.
  function forgetWindows(known: Known): void {
    for (const { bucket } of known.lanes.values()) {
      bucket.window = undefined
      bucket.notBefore = 0
    }
  }

  function merge({ lanes }: Known, key: string, other: string): void {
    const into = lanes.get(other)
    const from = lanes.get(key)
    if (into === undefined || from === undefined || into === from) return
    const [a, b] = [into.bucket, from.bucket]
    if (a.window === undefined || b.window === undefined || a.window.reset !== b.window.reset) return
    for (const name of b.keys) {
      a.keys.add(name)
      lanes.set(name, into)
    }
    for (const ticket of b.inFlight) begin(a, ticket)
    a.lengthMs ??= b.lengthMs
    a.window.own += b.window.own
    a.window.remaining = Math.min(a.window.remaining, b.window.remaining)
    a.window.firstAnswerAt = Math.min(a.window.firstAnswerAt, b.window.firstAnswerAt)
    // What each took for others was, in part, the other one.
    a.window.othersRate = 0
    a.window.others = Math.max(0, a.window.limit - a.window.remaining - a.window.own - a.counted)
    moveWaiters(from, () => into)
  }

  // The guess was wrong: every class of the bucket is on its own again.
  function part(known: Known, key: string, other: string): void {
    const { lanes } = known
    const lane = lanes.get(key)
    if (lane === undefined || lane !== lanes.get(other)) return
    const { org, keys, inFlight } = lane.bucket
    const made = new Map<string, Lane>()
    for (const name of keys) {
      const own = createLane(known, { ...createBucket(org, name), limited: true, lengthMs: lane.bucket.lengthMs })
      made.set(name, own)
      lanes.set(name, own)
    }
    for (const ticket of inFlight) {
      ticket.pioneer = true
      ticket.counted = true
      begin(made.get(ticket.key)!.bucket, ticket)
    }
    moveWaiters(lane, (name) => made.get(name)!)
  }

  function moveWaiters(from: Lane, to: (key: string) => Lane): void {
    from.timer?.cancel()
    waitingLanes.delete(from)
    for (const waiter of [...from.repeats, ...from.queue.slice(from.head)]) {
      if (waiter.gone) continue
      const lane = to(waiter.call.key)
      ;(waiter.call.again ? lane.repeats : lane.queue).push(waiter)
      lane.waiting++
      waitingLanes.add(lane)
    }
    from.repeats = []
    from.queue = []
    from.head = 0
    from.waiting = 0
  }

  /** Lets go whoever may, bucket by bucket in turn, so that under a cap no bucket starves another. */
  function pump(): void {
    const now = clock.ticks()
    for (let granted = true; granted; ) {
      granted = false
      for (const lane of waitingLanes) {
        const waiter = firstOf(lane)
        if (waiter === undefined) {
          waitingLanes.delete(lane)
          setTimer(lane, Number.POSITIVE_INFINITY, now)
          continue
        }
        const at = mayGoAt(lane.bucket, now, settings, waiter.call.urgent)
        if (at > now) {
          setTimer(lane, at, now)
          refuseLongWaits(lane, at, now)
          continue
        }
        takeFirst(lane)
        waiter.call.signal?.removeEventListener('abort', waiter.onAbort!)
        waiter.resolve(grant(lane, waiter.call, now))
        granted = true
      }
    }
  }

  // Whoever came before the wait was known is refused when it is.
  function refuseLongWaits(lane: Lane, at: number, now: number): void {
    if (maxWaitMs === Number.POSITIVE_INFINITY || !isKnownWait(lane.bucket, at)) return
    for (const waiter of [...lane.repeats, ...lane.queue.slice(lane.head)]) {
      if (waiter.gone || at - waiter.since <= maxWaitMs) continue
      waiter.gone = true
      if (waiter.onAbort !== undefined) waiter.call.signal?.removeEventListener('abort', waiter.onAbort)
      waiter.reject(new WaitRefusedError({ reason: 'wait-too-long', waitMs: Math.ceil(at - now), limit: maxWaitMs }))
      leave(lane)
    }
  }

  function setTimer(lane: Lane, at: number, now: number): void {
    if (lane.timer !== undefined && lane.timerAt === at) return
    lane.timer?.cancel()
    lane.timer = undefined
    lane.timerAt = at
    if (at === Number.POSITIVE_INFINITY) return
    lane.timer = clock.after(at - now, () => {
      lane.timer = undefined
      pump()
    })
  }

  function enqueue(lane: Lane, call: PacedCall): Promise<Permit> {
    if (lane.waiting >= maxQueue && !call.again) {
      return Promise.reject(new WaitRefusedError({ reason: 'queue-full', limit: maxQueue }))
    }
    const now = clock.ticks()
    const waitMs = estimate(lane, now)
    if (waitMs !== undefined && waitMs > maxWaitMs) {
      return Promise.reject(new WaitRefusedError({ reason: 'wait-too-long', waitMs, limit: maxWaitMs }))
    }
    call.waitMs = waitMs
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { call, resolve, reject, gone: false, since: now }
      if (call.signal !== undefined) {
        waiter.onAbort = () => {
          waiter.gone = true
          leave(laneOf(call))
          reject(call.signal?.reason)
        }
        call.signal.addEventListener('abort', waiter.onAbort, { once: true })
      }
      ;(call.again ? lane.repeats : lane.queue).push(waiter)
      lane.waiting++
      waitingLanes.add(lane)
      pump()
    })
  }

  // Whoever stops waiting may be the last for whom a timer was set.
  function leave(lane: Lane): void {
    lane.waiting--
    if (lane.waiting > 0) return
    waitingLanes.delete(lane)
    setTimer(lane, Number.POSITIVE_INFINITY, 0)
    Object.assign(lane, { repeats: [], queue: [], head: 0 })
  }

  /** How long the last in the queue waits, if only windows hold it up. */
  function estimate(lane: Lane, now: number): number | undefined {
    const { window, lengthMs } = lane.bucket
    const at = mayGoAt(lane.bucket, now, settings)
    if (window === undefined || !isKnownWait(lane.bucket, at)) return undefined
    const windows = Math.floor(lane.waiting / Math.max(1, Math.floor(window.limit * settings.share)))
    return Math.ceil(at - now + windows * (lengthMs?.most ?? usualWindowMs))
  }

  return {
    acquire(call) {
      if (closed) return Promise.reject(new ClosedError())
      if (call.signal?.aborted) return Promise.reject(call.signal.reason)
      const lane = laneOf(call)
      if (lane.waiting === 0) {
        const now = clock.ticks()
        if (mayGoAt(lane.bucket, now, settings, call.urgent) <= now) return grant(lane, call, now)
      }
      return enqueue(lane, call)
    },
    stats() {
      return [...orgs].flatMap(([origin, { lanes }]) =>
        [...new Set(lanes.values())].map(({ bucket, waiting }) => ({
          origin,
          classes: [...bucket.keys],
          limit: bucket.window?.limit,
          remaining: bucket.window?.remaining,
          resetAtSeconds: bucket.window?.reset,
          inFlight: bucket.inFlight.length,
          waiting,
        })),
      )
    },
    close() {
      closed = true
      for (const lane of waitingLanes) {
        lane.timer?.cancel()
        for (const waiter of [...lane.repeats, ...lane.queue.slice(lane.head)]) {
          if (waiter.gone) continue
          if (waiter.onAbort !== undefined) waiter.call.signal?.removeEventListener('abort', waiter.onAbort)
          waiter.reject(new ClosedError())
        }
        Object.assign(lane, { repeats: [], queue: [], head: 0, waiting: 0 })
      }
      waitingLanes.clear()
    },
  }
}

// While a call is under way to find out, its answer may come at any moment.
function isKnownWait(bucket: Bucket, at: number): boolean {
  return at !== Number.POSITIVE_INFINITY && bucket.window !== undefined && bucket.pioneers === 0
}

function forgetOneIdle({ lanes }: Known): void {
  for (const [key, lane] of lanes) {
    if (lane.waiting > 0 || lane.bucket.inFlight.length > 0) continue
    lanes.delete(key)
    return
  }
}

function createLane(known: Known, bucket: Bucket): Lane {
  return { known, bucket, repeats: [], queue: [], head: 0, waiting: 0, timerAt: Number.POSITIVE_INFINITY }
}

/** The next who still waits. */
function firstOf(lane: Lane): Waiter | undefined {
  while (lane.repeats[0]?.gone) lane.repeats.shift()
  if (lane.repeats[0] !== undefined) return lane.repeats[0]
  while (lane.queue[lane.head]?.gone) lane.head++
  return lane.queue[lane.head]
}

function takeFirst(lane: Lane): void {
  lane.waiting--
  if (lane.repeats.length > 0) {
    lane.repeats.shift()
    return
  }
  lane.queue[lane.head++] = undefined!
  if (lane.head > 1_000 && lane.head * 2 > lane.queue.length) {
    lane.queue = lane.queue.slice(lane.head)
    lane.head = 0
  }
}
