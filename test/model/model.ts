// What should an org know after some calls, and what should each of them answer? A plain model, written from Okta's
// documents and recordings and not from the server: users, groups, memberships, apps, assignments, roles and sessions.

/** Okta's user statuses. */
export type Status =
  | 'STAGED'
  | 'PROVISIONED'
  | 'ACTIVE'
  | 'RECOVERY'
  | 'PASSWORD_EXPIRED'
  | 'LOCKED_OUT'
  | 'SUSPENDED'
  | 'DEPROVISIONED'

/** A user as the model knows one. */
export interface ModelUser {
  id: string
  login: string
  status: Status
  password: string | undefined
  /** Passwords that may not come back, newest first. */
  earlier: string[]
  title: string | undefined
  wrongTries: number
}

/** A group, with the ids of its members. */
export interface ModelGroup {
  id: string
  name: string
  members: Set<string>
}

/** An app, with whom it is assigned to. */
export interface ModelApp {
  id: string
  label: string
  active: boolean
  users: Set<string>
  groups: Set<string>
}

/** A role that a user holds. */
export interface ModelRole {
  id: string
  userId: string
  type: string
}

/** A session. */
export interface ModelSession {
  id: string
  userId: string
}

/** All of it. */
export interface Model {
  users: Map<string, ModelUser>
  groups: Map<string, ModelGroup>
  apps: Map<string, ModelApp>
  /** By user and id: the id of a standard role is its name in another spelling, the same for all users (recorded). */
  roles: Map<string, ModelRole>
  sessions: Map<string, ModelSession>
}

/** What a call should answer: a status, and the code where it is refused. */
export interface Expected {
  status: number
  code?: string
}

/** Nothing yet. */
export function emptyModel(): Model {
  return { users: new Map(), groups: new Map(), apps: new Map(), roles: new Map(), sessions: new Map() }
}

export const ok: Expected = { status: 200 }
export const created: Expected = { status: 201 }
export const gone: Expected = { status: 204 }
export const missing: Expected = { status: 404, code: 'E0000007' }
export const invalid: Expected = { status: 400, code: 'E0000001' }
const forbidden = (code: string): Expected => ({ status: 403, code })

/** Wrong passwords until a user is locked out. */
export const MOST_TRIES = 3

const HISTORY = 4

/** Is a login taken? Case does not count. */
export function loginTaken(model: Model, login: string, but?: string): boolean {
  return [...model.users.values()].some((user) => user.id !== but && user.login.toLowerCase() === login.toLowerCase())
}

/** Is the name of a group taken? Case does not count. */
export function nameTaken(model: Model, name: string, but?: string): boolean {
  const lower = name.toLowerCase()
  return lower === 'everyone' || [...model.groups.values()].some((g) => g.id !== but && g.name.toLowerCase() === lower)
}

/** The status that activation leads to. */
export const activated = (user: Pick<ModelUser, 'password'>): Status =>
  user.password === undefined ? 'PROVISIONED' : 'ACTIVE'

/** Gives a user a new password, which ends what waited for one. */
export function setPassword(user: ModelUser, password: string): void {
  if (user.password !== undefined) user.earlier = [user.password, ...user.earlier].slice(0, 30)
  user.password = password
  user.wrongTries = 0
  if (['PROVISIONED', 'RECOVERY', 'PASSWORD_EXPIRED'].includes(user.status)) user.status = 'ACTIVE'
}

/** Would the policy's history refuse it? The present password is one of the last four. */
export function usedLately(user: ModelUser, password: string): boolean {
  return [user.password, ...user.earlier].slice(0, HISTORY).includes(password)
}

/** Counts a wrong password. */
export function countTry(user: ModelUser): void {
  user.wrongTries += 1
  if (user.wrongTries >= MOST_TRIES && (user.status === 'ACTIVE' || user.status === 'PASSWORD_EXPIRED')) {
    user.status = 'LOCKED_OUT'
  }
}

function endSessions(model: Model, userId: string): void {
  for (const session of [...model.sessions.values()]) if (session.userId === userId) model.sessions.delete(session.id)
}

/** What each lifecycle operation does with a user, by the path behind `/lifecycle/`. */
export const lifecycle: Readonly<Record<string, (model: Model, user: ModelUser) => Expected>> = {
  'activate?sendEmail=false'(_, user) {
    if (user.status === 'STAGED' || user.status === 'DEPROVISIONED') {
      user.status = activated(user)
      return ok
    }
    return user.status === 'ACTIVE' || user.status === 'PROVISIONED' ? forbidden('E0000016') : forbidden('E0000038')
  },
  'reactivate?sendEmail=false'(_, user) {
    if (user.status !== 'PROVISIONED' && user.status !== 'RECOVERY') return forbidden('E0000038')
    user.status = 'PROVISIONED'
    return ok
  },
  suspend(_, user) {
    if (user.status !== 'ACTIVE' && user.status !== 'PROVISIONED') return invalid
    user.status = 'SUSPENDED'
    return ok
  },
  unsuspend(_, user) {
    if (user.status !== 'SUSPENDED') return invalid
    user.status = activated(user)
    return ok
  },
  unlock(_, user) {
    if (user.status !== 'LOCKED_OUT') return forbidden('E0000032')
    user.status = 'ACTIVE'
    user.wrongTries = 0
    return ok
  },
  deactivate(model, user) {
    if (user.status === 'DEPROVISIONED') return missing
    deactivate(model, user)
    return ok
  },
  expire_password(_, user) {
    if (user.status !== 'ACTIVE' && user.status !== 'PASSWORD_EXPIRED') return forbidden('E0000038')
    user.status = 'PASSWORD_EXPIRED'
    return ok
  },
  'reset_password?sendEmail=false'(_, user) {
    if (['STAGED', 'SUSPENDED', 'DEPROVISIONED'].includes(user.status)) return forbidden('E0000017')
    user.status = 'RECOVERY'
    return ok
  },
  reset_factors: () => ok,
}

/** Deactivates: the password goes, and so do all sessions, the admin roles and the user's own apps. */
export function deactivate(model: Model, user: ModelUser): void {
  user.status = 'DEPROVISIONED'
  user.password = undefined
  user.wrongTries = 0
  endSessions(model, user.id)
  endRoles(model, user.id)
  for (const app of model.apps.values()) app.users.delete(user.id)
}

function endRoles(model: Model, userId: string): void {
  for (const [key, role] of [...model.roles]) if (role.userId === userId) model.roles.delete(key)
}

/** The first call deactivates, the second one deletes. */
export function deleteUser(model: Model, user: ModelUser): Expected {
  if (user.status !== 'DEPROVISIONED') deactivate(model, user)
  else {
    model.users.delete(user.id)
    for (const group of model.groups.values()) group.members.delete(user.id)
    endRoles(model, user.id)
    endSessions(model, user.id)
  }
  return gone
}

/** A group takes its memberships and assignments along. */
export function deleteGroup(model: Model, group: ModelGroup): Expected {
  model.groups.delete(group.id)
  for (const app of model.apps.values()) app.groups.delete(group.id)
  return gone
}

/** What changing a password with the old one comes to. */
export function changePassword(user: ModelUser, old: string, next: string): Expected {
  if (!['STAGED', 'ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY'].includes(user.status)) return forbidden('E0000035')
  if (user.password === undefined) return forbidden('E0000035')
  if (user.password !== old) {
    countTry(user)
    return forbidden('E0000014')
  }
  if (usedLately(user, next)) return forbidden('E0000014')
  setPassword(user, next)
  return ok
}

/** The ids of those who may use an app: assigned by themselves, or through a group while they are not deactivated. */
export function usersOfApp(model: Model, app: ModelApp): Set<string> {
  const ids = new Set(app.users)
  for (const groupId of app.groups) {
    for (const id of model.groups.get(groupId)!.members) {
      if (model.users.get(id)!.status !== 'DEPROVISIONED') ids.add(id)
    }
  }
  return ids
}

/** Taking somebody off an app. Who comes through a group stays. */
export function unassign(model: Model, app: ModelApp, userId: string): Expected {
  if (!usersOfApp(model, app).has(userId)) return missing
  if ([...app.groups].some((id) => model.groups.get(id)!.members.has(userId))) return forbidden('E0000046')
  app.users.delete(userId)
  return gone
}

/** What a sign-in comes to: whether there is a session, or the answer without one. */
export function signIn(user: ModelUser | undefined, password: string): Expected & { session?: true } {
  const wrong: Expected = { status: 401, code: 'E0000004' }
  if (!user || user.status === 'LOCKED_OUT') return wrong
  if (user.password === undefined || user.password !== password) {
    if (user) countTry(user)
    return wrong
  }
  if (user.status !== 'ACTIVE' && user.status !== 'PASSWORD_EXPIRED') return wrong
  user.wrongTries = 0
  return user.status === 'ACTIVE' ? { status: 200, session: true } : ok
}
