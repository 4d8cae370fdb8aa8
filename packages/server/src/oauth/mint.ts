// What do access and ID tokens say, and how are they signed? RS256 by Node's own crypto with a key object that is
// parsed once: that costs half as much as a library that takes keys apart each time.
import { hash, type KeyObject, sign } from 'node:crypto'
import type { Org } from '../org.ts'
import { customClaims, type TokenParties } from './claims.ts'
import { activeKey } from './keys.ts'
import { profileClaims } from './profile-claims.ts'

/** What a token is made from. */
export interface Grant extends TokenParties {
  accessTokenMinutes: number
  /** The refresh family that the token belongs to, with which it dies. */
  familyId?: string
  /** When and how the user signed in. */
  authTimeSeconds?: number
  amr?: readonly string[]
  nonce?: string | null
}

/** A signed access token. */
export interface MintedAccessToken {
  value: string
  jti: string
  expiresInSeconds: number
}

/** Signs claims. */
export function signToken(key: { kid: string; key: KeyObject }, claims: object, typ?: string): string {
  const header = typ === undefined ? { kid: key.kid, alg: 'RS256' } : { kid: key.kid, typ, alg: 'RS256' }
  const text = `${encode(header)}.${encode(claims)}`
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key.key).toString('base64url')}`
}

/** Makes an access token. */
export async function mintAccessToken(org: Org, grant: Grant, now: number): Promise<MintedAccessToken> {
  const { server, app, user } = grant
  const clientId = app.value.oauth!.clientId
  const issuedAt = Math.floor(now / 1000)
  const expiresInSeconds = grant.accessTokenMinutes * 60
  // The family stands in the id behind a dot (reported), so that all tokens of a family can be refused at once.
  const jti = `AT.${secretOf(org)}${grant.familyId === undefined ? '' : `.${grant.familyId}`}`
  const own = await customClaims(org, grant, 'access')
  const claims = {
    ver: 1,
    jti,
    iss: server.issuer,
    aud: server.audience,
    sub: user ? String(user.value.profile.login) : clientId,
    iat: issuedAt,
    exp: issuedAt + expiresInSeconds,
    cid: clientId,
    ...(user && { uid: user.id }),
    scp: grant.scopes,
    ...(grant.authTimeSeconds !== undefined && { auth_time: grant.authTimeSeconds }),
    ...own,
  }
  const key = await activeKey(org, server.id, 'access')
  // Recorded: the org's own server marks its access tokens as not meant for others.
  const typ = server.isOrg ? 'application/okta-internal-at+jwt' : undefined
  return { value: signToken(key, claims, typ), jti, expiresInSeconds }
}

/** Makes an ID token; with the access token or code that it goes with, it names their hashes. */
export async function mintIdToken(
  org: Org,
  grant: Grant,
  now: number,
  beside: { accessToken?: string; code?: string } = {},
): Promise<string> {
  const { server, app, user, scopes } = grant
  const issuedAt = Math.floor(now / 1000)
  const alone = beside.accessToken === undefined
  const claims = {
    sub: user!.id,
    ...profileClaims(user!, scopes, alone ? 'full' : 'thin'),
    ver: 1,
    iss: server.issuer,
    aud: app.value.oauth!.clientId,
    iat: issuedAt,
    exp: issuedAt + server.lifetimes.idTokenMinutes * 60,
    jti: `ID.${secretOf(org)}`,
    amr: grant.amr ?? [],
    idp: org.fixed.orgId,
    ...(grant.nonce && { nonce: grant.nonce }),
    ...(grant.authTimeSeconds !== undefined && { auth_time: grant.authTimeSeconds }),
    ...(beside.accessToken !== undefined && { at_hash: halfHash(beside.accessToken) }),
    ...(beside.code !== undefined && { c_hash: halfHash(beside.code) }),
    ...(await customClaims(org, grant, alone ? 'id-alone' : 'id')),
  }
  return signToken(await activeKey(org, server.id, 'id'), claims)
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const secretOf = (org: Org): string => Buffer.from(org.random(32)).toString('base64url')

// OpenID Connect Core, section 3.1.3.6: the left half of the hash.
function halfHash(value: string): string {
  return hash('sha256', value, 'buffer').subarray(0, 16).toString('base64url')
}
