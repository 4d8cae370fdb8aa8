// Who is calling? Reads the Authorization header, finds the API token, its owner and the owner's roles.
import { createHash } from 'node:crypto'
import { E0000005, E0000011 } from '@errorg/errors/codes'
import { type ApiToken, apiTokens, TOKEN_IDLE_MS } from '../entities/api-token.ts'
import { roleAssignments } from '../entities/role-assignment.ts'
import { type User, users } from '../entities/user.ts'
import { fail } from '../fail.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import { put, type Stored } from '../state/state.ts'
import { isInZones } from './network.ts'
import type { RoleType } from './permissions.ts'

/** A caller who has shown who it is. */
export interface Admin {
  kind: 'API_TOKEN'
  tokenId: string
  userId: string
  login: string
  displayName: string
  roles: readonly RoleType[]
}

// A token's last use is written at most this often, so that reading does not become writing.
const USE_RESOLUTION_MS = 60_000

/** The hash under which a token's value is kept. Looking it up tells nothing about other values. */
export function hashToken(value: string): string {
  return createHash('sha256').update(value).digest('base64url')
}

const challenge = { headers: [['www-authenticate', 'SSWS']] as const }

/** Finds the caller or refuses. */
export async function identify(org: Org, x: Exchange): Promise<Admin> {
  const header = x.incoming.headers.authorization
  const text = (Array.isArray(header) ? header[0] : header)?.trim() ?? ''
  // No credentials at all: to Okta that is a browser without a session.
  if (text === '') return fail(E0000005, 'session-cookie-invalid', cleared)
  const space = text.search(/\s/)
  const scheme = (space === -1 ? text : text.slice(0, space)).toLowerCase()
  const value = space === -1 ? '' : text.slice(space + 1).trim()
  if (scheme === 'ssws') return await byApiToken(org, x, value)
  if (scheme === 'bearer') return fail(E0000005, 'bearer-not-a-token', cleared)
  return fail(E0000011, space === -1 ? 'ssws-word-missing' : 'scheme-unknown', challenge)
}

const cleared = { headers: [['set-cookie', 'sid="";Version=1;Path=/;Max-Age=0']] as const }

async function byApiToken(org: Org, x: Exchange, value: string): Promise<Admin> {
  if (value === '') return fail(E0000011, 'token-unknown', challenge)
  if (value.split('.').length === 3) return fail(E0000011, 'jwt-sent-as-ssws', challenge)
  const token = await org.state.holder(apiTokens, `hash:${hashToken(value)}`)
  if (!token) {
    noteInvalidToken(org, x)
    return fail(E0000011, 'token-unknown', challenge)
  }
  const owner = await org.state.load(users, token.value.userId)
  const refusal = whyDead(token.value, owner?.value, x.now)
  if (refusal) {
    noteInvalidToken(org, x)
    return fail(E0000011, refusal, challenge)
  }
  if (token.value.network.connection === 'ZONE' && !(await mayComeFrom(org, token.value, x.address))) {
    org.log(x, {
      eventType: 'system.api_token.request_outside_allowed_range',
      displayMessage: 'API token used outside of its allowed network',
      result: 'DENY',
      severity: 'WARN',
      targets: [{ id: token.id, type: 'Token', alternateId: 'unknown', displayName: token.value.name }],
    })
    return fail(E0000011, 'outside-network', challenge)
  }
  if (x.now - token.value.lastUsedAt > USE_RESOLUTION_MS) await renew(org, token, x.now)
  const roles = await org.rolesOf(token.value.userId)
  const profile = owner!.value.profile
  return {
    kind: 'API_TOKEN',
    tokenId: token.id,
    userId: token.value.userId,
    login: String(profile.login),
    displayName: `${profile.firstName ?? ''} ${profile.lastName ?? ''}`.trim(),
    roles,
  }
}

/** Why a token no longer counts; undefined when it does. */
export function whyDead(
  token: ApiToken,
  owner: User | undefined,
  now: number,
): 'token-revoked' | 'token-expired-unused' | 'owner-inactive' | undefined {
  if (token.dead === 'revoked') return 'token-revoked'
  if (token.dead === 'owner-deactivated' || !owner) return 'owner-inactive'
  if (now - token.lastUsedAt > TOKEN_IDLE_MS) return 'token-expired-unused'
  // The token has its owner's rights at this moment; an owner who cannot sign in has none.
  if (owner.status === 'SUSPENDED' || owner.status === 'DEPROVISIONED' || owner.status === 'LOCKED_OUT') {
    return 'owner-inactive'
  }
  return undefined
}

async function mayComeFrom(org: Org, token: ApiToken, address: string): Promise<boolean> {
  const { include, exclude } = token.network
  if (exclude && (await isInZones(org, exclude, address))) return false
  return !include || (await isInZones(org, include, address))
}

async function renew(org: Org, token: Stored<ApiToken>, now: number): Promise<void> {
  try {
    await org.state.change([put(apiTokens, token.id, { ...token.value, lastUsedAt: now }, token)])
  } catch {
    // Another request with the same token renewed it in this moment.
  }
}

// The guide searches for `api.token.invalid`. Today's Okta writes no event for a wrong token; the reference
// contract does, as the guide says (design: two contracts).
function noteInvalidToken(org: Org, x: Exchange): void {
  if (org.settings.contract !== 'reference') return
  org.log(x, {
    eventType: 'api.token.invalid',
    displayMessage: 'Invalid API token',
    result: 'FAILURE',
    severity: 'WARN',
    reason: 'Invalid token provided',
  })
}

/** The standard roles of a user, held directly or through a group. */
export async function loadRoles(org: Org, userId: string): Promise<RoleType[]> {
  const held = await org.state.find(roleAssignments, 'holder', userId)
  const roles = held.map((role) => role.value.type)
  for (const groupId of await org.groupIdsOf(userId)) {
    for (const role of await org.state.find(roleAssignments, 'holder', groupId)) {
      if (!roles.includes(role.value.type)) roles.push(role.value.type)
    }
  }
  return roles
}
