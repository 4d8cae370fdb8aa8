import { beforeEach, describe, expect, test } from 'vitest'
import { type Called, type TestOrg, testOrg } from '../../testing.ts'

const ROLES = '/api/v1/iam/roles'
const SETS = '/api/v1/iam/resource-sets'
const base = 'http://127.0.0.1/api/v1'

let t: TestOrg
beforeEach(async () => {
  t = await testOrg()
})

const refusal = (answer: Called) => [
  answer.status,
  t.lastCause(),
  answer.json.errorCauses.map((cause: { errorSummary: string }) => cause.errorSummary),
]
const missing = (answer: Called) => [answer.status, answer.json.errorSummary]

async function group(name: string, ...members: string[]): Promise<string> {
  const { id } = (await t.call('POST /api/v1/groups', { profile: { name } })).json
  for (const userId of members) await t.call(`PUT /api/v1/groups/${id}/users/${userId}`)
  return id
}

async function user(login: string): Promise<string> {
  const profile = { firstName: 'Grace', lastName: 'Hopper', login, email: login }
  const credentials = { password: { value: 'Correct-Horse-9' } }
  return (await t.call('POST /api/v1/users?activate=true', { profile, credentials })).json.id
}

async function app(label: string): Promise<string> {
  const settings = { app: { requestIntegration: false, url: 'https://x.example.com' } }
  return (await t.call('POST /api/v1/apps', { name: 'bookmark', label, signOnMode: 'BOOKMARK', settings })).json.id
}

let labels = 0
async function role(...permissions: string[]): Promise<string> {
  labels += 1
  const answer = await t.call(`POST ${ROLES}`, { label: `Role ${labels}`, description: 'A role', permissions })
  expect(answer.status).toBe(200)
  return answer.json.id
}

async function set(...resources: string[]): Promise<string> {
  labels += 1
  const answer = await t.call(`POST ${SETS}`, { label: `Set ${labels}`, description: 'A set', resources })
  expect(answer.status).toBe(200)
  return answer.json.id
}

const events = (prefix: string) =>
  [...t.org.events.read()].map((event) => event.eventType).filter((type) => type.startsWith(prefix))

describe('custom roles', () => {
  test('are made, shown, listed, replaced and deleted', async () => {
    const body = { label: 'Readers', description: 'They read', permissions: ['okta.users.read', 'okta.users.read'] }
    const made = await t.call(`POST ${ROLES}`, body)
    const { id } = made.json
    expect([made.status, made.json]).toEqual([
      200,
      {
        id: expect.stringMatching(/^cr0\w{14}5d7$/),
        label: 'Readers',
        description: 'They read',
        created: '2026-11-20T10:00:00.000Z',
        lastUpdated: '2026-11-20T10:00:00.000Z',
        isCloneable: true,
        _links: {
          permissions: { href: `${base}/iam/roles/${id}/permissions` },
          self: { href: `${base}/iam/roles/${id}` },
        },
      },
    ])
    expect((await t.call(`GET ${ROLES}/${id}`)).json).toEqual(made.json)
    expect((await t.call(`GET ${ROLES}/READERS`)).json).toEqual(made.json)
    expect((await t.call(`GET ${ROLES}`)).json).toEqual({ roles: [made.json], _links: {} })
    expect((await t.call(`GET ${ROLES}/${id}/permissions`)).json).toEqual({
      permissions: [
        {
          label: 'okta.users.read',
          created: '2026-11-20T10:00:00.000Z',
          lastUpdated: '2026-11-20T10:00:00.000Z',
          _links: {
            role: { href: `${base}/iam/roles/${id}` },
            self: { href: `${base}/iam/roles/${id}/permissions/okta.users.read` },
          },
        },
      ],
    })
    const replaced = await t.call(`PUT ${ROLES}/${id}`, { label: 'readers', description: 'Still' })
    expect(replaced.json).toMatchObject({ label: 'readers', description: 'Still' })
    expect((await t.call(`DELETE ${ROLES}/${id}`)).status).toBe(204)
    for (const method of ['GET', 'DELETE']) {
      expect(missing(await t.call(`${method} ${ROLES}/${id}`))).toEqual([
        404,
        `Not found: Resource not found: ${id} (CustomRole)`,
      ])
    }
    expect(events('iam.')).toEqual([
      'iam.role.create',
      'iam.role.permissions.add',
      'iam.role.update',
      'iam.role.delete',
    ])
  })

  test('standard roles are none of them', async () => {
    for (const call of [`GET ${ROLES}/SUPER_ADMIN`, `DELETE ${ROLES}/SUPER_ADMIN`]) {
      expect((await t.call(call)).json.errorSummary).toBe('Not found: Resource not found: SUPER_ADMIN (CustomRole)')
    }
  })

  test.each([
    [
      { description: 'x', permissions: ['okta.users.read'] },
      'required-field-missing',
      ['label: Label must be specified'],
    ],
    [
      { permissions: ['okta.users.read'] },
      'required-field-missing',
      ['label: Label must be specified', 'description: Description must be specified'],
    ],
    [
      { label: 'x', description: 'x', permissions: [] },
      'required-field-missing',
      ['permissions: Permissions must be specified'],
    ],
    [
      { label: 'x', description: 'x', permissions: ['okta.moon.read', 'okta.users.read', 'constructor'] },
      'permission-unknown',
      ['permissions: Invalid permission: okta.moon.read', 'permissions: Invalid permission: constructor'],
    ],
  ])('are refused %#', async (body, cause, causes) => {
    expect(refusal(await t.call(`POST ${ROLES}`, body))).toEqual([400, `E0000001/${cause}`, causes])
    expect((await t.call(`GET ${ROLES}`)).json.roles).toEqual([])
  })

  test('have labels of their own, also when two try at the same moment', async () => {
    const body = { label: 'Readers', description: 'They read', permissions: ['okta.users.read'] }
    const answers = await Promise.all([t.call(`POST ${ROLES}`, body), t.call(`POST ${ROLES}`, body)])
    expect(answers.map((one) => one.status).sort()).toEqual([200, 400])
    expect(refusal(await t.call(`POST ${ROLES}`, { ...body, label: 'READERS' }))).toEqual([
      400,
      'E0000001/role-label-taken',
      ['label: There is already an admin role with this name.'],
    ])
    const other = await role('okta.users.read')
    expect(refusal(await t.call(`PUT ${ROLES}/${other}`, body))[1]).toBe('E0000001/role-label-taken')
  })

  test('have pages', async () => {
    for (let i = 0; i < 101; i++) await role('okta.users.read')
    const first = (await t.call(`GET ${ROLES}`)).json
    expect(first.roles).toHaveLength(100)
    const last = first.roles.at(-1).id
    expect(first._links.next.href).toBe(`${base}/iam/roles?after=${last}`)
    const second = (await t.call(`GET ${ROLES}?after=${last}`)).json
    expect([second.roles.length, second._links]).toEqual([1, {}])
  })

  test('get and lose permissions, with conditions', async () => {
    const id = await role('okta.groups.read')
    const path = `${ROLES}/${id}/permissions/okta.users.read`
    const conditions = { include: { 'okta:ResourceAttribute/User/Profile': ['city'] } }
    expect((await t.call(`POST ${path}`)).status).toBe(204)
    const replaced = await t.call(`PUT ${path}`, { conditions })
    expect([replaced.status, replaced.json.conditions]).toEqual([200, conditions])
    expect((await t.call(`GET ${path}`)).json).toEqual(replaced.json)
    expect((await t.call(`GET ${ROLES}/${id}/permissions`)).json.permissions).toHaveLength(2)
    expect((await t.call(`PUT ${path}`, {})).json.conditions).toBeUndefined()
    expect((await t.call(`DELETE ${path}`)).status).toBe(204)
    for (const method of ['GET', 'PUT', 'DELETE']) {
      expect(missing(await t.call(`${method} ${path}`))).toEqual([
        404,
        'Not found: Resource not found: okta.users.read (Permission)',
      ])
    }
    expect(refusal(await t.call(`POST ${ROLES}/${id}/permissions/okta.moon.read`))).toEqual([
      400,
      'E0000001/permission-unknown',
      ['permissions: Invalid permission: okta.moon.read'],
    ])
    const both = { conditions: { ...conditions, exclude: { 'okta:ResourceAttribute/User/Profile': ['zipCode'] } } }
    expect(refusal(await t.call(`POST ${path}`, both))[1]).toBe('E0000001/permission-conditions-refused')
    expect(refusal(await t.call(`PUT ${ROLES}/${id}/permissions/okta.groups.read`, { conditions }))).toEqual([
      400,
      'E0000001/permission-conditions-refused',
      ['conditions: Conditions are not supported for permission okta.groups.read'],
    ])
    expect(events('iam.role.perm')).toEqual([
      'iam.role.permissions.add',
      'iam.role.permissions.add',
      'iam.role.permission.conditions.add',
      'iam.role.permission.conditions.delete',
      'iam.role.permissions.delete',
    ])
  })
})

describe('sets of resources', () => {
  test('take URLs and names, and show both', async () => {
    const [g, a] = [await group('Pilots'), await app('Handbook')]
    const { orgId } = t.org.fixed
    const id = await set(
      `${base}/groups/${g}`,
      `/api/v1/groups/${g}/users`,
      `orn:okta:idp:${orgId}:apps:bookmark:${a}`,
      `http://org.test/api/v1/apps/${a}`,
      `${base}/apps?filter=name+eq+%22oidc_client%22`,
      `${base}/users`,
    )
    const { resources, _links } = (await t.call(`GET ${SETS}/${id}/resources`)).json
    expect(_links).toEqual({ 'resource-set': { href: `${base}/iam/resource-sets/${id}` } })
    expect(
      resources.map((one: { orn: string; _links: { self: { href: string } } }) => [one.orn, one._links.self.href]),
    ).toEqual([
      [`orn:okta:directory:${orgId}:groups:${g}`, `${base}/groups/${g}`],
      [`orn:okta:directory:${orgId}:groups:${g}:contained_resources`, `${base}/groups/${g}/users`],
      [`orn:okta:idp:${orgId}:apps:bookmark:${a}`, `${base}/apps/${a}`],
      [`orn:okta:idp:${orgId}:apps:oidc_client`, `${base}/apps?filter=name+eq+%22oidc_client%22`],
      [`orn:okta:directory:${orgId}:users`, `${base}/users`],
    ])
    const [, second] = resources
    expect((await t.call(`GET ${SETS}/${id}/resources/${second.id}`)).json).toEqual(second)
    expect(second._links.resource.href).toBe(`${base}/iam/resource-sets/${id}/resources/${second.id}`)
    expect((await t.call(`DELETE ${SETS}/${id}/resources/${second.id}`)).status).toBe(204)
    expect(missing(await t.call(`GET ${SETS}/${id}/resources/${second.id}`))).toEqual([
      404,
      `Not found: Resource not found: ${second.id} (Resource)`,
    ])
    const first = (await t.call(`GET ${SETS}/${id}/resources?limit=3`)).json
    expect(first.resources).toHaveLength(3)
    const next = new URL(first._links.next.href)
    expect((await t.call(`GET ${next.pathname}${next.search}`)).json.resources).toHaveLength(1)
  })

  test('are made, shown, listed, replaced, widened and deleted', async () => {
    const body = { label: 'People', description: 'All of them', resources: [`${base}/users`] }
    const made = await t.call(`POST ${SETS}`, body)
    const { id } = made.json
    const self = `${base}/iam/resource-sets/${id}`
    expect(made.json).toEqual({
      id: expect.stringMatching(/^iam\w{14}5d7$/),
      label: 'People',
      description: 'All of them',
      created: '2026-11-20T10:00:00.000Z',
      lastUpdated: '2026-11-20T10:00:00.000Z',
      _links: {
        self: { href: self },
        resources: { href: `${self}/resources` },
        bindings: { href: `${self}/bindings` },
      },
    })
    expect((await t.call(`GET ${SETS}/people`)).json).toEqual(made.json)
    const workflows = (await t.call(`GET ${SETS}/WORKFLOWS_IAM_POLICY`)).json
    expect((await t.call(`GET ${SETS}`)).json).toEqual({ 'resource-sets': [workflows, made.json], _links: {} })
    expect(refusal(await t.call(`POST ${SETS}`, body))).toEqual([
      400,
      'E0000001/resource-set-label-taken',
      ['label: An IAM Policy with the given label already exists'],
    ])
    expect((await t.call(`PUT ${SETS}/${id}`, { label: 'Folk', description: 'x' })).json.label).toBe('Folk')
    const patched = await t.call(`PATCH ${SETS}/${id}/resources`, { additions: [`${base}/groups`, `${base}/users`] })
    expect([patched.status, patched.json.label]).toEqual([200, 'Folk'])
    expect((await t.call(`GET ${SETS}/${id}/resources`)).json.resources).toHaveLength(2)
    expect((await t.call(`DELETE ${SETS}/${id}`)).status).toBe(204)
    const gone = `Not found: Resource not found: ${id} (IAMPolicy)`
    for (const call of [`GET ${SETS}/${id}`, `DELETE ${SETS}/${id}`, `GET ${SETS}/${id}/resources`]) {
      expect(missing(await t.call(call))).toEqual([404, gone])
    }
    expect(events('iam.')).toEqual([
      'iam.resourceset.create',
      'iam.resourceset.resources.add',
      'iam.resourceset.update',
      'iam.resourceset.resources.add',
      'iam.resourceset.delete',
    ])
  })

  test.each([
    'nonsense',
    '',
    'https://other.example.com/api/v1/users',
    'http://127.0.0.1.example.com/api/v1/users',
    'orn:okta:directory:00o1:users',
    'orn:okta:idp:00o1:apps:slack',
    'orn:okta:directory:00o1:groups:00gNone',
    'orn:okta:directory:00o1:users:00u1',
    'orn:okta:idp:00o1:apps:bookmark:0oaNone',
    `${base}/groups/00gNone/users`,
    `${base}/apps/0oaNone`,
    `${base}/users/00u1`,
    `${base}/constructor`,
    `${base}/groups?filter=name+eq+%22x%22`,
    'orn:okta:__proto__:00o1:x',
    'a\u0000b',
  ])('refuse %j', async (resource) => {
    const answer = await t.call(`POST ${SETS}`, { label: 'x', description: 'x', resources: [resource] })
    expect(refusal(answer).slice(0, 2)).toEqual([400, 'E0000001/resource-not-usable'])
    expect((await t.call(`GET ${SETS}`)).json['resource-sets']).toHaveLength(1)
  })

  test('are in every org: the one of the workflows administrator, from which lists go on', async () => {
    const id = await set(`${base}/users`)
    const first = (await t.call(`GET ${SETS}?limit=1`)).json
    expect(first['resource-sets'].map((one: { id: string }) => one.id)).toEqual(['WORKFLOWS_IAM_POLICY'])
    const next = new URL(first._links.next.href)
    const second = (await t.call(`GET ${next.pathname}${next.search}`)).json
    expect(second['resource-sets'].map((one: { id: string }) => one.id)).toEqual([id])
    const { userId } = await t.makeAdmin('flows@example.com')
    const { json } = await t.call(`POST /api/v1/users/${userId}/roles`, { type: 'WORKFLOWS_ADMIN' })
    const { pathname } = new URL(json._links['resource-set'].href)
    expect((await t.call(`GET ${pathname}`)).json.label).toBe('Workflows Resource Set')
    const { resources } = (await t.call(`GET ${pathname}/resources`)).json
    expect(resources).toEqual([])
  })

  test('refuse bodies that lack something', async () => {
    const short = await t.call(`POST ${SETS}`, { resources: [`${base}/users`] })
    expect(refusal(short)[2]).toEqual(['label: Label must be specified', 'description: Description must be specified'])
    const none = await t.call(`POST ${SETS}`, { label: 'x', description: 'x', resources: [] })
    expect(refusal(none)[2]).toEqual(['resources: Resources must be specified'])
    const many = Array.from({ length: 1001 }, () => `${base}/users`)
    const full = await t.call(`POST ${SETS}`, { label: 'x', description: 'x', resources: many })
    expect(refusal(full)[2]).toEqual(['resources: must not have more than 1000 elements'])
  })

  test('may leave some out of all', async () => {
    const a = await app('Handbook')
    const id = await set(`${base}/users`)
    const orn = (name: string) => `orn:okta:idp:${t.org.fixed.orgId}:apps:${name}`
    const conditions = { Exclude: { 'okta:ORN': [orn(`bookmark:${a}`)] } }
    const added = await t.call(`POST ${SETS}/${id}/resources`, { resourceOrnOrUrl: `${base}/apps`, conditions })
    expect([added.status, added.json.orn, added.json.conditions]).toEqual([200, orn('').slice(0, -1), conditions])
    const path = `${SETS}/${id}/resources/${added.json.id}`
    const replaced = await t.call(`PUT ${path}`, { conditions: { Exclude: { 'okta:ORN': [orn('slack')] } } })
    expect(replaced.json.conditions).toEqual({ Exclude: { 'okta:ORN': [orn('slack')] } })
    expect((await t.call(`GET ${path}`)).json).toEqual(replaced.json)
    expect(refusal(await t.call(`PUT ${path}`, { conditions: { Exclude: { 'okta:ORN': ['x'] } } }))[1]).toBe(
      'E0000001/resource-not-usable',
    )
    const nothing = { conditions: { Exclude: { 'okta:ORN': [] } } }
    expect((await t.call(`PUT ${path}`, nothing)).json).toMatchObject(nothing)
    // The label of the set does for all but this operation.
    const { label } = (await t.call(`GET ${SETS}/${id}`)).json
    const byLabel = `${SETS}/${encodeURIComponent(label)}/resources/${added.json.id}`
    expect((await t.call(`GET ${byLabel}`)).status).toBe(200)
    expect(missing(await t.call(`PUT ${byLabel}`, nothing))).toEqual([
      404,
      `Not found: Resource not found: ${label} (IAMPolicy)`,
    ])
    expect((await t.call(`PUT ${path}`, {})).json).not.toHaveProperty('conditions')
  })

  test('forget what is deleted', async () => {
    const [g, a] = [await group('Pilots'), await app('Handbook')]
    const server = await t.call('POST /api/v1/authorizationServers', {
      name: 'x',
      description: 'x',
      audiences: ['api://x'],
    })
    const id = await set(
      `${base}/groups/${g}`,
      `${base}/groups/${g}/users`,
      `${base}/apps/${a}`,
      `${base}/authorizationServers/${server.json.id}`,
      `${base}/apps`,
    )
    await t.call(`DELETE /api/v1/groups/${g}`)
    await t.call(`POST /api/v1/apps/${a}/lifecycle/deactivate`)
    await t.call(`DELETE /api/v1/apps/${a}`)
    await t.call(`POST /api/v1/authorizationServers/${server.json.id}/lifecycle/deactivate`)
    await t.call(`DELETE /api/v1/authorizationServers/${server.json.id}`)
    const { resources } = (await t.call(`GET ${SETS}/${id}/resources`)).json
    expect(resources.map((one: { orn: string }) => one.orn.split(':').slice(4))).toEqual([['apps']])
  })
})

describe('bindings', () => {
  test('give a role on a set to users, groups and clients', async () => {
    const [r, s, g, u] = [
      await role('okta.users.read'),
      await set(`${base}/users`),
      await group('A'),
      await user('g@x.example'),
    ]
    const binding = `${SETS}/${s}/bindings/${r}`
    const self = `${base}/iam/resource-sets/${s}/bindings/${r}`
    expect((await t.call(`GET ${SETS}/${s}/bindings`)).json).toMatchObject({ roles: [] })
    expect(missing(await t.call(`GET ${binding}`))).toEqual([404, `Not found: Resource not found: ${r} (Binding)`])
    const made = await t.call(`POST ${SETS}/${s}/bindings`, { role: r, members: [`${base}/users/${u}`] })
    expect([made.status, made.json]).toEqual([
      200,
      {
        _links: {
          self: { href: self },
          bindings: { href: `${base}/iam/resource-sets/${s}/bindings` },
          'resource-set': { href: `${base}/iam/resource-sets/${s}` },
        },
      },
    ])
    expect((await t.call(`GET ${binding}`)).json).toEqual({
      id: r,
      _links: {
        self: { href: self },
        members: { href: `${self}/members` },
        'resource-set': { href: `${base}/iam/resource-sets/${s}` },
      },
    })
    const again = await t.call(`PATCH ${binding}/members`, { additions: [`${base}/groups/${g}`, `${base}/users/${u}`] })
    expect(again.status).toBe(200)
    const { members } = (await t.call(`GET ${binding}/members`)).json
    expect(members.map((one: { _links: { self: { href: string } } }) => one._links.self.href)).toEqual([
      `${base}/users/${u}`,
      `${base}/groups/${g}`,
    ])
    expect(members[0].id).toMatch(/^irb\w{14}5d7$/)
    expect((await t.call(`GET ${binding}/members/${members[1].id}`)).json).toEqual(members[1])
    expect((await t.call(`GET ${SETS}/${s}/bindings`)).json.roles).toEqual([
      { id: r, _links: { self: { href: `${base}/iam/roles/${r}` }, members: { href: `${self}/members` } } },
    ])
    expect((await t.call(`DELETE ${binding}/members/${members[1].id}`)).status).toBe(204)
    expect(missing(await t.call(`GET ${binding}/members/${members[1].id}`))).toEqual([
      404,
      `Not found: Resource not found: ${members[1].id} (Member)`,
    ])
    expect((await t.call(`DELETE ${binding}`)).status).toBe(204)
    expect((await t.call(`GET ${binding}`)).status).toBe(404)
    expect((await t.call(`GET ${SETS}/${s}/bindings`)).json.roles).toEqual([])
    expect((await t.call(`GET /api/v1/users/${u}/roles`)).json).toEqual([])
    expect(events('iam.resourceset.bind')).toEqual([
      'iam.resourceset.bindings.add',
      'iam.resourceset.bindings.add',
      'iam.resourceset.bindings.delete',
      'iam.resourceset.bindings.delete',
    ])
  })

  test('are gone with their last member, though members can be added to them still, and go with their role', async () => {
    const [r, s, g] = [await role('okta.users.read'), await set(`${base}/users`), await group('A')]
    const binding = `${SETS}/${s}/bindings/${r}`
    const members = async () => (await t.call(`GET ${binding}/members`)).json.members
    await t.call(`POST ${SETS}/${s}/bindings`, { role: r, members: [`${base}/groups/${g}`] })
    await t.call(`DELETE ${binding}/members/${(await members())[0].id}`)
    expect(await members()).toEqual([])
    expect((await t.call(`GET ${SETS}/${s}/bindings`)).json.roles).toEqual([])
    expect(missing(await t.call(`GET ${binding}`))).toEqual([404, `Not found: Resource not found: ${r} (Binding)`])
    expect((await t.call(`PATCH ${binding}/members`, { additions: [`${base}/groups/${g}`] })).status).toBe(200)
    expect(await members()).toHaveLength(1)
    expect((await t.call(`GET ${binding}`)).status).toBe(200)
    await t.call(`DELETE /api/v1/groups/${g}`)
    expect((await t.call(`GET ${binding}`)).status).toBe(404)
    await t.call(`DELETE ${ROLES}/${r}`)
    expect((await t.call(`GET ${SETS}/${s}/bindings`)).json.roles).toEqual([])
  })

  test('are refused without a role or usable members', async () => {
    const [r, s] = [await role('okta.users.read'), await set(`${base}/users`)]
    const bind = (body: object) => t.call(`POST ${SETS}/${s}/bindings`, body)
    expect(missing(await bind({ role: 'ir0Vc' }))).toEqual([404, 'Not found: Resource not found: ir0Vc (CustomRole)'])
    expect(refusal(await bind({ role: r }))[2]).toEqual(['members: Members must be specified'])
    expect(refusal(await bind({ members: [] }))[2]).toEqual(['role: The field cannot be left blank'])
    expect(refusal(await bind({ role: r, members: [`${base}/apps/0oa1`] }))).toEqual([
      400,
      'E0000001/binding-member-not-usable',
      [`members: Invalid member: ${base}/apps/0oa1`],
    ])
    expect(missing(await bind({ role: r, members: [`${base}/groups/00gNone`] }))).toEqual([
      404,
      'Not found: Resource not found: 00gNone (UserGroup)',
    ])
    const left = await user('left@x.example')
    await t.call(`POST /api/v1/users/${left}/lifecycle/deactivate`)
    expect(refusal(await bind({ role: r, members: [`${base}/users/${left}`] }))[1]).toBe('E0000001/value-invalid')
    expect((await t.call(`GET ${SETS}/${s}/bindings`)).json.roles).toEqual([])
  })

  test('are assignments too, which go with their holder, role and set', async () => {
    const u = await user('g@x.example')
    const [r, s] = [await role('okta.users.read'), await set(`${base}/users`)]
    const body = { type: 'CUSTOM', role: r, 'resource-set': s }
    const made = await t.call(`POST /api/v1/users/${u}/roles`, body)
    expect([made.status, made.json]).toEqual([
      201,
      {
        id: expect.stringMatching(/^irb/),
        label: expect.stringMatching(/^Role \d+$/),
        type: 'CUSTOM',
        status: 'ACTIVE',
        created: '2026-11-20T10:00:00.000Z',
        lastUpdated: '2026-11-20T10:00:00.000Z',
        assignmentType: 'USER',
        role: r,
        'resource-set': s,
        _links: {
          assignee: { href: `${base}/users/${u}` },
          'resource-set': { href: `${base}/iam/resource-sets/${s}` },
          member: { href: `${base}/iam/resource-sets/${s}/bindings/${r}/members/${made.json.id}` },
          role: { href: `${base}/iam/roles/${r}` },
          permissions: { href: `${base}/iam/roles/${r}/permissions` },
        },
      },
    ])
    expect((await t.call(`GET /api/v1/users/${u}/roles`)).json).toEqual([made.json])
    expect((await t.call(`GET /api/v1/users/${u}/roles/${made.json.id}`)).json).toEqual(made.json)
    expect(refusal(await t.call(`POST /api/v1/users/${u}/roles`, body))[1]).toBe('E0000001/role-already-assigned')
    const other = await set(`${base}/groups`)
    expect((await t.call(`POST /api/v1/users/${u}/roles`, { ...body, 'resource-set': other })).status).toBe(201)
    expect((await t.call('GET /api/v1/iam/assignees/users')).json.value.map((one: { id: string }) => one.id)).toEqual([
      t.adminId,
      u,
    ])
    await t.call(`DELETE ${SETS}/${other}`)
    expect((await t.call(`GET /api/v1/users/${u}/roles`)).json).toEqual([made.json])
    await t.call(`DELETE ${ROLES}/${r}`)
    expect((await t.call(`GET /api/v1/users/${u}/roles`)).json).toEqual([])
    expect(missing(await t.call(`POST /api/v1/users/${u}/roles`, body))).toEqual([
      404,
      `Not found: Resource not found: ${r} (CustomRole)`,
    ])
    expect(refusal(await t.call(`POST /api/v1/users/${u}/roles`, { type: 'CUSTOM' }))[2]).toEqual([
      'role: The field cannot be left blank',
      'resource-set: The field cannot be left blank',
    ])
    expect(
      missing(
        await t.call(`POST /api/v1/users/${u}/roles`, {
          ...body,
          role: await role('okta.iam.read'),
          'resource-set': 'iamNone',
        }),
      ),
    ).toEqual([404, 'Not found: Resource not found: iamNone (IAMPolicy)'])
  })

  test('are for service apps, not for those that people sign in to', async () => {
    const make = async (application_type: string, grant_types: string[], response_types: string[]) => {
      const settings = {
        oauthClient: { application_type, grant_types, response_types, redirect_uris: ['https://a.example'] },
      }
      const body = { name: 'oidc_client', label: application_type, signOnMode: 'OPENID_CONNECT', settings }
      return (await t.call('POST /api/v1/apps', body)).json.id
    }
    const [r, s] = [await role('okta.apps.read'), await set(`${base}/apps`)]
    const give = async (id: string) =>
      await t.call(`POST /oauth2/v1/clients/${id}/roles`, { type: 'CUSTOM', role: r, 'resource-set': s })
    const refused = await give(await make('web', ['authorization_code'], ['code']))
    expect([refused.status, refused.json.errorCode, refused.json.errorSummary]).toEqual([
      400,
      'E0000227',
      'Roles can only be granted to service application type',
    ])
    const service = await make('service', ['client_credentials'], ['token'])
    const given = await give(service)
    expect([given.status, given.json._links.assignee.href]).toEqual([
      200,
      `http://127.0.0.1/oauth2/v1/clients/${service}`,
    ])
    await t.call(`POST /api/v1/apps/${service}/lifecycle/deactivate`)
    await t.call(`DELETE /api/v1/apps/${service}`)
    expect((await t.call(`GET ${SETS}/${s}/bindings`)).json.roles).toEqual([])
  })

  test('answer today with 409 when a role is given twice', async () => {
    t = await testOrg({ settings: { contract: 'current' } })
    const u = await user('g@x.example')
    await t.call(`POST /api/v1/users/${u}/roles`, { type: 'REPORT_ADMIN' })
    const twice = await t.call(`POST /api/v1/users/${u}/roles`, { type: 'REPORT_ADMIN' })
    expect([twice.status, twice.json.errorCode, twice.json.errorSummary]).toEqual([
      409,
      'E0000090',
      'The role specified is already assigned to the user.',
    ])
    const everyone = await t.call(`POST /api/v1/groups/${t.org.fixed.everyoneId}/roles`, { type: 'REPORT_ADMIN' })
    expect([everyone.status, everyone.json.errorCode, everyone.json.errorSummary]).toEqual([
      400,
      'E0000211',
      'Roles cannot be granted to built-in groups: Everyone',
    ])
  })
})
