// What does a role assignment look like on the wire, and what does an assigning body hold?
import { isoDate } from '../../clock.ts'
import type { RoleAssignment } from '../../entities/role-assignment.ts'
import type { FieldTable } from '../../fields.ts'
import { roleLabels, takesTargets } from '../../gates/permissions.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** The body that assigns a role. */
export const assignmentFields: FieldTable = {
  type: { type: 'string', required: true, oneOf: [...Object.keys(roleLabels), 'CUSTOM'] },
}

/** What the body has besides for a custom role. */
export const customFields: FieldTable = {
  role: { type: 'string', required: true },
  'resource-set': { type: 'string', required: true },
}

/**
 * The id by which callers know an assignment. Roles that can be limited have the same one for every holder, made of
 * the role's name: APP_ADMIN is IFIFAX2BIRGUSTQ, also after it was taken away and given again (recorded).
 */
export function assignmentIdOf({ id, value }: Stored<RoleAssignment>): string {
  return takesTargets.has(value.type) ? base32(value.type) : id
}

/** Is this the id that a role has for every holder? */
export function isSharedId(id: string): boolean {
  return [...takesTargets].some((type) => base32(type) === id)
}

// RFC 4648, section 6, without padding.
function base32(text: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  let result = ''
  let bits = 0
  let held = 0
  for (const byte of Buffer.from(text)) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      result += letters[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? result + letters[(held << (5 - bits)) & 31] : result
}

const placeOf = { USER: 'api/v1/users', GROUP: 'api/v1/groups', CLIENT: 'oauth2/v1/clients' } as const

/** A role assignment as Okta shows it. `label` is that of a custom role. */
export function showAssignment(org: Org, assignment: Stored<RoleAssignment>, label?: string): Record<string, unknown> {
  const { value } = assignment
  const grant = grantOf(assignment)
  const iam = `${org.baseUrl}/api/v1/iam`
  return {
    id: assignmentIdOf(assignment),
    label: value.type === 'CUSTOM' ? label : roleLabels[value.type],
    type: value.type,
    status: 'ACTIVE',
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    assignmentType: value.holder,
    ...(grant && { role: grant.role, 'resource-set': grant.set }),
    _links: {
      assignee: { href: `${org.baseUrl}/${placeOf[value.holder]}/${value.holderId}` },
      ...(grant && {
        'resource-set': { href: `${iam}/resource-sets/${grant.set}` },
        member: { href: `${iam}/resource-sets/${grant.set}/bindings/${grant.role}/members/${assignment.id}` },
        role: { href: `${iam}/roles/${grant.role}` },
        permissions: { href: `${iam}/roles/${grant.role}/permissions` },
      }),
    },
  }
}

// Three of the standard roles are made like custom ones, on sets that belong to Okta. (documented)
const setsOfOkta: Readonly<Record<string, string>> = {
  WORKFLOWS_ADMIN: 'WORKFLOWS_IAM_POLICY',
  ACCESS_CERTIFICATIONS_ADMIN: 'ACCESS_CERTIFICATIONS_IAM_POLICY',
  ACCESS_REQUESTS_ADMIN: 'ACCESS_REQUESTS_IAM_POLICY',
}

function grantOf({ value }: Stored<RoleAssignment>): { role: string; set: string } | undefined {
  if (value.custom) return { role: value.custom.roleId, set: value.custom.setId }
  const set = Object.hasOwn(setsOfOkta, value.type) ? setsOfOkta[value.type] : undefined
  return set === undefined ? undefined : { role: value.type, set }
}
