import { beforeEach, describe, expect, it } from 'vitest'
import { sessionTokens } from '../../entities/sign-in.ts'
import { type User, users } from '../../entities/user.ts'
import type { SettingsPatch } from '../../settings.ts'
import { put } from '../../state/state.ts'
import { type CallExtras, type Called, type TestOrg, testOrg } from '../../testing.ts'

const login = 'ada@example.com'
const right = 'Correct-Horse-9'
const wrong = 'Wrong-Horse-9'
const next = 'Another-Horse-10'

let t: TestOrg
let ada: string
beforeEach(async () => {
  t = await testOrg()
  ada = await makeUser()
})

async function makeUser(more: object = {}, query = 'activate=true'): Promise<string> {
  const profile = { login, email: login, firstName: 'Ada', lastName: 'Byron' }
  const body = { profile, credentials: { password: { value: right } }, ...more }
  const made = await t.call(`POST /api/v1/users?${query}`, body)
  expect(made.status).toBe(200)
  return made.json.id
}

const post = (path: string, body: unknown, extras: CallExtras = {}): Promise<Called> =>
  t.call(`POST /api/v1/authn${path}`, body, { token: null, ...extras })

const signIn = (password = right, more: object = {}, extras?: CallExtras) =>
  post('', { username: login, password, ...more }, extras)

const policySettings = (passwordPolicy: SettingsPatch['passwordPolicy']) => t.org.changeSettings({ passwordPolicy })

async function change(part: Partial<User>): Promise<void> {
  const user = (await t.org.state.load(users, ada))!
  await t.org.state.change([put(users, ada, { ...user.value, ...part }, user)])
}

const stored = async (): Promise<User> => (await t.org.state.load(users, ada))!.value

const events = () =>
  [...t.org.events.read()].map(({ eventType, result, reason }) => [eventType, result, reason].filter(Boolean).join(' '))

function expectRefused(answer: Called, cause: string, status = 401): void {
  expect([answer.status, answer.json.errorCode, t.lastCause()]).toEqual([status, cause.split('/')[0], cause])
}

/** A sign-on rule for everybody, in a policy before the default. */
async function addRule(rule: object): Promise<string> {
  const policy = await t.call('POST /api/v1/policies', { type: 'OKTA_SIGN_ON', name: 'Strict', conditions: null })
  const made = await t.call(`POST /api/v1/policies/${policy.json.id}/rules`, { name: 'Rule', ...rule })
  expect(made.status).toBe(200)
  return policy.json.id
}

async function changeRule(type: string, actions: object): Promise<void> {
  const [policy] = (await t.call(`GET /api/v1/policies?type=${type}`)).json
  const [rule] = (await t.call(`GET /api/v1/policies/${policy.id}/rules`)).json
  const changed = await t.call(`PUT /api/v1/policies/${policy.id}/rules/${rule.id}`, { name: 'Default Rule', actions })
  expect(changed.status).toBe(200)
}

describe('the right password', () => {
  it('gives a session token', async () => {
    const { status, json } = await signIn(right, { relayState: '/deep' })
    expect(status).toBe(200)
    expect(json).toMatchObject({
      status: 'SUCCESS',
      relayState: '/deep',
      expiresAt: '2026-11-20T10:05:00.000Z',
      _embedded: { user: { id: ada, profile: { login, firstName: 'Ada', lastName: 'Byron', locale: 'en' } } },
    })
    expect(json.sessionToken).toMatch(/^20111/)
    expect((await stored()).lastLoginAt).toBe(t.clock.now())
    expect(events().slice(-2)).toEqual([
      'policy.evaluate_sign_on ALLOW Sign-on policy evaluation resulted in ALLOW',
      'user.session.start SUCCESS',
    ])
  })

  it('is taken with the short name too, and in another case of the login', async () => {
    for (const username of ['ada', 'ADA@EXAMPLE.COM']) {
      expect((await post('', { username, password: right })).json.status).toBe('SUCCESS')
    }
  })

  it('is asked of an imported hash once, then kept', async () => {
    const hash = { algorithm: 'SHA-256', value: Buffer.from('bad').toString('base64') } as const
    await change({ password: undefined, importedHash: hash, provider: { type: 'IMPORT', name: 'IMPORT' } })
    expectRefused(await signIn(), 'E0000004/credentials-wrong')
    const { createHash } = await import('node:crypto')
    const value = createHash('sha256').update(right).digest('base64')
    await change({ importedHash: { algorithm: 'SHA-256', value }, status: 'ACTIVE' })
    expect((await signIn()).status).toBe(200)
    expect(await stored()).toMatchObject({ provider: { type: 'OKTA' }, importedHash: undefined })
  })

  it('of an administrator with a dead API token is not even looked at', async () => {
    const extras = { token: `00${'x'.repeat(40)}` }
    expectRefused(await signIn(right, {}, extras), 'E0000011/token-unknown')
    expect((await signIn(right, {}, { token: t.token })).status).toBe(200)
  })
})

describe('the wrong password', () => {
  it('and an unknown user look the same', async () => {
    const known = await signIn(wrong)
    expectRefused(known, 'E0000004/credentials-wrong')
    const unknown = await post('', { username: 'nobody@example.com', password: wrong })
    expectRefused(unknown, 'E0000004/credentials-wrong')
    const shown = ({ json }: Called) => ({ ...json, errorId: undefined })
    expect(shown(unknown)).toEqual(shown(known))
    expect(shown(known)).toMatchObject({ errorSummary: 'Authentication failed', errorCauses: [] })
    const [second, first] = [...t.org.events.readBack()]
    expect(first).toMatchObject({
      eventType: 'user.session.start',
      result: 'FAILURE',
      reason: 'INVALID_CREDENTIALS',
      legacyEventType: 'core.user_auth.login_failed',
      actor: { id: ada, alternateId: login },
    })
    expect(second!.actor).toMatchObject({ id: 'unknown', alternateId: 'nobody@example.com' })
  })

  it('locks after the tries that the policy allows; the right one does not help then', async () => {
    policySettings({ maxAttempts: 3 })
    for (let i = 0; i < 2; i++) expectRefused(await signIn(wrong), 'E0000004/credentials-wrong')
    expectRefused(await signIn(wrong), 'E0000004/user-locked-out')
    expect((await stored()).status).toBe('LOCKED_OUT')
    expect(events().at(-1)).toBe('user.account.lock FAILURE LOCKED_OUT')
    expectRefused(await signIn(), 'E0000004/user-locked-out')
    expect((await t.call(`POST /api/v1/users/${ada}/lifecycle/unlock`)).status).toBe(200)
    expect((await signIn()).status).toBe(200)
  })

  it('is forgotten after a right one', async () => {
    policySettings({ maxAttempts: 2 })
    for (const password of [wrong, right, wrong]) await signIn(password)
    expect((await stored()).status).toBe('ACTIVE')
  })

  it('never locks where the policy says 0', async () => {
    policySettings({ maxAttempts: 0 })
    for (let i = 0; i < 15; i++) await signIn(wrong)
    expect((await signIn()).status).toBe(200)
  })

  it('locks exactly once when many come at the same moment', async () => {
    policySettings({ maxAttempts: 5 })
    await Promise.all(Array.from({ length: 8 }, () => signIn(wrong)))
    expect(events().filter((event) => event.startsWith('user.account.lock'))).toHaveLength(1)
  })
})

describe('a lockout', () => {
  it('is shown with 200 where the policy says so', async () => {
    policySettings({ maxAttempts: 1, showLockoutFailures: true })
    for (const password of [wrong, wrong, right]) {
      const { status, json } = await signIn(password)
      expect([status, json.status, json.sessionToken]).toEqual([200, 'LOCKED_OUT', undefined])
      expect(json._links.next).toMatchObject({ name: 'unlock' })
    }
  })

  it('ends in time by itself', async () => {
    policySettings({ maxAttempts: 1, autoUnlockMinutes: 5 })
    await signIn(wrong)
    t.clock.advance(299)
    expectRefused(await signIn(), 'E0000004/user-locked-out')
    t.clock.advance(1)
    expect((await t.call(`GET /api/v1/users/${ada}`)).json.status).toBe('ACTIVE')
    expect((await signIn()).status).toBe(200)
  })

  it('that is newer than its job stays', async () => {
    policySettings({ maxAttempts: 1, autoUnlockMinutes: 5 })
    await signIn(wrong)
    t.clock.advance(60)
    await t.call(`POST /api/v1/users/${ada}/lifecycle/unlock`)
    await signIn(wrong)
    t.clock.advance(245)
    expectRefused(await signIn(), 'E0000004/user-locked-out')
    t.clock.advance(60)
    expect((await signIn()).status).toBe(200)
  })

  it('follows the password policy of the user', async () => {
    const [policy] = (await t.call('GET /api/v1/policies?type=PASSWORD')).json
    await t.call(`PUT /api/v1/policies/${policy.id}`, {
      type: 'PASSWORD',
      name: 'Default Policy',
      settings: { password: { lockout: { maxAttempts: 1, showLockoutFailures: true } } },
    })
    expect((await signIn(wrong)).json.status).toBe('LOCKED_OUT')
  })

  it('is ended by the user where the policy allows it', async () => {
    policySettings({ maxAttempts: 1 })
    await signIn(wrong)
    const unlock = (extras?: CallExtras) => post('/recovery/unlock', { username: login, factorType: 'EMAIL' }, extras)
    const trusted = { token: t.token }
    expectRefused(await unlock(trusted), 'E0000032/self-service-unlock-off', 403)
    const silent = await unlock()
    expect([silent.status, t.org.inbox.list()]).toEqual([200, []])
    await changeRule('PASSWORD', { selfServiceUnlock: { access: 'ALLOW' } })
    expect((await unlock()).json).toMatchObject({ status: 'RECOVERY_CHALLENGE', recoveryType: 'UNLOCK' })
    const [mail] = t.org.inbox.list(login)
    const done = await post('/recovery/token', { recoveryToken: mail!.code })
    expect(done.json).toEqual({ status: 'SUCCESS', recoveryType: 'UNLOCK' })
    expectRefused(await unlock(trusted), 'E0000032/user-not-locked-out', 403)
    expect((await signIn()).status).toBe(200)
  })
})

describe('a status that does not sign in', () => {
  it.each(['SUSPENDED', 'STAGED', 'PROVISIONED', 'RECOVERY'] as const)('%s', async (status) => {
    await change({ status })
    expectRefused(await signIn(), 'E0000004/status-forbids-sign-in')
    expectRefused(await signIn(wrong), 'E0000004/credentials-wrong')
  })

  it('DEPROVISIONED, whose password is gone', async () => {
    await t.call(`POST /api/v1/users/${ada}/lifecycle/deactivate`)
    expectRefused(await signIn(), 'E0000004/credentials-wrong')
  })
})

describe('an expired password', () => {
  beforeEach(() => change({ status: 'PASSWORD_EXPIRED' }))

  const expired = async () => (await signIn(right, { relayState: 'r' })).json
  const changeIt = (stateToken: string, oldPassword = right, newPassword = next) =>
    post('/credentials/change_password', { stateToken, oldPassword, newPassword })

  it('has to be changed; then the sign-in goes on', async () => {
    const json = await expired()
    expect(json).toMatchObject({
      status: 'PASSWORD_EXPIRED',
      relayState: 'r',
      _embedded: { user: { id: ada }, policy: { complexity: { minLength: 8 } } },
      _links: { next: { name: 'changePassword' }, cancel: {} },
    })
    const done = await changeIt(json.stateToken)
    expect(done.json).toMatchObject({ status: 'SUCCESS', relayState: 'r' })
    expect((await stored()).status).toBe('ACTIVE')
    expect((await signIn(next)).status).toBe(200)
    expectRefused(await changeIt(json.stateToken, next, 'Third-Horse-11'), 'E0000011/state-token-dead')
  })

  it('is not changed with the wrong old or a weak new one', async () => {
    const { stateToken } = await expired()
    expectRefused(await changeIt(stateToken, wrong), 'E0000014/old-password-wrong', 403)
    const weak = await changeIt(stateToken, right, 'abc')
    expectRefused(weak, 'E0000014/new-password-weak', 403)
    expect(weak.json.errorCauses[0].errorSummary).toMatch(/^Password requirements were not met/)
    expectRefused(await changeIt(stateToken, right, right), 'E0000014/new-password-weak', 403)
    expect((await stored()).status).toBe('PASSWORD_EXPIRED')
    expect((await changeIt(stateToken)).status).toBe(200)
  })

  it('shows what the policy of the user demands', async () => {
    const shown = async () => (await signIn()).json._embedded.policy
    expect(await shown()).toEqual({
      expiration: { passwordExpireDays: 0 },
      complexity: {
        minLength: 8,
        minLowerCase: 1,
        minUpperCase: 1,
        minNumber: 1,
        minSymbol: 0,
        excludeUsername: true,
      },
      age: { minAgeMinutes: 0, historyCount: 4 },
    })
    const [policy] = (await t.call('GET /api/v1/policies?type=PASSWORD')).json
    const complexity = {
      minLength: 12,
      minLowerCase: 0,
      minUpperCase: 0,
      minNumber: 0,
      minSymbol: 1,
      excludeUsername: false,
    }
    const age = { minAgeMinutes: 60, historyCount: 7 }
    await t.call(`PUT /api/v1/policies/${policy.id}`, {
      type: 'PASSWORD',
      name: 'Default Policy',
      settings: { password: { complexity, age } },
    })
    expect(await shown()).toEqual({ expiration: { passwordExpireDays: 0 }, complexity, age })
  })

  it('expires by its age too, and a caller who asks is warned before', async () => {
    await change({ status: 'ACTIVE', passwordChangedAt: t.clock.now() })
    const [policy] = (await t.call('GET /api/v1/policies?type=PASSWORD')).json
    await t.call(`PUT /api/v1/policies/${policy.id}`, {
      type: 'PASSWORD',
      name: 'Default Policy',
      settings: { password: { age: { maxAgeDays: 10, expireWarnDays: 3 } } },
    })
    const options = { warnBeforePasswordExpired: true }
    expect((await signIn(right, { options })).json.status).toBe('SUCCESS')
    t.clock.advance(8 * 86_400)
    expect((await signIn()).json.status).toBe('SUCCESS')
    const warned = await signIn(right, { options })
    expect(warned.json).toMatchObject({
      status: 'PASSWORD_WARN',
      _embedded: { policy: { expiration: { passwordExpireDays: 2 } } },
    })
    expect((await post('/skip', { stateToken: warned.json.stateToken })).json.status).toBe('SUCCESS')
    t.clock.advance(2 * 86_400)
    // Nobody looks before it is used (documented).
    expect((await stored()).status).toBe('ACTIVE')
    expect((await signIn()).json.status).toBe('PASSWORD_EXPIRED')
    expect(await stored()).toMatchObject({ status: 'PASSWORD_EXPIRED', statusChangedAt: t.clock.now() })
  })
})

describe('a state token', () => {
  let stateToken: string
  beforeEach(async () => {
    await change({ status: 'PASSWORD_EXPIRED' })
    stateToken = (await signIn(right, { relayState: 'r' })).json.stateToken
  })

  it('reads where the sign-in stands', async () => {
    expect((await post('', { stateToken })).json).toMatchObject({ status: 'PASSWORD_EXPIRED', stateToken })
  })

  it('is dead once cancelled', async () => {
    expect((await post('/cancel', { stateToken })).json).toEqual({ relayState: 'r' })
    for (const path of ['', '/cancel', '/skip', '/previous']) {
      expectRefused(await post(path, { stateToken }), 'E0000011/state-token-dead')
    }
  })

  it('dies after five minutes', async () => {
    t.clock.advance(301)
    expectRefused(await post('', { stateToken }), 'E0000011/state-token-dead')
  })

  it('dies with its user', async () => {
    for (let i = 0; i < 2; i++) await t.call(`DELETE /api/v1/users/${ada}`)
    expectRefused(await post('', { stateToken }), 'E0000011/state-token-dead')
  })

  it.each(['LOCKED_OUT', 'SUSPENDED', 'DEPROVISIONED'] as const)(
    'leads nowhere for who is %s by now',
    async (status) => {
      await change({ status })
      const step = { stateToken, oldPassword: right, newPassword: next }
      expectRefused(await post('/credentials/change_password', step), 'E0000011/state-token-dead')
      await change({ status: 'PASSWORD_EXPIRED' })
      expect((await post('/credentials/change_password', step)).json.status).toBe('SUCCESS')
    },
  )

  it.each([
    ['/skip', {}],
    ['/previous', {}],
    ['/credentials/reset_password', { newPassword: next }],
    ['/recovery/answer', { answer: 'x' }],
  ])('does not allow %s at this step', async (path, more) => {
    expectRefused(await post(path, { stateToken, ...more }), 'E0000079/step-not-allowed', 403)
  })

  it.each(['00nobody', '', null, 7, 'x'.repeat(5000), '\u0000', '__proto__'])('%j is refused', async (value) => {
    const answer = await post('', { stateToken: value })
    expect([400, 401]).toContain(answer.status)
    expect(['E0000001', 'E0000011']).toContain(answer.json.errorCode)
  })
})

describe('the sign-on policy', () => {
  it('denies by network zone', async () => {
    const zone = await t.call('POST /api/v1/zones', {
      type: 'IP',
      name: 'Office',
      gateways: [{ type: 'CIDR', value: '198.51.100.0/24' }],
    })
    await addRule({
      conditions: { network: { connection: 'ZONE', exclude: [zone.json.id] } },
      actions: { signon: { access: 'DENY' } },
    })
    const from = (address: string) => signIn(right, {}, { headers: { 'x-forwarded-for': address } })
    expectRefused(await from('203.0.113.9'), 'E0000004/sign-on-policy-denies')
    const log = [...t.org.events.readBack()].find((event) => event.eventType === 'policy.evaluate_sign_on')
    expect(log).toMatchObject({ result: 'DENY', reason: 'Sign-on policy evaluation resulted in DENY' })
    expect(log!.targets.map((target) => [target.type, target.displayName])).toEqual([
      ['PolicyEntity', 'Strict'],
      ['PolicyRule', 'Rule'],
    ])
    expect((await from('198.51.100.7')).json.status).toBe('SUCCESS')
  })

  it('is not asked for whoever has the wrong password', async () => {
    await addRule({ actions: { signon: { access: 'DENY' } } })
    expectRefused(await signIn(wrong), 'E0000004/credentials-wrong')
  })

  it('that wants a factor gets the user to enroll one', async () => {
    await addRule({ actions: { signon: { access: 'ALLOW', requireFactor: true, factorPromptMode: 'ALWAYS' } } })
    const { status, json } = await signIn()
    expect([status, json.status, json._embedded.factors]).toEqual([200, 'MFA_ENROLL', []])
    expect(json.stateToken).toMatch(/^00/)
    expect(json.sessionToken).toBeUndefined()
    expect(events().at(-1)).toBe('policy.evaluate_sign_on CHALLENGE Sign-on policy evaluation resulted in CHALLENGE')
  })

  it('that wants a factor which may not be enrolled refuses', async () => {
    const policy = await addRule({
      actions: { signon: { access: 'ALLOW', requireFactor: true, factorPromptMode: 'ALWAYS' } },
    })
    await changeRule('MFA_ENROLL', { enroll: { self: 'NEVER' } })
    expectRefused(await signIn(), 'E0000004/second-factor-demanded')
    await t.call(`POST /api/v1/policies/${policy}/lifecycle/deactivate`)
    expect((await signIn()).json.status).toBe('SUCCESS')
  })

  it('of other people does not count', async () => {
    await addRule({ conditions: { people: { users: { exclude: [ada] } } }, actions: { signon: { access: 'DENY' } } })
    expect((await signIn()).json.status).toBe('SUCCESS')
  })
})

describe('a forgotten password', () => {
  const question = { question: 'First machine?', answer: 'Difference Engine' }
  const forget = (more: object = {}, extras?: CallExtras) =>
    post('/recovery/password', { username: login, factorType: 'EMAIL', relayState: 'r', ...more }, extras)
  const code = () => t.org.inbox.list(login)[0]!.code!
  const verify = (recoveryToken: string) => post('/recovery/token', { recoveryToken })

  it('is recovered by mail, question and a new one', async () => {
    await t.call(`POST /api/v1/users/${ada}`, { credentials: { recovery_question: question } })
    const asked = await forget()
    expect(asked.json).toEqual({
      status: 'RECOVERY_CHALLENGE',
      factorResult: 'WAITING',
      factorType: 'EMAIL',
      recoveryType: 'PASSWORD',
      relayState: 'r',
    })
    const recovery = await verify(code())
    expect(recovery.json).toMatchObject({
      status: 'RECOVERY',
      recoveryType: 'PASSWORD',
      _embedded: { user: { recovery_question: { question: question.question } } },
      _links: { next: { name: 'answer' } },
    })
    const { stateToken } = recovery.json
    expectRefused(await post('/recovery/answer', { stateToken, answer: 'no' }), 'E0000087/answer-wrong', 403)
    const reset = await post('/recovery/answer', { stateToken, answer: 'difference engine' })
    expect(reset.json).toMatchObject({ status: 'PASSWORD_RESET', _links: { next: { name: 'resetPassword' } } })
    expectRefused(
      await post('/credentials/reset_password', { stateToken, newPassword: 'abc' }),
      'E0000014/new-password-weak',
      403,
    )
    const done = await post('/credentials/reset_password', { stateToken, newPassword: next })
    expect(done.json.status).toBe('SUCCESS')
    expect((await signIn(next)).status).toBe(200)
  })

  it('needs no question where there is none', async () => {
    await forget()
    expect((await verify(code())).json.status).toBe('PASSWORD_RESET')
  })

  it('has a token that works once and for an hour', async () => {
    await forget()
    const first = code()
    await forget()
    const second = code()
    expectRefused(await verify(first), 'E0000011/recovery-token-dead')
    expect((await verify(second)).status).toBe(200)
    expectRefused(await verify(second), 'E0000011/recovery-token-dead')
    await forget()
    t.clock.advance(3601)
    expectRefused(await verify(code()), 'E0000011/recovery-token-dead')
    expectRefused(await verify('nonsense'), 'E0000011/recovery-token-dead')
  })

  it('tells nobody who exists, but a trusted app', async () => {
    const unknown = { username: 'nobody@example.com' }
    expect((await forget(unknown)).json).toEqual((await forget()).json)
    expectRefused(await forget(unknown, { token: t.token }), 'E0000095/user-unknown', 403)
    await change({ status: 'SUSPENDED' })
    const before = t.org.inbox.list().length
    expect((await forget()).status).toBe(200)
    expect(t.org.inbox.list()).toHaveLength(before)
    expectRefused(await forget({}, { token: t.token }), 'E0000034/user-cannot-recover', 403)
  })

  it('is handed to a trusted app as a token', async () => {
    const { json } = await post('/recovery/password', { username: login }, { token: t.token })
    expect(json).toMatchObject({ status: 'RECOVERY', recoveryType: 'PASSWORD' })
    expect((await verify(json.recoveryToken)).json.status).toBe('PASSWORD_RESET')
  })

  it('is handed to nobody who may not set the password', async () => {
    const sam = await t.makeAdmin('sam@example.com', 'SUPER_ADMIN')
    const asked = (username: string, token: string) => post('/recovery/password', { username }, { token })
    const plain = await t.makeAdmin('plain@example.com')
    const reader = await t.makeAdmin('reader@example.com', 'READ_ONLY_ADMIN')
    const desk = await t.makeAdmin('desk@example.com', 'HELP_DESK_ADMIN')
    for (const { token } of [plain, reader]) {
      expectRefused(await asked(login, token), 'E0000006/role-lacks-permission', 403)
      expect((await post('/recovery/password', { username: login, factorType: 'EMAIL' }, { token })).status).toBe(200)
    }
    expect((await asked(login, desk.token)).json.recoveryToken).toEqual(expect.any(String))
    expectRefused(await asked('sam@example.com', desk.token), 'E0000006/super-admin-required', 403)
    expect((await t.org.state.load(users, sam.userId))?.value.oneTimeToken).toBeUndefined()
    await change({ status: 'LOCKED_OUT' })
    await changeRule('PASSWORD', { selfServiceUnlock: { access: 'ALLOW' } })
    const unlock = (token: string) => post('/recovery/unlock', { username: login }, { token })
    expectRefused(await unlock(plain.token), 'E0000006/role-lacks-permission', 403)
    expect((await unlock(desk.token)).json.recoveryToken).toEqual(expect.any(String))
  })

  it('stays so where the policy allows no recovery', async () => {
    await changeRule('PASSWORD', { selfServicePasswordReset: { access: 'DENY' } })
    expectRefused(await forget({}, { token: t.token }), 'E0000034/self-service-recovery-off', 403)
  })

  it('that an administrator has reset needs no question', async () => {
    await t.call(`POST /api/v1/users/${ada}`, { credentials: { recovery_question: question } })
    await t.call(`POST /api/v1/users/${ada}/lifecycle/reset_password?sendEmail=true`)
    const { json } = await verify(code())
    expect(json.status).toBe('PASSWORD_RESET')
    await post('/credentials/reset_password', { stateToken: json.stateToken, newPassword: next })
    expect((await stored()).status).toBe('ACTIVE')
  })
})

describe('an activation token', () => {
  it('lets a new user set a password', async () => {
    const profile = { login: 'bob@example.com', email: 'bob@example.com', firstName: 'Bob', lastName: 'New' }
    await t.call('POST /api/v1/users?activate=true', { profile })
    const [mail] = t.org.inbox.list('bob@example.com')
    const begun = await post('', { token: mail!.code })
    expect(begun.json).toMatchObject({ status: 'PASSWORD_RESET', recoveryType: 'ACCOUNT_ACTIVATION' })
    expectRefused(await post('', { token: mail!.code }), 'E0000004/activation-token-dead')
    const done = await post('/credentials/reset_password', { stateToken: begun.json.stateToken, newPassword: right })
    expect(done.json.status).toBe('SUCCESS')
    expect((await post('', { username: 'bob', password: right })).json.status).toBe('SUCCESS')
  })

  it('is no recovery token, and a recovery token is no activation token', async () => {
    await post('/recovery/password', { username: login, factorType: 'EMAIL' })
    expectRefused(await post('', { token: t.org.inbox.list(login)[0]!.code }), 'E0000004/activation-token-dead')
  })
})

describe('what is sent', () => {
  it('names user and password', async () => {
    for (const body of [{}, { username: login }, { password: right }, { username: '', password: null }]) {
      const { status, json } = await post('', body)
      expect([status, json.errorSummary, json.errorCauses]).toEqual([
        400,
        'Api validation failed: authRequest',
        [{ errorSummary: "The 'username' and 'password' attributes are required in this context." }],
      ])
    }
  })

  it.each(['[]', '"x"', '{"username":{},"password":"x"}', '{"username":[],"password":"x"}', '', '{', 'null'])(
    '%s is not read',
    async (body) => {
      const { status, json } = await post('', body)
      expect([status, json.errorCode]).toEqual([400, 'E0000003'])
    },
  )

  it.each(['x'.repeat(10_000), '\u0000', '\u{1f600}', '__proto__', "' or 1=1", '\ud800'])(
    'name and password %j are nobody',
    async (text) => {
      expectRefused(await post('', { username: text, password: text }), 'E0000004/credentials-wrong')
      expectRefused(await signIn(text), 'E0000004/credentials-wrong')
    },
  )

  it('may name an app that exists', async () => {
    expectRefused(await signIn(right, { audience: '0oaNone' }), 'E0000001/audience-unknown', 400)
  })

  it('goes on in read-only mode', async () => {
    t.org.changeSettings({ readOnly: true })
    expect((await signIn()).status).toBe(200)
    expectRefused(await post('/recovery/password', { username: login }), 'E0000010/org-read-only', 503)
  })
})

describe('a user name', () => {
  it('is tried at most four times a second, while limits are on', async () => {
    for (let i = 0; i < 6; i++) expect((await signIn()).status).toBe(200)
    t.org.changeSettings({ rateLimits: { edition: 'workforce' } })
    for (let i = 0; i < 4; i++) expect((await signIn()).status).toBe(200)
    const refused = await signIn()
    expectRefused(refused, 'E0000047/user-limit-used-up', 429)
    expect([refused.headers.get('x-rate-limit-limit'), refused.headers.get('x-rate-limit-remaining')]).toEqual([
      '4',
      '0',
    ])
    expect(events().at(-1)).toBe('user.session.start FAILURE user_rate_limited')
    expectRefused(await post('', { username: 'other', password: wrong }), 'E0000004/credentials-wrong')
    t.clock.advance(1)
    expect((await signIn()).status).toBe(200)
  })

  it('counts each password that was compared, also of tries at the same moment', async () => {
    t.org.changeSettings({ rateLimits: { edition: 'workforce' } })
    const tries = await Promise.all(Array.from({ length: 10 }, () => signIn(wrong)))
    expect(tries.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 429, 429, 429, 429, 429, 429])
    expect((await stored()).failedLogins).toBe(4)
  })
})

it('no secret is kept in clear', async () => {
  const { json } = await signIn()
  const kept = JSON.stringify(await t.org.state.scan(sessionTokens))
  expect(kept).not.toContain(json.sessionToken)
})
