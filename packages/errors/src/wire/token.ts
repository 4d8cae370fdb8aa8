// What is inside this token, and is it whole? Decodes without verifying: for looking, never for trusting.

/** What is wrong with the token's form. */
export type TokenProblem =
  /** Nothing was given. */
  | 'empty'
  /** It is an API token (`00` and 40 characters), not a JWT. */
  | 'api-token'
  /** A JWT has three parts with dots between them. */
  | 'not-three-parts'
  /** Five parts: encrypted, so that only its recipient can read it. */
  | 'encrypted'
  /** The end is missing. */
  | 'truncated'
  /** A blank or a line end stands inside. It is left out for decoding. */
  | 'blank-inside'
  /** A part has characters that base64url does not have. */
  | 'bad-base64'
  /** A part is no JSON object. */
  | 'bad-json'
  /** `alg` is `none` or the signature is empty. */
  | 'unsigned'

/** A token, decoded as far as possible. */
export interface DecodedToken {
  header?: Record<string, unknown>
  payload?: Record<string, unknown>
  /** The third part as it stands. */
  signature?: string
  problems: TokenProblem[]
}

/** Decodes a JWT. A scheme word before it, quotes and blanks around it do not matter. */
export function decodeToken(text: unknown): DecodedToken {
  const problems = new Set<TokenProblem>()
  let token = (typeof text === 'string' ? text : '').trim().replace(/^["'`]|["'`]$/g, '')
  token = token.replace(/^(?:Bearer|DPoP|SSWS)[ \t]+/i, '').trim()
  if (token === '') return { problems: ['empty'] }
  if (looksLikeApiToken(token)) return { problems: ['api-token'] }
  if (/\s/.test(token)) {
    problems.add('blank-inside')
    token = token.replace(/\s+/g, '')
  }
  const parts = token.split('.')
  const decoded: Omit<DecodedToken, 'problems'> = {}
  if (parts.length !== 3) problems.add(parts.length === 5 ? 'encrypted' : 'not-three-parts')
  const header = readPart(parts[0] ?? '')
  if ('value' in header) decoded.header = header.value
  else problems.add(header.problem)
  if (parts.length !== 5 && parts[1] !== undefined) {
    const payload = readPart(parts[1])
    if ('value' in payload) decoded.payload = payload.value
    else problems.add(payload.problem)
  }
  if (parts.length === 3) {
    decoded.signature = parts[2]!
    if (decoded.signature === '' || decoded.header?.alg === 'none') problems.add('unsigned')
    else if (!/^[A-Za-z0-9_-]+$/.test(decoded.signature)) problems.add('bad-base64')
  }
  // A cut token begins well and then ends: in the second part, or in a signature that is too short for its alg.
  if (decoded.header !== undefined) {
    if (parts.length < 3) problems.add('truncated')
    if (parts.length === 3 && isShort(decoded.signature ?? '', decoded.header.alg)) problems.add('truncated')
  }
  return { ...decoded, problems: [...problems] }
}

/** Whether this has the form of an API token: `00` and 40 more characters. */
export function looksLikeApiToken(text: unknown): boolean {
  return typeof text === 'string' && /^00[A-Za-z0-9_-]{40}$/.test(text)
}

/** Whether this begins like a JWT: base64url of a JSON object. */
export function looksLikeJwt(text: unknown): boolean {
  return typeof text === 'string' && /^eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\./.test(text)
}

function readPart(part: string): { value: Record<string, unknown> } | { problem: TokenProblem } {
  // Some encoders pad or use the older alphabet. A verifier refuses that, so it is a problem, not a detail.
  if (!/^[A-Za-z0-9_-]*$/.test(part) || part.length % 4 === 1) return { problem: 'bad-base64' }
  try {
    const binary = atob(part.replace(/-/g, '+').replace(/_/g, '/'))
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { value: value as Record<string, unknown> }
    }
  } catch {
    return { problem: 'bad-json' }
  }
  return { problem: 'bad-json' }
}

// The shortest signature that each algorithm makes, in base64url characters: RSA with 2,048 bits has 256 bytes.
const shortestSignature: Readonly<Record<string, number>> = {
  RS256: 342,
  RS384: 342,
  RS512: 342,
  PS256: 342,
  PS384: 342,
  PS512: 342,
  ES256: 86,
  ES384: 128,
  ES512: 176,
  HS256: 43,
  HS384: 64,
  HS512: 86,
}

function isShort(signature: string, alg: unknown): boolean {
  const least = typeof alg === 'string' && Object.hasOwn(shortestSignature, alg) ? shortestSignature[alg] : undefined
  return least !== undefined && signature !== '' && signature.length < least
}
