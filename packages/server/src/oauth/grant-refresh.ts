// What does a refresh token buy? New tokens for what the user once agreed to, never for more.
import { redirectErrors } from '@errorg/errors/oauth'
import { type RefreshToken, refreshTokens as rows } from '../entities/sign-in.ts'
import { users } from '../entities/user.ts'
import type { Answer, Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import { put, type Stored, type Write } from '../state/state.ts'
import { allowAccess, type TokenLives } from './access.ts'
import { isUsable } from './access-token.ts'
import { refuse, refuseAs } from './errors.ts'
import { logSuccess } from './events.ts'
import { issueTokens } from './issue.ts'
import { findRefreshToken, judgeRefresh, makeRefreshToken, revokeFamily } from './refresh.ts'
import type { TokenAsk } from './token.ts'

/** `grant_type=refresh_token` */
export async function refreshTokens(org: Org, x: Exchange, ask: TokenAsk): Promise<Answer> {
  const { seen, client, params } = ask
  const { server } = seen
  const { clientId, refreshToken: settings } = client.value.oauth
  const value = params.get('refresh_token') ?? ''
  const token = await findRefreshToken(org, value)
  const { leewaySeconds } = settings
  const verdict = judgeRefresh(token?.value, { clientId, serverId: server.id, leewaySeconds }, x.now)
  if (token && verdict === 'reused') {
    await org.state.change(await revokeFamily(org, token.value.familyId, x.now))
    logSuccess(org, x, 'token.detect_reuse', seen)
  }
  if (!token || verdict !== 'good') return refuseRefresh(`refresh-token-${verdict}`)
  const { userId, familyId, authTimeSeconds, amr } = token.value
  const user = await org.state.load(users, userId)
  if (!user || !isUsable(user.value)) return refuseRefresh('refresh-token-of-inactive-user')
  seen.user = user
  const scopes = ask.scopes.length > 0 ? ask.scopes : token.value.scopes
  mustBeGranted(scopes, token.value.scopes)
  const lives = await allowAccess(org, { server, client, userId, scopes, grantType: 'refresh_token' })
  const next = settings.rotation === 'STATIC' ? keep(token, value, lives, x.now) : rotate(org, token, lives, x.now)
  const { accessTokenMinutes, hook } = lives
  const grant = { server, app: client, user, scopes, accessTokenMinutes, familyId, authTimeSeconds, amr, hook }
  return await issueTokens(org, x, seen, { grant, refreshToken: next.value, writes: next.writes })
}

function mustBeGranted(asked: readonly string[], granted: readonly string[]): void {
  const more = asked.filter((scope) => !granted.includes(scope))
  if (more.length === 0) return
  refuseAs(
    redirectErrors.access_denied,
    'refresh-asks-for-more',
    { scopes: more.join(', ') },
    { reason: 'refresh_scopes_denied' },
  )
}

interface Next {
  value: string
  writes: Write[]
}

function keep(token: Stored<RefreshToken>, value: string, lives: TokenLives, now: number): Next {
  const minutes = lives.refreshTokenWindowMinutes
  const { expiresAt } = token.value
  const idleUntil = minutes === 0 ? expiresAt : Math.min(expiresAt, now + minutes * 60_000)
  return { value, writes: [put(rows, token.id, { ...token.value, idleUntil }, token)] }
}

// The next one inherits the end of the family (documented): rotation lengthens no life.
function rotate(org: Org, token: Stored<RefreshToken>, lives: TokenLives, now: number): Next {
  const { familyId, clientId, serverId, userId, scopes, authTimeSeconds, amr, expiresAt } = token.value
  const made = makeRefreshToken(
    org,
    {
      ...{ familyId, clientId, serverId, userId, scopes, authTimeSeconds, amr, expiresAt },
      idleMinutes: lives.refreshTokenWindowMinutes,
    },
    now,
  )
  const rotatedAt = token.value.rotatedAt ?? now
  return { value: made.value, writes: [put(rows, token.id, { ...token.value, rotatedAt }, token), made.write] }
}

function refuseRefresh(cause: string): never {
  return refuse(400, 'invalid_grant', 'The refresh token is invalid or expired.', cause, {
    reason: 'invalid_refresh_token',
  })
}
