// Limits: which bucket, how much is left, how many at once.
export { bucketFor } from './bucket-for.ts'
export { type Bucket, buckets, type Edition, editions, uncountedPaths } from './buckets.ts'
export {
  type Concurrency,
  type ConcurrencyOptions,
  clientConcurrencyLimit,
  concurrencyLimits,
  createConcurrency,
  type Entry,
  type Holder,
} from './concurrency.ts'
export {
  createKeyedWindows,
  fixedLimits,
  type KeyedTake,
  type KeyedWindows,
  type KeyedWindowsOptions,
  type KeyedWindowsState,
} from './keyed-windows.ts'
export {
  type ClientMode,
  createLimiter,
  type Limiter,
  type LimiterState,
  type LimitScope,
  type Take,
  type TakeRequest,
} from './limiter.ts'
export type { RateEvent } from './rate-event.ts'
