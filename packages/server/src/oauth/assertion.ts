// Has the client signed this assertion, for this call, and only now? RFC 7523 with Okta's limits and sentences.
import { createSecretKey, type KeyObject } from 'node:crypto'
import type { App, Jwk } from '../entities/app.ts'
import { activeKeys } from '../entities/find-app.ts'
import { usedAssertions } from '../entities/sign-in.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import { put, type Stored, VersionConflict } from '../state/state.ts'
import { parseJwt, type RawToken } from './access-token.ts'
import { refuse } from './errors.ts'
import { sweepLater } from './sweep.ts'

/** The only type of assertion that authenticates a client. */
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

// Documented: "at most one hour in the future".
const LONGEST_LIFE_SECONDS = 3_600

/** The client that an assertion speaks for by its own word. Nothing is proven yet. */
export function readAssertion(text: string): { clientId: string; token: RawToken } {
  const token = parseJwt(text)
  const { sub, iss } = token?.claims ?? {}
  if (!token || typeof sub !== 'string') return refuseAssertion('assertion-unreadable')
  if (iss !== sub) return refuseAssertion('assertion-issuer-wrong')
  return { clientId: sub, token }
}

/** Proves an assertion of this client, or refuses it. */
export async function checkAssertion(
  org: Org,
  x: Exchange,
  app: Stored<App>,
  text: string,
  token: RawToken,
  secrets: readonly string[],
): Promise<void> {
  const { authMethod } = app.value.oauth!
  if (authMethod === 'client_secret_jwt') await isSignedWithSecret(text, secrets)
  else await isSignedWithKey(org, app, text, token)
  const { aud, exp, iat, nbf, jti } = token.claims
  if (!([aud].flat() as unknown[]).some((one) => endpointsOf(org, x).includes(String(one)))) {
    refuseAssertion(
      'assertion-audience-wrong',
      'The audience claim for client_assertion must be the endpoint invoked for the request.',
    )
  }
  const now = x.now / 1000
  if (typeof exp !== 'number') return refuseAssertion('assertion-without-expiry')
  if (exp <= now) refuseAssertion('assertion-expired', 'The client_assertion token is expired.')
  if (exp > now + LONGEST_LIFE_SECONDS) {
    refuseAssertion('assertion-lives-too-long', 'The client_assertion token has an expiration too far into the future.')
  }
  // A second, because callers round.
  for (const from of [iat, nbf]) {
    if (from !== undefined && !(typeof from === 'number' && from <= now + 1))
      refuseAssertion('assertion-from-the-future')
  }
  if (jti !== undefined) await useOnce(org, x, `${app.value.oauth!.clientId}:${String(jti)}`, exp * 1000)
}

// The URL that was called, under the org's own address and under the one that the caller used.
function endpointsOf(org: Org, x: Exchange): string[] {
  const host = x.incoming.headers.host
  const urls = [`${org.baseUrl}${x.path}`]
  if (typeof host === 'string') urls.push(`http://${host}${x.path}`, `https://${host}${x.path}`)
  return urls
}

async function isSignedWithKey(org: Org, app: Stored<App>, text: string, token: RawToken): Promise<void> {
  const key = await verifies(text, keyOf(org, app, token), KEY_ALGORITHMS)
  if (!key) refuseAssertion('assertion-signature-wrong', 'The client_assertion signature is invalid.')
}

async function isSignedWithSecret(text: string, secrets: readonly string[]): Promise<void> {
  for (const secret of secrets) {
    if (await verifies(text, createSecretKey(Buffer.from(secret)), SECRET_ALGORITHMS)) return
  }
  refuseAssertion('assertion-signature-wrong', 'The client_assertion signature is invalid.')
}

const KEY_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512']
const SECRET_ALGORITHMS = ['HS256', 'HS384', 'HS512']

async function verifies(text: string, key: KeyObject, algorithms: string[]): Promise<boolean> {
  // Loading it takes longer than starting the org, and many orgs never see an assertion.
  const { compactVerify } = await import('jose')
  try {
    await compactVerify(text, key, { algorithms })
    return true
  } catch {
    return false
  }
}

function keyOf(org: Org, app: Stored<App>, token: RawToken): KeyObject {
  const client = app.value.oauth!
  const { kid } = token.header
  const active = activeKeys(client)
  const named = kid === undefined ? undefined : client.jwks.find((key) => key.kid === kid)
  const key = kid === undefined && active.length === 1 ? active[0] : named
  if (!key) return refuseAssertion('assertion-key-unknown', 'The client_assertion JWT kid is invalid.')
  const parsed = active.includes(key) ? parseKey(org, key) : undefined
  return parsed ?? refuseAssertion('assertion-signature-wrong', 'The client_assertion signature is invalid.')
}

function parseKey(org: Org, key: Jwk): KeyObject | undefined {
  const { kty, n, e, crv, x, y } = key
  const members = kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y }
  try {
    // Remembered under what it is made of: two clients may give their keys the same name.
    return org.keyring.publicKey(JSON.stringify(members), members)
  } catch {
    return undefined
  }
}

// The same request may be walked twice, when it lost a race for something else: its own mark does not count.
async function useOnce(org: Org, x: Exchange, id: string, expiresAt: number): Promise<void> {
  const used = await org.state.load(usedAssertions, id)
  if (used) {
    if (used.value.requestId === x.requestId) return
    if (used.value.expiresAt > x.now) refuseAssertion('assertion-used-twice')
  }
  try {
    // An id whose first assertion has ended may come again, and then it is used as well.
    await org.state.change([put(usedAssertions, id, { expiresAt, requestId: x.requestId }, used)])
    sweepLater(org, x.now)
  } catch (error) {
    // Another thing that changed in the meantime says nothing about the assertion.
    if (!(error instanceof VersionConflict && error.collection === usedAssertions.name)) throw error
    refuseAssertion('assertion-used-twice')
  }
}

// Where Okta's sentence is not known, its general one.
function refuseAssertion(
  cause: string,
  description = 'Client authentication failed. Either the client or the client credentials are invalid.',
): never {
  return refuse(401, 'invalid_client', description, cause, { reason: 'invalid_client_assertion' })
}
