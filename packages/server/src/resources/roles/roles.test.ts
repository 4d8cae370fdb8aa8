import { describe, expect, test } from 'vitest'
import { type Called, type TestOrg, testOrg } from '../../testing.ts'

const USER = '/api/v1/users'
const GROUP = '/api/v1/groups'

const makeGroup = async (it: TestOrg, name: string): Promise<string> =>
  (await it.call(`POST ${GROUP}`, { profile: { name } })).json.id

const eventsOf = ({ org }: TestOrg) =>
  [...org.events.read()]
    .filter((event) => event.eventType.includes('privilege'))
    .map((event) => [event.eventType, event.targets[0]?.id, event.debug?.privilege])

const refusal = (it: TestOrg, answer: { status: number; json: { errorCode: string } }) => [
  answer.status,
  it.lastCause(),
]

describe('roles of users', () => {
  test('are not given to the deactivated, for whom they would wait', async () => {
    const it = await testOrg()
    const { userId } = await it.makeAdmin('ada@example.com')
    await it.call(`POST ${USER}/${userId}/lifecycle/deactivate`)
    const refused = await it.call(`POST ${USER}/${userId}/roles`, { type: 'SUPER_ADMIN' })
    expect(refusal(it, refused)).toEqual([400, 'E0000001/value-invalid'])
    expect((await it.call(`GET ${USER}/${userId}/roles`)).json).toEqual([])
  })

  test('are assigned, shown and taken away, and rights follow at once', async () => {
    const it = await testOrg()
    const ada = await it.makeAdmin('ada@example.com')
    const tryIt = () =>
      it.call(`POST ${GROUP}`, { profile: { name: `Group ${it.org.ids.next('00g')}` } }, { token: ada.token })
    expect(refusal(it, await tryIt())).toEqual([403, 'E0000006/role-lacks-permission'])
    const made = await it.call(`POST ${USER}/${ada.userId}/roles?disableNotifications=false`, { type: 'ORG_ADMIN' })
    expect(made.status).toBe(201)
    const id = made.json.id
    expect(made.json).toEqual({
      id: expect.stringMatching(/^ra1\w{14}5d7$/),
      label: 'Organization Administrator',
      type: 'ORG_ADMIN',
      status: 'ACTIVE',
      created: '2026-11-20T10:00:00.000Z',
      lastUpdated: '2026-11-20T10:00:00.000Z',
      assignmentType: 'USER',
      _links: { assignee: { href: `http://127.0.0.1/api/v1/users/${ada.userId}` } },
    })
    expect((await tryIt()).status).toBe(200)
    expect((await it.call(`GET ${USER}/${ada.userId}/roles`)).json).toEqual([made.json])
    expect((await it.call(`GET ${USER}/${ada.userId}/roles/${id}`)).json).toEqual(made.json)
    const gone = await it.call(`DELETE ${USER}/${ada.userId}/roles/${id}`)
    expect([gone.status, gone.text]).toEqual([204, ''])
    expect(refusal(it, await tryIt())).toEqual([403, 'E0000006/role-lacks-permission'])
    for (const method of ['GET', 'DELETE']) {
      const missing = await it.call(`${method} ${USER}/${ada.userId}/roles/${id}`)
      expect([missing.status, missing.json.errorSummary]).toEqual([
        404,
        `Not found: Resource not found: ${id} (RoleAssignment)`,
      ])
    }
    expect(eventsOf(it)).toEqual([
      ['user.account.privilege.grant', ada.userId, 'ORG_ADMIN'],
      ['user.account.privilege.revoke', ada.userId, 'ORG_ADMIN'],
    ])
  })

  test('a role is assigned once, also when two try at the same moment', async () => {
    const it = await testOrg()
    const ada = await it.makeAdmin('ada@example.com')
    const tries = await Promise.all(
      [1, 2, 3].map(() => it.call(`POST ${USER}/${ada.userId}/roles`, { type: 'HELP_DESK_ADMIN' })),
    )
    expect(tries.map((answer) => answer.status).sort()).toEqual([201, 400, 400])
    const refused = await it.call(`POST ${USER}/${ada.userId}/roles`, { type: 'HELP_DESK_ADMIN' })
    expect([refused.json.errorCode, refused.json.errorCauses]).toEqual([
      'E0000001',
      [{ errorSummary: 'The role specified is already assigned to the user.' }],
    ])
    expect(it.lastCause()).toBe('E0000001/role-already-assigned')
    expect((await it.call(`GET ${USER}/${ada.userId}/roles`)).json).toHaveLength(1)
  })

  test.each([
    [{ type: 'KING' }, 'E0000001/value-invalid', 'type: The field has an invalid value'],
    [{ type: 'super_admin' }, 'E0000001/value-invalid', 'type: The field has an invalid value'],
    [{ type: 'constructor' }, 'E0000001/value-invalid', 'type: The field has an invalid value'],
    [{}, 'E0000001/required-field-missing', 'type: The field cannot be left blank'],
    [{ type: null }, 'E0000001/required-field-missing', 'type: The field cannot be left blank'],
    [{ type: ['SUPER_ADMIN'] }, 'E0000003/body-unreadable-shape', undefined],
    [['SUPER_ADMIN'], 'E0000003/body-unreadable-shape', undefined],
  ])('refuses %j', async (body, cause, text) => {
    const it = await testOrg()
    const ada = await it.makeAdmin('ada@example.com')
    const refused = await it.call(`POST ${USER}/${ada.userId}/roles`, body)
    expect([refused.status, it.lastCause(), refused.json.errorCauses[0]?.errorSummary]).toEqual([400, cause, text])
    expect((await it.call(`GET ${USER}/${ada.userId}/roles`)).json).toEqual([])
  })

  test("another holder's assignment is not found, nor is a holder that is not there", async () => {
    const it = await testOrg()
    const ada = await it.makeAdmin('ada@example.com', 'ORG_ADMIN')
    const id = (await it.call(`GET ${USER}/${ada.userId}/roles`)).json[0].id
    const foreign = await it.call(`DELETE ${USER}/${it.adminId}/roles/${id}`)
    expect([foreign.status, foreign.json.errorSummary]).toEqual([
      404,
      `Not found: Resource not found: ${id} (RoleAssignment)`,
    ])
    for (const name of ['00uNobody', '__proto__', 'a%2Fb', 'a%00b']) {
      const missing = await it.call(`POST ${USER}/${name}/roles`, { type: 'ORG_ADMIN' })
      expect([missing.status, missing.json.errorCode]).toEqual([404, 'E0000007'])
    }
  })

  test('only super admins see or change roles', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    for (const role of ['ORG_ADMIN', 'READ_ONLY_ADMIN', 'USER_ADMIN'] as const) {
      const admin = await it.makeAdmin(`${role.toLowerCase()}@example.com`, role)
      for (const [request, body] of [
        [`GET ${USER}/${admin.userId}/roles`],
        [`POST ${USER}/${admin.userId}/roles`, { type: 'SUPER_ADMIN' }],
        [`DELETE ${USER}/${admin.userId}/roles/ra1x`],
        [`GET ${GROUP}/${group}/roles`],
        [`POST ${GROUP}/${group}/roles`, { type: 'SUPER_ADMIN' }],
      ] as const) {
        const refused = await it.call(request, body, { token: admin.token })
        expect([request, ...refusal(it, refused)]).toEqual([request, 403, 'E0000006/super-admin-required'])
        expect(refused.json.errorSummary).toBe('You do not have permission to perform the requested action')
      }
    }
    expect(eventsOf(it)).toEqual([])
  })
})

test.each([
  ['APP_ADMIN', 'IFIFAX2BIRGUSTQ'],
  ['USER_ADMIN', 'KVJUKUS7IFCE2SKO'],
  ['HELP_DESK_ADMIN', 'JBCUYUC7IRCVGS27IFCE2SKO'],
])('an assignment of %s has the recorded id for every holder, again after it was taken away', async (type, id) => {
  const it = await testOrg()
  const [ada, bob] = [await it.makeAdmin('ada@example.com'), await it.makeAdmin('bob@example.com')]
  for (const { userId } of [ada, bob]) {
    const roles = `${USER}/${userId}/roles`
    expect((await it.call(`POST ${roles}`, { type })).json.id).toBe(id)
    expect((await it.call(`DELETE ${roles}/${id}`)).status).toBe(204)
    expect((await it.call(`DELETE ${roles}/${id}`)).status).toBe(404)
    expect((await it.call(`POST ${roles}`, { type })).json.id).toBe(id)
  }
  await it.call(`DELETE ${USER}/${ada.userId}/roles/${id}`)
  expect((await it.call(`GET ${USER}/${bob.userId}/roles/${id}`)).json.type).toBe(type)
})

describe('roles of groups', () => {
  test('reach all members and end with membership or with the group', async () => {
    const it = await testOrg()
    const ada = await it.makeAdmin('ada@example.com')
    const group = await makeGroup(it, 'Administrators')
    const made = await it.call(`POST ${GROUP}/${group}/roles`, { type: 'SUPER_ADMIN' })
    expect([made.status, made.json.assignmentType]).toEqual([201, 'GROUP'])
    expect(made.json._links.assignee.href).toBe(`http://127.0.0.1/api/v1/groups/${group}`)
    const read = async () => (await it.call(`GET ${GROUP}/${group}/roles`, undefined, { token: ada.token })).status
    expect(await read()).toBe(403)
    await it.call(`PUT ${GROUP}/${group}/users/${ada.userId}`)
    expect(await read()).toBe(200)
    expect((await it.call(`GET ${USER}/${ada.userId}/roles`)).json).toEqual([made.json])
    await it.call(`DELETE ${GROUP}/${group}/users/${ada.userId}`)
    expect(await read()).toBe(403)
    await it.call(`PUT ${GROUP}/${group}/users/${ada.userId}`)
    expect((await it.call(`GET ${GROUP}/${group}/roles/${made.json.id}`)).json).toEqual(made.json)
    expect((await it.call(`DELETE ${GROUP}/${group}`)).status).toBe(204)
    expect(await it.org.rolesOf(ada.userId)).toEqual([])
    expect(eventsOf(it)).toEqual([['group.privilege.grant', group, 'SUPER_ADMIN']])
  })

  test('are taken away; twice the same is refused; Everyone holds none', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Administrators')
    const made = await it.call(`POST ${GROUP}/${group}/roles`, { type: 'APP_ADMIN' })
    await it.call(`POST ${GROUP}/${group}/roles`, { type: 'APP_ADMIN' })
    expect(it.lastCause()).toBe('E0000001/role-already-assigned')
    expect((await it.call(`DELETE ${GROUP}/${group}/roles/${made.json.id}`)).status).toBe(204)
    expect((await it.call(`GET ${GROUP}/${group}/roles`)).json).toEqual([])
    const everyone = await it.call(`POST ${GROUP}/${it.org.fixed.everyoneId}/roles`, { type: 'APP_ADMIN' })
    expect([everyone.status, everyone.json.errorCauses]).toEqual([
      400,
      [{ errorSummary: 'Roles cannot be granted to built-in groups: Everyone' }],
    ])
    expect(it.lastCause()).toBe('E0000001/role-not-for-built-in-group')
  })
})

describe('roles of groups that are not theirs', () => {
  test('of a group that nobody knows none are listed; one is missing in words that tell a known id', async () => {
    const it = await testOrg()
    const group = (await it.call('POST /api/v1/groups', { profile: { name: 'A' } })).json.id
    const at = '/api/v1/groups'
    const own = (await it.call(`POST ${at}/${group}/roles`, { type: 'READ_ONLY_ADMIN' })).json.id
    const shared = (await it.call(`POST ${at}/${group}/roles`, { type: 'USER_ADMIN' })).json.id
    const listed = await it.call(`GET ${at}/00gNone/roles`)
    expect([listed.status, listed.json]).toEqual([200, []])
    for (const [path, id, type] of [
      ['00gNone', own, 'GroupRoleAssignment'],
      ['00gNone', shared, 'GroupRoleAssignment'],
      ['00gNone', 'INVALID', 'RoleAssignment'],
      [group, 'INVALID', 'RoleAssignment'],
    ]) {
      const { status, json } = await it.call(`GET ${at}/${path}/roles/${id}`)
      expect([status, json.errorSummary]).toEqual([404, `Not found: Resource not found: ${id} (${type})`])
    }
    const gone = await it.call(`DELETE ${at}/00gNone/roles/${own}`)
    expect([gone.status, gone.json.errorSummary]).toEqual([404, 'Not found: Resource not found: 00gNone (UserGroup)'])
    expect((await it.call(`GET ${at}/${group}/roles/${own}`)).json.id).toBe(own)
  })
})

test('all targets of a role come page by page', async () => {
  const it = await testOrg()
  const { userId } = await it.makeAdmin('ada@example.com')
  const roles = `${USER}/${userId}/roles`
  const role = (await it.call(`POST ${roles}`, { type: 'USER_ADMIN' })).json.id
  for (const name of ['a', 'b', 'c']) {
    await it.call(`PUT ${roles}/${role}/targets/groups/${await makeGroup(it, name)}`)
  }
  const whole = (await it.call(`GET ${roles}/${role}/targets`)).json
  expect(whole).toHaveLength(3)
  const first = await it.call(`GET ${roles}/${role}/targets?limit=2`)
  const next = /<http:\/\/[^/]+([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1]
  const second = await it.call(`GET ${next}`)
  expect([...first.json, ...second.json]).toEqual(whole)
  expect(second.headers.get('link')).not.toContain('next')
})

describe('group targets', () => {
  test.each(['users', 'groups'])('of %s narrow a role, are listed by page, and keep at least one', async (holders) => {
    const it = await testOrg()
    const holder =
      holders === 'users' ? (await it.makeAdmin('ada@example.com')).userId : await makeGroup(it, 'Administrators')
    const ids = [await makeGroup(it, 'a'), await makeGroup(it, 'b')]
    const role = (await it.call(`POST /api/v1/${holders}/${holder}/roles`, { type: 'USER_ADMIN' })).json.id
    const targets = `/api/v1/${holders}/${holder}/roles/${role}/targets/groups`
    expect((await it.call(`GET ${targets}`)).json).toEqual([])
    for (const id of [...ids, ids[0]]) {
      const added = await it.call(`PUT ${targets}/${id}`)
      expect([added.status, added.text]).toEqual([204, ''])
    }
    const first = await it.call(`GET ${targets}?limit=1`)
    expect(first.json.map((group: { id: string }) => group.id)).toEqual([ids[0]])
    expect(first.headers.get('link')).toContain(`after=${ids[0]}&limit=1>; rel="next"`)
    const second = await it.call(`GET ${targets}?limit=1&after=${ids[0]}`)
    expect(second.json.map((group: { id: string }) => group.id)).toEqual([ids[1]])
    expect((await it.call(`DELETE ${targets}/${ids[0]}`)).status).toBe(204)
    const notThere = await it.call(`DELETE ${targets}/${ids[0]}`)
    expect([notThere.status, notThere.json.errorCode]).toEqual([404, 'E0000007'])
    const last = await it.call(`DELETE ${targets}/${ids[1]}`)
    expect([last.status, it.lastCause()]).toEqual([400, 'E0000001/role-target-is-last'])
    const missing = await it.call(`PUT ${targets}/00gNone`)
    expect([missing.status, missing.json.errorSummary]).toEqual([
      404,
      'Not found: Resource not found: 00gNone (UserGroup)',
    ])
    // The last target goes with its group; the role then reaches nothing instead of everything.
    await it.call(`DELETE /api/v1/groups/${ids[1]}`)
    expect((await it.call(`GET ${targets}`)).json).toEqual([])
  })

  test('other roles take none', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'a')
    const ada = await it.makeAdmin('ada@example.com', 'ORG_ADMIN')
    const role = (await it.call(`GET ${USER}/${ada.userId}/roles`)).json[0].id
    const refused = await it.call(`PUT ${USER}/${ada.userId}/roles/${role}/targets/groups/${group}`)
    expect([refused.status, refused.json.errorCauses]).toEqual([
      400,
      [{ errorSummary: 'The provided role type was not the same as required role type.' }],
    ])
    expect(it.lastCause()).toBe('E0000001/role-takes-no-group-targets')
  })
})

describe('roles of clients', () => {
  const service = {
    label: 'Job',
    name: 'oidc_client',
    signOnMode: 'OPENID_CONNECT',
    settings: { oauthClient: { application_type: 'service', grant_types: ['client_credentials'] } },
  }

  test('are assigned, shown and taken away by the client id', async () => {
    const it = await testOrg()
    const client = (await it.call('POST /api/v1/apps', service)).json.id
    const at = `/oauth2/v1/clients/${client}/roles`
    const made = await it.call(`POST ${at}`, { type: 'HELP_DESK_ADMIN' })
    expect(made.status).toBe(200)
    expect(made.json).toMatchObject({
      type: 'HELP_DESK_ADMIN',
      assignmentType: 'CLIENT',
      _links: { assignee: { href: `http://127.0.0.1/oauth2/v1/clients/${client}` } },
    })
    expect((await it.call(`GET ${at}`)).json).toEqual([made.json])
    expect(refusal(it, await it.call(`POST ${at}`, { type: 'HELP_DESK_ADMIN' }))).toEqual([
      400,
      'E0000001/role-already-assigned',
    ])
    const group = await makeGroup(it, 'a')
    expect((await it.call(`PUT ${at}/${made.json.id}/targets/groups/${group}`)).status).toBe(204)
    expect((await it.call(`GET ${at}/${made.json.id}/targets/groups`)).json).toMatchObject([{ id: group }])
    expect((await it.call(`DELETE ${at}/${made.json.id}`)).status).toBe(204)
    expect((await it.call(`GET ${at}`)).json).toEqual([])
    expect(eventsOf(it)).toEqual([
      ['app.oauth2.client.privilege.grant', client, 'HELP_DESK_ADMIN'],
      ['app.oauth2.client.privilege.revoke', client, 'HELP_DESK_ADMIN'],
    ])
  })

  test('of nobody are not found', async () => {
    const it = await testOrg()
    const missing = await it.call('GET /oauth2/v1/clients/0oaNone/roles')
    expect([missing.status, missing.json.errorSummary]).toEqual([
      404,
      'Not found: Resource not found: 0oaNone (PublicClientApp)',
    ])
  })
})

describe('apps that a role is limited to', () => {
  const bookmark = { label: 'Handbook', name: 'bookmark', settings: { app: { url: 'https://handbook.example.com' } } }

  test.each(['users', 'groups', 'clients'])(
    'of %s: names and single apps, one of which replaces the name',
    async (holders) => {
      const it = await testOrg()
      const app = (await it.call('POST /api/v1/apps', bookmark)).json.id
      const holder =
        holders === 'users'
          ? (await it.makeAdmin('ada@example.com')).userId
          : holders === 'groups'
            ? await makeGroup(it, 'a')
            : app
      const service = { application_type: 'service', grant_types: ['client_credentials'] }
      const client = { label: 'Job', name: 'oidc_client', settings: { oauthClient: service } }
      const id = holders === 'clients' ? (await it.call('POST /api/v1/apps', client)).json.id : holder
      const roles = holders === 'clients' ? `/oauth2/v1/clients/${id}/roles` : `/api/v1/${holders}/${id}/roles`
      const role = (await it.call(`POST ${roles}`, { type: 'APP_ADMIN' })).json.id
      const at = `${roles}/${role}/targets/catalog/apps`
      const names = async () =>
        (await it.call(`GET ${at}`)).json.map((target: { id?: string; name: string }) => target.id ?? target.name)
      expect(await names()).toEqual([])
      expect((await it.call(`PUT ${at}/bookmark`)).status).toBe(204)
      expect((await it.call(`PUT ${at}/facebook`)).status).toBe(204)
      expect(await names()).toEqual(['bookmark', 'facebook'])
      expect((await it.call(`PUT ${at}/bookmark/${app}`)).status).toBe(204)
      expect(await names()).toEqual([app, 'facebook'])
      // Page by page all of them come, and a target whose app is gone takes no place.
      const gone = (await it.call('POST /api/v1/apps', { ...bookmark, label: 'Gone' })).json.id
      expect((await it.call(`PUT ${at}/bookmark/${gone}`)).status).toBe(204)
      await it.call(`POST /api/v1/apps/${gone}/lifecycle/deactivate`)
      await it.call(`DELETE /api/v1/apps/${gone}`)
      expect((await it.call(`PUT ${at}/google`)).status).toBe(204)
      const paged: string[][] = []
      for (let next: string | undefined = `${at}?limit=1`; next; ) {
        const { json, headers }: Called = await it.call(`GET ${next}`)
        paged.push(json.map((target: { id?: string; name: string }) => target.id ?? target.name))
        next = /<http:\/\/[^/]+([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
      }
      expect(paged).toEqual([[app], ['facebook'], ['google']])
      expect((await it.call(`DELETE ${at}/google`)).status).toBe(204)
      expect((await it.call(`DELETE ${at}/bookmark/${app}`)).status).toBe(204)
      expect(refusal(it, await it.call(`DELETE ${at}/facebook`))).toEqual([400, 'E0000001/role-target-is-last'])
      expect((await it.call(`DELETE ${at}/twitter`)).status).toBe(404)
      expect((await it.call(`PUT ${at}/bookmark/0oaNone`)).status).toBe(404)
      expect((await it.call(`PUT ${at}/oidc_client/${app}`)).status).toBe(404)
    },
  )

  test('not of names that neither the org nor the catalogue is known to have', async () => {
    const it = await testOrg()
    const { userId } = await it.makeAdmin('ada@example.com')
    const roles = `${USER}/${userId}/roles`
    const at = `${roles}/${(await it.call(`POST ${roles}`, { type: 'APP_ADMIN' })).json.id}/targets/catalog/apps`
    expect(refusal(it, await it.call(`PUT ${at}/nosuchapp1`))).toEqual([404, 'E0000007/resource-missing'])
    const settings = { app: { url: 'https://shop.example.com' } }
    await it.call('POST /api/v1/apps', { name: 'nosuchapp1', label: 'Shop', signOnMode: 'AUTO_LOGIN', settings })
    expect((await it.call(`PUT ${at}/nosuchapp1`)).status).toBe(204)
  })

  test('only of the app administrator; all apps again on request', async () => {
    const it = await testOrg()
    const { userId } = await it.makeAdmin('ada@example.com')
    const roles = `${USER}/${userId}/roles`
    const wide = (await it.call(`POST ${roles}`, { type: 'ORG_ADMIN' })).json.id
    expect(refusal(it, await it.call(`PUT ${roles}/${wide}/targets/catalog/apps/facebook`))).toEqual([
      403,
      'E0000006/role-target-refused',
    ])
    const role = (await it.call(`POST ${roles}`, { type: 'APP_ADMIN' })).json.id
    await it.call(`PUT ${roles}/${role}/targets/catalog/apps/facebook`)
    // Names that Okta's own SDKs use; again is no fault.
    for (const name of ['google', 'github', 'mfa_rdp', 'facebook']) {
      expect((await it.call(`PUT ${roles}/${role}/targets/catalog/apps/${name}`)).status).toBe(204)
    }
    expect((await it.call(`PUT ${roles}/${role}/targets/catalog/apps`)).status).toBe(204)
    expect((await it.call(`GET ${roles}/${role}/targets/catalog/apps`)).json).toEqual([])
  })
})
