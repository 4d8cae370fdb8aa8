// Is this an access token of that server, and does it still count?
import { verify } from 'node:crypto'
import type { App } from '../entities/app.ts'
import { findClient } from '../entities/find-app.ts'
import { revokedTokens } from '../entities/sign-in.ts'
import { type User, users } from '../entities/user.ts'
import type { Org } from '../org.ts'
import { put, type Stored, type Write } from '../state/state.ts'
import { verificationKey } from './keys.ts'
import type { Server } from './servers.ts'

/** A token that counts. */
export interface AccessToken {
  jti: string
  clientId: string
  scopes: readonly string[]
  claims: Readonly<Record<string, unknown>>
  app: Stored<App>
  /** Absent when the client acts for itself. */
  user?: Stored<User>
}

/** Why a token does not count. */
export type TokenFault =
  /** Not a JWT at all. */
  | 'not-a-jwt'
  /** Of another issuer. */
  | 'issuer-wrong'
  /** Of this issuer by its own word, and signed by somebody else. */
  | 'signature-wrong'
  /** An ID token, or for another audience. */
  | 'audience-wrong'
  | 'token-expired'
  /** Revoked by itself, with its family, or with its user or client. */
  | 'token-revoked'

/** A JWT, taken apart and not yet believed. */
export interface RawToken {
  header: Readonly<Record<string, unknown>>
  claims: Readonly<Record<string, unknown>>
  signed: string
  signature: Buffer
}

// Longer ones are not taken apart. Okta's tokens stay far below.
const LONGEST = 32 * 1024

/** Takes a JWT apart; undefined for what is none. */
export function parseJwt(text: string): RawToken | undefined {
  if (text.length > LONGEST) return undefined
  const parts = text.split('.')
  if (parts.length !== 3 || parts.some((part) => !/^[\w-]*$/.test(part))) return undefined
  const [header, claims] = parts.slice(0, 2).map(readPart)
  if (!header || !claims) return undefined
  return { header, claims, signed: `${parts[0]}.${parts[1]}`, signature: Buffer.from(parts[2]!, 'base64url') }
}

function readPart(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** Did this server sign it? Only RS256 counts: what the token says of itself decides nothing. */
export async function isSignedBy(org: Org, server: Server, token: RawToken, use: 'access' | 'id'): Promise<boolean> {
  const { kid, alg } = token.header
  if (alg !== 'RS256' || typeof kid !== 'string') return false
  const key = await verificationKey(org, server.id, kid, use)
  return key !== undefined && verify('RSA-SHA256', Buffer.from(token.signed), key, token.signature)
}

/** Reads an access token of this server. */
export async function readAccessToken(
  org: Org,
  server: Server,
  text: string,
  now: number,
): Promise<AccessToken | TokenFault> {
  const raw = parseJwt(text)
  if (!raw) return 'not-a-jwt'
  const { claims } = raw
  if (claims.iss !== server.issuer) return 'issuer-wrong'
  const { jti, cid, uid, aud, exp, scp } = claims
  // ID tokens of the org's server have a key of their own: what they are must be said before the signature fails.
  if (typeof jti === 'string' && jti.startsWith('ID.')) return 'audience-wrong'
  if (!(await isSignedBy(org, server, raw, 'access'))) return 'signature-wrong'
  if (aud !== server.audience || typeof jti !== 'string' || typeof cid !== 'string') return 'audience-wrong'
  if (typeof exp !== 'number' || exp * 1000 <= now) return 'token-expired'
  const app = await findClient(org, cid)
  const user = typeof uid === 'string' ? await org.state.load(users, uid) : undefined
  if (app?.value.status !== 'ACTIVE' || (uid !== undefined && !isUsable(user?.value))) return 'token-revoked'
  if (await isRevoked(org, jti)) return 'token-revoked'
  return { jti, clientId: cid, scopes: Array.isArray(scp) ? scp.map(String) : [], claims, app, user }
}

/** May a user's tokens be used? A lockout or an expired password stops new sign-ins, not what was signed in. */
export function isUsable(user: User | undefined): user is User {
  return user !== undefined && user.status !== 'DEPROVISIONED' && user.status !== 'SUSPENDED'
}

async function isRevoked(org: Org, jti: string): Promise<boolean> {
  if (await org.state.load(revokedTokens, jti)) return true
  const family = jti.split('.')[2]
  return family !== undefined && (await org.state.load(revokedTokens, familyKey(family))) !== undefined
}

const familyKey = (familyId: string): string => `family:${familyId}`

// No access token lives longer than a day: after that there is nothing left to refuse.
const LONGEST_LIFE_MS = 24 * 3_600_000

/** Writes that end one access token. */
export async function revokeToken(org: Org, jti: string, now: number): Promise<Write[]> {
  if (await org.state.load(revokedTokens, jti)) return []
  return [put(revokedTokens, jti, { expiresAt: now + LONGEST_LIFE_MS })]
}

/** Writes that end all access tokens of a family. */
export async function revokeFamilyTokens(org: Org, familyId: string, now: number): Promise<Write[]> {
  return await revokeToken(org, familyKey(familyId), now)
}
