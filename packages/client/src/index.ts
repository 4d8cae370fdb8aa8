// What does this package offer? A client for Okta APIs; the layers that it is made of, alone; the seat under the official
// SDK; and the errors that calls end with.

// What layers share
export type { Credential, RefreshedTokens } from './auth/credential.ts'
export { type Clock, systemClock, type Timer } from './clock.ts'
// The client
export { type Client, type ClientOptions, createClient, type JsonInit } from './create-client.ts'
// Errors
export {
  BreakerOpenError,
  ClosedError,
  LinkError,
  OktaError,
  TimeoutError,
  TokenError,
  WaitRefusedError,
} from './errors.ts'
export type { ClientEvent, Listener } from './events.ts'
// Layers, from the outside in
export { type CallInit, type Fetch, type Layer, layered } from './layer.ts'
export { type AuthorizeOptions, authorize } from './layers/authorize.ts'
export { type BreakerOptions, breaker } from './layers/breaker.ts'
export { type CacheOptions, cache } from './layers/cache.ts'
export { type PaceOptions, pace } from './layers/pace.ts'
export { type RetryOptions, retry } from './layers/retry.ts'
export { type TimeoutOptions, timeout } from './layers/timeout.ts'
// Seats
export { type GuideSeat, makeOktaRequestWithRetry } from './make-okta-request-with-retry.ts'
export {
  type BucketStats,
  type Coordinator,
  type CoordinatorOptions,
  createCoordinator,
  type PacedCall,
  type Permit,
} from './pace/coordinator.ts'
export type { Outcome, PacedAnswer, Verdict } from './pace/learn.ts'
export { type ResilientOptions, resilient } from './resilient.ts'
export type { ClientStats } from './stats.ts'
export { type SdkExecutor, type SdkRequest, type SdkResponse, type SdkSeat, underOktaSdk } from './under/okta-sdk.ts'
