// How may a program say who it is? Plain data, told apart by its members, and looked at before the first call: a
// variable of the environment that is not set must not go out as `SSWS undefined`.
import type { CryptoKey, JWK, KeyObject } from 'jose'

/** An API token of the org; sent as `SSWS`. */
export interface ApiToken {
  token: string
}

/** An access token that somebody else keeps fresh. */
export interface BearerToken {
  bearer: string
}

interface OAuthClient {
  clientId: string
  /** Id of a custom authorization server, such as `default`. Absent: the org itself, which alone gives `okta.` scopes. */
  server?: string
}

interface KeyProof {
  /** PEM (PKCS #8, PKCS #1, SEC 1), a JSON Web Key as object or as JSON, or a key object. */
  privateKey: string | JWK | KeyObject | CryptoKey
  /** The `kid` under which the app knows the public half. Default: that of the JSON Web Key. */
  keyId?: string
}

/** A service app that signs its token requests (`private_key_jwt`). */
export interface ClientKey extends OAuthClient, KeyProof {
  scopes: readonly string[] | string
}

/** A service app that sends its secret (`client_secret_basic`). */
export interface ClientSecret extends OAuthClient {
  clientSecret: string
  scopes: readonly string[] | string
}

/** What a refresh brought. */
export interface RefreshedTokens {
  /** The one to keep. The one before is used up. */
  refreshToken: string
  accessToken: string
  /** Present when `openid` was among the scopes. */
  idToken?: string
  /** What was granted, separated by blanks. */
  scope?: string
}

/** A user's sign-in that is carried on. */
export interface RefreshToken extends OAuthClient, Partial<KeyProof> {
  refreshToken: string
  /**
   * Keeps a new refresh token. Awaited before the new access token is used; when it fails, calls fail until it
   * succeeds with the same tokens, because a program that ends meanwhile would have lost the sign-in.
   */
  onTokens: (tokens: RefreshedTokens) => void | Promise<void>
  /** How the app proves itself, unless it is a public one: this or `privateKey`. */
  clientSecret?: string
  /** Fewer scopes than were granted. */
  scopes?: readonly string[] | string
}

/** How calls are authorized. */
export type Credential = ApiToken | BearerToken | ClientKey | ClientSecret | RefreshToken

/** A credential that was looked at. */
export type CheckedCredential = { header: string } | OAuthCredential

/** One that access tokens are fetched with. */
export interface OAuthCredential {
  clientId: string
  /** Separated by blanks; empty when none were named. */
  scope: string
  server?: string
  clientSecret?: string
  privateKey?: KeyProof['privateKey']
  keyId?: string
  refreshToken?: string
  onTokens?: RefreshToken['onTokens']
}

/** Looks at a credential. Throws a TypeError that names the member and never its value. */
export function checkCredential(given: Credential): CheckedCredential {
  const auth = { ...given } as Record<string, unknown>
  const ways = ['token', 'bearer', 'clientId'].filter((name) => name in auth)
  if (ways.length !== 1) {
    const found = ways.length === 0 ? 'none of them' : ways.map((name) => `\`${name}\``).join(' and ')
    throw new TypeError(
      `\`auth\` has ${found}: give an API token as \`token\`, an access token as \`bearer\`, or the client with \`clientId\`.`,
    )
  }
  if (ways[0] !== 'clientId') {
    const scheme = ways[0] === 'token' ? 'SSWS' : 'Bearer'
    return { header: `${scheme} ${tokenIn(auth, ways[0]!)}` }
  }
  return checkClient(auth)
}

function checkClient(auth: Record<string, unknown>): OAuthCredential {
  const isRefresh = 'refreshToken' in auth
  const checked: OAuthCredential = { clientId: textIn(auth, 'clientId'), scope: scopeIn(auth.scopes) }
  if (auth.server !== undefined) {
    checked.server = textIn(auth, 'server')
    if (/[/:?#]/.test(checked.server)) {
      throw new TypeError('`auth.server` is the id of the authorization server, such as `default`, and not its URL.')
    }
  }
  if (auth.clientSecret !== undefined && auth.privateKey !== undefined) {
    throw new TypeError('`auth` has `clientSecret` and `privateKey`: give the one that the app is set to.')
  }
  if ('clientSecret' in auth && (!isRefresh || auth.clientSecret !== undefined)) {
    checked.clientSecret = textIn(auth, 'clientSecret')
  } else if ('privateKey' in auth && (!isRefresh || auth.privateKey !== undefined)) {
    const { privateKey } = auth
    if (typeof privateKey !== 'object' || privateKey === null) textIn(auth, 'privateKey')
    checked.privateKey = privateKey as KeyProof['privateKey']
    if (auth.keyId !== undefined) checked.keyId = textIn(auth, 'keyId')
  } else if (!isRefresh) {
    throw new TypeError('`auth` has a `clientId` alone: give `privateKey`, `clientSecret` or `refreshToken` as well.')
  }
  if (isRefresh) {
    checked.refreshToken = tokenIn(auth, 'refreshToken')
    if (typeof auth.onTokens !== 'function') {
      throw new TypeError(
        '`auth.onTokens` must be a function that keeps the new refresh token: with rotation, each one works once.',
      )
    }
    checked.onTokens = auth.onTokens as RefreshToken['onTokens']
  } else if (checked.scope === '') {
    throw new TypeError('`auth.scopes` is empty: name the scopes that the calls need, such as `okta.users.read`.')
  }
  return checked
}

function textIn(auth: Record<string, unknown>, name: string): string {
  const value = auth[name]
  if (typeof value === 'string' && value.trim() !== '') return value.trim()
  const found = typeof value === 'string' ? 'empty' : value === null ? 'null' : typeof value
  throw new TypeError(`\`auth.${name}\` is ${found}: see whether the variable it comes from is set.`)
}

// fetch quotes a header that it cannot send in its error, so it is refused here, without quoting it.
function tokenIn(auth: Record<string, unknown>, name: string): string {
  const value = textIn(auth, name)
  if (isSendable(value)) return value
  throw new TypeError(
    `\`auth.${name}\` holds blanks, line breaks or characters that no token has: give the token alone, without a word such as SSWS or Bearer before it.`,
  )
}

/** Whether it can stand in a header as a token. */
export function isSendable(token: string): boolean {
  return /^[\x21-\x7e]+$/.test(token)
}

function scopeIn(scopes: unknown): string {
  if (scopes === undefined) return ''
  const list: unknown = typeof scopes === 'string' ? scopes.split(/\s+/) : scopes
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string')) {
    throw new TypeError('`auth.scopes` must be a list of scopes, or a text with blanks between them.')
  }
  return list.filter((one) => one !== '').join(' ')
}
