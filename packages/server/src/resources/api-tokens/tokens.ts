// How is an API token made? Only in the Admin Console: no public operation makes one, so a seed does it here.
import { type ApiToken, apiTokens, type TokenNetwork } from '../../entities/api-token.ts'
import { hashToken } from '../../gates/caller.ts'
import type { LogEntry } from '../../log/event.ts'
import type { Org } from '../../org.ts'
import { put, type Write } from '../../state/state.ts'

/** What a new token is made with; what is absent is made up. */
export interface TokenParts {
  /** Id of the user whose rights the token has. */
  ownerId: string
  name: string
  network?: TokenNetwork
  /** A value and an id that a seed pins. */
  value?: string
  id?: string
}

/** A new token: its value, which is shown this once, and what has to be written and logged for it. */
export interface MadeToken {
  id: string
  value: string
  token: ApiToken
  writes: Write[]
  event: LogEntry
}

/** Makes an API token. It exists when the writes are in the state. */
export function makeApiToken(org: Org, parts: TokenParts): MadeToken {
  const id = parts.id ?? org.ids.next('00T')
  const value = parts.value ?? `00${org.ids.secret(40)}`
  const now = org.clock.now()
  const token: ApiToken = {
    name: parts.name,
    userId: parts.ownerId,
    clientName: 'Okta API',
    hash: hashToken(value),
    createdAt: now,
    lastUpdatedAt: now,
    lastUsedAt: now,
    network: parts.network ?? { connection: 'ANYWHERE' },
  }
  return { id, value, token, writes: [put(apiTokens, id, token)], event: tokenEvent('create', id, token) }
}

/** What the System Log says of a token's life. */
export function tokenEvent(what: 'create' | 'revoke' | 'update', id: string, token: ApiToken): LogEntry {
  return {
    eventType: `system.api_token.${what}`,
    displayMessage: `${what.charAt(0).toUpperCase()}${what.slice(1)} API token`,
    targets: [{ id, type: 'Token', alternateId: 'unknown', displayName: token.name }],
  }
}
