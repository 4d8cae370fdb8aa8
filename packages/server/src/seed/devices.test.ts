// Are the devices of a seed what the API says they are?
import { describe, expect, test } from 'vitest'
import { testOrg } from '../testing.ts'
import { applySeed } from './apply.ts'
import { SeedFault } from './fault.ts'

describe('devices of a seed', () => {
  test('are registered, belong to their users and show how far they are managed', async () => {
    const { org, call } = await testOrg()
    const { devices } = await applySeed(org, {
      users: [{ login: 'ada@example.com' }],
      devices: [
        { displayName: 'Ada Mac', platform: 'MACOS', managed: true, users: ['ada@example.com', 'ada@example.com'] },
        { displayName: 'Spare', platform: 'WINDOWS', status: 'SUSPENDED', registered: false },
      ],
    })
    const [mac, spare] = devices.map(({ id }) => id)
    expect((await call(`GET /api/v1/devices/${mac}`)).json).toMatchObject({
      status: 'ACTIVE',
      profile: { displayName: 'Ada Mac', platform: 'MACOS', registered: true },
    })
    expect((await call(`GET /api/v1/devices/${spare}`)).json).toMatchObject({
      status: 'SUSPENDED',
      profile: { registered: false },
    })
    expect((await call(`GET /api/v1/devices/${mac}/users`)).json).toMatchObject([{ managementStatus: 'MANAGED' }])
    expect((await call(`GET /api/v1/devices/${spare}/users`)).json).toEqual([])
  })

  test('of nobody are refused with their place, and nothing is written', async () => {
    const { org, call } = await testOrg()
    const devices = [{ displayName: 'Phone', platform: 'IOS' as const, users: ['nobody@example.com'] }]
    const refusal = await applySeed(org, { devices }).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(SeedFault)
    expect((refusal as SeedFault).path).toBe('devices[0].users[0]')
    expect((await call('GET /api/v1/devices')).json).toEqual([])
  })
})
