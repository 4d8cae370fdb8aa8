// Which grants are given, and what is in the tokens?
import { createPublicKey, verify } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { serverPolicies, serverRules } from '../entities/auth-server.ts'
import { policies } from '../entities/policy.ts'
import { users } from '../entities/user.ts'
import { put } from '../state/state.ts'
import { assertion, basic, claimsOf, DEFAULT, error, type OAuthOrg, ORG, oauthOrg, type TestClient } from './testing.ts'

let t: OAuthOrg

beforeEach(async () => {
  t = await oauthOrg()
})

describe('client credentials', () => {
  it('get API scopes from the org server with a key only', async () => {
    const answer = await t.post(
      ORG,
      { grant_type: 'client_credentials', scope: 'okta.users.read' },
      basic(await t.addService()),
    )
    expect([answer.status, answer.json.error]).toEqual([401, 'invalid_client'])
    expect(answer.json.error_description).toMatch(/must use the private_key_jwt token_endpoint_auth_method/)
  })

  it('get what was granted, and nothing else', async () => {
    const client = await t.addKeyed()
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
    const client = await t.addKeyed()
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
    await t.addScope('api.read')
    await t.addScope('api.write', { consent: 'REQUIRED' })
    const client = await t.addService()
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
    await t.addScope('api.read', { default: true })
    const answer = await t.post(DEFAULT, { grant_type: 'client_credentials' }, basic(await t.addService()))
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

  it('must not have been kept for too long: then the user is PASSWORD_EXPIRED', async () => {
    const policy = (await t.org.state.find(policies, 'type', 'PASSWORD'))[0]!
    const settings = { password: { age: { maxAgeDays: 10 } } }
    await t.org.state.change([put(policies, policy.id, { ...policy.value, settings }, policy)])
    const user = (await t.org.state.holder(users, 'login:ada@example.com'))!
    const passwordChangedAt = t.clock.now() - 11 * 86_400_000
    await t.org.state.change([put(users, user.id, { ...user.value, passwordChangedAt }, user)])
    expect((await ask('ada@example.com', 'Correct-Horse-9')).status).toBe(403)
    expect((await t.org.state.load(users, user.id))!.value.status).toBe('PASSWORD_EXPIRED')
  })
})
