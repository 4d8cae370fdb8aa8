import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type HookServer, hookServer } from '../hooks/testing.ts'
import { type OAuthOrg, oauthOrg } from './testing.ts'

let server: HookServer
let t: OAuthOrg
let sid: string
let userId: string
let client: { clientId: string; secret: string }
let hookId: string
let rule: { policyId: string; ruleId: string }
beforeEach(async () => {
  server = await hookServer()
  server.respond = () => ({ json: { commands: [] } })
  t = await oauthOrg()
  client = await t.addClient({
    responseTypes: ['code', 'id_token', 'token'],
    grantTypes: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'],
  })
  userId = await t.addUser('ada@example.com')
  sid = await t.signIn(userId)
  const made = await t.call('POST /api/v1/inlineHooks', {
    name: 'Payroll',
    type: 'com.okta.oauth2.tokens.transform',
    version: '1.0.0',
    channel: {
      type: 'HTTP',
      version: '1.0.0',
      config: { uri: server.url, authScheme: { type: 'HEADER', key: 'authorization', value: 'abc' } },
    },
  })
  hookId = made.json.id
  const policies = '/api/v1/authorizationServers/default/policies'
  const [policy] = (await t.call(`GET ${policies}`)).json
  const added = await t.call(`POST ${policies}/${policy.id}/rules`, {
    type: 'RESOURCE_ACCESS',
    name: 'With a hook',
    priority: 1,
    conditions: {
      people: { groups: { include: ['EVERYONE'] } },
      grantTypes: { include: ['authorization_code', 'implicit', 'client_credentials'] },
      scopes: { include: ['*'] },
    },
    actions: { token: { accessTokenLifetimeMinutes: 60, inlineHook: { id: hookId } } },
  })
  rule = { policyId: policy.id, ruleId: added.json.id }
})
afterEach(() => server.close())

const implicit = (type = 'id_token token', more: Record<string, string> = {}) =>
  t.authorize(
    {
      client_id: client.clientId,
      redirect_uri: 'https://app.example.com/cb',
      response_type: type,
      scope: 'openid profile',
      state: 's1',
      nonce: 'n1',
      ...more,
    },
    { sid, server: 'default' },
  )

const paramsOf = (answer: { headers: Headers }) => new URLSearchParams(answer.headers.get('location')!.split(/[#?]/)[1])

// biome-ignore lint/suspicious/noExplicitAny: claims of any shape
const claimsOf = (token: string | null): any => JSON.parse(Buffer.from(token!.split('.')[1]!, 'base64url').toString())

const patch = (type: 'access' | 'identity', ...value: object[]) => ({ type: `com.okta.${type}.patch`, value })

test('the service sees what the tokens will say, and nothing that would let it sign in', async () => {
  await implicit()
  const [{ headers, json }] = server.arrived as [(typeof server.arrived)[0]]
  expect(headers.authorization).toBe('abc')
  expect(json).toMatchObject({
    eventType: 'com.okta.oauth2.tokens.transform',
    eventTypeVersion: '1.0',
    cloudEventVersion: '0.1',
    contentType: 'application/json',
    source: 'http://org.test/oauth2/default/v1/authorize',
    data: {
      context: {
        request: { method: 'GET', url: { value: expect.stringContaining('/oauth2/default/v1/authorize?') } },
        protocol: {
          type: 'OAUTH2.0',
          request: {
            scope: 'openid profile',
            state: 's1',
            redirect_uri: 'https://app.example.com/cb',
            response_mode: 'fragment',
            response_type: 'id_token token',
            client_id: client.clientId,
          },
          issuer: { uri: 'http://org.test/oauth2/default' },
          client: { id: client.clientId, type: 'CONFIDENTIAL' },
        },
        user: { id: userId, profile: { login: 'ada@example.com' } },
        policy: { id: rule.policyId, rule: { id: rule.ruleId } },
      },
      identity: { claims: { sub: userId, nonce: 'n1' }, token: { lifetime: { expiration: 3600 } } },
      access: {
        claims: { sub: 'ada@example.com', uid: userId, cid: client.clientId },
        token: { lifetime: { expiration: 3600 } },
        scopes: { openid: { action: 'GRANT', id: expect.stringMatching(/^scp/) }, profile: { action: 'GRANT' } },
      },
    },
  })
  expect(json.data.access.claims.exp).toBeUndefined()
})

test('a session token in the address is not told', async () => {
  await implicit('id_token', { sessionToken: '20111abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP' })
  expect(server.arrived.map(({ text }) => text).join()).not.toContain('abcdefghijklmnop')
})

test('claims and lifetimes are as the service wants them', async () => {
  server.respond = () => ({
    json: {
      commands: [
        patch('identity', { op: 'add', path: '/claims/patient', value: '1234' }),
        patch(
          'access',
          { op: 'add', path: '/claims/tier', value: 'gold' },
          { op: 'replace', path: '/token/lifetime/expiration', value: 600 },
        ),
      ],
    },
  })
  const params = paramsOf(await implicit())
  expect(claimsOf(params.get('id_token'))).toMatchObject({ patient: '1234', sub: userId })
  const access = claimsOf(params.get('access_token'))
  expect([access.tier, access.exp - access.iat, params.get('expires_in')]).toEqual(['gold', 600, '600'])
})

test('the ID token names the hash of the access token that was changed', async () => {
  server.respond = () => ({ json: { commands: [patch('access', { op: 'add', path: '/claims/tier', value: 'gold' })] } })
  const params = paramsOf(await implicit())
  const { createHash } = await import('node:crypto')
  const half = createHash('sha256').update(params.get('access_token')!).digest().subarray(0, 16).toString('base64url')
  expect(claimsOf(params.get('id_token')).at_hash).toBe(half)
})

test('a client that acts for itself is asked about too', async () => {
  await t.call('POST /api/v1/authorizationServers/default/scopes', { name: 'notes' })
  server.respond = () => ({ json: { commands: [patch('access', { op: 'add', path: '/claims/tier', value: 'gold' })] } })
  const answer = await t.post(
    '/oauth2/default/v1/token',
    { grant_type: 'client_credentials', scope: 'notes' },
    { authorization: `Basic ${Buffer.from(`${client.clientId}:${client.secret}`).toString('base64')}` },
  )
  expect(claimsOf(answer.json.access_token).tier).toBe('gold')
  expect(server.arrived[0]!.json.data.context.user).toBeUndefined()
  expect(server.arrived[0]!.json.data.context.protocol.request.grant_type).toBe('client_credentials')
})

describe('an error in the answer stops the request', () => {
  test.each([
    [{ errorSummary: 'The user is on the list.' }, 'The user is on the list.', 'callback_returned_error'],
    [
      { errorSummary: 'half a \ud800\r\nset-cookie: a=b' },
      'half a \ufffd\r\nset-cookie: a=b',
      'callback_returned_error',
    ],
    [{}, 'The callback service returned an error.', 'callback_returned_error_without_description'],
    [{ errorSummary: 7 }, 'The callback service returned an error.', 'callback_returned_error_without_description'],
  ])('%j', async (error, description, reason) => {
    t.org.changeSettings({ contract: 'current' })
    server.respond = () => ({ json: { error, debugContext: { list: 'blocked' } } })
    const params = paramsOf(await implicit())
    expect([params.get('error'), params.get('error_description'), params.get('state')]).toEqual([
      'server_error',
      description,
      's1',
    ])
    expect(t.lastCause()).toBe('server_error/inline-hook-failed')
    expect(t.events(2)).toEqual([
      `app.oauth2.as.authorize FAILURE ${reason}`,
      expect.stringContaining('inline_hook.response.processed FAILURE'),
    ])
    const [processed] = [...t.org.events.read()].filter((one) => one.eventType === 'inline_hook.response.processed')
    expect(processed!.debug).toEqual({ debugContext: '{"list":"blocked"}' })
  })

  test('at the token endpoint in its form, and the code can be used again', async () => {
    const { code } = Object.fromEntries(paramsOf(await implicit('code')))
    expect(server.arrived).toEqual([])
    server.respond = () => ({ json: { error: { errorSummary: 'Not now.' } } })
    const basic = Buffer.from(`${client.clientId}:${client.secret}`).toString('base64')
    const redeem = () =>
      t.post(
        '/oauth2/default/v1/token',
        { grant_type: 'authorization_code', code: code!, redirect_uri: 'https://app.example.com/cb' },
        { authorization: `Basic ${basic}` },
      )
    const refused = await redeem()
    expect([refused.status, refused.json]).toEqual([400, { error: 'server_error', error_description: 'Not now.' }])
    server.respond = () => ({ status: 204 })
    expect((await redeem()).status).toBe(200)
  })
})

describe('what says nothing changes nothing', () => {
  test.each([
    ['an empty answer', { status: 204 }, 'inline_hook.executed SUCCESS'],
    ['no commands', { json: {} }, 'inline_hook.executed SUCCESS'],
    ['503', { status: 503 }, 'inline_hook.executed FAILURE'],
    ['404', { status: 404 }, 'inline_hook.executed FAILURE'],
    ['no JSON', { text: '<html>' }, 'inline_hook.executed FAILURE'],
    [
      'a command that cannot be applied',
      {
        json: {
          commands: [patch('access', { op: 'add', path: '/claims/a', value: 1 }, { op: 'remove', path: '/claims/x' })],
        },
      },
      'inline_hook.response.processed FAILURE',
    ],
  ])('%s', async (_, reply, logged) => {
    server.respond = () => reply
    const params = paramsOf(await implicit())
    expect(claimsOf(params.get('access_token')).a).toBeUndefined()
    expect(t.events(10).some((line) => line.startsWith(logged))).toBe(true)
  })

  test('a hook that is switched off is not asked', async () => {
    await t.call(`POST /api/v1/inlineHooks/${hookId}/lifecycle/deactivate`)
    expect(paramsOf(await implicit()).get('id_token')).toBeTruthy()
    expect(server.arrived).toEqual([])
  })
})
