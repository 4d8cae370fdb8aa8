// What does a refresh token look like to administrators? Authorization servers and apps both show them.
import { isoDate } from '../clock.ts'
import type { App } from '../entities/app.ts'
import { ORG_SERVER } from '../entities/auth-server.ts'
import { type RefreshToken, refreshTokens } from '../entities/sign-in.ts'
import { issuerOf } from '../oauth/servers.ts'
import type { Org } from '../org.ts'
import { put, type Stored, type Write } from '../state/state.ts'

/** Can this token still be used? A rotated one has been replaced by the next of its family. */
export function isAlive(token: RefreshToken, now: number): boolean {
  return (
    token.revokedAt === undefined && token.rotatedAt === undefined && token.expiresAt > now && token.idleUntil > now
  )
}

/** The write that revokes a token. */
export function revoked(token: Stored<RefreshToken>, now: number): Write {
  return put(refreshTokens, token.id, { ...token.value, revokedAt: now }, token)
}

/** The id of a token. It is kept under its hash; a part of that names it without telling anything about it. */
export function refreshTokenId(token: Stored<RefreshToken>): string {
  return `oar${token.id.slice(0, 17)}`
}

/** Tokens in the order of the ids that callers see. */
export function byShownId(tokens: readonly Stored<RefreshToken>[]): Stored<RefreshToken>[] {
  return [...tokens].sort((a, b) => (refreshTokenId(a) < refreshTokenId(b) ? -1 : 1))
}

// A family without an end ends when it lies unused; one that may lie unused for ever has no end at all. (inferred)
function endOf({ expiresAt, idleUntil }: RefreshToken): string | null {
  const end = [expiresAt, idleUntil].find((at) => at < Number.MAX_SAFE_INTEGER)
  return end === undefined ? null : isoDate(end)
}

/** A refresh token as Okta shows it below the list at `place`. */
export function showRefreshToken(
  org: Org,
  app: Stored<App>,
  token: Stored<RefreshToken>,
  place: string,
): Record<string, unknown> {
  const { clientId, userId, serverId, createdAt, scopes } = token.value
  const id = refreshTokenId(token)
  const self = `${org.baseUrl}${place}/${id}`
  const custom = serverId !== ORG_SERVER
  return {
    id,
    status: 'ACTIVE',
    created: isoDate(createdAt),
    lastUpdated: isoDate(createdAt),
    expiresAt: endOf(token.value),
    issuer: custom ? issuerOf(org, serverId) : org.baseUrl,
    clientId,
    userId,
    scopes,
    _links: {
      app: { title: app.value.label, href: `${org.baseUrl}/api/v1/apps/${app.id}` },
      self: { href: self },
      revoke: { href: self, hints: { allow: ['DELETE'] } },
      client: { title: app.value.label, href: `${org.baseUrl}/oauth2/v1/clients/${clientId}` },
      user: { href: `${org.baseUrl}/api/v1/users/${userId}` },
      ...(custom && { authorizationServer: { href: `${org.baseUrl}/api/v1/authorizationServers/${serverId}` } }),
    },
  }
}
