import { createHash, createPublicKey, verify } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { apps, clientSecrets } from '../entities/app.ts'
import { serverPolicies, serverRules, serverScopes } from '../entities/auth-server.ts'
import { users } from '../entities/user.ts'
import { put } from '../state/state.ts'
import { assertion, basic, CALLBACK, claimsOf, clientJwk, type OAuthOrg, oauthOrg, type TestClient } from './testing.ts'

let t: OAuthOrg

beforeEach(async () => {
  t = await oauthOrg()
})

const ORG = '/oauth2/v1/token'
const DEFAULT = '/oauth2/default/v1/token'

async function addScope(name: string, more: object = {}) {
  await t.org.state.change([
    put(serverScopes, t.org.ids.next('scp'), {
      serverId: 'default',
      name,
      displayName: name,
      description: null,
      consent: 'IMPLICIT',
      default: false,
      metadataPublish: 'ALL_CLIENTS',
      optional: false,
      system: false,
      ...more,
    }),
  ])
}

const service = () => t.addClient({ applicationType: 'service', grantTypes: ['client_credentials'] })
const keyed = () =>
  t.addClient({
    applicationType: 'service',
    grantTypes: ['client_credentials'],
    authMethod: 'private_key_jwt',
    jwks: [clientJwk],
  })

const error = (error: string, error_description: string) => ({ error, error_description })

describe('the client', () => {
  const ask = { grant_type: 'client_credentials', scope: 'api.read' }
  let client: TestClient
  beforeEach(async () => {
    await addScope('api.read')
    client = await service()
  })

  it('shows its secret in the header or in the form', async () => {
    expect((await t.post(DEFAULT, ask, basic(client))).status).toBe(200)
    const inForm = { ...ask, client_id: client.clientId, client_secret: client.secret }
    expect((await t.post(DEFAULT, inForm)).status).toBe(200)
  })

  it('is asked for credentials when it shows none', async () => {
    for (const form of [ask, { ...ask, client_id: client.clientId }]) {
      const answer = await t.post(DEFAULT, form)
      expect([answer.status, answer.json]).toEqual([401, error('invalid_client', 'No client credentials found.')])
      expect(t.lastCause()).toBe('invalid_client/no-client-credentials')
    }
    expect(t.events(1)).toEqual(['app.oauth2.as.token.grant FAILURE missing_client_credentials'])
  })

  it('is refused with a wrong secret, and told that Basic counts where it used it', async () => {
    const answer = await t.post(DEFAULT, ask, basic({ ...client, secret: 'no' }))
    expect([answer.status, answer.json]).toEqual([
      401,
      error('invalid_client', 'The client secret supplied for a confidential client is invalid.'),
    ])
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Okta"')
    expect(answer.headers.get('cache-control')).toBe('no-cache, no-store')
    expect(t.lastCause()).toBe('invalid_client/client-secret-wrong')
    expect(t.events(1)).toEqual(['app.oauth2.as.token.grant FAILURE invalid_client_secret'])
  })

  it('is refused with a secret that was switched off', async () => {
    const [row] = await t.org.state.find(clientSecrets, 'app', client.clientId)
    await t.org.state.change([put(clientSecrets, row!.id, { ...row!.value, status: 'INACTIVE' }, row)])
    expect((await t.post(DEFAULT, ask, basic(client))).status).toBe(401)
  })

  it('is unknown in the envelope of the API, and an inactive one looks the same', async () => {
    for (const [clientId, cause] of [
      ['nope', 'client-id-unknown'],
      [client.clientId, 'client-deactivated'],
    ] as const) {
      const app = await t.org.state.load(apps, client.clientId)
      await t.org.state.change([put(apps, app!.id, { ...app!.value, status: 'INACTIVE' }, app)])
      const answer = await t.post(DEFAULT, ask, basic({ clientId, secret: client.secret }))
      expect(answer.status).toBe(400)
      expect(answer.json).toEqual({
        errorCode: 'invalid_client',
        errorSummary: "Invalid value for 'client_id' parameter.",
        errorLink: 'invalid_client',
        errorId: expect.stringMatching(/^oae[\w-]{22}$/),
        errorCauses: [],
      })
      expect(t.lastCause()).toBe(`invalid_client/${cause}`)
    }
  })

  it('may not use two ways at once', async () => {
    const both: Record<string, string>[] = [{ client_id: client.clientId }, { client_secret: client.secret }]
    for (const more of both) {
      const answer = await t.post(DEFAULT, { ...ask, ...more }, basic(client))
      expect(answer.status).toBe(400)
      expect(answer.json.error).toBe('invalid_request')
      expect(t.lastCause()).toBe('invalid_request/several-client-credentials')
    }
  })

  it('may not use another way than its own', async () => {
    const withKey = await keyed()
    for (const form of [
      { ...ask, client_id: withKey.clientId, client_secret: withKey.secret },
      { ...ask, ...assertion(t, client.clientId, DEFAULT) },
    ]) {
      expect((await t.post(DEFAULT, form)).status).toBe(401)
      expect(t.lastCause()).toBe('invalid_client/client-auth-method-differs')
    }
  })

  it('sends no parameter twice', async () => {
    const answer = await t.post(DEFAULT, 'grant_type=client_credentials&scope=a&scope=b', basic(client))
    expect([answer.status, answer.json]).toEqual([
      400,
      error('invalid_request', 'Duplicate parameter provided in request. Duplicated parameters: [scope].'),
    ])
    expect(t.lastCause()).toBe('invalid_request/parameter-sent-twice')
  })

  it('sends a form; JSON is E0000021', async () => {
    const answer = await t.call(`POST ${ORG}`, ask, { token: null })
    expect([answer.status, answer.json.errorCode]).toEqual([400, 'E0000021'])
    expect((await t.post(ORG, '')).json).toEqual(error('invalid_client', 'No client credentials found.'))
  })

  it('is bound to its network zones', async () => {
    const zoned = await t.addClient(
      { grantTypes: ['client_credentials'] },
      { settings: { oauthClient: { network: { connection: 'ZONE', include: ['nzo-none'] } } } },
    )
    const answer = await t.post(DEFAULT, ask, basic(zoned))
    expect([answer.status, answer.json.error]).toEqual([403, 'access_denied'])
    expect(t.events(2)).toEqual([
      'app.oauth2.as.token.grant FAILURE disallowed_network_zone',
      'system.oauth2.token.request_outside_allowed_range DENY',
    ])
  })

  it('cannot be a page in a browser, except with PKCE', async () => {
    const page = { ...basic(client), origin: 'https://web.example' }
    const answer = await t.post(DEFAULT, ask, page)
    expect([answer.status, answer.json]).toEqual([
      401,
      error('invalid_client', 'Browser requests to the token endpoint must use Proof Key for Code Exchange.'),
    ])
    const other = await t.post(DEFAULT, { ...ask, code_verifier: 'x' }, page)
    expect([other.status, other.json.error]).toEqual([400, 'unauthorized_client'])
    expect(t.lastCause()).toBe('unauthorized_client/browser-sent-other-grant')
  })

  it('hears which grants it has, and that others are unknown', async () => {
    const answer = await t.post(DEFAULT, { grant_type: 'password' }, basic(client))
    expect([answer.status, answer.json]).toEqual([
      400,
      error(
        'unauthorized_client',
        'The client is not authorized to use the provided grant type. Configured grant types: [client_credentials].',
      ),
    ])
    for (const grant_type of ['magic', '__proto__', 'constructor']) {
      expect((await t.post(DEFAULT, { grant_type }, basic(client))).json.error).toBe('unsupported_grant_type')
    }
    const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange'
    const unbuilt = await t.addClient({ grantTypes: [exchange] })
    const answered = await t.post(DEFAULT, { grant_type: exchange }, basic(unbuilt))
    expect([answered.status, answered.json.errorCode]).toEqual([501, 'E0000052'])
  })
})

describe('a client assertion', () => {
  const ask = { grant_type: 'client_credentials', scope: 'okta.users.read' }
  let client: TestClient
  beforeEach(async () => {
    client = await keyed()
    await t.grant(client.clientId, 'okta.users.read')
  })
  const send = (claims: object = {}, header?: Record<string, unknown>) =>
    t.post(ORG, { ...ask, ...assertion(t, client.clientId, ORG, { ...claims }, header) })

  it('proves a client', async () => {
    const answer = await send()
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'okta.users.read' })
  })

  it.each([
    [
      'audience-wrong',
      { aud: 'http://org.test' },
      'The audience claim for client_assertion must be the endpoint invoked for the request.',
    ],
    ['expired', { exp: Date.UTC(2026, 10, 20, 10) / 1000 }, 'The client_assertion token is expired.'],
    [
      'lives-too-long',
      { exp: Date.UTC(2026, 10, 20, 11, 0, 1) / 1000 },
      'The client_assertion token has an expiration too far into the future.',
    ],
    ['from-the-future', { iat: Date.UTC(2026, 10, 20, 10, 1) / 1000 }, undefined],
    ['without-expiry', { exp: undefined }, undefined],
    ['issuer-wrong', { iss: 'somebody' }, undefined],
  ])('is refused: %s', async (cause, claims, description) => {
    const answer = await send(claims)
    const general = 'Client authentication failed. Either the client or the client credentials are invalid.'
    expect([answer.status, answer.json]).toEqual([401, error('invalid_client', description ?? general)])
    expect(t.lastCause()).toBe(`invalid_client/assertion-${cause}`)
    expect(t.events(1)).toEqual(['app.oauth2.token.grant FAILURE invalid_client_assertion'])
  })

  it('names a key that the app has, or the only one', async () => {
    expect((await send({}, {})).status).toBe(200)
    expect((await send({}, { kid: 'k2' })).json.error_description).toBe('The client_assertion JWT kid is invalid.')
    const app = (await t.org.state.load(apps, client.clientId))!
    const jwks = [clientJwk, { ...clientJwk, kid: 'k2', n: `${clientJwk.n!.slice(0, -2)}AQ` }]
    await t.org.state.change([put(apps, app.id, { ...app.value, oauth: { ...app.value.oauth!, jwks } }, app)])
    expect((await send({}, {})).json.error_description).toBe('The client_assertion JWT kid is invalid.')
    expect((await send({}, { kid: 'k2' })).json.error_description).toBe('The client_assertion signature is invalid.')
    expect(t.lastCause()).toBe('invalid_client/assertion-signature-wrong')
  })

  it('is not believed without a signature, or with a key of its own choice', async () => {
    for (const header of [
      { alg: 'none', kid: 'k1' },
      { alg: 'HS256', kid: 'k1' },
    ]) {
      expect((await send({}, header)).json.error_description).toBe('The client_assertion signature is invalid.')
    }
  })

  it('with a name of its own works once', async () => {
    expect((await send({ jti: 'one' })).status).toBe(200)
    expect((await send({ jti: 'one' })).status).toBe(401)
    expect(t.lastCause()).toBe('invalid_client/assertion-used-twice')
    expect((await send({ jti: 'two' })).status).toBe(200)
    const twins = await Promise.all([send({ jti: 'three' }), send({ jti: 'three' })])
    expect(twins.map((answer) => answer.status).sort()).toEqual([200, 401])
  })

  it('may have a name again that ended, and then works once too', async () => {
    expect((await send({ jti: 'one' })).status).toBe(200)
    t.clock.advance(301)
    expect((await send({ jti: 'one' })).status).toBe(200)
    expect((await send({ jti: 'one' })).status).toBe(401)
    expect(t.lastCause()).toBe('invalid_client/assertion-used-twice')
  })

  it('does not count before its time', async () => {
    const now = Math.floor(t.clock.now() / 1000)
    expect((await send({ nbf: now })).status).toBe(200)
    for (const nbf of [now + 60, 'now']) {
      expect((await send({ nbf })).status).toBe(401)
      expect(t.lastCause()).toBe('invalid_client/assertion-from-the-future')
    }
  })

  it('is read whatever it is', async () => {
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
    for (const client_assertion of ['a', 'a.b.c', 'eyJ9.eyJ9.x', `${'a'.repeat(40_000)}.b.c`, '..']) {
      const answer = await t.post(ORG, { ...ask, client_assertion_type: type, client_assertion })
      expect(answer.status).toBe(401)
    }
    const answer = await t.post(ORG, { ...ask, ...assertion(t, client.clientId, ORG), client_assertion_type: 'saml' })
    expect([answer.status, answer.json.error]).toEqual([400, 'invalid_request'])
  })
})

describe('client credentials', () => {
  it('get API scopes from the org server with a key only', async () => {
    const answer = await t.post(
      ORG,
      { grant_type: 'client_credentials', scope: 'okta.users.read' },
      basic(await service()),
    )
    expect([answer.status, answer.json.error]).toEqual([401, 'invalid_client'])
    expect(answer.json.error_description).toMatch(/must use the private_key_jwt token_endpoint_auth_method/)
  })

  it('get what was granted, and nothing else', async () => {
    const client = await keyed()
    const ask = (scope: string) =>
      t.post(ORG, { grant_type: 'client_credentials', scope, ...assertion(t, client.clientId, ORG) })
    const none = await ask('okta.users.read okta.groups.read')
    expect([none.status, none.json]).toEqual([
      400,
      error('consent_required', 'You are not allowed any of the requested scopes.'),
    ])
    await t.grant(client.clientId, 'okta.groups.read')
    expect((await ask('okta.users.read okta.groups.read')).json.scope).toBe('okta.groups.read')
    expect((await ask('mine')).json).toEqual(error('invalid_scope', 'Custom scopes are not allowed for this request.'))
    expect((await ask('')).json).toEqual(error('invalid_scope', 'No scopes were requested.'))
    expect((await ask('openid')).json).toEqual(
      error('invalid_scope', "Cannot request 'openid' scopes using client credentials"),
    )
    expect(t.lastCause()).toBe('invalid_scope/scope-without-user')
    expect((await ask('x'.repeat(1_025))).json.error).toBe('invalid_scope')
  })

  it('give a token that the org server signs and does not let others verify', async () => {
    const client = await keyed()
    await t.grant(client.clientId, 'okta.users.read')
    const answer = await t.post(ORG, {
      grant_type: 'client_credentials',
      scope: 'okta.users.read',
      ...assertion(t, client.clientId, ORG),
    })
    const jwt = String(answer.json.access_token)
    const header = JSON.parse(Buffer.from(jwt.split('.')[0]!, 'base64url').toString())
    expect(header).toMatchObject({ alg: 'RS256', typ: 'application/okta-internal-at+jwt' })
    const now = Date.UTC(2026, 10, 20, 10) / 1000
    expect(claimsOf(jwt)).toEqual({
      ver: 1,
      jti: expect.stringMatching(/^AT\.[\w-]{43}$/),
      iss: 'http://org.test',
      aud: 'http://org.test',
      sub: client.clientId,
      iat: now,
      exp: now + 3600,
      cid: client.clientId,
      scp: ['okta.users.read'],
    })
    const keys = await t.call('GET /oauth2/v1/keys', undefined, { token: null })
    expect(keys.json.keys.map((key: { kid: string }) => key.kid)).not.toContain(header.kid)
    expect(t.events(1)).toEqual(['app.oauth2.token.grant.access_token SUCCESS'])
  })

  it('at a custom server get its scopes, if a rule allows all of them', async () => {
    await addScope('api.read')
    await addScope('api.write', { consent: 'REQUIRED' })
    const client = await service()
    const ask = (scope: string) => t.post(DEFAULT, { grant_type: 'client_credentials', scope }, basic(client))
    const answer = await ask('api.read')
    const claims = claimsOf(answer.json.access_token)
    expect(claims).toMatchObject({ iss: 'http://org.test/oauth2/default', aud: 'api://default', sub: client.clientId })
    const unknown = error(
      'invalid_scope',
      'One or more scopes are not configured for the authorization server resource.',
    )
    expect((await ask('nope')).json).toEqual(unknown)
    expect(t.lastCause()).toBe('invalid_scope/scope-not-configured')
    expect((await ask('okta.users.read')).json).toEqual(unknown)
    expect(t.lastCause()).toBe('invalid_scope/api-scope-at-custom-server')
    expect((await ask('')).json.error_description).toMatch(/does not have any configured default scopes/)
    expect((await ask('profile')).json.error_description).toBe(
      'The following scopes are not allowed for this request: [profile].',
    )
    expect((await ask('api.write')).json.error).toBe('consent_required')

    const [policy] = await t.org.state.find(serverPolicies, 'server', 'default')
    const [rule] = await t.org.state.find(serverRules, 'policy', policy!.id)
    await t.org.state.change([put(serverRules, rule!.id, { ...rule!.value, scopes: ['other'] }, rule)])
    const denied = error(
      'access_denied',
      'Policy evaluation failed for this request, please check the policy configurations.',
    )
    expect([(await ask('api.read')).json]).toEqual([denied])
    expect(t.lastCause()).toBe('access_denied/no-policy-matches')
    expect(t.events(1)).toEqual(['app.oauth2.as.token.grant FAILURE no_matching_scope'])
    await t.org.state.change([put(serverPolicies, policy!.id, { ...policy!.value, clients: ['other'] }, policy)])
    expect((await ask('api.read')).json).toEqual(denied)
    expect(t.events(1)).toEqual(['app.oauth2.as.token.grant FAILURE no_matching_policy'])
  })

  it('give a token that anybody can verify with the published key', async () => {
    await addScope('api.read', { default: true })
    const answer = await t.post(DEFAULT, { grant_type: 'client_credentials' }, basic(await service()))
    expect(answer.json.scope).toBe('api.read')
    const [header = '', claims, signature] = String(answer.json.access_token).split('.')
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString())
    const { json } = await t.call('GET /oauth2/default/v1/keys', undefined, { token: null })
    const jwk = json.keys.find((key: { kid: string }) => key.kid === kid)
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    expect(verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature!, 'base64url'))).toBe(
      true,
    )
  })

  it('need a server that exists, works, and belongs to the org', async () => {
    const answer = await t.post('/oauth2/aus404/v1/token', {})
    expect([answer.status, answer.json.errorCode]).toEqual([404, 'E0000007'])
    t.org.changeSettings({ features: { API_ACCESS_MANAGEMENT: false } })
    const off = await t.post(DEFAULT, {})
    expect([off.status, off.json.errorCode]).toEqual([401, 'E0000015'])
  })
})

describe('an authorization code', () => {
  const verifier = 'a-verifier-that-is-long-enough-for-everybody-43'
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  let client: TestClient
  let userId: string
  let sid: string
  beforeEach(async () => {
    client = await t.addClient()
    userId = await t.addUser('ada@example.com')
    sid = await t.signIn(userId)
  })
  const codeFor = async (more: Record<string, string> = {}) => {
    const answer = await t.authorize(
      {
        client_id: client.clientId,
        redirect_uri: CALLBACK,
        response_type: 'code',
        scope: 'openid profile email offline_access',
        state: 's',
        nonce: 'n1',
        ...more,
      },
      { sid },
    )
    return new URL(answer.headers.get('location')!).searchParams.get('code')!
  }
  const redeem = (code: string, more: Record<string, string> = {}, who = client) =>
    t.post(ORG, { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...more }, basic(who))

  it('buys tokens that say who signed in', async () => {
    const answer = await redeem(await codeFor())
    expect(answer.status).toBe(200)
    expect(Object.keys(answer.json)).toEqual([
      ...['token_type', 'expires_in', 'access_token', 'scope', 'refresh_token', 'id_token'],
    ])
    const id = claimsOf(answer.json.id_token)
    const now = Date.UTC(2026, 10, 20, 10) / 1000
    expect(id).toEqual({
      sub: userId,
      name: 'Ada Byron',
      preferred_username: 'ada@example.com',
      email: 'ada@example.com',
      ver: 1,
      iss: 'http://org.test',
      aud: client.clientId,
      iat: now,
      exp: now + 3600,
      jti: expect.stringMatching(/^ID\./),
      amr: ['pwd'],
      idp: t.org.fixed.orgId,
      nonce: 'n1',
      auth_time: now,
      at_hash: createHash('sha256').update(answer.json.access_token).digest().subarray(0, 16).toString('base64url'),
    })
    expect(claimsOf(answer.json.access_token)).toMatchObject({
      sub: 'ada@example.com',
      uid: userId,
      cid: client.clientId,
      auth_time: now,
      jti: expect.stringMatching(/^AT\.[\w-]+\.[\w-]+$/),
    })
    expect(t.events(3)).toEqual([
      'app.oauth2.token.grant.refresh_token SUCCESS',
      'app.oauth2.token.grant.id_token SUCCESS',
      'app.oauth2.token.grant.access_token SUCCESS',
    ])
  })

  it('works once; the second time takes back what the first one bought', async () => {
    const code = await codeFor()
    const first = await redeem(code)
    const again = await redeem(code)
    expect([again.status, again.json]).toEqual([
      400,
      error('invalid_grant', 'The authorization code is invalid or has expired.'),
    ])
    expect(t.lastCause()).toBe('invalid_grant/code-used-twice')
    const refresh = { grant_type: 'refresh_token', refresh_token: first.json.refresh_token }
    expect((await t.post(ORG, refresh, basic(client))).status).toBe(400)
    const told = await t.post('/oauth2/v1/introspect', { token: first.json.access_token }, basic(client))
    expect(told.json).toEqual({ active: false })
  })

  it('buys tokens that end with those of their user', async () => {
    const { json } = await redeem(await codeFor())
    await t.call(`DELETE /api/v1/users/${userId}/sessions?oauthTokens=true`)
    for (const token of [json.access_token, json.refresh_token]) {
      expect((await t.post('/oauth2/v1/introspect', { token }, basic(client))).json).toEqual({ active: false })
    }
  })

  it('is not for another client that takes the id of a deleted one, nor is what it bought', async () => {
    const code = await codeFor()
    const { refresh_token } = (await redeem(await codeFor())).json
    await t.call(`POST /api/v1/apps/${client.clientId}/lifecycle/deactivate`)
    expect((await t.call(`DELETE /api/v1/apps/${client.clientId}`)).status).toBe(204)
    const { secret } = await t.addClient({ clientId: client.clientId })
    const heir = { clientId: client.clientId, secret }
    expect((await redeem(code, {}, heir)).json.error).toBe('invalid_grant')
    const refreshed = await t.post(ORG, { grant_type: 'refresh_token', refresh_token }, basic(heir))
    expect([refreshed.status, refreshed.json.error]).toEqual([400, 'invalid_grant'])
  })

  it('is bought by one of two who come at once', async () => {
    const code = await codeFor()
    const answers = await Promise.all([redeem(code), redeem(code)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400])
  })

  it.each([
    ['code-unknown', { code: 'nope' }, 'The authorization code is invalid or has expired.'],
    [
      'redirect-uri-differs',
      { redirect_uri: `${CALLBACK}/` },
      "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
    ],
  ])('is refused: %s', async (cause, more, description) => {
    const answer = await redeem(await codeFor(), more)
    expect([answer.status, answer.json]).toEqual([400, error('invalid_grant', description)])
    expect(t.lastCause()).toBe(`invalid_grant/${cause}`)
  })

  it('is for its client, its server, and five minutes', async () => {
    const other = await t.addClient()
    expect((await redeem(await codeFor(), {}, other)).json.error_description).toMatch(/issued to another client/)
    const code = await codeFor()
    const elsewhere = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK }
    expect((await t.post(DEFAULT, elsewhere, basic(client))).status).toBe(400)
    expect(t.lastCause()).toBe('invalid_grant/code-unknown')
    t.clock.advance(300)
    expect((await redeem(code)).status).toBe(400)
    expect(t.lastCause()).toBe('invalid_grant/code-expired')
  })

  it('with a challenge wants its verifier', async () => {
    const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
    for (const more of [{}, { code_verifier: 'wrong' }]) {
      const answer = await redeem(await codeFor(pkce), more as Record<string, string>)
      expect(answer.json).toEqual(error('invalid_grant', 'PKCE verification failed.'))
      expect(t.events(1)).toEqual(['app.oauth2.token.grant FAILURE pkce_verification_failed'])
    }
    expect((await redeem(await codeFor(pkce), { code_verifier: verifier })).status).toBe(200)
  })

  it('is worth nothing once its user is suspended', async () => {
    const code = await codeFor()
    const user = (await t.org.state.load(users, userId))!
    await t.org.state.change([put(users, userId, { ...user.value, status: 'SUSPENDED' }, user)])
    expect((await redeem(code)).json.error).toBe('invalid_grant')
  })

  it('gives a public client tokens without a secret', async () => {
    client = await t.addClient({ applicationType: 'browser', authMethod: 'none', pkceRequired: true })
    const code = await codeFor({ code_challenge: challenge, code_challenge_method: 'S256' })
    const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, client_id: client.clientId }
    const answer = await t.post(ORG, { ...form, code_verifier: verifier }, { origin: 'https://app.example.com' })
    expect(answer.status).toBe(200)
  })

  describe('with offline_access gives a refresh token, which', () => {
    const DEAD = error('invalid_grant', 'The refresh token is invalid or expired.')
    const refresh = (refresh_token: string, more: Record<string, string> = {}, who = client) =>
      t.post(ORG, { grant_type: 'refresh_token', refresh_token, ...more }, basic(who))
    let first: string
    beforeEach(async () => {
      first = (await redeem(await codeFor())).json.refresh_token
    })

    it('is exchanged for the next one, and has a grace', async () => {
      const answer = await refresh(first)
      expect(answer.status).toBe(200)
      expect(answer.json.refresh_token).not.toBe(first)
      expect(answer.json.id_token).toBeDefined()
      t.clock.advance(29)
      expect((await refresh(first)).status).toBe(200)
    })

    it('kills its family when it comes back after its grace', async () => {
      const next = (await refresh(first)).json
      t.clock.advance(30)
      const reused = await refresh(first)
      expect([reused.status, reused.json]).toEqual([400, DEAD])
      expect(t.lastCause()).toBe('invalid_grant/refresh-token-reused')
      expect(t.events(2)).toEqual([
        'app.oauth2.token.grant FAILURE invalid_refresh_token',
        'app.oauth2.token.detect_reuse SUCCESS',
      ])
      expect((await refresh(next.refresh_token)).json).toEqual(DEAD)
      expect(t.lastCause()).toBe('invalid_grant/refresh-token-revoked')
      const told = await t.post('/oauth2/v1/introspect', { token: next.access_token }, basic(client))
      expect(told.json).toEqual({ active: false })
    })

    it('dies when it lies unused for a week, and lives on when used', async () => {
      t.clock.advance(6 * 86_400)
      const next = (await refresh(first)).json.refresh_token
      t.clock.advance(6 * 86_400)
      const third = await refresh(next)
      expect(third.status).toBe(200)
      t.clock.advance(7 * 86_400)
      expect((await refresh(third.json.refresh_token)).json).toEqual(DEAD)
      expect(t.lastCause()).toBe('invalid_grant/refresh-token-expired')
    })

    it('ends after 90 days whatever happens', async () => {
      let token = first
      for (let week = 0; week < 17; week++) {
        t.clock.advance(5 * 86_400)
        token = (await refresh(token)).json.refresh_token
      }
      t.clock.advance(5 * 86_400)
      expect((await refresh(token)).json).toEqual(DEAD)
    })

    it('is for its client, and gives no scope that was not granted', async () => {
      expect((await refresh(first, {}, await t.addClient())).json).toEqual(DEAD)
      const more = await refresh(first, { scope: 'openid phone' })
      expect([more.status, more.json]).toEqual([
        400,
        error(
          'access_denied',
          'Some of the scopes requested for the refresh request were not granted in the original authorize request. Denied scopes: phone.',
        ),
      ])
      expect((await refresh(first, { scope: 'openid' })).json.scope).toBe('openid')
      expect((await refresh('nope')).json).toEqual(DEAD)
    })

    it('stays the same where rotation is off', async () => {
      client = await t.addClient({ refreshToken: { rotation: 'STATIC', leewaySeconds: 0 } })
      const token = (await redeem(await codeFor())).json.refresh_token
      expect((await refresh(token)).json.refresh_token).toBe(token)
    })
  })
})

describe('a password', () => {
  let client: TestClient
  beforeEach(async () => {
    client = await t.addClient({ grantTypes: ['password'] })
    await t.addUser('ada@example.com')
  })
  const ask = (username: string, password: string) =>
    t.post(ORG, { grant_type: 'password', scope: 'openid', username, password }, basic(client))

  it('buys tokens', async () => {
    const answer = await ask('ada@example.com', 'Correct-Horse-9')
    expect(answer.status).toBe(200)
    expect(claimsOf(answer.json.id_token).amr).toEqual(['pwd'])
  })

  it.each([
    ['ada@example.com', 'wrong'],
    ['nobody@example.com', 'Correct-Horse-9'],
    ['', ''],
  ])('is refused the same way, whatever is wrong (%s, %s)', async (username, password) => {
    const answer = await ask(username, password)
    expect([answer.status, answer.json]).toEqual([
      400,
      error('invalid_grant', 'The credentials provided were invalid.'),
    ])
    expect(t.events(1)).toEqual(['app.oauth2.token.grant FAILURE invalid_credentials'])
  })

  it('must not be expired', async () => {
    const user = (await t.org.state.holder(users, 'login:ada@example.com'))!
    await t.org.state.change([put(users, user.id, { ...user.value, status: 'PASSWORD_EXPIRED' }, user)])
    const answer = await ask('ada@example.com', 'Correct-Horse-9')
    expect([answer.status, answer.json]).toEqual([403, error('access_denied', "The user's password is expired.")])
  })
})
