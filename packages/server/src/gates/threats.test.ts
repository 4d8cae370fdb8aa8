// Does ThreatInsight do what the org has it set to, where somebody signs in and nowhere else?
import { describe, expect, it } from 'vitest'
import { testOrg } from '../testing.ts'

const BAD = '203.0.113.7'
const from = (address: string) => ({ token: null, headers: { 'x-forwarded-for': address } })
const ada = { username: 'ada@example.com', password: 'Correct-Horse-9' }

async function org(action: string, excludeZones: (office: string) => string[] = () => []) {
  const t = await testOrg({ settings: { addresses: { known: [{ range: BAD, malicious: true }] } } })
  const profile = { firstName: 'Ada', lastName: 'Byron', email: ada.username, login: ada.username }
  await t.call('POST /api/v1/users', { profile, credentials: { password: { value: ada.password } } })
  const gateways = [{ type: 'RANGE', value: BAD }]
  const office = (await t.call('POST /api/v1/zones', { type: 'IP', name: 'Office', gateways })).json.id
  const set = await t.call('POST /api/v1/threats/configuration', { action, excludeZones: excludeZones(office) })
  expect(set.status).toBe(200)
  return t
}

const threats = (t: Awaited<ReturnType<typeof org>>) =>
  [...t.org.events.read()].filter((event) => event.eventType === 'security.threat.detected')

describe('a malicious address', () => {
  it.each([
    'POST /api/v1/authn',
    'POST /api/v1/authn/recovery/password',
    'POST /api/v1/sessions',
    'GET /oauth2/v1/authorize',
    'POST /oauth2/default/v1/token',
  ])('is refused at %s', async (request) => {
    const t = await org('block')
    const refused = await t.call(request, request.startsWith('POST') ? ada : undefined, from(BAD))
    expect([refused.status, refused.json.errorCode, refused.json.errorSummary]).toEqual([
      403,
      'E0000006',
      'You do not have permission to perform the requested action',
    ])
    expect(t.lastCause()).toBe('E0000006/address-malicious')
    expect(refused.headers.get('x-rate-limit-limit')).toBeNull()
    expect(threats(t)).toMatchObject([
      { result: 'DENY', severity: 'WARN', actor: { id: BAD }, debug: { threatSuspected: 'true' } },
    ])
  })

  it('does not lock anybody out, and others sign in', async () => {
    const t = await org('block')
    expect((await t.call('POST /api/v1/authn', ada, from('203.0.113.8'))).json.status).toBe('SUCCESS')
    const headers = { 'x-forwarded-for': BAD }
    expect((await t.call('GET /api/v1/users/me', undefined, { headers })).status).toBe(200)
    expect(threats(t)).toEqual([])
  })

  it('is noted only, where the org says so', async () => {
    const t = await org('audit')
    expect((await t.call('POST /api/v1/authn', ada, from(BAD))).json.status).toBe('SUCCESS')
    expect(threats(t)).toMatchObject([{ result: 'ALLOW' }])
  })

  it.each([
    ['none', () => []],
    ['block', (office: string) => [office]],
    ['audit', (office: string) => [office]],
  ])('is left alone with %s and its zone', async (action, excludeZones) => {
    const t = await org(action, excludeZones)
    expect((await t.call('POST /api/v1/authn', ada, from(BAD))).json.status).toBe('SUCCESS')
    expect(threats(t)).toEqual([])
  })
})

it('a country can be blocked', async () => {
  const t = await testOrg({ settings: { addresses: { known: [{ range: '203.0.113.0/24', country: 'DE' }] } } })
  const zone = { type: 'DYNAMIC', name: 'There', usage: 'BLOCKLIST', locations: [{ country: 'DE' }] }
  expect((await t.call('POST /api/v1/zones', zone)).status).toBe(200)
  expect((await t.call('GET /api/v1/groups', undefined, from(BAD))).json.errorCode).toBe('E0000006')
  expect(t.lastCause()).toBe('E0000006/address-blocked')
  expect((await t.call('GET /api/v1/groups')).status).toBe(200)
  t.org.changeSettings({ addresses: { known: [] } })
  expect((await t.call('GET /api/v1/groups', undefined, { headers: { 'x-forwarded-for': BAD } })).status).toBe(200)
})
