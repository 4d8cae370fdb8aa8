import { describe, expect, test } from 'vitest'
import { type User, users } from '../../entities/user.ts'
import { put } from '../../state/state.ts'
import { type Called, type TestOrg, testOrg } from '../../testing.ts'
import { ada, says } from './testing.ts'

const credentials = {
  password: { value: 'Correct-Horse-9' },
  recovery_question: { question: 'First machine?', answer: 'Difference Engine' },
}

async function make(t: TestOrg, change: Partial<User> = {}): Promise<string> {
  const id = (await t.call('POST /api/v1/users', { profile: ada, credentials })).json.id
  const stored = (await t.org.state.load(users, id))!
  await t.org.state.change([put(users, id, { ...stored.value, ...change }, stored)])
  return id
}

const secret = (t: TestOrg, id: string, what: string, body?: unknown) =>
  t.call(`POST /api/v1/users/${id}/credentials/${what}`, body)
const change = (t: TestOrg, id: string, from: string, to: string) =>
  secret(t, id, 'change_password', { oldPassword: { value: from }, newPassword: { value: to } })
const brief = (t: TestOrg, answer: Called) => [answer.status, t.lastCause()]

describe('change_password', () => {
  test('the old one opens it once; the answer shows what is there and no secret', async () => {
    const t = await testOrg()
    const id = await make(t)
    t.clock.advance(60)
    const changed = await change(t, id, 'Correct-Horse-9', 'Another-Horse-10')
    expect(changed.json).toEqual({
      password: {},
      recovery_question: { question: 'First machine?' },
      provider: { type: 'OKTA', name: 'OKTA' },
    })
    expect((await t.call(`GET /api/v1/users/${id}`)).json.passwordChanged).toBe('2026-11-20T10:01:00.000Z')
    const again = await change(t, id, 'Correct-Horse-9', 'Third-Horse-11')
    expect(brief(t, again)).toEqual([403, 'E0000014/old-password-wrong'])
    expect([again.json.errorSummary, says(again)]).toEqual([
      'Update of credentials failed',
      ['oldPassword: The credentials provided were incorrect.'],
    ])
    expect([...t.org.events.read()].at(-1)?.eventType).toBe('user.account.update_password')
  })

  test.each([
    ['short', 'aB3'],
    ['without a digit', 'Correct-Horse'],
    ['without a capital', 'correct-horse-9'],
    ['with a part of the login', 'My-Example-99'],
    ['the present one', 'Correct-Horse-9'],
    ['endless', `aB3${'x'.repeat(100)}`],
  ])('a new one that is %s', async (_, weak) => {
    const t = await testOrg()
    const id = await make(t)
    const refused = await change(t, id, 'Correct-Horse-9', weak)
    expect(brief(t, refused)).toEqual([403, 'E0000014/new-password-weak'])
    expect(says(refused)[0]).toMatch(/^Password requirements were not met\. Password requirements: at least 8 char/)
  })

  test('the last four may not come back, the one before them may', async () => {
    const t = await testOrg()
    const id = await make(t)
    let present = 'Correct-Horse-9'
    for (const next of ['Next-Horse-1', 'Next-Horse-2', 'Next-Horse-3']) {
      expect((await change(t, id, present, next)).status).toBe(200)
      present = next
    }
    expect(brief(t, await change(t, id, present, 'Correct-Horse-9'))).toEqual([403, 'E0000014/new-password-weak'])
    await change(t, id, present, 'Next-Horse-4')
    expect((await change(t, id, 'Next-Horse-4', 'Correct-Horse-9')).status).toBe(200)
  })

  test('statuses and providers that do not allow it: E0000035, before the old one is looked at', async () => {
    for (const [part, cause] of [
      [{ status: 'SUSPENDED' }, 'user-cannot-change-password'],
      [{ status: 'LOCKED_OUT' }, 'user-cannot-change-password'],
      [{ provider: { type: 'LDAP', name: 'corp' } }, 'no-okta-password'],
      [{ password: undefined }, 'no-okta-password'],
    ] as const) {
      const t = await testOrg()
      const id = await make(t, part)
      const refused = await change(t, id, 'wrong', 'Another-Horse-10')
      expect(brief(t, refused)).toEqual([403, `E0000035/${cause}`])
      expect(refused.json.errorSummary).toBe('Change password not allowed on specified user.')
    }
  })

  test('ends RECOVERY and PASSWORD_EXPIRED, leaves STAGED', async () => {
    for (const [from, to] of [
      ['RECOVERY', 'ACTIVE'],
      ['PASSWORD_EXPIRED', 'ACTIVE'],
      ['STAGED', 'STAGED'],
    ] as const) {
      const t = await testOrg()
      const id = await make(t, { status: from })
      await change(t, id, 'Correct-Horse-9', 'Another-Horse-10')
      expect((await t.call(`GET /api/v1/users/${id}`)).json.status).toBe(to)
    }
  })

  test('of many who change it at the same moment with the old one, one does', async () => {
    const t = await testOrg()
    const id = await make(t)
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => change(t, id, 'Correct-Horse-9', `Racing-Horse-${i}`)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(11).fill(403)])
  })

  test.each([
    [{}, 'E0000001', ['oldPassword: The field cannot be left blank', 'newPassword: The field cannot be left blank']],
    [{ oldPassword: { value: 'x' } }, 'E0000001', ['newPassword: The field cannot be left blank']],
    [{ oldPassword: 'x', newPassword: 'y' }, 'E0000003', []],
    [{ oldPassword: { value: 1 }, newPassword: { value: 2 } }, 'E0000003', []],
    [[], 'E0000003', []],
  ])('%j', async (body, code, texts) => {
    const t = await testOrg()
    const id = await make(t)
    const refused = await secret(t, id, 'change_password', body)
    expect([refused.status, refused.json.errorCode, says(refused)]).toEqual([400, code, texts])
  })

  test('odd characters are only a wrong password', async () => {
    const t = await testOrg()
    const id = await make(t)
    for (const odd of ['\u0000', '😀😀😀😀', 'x'.repeat(100_000)]) {
      expect(brief(t, await change(t, id, odd, 'Another-Horse-10'))).toEqual([403, 'E0000014/old-password-wrong'])
    }
  })
})

describe('change_recovery_question', () => {
  const body = (password: string) => ({
    password: { value: password },
    recovery_question: { question: 'Which river?', answer: 'the quiet one' },
  })

  test('with the password it changes, without it does not', async () => {
    const t = await testOrg()
    const id = await make(t)
    expect(brief(t, await secret(t, id, 'change_recovery_question', body('wrong')))).toEqual([
      403,
      'E0000014/old-password-wrong',
    ])
    const changed = await secret(t, id, 'change_recovery_question', body('Correct-Horse-9'))
    expect(changed.json.recovery_question).toEqual({ question: 'Which river?' })
  })

  test('E0000036 by status and without a password', async () => {
    for (const [part, cause] of [
      [{ status: 'SUSPENDED' }, 'user-cannot-change-question'],
      [{ status: 'PASSWORD_EXPIRED' }, 'user-cannot-change-question'],
      [{ password: undefined }, 'no-password-to-check'],
    ] as const) {
      const t = await testOrg()
      const id = await make(t, part)
      expect(brief(t, await secret(t, id, 'change_recovery_question', body('Correct-Horse-9')))).toEqual([
        403,
        `E0000036/${cause}`,
      ])
    }
  })

  test('question and answer are needed', async () => {
    const t = await testOrg()
    const id = await make(t)
    const refused = await secret(t, id, 'change_recovery_question', { password: { value: 'x' } })
    expect(says(refused)).toEqual([
      'question: The field cannot be left blank',
      'answer: The field cannot be left blank',
    ])
  })
})

describe('forgot_password', () => {
  test('hands out a link or mails it, and leaves the status', async () => {
    const t = await testOrg()
    const id = await make(t)
    const { json } = await secret(t, id, 'forgot_password?sendEmail=false')
    expect(json.resetPasswordUrl).toMatch(new RegExp(`^${t.org.baseUrl}/signin/reset-password/\\w{20}$`))
    expect((await secret(t, id, 'forgot_password')).json).toEqual({})
    expect(t.org.inbox.list('ada@example.com')[0]?.about).toBe('forgot-password')
    expect((await t.call(`GET /api/v1/users/${id}`)).json.status).toBe('ACTIVE')
  })

  test('E0000034 by status, provider, and without a question', async () => {
    for (const [part, cause, text] of [
      [{ status: 'STAGED' }, 'user-cannot-recover', ["Forgot password is not allowed in the user's current status"]],
      [{ recoveryQuestion: undefined }, 'no-recovery-question', ['Recovery credential not set.']],
      [
        { provider: { type: 'SOCIAL', name: 'x' } },
        'password-kept-elsewhere',
        ['The password of this user is managed by SOCIAL.'],
      ],
    ] as const) {
      const t = await testOrg()
      const id = await make(t, part)
      for (const [what, body] of [
        ['forgot_password'],
        ['forgot_password_recovery_question', { password: { value: 'x' }, recovery_question: { answer: 'x' } }],
      ] as const) {
        const refused = await secret(t, id, what, body)
        expect([...brief(t, refused), says(refused)]).toEqual([403, `E0000034/${cause}`, text])
      }
    }
  })

  test('the answer to the question sets a new password; case does not count', async () => {
    const t = await testOrg()
    const id = await make(t)
    const recover = (answer: string, value = 'Another-Horse-10') =>
      secret(t, id, 'forgot_password_recovery_question', { password: { value }, recovery_question: { answer } })
    const wrong = await recover('analytical engine')
    expect([...brief(t, wrong), says(wrong)]).toEqual([
      403,
      'E0000014/recovery-answer-wrong',
      ['The recovery question answer did not match our records.'],
    ])
    expect(brief(t, await recover('difference engine', 'abc'))).toEqual([403, 'E0000014/new-password-weak'])
    expect(brief(t, await recover(''))).toEqual([400, 'E0000001/required-field-missing'])
    expect((await recover('difference engine')).json.password).toEqual({})
    expect((await change(t, id, 'Another-Horse-10', 'Third-Horse-11')).status).toBe(200)
  })
})

describe('what an administrator does', () => {
  test('reset_password hands out a link or mails it', async () => {
    const t = await testOrg()
    const id = await make(t)
    const { json } = await t.call(`POST /api/v1/users/${id}/lifecycle/reset_password?sendEmail=false`)
    expect(Object.keys(json)).toEqual(['resetPasswordUrl'])
    expect((await t.call(`POST /api/v1/users/${id}/lifecycle/reset_password?sendEmail=true`)).json).toEqual({})
    expect(t.org.inbox.list('ada@example.com')[0]?.about).toBe('password-reset')
  })

  test('reset_password of who signs in at a directory is E0000017', async () => {
    const t = await testOrg()
    const id = await make(t, { provider: { type: 'LDAP', name: 'x' } })
    expect(brief(t, await t.call(`POST /api/v1/users/${id}/lifecycle/reset_password?sendEmail=false`))).toEqual([
      403,
      'E0000017/user-cannot-reset',
    ])
  })

  test('reset_password makes a federated user one of the org, and with provider=FEDERATION the other way round', async () => {
    const t = await testOrg()
    const id = await make(t)
    const reset = (query: string) => t.call(`POST /api/v1/users/${id}/lifecycle/reset_password?${query}`)
    expect(brief(t, await reset('provider=FEDERATION&sendEmail=true'))).toEqual([400, 'E0000001/value-invalid'])
    expect((await reset('provider=FEDERATION&sendEmail=false')).json).toEqual({})
    const away = (await t.call(`GET /api/v1/users/${id}`)).json
    expect([away.status, away.credentials]).toEqual([
      'ACTIVE',
      { provider: { type: 'FEDERATION', name: 'FEDERATION' } },
    ])
    expect(brief(t, await t.call(`POST /api/v1/users/${id}/lifecycle/expire_password`))).toEqual([
      403,
      'E0000038/no-password-to-expire',
    ])
    expect((await reset('sendEmail=false')).json.resetPasswordUrl).toMatch(/\d\/reset_password\/\w{20}$/)
    const back = (await t.call(`GET /api/v1/users/${id}`)).json
    expect([back.status, back.credentials]).toEqual(['RECOVERY', { provider: { type: 'OKTA', name: 'OKTA' } }])
  })

  test('expire_password shows the user, the other one a temporary password that works and meets the policy', async () => {
    const t = await testOrg({ settings: { passwordPolicy: { minLength: 20 } } })
    const made = await t.call('POST /api/v1/users', {
      profile: ada,
      credentials: { password: { value: 'Correct-Horse-9-Battery' } },
    })
    const { id } = made.json
    const shown = (await t.call(`POST /api/v1/users/${id}/lifecycle/expire_password`)).json
    expect([shown.status, '_links' in shown]).toEqual(['PASSWORD_EXPIRED', true])
    const { tempPassword } = (await t.call(`POST /api/v1/users/${id}/lifecycle/expire_password_with_temp_password`))
      .json
    expect(tempPassword).toHaveLength(20)
    expect((await change(t, id, tempPassword, 'Another-Horse-10-Staple')).status).toBe(200)
  })

  test('a temporary password takes the place of a reset, whose link is dead then', async () => {
    const t = await testOrg()
    const id = await make(t)
    const { resetPasswordUrl } = (await t.call(`POST /api/v1/users/${id}/lifecycle/reset_password?sendEmail=false`))
      .json
    expect((await t.call(`POST /api/v1/users/${id}/lifecycle/expire_password_with_temp_password`)).status).toBe(200)
    expect((await t.call(`GET /api/v1/users/${id}`)).json.status).toBe('PASSWORD_EXPIRED')
    const recoveryToken = resetPasswordUrl.split('/').at(-1)
    const opened = await t.call('POST /api/v1/authn/recovery/token', { recoveryToken }, { token: null })
    expect([opened.status, opened.json.errorCode]).toEqual([401, 'E0000011'])
  })
})

describe('wrong secrets are counted together, and lock', () => {
  const limited = () => testOrg({ settings: { passwordPolicy: { maxAttempts: 3, autoUnlockMinutes: 5 } } })
  const question = { question: 'Which river?', answer: 'the quiet one' }
  const recover = (t: TestOrg, id: string, answer: string) =>
    secret(t, id, 'forgot_password_recovery_question', {
      password: { value: 'Another-Horse-10' },
      recovery_question: { answer },
    })
  const statusOf = async (t: TestOrg, id: string) => (await t.call(`GET /api/v1/users/${id}`)).json.status

  test('old passwords, passwords of a question, answers and sign-ins use up one number of tries', async () => {
    const t = await limited()
    const id = await make(t)
    expect(brief(t, await change(t, id, 'wrong', 'Another-Horse-10'))).toEqual([403, 'E0000014/old-password-wrong'])
    const asked = { password: { value: 'wrong' }, recovery_question: question }
    expect(brief(t, await secret(t, id, 'change_recovery_question', asked))).toEqual([
      403,
      'E0000014/old-password-wrong',
    ])
    expect(await statusOf(t, id)).toBe('ACTIVE')
    expect(brief(t, await recover(t, id, 'wrong'))).toEqual([403, 'E0000014/recovery-answer-wrong'])
    expect(await statusOf(t, id)).toBe('LOCKED_OUT')
    expect([...t.org.events.read()].filter((event) => event.eventType === 'user.account.lock')).toHaveLength(1)
    // Now the right ones are refused too, until the lock ends.
    expect(brief(t, await change(t, id, 'Correct-Horse-9', 'Another-Horse-10'))).toEqual([
      403,
      'E0000035/user-cannot-change-password',
    ])
    expect(brief(t, await recover(t, id, 'difference engine'))).toEqual([403, 'E0000034/user-cannot-recover'])
    expect((await t.call(`GET /api/v1/users/${id}/blocks`)).json).toEqual([
      { type: 'DEVICE_BASED', appliesTo: 'ANY_DEVICES' },
    ])
    t.clock.advance(300)
    expect(await statusOf(t, id)).toBe('ACTIVE')
    expect((await t.call(`GET /api/v1/users/${id}/blocks`)).json).toEqual([])
    expect((await recover(t, id, 'difference engine')).status).toBe(200)
  })

  test('a new password begins the count anew', async () => {
    const t = await limited()
    const id = await make(t)
    await change(t, id, 'wrong', 'Another-Horse-10')
    await change(t, id, 'wrong', 'Another-Horse-10')
    expect((await change(t, id, 'Correct-Horse-9', 'Another-Horse-10')).status).toBe(200)
    await change(t, id, 'wrong', 'Third-Horse-11')
    await change(t, id, 'wrong', 'Third-Horse-11')
    expect(await statusOf(t, id)).toBe('ACTIVE')
  })

  test('tries at the same moment are all counted', async () => {
    const t = await limited()
    const id = await make(t)
    const answers = await Promise.all(Array.from({ length: 8 }, () => change(t, id, 'wrong', 'Another-Horse-10')))
    expect(answers.map(({ json }) => json.errorCode).sort()).toEqual([
      ...Array(3).fill('E0000014'),
      ...Array(5).fill('E0000035'),
    ])
    expect((await t.org.state.load(users, id))?.value.failedLogins).toBe(3)
  })

  test('a recovery whose answers are used up ends: nobody guesses on with its token', async () => {
    const t = await limited()
    const id = await make(t)
    await t.call('POST /api/v1/authn/recovery/password', { username: ada.login, factorType: 'EMAIL' }, { token: null })
    const recoveryToken = t.org.inbox.list(ada.email)[0]!.code
    const { stateToken } = (await t.call('POST /api/v1/authn/recovery/token', { recoveryToken }, { token: null })).json
    const answer = (text: string) =>
      t.call('POST /api/v1/authn/recovery/answer', { stateToken, answer: text }, { token: null })
    for (let i = 0; i < 3; i++) expect((await answer('wrong')).json.errorCode).toBe('E0000087')
    expect(await statusOf(t, id)).toBe('LOCKED_OUT')
    expect((await answer('difference engine')).json.errorCode).toBe('E0000011')
  })
})

describe('the age of a password', () => {
  test('strict=true looks at it, and so does an update with strict', async () => {
    const t = await testOrg()
    const id = await make(t)
    const { json: policies } = await t.call('GET /api/v1/policies?type=PASSWORD')
    await t.call(`PUT /api/v1/policies/${policies[0].id}`, {
      type: 'PASSWORD',
      name: policies[0].name,
      settings: { password: { age: { minAgeMinutes: 120 } } },
    })
    const body = { oldPassword: { value: 'Correct-Horse-9' }, newPassword: { value: 'Another-Horse-10' } }
    const strict = () => secret(t, id, 'change_password?strict=true', body)
    const refused = await strict()
    expect(brief(t, refused)).toEqual([403, 'E0000014/password-too-young'])
    expect(says(refused)[0]).toContain('At least 2 hour(s) must have elapsed since you last changed your password.')
    const set = (query: string) =>
      t.call(`POST /api/v1/users/${id}${query}`, { credentials: { password: { value: 'Third-Horse-11' } } })
    expect(brief(t, await set('?strict=true'))).toEqual([400, 'E0000001/password-weak'])
    t.clock.advance(7_200)
    expect((await strict()).status).toBe(200)
    expect((await set('')).status).toBe(200)
  })
})
