// What does the org remember of people signing in: transactions, sessions, codes and tokens?
import type { Collection } from '../state/state.ts'

/** A browser session. Its id is the value of the `sid` cookie and of `/api/v1/sessions/{id}`. */
export interface Session {
  userId: string
  login: string
  status: 'ACTIVE' | 'MFA_REQUIRED' | 'MFA_ENROLL'
  amr: readonly string[]
  createdAt: number
  expiresAt: number
  lastPasswordVerificationAt: number | null
  lastFactorVerificationAt: number | null
}

/** All sessions. */
export const sessions: Collection<Session> = { name: 'session', indexes: { user: (session) => session.userId } }

/** A session token of `/authn` (`20111…`): one use, five minutes. Kept as a hash. */
export interface SessionToken {
  userId: string
  amr: readonly string[]
  expiresAt: number
  usedAt?: number
}

/** Session tokens by their hash (the id). */
export const sessionTokens: Collection<SessionToken> = { name: 'sessionToken' }

/** A sign-in under way: what a `stateToken` stands for. Kept under the token's hash. */
export interface AuthTransaction {
  userId: string
  status:
    | 'PASSWORD_EXPIRED'
    | 'PASSWORD_WARN'
    | 'MFA_REQUIRED'
    | 'MFA_ENROLL'
    | 'LOCKED_OUT'
    | 'RECOVERY'
    | 'PASSWORD_RESET'
  createdAt: number
  expiresAt: number
  /** Set when it was finished or cancelled: then its token is refused. */
  endedAt?: number
  relayState?: string
  /** How the user has shown who it is so far. */
  amr: readonly string[]
  /** What is being recovered; set for RECOVERY and PASSWORD_RESET. */
  recoveryType?: 'PASSWORD' | 'UNLOCK' | 'ACCOUNT_ACTIVATION'
}

/** Sign-ins under way by the hash of their state token (the id). */
export const authTransactions: Collection<AuthTransaction> = {
  name: 'authTransaction',
  indexes: { user: (transaction) => transaction.userId },
}

/** An authorization code, kept under its hash. */
export interface AuthCode {
  clientId: string
  /** `org` or the id of a custom server. */
  serverId: string
  userId: string
  sessionId: string
  redirectUri: string
  scopes: readonly string[]
  nonce: string | null
  codeChallenge: string | null
  authTimeSeconds: number
  amr: readonly string[]
  expiresAt: number
  usedAt?: number
  /** The refresh family that its exchange began; revoked when the code is used twice. */
  familyId: string
}

/** Authorization codes by their hash (the id). */
export const authCodes: Collection<AuthCode> = { name: 'authCode' }

/** A refresh token, kept under its hash. Rotation makes a new one in the same family. */
export interface RefreshToken {
  familyId: string
  clientId: string
  serverId: string
  userId: string
  scopes: readonly string[]
  createdAt: number
  /** End of the whole family's life. */
  expiresAt: number
  /** Until when it may lie unused. */
  idleUntil: number
  authTimeSeconds: number
  amr: readonly string[]
  /** Set when it was exchanged for the next one. */
  rotatedAt?: number
  revokedAt?: number
}

/** Refresh tokens by their hash (the id). */
export const refreshTokens: Collection<RefreshToken> = {
  name: 'refreshToken',
  indexes: { family: (token) => token.familyId, user: (token) => token.userId, client: (token) => token.clientId },
}

/** An access token that was revoked before its time, by its `jti` (the id). */
export interface RevokedToken {
  expiresAt: number
}

/** Revoked access tokens. */
export const revokedTokens: Collection<RevokedToken> = { name: 'revokedToken' }

/** A client assertion's `jti` that was used (the id is `{clientId}:{jti}`). */
export interface UsedAssertion {
  expiresAt: number
  /** The request that used it; its own second walk finds its own mark. */
  requestId: string
}

/** Used assertions. */
export const usedAssertions: Collection<UsedAssertion> = { name: 'usedAssertion' }
