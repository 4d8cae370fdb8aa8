// Which groups is a role limited to? The operations on group targets, for users and groups alike.
import { findGroup } from '../../entities/find-group.ts'
import { type Group, groups } from '../../entities/group.ts'
import { roleAssignments } from '../../entities/role-assignment.ts'
import { type Exchange, noContent } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { showGroup } from '../../shapes/group.ts'
import { put, type Stored } from '../../state/state.ts'
import { roleTakesGroups, withoutTarget } from './rules.ts'
import { loadAssignment, loadHolder } from './store.ts'

const pages = { standard: 20, most: 200, prefix: '00g' }

// Below a group, `groupId` in the path is the holder and the target has another name.
const targetOf = (x: Exchange): string => (x.params.targetGroupId ?? x.params.groupId)!

/** Lists the groups; none for a role that reaches all. */
export async function listTargets(org: Org, x: Exchange) {
  const role = await loadAssignment(org, (await loadHolder(org, x)).id, x.params.roleAssignmentId!)
  const { after = '', limit } = readPage(org, x, pages)
  const ids = [...(role.value.targetGroups ?? [])].sort().filter((id) => id > after)
  const rows = await Promise.all(ids.map((id) => org.state.load(groups, id)))
  const page = cutPage(
    rows.filter((row): row is Stored<Group> => row !== undefined),
    limit,
  )
  return pageAnswer(org, x, page, (group) => showGroup(org, group))
}

/** Adds a group. The first one narrows the role from all groups to this. */
export async function addTarget(org: Org, x: Exchange) {
  const role = await loadAssignment(org, (await loadHolder(org, x)).id, x.params.roleAssignmentId!)
  const group = await findGroup(org, targetOf(x))
  roleTakesGroups(role.value, org.settings)
  const targets = role.value.targetGroups ?? []
  if (targets.includes(group.id)) return noContent()
  const value = { ...role.value, targetGroups: [...targets, group.id], lastUpdatedAt: x.now }
  await org.state.change([put(roleAssignments, role.id, value, role)])
  return noContent()
}

/** Takes a group away. */
export async function dropTarget(org: Org, x: Exchange) {
  const role = await loadAssignment(org, (await loadHolder(org, x)).id, x.params.roleAssignmentId!)
  roleTakesGroups(role.value, org.settings)
  const value = { ...role.value, targetGroups: withoutTarget(role.value, targetOf(x)), lastUpdatedAt: x.now }
  await org.state.change([put(roleAssignments, role.id, value, role)])
  return noContent()
}
