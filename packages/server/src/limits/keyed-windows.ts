// May this key (a login, a phone number, an address, a state token) do it once more? Fixed windows by key, for the
// limits that Okta keeps beside its buckets.
import { createWindowMap, type Edges, type Window } from './windows.ts'

/** What a keyed limit says to one try. */
export interface KeyedTake {
  allowed: boolean
  limit: number
  remaining: number
  resetAtSeconds: number
  /** Whether this try opened the window. */
  opened: boolean
  /** Whether this is the first refusal in the window, the one that is worth an event. */
  firstRefusal: boolean
}

/** Counts tries by key. */
export interface KeyedWindows {
  take(key: string): KeyedTake
  /** Forgets one key, as after a success that ends the count. */
  forget(key: string): void
  /** Keys that are remembered now. */
  size(): number
  reset(): void
  snapshot(): KeyedWindowsState
  restore(state: KeyedWindowsState): void
}

/** What keyed windows need to go on as before; plain JSON. */
export type KeyedWindowsState = [key: string, window: Window][]

export interface KeyedWindowsOptions {
  limit: number
  seconds: number
  /** Milliseconds since 1970. */
  now: () => number
  /** Default `exact`. */
  edges?: Edges
  /** Keys to remember at most; default 10,000. */
  capacity?: number
}

/** `createKeyedWindows({ limit: 4, seconds: 1, now })` is Okta's limit per username. */
export function createKeyedWindows(options: KeyedWindowsOptions): KeyedWindows {
  const { limit, seconds, now, edges = 'exact', capacity = 10_000 } = options
  const windows = createWindowMap({ seconds, edges, capacity })
  return {
    take(key) {
      const nowMs = now()
      const live = windows.live(key, nowMs)
      const window = live ?? windows.open(key, nowMs)
      const allowed = window.used < limit
      if (allowed) window.used++
      const firstRefusal = !allowed && window.said === 0
      if (firstRefusal) window.said = 1
      return {
        allowed,
        limit,
        remaining: limit - window.used,
        resetAtSeconds: window.resetAtSeconds,
        opened: live === undefined,
        firstRefusal,
      }
    },
    forget: (key) => windows.forget(key),
    size: windows.size,
    reset: windows.clear,
    snapshot: () => windows.snapshot(now()),
    restore: windows.restore,
  }
}

/** Limits that Okta fixes for all orgs (documented), ready for `createKeyedWindows`. */
export const fixedLimits = {
  /** A signed-in user in the admin console or the dashboard, by user and endpoint. */
  userAndEndpoint: { limit: 40, seconds: 10 },
  /** `/authn` and the password grant, by login; the log says `user_rate_limited`. */
  username: { limit: 4, seconds: 1 },
  /** Identity Engine, by user and by state token. */
  identityEngineUser: { limit: 20, seconds: 5 },
  identityEngineStateToken: { limit: 10, seconds: 5 },
  /** Activating a factor with a code, by factor; resending and direct authentication have their own. */
  oneTimePassword: { limit: 5, seconds: 300 },
  /** One text message a number (E0000109), one call a number (E0000113). */
  textMessage: { limit: 1, seconds: 30 },
  call: { limit: 1, seconds: 30 },
  /** One challenge by mail an address (E0000118). */
  mailChallenge: { limit: 1, seconds: 5 },
} as const satisfies Record<string, { limit: number; seconds: number }>
