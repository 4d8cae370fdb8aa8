import { describe, expect, it } from 'vitest'
import type { SeedInput } from '../control/schemas.ts'
import { createOrg } from '../create-org.ts'
import { evaluateAccess } from '../oauth/policy.ts'
import { loadServer } from '../oauth/servers.ts'
import { testOrg } from '../testing.ts'
import { applySeed } from './apply.ts'
import { SeedFault } from './fault.ts'

const payments = {
  id: 'ausPayments',
  name: 'Payments',
  audiences: ['api://payments'],
  scopes: [{ name: 'payments.read', consent: 'REQUIRED' as const }],
  claims: [{ name: 'team', value: 'user.department', scopes: ['payments.read'] }],
  policies: [
    {
      name: 'Partners',
      clients: ['0oaPartner'],
      rules: [
        {
          name: 'People',
          grantTypes: ['authorization_code' as const],
          scopes: ['payments.read'],
          users: ['ada@example.com'],
          groups: ['Engineers'],
          accessTokenMinutes: 10,
        },
      ],
    },
    { name: 'Everybody', rules: [{ name: 'Machines', grantTypes: ['client_credentials' as const] }] },
  ],
}
const people = { groups: [{ name: 'Engineers' }], users: [{ login: 'ada@example.com' }] }

describe('an authorization server of a seed', () => {
  it('has its scopes, claims, policies and rules', async () => {
    const t = await testOrg()
    const made = await applySeed(t.org, { ...people, authorizationServers: [payments] })
    expect(made.authorizationServers).toEqual([{ id: 'ausPayments', name: 'Payments' }])
    const at = '/api/v1/authorizationServers/ausPayments'
    expect((await t.call(`GET ${at}`)).json).toMatchObject({ audiences: ['api://payments'], status: 'ACTIVE' })
    expect((await t.call(`GET ${at}/scopes?q=pay`)).json).toMatchObject([
      { name: 'payments.read', consent: 'REQUIRED' },
    ])
    const claims = (await t.call(`GET ${at}/claims`)).json as { name: string }[]
    expect(claims.find((claim) => claim.name === 'team')).toMatchObject({
      value: 'user.department',
      claimType: 'RESOURCE',
      conditions: { scopes: ['payments.read'] },
    })
    const policies = (await t.call(`GET ${at}/policies`)).json
    expect(policies).toMatchObject([
      { name: 'Partners', priority: 1, conditions: { clients: { include: ['0oaPartner'] } } },
      { name: 'Everybody', priority: 2, conditions: { clients: { include: ['ALL_CLIENTS'] } } },
    ])
    expect((await t.call(`GET ${at}/policies/${policies[0].id}/rules`)).json).toMatchObject([
      {
        conditions: {
          people: { users: { include: [made.users[0]!.id] }, groups: { include: [made.groups[0]!.id] } },
          scopes: { include: ['payments.read'] },
        },
        actions: { token: { accessTokenLifetimeMinutes: 10 } },
      },
    ])
  })

  it('that is there already is added to, and its policies give way', async () => {
    const t = await testOrg()
    const ask = async () =>
      evaluateAccess(t.org, (await loadServer(t.org, 'default'))!, {
        clientId: '0oaAny',
        scopes: ['orders.read'],
        grantType: 'client_credentials',
      })
    expect(await ask()).toMatchObject({ allowed: true })
    await applySeed(t.org, {
      authorizationServers: [{ name: 'default', scopes: [{ name: 'orders.read' }], policies: [] }],
    })
    expect(await ask()).toEqual({ allowed: false, reason: 'no_matching_policy' })
    const { json } = await t.call('GET /api/v1/authorizationServers/default')
    expect(json).toMatchObject({ audiences: ['api://default'], default: true })
    expect((await t.call('GET /api/v1/authorizationServers')).json).toHaveLength(1)
  })

  it('comes through createOrg and is checked there', async () => {
    const org = await createOrg({ seed: { authorizationServers: [payments], ...people }, passwordCost: 2 })
    expect(org.seeded.authorizationServers).toEqual([{ id: 'ausPayments', name: 'Payments' }])
    await expect(
      org.seed({ authorizationServers: [{ name: 'X', scope: [] }] } as unknown as SeedInput),
    ).rejects.toThrow(/authorizationServers\[0\]/)
  })
})

describe('a mistake in it writes nothing and is told with its place', () => {
  it.each<[string, SeedInput['authorizationServers']]>([
    ['authorizationServers[0]', [{ name: 'New' }]],
    ['authorizationServers[0].id', [{ id: '00uAda', name: 'New', audiences: ['x'] }]],
    ['authorizationServers[1].name', [payments, { ...payments, id: 'aus2' }]],
    ['authorizationServers[1].id', [{ name: 'default' }, { id: 'default', name: 'default' }]],
    ['authorizationServers[0].name', [{ id: 'aus2', name: 'DEFAULT' }]],
    ['authorizationServers[0].scopes[0]', [{ name: 'default', scopes: [{ name: 'okta.users.read' }] }]],
    ['authorizationServers[0].scopes[0].name', [{ name: 'New', audiences: ['x'], scopes: [{ name: 'openid' }] }]],
    ['authorizationServers[0].claims[0]', [{ name: 'default', claims: [{ name: 'iss', value: '1' }] }]],
    [
      'authorizationServers[0].policies[0].rules[0].groups[0]',
      [
        {
          name: 'default',
          policies: [{ name: 'P', rules: [{ name: 'R', grantTypes: ['password'], groups: ['Nobody'] }] }],
        },
      ],
    ],
    [
      'authorizationServers[0].policies[0].rules[0]',
      [
        {
          name: 'default',
          policies: [{ name: 'P', rules: [{ name: 'R', grantTypes: ['password'], accessTokenMinutes: 1 }] }],
        },
      ],
    ],
  ])('%s', async (path, authorizationServers) => {
    const t = await testOrg()
    const before = await t.org.state.snapshot()
    const seed: SeedInput = {
      groups: [{ name: 'Engineers' }],
      users: [{ id: '00uAda', login: 'ada@example.com' }],
      authorizationServers,
    }
    const fault = await applySeed(t.org, seed).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(SeedFault)
    expect((fault as SeedFault).path).toBe(path)
    expect(await t.org.state.snapshot()).toEqual(before)
  })
})
