// Which client may ask for tokens, and how does it prove who it is?
import { beforeEach, describe, expect, it } from 'vitest'
import { apps, clientSecrets } from '../entities/app.ts'
import { put } from '../state/state.ts'
import {
  assertion,
  basic,
  clientJwk,
  DEFAULT,
  error,
  type OAuthOrg,
  ORG,
  oauthOrg,
  type TestClient,
} from './testing.ts'

let t: OAuthOrg

beforeEach(async () => {
  t = await oauthOrg()
})

describe('the client', () => {
  const ask = { grant_type: 'client_credentials', scope: 'api.read' }
  let client: TestClient
  beforeEach(async () => {
    await t.addScope('api.read')
    client = await t.addService()
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
    const withKey = await t.addKeyed()
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
    client = await t.addKeyed()
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
