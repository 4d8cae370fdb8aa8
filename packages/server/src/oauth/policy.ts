// May this client get a token with these scopes from a custom server? Access policies and their rules decide: the first
// rule that fits, in the order of priorities, says yes and for how long.
import { type ServerPolicy, type ServerRule, serverPolicies, serverRules } from '../entities/auth-server.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import { openIdScopes } from './scopes.ts'
import type { Server } from './servers.ts'

/** What is asked of the policies. */
export interface AccessQuestion {
  clientId: string
  /** Absent for client_credentials. */
  userId?: string
  scopes: readonly string[]
  /** As on the wire: `authorization_code`, `refresh_token`, … */
  grantType: string
}

/** Why nothing fitted, in the words of the System Log. */
export type AccessRefusal = 'no_matching_policy' | 'no_matching_rule' | 'no_matching_scope'

/** What the policies say. */
export type AccessAnswer =
  | { allowed: true; policy: Stored<ServerPolicy>; rule: Stored<ServerRule> }
  | { allowed: false; reason: AccessRefusal; policy?: Stored<ServerPolicy> }

/** Asks a custom server's policies. The org's own server has none: do not ask for it. */
export async function evaluateAccess(org: Org, server: Server, question: AccessQuestion): Promise<AccessAnswer> {
  const { userId } = question
  const groupIds = userId === undefined ? [] : await org.groupIdsOf(userId)
  const policies = inOrder(await org.state.find(serverPolicies, 'server', server.id))
  let refused: AccessAnswer = { allowed: false, reason: 'no_matching_policy' }
  for (const policy of policies) {
    if (!policyFits(policy.value, question.clientId)) continue
    if (refused.allowed === false && refused.reason === 'no_matching_policy') {
      refused = { allowed: false, reason: 'no_matching_rule', policy }
    }
    for (const rule of inOrder(await org.state.find(serverRules, 'policy', policy.id))) {
      if (!ruleFits(rule.value, question, groupIds)) continue
      if (scopesFit(rule.value, question.scopes)) return { allowed: true, policy, rule }
      refused = { allowed: false, reason: 'no_matching_scope', policy }
    }
  }
  return refused
}

/** Policies or rules that are in use, in the order in which they are asked. */
export function inOrder<T extends { priority: number; status: 'ACTIVE' | 'INACTIVE' }>(
  rows: readonly Stored<T>[],
): Stored<T>[] {
  return rows.filter((row) => row.value.status === 'ACTIVE').sort((a, b) => a.value.priority - b.value.priority)
}

/** Is a policy meant for this client? */
export function policyFits(policy: ServerPolicy, clientId: string): boolean {
  return policy.clients.includes('ALL_CLIENTS') || policy.clients.includes(clientId)
}

/** Does a rule speak of this grant and these people? */
export function ruleFits(
  rule: ServerRule,
  { grantType, userId }: Pick<AccessQuestion, 'grantType' | 'userId'>,
  groupIds: readonly string[],
): boolean {
  const grants = grantType === 'refresh_token' ? REFRESHABLE : [grantType]
  if (!grants.some((grant) => rule.grantTypes.includes(grant))) return false
  // Nobody signs in with client_credentials: there are no people to look at.
  if (userId === undefined) return true
  const { users, groups, usersExcluded, groupsExcluded } = rule.people
  if (usersExcluded.includes(userId) || groupsExcluded.some((id) => groupIds.includes(id))) return false
  // `EVERYONE` stands for the group that all users are in.
  return users.includes(userId) || groups.some((id) => id === 'EVERYONE' || groupIds.includes(id))
}

// Rules cannot name refresh_token alone: what a refresh token came from counts. (inferred)
const REFRESHABLE = [
  'refresh_token',
  'authorization_code',
  'password',
  'interaction_code',
  'urn:ietf:params:oauth:grant-type:device_code',
]

/** Every scope must be in the rule; those of OpenID Connect need no mention (documented). */
export function scopesFit(rule: ServerRule, scopes: readonly string[]): boolean {
  return rule.scopes.includes('*') || scopes.every((scope) => openIdScopes.has(scope) || rule.scopes.includes(scope))
}
