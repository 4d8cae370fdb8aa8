// What does a group look like on the wire? Several resources show groups: groups themselves, a user's groups.
import { isoDate } from '../clock.ts'
import type { Group } from '../entities/group.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'

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
