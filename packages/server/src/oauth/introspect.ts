// Does a token count, and what does it say? Whatever is wrong with it, the answer is the same: not active.
import { users } from '../entities/user.ts'
import { type Answer, type Exchange, ok } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import { isSignedBy, isUsable, parseJwt, readAccessToken } from './access-token.ts'
import { authenticateClient, loadClient } from './clients.ts'
import { refuse } from './errors.ts'
import type { Seen } from './events.ts'
import { type Params, readForm } from './params.ts'
import { findRefreshToken } from './refresh.ts'
import type { Server } from './servers.ts'

/** `POST /oauth2[/{id}]/v1/introspect` */
export async function introspect(org: Org, x: Exchange, seen: Seen): Promise<Answer> {
  const params = readForm(x)
  await authenticateClient(org, x, seen, params, { status: 401 })
  const value = tokenOf(params)
  const shown =
    (await showAccessToken(org, x, seen.server, value)) ??
    (await showIdToken(org, x, seen.server, value)) ??
    (await showRefreshToken(org, x, seen.server, value))
  return ok(shown ?? { active: false })
}

/** The `token` of a form, or a refusal. */
export function tokenOf(params: Params): string {
  return (
    params.get('token') ??
    refuse(400, 'invalid_request', "The 'token' parameter is required.", 'token-parameter-missing', {
      reason: 'invalid_request',
    })
  )
}

async function showAccessToken(org: Org, x: Exchange, server: Server, value: string) {
  const token = await readAccessToken(org, server, value, x.now)
  if (typeof token === 'string') return undefined
  const { scp, cid, ...claims } = token.claims
  return {
    active: true,
    scope: token.scopes.join(' '),
    username: token.user ? String(token.user.value.profile.login) : undefined,
    ...claims,
    token_type: 'Bearer',
    client_id: cid,
  }
}

async function showIdToken(org: Org, x: Exchange, server: Server, value: string) {
  const raw = parseJwt(value)
  if (!raw || raw.claims.iss !== server.issuer || !String(raw.claims.jti).startsWith('ID.')) return undefined
  const { exp, aud, sub } = raw.claims
  if (typeof exp !== 'number' || exp * 1000 <= x.now || !(await isSignedBy(org, server, raw, 'id'))) return undefined
  const user = await org.state.load(users, String(sub))
  if (!user || !isUsable(user.value) || !(await loadClient(org, String(aud)))) return undefined
  return { active: true, username: String(user.value.profile.login), ...raw.claims, client_id: aud }
}

async function showRefreshToken(org: Org, x: Exchange, server: Server, value: string) {
  const token = (await findRefreshToken(org, value))?.value
  if (!token || token.serverId !== server.id || token.revokedAt !== undefined || token.rotatedAt !== undefined) {
    return undefined
  }
  const end = Math.min(token.expiresAt, token.idleUntil)
  const user = await org.state.load(users, token.userId)
  if (end <= x.now || !user || !isUsable(user.value) || !(await loadClient(org, token.clientId))) return undefined
  const login = String(user.value.profile.login)
  return {
    active: true,
    token_type: 'Bearer',
    scope: token.scopes.join(' '),
    client_id: token.clientId,
    username: login,
    exp: end === Number.MAX_SAFE_INTEGER ? undefined : Math.floor(end / 1000),
    sub: login,
    uid: token.userId,
  }
}
