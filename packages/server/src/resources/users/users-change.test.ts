// How is a user changed, by one and by two at a time, and what is refused?
import { describe, expect, test } from 'vitest'
import { memberships } from '../../entities/group.ts'
import { users } from '../../entities/user.ts'
import { eventsOf, testOrg } from '../../testing.ts'
import { ada, make, password, says } from './testing.ts'

describe('changing', () => {
  test('POST changes what is named, null removes, PUT removes what is not named', async () => {
    const t = await testOrg()
    const { id } = (await make(t)).json
    t.clock.advance(60)
    const part = await t.call(`POST /api/v1/users/${id}`, { profile: { nickName: 'Countess', city: 'London' } })
    expect(part.json.profile).toEqual({
      ...ada,
      mobilePhone: null,
      secondEmail: null,
      nickName: 'Countess',
      city: 'London',
    })
    expect(part.json.lastUpdated).toBe('2026-11-20T10:01:00.000Z')
    const less = await t.call(`POST /api/v1/users/${id}`, { profile: { city: null } })
    expect(less.json.profile).toEqual({ ...ada, mobilePhone: null, secondEmail: null, nickName: 'Countess' })
    const whole = await t.call(`PUT /api/v1/users/${id}`, { profile: { ...ada, title: 'Countess' } })
    expect(whole.json.profile).toEqual({ ...ada, mobilePhone: null, secondEmail: null, title: 'Countess' })
    const gone = await t.call(`PUT /api/v1/users/${id}`, { profile: { login: ada.login } })
    expect([gone.json.errorSummary, gone.json.errorCauses.length]).toEqual(['Api validation failed: firstName', 3])
    expect(eventsOf(t).filter((type) => type === 'user.account.update_profile')).toHaveLength(3)
  })

  test('what was read can be sent back as it is', async () => {
    const t = await testOrg()
    const credentials = { ...password, recovery_question: { question: 'First machine?', answer: 'engine' } }
    const { id } = (await make(t, { profile: ada, credentials })).json
    const read = (await t.call(`GET /api/v1/users/${id}`)).json
    for (const method of ['POST', 'PUT']) {
      const sent = await t.call(`${method} /api/v1/users/${id}`, read)
      expect([sent.status, sent.json.profile], sent.text).toEqual([200, read.profile])
    }
  })

  test('a login moves, unless it is taken; the own one is not', async () => {
    const t = await testOrg()
    const { id } = (await make(t)).json
    await make(t, { profile: { ...ada, login: 'b@example.com' } })
    const taken = await t.call(`POST /api/v1/users/${id}`, { profile: { login: 'B@example.com' } })
    expect([taken.status, t.lastCause()]).toEqual([400, 'E0000001/login-taken'])
    expect((await t.call(`POST /api/v1/users/${id}`, { profile: { login: 'ADA@example.com' } })).status).toBe(200)
    expect((await t.call(`POST /api/v1/users/${id}`, { profile: { login: 'c@example.com' } })).status).toBe(200)
    expect((await t.call('GET /api/v1/users/ada@example.com')).status).toBe(404)
    expect((await t.call('GET /api/v1/users/c@example.com')).json.id).toBe(id)
  })

  test('required fields cannot be emptied, unknown ones not added, objects are no text', async () => {
    const t = await testOrg()
    const { id } = (await make(t)).json
    const empty = await t.call(`POST /api/v1/users/${id}`, { profile: { lastName: null } })
    expect([empty.status, t.lastCause(), says(empty)]).toEqual([
      400,
      'E0000001/required-field-missing',
      ['lastName: The field cannot be left blank'],
    ])
    await t.call(`POST /api/v1/users/${id}`, { profile: { shoe: 38 } })
    expect(t.lastCause()).toBe('E0000001/property-not-defined')
    for (const city of [{}, ['London']]) {
      const bound = await t.call(`POST /api/v1/users/${id}`, { profile: { city } })
      expect([bound.status, t.lastCause()]).toEqual([400, 'E0000003/body-unreadable-shape'])
    }
    const number = await t.call(`POST /api/v1/users/${id}`, { profile: { zipCode: 12345 } })
    expect(number.json.profile.zipCode).toBe('12345')
  })

  test('If-Match with an old etag is 412, with the present one or * it passes', async () => {
    const t = await testOrg()
    const { id } = (await make(t)).json
    const etag = (await t.call(`GET /api/v1/users/${id}`)).headers.get('etag')!
    const change = (match: string) =>
      t.call(`POST /api/v1/users/${id}`, { profile: { title: 'X' } }, { headers: { 'if-match': match } })
    expect((await change(etag)).status).toBe(200)
    const late = await change(etag)
    expect([late.status, late.json.errorCode]).toEqual([412, 'E0000231'])
    expect((await change('*')).status).toBe(200)
  })

  test('E0000023: what a directory keeps is changed there, what Okta keeps may be changed', async () => {
    const t = await testOrg()
    const { id } = (await make(t)).json
    const stored = (await t.org.state.load(users, id))!
    const provider = { type: 'ACTIVE_DIRECTORY', name: 'corp' } as const
    await t.org.state.change([
      { put: users as never, id, version: stored.version, value: { ...stored.value, provider } },
    ])
    for (const [method, body] of [
      ['POST', { profile: { title: 'X' } }],
      ['POST', { credentials: { password: { value: 'Another-Horse-10' } } }],
      ['PUT', { profile: ada }],
    ] as const) {
      const refused = await t.call(`${method} /api/v1/users/${id}`, body)
      expect([refused.status, refused.json.errorCode, t.lastCause()]).toEqual([
        403,
        'E0000023',
        'E0000023/user-sourced-elsewhere',
      ])
    }
    const question = { credentials: { recovery_question: { question: 'Where?', answer: 'here' } } }
    expect((await t.call(`POST /api/v1/users/${id}`, question)).status).toBe(200)
  })

  test('a password ends the wait for one; strict=true looks into the history', async () => {
    const t = await testOrg()
    const { id } = (await make(t, { profile: ada })).json
    const set = (value: string, query = '') =>
      t.call(`PUT /api/v1/users/${id}${query}`, { credentials: { password: { value } } })
    expect((await set('Correct-Horse-9')).json.status).toBe('ACTIVE')
    expect((await set('Another-Horse-10')).status).toBe(200)
    expect((await set('Correct-Horse-9', '?strict=true')).json.errorCauses).toHaveLength(1)
    expect(t.lastCause()).toBe('E0000001/password-weak')
    expect((await set('Correct-Horse-9')).status).toBe(200)
  })

  test('deactivated users stay as they are; the type moves only with PUT', async () => {
    const t = await testOrg()
    const { id } = (await make(t)).json
    await t.call(`POST /api/v1/users/${id}`, { type: { id: 'otyother' } })
    expect(t.lastCause()).toBe('E0000001/value-invalid')
    await t.call(`PUT /api/v1/users/${id}`, { type: { id: 'otyother' } })
    expect(t.lastCause()).toBe('E0000007/resource-missing')
    const { json: other } = await t.call('POST /api/v1/meta/types/user', { name: 'other', displayName: 'Other' })
    const typeIs = async (named: string) =>
      (await t.call(`PUT /api/v1/users/${id}`, { type: { id: named } })).json.type.id
    expect(await typeIs('default')).toBe(t.org.fixed.defaultTypeId)
    expect(await typeIs(other.id)).toBe(other.id)
    expect(await typeIs('default')).toBe(t.org.fixed.defaultTypeId)
    await t.call(`DELETE /api/v1/users/${id}`)
    const refused = await t.call(`POST /api/v1/users/${id}`, { profile: { title: 'X' } })
    expect([refused.status, t.lastCause()]).toEqual([403, 'E0000038/status-forbids'])
  })
})

describe('two writers', () => {
  test('of many who want one login at the same moment one gets it and the others their error', async () => {
    const t = await testOrg()
    const body = (i: number) => ({
      profile: { ...ada, firstName: `Ada ${i}` },
      ...(i % 2 === 0 && { credentials: password }),
    })
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => t.call('POST /api/v1/users', body(i))))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expect([answer.status, says(answer)]).toEqual([
        400,
        ['login: An object with this field already exists in the current organization'],
      ])
    }
    expect(await t.org.state.count(users as never)).toBe(2)
    expect(eventsOf(t).filter((type) => type === 'user.lifecycle.create')).toHaveLength(1)
  })

  test('many changes of one user all arrive', async () => {
    const t = await testOrg()
    const { id } = (await make(t)).json
    const fields = ['title', 'nickName', 'city', 'state', 'zipCode', 'division', 'department', 'costCenter', 'manager']
    const answers = await Promise.all(
      fields.map((field) => t.call(`POST /api/v1/users/${id}`, { profile: { [field]: field } })),
    )
    expect(answers.map((answer) => answer.status)).toEqual(fields.map(() => 200))
    expect((await t.call(`GET /api/v1/users/${id}`)).json.profile).toMatchObject(
      Object.fromEntries(fields.map((field) => [field, field])),
    )
  })

  test('of many who move to one login one moves', async () => {
    const t = await testOrg()
    const ids = await Promise.all(
      Array.from(
        { length: 10 },
        async (_, i) => (await make(t, { profile: { ...ada, login: `u${i}@example.com` } })).json.id,
      ),
    )
    const answers = await Promise.all(
      ids.map((id) => t.call(`POST /api/v1/users/${id}`, { profile: { login: 'wanted@example.com' } })),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(9).fill(400)])
  })

  test('many new users join one group', async () => {
    const t = await testOrg()
    const group = (await t.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })).json
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        t.call('POST /api/v1/users', { profile: { ...ada, login: `u${i}@example.com` }, groupIds: [group.id] }),
      ),
    )
    expect(answers.filter((answer) => answer.status !== 200).map((answer) => answer.text)).toEqual([])
    expect(await t.org.state.find(memberships, 'group', group.id)).toHaveLength(100)
  })
})

describe('bad input', () => {
  const bodies: [string, unknown][] = [
    ['text', '"ada"'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a broken body', '{"profile":'],
    ['a profile that is text', { profile: 'Ada' }],
    ['a profile that is a list', { profile: [] }],
    ['credentials that are text', { profile: ada, credentials: 'x' }],
    ['a password that is text', { profile: ada, credentials: { password: 'x' } }],
    ['a password value that is a number', { profile: ada, credentials: { password: { value: 12345678 } } }],
    ['a password value that is a list', { profile: ada, credentials: { password: { value: ['x'] } } }],
    ['a question that is text', { profile: ada, credentials: { recovery_question: 'x' } }],
    ['groupIds that are text', { profile: ada, groupIds: '00g1' }],
    ['groupIds of numbers', { profile: ada, groupIds: [1] }],
    ['a type that is text', { profile: ada, type: 'oty1' }],
    ['a type id that is a number', { profile: ada, type: { id: 1 } }],
    ['an unknown hash', { profile: ada, credentials: { password: { hash: { algorithm: 'ROT13', value: 'x' } } } }],
    [
      'a hash of endless work',
      {
        profile: ada,
        credentials: { password: { hash: { algorithm: 'PBKDF2', value: 'x', iterationCount: 1e12 } } },
      },
    ],
    ['a login that is an object', { profile: { ...ada, login: {} } }],
    ['__proto__', '{"profile":{"__proto__":{"login":"x"}}}'],
    ['nothing', ''],
  ]

  test.each(bodies)('%s is E0000003 and makes nothing', async (_, body) => {
    const faults: unknown[] = []
    const t = await testOrg({ onFault: (error) => faults.push(error) })
    const refused = await t.call('POST /api/v1/users', body)
    expect([refused.status, refused.json.errorCode, refused.json.errorCauses], refused.text).toEqual([
      400,
      'E0000003',
      [],
    ])
    expect(await t.org.state.count(users as never)).toBe(1)
    expect(faults).toEqual([])
  })

  test('constructor as a property is one that nobody defined, or unreadable; never a fault', async () => {
    const t = await testOrg()
    const refused = await t.call('POST /api/v1/users', { profile: { ...ada, constructor: 'x' } })
    expect(refused.status).toBe(400)
  })

  test.each([
    '..%2F..%2Fetc',
    '%00',
    'a%2Fb',
    'x'.repeat(3000),
    '%F0%9F%98%80',
    '00u',
    '%20',
    'constructor',
    '__proto__',
  ])('a path with %s is not found, in every operation', async (name) => {
    const faults: unknown[] = []
    const t = await testOrg({ onFault: (error) => faults.push(error) })
    for (const call of ['GET', 'DELETE', 'POST']) {
      const refused = await t.call(`${call} /api/v1/users/${name}`, call === 'POST' ? { profile: {} } : undefined)
      expect([refused.status, refused.json.errorCode], refused.text).toEqual([404, 'E0000007'])
    }
    expect(faults).toEqual([])
  })

  test('switches that are neither true nor false are E0000037', async () => {
    const t = await testOrg()
    const refused = await t.call('POST /api/v1/users?activate=maybe', { profile: ada })
    expect([refused.status, t.lastCause()]).toEqual([400, 'E0000037/flag-unreadable'])
    expect((await t.call('POST /api/v1/users?activate=FALSE', { profile: ada })).json.status).toBe('STAGED')
  })
})
