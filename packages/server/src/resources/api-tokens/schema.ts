// What does an API token look like on the wire, and what may an update say? Its value is never shown.
import { isoDate } from '../../clock.ts'
import { type ApiToken, TOKEN_IDLE_MS } from '../../entities/api-token.ts'
import type { FieldTable } from '../../fields.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** The body of an update; `created` and `clientName` may come along and are not read. */
export const updateFields: FieldTable = {
  name: { type: 'string', required: true, max: 255 },
  userId: { type: 'string' },
}

/** The network condition of an update. */
export const networkFields: FieldTable = {
  connection: { type: 'string', required: true, oneOf: ['ANYWHERE', 'ZONE'] },
  include: { type: 'array', max: 150 },
  exclude: { type: 'array', max: 150 },
}

/** A token as Okta shows it. */
export function showToken(org: Org, { id, value }: Stored<ApiToken>): Record<string, unknown> {
  return {
    name: value.name,
    userId: value.userId,
    tokenWindow: 'P30D',
    network: value.network,
    id,
    clientName: value.clientName,
    expiresAt: isoDate(value.lastUsedAt + TOKEN_IDLE_MS),
    created: isoDate(value.createdAt),
    // Using a token updates it.
    lastUpdated: isoDate(Math.max(value.lastUpdatedAt, value.lastUsedAt)),
    _links: {
      self: { href: `${org.baseUrl}/api/v1/api-tokens/${id}`, hints: { allow: ['GET', 'DELETE'] } },
      user: { href: `${org.baseUrl}/api/v1/users/${value.userId}`, hints: { allow: ['GET'] } },
    },
  }
}
