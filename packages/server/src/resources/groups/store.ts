// How does a group resource find its things?
import { E0000007 } from '@errorg/errors/codes'
import { type Group, groups } from '../../entities/group.ts'
import { type User, users } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** The group with this id, or E0000007. */
export async function loadGroup(org: Org, id: string): Promise<Stored<Group>> {
  return (await org.state.load(groups, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'UserGroup' })
}

/** The user with this id or login, or E0000007. */
export async function loadMember(org: Org, idOrLogin: string): Promise<Stored<User>> {
  return (
    (await org.state.load(users, idOrLogin)) ??
    (await org.state.holder(users, `login:${idOrLogin.toLowerCase()}`)) ??
    fail(E0000007, 'resource-missing', { id: idOrLogin, type: 'User' })
  )
}
