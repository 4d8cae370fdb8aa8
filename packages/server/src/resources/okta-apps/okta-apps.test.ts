import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { causesOf, type TestOrg, testOrg } from '../../testing.ts'

const CONSOLE = '/api/v1/first-party-app-settings/admin-console'
const BLOCKLIST = '/okta-personal-settings/api/v1/export-blocklists'
const PERSONAL = '/okta-personal-settings/api/v1/edit-feature'

let t: TestOrg
beforeEach(async () => {
  t = await testOrg({ settings: { contract: 'current' } })
})

const minutes = (idle: unknown, life: unknown) => ({ sessionIdleTimeoutMinutes: idle, sessionMaxLifetimeMinutes: life })

describe('the Admin Console', () => {
  it('has sessions of fifteen minutes and twelve hours until somebody says else', async () => {
    expect((await t.call(`GET ${CONSOLE}`)).json).toEqual(minutes(15, 720))
    for (const most of [minutes(5, 5), minutes(720, 10_080)]) {
      const { status, json } = await t.call(`PUT ${CONSOLE}`, most)
      expect([status, json]).toEqual([200, most])
      expect((await t.call(`GET ${CONSOLE}`)).json).toEqual(most)
    }
    expect((await t.call(`PUT ${CONSOLE}`, {})).json).toEqual(minutes(15, 720))
  })

  it.each([
    [minutes(0, 720), 'sessionIdleTimeoutMinutes: must be between 5 and 720'],
    [minutes(721, 720), 'sessionIdleTimeoutMinutes: must be between 5 and 720'],
    [minutes(15, -1), 'sessionMaxLifetimeMinutes: must be between 5 and 10080'],
    [minutes(15, 10_081), 'sessionMaxLifetimeMinutes: must be between 5 and 10080'],
  ])('cannot have %j', async (body, says) => {
    const refused = await t.call(`PUT ${CONSOLE}`, body)
    expect([refused.status, t.lastCause(), causesOf(refused.json)]).toEqual([400, 'E0000001/value-invalid', [says]])
    expect((await t.call(`GET ${CONSOLE}`)).json).toEqual(minutes(15, 720))
  })

  it('is the only app with settings', async () => {
    for (const request of ['GET', 'PUT']) {
      const { status, json } = await t.call(
        `${request} ${CONSOLE.replace('admin-console', 'dashboard')}`,
        request === 'PUT' ? {} : undefined,
      )
      expect([status, json.errorCode]).toEqual([404, 'E0000007'])
    }
  })
})

describe('Okta Personal', () => {
  it('keeps a list of domains, replaced as a whole', async () => {
    expect((await t.call(`GET ${BLOCKLIST}`)).json).toEqual({ domains: [] })
    for (const domains of [['a.example', 'b.example'], ['c.example'], []]) {
      expect((await t.call(`PUT ${BLOCKLIST}`, { domains })).status).toBe(204)
      expect((await t.call(`GET ${BLOCKLIST}`)).json).toEqual({ domains })
    }
  })

  it('has two switches, which nothing shows', async () => {
    for (const enableExportApps of [true, false]) {
      expect((await t.call(`PUT ${PERSONAL}`, { enableExportApps, enableEnduserEntryPoints: true })).status).toBe(204)
    }
    const refused = await t.call(`PUT ${PERSONAL}`, { enableExportApps: 'yes' })
    expect([refused.status, refused.json.errorCode]).toEqual([400, 'E0000003'])
  })
})

it('is never half written, whatever is sent', async () => {
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom('\ud800', -1, 1e21, ['x'], [5], '__proto__'))
  const names = ['sessionIdleTimeoutMinutes', 'sessionMaxLifetimeMinutes', 'domains', 'enableExportApps']
  const sent = fc.oneof(odd, fc.record(Object.fromEntries(names.map((name) => [name, odd])), { requiredKeys: [] }))
  const all = async () => [(await t.call(`GET ${CONSOLE}`)).json, (await t.call(`GET ${BLOCKLIST}`)).json]
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(CONSOLE, BLOCKLIST, PERSONAL), sent, async (path, body) => {
      const before = await all()
      const { status, json } = await t.call(`PUT ${path}`, JSON.stringify(body))
      expect(status).toBeLessThan(500)
      if (status < 300) return
      expect(json.errorCode).toMatch(/^E000000[13]$/)
      expect(await all()).toEqual(before)
    }),
    { numRuns: 100 },
  )
})
