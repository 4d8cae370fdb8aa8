import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Called, causesOf, type TestOrg, testOrg } from '../../testing.ts'

const SERVERS = '/api/v1/email-servers'
const basic = (more: object = {}) => ({
  alias: 'Harbour',
  enabled: false,
  authType: 'BASIC_SMTP_AUTH',
  host: 'smtp.harbour.example',
  port: 587,
  username: 'noreply@harbour.example',
  password: 'secret',
  ...more,
})
const client = {
  clientId: 'mails',
  tokenEndpoint: 'https://oauth.harbour.example/token',
  tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC',
  scopes: ['send_email'],
}
const oauth = { ...basic(), authType: 'OAUTH2_CLIENT_CREDENTIALS', ...client, clientSecret: 'secret' }
const shown = ({ password: _, clientSecret: __, ...rest }: Record<string, unknown>) => rest

const whyNot = ({ json }: Called) => causesOf(json)

let t: TestOrg
beforeEach(async () => {
  t = await testOrg({ settings: { contract: 'current' } })
})

describe('mail servers', () => {
  test('are made, read, listed, changed and deleted; secrets are never shown', async () => {
    const made = await t.call(`POST ${SERVERS}`, basic())
    expect([made.status, made.json]).toEqual([201, { id: expect.stringMatching(/^ces\w{14}5d7$/), ...shown(basic()) }])
    const one = `${SERVERS}/${made.json.id}`
    expect((await t.call(`GET ${SERVERS}`)).json).toEqual({ 'email-servers': [made.json] })
    const changed = await t.call(`PATCH ${one}`, { alias: 'Port', password: 'new', port: 465 })
    expect([changed.status, changed.json]).toEqual([200, { ...made.json, alias: 'Port', port: 465 }])
    expect((await t.call(`GET ${one}`)).json).toEqual(changed.json)
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    expect((await t.call(`GET ${one}`)).json.errorCode).toBe('E0000007')
  })

  test('are signed in to with a password where no way is named, or with OAuth', async () => {
    const { authType: _, enabled: __, ...older } = basic()
    expect((await t.call(`POST ${SERVERS}`, older)).json).toMatchObject({ authType: 'BASIC_SMTP_AUTH', enabled: false })
    const made = await t.call(`POST ${SERVERS}`, oauth)
    expect([made.status, made.json]).toEqual([201, { id: made.json.id, ...shown(oauth) }])
    const one = `${SERVERS}/${made.json.id}`
    // A change needs no secret again; another way of signing in needs its own.
    expect((await t.call(`PATCH ${one}`, { authType: oauth.authType, alias: 'Port' })).json.alias).toBe('Port')
    const turned = await t.call(`PATCH ${one}`, { authType: 'BASIC_SMTP_AUTH' })
    expect(whyNot(turned)).toEqual(['password: The field cannot be left blank'])
    const basicNow = await t.call(`PATCH ${one}`, { authType: 'BASIC_SMTP_AUTH', password: 'secret' })
    expect(basicNow.json).not.toHaveProperty('clientId')
  })

  test('need what they are reached with', async () => {
    expect(whyNot(await t.call(`POST ${SERVERS}`, { authType: 'BASIC_SMTP_AUTH', port: 0 }))).toEqual([
      'alias: The field cannot be left blank',
      'host: The field cannot be left blank',
      'port: must be between 1 and 65535',
      'username: The field cannot be left blank',
      'password: The field cannot be left blank',
    ])
    await t.call(`POST ${SERVERS}`, basic({ authType: 'PIGEON' }))
    expect(t.lastCause()).toBe('E0000003/body-unreadable-shape')
    await t.call(`POST ${SERVERS}`, { ...oauth, scopes: [7] })
    expect(t.lastCause()).toBe('E0000003/body-unreadable-shape')
  })

  test('carry the mails one at a time', async () => {
    const { id } = (await t.call(`POST ${SERVERS}`, basic({ enabled: true }))).json
    expect((await t.call(`PATCH ${SERVERS}/${id}`, { enabled: true })).status).toBe(200)
    const second = await t.call(`POST ${SERVERS}`, basic({ enabled: true }))
    expect([second.status, second.json.errorCode]).toEqual([400, 'E0000222'])
    expect(t.lastCause()).toBe('E0000222/email-server-enabled-already')
    await t.call(`PATCH ${SERVERS}/${id}`, { enabled: false })
    const [a, b] = await Promise.all(
      ['a', 'b'].map((alias) => t.call(`POST ${SERVERS}`, basic({ alias, enabled: true }))),
    )
    expect([a!.status, b!.status].sort()).toEqual([201, 400])
  })

  test('are never half written, whatever is sent', async () => {
    const { json } = await t.call(`POST ${SERVERS}`, oauth)
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom('\ud800', 'x\u0000', 'long'.repeat(5_000), '__proto__'))
    const names = ['alias', 'host', 'port', 'username', 'enabled', 'authType', 'scopes', 'clientId', 'password']
    const body = fc.record(Object.fromEntries(names.map((name) => [name, odd])), { requiredKeys: [] })
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const before = (await t.call(`GET ${SERVERS}/${json.id}`)).json
        const answer = await t.call(`PATCH ${SERVERS}/${json.id}`, sent)
        expect(answer.status).toBeLessThan(500)
        if (answer.status !== 200) expect((await t.call(`GET ${SERVERS}/${json.id}`)).json).toEqual(before)
      }),
      { numRuns: 60 },
    )
  })
})
