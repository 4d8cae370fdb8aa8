// May this client have a token from this server, and how long does it live? The org's own server has fixed lifetimes;
// a custom one asks its access policies.
import { redirectErrors } from '@errorg/errors/oauth'
import type { Org } from '../org.ts'
import type { Client } from './clients.ts'
import { refuseAs } from './errors.ts'
import { evaluateAccess } from './policy.ts'
import type { Server } from './servers.ts'

/** What is asked. */
export interface AccessAsk {
  server: Server
  client: Client
  userId?: string
  scopes: readonly string[]
  grantType: string
}

/** How long the tokens live; 0 minutes of a refresh token: as long as it is used. */
export interface TokenLives {
  accessTokenMinutes: number
  refreshTokenMinutes: number
  refreshTokenWindowMinutes: number
  /** The inline hook of the rule that allowed it. */
  hook?: RuleHook
}

/** An inline hook, and the rule that names it. */
export interface RuleHook {
  hookId: string
  policyId: string
  ruleId: string
}

/** The lifetimes, or access_denied. */
export async function allowAccess(org: Org, ask: AccessAsk): Promise<TokenLives> {
  const { server, client, userId, scopes, grantType } = ask
  if (server.isOrg) return server.lifetimes
  const answer = await evaluateAccess(org, server, { clientId: client.value.oauth.clientId, userId, scopes, grantType })
  if (answer.allowed) {
    const { accessTokenMinutes, refreshTokenMinutes, refreshTokenWindowMinutes, inlineHookId } = answer.rule.value
    const lives = { accessTokenMinutes, refreshTokenMinutes, refreshTokenWindowMinutes }
    if (inlineHookId === undefined) return lives
    return { ...lives, hook: { hookId: inlineHookId, policyId: answer.policy.id, ruleId: answer.rule.id } }
  }
  // Okta's log knows two words here: a rule that does not fit is a policy that does not fit.
  const reason = answer.reason === 'no_matching_scope' ? 'no_matching_scope' : 'no_matching_policy'
  return refuseAs(redirectErrors.access_denied, 'no-policy-matches', {}, { reason })
}
