// How does the resource find authorization servers and their parts, and what goes with one that is deleted?
import { E0000007 } from '@errorg/errors/codes'
import {
  type AuthServer,
  authServers,
  type EncryptionKey,
  encryptionKeys,
  type ServerClaim,
  type ServerPolicy,
  type ServerRule,
  type ServerScope,
  serverClaims,
  serverPolicies,
  serverRules,
  serverScopes,
  serverTrusts,
} from '../../entities/auth-server.ts'
import { userGrants } from '../../entities/consent.ts'
import { refreshTokens } from '../../entities/sign-in.ts'
import { fail } from '../../fail.ts'
import type { Exchange } from '../../http/exchange.ts'
import { keyRemovals } from '../../oauth/keys.ts'
import type { Org } from '../../org.ts'
import { type Collection, put, remove, type Stored, type Write } from '../../state/state.ts'

/** The server that the path names, or E0000007. */
export async function loadServer(org: Org, x: Exchange): Promise<Stored<AuthServer>> {
  const id = x.params.authServerId!
  return (
    (await org.state.load(authServers, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'AuthorizationServer' })
  )
}

async function loadPart<T extends { serverId: string }>(
  org: Org,
  x: Exchange,
  collection: Collection<T>,
  id: string,
  type: string,
): Promise<Stored<T>> {
  const server = await loadServer(org, x)
  const part = await org.state.load(collection, id)
  return part?.value.serverId === server.id ? part : fail(E0000007, 'resource-missing', { id, type })
}

/** The encryption key that the path names, or E0000007. */
export const loadEncryptionKey = (org: Org, x: Exchange): Promise<Stored<EncryptionKey>> =>
  loadPart(org, x, encryptionKeys, x.params.keyId!, 'JsonWebKey')

/** The scope that the path names, or E0000007. */
export const loadScope = (org: Org, x: Exchange): Promise<Stored<ServerScope>> =>
  loadPart(org, x, serverScopes, x.params.scopeId!, 'OAuth2Scope')

/** The claim that the path names, or E0000007. */
export const loadClaim = (org: Org, x: Exchange): Promise<Stored<ServerClaim>> =>
  loadPart(org, x, serverClaims, x.params.claimId!, 'OAuth2Claim')

/** The policy that the path names, or E0000007. */
export const loadPolicy = (org: Org, x: Exchange): Promise<Stored<ServerPolicy>> =>
  loadPart(org, x, serverPolicies, x.params.policyId!, 'Policy')

/** The rule that the path names, or E0000007. */
export async function loadRule(org: Org, x: Exchange): Promise<Stored<ServerRule>> {
  const policy = await loadPolicy(org, x)
  const id = x.params.ruleId!
  const rule = await org.state.load(serverRules, id)
  return rule?.value.policyId === policy.id ? rule : fail(E0000007, 'resource-missing', { id, type: 'PolicyRule' })
}

/** Policies of a server, or rules of a policy, in the order in which they are asked. */
export async function inPlace<T extends { priority: number }>(
  org: Org,
  collection: Collection<T>,
  index: string,
  key: string,
): Promise<Stored<T>[]> {
  const rows = await org.state.find(collection, index, key)
  return rows.sort((a, b) => a.value.priority - b.value.priority)
}

/**
 * Stores the parent of an order as it is: of two requests that change one order at the same moment, one reads again.
 * Else two new rows could get one place.
 */
export const holdOrder = <T>(collection: Collection<T>, parent: Stored<T>): Write =>
  put(collection, parent.id, parent.value, parent)

/**
 * Writes a row at a place among the others: those from there on move down, and no place stays empty. Without a wish
 * it stays where it is; a new one goes last. `row` is left out to close the gap that a removed one leaves.
 */
export function placeAmong<T extends { priority: number }>(
  collection: Collection<T>,
  others: readonly Stored<T>[],
  row?: { stored: Stored<T>; isNew: boolean; wish: number | undefined },
): { writes: Write[]; placed: Stored<T> | undefined } {
  const order: Stored<T>[] = others.filter((other) => other.id !== row?.stored.id)
  if (row) {
    const wanted = row.wish ?? (row.isNew ? order.length + 1 : row.stored.value.priority)
    order.splice(Math.min(wanted, order.length + 1) - 1, 0, row.stored)
  }
  const writes: Write[] = []
  let placed: Stored<T> | undefined
  for (const [i, one] of order.entries()) {
    const moved = { ...one, value: { ...one.value, priority: i + 1 } }
    if (one.id === row?.stored.id) {
      placed = moved
      writes.push(put(collection, one.id, moved.value, row.isNew ? undefined : one))
    } else if (one.value.priority !== i + 1) writes.push(put(collection, one.id, moved.value, one))
  }
  return { writes, placed }
}

/**
 * What claims and rules have to note when a scope gets another name, or none any more. A claim without scopes is for all
 * tokens: one that loses its last scope is switched off. (inferred)
 */
export async function renamings(org: Org, { name, serverId }: ServerScope, next?: string): Promise<Write[]> {
  if (name === next) return []
  const renamed = (scopes: readonly string[]) =>
    scopes.flatMap((scope) => (scope !== name ? [scope] : next === undefined ? [] : [next]))
  const claims = await org.state.find(serverClaims, 'server', serverId)
  const owned = await org.state.find(serverPolicies, 'server', serverId)
  const rules = (await Promise.all(owned.map(({ id }) => org.state.find(serverRules, 'policy', id)))).flat()
  return [
    ...claims.flatMap((claim): Write[] => {
      if (!claim.value.conditions.scopes.includes(name)) return []
      const scopes = renamed(claim.value.conditions.scopes)
      const value = { ...claim.value, conditions: { scopes }, ...(scopes.length === 0 && { status: 'INACTIVE' }) }
      return [put(serverClaims, claim.id, value as ServerClaim, claim)]
    }),
    ...rules.flatMap((rule): Write[] =>
      rule.value.scopes.includes(name)
        ? [put(serverRules, rule.id, { ...rule.value, scopes: renamed(rule.value.scopes) }, rule)]
        : [],
    ),
  ]
}

/** What goes with a policy. */
export async function ruleRemovals(org: Org, policyId: string): Promise<Write[]> {
  return (await org.state.find(serverRules, 'policy', policyId)).map((rule) => remove(serverRules, rule))
}

/** What goes with a server: all its parts, its keys, who trusts it, and the refresh tokens that it gave. */
export async function partRemovals(org: Org, serverId: string): Promise<Write[]> {
  const { state } = org
  const policies = await state.find(serverPolicies, 'server', serverId)
  const trusts = await Promise.all(['server', 'trusted'].map((index) => state.find(serverTrusts, index, serverId)))
  const tokens = (await state.scan(refreshTokens)).filter((token) => token.value.serverId === serverId)
  const scopes = await state.find(serverScopes, 'server', serverId)
  const granted = await Promise.all(scopes.map((scope) => state.find(userGrants, 'scope', scope.id)))
  return [
    ...scopes.map((scope) => remove(serverScopes, scope)),
    ...granted.flat().map((grant) => remove(userGrants, grant)),
    ...(await state.find(serverClaims, 'server', serverId)).map((claim) => remove(serverClaims, claim)),
    ...(await Promise.all(policies.map((policy) => ruleRemovals(org, policy.id)))).flat(),
    ...policies.map((policy) => remove(serverPolicies, policy)),
    ...trusts.flat().map((trust) => remove(serverTrusts, trust)),
    ...(await keyRemovals(org, serverId)),
    ...(await state.find(encryptionKeys, 'server', serverId)).map((key) => remove(encryptionKeys, key)),
    ...tokens.map((token) => remove(refreshTokens, token)),
  ]
}
