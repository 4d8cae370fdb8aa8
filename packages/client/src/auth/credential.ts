// How may a program say who it is? Plain data, told apart by its members.
import type { KeyObject } from 'node:crypto'
import type { CryptoKey, JWK } from 'jose'

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
  /** The id of a custom authorization server, `default` for instance. Absent: the org itself, which alone mints `okta.` scopes. */
  server?: string
}

interface KeyProof {
  /** PEM (PKCS #8, PKCS #1 or SEC 1), a JSON Web Key as object or JSON, or a key object. */
  privateKey: string | JWK | KeyObject | CryptoKey
  /** The `kid` under which the app knows the public half. Default: that of the JSON Web Key. */
  keyId?: string
}

/** A service app that signs its requests for tokens. */
export interface ClientKey extends OAuthClient, KeyProof {
  scopes: readonly string[] | string
}

/** A service app that sends its secret. */
export interface ClientSecret extends OAuthClient {
  clientSecret: string
  scopes: readonly string[] | string
}

/** What a refresh brought. */
export interface RefreshedTokens {
  /** The one to keep; with rotation the one before is dead from now on. */
  refreshToken: string
}

/** A user's sign-in that is carried on. */
export type RefreshToken = OAuthClient & {
  refreshToken: string
  /** Keeps the new refresh token. It is awaited before the new access token is used. */
  onTokens: (tokens: RefreshedTokens) => void | Promise<void>
  /** Fewer scopes than were granted. */
  scopes?: readonly string[] | string
} & (KeyProof | { clientSecret: string } | { clientSecret?: undefined; privateKey?: undefined })

/** One of them. */
export type Credential = ApiToken | BearerToken | ClientKey | ClientSecret | RefreshToken
