// Which fields may be sent for a group, and what does an owner look like on the wire?
import { isoDate } from '../../clock.ts'
import type { GroupOwner } from '../../entities/group.ts'
import type { FieldTable } from '../../fields.ts'

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
