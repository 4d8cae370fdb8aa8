import { beforeEach, describe, expect, it } from 'vitest'
import { type TestOrg, testOrg } from '../../testing.ts'

let t: TestOrg
beforeEach(async () => {
  t = await testOrg()
})
const causeOf = async (request: string, body?: unknown) => {
  await t.call(request, body)
  return t.lastCause()
}

describe('ThreatInsight', () => {
  const THREATS = '/api/v1/threats/configuration'

  it('is off until somebody switches it on', async () => {
    const before = await t.call(`GET ${THREATS}`)
    expect(before.json).toMatchObject({ action: 'none', excludeZones: [] })
    const [zone] = (await t.call('GET /api/v1/zones')).json
    const set = await t.call(`POST ${THREATS}`, { action: 'block', excludeZones: [zone.id, zone.id] })
    expect(set.json).toMatchObject({ action: 'block', excludeZones: [zone.id] })
    expect((await t.call(`GET ${THREATS}`)).json).toEqual(set.json)
    const { json } = await t.call('GET /api/v1/logs?filter=eventType%20eq%20%22security.threat.configuration.update%22')
    expect(json).toHaveLength(1)
  })

  it('refuses what it does not know', async () => {
    expect(await causeOf(`POST ${THREATS}`, {})).toBe('E0000001/required-field-missing')
    expect(await causeOf(`POST ${THREATS}`, { action: 'shout' })).toBe('E0000003/body-unreadable-shape')
    expect(await causeOf(`POST ${THREATS}`, { action: 'audit', excludeZones: 'x' })).toBe(
      'E0000003/body-unreadable-shape',
    )
    expect(await causeOf(`POST ${THREATS}`, { action: 'audit', excludeZones: ['nzoNone'] })).toBe(
      'E0000001/exempt-zone-unknown',
    )
    expect((await t.call(`GET ${THREATS}`)).json.action).toBe('none')
  })
})

describe('attack protection and sign-in to desktops', () => {
  it.each([
    ['attack-protection/api/v1/user-lockout-settings', 'preventBruteForceLockoutFromUnknownDevices'],
    ['attack-protection/api/v1/authenticator-settings', 'verifyKnowledgeSecondWhen2faRequired'],
    [
      'device-access/api/v1/desktop-mfa/enforce-number-matching-challenge-settings',
      'desktopMFAEnforceNumberMatchingChallengeEnabled',
    ],
    ['device-access/api/v1/desktop-mfa/recovery-pin-settings', 'desktopMFARecoveryPinEnabled'],
  ])('%s', async (path, flag) => {
    const url = `/${path}`
    expect((await t.call(`GET ${url}`)).json).toEqual({ [flag]: false })
    expect((await t.call(`PUT ${url}`, { [flag]: true })).json).toEqual({ [flag]: true })
    expect((await t.call(`GET ${url}`)).json).toEqual({ [flag]: true })
    expect(await causeOf(`PUT ${url}`, { [flag]: 'yes' })).toBe('E0000003/body-unreadable-shape')
    expect((await t.call(`GET ${url}`)).json).toEqual({ [flag]: true })
  })

  it('writes an event where one is known', async () => {
    const filter = 'filter=eventType%20eq%20%22security.attack_protection.settings.update%22'
    await t.call('PUT /attack-protection/api/v1/user-lockout-settings', {})
    await t.call('PUT /device-access/api/v1/desktop-mfa/recovery-pin-settings', {})
    expect((await t.call(`GET /api/v1/logs?${filter}`)).json).toHaveLength(1)
  })
})

describe('behaviors', () => {
  const BEHAVIORS = '/api/v1/behaviors'
  const velocity = { type: 'VELOCITY', name: 'Too fast' }

  it('are made with the standard settings of their type, read, replaced, switched and deleted', async () => {
    const made = await t.call(`POST ${BEHAVIORS}`, velocity)
    expect(made.json).toMatchObject({ ...velocity, status: 'ACTIVE', settings: { velocityKph: 805 } })
    const one = `${BEHAVIORS}/${made.json.id}`
    expect((await t.call(`GET ${one}`)).json).toEqual(made.json)
    expect((await t.call(`PUT ${one}`, { ...velocity, settings: { velocityKph: '900' } })).json.settings).toEqual({
      velocityKph: 900,
    })
    expect((await t.call(`POST ${one}/lifecycle/deactivate`)).json.status).toBe('INACTIVE')
    expect((await t.call(`POST ${one}/lifecycle/activate`)).json.status).toBe('ACTIVE')
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    expect((await t.call(`GET ${one}`)).json.errorSummary).toContain('(BehaviorSettings)')
  })

  it('are listed in the order of names, and the name is the cursor', async () => {
    for (const name of ['b', 'C', 'a']) await t.call(`POST ${BEHAVIORS}`, { ...velocity, name })
    const first = await t.call(`GET ${BEHAVIORS}?limit=2`)
    expect(first.json.map(({ name }: { name: string }) => name)).toEqual(['a', 'b'])
    const [, next] = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? []
    expect(new URL(next!).search).toBe('?after=b&limit=2')
    const second = await t.call(`GET ${BEHAVIORS}${new URL(next!).search}`)
    expect(second.json.map(({ name }: { name: string }) => name)).toEqual(['C'])
    expect((await t.call(`GET ${BEHAVIORS}?q=c`)).json).toHaveLength(1)
  })

  it('are refused with what their type does not take, and stay while a rule looks for them', async () => {
    expect(await causeOf(`POST ${BEHAVIORS}`, { name: 'x' })).toBe('E0000001/required-field-missing')
    expect(await causeOf(`POST ${BEHAVIORS}`, { name: 'x', type: 'MOOD' })).toBe('E0000003/body-unreadable-shape')
    expect(await causeOf(`POST ${BEHAVIORS}`, { ...velocity, settings: { velocityKph: 0 } })).toBe(
      'E0000001/value-invalid',
    )
    const location = { type: 'ANOMALOUS_LOCATION', name: 'Far', settings: { granularity: 'LAT_LONG' } }
    expect(await causeOf(`POST ${BEHAVIORS}`, location)).toBe('E0000001/required-field-missing')
    const { json } = await t.call(`POST ${BEHAVIORS}`, velocity)
    expect(await causeOf(`POST ${BEHAVIORS}`, velocity)).toBe('E0000001/behavior-name-taken')
    const [policy] = (await t.call('GET /api/v1/policies?type=OKTA_SIGN_ON')).json
    await t.call(`POST /api/v1/policies/${policy.id}/rules`, {
      name: 'Stop',
      type: 'SIGN_ON',
      conditions: { risk: { behaviors: ['Too fast'] } },
      actions: { signon: { access: 'DENY' } },
    })
    expect(await causeOf(`DELETE ${BEHAVIORS}/${json.id}`)).toBe('E0000001/behavior-in-policy-rule')
    t.org.changeSettings({ features: { BEHAVIOR_DETECTION: false } })
    expect((await t.call(`GET ${BEHAVIORS}`)).json.errorCode).toBe('E0000015')
  })
})

describe('device assurance policies', () => {
  const ASSURANCES = '/api/v1/device-assurances'
  const mac = {
    name: 'Macs',
    platform: 'MACOS',
    osVersion: { minimum: '14.2.1' },
    diskEncryptionType: { include: ['ALL_INTERNAL_VOLUMES'] },
    screenLockType: { include: ['BIOMETRIC'] },
    secureHardwarePresent: true,
  }

  it('are made, listed, read, replaced and deleted', async () => {
    const made = await t.call(`POST ${ASSURANCES}`, mac)
    expect(made.json).toMatchObject({
      ...mac,
      id: expect.stringMatching(/^dae/),
      createdBy: t.adminId,
      resourceId: made.json.id,
    })
    expect((await t.call(`GET ${ASSURANCES}`)).json).toEqual([made.json])
    const one = `${ASSURANCES}/${made.json.id}`
    const { secureHardwarePresent: _asked, ...lenient } = mac
    const replaced = await t.call(`PUT ${one}`, {
      ...lenient,
      displayRemediationMode: 'SHOW',
      screenLockType: { include: ['PASSCODE', 'BIOMETRIC'] },
    })
    expect(replaced.json).toMatchObject({ ...lenient, displayRemediationMode: 'SHOW', screenLockType: {} })
    expect(replaced.json).not.toHaveProperty('secureHardwarePresent')
    expect(replaced.json).not.toHaveProperty('createdBy')
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    expect((await t.call(`GET ${one}`)).json.errorSummary).toContain('(DeviceAssuranceRuleManagerImpl)')
    expect((await t.call(`DELETE ${one}`)).json.errorSummary).toContain('(DeviceAssuranceEntity)')
  })

  it.each([
    ['no condition', { name: 'x', platform: 'IOS' }, 'E0000001/device-condition-missing'],
    [
      'only grace',
      { name: 'x', platform: 'IOS', gracePeriod: { type: 'BY_DURATION' } },
      'E0000001/device-condition-missing',
    ],
    ['a condition of another platform', { ...mac, jailbreak: true }, 'E0000001/value-invalid'],
    ['a platform that is none', { ...mac, platform: 'BEOS' }, 'E0000003/body-unreadable-shape'],
    ['a version that is none', { ...mac, osVersion: { minimum: 'latest' } }, 'E0000001/value-invalid'],
    ['a lock that is none', { ...mac, screenLockType: { include: ['KEY'] } }, 'E0000003/body-unreadable-shape'],
    ['a passcode alone', { ...mac, screenLockType: { include: ['PASSCODE'] } }, 'E0000001/value-invalid'],
    ['no lock', { ...mac, screenLockType: { include: ['NONE'] } }, 'E0000001/value-invalid'],
    ['hardware that need not be secure', { ...mac, secureHardwarePresent: false }, 'E0000001/value-invalid'],
    ['no name', { ...mac, name: '' }, 'E0000001/required-field-missing'],
  ])('with %s are refused', async (_name, body, cause) => {
    expect(await causeOf(`POST ${ASSURANCES}`, body)).toBe(cause)
    expect((await t.call(`GET ${ASSURANCES}`)).json).toEqual([])
  })

  it('stay while a rule counts on them', async () => {
    const { json } = await t.call(`POST ${ASSURANCES}`, mac)
    expect(await causeOf(`POST ${ASSURANCES}`, mac)).toBe('E0000001/device-assurance-name-taken')
    const policy = await t.call('POST /api/v1/policies', { type: 'ACCESS_POLICY', name: 'Strict' })
    await t.call(`POST /api/v1/policies/${policy.json.id}/rules`, {
      name: 'Macs only',
      type: 'ACCESS_POLICY',
      conditions: { device: { assurance: { include: [json.id] } } },
      actions: { appSignOn: { access: 'ALLOW' } },
    })
    const refused = await t.call(`DELETE ${ASSURANCES}/${json.id}`)
    expect(refused.status).toBe(409)
    expect(refused.json.errorCauses[0].errorSummary).toContain('Macs only')
  })
})

describe('CAPTCHAs', () => {
  const CAPTCHAS = '/api/v1/captchas'
  const body = { name: 'Robots', type: 'HCAPTCHA', siteKey: 'site', secretKey: 'very secret' }

  it('are one at most, and keep their secret', async () => {
    const made = await t.call(`POST ${CAPTCHAS}`, body)
    expect(made.status).toBe(201)
    expect(made.text).not.toContain('secret')
    const one = `${CAPTCHAS}/${made.json.id}`
    expect((await t.call(`GET ${CAPTCHAS}`)).json).toEqual([made.json])
    expect((await t.call(`POST ${one}`, { name: 'Renamed' })).json.name).toBe('Renamed')
    const { secretKey: _secret, ...shown } = body
    expect((await t.call(`PUT ${one}`, shown)).json.name).toBe('Robots')
    const second = await t.call(`POST ${CAPTCHAS}`, body)
    expect(second.status).toBe(403)
    expect(second.json.errorCode).toBe('E0000166')
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    expect((await t.call(`GET ${one}`)).json.errorSummary).toContain('(Captcha)')
    expect(await causeOf(`POST ${CAPTCHAS}`, { ...body, type: 'RECAPTCHA_V9' })).toBe('E0000003/body-unreadable-shape')
    expect(await causeOf(`POST ${CAPTCHAS}`, { type: 'HCAPTCHA' })).toBe('E0000001/required-field-missing')
  })

  it('are named by the settings of the org, and stay while they are', async () => {
    const settings = '/api/v1/org/captcha'
    expect((await t.call(`GET ${settings}`)).json).toMatchObject({ captchaId: null, enabledPages: [] })
    const { id } = (await t.call(`POST ${CAPTCHAS}`, body)).json
    const set = await t.call(`PUT ${settings}`, { captchaId: id, enabledPages: ['SSR', 'SIGN_IN'] })
    expect(set.json).toMatchObject({ captchaId: id, enabledPages: ['SSR', 'SIGN_IN'] })
    expect((await t.call(`DELETE ${CAPTCHAS}/${id}`)).json.errorCode).toBe('E0000168')
    expect(await causeOf(`PUT ${settings}`, { captchaId: 'none' })).toBe('E0000001/captcha-unknown')
    expect(await causeOf(`PUT ${settings}`, { captchaId: id, enabledPages: ['HOME'] })).toBe(
      'E0000003/body-unreadable-shape',
    )
    expect((await t.call(`DELETE ${settings}`)).status).toBe(204)
    expect((await t.call(`DELETE ${CAPTCHAS}/${id}`)).status).toBe(204)
  })
})
