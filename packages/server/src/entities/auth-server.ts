// What is an authorization server, as the org keeps it? The org's own server is no row: it has the id `org` wherever
// an id is needed (keys), and its scopes and lifetimes are fixed.
import type { Collection } from '../state/state.ts'

/** Stands for the org's own authorization server where an id is kept. */
export const ORG_SERVER = 'org'

/** A custom authorization server. `default` is one of them; its id is the word itself. */
export interface AuthServer {
  name: string
  description: string | null
  audiences: readonly string[]
  issuerMode: 'ORG_URL' | 'CUSTOM_URL' | 'DYNAMIC'
  status: 'ACTIVE' | 'INACTIVE'
  rotationMode: 'AUTO' | 'MANUAL'
  createdAt: number
  lastUpdatedAt: number
}

/** All custom authorization servers. */
export const authServers: Collection<AuthServer> = {
  name: 'authServer',
  unique: (server) => [`name:${server.name.toLowerCase()}`],
}

/** One server takes tokens of another one (token exchange). */
export interface ServerTrust {
  serverId: string
  trustedId: string
}

/** All of them. */
export const serverTrusts: Collection<ServerTrust> = {
  name: 'serverTrust',
  unique: ({ serverId, trustedId }) => [`${serverId}:${trustedId}`],
  indexes: { server: (trust) => trust.serverId, trusted: (trust) => trust.trustedId },
}

/** A key that a server signs with. */
export interface SigningKey {
  serverId: string
  kid: string
  status: 'ACTIVE' | 'NEXT' | 'EXPIRED'
  /** Which of the server's keys it is, from 0. */
  ordinal: number
  createdAt: number
  lastUpdatedAt: number
  expiresAt: number
  /** PKCS#8 PEM. */
  privatePem: string
  publicJwk: Readonly<Record<string, unknown>>
}

/** All signing keys. */
export const signingKeys: Collection<SigningKey> = {
  name: 'signingKey',
  indexes: { server: (key) => key.serverId, kid: (key) => key.kid },
}

/** The public key of a resource server: tokens for it may be encrypted so that it alone reads them. */
export interface EncryptionKey {
  serverId: string
  kid: string | null
  status: 'ACTIVE' | 'INACTIVE'
  e: string
  n: string
  createdAt: number
  lastUpdatedAt: number
}

/** All of them. */
export const encryptionKeys: Collection<EncryptionKey> = {
  name: 'encryptionKey',
  indexes: { server: (key) => key.serverId },
}

/** A scope of a custom server. */
export interface ServerScope {
  serverId: string
  name: string
  displayName: string | null
  description: string | null
  consent: 'REQUIRED' | 'FLEXIBLE' | 'IMPLICIT' | 'ADMIN'
  default: boolean
  metadataPublish: 'ALL_CLIENTS' | 'NO_CLIENTS'
  optional: boolean
  system: boolean
}

/** All scopes. */
export const serverScopes: Collection<ServerScope> = {
  name: 'serverScope',
  unique: (scope) => [`${scope.serverId}:${scope.name}`],
  indexes: { server: (scope) => scope.serverId },
}

/** A claim of a custom server. */
export interface ServerClaim {
  serverId: string
  name: string
  status: 'ACTIVE' | 'INACTIVE'
  claimType: 'RESOURCE' | 'IDENTITY'
  valueType: 'EXPRESSION' | 'GROUPS' | 'SYSTEM'
  value: string
  groupFilterType: 'STARTS_WITH' | 'EQUALS' | 'CONTAINS' | 'REGEX' | null
  conditions: { scopes: readonly string[] }
  alwaysIncludeInToken: boolean
  system: boolean
}

/** All claims. */
export const serverClaims: Collection<ServerClaim> = {
  name: 'serverClaim',
  unique: (claim) => [`${claim.serverId}:${claim.claimType}:${claim.name}`],
  indexes: { server: (claim) => claim.serverId },
}

/** An access policy of a custom server. */
export interface ServerPolicy {
  serverId: string
  name: string
  description: string
  status: 'ACTIVE' | 'INACTIVE'
  priority: number
  system: boolean
  /** Client ids, or `ALL_CLIENTS`. */
  clients: readonly string[]
  createdAt: number
  lastUpdatedAt: number
}

/** All access policies. */
export const serverPolicies: Collection<ServerPolicy> = {
  name: 'serverPolicy',
  indexes: { server: (policy) => policy.serverId },
}

/** A rule of an access policy. */
export interface ServerRule {
  policyId: string
  name: string
  status: 'ACTIVE' | 'INACTIVE'
  priority: number
  system: boolean
  grantTypes: readonly string[]
  people: {
    users: readonly string[]
    groups: readonly string[]
    usersExcluded: readonly string[]
    groupsExcluded: readonly string[]
  }
  /** Scope names, or `*`. */
  scopes: readonly string[]
  accessTokenMinutes: number
  refreshTokenMinutes: number
  refreshTokenWindowMinutes: number
  /** The token hook that has a say in the tokens. */
  inlineHookId?: string
  createdAt: number
  lastUpdatedAt: number
}

/** All rules. */
export const serverRules: Collection<ServerRule> = { name: 'serverRule', indexes: { policy: (rule) => rule.policyId } }
