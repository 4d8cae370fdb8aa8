// How does a seed become state? All of it is worked out first and written in one change: a mistake writes nothing.
import type { SeedInput } from '../control/schemas.ts'
import { apiTokens } from '../entities/api-token.ts'
import { type Group, groups, membershipId, memberships } from '../entities/group.ts'
import { type RoleAssignment, roleAssignments } from '../entities/role-assignment.ts'
import { loginKey, type User, type UserStatus, users } from '../entities/user.ts'
import { type Zone, zones } from '../entities/zone.ts'
import { isZoneAddress } from '../gates/network.ts'
import type { RoleType } from '../gates/permissions.ts'
import { ruleStarts, rulesFollowUser } from '../group-rules/due.ts'
import type { LogEntry } from '../log/event.ts'
import type { Org } from '../org.ts'
import { hashSecret } from '../passwords.ts'
import { uniqueKeysOf } from '../profile-values.ts'
import { makeApiToken } from '../resources/api-tokens/tokens.ts'
import type { TypeSchema } from '../resources/users/profile.ts'
import { normalProfile, profileFaults } from '../resources/users/rules.ts'
import { type Collection, put, type Write } from '../state/state.ts'
import { lostRace } from '../turns.ts'
import { type SeededApp, seedApps } from './apps.ts'
import { type SeededServer, seedAuthServers } from './auth-servers.ts'
import { seedCustomRoles } from './custom-roles.ts'
import { seedGroupRules } from './group-rules.ts'
import { seedHooks } from './hooks.ts'
import { seedUserSchema } from './schemas.ts'
import { type SeededThing, seedDevices, seedTrustedOrigins } from './security.ts'

/** What a seed made, with the values that are shown once. */
export interface Seeded {
  users: { id: string; login: string }[]
  groups: { id: string; name: string }[]
  tokens: { id: string; value: string; name: string; owner: string }[]
  zones: { id: string; name: string }[]
  authorizationServers: SeededServer[]
  apps: SeededApp[]
  trustedOrigins: SeededThing[]
  devices: SeededThing[]
}

/** A seed that does not fit the org: it names something that is not there, or that is there already. */
export class SeedFault extends Error {
  constructor(
    /** Where in the seed: `tokens[0].owner`. */
    readonly path: string,
    readonly says: string,
  ) {
    super(`${path}: ${says}`)
    this.name = 'SeedFault'
  }
}

/** Puts a seed into an org, all of it or nothing. Throws SeedFault. */
export async function applySeed(org: Org, seed: SeedInput): Promise<Seeded> {
  const now = org.clock.now()
  const writes: Write[] = []
  const events: LogEntry[] = []
  const made: Seeded = {
    users: [],
    groups: [],
    tokens: [],
    zones: [],
    authorizationServers: [],
    apps: [],
    trustedOrigins: [],
    devices: [],
  }
  // What the seed itself brings, by the unique keys of the org: later parts name it before it is written.
  const zoneIds = new Map<string, string>()
  const groupIds = new Map<string, string>()
  const userIds = new Map<string, string>()
  const taken = new Set<string>()

  // A pinned id, or a new one. A second thing under one id would silently replace the first.
  const idOf = async <T>(collection: Collection<T>, prefix: string, pinned: string | undefined, path: string) => {
    if (pinned === undefined) return org.ids.next(prefix)
    if (taken.has(pinned) || (await org.state.load(collection, pinned))) {
      throw new SeedFault(`${path}.id`, `${pinned} is there already`)
    }
    taken.add(pinned)
    return pinned
  }
  const claim = async <T>(collection: Collection<T>, value: T, path: string, name: string) => {
    for (const key of collection.unique?.(value) ?? []) {
      const named = `${collection.name} ${key}`
      if (taken.has(named) || (await org.state.holder(collection, key))) {
        throw new SeedFault(path, `"${name}" is there already`)
      }
      taken.add(named)
    }
  }

  for (const [i, zone] of (seed.zones ?? []).entries()) {
    const path = `zones[${i}]`
    for (const [k, address] of zone.gateways.entries()) {
      if (!isZoneAddress(address)) {
        throw new SeedFault(`${path}.gateways[${k}].value`, `"${address.value}" is no ${zoneWords[address.type]}`)
      }
    }
    const id = await idOf(zones, 'nzo', zone.id, path)
    const value: Zone = {
      type: 'IP',
      name: zone.name,
      status: 'ACTIVE',
      usage: zone.usage ?? 'POLICY',
      system: false,
      createdAt: now,
      lastUpdatedAt: now,
      gateways: zone.gateways,
      proxies: null,
      settings: {},
    }
    await claim(zones, value, `${path}.name`, zone.name)
    writes.push(put(zones, id, value))
    zoneIds.set(zone.name.toLowerCase(), id)
    made.zones.push({ id, name: zone.name })
  }

  const giveRoles = (holderId: string, holder: 'USER' | 'GROUP', roles: readonly RoleType[] | undefined): void => {
    for (const type of new Set(roles)) {
      const role: RoleAssignment = { type, holderId, holder, createdAt: now, lastUpdatedAt: now }
      writes.push(put(roleAssignments, org.ids.next('ra1'), role))
    }
  }

  for (const [i, group] of (seed.groups ?? []).entries()) {
    const id = await idOf(groups, '00g', group.id, `groups[${i}]`)
    const value: Group = {
      type: group.type ?? 'OKTA_GROUP',
      createdAt: now,
      lastUpdatedAt: now,
      lastMembershipUpdatedAt: now,
      profile: { name: group.name, description: group.description ?? null },
    }
    await claim(groups, value, `groups[${i}].name`, group.name)
    writes.push(put(groups, id, value))
    groupIds.set(group.name.toLowerCase(), id)
    giveRoles(id, 'GROUP', group.roles)
    made.groups.push({ id, name: group.name })
  }

  const joined = new Set<string>()
  const join = (groupId: string, userId: string): void => {
    const id = membershipId(groupId, userId)
    if (groupId === org.fixed.everyoneId || joined.has(id)) return
    joined.add(id)
    writes.push(put(memberships, id, { groupId, userId, addedAt: now }))
  }

  const { type, writes: schemaWrites } = await seedUserSchema(org, seed.userAttributes, { now, refuse: missing })
  writes.push(...schemaWrites)
  for (const [i, user] of (seed.users ?? []).entries()) {
    const id = await idOf(users, '00u', user.id, `users[${i}]`)
    const value = await makeUser(org, user, profileOf(user, type, `users[${i}]`), now)
    const keys = uniqueKeysOf(value.profile, type.schema)
    if (keys.length > 0) value.uniqueKeys = keys
    await claim(users, value, `users[${i}].login`, user.login)
    writes.push(put(users, id, value))
    userIds.set(loginKey(user.login), id)
    userIds.set(id, id)
    giveRoles(id, 'USER', user.roles)
    made.users.push({ id, login: user.login })
    for (const [k, name] of (user.groups ?? []).entries()) {
      const groupId =
        groupIds.get(name.toLowerCase()) ?? (await org.state.holder(groups, `name:${name.toLowerCase()}`))?.id
      if (!groupId) throw new SeedFault(`users[${i}].groups[${k}]`, `there is no group called "${name}"`)
      join(groupId, id)
    }
  }

  const findUser = async (loginOrId: string, path: string): Promise<string> =>
    userIds.get(loginKey(loginOrId)) ??
    userIds.get(loginOrId) ??
    (await org.state.load(users, loginOrId))?.id ??
    (await org.state.holder(users, loginKey(loginOrId)))?.id ??
    missing(path, `there is no user with the login or id "${loginOrId}"`)

  for (const [i, group] of (seed.groups ?? []).entries()) {
    for (const [k, member] of (group.members ?? []).entries()) {
      join(made.groups[i]!.id, await findUser(member, `groups[${i}].members[${k}]`))
    }
  }

  const findZones = async (names: readonly string[] | undefined, path: string): Promise<string[] | undefined> => {
    if (!names) return undefined
    const ids: string[] = []
    for (const [k, name] of names.entries()) {
      const known =
        zoneIds.get(name.toLowerCase()) ??
        made.zones.find((zone) => zone.id === name)?.id ??
        (await org.state.load(zones, name))?.id ??
        (await org.state.holder(zones, `name:${name.toLowerCase()}`))?.id
      ids.push(name === 'ALL_ZONES' ? name : (known ?? missing(`${path}[${k}]`, `there is no zone "${name}"`)))
    }
    return ids
  }

  for (const [i, token] of (seed.tokens ?? []).entries()) {
    const path = `tokens[${i}]`
    const owner = await findUser(token.owner, `${path}.owner`)
    const fresh = makeApiToken(org, {
      id: await idOf(apiTokens, '00T', token.id, path),
      value: token.value,
      name: token.name,
      ownerId: owner,
      network: token.network && {
        connection: token.network.connection,
        include: await findZones(token.network.include, `${path}.network.include`),
        exclude: await findZones(token.network.exclude, `${path}.network.exclude`),
      },
    })
    await claim(apiTokens, fresh.token, `${path}.value`, token.name)
    writes.push(...fresh.writes)
    events.push(fresh.event)
    made.tokens.push({ id: fresh.id, value: fresh.value, name: token.name, owner })
  }

  const findGroup = async (nameOrId: string, path: string): Promise<string> =>
    groupIds.get(nameOrId.toLowerCase()) ??
    made.groups.find((group) => group.id === nameOrId)?.id ??
    (await org.state.load(groups, nameOrId))?.id ??
    (await org.state.holder(groups, `name:${nameOrId.toLowerCase()}`))?.id ??
    missing(path, `there is no group called "${nameOrId}"`)

  const tools = { now, idOf, claim, findUser, findGroup, refuse: missing }
  const servers = await seedAuthServers(org, seed.authorizationServers ?? [], tools)
  writes.push(...servers.writes)
  made.authorizationServers = servers.made
  const clients = await seedApps(org, seed.apps ?? [], tools)
  writes.push(...clients.writes)
  made.apps = clients.made
  const rules = await seedGroupRules(org, seed.groupRules ?? [], tools)
  writes.push(...rules.writes)
  writes.push(...(await seedCustomRoles(org, seed.customRoles ?? [], tools)))
  writes.push(...(await seedHooks(org, seed, tools)))
  const origins = await seedTrustedOrigins(org, seed.trustedOrigins ?? [], tools)
  const machines = await seedDevices(seed.devices ?? [], tools)
  writes.push(...origins.writes, ...machines.writes)
  made.trustedOrigins = origins.made
  made.devices = machines.made

  try {
    await org.state.change(writes)
  } catch (error) {
    // Only what another request made in the meantime: all else was looked up above.
    if (lostRace(error)) throw new SeedFault('(the whole)', (error as Error).message)
    throw error
  }
  for (const id of rules.starting) ruleStarts(org, id)
  for (const { id } of made.users) rulesFollowUser(org, id)
  if (seed.eventHooks) await org.deliveries.refresh()
  for (const event of events) org.log(undefined, event)
  if (seed.settings) org.changeSettings(seed.settings)
  return made
}

const zoneWords = { CIDR: 'network like 192.0.2.0/24', RANGE: 'range like 192.0.2.1-192.0.2.9' } as const

function missing(path: string, says: string): never {
  throw new SeedFault(path, says)
}

type SeedUser = NonNullable<SeedInput['users']>[number]

// By the rules for requests: a user that no request could have made could not be updated by one either.
function profileOf(user: SeedUser, type: TypeSchema, path: string): User['profile'] {
  const [name = user.login] = user.login.split('@')
  const profile = {
    firstName: user.firstName ?? name.slice(0, 50),
    lastName: user.lastName ?? 'Example',
    ...user.profile,
    login: user.login,
    email: user.email ?? user.profile?.email ?? user.login,
  }
  const refuse = (field: string, says: string): never => {
    const below = Object.hasOwn(user.profile ?? {}, field) && !Object.hasOwn(user, field)
    throw new SeedFault(`${path}.${below ? 'profile.' : ''}${field}`, says)
  }
  for (const [field, value] of Object.entries(profile)) {
    if (typeof value === 'object' && value !== null && !type.schema.added(field)) refuse(field, 'must be text')
  }
  const [fault] = profileFaults(profile, profile, { ...type, taken: [] })
  if (fault) refuse(fault.field, fault.says.replace(`${fault.field}: `, ''))
  return normalProfile(profile, type.schema)
}

async function makeUser(org: Org, user: SeedUser, profile: User['profile'], now: number): Promise<User> {
  const status: UserStatus = user.status ?? 'ACTIVE'
  const activated = status !== 'STAGED'
  return {
    status,
    createdAt: now,
    activatedAt: activated ? now : undefined,
    statusChangedAt: activated ? now : undefined,
    lastUpdatedAt: now,
    passwordChangedAt: user.password ? now : undefined,
    typeId: org.fixed.defaultTypeId,
    realmId: org.fixed.realmId,
    profile,
    password: user.password === undefined ? undefined : await hashSecret(user.password, org.passwordCost, org.random),
    recoveryQuestion: user.recoveryQuestion && {
      question: user.recoveryQuestion.question,
      answer: await hashSecret(user.recoveryQuestion.answer.toLowerCase(), org.passwordCost, org.random),
    },
    provider: { type: user.source ?? 'OKTA', name: user.source ?? 'OKTA' },
    lockedAt: status === 'LOCKED_OUT' ? now : undefined,
  }
}
