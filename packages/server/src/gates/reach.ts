// Does the caller's role reach this group, user or app? The role gate knows the operation only; a role may be limited
// to some groups or apps, and super admins are out of reach of others.
import { E0000006 } from '@errorg/errors/codes'
import { fail } from '../fail.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import { type Permission, roleAllows } from './permissions.ts'

/**
 * Refuses with E0000006 unless a role of the caller allows the operation on this group. Without an id: on all
 * groups, as for making a new one.
 */
export function reachGroup(x: Exchange, groupId?: string): void {
  if (!reaches(x, groupId === undefined ? [] : [groupId])) refuse(x)
}

/**
 * Refuses with E0000006 unless a role of the caller allows the operation on this user: a role that is limited to
 * groups reaches their members, and only a super admin changes a super admin.
 */
export async function reachUser(org: Org, x: Exchange, userId: string): Promise<void> {
  const { needs } = x.route
  if (!x.caller || x.caller.roles.includes('SUPER_ADMIN')) return
  if (!reaches(x, x.caller.held.some((role) => role.targetGroups) ? await org.groupIdsOf(userId) : [])) refuse(x)
  if (closedOnSuperAdmins.has(needs) && (await org.rolesOf(userId)).includes('SUPER_ADMIN')) {
    fail(E0000006, 'super-admin-required', { needs })
  }
}

/** Does a role of the caller that allows the operation reach this app? Without an id: a new app of that name. */
export function reachesApp(x: Exchange, name: string, id?: string): boolean {
  const { needs } = x.route
  if (!x.caller || needs === 'anyone' || needs === 'self') return true
  return x.caller.held.some(
    ({ type, targetApps }) =>
      roleAllows(type, needs) &&
      (!targetApps || targetApps.includes(name) || (id !== undefined && targetApps.includes(`${name}/${id}`))),
  )
}

/** Refuses with E0000006 unless a role of the caller reaches this app. */
export function reachApp(x: Exchange, name: string, id?: string): void {
  if (!reachesApp(x, name, id)) refuse(x)
}

// Okta's comparison of roles marks what other administrators can do to super admins: activate, suspend and clear
// sessions, but not these.
const closedOnSuperAdmins: ReadonlySet<string> = new Set<Permission>([
  'users.update',
  'users.credentials',
  'users.delete',
])

function reaches(x: Exchange, groupIds: readonly string[]): boolean {
  const { needs } = x.route
  if (!x.caller || needs === 'anyone' || needs === 'self') return true
  return x.caller.held.some(
    ({ type, targetGroups }) =>
      roleAllows(type, needs) && (!targetGroups || targetGroups.some((target) => groupIds.includes(target))),
  )
}

function refuse(x: Exchange): never {
  return fail(E0000006, 'role-lacks-permission', { needs: x.route.needs, roles: x.caller?.roles.join(', ') })
}
