import { beforeEach, describe, expect, it } from 'vitest'
import { apps } from '../entities/app.ts'
import { roleAssignments } from '../entities/role-assignment.ts'
import { users } from '../entities/user.ts'
import { put } from '../state/state.ts'
import { assertion, basic, clientJwk, type OAuthOrg, ORG, oauthOrg, type TestClient } from './testing.ts'

let t: OAuthOrg
let client: TestClient

beforeEach(async () => {
  t = await oauthOrg()
  client = await t.addClient({
    applicationType: 'service',
    grantTypes: ['client_credentials'],
    authMethod: 'private_key_jwt',
    jwks: [clientJwk],
  })
  await t.grant(client.clientId, 'okta.users.read', 'okta.users.manage', 'okta.groups.read', 'okta.apiTokens.manage')
})

async function tokenFor(scope: string): Promise<string> {
  const form = { grant_type: 'client_credentials', scope, ...assertion(t, client.clientId, ORG) }
  return (await t.post(ORG, form)).json.access_token
}

const call = (request: string, token: string, body?: unknown) =>
  t.call(request, body, { token: null, headers: { authorization: `Bearer ${token}` } })

const challengeOf = (answer: { headers: Headers }) => answer.headers.get('www-authenticate')

describe('an access token at the API', () => {
  it('opens what its scope and the role of its client allow', async () => {
    await t.giveRole(client.clientId, 'ORG_ADMIN')
    const token = await tokenFor('okta.users.read okta.users.manage')
    expect((await call('GET /api/v1/users', token)).status).toBe(200)
    const made = await call('POST /api/v1/users?activate=false', token, {
      profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
    })
    expect(made.status).toBe(200)
    const [event] = t.org.events.readBack()
    expect(event!.actor).toMatchObject({ type: 'PublicClientApp', id: client.clientId })
    expect((await call('GET /api/v1/users/me', token)).json.errorSummary).toBe(
      'Not found: Resource not found: me (User)',
    )
  })

  it('without the scope is answered with an empty 403 and the whole challenge', async () => {
    await t.giveRole(client.clientId, 'SUPER_ADMIN')
    const answer = await call('GET /api/v1/groups?limit=1', await tokenFor('okta.users.read'))
    expect([answer.status, answer.text]).toEqual([403, ''])
    expect(challengeOf(answer)).toBe(
      'Bearer authorization_uri="http://org.test/oauth2/v1/authorize", realm="http://org.test", scope="okta.groups.read", error="insufficient_scope", error_description="The access token provided does not contain the required scopes.", resource="/api/v1/groups"',
    )
    expect(t.lastCause()).toBe('insufficient_scope/scope-missing')
    expect((await call('GET /api/v1/users', await tokenFor('okta.users.manage'))).status).toBe(403)
  })

  it('of a client without a role is E0000006, as is one whose role does not reach', async () => {
    const token = await tokenFor('okta.users.read okta.users.manage')
    for (const request of ['GET /api/v1/users', 'GET /api/v1/users/me']) {
      const answer = await call(request, token)
      expect([answer.status, answer.json.errorCode]).toEqual([403, 'E0000006'])
      expect(t.lastCause()).toBe('E0000006/client-has-no-role')
    }
    await t.giveRole(client.clientId, 'READ_ONLY_ADMIN')
    expect((await call('GET /api/v1/users', token)).status).toBe(200)
    expect((await call(`POST /api/v1/users/${t.adminId}/lifecycle/suspend`, token)).status).toBe(403)
    expect(t.lastCause()).toBe('E0000006/role-lacks-permission')
  })

  it('does not open what takes no OAuth', async () => {
    await t.giveRole(client.clientId, 'SUPER_ADMIN')
    const answer = await call('DELETE /api/v1/api-tokens/current', await tokenFor('okta.apiTokens.manage'))
    expect([answer.status, answer.json.errorCode]).toEqual([403, 'E0000005'])
    expect(t.lastCause()).toBe('E0000005/endpoint-refuses-oauth')
    expect(answer.headers.get('set-cookie')).toMatch(/^sid=""/)
  })

  it('of a user has that user behind it', async () => {
    const app = await t.addClient({ grantTypes: ['password'] })
    await t.grant(app.clientId, 'okta.users.read')
    const userId = await t.addUser('grace@example.com')
    await t.org.state.change([
      put(roleAssignments, t.org.ids.next('ra1'), {
        type: 'READ_ONLY_ADMIN',
        holderId: userId,
        holder: 'USER',
        createdAt: 0,
        lastUpdatedAt: 0,
      }),
    ])
    const form = { grant_type: 'password', scope: 'openid okta.users.read', username: 'grace@example.com' }
    const { json } = await t.post(ORG, { ...form, password: 'Correct-Horse-9' }, basic(app))
    expect((await call('GET /api/v1/users/me', json.access_token)).json.id).toBe(userId)
    expect((await call('GET /api/v1/users', json.access_token)).status).toBe(200)
  })

  it.each([
    [
      'token-expired',
      'The token has expired.',
      async (token: string) => {
        t.clock.advance(3_600)
        return token
      },
    ],
    [
      'token-revoked',
      'The access token provided has been revoked.',
      async (token: string) => {
        const asks = { token, client_id: client.clientId, ...assertion(t, client.clientId, '/oauth2/v1/revoke') }
        expect((await t.post('/oauth2/v1/revoke', asks)).status).toBe(200)
        return token
      },
    ],
    [
      'token-revoked',
      'The access token provided has been revoked.',
      async (token: string) => {
        const app = (await t.org.state.load(apps, client.clientId))!
        await t.org.state.change([put(apps, app.id, { ...app.value, status: 'INACTIVE' }, app)])
        return token
      },
    ],
    ['signature-wrong', 'The access token is invalid.', async (token: string) => `${token.slice(0, -6)}AAAAAA`],
    [
      'issuer-wrong',
      'The access token provided has an invalid issuer.',
      async () => {
        const app = await t.addClient({ grantTypes: ['password'] })
        await t.addUser('grace@example.com')
        const form = { grant_type: 'password', scope: 'openid', username: 'grace@example.com' }
        const path = '/oauth2/default/v1/token'
        return (await t.post(path, { ...form, password: 'Correct-Horse-9' }, basic(app))).json.access_token
      },
    ],
    [
      'audience-wrong',
      'The access token provided is not intended for Okta.',
      async () => {
        const app = await t.addClient({ grantTypes: ['password'] })
        await t.addUser('grace@example.com')
        const form = { grant_type: 'password', scope: 'openid', username: 'grace@example.com' }
        return (await t.post(ORG, { ...form, password: 'Correct-Horse-9' }, basic(app))).json.id_token
      },
    ],
  ] as const)('is refused by a challenge: %s', async (cause, description, spoil) => {
    await t.giveRole(client.clientId, 'SUPER_ADMIN')
    const token = await tokenFor('okta.users.read')
    expect((await call('GET /api/v1/users', token)).status).toBe(200)
    const answer = await call('GET /api/v1/users', await spoil(token))
    expect([answer.status, answer.text]).toEqual([401, ''])
    expect(challengeOf(answer)).toContain(`error="invalid_token", error_description="${description}"`)
    expect(t.lastCause()).toBe(`invalid_token/${cause}`)
  })

  it('that is no JWT is an invalid session', async () => {
    for (const token of ['x', 'a.b.c', '...', 'eyJ9.e30.x']) {
      const answer = await call('GET /api/v1/users', token)
      expect([answer.status, answer.json.errorCode]).toEqual([403, 'E0000005'])
      expect(t.lastCause()).toBe('E0000005/bearer-not-a-token')
    }
  })

  it('has the share of a client in each bucket', async () => {
    await t.giveRole(client.clientId, 'SUPER_ADMIN')
    t.org.changeSettings({ rateLimits: { edition: 'integrator' } })
    const token = await tokenFor('okta.users.read')
    const first = await call('GET /api/v1/users', token)
    expect(first.headers.get('x-rate-limit-limit')).toBe('50')
    for (let n = 1; n < 50; n++) await call('GET /api/v1/users', token)
    expect((await call('GET /api/v1/users', token)).status).toBe(429)
    expect(t.lastCause()).toBe('E0000047/token-share-used-up')
  })
})

describe('a client at /authorize', () => {
  it('has sixty calls a minute', async () => {
    t.org.changeSettings({ rateLimits: { edition: 'integrator' } })
    for (let n = 0; n < 60; n++) await t.authorize({ client_id: 'x' })
    const answer = await t.authorize({ client_id: 'x' })
    expect([answer.status, answer.headers.get('x-rate-limit-limit')]).toEqual([429, '60'])
    expect(t.lastCause()).toBe('E0000047/client-limit-used-up')
    expect((await t.authorize({ client_id: 'y' })).status).toBe(400)
  })
})

describe('a token', () => {
  let app: TestClient
  let userId: string
  let tokens: Record<string, string>
  beforeEach(async () => {
    app = await t.addClient({ grantTypes: ['password', 'refresh_token'] })
    userId = await t.addUser('grace@example.com')
    const form = { grant_type: 'password', scope: 'openid profile email offline_access', username: 'grace@example.com' }
    tokens = (await t.post(ORG, { ...form, password: 'Correct-Horse-9' }, basic(app))).json
  })
  const introspect = async (token: string) => (await t.post('/oauth2/v1/introspect', { token }, basic(app))).json
  const revoke = (token: string, who = app) => t.post('/oauth2/v1/revoke', { token }, basic(who))

  it('can be introspected', async () => {
    expect(await introspect(tokens.access_token!)).toMatchObject({
      active: true,
      token_type: 'Bearer',
      scope: 'openid profile email offline_access',
      client_id: app.clientId,
      username: 'grace@example.com',
      sub: 'grace@example.com',
      uid: userId,
    })
    expect(await introspect(tokens.refresh_token!)).toMatchObject({ active: true, username: 'grace@example.com' })
    expect(await introspect(tokens.id_token!)).toMatchObject({ active: true, client_id: app.clientId })
    for (const token of ['x', 'a.b.c', tokens.access_token!.slice(0, -9), `20111${'x'.repeat(42)}`]) {
      expect(await introspect(token)).toEqual({ active: false })
    }
    const elsewhere = await t.post('/oauth2/default/v1/introspect', { token: tokens.access_token! }, basic(app))
    expect(elsewhere.json).toEqual({ active: false })
  })

  it('ends with its user', async () => {
    const user = (await t.org.state.load(users, userId))!
    await t.org.state.change([put(users, userId, { ...user.value, status: 'DEPROVISIONED' }, user)])
    for (const token of [tokens.access_token!, tokens.refresh_token!, tokens.id_token!]) {
      expect(await introspect(token)).toEqual({ active: false })
    }
  })

  it('must be named, by a client that is known', async () => {
    for (const path of ['/oauth2/v1/introspect', '/oauth2/v1/revoke']) {
      const missing = await t.post(path, {}, basic(app))
      expect([missing.status, missing.json]).toEqual([
        400,
        { error: 'invalid_request', error_description: "The 'token' parameter is required." },
      ])
      const unknown = await t.post(path, { token: 'x' }, basic({ ...app, clientId: 'nope' }))
      expect([unknown.status, unknown.json]).toEqual([
        401,
        { error: 'invalid_client', error_description: "Invalid value for 'client_id' parameter." },
      ])
    }
    expect(t.events(1)).toEqual(['app.oauth2.token.revoke FAILURE invalid_client_id'])
  })

  it('can be given back by its client only; others learn nothing', async () => {
    expect((await revoke(tokens.access_token!, await t.addClient())).status).toBe(200)
    expect(await introspect(tokens.access_token!)).toMatchObject({ active: true })
    const answer = await revoke(tokens.access_token!)
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(t.events(1)).toEqual(['app.oauth2.token.revoke SUCCESS'])
    expect(await introspect(tokens.access_token!)).toEqual({ active: false })
    expect(await introspect(tokens.refresh_token!)).toMatchObject({ active: true })
    expect((await revoke(tokens.access_token!)).status).toBe(200)
    expect((await revoke('nope')).status).toBe(200)
  })

  it('that refreshes takes its access tokens with it', async () => {
    await revoke(tokens.refresh_token!)
    expect(await introspect(tokens.access_token!)).toEqual({ active: false })
    expect(await introspect(tokens.refresh_token!)).toEqual({ active: false })
  })

  it('tells who the user is', async () => {
    const answer = await call('GET /oauth2/v1/userinfo', tokens.access_token!)
    expect(answer.json).toEqual({
      sub: userId,
      name: 'Ada Byron',
      preferred_username: 'grace@example.com',
      given_name: 'Ada',
      family_name: 'Byron',
      zoneinfo: 'America/Los_Angeles',
      locale: 'en_US',
      updated_at: Date.UTC(2026, 10, 20, 10) / 1000,
      email: 'grace@example.com',
      email_verified: true,
    })
    for (const token of ['x', tokens.id_token!]) {
      const refused = await call('GET /oauth2/v1/userinfo', token)
      expect([refused.status, refused.text]).toEqual([401, ''])
      expect(challengeOf(refused)).toBe('Bearer error="invalid_token", error_description="The access token is invalid"')
    }
    const own = await call('GET /oauth2/v1/userinfo', await tokenFor('okta.users.read'))
    expect([own.status, own.text]).toEqual([403, ''])
    expect(challengeOf(own)).toContain('error="insufficient_scope"')
  })

  it('stays out of log and ledger, and so do passwords, secrets and codes', async () => {
    const { showEntry } = await import('../ledger-view.ts')
    await introspect(tokens.refresh_token!)
    await revoke(tokens.access_token!)
    await t.post(ORG, {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token!,
      client_id: app.clientId,
      client_secret: app.secret,
    })
    await tokenFor('okta.users.read')
    const kept = `${JSON.stringify(t.org.ledger.list().map(showEntry))} ${(await t.call('GET /api/v1/logs?limit=1000')).text}`
    expect(kept).toContain('grant_type=')
    const secrets = [tokens.access_token!, tokens.refresh_token!, tokens.id_token!, app.secret, 'Correct-Horse-9']
    for (const secret of secrets) expect(kept).not.toContain(secret)
    expect(kept).not.toMatch(/eyJ[\w-]{10,}\./)
  })
})
