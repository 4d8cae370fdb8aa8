// Which operations lead a user from one status to another?
import { appUsers } from '../../entities/app.ts'
import { roleAssignments } from '../../entities/role-assignment.ts'
import { type User, users } from '../../entities/user.ts'
import { reachUser } from '../../gates/reach.ts'
import { rulesFollowUser } from '../../group-rules/due.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { readFlag } from '../../http/query.ts'
import { mayEndSuperAdmin } from '../../last-super-admin.ts'
import { mailToken, makeToken } from '../../one-time-token.ts'
import type { Org } from '../../org.ts'
import { endSessions } from '../../sessions.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { mayUndergo } from './actions.ts'
import { logUser } from './events.ts'
import { loadForChange } from './store.ts'
import { activationGoal, beginActivation, deactivated, endTokens, inStatus, scheduleActivation } from './transitions.ts'

/** `lifecycle/activate` */
export async function activate(org: Org, x: Exchange): Promise<Answer> {
  const sendEmail = readFlag(x, 'sendEmail', true)
  const user = await loadForChange(org, x)
  mayUndergo('activate', user.value)
  if (!sendEmail) await maySeeToken(org, x, user)
  const token = makeToken(org, 'activation', x.now)
  const goal = activationGoal(user.value)
  const value = beginActivation(org, { ...user.value, oneTimeToken: token.kept }, goal, x.now)
  await org.state.change([put(users, user.id, value, user)])
  scheduleActivation(org, user.id, value, goal, x.now)
  logUser(org, x, 'user.lifecycle.activate', user.id, value)
  rulesFollowUser(org, user.id)
  if (!sendEmail) return ok({ activationUrl: token.url, activationToken: token.value })
  mailToken(org, value, token, x.now)
  return ok({})
}

/** `lifecycle/reactivate` */
export async function reactivate(org: Org, x: Exchange): Promise<Answer> {
  // Unlike activate, no mail unless asked for (documented).
  const sendEmail = readFlag(x, 'sendEmail', false)
  const user = await loadForChange(org, x)
  mayUndergo('reactivate', user.value)
  if (!sendEmail) await maySeeToken(org, x, user)
  const token = makeToken(org, 'activation', x.now)
  const value = { ...inStatus(user.value, 'PROVISIONED', x.now), oneTimeToken: token.kept }
  await org.state.change([put(users, user.id, value, user)])
  logUser(org, x, 'user.lifecycle.reactivate', user.id, value)
  if (!sendEmail) return ok({ activationUrl: token.url, activationToken: token.value })
  mailToken(org, value, token, x.now)
  return ok({})
}

// Who has the token sets the password: that takes more than the right to activate. (inferred)
function maySeeToken(org: Org, x: Exchange, user: Stored<User>): Promise<void> {
  return reachUser(org, x, user.id, 'users.credentials')
}

/** `lifecycle/deactivate` */
export async function deactivate(org: Org, x: Exchange): Promise<Answer> {
  readFlag(x, 'sendEmail', false)
  const user = await loadForChange(org, x)
  mayUndergo('deactivate', user.value, x.params.id)
  await storeDeactivated(org, x, user)
  return x.incoming.headers.prefer === 'respond-async' ? noContent() : ok({})
}

/**
 * Deactivates a user and ends what hangs on the user, in one change: API tokens, sessions, and apps and admin roles of
 * its own, which do not come back with the user (documented).
 */
export async function storeDeactivated(org: Org, x: Exchange, user: Stored<User>): Promise<void> {
  const value = deactivated(user.value, x.now)
  await org.state.change([
    put(users, user.id, value, user),
    ...(await org.state.find(appUsers, 'user', user.id)).map((assigned) => remove(appUsers, assigned)),
    ...(await org.state.find(roleAssignments, 'holder', user.id)).map((role) => remove(roleAssignments, role)),
    ...(await mayEndSuperAdmin(org, user.id, 'goes')),
    ...(await endTokens(org, user.id, x.now)),
    ...(await endSessions(org, user.id)),
  ])
  logUser(org, x, 'user.lifecycle.deactivate', user.id, value)
}

/** `lifecycle/suspend` */
export async function suspend(org: Org, x: Exchange): Promise<Answer> {
  const user = await loadForChange(org, x)
  mayUndergo('suspend', user.value)
  const value = inStatus(user.value, 'SUSPENDED', x.now)
  await org.state.change([put(users, user.id, value, user), ...(await mayEndSuperAdmin(org, user.id, 'stays'))])
  logUser(org, x, 'user.lifecycle.suspend', user.id, value)
  return ok({})
}

/** `lifecycle/unsuspend` */
export async function unsuspend(org: Org, x: Exchange): Promise<Answer> {
  const user = await loadForChange(org, x)
  mayUndergo('unsuspend', user.value)
  // Documented: ACTIVE. Who was suspended before setting a password has still to set one. (inferred)
  const value = inStatus(user.value, activationGoal(user.value), x.now)
  await org.state.change([put(users, user.id, value, user)])
  logUser(org, x, 'user.lifecycle.unsuspend', user.id, value)
  return ok({})
}

/** `lifecycle/unlock` */
export async function unlock(org: Org, x: Exchange): Promise<Answer> {
  const user = await loadForChange(org, x)
  mayUndergo('unlock', user.value)
  const value = { ...inStatus(user.value, 'ACTIVE', x.now), failedLogins: undefined, lockedAt: undefined }
  await org.state.change([put(users, user.id, value, user)])
  logUser(org, x, 'user.account.unlock_by_admin', user.id, value)
  return ok({})
}
