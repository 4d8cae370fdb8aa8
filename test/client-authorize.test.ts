// Does the client get, keep and renew its tokens against an org that checks every one of them?
import { generateKeyPairSync } from 'node:crypto'
import { createOrg, type RunningOrg } from '@errorg/server'
import { SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Credential, RefreshedTokens } from '../packages/client/src/auth/credential.ts'
import type { TokenError } from '../packages/client/src/errors.ts'
import { authorize } from '../packages/client/src/layers/authorize.ts'

const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = (pair: typeof key) => pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const CALLBACK = 'https://app.example.com/callback'
const VERIFIER = 'a-code-verifier-of-at-least-forty-three-characters'
const login = 'ada@client.test'
const password = 'Correct-Horse-9'

let org: RunningOrg
const appOf = (label: string) => org.seeded.apps.find((app) => app.label === label)!

beforeAll(async () => {
  org = await createOrg({
    passwordCost: 2,
    seed: {
      users: [{ login, firstName: 'Ada', lastName: 'Byron', password }],
      apps: [
        {
          label: 'Nightly',
          type: 'service',
          jwks: {
            keys: [
              { ...key.publicKey.export({ format: 'jwk' }), kid: 'rsa' },
              { ...other.publicKey.export({ format: 'jwk' }), kid: 'ec' },
            ],
          },
          grants: ['okta.users.read'],
          roles: ['READ_ONLY_ADMIN'],
        },
        { label: 'Orders', type: 'service' },
        { label: 'Board', type: 'browser', redirectUris: [CALLBACK], groups: ['Everyone'] },
      ],
      authorizationServers: [{ name: 'default', scopes: [{ name: 'orders.read' }] }],
    },
  })
})

/** The org through the layer, and what went over the wire. */
function clientOf(auth: Credential) {
  const asked: string[] = []
  const sent: string[] = []
  const call = authorize({ orgUrl: org.url, auth, coolDownMs: 0 })(async (input, init) => {
    const request = new Request(input, init)
    const path = new URL(request.url).pathname
    if (path.endsWith('/token')) asked.push(path)
    else sent.push(request.headers.get('authorization') ?? '')
    return org.fetch(request)
  })
  return { asked, sent, call: (path: string, init?: RequestInit) => call(`${org.url}${path}`, init) }
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('it did not fail'),
    (error: TokenError) => error,
  )

async function post(path: string, form: Record<string, string>, authorization?: string) {
  const response = await org.fetch(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(authorization !== undefined && { authorization }),
    },
    body: new URLSearchParams(form).toString(),
  })
  const text = await response.text()
  return { status: response.status, json: text === '' ? {} : JSON.parse(text) }
}

test('an API token is accepted', async () => {
  const { call } = clientOf({ token: org.token })
  expect((await call('/api/v1/users')).status).toBe(200)
})

describe('private_key_jwt', () => {
  const auth = (more: object = {}) => ({
    ...{ clientId: appOf('Nightly').clientId, privateKey: pem(key), keyId: 'rsa', scopes: ['okta.users.read'] },
    ...more,
  })

  test('serves 32 callers with one token', async () => {
    const { call, asked, sent } = clientOf(auth())
    const responses = await Promise.all(Array.from({ length: 32 }, () => call('/api/v1/users?limit=1')))
    expect(responses.map(({ status }) => status)).toEqual(Array(32).fill(200))
    expect(asked).toEqual(['/oauth2/v1/token'])
    expect(new Set(sent).size).toBe(1)
  })

  test('takes an elliptic key as a JSON Web Key', async () => {
    const { call } = clientOf(
      auth({ privateKey: { ...other.privateKey.export({ format: 'jwk' }), kid: 'ec' }, keyId: undefined }),
    )
    expect((await call('/api/v1/users')).status).toBe(200)
  })

  test('a token that was revoked is renewed once for a herd', async () => {
    const { call, asked, sent } = clientOf(
      auth({ privateKey: { ...other.privateKey.export({ format: 'jwk' }), kid: 'ec' }, keyId: undefined }),
    )
    await call('/api/v1/users')
    const token = sent[0]!.slice('Bearer '.length)
    const clientId = appOf('Nightly').clientId
    const now = Math.floor(org.clock.now() / 1000)
    const assertion = await new SignJWT({
      iss: clientId,
      sub: clientId,
      aud: `${org.url}/oauth2/v1/revoke`,
      exp: now + 60,
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'rsa' })
      .sign(key.privateKey)
    const revoked = await post('/oauth2/v1/revoke', {
      token,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    })
    expect(revoked.status).toBe(200)
    const responses = await Promise.all(Array.from({ length: 8 }, () => call('/api/v1/users?limit=1')))
    expect(responses.map(({ status }) => status)).toEqual(Array(8).fill(200))
    expect(asked).toHaveLength(2)
    expect(new Set(sent).size).toBe(2)
  })

  test('a token that has ended at the org is renewed, and a POST body sent again', async () => {
    const { call, asked } = clientOf(auth({ scopes: ['okta.users.read', 'okta.users.manage'] }))
    expect((await call('/api/v1/users')).status).toBe(200)
    const id = await org.snapshot()
    try {
      await org.clock.advance(3_700)
      const response = await call('/api/v1/users', { method: 'POST', body: '{}' })
      // The scope of the write was not granted: this answer is of the second token.
      expect(response.status).toBe(403)
      // The org's clock went an hour ahead in a moment. The second assertion had ended there before it came; the refusal
      // told the time, and the third was right.
      expect(asked).toHaveLength(3)
    } finally {
      await org.restore(id)
    }
  })

  test.each<[string, () => Credential, Partial<TokenError>, RegExp]>([
    [
      'an unknown kid',
      () => auth({ keyId: 'nobody' }),
      { status: 401, error: 'invalid_client' },
      /kid is invalid\. See that the app/,
    ],
    ['the wrong key', () => auth({ keyId: 'ec' }), { status: 401, error: 'invalid_client' }, /signature is invalid/],
    ['an unknown client', () => auth({ clientId: 'nobody' }), { error: 'invalid_client' }, /client_id/],
    [
      'a scope that was not granted',
      () => auth({ scopes: 'okta.groups.read' }),
      { status: 400 },
      /Grant the scopes to the app/,
    ],
  ])('%s is told by the token endpoint itself', async (_title, credential, facts, says) => {
    const { call, sent } = clientOf(credential())
    const error = await failure(call('/api/v1/users'))
    expect(error).toMatchObject({ name: 'TokenError', ...facts })
    expect(error.message).toMatch(says)
    expect(sent).toEqual([])
  })
})

describe('a client secret', () => {
  const auth = (more: object = {}) => {
    const { clientId, clientSecret } = appOf('Orders')
    return { ...{ clientId, clientSecret: clientSecret!, server: 'default', scopes: ['orders.read'] }, ...more }
  }

  test('gets a token of the custom server', async () => {
    const { call, asked, sent } = clientOf(auth())
    const response = await call('/oauth2/default/v1/userinfo')
    expect(asked[0]).toBe('/oauth2/default/v1/token')
    expect(sent[0]).toMatch(/^Bearer eyJ/)
    expect(response.status).not.toBe(200)
    const { clientId, clientSecret } = appOf('Orders')
    const read = await post(
      '/oauth2/default/v1/introspect',
      { token: sent[0]!.slice(7) },
      `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
    )
    expect(read.json).toMatchObject({ active: true, scope: 'orders.read', client_id: clientId })
  })

  test('at /api/v1 a token of the custom server is refused: twice asked, not for ever', async () => {
    const { call, asked } = clientOf(auth())
    for (let n = 0; n < 5; n++) expect((await call('/api/v1/users')).status).toBe(401)
    expect(asked.length).toBeLessThanOrEqual(2)
  })

  test.each<[string, () => Credential, Partial<TokenError>, RegExp]>([
    [
      'a wrong one',
      () => auth({ clientSecret: 'not-the-secret' }),
      { status: 401, error: 'invalid_client' },
      /Compare client id and secret/,
    ],
    [
      'an unknown scope',
      () => auth({ scopes: 'orders.write' }),
      { status: 400, error: 'invalid_scope' },
      /spelt as there/,
    ],
    [
      'a scope of the org',
      () => auth({ scopes: 'okta.users.read' }),
      { status: 400, error: 'invalid_scope' },
      /leave `auth\.server` out/,
    ],
    ['an unknown server', () => auth({ server: 'ausNOBODY' }), { status: 404 }, /authorization server|ausNOBODY/],
    ['the org server', () => auth({ server: undefined }), {}, /private_key_jwt/],
  ])('%s is told by the token endpoint itself', async (_title, credential, facts, says) => {
    const { call } = clientOf(credential())
    const error = await failure(call('/api/v1/users'))
    expect(error).toMatchObject({ name: 'TokenError', ...facts })
    expect(error.message).toMatch(says)
    expect(error.message).not.toContain('not-the-secret')
  })
})

describe('a refresh token', () => {
  async function signIn() {
    const { clientId } = appOf('Board')
    const { sessionToken } = await org.signIn(login, password)
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(VERIFIER))
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: 'openid profile offline_access',
      state: 's',
      code_challenge: Buffer.from(hash).toString('base64url'),
      code_challenge_method: 'S256',
      sessionToken: sessionToken!,
    })
    const redirect = await org.fetch(`/oauth2/v1/authorize?${query}`, { redirect: 'manual' })
    const code = new URL(redirect.headers.get('location')!).searchParams.get('code')!
    const grant = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER }
    const { json } = await post('/oauth2/v1/token', { ...grant, client_id: clientId })
    return { clientId, refreshToken: json.refresh_token as string }
  }

  test('is rotated, and the one to keep is handed over before its access token is used', async () => {
    const { clientId, refreshToken } = await signIn()
    const kept: RefreshedTokens[] = []
    const client = clientOf({
      ...{ clientId, refreshToken },
      onTokens: (tokens) => {
        expect(client.sent).not.toContain(`Bearer ${tokens.accessToken}`)
        kept.push(tokens)
      },
    })
    expect((await client.call('/oauth2/v1/userinfo')).status).toBe(200)
    await org.clock.advance(3_700)
    expect((await client.call('/oauth2/v1/userinfo')).status).toBe(200)
    expect(new Set([refreshToken, ...kept.map((one) => one.refreshToken)]).size).toBe(3)
    expect(kept[0]!.idToken).toMatch(/^eyJ/)
    expect(client.sent.at(-1)).toBe(`Bearer ${kept.at(-1)!.accessToken}`)
  })

  test('that somebody else used as well ends the sign-in, and says so', async () => {
    const { clientId, refreshToken } = await signIn()
    const client = clientOf({ clientId, refreshToken, onTokens: () => undefined })
    expect((await client.call('/oauth2/v1/userinfo')).status).toBe(200)
    await org.clock.advance(60)
    const thief = await post('/oauth2/v1/token', {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
    })
    expect(thief).toMatchObject({ status: 400, json: { error: 'invalid_grant' } })
    const error = await failure(client.call('/oauth2/v1/userinfo'))
    expect(error).toMatchObject({ name: 'TokenError', status: 400, error: 'invalid_grant' })
    expect(error.message).toContain('the user has to sign in again')
    expect(client.asked).toHaveLength(2)
  })
})

test('a token endpoint that answers garbage is named, and the next call works', async () => {
  const { clientId } = appOf('Nightly')
  const { call, sent } = clientOf({ clientId, privateKey: pem(key), keyId: 'rsa', scopes: 'okta.users.read' })
  org.faults.add({ match: { path: '/oauth2/v1/token' }, body: 'html', times: 1 })
  expect((await failure(call('/api/v1/users'))).message).toMatch(/an HTML page/)
  org.faults.add({ match: { path: '/oauth2/v1/token' }, line: 'reset', times: 1 })
  expect((await failure(call('/api/v1/users'))).message).toMatch(/gave no answer/)
  org.faults.add({ match: { path: '/oauth2/v1/token' }, skewSeconds: 7_200, times: 1 })
  expect((await call('/api/v1/users')).status).toBe(200)
  expect(sent).toHaveLength(1)
})
