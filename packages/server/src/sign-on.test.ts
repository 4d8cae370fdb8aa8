import { beforeEach, describe, expect, it } from 'vitest'
import { evaluateSignOn, hasFactor, type SignOnAsk } from './sign-on.ts'
import { type TestOrg, testOrg } from './testing.ts'

let t: TestOrg
let userId: string
beforeEach(async () => {
  t = await testOrg()
  userId = (await t.makeAdmin('ada@example.com')).userId
})

const evaluate = (more: Partial<SignOnAsk> = {}) => evaluateSignOn(t.org, { userId, address: '192.0.2.1', ...more })

async function addPolicy(name: string, rules: object[], more: object = {}): Promise<string> {
  const policy = await t.call('POST /api/v1/policies', { type: 'OKTA_SIGN_ON', name, conditions: null, ...more })
  for (const rule of rules) {
    const made = await t.call(`POST /api/v1/policies/${policy.json.id}/rules`, rule)
    expect(made.status).toBe(200)
  }
  return policy.json.id
}

async function addZone(value: string): Promise<string> {
  const zone = await t.call('POST /api/v1/zones', { type: 'IP', name: value, gateways: [{ type: 'CIDR', value }] })
  return zone.json.id
}

async function addApp(rules: object[]): Promise<string> {
  const app = await t.call('POST /api/v1/apps', {
    name: 'bookmark',
    label: 'Handbook',
    signOnMode: 'BOOKMARK',
    settings: { app: { requestIntegration: false, url: 'https://handbook.example.com' } },
  })
  const policy = await addPolicy('For the handbook', rules, { type: 'ACCESS_POLICY' })
  await t.call(`PUT /api/v1/apps/${app.json.id}/policies/${policy}`)
  return app.json.id
}

const deny = (conditions: object | null = null, name = 'Deny') => ({
  name,
  conditions,
  actions: { signon: { access: 'DENY' } },
})
const app = (name: string, access: string, conditions: object | null = null, factorMode = '1FA') => ({
  name,
  conditions,
  actions: { appSignOn: { access, verificationMethod: { type: 'ASSURANCE', factorMode } } },
})

describe('the org', () => {
  it('allows by default, for two hours', async () => {
    const verdict = await evaluate()
    expect(verdict).toMatchObject({ access: 'ALLOW', sessionIdleMinutes: 120, wantsDevice: false })
    expect([verdict.policy!.value.name, verdict.rule!.value.name]).toEqual(['Default Policy', 'Default Rule'])
  })

  it('takes the first policy whose people and rules fit', async () => {
    const empty = (await t.call('POST /api/v1/groups', { profile: { name: 'Nobody' } })).json.id
    await addPolicy('Nobody', [deny()], { conditions: { people: { groups: { include: [empty] } } } })
    await addPolicy('Elsewhere', [
      deny({ network: { connection: 'ZONE', include: [await addZone('203.0.113.0/24')] } }),
    ])
    const here = await addPolicy('Here', [deny()])
    expect((await evaluate()).policy!.id).toBe(here)
    expect((await evaluate({ address: '203.0.113.9' })).policy!.value.name).toBe('Elsewhere')
  })

  it.each([
    ['user', () => ({ people: { users: { include: [userId] } } }), 'DENY'],
    ['other user', () => ({ people: { users: { include: [t.adminId] } } }), 'ALLOW'],
    ['excluded user', () => ({ people: { users: { include: [userId], exclude: [userId] } } }), 'ALLOW'],
    ['everybody', () => ({ people: { groups: { include: [t.org.fixed.everyoneId] } } }), 'DENY'],
    ['excluded group', () => ({ people: { groups: { exclude: [t.org.fixed.everyoneId] } } }), 'ALLOW'],
    ['type', () => ({ userType: { include: [t.org.fixed.defaultTypeId] } }), 'DENY'],
    ['excluded type', () => ({ userType: { exclude: [t.org.fixed.defaultTypeId] } }), 'ALLOW'],
    ['anywhere', () => ({ network: { connection: 'ANYWHERE' } }), 'DENY'],
    ['off the network', () => ({ network: { connection: 'OFF_NETWORK' } }), 'DENY'],
    ['on the network', () => ({ network: { connection: 'ON_NETWORK' } }), 'ALLOW'],
    ['RADIUS', () => ({ authContext: { authType: 'RADIUS' } }), 'ALLOW'],
    ['any authentication', () => ({ authContext: { authType: 'ANY' } }), 'DENY'],
    ['behaviour', () => ({ risk: { behaviors: ['blh1'] } }), 'ALLOW'],
    ['high risk', () => ({ riskScore: { level: 'HIGH' } }), 'ALLOW'],
    ['any risk', () => ({ riskScore: { level: 'ANY' } }), 'DENY'],
    ['another provider', () => ({ identityProvider: { provider: 'SPECIFIC_IDP' } }), 'ALLOW'],
    ['an expression', () => ({ elCondition: { condition: 'user.profile.x == 1' } }), 'ALLOW'],
    ['a platform', () => ({ platform: { include: [{ type: 'MOBILE', os: { type: 'IOS' } }] } }), 'ALLOW'],
    ['any platform', () => ({ platform: { include: [{ type: 'ANY', os: { type: 'ANY' } }] } }), 'DENY'],
  ])('a rule about %s', async (_name, conditions, access) => {
    await addPolicy('Strict', [deny(conditions())])
    expect((await evaluate()).access).toBe(access)
  })

  it('challenges for a factor until there is one', async () => {
    await addPolicy('Strict', [
      { name: 'Two', actions: { signon: { access: 'ALLOW', requireFactor: true, factorPromptMode: 'ALWAYS' } } },
    ])
    expect((await evaluate({ amr: ['pwd'] })).access).toBe('CHALLENGE')
    expect((await evaluate({ amr: ['pwd', 'otp', 'mfa'] })).access).toBe('ALLOW')
  })

  it('passes over what is inactive', async () => {
    await addPolicy('Off', [deny()], { status: 'INACTIVE' })
    await addPolicy('Rule off', [{ ...deny(), status: 'INACTIVE' }])
    expect((await evaluate()).access).toBe('ALLOW')
  })

  it('does not challenge whom it denies', async () => {
    await addPolicy('Strict', [
      { name: 'No', actions: { signon: { access: 'DENY', requireFactor: true, factorPromptMode: 'ALWAYS' } } },
    ])
    expect((await evaluate()).access).toBe('DENY')
  })
})

describe('an app', () => {
  it('has the default policy until it is given another', async () => {
    const made = await t.call('POST /api/v1/apps', {
      name: 'bookmark',
      label: 'Handbook',
      signOnMode: 'BOOKMARK',
      settings: { app: { requestIntegration: false, url: 'https://handbook.example.com' } },
    })
    const verdict = await evaluate({ appId: made.json.id, amr: ['pwd'] })
    expect([verdict.access, verdict.policy!.value.name]).toEqual(['ALLOW', 'Default Policy'])
  })

  it('falls to its catch-all rule, which wants two factors', async () => {
    const appId = await addApp([app('No', 'DENY', { people: { users: { include: [t.adminId] } } })])
    expect(await evaluate({ appId, amr: ['pwd'] })).toMatchObject({ access: 'CHALLENGE' })
  })

  it('is denied by its own rule, not by those of the org', async () => {
    await addPolicy('Strict', [deny()])
    expect((await evaluate({ appId: await addApp([app('Yes', 'ALLOW')]) })).access).toBe('ALLOW')
  })

  it('that wants a known device says so when it denies', async () => {
    const device = { device: { registered: true, managed: true } }
    const appId = await addApp([app('Devices', 'ALLOW', device), app('Others', 'DENY')])
    expect(await evaluate({ appId })).toMatchObject({ access: 'DENY', wantsDevice: true })
    expect(await evaluate()).toMatchObject({ access: 'ALLOW', wantsDevice: false })
  })
})

it('a factor is more than a password', () => {
  expect(hasFactor(['pwd'])).toBe(false)
  expect(hasFactor([])).toBe(false)
  expect(hasFactor(['pwd', 'sms'])).toBe(true)
  expect(hasFactor(['mfa', 'otp', 'pwd'])).toBe(true)
})
