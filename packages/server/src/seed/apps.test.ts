import { describe, expect, test } from 'vitest'
import type { SeedInput } from '../control/schemas.ts'
import { appUsers, clientSecrets } from '../entities/app.ts'
import { activeKeys, findClient, isAssigned } from '../entities/find-app.ts'
import { roleAssignments } from '../entities/role-assignment.ts'
import { testOrg } from '../testing.ts'
import { applySeed } from './apply.ts'
import { SeedFault } from './fault.ts'

const key = {
  kid: 'k1',
  kty: 'EC',
  crv: 'P-256',
  x: 'NesYxWofr9qVhSZVd0pnjfgmyl6Z3c8BfhxYkDEiS7Q',
  y: '07Ok0qI8rqRSt24DEcpc4rp6IO47pRoBOXCW_pKvkQo',
}

describe('apps of a seed', () => {
  test('a web client gets a secret, a browser client none, and both show what their callers need', async () => {
    const { org } = await testOrg()
    const { apps } = await applySeed(org, {
      apps: [
        { label: 'Wiki', type: 'web', redirectUris: ['http://localhost:3000/cb'] },
        { label: 'Board', type: 'browser', redirectUris: ['http://localhost:5173/cb'] },
      ],
    })
    expect(apps[0]).toMatchObject({ label: 'Wiki', grantTypes: ['authorization_code', 'refresh_token'] })
    expect(apps[0]!.clientId).toBe(apps[0]!.id)
    expect(apps[0]!.clientSecret).toMatch(/^[0-9A-Za-z]{64}$/)
    expect(apps[1]).not.toHaveProperty('clientSecret')
    const board = await findClient(org, apps[1]!.clientId)
    expect(board?.value.oauth).toMatchObject({ authMethod: 'none', pkceRequired: true })
  })

  test('ids and secrets can be pinned', async () => {
    const { org } = await testOrg()
    const id = '0oaABCDEFGHIJKLMNOPQ'
    const { apps } = await applySeed(org, {
      apps: [{ id, label: 'Job', type: 'service', clientId: 'nightly-job', clientSecret: 'a-secret-of-my-own' }],
    })
    expect(apps[0]).toMatchObject({ id, clientId: 'nightly-job', clientSecret: 'a-secret-of-my-own' })
    const [secret] = await org.state.find(clientSecrets, 'app', id)
    expect(secret?.value).toMatchObject({ secret: 'a-secret-of-my-own', status: 'ACTIVE' })
  })

  test('keys, scopes, roles and assignments come with the app', async () => {
    const { org, adminId, call } = await testOrg()
    const { apps, users } = await applySeed(org, {
      groups: [{ name: 'Engineers', members: ['ada@example.com'] }],
      users: [{ login: 'ada@example.com' }, { login: 'eve@example.com' }],
      apps: [
        {
          label: 'Job',
          type: 'service',
          jwks: { keys: [key] },
          grants: ['okta.users.read', 'okta.groups.read'],
          roles: ['READ_ONLY_ADMIN'],
          users: ['admin@example.com'],
          groups: ['Engineers'],
        },
      ],
    })
    const { id, clientId } = apps[0]!
    const client = (await findClient(org, clientId))!.value.oauth!
    expect(client.authMethod).toBe('private_key_jwt')
    expect(activeKeys(client)).toMatchObject([{ kid: 'k1', status: 'ACTIVE' }])
    expect(await org.state.count(appUsers as never, 'app', id)).toBe(1)
    expect(await isAssigned(org, id, adminId)).toBe(true)
    expect(await isAssigned(org, id, users[0]!.id)).toBe(true)
    expect(await isAssigned(org, id, users[1]!.id)).toBe(false)
    const [role] = await org.state.find(roleAssignments, 'holder', clientId)
    expect(role?.value).toMatchObject({ type: 'READ_ONLY_ADMIN', holder: 'CLIENT' })
    const grants = await call(`GET /api/v1/apps/${id}/grants`)
    expect(grants.json.map((grant: { scopeId: string }) => grant.scopeId)).toEqual([
      'okta.users.read',
      'okta.groups.read',
    ])
  })

  const wrong: [title: string, seed: SeedInput, path: string, says: string][] = [
    ['no redirect URI', { apps: [{ label: 'Wiki', type: 'web' }] }, 'apps[0].redirectUris', 'cannot be left blank'],
    [
      'a redirect URI that is none',
      { apps: [{ label: 'Wiki', type: 'web', redirectUris: ['nope'], grantTypes: ['password'] }] },
      'apps[0].grantTypes',
      "; redirectUris: 'redirectUris' must be absolute URIs",
    ],
    [
      'an unknown user',
      { apps: [{ label: 'Job', type: 'service', users: ['nobody@example.com'] }] },
      'apps[0].users[0]',
      'nobody@example.com',
    ],
    [
      'an unknown group',
      { apps: [{ label: 'Job', type: 'service', groups: ['Nobody'] }] },
      'apps[0].groups[0]',
      'Nobody',
    ],
    [
      'an unknown scope',
      { apps: [{ label: 'Job', type: 'service', grants: ['okta.user.read'] }] },
      'apps[0].grants[0]',
      'okta.user.read',
    ],
    [
      'a client id twice',
      {
        apps: [
          { label: 'One', type: 'service', clientId: 'nightly-job' },
          { label: 'Two', type: 'service', clientId: 'nightly-job' },
        ],
      },
      'apps[1].clientId',
      'nightly-job',
    ],
  ]
  test.each(wrong)('%s is refused with its place, and nothing is written', async (_title, seed, path, says) => {
    const { org, call } = await testOrg()
    const refusal = await applySeed(org, seed).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(SeedFault)
    expect((refusal as SeedFault).path).toBe(path)
    expect((refusal as SeedFault).says).toContain(says)
    expect((await call('GET /api/v1/apps?filter=name eq "oidc_client"')).json).toEqual([])
  })
})
