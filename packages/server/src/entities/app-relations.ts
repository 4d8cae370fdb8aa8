// What hangs on an app besides its users and groups? Claims for other protocols, ties to other apps, pushed groups.
import type { Collection } from '../state/state.ts'

/** A claim in what an app is sent by federation protocols: an ID token, a SAML assertion. */
export interface FederatedClaim {
  appId: string
  name: string
  /** In Okta's expression language. */
  expression: string
  createdAt: number
  lastUpdatedAt: number
}

/** All federated claims; a name once in an app. */
export const federatedClaims: Collection<FederatedClaim> = {
  name: 'federatedClaim',
  unique: (claim) => [`${claim.appId}:${claim.name}`],
  indexes: { app: (claim) => claim.appId },
}

/** Leave for one app (the requesting one) to reach another (the resource) for its users: Cross App Access. */
export interface CrossAppConnection {
  requestingId: string
  resourceId: string
  status: 'ACTIVE' | 'INACTIVE'
  createdAt: number
  lastUpdatedAt: number
}

/** All connections; one for a pair and a direction. */
export const crossAppConnections: Collection<CrossAppConnection> = {
  name: 'crossAppConnection',
  unique: (one) => [`${one.requestingId}:${one.resourceId}`],
  // An app connected with itself is found once.
  indexes: { app: (one) => [...new Set([one.requestingId, one.resourceId])] },
}

/** Leave for one app (the allowed one) to take users over to another (the target) with an interclient token. */
export interface TrustMapping {
  targetId: string
  allowedId: string
  createdAt: number
  lastUpdatedAt: number
  /** Who made it. */
  lastUpdatedBy: string
}

/** All trust mappings; one for a pair and a direction. */
export const trustMappings: Collection<TrustMapping> = {
  name: 'trustMapping',
  unique: (one) => [`${one.targetId}:${one.allowedId}`],
  indexes: { target: (one) => one.targetId, allowed: (one) => one.allowedId },
}

/** A group that is pushed to an app: its members and its name are kept the same there. */
export interface GroupPushMapping {
  appId: string
  sourceId: string
  /** The group of the app, as the org knows it. */
  targetId: string
  status: 'ACTIVE' | 'INACTIVE' | 'ERROR'
  /** Only for Active Directory. */
  appConfig?: Readonly<Record<string, unknown>>
  createdAt: number
  lastUpdatedAt: number
}

/** All mappings; a group is pushed to an app once. */
export const groupPushMappings: Collection<GroupPushMapping> = {
  name: 'groupPushMapping',
  unique: (mapping) => [`${mapping.appId}:${mapping.sourceId}`],
  indexes: {
    app: (mapping) => mapping.appId,
    // Whichever side a group is on, it does not go without its mappings.
    group: (mapping) => [...new Set([mapping.sourceId, mapping.targetId])],
  },
}
