// What does a role assignment look like on the wire, and what does an assigning body hold?
import { isoDate } from '../../clock.ts'
import type { RoleAssignment } from '../../entities/role-assignment.ts'
import type { FieldTable } from '../../fields.ts'
import { roleLabels } from '../../gates/permissions.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** The body that assigns a role. Its `type` is checked against the standard roles. */
export const assignmentFields: FieldTable = {
  type: { type: 'string', required: true, oneOf: Object.keys(roleLabels) },
}

/** A role assignment as Okta shows it. */
export function showAssignment(org: Org, { id, value }: Stored<RoleAssignment>): Record<string, unknown> {
  const holders = value.holder === 'GROUP' ? 'groups' : 'users'
  return {
    id,
    label: roleLabels[value.type],
    type: value.type,
    status: 'ACTIVE',
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    assignmentType: value.holder,
    _links: { assignee: { href: `${org.baseUrl}/api/v1/${holders}/${value.holderId}` } },
  }
}
