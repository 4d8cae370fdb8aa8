// May this request pass, and what do its rate-limit headers say? Fixed windows a bucket, opened by the first request
// after the last one ended (recorded), counted for the org and, nested in it, for the token or client that calls.
import { type Bucket, buckets, type Edition } from './buckets.ts'
import { fixedLimits } from './keyed-windows.ts'
import type { RateEvent } from './rate-event.ts'
import { createWindowMap, holds, openWindow, type Window, type WindowMap } from './windows.ts'

/** Whose limit the headers report: the innermost one that applies. */
export type LimitScope = 'org' | 'token' | 'client' | 'user'

/** What client-based limits do: refuse, only log, or nothing. */
export type ClientMode = 'ENFORCE' | 'PREVIEW' | 'DISABLE'

/** One request, as the limiter sees it. */
export interface TakeRequest {
  bucket: Bucket
  edition: Edition
  /** Limits of this org where they differ from its edition's, by bucket id. */
  orgLimits?: Readonly<Record<string, number>>
  /** The API token or OAuth client that calls, with its share of each bucket in percent (Okta's default: 50). */
  principal?: { id: string; kind: 'SSWS_TOKEN' | 'OAUTH_CLIENT'; percentage?: number }
  /** A user of the admin console or the dashboard, who counts apart from the org. Endpoint: default the bucket. */
  user?: { id: string; endpoint?: string }
  /** Client id, address and device in one string; matters only where the bucket is client-based. */
  clientKey?: string
  /** Default ENFORCE. */
  clientMode?: ClientMode
  /** Percentage of the org's limit that causes a warning; default 60. */
  warningPercent?: number
  /** Whether buckets that may burst do; default true. */
  burst?: boolean
  /** False counts and reports, but neither refuses nor writes events; default true. */
  enforce?: boolean
}

/** The answer: headers, and what the log should hear. */
export interface Take {
  allowed: boolean
  limit: number
  remaining: number
  resetAtSeconds: number
  scope: LimitScope
  /** Whether this request opened the window that is reported. */
  opened: boolean
  /** Usually the same empty list. */
  events: readonly RateEvent[]
}

/** What a limiter needs to go on as before; plain JSON. */
export interface LimiterState {
  org: [bucketId: string, window: Window][]
  principals: [bucketId: string, windows: [id: string, window: Window][]][]
  clients: [bucketId: string, windows: [key: string, window: Window][]][]
  users: [key: string, window: Window][]
}

/** Counts requests. */
export interface Limiter {
  take(request: TakeRequest): Take
  /** Forgets every window. */
  reset(): void
  snapshot(): LimiterState
  restore(state: LimiterState): void
}

const windowSeconds = 60
const burstFactor = 5
const clientLimit = 60
const defaultShare = 50
const defaultWarning = 60

// Bits of `Window.said`.
const warned = 1
const burst = 2
const violated = 4
const noticed = 8

const nothing: readonly RateEvent[] = Object.freeze([])

/** Makes a limiter over a clock in milliseconds. `capacity`: tokens, clients or users to remember a bucket. */
export function createLimiter(options: { now: () => number; capacity?: number }): Limiter {
  const { now, capacity = 10_000 } = options
  const org: (Window | undefined)[] = new Array(buckets.length).fill(undefined)
  const principals: (WindowMap | undefined)[] = new Array(buckets.length).fill(undefined)
  const clients: (WindowMap | undefined)[] = new Array(buckets.length).fill(undefined)
  const users = createWindowMap({ seconds: fixedLimits.userAndEndpoint.seconds, edges: 'okta', capacity })

  function mapAt(maps: (WindowMap | undefined)[], index: number): WindowMap {
    const known = maps[index]
    if (known !== undefined) return known
    const made = createWindowMap({ seconds: windowSeconds, edges: 'okta', capacity })
    maps[index] = made
    return made
  }

  function take(request: TakeRequest): Take {
    const nowMs = now()
    if (request.user !== undefined) return takeForUser(request, request.user, nowMs)

    const { bucket, principal } = request
    const enforce = request.enforce !== false
    const orgLimit = request.orgLimits?.[bucket.id] ?? bucket.limits[request.edition]
    const mayBurst = bucket.burst && request.burst !== false
    const clientKey = bucket.clientBased && request.clientMode !== 'DISABLE' ? request.clientKey : undefined

    // Look at all scopes before counting in any: what one refuses must not use up the others.
    const clientMap = clientKey === undefined ? undefined : mapAt(clients, bucket.index)
    const principalMap = principal === undefined ? undefined : mapAt(principals, bucket.index)
    let client = clientMap?.live(clientKey!, nowMs)
    let share = principalMap?.live(principal!.id, nowMs)
    let whole = org[bucket.index]
    if (whole !== undefined && !holds(whole, nowMs)) whole = undefined

    const clientIsOver = clientKey !== undefined && (client?.used ?? 0) >= clientLimit
    const enforceClient = clientKey !== undefined && request.clientMode !== 'PREVIEW'
    const shareLimit =
      principal === undefined ? 0 : Math.max(1, Math.floor((orgLimit * (principal.percentage ?? defaultShare)) / 100))

    if (enforce) {
      if (enforceClient && clientIsOver) {
        return refuse(client!, false, clientLimit, 'client', nowMs, {
          type: 'system.client.rate_limit.violation',
          scope: 'CLIENT',
          key: clientKey,
          bucketId: bucket.id,
        })
      }
      if (principal !== undefined && share !== undefined && share.used >= shareLimit) {
        return refuse(share, false, shareLimit, 'token', nowMs, {
          type: 'system.operation.rate_limit.violation',
          scope: principal.kind,
          key: principal.id,
          bucketId: bucket.id,
        })
      }
      if ((whole?.used ?? 0) >= (mayBurst ? orgLimit * burstFactor : orgLimit)) {
        // Without a live window only when somebody set the limit to 0.
        const opened = whole === undefined
        whole ??= openWindow(org[bucket.index], nowMs, windowSeconds, 'okta')
        org[bucket.index] = whole
        return refuse(whole, opened, orgLimit, 'org', nowMs, {
          type: 'system.org.rate_limit.violation',
          scope: 'ORG',
          bucketId: bucket.id,
        })
      }
    }

    let events = nothing
    let opened = whole === undefined
    if (whole === undefined) {
      whole = openWindow(org[bucket.index], nowMs, windowSeconds, 'okta')
      org[bucket.index] = whole
    }
    whole.used++
    if (enforce) events = orgEvents(whole, orgLimit, request, mayBurst, nowMs)
    let reported = whole
    let limit = orgLimit
    let scope: LimitScope = 'org'

    if (principalMap !== undefined) {
      opened = share === undefined
      share ??= principalMap.open(principal!.id, nowMs)
      share.used++
      reported = share
      limit = shareLimit
      scope = 'token'
    }
    if (clientMap !== undefined) {
      const openedNow = client === undefined
      client ??= clientMap.open(clientKey!, nowMs)
      client.used++
      if (enforceClient) {
        opened = openedNow
        reported = client
        limit = clientLimit
        scope = 'client'
      } else if (enforce && clientIsOver && (client.said & noticed) === 0) {
        client.said |= noticed
        events = [
          ...events,
          eventOf(client, clientLimit, windowSeconds, nowMs, {
            type: 'system.client.rate_limit.notification',
            scope: 'CLIENT',
            key: clientKey,
            bucketId: bucket.id,
          }),
        ]
      }
    }
    return {
      allowed: true,
      limit,
      // A bucket that bursts, or is only counted, goes on with 0 (inferred).
      remaining: Math.max(0, limit - reported.used),
      resetAtSeconds: reported.resetAtSeconds,
      scope,
      opened,
      events,
    }
  }

  function takeForUser(request: TakeRequest, user: { id: string; endpoint?: string }, nowMs: number): Take {
    const { limit, seconds } = fixedLimits.userAndEndpoint
    const key = `${user.id} ${user.endpoint ?? request.bucket.id}`
    const live = users.live(key, nowMs)
    const window = live ?? users.open(key, nowMs)
    if (request.enforce !== false && window.used >= limit) {
      const about = { type: 'system.org.rate_limit.violation', scope: 'USER', key: user.id } as const
      return refuse(window, false, limit, 'user', nowMs, { ...about, bucketId: request.bucket.id }, seconds)
    }
    window.used++
    return {
      allowed: true,
      limit,
      remaining: Math.max(0, limit - window.used),
      resetAtSeconds: window.resetAtSeconds,
      scope: 'user',
      opened: live === undefined,
      events: nothing,
    }
  }

  return {
    take,
    reset() {
      org.fill(undefined)
      principals.fill(undefined)
      clients.fill(undefined)
      users.clear()
    },
    snapshot() {
      const nowMs = now()
      return {
        org: org.flatMap((window, i) =>
          window !== undefined && holds(window, nowMs) ? [[buckets[i]!.id, { ...window }] as [string, Window]] : [],
        ),
        principals: snapshotOf(principals, nowMs),
        clients: snapshotOf(clients, nowMs),
        users: users.snapshot(nowMs),
      }
    },
    restore(state) {
      org.fill(undefined)
      for (const [id, window] of state.org) org[indexOf(id)] = { ...window }
      for (const [maps, entries] of [
        [principals, state.principals],
        [clients, state.clients],
      ] as const) {
        maps.fill(undefined)
        for (const [id, windows] of entries) mapAt(maps, indexOf(id)).restore(windows)
      }
      users.restore(state.users)
    },
  }
}

type About = Pick<RateEvent, 'type' | 'scope' | 'key' | 'bucketId'>

function refuse(
  window: Window,
  opened: boolean,
  limit: number,
  scope: LimitScope,
  nowMs: number,
  about: About,
  seconds = windowSeconds,
): Take {
  let events = nothing
  if ((window.said & violated) === 0) {
    window.said |= violated
    events = [eventOf(window, limit, seconds, nowMs, about)]
  }
  return { allowed: false, limit, remaining: 0, resetAtSeconds: window.resetAtSeconds, scope, opened, events }
}

function eventOf(window: Window, threshold: number, seconds: number, nowMs: number, about: About): RateEvent {
  const secondsToReset = window.resetAtSeconds - Math.floor(nowMs / 1000)
  return { ...about, threshold, timeSpanSeconds: seconds, secondsToReset }
}

function orgEvents(
  window: Window,
  limit: number,
  request: TakeRequest,
  mayBurst: boolean,
  nowMs: number,
): readonly RateEvent[] {
  const percent = request.warningPercent ?? defaultWarning
  let events = nothing
  if ((window.said & warned) === 0 && window.used * 100 >= limit * percent) {
    window.said |= warned
    const about = { type: 'system.org.rate_limit.warning', scope: 'ORG', bucketId: request.bucket.id } as const
    const threshold = Math.ceil((limit * percent) / 100)
    events = [{ ...eventOf(window, threshold, windowSeconds, nowMs, about), warningPercent: percent }]
  }
  if (mayBurst && (window.said & burst) === 0 && window.used > limit) {
    window.said |= burst
    const about = { type: 'system.org.rate_limit.burst', scope: 'ORG', bucketId: request.bucket.id } as const
    const event = eventOf(window, limit * burstFactor, windowSeconds, nowMs, about)
    events = [...events, { ...event, baseThreshold: limit }]
  }
  return events
}

function snapshotOf(maps: readonly (WindowMap | undefined)[], nowMs: number): LimiterState['principals'] {
  return maps.flatMap((map, i) => {
    const windows = map?.snapshot(nowMs) ?? []
    return windows.length === 0 ? [] : [[buckets[i]!.id, windows] as LimiterState['principals'][number]]
  })
}

function indexOf(bucketId: string): number {
  const index = buckets.findIndex((bucket) => bucket.id === bucketId)
  if (index < 0) throw new Error(`The saved limits name a bucket that does not exist: '${bucketId}'.`)
  return index
}
