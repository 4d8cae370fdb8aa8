// How is a user deleted? The first call deactivates, the second one deletes (recorded).
import { E0000001 } from '@errorg/errors/codes'
import { appUsers } from '../../entities/app.ts'
import { userGrants } from '../../entities/consent.ts'
import { deviceUsers } from '../../entities/device.ts'
import { groupOwners, memberships } from '../../entities/group.ts'
import { homeTabs } from '../../entities/home-tab.ts'
import { idpUsers } from '../../entities/idp.ts'
import { userLinks } from '../../entities/linked-object.ts'
import { loadSetting } from '../../entities/org-setting.ts'
import { roleAssignments } from '../../entities/role-assignment.ts'
import { users } from '../../entities/user.ts'
import { removeNotesOf } from '../../entities/user-notes.ts'
import { fail } from '../../fail.ts'
import { forgetting } from '../../forget.ts'
import { type Answer, type Exchange, noContent } from '../../http/exchange.ts'
import { readFlag } from '../../http/query.ts'
import { mayEndSuperAdmin } from '../../last-super-admin.ts'
import type { Org } from '../../org.ts'
import { endSessions } from '../../sessions.ts'
import { remove } from '../../state/state.ts'
import { logUser } from './events.ts'
import { storeDeactivated } from './lifecycle.ts'
import { loadForChange } from './store.ts'
import { endTokens } from './transitions.ts'

/** `DELETE /users/{id}`: with the user go memberships, ownerships, apps and roles, and the API tokens end. */
export async function deleteUser(org: Org, x: Exchange): Promise<Answer> {
  readFlag(x, 'sendEmail', false)
  const user = await loadForChange(org, x)
  if (user.value.status !== 'DEPROVISIONED') {
    await storeDeactivated(org, x, user)
    return noContent()
  }
  await mayBeMissed(org, user.id)
  const joined = await org.state.find(memberships, 'user', user.id)
  const owned = await org.state.find(groupOwners, 'owner', user.id)
  const assigned = await org.state.find(appUsers, 'user', user.id)
  const granted = await org.state.find(userGrants, 'user', user.id)
  const roles = await org.state.find(roleAssignments, 'holder', user.id)
  const links = [
    ...(await org.state.find(userLinks, 'associated', user.id)),
    ...(await org.state.find(userLinks, 'primary', user.id)),
  ]
  await org.state.change([
    remove(users, user),
    ...links.map((link) => remove(userLinks, link)),
    ...joined.map((membership) => remove(memberships, membership)),
    ...owned.map((ownership) => remove(groupOwners, ownership)),
    ...assigned.map((one) => remove(appUsers, one)),
    ...granted.map((grant) => remove(userGrants, grant)),
    ...roles.map((role) => remove(roleAssignments, role)),
    ...(await mayEndSuperAdmin(org, user.id, 'goes')),
    ...(await org.state.find(homeTabs, 'user', user.id)).map((tab) => remove(homeTabs, tab)),
    ...(await org.state.find(idpUsers, 'user', user.id)).map((link) => remove(idpUsers, link)),
    ...(await org.state.find(deviceUsers, 'user', user.id)).map((link) => remove(deviceUsers, link)),
    ...(await forgetting(org, user.id)),
    ...(await removeNotesOf(org, user.id)),
    ...(await endTokens(org, user.id, x.now)),
    ...(await endSessions(org, user.id)),
  ])
  logUser(org, x, 'user.lifecycle.delete.initiated', user.id, user.value)
  logUser(org, x, 'user.lifecycle.delete.completed', user.id, user.value)
  return noContent()
}

// Documented: the org always has somebody to write to.
async function mayBeMissed(org: Org, userId: string): Promise<void> {
  const { value } = await loadSetting(org, 'contacts')
  const type = (['BILLING', 'TECHNICAL'] as const).find((one) => value[one] === userId)
  if (type !== undefined) fail(E0000001, 'user-is-contact', { type: type.toLowerCase() })
}
