import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groups, memberships } from '../../entities/group.ts'
import { groupRules } from '../../entities/group-rule.ts'
import { put } from '../../state/state.ts'
import { eventsOf, type TestOrg, testOrg } from '../../testing.ts'

const makeGroup = async (it: TestOrg, name: string): Promise<string> =>
  (await it.call('POST /api/v1/groups', { profile: { name } })).json.id

const makeUser = async (it: TestOrg, name: string, more: Record<string, unknown> = {}): Promise<string> => {
  const profile = { login: `${name}@example.com`, email: `${name}@example.com`, firstName: name, lastName: 'Byron' }
  return (await it.call('POST /api/v1/users?activate=true', { profile: { ...profile, ...more } })).json.id
}

const body = (groupIds: unknown, value: unknown, more: Record<string, unknown> = {}) => ({
  type: 'group_rule',
  name: 'Engineers',
  conditions: { expression: { type: 'urn:okta:expression:1.0', value } },
  actions: { assignUserToGroups: { groupIds } },
  ...more,
})

const makeRule = async (it: TestOrg, groupIds: string[], value: string, name = 'Engineers'): Promise<string> => {
  const { json } = await it.call('POST /api/v1/groups/rules', body(groupIds, value, { name }))
  expect(json.status).toBe('INACTIVE')
  await it.call(`POST /api/v1/groups/rules/${json.id}/lifecycle/activate`)
  return json.id
}

const membersOf = async (it: TestOrg, group: string): Promise<string[]> =>
  (await it.call(`GET /api/v1/groups/${group}/users`)).json.map((user: { id: string }) => user.id)

const statusOf = async (it: TestOrg, rule: string) => (await it.call(`GET /api/v1/groups/rules/${rule}`)).json.status

const ruleEvents = ({ org }: TestOrg) =>
  [...org.events.read()]
    .filter(({ eventType }) => eventType.startsWith('group.user_membership'))
    .map(({ eventType, actor, targets, debug }) => ({
      type: eventType.replace('group.user_membership.', ''),
      by: actor.type,
      targets: targets.map(({ id }) => id),
      ...debug,
    }))

describe('a group rule', () => {
  test('is made inactive, read, changed, switched and deleted', async () => {
    const it = await testOrg()
    const [group, ada] = [await makeGroup(it, 'Engineers'), await makeUser(it, 'ada')]
    const people = { users: { exclude: [ada] } }
    const expression = { value: 'user.title == "Engineer"', type: 'urn:okta:expression:1.0' }
    const made = await it.call('POST /api/v1/groups/rules', {
      ...body([group], expression.value),
      conditions: { people, expression },
    })
    expect(made.status).toBe(200)
    const { id } = made.json
    expect(id).toMatch(/^0pr\w{14}5d7$/)
    expect(made.json).toEqual({
      type: 'group_rule',
      id,
      status: 'INACTIVE',
      name: 'Engineers',
      created: '2026-11-20T10:00:00.000Z',
      lastUpdated: '2026-11-20T10:00:00.000Z',
      conditions: { people: { users: { exclude: [ada] }, groups: { exclude: [] } }, expression },
      actions: { assignUserToGroups: { groupIds: [group] } },
      allGroupsValid: true,
    })
    expect((await it.call(`GET /api/v1/groups/rules/${id}`)).json).toEqual(made.json)
    it.clock.advance(60)
    const replaced = await it.call(`PUT /api/v1/groups/rules/${id}`, body([group], 'user.title == "B"', { name: 'B' }))
    expect(replaced.json).toMatchObject({ name: 'B', status: 'INACTIVE', lastUpdated: '2026-11-20T10:01:00.000Z' })
    expect(Object.keys(replaced.json.conditions)).toEqual(['expression'])
    for (const [step, status] of [
      ['activate', 'ACTIVE'],
      ['activate', 'ACTIVE'],
      ['deactivate', 'INACTIVE'],
      ['deactivate', 'INACTIVE'],
    ]) {
      const switched = await it.call(`POST /api/v1/groups/rules/${id}/lifecycle/${step}`)
      expect([switched.status, switched.text, await statusOf(it, id)]).toEqual([204, '', status])
    }
    const gone = await it.call(`DELETE /api/v1/groups/rules/${id}?removeUsers=false`)
    expect([gone.status, gone.json]).toEqual([202, {}])
    const missing = await it.call(`GET /api/v1/groups/rules/${id}`)
    expect([missing.status, missing.json.errorSummary]).toEqual([
      404,
      `Not found: Resource not found: ${id} (PolicyRule)`,
    ])
  })

  test('lists are searched, cut into pages and shown with the names of groups', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    for (const name of ['Red one', 'Blue', 'Red two']) await makeRule(it, [group], 'user.title == "x"', name)
    const names = (json: { name: string }[]) => json.map(({ name }) => name)
    expect(names((await it.call('GET /api/v1/groups/rules')).json)).toEqual(['Red one', 'Blue', 'Red two'])
    const first = await it.call('GET /api/v1/groups/rules?search=RED&limit=1&expand=groupIdToGroupNameMap')
    expect(names(first.json)).toEqual(['Red one'])
    expect(first.json[0]._embedded).toEqual({ groupIdToGroupNameMap: { [group]: 'Engineers' } })
    const next = /<http:[^>]*?(\/api[^>]*)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1]
    const second = await it.call(`GET ${next}`)
    expect(names(second.json)).toEqual(['Red two'])
    expect(second.headers.get('link')).not.toContain('next')
    const single = await it.call(`GET /api/v1/groups/rules/${first.json[0].id}?expand=groupIdToGroupNameMap`)
    expect(single.json._embedded).toEqual(first.json[0]._embedded)
    for (const [query, cause] of [
      ['after=nothing', 'E0000029/cursor-unknown'],
      ['limit=0', 'E0000001/value-invalid'],
      ['limit=x', 'E0000037/number-unreadable'],
    ]) {
      expect((await it.call(`GET /api/v1/groups/rules?${query}`)).status).toBe(400)
      expect(it.lastCause()).toBe(cause)
    }
  })

  test.each<[Record<string, unknown>, string, string[]]>([
    [
      {},
      'required-field-missing',
      [
        'name',
        'type',
        'conditions.expression.type',
        'conditions.expression.value',
        'actions.assignUserToGroups.groupIds',
      ],
    ],
    [{ ...body(['x'], 'true'), name: 'n'.repeat(51) }, 'value-invalid', ['name']],
    [{ ...body(['x'], 'true'), type: 'policy_rule' }, 'value-invalid', ['type']],
    [
      { ...body(['x'], 'true'), conditions: { expression: { type: 'urn:x', value: '' } } },
      'value-invalid',
      ['conditions.expression.type', 'conditions.expression.value'],
    ],
    [body([], 'true'), 'required-field-missing', ['actions.assignUserToGroups.groupIds']],
    [body([1], 'true'), 'value-invalid', ['actions.assignUserToGroups.groupIds']],
    [
      body(
        Array.from({ length: 101 }, (_, i) => `g${i}`),
        'true',
      ),
      'value-invalid',
      ['actions.assignUserToGroups.groupIds'],
    ],
    [
      {
        ...body(['x'], 'true'),
        conditions: {
          people: { users: { exclude: [''] } },
          expression: { type: 'urn:okta:expression:1.0', value: 'true' },
        },
      },
      'value-invalid',
      ['conditions.people.users.exclude'],
    ],
  ])('refuses body %#', async (sent, cause, fields) => {
    const it = await testOrg()
    const refused = await it.call('POST /api/v1/groups/rules', sent)
    expect([refused.status, refused.json.errorCode, it.lastCause()]).toEqual([400, 'E0000001', `E0000001/${cause}`])
    expect(refused.json.errorCauses.map((one: { errorSummary: string }) => one.errorSummary.split(':')[0])).toEqual(
      fields,
    )
  })

  test.each([
    ['(user.title == "x"', 'rule-expression-unreadable', 'Invalid expression syntax (user.title == "x"'],
    ['user.rank == "x"', 'rule-expression-not-allowed', 'Invalid property rank in expression user.rank == "x"'],
    ['app.name == "x"', 'rule-expression-not-allowed', 'Invalid property app in expression app.name == "x"'],
    ['Time.now() == "x"', 'rule-expression-not-allowed', 'Invalid function Time.now in expression Time.now() == "x"'],
    [
      'String.nope() == "x"',
      'rule-expression-not-allowed',
      'Invalid function String.nope in expression String.nope() == "x"',
    ],
    [
      'String.len() == 1',
      'rule-expression-not-allowed',
      'Invalid number of parameters of String.len in expression String.len() == 1',
    ],
    ['1 + 1', 'rule-expression-not-boolean', 'The expression 1 + 1 does not return a boolean'],
    ['user.title', 'rule-expression-not-boolean', 'The expression user.title does not return a boolean'],
    ['"true"', 'rule-expression-not-boolean', 'The expression "true" does not return a boolean'],
    [
      'true ? user.title : false',
      'rule-expression-not-boolean',
      'The expression true ? user.title : false does not return a boolean',
    ],
    [
      'String.toUpperCase(user.title)',
      'rule-expression-not-boolean',
      'The expression String.toUpperCase(user.title) does not return a boolean',
    ],
  ])('refuses the condition %s', async (value, cause, text) => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const refused = await it.call('POST /api/v1/groups/rules', body([group], value))
    expect(refused.json).toMatchObject({
      errorCode: 'E0000001',
      errorSummary: 'Api validation failed: validateRule',
      errorCauses: [{ errorSummary: text }, { errorSummary: 'conditions: Invalid expression' }],
    })
    expect(it.lastCause()).toBe(`E0000001/${cause}`)
  })

  test('takes what is true or false by itself, an attribute of that type too', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    await it.call('POST /api/v1/meta/schemas/user/default', {
      definitions: { custom: { properties: { onCall: { title: 'On call', type: 'boolean' } } } },
    })
    const asked = `isMemberOfAnyGroup({"${group}"})`
    for (const [i, value] of ['true', 'user.onCall', `!(1 == 2) ? ${asked} : user.onCall`].entries()) {
      const made = await it.call('POST /api/v1/groups/rules', { ...body([group], value), name: `Rule ${i}` })
      expect(made.status).toBe(200)
    }
  })

  test.each([
    ['isMemberOfGroup("00gnope")', '00gnope'],
    ['user.title == "x" OR !isMemberOfAnyGroup({"00gnope", "x"})', '00gnope'],
  ])('asks for no group that is not there: %s', async (value, id) => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const refused = await it.call('POST /api/v1/groups/rules', body([group], value))
    expect([refused.status, it.lastCause()]).toEqual([400, 'E0000001/reference-unknown'])
    expect(refused.json.errorCauses[0].errorSummary).toBe(
      `conditions.expression.value: There is no group with the id ${id}.`,
    )
  })

  test('is INVALID once an attribute that it looks at is taken out of the schema', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const schema = (rank: object | null) =>
      it.call('POST /api/v1/meta/schemas/user/default', { definitions: { custom: { properties: { rank } } } })
    await schema({ title: 'Rank', type: 'string' })
    const made = await it.call('POST /api/v1/groups/rules', body([group], 'user.rank == "x"'))
    const rule = `/api/v1/groups/rules/${made.json.id}`
    await it.call(`POST ${rule}/lifecycle/activate`)
    await schema(null)
    expect((await it.call(`GET ${rule}`)).json.status).toBe('INVALID')
    expect(eventsOf(it)).toContain('group.user_membership.rule.invalidate')
  })

  test("takes no groups but the org's own without roles, no users that do not exist, no name twice", async () => {
    const it = await testOrg()
    const [group, admins] = [await makeGroup(it, 'Engineers'), await makeGroup(it, 'Admins')]
    await it.call(`POST /api/v1/groups/${admins}/roles`, { type: 'READ_ONLY_ADMIN' })
    for (const id of ['00gNobody', it.org.fixed.everyoneId, admins]) {
      const refused = await it.call('POST /api/v1/groups/rules', body([group, id], 'user.title == "x"'))
      expect([refused.status, it.lastCause()]).toEqual([400, 'E0000001/rule-target-not-assignable'])
      expect(refused.json.errorCauses[0].errorSummary).toContain(id)
    }
    const people = { people: { users: { exclude: ['00uNobody'] } } }
    const expression = { type: 'urn:okta:expression:1.0', value: 'user.title == "x"' }
    await it.call('POST /api/v1/groups/rules', { ...body([group], ''), conditions: { ...people, expression } })
    expect(it.lastCause()).toBe('E0000001/rule-user-unknown')
    await makeRule(it, [group], 'user.title == "x"')
    const taken = await it.call('POST /api/v1/groups/rules', body([group], 'true', { name: 'ENGINEERS' }))
    expect(taken.json).toMatchObject({
      errorSummary: 'Api validation failed: name',
      errorCauses: [{ errorSummary: 'name: Policy rule name already in use' }],
    })
    it.org.changeSettings({ groupRules: { most: 1 } })
    await it.call('POST /api/v1/groups/rules', body([group], 'true', { name: 'Another' }))
    expect(it.lastCause()).toBe('E0000001/rule-limit-reached')
  })

  test('and its group takes no role', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    await makeRule(it, [group], 'user.title == "x"')
    const refused = await it.call(`POST /api/v1/groups/${group}/roles`, { type: 'READ_ONLY_ADMIN' })
    expect([refused.status, it.lastCause()]).toEqual([400, 'E0000001/rule-target-takes-no-role'])
    it.org.changeSettings({ contract: 'current' })
    const today = await it.call(`POST /api/v1/groups/${group}/roles`, { type: 'READ_ONLY_ADMIN' })
    expect(today.json).toMatchObject({
      errorCode: 'E0000192',
      errorSummary: 'Roles cannot be granted to groups with group membership rules. Engineers',
    })
    expect(today.status).toBe(400)
  })

  test('is changed only while it is inactive, deleted only while it is not at work, and keeps its groups', async () => {
    const it = await testOrg()
    const [group, other] = [await makeGroup(it, 'Engineers'), await makeGroup(it, 'Builders')]
    const rule = await makeRule(it, [group], 'user.title == "x"')
    const path = `/api/v1/groups/rules/${rule}`
    const causes = []
    const tries: [string, unknown?][] = [[`PUT ${path}`, body([group], 'user.title == "y"')], [`DELETE ${path}`]]
    for (const [request, sent] of tries) {
      causes.push((await it.call(request, sent)).json.errorCauses[0].errorSummary)
      expect(it.lastCause()).toBe('E0000001/rule-not-inactive')
    }
    await it.call(`POST ${path}/lifecycle/deactivate`)
    await it.call(`PUT ${path}`, body([other], 'user.title == "y"'))
    expect(it.lastCause()).toBe('E0000001/rule-actions-fixed')
    expect((await it.call(`PUT ${path}`, body([group], 'user.title == "y"'))).status).toBe(200)
    await it.call(`DELETE /api/v1/groups/${group}`)
    const invalid = await it.call(`GET ${path}`)
    expect(invalid.json).toMatchObject({ status: 'INVALID', allGroupsValid: false })
    expect(invalid.json.actions.assignUserToGroups.groupIds).toEqual([group])
    for (const step of ['activate', 'deactivate']) {
      const refused = await it.call(`POST ${path}/lifecycle/${step}`)
      expect(refused.json.errorCauses).toEqual([
        { errorSummary: 'Cannot activate or deactivate a Group Rule with the status INVALID.' },
      ])
    }
    causes.push((await it.call(`PUT ${path}`, body([group], 'user.title == "y"'))).json.errorCauses[0].errorSummary)
    expect(causes).toEqual([
      'Cannot update a Group Rule with the status ACTIVE.',
      'Cannot delete a Group Rule with the status ACTIVE.',
      'Cannot update a Group Rule with the status INVALID.',
    ])
    expect((await it.call(`DELETE ${path}`)).status).toBe(202)
  })

  test('of rules that are made at the same moment some have to wait, as while the work takes its time', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const make = (name: string) => it.call('POST /api/v1/groups/rules', body([group], 'user.title == "x"', { name }))
    const answers = await Promise.all(['a', 'b', 'c'].map(make))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 423, 423])
    expect(answers.find(({ status }) => status === 423)!.json).toMatchObject({
      errorCode: 'E0000239',
      errorSummary: 'Policy priorities are being reconciled. Please try again later.',
    })
    const names = ['a', 'b', 'c'].filter((_, i) => answers[i]!.status === 423)
    for (const name of names) expect((await make(name)).status).toBe(200)
    it.org.changeSettings({ delays: { groupRuleSeconds: 5 } })
    expect((await make('d')).status).toBe(200)
    expect((await make('e')).status).toBe(423)
    expect(it.lastCause()).toBe('E0000239/priorities-being-reconciled')
    it.clock.advance(5)
    expect((await make('e')).status).toBe(200)
  })

  test('is seen by administrators of all groups, and changed by org administrators', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const rule = await makeRule(it, [group], 'user.title == "x"')
    const [orgAdmin, groupAdmin, limited, helpDesk] = [
      await it.makeAdmin('o@example.com', 'ORG_ADMIN'),
      await it.makeAdmin('g@example.com', 'USER_ADMIN'),
      await it.makeAdmin('l@example.com'),
      await it.makeAdmin('h@example.com', 'HELP_DESK_ADMIN'),
    ]
    const role = await it.call(`POST /api/v1/users/${limited.userId}/roles`, { type: 'USER_ADMIN' })
    await it.call(`PUT /api/v1/users/${limited.userId}/roles/${role.json.id}/targets/groups/${group}`)
    const seen = []
    for (const { token } of [orgAdmin, groupAdmin, limited, helpDesk]) {
      const statuses = []
      for (const request of [
        'GET /api/v1/groups/rules',
        `GET /api/v1/groups/rules/${rule}`,
        `POST /api/v1/groups/rules/${rule}/lifecycle/activate`,
      ]) {
        statuses.push((await it.call(request, undefined, { token })).status)
      }
      seen.push(statuses)
    }
    expect(seen).toEqual([
      [200, 200, 204],
      [200, 200, 403],
      [403, 403, 403],
      [403, 403, 403],
    ])
  })

  test('stays as it was after any body that is refused', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const { json } = await it.call('POST /api/v1/groups/rules', body([group], 'user.title == "x"'))
    const odd = fc.oneof(
      fc.constantFrom<unknown>(null, true, 0, -1, 1e21, '', [], {}, [[]], ['\u0000'], ['\ud800'], 'x'.repeat(11_000), [
        null,
      ]),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(fc.string({ unit: 'binary', maxLength: 10 }), { maxLength: 3 }),
    )
    const paths = [
      ['name'],
      ['type'],
      ['conditions'],
      ['conditions', 'expression'],
      ['conditions', 'expression', 'type'],
      ['conditions', 'expression', 'value'],
      ['conditions', 'people'],
      ['conditions', 'people', 'users'],
      ['conditions', 'people', 'users', 'exclude'],
      ['conditions', 'people', 'groups'],
      ['actions'],
      ['actions', 'assignUserToGroups'],
      ['actions', 'assignUserToGroups', 'groupIds'],
    ]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), odd, async (path, value) => {
        const before = (await it.org.state.load(groupRules, json.id))!
        const sent = structuredClone(body([group], 'user.title == "x"')) as Record<string, unknown>
        let at = sent
        for (const name of path.slice(0, -1)) {
          at[name] ??= {}
          at = at[name] as Record<string, unknown>
        }
        at[path.at(-1)!] = value
        const answer = await it.call(`PUT /api/v1/groups/rules/${json.id}`, sent)
        expect(answer.status).toBeLessThan(500)
        if (answer.status === 200) return
        expect(answer.json).toMatchObject({
          errorCode: expect.stringMatching(/^E\d{7}$/),
          errorCauses: expect.any(Array),
        })
        expect(await it.org.state.load(groupRules, json.id)).toEqual(before)
      }),
      { numRuns: 300 },
    )
  })

  test.each(['nobody', '__proto__', 'a%2Fb', 'a%00b', 'constructor', '%F0%9F%98%80'])(
    'none is called so (%#)',
    async (id) => {
      const it = await testOrg()
      const group = await makeGroup(it, 'Engineers')
      for (const [request, sent] of [
        [`GET /api/v1/groups/rules/${id}`],
        [`PUT /api/v1/groups/rules/${id}`, body([group], 'true')],
        [`DELETE /api/v1/groups/rules/${id}`],
        [`POST /api/v1/groups/rules/${id}/lifecycle/activate`],
        [`POST /api/v1/groups/rules/${id}/lifecycle/deactivate`],
      ] as const) {
        const missing = await it.call(request, sent)
        expect([request, missing.status, missing.json.errorCode]).toEqual([request, 404, 'E0000007'])
      }
    },
  )
})

describe('the members of a rule', () => {
  test('come when it is activated, when they are made, and when they change; and leave', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const ada = await makeUser(it, 'ada', { title: 'Engineer' })
    const bob = await makeUser(it, 'bob', { title: 'Writer' })
    const rule = await makeRule(it, [group], 'user.title == "Engineer"')
    expect(await membersOf(it, group)).toEqual([ada])
    const cyd = await makeUser(it, 'cyd', { title: 'Engineer' })
    expect(await membersOf(it, group)).toEqual([ada, cyd])
    await it.call(`POST /api/v1/users/${bob}`, { profile: { title: 'Engineer' } })
    await it.call(`POST /api/v1/users/${ada}`, { profile: { title: 'Poet' } })
    expect(await membersOf(it, group)).toEqual([bob, cyd])
    expect(ruleEvents(it)).toEqual([
      { type: 'rule.trigger', by: 'User', targets: [rule] },
      { type: 'add', by: 'SystemPrincipal', targets: [ada, group], triggeredByGroupRuleId: rule },
      { type: 'add', by: 'SystemPrincipal', targets: [cyd, group], triggeredByGroupRuleId: rule },
      { type: 'add', by: 'SystemPrincipal', targets: [bob, group], triggeredByGroupRuleId: rule },
      { type: 'remove', by: 'SystemPrincipal', targets: [ada, group], triggeredByGroupRuleId: rule },
    ])
  })

  test('are many: more than are read at a time', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const ids = []
    for (let i = 0; i < 1_100; i++) ids.push((await it.makeAdmin(`u${i}@example.com`)).userId)
    const rule = await makeRule(it, [group], 'String.startsWith(user.login, "u")')
    expect(await it.org.state.count(memberships as never, 'group', group)).toBe(0)
    expect((await it.call(`GET /api/v1/groups/${group}/users?limit=1000`)).json).toHaveLength(1_000)
    expect(await it.org.state.count(memberships as never, 'group', group)).toBe(ids.length)
    await it.call(`POST /api/v1/groups/rules/${rule}/lifecycle/deactivate`)
    await it.call(`DELETE /api/v1/groups/rules/${rule}?removeUsers=true`)
    expect(await membersOf(it, group)).toEqual([])
  })

  test('stay when it is deactivated, and follow its new condition when it is activated again', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const [ada, bob] = [await makeUser(it, 'ada', { title: 'E' }), await makeUser(it, 'bob', { title: 'B' })]
    const rule = await makeRule(it, [group], 'user.title == "E"')
    await it.call(`POST /api/v1/groups/rules/${rule}/lifecycle/deactivate`)
    await it.call(`POST /api/v1/users/${ada}`, { profile: { title: 'X' } })
    expect(await membersOf(it, group)).toEqual([ada])
    await it.call(`PUT /api/v1/groups/rules/${rule}`, body([group], 'user.title == "B"'))
    await it.call(`POST /api/v1/groups/rules/${rule}/lifecycle/activate`)
    expect(await membersOf(it, group)).toEqual([bob])
  })

  test('stay or leave when it is deleted; who is held by another rule stays', async () => {
    for (const [removeUsers, left] of [
      [false, ['ada', 'bob']],
      [true, ['bob']],
    ] as const) {
      const it = await testOrg()
      const group = await makeGroup(it, 'Engineers')
      const ids = {
        ada: await makeUser(it, 'ada', { title: 'E' }),
        bob: await makeUser(it, 'bob', { title: 'E', city: 'Rome' }),
      }
      const rule = await makeRule(it, [group], 'user.title == "E"')
      await makeRule(it, [group], 'user.city == "Rome"', 'Romans')
      await it.call(`POST /api/v1/groups/rules/${rule}/lifecycle/deactivate`)
      await it.call(`DELETE /api/v1/groups/rules/${rule}?removeUsers=${removeUsers}`)
      expect(await membersOf(it, group)).toEqual(left.map((name) => ids[name]))
      await it.call(`POST /api/v1/users/${ids.ada}`, { profile: { title: 'X' } })
      await it.call(`POST /api/v1/users/${ids.bob}`, { profile: { city: 'Pisa' } })
      expect(await membersOf(it, group)).toEqual(removeUsers ? [] : [ids.ada])
    }
  })

  test('who were taken out by hand are left out from then on; who was added by hand is held once the condition holds', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const [ada, bob] = [await makeUser(it, 'ada', { title: 'E' }), await makeUser(it, 'bob', { title: 'W' })]
    const rule = await makeRule(it, [group], 'user.title == "E"')
    await it.call(`PUT /api/v1/groups/${group}/users/${bob}`)
    expect(await membersOf(it, group)).toEqual([ada, bob])
    await it.call(`DELETE /api/v1/groups/${group}/users/${ada}`)
    expect(await membersOf(it, group)).toEqual([bob])
    const { json } = await it.call(`GET /api/v1/groups/rules/${rule}`)
    expect(json.conditions.people.users.exclude).toEqual([ada])
    expect(ruleEvents(it).filter(({ type }) => type === 'rule.add_exclusion')).toEqual([
      { type: 'rule.add_exclusion', by: 'SystemPrincipal', targets: [ada, rule] },
    ])
    await it.call(`POST /api/v1/users/${ada}`, { profile: { city: 'Rome' } })
    expect(await membersOf(it, group)).toEqual([bob])
    for (const title of ['E', 'W']) await it.call(`POST /api/v1/users/${bob}`, { profile: { title } })
    expect(await membersOf(it, group)).toEqual([])
  })

  test('are not deactivated users, nor users who are left out', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const [ada, bob, cyd] = [await makeUser(it, 'ada'), await makeUser(it, 'bob'), await makeUser(it, 'cyd')]
    await it.call(`POST /api/v1/users/${bob}/lifecycle/deactivate`)
    const expression = { type: 'urn:okta:expression:1.0', value: 'user.lastName == "Byron"' }
    const made = await it.call('POST /api/v1/groups/rules', {
      ...body([group], ''),
      conditions: { expression, people: { users: { exclude: [cyd] } } },
    })
    await it.call(`POST /api/v1/groups/rules/${made.json.id}/lifecycle/activate`)
    expect(await membersOf(it, group)).toEqual([ada])
    await it.call(`POST /api/v1/users/${bob}/lifecycle/activate?sendEmail=false`)
    expect(await membersOf(it, group)).toEqual([ada, bob])
  })

  test('are not users who wait to be activated: they come when they are', async () => {
    const it = await testOrg()
    const group = await makeGroup(it, 'Engineers')
    const profile = { login: 'dora@example.com', email: 'dora@example.com', firstName: 'Dora', lastName: 'Byron' }
    const dora = (await it.call('POST /api/v1/users?activate=false', { profile })).json.id
    await makeRule(it, [group], 'user.lastName == "Byron"')
    await it.call(`POST /api/v1/users/${dora}`, { profile: { title: 'E' } })
    expect(await membersOf(it, group)).toEqual([])
    await it.call(`POST /api/v1/users/${dora}/lifecycle/activate?sendEmail=false`)
    expect(await membersOf(it, group)).toEqual([dora])

    it.org.changeSettings({ delays: { activationSeconds: 60 } })
    const ella = await makeUser(it, 'ella', { lastName: 'Byron' })
    expect(await membersOf(it, group)).toEqual([dora])
    it.clock.advance(60)
    expect(await membersOf(it, group)).toEqual([dora, ella])
  })

  test('may have been deleted where they are left out: the rule goes on to name them, and is not written so (reported)', async () => {
    const it = await testOrg()
    const [group, cyd] = [await makeGroup(it, 'Engineers'), await makeUser(it, 'cyd')]
    const expression = { type: 'urn:okta:expression:1.0', value: 'user.lastName == "Byron"' }
    const people = { users: { exclude: [cyd] } }
    const made = await it.call('POST /api/v1/groups/rules', {
      ...body([group], ''),
      conditions: { expression, people },
    })
    for (const _ of ['deactivates', 'deletes']) await it.call(`DELETE /api/v1/users/${cyd}`)
    const { json } = await it.call(`GET /api/v1/groups/rules/${made.json.id}`)
    expect(json.conditions.people.users.exclude).toEqual([cyd])
    await it.call(`PUT /api/v1/groups/rules/${made.json.id}`, json)
    expect(it.lastCause()).toBe('E0000001/rule-user-unknown')
    json.conditions.people.users.exclude = []
    expect((await it.call(`PUT /api/v1/groups/rules/${made.json.id}`, json)).status).toBe(200)
  })

  test('follow the groups that a condition asks for, through chains, renaming and deletion', async () => {
    const it = await testOrg()
    const [a, b, c] = [await makeGroup(it, 'A'), await makeGroup(it, 'B'), await makeGroup(it, 'C')]
    const ada = await makeUser(it, 'ada')
    await makeRule(it, [b], `isMemberOfAnyGroup("${a}")`, 'A to B')
    await makeRule(it, [c], 'isMemberOfGroupName("B")', 'B to C')
    await it.call(`PUT /api/v1/groups/${a}/users/${ada}`)
    expect([await membersOf(it, b), await membersOf(it, c)]).toEqual([[ada], [ada]])
    await it.call(`PUT /api/v1/groups/${b}`, { profile: { name: 'Bees' } })
    expect([await membersOf(it, b), await membersOf(it, c)]).toEqual([[ada], []])
    await it.call(`PUT /api/v1/groups/${b}`, { profile: { name: 'B' } })
    expect(await membersOf(it, c)).toEqual([ada])
    await it.call(`DELETE /api/v1/groups/${a}`)
    expect([await membersOf(it, b), await membersOf(it, c)]).toEqual([[], []])
  })

  test('two rules that contradict each other come to an end', async () => {
    const it = await testOrg()
    const a = await makeGroup(it, 'A')
    await makeRule(it, [a], `!isMemberOfGroup("${a}")`)
    await makeUser(it, 'ada')
    expect((await it.call(`GET /api/v1/groups/${a}/users`)).status).toBe(200)
  })

  test('come after the delay of the org', async () => {
    const it = await testOrg({ settings: { delays: { groupRuleSeconds: 30 } } })
    const group = await makeGroup(it, 'Engineers')
    await makeRule(it, [group], 'user.title == "E"')
    const ada = await makeUser(it, 'ada', { title: 'E' })
    expect(await membersOf(it, group)).toEqual([])
    it.clock.advance(30)
    expect(await membersOf(it, group)).toEqual([ada])
  })

  test('cost nothing where no rule is at work', async () => {
    const it = await testOrg()
    await makeUser(it, 'ada')
    expect(it.org.jobs.snapshot()).toEqual([])
  })

  test('know app groups too', async () => {
    const it = await testOrg()
    const { org } = it
    const [group, ada] = [await makeGroup(it, 'Engineers'), await makeUser(it, 'ada')]
    const now = org.clock.now()
    const appGroup = { type: 'APP_GROUP', createdAt: now, lastUpdatedAt: now, lastMembershipUpdatedAt: now } as const
    await org.state.change([
      put(groups, '00gFromApp', { ...appGroup, profile: { name: 'AD/Engineers' } }),
      put(memberships, `00gFromApp:${ada}`, { groupId: '00gFromApp', userId: ada, addedAt: now }),
    ])
    await makeRule(it, [group], 'isMemberOfGroupNameStartsWith("AD/")')
    expect(await membersOf(it, group)).toEqual([ada])
  })
})
