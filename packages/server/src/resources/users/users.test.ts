import { createHash, pbkdf2Sync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { apiTokens } from '../../entities/api-token.ts'
import { memberships } from '../../entities/group.ts'
import { roleAssignments } from '../../entities/role-assignment.ts'
import { users } from '../../entities/user.ts'
import { type Called, type TestOrg, testOrg } from '../../testing.ts'

const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' }
const password = { password: { value: 'Correct-Horse-9' } }
const salt = Buffer.from('salt')

/** The causes' texts of a refusal. */
const says = (answer: Called) => answer.json.errorCauses.map((cause: { errorSummary: string }) => cause.errorSummary)

async function make(t: TestOrg, body: unknown = { profile: ada, credentials: password }, query = ''): Promise<Called> {
  const made = await t.call(`POST /api/v1/users${query}`, body)
  expect(made.status, made.text).toBe(200)
  return made
}

const eventsOf = (t: TestOrg) => [...t.org.events.read()].map((event) => event.eventType)

describe('creating', () => {
  test('with a password the user is ACTIVE at once and looks as recorded', async () => {
    const t = await testOrg()
    const { json } = await make(t)
    expect(Object.keys(json)).toEqual([
      'id',
      'status',
      'created',
      'activated',
      'statusChanged',
      'lastLogin',
      'lastUpdated',
      'passwordChanged',
      'type',
      'realmId',
      'profile',
      'credentials',
      '_links',
    ])
    expect(json).toMatchObject({
      status: 'ACTIVE',
      created: '2026-11-20T10:00:00.000Z',
      activated: '2026-11-20T10:00:00.000Z',
      lastLogin: null,
      passwordChanged: '2026-11-20T10:00:00.000Z',
      type: { id: t.org.fixed.defaultTypeId },
      realmId: t.org.fixed.realmId,
      credentials: { password: {}, provider: { type: 'OKTA', name: 'OKTA' } },
    })
    expect(json.profile).toEqual({ ...ada, mobilePhone: null, secondEmail: null })
    expect(JSON.stringify(json)).not.toContain('Correct-Horse')
    expect(t.org.inbox.list()).toEqual([])
    expect(eventsOf(t)).toEqual(['user.lifecycle.create', 'user.lifecycle.activate'])
  })

  test('without a password the user is PROVISIONED and gets a mail with a link', async () => {
    const t = await testOrg()
    const { json } = await make(t, { profile: ada })
    expect(json.status).toBe('PROVISIONED')
    expect(json.passwordChanged).toBeNull()
    const [mail] = t.org.inbox.list('ada@example.com')
    expect(mail).toMatchObject({ about: 'activation', channel: 'email' })
    expect(mail?.link).toBe(`${t.org.baseUrl}/tokens/${mail?.code}/verify`)
  })

  test('activate=false leaves STAGED and silent', async () => {
    const t = await testOrg()
    const { json } = await make(t, { profile: ada, credentials: password }, '?activate=false')
    expect(json).toMatchObject({ status: 'STAGED', activated: null, statusChanged: null })
    expect(json.passwordChanged).not.toBeNull()
    expect(t.org.inbox.list()).toEqual([])
    expect(eventsOf(t)).toEqual(['user.lifecycle.create'])
  })

  test('nextLogin=changePassword expires the password, and wants one and activation', async () => {
    const t = await testOrg()
    const body = { profile: ada, credentials: password }
    const query = '?nextLogin=changePassword'
    const missing = await t.call(`POST /api/v1/users${query}`, { profile: ada })
    expect([missing.status, missing.json.errorCode]).toEqual([400, 'E0000124'])
    const inactive = await t.call(`POST /api/v1/users${query}&activate=false`, body)
    expect([inactive.status, inactive.json.errorCode]).toEqual([400, 'E0000125'])
    expect((await make(t, body, query)).json.status).toBe('PASSWORD_EXPIRED')
  })

  test('groupIds join groups; unknown ones and more than 20 are refused and nothing is made', async () => {
    const t = await testOrg()
    const group = (await t.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })).json
    const unknown = await t.call('POST /api/v1/users', { profile: ada, groupIds: [group.id, '00gnone'] })
    expect([unknown.status, unknown.json.errorSummary]).toEqual([
      404,
      'Not found: Resource not found: 00gnone (UserGroup)',
    ])
    const many = Array.from({ length: 21 }, (_, i) => `00g${i}`)
    const tooMany = await t.call('POST /api/v1/users', { profile: ada, groupIds: many })
    expect([tooMany.status, tooMany.json.errorCode]).toEqual([400, 'E0000093'])
    expect(await t.org.state.count(users as never)).toBe(1)

    const { json } = await make(t, { profile: ada, groupIds: [group.id, group.id, t.org.fixed.everyoneId] })
    const names = (await t.call(`GET /api/v1/users/${json.id}/groups`)).json.map(
      (one: { profile: { name: string } }) => one.profile.name,
    )
    expect(names).toEqual(['Everyone', 'Engineers'])
    expect(eventsOf(t)).toContain('group.user_membership.add')
  })

  test('provider=true makes a federated user, who has no password here', async () => {
    const t = await testOrg()
    const credentials = { provider: { type: 'FEDERATION', name: 'FEDERATION' } }
    const both = await t.call('POST /api/v1/users?provider=true', {
      profile: ada,
      credentials: { ...credentials, ...password },
    })
    expect([both.status, both.json.errorCode, t.lastCause()]).toEqual([400, 'E0000001', 'E0000001/value-invalid'])
    const { json } = await make(t, { profile: ada, credentials }, '?provider=true')
    expect([json.status, json.credentials.provider.type]).toEqual(['ACTIVE', 'FEDERATION'])
    const ignored = await make(t, { profile: { ...ada, login: 'b@example.com' }, credentials })
    expect(ignored.json.credentials.provider.type).toBe('OKTA')
  })

  test('an imported hash stands in for the password, and the password opens it', async () => {
    const t = await testOrg()
    // SHA-256 of "saltCorrect-Horse-9".
    const hash = {
      algorithm: 'SHA-256',
      salt: Buffer.from('salt').toString('base64'),
      saltOrder: 'PREFIX',
      value: 'CgPYuSj0YI4gj8S578imoI5awghvLzF/MVDk9ZD92y4=',
    }
    const { json } = await make(t, { profile: ada, credentials: { password: { hash } } })
    expect(json).toMatchObject({ status: 'ACTIVE', credentials: { password: {}, provider: { type: 'IMPORT' } } })
    const change = (oldPassword: string) =>
      t.call(`POST /api/v1/users/${json.id}/credentials/change_password`, {
        oldPassword: { value: oldPassword },
        newPassword: { value: 'Another-Horse-10' },
      })
    expect((await change('Wrong-Horse-9')).json.errorCode).toBe('E0000014')
    const changed = await change('Correct-Horse-9')
    expect([changed.status, changed.json.provider.type]).toEqual([200, 'OKTA'])
  })

  test.each([
    [{ algorithm: 'BCRYPT', workFactor: 4, salt: 'abcdefghijklmnopqrstuu', value: 'L14P8YbLAn0JkPxtgtQFRlH3V5k9ZVC' }],
    [
      {
        algorithm: 'PBKDF2',
        salt: salt.toString('base64'),
        value: pbkdf2Sync('Correct-Horse-9', salt, 5000, 40, 'sha256').toString('base64'),
        iterationCount: 5000,
        keySize: 40,
        digestAlgorithm: 'SHA256_HMAC',
      },
    ],
    [
      {
        algorithm: 'SHA-512',
        salt: salt.toString('base64'),
        saltOrder: 'POSTFIX',
        value: createHash('sha512').update('Correct-Horse-9').update(salt).digest('base64'),
      },
    ],
    [{ algorithm: 'SHA-1', value: createHash('sha1').update('Correct-Horse-9').digest('base64') }],
    [{ algorithm: 'MD5', value: createHash('md5').update('Correct-Horse-9').digest('base64') }],
  ])('signing in with the password of the hash %j makes it one of the org', async (hash) => {
    const t = await testOrg()
    const { json } = await make(t, { profile: ada, credentials: { password: { hash } } })
    const signIn = (password: string) =>
      t.call('POST /api/v1/authn', { username: ada.login, password }, { token: null })
    expect((await signIn('Wrong-Horse-9')).status).toBe(401)
    expect((await signIn('Correct-Horse-9')).json.status).toBe('SUCCESS')
    const kept = (await t.org.state.load(users, json.id))?.value
    expect([kept?.provider.type, kept?.importedHash, kept?.password?.cost]).toEqual(['OKTA', undefined, 2])
    expect((await signIn('Correct-Horse-9')).json.status).toBe('SUCCESS')
  })

  test.each<[Record<string, unknown>, string[]]>([
    [
      { algorithm: 'BCRYPT' },
      [
        'value: The field cannot be left blank',
        'salt: The field cannot be left blank',
        'workFactor: The field cannot be left blank',
      ],
    ],
    [
      { algorithm: 'BCRYPT', value: 'x'.repeat(31), salt: '+'.repeat(22), workFactor: 21 },
      ['salt: must be 22 characters of Radix-64', 'workFactor: must be between 1 and 20'],
    ],
    [{ algorithm: 'SHA-256', value: 'AAAA' }, ['value: must be the Base64 of 32 bytes']],
    [
      { algorithm: 'MD5', value: '%', salt: 'AAAA' },
      ['value: must be Base64', 'saltOrder: The field cannot be left blank'],
    ],
    [
      { algorithm: 'PBKDF2', value: 'AAAA', iterationCount: 100, keySize: 32 },
      [
        'value: must be the Base64 of 32 bytes',
        'salt: The field cannot be left blank',
        'iterationCount: must be between 4096 and 1000000',
        'digestAlgorithm: The field cannot be left blank',
      ],
    ],
  ])('the hash %j lacks what its algorithm needs', async (hash, says) => {
    const t = await testOrg()
    const refused = await t.call('POST /api/v1/users', { profile: ada, credentials: { password: { hash } } })
    expect([refused.status, refused.json.errorCode]).toEqual([400, 'E0000001'])
    expect(refused.json.errorCauses.map((cause: { errorSummary: string }) => cause.errorSummary)).toEqual(says)
    expect(await t.org.state.count(users as never)).toBe(1)
  })

  test('a hash is for users who are STAGED; a password import hook is of the type default', async () => {
    const t = await testOrg()
    const value = createHash('sha256').update('Correct-Horse-9').digest('base64')
    const body = { credentials: { password: { hash: { algorithm: 'SHA-256', value } } } }
    const staged = await make(t, { profile: ada }, '?activate=false')
    const set = await t.call(`POST /api/v1/users/${staged.json.id}`, body)
    expect([set.json.status, set.json.credentials.provider.type]).toEqual(['STAGED', 'IMPORT'])
    const active = await make(t, {
      profile: { ...ada, login: 'b@example.com' },
      credentials: { password: { value: 'Correct-Horse-9' } },
    })
    const refused = await t.call(`POST /api/v1/users/${active.json.id}`, body)
    expect([refused.status, t.lastCause()]).toEqual([403, 'E0000038/status-forbids'])
    const hooked = await t.call('POST /api/v1/users', {
      profile: { ...ada, login: 'c@example.com' },
      credentials: { password: { hook: { type: 'other' } } },
    })
    expect([hooked.status, hooked.json.errorCode, hooked.json.errorCauses[0].errorSummary]).toEqual([
      400,
      'E0000001',
      'hook: The type must be default',
    ])
  })

  test('a new user is judged by the password policy of the groups to join', async () => {
    const t = await testOrg()
    const group = (await t.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })).json.id
    const policy = await t.call('POST /api/v1/policies', {
      type: 'PASSWORD',
      name: 'For engineers',
      conditions: { people: { groups: { include: [group] } } },
      settings: { password: { complexity: { minLength: 14, minSymbol: 1, excludeAttributes: ['lastName'] } } },
    })
    const allow = { access: 'ALLOW' }
    const rule = await t.call(`POST /api/v1/policies/${policy.json.id}/rules`, {
      type: 'PASSWORD',
      name: 'All',
      conditions: { people: {}, network: { connection: 'ANYWHERE' } },
      actions: { passwordChange: allow, selfServicePasswordReset: allow, selfServiceUnlock: allow },
    })
    expect([policy.status, rule.status], policy.text + rule.text).toEqual([200, 200])
    const create = (value: string, groupIds: string[]) =>
      t.call('POST /api/v1/users', { profile: ada, credentials: { password: { value } }, groupIds })
    const refused = await create('Correct-Horse-9', [group])
    expect(refused.status).toBe(200)
    await t.call(`DELETE /api/v1/users/${refused.json.id}`)
    await t.call(`DELETE /api/v1/users/${refused.json.id}`)
    const weak = await create('CorrectHorse99', [group])
    expect(weak.json.errorCauses[0].errorSummary).toContain(
      'at least 14 characters, a lowercase letter, an uppercase letter, a number, a symbol, no parts of your username, does not include your last name.',
    )
    expect((await create('My-Byron-Horse-99', [group])).json.errorCode).toBe('E0000001')
    expect((await create('CorrectHorse99', [])).status).toBe(200)
  })

  test('a type that exists is taken, another is E0000007', async () => {
    const t = await testOrg()
    const { json } = await make(t, { profile: ada, type: { id: t.org.fixed.defaultTypeId } })
    expect(json.type.id).toBe(t.org.fixed.defaultTypeId)
    const refused = await t.call('POST /api/v1/users', {
      profile: { ...ada, login: 'b@example.com' },
      type: { id: 'otynone' },
    })
    expect([refused.status, refused.json.errorSummary]).toEqual([
      404,
      'Not found: Resource not found: otynone (CVDType)',
    ])
  })
})

describe('E0000001 on a new user', () => {
  test('all that is missing is named, in the reported order, and a login that is none', async () => {
    const t = await testOrg()
    const refused = await t.call('POST /api/v1/users', { profile: {} })
    expect([refused.status, refused.json.errorSummary, t.lastCause()]).toEqual([
      400,
      'Api validation failed: login',
      'E0000001/required-field-missing',
    ])
    expect(says(refused)).toEqual([
      'login: The field cannot be left blank',
      'firstName: The field cannot be left blank',
      'lastName: The field cannot be left blank',
      'email: The field cannot be left blank',
      'login: Username must be in the form of an email address',
    ])
    expect((await t.call('POST /api/v1/users', {})).json.errorCauses).toHaveLength(5)
  })

  test('a property that nobody defined', async () => {
    const t = await testOrg()
    const refused = await t.call('POST /api/v1/users', { profile: { ...ada, notValid: '1' } })
    expect([refused.status, refused.json.errorSummary, t.lastCause()]).toEqual([
      400,
      'Api validation failed: newUser',
      'E0000001/property-not-defined',
    ])
    expect(says(refused)).toEqual(["Property name 'notValid' is not defined in profile"])
  })

  test.each(['toString', 'hasOwnProperty', 'constructor_', 'Login'])(
    'inherited names are not defined: %s',
    async (name) => {
      const t = await testOrg()
      const refused = await t.call('POST /api/v1/users', { profile: { ...ada, [name]: 'x' } })
      expect(says(refused)).toEqual([`Property name '${name}' is not defined in profile`])
    },
  )

  test('a login that is taken, in any case and with any accents', async () => {
    const t = await testOrg()
    await make(t)
    for (const login of ['ada@example.com', 'ADA@Example.com', 'ádà@example.com']) {
      const refused = await t.call('POST /api/v1/users', { profile: { ...ada, login } })
      expect([refused.status, refused.json.errorSummary, t.lastCause()]).toEqual([
        400,
        'Api validation failed: login',
        'E0000001/login-taken',
      ])
      expect(says(refused)).toEqual(['login: An object with this field already exists in the current organization'])
    }
  })

  test.each([
    ['login', 'ada', 'login: Username must be in the form of an email address'],
    ['login', 'a da@example.com', 'login: Username must be in the form of an email address'],
    ['login', `${'a'.repeat(100)}@example.com`, 'login: The field is too long; at most 100 characters are allowed'],
    ['email', 'nobody', 'email: Does not match required pattern'],
    ['secondEmail', 'nobody', 'secondEmail: Does not match required pattern'],
    ['firstName', 'x'.repeat(51), 'firstName: The field is too long; at most 50 characters are allowed'],
    ['firstName', 'A😀', 'firstName: The field contains characters that are not supported'],
    ['lastName', 'B\u0000', 'lastName: The field contains characters that are not supported'],
    ['countryCode', '12', 'countryCode: Does not match required pattern'],
  ])('%s %j', async (field, value, cause) => {
    const t = await testOrg()
    const refused = await t.call('POST /api/v1/users', { profile: { ...ada, [field]: value } })
    expect([refused.status, refused.json.errorSummary, t.lastCause()]).toEqual([
      400,
      `Api validation failed: ${field}`,
      'E0000001/value-invalid',
    ])
    expect(says(refused)).toEqual([cause])
  })

  test('a weak password is refused with all that a password needs', async () => {
    const t = await testOrg()
    const refused = await t.call('POST /api/v1/users', { profile: ada, credentials: { password: { value: 'abc' } } })
    expect([refused.status, refused.json.errorSummary, t.lastCause()]).toEqual([
      400,
      'Api validation failed: password',
      'E0000001/password-weak',
    ])
    expect(says(refused)).toEqual([
      'password: Password requirements were not met. Password requirements: at least 8 characters, ' +
        'a lowercase letter, an uppercase letter, a number, no parts of your username. ' +
        'Your password cannot be any of your last 4 passwords.',
    ])
  })

  test('faults of all kinds come together, the most basic first', async () => {
    const t = await testOrg()
    await make(t)
    const refused = await t.call('POST /api/v1/users', {
      profile: { login: 'ada@example.com', firstName: 'x'.repeat(51), email: 'no', shoe: 1 },
      credentials: { password: { value: 'abc' }, recovery_question: { question: 'Where?' } },
    })
    expect(says(refused).map((text: string) => text.slice(0, 24))).toEqual([
      'lastName: The field cann',
      "Property name 'shoe' is ",
      'login: An object with th',
      'firstName: The field is ',
      'email: Does not match re',
      'password: Password requi',
      'answer: The field cannot',
    ])
    expect(t.lastCause()).toBe('E0000001/required-field-missing')
  })
})

describe('reading', () => {
  test('by id, login, short name, and me; single users carry an etag and the links of their status', async () => {
    const t = await testOrg()
    const { json } = await make(t)
    for (const name of [json.id, 'ada@example.com', 'ADA@example.com', encodeURIComponent('ada@example.com'), 'ada']) {
      const got = await t.call(`GET /api/v1/users/${name}`)
      expect(got.json.id, name).toBe(json.id)
      expect(got.headers.get('etag')).toMatch(/^W\/"[0-9a-f]{16}"$/)
    }
    expect((await t.call('GET /api/v1/users/me')).json.id).toBe(t.adminId)
    expect((await t.call(`GET /api/v1/users/${json.id}?expand=blocks`)).json._embedded).toEqual({ blocks: [] })
  })

  test('a short name that two logins share names nobody', async () => {
    const t = await testOrg()
    await make(t)
    await make(t, { profile: { ...ada, login: 'ada@example.org' } })
    const got = await t.call('GET /api/v1/users/ada')
    expect([got.status, got.json.errorSummary, t.lastCause()]).toEqual([
      404,
      'Not found: Resource not found: ada (User)',
      'E0000007/resource-missing',
    ])
  })

  test('an owner without rights reads only the own user', async () => {
    const t = await testOrg()
    const { json } = await make(t)
    const weak = await t.makeAdmin('weak@example.com')
    expect((await t.call('GET /api/v1/users/me', undefined, { token: weak.token })).json.id).toBe(weak.userId)
    const other = await t.call(`GET /api/v1/users/${json.id}`, undefined, { token: weak.token })
    expect([other.status, other.json.errorCode, t.lastCause()]).toEqual([
      403,
      'E0000006',
      'E0000006/role-lacks-permission',
    ])
  })

  test('lists carry only the self link and leave deactivated users out', async () => {
    const t = await testOrg()
    const { json } = await make(t)
    await make(t, { profile: { ...ada, login: 'b@example.com' } })
    await t.call(`DELETE /api/v1/users/${json.id}`)
    const rows = (await t.call('GET /api/v1/users')).json
    expect(rows.map((row: { profile: { login: string } }) => row.profile.login)).toEqual([
      'admin@example.com',
      'b@example.com',
    ])
    expect(Object.keys(rows[1]._links)).toEqual(['self'])
  })

  test('what a user cannot have yet is empty, for users that exist', async () => {
    const t = await testOrg()
    const { json } = await make(t)
    for (const part of ['appLinks', 'blocks', 'idps', 'clients', 'grants']) {
      const got = await t.call(`GET /api/v1/users/${json.id}/${part}`)
      expect([got.status, got.json], part).toEqual([200, []])
      expect((await t.call(`GET /api/v1/users/00unone/${part}`)).json.errorCode).toBe('E0000007')
    }
    expect((await t.call(`DELETE /api/v1/users/${json.id}/sessions`)).status).toBe(204)
    expect(eventsOf(t)).toContain('user.session.clear')
  })
})

describe('what hangs on a user', () => {
  test('the security questions to choose from, with the keys that Okta documents', async () => {
    const t = await testOrg()
    const { id } = (await make(t)).json
    const { json } = await t.call(`GET /api/v1/users/${id}/factors/questions`)
    expect(json).toHaveLength(20)
    expect(json[0]).toEqual({
      question: 'disliked_food',
      questionText: 'What is the food you least liked as a child?',
    })
    expect((await t.call('GET /api/v1/users/00unone/factors/questions')).json.errorCode).toBe('E0000007')
  })

  test('the own sessions end, all but the one that asks unless it says otherwise', async () => {
    const t = await testOrg()
    const { id } = (await make(t)).json
    const signIn = async () => {
      const { json } = await t.call('POST /api/v1/authn', { username: ada.login, password: 'Correct-Horse-9' })
      return (await t.call('POST /api/v1/sessions', { sessionToken: json.sessionToken })).json.id as string
    }
    const [mine, other] = [await signIn(), await signIn()]
    const end = (body?: unknown) =>
      t.call('POST /api/v1/users/me/lifecycle/delete_sessions', body, {
        token: null,
        headers: { cookie: `sid=${mine}` },
      })
    const alive = async (session: string) => (await t.call(`GET /api/v1/sessions/${session}`)).status
    expect((await end({ keepCurrent: 'no' })).json.errorCode).toBe('E0000003')
    expect((await end()).status).toBe(200)
    expect([await alive(mine), await alive(other)]).toEqual([200, 404])
    expect((await end({ keepCurrent: false })).status).toBe(200)
    expect(await alive(mine)).toBe(404)
    expect((await t.call(`GET /api/v1/users/${id}`)).json.status).toBe('ACTIVE')
  })
})

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
    await t.call(`DELETE /api/v1/users/${id}`)
    const refused = await t.call(`POST /api/v1/users/${id}`, { profile: { title: 'X' } })
    expect([refused.status, t.lastCause()]).toEqual([403, 'E0000038/status-forbids'])
  })
})

describe('deleting', () => {
  test('deactivates first, then deletes with all that hangs on the user', async () => {
    const t = await testOrg()
    const admin = await t.makeAdmin('second@example.com', 'ORG_ADMIN')
    const group = (await t.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })).json
    await t.call(`PUT /api/v1/groups/${group.id}/users/${admin.userId}`)

    const first = await t.call(`DELETE /api/v1/users/${admin.userId}`)
    expect([first.status, first.text]).toEqual([204, ''])
    expect((await t.call(`GET /api/v1/users/${admin.userId}`)).json.status).toBe('DEPROVISIONED')
    const refused = await t.call('GET /api/v1/users/me', undefined, { token: admin.token })
    expect([refused.status, t.lastCause()]).toEqual([401, 'E0000011/owner-inactive'])
    expect((await t.org.state.load(apiTokens, admin.tokenId))?.value.dead).toBe('owner-deactivated')

    expect((await t.call(`DELETE /api/v1/users/${admin.userId}`)).status).toBe(204)
    expect((await t.call(`DELETE /api/v1/users/${admin.userId}`)).json.errorCode).toBe('E0000007')
    expect(await t.org.state.find(memberships, 'user', admin.userId)).toEqual([])
    expect(await t.org.state.find(roleAssignments, 'holder', admin.userId)).toEqual([])
    expect(eventsOf(t)).toEqual(
      expect.arrayContaining(['user.lifecycle.deactivate', 'user.lifecycle.delete.initiated']),
    )
    expect((await make(t, { profile: { ...ada, login: 'second@example.com' } })).status).toBe(200)
  })

  test('only a super admin changes or deletes a super admin', async () => {
    const t = await testOrg()
    const other = await t.makeAdmin('other@example.com', 'ORG_ADMIN')
    for (const call of [`DELETE /api/v1/users/${t.adminId}`, `POST /api/v1/users/${t.adminId}`]) {
      const refused = await t.call(call, call.startsWith('POST') ? { profile: { title: 'X' } } : undefined, other)
      expect([refused.status, t.lastCause()]).toEqual([403, 'E0000006/super-admin-required'])
    }
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
