// Who may change what makes administrators: groups and service apps that hold a role? Okta leaves both to super admins
// (help.okta.com: group administrators, group membership administrators): whoever could fill such a group, or sign in as
// such an app, would have its role.
import { E0000006 } from '@errorg/errors/codes'
import { roleAssignments } from '../entities/role-assignment.ts'
import { fail } from '../fail.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'

/** Is the caller somebody to whom nothing is closed? Asked first, so that super admins wait for nothing. */
export function isSuperAdmin({ caller }: Exchange): boolean {
  return !caller || caller.roles.includes('SUPER_ADMIN')
}

/** Does this group, user or client hold an administrator role itself? */
export async function holdsRole({ state }: Org, holderId: string): Promise<boolean> {
  if (state.lacks(roleAssignments, 'holder', holderId)) return false
  return (await state.find(roleAssignments, 'holder', holderId, { limit: 1 })).length > 0
}

/** Refuses with E0000006 where the group or client that is to be changed holds a role and the caller is no super admin. */
export async function mayChangeHolder(org: Org, x: Exchange, holderId: string): Promise<void> {
  if (isSuperAdmin(x) || !(await holdsRole(org, holderId))) return
  fail(E0000006, 'super-admin-required', { needs: x.route.needs })
}
