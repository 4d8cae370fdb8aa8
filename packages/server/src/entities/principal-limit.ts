// How much of each limit may one API token or OAuth app use, where an administrator has said so?
import type { Org } from '../org.ts'
import { type Collection, remove, type Write } from '../state/state.ts'

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

/** What is to be written when tokens or apps go: their shares go with them. */
export async function removeShares({ state }: Org, ...principalIds: readonly string[]): Promise<Write[]> {
  const rows = await Promise.all(principalIds.map((id) => state.holder(principalLimits, `principal:${id}`)))
  return rows.flatMap((row) => (row ? [remove(principalLimits, row)] : []))
}
