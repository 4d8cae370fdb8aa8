// Are too many requests under way at once? Counted for the org and, where asked, for one token or client in it.
import type { Edition } from './buckets.ts'
import type { RateEvent } from './rate-event.ts'

/** Requests at once by edition (documented since 2025-12; the two Customer Identity editions share a number). */
export const concurrencyLimits: Readonly<Record<Edition, number>> = {
  integrator: 35,
  'one-app': 75,
  enterprise: 75,
  workforce: 75,
}

/** Requests at once of one client on client-based endpoints (documented). */
export const clientConcurrencyLimit = 5

/** A token or client with a limit of its own inside the org's. */
export interface Holder {
  id: string
  kind: 'SSWS_TOKEN' | 'OAUTH_CLIENT' | 'CLIENT'
  limit: number
}

/** Go on, or the three numbers of a refusal's headers. Without a refusal the headers do not mention concurrency. */
export type Entry =
  | { allowed: true }
  | { allowed: false; limit: 0; remaining: 0; resetAtSeconds: number; events: readonly RateEvent[] }

/** Counts requests under way. */
export interface Concurrency {
  /** Every `enter` that was allowed needs exactly one `leave` with the same holder. */
  enter(holder?: Holder): Entry
  leave(holder?: Holder): void
  underWay(): number
  /** Forgets which violations were reported. Requests under way stay counted: they still leave. */
  reset(): void
}

export interface ConcurrencyOptions {
  /** A function where the limit may change while the org runs. */
  limit: number | (() => number)
  /** Milliseconds since 1970. */
  now: () => number
  /** How far ahead the reset of a refusal lies. Okta calls it an estimate; default 60. */
  resetEstimateSeconds?: number
}

const allowed: Entry = Object.freeze({ allowed: true })
const eventSeconds = 60

/** Makes a count of requests under way. */
export function createConcurrency(options: ConcurrencyOptions): Concurrency {
  const { limit, now, resetEstimateSeconds = 60 } = options
  const held = new Map<string, number>()
  const quietUntilMs: Record<RateEvent['scope'], number> = { ...silence }
  let inside = 0

  function refuse(reached: number, scope: RateEvent['scope'], key?: string): Entry {
    const nowMs = now()
    const resetAtSeconds = Math.floor(nowMs / 1000) + resetEstimateSeconds
    // Set back, a clock would silence the event for as long as it was set back; hence the second condition.
    const quiet = nowMs < quietUntilMs[scope] && nowMs >= quietUntilMs[scope] - eventSeconds * 1000
    if (quiet) return { allowed: false, limit: 0, remaining: 0, resetAtSeconds, events: [] }
    quietUntilMs[scope] = nowMs + eventSeconds * 1000
    const event: RateEvent = {
      type: eventTypes[scope],
      scope,
      key,
      threshold: reached,
      timeSpanSeconds: eventSeconds,
      secondsToReset: resetEstimateSeconds,
    }
    return { allowed: false, limit: 0, remaining: 0, resetAtSeconds, events: [event] }
  }

  return {
    enter(holder) {
      const orgLimit = typeof limit === 'number' ? limit : limit()
      if (inside >= orgLimit) return refuse(orgLimit, 'ORG')
      if (holder !== undefined) {
        const holds = held.get(holder.id) ?? 0
        if (holds >= holder.limit) return refuse(holder.limit, holder.kind, holder.id)
        held.set(holder.id, holds + 1)
      }
      inside++
      return allowed
    },
    leave(holder) {
      if (inside > 0) inside--
      if (holder === undefined) return
      const holds = held.get(holder.id) ?? 0
      if (holds > 1) held.set(holder.id, holds - 1)
      else held.delete(holder.id)
    },
    underWay: () => inside,
    reset() {
      Object.assign(quietUntilMs, silence)
    },
  }
}

const eventTypes: Readonly<Record<RateEvent['scope'], RateEvent['type']>> = {
  ORG: 'core.concurrency.org.limit.violation',
  CLIENT: 'system.client.concurrency_rate_limit.violation',
  USER: 'system.operation.concurrency_limit.violation',
  SSWS_TOKEN: 'system.operation.concurrency_limit.violation',
  OAUTH_CLIENT: 'system.operation.concurrency_limit.violation',
}

const silence: Readonly<Record<RateEvent['scope'], number>> = {
  ORG: Number.NEGATIVE_INFINITY,
  USER: Number.NEGATIVE_INFINITY,
  SSWS_TOKEN: Number.NEGATIVE_INFINITY,
  OAUTH_CLIENT: Number.NEGATIVE_INFINITY,
  CLIENT: Number.NEGATIVE_INFINITY,
}
