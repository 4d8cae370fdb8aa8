// How does a user operation find its user, and is the user free to be changed?
import { E0000001, E0000007, E0000112 } from '@errorg/errors/codes'
import { findUser } from '../../entities/find-user.ts'
import { type Group, groups } from '../../entities/group.ts'
import type { User } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { isSuperAdmin, mayChangeHolder } from '../../gates/holders.ts'
import { reachGroup, reachUser } from '../../gates/reach.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** The user that the path names, for reading. */
export async function loadUser(org: Org, x: Exchange): Promise<Stored<User>> {
  const user = await findUser(org, x, x.params.id ?? x.params.userId!)
  await reachUser(org, x, user.id)
  return user
}

/** The user that the path names, for changing: within the caller's reach, and not on the way to another status. */
export async function loadForChange(org: Org, x: Exchange): Promise<Stored<User>> {
  const user = await loadUser(org, x)
  if (user.value.transitioningTo) fail(E0000112, 'user-still-activating', { id: user.id })
  return user
}

/** The groups that a new user is to join. */
export async function loadGroups(org: Org, x: Exchange, ids: readonly string[]): Promise<Stored<Group>[]> {
  if (ids.length === 0) reachGroup(x)
  const found: Stored<Group>[] = []
  for (const id of ids) {
    const group = (await org.state.load(groups, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'UserGroup' })
    reachGroup(x, id)
    if (!isSuperAdmin(x)) await mayChangeHolder(org, x, id)
    // Everybody is in the built-in group anyway.
    if (group.value.type === 'BUILT_IN') continue
    if (group.value.type === 'APP_GROUP') {
      fail(E0000001, 'value-invalid', {
        field: 'groupIds',
        causes: ['groupIds: App groups can only be changed at their source'],
      })
    }
    found.push(group)
  }
  return found
}
