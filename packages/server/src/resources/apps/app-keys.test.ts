// With which keys does the org sign for an app? Keys, certificates that others sign, keys that apps share.
import { X509Certificate } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { orgFetch } from '../../http/fetch.ts'
import { createProofSigner } from '../../proof-signer.ts'
import { type AppOrg, appOrg, bookmark, wiki } from './testing.ts'

let t: AppOrg

beforeEach(async () => {
  t = await appOrg()
})

describe('signing keys of an app', () => {
  const saml = {
    label: 'My tool',
    signOnMode: 'SAML_2_0',
    settings: {
      signOn: {
        ssoAcsUrl: 'https://a.example',
        recipient: 'https://a.example',
        destination: 'https://a.example',
        audience: 'a',
      },
    },
  }

  test('the certificate is that of the key, and signs itself', async () => {
    const { json } = await t.call('POST /api/v1/apps', saml)
    const [key] = (await t.call(`GET /api/v1/apps/${json.id}/credentials/keys`)).json
    expect(key.kid).toBe(json.credentials.signing.kid)
    const certificate = new X509Certificate(Buffer.from(key.x5c[0], 'base64'))
    const jwk = certificate.publicKey.export({ format: 'jwk' })
    expect([jwk.n, jwk.e]).toEqual([key.n, key.e])
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.subject).toContain(`CN=${t.org.fixed.orgId}`)
    expect(new Date(certificate.validFrom).toISOString()).toBe(key.created)
    expect(new Date(certificate.validTo).toISOString()).toBe(key.expiresAt)
    const sha256 = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')
    expect(key['x5t#S256']).toBe(sha256)
  })

  test('a new key is used when the app says so', async () => {
    const { json } = await t.call('POST /api/v1/apps', saml)
    const at = `/api/v1/apps/${json.id}/credentials/keys`
    expect(await t.refusal(`POST ${at}/generate?validityYears=1`)).toMatchObject({ status: 400, code: 'E0000001' })
    const made = await t.call(`POST ${at}/generate?validityYears=2`)
    expect(made.status).toBe(201)
    expect((await t.call(`GET ${at}`)).json).toHaveLength(2)
    expect((await t.call(`GET ${at}/${made.json.kid}`)).json).toEqual(made.json)
    const signing = async (kid: string) =>
      (await t.call(`PUT /api/v1/apps/${json.id}`, { ...saml, credentials: { signing: { kid } } })).json.credentials
        .signing.kid
    expect(await signing(made.json.kid)).toBe(made.json.kid)
    expect((await t.call(`PUT /api/v1/apps/${json.id}`, saml)).json.credentials.signing.kid).toBe(made.json.kid)
    for (const kid of ['nobody', 7, { a: 1 }]) {
      const replaced = await t.refusal(`PUT /api/v1/apps/${json.id}`, { ...saml, credentials: { signing: { kid } } })
      expect(replaced).toMatchObject({ status: 400, cause: 'E0000001/signing-key-not-of-app' })
    }
    // A new app has only its first key, whatever its body was copied from.
    const copied = await t.call('POST /api/v1/apps', { ...saml, credentials: { signing: { kid: made.json.kid } } })
    expect([copied.status, copied.json.credentials.signing.kid === made.json.kid]).toEqual([200, false])
    expect(await t.refusal(`GET ${at}/nobody`)).toMatchObject({ status: 404, code: 'E0000007' })
  })

  test('metadata is XML for whoever takes it', async () => {
    const { json } = await t.call('POST /api/v1/apps', saml)
    const at = `/api/v1/apps/${json.id}/sso/saml/metadata?kid=${json.credentials.signing.kid}`
    const answer = await t.call(`GET ${at}`, undefined, { headers: { accept: 'application/xml' } })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/xml'])
    const ofTheSdk = { accept: 'application/json, */*;q=0.8' }
    const other = await t.call(`GET ${at}`, undefined, { headers: ofTheSdk })
    expect([other.status, other.headers.get('content-type')]).toEqual([200, 'text/xml'])
    const [key] = (await t.call(`GET /api/v1/apps/${json.id}/credentials/keys`)).json
    expect(answer.text).toContain(`<ds:X509Certificate>${key.x5c[0]}</ds:X509Certificate>`)
    expect(await t.refusal(`GET ${at}`)).toMatchObject({ status: 400, code: 'E0000019' })
  })

  test('a bookmark has them too, and signs nothing with them', async () => {
    const { json } = await t.call('POST /api/v1/apps', bookmark)
    expect(json.credentials.signing).toEqual({})
    const at = `/api/v1/apps/${json.id}/credentials/keys`
    const [first] = (await t.call(`GET ${at}`)).json
    const made = await t.call(`POST ${at}/generate?validityYears=2`)
    expect((await t.call(`GET ${at}`)).json).toEqual([first, made.json])
    expect((await t.call(`GET ${at}/${made.json.kid}`)).json).toEqual(made.json)
    const other = await t.make({ ...bookmark, label: 'Handbook 2' })
    const cloned = await t.call(`POST ${at}/${made.json.kid}/clone?targetAid=${other}`)
    expect([cloned.status, cloned.json.kid]).toEqual([201, made.json.kid])
  })
})

describe('a request for a certificate', () => {
  const metadata = {
    subject: { countryName: 'US', organizationName: 'Example, Inc.', commonName: 'wiki.example.com' },
    subjectAltNames: { dnsNames: ['wiki.example.com', '*.wiki.example.com'] },
  }
  const type = (contentType: string) => ({ headers: { 'content-type': contentType } })
  const signer = createProofSigner()
  const issue = async (csr: string | undefined, days: number): Promise<string> =>
    ((await signer(t.clock.now)('certificate', { csr, days })) as { certificate: string }).certificate

  test('is made, listed, read in both forms and revoked', async () => {
    const at = `/api/v1/apps/${await t.make(wiki)}/credentials/csrs`
    const made = await t.call(`POST ${at}`, metadata)
    expect(made.status).toBe(201)
    expect(Object.keys(made.json)).toEqual(['id', 'created', 'csr', 'kty', '_links'])
    const text = Buffer.from(made.json.csr, 'base64').toString('latin1')
    for (const word of ['Example, Inc.', 'wiki.example.com', '*.wiki.example.com']) expect(text).toContain(word)
    expect((await t.call(`GET ${at}`)).json).toEqual([made.json])
    expect((await t.call(`GET ${at}/${made.json.id}`)).json).toEqual(made.json)
    const bare = await t.call(`GET ${at}/${made.json.id}`, undefined, { headers: { accept: 'application/pkcs10' } })
    expect([bare.text, bare.headers.get('content-type')]).toEqual([
      made.json.csr,
      'application/pkcs10; filename=okta.p10',
    ])
    expect((await t.call(`DELETE ${at}/${made.json.id}`)).status).toBe(204)
    expect(await t.refusal(`GET ${at}/${made.json.id}`)).toMatchObject({
      status: 404,
      cause: 'E0000007/resource-missing',
      summary: `Not found: Resource not found: ${made.json.id} (CertificateSigningRequest)`,
    })
    expect((await t.call(`POST ${at}`, metadata)).json.id).not.toBe(made.json.id)
  })

  test.each(['application/x-x509-ca-cert', 'application/pkix-cert', 'application/x-pem-file', 'application/json'])(
    'is answered with a certificate as %s',
    async (contentType) => {
      const app = await t.make(wiki)
      const at = `/api/v1/apps/${app}/credentials`
      const { id, csr } = (await t.call(`POST ${at}/csrs`, metadata)).json
      expect((await t.call(`GET ${at}/keys`)).json).toHaveLength(1)
      const certificate = await issue(csr, 365)
      const pem = new X509Certificate(Buffer.from(certificate, 'base64')).toString()
      const forms: Record<string, string> = {
        'application/x-pem-file': pem,
        'application/json': JSON.stringify(certificate),
      }
      const published = await t.call(
        `POST ${at}/csrs/${id}/lifecycle/publish`,
        forms[contentType] ?? certificate,
        type(contentType),
      )
      expect(published.status).toBe(201)
      expect(published.json).toMatchObject({ kid: id, x5c: [certificate], expiresAt: '2027-11-20T10:00:00.000Z' })
      expect((await t.call(`GET ${at}/keys`)).json[1]).toEqual(published.json)
      expect((await t.call(`GET ${at}/csrs`)).json).toEqual([])
      const signing = await t.call(`PUT /api/v1/apps/${app}`, { ...wiki, credentials: { signing: { kid: id } } })
      expect(signing.json.credentials.signing.kid).toBe(id)
    },
  )

  test('is answered with bytes as well', async () => {
    const at = `/api/v1/apps/${await t.make(wiki)}/credentials/csrs`
    const { id, csr } = (await t.call(`POST ${at}`, metadata)).json
    const response = await orgFetch(t.org, `http://org.test${at}/${id}/lifecycle/publish`, {
      method: 'POST',
      headers: {
        authorization: `SSWS ${t.token}`,
        accept: 'application/json',
        'content-type': 'application/pkix-cert',
      },
      body: Buffer.from(await issue(csr, 365), 'base64'),
    })
    expect(response.status).toBe(201)
  })

  test('refuses other certificates, and stays', async () => {
    const at = `/api/v1/apps/${await t.make(wiki)}/credentials/csrs`
    const { id, csr } = (await t.call(`POST ${at}`, metadata)).json
    const publish = (certificate: string) =>
      t.refusal(`POST ${at}/${id}/lifecycle/publish`, certificate, {
        headers: { 'content-type': 'application/pkix-cert' },
      })
    expect(await publish(await issue(undefined, 365))).toMatchObject({
      status: 400,
      cause: 'E0000001/certificate-not-of-csr',
      summary: 'Api validation failed: certificate',
      causes: ["The certificate doesn't match the CSR."],
    })
    expect(await publish(await issue(csr, 90))).toMatchObject({
      cause: 'E0000001/certificate-expires-soon',
      causes: ['The certificate must be valid for more than 90 days.'],
    })
    for (const nonsense of ['x', '{}', '-----BEGIN CERTIFICATE-----', 'AAAA', '\u0000'])
      expect(await publish(nonsense)).toMatchObject({ status: 400, cause: 'E0000001/value-invalid' })
    expect(
      await t.refusal(`POST ${at}/${id}/lifecycle/publish`, 'x', { headers: { 'content-type': 'text/plain' } }),
    ).toMatchObject({
      cause: 'E0000021/content-type-not-supported',
    })
    expect((await t.call(`GET ${at}`)).json).toHaveLength(1)
  })

  test('says what is wrong with its subject and names', async () => {
    const at = `/api/v1/apps/${await t.make(wiki)}/credentials/csrs`
    expect(
      await t.refusal(`POST ${at}`, {
        subject: { commonName: 'x'.repeat(65) },
        subjectAltNames: { dnsNames: ['a b'] },
      }),
    ).toMatchObject({
      status: 400,
      causes: [
        'commonName: The field is too long; at most 64 characters are allowed',
        'dnsNames: The field has an invalid value',
      ],
    })
    expect(await t.refusal(`POST ${at}`, { subjectAltNames: { dnsNames: [1] } })).toMatchObject({
      cause: 'E0000003/body-unreadable-shape',
    })
  })
})

describe('a key that apps share', () => {
  test('has the same name and certificate, and is shared once', async () => {
    const app = await t.make(wiki)
    const target = await t.make({ ...wiki, label: 'Mail' })
    const [key] = (await t.call(`GET /api/v1/apps/${app}/credentials/keys`)).json
    const clone = `POST /api/v1/apps/${app}/credentials/keys/${key.kid}/clone`
    const copy = await t.call(`${clone}?targetAid=${target}`)
    expect(copy.status).toBe(201)
    expect(copy.json).toEqual(key)
    expect((await t.call(`GET /api/v1/apps/${target}/credentials/keys`)).json[1]).toEqual(key)
    expect(t.lastEvent()).toMatchObject({ eventType: 'app.keys.clone', targets: [{ id: app }, { id: target }] })
    expect(await t.refusal(`${clone}?targetAid=${target}`)).toMatchObject({
      status: 400,
      cause: 'E0000001/key-already-shared',
      summary: 'Api validation failed: cloneKey',
      causes: ['Key already exists in the list of key credentials for the target app.'],
    })
    expect(await t.refusal(`${clone}?targetAid=${app}`)).toMatchObject({ cause: 'E0000001/key-already-shared' })
    expect(await t.refusal(clone)).toMatchObject({ cause: 'E0000001/required-field-missing' })
    expect(await t.refusal(`${clone}?targetAid=0oanone`)).toMatchObject({ status: 404 })
    // What was cloned outlives the app that it came from.
    await t.call(`POST /api/v1/apps/${app}/lifecycle/deactivate`)
    await t.call(`DELETE /api/v1/apps/${app}`)
    expect((await t.call(`GET /api/v1/apps/${target}/credentials/keys/${key.kid}`)).json).toEqual(key)
  })
})
