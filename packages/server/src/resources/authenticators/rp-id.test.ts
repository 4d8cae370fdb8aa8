import { beforeEach, describe, expect, it } from 'vitest'
import { causesOf, type TestOrg, testOrg } from '../../testing.ts'

let t: TestOrg
let method: string
beforeEach(async () => {
  t = await testOrg({ settings: { contract: 'current' } })
  const { json } = await t.call('GET /api/v1/authenticators')
  const keys = json.find(({ key }: { key: string }) => key === 'webauthn').id
  method = `/api/v1/authenticators/${keys}/methods/webauthn`
})
const put = (rpId: unknown) => t.call(`PUT ${method}`, { type: 'webauthn', settings: { rpId } })
const rpId = async () => (await t.call(`GET ${method}`)).json.settings.rpId
const verify = () => t.call(`POST ${method}/verify-rp-id-domain`)
const harbour = { name: 'harbour.example' }

describe('the domain of passkeys', () => {
  it('is named, verified by DNS, and used', async () => {
    const named = await put({ domain: { ...harbour, validationStatus: 'VERIFIED' } })
    expect(named.json.settings.rpId).toEqual({
      enabled: false,
      domain: {
        ...harbour,
        validationStatus: 'NOT_STARTED',
        dnsRecord: {
          recordType: 'TXT',
          fqdn: '_oktaverification.harbour.example',
          verificationValue: expect.stringMatching(/^\w{32}$/),
        },
      },
    })
    expect(named.json._links['verify-rp-id-domain'].href).toContain('/methods/webauthn/verify-rp-id-domain')
    const early = await put({ enabled: true, domain: harbour })
    expect(causesOf(early.json)).toEqual(['settings.rpId.enabled: needs a verified domain'])
    expect((await verify()).status).toBe(204)
    expect((await rpId()).domain).toMatchObject({ validationStatus: 'ERROR', dnsRecord: { recordType: 'TXT' } })
    t.org.changeSettings({ domains: { verified: ['harbour.example'] } })
    await verify()
    expect(await rpId()).toEqual({ enabled: false, domain: { ...harbour, validationStatus: 'VERIFIED' } })
    expect((await put({ enabled: true, domain: harbour })).json.settings.rpId.enabled).toBe(true)
    const moved = await put({ enabled: true, domain: { name: 'other.example' } })
    expect(causesOf(moved.json)).toEqual(['settings.rpId.domain: cannot be changed while the RP ID is enabled'])
  })

  it('is known to be its own where it is the host of the org', async () => {
    const { hostname } = new URL(t.org.baseUrl)
    expect((await put({ enabled: true, domain: { name: hostname } })).json.settings.rpId).toEqual({
      enabled: true,
      domain: { name: hostname, validationStatus: 'VERIFIED' },
    })
  })

  it('has to be there, and a name, to be verified', async () => {
    expect(causesOf((await verify()).json)).toEqual(['settings.rpId: has no domain to verify'])
    expect(causesOf((await put({ domain: { name: 'no name' } })).json)).toEqual([
      'settings.rpId.domain.name: must be a domain name',
    ])
    for (const odd of ['x', { domain: 'x' }, { enabled: 'yes' }]) {
      await put(odd)
      expect(t.lastCause()).toBe('E0000003/body-unreadable-shape')
    }
    expect(await rpId()).toBeUndefined()
    expect((await t.call(`POST ${method.replace('/webauthn', '/sms')}/verify-rp-id-domain`)).status).toBe(404)
  })
})
