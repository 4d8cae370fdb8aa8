import { beforeEach, describe, expect, it } from 'vitest'
import { apps } from '../../entities/app.ts'
import { put } from '../../state/state.ts'
import { type TestOrg, testOrg } from '../../testing.ts'

let t: TestOrg
beforeEach(async () => {
  t = await testOrg()
})

const signOn = (name: string, more: object = {}) => ({ type: 'OKTA_SIGN_ON', name, conditions: null, ...more })
const deny = (name: string, more: object = {}) => ({
  name,
  conditions: { network: { connection: 'ANYWHERE' } },
  actions: { signon: { access: 'DENY' } },
  ...more,
})

async function makePolicy(body: object): Promise<string> {
  const answer = await t.call('POST /api/v1/policies', body)
  expect(answer.status).toBe(200)
  return answer.json.id
}

const named = (rows: { name: string; priority: number }[]) => rows.map(({ name, priority }) => `${name} ${priority}`)

async function listed(type: string): Promise<string[]> {
  return named((await t.call(`GET /api/v1/policies?type=${type}`)).json)
}

describe('every org has', () => {
  it.each([
    ['OKTA_SIGN_ON', ['Default Policy 1']],
    ['PASSWORD', ['Default Policy 1']],
    ['MFA_ENROLL', ['Default Policy 1']],
    ['IDP_DISCOVERY', ['Idp Discovery Policy 1']],
    ['PROFILE_ENROLLMENT', ['Default Policy 1']],
    ['POST_AUTH_SESSION', ['Post Auth Policy 1']],
    ['SESSION_VIOLATION_DETECTION', ['Session Violation Detection Policy 1']],
    ['DEVICE_SIGNAL_COLLECTION', []],
  ])('of %s: %j', async (type, wanted) => {
    expect(await listed(type)).toEqual(wanted)
  })

  it('app sign-in policies, the default of them last', async () => {
    const names = (await listed('ACCESS_POLICY')).map((one) => one.slice(0, -2))
    expect(names.at(-1)).toBe('Default Policy')
    expect(names).toContain('Okta Admin Console')
    expect(names).toContain('Any two factors')
  })
})

describe('a list', () => {
  it('wants a type that exists', async () => {
    const unknown = await t.call('GET /api/v1/policies?type=NOPE')
    expect([unknown.status, unknown.json.errorCode, unknown.json.errorSummary]).toEqual([
      400,
      'E0000002',
      "The request was not valid: 'NOPE' is not a policy type",
    ])
    expect(t.lastCause()).toBe('E0000002/policy-type-unknown')
    const missing = await t.call('GET /api/v1/policies')
    expect([missing.status, missing.json.errorCode]).toEqual([400, 'E0000028'])
  })

  it('is narrowed by status and by how the name begins', async () => {
    await makePolicy(signOn('Contractors', { status: 'INACTIVE' }))
    const inactive = await t.call('GET /api/v1/policies?type=OKTA_SIGN_ON&status=INACTIVE')
    expect(named(inactive.json)).toEqual(['Contractors 1'])
    const begun = await t.call('GET /api/v1/policies?type=OKTA_SIGN_ON&q=contr')
    expect(named(begun.json)).toEqual(['Contractors 1'])
  })

  it('shows rules when asked', async () => {
    const { json } = await t.call('GET /api/v1/policies?type=PASSWORD&expand=rules')
    expect(json[0]._embedded.rules[0]).toMatchObject({ name: 'Default Rule', system: true, type: 'PASSWORD' })
  })
})

describe('a policy', () => {
  it('is made, read, changed and removed', async () => {
    const made = await t.call('POST /api/v1/policies', signOn('Contractors', { description: 'From outside' }))
    expect(made.json).toMatchObject({
      type: 'OKTA_SIGN_ON',
      name: 'Contractors',
      description: 'From outside',
      status: 'ACTIVE',
      priority: 1,
      system: false,
      conditions: null,
    })
    const { id } = made.json
    expect(id).toMatch(/^00p/)
    expect((await t.call(`GET /api/v1/policies/${id}`)).json).toEqual(made.json)
    const changed = await t.call(`PUT /api/v1/policies/${id}`, signOn('Partners'))
    expect(changed.json).toMatchObject({ id, name: 'Partners', description: null })
    expect((await t.call(`DELETE /api/v1/policies/${id}`)).status).toBe(204)
    const gone = await t.call(`GET /api/v1/policies/${id}`)
    expect([gone.status, gone.json.errorSummary]).toEqual([404, `Not found: Resource not found: ${id} (Policy)`])
  })

  it('is switched off and on, with 204', async () => {
    const id = await makePolicy(signOn('Contractors'))
    for (const [word, status] of [
      ['deactivate', 'INACTIVE'],
      ['deactivate', 'INACTIVE'],
      ['activate', 'ACTIVE'],
    ]) {
      expect((await t.call(`POST /api/v1/policies/${id}/lifecycle/${word}`)).status).toBe(204)
      const { json } = await t.call(`GET /api/v1/policies/${id}`)
      expect(json.status).toBe(status)
      expect(Object.keys(json._links)).toContain(status === 'ACTIVE' ? 'deactivate' : 'activate')
    }
  })

  it('takes its place among the others; the default stays last', async () => {
    await makePolicy(signOn('A'))
    await makePolicy(signOn('B', { priority: 1 }))
    const c = await makePolicy(signOn('C', { priority: 99 }))
    expect(await listed('OKTA_SIGN_ON')).toEqual(['B 1', 'A 2', 'C 3', 'Default Policy 4'])
    await t.call(`PUT /api/v1/policies/${c}`, signOn('C', { priority: 1 }))
    expect(await listed('OKTA_SIGN_ON')).toEqual(['C 1', 'B 2', 'A 3', 'Default Policy 4'])
    await t.call(`DELETE /api/v1/policies/${c}`)
    expect(await listed('OKTA_SIGN_ON')).toEqual(['B 1', 'A 2', 'Default Policy 3'])
  })

  it('of an app comes with a catch-all rule, and has no order', async () => {
    const id = await makePolicy({ type: 'ACCESS_POLICY', name: 'Finance', priority: 7 })
    expect(id).toMatch(/^rst/)
    const { json } = await t.call(`GET /api/v1/policies/${id}/rules`)
    expect(json).toMatchObject([{ name: 'Catch-all Rule', priority: 99, system: true, type: 'ACCESS_POLICY' }])
    expect((await t.call(`GET /api/v1/policies/${id}`)).json).toMatchObject({ priority: 1, description: null })
  })

  it('for passwords shows the settings of the org until it has its own', async () => {
    const { json } = await t.call('GET /api/v1/policies?type=PASSWORD')
    expect(json[0].settings.password.lockout).toMatchObject({ maxAttempts: 10, showLockoutFailures: false })
    const settings = { password: { lockout: { maxAttempts: 3 } } }
    const { id } = json[0]
    const changed = await t.call(`PUT /api/v1/policies/${id}`, { type: 'PASSWORD', name: 'Mine', settings })
    expect(changed.json.name).toBe('Default Policy')
    expect(changed.json.settings.password.lockout.maxAttempts).toBe(3)
    expect(changed.json.settings.password.complexity.minLength).toBe(8)
  })

  it('that Okta made is not removed or switched off', async () => {
    const { id } = (await t.call('GET /api/v1/policies?type=OKTA_SIGN_ON')).json[0]
    const [rule] = (await t.call(`GET /api/v1/policies/${id}/rules`)).json
    for (const request of [
      `DELETE /api/v1/policies/${id}`,
      `POST /api/v1/policies/${id}/lifecycle/deactivate`,
      `DELETE /api/v1/policies/${id}/rules/${rule.id}`,
      `POST /api/v1/policies/${id}/rules/${rule.id}/lifecycle/deactivate`,
    ]) {
      const answer = await t.call(request)
      expect([request, answer.status, t.lastCause()]).toEqual([request, 400, 'E0000001/policy-is-system'])
    }
  })

  it('writes events', async () => {
    const id = await makePolicy(signOn('Contractors'))
    await t.call(`POST /api/v1/policies/${id}/rules`, deny('No'))
    await t.call(`DELETE /api/v1/policies/${id}`)
    const types = [...t.org.events.read()].map((event) => event.eventType)
    expect(types).toEqual(['policy.lifecycle.create', 'policy.rule.add', 'policy.lifecycle.delete'])
  })
})

describe('a rule', () => {
  it('is made, read, changed, switched and removed', async () => {
    const policy = await makePolicy(signOn('Contractors'))
    const rules = `/api/v1/policies/${policy}/rules`
    const made = await t.call(`POST ${rules}`, deny('No'))
    expect(made.json).toMatchObject({ type: 'SIGN_ON', name: 'No', priority: 1, status: 'ACTIVE', system: false })
    const { id } = made.json
    expect((await t.call(`GET ${rules}/${id}`)).json).toEqual(made.json)
    const allow = { name: 'Yes', actions: { signon: { access: 'ALLOW' } } }
    expect((await t.call(`PUT ${rules}/${id}`, allow)).json).toMatchObject({
      name: 'Yes',
      actions: allow.actions,
      conditions: made.json.conditions,
    })
    expect((await t.call(`POST ${rules}/${id}/lifecycle/deactivate`)).status).toBe(204)
    expect((await t.call(`GET ${rules}/${id}`)).json.status).toBe('INACTIVE')
    expect((await t.call(`DELETE ${rules}/${id}`)).status).toBe(204)
    const gone = await t.call(`GET ${rules}/${id}`)
    expect(gone.json.errorSummary).toBe(`Not found: Resource not found: ${id} (PolicyRule)`)
  })

  it('belongs to its policy alone', async () => {
    const one = await makePolicy(signOn('One'))
    const other = await makePolicy(signOn('Other'))
    const { id } = (await t.call(`POST /api/v1/policies/${one}/rules`, deny('No'))).json
    expect((await t.call(`GET /api/v1/policies/${other}/rules/${id}`)).status).toBe(404)
  })

  it('of an app sign-in policy counts from 0; one that Okta made changes only its actions', async () => {
    const policy = await makePolicy({ type: 'ACCESS_POLICY', name: 'Finance' })
    const rules = `/api/v1/policies/${policy}/rules`
    const actions = { appSignOn: { access: 'DENY' } }
    expect((await t.call(`POST ${rules}`, { name: 'First', actions })).json).toMatchObject({ priority: 0 })
    expect((await t.call(`POST ${rules}`, { name: 'Before', priority: 0, actions })).json).toMatchObject({
      priority: 0,
    })
    const { json } = await t.call(`GET ${rules}`)
    expect(named(json)).toEqual(['Before 0', 'First 1', 'Catch-all Rule 99'])
    const changed = await t.call(`PUT ${rules}/${json[2].id}`, { name: 'Mine', priority: 1, actions })
    expect(changed.json).toMatchObject({ name: 'Catch-all Rule', priority: 99, actions })
  })
})

describe('what is sent', () => {
  const wide = 'x'.repeat(256)
  it.each([
    [signOn(''), 'required-field-missing', ['name: The field cannot be left blank']],
    [{ name: 'A' }, 'required-field-missing', ['type: The field cannot be left blank']],
    [signOn('A', { type: 'NOPE' }), 'value-invalid', ['type: The field has an invalid value']],
    [signOn(wide), 'value-invalid', ['name: The field is too long; at most 255 characters are allowed']],
    [signOn('\u{1f600}'), 'value-invalid', ['name: The field contains characters that are not supported']],
    [signOn('A', { status: 'ON' }), 'value-invalid', ['status: The field has an invalid value']],
    [signOn('A', { priority: 'first' }), 'value-invalid', ['priority: The field has an invalid value']],
    [
      signOn('A', { conditions: { network: { connection: 'NOWHERE', include: 7 } } }),
      'value-invalid',
      [
        'conditions.network.connection: The field has an invalid value',
        'conditions.network.include: The field has an invalid value',
      ],
    ],
    [
      signOn('A', { conditions: { people: { groups: { include: [{}] } } } }),
      'value-invalid',
      ['conditions.people.groups.include: The field has an invalid value'],
    ],
  ])('%j is refused for a policy', async (body, cause, causes) => {
    const { status, json } = await t.call('POST /api/v1/policies', body)
    expect([status, json.errorCode, t.lastCause()]).toEqual([400, 'E0000001', `E0000001/${cause}`])
    expect(json.errorCauses.map((one: { errorSummary: string }) => one.errorSummary)).toEqual(causes)
    expect(await listed('OKTA_SIGN_ON')).toEqual(['Default Policy 1'])
  })

  it.each([
    ['[]'],
    ['7'],
    ['{"type":"OKTA_SIGN_ON","name":"A","conditions":[]}'],
    ['{"type":"OKTA_SIGN_ON","name":{},"conditions":null}'],
    ['{"type":"OKTA_SIGN_ON","name":"A","conditions":{"people":[]}}'],
    ['{"type":"OKTA_SIGN_ON","name":"A","settings":"none"}'],
    ['{'],
    [''],
  ])('%s is not read', async (body) => {
    const { status, json } = await t.call('POST /api/v1/policies', body)
    expect([status, json.errorCode]).toEqual([400, 'E0000003'])
  })

  it.each([
    [{ name: 'A' }, 'required-field-missing', ['actions.signon.access: The field cannot be left blank']],
    [
      deny('A', { actions: { signon: { access: 'MAYBE' } } }),
      'value-invalid',
      ['actions.signon.access: The field has an invalid value'],
    ],
    [
      deny('A', { actions: { signon: { access: { a: 1 } } } }),
      'value-invalid',
      ['actions.signon.access: The field has an invalid value'],
    ],
  ])('%j is refused for a rule', async (body, cause, causes) => {
    const policy = await makePolicy(signOn('Contractors'))
    const { status, json } = await t.call(`POST /api/v1/policies/${policy}/rules`, body)
    expect([status, t.lastCause()]).toEqual([400, `E0000001/${cause}`])
    expect(json.errorCauses.map((one: { errorSummary: string }) => one.errorSummary)).toEqual(causes)
  })

  const password = (settings: object) => ({ type: 'PASSWORD', name: 'Strict', settings })
  const complexity = (values: object) => password({ password: { complexity: values } })
  const age = (values: object) => password({ password: { age: values } })
  const lockout = (values: object) => password({ password: { lockout: values } })
  const between = (field: string, least: number, most: number) => `${field}: must be between ${least} and ${most}`
  const invalidValue = (field: string) => `${field}: The field has an invalid value`
  it.each([
    [complexity({ minLength: 'twelve' }), [invalidValue('settings.password.complexity.minLength')]],
    [complexity({ minLength: 8.5 }), [invalidValue('settings.password.complexity.minLength')]],
    [complexity({ minLength: 3 }), [between('settings.password.complexity.minLength', 4, 72)]],
    [complexity({ minLength: 73 }), [between('settings.password.complexity.minLength', 4, 72)]],
    [complexity({ minLowerCase: 2 }), [between('settings.password.complexity.minLowerCase', 0, 1)]],
    [
      complexity({ maxConsecutiveCharacters: 0 }),
      [between('settings.password.complexity.maxConsecutiveCharacters', 1, 72)],
    ],
    [complexity({ excludeAttributes: ['nope'] }), [invalidValue('settings.password.complexity.excludeAttributes')]],
    [complexity({ excludeAttributes: [{}] }), [invalidValue('settings.password.complexity.excludeAttributes')]],
    [age({ maxAgeDays: -3 }), [between('settings.password.age.maxAgeDays', 0, 999)]],
    [age({ historyCount: -1 }), [between('settings.password.age.historyCount', 0, 30)]],
    [lockout({ autoUnlockMinutes: -5 }), [between('settings.password.lockout.autoUnlockMinutes', 0, 1_438_560)]],
    [
      lockout({ userLockoutNotificationChannels: ['SMS'] }),
      [invalidValue('settings.password.lockout.userLockoutNotificationChannels')],
    ],
    [
      {
        ...password({ password: { lockout: { maxAttempts: 'x' }, complexity: { minSymbol: -1, minLength: 0 } } }),
        conditions: { authProvider: { provider: 'NOBODY' } },
        priority: 'first',
      },
      [
        invalidValue('priority'),
        invalidValue('conditions.authProvider.provider'),
        between('settings.password.complexity.minLength', 4, 72),
        between('settings.password.complexity.minSymbol', 0, 1),
        invalidValue('settings.password.lockout.maxAttempts'),
      ],
    ],
    [
      { type: 'MFA_ENROLL', name: 'A', settings: { type: 'NOPE', authenticators: [{ enroll: { self: 'MAYBE' } }] } },
      [invalidValue('settings.type'), invalidValue('settings.authenticators.enroll.self')],
    ],
  ])('%j has values that no policy has', async (body, causes) => {
    const { status, json } = await t.call('POST /api/v1/policies', body)
    expect([status, json.errorCode, t.lastCause()]).toEqual([400, 'E0000001', 'E0000001/value-invalid'])
    expect(json.errorCauses.map((one: { errorSummary: string }) => one.errorSummary)).toEqual(causes)
  })

  it.each([
    ['{"password":{"complexity":{"excludeUsername":"yes"}}}'],
    ['{"password":{"complexity":{"dictionary":{"common":{"exclude":"x"}}}}}'],
    ['{"password":{"complexity":{"excludeAttributes":"firstName"}}}'],
    ['{"password":{"complexity":[]}}'],
  ])('settings %s cannot be read', async (settings) => {
    const { status, json } = await t.call(
      'POST /api/v1/policies',
      `{"type":"PASSWORD","name":"A","settings":${settings}}`,
    )
    expect([status, json.errorCode]).toEqual([400, 'E0000003'])
  })

  it('may say a number as text, and what a list shows can be sent back', async () => {
    const made = await t.call('POST /api/v1/policies', complexity({ minLength: '12', maxConsecutiveCharacters: null }))
    expect(made.json.settings.password.complexity.minLength).toBe(12)
    for (const type of [
      'OKTA_SIGN_ON',
      'PASSWORD',
      'MFA_ENROLL',
      'ACCESS_POLICY',
      'IDP_DISCOVERY',
      'PROFILE_ENROLLMENT',
    ]) {
      for (const policy of (await t.call(`GET /api/v1/policies?type=${type}`)).json) {
        expect((await t.call(`PUT /api/v1/policies/${policy.id}`, policy)).status).toBe(200)
        for (const rule of (await t.call(`GET /api/v1/policies/${policy.id}/rules`)).json) {
          const { status, json } = await t.call(`PUT /api/v1/policies/${policy.id}/rules/${rule.id}`, rule)
          expect([status, json.actions]).toEqual([200, rule.actions])
        }
      }
    }
  })

  const session = (values: object) => ({ signon: { access: 'ALLOW', session: values } })
  const verified = (values: object) => ({ appSignOn: { access: 'ALLOW', verificationMethod: values } })
  it.each([
    [
      'OKTA_SIGN_ON',
      session({ maxSessionIdleMinutes: -5 }),
      [between('actions.signon.session.maxSessionIdleMinutes', 0, 1_438_560)],
    ],
    [
      'OKTA_SIGN_ON',
      session({ maxSessionLifetimeMinutes: 90 }),
      ['actions.signon.session.maxSessionLifetimeMinutes: must not be less than maxSessionIdleMinutes'],
    ],
    [
      'OKTA_SIGN_ON',
      { signon: { access: 'ALLOW', factorPromptMode: 'NEVER', primaryFactor: 'SMS' } },
      [invalidValue('actions.signon.factorPromptMode'), invalidValue('actions.signon.primaryFactor')],
    ],
    [
      'OKTA_SIGN_ON',
      { signon: { access: 'ALLOW', requireFactor: true, factorPromptMode: 'SESSION', factorLifetime: 0 } },
      [between('actions.signon.factorLifetime', 1, 1_438_560)],
    ],
    ['PASSWORD', { selfServiceUnlock: { access: 'MAYBE' } }, [invalidValue('actions.selfServiceUnlock.access')]],
    [
      'PASSWORD',
      { passwordChange: { access: 'DENY' }, selfServicePasswordReset: { access: 'ALLOW' } },
      ['actions.selfServicePasswordReset.access: must be DENY where passwordChange is'],
    ],
    [
      'ACCESS_POLICY',
      verified({ factorMode: '3FA', reauthenticateIn: 'PT', constraints: [{ possession: { deviceBound: 'YES' } }] }),
      [
        invalidValue('actions.appSignOn.verificationMethod.factorMode'),
        invalidValue('actions.appSignOn.verificationMethod.reauthenticateIn'),
        invalidValue('actions.appSignOn.verificationMethod.constraints.possession.deviceBound'),
      ],
    ],
  ])('a rule of a policy %s cannot do %j', async (type, actions, causes) => {
    const { id } = (await t.call('POST /api/v1/policies', { type, name: 'Guests' })).json
    const { status, json } = await t.call(`POST /api/v1/policies/${id}/rules`, { name: 'A', actions })
    expect([status, t.lastCause()]).toEqual([400, 'E0000001/value-invalid'])
    expect(json.errorCauses.map((one: { errorSummary: string }) => one.errorSummary)).toEqual(causes)
  })

  it('that asks for a factor says when', async () => {
    const { id } = (await t.call('POST /api/v1/policies', { type: 'OKTA_SIGN_ON', name: 'Guests' })).json
    const actions = { signon: { access: 'ALLOW', requireFactor: true } }
    const refused = await t.call(`POST /api/v1/policies/${id}/rules`, { name: 'A', actions })
    expect([refused.status, t.lastCause(), refused.json.errorCauses]).toEqual([
      400,
      'E0000001/required-field-missing',
      [{ errorSummary: 'actions.signon.factorPromptMode: The field cannot be left blank' }],
    ])
  })

  it.each([
    ['OKTA_SIGN_ON', { signon: { access: 'ALLOW', requireFactor: true, factorPromptMode: 'ALWAYS' } }],
    ['PASSWORD', { passwordChange: { access: 'DENY' }, selfServicePasswordReset: { access: 'DENY' } }],
    ['OKTA_SIGN_ON', session({ maxSessionIdleMinutes: 30, maxSessionLifetimeMinutes: 30 })],
    ['OKTA_SIGN_ON', session({ maxSessionIdleMinutes: 120, maxSessionLifetimeMinutes: 0 })],
    // Recorded.
    [
      'ACCESS_POLICY',
      verified({ type: 'ASSURANCE', factorMode: '2FA', reauthenticateIn: 'PT2H10M', inactivityPeriod: 'PT1H' }),
    ],
  ])('a rule of a policy %s can do %j', async (type, actions) => {
    const { id } = (await t.call('POST /api/v1/policies', { type, name: 'Guests' })).json
    expect((await t.call(`POST /api/v1/policies/${id}/rules`, { name: 'A', actions })).json.actions).toEqual(actions)
  })

  it('may not hold what looks like a prototype', async () => {
    const body = '{"type":"OKTA_SIGN_ON","name":"A","conditions":{"__proto__":{"people":{"users":{"exclude":["x"]}}}}}'
    const { status, json } = await t.call('POST /api/v1/policies', body)
    expect([status, json.errorCode]).toEqual([400, 'E0000003'])
    expect(({} as { people?: unknown }).people).toBeUndefined()
  })

  it('may not have a name that is taken, nor another type than before', async () => {
    const id = await makePolicy(signOn('Contractors'))
    await t.call('POST /api/v1/policies', signOn('CONTRACTORS'))
    expect(t.lastCause()).toBe('E0000001/policy-name-taken')
    expect((await t.call('POST /api/v1/policies', { type: 'PASSWORD', name: 'Contractors' })).status).toBe(200)
    await t.call(`PUT /api/v1/policies/${id}`, { type: 'PASSWORD', name: 'Other' })
    expect(t.lastCause()).toBe('E0000001/value-invalid')
    await t.call(`POST /api/v1/policies/${id}/rules`, deny('No'))
    await t.call(`POST /api/v1/policies/${id}/rules`, deny('no'))
    expect(t.lastCause()).toBe('E0000001/policy-name-taken')
  })

  it.each(['00p%00', 'a%2Fb', `00p${'x'.repeat(500)}`, '__proto__', '%F0%9F%98%80'])('id %s is nobody', async (id) => {
    for (const request of [`GET /api/v1/policies/${id}`, `GET /api/v1/policies/${id}/rules`]) {
      const { status, json } = await t.call(request)
      expect([status, json.errorCode]).toEqual([404, 'E0000007'])
    }
  })
})

describe('a clone', () => {
  it('has the rules of its policy, and belongs to nobody', async () => {
    const [console] = (await t.call('GET /api/v1/policies?type=ACCESS_POLICY&q=Okta%20Admin')).json
    const made = await t.call(`POST /api/v1/policies/${console.id}/clone`)
    expect(made.json).toMatchObject({ name: '[cloned] Okta Admin Console', system: false, status: 'ACTIVE' })
    const { json } = await t.call(`GET /api/v1/policies/${made.json.id}/rules`)
    expect(json).toMatchObject([{ name: 'Catch-all Rule', system: true }])
    expect((await t.call(`POST /api/v1/policies/${console.id}/clone`)).json.name).toBe('[cloned 2] Okta Admin Console')
    expect((await t.call(`DELETE /api/v1/policies/${made.json.id}`)).status).toBe(204)
  })

  it('is for app sign-in policies', async () => {
    const [policy] = (await t.call('GET /api/v1/policies?type=PASSWORD')).json
    const refused = await t.call(`POST /api/v1/policies/${policy.id}/clone`)
    expect([refused.status, t.lastCause()]).toEqual([400, 'E0000001/value-invalid'])
    expect(refused.json.errorCauses[0].errorSummary).toContain('only supported for authentication policies')
  })
})

describe('two rules at the same moment', () => {
  it('both find their place', async () => {
    const policy = await makePolicy(signOn('Contractors'))
    const made = await Promise.all(
      ['A', 'B', 'C', 'D'].map((name) => t.call(`POST /api/v1/policies/${policy}/rules`, deny(name, { priority: 1 }))),
    )
    expect(made.map((one) => one.status)).toEqual([200, 200, 200, 200])
    const { json } = await t.call(`GET /api/v1/policies/${policy}/rules`)
    expect(json.map((one: { priority: number }) => one.priority)).toEqual([1, 2, 3, 4])
  })
})

describe('an app', () => {
  const appId = '0oa1aaaaaaaaaaaaaaaa'
  beforeEach(async () => {
    await t.org.state.change([
      put(apps, appId, {
        name: 'bookmark',
        label: 'Handbook',
        status: 'ACTIVE',
        signOnMode: 'BOOKMARK',
        createdAt: 0,
        lastUpdatedAt: 0,
        features: [],
        visibility: {},
        accessibility: {},
        settings: {},
        credentials: {},
      }),
    ])
  })

  it('is given its app sign-in policy', async () => {
    const id = await makePolicy({ type: 'ACCESS_POLICY', name: 'Finance' })
    expect((await t.call(`PUT /api/v1/apps/${appId}/policies/${id}`)).status).toBe(204)
    expect((await t.org.state.load(apps, appId))!.value.policyId).toBe(id)
  })

  it('shows among the apps of its policy, the default where it has none', async () => {
    const [standard] = (await t.call('GET /api/v1/policies?type=ACCESS_POLICY&q=Default')).json
    const mapped = async (id: string) =>
      (await t.call(`GET /api/v1/policies/${id}/mappings`)).json.map((one: { id: string }) => one.id)
    expect(await mapped(standard.id)).toEqual([appId])
    const id = await makePolicy({ type: 'ACCESS_POLICY', name: 'Finance' })
    await t.call(`PUT /api/v1/apps/${appId}/policies/${id}`)
    expect([await mapped(standard.id), await mapped(id)]).toEqual([[], [appId]])
    expect((await t.call(`GET /api/v1/policies/${id}/app`)).json).toMatchObject([{ id: appId, label: 'Handbook' }])
    const closed = await t.call(`POST /api/v1/policies/${id}/mappings`, { resourceType: 'APP', resourceId: appId })
    expect([closed.status, t.lastCause()]).toEqual([400, 'E0000001/policy-mapping-closed'])
  })

  it('keeps its policy: one that apps sign in by is not deleted, and none is switched off', async () => {
    const id = await makePolicy({ type: 'ACCESS_POLICY', name: 'Finance' })
    const refusal = async (request: string) => {
      const { status, json } = await t.call(request)
      return [status, t.lastCause(), json.errorCauses[0].errorSummary]
    }
    expect(await refusal(`POST /api/v1/policies/${id}/lifecycle/deactivate`)).toEqual([
      400,
      'E0000001/app-policy-always-on',
      'A policy of the type Okta:SignOn cannot be deactivated.',
    ])
    await t.call(`PUT /api/v1/apps/${appId}/policies/${id}`)
    expect(await refusal(`DELETE /api/v1/policies/${id}`)).toEqual([
      400,
      'E0000001/policy-guards-apps',
      'The policy cannot be deleted while it is used by apps: Handbook',
    ])
    const [standard] = (await t.call('GET /api/v1/policies?type=ACCESS_POLICY&q=Default')).json
    await t.call(`PUT /api/v1/apps/${appId}/policies/${standard.id}`)
    expect((await t.call(`DELETE /api/v1/policies/${id}`)).status).toBe(204)
  })

  it('is not given one of another app or of another type', async () => {
    const find = async (query: string) => (await t.call(`GET /api/v1/policies?${query}`)).json[0].id
    const console = await find('type=ACCESS_POLICY&q=Okta%20Admin')
    const refused = await t.call(`PUT /api/v1/apps/${appId}/policies/${console}`)
    expect([refused.status, refused.json.errorSummary, refused.json.errorCauses]).toEqual([
      400,
      'Api validation failed: Policy',
      [
        {
          errorSummary: 'This policy belongs to "Okta Admin Console", and re-assignment of this policy is not allowed',
        },
      ],
    ])
    await t.call(`PUT /api/v1/apps/${appId}/policies/${await find('type=PASSWORD')}`)
    expect(t.lastCause()).toBe('E0000001/value-invalid')
    const nobody = await t.call(`PUT /api/v1/apps/0oaNone/policies/${console}`)
    expect(nobody.json.errorSummary).toBe('Not found: Resource not found: 0oaNone (AppInstance)')
  })
})

describe('what conditions name', () => {
  const conditions = (path: string, ids: unknown[]): object =>
    path.split('.').reduceRight<object>((inner, name) => ({ [name]: inner }), ids)

  it.each([
    ['people.groups.include', '00gNone', 'group'],
    ['people.groups.exclude', '00gNone', 'group'],
    ['people.users.exclude', '00uNone', 'user'],
    ['network.include', 'nzoNone', 'network zone'],
    ['network.exclude', '\ud800', 'network zone'],
    ['device.assurance.include', 'daeNone', 'device assurance policy'],
  ])('must be there: %s', async (path, id, what) => {
    const policy = await makePolicy({ type: 'ACCESS_POLICY', name: 'Finance' })
    const rule = { name: 'Odd', actions: { appSignOn: { access: 'DENY' } } }
    const refused = await t.call(`POST /api/v1/policies/${policy}/rules`, {
      ...rule,
      conditions: conditions(path, [id]),
    })
    expect([refused.status, t.lastCause(), refused.json.errorSummary, refused.json.errorCauses]).toEqual([
      400,
      'E0000001/reference-unknown',
      `Api validation failed: conditions.${path}`,
      [
        {
          errorSummary: `conditions.${path}: There is no ${what} with the id ${id === '\ud800' ? '(unreadable)' : id}.`,
        },
      ],
    ])
    await t.call(`POST /api/v1/policies/${policy}/rules`, { ...rule, conditions: conditions(path, [null]) })
    expect(t.lastCause()).toBe('E0000001/value-invalid')
    expect((await t.call(`GET /api/v1/policies/${policy}/rules`)).json).toHaveLength(1)
  })

  it('is asked of changes too, and words for everything count', async () => {
    const people = { groups: { include: ['EVERYONE'] } }
    const id = await makePolicy(signOn('A', { conditions: { people, network: { include: ['ALL_ZONES'] } } }))
    await t.call(`PUT /api/v1/policies/${id}`, signOn('A', { conditions: conditions('people.users.include', ['00u']) }))
    expect(t.lastCause()).toBe('E0000001/reference-unknown')
  })
})
