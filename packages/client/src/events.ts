// What did the client do on its own? Each wait, repetition and renewal is told, so that nothing happens in silence.

/** Something the client did or learnt. Plain data without credentials; paths without their query. */
export type ClientEvent =
  /** A call waits: for a window of the rate limit, for room under the concurrency limit, or before it is repeated. */
  | { type: 'wait'; waitMs: number; why: string; method: string; path: string }
  /** A call is sent again. */
  | { type: 'repeat'; attempt: number; why: string; method: string; path: string; status?: number }
  /** A call failed and is not sent again, although another might be. */
  | { type: 'given-up'; why: string; method: string; path: string; status?: number }
  /** The org refused a call for its rate limit; `concurrency` for too many at the same moment. */
  | { type: 'limited'; limit: 'window' | 'concurrency'; bucket: string }
  /** An attempt took too long. */
  | { type: 'timeout'; afterMs: number; method: string; path: string }
  /** The breaker of an origin changed. */
  | { type: 'breaker'; state: 'open' | 'half-open' | 'closed'; origin: string; why: string }
  /** A token was had, could not be had, or could not be kept by `onTokens`. */
  | { type: 'token'; what: 'renewed' | 'failed' | 'not-kept'; why?: string }
  /** An answer came from the cache, was confirmed by the org, or was forgotten because something was written. */
  | { type: 'cache'; what: 'hit' | 'confirmed' | 'forgotten'; path: string }

/** Hears events. What it throws is ignored: a broken listener must not break calls. */
export type Listener = (event: ClientEvent) => void
