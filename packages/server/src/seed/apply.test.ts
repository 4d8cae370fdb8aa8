import { describe, expect, it } from 'vitest'
import type { SeedInput } from '../control/schemas.ts'
import { apiTokens } from '../entities/api-token.ts'
import { groups, memberships } from '../entities/group.ts'
import { roleAssignments } from '../entities/role-assignment.ts'
import { users } from '../entities/user.ts'
import { zones } from '../entities/zone.ts'
import { isSecret } from '../passwords.ts'
import { type TestOrg, testOrg } from '../testing.ts'
import { applySeed } from './apply.ts'
import { demoSeed } from './demo.ts'
import { SeedFault } from './fault.ts'

const collections = [users, groups, memberships, roleAssignments, apiTokens, zones]
const counts = ({ org }: TestOrg) => Promise.all(collections.map((collection) => org.state.count(collection as never)))

const AMELIA = '00u1aaaaaaaaaaaaaaaa'
const PILOTS = '00g1aaaaaaaaaaaaaaaa'
const VALUE = `00${'a'.repeat(40)}`

describe('a seed', () => {
  it('makes what it says, with pinned ids and values', async () => {
    const t = await testOrg()
    const made = await applySeed(t.org, {
      zones: [{ name: 'Office', gateways: [{ type: 'CIDR', value: '192.0.2.0/24' }] }],
      groups: [{ id: PILOTS, name: 'Pilots', members: ['AMELIA@example.com'], roles: ['USER_ADMIN'] }],
      users: [
        {
          id: AMELIA,
          login: 'amelia@example.com',
          firstName: 'Amelia',
          password: 'Atlantic-1932',
          recoveryQuestion: { question: 'Which plane?', answer: 'Vega' },
          roles: ['READ_ONLY_ADMIN', 'READ_ONLY_ADMIN'],
          groups: ['pilots', PILOTS, 'Everyone'],
          profile: { department: 'Air', login: 'other@example.com' },
        },
      ],
      tokens: [
        {
          owner: AMELIA,
          name: 'hers',
          value: VALUE,
          network: { connection: 'ZONE', include: ['office', 'ALL_ZONES'] },
        },
      ],
      settings: { readOnly: true },
    })
    expect(made.users).toEqual([{ id: AMELIA, login: 'amelia@example.com' }])
    expect(made.tokens).toMatchObject([{ value: VALUE, owner: AMELIA }])
    expect(t.org.settings.readOnly).toBe(true)
    const { value } = (await t.org.state.load(users, AMELIA))!
    expect(value).toMatchObject({ status: 'ACTIVE', provider: { type: 'OKTA' } })
    expect(value.profile).toMatchObject({ login: 'amelia@example.com', email: 'amelia@example.com', department: 'Air' })
    expect(await isSecret('Atlantic-1932', value.password!)).toBe(true)
    expect(await isSecret('vega', value.recoveryQuestion!.answer)).toBe(true)
    expect(JSON.stringify(value)).not.toContain('Atlantic')
    expect(await t.org.groupIdsOf(AMELIA)).toEqual([t.org.fixed.everyoneId, PILOTS])
    expect([...(await t.org.rolesOf(AMELIA))].sort()).toEqual(['READ_ONLY_ADMIN', 'USER_ADMIN'])
    const reached = await t.call('GET /api/v1/groups', undefined, {
      token: VALUE,
      headers: { 'x-forwarded-for': '192.0.2.9' },
    })
    expect(reached.status).toBe(200)
    const outside = await t.call('GET /api/v1/groups', undefined, {
      token: VALUE,
      headers: { 'x-forwarded-for': '198.51.100.1' },
    })
    expect([outside.status, t.lastCause()]).toEqual([401, 'E0000011/outside-network'])
  })

  it('names users, groups and zones that the org had before', async () => {
    const t = await testOrg()
    await applySeed(t.org, { groups: [{ name: 'Old' }], users: [{ login: 'old@example.com' }] })
    const made = await applySeed(t.org, {
      groups: [{ name: 'New', members: ['old@example.com'] }],
      users: [{ login: 'new@example.com', groups: ['Old'] }],
      tokens: [{ owner: 'OLD@example.com', name: 'x' }],
    })
    expect(await t.org.groupIdsOf(made.tokens[0]!.owner)).toContain(made.groups[0]!.id)
  })

  it('keeps a profile as a request would: as text, without what is null', async () => {
    const t = await testOrg()
    const login = `${'a'.repeat(60)}@example.com`
    const made = await applySeed(t.org, {
      users: [{ login, profile: { employeeNumber: 7, city: null } }],
    })
    const { profile } = (await t.call(`GET /api/v1/users/${made.users[0]!.id}`)).json
    expect(profile).toMatchObject({ employeeNumber: '7', firstName: 'a'.repeat(50) })
    expect(profile).not.toHaveProperty('city')
    const search = encodeURIComponent('profile.employeeNumber eq "7"')
    expect((await t.call(`GET /api/v1/users?search=${search}`)).json).toHaveLength(1)
    const changed = await t.call(`POST /api/v1/users/${made.users[0]!.id}`, { profile: { nickName: 'Al' } })
    expect(changed.status).toBe(200)
  })

  it('of the demo goes in', async () => {
    const t = await testOrg()
    const made = await applySeed(t.org, demoSeed)
    expect(made.users).toHaveLength(demoSeed.users!.length)
    expect(await t.org.rolesOf(made.users.find((user) => user.login.startsWith('hedy'))!.id)).toEqual([
      'HELP_DESK_ADMIN',
    ])
  })
})

describe('a seed with a mistake writes nothing, and says where it is', () => {
  const good: SeedInput = {
    zones: [{ name: 'Office', gateways: [{ type: 'CIDR', value: '192.0.2.0/24' }] }],
    groups: [{ id: PILOTS, name: 'Pilots' }],
    users: [{ id: AMELIA, login: 'amelia@example.com', roles: ['USER_ADMIN'] }],
    settings: { readOnly: true },
  }
  const wrong: [string, SeedInput][] = [
    ['users[0].groups[1]', { ...good, users: [{ login: 'x@example.com', groups: ['Pilots', 'Sailors'] }] }],
    ['groups[0].members[0]', { ...good, groups: [{ name: 'Pilots', members: ['nobody@example.com'] }] }],
    ['tokens[0].owner', { ...good, tokens: [{ owner: 'nobody@example.com', name: 'x' }] }],
    ['tokens[1].value', { ...good, tokens: [VALUE, VALUE].map((value) => ({ owner: AMELIA, name: 'x', value })) }],
    [
      'tokens[0].network.include[0]',
      { ...good, tokens: [{ owner: AMELIA, name: 'x', network: { connection: 'ZONE', include: ['Home'] } }] },
    ],
    ['users[1].login', { ...good, users: [{ login: 'same@example.com' }, { login: 'SAME@example.com' }] }],
    [
      'users[1].id',
      {
        ...good,
        users: [
          { id: AMELIA, login: 'a@example.com' },
          { id: AMELIA, login: 'b@example.com' },
        ],
      },
    ],
    ['users[0].login', { ...good, users: [{ login: 'admin@example.com' }] }],
    ['users[0].login', { ...good, users: [{ login: 'no address' }] }],
    ['users[0].email', { ...good, users: [{ login: 'a@example.com', email: 'nowhere' }] }],
    ['users[0].firstName', { ...good, users: [{ login: 'a@example.com', firstName: 'A\u0000' }] }],
    [
      'users[0].profile.email',
      { ...good, users: [{ login: 'a@example.com', profile: { email: '\u{1F600}@example.com' } }] },
    ],
    ['users[0].profile.nickname', { ...good, users: [{ login: 'a@example.com', profile: { nickname: 'Al' } }] }],
    ['users[0].profile.city', { ...good, users: [{ login: 'a@example.com', profile: { city: ['Oslo'] } }] }],
    ['groups[1].name', { ...good, groups: [{ name: 'Pilots' }, { name: 'PILOTS' }] }],
    ['groups[0].name', { ...good, groups: [{ name: 'everyone' }] }],
    [
      'groups[1].id',
      {
        ...good,
        groups: [
          { id: PILOTS, name: 'A' },
          { id: PILOTS, name: 'B' },
        ],
      },
    ],
    [
      'zones[0].gateways[0].value',
      { ...good, zones: [{ name: 'Z', gateways: [{ type: 'CIDR', value: '192.0.2.0/99' }] }] },
    ],
    [
      'zones[0].gateways[0].value',
      { ...good, zones: [{ name: 'Z', gateways: [{ type: 'RANGE', value: '192.0.2.9-192.0.2.1' }] }] },
    ],
    [
      'zones[0].gateways[0].value',
      { ...good, zones: [{ name: 'Z', gateways: [{ type: 'CIDR', value: '192.0.2.0/' }] }] },
    ],
    ['zones[1].name', { ...good, zones: [...good.zones!, { ...good.zones![0]!, name: 'OFFICE' }] }],
  ]

  it.each(wrong)('%s', async (path, seed) => {
    const t = await testOrg()
    const before = await counts(t)
    const refused = await applySeed(t.org, seed).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(SeedFault)
    expect((refused as SeedFault).path).toBe(path)
    expect(await counts(t)).toEqual(before)
    expect(t.org.settings.readOnly).toBe(false)
  })

  it('whose id is taken by now', async () => {
    const t = await testOrg()
    await applySeed(t.org, good)
    await expect(applySeed(t.org, { users: [{ id: AMELIA, login: 'b@example.com' }] })).rejects.toThrow(
      `users[0].id: ${AMELIA} is there already`,
    )
  })

  it('that meets a request which makes the same thing at the same moment', async () => {
    const t = await testOrg()
    const both = await Promise.allSettled([applySeed(t.org, good), applySeed(t.org, good)])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = both.find((one) => one.status === 'rejected')!
    expect((lost as PromiseRejectedResult).reason).toBeInstanceOf(SeedFault)
  })
})

describe('passwords of a seed', () => {
  const seed = (password: string, minLength?: number): SeedInput => ({
    ...(minLength !== undefined && { settings: { passwordPolicy: { minLength } } }),
    users: [{ login: 'amelia@example.com', password }],
  })

  it('are refused where the API would refuse them', async () => {
    const t = await testOrg()
    const refused = await applySeed(t.org, seed('short')).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(SeedFault)
    expect(refused).toMatchObject({
      path: 'users[0].password',
      says: expect.stringMatching(/^Password requirements were not met\. .*at least 8 characters/),
    })
    expect((await t.call('GET /api/v1/users/amelia@example.com')).status).toBe(404)
  })

  it('follow the settings of the same seed', async () => {
    const t = await testOrg()
    await expect(applySeed(t.org, seed('Vega-1932', 12))).rejects.toThrow('at least 12 characters')
    expect((await applySeed(t.org, seed('Vg1!', 4))).users).toHaveLength(1)
  })
})
