// How do the authorization servers of a seed become state? By the rules that the API has for them.
import type { AuthServerSeed } from '../control/auth-server-seed.ts'
import type { SeedInput } from '../control/schemas.ts'
import {
  type AuthServer,
  authServers,
  serverClaims,
  serverPolicies,
  serverRules,
  serverScopes,
} from '../entities/auth-server.ts'
import { writeServer } from '../oauth/new-server.ts'
import { openIdScopes } from '../oauth/scopes.ts'
import type { Org } from '../org.ts'
import { readClaim, readPolicy, readRule, readScope, readServer } from '../resources/authorization-servers/rules.ts'
import { ruleRemovals } from '../resources/authorization-servers/store.ts'
import { put, remove, type Write } from '../state/state.ts'
import type { SeedDraft } from './draft.ts'

/** Works out what is to be written. */
export async function seedAuthServers(org: Org, seeds: SeedInput, draft: SeedDraft): Promise<void> {
  const seen = new Set<string>()
  for (const [i, seed] of (seeds.authorizationServers ?? []).entries()) {
    const path = `authorizationServers[${i}]`
    const server = await seedServer(org, seed, draft, path)
    if (seen.has(server.id)) draft.refuse(`${path}.id`, `${server.id} comes twice`)
    seen.add(server.id)
    draft.writes.push(...server.writes, ...(await seedParts(org, server.id, seed, draft, path)))
    draft.made.authorizationServers.push({ id: server.id, name: seed.name })
  }
}

async function seedServer(org: Org, seed: AuthServerSeed, draft: SeedDraft, path: string) {
  const { now } = draft
  const known =
    (seed.id === undefined ? undefined : await org.state.load(authServers, seed.id)) ??
    (await org.state.holder(authServers, `name:${seed.name.toLowerCase()}`))
  if (known && seed.id !== undefined && known.id !== seed.id) {
    draft.refuse(`${path}.name`, `"${seed.name}" is the name of ${known.id}`)
  }
  const { name, description, audiences = known?.value.audiences, rotationMode } = seed
  const read = draft.judged(path, () =>
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
  const id = await draft.idOf(authServers, 'aus', seed.id, path)
  await draft.claim(authServers, value, `${path}.name`, seed.name)
  return { id, writes: writeServer(org, id, value) }
}

async function seedParts(
  org: Org,
  serverId: string,
  seed: AuthServerSeed,
  draft: SeedDraft,
  path: string,
): Promise<Write[]> {
  const { now, idOf, claim } = draft
  const since = { createdAt: now, lastUpdatedAt: now }
  const writes: Write[] = []
  for (const [k, { id, ...scope }] of (seed.scopes ?? []).entries()) {
    const at = `${path}.scopes[${k}]`
    if (openIdScopes.has(scope.name)) draft.refuse(`${at}.name`, `"${scope.name}" is there already`)
    const value = { ...draft.judged(at, () => readScope(scope)), serverId, system: false }
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
    const value = { ...draft.judged(at, () => readClaim(org.readExpression, body)), serverId, system: false }
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
    const { priority: _policy, ...parts } = draft.judged(at, () =>
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
      const body = await ruleBody(rule, draft, within)
      const { priority: _rule, ...parts } = draft.judged(within, () => readRule(body))
      writes.push(put(serverRules, id, { ...parts, policyId, priority: m + 1, system: false, ...since }))
    }
  }
  return writes
}

type RuleSeed = NonNullable<NonNullable<AuthServerSeed['policies']>[number]['rules']>[number]

async function ruleBody(rule: RuleSeed, draft: SeedDraft, path: string) {
  const users: string[] = []
  for (const [k, user] of (rule.users ?? []).entries())
    users.push(await draft.find('users', user, `${path}.users[${k}]`))
  const groups: string[] = []
  for (const [k, group] of (rule.groups ?? []).entries()) {
    groups.push(group === 'EVERYONE' ? group : await draft.find('groups', group, `${path}.groups[${k}]`))
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
