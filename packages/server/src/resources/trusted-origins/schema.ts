// What does a trusted origin look like on the wire, and what may be sent for one?
import { isoDate } from '../../clock.ts'
import type { TrustedOrigin } from '../../entities/trusted-origin.ts'
import type { FieldTable } from '../../fields.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

// A scheme that Okta takes, a host, perhaps a port, and no path. One slash at the end is kept as it was sent: Okta's own
// SDK sends origins so, and reads them back so (okta/okta-sdk-nodejs test/it/trusted-origin.ts).
const ORIGIN =
  /^(?:https?|ftp|ionic|capacitor):\/\/(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(\d{1,5}))?\/?$/i

function isOrigin(text: string): boolean {
  const found = ORIGIN.exec(text)
  return found !== null && Number(found[1] ?? 0) <= 65_535
}

/** What may be sent. */
export const originFields: FieldTable = {
  name: { type: 'string', required: true, max: 255 },
  origin: {
    type: 'string',
    required: true,
    max: 255,
    form: { test: isOrigin, says: 'Origin value is not valid' },
  },
  status: { type: 'string', oneOf: ['ACTIVE', 'INACTIVE'] },
  scopes: { type: 'array', required: true, max: 3 },
}

/** A trusted origin as Okta shows it. */
export function showOrigin(org: Org, { id, value }: Stored<TrustedOrigin>): Record<string, unknown> {
  const self = `${org.baseUrl}/api/v1/trustedOrigins/${id}`
  const next = value.status === 'ACTIVE' ? 'deactivate' : 'activate'
  return {
    id,
    name: value.name,
    origin: value.origin,
    scopes: value.scopes,
    status: value.status,
    created: isoDate(value.createdAt),
    createdBy: value.createdBy,
    lastUpdated: isoDate(value.lastUpdatedAt),
    lastUpdatedBy: value.lastUpdatedBy,
    _links: {
      self: { href: self, hints: { allow: ['GET', 'PUT', 'DELETE'] } },
      [next]: { href: `${self}/lifecycle/${next}`, hints: { allow: ['POST'] } },
    },
  }
}
