// Does a BLOCKLIST zone really block, everywhere and before everything else?
import { describe, expect, it } from 'vitest'
import { testOrg } from '../testing.ts'

const zone = (more: object = {}) => ({
  type: 'IP',
  name: 'Blocked',
  usage: 'BLOCKLIST',
  gateways: [{ type: 'CIDR', value: '203.0.113.0/24' }],
  ...more,
})
const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })

describe('a blocked address', () => {
  it.each([
    'GET /api/v1/groups',
    'POST /api/v1/authn',
    'GET /oauth2/default/v1/authorize',
    'POST /oauth2/default/v1/token',
    'GET /.well-known/openid-configuration',
    'GET /no/such/path',
    'DELETE /api/v1/groups',
    'OPTIONS /api/v1/authn',
  ])('is refused at %s', async (request) => {
    const t = await testOrg()
    await t.call('POST /api/v1/zones', zone())
    const refused = await t.call(request, undefined, from('203.0.113.7'))
    expect(refused.status).toBe(403)
    expect(refused.json).toMatchObject({ errorCode: 'E0000006', errorCauses: [] })
    expect(t.lastCause()).toBe('E0000006/address-blocked')
    // Refused before anything was counted.
    expect(refused.headers.get('x-rate-limit-limit')).toBeNull()
    expect(refused.headers.get('x-okta-request-id')).not.toBeNull()
  })

  it('leaves an event that names the address and the zone', async () => {
    const t = await testOrg()
    const made = await t.call('POST /api/v1/zones', zone())
    await t.call('GET /api/v1/groups', undefined, from('203.0.113.7'))
    const { json } = await t.call('GET /api/v1/logs?filter=eventType%20eq%20%22security.request.blocked%22')
    expect(json).toHaveLength(1)
    expect(json[0]).toMatchObject({
      displayMessage: 'Blocked request from IP',
      outcome: { result: 'DENY' },
      actor: { id: '203.0.113.7' },
      client: { ipAddress: '203.0.113.7' },
      target: [{ id: made.json.id, displayName: 'Blocked' }],
    })
  })

  it('is free again when the zone is changed, deactivated or deleted', async () => {
    const t = await testOrg()
    const { json } = await t.call('POST /api/v1/zones', zone())
    const blocked = async () => (await t.call('GET /api/v1/groups', undefined, from('203.0.113.7'))).status === 403
    expect(await blocked()).toBe(true)
    await t.call(`PUT /api/v1/zones/${json.id}`, zone({ gateways: [{ type: 'CIDR', value: '198.51.100.0/24' }] }))
    expect(await blocked()).toBe(false)
    await t.call(`PUT /api/v1/zones/${json.id}`, zone())
    expect(await blocked()).toBe(true)
    await t.call(`PUT /api/v1/zones/${json.id}`, zone({ usage: 'POLICY' }))
    expect(await blocked()).toBe(false)
    await t.call(`PUT /api/v1/zones/${json.id}`, zone())
    await t.call(`POST /api/v1/zones/${json.id}/lifecycle/deactivate`)
    expect(await blocked()).toBe(false)
    await t.call(`DELETE /api/v1/zones/${json.id}`)
    expect(await blocked()).toBe(false)
  })
})

describe('nobody is blocked', () => {
  it.each([
    ['from outside the zone', zone(), '198.51.100.7'],
    ['by a zone for policies', zone({ usage: 'POLICY' }), '203.0.113.7'],
    [
      'by proxies of a zone',
      zone({ gateways: null, proxies: [{ type: 'CIDR', value: '203.0.113.0/24' }] }),
      '203.0.113.7',
    ],
  ])('%s', async (_name, body, address) => {
    const t = await testOrg()
    expect((await t.call('POST /api/v1/zones', body)).status).toBe(200)
    expect((await t.call('GET /api/v1/groups', undefined, from(address))).status).toBe(200)
  })

  it('from the control API, which is no part of the org', async () => {
    const t = await testOrg()
    await t.call('POST /api/v1/zones', zone({ gateways: [{ type: 'CIDR', value: '0.0.0.0/0' }] }))
    expect((await t.call('GET /api/v1/groups')).status).toBe(403)
    expect((await t.call('GET /_errorg/health', undefined, { headers: { host: '127.0.0.1' } })).status).not.toBe(403)
  })
})
