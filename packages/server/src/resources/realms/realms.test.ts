import { beforeEach, describe, expect, test } from 'vitest'
import { type Called, type TestOrg, testOrg } from '../../testing.ts'

const REALMS = '/api/v1/realms'
const ASSIGNMENTS = '/api/v1/realm-assignments'
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

const realm = async (profile: object) => (await t.call(`POST ${REALMS}`, { profile })).json.id as string
const user = (login: string, more: object = {}) =>
  t.call('POST /api/v1/users?activate=false', {
    profile: { firstName: 'A', lastName: 'B', login, email: login, department: 'Sales' },
    ...more,
  })

describe('realms', () => {
  test('begin with the default one, in which users are', async () => {
    const { realmId } = t.org.fixed
    expect((await t.call(`GET ${REALMS}`)).json).toEqual([
      {
        id: realmId,
        created: '2026-11-20T10:00:00.000Z',
        lastUpdated: '2026-11-20T10:00:00.000Z',
        isDefault: true,
        profile: { name: 'Default realm' },
        _links: { self: { rel: 'self', href: `${base}/realms/${realmId}`, method: 'GET' } },
      },
    ])
    expect((await user('a@x.example')).json.realmId).toBe(realmId)
    const stays = await t.call(`DELETE ${REALMS}/${realmId}`)
    expect([stays.status, stays.json.errorCode, stays.json.errorSummary]).toEqual([
      400,
      'E0000178',
      'This realm cannot be deleted. The default realm cannot be deleted.',
    ])
    const limited = await t.call(`PUT ${REALMS}/${realmId}`, { profile: { name: 'x', domains: ['x.example'] } })
    expect(refusal(limited)[2]).toEqual(['profile.domains: The default realm cannot be limited to domains'])
  })

  test('are made, shown, replaced and deleted', async () => {
    const profile = { name: 'Partners', realmType: 'PARTNER', domains: ['partner.example'] }
    const made = await t.call(`POST ${REALMS}`, { profile })
    expect([made.status, made.json]).toMatchObject([200, { isDefault: false, profile }])
    const { id } = made.json
    expect(id).toMatch(/^guo\w{14}5d7$/)
    expect((await t.call(`GET ${REALMS}/${id}`)).json).toEqual(made.json)
    expect((await t.call(`PUT ${REALMS}/${id}`, { profile: { name: 'Friends' } })).json.profile).toEqual({
      name: 'Friends',
    })
    expect((await t.call(`POST ${REALMS}/${id}`, { profile })).json.errorCode).toBe('E0000022')
    expect((await t.call(`DELETE ${REALMS}/${id}`)).status).toBe(204)
    expect((await t.call(`GET ${REALMS}/${id}`)).json.errorSummary).toBe(`Not found: Resource not found: ${id} (Realm)`)
  })

  test('are refused', async () => {
    await realm({ name: 'Partners' })
    const make = async (profile: unknown) => refusal(await t.call(`POST ${REALMS}`, { profile }))
    expect(await make({ name: 'PARTNERS' })).toEqual([
      400,
      'E0000001/realm-name-taken',
      ['profile.name: An object with this field already exists in the current organization'],
    ])
    expect(await make({})).toEqual([
      400,
      'E0000001/required-field-missing',
      ['profile.name: The field cannot be left blank'],
    ])
    expect((await make({ name: 'x', realmType: 'MOON' }))[1]).toBe('E0000003/body-unreadable-shape')
    expect((await make({ name: 'x', domains: 'x.example' }))[1]).toBe('E0000003/body-unreadable-shape')
    expect((await make({ name: 'x', domains: ['a|b'] }))[2]).toEqual([
      'profile.domains: A domain has characters that are not allowed',
    ])
    expect((await t.call(`GET ${REALMS}`)).json).toHaveLength(2)
  })

  test('are searched, sorted and paged', async () => {
    for (const name of ['Bakers', 'Cooks', 'Artists']) await realm({ name })
    const names = async (query: string) =>
      (await t.call(`GET ${REALMS}?${query}`)).json.map((one: { profile: { name: string } }) => one.profile.name)
    const search = (text: string) => `search=${encodeURIComponent(text)}`
    expect(await names(search('profile.name co "ook"'))).toEqual(['Cooks'])
    expect(await names(`${search('profile.name pr')}&sortBy=profile.name&sortOrder=desc`)).toEqual([
      'Default realm',
      'Cooks',
      'Bakers',
      'Artists',
    ])
    const first = await t.call(`GET ${REALMS}?limit=3`)
    expect(first.json).toHaveLength(3)
    const next = /<[^>]*?(\/api[^>]*)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!
    expect((await t.call(`GET ${next}`)).json).toHaveLength(1)
    expect((await t.call(`GET ${REALMS}?${search('domains eq "x"')}`)).json.errorCode).toBe('E0000031')
  })

  test('hold users by domain, and stay while somebody is in them', async () => {
    const id = await realm({ name: 'Partners', domains: ['partner.example'] })
    expect(refusal(await user('a@x.example', { realmId: id }))).toEqual([
      400,
      'E0000001/user-outside-realm-domains',
      ['login: The domain is not allowed in this realm'],
    ])
    expect((await user('a@x.example', { realmId: 'guoNone' })).json.errorSummary).toBe(
      'Not found: Resource not found: guoNone (Realm)',
    )
    const made = await user('a@Partner.example', { realmId: id })
    expect(made.json.realmId).toBe(id)
    const path = `/api/v1/users/${made.json.id}`
    expect(refusal(await t.call(`POST ${path}`, { profile: { email: 'a@x.example' } }))[2]).toEqual([
      'email: The domain is not allowed in this realm',
    ])
    const stays = await t.call(`DELETE ${REALMS}/${id}`)
    expect([stays.status, stays.json.errorSummary]).toEqual([
      400,
      'This realm cannot be deleted. There are users in this realm.',
    ])
    expect((await t.call(`POST ${path}`, { realmId: t.org.fixed.realmId })).json.realmId).toBe(t.org.fixed.realmId)
    expect((await t.call(`DELETE ${REALMS}/${id}`)).status).toBe(204)
  })
})

describe('realm assignments', () => {
  const handbook = {
    name: 'bookmark',
    label: 'HR',
    signOnMode: 'BOOKMARK',
    settings: { app: { url: 'https://hr.example' } },
  }
  let source: string
  beforeEach(async () => {
    source = (await t.call('POST /api/v1/apps', handbook)).json.id
  })
  const rule = (realmId: string, more: object = {}) => ({
    name: 'Partners first',
    priority: 3,
    conditions: { profileSourceId: source, expression: { value: 'user.profile.department == "Partners"' } },
    actions: { assignUserToRealm: { realmId } },
    ...more,
  })

  test('name a source that is there, and put nobody anywhere any more when it goes', async () => {
    const realmId = await realm({ name: 'Partners' })
    const refused = await t.call(`POST ${ASSIGNMENTS}`, rule(realmId, { conditions: { profileSourceId: 'nope' } }))
    expect(refusal(refused)[1]).toBe('E0000001/reference-unknown')
    const { id } = (await t.call(`POST ${ASSIGNMENTS}`, rule(realmId))).json
    await t.call(`PUT ${ASSIGNMENTS}/${id}`, rule(realmId, { conditions: { profileSourceId: 'nope' } }))
    expect(t.lastCause()).toBe('E0000001/reference-unknown')
    await t.call(`POST /api/v1/apps/${source}/lifecycle/deactivate`)
    expect((await t.call(`DELETE /api/v1/apps/${source}`)).status).toBe(204)
    const { json } = await t.call(`GET ${ASSIGNMENTS}/${id}`)
    expect([json.status, json.conditions.profileSourceId]).toEqual(['INACTIVE', undefined])
  })

  test('are made, listed by priority, replaced, switched and deleted', async () => {
    const realmId = await realm({ name: 'Partners' })
    const made = await t.call(`POST ${ASSIGNMENTS}`, rule(realmId))
    const { id } = made.json
    expect([made.status, made.json]).toEqual([
      200,
      {
        id: expect.stringMatching(/^rul/),
        status: 'ACTIVE',
        name: 'Partners first',
        created: '2026-11-20T10:00:00.000Z',
        lastUpdated: '2026-11-20T10:00:00.000Z',
        isDefault: false,
        conditions: rule(realmId).conditions,
        actions: rule(realmId).actions,
        priority: 3,
        _links: { self: { rel: 'self', href: `${base}/realm-assignments/${id}`, method: 'GET' } },
      },
    ])
    expect((await t.call(`GET ${ASSIGNMENTS}/${id}`)).json).toEqual(made.json)
    const list = (await t.call(`GET ${ASSIGNMENTS}`)).json
    expect(list.map((one: { priority: number; isDefault: boolean }) => [one.priority, one.isDefault])).toEqual([
      [3, false],
      [499, true],
    ])
    const first = await t.call(`GET ${ASSIGNMENTS}?limit=1`)
    const next = /<[^>]*?(\/api[^>]*)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!
    expect((await t.call(`GET ${next}`)).json).toEqual([list[1]])
    const auto = await t.call(`POST ${ASSIGNMENTS}`, rule(realmId, { priority: undefined }))
    expect(auto.json.priority).toBe(0)
    expect((await t.call(`PUT ${ASSIGNMENTS}/${id}`, rule(realmId, { name: 'Again' }))).json.name).toBe('Again')
    expect(refusal(await t.call(`DELETE ${ASSIGNMENTS}/${id}`))[1]).toBe('E0000001/realm-assignment-still-active')
    const stays = await t.call(`DELETE ${REALMS}/${realmId}`)
    expect(stays.json.errorSummary).toBe('This realm cannot be deleted. There are realm assignments to this realm.')
    expect((await t.call(`POST ${ASSIGNMENTS}/${id}/lifecycle/deactivate`)).status).toBe(204)
    expect((await t.call(`GET ${ASSIGNMENTS}/${id}`)).json.status).toBe('INACTIVE')
    expect((await t.call(`POST ${ASSIGNMENTS}/${id}/lifecycle/activate`)).status).toBe(204)
    expect((await t.call(`POST ${ASSIGNMENTS}/${id}/lifecycle/deactivate`)).status).toBe(204)
    expect((await t.call(`DELETE ${ASSIGNMENTS}/${id}`)).status).toBe(204)
    expect((await t.call(`GET ${ASSIGNMENTS}/${id}`)).json.errorSummary).toBe(
      `Not found: Resource not found: ${id} (RealmAssignment)`,
    )
  })

  test('are refused', async () => {
    const realmId = await realm({ name: 'Partners' })
    await t.call(`POST ${ASSIGNMENTS}`, rule(realmId))
    const make = async (body: object) => refusal(await t.call(`POST ${ASSIGNMENTS}`, body))
    expect((await make(rule(realmId)))[1]).toBe('E0000001/realm-assignment-priority-taken')
    expect((await make(rule(realmId, { priority: 499 })))[1]).toBe('E0000001/value-invalid')
    expect((await make(rule('guoNone', { priority: 4 })))[1]).toBe('E0000007/resource-missing')
    expect((await make({}))[2]).toEqual([
      'name: The field cannot be left blank',
      'actions.assignUserToRealm.realmId: The field cannot be left blank',
    ])
    for (const value of [
      '((',
      'user.profile.login.endsWith("@x.example")',
      'string.contains(user.profile.login, "@x.example")',
      'user.profile.login.contains()',
      'security.risk.level == "LOW"',
      'isMemberOfGroup("00g1")',
      'user.getLinkedObject("manager") != null',
    ]) {
      expect(await make(rule(realmId, { priority: 5, conditions: { expression: { value } } }))).toEqual([
        400,
        'E0000001/realm-expression-unreadable',
        ['conditions.expression.value: Invalid expression'],
      ])
    }
    const catchAll = (await t.call(`GET ${ASSIGNMENTS}`)).json.at(-1).id
    for (const [call, body] of [
      [`DELETE ${ASSIGNMENTS}/${catchAll}`],
      [`PUT ${ASSIGNMENTS}/${catchAll}`, rule(realmId)],
      [`POST ${ASSIGNMENTS}/${catchAll}/lifecycle/deactivate`],
    ] as const) {
      expect(refusal(await t.call(call, body))[1]).toBe('E0000001/realm-assignment-is-default')
    }
  })

  test('move users when they are run, the first that fits deciding', async () => {
    const [sales, rest] = [await realm({ name: 'Sales' }), await realm({ name: 'Rest', domains: ['x.example'] })]
    const [a, b] = [(await user('a@x.example')).json.id, (await user('b@y.example')).json.id]
    await t.call(`POST /api/v1/users/${b}`, { profile: { department: 'Moon' } })
    const made = await t.call(`POST ${ASSIGNMENTS}`, {
      ...rule(sales),
      conditions: { expression: { value: 'user.profile.department == "Sales"' } },
    })
    const run = (assignmentId: string) => t.call(`POST ${ASSIGNMENTS}/operations`, { assignmentId })
    const one = await run(made.json.id)
    expect([one.status, one.json]).toMatchObject([
      201,
      {
        type: 'realm:assignment',
        status: 'COMPLETED',
        realmId: sales,
        realmName: 'Sales',
        numUserMoved: 1,
        assignmentOperation: { configuration: { id: made.json.id, name: 'Partners first' } },
      },
    ])
    const realmOf = async (id: string) => (await t.call(`GET /api/v1/users/${id}`)).json.realmId
    expect([await realmOf(a), await realmOf(b)]).toEqual([sales, t.org.fixed.realmId])
    // Rest comes first, but takes no users of other domains.
    await t.call(`POST ${ASSIGNMENTS}`, { ...rule(rest), priority: 1, conditions: {} })
    const all = await run('ALL')
    expect(all.json).toMatchObject({ numUserMoved: 1, assignmentOperation: { configuration: { id: 'ALL' } } })
    expect([await realmOf(a), await realmOf(b)]).toEqual([rest, t.org.fixed.realmId])
    expect((await t.call(`GET ${ASSIGNMENTS}/operations`)).json).toEqual([one.json, all.json])
    expect((await run('rulNone')).status).toBe(404)
  })
})

test('assignments place users when they are made, and nobody later', async () => {
  const [sales, strict] = [await realm({ name: 'Sales' }), await realm({ name: 'Strict', domains: ['x.example'] })]
  const assign = async (priority: number, realmId: string, conditions: object) => {
    const body = { name: `A${priority}`, priority, conditions, actions: { assignUserToRealm: { realmId } } }
    return (await t.call(`POST ${ASSIGNMENTS}`, body)).json.id as string
  }
  const department = (name: string) => ({ expression: { value: `user.profile.department.contains("${name}")` } })
  const made = async (login: string, more?: object) => (await user(login, more)).json.realmId
  const { realmId } = t.org.fixed
  const first = await assign(2, sales, department('Sales'))
  expect(await made('a@x.example')).toBe(sales)
  expect(await made('b@x.example', { realmId })).toBe(realmId)
  await assign(1, strict, department('Sales'))
  expect([await made('c@x.example'), await made('d@y.example')]).toEqual([strict, realmId])
  await assign(0, strict, department('Moon'))
  const { id } = (await user('e@x.example', { realmId })).json
  await t.call(`POST /api/v1/users/${id}`, { profile: { department: 'Moon' } })
  expect((await t.call(`GET /api/v1/users/${id}`)).json.realmId).toBe(realmId)
  for (const one of (await t.call(`GET ${ASSIGNMENTS}`)).json) {
    if (!one.isDefault && one.id !== first) await t.call(`POST ${ASSIGNMENTS}/${one.id}/lifecycle/deactivate`)
  }
  expect(await made('f@x.example')).toBe(sales)
})

test('org administrators manage realms, others only look', async () => {
  const helper = await t.makeAdmin('helper@example.com', 'HELP_DESK_ADMIN')
  const org = await t.makeAdmin('org@example.com', 'ORG_ADMIN')
  const reader = await t.makeAdmin('reader@example.com', 'READ_ONLY_ADMIN')
  const status = async (token: string, call: string, body?: unknown) => (await t.call(call, body, { token })).status
  expect(await status(helper.token, `GET ${REALMS}`)).toBe(403)
  expect(await status(reader.token, `GET ${REALMS}`)).toBe(200)
  expect(await status(reader.token, `POST ${REALMS}`, { profile: { name: 'x' } })).toBe(403)
  expect(await status(org.token, `POST ${REALMS}`, { profile: { name: 'x' } })).toBe(200)
})
