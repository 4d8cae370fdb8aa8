import { describe, expect, test } from 'vitest'
import { users } from '../../entities/user.ts'

import { put, remove } from '../../state/state.ts'
import { type TestOrg, testOrg } from '../../testing.ts'

const TYPES = '/api/v1/meta/types/user'
const contractor = { name: 'contractor', displayName: 'Contractor', description: 'Comes and goes' }

async function giveType(it: TestOrg, userId: string, typeId: string): Promise<void> {
  const row = (await it.org.state.load(users, userId))!
  await it.org.state.change([put(users, userId, { ...row.value, typeId }, row)])
}

describe('user types', () => {
  test('a type is made, read, updated, replaced and deleted', async () => {
    const it = await testOrg()
    const made = await it.call(`POST ${TYPES}`, { ...contractor, createdBy: '00uOther', default: true })
    expect(made.status).toBe(200)
    const { id } = made.json
    expect(made.json).toMatchObject({
      ...contractor,
      id: expect.stringMatching(/^oty\w{14}5d7$/),
      default: false,
      created: '2026-11-20T10:00:00.000Z',
      createdBy: it.adminId,
      lastUpdatedBy: it.adminId,
    })
    expect(Object.keys(made.json).sort()).toEqual([
      '_links',
      'created',
      'createdBy',
      'default',
      'description',
      'displayName',
      'id',
      'lastUpdated',
      'lastUpdatedBy',
      'name',
    ])
    expect(made.json._links.schema.href).toBe(`http://127.0.0.1/api/v1/meta/schemas/user/osc${id.slice(3)}`)
    expect((await it.call(`GET ${TYPES}/${id}`)).json).toEqual(made.json)
    it.clock.advance(60)
    const updated = await it.call(`POST ${TYPES}/${id}`, { displayName: 'External' })
    expect(updated.json).toMatchObject({
      displayName: 'External',
      description: 'Comes and goes',
      lastUpdated: '2026-11-20T10:01:00.000Z',
    })
    const replaced = await it.call(`PUT ${TYPES}/${id}`, { name: 'contractor', displayName: 'Guest' })
    expect(replaced.json).toMatchObject({ displayName: 'Guest', description: null })
    expect((await it.call(`GET ${TYPES}`)).json.map((type: { name: string }) => type.name)).toEqual([
      'user',
      'contractor',
    ])
    expect((await it.call(`DELETE ${TYPES}/${id}`)).status).toBe(204)
    const missing = await it.call(`GET ${TYPES}/${id}`)
    expect([missing.status, missing.json.errorSummary]).toEqual([404, `Not found: Resource not found: ${id} (CVDType)`])
  })

  test('the default type has a name of its own and stays', async () => {
    const it = await testOrg()
    const type = await it.call(`GET ${TYPES}/default`)
    expect(type.json).toMatchObject({ id: it.org.fixed.defaultTypeId, name: 'user', default: true })
    const refused = await it.call(`DELETE ${TYPES}/default`)
    expect([refused.status, refused.json.errorCauses]).toEqual([
      400,
      [{ errorSummary: 'This User Type cannot be deleted.' }],
    ])
    expect(it.lastCause()).toBe('E0000001/user-type-not-deletable')
  })

  test('a type with users stays until the last is gone', async () => {
    const it = await testOrg()
    const { id } = (await it.call(`POST ${TYPES}`, contractor)).json
    const { userId } = await it.makeAdmin('ada@example.com')
    await giveType(it, userId, id)
    expect((await it.call(`DELETE ${TYPES}/${id}`)).status).toBe(400)
    expect(it.lastCause()).toBe('E0000001/user-type-not-deletable')
    await it.org.state.change([remove(users, (await it.org.state.load(users, userId))!)])
    expect((await it.call(`DELETE ${TYPES}/${id}`)).status).toBe(204)
  })

  test('a type that is still being set up faults when it is deleted, and can be read', async () => {
    const it = await testOrg({ settings: { delays: { userTypeSeconds: 30 } } })
    const { id } = (await it.call(`POST ${TYPES}`, contractor)).json
    for (let i = 0; i < 3; i++) {
      const fault = await it.call(`DELETE ${TYPES}/${id}`)
      expect([fault.status, fault.json.errorCode, fault.json.errorSummary]).toEqual([
        500,
        'E0000009',
        'Internal Server Error',
      ])
      expect(it.lastCause()).toBe('E0000009/user-type-busy')
      it.clock.advance(9)
    }
    expect((await it.call(`GET ${TYPES}/${id}`)).status).toBe(200)
    it.clock.advance(3)
    expect((await it.call(`DELETE ${TYPES}/${id}`)).status).toBe(204)
  })

  test('a name is taken without regard to case, and there is room for ten', async () => {
    const it = await testOrg()
    for (const name of ['User', 'USER']) {
      const taken = await it.call(`POST ${TYPES}`, { ...contractor, name })
      expect([taken.status, taken.json.errorSummary, it.lastCause()]).toEqual([
        400,
        'Api validation failed: name',
        'E0000001/user-type-name-taken',
      ])
    }
    for (let i = 1; i <= 9; i++)
      expect((await it.call(`POST ${TYPES}`, { ...contractor, name: `type${i}` })).status).toBe(200)
    const full = await it.call(`POST ${TYPES}`, contractor)
    expect([full.status, full.json.errorCauses]).toEqual([
      400,
      [{ errorSummary: 'userType: An org cannot have more than 10 user types' }],
    ])
  })

  test.each([
    [{}, 'E0000001/required-field-missing', 'name: The field cannot be left blank'],
    [{ name: 'a' }, 'E0000001/required-field-missing', 'displayName: The field cannot be left blank'],
    [
      { name: '1st', displayName: 'First' },
      'E0000001/value-invalid',
      'name: must start with a letter and contain only letters, digits and underscores',
    ],
    [
      { name: 'a b', displayName: 'First' },
      'E0000001/value-invalid',
      'name: must start with a letter and contain only letters, digits and underscores',
    ],
    [
      { name: 'a', displayName: '\ud800' },
      'E0000001/value-invalid',
      'displayName: The field contains characters that are not supported',
    ],
    [{ name: ['a'], displayName: 'A' }, 'E0000003/body-unreadable-shape', undefined],
    ['[]', 'E0000003/body-unreadable-shape', undefined],
    ['{"__proto__":{"name":"a"},"displayName":"A"}', 'E0000003/body-not-json', undefined],
  ])('refuses body %#', async (body, cause, text) => {
    const it = await testOrg()
    const refused = await it.call(`POST ${TYPES}`, body)
    expect([refused.status, it.lastCause(), refused.json.errorCauses[0]?.errorSummary]).toEqual([400, cause, text])
    expect((await it.call(`GET ${TYPES}`)).json).toHaveLength(1)
  })

  test('the name cannot be changed', async () => {
    const it = await testOrg()
    const { id } = (await it.call(`POST ${TYPES}`, contractor)).json
    const refused = await it.call(`PUT ${TYPES}/${id}`, { ...contractor, name: 'guest' })
    expect([refused.status, it.lastCause()]).toEqual([400, 'E0000001/value-invalid'])
    expect((await it.call(`POST ${TYPES}/${id}`, { name: 'guest' })).json.name).toBe('contractor')
  })

  test.each(['nobody', '__proto__', 'a%2Fb', 'a%00b'])('no type is called %s', async (id) => {
    const it = await testOrg()
    for (const [request, body] of [
      [`GET ${TYPES}/${id}`],
      [`POST ${TYPES}/${id}`, contractor],
      [`PUT ${TYPES}/${id}`, contractor],
      [`DELETE ${TYPES}/${id}`],
    ] as const) {
      const missing = await it.call(request, body)
      expect([request, missing.status, missing.json.errorCode]).toEqual([request, 404, 'E0000007'])
    }
  })
})
