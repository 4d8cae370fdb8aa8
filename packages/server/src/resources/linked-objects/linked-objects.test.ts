import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { userLinks } from '../../entities/linked-object.ts'
import { type TestOrg, testOrg } from '../../testing.ts'

const DEFINITIONS = '/api/v1/meta/schemas/user/linkedObjects'

let t: TestOrg
beforeEach(async () => {
  t = await testOrg()
})

const side = (name: string, more: object = {}) => ({ name, title: `The ${name}`, type: 'USER', ...more })
const pair = (primary: string, associated: string) => ({ primary: side(primary), associated: side(associated) })
const define = (primary = 'manager', associated = 'subordinate') =>
  t.call(`POST ${DEFINITIONS}`, pair(primary, associated))
const person = async (name: string): Promise<string> => (await t.makeAdmin(`${name}@example.com`)).userId

describe('definitions', () => {
  test('are made, found by either name, listed and deleted, and the log says so', async () => {
    const made = await t.call(`POST ${DEFINITIONS}`, {
      primary: side('manager', { description: 'Who leads' }),
      associated: side('subordinate'),
    })
    expect([made.status, made.json]).toEqual([
      201,
      {
        primary: { name: 'manager', title: 'The manager', description: 'Who leads', type: 'USER' },
        associated: { name: 'subordinate', title: 'The subordinate', description: null, type: 'USER' },
        _links: { self: { href: `${t.org.baseUrl}${DEFINITIONS}/manager` } },
      },
    ])
    for (const name of ['manager', 'subordinate']) {
      expect((await t.call(`GET ${DEFINITIONS}/${name}`)).json).toEqual(made.json)
    }
    expect((await t.call(`GET ${DEFINITIONS}`)).json).toEqual([made.json])
    expect((await t.call(`DELETE ${DEFINITIONS}/subordinate`)).status).toBe(204)
    expect((await t.call(`GET ${DEFINITIONS}`)).json).toEqual([])
    expect([...t.org.events.read()].map((event) => event.eventType)).toEqual([
      'directory.linked_object.create',
      'directory.linked_object.delete',
    ])
  })

  test('no name is used twice, on whichever side; case counts', async () => {
    await define()
    for (const [primary, associated, field] of [
      ['manager', 'report', 'primary.name'],
      ['subordinate', 'report', 'primary.name'],
      ['lead', 'subordinate', 'associated.name'],
      ['lead', 'manager', 'associated.name'],
      ['lead', 'lead', 'associated.name'],
    ] as const) {
      const refused = await define(primary, associated)
      expect([refused.status, t.lastCause(), refused.json.errorSummary, refused.json.errorCauses]).toEqual([
        400,
        'E0000001/link-name-taken',
        `Api validation failed: ${field}`,
        [{ errorSummary: `${field}: An object with this field already exists in the current organization` }],
      ])
    }
    expect((await define('Manager', 'Subordinate')).status).toBe(201)
    const tries = await Promise.all([1, 2, 3].map(() => define('a', 'b')))
    expect(tries.map((one) => one.status).sort()).toEqual([201, 400, 400])
  })

  test('a name that is taken is 409 E0000127 in the current contract', async () => {
    t = await testOrg({ settings: { contract: 'current' } })
    await define()
    for (const [associated, field] of [
      ['subordinate', 'primary.name'],
      ['manager', 'associated.name'],
    ] as const) {
      const refused = await define('manager', associated)
      expect([refused.status, t.lastCause(), refused.json.errorSummary]).toEqual([
        409,
        'E0000127/link-name-taken',
        `Invalid linked objection definition. ${field}: An object with this field already exists in the current organization`,
      ])
    }
  })

  test('there is room for 200', async () => {
    for (let i = 0; i < 200; i++) expect((await define(`p${i}`, `a${i}`)).status).toBe(201)
    const full = await define()
    expect([full.status, t.lastCause()]).toEqual([400, 'E0000001/value-invalid'])
  })

  test.each([
    [
      {},
      'required-field-missing',
      ['primary: The field cannot be left blank', 'associated: The field cannot be left blank'],
    ],
    [
      { primary: { name: 'a' }, associated: side('b') },
      'required-field-missing',
      ['title: The field cannot be left blank', 'type: The field cannot be left blank'],
    ],
    [
      { primary: side('1a'), associated: side('b') },
      'value-invalid',
      ["name: can't start with a digit and can only contain the characters a-z, A-Z, 0-9 and _"],
    ],
    [
      { primary: side('a'), associated: side('b', { type: 'GROUP' }) },
      'value-invalid',
      ['type: The field has an invalid value'],
    ],
  ])('body %# is refused', async (body, cause, causes) => {
    const refused = await t.call(`POST ${DEFINITIONS}`, body)
    expect([
      refused.status,
      t.lastCause(),
      refused.json.errorCauses.map((one: { errorSummary: string }) => one.errorSummary),
    ]).toEqual([400, `E0000001/${cause}`, causes])
    expect((await t.call(`GET ${DEFINITIONS}`)).json).toEqual([])
  })

  test.each(['nobody', '__proto__', 'a%2Fb', 'a%00b', 'Manager'])('none is called %s', async (name) => {
    await define()
    for (const request of [`GET ${DEFINITIONS}/${name}`, `DELETE ${DEFINITIONS}/${name}`]) {
      const missing = await t.call(request)
      expect([missing.status, missing.json.errorCode, missing.json.errorSummary]).toEqual([
        404,
        'E0000007',
        `Not found: Resource not found: ${decodeURIComponent(name)} (LinkedObjectProperty)`,
      ])
    }
  })

  test('who does not manage profiles sees and makes none', async () => {
    const desk = await t.makeAdmin('desk@example.com', 'HELP_DESK_ADMIN')
    const editor = await t.makeAdmin('editor@example.com', 'API_ACCESS_MANAGEMENT_ADMIN')
    expect((await t.call(`GET ${DEFINITIONS}`, undefined, { token: desk.token })).status).toBe(403)
    expect((await t.call(`POST ${DEFINITIONS}`, pair('a', 'b'), { token: desk.token })).status).toBe(403)
    expect((await t.call(`GET ${DEFINITIONS}`, undefined, { token: editor.token })).status).toBe(200)
    expect((await t.call(`POST ${DEFINITIONS}`, pair('a', 'b'), { token: editor.token })).status).toBe(201)
  })

  test('whatever is sent: a definition or a refusal, and no half of one', async () => {
    const value = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('a', 'USER', '\ud800', 'x'.repeat(300), null))
    const oddSide = fc.oneof(
      fc.dictionary(fc.constantFrom('name', 'title', 'description', 'type'), value, { maxKeys: 4 }),
      value,
      fc.record({ name: value, title: fc.constant('T'), type: fc.constant('USER') }),
    )
    await fc.assert(
      fc.asyncProperty(oddSide, oddSide, async (primary, associated) => {
        const before = (await t.call(`GET ${DEFINITIONS}`)).json
        const answer = await t.call(`POST ${DEFINITIONS}`, { primary, associated })
        expect([201, 400]).toContain(answer.status)
        const after = (await t.call(`GET ${DEFINITIONS}`)).json
        expect(after).toEqual(answer.status === 201 ? [...before, answer.json] : before)
      }),
      { numRuns: 200 },
    )
  })
})

describe('links', () => {
  const links = async (userId: string, name: string) =>
    (await t.call(`GET /api/v1/users/${userId}/linkedObjects/${name}`)).json.map(
      (one: { _links: { self: { href: string } } }) => one._links.self.href.split('/').at(-1),
    )
  const link = (associated: string, primary: string, name = 'manager') =>
    t.call(`PUT /api/v1/users/${associated}/linkedObjects/${name}/${primary}`)

  test('are set, read from both sides, replaced and taken away', async () => {
    await define()
    const [jane, joe, frank] = [await person('jane'), await person('joe'), await person('frank')]
    expect((await link('joe@example.com', jane)).status).toBe(204)
    expect((await link(frank, jane)).status).toBe(204)
    expect(await links(joe, 'manager')).toEqual([jane])
    expect(await links(jane, 'subordinate')).toEqual([joe, frank])
    expect(await links(joe, 'subordinate')).toEqual([])
    await link(frank, joe)
    expect(await links(frank, 'manager')).toEqual([joe])
    expect(await links(jane, 'subordinate')).toEqual([joe])
    for (let i = 0; i < 2; i++) {
      expect((await t.call(`DELETE /api/v1/users/${joe}/linkedObjects/manager`)).status).toBe(204)
    }
    expect(await links(joe, 'manager')).toEqual([])
    // Whoever is only a primary loses nothing.
    expect((await t.call(`DELETE /api/v1/users/${joe}/linkedObjects/manager`)).status).toBe(204)
    expect(await links(frank, 'manager')).toEqual([joe])
  })

  test('one relationship leaves the other alone', async () => {
    await define()
    await define('mentor', 'mentee')
    const [jane, joe, ann] = [await person('jane'), await person('joe'), await person('ann')]
    await link(joe, jane)
    await link(joe, ann, 'mentor')
    expect([await links(joe, 'manager'), await links(joe, 'mentor')]).toEqual([[jane], [ann]])
    await t.call(`DELETE ${DEFINITIONS}/mentor`)
    expect(await links(joe, 'manager')).toEqual([jane])
    await define('mentor', 'mentee')
    expect(await links(joe, 'mentor')).toEqual([])
  })

  test('nobody is their own manager', async () => {
    await define()
    const ada = await person('ada')
    const refused = await t.call(`PUT /api/v1/users/${ada}/linkedObjects/manager/${ada}`)
    expect([refused.status, t.lastCause(), refused.json.errorCauses]).toEqual([
      400,
      'E0000001/value-invalid',
      [{ errorSummary: 'manager: The value entered for linked object manager is invalid for this user.' }],
    ])
    expect((await t.call(`GET /api/v1/users/${ada}/linkedObjects/manager`)).json).toEqual([])
  })

  test('go with either user', async () => {
    await define()
    const [jane, joe, frank] = [await person('jane'), await person('joe'), await person('frank')]
    await link(joe, jane)
    await link(jane, jane)
    await link(frank, joe)
    for (let i = 0; i < 2; i++) expect((await t.call(`DELETE /api/v1/users/${jane}`)).status).toBe(204)
    expect(await links(joe, 'manager')).toEqual([])
    expect(await t.org.state.count(userLinks)).toBe(1)
    for (let i = 0; i < 2; i++) await t.call(`DELETE /api/v1/users/${frank}`)
    expect(await t.org.state.count(userLinks)).toBe(0)
  })

  test('what is not there is E0000007, with its kind', async () => {
    await define()
    const joe = await person('joe')
    for (const [request, summary] of [
      [`PUT /api/v1/users/nobody/linkedObjects/manager/${joe}`, 'nobody (User)'],
      [`PUT /api/v1/users/${joe}/linkedObjects/manager/00unone`, '00unone (User)'],
      [`PUT /api/v1/users/${joe}/linkedObjects/boss/${joe}`, 'boss (LinkedObjectProperty)'],
      [`PUT /api/v1/users/${joe}/linkedObjects/subordinate/${joe}`, 'subordinate (LinkedObjectProperty)'],
      [`GET /api/v1/users/${joe}/linkedObjects/boss`, 'boss (LinkedObjectProperty)'],
      [`DELETE /api/v1/users/${joe}/linkedObjects/boss`, 'boss (LinkedObjectProperty)'],
      ['GET /api/v1/users/nobody/linkedObjects/manager', 'nobody (User)'],
    ] as const) {
      const missing = await t.call(request)
      expect([request, missing.status, missing.json.errorSummary]).toEqual([
        request,
        404,
        `Not found: Resource not found: ${summary}`,
      ])
    }
  })

  test('lead to administrators too, and are not given to them', async () => {
    await define()
    const joe = await person('joe')
    const boss = (await t.makeAdmin('boss@example.com', 'ORG_ADMIN')).userId
    const { token } = await t.makeAdmin('ada@example.com', 'USER_ADMIN')
    const link = (from: string, to: string) =>
      t.call(`PUT /api/v1/users/${from}/linkedObjects/manager/${to}`, undefined, { token })
    expect((await link(joe, boss)).status).toBe(204)
    expect((await link(boss, joe)).status).toBe(403)
    expect(t.lastCause()).toBe('E0000006/super-admin-required')
  })

  test('are changed by those who may change users', async () => {
    await define()
    const [jane, joe] = [await person('jane'), await person('joe')]
    const desk = await t.makeAdmin('desk@example.com', 'HELP_DESK_ADMIN')
    const as = { token: desk.token }
    expect((await t.call(`GET /api/v1/users/${joe}/linkedObjects/manager`, undefined, as)).status).toBe(200)
    expect((await t.call(`PUT /api/v1/users/${joe}/linkedObjects/manager/${jane}`, undefined, as)).status).toBe(403)
    expect((await t.call(`DELETE /api/v1/users/${joe}/linkedObjects/manager`, undefined, as)).status).toBe(403)
  })
})
