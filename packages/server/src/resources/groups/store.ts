// How does a group resource find its things?
import { E0000007 } from '@errorg/errors/codes'
import { appGroups } from '../../entities/app.ts'
import { groupPushMappings } from '../../entities/app-relations.ts'
import { type GroupOwner, groupOwnerId, groupOwners, groups, memberships } from '../../entities/group.ts'
import { forgetResource } from '../../entities/resource-set.ts'
import { roleAssignments } from '../../entities/role-assignment.ts'
import { type User, users } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { forgetting } from '../../forget.ts'
import type { PageQuery } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored, type Write } from '../../state/state.ts'

/** Members of a group by id, one more than asked for where there are more. */
export async function listMembers(org: Org, groupId: string, { after, limit }: PageQuery): Promise<Stored<User>[]> {
  if (groupId === org.fixed.everyoneId) return await listEveryone(org, { after, limit })
  const rows = await org.state.find(memberships, 'group', groupId, {
    after: after === undefined ? undefined : `${groupId}:${after}`,
    limit: limit + 1,
  })
  const members = await Promise.all(rows.map((row) => org.state.load(users, row.value.userId)))
  return members.filter((member) => member !== undefined)
}

// "Everyone" has no membership rows: it is all users that are not deactivated.
async function listEveryone(org: Org, { after, limit }: PageQuery): Promise<Stored<User>[]> {
  const members: Stored<User>[] = []
  let last = after
  while (members.length <= limit) {
    const wanted = limit + 1 - members.length
    const rows = await org.state.scan(users, { after: last, limit: wanted })
    members.push(...rows.filter((row) => row.value.status !== 'DEPROVISIONED'))
    last = rows.at(-1)?.id
    if (rows.length < wanted) break
  }
  return members
}

/** The owner of a group, or E0000007. */
export async function loadOwner(org: Org, groupId: string, ownerId: string): Promise<Stored<GroupOwner>> {
  const owner = await org.state.load(groupOwners, groupOwnerId(groupId, ownerId))
  return owner ?? fail(E0000007, 'resource-missing', { id: ownerId, type: 'LinkedObject' })
}

/** What an owner is called; undefined when there is no such user or group. */
export async function nameOfOwner(org: Org, type: GroupOwner['type'], id: string): Promise<string | undefined> {
  if (type === 'GROUP') return (await org.state.load(groups, id))?.value.profile.name as string | undefined
  const profile = (await org.state.load(users, id))?.value.profile
  return profile && `${profile.firstName ?? ''} ${profile.lastName ?? ''}`.trim()
}

/** What goes with a group: its memberships, owners, roles and apps, its being an owner, its place as a target, and its name in policies. */
export async function removalsWith(org: Org, groupId: string): Promise<Write[]> {
  const { state } = org
  const roles = await state.scan(roleAssignments)
  const owners = [
    ...(await state.find(groupOwners, 'group', groupId)),
    ...(await state.find(groupOwners, 'owner', groupId)),
  ]
  return [
    ...(await state.find(memberships, 'group', groupId)).map((row) => remove(memberships, row)),
    ...(await state.find(appGroups, 'group', groupId)).map((row) => remove(appGroups, row)),
    ...(await forgetResource(org, `directory:groups:${groupId}`)),
    ...(await forgetting(org, groupId)),
    ...(await state.find(groupPushMappings, 'group', groupId)).map((row) => remove(groupPushMappings, row)),
    // A group may own itself; one change removes a thing once.
    ...[...new Map(owners.map((row) => [row.id, row])).values()].map((row) => remove(groupOwners, row)),
    ...roles.flatMap((role): Write[] => {
      if (role.value.holderId === groupId) return [remove(roleAssignments, role)]
      if (!role.value.targetGroups?.includes(groupId)) return []
      // Never undefined afterwards: a role whose last target is gone reaches nothing, not everything.
      const targetGroups = role.value.targetGroups.filter((target) => target !== groupId)
      return [put(roleAssignments, role.id, { ...role.value, targetGroups }, role)]
    }),
  ]
}
