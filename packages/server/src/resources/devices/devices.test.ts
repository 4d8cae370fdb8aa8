import { beforeEach, describe, expect, it } from 'vitest'
import { applySeed } from '../../seed/apply.ts'
import { type TestOrg, testOrg } from '../../testing.ts'

const DEVICES = '/api/v1/devices'

let t: TestOrg
let mac: string
let phone: string
beforeEach(async () => {
  t = await testOrg()
  const made = await applySeed(t.org, {
    users: [{ login: 'ada@example.com' }],
    devices: [
      {
        displayName: "Ada's Mac",
        platform: 'MACOS',
        managed: true,
        profile: { serialNumber: 'C02', osVersion: '14.2.1' },
        users: ['ada@example.com'],
      },
      { displayName: 'Phone', platform: 'IOS', status: 'SUSPENDED', registered: false },
    ],
  })
  mac = made.devices[0]!.id
  phone = made.devices[1]!.id
})
const search = async (expression: string) =>
  (await t.call(`GET ${DEVICES}?search=${encodeURIComponent(expression)}`)).json.map(
    (device: { profile: { displayName: string } }) => device.profile.displayName,
  )

describe('devices', () => {
  it('are listed and read with what is known of them', async () => {
    const { json } = await t.call(`GET ${DEVICES}`)
    expect(json).toHaveLength(2)
    expect(json[0]).toMatchObject({
      id: mac,
      status: 'ACTIVE',
      profile: { displayName: "Ada's Mac", platform: 'MACOS', registered: true, managed: true, serialNumber: 'C02' },
      resourceType: 'UDDevice',
      resourceId: mac,
      resourceDisplayName: { value: "Ada's Mac", sensitive: false },
      resourceAlternateId: null,
      _links: { suspend: expect.anything(), deactivate: expect.anything(), users: expect.anything() },
    })
    expect(json[0]).not.toHaveProperty('_embedded')
    const one = await t.call(`GET ${DEVICES}/${mac}`)
    expect(one.json._embedded.users[0]).toMatchObject({
      managementStatus: 'MANAGED',
      user: { profile: { login: 'ada@example.com' } },
    })
    const listed = await t.call(`GET ${DEVICES}?expand=user&limit=1`)
    expect(listed.json[0]._embedded.users[0].user).toMatchObject({ status: 'ACTIVE' })
    const users = await t.call(`GET ${DEVICES}/${mac}/users`)
    expect(users.json).toHaveLength(1)
    const ofAda = await t.call('GET /api/v1/users/ada@example.com/devices')
    expect(ofAda.json).toMatchObject([{ device: { id: mac } }])
  })

  it('are searched', async () => {
    expect(await search('status eq "SUSPENDED"')).toEqual(['Phone'])
    expect(await search('profile.displayName co "mac"')).toEqual(["Ada's Mac"])
    expect(await search('profile.platform eq "ios" or profile.serialNumber sw "C0"')).toEqual(["Ada's Mac", 'Phone'])
    expect(await search('lastUpdated gt "2030-01-01T00:00:00.000Z"')).toEqual([])
    expect(await search(`id eq "${phone}"`)).toEqual(['Phone'])
    for (const bad of ['profile.model co "x"', 'name eq "x"', 'status eq', 'profile.__proto__ eq "x"']) {
      await t.call(`GET ${DEVICES}?search=${encodeURIComponent(bad)}`)
      expect(t.lastCause(), bad).toBe('E0000031/search-unreadable')
    }
    await t.call(`GET ${DEVICES}?search=${encodeURIComponent('lastUpdated gt "then"')}`)
    expect(t.lastCause()).toBe('E0000030/date-unreadable')
  })

  it('tell a made-up cursor as a wrong search, with and without one (recorded)', async () => {
    for (const query of ['after=mock&limit=1', 'after=mock&search=status%20eq%20%22ACTIVE%22']) {
      const refused = await t.call(`GET ${DEVICES}?${query}`)
      expect(refused.json).toMatchObject({ errorCode: 'E0000031', errorCauses: [{ errorSummary: 'Invalid cursor.' }] })
      expect(t.lastCause()).toBe('E0000031/search-cursor-unknown')
    }
    const first = await t.call(`GET ${DEVICES}?limit=1`)
    const [, next] = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? []
    expect((await t.call(`GET ${DEVICES}${new URL(next!).search}`)).json[0].id).toBe(phone)
  })

  it('walk through their lifecycle, and lose their users on the way', async () => {
    const go = async (word: string) => (await t.call(`POST ${DEVICES}/${mac}/lifecycle/${word}`)).status
    const status = async () => (await t.call(`GET ${DEVICES}/${mac}`)).json.status
    expect(await go('unsuspend')).toBe(204)
    expect(await go('suspend')).toBe(204)
    expect(await status()).toBe('SUSPENDED')
    expect(await go('activate')).toBe(403)
    expect(t.lastCause()).toBe('E0000152/device-status-forbids')
    expect((await t.call(`DELETE ${DEVICES}/${mac}`)).status).toBe(403)
    expect(await go('unsuspend')).toBe(204)
    expect(await go('deactivate')).toBe(204)
    expect(await status()).toBe('DEACTIVATED')
    expect((await t.call(`GET ${DEVICES}/${mac}/users`)).json).toEqual([])
    expect(await go('suspend')).toBe(403)
    expect(await go('activate')).toBe(204)
    expect(await go('deactivate')).toBe(204)
    expect((await t.call(`DELETE ${DEVICES}/${mac}`)).status).toBe(204)
    const { json } = await t.call('GET /api/v1/logs?filter=eventType%20sw%20%22device.lifecycle%22')
    expect(json.map((event: { eventType: string }) => event.eventType.split('.')[2])).toEqual([
      'suspend',
      'unsuspend',
      'deactivate',
      'activate',
      'deactivate',
      'delete',
    ])
  })

  it('that are missing have the type names of what was asked (recorded)', async () => {
    const said = async (request: string) => (await t.call(request)).json.errorSummary
    expect(await said(`GET ${DEVICES}/guoNone`)).toBe('Not found: Resource not found: guoNone (Device)')
    expect(await said(`POST ${DEVICES}/guoNone/lifecycle/activate`)).toContain('(Device)')
    expect(await said(`GET ${DEVICES}/guoNone/users`)).toContain('(GenericUDObject)')
  })

  it('are read by more administrators than may change them', async () => {
    const reader = await t.makeAdmin('reader@example.com', 'READ_ONLY_ADMIN')
    expect((await t.call(`GET ${DEVICES}`, undefined, reader)).status).toBe(200)
    expect((await t.call(`POST ${DEVICES}/${mac}/lifecycle/suspend`, undefined, reader)).status).toBe(403)
    const mobile = await t.makeAdmin('mobile@example.com', 'MOBILE_ADMIN')
    expect((await t.call(`POST ${DEVICES}/${mac}/lifecycle/suspend`, undefined, mobile)).status).toBe(204)
  })
})
