import { describe, expect, test } from 'vitest'
import { groups } from '../../entities/group.ts'
import { users } from '../../entities/user.ts'
import { put } from '../../state/state.ts'
import { type TestOrg, testOrg } from '../../testing.ts'

const makeGroup = async (it: TestOrg, name: string, description?: string): Promise<string> =>
  (await it.call('POST /api/v1/groups', { profile: { name, description } })).json.id

async function makeAppGroup({ org }: TestOrg): Promise<string> {
  const id = org.ids.next('00g')
  const now = org.clock.now()
  const profile = { name: 'Directory', description: null }
  await org.state.change([
    put(groups, id, { type: 'APP_GROUP', createdAt: now, lastUpdatedAt: now, lastMembershipUpdatedAt: now, profile }),
  ])
  return id
}

const makeUser = async (it: TestOrg, login: string): Promise<string> => (await it.makeAdmin(login)).userId

const eventsOf = ({ org }: TestOrg) =>
  [...org.events.read()].map((event) => [event.eventType, ...event.targets.map((target) => target.id)])

describe('groups', () => {
  test('a group is made, read, replaced and deleted, and the log says so', async () => {
    const it = await testOrg()
    const made = await it.call('POST /api/v1/groups', { profile: { name: 'Engineers', description: 'Build things' } })
    expect(made.status).toBe(200)
    expect(Object.keys(made.json).sort()).toEqual([
      '_links',
      'created',
      'id',
      'lastMembershipUpdated',
      'lastUpdated',
      'objectClass',
      'profile',
      'type',
    ])
    const { id } = made.json
    expect(id).toMatch(/^00g\w{14}5d7$/)
    expect(made.json).toMatchObject({
      type: 'OKTA_GROUP',
      created: '2026-11-20T10:00:00.000Z',
      profile: { name: 'Engineers', description: 'Build things' },
    })
    expect((await it.call(`GET /api/v1/groups/${id}`)).json).toEqual(made.json)
    it.clock.advance(60)
    const replaced = await it.call(`PUT /api/v1/groups/${id}`, { profile: { name: 'Makers' } })
    expect(replaced.json.profile).toEqual({ name: 'Makers', description: null })
    expect(replaced.json.lastUpdated).toBe('2026-11-20T10:01:00.000Z')
    expect(replaced.json.created).toBe('2026-11-20T10:00:00.000Z')
    const gone = await it.call(`DELETE /api/v1/groups/${id}`)
    expect([gone.status, gone.text]).toEqual([204, ''])
    const missing = await it.call(`GET /api/v1/groups/${id}`)
    expect([missing.status, missing.json.errorCode, missing.json.errorSummary]).toEqual([
      404,
      'E0000007',
      `Not found: Resource not found: ${id} (UserGroup)`,
    ])
    expect(it.lastCause()).toBe('E0000007/resource-missing')
    expect(eventsOf(it)).toEqual([
      ['group.lifecycle.create', id],
      ['group.profile.update', id],
      ['group.lifecycle.delete', id],
    ])
  })

  test('a name is taken without regard to case, may be kept, and is free after deletion', async () => {
    const it = await testOrg()
    const id = await makeGroup(it, 'Engineers')
    const other = await makeGroup(it, 'Makers')
    for (const request of ['POST /api/v1/groups', `PUT /api/v1/groups/${other}`]) {
      const taken = await it.call(request, { profile: { name: 'ENGINEERS' } })
      expect([taken.status, taken.json.errorCode, taken.json.errorSummary]).toEqual([
        400,
        'E0000001',
        'Api validation failed: name',
      ])
      expect(taken.json.errorCauses).toEqual([
        { errorSummary: 'name: An object with this field already exists in the current organization' },
      ])
      expect(it.lastCause()).toBe('E0000001/group-name-taken')
    }
    expect((await it.call(`PUT /api/v1/groups/${id}`, { profile: { name: 'engineers' } })).status).toBe(200)
    await it.call(`DELETE /api/v1/groups/${id}`)
    expect((await it.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })).status).toBe(200)
  })

  test('two groups of one name at the same moment: one is made', async () => {
    const it = await testOrg()
    const tries = await Promise.all(
      [1, 2, 3, 4].map(() => it.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })),
    )
    expect(tries.map((answer) => answer.status).sort()).toEqual([200, 400, 400, 400])
  })

  test.each([
    [{ profile: {} }, 'required-field-missing', 'name: The field cannot be left blank'],
    [{}, 'required-field-missing', 'name: The field cannot be left blank'],
    [{ profile: null }, 'required-field-missing', 'name: The field cannot be left blank'],
    [{ profile: { name: '' } }, 'required-field-missing', 'name: The field cannot be left blank'],
    [{ profile: { name: ' \t' } }, 'required-field-missing', 'name: The field cannot be left blank'],
    [
      { profile: { name: 'x'.repeat(256) } },
      'value-invalid',
      'name: The field is too long; at most 255 characters are allowed',
    ],
    [{ profile: { name: 'a\u0000b' } }, 'value-invalid', 'name: The field contains characters that are not supported'],
    [{ profile: { name: '😀' } }, 'value-invalid', 'name: The field contains characters that are not supported'],
    [
      { profile: { name: 'a', description: 'x'.repeat(1025) } },
      'value-invalid',
      'description: The field is too long; at most 1024 characters are allowed',
    ],
  ])('refuses body %#', async (body, cause, text) => {
    const it = await testOrg()
    const refused = await it.call('POST /api/v1/groups', body)
    expect([refused.status, refused.json.errorCode]).toEqual([400, 'E0000001'])
    expect(refused.json.errorCauses).toEqual([{ errorSummary: text }])
    expect(it.lastCause()).toBe(`E0000001/${cause}`)
    expect((await it.call('GET /api/v1/groups')).json).toHaveLength(1)
  })

  test.each([
    ['{"profile":', 'body-not-json'],
    ['[]', 'body-unreadable-shape'],
    ['"text"', 'body-unreadable-shape'],
    ['null', 'body-unreadable-shape'],
    ['{"profile":"Engineers"}', 'body-unreadable-shape'],
    ['{"profile":{"name":["Engineers"]}}', 'body-unreadable-shape'],
    ['{"__proto__":{"profile":{"name":"x"}}}', 'body-not-json'],
    ['', 'body-missing'],
  ])('cannot read %s', async (body, cause) => {
    const it = await testOrg()
    const refused = await it.call('POST /api/v1/groups', body)
    expect([refused.status, refused.json.errorCode]).toEqual([400, 'E0000003'])
    expect(it.lastCause()).toBe(`E0000003/${cause}`)
  })

  test.each(['nobody', '__proto__', 'a%2Fb', 'a%00b', 'constructor', 'x'.repeat(2000), '%F0%9F%98%80'])(
    'no group is called so (%#)',
    async (id) => {
      const it = await testOrg()
      for (const [request, body] of [
        [`GET /api/v1/groups/${id}`],
        [`PUT /api/v1/groups/${id}`, { profile: { name: 'a' } }],
        [`DELETE /api/v1/groups/${id}`],
        [`GET /api/v1/groups/${id}/users`],
        [`GET /api/v1/groups/${id}/apps`],
        [`GET /api/v1/groups/${id}/owners`],
      ] as const) {
        const missing = await it.call(request, body)
        expect([request, missing.status, missing.json.errorCode]).toEqual([request, 404, 'E0000007'])
      }
    },
  )

  test('lists page by page in the order of making, with two link lines', async () => {
    const it = await testOrg()
    for (const name of ['a', 'b', 'c']) await makeGroup(it, name)
    const names: string[] = []
    let request: string | undefined = 'GET /api/v1/groups?limit=2'
    let pages = 0
    while (request) {
      const page = await it.call(request)
      pages += 1
      names.push(...page.json.map((group: { profile: { name: string } }) => group.profile.name))
      const link = page.headers.get('link') ?? ''
      expect(link).toContain('rel="self"')
      const next: string | undefined = /<[^>]*?(\/api[^>]*)>; rel="next"/.exec(link)?.[1]
      request = next && `GET ${next}`
    }
    expect(names).toEqual(['Everyone', 'a', 'b', 'c'])
    expect(pages).toBe(2)
    const refused = await it.call('GET /api/v1/groups?after=page-two')
    expect([refused.status, refused.json.errorCode]).toEqual([400, 'E0000029'])
  })

  test('shows what hangs on it when asked', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    await it.call(`PUT /api/v1/groups/${group}/users/${it.adminId}`)
    await it.call(`POST /api/v1/groups/${group}/roles`, { type: 'READ_ONLY_ADMIN' })
    const stats = {
      usersCount: 1,
      appsCount: 0,
      groupPushMappingsCount: 0,
      hasAdminPrivilege: true,
      _links: { self: { href: `http://127.0.0.1/api/v1/groups/${group}/stats` } },
    }
    const one = await it.call(`GET /api/v1/groups/${group}?expand=stats`)
    expect(one.json).toMatchObject({ id: group, _embedded: { stats } })
    const { json } = await it.call('GET /api/v1/groups?expand=stats,app')
    expect(json.map((row: { _embedded: { stats: object } }) => row._embedded.stats)).toMatchObject([
      { usersCount: 1, hasAdminPrivilege: false },
      stats,
    ])
    await makeUser(it, 'ada@example.com')
    const everyone = await it.call(`GET /api/v1/groups/${it.org.fixed.everyoneId}?expand=stats`)
    expect(everyone.json._embedded.stats.usersCount).toBe(2)
    expect((await it.call(`GET /api/v1/groups/${group}`)).json._embedded).toBeUndefined()
  })

  test('nobody changes Everyone, only the source changes app groups', async () => {
    const it = await testOrg()
    const { everyoneId } = it.org.fixed
    const appGroup = await makeAppGroup(it)
    const user = await makeUser(it, 'ada@example.com')
    const refusals: [string, unknown, number, string][] = [
      [`PUT /api/v1/groups/${everyoneId}`, { profile: { name: 'All' } }, 403, 'E0000006/group-not-manageable'],
      [`DELETE /api/v1/groups/${everyoneId}`, undefined, 403, 'E0000006/group-not-manageable'],
      [`DELETE /api/v1/groups/${everyoneId}/users/${user}`, undefined, 403, 'E0000006/group-not-manageable'],
      // The reference says 404, today's orgs 501.
      [`PUT /api/v1/groups/${everyoneId}/users/${user}`, undefined, 404, 'E0000060/operation-not-supported'],
      [`PUT /api/v1/groups/${appGroup}`, { profile: { name: 'Mine' } }, 403, 'E0000006/group-not-manageable'],
      [`PUT /api/v1/groups/${appGroup}/users/${user}`, undefined, 403, 'E0000006/group-not-manageable'],
      [`DELETE /api/v1/groups/${appGroup}/users/${user}`, undefined, 403, 'E0000006/group-not-manageable'],
    ]
    for (const [request, body, status, cause] of refusals) {
      const refused = await it.call(request, body)
      expect([request, refused.status, it.lastCause()]).toEqual([request, status, cause])
    }
    expect(eventsOf(it)).toEqual([])
    expect((await it.call(`DELETE /api/v1/groups/${appGroup}`)).status).toBe(204)
    it.org.changeSettings({ contract: 'current' })
    expect((await it.call(`PUT /api/v1/groups/${everyoneId}/users/${user}`)).status).toBe(501)
  })
})

describe('members', () => {
  test('join, are listed, and leave; doing it twice changes nothing', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const user = await makeUser(it, 'ada@example.com')
    it.clock.advance(60)
    for (let i = 0; i < 2; i++) {
      const added = await it.call(`PUT /api/v1/groups/${group}/users/${user}`)
      expect([added.status, added.text]).toEqual([204, ''])
    }
    const listed = await it.call(`GET /api/v1/groups/${group}/users`)
    expect(listed.json).toHaveLength(1)
    expect(listed.json[0]).toMatchObject({ id: user, status: 'ACTIVE', profile: { login: 'ada@example.com' } })
    expect(Object.keys(listed.json[0]._links)).toEqual(['self'])
    expect(await it.org.groupIdsOf(user)).toEqual([it.org.fixed.everyoneId, group])
    expect((await it.call(`GET /api/v1/groups/${group}`)).json).toMatchObject({
      lastMembershipUpdated: '2026-11-20T10:01:00.000Z',
      lastUpdated: '2026-11-20T10:00:00.000Z',
    })
    for (let i = 0; i < 2; i++) expect((await it.call(`DELETE /api/v1/groups/${group}/users/${user}`)).status).toBe(204)
    expect((await it.call(`GET /api/v1/groups/${group}/users`)).json).toEqual([])
    expect(eventsOf(it).slice(1)).toEqual([
      ['group.user_membership.add', user, group],
      ['group.user_membership.remove', user, group],
    ])
  })

  test('neither a missing user nor a missing group', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    for (const method of ['PUT', 'DELETE']) {
      const noUser = await it.call(`${method} /api/v1/groups/${group}/users/00uNobody`)
      expect([noUser.status, noUser.json.errorSummary]).toEqual([
        404,
        'Not found: Resource not found: 00uNobody (User)',
      ])
      const noGroup = await it.call(`${method} /api/v1/groups/00gNone/users/${it.adminId}`)
      expect([noGroup.status, noGroup.json.errorSummary]).toEqual([
        404,
        'Not found: Resource not found: 00gNone (UserGroup)',
      ])
    }
  })

  test('are listed page by page, also when the last of a page has left', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const ids: string[] = []
    for (const name of ['a', 'b', 'c', 'd', 'e']) ids.push(await makeUser(it, `${name}@example.com`))
    for (const id of ids) await it.call(`PUT /api/v1/groups/${group}/users/${id}`)
    const first = await it.call(`GET /api/v1/groups/${group}/users?limit=2`)
    expect(first.json.map((user: { id: string }) => user.id)).toEqual(ids.slice(0, 2))
    const next = /<[^>]*?(\/api[^>]*)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!
    expect(next).toBe(`/api/v1/groups/${group}/users?after=${ids[1]}&limit=2`)
    await it.call(`DELETE /api/v1/groups/${group}/users/${ids[1]}`)
    const second = await it.call(`GET ${next}`)
    expect(second.json.map((user: { id: string }) => user.id)).toEqual(ids.slice(2, 4))
    const foreign = await it.call(`GET /api/v1/groups/${group}/users?after=${group}`)
    expect(foreign.json.errorCode).toBe('E0000029')
  })

  test('Everyone has all users but the deactivated, in pages that stay full', async () => {
    const it = await testOrg()
    const ids = [it.adminId]
    for (const name of ['a', 'b', 'c', 'd', 'e']) ids.push(await makeUser(it, `${name}@example.com`))
    for (const id of [ids[1]!, ids[2]!]) {
      const row = (await it.org.state.load(users, id))!
      await it.org.state.change([put(users, id, { ...row.value, status: 'DEPROVISIONED' }, row)])
    }
    const everyone = `/api/v1/groups/${it.org.fixed.everyoneId}/users`
    const all = await it.call(`GET ${everyone}`)
    expect(all.json.map((user: { id: string }) => user.id)).toEqual([ids[0], ...ids.slice(3)])
    const first = await it.call(`GET ${everyone}?limit=2`)
    expect(first.json.map((user: { id: string }) => user.id)).toEqual([ids[0], ids[3]])
    const rest = await it.call(`GET ${everyone}?limit=2&after=${ids[3]}`)
    expect(rest.json.map((user: { id: string }) => user.id)).toEqual(ids.slice(4))
    expect(rest.headers.get('link')).not.toContain('next')
  })

  test('a role that is limited to groups reaches only those', async () => {
    const it = await testOrg()
    const [own, other] = [await makeGroup(it, 'Own'), await makeGroup(it, 'Other')]
    const admin = await it.makeAdmin('grace@example.com')
    const role = await it.call(`POST /api/v1/users/${admin.userId}/roles`, { type: 'USER_ADMIN' })
    await it.call(`PUT /api/v1/users/${admin.userId}/roles/${role.json.id}/targets/groups/${own}`)
    const as = { token: admin.token }
    expect((await it.call(`PUT /api/v1/groups/${own}`, { profile: { name: 'Own' } }, as)).status).toBe(200)
    for (const [request, body] of [
      [`PUT /api/v1/groups/${other}/users/${admin.userId}`],
      [`PUT /api/v1/groups/${other}`, { profile: { name: 'Mine' } }],
      [`DELETE /api/v1/groups/${other}`],
      ['POST /api/v1/groups', { profile: { name: 'New' } }],
    ] as const) {
      const refused = await it.call(request, body, as)
      expect([request, refused.status, it.lastCause()]).toEqual([request, 403, 'E0000006/role-lacks-permission'])
    }
  })
})

describe('owners', () => {
  test('users and groups are made owners, listed and dropped', async () => {
    const it = await testOrg()
    const [group, other] = [await makeGroup(it, 'Engineers'), await makeGroup(it, 'Leads')]
    const user = await makeUser(it, 'ada@example.com')
    const made = await it.call(`POST /api/v1/groups/${group}/owners`, { id: user, type: 'USER' })
    expect(made.status).toBe(201)
    expect(made.json).toEqual({
      id: user,
      type: 'USER',
      resolved: true,
      originId: null,
      originType: 'OKTA_DIRECTORY',
      displayName: 'Test Admin',
      lastUpdated: '2026-11-20T10:00:00.000Z',
    })
    expect((await it.call(`POST /api/v1/groups/${group}/owners`, { id: other, type: 'GROUP' })).json.displayName).toBe(
      'Leads',
    )
    const twice = await it.call(`POST /api/v1/groups/${group}/owners`, { id: user, type: 'USER' })
    expect([twice.status, twice.json.errorSummary, twice.json.errorCauses]).toEqual([
      400,
      'Api validation failed: owner',
      [{ errorSummary: 'Provided owner is already assigned to this group' }],
    ])
    expect(it.lastCause()).toBe('E0000001/owner-already-assigned')
    const first = await it.call(`GET /api/v1/groups/${group}/owners?limit=1`)
    expect(first.json.map((owner: { id: string }) => owner.id)).toEqual([other])
    const second = await it.call(`GET /api/v1/groups/${group}/owners?limit=1&after=${other}`)
    expect(second.json.map((owner: { id: string }) => owner.id)).toEqual([user])
    expect((await it.call(`DELETE /api/v1/groups/${group}/owners/${user}`)).status).toBe(204)
    const missing = await it.call(`DELETE /api/v1/groups/${group}/owners/${user}`)
    expect([missing.status, missing.json.errorSummary]).toEqual([
      404,
      `Not found: Resource not found: ${user} (LinkedObject)`,
    ])
    await it.call(`DELETE /api/v1/groups/${other}`)
    expect((await it.call(`GET /api/v1/groups/${group}/owners`)).json).toEqual([])
  })

  test('an owner who is deleted owns nothing any more', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const user = await makeUser(it, 'ada@example.com')
    await it.call(`POST /api/v1/groups/${group}/owners`, { id: user, type: 'USER' })
    for (let i = 0; i < 2; i++) expect((await it.call(`DELETE /api/v1/users/${user}`)).status).toBe(204)
    expect((await it.call(`GET /api/v1/groups/${group}/owners`)).json).toEqual([])
  })

  test('an owner of the other type is not found (recorded), an unknown type is refused', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const wrong = await it.call(`POST /api/v1/groups/${group}/owners`, { id: group, type: 'USER' })
    expect([wrong.status, wrong.json.errorSummary]).toEqual([404, `Not found: Resource not found: ${group} (User)`])
    const unknown = await it.call(`POST /api/v1/groups/${group}/owners`, { id: group, type: 'TEAM' })
    expect([unknown.status, it.lastCause()]).toEqual([400, 'E0000001/value-invalid'])
    const empty = await it.call(`POST /api/v1/groups/${group}/owners`, {})
    expect(empty.json.errorCauses).toEqual([
      { errorSummary: 'id: The field cannot be left blank' },
      { errorSummary: 'type: The field cannot be left blank' },
    ])
  })
})
