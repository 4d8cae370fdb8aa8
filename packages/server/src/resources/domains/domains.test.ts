import { createPrivateKey } from 'node:crypto'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { certificateOf, publicKeyOf } from '../../der.ts'
import { type TestOrg, testOrg } from '../../testing.ts'
import { testSigningKey } from '../../testing-key.ts'

const pem = (what: string, der: Buffer) =>
  `-----BEGIN ${what}-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${what}-----\n`

function selfSigned(name: string): Buffer {
  const key = createPrivateKey(testSigningKey)
  const subject = [['commonName', name]] as const
  return certificateOf(key, {
    issuer: subject,
    subject,
    publicKey: publicKeyOf(key),
    serial: Buffer.of(1),
    notBefore: Date.UTC(2026, 0),
    notAfter: Date.UTC(2030, 0),
  })
}

const DOMAINS = '/api/v1/domains'
const EMAIL = '/api/v1/email-domains'

let t: TestOrg
let brandId: string
beforeEach(async () => {
  t = await testOrg({ settings: { contract: 'current' } })
  brandId = (await t.call('POST /api/v1/brands', { name: 'Harbour' })).json.id
})

const codeOf = (answer: { status: number; json: { errorCode: string } }) => [answer.status, answer.json.errorCode]
const causesOf = (answer: { json: { errorCauses: { errorSummary: string }[] } }) =>
  answer.json.errorCauses.map((cause) => cause.errorSummary)
const inDns = (...verified: string[]) => t.org.changeSettings({ domains: { verified } })
const eventTypes = () => [...t.org.events.read()].map((event) => event.eventType)

describe('a custom domain', () => {
  const add = (more: object = {}) =>
    t.call(`POST ${DOMAINS}`, { domain: 'login.harbour.example', certificateSourceType: 'OKTA_MANAGED', ...more })

  it('is made, given to a brand, verified and deleted', async () => {
    const made = await add()
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({
      id: expect.stringMatching(/^OcD\w{17}$/),
      domain: 'login.harbour.example',
      validationStatus: 'NOT_STARTED',
      dnsRecords: [
        { recordType: 'TXT', fqdn: '_acme-challenge.login.harbour.example' },
        { recordType: 'CAA', fqdn: 'login.harbour.example' },
        { recordType: 'CNAME', fqdn: 'login.harbour.example' },
      ],
    })
    const one = `${DOMAINS}/${made.json.id}`
    expect(codeOf(await add({ domain: 'LOGIN.harbour.example' }))).toEqual([403, 'E0000161'])
    expect((await t.call(`PUT ${one}`, { brandId })).json.brandId).toBe(brandId)
    expect((await t.call(`PUT ${one}`, { brandId: 'bndnone' })).json.errorSummary).toBe(
      'Not found: Resource not found: bndnone (Brand)',
    )
    expect((await t.call(`GET /api/v1/brands/${brandId}/domains`)).json.domains).toHaveLength(1)
    expect((await t.call('GET /api/v1/brands?expand=domains')).json[1]._embedded.domains).toHaveLength(1)
    expect(codeOf(await t.call(`DELETE /api/v1/brands/${brandId}`))).toEqual([409, 'E0000201'])
    expect((await t.call(`POST ${one}/verify`)).json.validationStatus).toBe('FAILED_TO_VERIFY')
    inDns('login.harbour.example')
    expect((await t.call(`POST ${one}/verify`)).json.validationStatus).toBe('COMPLETED')
    expect((await t.call(`GET ${DOMAINS}`)).json.domains).toHaveLength(1)
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    expect(codeOf(await t.call(`GET ${one}`))).toEqual([404, 'E0000163'])
    expect((await t.call(`DELETE /api/v1/brands/${brandId}`)).status).toBe(204)
    for (const what of ['initiate', 'update', 'verify', 'delete'])
      expect(eventTypes()).toContain(`system.custom_url_domain.${what}`)
  })

  it('brings a brand along, called like it, which stays; the default brand has none', async () => {
    const made = await add({ certificateSourceType: 'MANUAL' })
    expect(made.json.dnsRecords.map(({ recordType }: { recordType: string }) => recordType)).toEqual(['TXT', 'CNAME'])
    expect(made.json.dnsRecords[0].fqdn).toBe('_oktaverification.login.harbour.example')
    const own = `/api/v1/brands/${made.json.brandId}`
    expect((await t.call(`GET ${own}`)).json).toMatchObject({ name: 'login.harbour.example', isDefault: false })
    const [standard] = (await t.call('GET /api/v1/brands')).json
    expect(codeOf(await t.call(`PUT ${DOMAINS}/${made.json.id}`, { brandId: standard.id }))).toEqual([409, 'E0000203'])
    expect(codeOf(await t.call(`DELETE ${own}`))).toEqual([409, 'E0000201'])
    await t.call(`DELETE ${DOMAINS}/${made.json.id}`)
    const again = await add()
    expect(again.json.brandId).toBe(made.json.brandId)
    await t.call(`DELETE ${DOMAINS}/${again.json.id}`)
    expect((await t.call(`DELETE ${own}`)).status).toBe(204)
  })

  it('takes a certificate of its own once it is verified', async () => {
    const { id } = (await add({ certificateSourceType: 'MANUAL' })).json
    const put = () => t.call(`PUT ${DOMAINS}/${id}/certificate`, { type: 'PEM', certificate: 'no', privateKey: 'no' })
    expect(codeOf(await put())).toEqual([403, 'E0000165'])
    inDns('login.harbour.example')
    expect((await t.call(`POST ${DOMAINS}/${id}/verify`)).json.validationStatus).toBe('VERIFIED')
    expect(causesOf(await put())).toEqual(['certificate: must be a PEM certificate that belongs to the private key'])
    expect((await t.call(`GET ${DOMAINS}/${id}`)).json.validationStatus).toBe('VERIFIED')
  })

  it('shows what is known of that certificate', async () => {
    const { id } = (await add({ certificateSourceType: 'MANUAL' })).json
    inDns('login.harbour.example')
    await t.call(`POST ${DOMAINS}/${id}/verify`)
    const send = async (name: string) => {
      const certificate = pem('CERTIFICATE', selfSigned(name))
      return await t.call(`PUT ${DOMAINS}/${id}/certificate`, { type: 'PEM', certificate, privateKey: testSigningKey })
    }
    expect(causesOf(await send('other.example'))).toEqual(['certificate: must be made out to login.harbour.example'])
    expect((await send('login.harbour.example')).status).toBe(204)
    expect((await t.call(`GET ${DOMAINS}/${id}`)).json).toMatchObject({
      validationStatus: 'COMPLETED',
      certificateSourceType: 'MANUAL',
      publicCertificate: { subject: 'CN=login.harbour.example', expiration: expect.stringMatching(/^20/) },
    })
    expect(eventTypes()).toContain('system.custom_url_domain.cert_upload')
  })

  it('has a name and a kind of certificate', async () => {
    expect(causesOf(await add({ domain: 'no domain', certificateSourceType: 'NONE' }))).toEqual([
      'domain: must be a domain name such as login.example.com',
      'certificateSourceType: The field has an invalid value',
    ])
  })
})

describe('an email domain', () => {
  const sender = { domain: 'harbour.example', displayName: 'Harbour', userName: 'noreply' }
  const add = () => t.call(`POST ${EMAIL}`, { ...sender, brandId })

  it('is made, verified, used by a brand, renamed and deleted', async () => {
    const made = await add()
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({ ...sender, validationStatus: 'NOT_STARTED', validationSubdomain: 'mail' })
    const one = `${EMAIL}/${made.json.id}`
    expect(codeOf(await add())).toEqual([409, 'E0000197'])
    expect(codeOf(await t.call(`POST ${one}/verify`))).toEqual([400, 'E0000218'])
    inDns('harbour.example')
    expect((await t.call(`POST ${one}/verify`)).json.validationStatus).toBe('VERIFIED')
    expect(codeOf(await t.call(`POST ${one}/verify`))).toEqual([400, 'E0000217'])
    const brand = await t.call(`PUT /api/v1/brands/${brandId}`, { name: 'Harbour', emailDomainId: made.json.id })
    expect(brand.json.emailDomainId).toBe(made.json.id)
    expect(codeOf(await t.call(`DELETE /api/v1/brands/${brandId}`))).toEqual([409, 'E0000201'])
    expect((await t.call(`PUT ${one}`, { displayName: 'Port', userName: 'port' })).json).toMatchObject({
      displayName: 'Port',
      userName: 'port',
    })
    expect((await t.call(`GET ${EMAIL}`)).json).toHaveLength(1)
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    expect((await t.call(`GET ${one}`)).json.validationStatus).toBe('DELETED')
    expect((await t.call(`GET /api/v1/brands/${brandId}`)).json).not.toHaveProperty('emailDomainId')
    for (const what of ['create', 'update', 'verify', 'delete'])
      expect(eventTypes()).toContain(`system.email_domain.${what}`)
  })

  it('stays to be read when it is deleted, and its name and brand are free', async () => {
    const { id } = (await add()).json
    const one = `${EMAIL}/${id}`
    for (let i = 0; i < 2; i++) expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    expect((await t.call(`GET ${EMAIL}`)).json).toMatchObject([{ id, validationStatus: 'DELETED' }])
    expect(codeOf(await t.call(`PUT ${one}`, { displayName: 'Port', userName: 'port' }))).toEqual([404, 'E0000198'])
    expect(codeOf(await t.call(`POST ${one}/verify`))).toEqual([400, 'E0000217'])
    const sends = await t.call(`PUT /api/v1/brands/${brandId}`, { name: 'Harbour', emailDomainId: id })
    expect(sends.json.errorSummary).toBe(`Not found: Resource not found: ${id} (EmailDomain)`)
    const again = (await add()).json
    expect([again.validationStatus, again.id === id]).toEqual(['NOT_STARTED', false])
    await t.call(`DELETE ${EMAIL}/${again.id}`)
    expect((await t.call(`DELETE /api/v1/brands/${brandId}`)).status).toBe(204)
    expect(codeOf(await t.call(`GET ${EMAIL}/OeDnone`))).toEqual([404, 'E0000198'])
  })

  it('belongs to a brand that is there', async () => {
    const missing = await t.call(`POST ${EMAIL}`, { ...sender, brandId: 'bndnone' })
    expect(missing.json.errorSummary).toBe('Not found: Resource not found: bndnone (Brand)')
  })
})

it('take any value without a fault', async () => {
  const odd = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constant('x'.repeat(500)))
  const names = ['domain', 'certificateSourceType', 'brandId', 'displayName', 'userName', 'validationSubdomain']
  const sent = fc.oneof(odd, fc.record(Object.fromEntries(names.map((name) => [name, odd])), { requiredKeys: [] }))
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(DOMAINS, EMAIL), sent, async (path, body) => {
      const before = (await t.call(`GET ${path}`)).json
      const answer = await t.call(`POST ${path}`, JSON.stringify(body))
      expect(answer.status).toBeLessThan(500)
      if (answer.status !== 201) expect((await t.call(`GET ${path}`)).json).toEqual(before)
    }),
  )
})
