// How is a user made, and what is refused?
import { createHash, pbkdf2Sync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { users } from '../../entities/user.ts'
import { eventsOf, testOrg } from '../../testing.ts'
import { ada, make, password, says } from './testing.ts'

const salt = Buffer.from('salt')

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
