// What do the schemas of users and groups say, and how are they changed?
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { userAttributes } from '../../entities/user-schema.ts'
import { custom, GROUP, person, type SchemaOrg, schemaOrg, text, USER } from './testing.ts'

let t: SchemaOrg

beforeEach(async () => {
  t = await schemaOrg()
})

const base = (properties: Record<string, unknown>) => ({ definitions: { base: { id: '#base', properties } } })

describe('the schema of a user type', () => {
  test('the default schema has the 31 base properties in the recorded shape', async () => {
    const { status, json } = await t.call(`GET ${USER}`)
    expect(status).toBe(200)
    expect(Object.keys(json).sort()).toEqual(
      [
        ...['$schema', '_links', 'created', 'definitions', 'description', 'id', 'lastUpdated', 'name', 'properties'],
        ...['title', 'type'],
      ].sort(),
    )
    const { base, custom } = json.definitions
    expect(Object.keys(base.properties)).toHaveLength(31)
    expect(base.required).toEqual(['login', 'firstName', 'lastName', 'email'])
    expect(base.properties.firstName).toEqual({
      title: 'First name',
      type: 'string',
      required: true,
      minLength: 1,
      maxLength: 50,
      mutability: 'READ_WRITE',
      scope: 'NONE',
      permissions: [{ principal: 'SELF', action: 'READ_WRITE' }],
      master: { type: 'PROFILE_MASTER' },
    })
    expect(custom).toEqual({ id: '#custom', type: 'object', properties: {}, required: [] })
  })

  test('it is found by the id that users link to, and not by others', async () => {
    const me = (await t.call('GET /api/v1/users/me')).json
    const byLink = await t.call(`GET ${me._links.schema.href.slice(t.org.baseUrl.length)}`)
    expect(byLink.json).toEqual((await t.call(`GET ${USER}`)).json)
    for (const id of ['oscnone', t.org.fixed.defaultTypeId, 'x']) {
      for (const [method, body] of [['GET'], ['POST', custom({ a: text })]] as const) {
        const refused = await t.call(`${method} /api/v1/meta/schemas/user/${id}`, body)
        expect([refused.status, refused.json.errorCode, t.lastCause()]).toEqual([
          404,
          'E0000007',
          'E0000007/resource-missing',
        ])
      }
    }
  })

  test('who does not manage profiles sees and changes none', async () => {
    const desk = await t.makeAdmin('desk@example.com', 'HELP_DESK_ADMIN')
    const reader = await t.makeAdmin('reader@example.com', 'READ_ONLY_ADMIN')
    for (const [request, body, token] of [
      [`GET ${USER}`, undefined, desk.token],
      [`GET ${GROUP}`, undefined, desk.token],
      [`GET ${USER}`, undefined, reader.token],
      [`POST ${USER}`, custom({ a: text }), reader.token],
      [`POST ${GROUP}`, custom({ a: text }), reader.token],
    ] as const) {
      const refused = await t.call(request, body, { token })
      expect([request, refused.status, t.lastCause()]).toEqual([request, 403, 'E0000006/role-lacks-permission'])
    }
    const editor = await t.makeAdmin('editor@example.com', 'APP_ADMIN')
    expect((await t.call(`POST ${USER}`, custom({ a: text }), { token: editor.token })).status).toBe(200)
  })

  test('attributes are added, changed in part, and removed with null; the log says so', async () => {
    t.clock.advance(60)
    const made = await t.add({ shoeSize: { ...text, description: 'EU', maxLength: 3, required: true } })
    expect(made.json.definitions.custom).toEqual({
      id: '#custom',
      type: 'object',
      properties: {
        shoeSize: {
          title: 'Shoe size',
          type: 'string',
          description: 'EU',
          maxLength: 3,
          required: true,
          mutability: 'READ_WRITE',
          scope: 'NONE',
          permissions: [{ principal: 'SELF', action: 'READ_ONLY' }],
          master: { type: 'PROFILE_MASTER' },
        },
      },
      required: ['shoeSize'],
    })
    expect(made.json.lastUpdated).toBe('2026-11-20T10:01:00.000Z')
    const changed = await t.add({
      shoeSize: {
        title: 'Size',
        maxLength: null,
        required: false,
        permissions: [{ principal: 'SELF', action: 'HIDE' }],
        master: { type: 'OVERRIDE', priority: [{ type: 'APP', value: '0oa1' }] },
        scope: 'SELF',
        externalName: 'size',
      },
    })
    expect(changed.json.definitions.custom.properties.shoeSize).toEqual({
      title: 'Size',
      type: 'string',
      description: 'EU',
      required: false,
      externalName: 'size',
      mutability: 'READ_WRITE',
      scope: 'SELF',
      permissions: [{ principal: 'SELF', action: 'HIDE' }],
      master: { type: 'OVERRIDE', priority: [{ type: 'APP', value: '0oa1' }] },
    })
    expect((await t.call(`GET ${USER}`)).json).toEqual(changed.json)
    expect((await t.add({ shoeSize: null, neverThere: null })).json.definitions.custom.properties).toEqual({})
    expect([...t.org.events.read()].map((event) => event.eventType)).toEqual(
      Array(3).fill('directory.user_profile.update'),
    )
  })

  test('what was read can be sent back whole', async () => {
    await t.add({
      skills: { title: 'Skills', type: 'array', items: { type: 'string', enum: ['a', 'b'] }, unique: true },
    })
    const read = (await t.call(`GET ${USER}`)).json
    const again = await t.call(`POST ${USER}`, read)
    expect([again.status, again.json.definitions]).toEqual([200, read.definitions])
  })

  test('each type has a schema of its own, which goes with it', async () => {
    const type = (await t.call('POST /api/v1/meta/types/user', { name: 'contractor', displayName: 'Contractor' })).json
    const at = type._links.schema.href.slice(t.org.baseUrl.length)
    expect((await t.add({ agency: text }, at)).json.definitions.custom.properties).toHaveProperty('agency')
    expect((await t.call(`GET ${USER}`)).json.definitions.custom.properties).toEqual({})
    const ofType = { type: { id: type.id } }
    const made = await t.call('POST /api/v1/users', { ...person('c@example.com', { agency: 'A' }), ...ofType })
    expect([made.status, made.json.profile.agency]).toEqual([200, 'A'])
    expect(await t.refusal(t.make('d@example.com', { agency: 'A' }))).toEqual([
      400,
      'E0000001/property-not-defined',
      'Api validation failed: newUser',
      ["Property name 'agency' is not defined in profile"],
    ])
    // Of the old type nothing is left that the new one does not know.
    const moved = await t.call(`PUT /api/v1/users/${made.json.id}`, {
      ...person('c@example.com'),
      type: { id: t.org.fixed.defaultTypeId },
    })
    expect([moved.status, moved.json.profile.agency]).toEqual([200, undefined])
    await t.call(`DELETE /api/v1/meta/types/user/${type.id}`)
    expect((await t.call(`GET ${at}`)).status).toBe(404)
    expect(Object.keys(await userAttributes(t.org.state, type.id))).not.toContain('agency')
  })

  test.each<[string, Record<string, unknown>, string, string]>([
    ['no title', { a: { type: 'string' } }, 'value-invalid', 'a: title: The field cannot be left blank'],
    ['no type', { a: { title: 'A' } }, 'value-invalid', 'a: type: The field cannot be left blank'],
    [
      'an unknown type',
      { a: { title: 'A', type: 'date' } },
      'value-invalid',
      'a: type: The field has an invalid value',
    ],
    ['a name with a dash', { 'a-b': text }, 'value-invalid', 'a-b: Invalid property name'],
    ['a name that begins with a digit', { '1a': text }, 'value-invalid', '1a: Invalid property name'],
    ['a name that every object has', { constructor: text }, 'value-invalid', 'constructor: Invalid property name'],
    [
      'the name of a base attribute',
      { Login: text },
      'attribute-name-taken',
      "Login: An attribute with the variable name 'Login' already exists",
    ],
    [
      'two names that differ in case',
      { size: text, Size: text },
      'attribute-name-taken',
      "Size: An attribute with the variable name 'Size' already exists",
    ],
    ['an empty enum', { a: { ...text, enum: [] } }, 'value-invalid', 'a: enum: must be a list of 1 to 1000 values'],
    ['a value twice', { a: { ...text, enum: ['x', 'x'] } }, 'value-invalid', 'a: enum: must consist of unique values'],
    [
      'names in another order',
      {
        a: {
          ...text,
          enum: ['x', 'y'],
          oneOf: [
            { const: 'y', title: 'Y' },
            { const: 'x', title: 'X' },
          ],
        },
      },
      'value-invalid',
      'a: oneOf: must have a const and a title for each value of enum, in the same order',
    ],
    [
      'names without values',
      { a: { ...text, oneOf: [{ const: 'y', title: 'Y' }] } },
      'value-invalid',
      'a: oneOf: is only supported in conjunction with enum',
    ],
    [
      'a choice of booleans',
      { a: { title: 'A', type: 'boolean', enum: [true] } },
      'value-invalid',
      'a: enum: is not supported for booleans',
    ],
    [
      'a length from long to short',
      { a: { ...text, minLength: 5, maxLength: 2 } },
      'value-invalid',
      'a: minLength: must not be greater than maxLength',
    ],
    [
      'a least number of text',
      { a: { ...text, minimum: 5 } },
      'value-invalid',
      'a: minimum: is only supported for numbers',
    ],
    [
      'any regular expression',
      { a: { ...text, pattern: '(a+)+$' } },
      'value-invalid',
      'a: pattern: must be ".+" or a set of characters like "[a-z0-9]+"',
    ],
    [
      'a default of another type',
      { a: { title: 'A', type: 'integer', default: '1' } },
      'value-invalid',
      'a: default: The field has an invalid value',
    ],
    [
      'a default that nobody may have',
      { a: { ...text, enum: ['x'], default: 'y' } },
      'value-invalid',
      'a: default: is not one of the values of enum',
    ],
    [
      'half uniqueness',
      { a: { ...text, unique: 'PERHAPS' } },
      'value-invalid',
      'a: unique: The field has an invalid value',
    ],
    [
      'a sixth unique attribute',
      Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, { ...text, unique: true }])),
      'value-invalid',
      'A schema cannot have more than 5 unique attributes',
    ],
  ])('%s is refused, and the schema is as before', async (_, properties, cause, says) => {
    await t.add({ known: text })
    const before = (await t.call(`GET ${USER}`)).text
    expect(await t.refusal(t.add({ fine: text, ...properties }))).toEqual([
      400,
      `E0000001/${cause}`,
      'Api validation failed: updateUserSchemas',
      [says],
    ])
    expect((await t.call(`GET ${USER}`)).text).toBe(before)
  })

  test('the sentences that people report', async () => {
    for (const [attribute, summary] of [
      [{ title: 'A', type: 'array' }, 'Items not present for array property: a.'],
      [
        { title: 'A', type: 'array', items: { type: 'string' }, minLength: 0 },
        'Api validation failed: The type: array is not a string type and supported with minLength and maxLength.',
      ],
      [
        { title: 'A', type: 'number', enum: ['0.01'] },
        'The enum constraint com.fasterxml.jackson.databind.node.TextNode "0.01" is not valid for the given property type java.lang.Number.',
      ],
    ] as const) {
      const refused = await t.add({ a: attribute })
      expect([refused.status, refused.json.errorSummary]).toEqual([400, summary])
    }
    await t.add({ a: text })
    expect((await t.refusal(t.add({ a: { title: 'A', type: 'number' } })))[3]).toEqual([
      'a: type: The type of an attribute cannot be changed',
    ])
  })

  test.each([
    ['{"definitions":{"custom":{"properties":{"__proto__":{"title":"A","type":"string"}}}}}', 'E0000003/body-not-json'],
    [custom({ a: 'string' }), 'E0000003/body-unreadable-shape'],
    [custom({ a: { title: {}, type: 'string' } }), 'E0000003/body-unreadable-shape'],
    [{ definitions: [] }, 'E0000003/body-unreadable-shape'],
    ['[]', 'E0000003/body-unreadable-shape'],
  ])('body %# cannot be bound', async (body, cause) => {
    const refused = await t.call(`POST ${USER}`, body)
    expect([refused.status, t.lastCause()]).toEqual([400, cause])
  })
})

describe('base attributes', () => {
  test('permissions, masters, the need for names and the form of logins change', async () => {
    const { json } = await t.call(
      `POST ${USER}`,
      base({
        firstName: { title: 'ignored', type: 'string', required: false },
        login: { pattern: '[a-z]+', permissions: [{ principal: 'SELF', action: 'HIDE' }] },
        title: { master: { type: 'OKTA' } },
      }),
    )
    const { properties, required } = json.definitions.base
    expect(required).toEqual(['login', 'lastName', 'email'])
    expect(properties.firstName).toMatchObject({ title: 'First name', required: false })
    expect(properties.login).toMatchObject({ pattern: '[a-z]+', permissions: [{ principal: 'SELF', action: 'HIDE' }] })
    expect(properties.title.master).toEqual({ type: 'OKTA' })
    const profile = { login: 'adabyron', lastName: 'Byron', email: 'ada@example.com' }
    expect((await t.call('POST /api/v1/users?activate=false', { profile })).status).toBe(200)
    expect((await t.refusal(t.make('ada@example.com')))[3]).toEqual(['login: Does not match required pattern'])
    expect((await t.refusal(t.make('ada', { email: 'ada@example.com' })))[3]).toEqual([
      'login: The field is too short; at least 5 characters are needed',
    ])
    expect((await t.refusal(t.make('', { email: 'ada@example.com' })))[3]).toEqual([
      'login: The field cannot be left blank',
    ])
    await t.call(`POST ${USER}`, base({ login: { pattern: null } }))
    expect((await t.make('bob@example.com')).status).toBe(200)
  })

  test.each([
    ['goes', { nickName: null }, 'nickName'],
    ['is made optional', { email: { required: false } }, 'email'],
    ['is made required', { title: { required: true } }, 'title'],
    ['gets another type', { title: { type: 'number' } }, 'title'],
    ['gets a form', { city: { pattern: '[a-z]+' } }, 'city'],
    ['gets another length', { firstName: { minLength: 500, maxLength: 50 } }, 'firstName'],
    ['gets a length', { title: { maxLength: 5 } }, 'title'],
    ['is none', { shoeSize: text }, 'shoeSize'],
  ])('one that %s is refused', async (_, properties, name) => {
    expect(await t.refusal(t.call(`POST ${USER}`, base(properties)))).toEqual([
      400,
      'E0000001/base-attribute-fixed',
      'Api validation failed: updateUserSchemas',
      [`${name}: The base attribute '${name}' cannot be changed in this way`],
    ])
  })
})

describe('the schema of groups', () => {
  test('has the recorded keys, and its base stays whatever is sent', async () => {
    const { json } = await t.call(`GET ${GROUP}`)
    expect(Object.keys(json).sort()).toEqual(
      [
        ...['$schema', '_links', 'created', 'definitions', 'description', 'id', 'lastUpdated', 'name', 'properties'],
        ...['title', 'type'],
      ].sort(),
    )
    expect(Object.keys(json.definitions.base.properties)).toEqual(['name', 'description'])
    const same = await t.call(`POST ${GROUP}`, base({ name: null, description: { required: true } }))
    expect(same.json.definitions).toEqual(json.definitions)
  })

  test('groups have added attributes, and are judged by them', async () => {
    await t.add({ contact: { ...text, required: true }, cost: { title: 'Cost', type: 'integer' } }, GROUP)
    const made = await t.call('POST /api/v1/groups', { profile: { name: 'A', contact: 'ada', cost: 7 } })
    expect(made.json.profile).toEqual({ name: 'A', description: null, contact: 'ada', cost: 7 })
    const at = `/api/v1/groups/${made.json.id}`
    expect((await t.call(`GET ${at}`)).json).toEqual(made.json)
    expect((await t.call(`PUT ${at}`, { profile: { name: 'A', contact: 'bob' } })).json.profile).toEqual({
      name: 'A',
      description: null,
      contact: 'bob',
    })
    for (const [profile, cause, says] of [
      [{ name: 'B' }, 'required-field-missing', 'contact: The field cannot be left blank'],
      [{ name: 'B', contact: 'x', cots: 1 }, 'property-not-defined', "Property name 'cots' is not defined in profile"],
      [{ name: 'B', contact: 'x', cost: '1' }, 'attribute-type-wrong', "Invalid value data type for property 'cost'"],
    ] as const) {
      const [status, raised, , causes] = await t.refusal(t.call('POST /api/v1/groups', { profile }))
      expect([status, raised, causes]).toEqual([400, `E0000001/${cause}`, [says]])
    }
    await t.add({ cost: null, contact: null }, GROUP)
    expect((await t.call(`GET ${at}`)).json.profile).toEqual({ name: 'A', description: null })
  })

  test('unique values of groups', async () => {
    await t.add({ code: { ...text, unique: true } }, GROUP)
    const first = (await t.call('POST /api/v1/groups', { profile: { name: 'A', code: '1' } })).json.id
    expect((await t.refusal(t.call('POST /api/v1/groups', { profile: { name: 'B', code: '1' } })))[1]).toBe(
      'E0000001/attribute-value-taken',
    )
    expect((await t.call(`PUT /api/v1/groups/${first}`, { profile: { name: 'C', code: '1' } })).status).toBe(200)
    await t.call(`DELETE /api/v1/groups/${first}`)
    expect((await t.call('POST /api/v1/groups', { profile: { name: 'B', code: '1' } })).status).toBe(200)
  })
})

describe('whatever is sent', () => {
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('', 'string', 'array', 'x'.repeat(300), '\ud800', '😀', '\0', -1, 1e99, true, null, [], {}),
  )
  const members = [
    ...['title', 'description', 'type', 'required', 'minLength', 'maxLength', 'minimum', 'maximum', 'pattern'],
    ...['format', 'enum', 'oneOf', 'items', 'default', 'unique', 'externalName', 'externalNamespace', 'union'],
    ...['scope', 'mutability', 'permissions', 'master'],
  ]
  const attribute = fc.dictionary(fc.constantFrom(...members), odd, { maxKeys: 6 })
  const properties = fc.dictionary(
    fc.constantFrom('a', 'size', 'login', 'firstName', 'toString', 'x y'),
    fc.oneof(attribute, odd, fc.record({ title: fc.constant('A'), type: fc.constant('string') })),
    { maxKeys: 3 },
  )

  test('a schema answers with itself or with a refusal, and is as before after one', async () => {
    await t.add({ size: text })
    await t.make('ada@example.com', { size: '38' })
    const user = (await t.call('GET /api/v1/users/ada@example.com')).json.id
    const run = async (at: string, body: unknown) => {
      const before = (await t.call(`GET ${at}`)).text
      const answer = await t.call(`POST ${at}`, body)
      const after = (await t.call(`GET ${at}`)).text
      expect([200, 400]).toContain(answer.status)
      if (answer.status === 200) return expect(after).toBe(answer.text)
      expect(answer.json).toMatchObject({
        errorCode: expect.stringMatching(/^E00000(01|03)$/),
        errorCauses: expect.any(Array),
      })
      expect(after).toBe(before)
    }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(USER, GROUP),
        fc.constantFrom('custom', 'base'),
        properties,
        async (at, part, properties) => {
          await run(at, { definitions: { [part]: { properties } } })
          // The schema that came of it judges users without a fault.
          const read = await t.call(`POST /api/v1/users/${user}`, { profile: { nickName: 'Ada' } })
          expect([200, 400]).toContain(read.status)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('a value of an attribute is taken or refused', async () => {
    await t.add({
      a: text,
      b: { title: 'B', type: 'array', items: { type: 'integer' } },
      c: { title: 'C', type: 'boolean' },
      d: { title: 'D', type: 'number', maximum: 5 },
      e: { ...text, unique: true, maxLength: 20 },
    })
    const { id } = (await t.make('ada@example.com')).json
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), odd, { maxKeys: 3 }),
        async (profile) => {
          const before = (await t.call(`GET /api/v1/users/${id}`)).text
          const answer = await t.call(`POST /api/v1/users/${id}`, { profile })
          const after = (await t.call(`GET /api/v1/users/${id}`)).text
          expect([200, 400]).toContain(answer.status)
          expect(after).toBe(answer.status === 200 ? answer.text : before)
        },
      ),
      { numRuns: 200 },
    )
  })
})
