// How do the authorization servers of a seed become state? By the rules that the API has for them.
import type { AuthServerSeed } from '../control/auth-server-seed.ts'
import {
  type AuthServer,
  authServers,
  serverClaims,
  serverPolicies,
  serverRules,
  serverScopes,
} from '../entities/auth-server.ts'
import { Failure } from '../fail.ts'
import { writeServer } from '../oauth/new-server.ts'
import { openIdScopes } from '../oauth/scopes.ts'
import type { Org } from '../org.ts'
import { readClaim, readPolicy, readRule, readScope, readServer } from '../resources/authorization-servers/rules.ts'
import { ruleRemovals } from '../resources/authorization-servers/store.ts'
import { type Collection, put, remove, type Write } from '../state/state.ts'

/** What the rest of the seed offers; each refuses with the path that it is given. */
export interface SeedTools {
  now: number
  idOf<T>(collection: Collection<T>, prefix: string, pinned: string | undefined, path: string): Promise<string>
  claim<T>(collection: Collection<T>, value: T, path: string, name: string): Promise<void>
  findUser(loginOrId: string, path: string): Promise<string>
  findGroup(nameOrId: string, path: string): Promise<string>
  refuse(path: string, says: string): never
}

/** An authorization server that a seed made or added to. */
export interface SeededServer {
  id: string
  name: string
}

/** Works out what is to be written. */
export async function seedAuthServers(
  org: Org,
  seeds: readonly AuthServerSeed[],
  tools: SeedTools,
): Promise<{ writes: Write[]; made: SeededServer[] }> {
  const writes: Write[] = []
  const made: SeededServer[] = []
  const seen = new Set<string>()
  for (const [i, seed] of seeds.entries()) {
    const path = `authorizationServers[${i}]`
    const server = await seedServer(org, seed, tools, path)
    if (seen.has(server.id)) tools.refuse(`${path}.id`, `${server.id} comes twice`)
    seen.add(server.id)
    writes.push(...server.writes, ...(await seedParts(org, server.id, seed, tools, path)))
    made.push({ id: server.id, name: seed.name })
  }
  return { writes, made }
}

async function seedServer(org: Org, seed: AuthServerSeed, tools: SeedTools, path: string) {
  const { now } = tools
  const known =
    (seed.id === undefined ? undefined : await org.state.load(authServers, seed.id)) ??
    (await org.state.holder(authServers, `name:${seed.name.toLowerCase()}`))
  if (known && seed.id !== undefined && known.id !== seed.id) {
    tools.refuse(`${path}.name`, `"${seed.name}" is the name of ${known.id}`)
  }
  const { name, description, audiences = known?.value.audiences, rotationMode } = seed
  const read = tryRead(tools, path, () =>
    readServer(
      {
        name,
        description: description ?? known?.value.description,
        audiences,
        credentials: { signing: { rotationMode } },
      },
      known?.value,
    ),
  )
  const value: AuthServer = {
    ...read,
    status: seed.status ?? known?.value.status ?? 'ACTIVE',
    createdAt: known?.value.createdAt ?? now,
    lastUpdatedAt: now,
  }
  if (known) return { id: known.id, writes: [put(authServers, known.id, value, known)] }
  const id = await tools.idOf(authServers, 'aus', seed.id, path)
  await tools.claim(authServers, value, `${path}.name`, seed.name)
  return { id, writes: writeServer(org, id, value) }
}

async function seedParts(
  org: Org,
  serverId: string,
  seed: AuthServerSeed,
  tools: SeedTools,
  path: string,
): Promise<Write[]> {
  const { now, idOf, claim } = tools
  const since = { createdAt: now, lastUpdatedAt: now }
  const writes: Write[] = []
  for (const [k, { id, ...scope }] of (seed.scopes ?? []).entries()) {
    const at = `${path}.scopes[${k}]`
    if (openIdScopes.has(scope.name)) tools.refuse(`${at}.name`, `"${scope.name}" is there already`)
    const value = { ...tryRead(tools, at, () => readScope(scope)), serverId, system: false }
    await claim(serverScopes, value, `${at}.name`, scope.name)
    writes.push(put(serverScopes, await idOf(serverScopes, 'scp', id, at), value))
  }
  for (const [k, { scopes, groupFilterType, ...rest }] of (seed.claims ?? []).entries()) {
    const at = `${path}.claims[${k}]`
    const body = {
      claimType: 'RESOURCE',
      valueType: 'EXPRESSION',
      ...rest,
      group_filter_type: groupFilterType,
      conditions: { scopes },
    }
    const value = { ...tryRead(tools, at, () => readClaim(body)), serverId, system: false }
    await claim(serverClaims, value, `${at}.name`, rest.name)
    writes.push(put(serverClaims, org.ids.next('ocl'), value))
  }
  if (!seed.policies) return writes
  for (const old of await org.state.find(serverPolicies, 'server', serverId)) {
    writes.push(remove(serverPolicies, old), ...(await ruleRemovals(org, old.id)))
  }
  for (const [k, policy] of seed.policies.entries()) {
    const at = `${path}.policies[${k}]`
    const policyId = await idOf(serverPolicies, '00p', policy.id, at)
    const { priority: _policy, ...parts } = tryRead(tools, at, () =>
      readPolicy({
        type: 'OAUTH_AUTHORIZATION_POLICY',
        name: policy.name,
        description: policy.description || policy.name,
        status: policy.status,
        conditions: { clients: { include: policy.clients ?? ['ALL_CLIENTS'] } },
      }),
    )
    writes.push(put(serverPolicies, policyId, { ...parts, serverId, priority: k + 1, system: false, ...since }))
    for (const [m, rule] of (policy.rules ?? []).entries()) {
      const within = `${at}.rules[${m}]`
      const id = await idOf(serverRules, '0pr', rule.id, within)
      const body = await ruleBody(rule, tools, within)
      const { priority: _rule, ...parts } = tryRead(tools, within, () => readRule(body))
      writes.push(put(serverRules, id, { ...parts, policyId, priority: m + 1, system: false, ...since }))
    }
  }
  return writes
}

type RuleSeed = NonNullable<NonNullable<AuthServerSeed['policies']>[number]['rules']>[number]

async function ruleBody(rule: RuleSeed, tools: SeedTools, path: string) {
  const users: string[] = []
  for (const [k, user] of (rule.users ?? []).entries()) users.push(await tools.findUser(user, `${path}.users[${k}]`))
  const groups: string[] = []
  for (const [k, group] of (rule.groups ?? []).entries()) {
    groups.push(group === 'EVERYONE' ? group : await tools.findGroup(group, `${path}.groups[${k}]`))
  }
  if (!rule.users && !rule.groups) groups.push('EVERYONE')
  return {
    type: 'RESOURCE_ACCESS',
    name: rule.name,
    status: rule.status,
    conditions: {
      grantTypes: { include: rule.grantTypes },
      people: { users: { include: users }, groups: { include: groups } },
      scopes: { include: rule.scopes ?? ['*'] },
    },
    actions: {
      token: {
        accessTokenLifetimeMinutes: rule.accessTokenMinutes,
        refreshTokenLifetimeMinutes: rule.refreshTokenMinutes,
        refreshTokenWindowMinutes: rule.refreshTokenWindowMinutes,
      },
    },
  }
}

/** What the API would refuse, a seed refuses with the same words. */
export function tryRead<T>(tools: SeedTools, path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Failure) return tools.refuse(path, (error.facts.causes ?? [error.message]).join('; '))
    throw error
  }
}
