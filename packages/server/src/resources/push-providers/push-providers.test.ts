import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Called, causesOf, type TestOrg, testOrg } from '../../testing.ts'

const PROVIDERS = '/api/v1/push-providers'
const keys = { keyId: 'ABC123DEFG', teamId: 'DEF123GHIJ', fileName: 'key.p8' }
const apns = (more: object = {}) => ({
  name: 'To iPhones',
  providerType: 'APNS',
  configuration: { ...keys, tokenSigningKey: '-----BEGIN EC PRIVATE KEY-----' },
  ...more,
})
const fcm = (more: object = {}) => ({
  name: 'To Androids',
  providerType: 'FCM',
  configuration: { serviceAccountJson: { project_id: 'harbour', private_key: 'secret' }, fileName: 'account.json' },
  ...more,
})

const whyNot = ({ json }: Called) => causesOf(json)

let t: TestOrg
beforeEach(async () => {
  t = await testOrg({ settings: { contract: 'current' } })
})

describe('push providers', () => {
  test('are made, read, listed by type, replaced and deleted; keys are never shown', async () => {
    expect((await t.call(`GET ${PROVIDERS}`)).json).toEqual([])
    const made = await t.call(`POST ${PROVIDERS}`, apns())
    const self = `${t.org.baseUrl}${PROVIDERS}/${made.json.id}`
    expect([made.status, made.json]).toEqual([
      200,
      {
        id: expect.stringMatching(/^ppc\w{14}5d7$/),
        providerType: 'APNS',
        name: 'To iPhones',
        lastUpdatedDate: '2026-11-20T10:00:00.000Z',
        configuration: keys,
        _links: { self: { href: self, hints: { allow: ['DELETE', 'GET', 'PUT'] } } },
      },
    ])
    const one = `${PROVIDERS}/${made.json.id}`
    const google = (await t.call(`POST ${PROVIDERS}`, fcm())).json
    expect(google.configuration).toEqual({ projectId: 'harbour', fileName: 'account.json' })
    expect((await t.call(`GET ${PROVIDERS}?type=FCM`)).json).toEqual([google])
    expect((await t.call(`GET ${PROVIDERS}`)).json).toHaveLength(2)
    // As recorded clients send it: what was read, with a change; the key stays.
    const changed = await t.call(`PUT ${one}`, { ...made.json, name: 'To iPads' })
    expect([changed.status, changed.json.name, changed.json.configuration]).toEqual([200, 'To iPads', keys])
    const again = { ...google, name: 'To Pixels' }
    expect((await t.call(`PUT ${PROVIDERS}/${google.id}`, again)).json.configuration.projectId).toBe('harbour')
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    expect((await t.call(`GET ${one}`)).json).toMatchObject({
      errorCode: 'E0000007',
      errorSummary: `Not found: Resource not found: ${made.json.id} (PushProviderConfigEntity)`,
    })
  })

  test('have a name of their own', async () => {
    await t.call(`POST ${PROVIDERS}`, apns())
    const taken = await t.call(`POST ${PROVIDERS}`, fcm({ name: 'to iphones' }))
    expect([taken.status, whyNot(taken)]).toEqual([
      400,
      ['name: An object with this field already exists in the current organization'],
    ])
    expect(t.lastCause()).toBe('E0000001/push-provider-name-taken')
  })

  test('need what their service asks for', async () => {
    expect(whyNot(await t.call(`POST ${PROVIDERS}`, { providerType: 'APNS', name: '' }))).toEqual([
      'name: The field cannot be left blank',
      'configuration: The field cannot be left blank',
    ])
    expect(whyNot(await t.call(`POST ${PROVIDERS}`, apns({ configuration: { keyId: 'A' } })))).toEqual([
      'configuration.teamId: The field cannot be left blank',
      'configuration.tokenSigningKey: The field cannot be left blank',
    ])
    const noProject = await t.call(`POST ${PROVIDERS}`, fcm({ configuration: { serviceAccountJson: {} } }))
    expect(whyNot(noProject)).toEqual(['configuration.serviceAccountJson: The field has an invalid value'])
    await t.call(`POST ${PROVIDERS}`, apns({ providerType: 'PIGEON' }))
    expect(t.lastCause()).toBe('E0000003/body-unreadable-shape')
    // Another service has other keys: there is nothing to keep.
    const { id } = (await t.call(`POST ${PROVIDERS}`, apns())).json
    const turned = await t.call(`PUT ${PROVIDERS}/${id}`, fcm({ configuration: {} }))
    expect(whyNot(turned)).toEqual(['configuration.serviceAccountJson: The field cannot be left blank'])
  })

  test('stay while an authenticator of an app sends through them', async () => {
    const { id } = (await t.call(`POST ${PROVIDERS}`, apns())).json
    const custom = {
      key: 'custom_app',
      name: 'Harbour app',
      provider: { type: 'PUSH', configuration: { apns: { id } } },
    }
    expect((await t.call('POST /api/v1/authenticators', custom)).status).toBe(200)
    const refused = await t.call(`DELETE ${PROVIDERS}/${id}`)
    expect([refused.status, refused.json.errorCode, t.lastCause()]).toEqual([
      409,
      'E0000187',
      'E0000187/push-provider-in-use',
    ])
  })

  test('are for administrators who may secure the org', async () => {
    const reader = await t.makeAdmin('reader@example.com', 'READ_ONLY_ADMIN')
    expect((await t.call(`GET ${PROVIDERS}`, undefined, reader)).status).toBe(200)
    expect((await t.call(`POST ${PROVIDERS}`, apns(), reader)).json.errorCode).toBe('E0000006')
  })

  test('are never half written, whatever is sent', async () => {
    const { json } = await t.call(`POST ${PROVIDERS}`, apns())
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom('\ud800', 'x\u0000', 'long'.repeat(5_000), '__proto__'))
    const body = fc.record({
      name: odd,
      providerType: fc.oneof(odd, fc.constantFrom('APNS', 'FCM')),
      configuration: fc.oneof(
        odd,
        fc.record({ keyId: odd, teamId: odd, tokenSigningKey: odd, fileName: odd, serviceAccountJson: odd }),
      ),
    })
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const before = (await t.call(`GET ${PROVIDERS}/${json.id}`)).json
        const answer = await t.call(`PUT ${PROVIDERS}/${json.id}`, sent)
        expect(answer.status).toBeLessThan(500)
        if (answer.status !== 200) expect((await t.call(`GET ${PROVIDERS}/${json.id}`)).json).toEqual(before)
      }),
      { numRuns: 60 },
    )
  })
})
