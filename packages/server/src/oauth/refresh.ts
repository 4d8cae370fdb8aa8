// How long does a refresh token live, and what happens when it is used? Rotation gives a new one each time; whoever
// comes with an old one after its grace has stolen it, or was stolen from: the whole family dies.
import { type RefreshToken, refreshTokens } from '../entities/sign-in.ts'
import type { Org } from '../org.ts'
import { put, type Stored, type Write } from '../state/state.ts'
import { hashToken } from '../token-hash.ts'
import type { TokenLives } from './access.ts'
import { revokeFamilyTokens } from './access-token.ts'
import type { Client } from './clients.ts'
import type { Server } from './servers.ts'

/** What a new refresh token is made from. */
export type NewRefreshToken = Pick<
  RefreshToken,
  'familyId' | 'clientId' | 'serverId' | 'userId' | 'scopes' | 'authTimeSeconds' | 'amr' | 'expiresAt'
> & { idleMinutes: number }

/** Makes a refresh token and the write that keeps its hash. */
export function makeRefreshToken(org: Org, parts: NewRefreshToken, now: number): { value: string; write: Write } {
  const { idleMinutes, ...kept } = parts
  const value = org.ids.secret(43)
  const token: RefreshToken = {
    ...kept,
    createdAt: now,
    idleUntil: idleMinutes === 0 ? kept.expiresAt : Math.min(kept.expiresAt, now + idleMinutes * 60_000),
  }
  return { value, write: put(refreshTokens, hashToken(value), token) }
}

/** What a sign-in says of the refresh tokens that come out of it. */
export type NewFamily = Pick<RefreshToken, 'familyId' | 'userId' | 'scopes' | 'authTimeSeconds' | 'amr'> & {
  client: Client
  server: Server
  lives: TokenLives
}

/** The first refresh token of a sign-in; undefined where it was not asked for or the client may have none. */
export function beginFamily(
  org: Org,
  { client, server, lives, ...kept }: NewFamily,
  now: number,
): { value: string; write: Write } | undefined {
  const { clientId, grantTypes } = client.value.oauth
  if (!kept.scopes.includes('offline_access') || !grantTypes.includes('refresh_token')) return undefined
  const { refreshTokenMinutes, refreshTokenWindowMinutes: idleMinutes } = lives
  // Minutes of 0 say that it has no end.
  const expiresAt = refreshTokenMinutes === 0 ? Number.MAX_SAFE_INTEGER : now + refreshTokenMinutes * 60_000
  return makeRefreshToken(org, { ...kept, clientId, serverId: server.id, expiresAt, idleMinutes }, now)
}

/** What using a refresh token comes to. */
export type RefreshVerdict =
  | 'good'
  | 'unknown'
  | 'of-another-client'
  | 'of-another-server'
  | 'expired'
  | 'revoked'
  | 'reused'

/** May this token be used? Pure. */
export function judgeRefresh(
  token: RefreshToken | undefined,
  asks: { clientId: string; serverId: string; leewaySeconds: number },
  now: number,
): RefreshVerdict {
  if (!token) return 'unknown'
  if (token.clientId !== asks.clientId) return 'of-another-client'
  if (token.serverId !== asks.serverId) return 'of-another-server'
  if (token.revokedAt !== undefined) return 'revoked'
  if (token.expiresAt <= now || token.idleUntil <= now) return 'expired'
  // Within the grace a client that lost the answer may ask again.
  if (token.rotatedAt !== undefined && now - token.rotatedAt >= asks.leewaySeconds * 1000) return 'reused'
  return 'good'
}

/** The refresh token with this value. */
export function findRefreshToken(org: Org, value: string): Promise<Stored<RefreshToken> | undefined> {
  return org.state.load(refreshTokens, hashToken(value))
}

/** Writes that end a family: its refresh tokens, and all access tokens since the sign-in. */
export async function revokeFamily(org: Org, familyId: string, now: number): Promise<Write[]> {
  const rows = await org.state.find(refreshTokens, 'family', familyId)
  return [
    ...rows
      .filter((row) => row.value.revokedAt === undefined)
      .map((row) => put(refreshTokens, row.id, { ...row.value, revokedAt: now }, row)),
    ...(await revokeFamilyTokens(org, familyId, now)),
  ]
}
