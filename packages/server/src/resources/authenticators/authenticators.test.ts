import { generateKeyPairSync } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { certificateOf, publicKeyOf } from '../../der.ts'
import { type TestOrg, testOrg } from '../../testing.ts'

const AUTHENTICATORS = '/api/v1/authenticators'

let t: TestOrg
let ids: Record<string, string>
beforeEach(async () => {
  t = await testOrg({ settings: { contract: 'current' } })
  const { json } = await t.call(`GET ${AUTHENTICATORS}`)
  ids = Object.fromEntries(json.map(({ key, id }: { key: string; id: string }) => [key, id]))
})
const switchOff = (key: string) => t.call(`POST ${AUTHENTICATORS}/${ids[key]}/lifecycle/deactivate`)
const switchOn = (key: string) => t.call(`POST ${AUTHENTICATORS}/${ids[key]}/lifecycle/activate`)

describe('authenticators', () => {
  it('are there from the start', async () => {
    const { json } = await t.call(`GET ${AUTHENTICATORS}`)
    expect(json.map(({ key, status }: { key: string; status: string }) => `${key} ${status}`)).toEqual([
      'okta_email ACTIVE',
      'okta_password ACTIVE',
      'phone_number INACTIVE',
      'okta_verify ACTIVE',
      'google_otp INACTIVE',
      'security_question ACTIVE',
      'webauthn ACTIVE',
    ])
    expect((await t.call(`GET ${AUTHENTICATORS}/${ids.okta_email}`)).json).toEqual(json[0])
    expect(json[1]._links).not.toHaveProperty('deactivate')
  })

  it('are switched off and on', async () => {
    expect((await switchOff('webauthn')).json.status).toBe('INACTIVE')
    expect((await switchOff('webauthn')).status).toBe(200)
    expect((await switchOn('webauthn')).json.status).toBe('ACTIVE')
    const { json } = await t.call('GET /api/v1/logs?filter=eventType%20sw%20%22security.authenticator%22')
    expect(json.map((event: { eventType: string }) => event.eventType)).toEqual([
      'security.authenticator.lifecycle.deactivate',
      'security.authenticator.lifecycle.activate',
    ])
  })

  it('but not the password: an untranslated key today, a code of its own in the reference', async () => {
    const refused = await switchOff('okta_password')
    expect(refused.status).toBe(400)
    expect(refused.json).toMatchObject({
      errorCode: 'E0000001',
      errorSummary: 'Api validation failed: api.authenticator.error.unsupported.active.deactivate',
      errorCauses: [],
    })
    t.org.changeSettings({ contract: 'reference' })
    expect((await switchOff('okta_password')).status).toBe(404)
    expect(t.lastCause()).toBe('E0000060/operation-not-supported')
  })

  it('nor what an enrollment policy offers', async () => {
    const settings = (self: string) => ({
      type: 'AUTHENTICATORS',
      authenticators: [{ key: 'okta_verify', enroll: { self } }],
    })
    const { json } = await t.call('POST /api/v1/policies', {
      type: 'MFA_ENROLL',
      name: 'Everybody verifies',
      settings: settings('OPTIONAL'),
    })
    const refused = await switchOff('okta_verify')
    expect(refused.status).toBe(403)
    expect(refused.json.errorSummary).toMatch(
      /^Cannot modify\/disable this authenticator because it is enabled in one or more policies. To continue, disable the authenticator in these policies. Additionally, if disabling Okta Verify/,
    )
    expect(refused.json.errorCauses).toEqual([
      { errorSummary: 'Authenticator Enrollment Policies: Everybody verifies' },
    ])
    expect(t.lastCause()).toBe('E0000148/authenticator-in-enrollment-policy')
    await t.call(`PUT /api/v1/policies/${json.id}`, {
      type: 'MFA_ENROLL',
      name: 'Everybody verifies',
      settings: settings('NOT_ALLOWED'),
    })
    expect((await switchOff('okta_verify')).status).toBe(200)
  })

  it('the phone needs somebody who sends messages', async () => {
    const body = { key: 'phone_number', name: 'Phone', type: 'phone' }
    for (const refused of [
      await t.call(`PUT ${AUTHENTICATORS}/${ids.phone_number}`, body),
      await switchOn('phone_number'),
    ]) {
      expect(refused.status).toBe(400)
      expect(refused.json.errorCode).toBe('E0000226')
    }
    const hook = await t.call('POST /api/v1/inlineHooks', {
      name: 'Messages',
      type: 'com.okta.telephony.provider',
      version: '1.0.0',
      channel: { type: 'HTTP', version: '1.0.0', config: { uri: 'https://sms.example.com/send', method: 'POST' } },
    })
    expect(hook.status).toBe(200)
    expect((await t.call(`PUT ${AUTHENTICATORS}/${ids.phone_number}`, body)).status).toBe(200)
    expect((await switchOn('phone_number')).json.status).toBe('ACTIVE')
  })

  it('are added once each; some kinds more than once; secrets are not shown', async () => {
    const provider = {
      type: 'DUO',
      configuration: { host: 'https://duo.example.com', integrationKey: 'i', secretKey: 'very secret' },
    }
    const made = await t.call(`POST ${AUTHENTICATORS}?activate=false`, { key: 'duo', name: 'Duo', provider })
    expect(made.json).toMatchObject({ key: 'duo', status: 'INACTIVE', type: 'app' })
    expect(made.text).not.toContain('very secret')
    const again = await t.call(`POST ${AUTHENTICATORS}`, { key: 'duo', name: 'Duo', provider })
    expect([again.status, t.lastCause()]).toEqual([400, 'E0000001/authenticator-switched-off'])
    expect(again.json.errorCauses).toEqual([
      { errorSummary: 'key: An object with this field already exists in the current organization' },
    ])
    await t.call(`POST ${AUTHENTICATORS}/${made.json.id}/lifecycle/activate`)
    const active = await t.call(`POST ${AUTHENTICATORS}`, { key: 'duo', name: 'Duo', provider })
    expect(active.status).toBe(409)
    expect(active.json.errorSummary).toBe('Another authenticator with key: duo is already active.')
    for (const name of ['One', 'Two']) {
      expect((await t.call(`POST ${AUTHENTICATORS}`, { key: 'custom_app', name })).status).toBe(200)
    }
  })

  it.each([
    ['an unknown key', { key: 'okta_magic', name: 'x' }, 'E0000001/authenticator-key-unknown'],
    ['a key of Object', { key: '__proto__', name: 'x' }, 'E0000001/authenticator-key-unknown'],
    ['another type', { key: 'yubikey_token', name: 'x', type: 'phone' }, 'E0000001/authenticator-key-unknown'],
    ['no name', { key: 'custom_app' }, 'E0000001/required-field-missing'],
    ['no provider', { key: 'duo', name: 'x' }, 'E0000001/required-field-missing'],
    ['a wrong word', { key: 'custom_app', name: 'x', settings: { userVerification: 'NO' } }, 'E0000001/value-invalid'],
    ['a text as settings', { key: 'custom_app', name: 'x', settings: 'x' }, 'E0000003/body-unreadable-shape'],
  ])('with %s are refused', async (_name, body, cause) => {
    expect((await t.call(`POST ${AUTHENTICATORS}`, body)).status).toBe(400)
    expect(t.lastCause()).toBe(cause)
  })

  it('are replaced by a name alone, and by nothing less', async () => {
    const one = `${AUTHENTICATORS}/${ids.okta_email}`
    const replaced = await t.call(`PUT ${one}`, { name: 'Mail', settings: { allowedFor: 'recovery' } })
    expect(replaced.json).toMatchObject({ key: 'okta_email', name: 'Mail', settings: { allowedFor: 'recovery' } })
    await t.call(`PUT ${one}`, {})
    expect(t.lastCause()).toBe('E0000001/required-field-missing')
    await t.call(`PUT ${one}`, { key: 'webauthn', name: 'Mail' })
    expect(t.lastCause()).toBe('E0000001/authenticator-key-unknown')
    expect((await t.call(`GET ${one}`)).json).toEqual(replaced.json)
  })

  it('have methods', async () => {
    const methods = `${AUTHENTICATORS}/${ids.okta_verify}/methods`
    const { json } = await t.call(`GET ${methods}`)
    expect(json.map(({ type }: { type: string }) => type)).toEqual(['push', 'signed_nonce', 'totp'])
    expect((await t.call(`GET ${methods}/totp`)).json.settings.passCodeLength).toBe(6)
    expect((await t.call(`POST ${methods}/push/lifecycle/deactivate`)).json.status).toBe('INACTIVE')
    expect((await t.call(`POST ${methods}/push/lifecycle/activate`)).json.status).toBe('ACTIVE')
    const changed = await t.call(`PUT ${methods}/push`, { type: 'push', settings: { keyProtection: 'HARDWARE' } })
    expect(changed.json.settings).toEqual({ keyProtection: 'HARDWARE' })
    for (const body of [{ type: 'totp' }, {}]) {
      await t.call(`PUT ${methods}/push`, body)
      expect(t.lastCause()).toBe('E0000003/body-unreadable-shape')
    }
    expect((await t.call(`GET ${methods}/push`)).json).toEqual(changed.json)
    expect((await t.call(`GET ${methods}/sms`)).status).toBe(404)
  })

  it('know models of security keys, where the org has the feature', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const x5c = certificateOf(privateKey, {
      issuer: [['commonName', 'Root']],
      subject: [['commonName', 'Root']],
      publicKey: publicKeyOf(privateKey),
      serial: Buffer.of(1),
      notBefore: 0,
      notAfter: Date.UTC(2040, 0),
    }).toString('base64')
    const models = `${AUTHENTICATORS}/${ids.webauthn}/aaguids`
    const aaguid = 'cb69481e-8ff7-4039-93ec-0a2729a154a8'
    const nameless = await t.call(`POST ${models}`, { aaguid, name: '' })
    expect(nameless.json.errorCauses).toEqual([{ errorSummary: 'name: The field cannot be left blank' }])
    const made = await t.call(`POST ${models}`, { aaguid, name: 'Key', attestationRootCertificates: [{ x5c }] })
    expect(made.json).toMatchObject({
      aaguid,
      authenticatorCharacteristics: { fipsCompliant: false },
      attestationRootCertificates: [{ x5c, iss: 'CN=Root' }],
    })
    expect((await t.call(`GET ${models}`)).json).toEqual([made.json])
    const patched = await t.call(`PATCH ${models}/${aaguid}`, { name: 'Company key' })
    expect(patched.json).toMatchObject({ name: 'Company key', attestationRootCertificates: [{ x5c }] })
    const replaced = await t.call(`PUT ${models}/${aaguid}`, { authenticatorCharacteristics: { fipsCompliant: true } })
    expect(replaced.json).toMatchObject({
      authenticatorCharacteristics: { fipsCompliant: true },
      attestationRootCertificates: [],
    })
    expect((await t.call(`DELETE ${models}/${aaguid}`)).status).toBe(204)
    expect((await t.call(`GET ${models}/${aaguid}`)).status).toBe(404)
    expect((await t.call(`GET ${AUTHENTICATORS}/${ids.okta_email}/aaguids`)).status).toBe(404)
    t.org.changeSettings({ features: { WEBAUTHN_AAGUIDS: false } })
    expect((await t.call(`GET ${models}`)).json.errorCode).toBe('E0000015')
  })

  it('that are apps tell what the app needs', async () => {
    await t.call(`POST ${AUTHENTICATORS}`, { key: 'custom_app', name: 'Bank', settings: { appInstanceId: '0oaBank' } })
    const path = '/.well-known/app-authenticator-configuration'
    const { json } = await t.call(`GET ${path}?oauthClientId=0oaBank`, undefined, { token: null })
    expect(json).toMatchObject([{ name: 'Bank', key: 'custom_app', supportedMethods: [{ type: 'push' }] }])
    expect((await t.call(`GET ${path}?oauthClientId=none`)).json).toEqual([])
    await t.call(`GET ${path}`)
    expect(t.lastCause()).toBe('E0000028/parameter-missing')
  })
})
