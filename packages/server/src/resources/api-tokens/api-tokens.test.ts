import { describe, expect, test } from 'vitest'
import { users } from '../../entities/user.ts'
import { zones } from '../../entities/zone.ts'
import { put } from '../../state/state.ts'
import { type TestOrg, testOrg } from '../../testing.ts'
import { makeApiToken } from './tokens.ts'

const TOKENS = '/api/v1/api-tokens'

async function makeZone({ org }: TestOrg): Promise<string> {
  const id = org.ids.next('nzo')
  const now = org.clock.now()
  await org.state.change([
    put(zones, id, {
      type: 'IP',
      name: 'Office',
      status: 'ACTIVE',
      usage: 'POLICY',
      system: false,
      createdAt: now,
      lastUpdatedAt: now,
      gateways: [{ type: 'CIDR', value: '198.51.100.0/24' }],
      proxies: null,
      settings: {},
    }),
  ])
  return id
}

const eventsOf = ({ org }: TestOrg) =>
  [...org.events.read()]
    .filter((event) => event.eventType.startsWith('system.api_token'))
    .map((event) => [event.eventType, event.targets[0]?.id])

describe('metadata', () => {
  test('has the recorded keys and never the value', async () => {
    const it = await testOrg()
    const listed = await it.call(`GET ${TOKENS}`)
    expect(listed.status).toBe(200)
    expect(listed.json).toHaveLength(1)
    const [own] = listed.json
    expect(Object.keys(own).sort()).toEqual([
      '_links',
      'clientName',
      'created',
      'expiresAt',
      'id',
      'lastUpdated',
      'name',
      'network',
      'tokenWindow',
      'userId',
    ])
    expect(own).toMatchObject({
      userId: it.adminId,
      tokenWindow: 'P30D',
      network: { connection: 'ANYWHERE' },
      clientName: 'Okta API',
      created: '2026-11-20T10:00:00.000Z',
      expiresAt: '2026-12-20T10:00:00.000Z',
    })
    expect(listed.text).not.toContain(it.token)
    expect((await it.call(`GET ${TOKENS}/${own.id}`)).json).toEqual(own)
  })

  test('every call moves the end: 30 days after the last use', async () => {
    const it = await testOrg()
    it.clock.advance(5 * 86_400)
    const [own] = (await it.call(`GET ${TOKENS}`)).json
    expect([own.expiresAt, own.lastUpdated]).toEqual(['2026-12-25T10:00:00.000Z', '2026-11-25T10:00:00.000Z'])
  })

  test.each(['00T', 'invalid-id', '00Tzzzzzzzzzzzzzzzzz', '__proto__', 'a%2Fb', 'a%00b', 'x'.repeat(1000)])(
    'no token is called so (%#)',
    async (id) => {
      const it = await testOrg()
      for (const [request, body] of [
        [`GET ${TOKENS}/${id}`],
        [`PUT ${TOKENS}/${id}`, { name: 'x' }],
        [`DELETE ${TOKENS}/${id}`],
      ] as const) {
        const missing = await it.call(request, body)
        expect([missing.status, missing.json.errorSummary]).toEqual([
          404,
          `Not found: Resource not found: ${decodeURIComponent(id)} (Token)`,
        ])
        expect(it.lastCause()).toBe('E0000007/resource-missing')
      }
    },
  )

  test('org and read-only admins see all, only super admins change them', async () => {
    const it = await testOrg()
    for (const role of ['ORG_ADMIN', 'READ_ONLY_ADMIN'] as const) {
      const admin = await it.makeAdmin(`${role.toLowerCase()}@example.com`, role)
      const as = { token: admin.token }
      expect((await it.call(`GET ${TOKENS}`, undefined, as)).status).toBe(200)
      expect((await it.call(`DELETE ${TOKENS}/${admin.tokenId}`, undefined, as)).status).toBe(403)
      expect((await it.call(`PUT ${TOKENS}/${admin.tokenId}`, { name: 'x' }, as)).status).toBe(403)
    }
    const helper = await it.makeAdmin('help@example.com', 'HELP_DESK_ADMIN')
    expect((await it.call(`GET ${TOKENS}`, undefined, { token: helper.token })).json.errorCode).toBe('E0000006')
  })
})

describe('ending', () => {
  test('a revoked token is gone from lists, refused, and cannot be revoked again', async () => {
    const it = await testOrg()
    const ci = await it.makeAdmin('ci@example.com', 'READ_ONLY_ADMIN')
    const gone = await it.call(`DELETE ${TOKENS}/${ci.tokenId}`)
    expect([gone.status, gone.text]).toEqual([204, ''])
    expect((await it.call(`GET ${TOKENS}`)).json).toHaveLength(1)
    for (const method of ['GET', 'DELETE'])
      expect((await it.call(`${method} ${TOKENS}/${ci.tokenId}`)).status).toBe(404)
    const refused = await it.call(`GET ${TOKENS}`, undefined, { token: ci.token })
    expect([refused.status, refused.json.errorCode, it.lastCause()]).toEqual([
      401,
      'E0000011',
      'E0000011/token-revoked',
    ])
    expect(eventsOf(it)).toEqual([['system.api_token.revoke', ci.tokenId]])
  })

  test('anybody ends the token in hand', async () => {
    const it = await testOrg()
    const nobody = await it.makeAdmin('nobody@example.com')
    const as = { token: nobody.token }
    expect((await it.call(`DELETE ${TOKENS}/current`, undefined, as)).status).toBe(204)
    expect((await it.call(`DELETE ${TOKENS}/current`, undefined, as)).status).toBe(401)
    expect(it.lastCause()).toBe('E0000011/token-revoked')
  })

  test("a suspended owner's token stays in the list, a deactivated owner's does not", async () => {
    const it = await testOrg()
    const ci = await it.makeAdmin('ci@example.com', 'READ_ONLY_ADMIN')
    const be = async (status: 'SUSPENDED' | 'DEPROVISIONED') => {
      const row = (await it.org.state.load(users, ci.userId))!
      await it.org.state.change([put(users, ci.userId, { ...row.value, status }, row)])
    }
    await be('SUSPENDED')
    expect((await it.call(`GET ${TOKENS}`)).json).toHaveLength(2)
    await it.call(`DELETE ${TOKENS}/${ci.tokenId}`)
    expect((await it.call(`GET ${TOKENS}`)).json).toHaveLength(1)
    const other = await it.makeAdmin('other@example.com')
    expect((await it.call(`GET ${TOKENS}/${other.tokenId}`)).status).toBe(200)
    const row = (await it.org.state.load(users, other.userId))!
    await it.org.state.change([put(users, other.userId, { ...row.value, status: 'DEPROVISIONED' }, row)])
    expect((await it.call(`GET ${TOKENS}/${other.tokenId}`)).status).toBe(404)
  })
})

describe('updating', () => {
  test('gives a name and a network, which count at once', async () => {
    const it = await testOrg()
    const zone = await makeZone(it)
    const ci = await it.makeAdmin('ci@example.com', 'READ_ONLY_ADMIN')
    const updated = await it.call(`PUT ${TOKENS}/${ci.tokenId}`, {
      name: 'nightly',
      clientName: 'mine',
      userId: ci.userId,
      created: '2020-01-01T00:00:00.000Z',
      network: { connection: 'ZONE', include: [zone] },
    })
    expect(updated.status).toBe(200)
    expect(updated.json).toMatchObject({
      name: 'nightly',
      clientName: 'Okta API',
      created: '2026-11-20T10:00:00.000Z',
      network: { connection: 'ZONE', include: [zone] },
    })
    const from = async (address: string) =>
      (await it.call(`GET ${TOKENS}`, undefined, { token: ci.token, headers: { 'x-forwarded-for': address } })).status
    expect([await from('198.51.100.7'), await from('203.0.113.9')]).toEqual([200, 401])
    expect(it.lastCause()).toBe('E0000011/outside-network')
    // A network that is not sent stays.
    expect((await it.call(`PUT ${TOKENS}/${ci.tokenId}`, { name: 'n' })).json.network.connection).toBe('ZONE')
    await it.call(`PUT ${TOKENS}/${ci.tokenId}`, { name: 'n', network: { connection: 'ANYWHERE', include: [zone] } })
    expect(await from('203.0.113.9')).toBe(200)
    expect(eventsOf(it).map(([type]) => type)).toEqual([
      'system.api_token.update',
      'system.api_token.request_outside_allowed_range',
      'system.api_token.update',
      'system.api_token.update',
    ])
  })

  test.each([
    [{}, 'E0000001/required-field-missing', 'name: The field cannot be left blank'],
    [
      { name: 'x', userId: '00uOther' },
      'E0000001/value-invalid',
      'userId: The owner of an API token cannot be changed',
    ],
    [{ name: 'x', network: {} }, 'E0000001/required-field-missing', 'connection: The field cannot be left blank'],
    [
      { name: 'x', network: { connection: 'HOME' } },
      'E0000001/value-invalid',
      'connection: The field has an invalid value',
    ],
    [
      { name: 'x', network: { connection: 'ZONE' } },
      'E0000001/value-invalid',
      'network: include or exclude must name at least one zone',
    ],
    [
      { name: 'x', network: { connection: 'ZONE', include: ['nzoNone'] } },
      'E0000001/value-invalid',
      'network: Invalid network zone: nzoNone',
    ],
    [{ name: 'x', network: { connection: 'ZONE', include: 'nzoNone' } }, 'E0000003/body-unreadable-shape', undefined],
    [{ name: 'x', network: { connection: 'ZONE', include: [7] } }, 'E0000003/body-unreadable-shape', undefined],
    [{ name: 'x', network: 'ANYWHERE' }, 'E0000003/body-unreadable-shape', undefined],
    [[], 'E0000003/body-unreadable-shape', undefined],
  ])('refuses %j', async (body, cause, text) => {
    const it = await testOrg()
    const [before] = (await it.call(`GET ${TOKENS}`)).json
    const refused = await it.call(`PUT ${TOKENS}/${before.id}`, body)
    expect([refused.status, it.lastCause(), refused.json.errorCauses[0]?.errorSummary]).toEqual([400, cause, text])
    expect((await it.call(`GET ${TOKENS}`)).json).toEqual([before])
  })
})

test('a token is made of what is given, and of what Okta would choose', async () => {
  const it = await testOrg()
  const made = makeApiToken(it.org, { ownerId: it.adminId, name: 'ci' })
  expect([made.id, made.value]).toEqual([expect.stringMatching(/^00T\w{14}5d7$/), expect.stringMatching(/^00\w{40}$/)])
  const pinned = makeApiToken(it.org, { ownerId: it.adminId, name: 'pinned', id: '00Tpinned', value: 'value-of-mine' })
  await it.org.state.change([...made.writes, ...pinned.writes])
  for (const token of [made.value, 'value-of-mine']) {
    expect((await it.call(`GET ${TOKENS}`, undefined, { token })).json).toHaveLength(3)
  }
  expect(pinned.event).toMatchObject({
    eventType: 'system.api_token.create',
    targets: [{ id: '00Tpinned', displayName: 'pinned' }],
  })
})
