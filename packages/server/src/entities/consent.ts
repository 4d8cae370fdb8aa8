// What have people allowed applications to do in their name?
import type { Collection } from '../state/state.ts'

/** A scope of a custom authorization server that a user has granted to a client. */
export interface UserGrant {
  userId: string
  clientId: string
  serverId: string
  /** The id of the scope. */
  scopeId: string
  createdAt: number
  lastUpdatedAt: number
}

/** The unique key of a grant. */
export const grantKey = (grant: Pick<UserGrant, 'userId' | 'clientId' | 'scopeId'>): string =>
  `${grant.userId}:${grant.clientId}:${grant.scopeId}`

/** All of them; one per user, client and scope. */
export const userGrants: Collection<UserGrant> = {
  name: 'userGrant',
  unique: (grant) => [grantKey(grant)],
  indexes: { user: (grant) => grant.userId, client: (grant) => grant.clientId, scope: (grant) => grant.scopeId },
}

/** A question that a browser is shown: may this app have these scopes? Kept under the hash of its key. */
export interface ConsentAsk {
  userId: string
  sessionId: string
  clientId: string
  serverId: string
  scopeIds: readonly string[]
  /** The authorize request that goes on afterwards, as a query. */
  request: string
  expiresAt: number
}

/** All questions that are open. */
export const consentAsks: Collection<ConsentAsk> = { name: 'consentAsk' }
