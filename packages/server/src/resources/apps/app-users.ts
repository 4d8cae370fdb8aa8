// Who may use an app? The operations on users of apps; who comes through a group is worked out.
import { E0000007, E0000041, E0000046 } from '@errorg/errors/codes'
import { mappedProfile } from '../../app-profile.ts'
import { isoDate } from '../../clock.ts'
import { type App, type AppUser, appGroups, appUsers, assignmentId } from '../../entities/app.ts'
import { groupIdsForApps } from '../../entities/find-app.ts'
import { findUser } from '../../entities/find-user.ts'
import { membershipId, memberships } from '../../entities/group.ts'
import { type User, users } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { checkFields, type JsonObject, objectBody, objectMember, refuseFaults, refuseValue } from '../../fields.ts'
import { userSeen } from '../../gates/attributes.ts'
import { reachUser, usersSeen } from '../../gates/reach.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { readFlag } from '../../http/query.ts'
import { cutPage, listAnswer, readPage } from '../../lists/page.ts'
import { paramOf } from '../../lists/query.ts'
import type { LogParty } from '../../log/event.ts'
import { userParty } from '../../log/parties.ts'
import type { Org } from '../../org.ts'
import { shownAssignmentId } from '../../shapes/app.ts'
import { showUserInList } from '../../shapes/user.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { logApp } from './events.ts'
import { keepsPasswords } from './modes.ts'
import { loadApp } from './store.ts'
import { mayHaveProfile } from './user-schema.ts'

const pages = { standard: 50, most: 500, prefix: '00u' }

/** How somebody came to an app. */
export interface Assigned extends AppUser {
  /** The group that grants the app, for scope GROUP. */
  groupId?: string
}

/** The assignment of a user, direct or through a group; undefined when there is none. */
export async function appUserOf(org: Org, app: Stored<App>, user: Stored<User>): Promise<Assigned | undefined> {
  const row = (await org.state.load(appUsers, assignmentId(app.id, user.id)))?.value
  const mapped = await mappedProfile(org, app, user, 'PUSH')
  if (row?.scope === 'USER') return { ...row, profile: { ...mapped, ...row.profile } }
  const through = await grantingGroup(org, app.id, user.id)
  if (!through) return undefined
  const { groupId, lastUpdatedAt, profile } = through
  return {
    appId: app.id,
    userId: user.id,
    createdAt: lastUpdatedAt,
    lastUpdatedAt,
    credentials: {},
    ...row,
    profile: { ...mapped, ...profile, ...row?.profile },
    scope: 'GROUP',
    groupId,
  }
}

/** The group through which a user has an app: the one of highest priority. */
async function grantingGroup(org: Org, appId: string, userId: string) {
  const joined = new Set(await groupIdsForApps(org, userId))
  return (await org.state.find(appGroups, 'app', appId))
    .map((row) => row.value)
    .filter((one) => joined.has(one.groupId))
    .sort((a, b) => a.priority - b.priority)[0]
}

/** A user of an app as Okta shows it. */
export function showAppUser(
  org: Org,
  app: Stored<App>,
  user: Stored<User>,
  one: Assigned,
  embed = false,
): Record<string, unknown> {
  const { password, userName } = one.credentials
  return {
    id: user.id,
    externalId: null,
    created: isoDate(one.createdAt),
    lastUpdated: isoDate(one.lastUpdatedAt),
    scope: one.scope,
    status: 'ACTIVE',
    statusChanged: isoDate(one.createdAt),
    passwordChanged: null,
    syncState: 'DISABLED',
    credentials: { userName: userName ?? user.value.profile.login, ...(password !== undefined && { password: {} }) },
    profile: one.profile,
    ...(embed && { _embedded: { user: showUserInList(org, user) } }),
    _links: {
      app: { href: `${org.baseUrl}/api/v1/apps/${app.id}` },
      ...(one.groupId !== undefined && {
        group: { name: one.groupId, href: `${org.baseUrl}/api/v1/groups/${one.groupId}` },
      }),
      user: { href: `${org.baseUrl}/api/v1/users/${user.id}` },
    },
  }
}

/** `GET /apps/{id}/users` */
export async function listAppUsers(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const { after = '', limit } = readPage(org, x, pages)
  const q = paramOf(x, 'q')?.toLowerCase()
  const begins = ({ profile }: User) =>
    q === undefined ||
    [profile.login, profile.firstName, profile.lastName, profile.email].some((word) =>
      String(word ?? '')
        .toLowerCase()
        .startsWith(q),
    )
  const found: Stored<User>[] = []
  for (let from: string | undefined = after; from !== undefined && found.length <= limit; ) {
    const ids = await userIdsAfter(org, app.id, from, limit + 1)
    for (const id of ids) {
      const user = await org.state.load(users, id)
      if (user && user.value.status !== 'DEPROVISIONED' && begins(user.value)) found.push(user)
    }
    from = ids[limit]
  }
  const page = cutPage(found, limit)
  const embeds = await embedsUser(org, x)
  const rows = []
  for (const user of page.rows) {
    const assigned = await appUserOf(org, app, user)
    if (assigned) rows.push(showAppUser(org, app, await userSeen(org, x, user), assigned, embeds(user)))
  }
  return listAnswer(org, x, rows, page.next)
}

/** So many of those who may have the app, by id. What is first of all is among the first of the group it comes from. */
async function userIdsAfter(org: Org, appId: string, after: string, limit: number): Promise<string[]> {
  const { state } = org
  const ids = new Set<string>()
  for (const { value } of await state.find(appUsers, 'direct', appId, { after: assignmentId(appId, after), limit })) {
    ids.add(value.userId)
  }
  for (const { value } of await state.find(appGroups, 'app', appId)) {
    const { groupId } = value
    if (groupId === org.fixed.everyoneId) {
      for (const { id } of await state.scan(users, { after, limit })) ids.add(id)
    } else {
      const page = { after: membershipId(groupId, after), limit }
      for (const row of await state.find(memberships, 'group', groupId, page)) ids.add(row.value.userId)
    }
  }
  return [...ids].sort().slice(0, limit)
}

/** `GET /apps/{id}/users/{userId}` */
export async function getAppUser(org: Org, x: Exchange): Promise<Answer> {
  const { app, user, assigned } = await loadAssigned(org, x)
  const embeds = await embedsUser(org, x)
  return ok(showAppUser(org, app, await userSeen(org, x, user), assigned, embeds(user)))
}

/** Which users are shown whole: those that were asked for, as far as the caller may read them. */
async function embedsUser(org: Org, x: Exchange): Promise<(user: Stored<User>) => boolean> {
  if (paramOf(x, 'expand') !== 'user') return () => false
  const sees = await usersSeen(org, x, 'users.read')
  return (user) => !sees || sees(user)
}

/** `POST /apps/{id}/users` */
export async function assignUser(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const body = objectBody(x.body)
  refuseFaults(checkFields(body, { id: { type: 'string', required: true }, ...scopeField }))
  const user = await loadNamedUser(org, String(body.id))
  await reachUser(org, x, user.id)
  // Documented to be impossible. (the words are inferred)
  if (user.value.status === 'DEPROVISIONED') refuseValue('id', 'The user is deactivated')
  return await store(org, x, app, user, body, 'USER')
}

/** `POST /apps/{id}/users/{userId}` */
export async function updateAppUser(org: Org, x: Exchange): Promise<Answer> {
  const { app, user, assigned } = await loadAssigned(org, x)
  await reachUser(org, x, user.id)
  const body = objectBody(x.body)
  refuseFaults(checkFields(body, scopeField))
  return await store(org, x, app, user, body, assigned.scope)
}

const scopeField = { scope: { type: 'string', oneOf: ['USER', 'GROUP'] } } as const

async function store(
  org: Org,
  x: Exchange,
  app: Stored<App>,
  user: Stored<User>,
  body: JsonObject,
  otherwise: AppUser['scope'],
): Promise<Answer> {
  const id = assignmentId(app.id, user.id)
  const row = await org.state.load(appUsers, id)
  const old = row?.value
  const credentials = objectMember(body, 'credentials') ?? {}
  mayHaveCredentials(app.value, credentials)
  const sent = objectMember(body, 'profile') ?? {}
  const once = old ? old.profile : await mappedProfile(org, app, user, 'DONT_PUSH')
  const profile = { ...once, ...sent }
  await mayHaveProfile(org, app, sent, { ...(await mappedProfile(org, app, user, 'PUSH')), ...profile })
  const scope = body.scope === 'USER' ? 'USER' : otherwise
  const value: AppUser = {
    appId: app.id,
    userId: user.id,
    scope,
    createdAt: old?.createdAt ?? x.now,
    lastUpdatedAt: x.now,
    profile,
    credentials: { ...old?.credentials, ...credentials },
  }
  await org.state.change([put(appUsers, id, value, row)])
  const isNew = old?.scope !== 'USER' && scope === 'USER'
  logApp(org, x, isNew ? 'application.user_membership.add' : 'application.user_membership.update', app, [
    appUserParty(app, user),
    userParty(user),
  ])
  const assigned = await appUserOf(org, app, user)
  return ok(showAppUser(org, app, user, assigned ?? value))
}

/** `DELETE /apps/{id}/users/{userId}` */
export async function unassignUser(org: Org, x: Exchange): Promise<Answer> {
  readFlag(x, 'sendEmail', false)
  const { app, user } = await loadAssigned(org, x)
  await reachUser(org, x, user.id)
  if (await grantingGroup(org, app.id, user.id)) fail(E0000046, 'group-grants-app')
  const id = assignmentId(app.id, user.id)
  const row = await org.state.load(appUsers, id)
  if (row) await org.state.change([remove(appUsers, row)])
  logApp(org, x, 'application.user_membership.remove', app, [appUserParty(app, user), userParty(user)])
  return noContent()
}

async function loadAssigned(org: Org, x: Exchange) {
  const app = await loadApp(org, x)
  const user = await findUser(org, x, x.params.userId!)
  const assigned =
    (await appUserOf(org, app, user)) ?? fail(E0000007, 'resource-missing', { id: user.id, type: 'AppUser' })
  return { app, user, assigned }
}

async function loadNamedUser(org: Org, id: string): Promise<Stored<User>> {
  return (await org.state.load(users, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'User' })
}

/**
 * One password for all, or none: then no user has an own one. Bookmarks, where nobody signs in, take what comes
 * (okta/okta-sdk-dotnet ApplicationUsersApiTests).
 */
function mayHaveCredentials(app: App, credentials: JsonObject): void {
  const { password, userName } = credentials
  if (password === undefined && userName === undefined) return
  const shared = app.credentials.scheme === 'SHARED_USERNAME_AND_PASSWORD'
  const takesPassword = (keepsPasswords(app.signOnMode) || app.signOnMode === 'BOOKMARK') && !shared
  if (shared || (password !== undefined && password !== null && !takesPassword)) {
    fail(E0000041, 'scheme-has-no-user-credentials')
  }
}

function appUserParty(app: Stored<App>, user: Stored<User>): LogParty {
  return { ...userParty(user), id: shownAssignmentId(app.id, user.id), type: 'AppUser' }
}
