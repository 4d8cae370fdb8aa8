// What do access and ID tokens say, and how are they signed? RS256 by Node's own crypto with a key object that is
// parsed once: that costs half as much as a library that takes keys apart each time.
import { hash, type KeyObject, sign } from 'node:crypto'
import type { Draft } from '../hooks/patch-claims.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { RuleHook } from './access.ts'
import { customClaims, type TokenParties } from './claims.ts'
import type { Seen } from './events.ts'
import { activeKey } from './keys.ts'
import { profileClaims } from './profile-claims.ts'
import { askTokenHook } from './token-hook.ts'

/** What a token is made from. */
export interface Grant extends TokenParties {
  accessTokenMinutes: number
  /** The refresh family that the token belongs to, with which it dies. */
  familyId?: string
  /** When and how the user signed in. */
  authTimeSeconds?: number
  amr?: readonly string[]
  nonce?: string | null
  /** The inline hook of the access rule, which has a say in the tokens. */
  hook?: RuleHook
}

/** A signed access token. */
export interface MintedAccessToken {
  value: string
  jti: string
  expiresInSeconds: number
}

/** Which tokens are wanted; with the code that an ID token goes with it names its hash. */
export interface Wanted {
  access: boolean
  id: boolean
  code?: string
}

/** Signs claims. */
export function signToken(key: { kid: string; key: KeyObject }, claims: object, typ?: string): string {
  const header = typ === undefined ? { kid: key.kid, alg: 'RS256' } : { kid: key.kid, typ, alg: 'RS256' }
  const text = `${encode(header)}.${encode(claims)}`
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key.key).toString('base64url')}`
}

/** Makes tokens: their claims, what the hook of the rule makes of them, and the signatures. */
export async function mintTokens(
  org: Org,
  x: Exchange,
  seen: Seen,
  grant: Grant,
  wanted: Wanted,
): Promise<{ access?: MintedAccessToken; idToken?: string }> {
  const { server } = grant
  let access = wanted.access ? await draftAccessToken(org, grant, x.now) : undefined
  let identity = wanted.id ? await draftIdToken(org, grant, x.now, !wanted.access) : undefined
  // A code alone says nothing yet: the hook is asked when it is redeemed.
  if (grant.hook && (access ?? identity))
    ({ access, identity } = await askTokenHook(org, x, seen, grant, grant.hook, { access, identity }))
  const issuedAt = Math.floor(x.now / 1000)
  const minted = access && {
    value: signToken(
      await activeKey(org, server.id, 'access'),
      { ...access.claims, exp: issuedAt + access.lifetimeSeconds },
      // Recorded: the org's own server marks its access tokens as not meant for others.
      server.isOrg ? 'application/okta-internal-at+jwt' : undefined,
    ),
    jti: String(access.claims.jti),
    expiresInSeconds: access.lifetimeSeconds,
  }
  const idToken =
    identity &&
    signToken(await activeKey(org, server.id, 'id'), {
      ...identity.claims,
      exp: issuedAt + identity.lifetimeSeconds,
      ...(minted && { at_hash: halfHash(minted.value) }),
      ...(wanted.code !== undefined && { c_hash: halfHash(wanted.code) }),
    })
  return { access: minted, idToken }
}

async function draftAccessToken(org: Org, grant: Grant, now: number): Promise<Draft> {
  const { server, app, user } = grant
  const clientId = app.value.oauth!.clientId
  const issuedAt = Math.floor(now / 1000)
  const lifetimeSeconds = grant.accessTokenMinutes * 60
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
    exp: issuedAt + lifetimeSeconds,
    cid: clientId,
    ...(user && { uid: user.id }),
    scp: grant.scopes,
    ...(grant.authTimeSeconds !== undefined && { auth_time: grant.authTimeSeconds }),
    ...own,
  }
  return { claims, lifetimeSeconds }
}

async function draftIdToken(org: Org, grant: Grant, now: number, alone: boolean): Promise<Draft> {
  const { server, app, user, scopes } = grant
  const issuedAt = Math.floor(now / 1000)
  const lifetimeSeconds = server.lifetimes.idTokenMinutes * 60
  const claims = {
    sub: user!.id,
    ...profileClaims(user!, scopes, alone ? 'full' : 'thin'),
    ver: 1,
    iss: server.issuer,
    aud: app.value.oauth!.clientId,
    iat: issuedAt,
    exp: issuedAt + lifetimeSeconds,
    jti: `ID.${secretOf(org)}`,
    amr: grant.amr ?? [],
    idp: org.fixed.orgId,
    ...(grant.nonce && { nonce: grant.nonce }),
    ...(grant.authTimeSeconds !== undefined && { auth_time: grant.authTimeSeconds }),
    ...(await customClaims(org, grant, alone ? 'id-alone' : 'id')),
  }
  return { claims, lifetimeSeconds }
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const secretOf = (org: Org): string => Buffer.from(org.random(32)).toString('base64url')

// OpenID Connect Core, section 3.1.3.6: the left half of the hash.
function halfHash(value: string): string {
  return hash('sha256', value, 'buffer').subarray(0, 16).toString('base64url')
}
