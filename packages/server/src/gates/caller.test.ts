import { describe, expect, test } from 'vitest'
import { type ApiToken, apiTokens, type TokenNetwork } from '../entities/api-token.ts'
import { groups, membershipId, memberships } from '../entities/group.ts'
import { roleAssignments } from '../entities/role-assignment.ts'
import { type UserStatus, users } from '../entities/user.ts'
import { type Zone, zones } from '../entities/zone.ts'
import { put, remove } from '../state/state.ts'
import { type CallExtras, type TestOrg, testOrg } from '../testing.ts'

const DAY = 86_400

const read = (it: TestOrg, extras: CallExtras) => it.call('GET /api/v1/groups', undefined, extras)

const says = async (it: TestOrg, extras: CallExtras) => {
  const answer = await read(it, extras)
  return [answer.status, answer.json?.errorCode, it.lastCause()]
}

const works = [200, undefined, undefined]

async function become(it: TestOrg, userId: string, status: UserStatus): Promise<void> {
  const row = (await it.org.state.load(users, userId))!
  await it.org.state.change([put(users, userId, { ...row.value, status }, row)])
}

async function makeZone(
  it: TestOrg,
  name: string,
  addresses: string[],
  status: Zone['status'] = 'ACTIVE',
): Promise<string> {
  const id = it.org.ids.next('nzo')
  const at = it.org.clock.now()
  const gateways = addresses.map((value) => ({
    type: value.includes('/') ? ('CIDR' as const) : ('RANGE' as const),
    value,
  }))
  await it.org.state.change([
    put(zones, id, {
      type: 'IP',
      name,
      status,
      usage: 'POLICY',
      system: false,
      createdAt: at,
      lastUpdatedAt: at,
      gateways,
      proxies: null,
      settings: {},
    }),
  ])
  return id
}

async function change(it: TestOrg, tokenId: string, part: Partial<ApiToken>): Promise<void> {
  const row = (await it.org.state.load(apiTokens, tokenId))!
  await it.org.state.change([put(apiTokens, tokenId, { ...row.value, ...part }, row)])
}

const restrict = (it: TestOrg, tokenId: string, network: TokenNetwork) => change(it, tokenId, { network })

describe('the Authorization header', () => {
  test.each([
    ['nothing', undefined, 403, 'E0000005/credentials-missing'],
    ['spaces', '   ', 403, 'E0000005/credentials-missing'],
    ['a wrong token', 'SSWS 00NobodyEverMadeATokenWithThisValue0000000', 401, 'E0000011/token-unknown'],
    ['the scheme alone', 'SSWS', 401, 'E0000011/token-unknown'],
    ['a JWT', 'SSWS eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIwb2ExIn0.c2lnbmF0dXJl', 401, 'E0000011/jwt-sent-as-ssws'],
    ['another scheme', 'Token {token}', 401, 'E0000011/scheme-unknown'],
    ['Basic', 'Basic dXNlcjpwYXNz', 401, 'E0000011/scheme-unknown'],
    ['no scheme', '{token}', 401, 'E0000011/ssws-word-missing'],
    ['no access token', 'Bearer This is an OAuth access token', 403, 'E0000005/bearer-not-a-token'],
    ['a token with a space', 'SSWS {token} x', 401, 'E0000011/token-unknown'],
    ['the end of a token cut off', 'SSWS {cut}', 401, 'E0000011/token-unknown'],
  ])('with %s', async (_what, header, status, cause) => {
    const it = await testOrg()
    const authorization = header?.replace('{token}', it.token).replace('{cut}', it.token.slice(0, -1))
    const refused = await read(it, { token: null, headers: authorization === undefined ? {} : { authorization } })
    expect([refused.status, it.lastCause()]).toEqual([status, cause])
    expect(refused.json.errorSummary).toBe(status === 401 ? 'Invalid token provided' : 'Invalid session')
    // Refused before a bucket is chosen.
    expect(refused.headers.get('x-rate-limit-limit')).toBeNull()
    if (status === 401) expect(refused.headers.get('www-authenticate')).toBe('SSWS')
    else expect(refused.headers.getSetCookie()[0]).toMatch(/^sid="";/)
  })

  test.each(['SSWS {token}', 'ssws {token}', '  SSWS   {token}  '])('"%s" is good', async (header) => {
    const it = await testOrg()
    expect(
      (await read(it, { token: null, headers: { authorization: header.replace('{token}', it.token) } })).status,
    ).toBe(200)
  })

  test('a sid cookie instead', async () => {
    const it = await testOrg()
    const cookie = 'x=1; sid=102notASessionOfThisOrg00'
    expect(await says(it, { token: null, headers: { cookie } })).toEqual([
      403,
      'E0000005',
      'E0000005/session-cookie-invalid',
    ])
    expect(await says(it, { token: null, headers: { cookie: 'lastsid=1' } })).toEqual([
      403,
      'E0000005',
      'E0000005/credentials-missing',
    ])
    expect(await says(it, { headers: { cookie } })).toEqual(works)
  })

  test('a wrong token leaves the event of the guide in the reference contract, and none in the current one', async () => {
    const it = await testOrg()
    const types = () => [...it.org.events.read()].map((event) => event.eventType)
    await read(it, { token: 'wrong' })
    expect(types()).toEqual(['api.token.invalid'])
    it.org.changeSettings({ contract: 'current' })
    await read(it, { token: 'wrong' })
    expect(types()).toHaveLength(1)
  })
})

describe('the life of a token', () => {
  test('it lives 30 days after its last use, and each use renews it', async () => {
    const it = await testOrg()
    const ci = await it.makeAdmin('ci@example.com', 'READ_ONLY_ADMIN')
    const idle = await it.makeAdmin('idle@example.com', 'READ_ONLY_ADMIN')
    for (let i = 0; i < 3; i++) {
      it.clock.advance(29 * DAY)
      expect(await says(it, { token: ci.token })).toEqual(works)
    }
    expect(await says(it, { token: idle.token })).toEqual([401, 'E0000011', 'E0000011/token-expired-unused'])
    it.clock.advance(30 * DAY)
    expect(await says(it, { token: ci.token })).toEqual(works)
    it.clock.advance(30 * DAY + 1)
    expect(await says(it, { token: ci.token })).toEqual([401, 'E0000011', 'E0000011/token-expired-unused'])
  })

  test('a refused call does not renew it', async () => {
    const it = await testOrg()
    const zone = await makeZone(it, 'Office', ['198.51.100.0/24'])
    const ci = await it.makeAdmin('ci@example.com', 'READ_ONLY_ADMIN')
    await restrict(it, ci.tokenId, { connection: 'ZONE', include: [zone] })
    it.clock.advance(20 * DAY)
    expect((await says(it, { token: ci.token }))[2]).toBe('E0000011/outside-network')
    it.clock.advance(11 * DAY)
    expect((await says(it, { token: ci.token }))[2]).toBe('E0000011/token-expired-unused')
  })

  test('many calls at the same moment renew it without quarrel', async () => {
    const it = await testOrg()
    it.clock.advance(DAY)
    const all = await Promise.all(Array.from({ length: 20 }, () => read(it, {})))
    expect(all.map((answer) => answer.status)).toEqual(new Array(20).fill(200))
  })

  test.each([
    ['ACTIVE', undefined],
    ['PASSWORD_EXPIRED', undefined],
    ['RECOVERY', undefined],
    // Okta counts a locked-out owner as active.
    ['LOCKED_OUT', undefined],
    ['SUSPENDED', 'E0000011/owner-inactive'],
    ['DEPROVISIONED', 'E0000011/owner-inactive'],
  ] as const)('of an owner who is %s', async (status, cause) => {
    const it = await testOrg()
    const ci = await it.makeAdmin('ci@example.com', 'READ_ONLY_ADMIN')
    await become(it, ci.userId, status)
    expect((await says(it, { token: ci.token }))[2]).toBe(cause)
    await become(it, ci.userId, 'ACTIVE')
    expect(await says(it, { token: ci.token })).toEqual(works)
  })

  test('deactivation of the owner ends it for good, deletion too', async () => {
    const it = await testOrg()
    const ci = await it.makeAdmin('ci@example.com', 'READ_ONLY_ADMIN')
    await change(it, ci.tokenId, { dead: 'owner-deactivated' })
    expect(await says(it, { token: ci.token })).toEqual([401, 'E0000011', 'E0000011/owner-inactive'])
    const other = await it.makeAdmin('other@example.com', 'READ_ONLY_ADMIN')
    await it.org.state.change([remove(users, (await it.org.state.load(users, other.userId))!)])
    expect(await says(it, { token: other.token })).toEqual([401, 'E0000011', 'E0000011/owner-inactive'])
  })

  test('its rights are those of the owner at this moment', async () => {
    const it = await testOrg()
    const ci = await it.makeAdmin('ci@example.com', 'READ_ONLY_ADMIN')
    const [role] = await it.org.state.find(roleAssignments, 'holder', ci.userId)
    await it.org.state.change([remove(roleAssignments, role!)])
    expect(await says(it, { token: ci.token })).toEqual([403, 'E0000006', 'E0000006/role-lacks-permission'])
    const at = it.org.clock.now()
    const groupId = it.org.ids.next('00g')
    const group = {
      type: 'OKTA_GROUP' as const,
      createdAt: at,
      lastUpdatedAt: at,
      lastMembershipUpdatedAt: at,
      profile: { name: 'Readers' },
    }
    await it.org.state.change([
      put(groups, groupId, group),
      put(memberships, membershipId(groupId, ci.userId), { groupId, userId: ci.userId, addedAt: at }),
      put(roleAssignments, it.org.ids.next('ra1'), {
        type: 'READ_ONLY_ADMIN',
        holderId: groupId,
        holder: 'GROUP',
        createdAt: at,
        lastUpdatedAt: at,
      }),
    ])
    expect(await says(it, { token: ci.token })).toEqual(works)
  })
})

describe('a token that is bound to zones', () => {
  test.each([
    ['inside a CIDR', '198.51.100.7', undefined],
    ['inside a range', '203.0.113.20', undefined],
    ['at the end of a range', '203.0.113.29', undefined],
    ['past a range', '203.0.113.30', 'E0000011/outside-network'],
    ['inside IPv6', '2001:db8::9', undefined],
    ['elsewhere in IPv6', '2001:db9::9', 'E0000011/outside-network'],
    ['from no address at all', 'unknown', 'E0000011/outside-network'],
    ['behind proxies: the first address counts', '198.51.100.7, 10.0.0.1', undefined],
    ['behind proxies: not a later one', '10.0.0.1, 198.51.100.7', 'E0000011/outside-network'],
    ['from a mapped address', '::ffff:198.51.100.7', undefined],
  ])('%s', async (_where, address, cause) => {
    const it = await testOrg()
    const zone = await makeZone(it, 'Office', ['198.51.100.0/24', '203.0.113.20-203.0.113.29', '2001:db8::/32'])
    const ci = await it.makeAdmin('ci@example.com', 'READ_ONLY_ADMIN')
    await restrict(it, ci.tokenId, { connection: 'ZONE', include: [zone] })
    expect((await says(it, { token: ci.token, headers: { 'x-forwarded-for': address } }))[2]).toBe(cause)
  })

  test('without the header the address of the socket counts; refusals are logged with owner and address', async () => {
    const it = await testOrg()
    const zone = await makeZone(it, 'Office', ['198.51.100.0/24'])
    const ci = await it.makeAdmin('ci@example.com', 'READ_ONLY_ADMIN')
    await restrict(it, ci.tokenId, { connection: 'ZONE', include: [zone] })
    expect(await says(it, { token: ci.token })).toEqual([401, 'E0000011', 'E0000011/outside-network'])
    const [event] = it.org.events.read()
    expect(event).toMatchObject({
      eventType: 'system.api_token.request_outside_allowed_range',
      result: 'DENY',
      actor: { id: ci.userId, alternateId: 'ci@example.com' },
      targets: [{ id: ci.tokenId, type: 'Token' }],
      request: { address: '127.0.0.1' },
    })
    const local = await makeZone(it, 'Here', ['127.0.0.1'])
    await restrict(it, ci.tokenId, { connection: 'ZONE', include: [zone, local] })
    expect(await says(it, { token: ci.token })).toEqual(works)
  })

  test('excluded zones, all zones, inactive and deleted zones', async () => {
    const it = await testOrg()
    const office = await makeZone(it, 'Office', ['198.51.100.0/24'])
    const lab = await makeZone(it, 'Lab', ['198.51.100.128/25'])
    const off = await makeZone(it, 'Closed', ['203.0.113.0/24'], 'INACTIVE')
    const ci = await it.makeAdmin('ci@example.com', 'READ_ONLY_ADMIN')
    const from = async (address: string) =>
      (await says(it, { token: ci.token, headers: { 'x-forwarded-for': address } }))[0]
    await restrict(it, ci.tokenId, { connection: 'ZONE', include: [office], exclude: [lab] })
    expect([await from('198.51.100.7'), await from('198.51.100.200')]).toEqual([200, 401])
    await restrict(it, ci.tokenId, { connection: 'ZONE', exclude: [lab] })
    expect([await from('203.0.113.7'), await from('198.51.100.200')]).toEqual([200, 401])
    await restrict(it, ci.tokenId, { connection: 'ZONE', include: [off] })
    expect(await from('203.0.113.7')).toBe(401)
    await restrict(it, ci.tokenId, { connection: 'ZONE', include: ['ALL_ZONES'] })
    expect([await from('198.51.100.7'), await from('203.0.113.7')]).toEqual([200, 401])
    await restrict(it, ci.tokenId, { connection: 'ZONE', include: ['nzoDeleted'] })
    expect(await from('198.51.100.7')).toBe(401)
  })
})
