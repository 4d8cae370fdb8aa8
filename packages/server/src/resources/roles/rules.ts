// Which role may be given to whom, and what may it be limited to?
import { E0000001, E0000006, E0000007 } from '@errorg/errors/codes'
import type { Group } from '../../entities/group.ts'
import type { RoleAssignment } from '../../entities/role-assignment.ts'
import { fail } from '../../fail.ts'
import { checkFields, objectBody, refuseFaults } from '../../fields.ts'
import { type RoleType, takesGroupTargets } from '../../gates/permissions.ts'
import { assignmentFields } from './schema.ts'

/** The role that a body names. */
export function readRole(body: unknown): RoleType {
  const { type } = objectBody(body)
  refuseFaults(checkFields({ type }, assignmentFields))
  return type as RoleType
}

/** A holder has a role once. */
export function roleIsNew(existing: unknown): void {
  if (existing) fail(E0000001, 'role-already-assigned', { field: 'type' })
}

/** "Everyone" holds no role: every user would be an administrator. */
export function groupMayHoldRoles(group: Group): void {
  if (group.type === 'BUILT_IN') fail(E0000001, 'role-not-for-built-in-group', { name: group.profile.name })
}

/** Only some roles can be limited to groups. */
export function roleTakesGroups(role: RoleAssignment): void {
  if (!takesGroupTargets.has(role.type)) fail(E0000001, 'role-takes-no-group-targets', { role: role.type })
}

/** Only the app administrator can be limited to apps. (recorded) */
export function roleTakesApps(role: RoleAssignment): void {
  if (role.type !== 'APP_ADMIN') fail(E0000006, 'role-target-refused', { role: role.type })
}

/** The targets without one app or name; the last one stays, or the role would widen to all apps. */
export function withoutApp(role: RoleAssignment, target: string): readonly string[] {
  const targets = role.targetApps ?? []
  if (!targets.includes(target)) return fail(E0000007, 'resource-missing', { id: target, type: 'App' })
  if (targets.length === 1) return fail(E0000001, 'role-target-is-last', { id: target })
  return targets.filter((one) => one !== target)
}

/** The targets without one of them; the last one stays, or the role would widen to all groups. */
export function withoutTarget(role: RoleAssignment, groupId: string): readonly string[] {
  const targets = role.targetGroups ?? []
  if (!targets.includes(groupId)) return fail(E0000007, 'resource-missing', { id: groupId, type: 'UserGroup' })
  if (targets.length === 1) return fail(E0000001, 'role-target-is-last', { id: groupId })
  return targets.filter((target) => target !== groupId)
}
