import { describe, expect, test } from 'vitest'
import { eventsOf, testOrg } from '../../testing.ts'

const ZONES = '/api/v1/zones'
const gateways = [{ type: 'CIDR', value: '198.51.100.0/24' }]
const office = { type: 'IP', name: 'Office', gateways }
const common = ['_links', 'created', 'id', 'lastUpdated', 'name', 'status', 'system', 'type', 'usage']

const keys = (json: object) => Object.keys(json).sort()

describe('the life of a zone', () => {
  test('it is made, read, replaced, switched off and deleted', async () => {
    const it = await testOrg()
    const made = await it.call(`POST ${ZONES}`, office)
    expect(made.status).toBe(200)
    expect(keys(made.json)).toEqual([...common, 'gateways', 'proxies'].sort())
    expect(made.json).toMatchObject({
      id: expect.stringMatching(/^nzo\w{14}5d7$/),
      name: 'Office',
      status: 'ACTIVE',
      usage: 'POLICY',
      system: false,
      gateways,
      proxies: null,
    })
    expect(Object.keys(made.json._links)).toEqual(['self', 'deactivate'])
    const zone = `${ZONES}/${made.json.id}`
    expect((await it.call(`GET ${zone}`)).json).toEqual(made.json)
    it.clock.advance(60)
    const wider = {
      ...office,
      name: 'Offices',
      usage: 'BLOCKLIST',
      status: 'INACTIVE',
      gateways: [{ type: 'RANGE', value: '192.0.2.7' }],
    }
    const replaced = await it.call(`PUT ${zone}`, wider)
    expect(replaced.json).toMatchObject({
      name: 'Offices',
      usage: 'BLOCKLIST',
      // Only the lifecycle operations change it.
      status: 'ACTIVE',
      gateways: [{ type: 'RANGE', value: '192.0.2.7-192.0.2.7' }],
      created: '2026-11-20T10:00:00.000Z',
      lastUpdated: '2026-11-20T10:01:00.000Z',
    })
    const active = await it.call(`DELETE ${zone}`)
    expect([active.status, active.json.errorSummary, active.json.errorCauses]).toEqual([
      400,
      'Api validation failed: The zone: Offices is an active zone. Active zones cannot be deleted.',
      [{ errorSummary: `id: The zone: ${made.json.id} is an active zone. Active zones cannot be deleted.` }],
    ])
    expect(it.lastCause()).toBe('E0000001/zone-still-active')
    for (let i = 0; i < 2; i++) {
      const off = await it.call(`POST ${zone}/lifecycle/deactivate`)
      expect([off.status, off.json.status, Object.keys(off.json._links)]).toEqual([
        200,
        'INACTIVE',
        ['self', 'activate'],
      ])
    }
    expect((await it.call(`POST ${zone}/lifecycle/activate`)).json.status).toBe('ACTIVE')
    await it.call(`POST ${zone}/lifecycle/deactivate`)
    expect((await it.call(`DELETE ${zone}`)).status).toBe(204)
    const missing = await it.call(`GET ${zone}`)
    expect([missing.status, missing.json.errorSummary]).toEqual([
      404,
      `Not found: Resource not found: ${made.json.id} (NetworkZone)`,
    ])
    expect(eventsOf(it)).toEqual([
      'zone.create',
      'zone.update',
      'zone.make_blacklist',
      'zone.deactivate',
      'zone.activate',
      'zone.deactivate',
      'zone.delete',
    ])
  })

  test('a name is taken without regard to case', async () => {
    const it = await testOrg()
    await it.call(`POST ${ZONES}`, office)
    const other = await it.call(`POST ${ZONES}`, { ...office, name: 'Lab' })
    for (const request of [`POST ${ZONES}`, `PUT ${ZONES}/${other.json.id}`]) {
      const taken = await it.call(request, { ...office, name: 'OFFICE' })
      expect([taken.status, taken.json.errorSummary, it.lastCause()]).toEqual([
        400,
        'Api validation failed: name',
        'E0000001/zone-name-taken',
      ])
    }
    expect((await it.call(`PUT ${ZONES}/${other.json.id}`, { ...office, name: 'lab' })).status).toBe(200)
  })

  test('a feature that is off closes all of it, before anything is counted', async () => {
    const it = await testOrg({ settings: { features: { NETWORK_ZONES: false } } })
    for (const [request, body] of [[`GET ${ZONES}`], [`POST ${ZONES}`, office], [`GET ${ZONES}/x`]] as const) {
      const refused = await it.call(request, body)
      expect([refused.status, refused.json.errorCode, it.lastCause()]).toEqual([
        401,
        'E0000015',
        'E0000015/feature-off',
      ])
      expect(refused.headers.get('x-rate-limit-limit')).toBeNull()
    }
  })

  test.each(['nobody', '__proto__', 'a%2Fb', 'a%00b', 'x'.repeat(1000)])('no zone is called so (%#)', async (id) => {
    const it = await testOrg()
    for (const [request, body] of [
      [`GET ${ZONES}/${id}`],
      [`PUT ${ZONES}/${id}`, office],
      [`DELETE ${ZONES}/${id}`],
      [`POST ${ZONES}/${id}/lifecycle/activate`],
      [`POST ${ZONES}/${id}/lifecycle/deactivate`],
    ] as const) {
      const missing = await it.call(request, body)
      expect([request, missing.status, missing.json.errorCode]).toEqual([request, 404, 'E0000007'])
    }
  })
})

describe('a zone that something counts on', () => {
  const network = (id: string) => ({ connection: 'ZONE', include: [id] })
  type Use = (it: Awaited<ReturnType<typeof testOrg>>, id: string) => Promise<() => Promise<unknown>>

  const inRule: Use = async (it, id) => {
    const policy = await it.call('POST /api/v1/policies', { type: 'OKTA_SIGN_ON', name: 'Contractors' })
    const rules = `/api/v1/policies/${policy.json.id}/rules`
    const rule = await it.call(`POST ${rules}`, {
      name: 'Away',
      conditions: { network: { connection: 'ZONE', exclude: [id] } },
      actions: { signon: { access: 'ALLOW' } },
    })
    return () => it.call(`DELETE ${rules}/${rule.json.id}`)
  }
  const inToken: Use = async (it, id) => {
    const { tokenId } = await it.makeAdmin('ada@example.com', 'ORG_ADMIN')
    await it.call(`PUT /api/v1/api-tokens/${tokenId}`, { name: 'Nightly', network: network(id) })
    return () => it.call(`DELETE /api/v1/api-tokens/${tokenId}`)
  }
  const inThreatInsight: Use = async (it, id) => {
    await it.call('POST /api/v1/threats/configuration', { action: 'block', excludeZones: [id] })
    return () => it.call('POST /api/v1/threats/configuration', { action: 'block', excludeZones: [] })
  }

  test.each([
    [inRule, 'the policy rule "Away"'],
    [inToken, 'the API token "Nightly"'],
    [inThreatInsight, 'ThreatInsight'],
  ])('stays as long as it is used (%#)', async (use, name) => {
    const it = await testOrg()
    const { id } = (await it.call(`POST ${ZONES}`, office)).json
    const release = await use(it, id)
    expect((await it.call(`POST ${ZONES}/${id}/lifecycle/deactivate`)).status).toBe(200)
    const refused = await it.call(`DELETE ${ZONES}/${id}`)
    expect([refused.status, it.lastCause(), refused.json.errorCauses[0].errorSummary]).toEqual([
      400,
      'E0000001/zone-in-use',
      `id: The network zone Office cannot be deleted because it is used by ${name}.`,
    ])
    await release()
    expect((await it.call(`DELETE ${ZONES}/${id}`)).status).toBe(204)
  })
})

describe('zones that came with the org', () => {
  test('can be filled and switched, not deleted', async () => {
    const it = await testOrg()
    const system = await it.call(`GET ${ZONES}?filter=${encodeURIComponent('system eq true')}`)
    expect(system.json.map((zone: { name: string }) => zone.name)).toEqual([
      'LegacyIpZone',
      'BlockedIpZone',
      'DefaultEnhancedDynamicZone',
    ])
    const [legacy, , enhanced] = system.json
    const filled = await it.call(`PUT ${ZONES}/${legacy.id}`, { ...office, name: 'LegacyIpZone' })
    expect([filled.json.system, filled.json.gateways]).toEqual([true, gateways])
    expect((await it.call(`PUT ${ZONES}/${legacy.id}`, { type: 'IP', name: 'LegacyIpZone' })).json.gateways).toBeNull()
    expect((await it.call(`POST ${ZONES}/${enhanced.id}/lifecycle/activate`)).json.status).toBe('ACTIVE')
    await it.call(`POST ${ZONES}/${legacy.id}/lifecycle/deactivate`)
    const refused = await it.call(`DELETE ${ZONES}/${legacy.id}`)
    expect([refused.status, it.lastCause()]).toEqual([400, 'E0000001/zone-is-system'])
  })
})

describe('the three types', () => {
  test.each([
    ['a proxy zone', { type: 'DYNAMIC', proxyType: 'TorAnonymizer', usage: 'BLOCKLIST' }, ['locations', 'proxyType']],
    [
      'locations',
      { type: 'DYNAMIC', proxyType: '', locations: [{ country: 'US' }, { country: 'AF', region: 'AF-BGL' }] },
      ['locations', 'proxyType'],
    ],
    ['ASNs', { type: 'DYNAMIC', asns: ['2232', 15169] }, ['asns', 'locations', 'proxyType']],
    [
      'enhanced',
      {
        type: 'DYNAMIC_V2',
        asns: {},
        ipServiceCategories: { include: ['ALL_IP_SERVICES'], exclude: ['SURFSHARK_VPN'] },
      },
      ['asns', 'ipServiceCategories', 'locations'],
    ],
  ])('%s: the recorded keys', async (_what, zone, more) => {
    const it = await testOrg()
    const made = await it.call(`POST ${ZONES}`, { name: 'Zone', ...zone })
    expect(made.status).toBe(200)
    expect(keys(made.json)).toEqual([...common, ...more].sort())
    expect((await it.call(`PUT ${ZONES}/${made.json.id}`, { name: 'Zone 2', ...zone })).status).toBe(200)
  })

  test('values come back as Okta shows them', async () => {
    const it = await testOrg()
    const dynamic = await it.call(`POST ${ZONES}`, {
      name: 'a',
      type: 'DYNAMIC',
      proxyType: '',
      asns: [15169],
      locations: [{ country: 'US' }],
    })
    expect(dynamic.json).toMatchObject({
      proxyType: null,
      asns: ['15169'],
      locations: [{ country: 'US', region: null }],
    })
    const enhanced = await it.call(`POST ${ZONES}`, {
      name: 'b',
      type: 'DYNAMIC_V2',
      locations: { exclude: [{ country: 'CN' }] },
    })
    expect(enhanced.json).toMatchObject({
      locations: { include: [], exclude: [{ country: 'CN', region: null }] },
      asns: { include: [], exclude: [] },
      ipServiceCategories: { include: [], exclude: [] },
    })
  })

  test('the type stays', async () => {
    const it = await testOrg()
    const { id } = (await it.call(`POST ${ZONES}`, office)).json
    const refused = await it.call(`PUT ${ZONES}/${id}`, { type: 'DYNAMIC', name: 'Office', proxyType: 'Any' })
    expect([refused.status, refused.json.errorCauses]).toEqual([
      400,
      [{ errorSummary: 'type: The type of a network zone cannot be changed' }],
    ])
  })

  const few = (value: string) => [{ type: value.includes('/') ? 'CIDR' : 'RANGE', value }]
  test.each([
    [{}, 'E0000001/required-field-missing', 'name: The field cannot be left blank'],
    [{ name: 'a' }, 'E0000001/required-field-missing', 'type: The field cannot be left blank'],
    [
      { ...office, name: 'x'.repeat(129) },
      'E0000001/value-invalid',
      'name: The field is too long; at most 128 characters are allowed',
    ],
    [
      { ...office, name: 'a\u0000' },
      'E0000001/value-invalid',
      'name: The field contains characters that are not supported',
    ],
    [{ type: 'IP', name: 'a' }, 'E0000001/value-invalid', 'gateways: An IP zone needs gateways or proxies'],
    [{ ...office, gateways: [] }, 'E0000001/value-invalid', 'gateways: An IP zone needs gateways or proxies'],
    [{ ...office, gateways: few('1.2.3.4/33') }, 'E0000001/value-invalid', 'gateways: Invalid IP address: 1.2.3.4/33'],
    [{ ...office, gateways: few('1.2.3.4/') }, 'E0000001/value-invalid', 'gateways: Invalid IP address: 1.2.3.4/'],
    [
      { ...office, gateways: few('300.1.1.1/24') },
      'E0000001/value-invalid',
      'gateways: Invalid IP address: 300.1.1.1/24',
    ],
    [
      { ...office, gateways: few('1.2.3.9-1.2.3.4') },
      'E0000001/value-invalid',
      'gateways: Invalid IP address: 1.2.3.9-1.2.3.4',
    ],
    [
      { ...office, gateways: few('1.2.3.4-::1') },
      'E0000001/value-invalid',
      'gateways: Invalid IP address: 1.2.3.4-::1',
    ],
    [{ ...office, proxies: few('here') }, 'E0000001/value-invalid', 'proxies: Invalid IP address: here'],
    [
      { ...office, gateways: [{ type: 'CIDR', value: '1.2.3.4' }] },
      'E0000001/value-invalid',
      'gateways: Invalid IP address: 1.2.3.4',
    ],
    [
      { ...office, gateways: new Array(151).fill(gateways[0]) },
      'E0000001/value-invalid',
      'gateways: must not have more than 150 elements',
    ],
    [
      { type: 'DYNAMIC', name: 'a' },
      'E0000001/value-invalid',
      'locations: A dynamic zone needs asns, locations or a proxyType',
    ],
    [
      { type: 'DYNAMIC', name: 'a', locations: [{ country: 'usa' }] },
      'E0000001/value-invalid',
      'locations: country must be a two-letter ISO 3166-1 code',
    ],
    [
      { type: 'DYNAMIC', name: 'a', locations: [{ country: 'US', region: 'CA-QC' }] },
      'E0000001/value-invalid',
      'locations: region must be an ISO 3166-2 code of US',
    ],
    [{ type: 'DYNAMIC', name: 'a', asns: ['AS1'] }, 'E0000001/value-invalid', 'asns: Invalid ASN: AS1'],
    [
      { type: 'DYNAMIC', name: 'a', asns: new Array(76).fill('1') },
      'E0000001/value-invalid',
      'asns: must not have more than 75 elements',
    ],
    [
      { type: 'DYNAMIC_V2', name: 'a', asns: {} },
      'E0000001/value-invalid',
      'locations: An enhanced dynamic zone needs asns, locations or ipServiceCategories',
    ],
    [{ ...office, type: 'MOON' }, 'E0000003/body-unreadable-shape', undefined],
    [{ ...office, usage: 'MOON' }, 'E0000003/body-unreadable-shape', undefined],
    [{ ...office, status: 'MOON' }, 'E0000003/body-unreadable-shape', undefined],
    [{ ...office, gateways: 'all' }, 'E0000003/body-unreadable-shape', undefined],
    [{ ...office, gateways: ['1.2.3.4/24'] }, 'E0000003/body-unreadable-shape', undefined],
    [{ ...office, gateways: [{ type: 'HOST', value: '1.2.3.4' }] }, 'E0000003/body-unreadable-shape', undefined],
    [{ type: 'DYNAMIC', name: 'a', proxyType: 'Moon' }, 'E0000003/body-unreadable-shape', undefined],
    [{ type: 'DYNAMIC', name: 'a', locations: ['US'] }, 'E0000003/body-unreadable-shape', undefined],
    [{ type: 'DYNAMIC_V2', name: 'a', locations: [{ country: 'US' }] }, 'E0000003/body-unreadable-shape', undefined],
    [
      { type: 'DYNAMIC_V2', name: 'a', ipServiceCategories: { include: ['MOON_VPN'] } },
      'E0000003/body-unreadable-shape',
      undefined,
    ],
    [[office], 'E0000003/body-unreadable-shape', undefined],
  ])('refuses body %#', async (body, cause, text) => {
    const it = await testOrg()
    const refused = await it.call(`POST ${ZONES}`, body)
    expect([refused.status, it.lastCause(), refused.json.errorCauses[0]?.errorSummary]).toEqual([400, cause, text])
    expect((await it.call(`GET ${ZONES}`)).json).toHaveLength(3)
  })
})

describe('the list', () => {
  test('has pages and filters', async () => {
    const it = await testOrg()
    const made = await it.call(`POST ${ZONES}`, office)
    const find = async (filter: string) =>
      (await it.call(`GET ${ZONES}?filter=${encodeURIComponent(filter)}`)).json.map(
        (zone: { name: string }) => zone.name,
      )
    expect(await find(`id eq "${made.json.id}"`)).toEqual(['Office'])
    expect(await find(`(id eq "${made.json.id}" or id eq "nzoNone")`)).toEqual(['Office'])
    expect(await find('usage eq "BLOCKLIST" and system eq true')).toEqual([
      'BlockedIpZone',
      'DefaultEnhancedDynamicZone',
    ])
    expect(await find('system eq false')).toEqual(['Office'])
    expect((await it.call(`GET ${ZONES}?limit=-1`)).json).toHaveLength(4)
    const first = await it.call(`GET ${ZONES}?limit=3`)
    const next = /<[^>]*?(\/api[^>]*)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!
    const second = await it.call(`GET ${next}`)
    expect([...first.json, ...second.json].map((zone) => zone.name)).toEqual([
      'LegacyIpZone',
      'BlockedIpZone',
      'DefaultEnhancedDynamicZone',
      'Office',
    ])
  })

  test.each(['name eq "Office"', 'id sw "nzo"', 'id eq nzo', 'constructor eq "x"', '('])(
    'refuses %s',
    async (filter) => {
      const it = await testOrg()
      const refused = await it.call(`GET ${ZONES}?filter=${encodeURIComponent(filter)}`)
      expect([refused.status, refused.json.errorCode]).toEqual([400, 'E0000031'])
    },
  )
})
