// How does a seed become state? All of it is worked out first and written in one change: a mistake writes nothing.
import type { SeedInput } from '../control/schemas.ts'
import { type ApiToken, apiTokens } from '../entities/api-token.ts'
import { type Group, groups, membershipId, memberships } from '../entities/group.ts'
import { type RoleAssignment, roleAssignments } from '../entities/role-assignment.ts'
import { type User, type UserStatus, users } from '../entities/user.ts'
import { type Zone, zones } from '../entities/zone.ts'
import { hashToken } from '../gates/caller.ts'
import type { RoleType } from '../gates/permissions.ts'
import type { Org } from '../org.ts'
import { hashSecret } from '../passwords.ts'
import { put, UniqueConflict, VersionConflict, type Write } from '../state/state.ts'

/** What a seed made, with the values that are shown once. */
export interface Seeded {
  users: { id: string; login: string }[]
  groups: { id: string; name: string }[]
  tokens: { id: string; value: string; name: string; owner: string }[]
  zones: { id: string; name: string }[]
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
  const made: Seeded = { users: [], groups: [], tokens: [], zones: [] }
  const zoneIds = new Map<string, string>()
  const groupIds = new Map<string, string>()
  const userIds = new Map<string, string>()

  for (const zone of seed.zones ?? []) {
    const id = zone.id ?? org.ids.next('nzo')
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
    writes.push(put(zones, id, value))
    zoneIds.set(zone.name, id)
    made.zones.push({ id, name: zone.name })
  }

  const giveRoles = (holderId: string, holder: 'USER' | 'GROUP', roles: readonly RoleType[] | undefined): void => {
    for (const type of roles ?? []) {
      const role: RoleAssignment = { type, holderId, holder, createdAt: now, lastUpdatedAt: now }
      writes.push(put(roleAssignments, org.ids.next('ra1'), role))
    }
  }

  for (const group of seed.groups ?? []) {
    const id = group.id ?? org.ids.next('00g')
    const value: Group = {
      type: group.type ?? 'OKTA_GROUP',
      createdAt: now,
      lastUpdatedAt: now,
      lastMembershipUpdatedAt: now,
      profile: { name: group.name, description: group.description ?? null },
    }
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

  for (const [i, user] of (seed.users ?? []).entries()) {
    const id = user.id ?? org.ids.next('00u')
    const status = user.status ?? 'ACTIVE'
    writes.push(put(users, id, await makeUser(org, user, status, now)))
    userIds.set(user.login.toLowerCase(), id)
    giveRoles(id, 'USER', user.roles)
    made.users.push({ id, login: user.login })
    for (const [k, name] of (user.groups ?? []).entries()) {
      const groupId =
        groupIds.get(name.toLowerCase()) ?? (await org.state.holder(groups, `name:${name.toLowerCase()}`))?.id
      if (!groupId) throw new SeedFault(`users[${i}].groups[${k}]`, `there is no group called "${name}"`)
      join(groupId, id)
    }
  }

  const findUser = async (loginOrId: string): Promise<string | undefined> =>
    userIds.get(loginOrId.toLowerCase()) ??
    made.users.find((user) => user.id === loginOrId)?.id ??
    (await org.state.load(users, loginOrId))?.id ??
    (await org.state.holder(users, `login:${loginOrId.toLowerCase()}`))?.id

  for (const [i, group] of (seed.groups ?? []).entries()) {
    for (const [k, member] of (group.members ?? []).entries()) {
      const userId = await findUser(member)
      if (!userId)
        throw new SeedFault(`groups[${i}].members[${k}]`, `there is no user with the login or id "${member}"`)
      join(made.groups[i]!.id, userId)
    }
  }

  for (const [i, token] of (seed.tokens ?? []).entries()) {
    const owner = await findUser(token.owner)
    if (!owner) throw new SeedFault(`tokens[${i}].owner`, `there is no user with the login or id "${token.owner}"`)
    const id = token.id ?? org.ids.next('00T')
    const value = token.value ?? `00${org.ids.secret(40)}`
    const zoneList = (names: readonly string[] | undefined) => names?.map((name) => zoneIds.get(name) ?? name)
    const kept: ApiToken = {
      name: token.name,
      userId: owner,
      clientName: 'Okta API',
      hash: hashToken(value),
      createdAt: now,
      lastUpdatedAt: now,
      lastUsedAt: now,
      network: token.network
        ? {
            connection: token.network.connection,
            include: zoneList(token.network.include),
            exclude: zoneList(token.network.exclude),
          }
        : { connection: 'ANYWHERE' },
    }
    writes.push(put(apiTokens, id, kept))
    made.tokens.push({ id, value, name: token.name, owner })
  }

  try {
    await org.state.change(writes)
  } catch (error) {
    if (error instanceof UniqueConflict) {
      throw new SeedFault('(the whole)', `${error.collection} "${error.key.replace(/^\w+:/, '')}" is there already`)
    }
    if (error instanceof VersionConflict) throw new SeedFault('(the whole)', `the id ${error.id} is taken already`)
    throw error
  }
  if (seed.settings) org.changeSettings(seed.settings)
  return made
}

type SeedUser = NonNullable<SeedInput['users']>[number]

async function makeUser(org: Org, user: SeedUser, status: UserStatus, now: number): Promise<User> {
  const activated = status !== 'STAGED'
  const [name = user.login] = user.login.split('@')
  return {
    status,
    createdAt: now,
    activatedAt: activated ? now : undefined,
    statusChangedAt: activated ? now : undefined,
    lastUpdatedAt: now,
    passwordChangedAt: user.password ? now : undefined,
    typeId: org.fixed.defaultTypeId,
    realmId: org.fixed.realmId,
    profile: {
      firstName: user.firstName ?? name,
      lastName: user.lastName ?? 'Example',
      mobilePhone: null,
      secondEmail: null,
      login: user.login,
      email: user.email ?? user.login,
      ...user.profile,
    },
    password: user.password === undefined ? undefined : await hashSecret(user.password, org.passwordCost, org.random),
    recoveryQuestion: user.recoveryQuestion && {
      question: user.recoveryQuestion.question,
      answer: await hashSecret(user.recoveryQuestion.answer.toLowerCase(), org.passwordCost, org.random),
    },
    provider: { type: user.source ?? 'OKTA', name: user.source ?? 'OKTA' },
    lockedAt: status === 'LOCKED_OUT' ? now : undefined,
  }
}
