// How much of each limit may one API token or OAuth app use, where an administrator has said so?
import type { Collection } from '../state/state.ts'

/** Who has a share of its own. */
export type PrincipalType = 'SSWS_TOKEN' | 'OAUTH_CLIENT'

/** The share of one token or app. Moments are in ms since 1970. */
export interface PrincipalLimit {
  principalId: string
  principalType: PrincipalType
  /** Percent of each bucket. */
  percentage: number
  /** Percent of the requests that the org may have under way. */
  concurrencyPercentage: number
  createdAt: number
  createdBy: string
  lastUpdatedAt: number
  lastUpdatedBy: string
}

/** Percent of a limit when nothing is said (documented). */
export const STANDARD_SHARE = 50

/** All shares that were set; one a principal. */
export const principalLimits: Collection<PrincipalLimit> = {
  name: 'principalLimit',
  unique: (limit) => [`principal:${limit.principalId}`],
  indexes: { type: (limit) => limit.principalType },
}
