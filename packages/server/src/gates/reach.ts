// Does the caller's role reach this group, user or app? The role gate knows the operation only; a standard role may be
// limited to some groups or apps, a custom role always has its set of resources, and administrators are changed by super
// admins only.
import { E0000006 } from '@errorg/errors/codes'
import { apiTokens } from '../entities/api-token.ts'
import { type App, apps } from '../entities/app.ts'
import { findUser } from '../entities/find-user.ts'
import { type Group, groups, memberships } from '../entities/group.ts'
import { holds, namesOfApp, namesOfGroup, namesOfUser, type Reached } from '../entities/resource-set.ts'
import { type User, users } from '../entities/user.ts'
import { fail } from '../fail.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import type { Admin, HeldRole } from './caller.ts'
import { type CustomGrant, type Family, familyOf, namesIn, permits, permitsOn } from './custom-roles.ts'
import { holdsRole } from './holders.ts'
import { ownUserId } from './own.ts'
import { mayDo, type Permission, roleAllows } from './permissions.ts'

/**
 * Refuses with E0000006 unless a role of the caller allows the operation on this group. Without an id: on all
 * groups, as for making a new one.
 */
export function reachGroup(x: Exchange, groupId?: string): void {
  if (reaches(x, groupId === undefined ? [] : [groupId])) return
  if (customReaches(x, 'groups', groupId === undefined ? ['directory:groups'] : namesOfGroup(groupId))) return
  // Whoever may make users among the members of a group, or anywhere, need not reach the group itself.
  const places = [
    'directory:users',
    ...(groupId === undefined ? [] : [`directory:groups:${groupId}:contained_resources`]),
  ]
  if (x.route.needs === 'users.create' && customReaches(x, 'users', places)) return
  refuse(x)
}

/**
 * Refuses with E0000006 unless a role of the caller allows the operation on this user: a role that is limited to
 * groups reaches their members, and only a super admin changes an administrator.
 */
export async function reachUser(
  org: Org,
  x: Exchange,
  userId: string,
  needs: Exchange['route']['needs'] = x.route.needs,
): Promise<void> {
  if (!x.caller || x.caller.roles.includes('SUPER_ADMIN')) return
  const groupIds = await groupsThatCount(org, x.caller, userId)
  if (!reaches(x, groupIds, needs) && !(await customReachesUser(org, x, userId, groupIds, needs))) {
    if (x.route.ownToo && needs === x.route.needs && userId === ownUserId(x)) return
    refuse(x, needs)
  }
  if (!changesUser.has(needs) || userId === ownUserId(x) || (await org.rolesOf(userId)).length === 0) return
  const open = needs === x.route.needs && openOnAdmins.has(x.route.operation ?? '')
  if (!open || !reaches(x, await withoutHolders(org, groupIds), needs))
    fail(E0000006, 'super-admin-required', { needs })
}

// Documented: a group that has got a role, and its members, are no longer in the hands of those it was given to.
async function withoutHolders(org: Org, groupIds: readonly string[]): Promise<string[]> {
  const plain: string[] = []
  for (const id of groupIds) if (!(await holdsRole(org, id))) plain.push(id)
  return plain
}

/**
 * Refuses with E0000006 unless the caller may put this user into this group. Whose role sees some users only, such as
 * group administrators of some groups, moves those alone (documented). A custom role takes a right on both: whoever may
 * do more to the members of a group would else take anybody's account by making him a member. (inferred from Okta's
 * descriptions of okta.groups.members.manage and okta.users.groupMembership.manage)
 */
export async function reachMember(org: Org, x: Exchange, groupId: string, userId: string): Promise<void> {
  reachGroup(x, groupId)
  await reachUser(org, x, userId, reaches(x, [groupId]) ? 'users.read' : x.route.needs)
}

/** What lets the caller do this to this user: a standard role, or these custom ones. None where it is the own user. */
export async function grantsOnUser(
  org: Org,
  x: Exchange,
  { id, value }: Pick<Stored<User>, 'id' | 'value'>,
  needs: Permission,
): Promise<'standard-role' | readonly CustomGrant[]> {
  if (!x.caller || x.caller.roles.includes('SUPER_ADMIN')) return 'standard-role'
  const groupIds = await groupsThatCount(org, x.caller, id)
  if (reaches(x, groupIds, needs)) return 'standard-role'
  return grantsOn(x, 'users', namesOfUser(id, groupIds, value.realmId), needs)
}

// Where the groups of a user say whether roles of the caller reach him.
async function groupsThatCount(org: Org, { held }: Admin, userId: string): Promise<readonly string[]> {
  return held.some((role) => role.targetGroups || role.custom) ? await org.groupIdsOf(userId) : []
}

/** The user that a path names, or E0000007; E0000006 when no role of the caller reaches it. */
export async function findUserInReach(org: Org, x: Exchange, name: string): Promise<Stored<User>> {
  const user = await findUser(org, x, name)
  await reachUser(org, x, user.id)
  return user
}

async function customReachesUser(org: Org, x: Exchange, userId: string, groupIds: readonly string[], needs: string) {
  if (!x.caller?.held.some((role) => role.custom)) return false
  const user = await org.state.load(users, userId)
  return customReaches(x, 'users', namesOfUser(userId, groupIds, user?.value.realmId), needs)
}

/** Does a role of the caller that allows the operation reach this app? Without an id: a new app of that name. */
export function reachesApp(x: Exchange, name: string, id?: string): boolean {
  const { needs } = x.route
  if (!x.caller || needs === 'anyone' || needs === 'self') return true
  return targetsApp(x.caller, needs, name, id) || customReaches(x, 'apps', namesOfApp(name, id))
}

function targetsApp({ held }: Admin, needs: string, name: string, id?: string): boolean {
  return held.some((role) => {
    if (!roleAllows(role.type, needs as Permission)) return false
    const targets = targetsOf(role, needs, 'apps')
    return !targets || holds(targets, namesOfApp(name, id))
  })
}

/** Refuses with E0000006 unless a role of the caller reaches this app. */
export function reachApp(x: Exchange, name: string, id?: string): void {
  if (!reachesApp(x, name, id)) refuse(x)
}

/** Does it reach what belongs to this app, such as a profile mapping? What belongs to none takes a role on all apps. */
export function reachesPartOf(x: Exchange, app: Stored<App> | undefined): boolean {
  if (app) return reachesApp(x, app.value.name, app.id)
  const { needs } = x.route
  return !x.caller || needs === 'anyone' || needs === 'self' || mayDoEverywhere(x.caller, needs, 'apps')
}

/** Refuses with E0000006 unless a role of the caller reaches what belongs to this app. */
export function reachPartOf(x: Exchange, app: Stored<App> | undefined): void {
  if (!reachesPartOf(x, app)) refuse(x)
}

/** Does a role of the caller reach this thing, of a kind that only custom roles are limited to? */
export function reachesOne(x: Exchange, on: Exclude<Family, 'users' | 'groups' | 'apps'>, id?: string): boolean {
  const { needs } = x.route
  if (!x.caller || needs === 'anyone' || needs === 'self' || mayDo(x.caller.roles, needs)) return true
  return customReaches(x, on, namesIn(on, id))
}

/**
 * Refuses with E0000006 unless the caller manages all of these realms: who changes profiles would else put users into
 * the hands of other administrators, or take them. (inferred)
 */
export function reachRealms(x: Exchange, ...ids: readonly string[]): void {
  const needs = 'realms.manage'
  if (!x.caller || mayDo(x.caller.roles, needs)) return
  if (!ids.every((id) => customReaches(x, 'realms', namesIn('realms', id), needs))) refuse(x, needs)
}

/**
 * Refuses with E0000006 unless a role of the caller reaches what the path names. For callers whose roles are all limited
 * to some things; what a body names is left to the handler.
 */
export async function reachPath(org: Org, x: Exchange, on: Family): Promise<void> {
  const [, place, param] = /^\/(?:api|oauth2)\/v1\/([\w-]+)(?:\/:(\w+))?/.exec(x.route.template) ?? []
  const id = param === undefined ? undefined : x.params[param]
  if (on === 'users') {
    if (id === undefined) return
    if (place === 'users') return await reachUser(org, x, (await findUser(org, x, id)).id)
    if (place !== 'api-tokens') return
    const token = await org.state.load(apiTokens, id)
    if (token) await reachUser(org, x, token.value.userId)
  } else if (on === 'groups') {
    if (place === 'groups' && id !== undefined && (await org.state.load(groups, id))) reachGroup(x, id)
  } else if (on === 'apps') {
    const app = id === undefined ? undefined : await org.state.load(apps, id)
    if (place === 'apps' && app) reachApp(x, app.value.name, app.id)
    // Giving an app to a group takes a right on both by custom roles. The user's side is asked where he is known.
    const groupId = x.route.needs === 'apps.assign' ? x.params.groupId : undefined
    const isTarget = app && x.caller && targetsApp(x.caller, x.route.needs, app.value.name, app.id)
    if (groupId !== undefined && !isTarget && !customReaches(x, 'groups', namesOfGroup(groupId))) refuse(x)
  } else {
    // These lists leave out what is not reached; of others only who reaches all may see them.
    const narrowed = x.method === 'GET' && narrowedLists.has(x.route.template)
    if (!narrowed && !reachesOne(x, on, id)) refuse(x)
  }
}

const narrowedLists: ReadonlySet<string> = new Set(
  ['realms', 'authorizationServers', 'idps'].map((place) => `/api/v1/${place}`),
)

/** Which users a list shows, where the caller's roles are limited to some; undefined: all. */
export async function usersSeen(
  org: Org,
  x: Exchange,
  needs?: Permission,
): Promise<((user: Stored<User>) => boolean) | undefined> {
  const limits = limitsOn(x, 'users', needs)
  if (!limits) return undefined
  const sights = await Promise.all(
    limits.map(async (resources) => {
      const ids = new Set<string>()
      const realms = new Set<string>()
      let all: readonly string[] | undefined
      for (const { name, without } of resources) {
        const [, kind, id, part] = name.split(':')
        if (name === 'directory:users' || name === `directory:groups:${org.fixed.everyoneId}:contained_resources`) {
          all = without ?? []
        } else if (kind === 'groups' && id !== undefined && part !== undefined) {
          for (const row of await org.state.find(memberships, 'group', id)) ids.add(row.value.userId)
        } else if (kind === 'realms' && id !== undefined && part !== undefined) realms.add(id)
      }
      return (user: Stored<User>) =>
        ids.has(user.id) || realms.has(user.value.realmId) || (all && !all.includes(`directory:users:${user.id}`))
    }),
  )
  return (user) => sights.some((sees) => sees(user))
}

/** Which groups a list shows, where the caller's roles are limited to some; undefined: all. */
export function groupsSeen(x: Exchange, needs?: Permission): ((group: Stored<Group>) => boolean) | undefined {
  const limits = limitsOn(x, 'groups', needs)
  return limits && (({ id }) => limits.some((resources) => holds(resources, namesOfGroup(id))))
}

/** Which apps are shown with what they belong to, in the same case. */
export function appsSeen(x: Exchange): ((app: Stored<App>) => boolean) | undefined {
  const limits = limitsOn(x, 'apps', 'apps.read')
  return limits && (({ id, value }) => limits.some((resources) => holds(resources, namesOfApp(value.name, id))))
}

/** Do the caller's standard roles allow this without a limit to some groups or apps? */
export function mayDoEverywhere({ held }: Admin, needs: Permission, on = familyOf(needs)): boolean {
  return held.some((role) => roleAllows(role.type, needs) && !(on && targetsOf(role, needs, on)))
}

// What the caller's roles are limited to; undefined: one is not. Where something is shown with what the operation is
// about, it is asked for by a need of its own.
function limitsOn(x: Exchange, on: Family, own?: Permission): readonly (readonly Reached[])[] | undefined {
  if (!x.caller) return undefined
  const { needs } = x.route
  if (needs === 'anyone' || needs === 'self' || mayDoEverywhere(x.caller, needs, on)) return undefined
  const wanted = own ?? needs
  return x.caller.held.flatMap((role): readonly (readonly Reached[])[] => {
    const { custom } = role
    if (custom) return permits(custom, wanted, on, routeFor(x, wanted)) ? [custom.resources] : []
    return roleAllows(role.type, wanted) ? [targetsOf(role, wanted, on) ?? []] : []
  })
}

const ofApps = /^(appSchemas|mappings)\./

// What a standard role is limited to, in the words of resource sets; undefined: it is not.
function targetsOf({ type, targetGroups, targetApps }: HeldRole, needs: string, on: Family): Reached[] | undefined {
  // Documented: there the role is for OIDC apps only.
  if (type === 'API_ACCESS_MANAGEMENT_ADMIN' && on === 'apps' && ofApps.test(needs))
    return [{ name: 'idp:apps:oidc_client' }]
  if (on === 'apps') return targetApps?.map((target) => ({ name: `idp:apps:${target.replace('/', ':')}` }))
  // Documented: who manages memberships sees all users. That it sees all groups is inferred.
  if (type === 'GROUP_MEMBERSHIP_ADMIN' && needs.endsWith('.read')) return undefined
  if (on === 'groups') return targetGroups?.map((id) => ({ name: `directory:groups:${id}` }))
  return on === 'users'
    ? targetGroups?.map((id) => ({ name: `directory:groups:${id}:contained_resources` }))
    : undefined
}

/** Does a custom role of the caller permit the operation on something of these names? */
function customReaches(x: Exchange, on: Family, names: readonly string[], needs: string = x.route.needs): boolean {
  return grantsOn(x, on, names, needs).length > 0
}

function grantsOn(x: Exchange, on: Family, names: readonly string[], needs: string): readonly CustomGrant[] {
  const held = x.caller?.held ?? []
  return held.flatMap(({ custom }) =>
    custom && permitsOn(custom, needs, on, routeFor(x, needs), names) ? [custom] : [],
  )
}

// What an operation needs beside its own need is asked for whatever the operation is.
const routeFor = (x: Exchange, needs: string) => (needs === x.route.needs ? x.route : undefined)

/** Does a custom role of the caller permit this, wherever it may reach? */
export function customPermits(x: Exchange, caller: Admin, needs: Permission): boolean {
  const on = familyOf(needs)
  if (on === undefined) return false
  return caller.held.some(({ custom }) => custom && permits(custom, needs, on, routeFor(x, needs)))
}

// Nobody else manages users with administrator privileges (reported; documented for members of a group with a role).
const changesUser: ReadonlySet<string> = new Set<Permission>([
  'users.update',
  'users.lifecycle',
  'users.credentials',
  'users.delete',
  'tokens.manage',
])

// Okta's comparison of roles marks what its other standard roles may do even to super admins: activate, suspend and clear
// sessions. It does not speak of their counterparts (inferred), nor of custom roles.
const openOnAdmins: ReadonlySet<string> = new Set([
  'activateUser',
  'reactivateUser',
  'suspendUser',
  'unsuspendUser',
  'revokeUserSessions',
])

function reaches(x: Exchange, groupIds: readonly string[], needs = x.route.needs): boolean {
  if (!x.caller || needs === 'anyone' || needs === 'self') return true
  const names = groupIds.map((id) => `directory:groups:${id}`)
  return x.caller.held.some((role) => {
    if (!roleAllows(role.type, needs)) return false
    const targets = targetsOf(role, needs, 'groups')
    return !targets || holds(targets, names)
  })
}

function refuse(x: Exchange, needs: string = x.route.needs): never {
  const facts = { needs, roles: x.caller?.roles.join(', ') }
  const permitted =
    x.caller && needs !== 'anyone' && needs !== 'self' && customPermits(x, x.caller, needs as Permission)
  return permitted ? fail(E0000006, 'outside-resource-set', facts) : fail(E0000006, 'role-lacks-permission', facts)
}
