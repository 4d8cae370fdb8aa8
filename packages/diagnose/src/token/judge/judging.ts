// What is a token held against, and how is a finding about it written?
import type { Because, Finding, Strength } from '../../finding.ts'
import { scopeWords } from '../../scopes.ts'
import { quoteClaim } from '../claims-in-words.ts'
import type { Decoded } from '../token-type.ts'

/** What the token is held against. Whatever is left out is not checked. */
export interface JudgeOptions {
  /** The issuer that the verifier is set up for. */
  issuer?: string
  /** The audience that the verifier expects. */
  audience?: string
  /** Scopes that the call needs: a list, or words with blanks between. */
  scope?: string | readonly string[]
  /** The client that the token is to be issued to. */
  clientId?: string
  /** The nonce of the sign-in; only ID tokens carry it. */
  nonce?: string
  /** A JSON Web Key Set to check the signature with. */
  jwks?: unknown
  /** The address that the keys came from: it tells whose they are. */
  jwksFrom?: string
  /** The clock, in milliseconds. */
  now: number
  /** By how many seconds two clocks may differ. Default 5. */
  leewaySeconds?: number
}

/** A finding about a token; no code of an answer belongs to it. */
export function finding(
  kind: Finding['kind'],
  cause: string,
  strength: Strength,
  because: readonly Because[],
  fix: readonly string[],
): Finding {
  return { code: null, cause, kind, strength, because, fix }
}

/** What a claim of the token shows. */
export function claim(token: Decoded, name: string, says: string): Because {
  const value = token.payload[name]
  return { place: `tokenClaims.payload.${name}`, quote: value === undefined ? '(absent)' : quoteClaim(value), says }
}

/** The audiences of a token; it may have one or several. */
export function audiences(token: Decoded): string[] {
  const { aud } = token.payload
  return (Array.isArray(aud) ? aud : [aud]).filter((one) => typeof one === 'string')
}

/** The scopes that the call needs, one by one. */
export function wanted(scope: JudgeOptions['scope']): string[] {
  return typeof scope === 'string' || scope === undefined ? scopeWords(scope) : [...scope]
}

/** A text as people see it who overlook slashes, case and blanks. */
export function tidy(text: string): string {
  return text.trim().replace(/\/+$/, '').toLowerCase()
}
