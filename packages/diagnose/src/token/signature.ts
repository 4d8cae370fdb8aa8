// Did one of these keys sign this token? jose does the arithmetic; what comes back says which key was looked for.
import { isRecord } from '../evidence.ts'

/** What a check of the signature found. */
export type SignatureCheck =
  | { result: 'valid'; kid?: string }
  /** The key is there and did not make this signature. */
  | { result: 'does-not-fit'; kid?: string }
  /** No key of the set has the `kid` of the token. */
  | { result: 'key-unknown'; kid: string; known: readonly string[] }
  /** Nothing can be said: no usable key, or an algorithm that such keys do not have. */
  | { result: 'not-checked'; why: string }

const MOST_KEYS = 100

/** True for an object with the form of a JSON Web Key Set. */
export function isKeySet(value: unknown): value is { keys: readonly Record<string, unknown>[] } {
  return isRecord(value) && Array.isArray(value.keys) && value.keys.every(isRecord)
}

/** Checks the signature of a JWT in compact form. Never throws. */
export async function checkSignature(
  token: string,
  header: Readonly<Record<string, unknown>>,
  keySet: unknown,
): Promise<SignatureCheck> {
  if (!isKeySet(keySet)) return { result: 'not-checked', why: 'What was given as keys is no JSON Web Key Set.' }
  const alg = typeof header.alg === 'string' ? header.alg : ''
  const kty = ktyOf(alg)
  if (kty === undefined)
    return {
      result: 'not-checked',
      why: `The algorithm of the token (${alg.slice(0, 20) || 'none'}) does not belong to published keys; Okta signs with RS256.`,
    }
  const keys = keySet.keys.slice(0, MOST_KEYS).filter((key) => key.use === undefined || key.use === 'sig')
  const kid = typeof header.kid === 'string' ? header.kid : undefined
  const named = kid === undefined ? keys : keys.filter((key) => key.kid === kid)
  if (kid !== undefined && named.length === 0)
    return {
      result: 'key-unknown',
      kid,
      known: keys.flatMap((key) => (typeof key.kid === 'string' ? [key.kid] : [])),
    }
  const fitting = named.filter((key) => key.kty === kty)
  if (fitting.length === 0)
    return { result: 'not-checked', why: `The set has no ${kty} key${kid === undefined ? '' : ' of this name'}.` }
  // Loaded here: it takes longer than all the rest of a judgement.
  const { compactVerify, importJWK } = await import('jose')
  let usable = false
  for (const key of fitting) {
    try {
      // Only the public half: a key set that holds more is somebody else's accident.
      const { kty: type, n, e, crv, x, y } = key as Record<string, string>
      const imported = await importJWK({ kty: type, n, e, crv, x, y }, alg)
      usable = true
      await compactVerify(token, imported, { algorithms: [alg] })
      return { result: 'valid', ...(kid !== undefined && { kid }) }
    } catch {
      // The next key may be the one, where the token names none.
    }
  }
  if (!usable) return { result: 'not-checked', why: 'The key in the set cannot be read.' }
  return { result: 'does-not-fit', ...(kid !== undefined && { kid }) }
}

function ktyOf(alg: string): 'RSA' | 'EC' | undefined {
  if (/^[RP]S(?:256|384|512)$/.test(alg)) return 'RSA'
  return /^ES(?:256|384|512)$/.test(alg) ? 'EC' : undefined
}
