// How does the org keep somebody signed in? Session tokens that are used once, and sessions that a cookie names.
import { refreshTokens, type Session, type SessionToken, sessions, sessionTokens } from './entities/sign-in.ts'
import { type User, users } from './entities/user.ts'
import type { Exchange } from './http/exchange.ts'
import type { Ids } from './ids.ts'
import { revokeFamilyTokens } from './oauth/access-token.ts'
import type { Org } from './org.ts'
import { put, remove, type Stored, type Write } from './state/state.ts'
import { hashToken } from './token-hash.ts'

// Recorded: expiresAt of a session token.
const TOKEN_LIVES_MS = 5 * 60_000

/** The value of the `sid` cookie; undefined when none came. */
export function sidOf(x: Exchange): string | undefined {
  const { cookie } = x.incoming.headers
  const line = Array.isArray(cookie) ? cookie.join(';') : (cookie ?? '')
  return /(?:^|;)\s*sid="?([^;"]+)"?/.exec(line)?.[1]?.trim()
}

/** The session with this id with its user, while both may be used. */
export async function findSession(
  org: Org,
  id: string,
  now: number,
): Promise<{ session: Stored<Session>; user: Stored<User> } | undefined> {
  const session = await org.state.load(sessions, id)
  if (!session || session.value.expiresAt <= now) return undefined
  const user = await org.state.load(users, session.value.userId)
  return user && keepsSession(user.value) ? { session, user } : undefined
}

// Whoever is suspended or gone is signed out at once.
function keepsSession(user: User): boolean {
  return user.status !== 'SUSPENDED' && user.status !== 'DEPROVISIONED' && user.status !== 'STAGED'
}

/** The session of the `sid` cookie. */
export async function sessionOf(org: Org, x: Exchange): ReturnType<typeof findSession> {
  const sid = sidOf(x)
  return sid === undefined ? undefined : await findSession(org, sid, x.now)
}

/** A new session, and the write that keeps it. Its id is what the `sid` cookie says. */
export function makeSession(
  org: { ids: Ids },
  user: Stored<User>,
  amr: readonly string[],
  now: number,
  idleMinutes = 120,
): { session: Stored<Session>; write: Write } {
  const value: Session = {
    userId: user.id,
    login: String(user.value.profile.login),
    status: 'ACTIVE',
    amr,
    createdAt: now,
    expiresAt: now + idleMinutes * 60_000,
    lastPasswordVerificationAt: amr.includes('pwd') ? now : null,
    lastFactorVerificationAt: amr.includes('mfa') ? now : null,
  }
  // 25 characters, as recorded; who knows them is signed in.
  const id = `102${org.ids.secret(22)}`
  return { session: { id, version: 0, value }, write: put(sessions, id, value) }
}

/** The `set-cookie` header that gives a browser its session. */
export function sidCookie(org: { baseUrl: string }, id: string): readonly ['set-cookie', string] {
  // Browsers drop what is Secure on plain HTTP, and SameSite=None without Secure.
  const reach = org.baseUrl.startsWith('https:') ? 'SameSite=None; Secure' : 'SameSite=Lax'
  return ['set-cookie', `sid=${id}; Path=/; HttpOnly; ${reach}`]
}

/** A new session token, and the write that keeps its hash. */
export function makeSessionToken(
  org: { ids: Ids },
  userId: string,
  amr: readonly string[],
  now: number,
): { value: string; expiresAt: number; write: Write } {
  const value = `20111${org.ids.secret(42)}`
  const expiresAt = now + TOKEN_LIVES_MS
  return { value, expiresAt, write: put(sessionTokens, hashToken(value), { userId, amr, expiresAt }) }
}

/** Takes a session token: what it stands for and the write that uses it up. Undefined when it is dead or unknown. */
export async function takeSessionToken(
  org: Org,
  value: string,
  now: number,
): Promise<{ token: SessionToken; user: Stored<User>; write: Write } | undefined> {
  const kept = await org.state.load(sessionTokens, hashToken(value))
  if (!kept || kept.value.usedAt !== undefined || kept.value.expiresAt <= now) return undefined
  const user = await org.state.load(users, kept.value.userId)
  if (!user || !keepsSession(user.value)) return undefined
  return { token: kept.value, user, write: put(sessionTokens, kept.id, { ...kept.value, usedAt: now }, kept) }
}

/** Writes that end all sessions of a user, but for the one that the request came with where `except` names it. */
export async function endSessions(org: Org, userId: string, except?: string): Promise<Write[]> {
  const found = await org.state.find(sessions, 'user', userId)
  return found.filter(({ id }) => id !== except).map((session) => remove(sessions, session))
}

/** Writes that revoke all refresh tokens of a user, and the access tokens that belong to them (documented). */
export async function revokeRefreshTokens(org: Org, userId: string, now: number): Promise<Write[]> {
  const tokens = await org.state.find(refreshTokens, 'user', userId)
  const writes: Write[] = tokens
    .filter(({ value }) => value.revokedAt === undefined)
    .map((token) => put(refreshTokens, token.id, { ...token.value, revokedAt: now }, token))
  // Each family once: its tokens of before the rotation are among those found.
  for (const familyId of new Set(tokens.map(({ value }) => value.familyId))) {
    writes.push(...(await revokeFamilyTokens(org, familyId, now)))
  }
  return writes
}
