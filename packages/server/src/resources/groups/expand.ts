// What is shown within a group when it is asked for? `expand=stats` counts what hangs on it (documented).
import { appGroups } from '../../entities/app.ts'
import { groupPushMappings } from '../../entities/app-relations.ts'
import { type Group, memberships } from '../../entities/group.ts'
import { roleAssignments } from '../../entities/role-assignment.ts'
import { users } from '../../entities/user.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import { showGroup } from '../../shapes/group.ts'
import type { Stored } from '../../state/state.ts'

/** A group with what was asked for within it; `expand` may name several things. */
export async function showExpanded(org: Org, x: Exchange, group: Stored<Group>): Promise<unknown> {
  const asked = (x.query.get('expand') ?? '').split(',')
  if (!asked.includes('stats')) return org.shown(showGroup, group)
  return { ...showGroup(org, group), _embedded: { stats: await statsOf(org, group.id) } }
}

async function statsOf(org: Org, id: string): Promise<Record<string, unknown>> {
  const { state } = org
  return {
    usersCount: await usersIn(org, id),
    appsCount: await state.count(appGroups, 'group', id),
    groupPushMappingsCount: await state.count(groupPushMappings, 'group', id),
    hasAdminPrivilege: (await state.count(roleAssignments, 'holder', id)) > 0,
    _links: { self: { href: `${org.baseUrl}/api/v1/groups/${id}/stats` } },
  }
}

// "Everyone" has no membership rows: it is all users that are not deactivated.
async function usersIn({ state, fixed }: Org, id: string): Promise<number> {
  if (id !== fixed.everyoneId) return await state.count(memberships, 'group', id)
  return (await state.count(users)) - (await state.count(users, 'status', 'DEPROVISIONED'))
}
