import { createPublicKey, verify } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type HookServer, hookServer } from '../../hooks/testing.ts'
import { showEntry } from '../../ledger-view.ts'
import { causesOf, eventsOf, testOrg } from '../../testing.ts'

const HOOKS = '/api/v1/inlineHooks'
const URI = 'https://hooks.example.com/okta'
const TOKENS = 'com.okta.oauth2.tokens.transform'
const channel = (uri = URI, config: object = {}) => ({
  type: 'HTTP',
  version: '1.0.0',
  config: { uri, method: 'POST', ...config },
})
const hook = (more: object = {}) => ({ name: 'Payroll', type: TOKENS, version: '1.0.0', channel: channel(), ...more })
const oauth = (uri: string, config: object = {}) => ({
  type: 'OAUTH',
  version: '1.0.0',
  config: {
    uri: `${uri}/hook`,
    method: 'POST',
    authType: 'client_secret_post',
    clientId: 'okta',
    clientSecret: 'c2VjcmV0',
    tokenUrl: `${uri}/token`,
    ...config,
  },
})

describe('the life of an inline hook', () => {
  test('it is made, read, listed, replaced, updated, switched off and deleted', async () => {
    const t = await testOrg()
    const authScheme = { type: 'HEADER', key: 'Authorization', value: 'Basic c2VjcmV0' }
    const made = await t.call(`POST ${HOOKS}`, hook({ status: 'INACTIVE', channel: channel(URI, { authScheme }) }))
    const base = `${t.org.baseUrl}${HOOKS}/${made.json.id}`
    expect([made.status, made.json]).toEqual([
      200,
      {
        id: expect.stringMatching(/^cal\w{14}5d7$/),
        // A new one is active, whatever is sent.
        status: 'ACTIVE',
        name: 'Payroll',
        type: TOKENS,
        version: '1.0.0',
        channel: {
          type: 'HTTP',
          version: '1.0.0',
          config: { uri: URI, method: 'POST', headers: [], authScheme: { type: 'HEADER', key: 'Authorization' } },
        },
        created: '2026-11-20T10:00:00.000Z',
        lastUpdated: '2026-11-20T10:00:00.000Z',
        _links: {
          self: { href: base },
          execute: { href: `${base}/execute`, hints: { allow: ['POST'] } },
          deactivate: { href: `${base}/lifecycle/deactivate`, hints: { allow: ['POST'] } },
        },
      },
    ])
    const path = `${HOOKS}/${made.json.id}`
    expect((await t.call(`GET ${path}`)).json).toEqual(made.json)
    t.clock.advance(60)
    const replaced = await t.call(`PUT ${path}`, { name: 'Payroll 2', version: '1.0.2', channel: channel(`${URI}/2`) })
    expect(replaced.json).toMatchObject({
      name: 'Payroll 2',
      type: TOKENS,
      version: '1.0.2',
      lastUpdated: '2026-11-20T10:01:00.000Z',
      channel: { config: { uri: `${URI}/2`, authScheme: null } },
    })
    const updated = await t.call(`POST ${path}`, { name: 'Payroll 3' })
    expect(updated.json).toMatchObject({
      name: 'Payroll 3',
      version: '1.0.2',
      channel: { config: { uri: `${URI}/2` } },
    })
    const other = await t.call(`PUT ${path}`, hook({ type: 'com.okta.import.transform' }))
    expect([other.status, causesOf(other.json)]).toEqual([400, ['type: The type of an inline hook cannot be changed']])
    const kept = await t.call(`DELETE ${path}`)
    expect([kept.status, t.lastCause()]).toEqual([400, 'E0000001/hook-still-active'])
    for (let i = 0; i < 2; i++) {
      const off = await t.call(`POST ${path}/lifecycle/deactivate`)
      expect([off.status, off.json.status, Object.keys(off.json._links)]).toEqual([
        200,
        'INACTIVE',
        ['self', 'activate', 'delete'],
      ])
    }
    expect((await t.call(`POST ${path}/lifecycle/activate`)).json.status).toBe('ACTIVE')
    await t.call(`POST ${path}/lifecycle/deactivate`)
    expect((await t.call(`DELETE ${path}`)).status).toBe(204)
    const gone = await t.call(`GET ${path}`)
    expect([gone.status, gone.json.errorSummary]).toEqual([
      404,
      `Not found: Resource not found: ${made.json.id} (InlineHook)`,
    ])
    expect(eventsOf(t)).toEqual([
      'inline_hook.created',
      'inline_hook.updated',
      'inline_hook.updated',
      'inline_hook.deactivated',
      'inline_hook.activated',
      'inline_hook.deactivated',
      'inline_hook.deleted',
    ])
  })

  test('the list can be limited to a type', async () => {
    const t = await testOrg()
    await t.call(`POST ${HOOKS}`, hook())
    const other = await t.call(`POST ${HOOKS}`, hook({ name: 'Import', type: 'com.okta.import.transform' }))
    expect((await t.call(`GET ${HOOKS}`)).json).toHaveLength(2)
    expect((await t.call(`GET ${HOOKS}?type=com.okta.import.transform`)).json).toEqual([other.json])
    expect((await t.call(`GET ${HOOKS}?type=com.okta.telephony.provider`)).json).toEqual([])
    const wrong = await t.call(`GET ${HOOKS}?type=tokens`)
    expect([wrong.status, causesOf(wrong.json)]).toEqual([400, ['type: The field has an invalid value']])
  })

  test('names are used once; there may be 50', async () => {
    const t = await testOrg()
    for (let n = 0; n < 50; n++) await t.call(`POST ${HOOKS}`, hook({ name: `Hook ${n}` }))
    expect((await t.call(`POST ${HOOKS}`, hook({ name: 'hook 7' }))).status).toBe(400)
    expect(t.lastCause()).toBe('E0000001/hook-name-taken')
    await t.call(`POST ${HOOKS}`, hook())
    expect(t.lastCause()).toBe('E0000001/hook-limit-reached')
  })

  test('an access rule names a token hook that exists, and forgets one that is deleted', async () => {
    const t = await testOrg()
    const policies = '/api/v1/authorizationServers/default/policies'
    const [policy] = (await t.call(`GET ${policies}`)).json
    const rule = (id: string) => ({
      type: 'RESOURCE_ACCESS',
      name: `With ${id}`,
      priority: 1,
      conditions: {
        people: { groups: { include: ['EVERYONE'] } },
        grantTypes: { include: ['password'] },
        scopes: { include: ['*'] },
      },
      actions: { token: { accessTokenLifetimeMinutes: 60, inlineHook: { id } } },
    })
    const other = await t.call(`POST ${HOOKS}`, hook({ name: 'Import', type: 'com.okta.import.transform' }))
    for (const id of ['cal000', other.json.id]) {
      const refused = await t.call(`POST ${policies}/${policy.id}/rules`, rule(id))
      expect([refused.status, t.lastCause()]).toEqual([400, 'E0000001/inline-hook-unknown'])
    }
    const made = await t.call(`POST ${HOOKS}`, hook())
    const { id } = made.json
    const added = await t.call(`POST ${policies}/${policy.id}/rules`, rule(id))
    expect([added.status, added.json.actions.token.inlineHook]).toEqual([201, { id }])
    await t.call(`POST ${HOOKS}/${id}/lifecycle/deactivate`)
    expect((await t.call(`DELETE ${HOOKS}/${id}`)).status).toBe(204)
    const shown = await t.call(`GET ${policies}/${policy.id}/rules/${added.json.id}`)
    expect([shown.status, shown.json.actions.token.inlineHook]).toEqual([200, undefined])
  })
})

test('what a hook brings along stands in no ledger, neither as it was sent nor as it is shown', async () => {
  const t = await testOrg()
  const headers = [{ key: 'X-Team', value: 'between-us' }]
  const { json } = await t.call(`POST ${HOOKS}`, hook({ channel: channel(URI, { headers }) }))
  expect(json.channel.config.headers).toEqual(headers)
  await t.call(`GET ${HOOKS}/${json.id}`)
  const shown = JSON.stringify(t.org.ledger.list().map(showEntry))
  expect(shown).toContain('X-Team')
  expect(shown).not.toContain('between-us')
})

describe('bodies that are refused', () => {
  test.each([
    ['no type', hook({ type: undefined }), 'required-field-missing', 'type: The field cannot be left blank'],
    ['an unknown type', hook({ type: 'com.okta.tokens' }), 'value-invalid', 'type: The field has an invalid value'],
    ['no version', hook({ version: undefined }), 'required-field-missing', 'version: The field cannot be left blank'],
    ['a version that is none', hook({ version: 'one' }), 'value-invalid', 'version: Must be a version number'],
    [
      'plain HTTP',
      hook({ channel: channel('http://hooks.example.com') }),
      'hook-uri-refused',
      'uri: The URL must begin with https:// and be reachable by Okta',
    ],
    [
      'another channel',
      hook({ channel: { ...channel(), type: 'SMTP' } }),
      'value-invalid',
      'type: The field has an invalid value',
    ],
    [
      'no client',
      hook({ channel: oauth(URI, { clientId: '' }) }),
      'required-field-missing',
      'clientId: The field cannot be left blank',
    ],
    [
      'no secret',
      hook({ channel: oauth(URI, { clientSecret: null }) }),
      'required-field-missing',
      'clientSecret: The field cannot be left blank',
    ],
    [
      'no key',
      hook({ channel: oauth(URI, { authType: 'private_key_jwt' }) }),
      'required-field-missing',
      'hookKeyId: The field cannot be left blank',
    ],
    [
      'an unknown key',
      hook({ channel: oauth(URI, { authType: 'private_key_jwt', hookKeyId: 'HKY1' }) }),
      'hook-key-unknown',
      'hookKeyId: The hook key HKY1 does not exist',
    ],
    [
      'an unknown way',
      hook({ channel: oauth(URI, { authType: 'client_secret_basic' }) }),
      'value-invalid',
      'authType: The field has an invalid value',
    ],
    [
      'a token URL without https',
      hook({ channel: oauth(URI, { tokenUrl: 'http://login.example.com/' }) }),
      'hook-uri-refused',
      'tokenUrl: The URL must begin with https:// and be reachable by Okta',
    ],
  ])('%s', async (_, body, cause, says) => {
    const t = await testOrg()
    const refused = await t.call(`POST ${HOOKS}`, body)
    expect([refused.status, t.lastCause(), causesOf(refused.json)]).toEqual([400, `E0000001/${cause}`, [says]])
    expect((await t.call(`GET ${HOOKS}`)).json).toEqual([])
  })

  test('whatever is sent: success or a refusal of Okta, and after a refusal the hook is as it was', async () => {
    const t = await testOrg()
    const { json } = await t.call(`POST ${HOOKS}`, hook({ channel: oauth(URI) }))
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('x'.repeat(2000), '\0', '😀', '__proto__', URI, 'HTTP', 'private_key_jwt'),
    )
    const place = fc.constantFrom(
      ...['name', 'type', 'version', 'channel', 'channel.type', 'channel.version', 'channel.config'],
      ...['uri', 'method', 'headers', 'authScheme', 'authType', 'clientId', 'clientSecret', 'tokenUrl', 'scope'].map(
        (name) => `channel.config.${name}`,
      ),
      'channel.config.hookKeyId',
    )
    await fc.assert(
      fc.asyncProperty(place, odd, fc.constantFrom('PUT', 'POST'), async (path, value, method) => {
        const before = (await t.call(`GET ${HOOKS}/${json.id}`)).json
        const body = structuredClone(hook({ channel: oauth(URI) })) as Record<string, unknown>
        const names = path.split('.')
        const holder = names.slice(0, -1).reduce((within, name) => within[name] as Record<string, unknown>, body)
        holder[names.at(-1)!] = value
        const answer = await t.call(`${method} ${HOOKS}/${json.id}`, body)
        expect(answer.status).toBeLessThan(500)
        if (answer.status === 200) return
        expect(answer.json).toMatchObject({
          errorCode: expect.stringMatching(/^E\d{7}$/),
          errorCauses: expect.any(Array),
        })
        expect((await t.call(`GET ${HOOKS}/${json.id}`)).json).toEqual(before)
      }),
      { numRuns: 300 },
    )
  })
})

describe('execute', () => {
  let server: HookServer
  beforeEach(async () => {
    server = await hookServer()
  })
  afterEach(() => server.close())

  async function withHook(more: object = {}) {
    const t = await testOrg()
    const made = await t.call(`POST ${HOOKS}`, hook({ channel: channel(server.url), ...more }))
    return { t, path: `${HOOKS}/${made.json.id}` }
  }

  test('passes the body on and gives back what the service answers', async () => {
    const { t, path } = await withHook()
    const commands = [{ type: 'com.okta.access.patch', value: [{ op: 'add', path: '/claims/a', value: 1 }] }]
    server.respond = () => ({ json: { commands } })
    const body = { eventType: TOKENS, data: { context: { a: 1 } } }
    const answer = await t.call(`POST ${path}/execute`, body)
    expect([answer.status, answer.json]).toEqual([200, { commands }])
    expect(server.arrived).toMatchObject([{ method: 'POST', json: body }])
    expect(eventsOf(t)).toEqual(['inline_hook.created', 'inline_hook.executed'])
  })

  test.each([
    ['nothing', { status: 204 }, {}],
    ['an error object', { json: { error: { errorSummary: 'No.' } } }, { error: { errorSummary: 'No.' } }],
  ])('%s is an answer', async (_, reply, expected) => {
    const { t, path } = await withHook()
    server.respond = () => reply
    const answer = await t.call(`POST ${path}/execute`, { data: {} })
    expect([answer.status, answer.json]).toEqual([200, expected])
  })

  test.each([
    ['503', { status: 503 }, 'The external service answered with status 503.', 2],
    ['400', { status: 400 }, 'The external service answered with status 400.', 1],
    ['a redirect', { status: 307, headers: { location: '/' } }, 'The external service answered with status 307.', 1],
    ['text', { text: 'ok' }, 'The external service answered with something that is no JSON object.', 1],
    ['a list', { json: [] }, 'The external service answered with something that is no JSON object.', 1],
    ['commands that are no list', { json: { commands: {} } }, '`commands` is no list.', 1],
    ['an error that is no object', { json: { error: 'No.' } }, '`error` is no object.', 1],
  ])('%s is none', async (_, reply, says, calls) => {
    const { t, path } = await withHook()
    server.respond = () => reply
    const refused = await t.call(`POST ${path}/execute`, { data: {} })
    expect([refused.status, t.lastCause(), causesOf(refused.json)]).toEqual([
      400,
      'E0000001/hook-execution-failed',
      [`The inline hook cannot be executed because of its external service: ${says}`],
    ])
    expect(server.arrived).toHaveLength(calls)
  })

  test('what is switched off is not executed', async () => {
    const { t, path } = await withHook()
    await t.call(`POST ${path}/lifecycle/deactivate`)
    expect((await t.call(`POST ${path}/execute`, {})).status).toBe(400)
    expect(t.lastCause()).toBe('E0000001/hook-not-active')
    expect(server.arrived).toEqual([])
  })

  test('with a client secret a token is fetched first', async () => {
    const { t, path } = await withHook({ channel: oauth(server.url, { scope: 'hooks' }) })
    server.respond = ({ path }) =>
      path === '/token' ? { json: { access_token: 'abc.def', token_type: 'Bearer' } } : { json: { commands: [] } }
    expect((await t.call(`GET ${path}`)).text).not.toContain('c2VjcmV0')
    expect((await t.call(`POST ${path}/execute`, { data: {} })).status).toBe(200)
    const [token, call] = server.arrived
    expect(Object.fromEntries(new URLSearchParams(token!.text))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'okta',
      client_secret: 'c2VjcmV0',
      scope: 'hooks',
    })
    expect([call!.path, call!.headers.authorization]).toEqual(['/hook', 'Bearer abc.def'])
  })

  test('with a hook key the token is asked for with a signed assertion', async () => {
    const t = await testOrg()
    const key = (await t.call('POST /api/v1/hook-keys', { name: 'Signing' })).json
    const config = { authType: 'private_key_jwt', hookKeyId: key.id, clientSecret: undefined }
    const made = await t.call(`POST ${HOOKS}`, hook({ channel: oauth(server.url, config) }))
    expect(made.json.channel.config.hookKeyId).toBe(key.id)
    server.respond = ({ path }) => (path === '/token' ? { json: { access_token: 'abc' } } : { json: {} })
    expect((await t.call(`POST ${HOOKS}/${made.json.id}/execute`, { data: {} })).status).toBe(200)
    const form = new URLSearchParams(server.arrived[0]!.text)
    expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    const [head, claims, signature] = form.get('client_assertion')!.split('.') as [string, string, string]
    const publicKey = createPublicKey({ key: { ...key._embedded, alg: 'RS256', use: 'sig' }, format: 'jwk' })
    const signed = Buffer.from(`${head}.${claims}`)
    expect(verify('RSA-SHA256', signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true)
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
    expect(read(head)).toEqual({ alg: 'RS256', kid: key.keyId })
    expect(read(claims)).toMatchObject({ iss: 'okta', sub: 'okta', aud: `${server.url}/token` })
  })

  test('without a token the service is not asked', async () => {
    const { t, path } = await withHook({ channel: oauth(server.url) })
    server.respond = () => ({ status: 401, json: { error: 'invalid_client' } })
    const refused = await t.call(`POST ${path}/execute`, { data: {} })
    expect(causesOf(refused.json)[0]).toContain('The token URL gave no access token: it answered with status 401.')
    expect(server.arrived.map(({ path }) => path)).toEqual(['/token'])
  })
})
