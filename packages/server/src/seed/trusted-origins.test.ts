// Are the trusted origins of a seed what the API says they are?
import { describe, expect, test } from 'vitest'
import type { SeedInput } from '../control/schemas.ts'
import { testOrg } from '../testing.ts'
import { applySeed } from './apply.ts'
import { SeedFault } from './fault.ts'

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

const wrong: [string, SeedInput, string][] = [
  ['an origin with a path', { trustedOrigins: [{ origin: 'http://localhost:3000/app' }] }, 'trustedOrigins[0].origin'],
  [
    'an origin twice',
    { trustedOrigins: [{ origin: 'http://localhost:3000' }, { name: 'Again', origin: 'http://localhost:3000' }] },
    'trustedOrigins[1].origin',
  ],
]
test.each(wrong)('%s is refused with its place, and nothing is written', async (_title, seed, path) => {
  const { org, call } = await testOrg()
  const refusal = await applySeed(org, seed).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(SeedFault)
  expect((refusal as SeedFault).path).toBe(path)
  expect((await call('GET /api/v1/trustedOrigins')).json).toEqual([])
})
