// What does this token say, in words? A line for each claim that people look at, with dates that can be read.
import { redactText } from '@errorg/errors/wire'
import { serverInWords, serverOfIssuer } from './issuing-server.ts'
import { momentInWords, secondsOf } from './moment.ts'
import { type Decoded, isOrgAccessToken, typeOfToken } from './token-type.ts'

/** One member of the header or the payload. */
export interface ClaimInWords {
  /** `header.kid`, `payload.exp` */
  place: string
  value: string
  /** What it means; empty where the value speaks for itself. */
  says: string
}

/** A token as a person reads it. */
export interface TokenInWords {
  type: 'access' | 'id' | 'unknown'
  /** What it is, in a sentence. */
  says: string
  claims: readonly ClaimInWords[]
}

const MOST_CLAIMS = 40
const MOST_VALUE = 300

/** The claims that a verifier looks at, in the order in which it does. */
const ORDER =
  'iss aud exp iat nbf auth_time scp scope cid client_id sub uid preferred_username email name groups nonce jti'.split(
    ' ',
  )

/** Puts a decoded token into words. Nothing of the token itself and of its signature is in them. */
export function claimsInWords(token: Decoded, nowMs: number): TokenInWords {
  const { type } = typeOfToken(token)
  const server = serverOfIssuer(token.payload.iss)
  const what = type === 'access' ? 'An access token' : type === 'id' ? 'An ID token' : 'A token'
  const of = server ? ` of ${serverInWords(server)}` : ''
  const limit = isOrgAccessToken(token) ? ' Only Okta can verify it; ask `/oauth2/v1/introspect`.' : ''
  const header = ['alg', 'kid', 'typ'].flatMap((name) => line('header', name, token.header[name], token, nowMs))
  const names = [...ORDER, ...Object.keys(token.payload).filter((name) => !ORDER.includes(name))]
  const payload = names
    .slice(0, MOST_CLAIMS)
    .flatMap((name) => line('payload', name, own(token.payload, name), token, nowMs))
  return { type, says: `${what}${of}.${limit}`, claims: [...header, ...payload] }
}

/** A value as it may be quoted: on one line, secrets hidden, not too long. */
export function quoteClaim(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  const safe = redactText(text.slice(0, 4_000)).replace(/[\s\p{Cc}]+/gu, ' ')
  return safe.length > MOST_VALUE ? `${safe.slice(0, MOST_VALUE)}…` : safe
}

function line(part: 'header' | 'payload', name: string, value: unknown, token: Decoded, nowMs: number): ClaimInWords[] {
  if (value === undefined) return []
  const shown = Array.isArray(value) && value.every((item) => typeof item === 'string') ? value.join(' ') : value
  return [
    {
      place: redactText(`${part}.${name}`).slice(0, 100),
      value: quoteClaim(shown),
      says: meaning(part, name, value, token, nowMs),
    },
  ]
}

function meaning(part: 'header' | 'payload', name: string, value: unknown, token: Decoded, nowMs: number): string {
  if (part === 'header') return name === 'kid' ? 'the key that signed it' : ''
  const seconds = secondsOf(value)
  switch (name) {
    case 'exp':
      return seconds === undefined ? '' : `valid until ${momentInWords(seconds, nowMs)}`
    case 'iat':
      return seconds === undefined ? '' : `issued ${momentInWords(seconds, nowMs)}`
    case 'nbf':
      return seconds === undefined ? '' : `not valid before ${momentInWords(seconds, nowMs)}`
    case 'auth_time':
      return seconds === undefined ? '' : `the user signed in ${momentInWords(seconds, nowMs)}`
    case 'iss': {
      const server = serverOfIssuer(value)
      return server ? serverInWords(server) : ''
    }
    case 'aud':
      return typeOfToken(token).type === 'id' ? 'the client it was made for' : 'who is to accept it'
    case 'scp':
    case 'scope':
      return 'the scopes it carries'
    case 'cid':
    case 'client_id':
      return 'the client it was issued to'
    case 'uid':
      return 'the id of the user'
    case 'sub':
      return token.payload.cid !== undefined && token.payload.sub === token.payload.cid
        ? 'the client itself: there is no user'
        : 'whom it speaks of'
    default:
      return ''
  }
}

function own(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
