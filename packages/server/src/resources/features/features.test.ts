import { beforeEach, describe, expect, it } from 'vitest'
import { type TestOrg, testOrg } from '../../testing.ts'

const FEATURES = '/api/v1/features'

let t: TestOrg
beforeEach(async () => {
  t = await testOrg({ settings: { contract: 'current' } })
})

async function find(name: string) {
  const rows = (await t.call(`GET ${FEATURES}`)).json as { id: string; name: string; status: string }[]
  return rows.find((row) => row.name === name)!
}
const change = (id: string, word: string) => t.call(`POST ${FEATURES}/${id}/${word}`)
const switched = () =>
  [...t.org.events.read()]
    .filter(({ eventType }) => eventType.startsWith('system.feature'))
    .map(({ eventType, targets }) => [eventType, targets.map((target) => target.displayName)])

describe('a feature', () => {
  it('is listed and read with what can be done now', async () => {
    const { id } = await find('Unique app labels')
    expect(id).toMatch(/^ftr\w{14}5d7$/)
    expect((await t.call(`GET ${FEATURES}/${id}`)).json).toEqual({
      id,
      type: 'self-service',
      status: 'DISABLED',
      name: 'Unique app labels',
      description: expect.any(String),
      stage: { value: 'EA' },
      _links: {
        enable: { href: `http://127.0.0.1${FEATURES}/${id}/enable`, hints: { allow: ['POST'] } },
        self: { href: `http://127.0.0.1${FEATURES}/${id}` },
        dependents: { href: `http://127.0.0.1${FEATURES}/${id}/dependents` },
        dependencies: { href: `http://127.0.0.1${FEATURES}/${id}/dependencies` },
      },
    })
    const missing = await t.call(`GET ${FEATURES}/ftrnone`)
    expect(missing.json.errorSummary).toBe('Not found: Resource not found: ftrnone (Feature)')
  })

  it('is what its operations ask for, whoever switched it', async () => {
    const brand = (await t.call('POST /api/v1/brands', { name: 'Harbour' })).json.id
    const uris = () => t.call(`GET /api/v1/brands/${brand}/well-known-uris`)
    const refused = await uris()
    expect([refused.status, refused.json.errorCode, refused.headers.has('x-rate-limit-limit')]).toEqual([
      401,
      'E0000015',
      false,
    ])
    const { id } = await find('Custom well-known URIs')
    expect((await change(id, 'enable')).json.status).toBe('ENABLED')
    expect((await uris()).status).toBe(200)
    t.org.changeSettings({ features: { WELL_KNOWN_URIS: false } })
    expect((await find('Custom well-known URIs')).status).toBe('DISABLED')
    expect((await uris()).status).toBe(401)
  })

  it('has an effect elsewhere: labels of apps', async () => {
    const app = {
      name: 'bookmark',
      label: 'Handbook',
      signOnMode: 'BOOKMARK',
      settings: { app: { url: 'https://a.example' } },
    }
    await t.call('POST /api/v1/apps', app)
    expect((await t.call('POST /api/v1/apps', app)).status).toBe(200)
    await change((await find('Unique app labels')).id, 'ENABLE')
    expect((await t.call('POST /api/v1/apps', app)).json.errorCode).toBe('E0000040')
  })

  it.each([
    ['activate', 'E0000022/lifecycle-word-unknown'],
    ['disable', 'E0000022/feature-already-so'],
  ])('%s is refused', async (word, cause) => {
    const refused = await change((await find('Unique app labels')).id, word)
    expect([refused.status, refused.json.errorCode, t.lastCause()]).toEqual([405, 'E0000022', cause])
  })

  it('in closed Beta is only switched off', async () => {
    const { id } = await find('Feedback on the dashboard')
    expect((await t.call(`GET ${FEATURES}/${id}`)).json).toMatchObject({ stage: { value: 'BETA', state: 'CLOSED' } })
    expect((await change(id, 'enable')).json.errorCode).toBe('E0000022')
    expect(t.lastCause()).toBe('E0000022/feature-in-closed-beta')
    t.org.changeSettings({ features: { DASHBOARD_FEEDBACK: true } })
    expect((await change(id, 'disable')).json.status).toBe('DISABLED')
    expect((await t.call(`GET ${FEATURES}/${id}`)).json._links).not.toHaveProperty('enable')
  })
})

describe('features that need each other', () => {
  it('say so, are refused alone, and are switched together with force', async () => {
    const base = await find('Custom well-known URIs')
    const above = await find('Passkeys across domains')
    expect((await t.call(`GET ${FEATURES}/${above.id}/dependencies`)).json).toMatchObject([{ id: base.id }])
    expect((await t.call(`GET ${FEATURES}/${base.id}/dependents`)).json).toMatchObject([{ id: above.id }])
    expect((await t.call(`GET ${FEATURES}/${base.id}/dependencies`)).json).toEqual([])
    const refused = await change(above.id, 'enable')
    expect([refused.status, refused.json.errorCode, refused.json.errorCauses]).toEqual([
      400,
      'E0000141',
      [{ errorSummary: 'Self-Service feature Custom well-known URIs is not enabled' }],
    ])
    expect((await change(above.id, 'enable?mode=force')).json.status).toBe('ENABLED')
    expect((await find('Custom well-known URIs')).status).toBe('ENABLED')
    expect((await change(base.id, 'disable')).json.errorCauses).toEqual([
      { errorSummary: 'Self-Service feature Passkeys across domains is enabled' },
    ])
    await change(base.id, 'disable?mode=force')
    expect((await find('Passkeys across domains')).status).toBe('DISABLED')
    expect(switched()).toEqual([
      ['system.feature.enable', ['Custom well-known URIs', 'Passkeys across domains']],
      ['system.feature.disable', ['Passkeys across domains', 'Custom well-known URIs']],
    ])
  })
})

it('readers cannot switch features', async () => {
  const reader = await t.makeAdmin('reader@example.com', 'READ_ONLY_ADMIN')
  const { id } = await find('Unique app labels')
  const refused = await t.call(`POST ${FEATURES}/${id}/enable`, undefined, { token: reader.token })
  expect(refused.json.errorCode).toBe('E0000006')
})
