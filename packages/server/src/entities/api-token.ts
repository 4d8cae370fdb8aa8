// What is an API token, as the org keeps it?
import type { Collection } from '../state/state.ts'

/** From where a token may be used. */
export interface TokenNetwork {
  connection: 'ANYWHERE' | 'ZONE'
  include?: readonly string[]
  exclude?: readonly string[]
}

/** An API token (`SSWS`). Its value is shown once and kept only as a hash. Moments are in ms since 1970. */
export interface ApiToken {
  name: string
  userId: string
  clientName: string
  /** SHA-256 of the value, base64url. */
  hash: string
  createdAt: number
  lastUpdatedAt: number
  /** The last call with it; it expires 30 days after. */
  lastUsedAt: number
  network: TokenNetwork
  /** Why it no longer works. Rows stay, so that the org's private record can say why a token was refused. */
  dead?: 'revoked' | 'owner-deactivated'
}

/** How long an unused token lives. */
export const TOKEN_IDLE_MS = 30 * 24 * 60 * 60 * 1000

/** All API tokens, the dead ones too. */
export const apiTokens: Collection<ApiToken> = {
  name: 'apiToken',
  unique: (token) => [`hash:${token.hash}`],
  indexes: { owner: (token) => token.userId, alive: (token) => (token.dead ? undefined : 'yes') },
}
