// What has a client done so far? Counted from its events, so that no layer keeps books.
import type { ClientEvent, Listener } from './events.ts'
import type { BucketStats } from './pace/coordinator.ts'

/** Numbers since the client was created. */
export interface ClientStats {
  /** Calls that the caller made. */
  calls: number
  /** What went over the wire: first attempts, repetitions, token requests. */
  sent: number
  /** Of those, how often a call was sent again. */
  repeated: number
  /** Refusals for the window, and for calls at the same moment. */
  limitedByWindow: number
  limitedByConcurrency: number
  timeouts: number
  /** How often a call had to wait. */
  waits: number
  breakerOpened: number
  tokensRenewed: number
  tokensFailed: number
  cacheHits: number
  /** What is known of the limits. */
  buckets: BucketStats[]
}

/** The counts of a client; `hear` takes its events. */
export function createCounts(): { counts: Omit<ClientStats, 'buckets'>; hear: Listener } {
  const counts: Omit<ClientStats, 'buckets'> = {
    calls: 0,
    sent: 0,
    repeated: 0,
    limitedByWindow: 0,
    limitedByConcurrency: 0,
    timeouts: 0,
    waits: 0,
    breakerOpened: 0,
    tokensRenewed: 0,
    tokensFailed: 0,
    cacheHits: 0,
  }
  function hear(event: ClientEvent): void {
    switch (event.type) {
      case 'wait':
        counts.waits++
        break
      case 'repeat':
        counts.repeated++
        break
      case 'limited':
        if (event.limit === 'window') counts.limitedByWindow++
        else counts.limitedByConcurrency++
        break
      case 'timeout':
        counts.timeouts++
        break
      case 'breaker':
        if (event.state === 'open') counts.breakerOpened++
        break
      case 'token':
        if (event.what === 'renewed') counts.tokensRenewed++
        else if (event.what === 'failed') counts.tokensFailed++
        break
      case 'cache':
        if (event.what === 'hit') counts.cacheHits++
        break
      case 'given-up':
        break
    }
  }
  return { counts, hear }
}
