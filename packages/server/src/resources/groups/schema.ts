// What do a group and its owners look like on the wire, and which fields may be sent?
import { isoDate } from '../../clock.ts'
import type { Group, GroupOwner } from '../../entities/group.ts'
import type { FieldTable } from '../../fields.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** The profile of a group. */
export const profileFields: FieldTable = {
  name: { type: 'string', required: true, max: 255 },
  description: { type: 'string', max: 1024 },
}

/** The body that names an owner. */
export const ownerFields: FieldTable = {
  id: { type: 'string', required: true },
  type: { type: 'string', required: true, oneOf: ['USER', 'GROUP'] },
}

/** A group as Okta shows it. */
export function showGroup(org: Org, { id, value }: Stored<Group>): Record<string, unknown> {
  const base = `${org.baseUrl}/api/v1/groups/${id}`
  return {
    id,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    lastMembershipUpdated: isoDate(value.lastMembershipUpdatedAt),
    objectClass: [value.type === 'APP_GROUP' ? 'okta:windows_security_principal' : 'okta:user_group'],
    type: value.type,
    profile: value.profile,
    _links: {
      logo: [
        { name: 'medium', href: `${org.baseUrl}/img/logos/groups/odyssey/okta-medium.png`, type: 'image/png' },
        { name: 'large', href: `${org.baseUrl}/img/logos/groups/odyssey/okta-large.png`, type: 'image/png' },
      ],
      users: { href: `${base}/users` },
      apps: { href: `${base}/apps` },
    },
  }
}

/** An owner as Okta shows it. Owners that come with an app are not built, so none is unresolved. */
export function showOwner(owner: GroupOwner, displayName: string): Record<string, unknown> {
  return {
    id: owner.ownerId,
    type: owner.type,
    resolved: true,
    originId: null,
    originType: 'OKTA_DIRECTORY',
    displayName,
    lastUpdated: isoDate(owner.lastUpdatedAt),
  }
}
