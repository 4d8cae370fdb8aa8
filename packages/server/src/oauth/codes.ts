// What does an authorization code stand for? It is kept as a hash, lives five minutes and works once.
import { createHash, timingSafeEqual } from 'node:crypto'
import { type AuthCode, authCodes } from '../entities/sign-in.ts'
import type { Org } from '../org.ts'
import { put, type Stored, type Write } from '../state/state.ts'
import { hashToken } from '../token-hash.ts'

// Documented: 300 seconds.
const LIVES_MS = 300_000

/** Makes a code and the write that keeps its hash. */
export function makeCode(
  org: Org,
  parts: Omit<AuthCode, 'expiresAt' | 'familyId'>,
  now: number,
): { value: string; write: Write } {
  const value = org.ids.secret(43)
  const familyId = org.ids.secret(20)
  return { value, write: put(authCodes, hashToken(value), { ...parts, familyId, expiresAt: now + LIVES_MS }) }
}

/** The code with this value, used or not. */
export function findCode(org: Org, value: string): Promise<Stored<AuthCode> | undefined> {
  return org.state.load(authCodes, hashToken(value))
}

/** The write that uses a code up. */
export function useCode(code: Stored<AuthCode>, now: number): Write {
  return put(authCodes, code.id, { ...code.value, usedAt: now }, code)
}

/** What redeeming a code comes to. */
export type CodeVerdict =
  | 'good'
  | 'code-unknown'
  | 'code-expired'
  | 'code-used-twice'
  | 'code-of-another-client'
  | 'redirect-uri-differs'
  | 'verifier-wrong'

/** May this code be redeemed? Pure. */
export function judgeCode(
  code: AuthCode | undefined,
  asks: { clientId: string; serverId: string; redirectUri: string | undefined; verifier: string | undefined },
  now: number,
): CodeVerdict {
  if (!code || code.serverId !== asks.serverId) return 'code-unknown'
  if (code.clientId !== asks.clientId) return 'code-of-another-client'
  if (code.usedAt !== undefined) return 'code-used-twice'
  if (code.expiresAt <= now) return 'code-expired'
  if (asks.redirectUri !== code.redirectUri) return 'redirect-uri-differs'
  if (code.codeChallenge !== null && !fitsChallenge(asks.verifier ?? '', code.codeChallenge)) return 'verifier-wrong'
  return 'good'
}

/** RFC 7636, section 4.6; Okta knows S256 only. */
export function fitsChallenge(verifier: string, challenge: string): boolean {
  const made = createHash('sha256').update(verifier).digest()
  const wanted = Buffer.from(challenge, 'base64url')
  return made.length === wanted.length && timingSafeEqual(made, wanted)
}
