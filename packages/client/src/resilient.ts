// Which layers stand around a fetch, and in which order? From the outside in, each with the reason for its place.
import type { Credential } from './auth/credential.ts'
import type { Clock } from './clock.ts'
import type { Listener } from './events.ts'
import { type Fetch, type Layer, layered } from './layer.ts'
import { authorize } from './layers/authorize.ts'
import { type BreakerOptions, breaker } from './layers/breaker.ts'
import { type CacheOptions, cache } from './layers/cache.ts'
import { pace } from './layers/pace.ts'
import { type RetryOptions, retry } from './layers/retry.ts'
import { type TimeoutOptions, timeout } from './layers/timeout.ts'
import { type Coordinator, type CoordinatorOptions, createCoordinator } from './pace/coordinator.ts'

/** What all layers are given by whoever puts them together. */
type Shared = 'clock' | 'onEvent' | 'random' | 'windows' | 'coordinator'

/** How calls are to survive. Everything has a default; `false` leaves a layer out. */
export interface ResilientOptions {
  /** Where the credential belongs. */
  orgUrl: string
  /** Absent: calls go with the headers they have. */
  auth?: Credential
  limits?: Omit<CoordinatorOptions, Shared> | false
  retry?: Omit<RetryOptions, Shared> | false
  timeout?: Omit<TimeoutOptions, Shared> | false
  breaker?: Omit<BreakerOptions, Shared> | false
  /** Off unless given. */
  cache?: Omit<CacheOptions, Shared>
  /** Shared with other clients of the same credential, so that they keep to the limit together. */
  coordinator?: Coordinator
  clock?: Clock
  /** From 0 to 1, for jitter. */
  random?: () => number
  onEvent?: Listener
}

// Each attempt has its own time; this is for all of them, the wait for a window of the token endpoint included.
const tokenTimeoutMs = 120_000

/** All layers in their order, as one. */
export function resilient(options: ResilientOptions): Layer {
  const { orgUrl, auth, clock, random, onEvent } = options
  const shared = { clock, random, onEvent }
  const limits = options.limits ?? {}
  const coordinator = options.coordinator ?? (limits === false ? undefined : createCoordinator({ ...limits, clock }))

  const timed = options.timeout === false ? [] : [timeout({ ...options.timeout, ...shared })]
  const broken = options.breaker === false ? [] : [breaker({ ...options.breaker, ...shared })]
  const paced = coordinator === undefined ? [] : [pace({ ...shared, coordinator })]
  // Pacing repeats what a window refused, at the head of its queue; a second layer that does would multiply.
  const repeated =
    options.retry === false ? [] : [retry({ ...options.retry, ...shared, windows: coordinator === undefined })]
  const cached = options.cache === undefined ? [] : [cache({ ...options.cache, ...shared })]

  return (fetch) => {
    const authorized: Layer[] = []
    if (auth !== undefined) {
      const forTokens = layered([...repeated, ...paced, ...timed], fetch)
      // Calls that are under way wait for it, so it must not wait for one of them to end.
      const tokenFetch: Fetch = (input, init) => forTokens(input, { ...init, urgent: true })
      authorized.push(authorize({ orgUrl, auth, clock, onEvent, fetch: tokenFetch, timeoutMs: tokenTimeoutMs }))
    }
    const order: readonly Layer[] = [
      // A hit costs nothing: no wait, no token, no place in a window.
      ...cached,
      // Each repetition is a call of its own for all that follows: it waits for its turn and has its own time.
      ...repeated,
      // Whoever waits, waits here, so that a wait takes nothing from the time of an attempt.
      ...paced,
      // Behind the queue: calls that waited while the org went down are not sent into the outage.
      ...broken,
      // As late as can be: a token that is put on before a wait may be over after it. Its own requests go through the
      // same layers but the breaker, where the call that tests whether the org is back would wait for a token that the
      // breaker does not let through.
      ...authorized,
      // Next to the wire: the time of one attempt, its body included.
      ...timed,
    ]
    return layered(order, fetch)
  }
}

/** The fetch of this machine, as late as it is called: tests and tracing replace it. */
export const systemFetch: Fetch = (input, init) => globalThis.fetch(input, init)
