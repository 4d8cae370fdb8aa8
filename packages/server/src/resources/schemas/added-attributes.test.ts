// What do users make of the attributes that were added to their schema?
import { beforeEach, describe, expect, test } from 'vitest'
import { GROUP, person, type SchemaOrg, schemaOrg, text, USER } from './testing.ts'

let t: SchemaOrg

beforeEach(async () => {
  t = await schemaOrg()
})

describe('users with added attributes', () => {
  const attributes = {
    name38: { ...text, minLength: 2, maxLength: 4 },
    size: { title: 'Size', type: 'integer', minimum: 30, maximum: 50 },
    rate: { title: 'Rate', type: 'number', enum: [0.5, 1] },
    member: { title: 'Member', type: 'boolean' },
    skills: { title: 'Skills', type: 'array', items: { type: 'string', enum: ['chess', 'go'] } },
    country: { ...text, format: 'country-code' },
    code: { ...text, pattern: '[A-Z0-9]+' },
  }

  test('keep values of their types, and show them in lists, too', async () => {
    await t.add(attributes)
    const values = {
      name38: 'abc',
      size: 38,
      rate: 0.5,
      member: false,
      skills: ['go', 'chess'],
      country: 'SE',
      code: 'A1',
    }
    const { json } = await t.make('ada@example.com', values)
    expect(json.profile).toMatchObject(values)
    expect((await t.call(`GET /api/v1/users/${json.id}`)).json.profile).toMatchObject(values)
    const [listed] = (await t.call('GET /api/v1/users?search=profile.size%20eq%2038')).json
    expect(listed.profile).toMatchObject(values)
    const partly = await t.call(`POST /api/v1/users/${json.id}`, { profile: { size: 40, skills: null } })
    expect(partly.json.profile).toMatchObject({ size: 40, rate: 0.5 })
    expect(partly.json.profile).not.toHaveProperty('skills')
    const update = [...t.org.events.read()].at(-1)!
    expect([update.eventType, update.debug?.changedAttributes]).toEqual(['user.account.update_profile', 'size,skills'])
    const whole = await t.call(`PUT /api/v1/users/${json.id}`, person('ada@example.com', { skills: ['go'] }))
    expect(Object.keys(whole.json.profile)).not.toContain('size')
  })

  test('all faults are told, in the order of the schema', async () => {
    await t.add({ ...attributes, must: { ...text, required: true } })
    const values = {
      name38: 'a',
      size: 12,
      rate: 0.7,
      member: 'false',
      skills: 'chess',
      country: 'Sweden',
      code: 'a-1',
      nobody: 1,
    }
    expect(await t.refusal(t.make('ada@example.com', values))).toEqual([
      400,
      'E0000001/required-field-missing',
      'Api validation failed: must',
      [
        'must: The field cannot be left blank',
        "Property name 'nobody' is not defined in profile",
        'name38: The field is too short; at least 2 characters are needed',
        'size: must be greater than or equal to 30',
        'rate: The field has an invalid value',
        "Invalid value data type for property 'member'",
        "Invalid value data type for property 'skills'",
        'country: Does not match required pattern',
        'code: Does not match required pattern',
      ],
    ])
  })

  test.each([
    ['size', '38'],
    ['size', 38.5],
    ['size', 2 ** 31],
    ['member', 1],
    ['name38', 38],
    ['skills', [1]],
    ['skills', [null]],
    ['skills', { 0: 'go' }],
    ['rate', [0.5]],
  ])('%s is not %j', async (name, value) => {
    await t.add(attributes)
    const { id } = (await t.make('ada@example.com')).json
    expect(await t.refusal(t.call(`POST /api/v1/users/${id}`, { profile: { [name]: value } }))).toEqual([
      400,
      'E0000001/attribute-type-wrong',
      'Api validation failed: userProfile',
      [`Invalid value data type for property '${name}'`],
    ])
  })

  test('a default takes the place of what is not sent', async () => {
    await t.add({ team: { ...text, default: 'blue', required: false } })
    const { json } = await t.make('ada@example.com')
    expect(json.profile.team).toBe('blue')
    expect((await t.make('bob@example.com', { team: 'red' })).json.profile.team).toBe('red')
  })

  test('lists are searched and sorted by them', async () => {
    await t.add(attributes)
    for (const [login, size] of [
      ['a', 40],
      ['b', 38],
      ['c', undefined],
    ] as const) {
      await t.make(`${login}@example.com`, { size, skills: size === 38 ? ['go'] : ['chess'] })
    }
    const find = async (query: string) =>
      (await t.call(`GET /api/v1/users?${new URLSearchParams(query)}`)).json.map(
        (one: { profile: { login: string } }) => one.profile.login[0],
      )
    expect(await find('search=profile.size eq "38"')).toEqual(['b'])
    expect(await find('search=profile.size gt 38')).toEqual(['a'])
    expect(await find('search=profile.skills eq "chess"')).toEqual(['a', 'c'])
    expect(await find('search=profile.size pr&sortBy=profile.size&sortOrder=asc')).toEqual(['b', 'a'])
    const refused = await t.call(`GET /api/v1/users?${new URLSearchParams('filter=profile.size eq "38"')}`)
    expect([refused.status, refused.json.errorCode]).toEqual([400, 'E0000031'])
  })

  test('removing an attribute takes its values away; the name is free at once', async () => {
    await t.add({ size: text })
    const { id } = (await t.make('ada@example.com', { size: '38' })).json
    await t.add({ size: null })
    expect((await t.call(`GET /api/v1/users/${id}`)).json.profile).not.toHaveProperty('size')
    expect((await t.add({ size: text })).status).toBe(200)
    expect((await t.call(`GET /api/v1/users/${id}`)).json.profile).not.toHaveProperty('size')
  })

  test('the name of a removed attribute is taken until its values are cleaned up', async () => {
    t.org.changeSettings({ delays: { schemaCleanupSeconds: 60 } })
    await t.add({ size: text, other: text })
    const { id } = (await t.make('ada@example.com', { size: '38' })).json
    await t.add({ size: null })
    t.clock.advance(59)
    expect(await t.refusal(t.add({ size: text }))).toEqual([
      400,
      'E0000001/attribute-still-being-deleted',
      'Api validation failed: updateUserSchemas',
      [
        "You cannot add the attribute with the variable name 'size' because the deletion process for an attribute with the same variable name is incomplete. Wait until the data clean up process finishes and then try again.",
      ],
    ])
    expect((await t.add({ other: { ...text, title: 'Other' } })).status).toBe(200)
    t.clock.advance(2)
    expect((await t.add({ size: text })).status).toBe(200)
    expect((await t.call(`GET /api/v1/users/${id}`)).json.profile).not.toHaveProperty('size')
  })

  test('two changes of one schema at the same moment collide where changes take time; of two schemas they do not', async () => {
    t.org.changeSettings({ delays: { schemaUpdateSeconds: 5 } })
    await t.add({ size: text })
    const refused = await t.add({ team: text })
    expect([refused.status, t.lastCause()]).toEqual([500, 'E0000009/schema-update-collided'])
    expect((await t.add({ team: text }, GROUP)).status).toBe(200)
    t.clock.advance(5)
    expect(Object.keys((await t.add({ team: text })).json.definitions.custom.properties)).toEqual(['size', 'team'])
  })

  test('where changes take no time, all of several at once arrive', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => t.add({ [name]: text })))
    expect(Object.keys((await t.call(`GET ${USER}`)).json.definitions.custom.properties).sort()).toEqual([
      ...['a', 'b', 'c', 'd'],
    ])
  })
})

describe('unique attributes', () => {
  const badge = { title: 'Badge', type: 'string', unique: true }

  test('a second user with a value is refused, until the first has it no more', async () => {
    await t.add({ badge })
    const first = (await t.make('ada@example.com', { badge: 'A7' })).json.id
    const taken = [
      400,
      'E0000001/attribute-value-taken',
      'Api validation failed: badge',
      ['badge: An object with this field already exists in the current organization'],
    ]
    expect(await t.refusal(t.make('bob@example.com', { badge: 'a7' }))).toEqual(taken)
    const second = (await t.make('bob@example.com')).json.id
    expect((await t.make('eve@example.com')).status).toBe(200)
    for (const [method, body] of [
      ['POST', { profile: { badge: 'A7' } }],
      ['PUT', person('bob@example.com', { badge: 'A7' })],
    ] as const) {
      expect(await t.refusal(t.call(`${method} /api/v1/users/${second}`, body))).toEqual(taken)
    }
    expect((await t.call(`POST /api/v1/users/${first}`, { profile: { badge: 'A7', title: 'x' } })).status).toBe(200)
    await t.call(`POST /api/v1/users/${first}`, { profile: { badge: null } })
    expect((await t.call(`POST /api/v1/users/${second}`, { profile: { badge: 'A7' } })).status).toBe(200)
    for (let i = 0; i < 2; i++) await t.call(`DELETE /api/v1/users/${second}`)
    expect((await t.make('zoe@example.com', { badge: 'A7' })).status).toBe(200)
  })

  test('a login and a value that are both taken are both told', async () => {
    await t.add({ badge })
    await t.make('ada@example.com', { badge: '7' })
    expect((await t.refusal(t.make('ada@example.com', { badge: '7' })))[3]).toEqual([
      'login: An object with this field already exists in the current organization',
      'badge: An object with this field already exists in the current organization',
    ])
  })

  test('of two users at the same moment one gets the value', async () => {
    await t.add({ badge })
    const tries = await Promise.all(['a', 'b', 'c'].map((name) => t.make(`${name}@example.com`, { badge: '7' })))
    expect(tries.map((one) => one.status).sort()).toEqual([200, 400, 400])
  })

  test('it can be declared of values that differ, and taken back', async () => {
    await t.add({ badge: { ...badge, unique: false } })
    const first = (await t.make('ada@example.com', { badge: '7' })).json.id
    await t.make('bob@example.com', { badge: '7' })
    expect(await t.refusal(t.add({ badge }))).toEqual([
      400,
      'E0000001/attribute-values-not-unique',
      'Api validation failed: updateUserSchemas',
      ["badge: The attribute 'badge' cannot be changed to unique because a value is in use twice"],
    ])
    await t.call(`POST /api/v1/users/${first}`, { profile: { badge: '8' } })
    expect((await t.add({ badge })).json.definitions.custom.properties.badge.unique).toBe(true)
    expect((await t.make('eve@example.com', { badge: '8' })).status).toBe(400)
    expect(
      (await t.add({ badge: { unique: 'NOT_UNIQUE' } })).json.definitions.custom.properties.badge,
    ).not.toHaveProperty('unique')
    expect((await t.make('eve@example.com', { badge: '8' })).status).toBe(200)
    expect((await t.add({ badge: { unique: 'UNIQUE_VALIDATED' } })).status).toBe(400)
  })

  test('types that declare it share the values, others do not count', async () => {
    await t.add({ badge })
    const type = (await t.call('POST /api/v1/meta/types/user', { name: 'contractor', displayName: 'Contractor' })).json
    const at = type._links.schema.href.slice(t.org.baseUrl.length)
    await t.add({ badge: { ...badge, unique: false } }, at)
    await t.make('ada@example.com', { badge: '7' })
    const ofType = (login: string) => ({ ...person(login, { badge: '7' }), type: { id: type.id } })
    const other = await t.call('POST /api/v1/users?activate=false', ofType('c@example.com'))
    expect(other.status).toBe(200)
    expect((await t.refusal(t.add({ badge }, at)))[1]).toBe('E0000001/attribute-values-not-unique')
    await t.call(`POST /api/v1/users/${other.json.id}`, { profile: { badge: '8' } })
    expect((await t.add({ badge }, at)).status).toBe(200)
    expect((await t.call('POST /api/v1/users?activate=false', ofType('d@example.com'))).status).toBe(400)
  })

  test('a snapshot brings schema and keys back', async () => {
    await t.add({ badge })
    await t.make('ada@example.com', { badge: '7' })
    const kept = await t.org.state.snapshot()
    await t.add({ badge: null })
    expect((await t.make('bob@example.com', { badge: '7' })).status).toBe(400)
    await t.org.state.restore(kept)
    expect((await t.refusal(t.make('bob@example.com', { badge: '7' })))[1]).toBe('E0000001/attribute-value-taken')
  })
})
