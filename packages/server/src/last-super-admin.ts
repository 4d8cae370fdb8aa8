// Would an org be left without a super admin? Each has at least one who was given the role directly, and that one keeps
// it (help.okta.com: Edit or revoke administrator permissions).
import { E0000001 } from '@errorg/errors/codes'
import { type RoleAssignment, roleAssignments } from './entities/role-assignment.ts'
import { users } from './entities/user.ts'
import { fail } from './fail.ts'
import type { Org } from './org.ts'
import { put, type Stored, type Write } from './state/state.ts'

/**
 * Refuses what would end the last super admin of the org. Otherwise the writes that go with it: two who end each other at
 * the same moment must meet. `own` says whether the user's own assignment is removed in the same change.
 */
export async function mayEndSuperAdmin(org: Org, userId: string, own: 'goes' | 'stays'): Promise<Write[]> {
  if (org.state.lacks(roleAssignments, 'holder', userId)) return []
  const held = (await org.state.find(roleAssignments, 'holder', userId)).find(({ value }) => isDirect(value))
  if (!held) return []
  const other = await otherThan(org, userId)
  if (!other) return fail(E0000001, 'super-admin-is-last', { field: 'role' })
  return (own === 'goes' ? [other] : [held, other]).map((row) => put(roleAssignments, row.id, row.value, row))
}

const isDirect = ({ type, holder }: RoleAssignment): boolean => type === 'SUPER_ADMIN' && holder === 'USER'

// Who cannot act does not count. (inferred)
async function otherThan({ state }: Org, userId: string): Promise<Stored<RoleAssignment> | undefined> {
  for (const row of await state.find(roleAssignments, 'type', 'SUPER_ADMIN')) {
    if (!isDirect(row.value) || row.value.holderId === userId) continue
    const user = await state.load(users, row.value.holderId)
    if (user && user.value.status !== 'DEPROVISIONED' && user.value.status !== 'SUSPENDED') return row
  }
  return undefined
}
