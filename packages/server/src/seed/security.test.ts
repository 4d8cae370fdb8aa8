// Are the trusted origins and the devices of a seed what the API says they are?
import { describe, expect, test } from 'vitest'
import type { SeedInput } from '../control/schemas.ts'
import { testOrg } from '../testing.ts'
import { applySeed, SeedFault } from './apply.ts'

describe('trusted origins of a seed', () => {
  test('are named by their origin and trusted for calls and redirects, unless they say otherwise', async () => {
    const { org, call } = await testOrg()
    const { trustedOrigins } = await applySeed(org, {
      trustedOrigins: [
        { origin: 'http://localhost:3000' },
        { id: 'tosABCDEFGHIJKLMNOPQ', name: 'Portal', origin: 'https://portal.example.com', scopes: ['REDIRECT'] },
      ],
    })
    expect(trustedOrigins[1]).toEqual({ id: 'tosABCDEFGHIJKLMNOPQ', name: 'Portal' })
    const kept = await Promise.all(trustedOrigins.map(({ id }) => call(`GET /api/v1/trustedOrigins/${id}`)))
    expect(kept.map(({ json }) => json)).toMatchObject([
      {
        name: 'http://localhost:3000',
        origin: 'http://localhost:3000',
        status: 'ACTIVE',
        scopes: [{ type: 'CORS' }, { type: 'REDIRECT' }],
      },
      { name: 'Portal', origin: 'https://portal.example.com', scopes: [{ type: 'REDIRECT' }] },
    ])
  })
})

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
})

const wrong: [string, SeedInput, string][] = [
  ['an origin with a path', { trustedOrigins: [{ origin: 'http://localhost:3000/app' }] }, 'trustedOrigins[0].origin'],
  [
    'an origin twice',
    { trustedOrigins: [{ origin: 'http://localhost:3000' }, { name: 'Again', origin: 'http://localhost:3000' }] },
    'trustedOrigins[1].origin',
  ],
  [
    'a device of nobody',
    { devices: [{ displayName: 'Phone', platform: 'IOS', users: ['nobody@example.com'] }] },
    'devices[0].users[0]',
  ],
]
test.each(wrong)('%s is refused with its place, and nothing is written', async (_title, seed, path) => {
  const { org, call } = await testOrg()
  const refusal = await applySeed(org, seed).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(SeedFault)
  expect((refusal as SeedFault).path).toBe(path)
  expect((await call('GET /api/v1/trustedOrigins')).json).toEqual([])
  expect((await call('GET /api/v1/devices')).json).toEqual([])
})
