import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestOrg, testOrg } from '../testing.ts'
import { type HookServer, hookServer } from './testing.ts'

let server: HookServer
let t: TestOrg
beforeEach(async () => {
  server = await hookServer()
  t = await testOrg()
  await t.call('POST /api/v1/inlineHooks', {
    name: 'Old system',
    type: 'com.okta.user.credential.password.import',
    version: '1.0.0',
    channel: { type: 'HTTP', version: '1.0.0', config: { uri: server.url } },
  })
})
afterEach(() => server.close())

const verdict = (credential: string) => ({ commands: [{ type: 'com.okta.action.update', value: { credential } }] })
const makeAda = () =>
  t.call('POST /api/v1/users', {
    profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
    credentials: { password: { hook: { type: 'default' } } },
  })
const signIn = (password = 'Old-System-9') =>
  t.call('POST /api/v1/authn', { username: 'ada@example.com', password }, { token: null })
const results = () =>
  [...t.org.events.read()].filter((one) => one.eventType === 'user.import.password').map((one) => one.result)

test('a user with a hook is active, and has a password that is elsewhere', async () => {
  const made = await makeAda()
  expect([made.status, made.json.status, made.json.credentials]).toEqual([
    200,
    'ACTIVE',
    { password: {}, provider: { type: 'IMPORT', name: 'IMPORT' } },
  ])
})

test('at the first sign-in the service is asked; then the org knows the password itself', async () => {
  const made = await makeAda()
  server.respond = () => ({ json: verdict('VERIFIED') })
  expect((await signIn()).json.status).toBe('SUCCESS')
  expect(server.arrived[0]!.json).toMatchObject({
    eventType: 'com.okta.user.credential.password.import',
    source: expect.stringMatching(/\/api\/v1\/inlineHooks\/cal/),
    data: {
      context: {
        request: { method: 'POST', url: { value: '/api/v1/authn' } },
        credential: { username: 'ada@example.com', password: 'Old-System-9' },
      },
      action: { credential: 'UNVERIFIED' },
    },
  })
  expect(results()).toEqual(['SUCCESS'])
  const shown = await t.call(`GET /api/v1/users/${made.json.id}`)
  expect(shown.json.credentials.provider).toEqual({ type: 'OKTA', name: 'OKTA' })
  server.respond = () => ({ json: verdict('UNVERIFIED') })
  expect((await signIn()).json.status).toBe('SUCCESS')
  expect((await signIn('Wrong-Horse-9')).status).toBe(401)
  expect(server.arrived).toHaveLength(1)
  // What was written down holds no password.
  expect(JSON.stringify([...t.org.events.read()])).not.toContain('Old-System-9')
})

describe('who is refused stays outside, and is asked about again', () => {
  test.each([
    ['UNVERIFIED', { json: verdict('UNVERIFIED') }],
    ['an empty answer', { status: 204 }],
    ['no commands', { json: {} }],
  ])('%s counts as a wrong password', async (_, reply) => {
    await makeAda()
    server.respond = () => reply
    for (let i = 0; i < 10; i++) {
      t.clock.advance(1)
      expect((await signIn()).status).toBe(401)
    }
    expect(results().every((result) => result === 'FAILURE')).toBe(true)
    server.respond = () => ({ json: verdict('VERIFIED') })
    expect((await signIn()).status).toBe(401)
    expect(t.lastCause()).toBe('E0000004/user-locked-out')
  })

  test.each([
    ['503', { status: 503 }],
    ['no JSON', { text: 'yes' }],
    ['an error', { json: { error: { errorSummary: 'down' } } }],
    ['another command', { json: { commands: [{ type: 'com.okta.access.patch', value: {} }] } }],
    ['another word', { json: verdict('YES') }],
  ])('%s is no answer, and does not count', async (_, reply) => {
    await makeAda()
    server.respond = () => reply
    for (let i = 0; i < 12; i++) {
      t.clock.advance(1)
      expect((await signIn()).status).toBe(401)
    }
    server.respond = () => ({ json: verdict('VERIFIED') })
    t.clock.advance(1)
    expect((await signIn()).json.status).toBe('SUCCESS')
  })

  test('without a hook nobody can say', async () => {
    const other = await testOrg()
    t = other
    await makeAda()
    expect([(await signIn()).status, t.lastCause()]).toEqual([401, 'E0000004/credentials-wrong'])
    expect(server.arrived).toEqual([])
  })

  test('a user who may not sign in is not asked about', async () => {
    const made = await makeAda()
    await t.call(`POST /api/v1/users/${made.json.id}/lifecycle/suspend`)
    expect((await signIn()).status).toBe(401)
    expect(server.arrived).toEqual([])
  })
})

test('a password that an administrator sets ends the import', async () => {
  const made = await makeAda()
  await t.call(`POST /api/v1/users/${made.json.id}`, { credentials: { password: { value: 'Correct-Horse-9' } } })
  expect((await signIn('Correct-Horse-9')).json.status).toBe('SUCCESS')
  expect(server.arrived).toEqual([])
})
