// Which role may be given to whom, and what may it be limited to?
import { E0000001, E0000006, E0000007 } from '@errorg/errors/codes'
import type { RoleAssignment } from '../../entities/role-assignment.ts'
import { fail } from '../../fail.ts'
import { checkFields, objectBody, refuseFaults } from '../../fields.ts'
import { type RoleType, takesGroupTargets } from '../../gates/permissions.ts'
import type { Settings } from '../../settings.ts'
import { catalogueNames } from './catalogue-names.ts'
import { failNewer } from './newer.ts'
import { assignmentFields, customFields } from './schema.ts'

/** The role that a body names: a standard one, or a custom one with its set of resources, by id or label. */
export function readRole(body: unknown): { type: RoleType } | { type: 'CUSTOM'; role: string; set: string } {
  const named = objectBody(body)
  const { type, role, 'resource-set': set } = named
  refuseFaults(checkFields({ type }, assignmentFields))
  if (type !== 'CUSTOM') return { type: type as RoleType }
  refuseFaults(checkFields(named, customFields))
  return { type, role: String(role), set: String(set) }
}

/** A holder has a role once. */
export function roleIsNew(existing: unknown, { contract }: Pick<Settings, 'contract'>): void {
  if (!existing) return
  if (contract === 'current') failNewer('role-already-assigned')
  fail(E0000001, 'role-already-assigned', { field: 'type' })
}

/** Only service apps act for themselves. */
export function clientMayHoldRoles(type: string | undefined): void {
  if (type !== 'service') failNewer('client-is-no-service')
}

/** Only some roles can be limited to groups. */
export function roleTakesGroups(role: RoleAssignment, { contract }: Pick<Settings, 'contract'>): void {
  if (takesGroupTargets.has(role.type)) return
  if (contract === 'current') failNewer('role-takes-no-group-targets')
  fail(E0000001, 'role-takes-no-group-targets', { role: role.type })
}

/** Only the app administrator can be limited to apps. (recorded) */
export function roleTakesApps(role: RoleAssignment): void {
  if (role.type !== 'APP_ADMIN') fail(E0000006, 'role-target-refused', { role: role.type })
}

/**
 * All apps of a name can be a target if the org has one of them, or the catalogue is known to. (400 or 404 otherwise:
 * okta/okta-sdk-dotnet RoleBTargetClientApiTests)
 */
export function appIsKnown(name: string, isInOrg: boolean): void {
  if (!isInOrg && !catalogueNames.has(name)) fail(E0000007, 'resource-missing', { id: name, type: 'App' })
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
