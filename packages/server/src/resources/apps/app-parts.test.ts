// What hangs on an app: certificates and keys, its logo, claims, ties to other apps, pushed groups, groups by PATCH.
import { X509Certificate } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { groupPushMappings } from '../../entities/app-relations.ts'
import { groups } from '../../entities/group.ts'
import { orgFetch } from '../../http/fetch.ts'
import { createProofSigner } from '../../proof-signer.ts'
import { type TestOrg, testOrg } from '../../testing.ts'

const web = {
  label: 'Wiki',
  name: 'oidc_client',
  signOnMode: 'OPENID_CONNECT',
  settings: {
    oauthClient: {
      application_type: 'web',
      grant_types: ['authorization_code'],
      redirect_uris: ['https://wiki.example.com/cb'],
    },
  },
}
const service = {
  label: 'Nightly job',
  name: 'oidc_client',
  signOnMode: 'OPENID_CONNECT',
  settings: { oauthClient: { application_type: 'service', grant_types: ['client_credentials'] } },
}
const bookmark = {
  label: 'Handbook',
  name: 'bookmark',
  signOnMode: 'BOOKMARK',
  settings: { app: { url: 'https://handbook.example.com' } },
}
const payroll = { label: 'Payroll', name: 'deelhr', signOnMode: 'AUTO_LOGIN', settings: { app: {} } }

let t: TestOrg
beforeEach(async () => {
  t = await testOrg()
})

async function make(body: object): Promise<string> {
  const { status, json } = await t.call('POST /api/v1/apps', body)
  expect([status, json.errorCauses]).toEqual([200, undefined])
  return json.id
}

async function makeGroup(name: string): Promise<string> {
  return (await t.call('POST /api/v1/groups', { profile: { name } })).json.id
}

/** A refused call: status, private cause, texts. */
async function refusal(request: string, body?: unknown, headers?: Record<string, string>) {
  const { status, json } = await t.call(request, body, headers && { headers })
  return {
    status,
    cause: t.lastCause(),
    summary: json?.errorSummary,
    causes: json?.errorCauses?.map((one: { errorSummary: string }) => one.errorSummary),
  }
}

const lastEvent = () => [...t.org.events.readBack()][0]

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
    const at = `/api/v1/apps/${await make(web)}/credentials/csrs`
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
    expect(await refusal(`GET ${at}/${made.json.id}`)).toMatchObject({
      status: 404,
      cause: 'E0000007/resource-missing',
      summary: `Not found: Resource not found: ${made.json.id} (CertificateSigningRequest)`,
    })
    expect((await t.call(`POST ${at}`, metadata)).json.id).not.toBe(made.json.id)
  })

  test.each(['application/x-x509-ca-cert', 'application/pkix-cert', 'application/x-pem-file', 'application/json'])(
    'is answered with a certificate as %s',
    async (contentType) => {
      const app = await make(web)
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
      const signing = await t.call(`PUT /api/v1/apps/${app}`, { ...web, credentials: { signing: { kid: id } } })
      expect(signing.json.credentials.signing.kid).toBe(id)
    },
  )

  test('is answered with bytes as well', async () => {
    const at = `/api/v1/apps/${await make(web)}/credentials/csrs`
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
    const at = `/api/v1/apps/${await make(web)}/credentials/csrs`
    const { id, csr } = (await t.call(`POST ${at}`, metadata)).json
    const publish = (certificate: string) =>
      refusal(`POST ${at}/${id}/lifecycle/publish`, certificate, { 'content-type': 'application/pkix-cert' })
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
    expect(await refusal(`POST ${at}/${id}/lifecycle/publish`, 'x', { 'content-type': 'text/plain' })).toMatchObject({
      cause: 'E0000021/content-type-not-supported',
    })
    expect((await t.call(`GET ${at}`)).json).toHaveLength(1)
  })

  test('says what is wrong with its subject and names', async () => {
    const at = `/api/v1/apps/${await make(web)}/credentials/csrs`
    expect(
      await refusal(`POST ${at}`, { subject: { commonName: 'x'.repeat(65) }, subjectAltNames: { dnsNames: ['a b'] } }),
    ).toMatchObject({
      status: 400,
      causes: [
        'commonName: The field is too long; at most 64 characters are allowed',
        'dnsNames: The field has an invalid value',
      ],
    })
    expect(await refusal(`POST ${at}`, { subjectAltNames: { dnsNames: [1] } })).toMatchObject({
      cause: 'E0000003/body-unreadable-shape',
    })
  })
})

describe('a key that apps share', () => {
  test('has the same name and certificate, and is shared once', async () => {
    const app = await make(web)
    const target = await make({ ...web, label: 'Mail' })
    const [key] = (await t.call(`GET /api/v1/apps/${app}/credentials/keys`)).json
    const clone = `POST /api/v1/apps/${app}/credentials/keys/${key.kid}/clone`
    const copy = await t.call(`${clone}?targetAid=${target}`)
    expect(copy.status).toBe(201)
    expect(copy.json).toEqual(key)
    expect((await t.call(`GET /api/v1/apps/${target}/credentials/keys`)).json[1]).toEqual(key)
    expect(lastEvent()).toMatchObject({ eventType: 'app.keys.clone', targets: [{ id: app }, { id: target }] })
    expect(await refusal(`${clone}?targetAid=${target}`)).toMatchObject({
      status: 400,
      cause: 'E0000001/key-already-shared',
      summary: 'Api validation failed: cloneKey',
      causes: ['Key already exists in the list of key credentials for the target app.'],
    })
    expect(await refusal(`${clone}?targetAid=${app}`)).toMatchObject({ cause: 'E0000001/key-already-shared' })
    expect(await refusal(clone)).toMatchObject({ cause: 'E0000001/required-field-missing' })
    expect(await refusal(`${clone}?targetAid=0oanone`)).toMatchObject({ status: 404 })
    expect(await refusal(`${clone}?targetAid=${await make(bookmark)}`)).toMatchObject({
      cause: 'E0000001/value-invalid',
    })
    // What was cloned outlives the app that it came from.
    await t.call(`POST /api/v1/apps/${app}/lifecycle/deactivate`)
    await t.call(`DELETE /api/v1/apps/${app}`)
    expect((await t.call(`GET /api/v1/apps/${target}/credentials/keys/${key.kid}`)).json).toEqual(key)
  })
})

describe('a logo', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex')
  const upload = async (app: string, bytes: Buffer, field = 'file', fileName = 'logo.png') => {
    const form = Buffer.concat([
      Buffer.from(`--b\r\nContent-Disposition: form-data; name="${field}"; filename="${fileName}"\r\n\r\n`),
      bytes,
      Buffer.from('\r\n--b--\r\n'),
    ])
    const response = await orgFetch(t.org, `http://org.test/api/v1/apps/${app}/logo`, {
      method: 'POST',
      headers: {
        authorization: `SSWS ${t.token}`,
        accept: 'application/json',
        'content-type': 'multipart/form-data; boundary=b',
      },
      body: form,
    })
    return { status: response.status, text: await response.text(), cause: t.lastCause() }
  }

  test('is uploaded as a form, and takes the place of the one before', async () => {
    const app = await make(bookmark)
    const logoOf = async () => (await t.call(`GET /api/v1/apps/${app}`)).json._links.logo[0]
    const before = await logoOf()
    expect(await upload(app, png)).toMatchObject({ status: 201, text: '' })
    const first = await logoOf()
    const seen = await orgFetch(t.org, first.href)
    expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(Buffer.from(await seen.arrayBuffer())).toEqual(png)
    expect(first.href).not.toBe(before.href)
    expect(await upload(app, Buffer.from('<?xml version="1.0"?>\n<svg/>'))).toMatchObject({ status: 201 })
    expect(await logoOf()).toMatchObject({ type: 'image/svg+xml' })
    const second = (await logoOf()).href
    expect(second).not.toBe(first.href)
    // An SVG could be a page with a script: it is handed over as a file, and runs nothing.
    const { headers } = await orgFetch(t.org, second)
    expect(headers.get('content-disposition')).toContain('attachment')
    expect(headers.get('content-security-policy')).toContain('sandbox')
    expect(headers.get('x-content-type-options')).toContain('nosniff')
    expect((await orgFetch(t.org, first.href)).status).toBe(404)
    await t.call(`POST /api/v1/apps/${app}/lifecycle/deactivate`)
    expect((await t.call(`DELETE /api/v1/apps/${app}`)).status).toBe(204)
    expect((await orgFetch(t.org, second)).status).toBe(404)
  })

  test('is refused in another form, or when it is no picture', async () => {
    const app = await make(bookmark)
    expect(await refusal(`POST /api/v1/apps/${app}/logo`, { file: 'x' })).toMatchObject({
      status: 404,
      cause: 'E0000012/upload-not-multipart',
      summary: 'Unsupported media type',
    })
    expect(await upload(app, png, 'logo')).toMatchObject({ status: 400, cause: 'E0000001/required-field-missing' })
    expect(await upload(app, Buffer.alloc(0))).toMatchObject({ cause: 'E0000001/required-field-missing' })
    expect(await upload(app, Buffer.from('<html/>'))).toMatchObject({ cause: 'E0000001/value-invalid' })
    expect(await upload(app, Buffer.concat([png, Buffer.alloc(1_000_000)]))).toMatchObject({
      cause: 'E0000001/value-invalid',
    })
    expect((await t.call(`GET /api/v1/apps/${app}`)).json._links.logo[0].href).toContain('default')
  })
})

describe('federated claims', () => {
  test('are made, read, replaced, deleted; a name once in an app', async () => {
    const app = await make(web)
    const at = `/api/v1/apps/${app}/federated-claims`
    const made = await t.call(`POST ${at}`, { name: 'role', expression: 'user.profile.title' })
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({ name: 'role', expression: 'user.profile.title' })
    expect(made.json.id).toMatch(/^ofc/)
    expect(await refusal(`POST ${at}`, { name: 'role', expression: 'x' })).toMatchObject({
      status: 400,
      cause: 'E0000001/federated-claim-name-taken',
    })
    const other = (await t.call(`POST ${at}`, { name: 'city', expression: 'user.profile.city' })).json
    expect(await refusal(`PUT ${at}/${other.id}`, { name: 'role', expression: 'x' })).toMatchObject({
      cause: 'E0000001/federated-claim-name-taken',
    })
    expect((await t.call(`GET ${at}`)).json).toEqual([made.json, other])
    const replaced = await t.call(`PUT ${at}/${made.json.id}`, { name: 'role', expression: 'user.profile.city' })
    expect(replaced.json).toEqual({ ...made.json, expression: 'user.profile.city' })
    expect((await t.call(`DELETE ${at}/${made.json.id}`)).status).toBe(204)
    expect(await refusal(`GET ${at}/${made.json.id}`)).toMatchObject({
      summary: `Not found: Resource not found: ${made.json.id} (FederatedClaim)`,
    })
    expect(await refusal(`POST ${at}`, { name: 'wrong', expression: '(((' })).toMatchObject({
      cause: 'E0000001/claim-expression-unreadable',
      causes: ['expression: Invalid expression'],
    })
    expect(await refusal(`PUT ${at}/${other.id}`, { name: 'city', expression: 'user.' })).toMatchObject({
      cause: 'E0000001/claim-expression-unreadable',
    })
    expect(await refusal(`POST ${at}`, {})).toMatchObject({
      causes: ['name: The field cannot be left blank', 'expression: The field cannot be left blank'],
    })
    const elsewhere = await make({ ...web, label: 'Mail' })
    expect(await refusal(`GET /api/v1/apps/${elsewhere}/federated-claims/${other.id}`)).toMatchObject({ status: 404 })
  })
})

describe('connections across apps', () => {
  test('are made, filtered, switched and deleted, from both ends', async () => {
    const asks = await make(web)
    const asked = await make(bookmark)
    const at = `/api/v1/apps/${asks}/cwo/connections`
    const made = await t.call(`POST ${at}`, { resourceAppInstanceId: asked })
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({
      requestingAppInstanceId: asks,
      resourceAppInstanceId: asked,
      status: 'ACTIVE',
    })
    const list = async (place: string) => (await t.call(`GET ${place}`)).json.map((one: { id: string }) => one.id)
    const own = (await t.call(`POST ${at}`, { resourceAppInstanceId: asks, status: 'INACTIVE' })).json
    const ids = [made.json.id, own.id]
    expect(await list(at)).toEqual(ids)
    expect(await list(`/api/v1/apps/${asked}/cwo/connections`)).toEqual([ids[0]])
    expect(await list(`${at}?limit=-1`)).toEqual(ids)
    expect(await list(`${at}?limit=0`)).toEqual([])
    expect(await list(`${at}?status=INACTIVE`)).toEqual([ids[1]])
    expect(await list(`${at}?resourceAppId=${asked}`)).toEqual([ids[0]])
    expect(await list(`${at}?requestingAppId=${asked}`)).toEqual([])
    expect(await list(`${at}?resourceAppName=BOOK`)).toEqual([ids[0]])
    const first = await t.call(`GET ${at}?limit=1`)
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!
    expect(await list(new URL(next).pathname + new URL(next).search)).toEqual([ids[1]])
    const patched = await t.call(`PATCH ${at}/${ids[0]}`, { status: 'INACTIVE' })
    expect(patched.json).toEqual({ ...made.json, status: 'INACTIVE' })
    await t.call(`POST /api/v1/apps/${asked}/lifecycle/deactivate`)
    expect(await list(`${at}?activeAppsOnly=true`)).toEqual([ids[1]])
    expect((await t.call(`DELETE /api/v1/apps/${asked}/cwo/connections/${ids[0]}`)).status).toBe(204)
    expect(await refusal(`GET ${at}/${ids[0]}`)).toMatchObject({
      summary: `Not found: Resource not found: ${ids[0]} (Connection)`,
    })
  })

  test('need two apps that people sign in to, and stand once', async () => {
    const app = await make(web)
    const job = await make(service)
    const at = `/api/v1/apps/${app}/cwo/connections`
    const refused = { status: 403, cause: 'E0000013/app-not-enabled-as-client', summary: 'Invalid client app id' }
    expect(await refusal(`POST ${at}`, { resourceAppInstanceId: job })).toMatchObject(refused)
    expect(await refusal(`POST /api/v1/apps/${job}/cwo/connections`, { resourceAppInstanceId: app })).toMatchObject(
      refused,
    )
    await t.call(`POST ${at}`, { resourceAppInstanceId: app })
    expect(await refusal(`POST ${at}`, { resourceAppInstanceId: app })).toMatchObject({
      cause: 'E0000001/connection-exists',
    })
    expect(await refusal(`POST ${at}`, {})).toMatchObject({ cause: 'E0000001/required-field-missing' })
    expect(await refusal(`POST ${at}`, { resourceAppInstanceId: '0oanone' })).toMatchObject({ status: 404 })
    const [{ id }] = (await t.call(`GET ${at}`)).json
    expect(await refusal(`PATCH ${at}/${id}`, { status: 'PAUSED' })).toMatchObject({ cause: 'E0000001/value-invalid' })
    expect(await refusal(`GET ${at}?status=PAUSED`)).toMatchObject({ cause: 'E0000001/value-invalid' })
  })
})

describe('apps that trust each other', () => {
  test('five at most may take users over to an app with OpenID Connect or SAML', async () => {
    const target = await make(web)
    const at = `/api/v1/apps/${target}/interclient-allowed-apps`
    const allowed: string[] = []
    for (const n of [1, 2, 3, 4, 5]) {
      const id = await make({ ...bookmark, label: `Handbook ${n}` })
      const { status, json } = await t.call(`POST ${at}`, { id })
      expect(status).toBe(201)
      expect(json).toMatchObject({ appInstanceId: target, trustedAppInstanceId: id, lastUpdatedBy: t.adminId })
      allowed.push(id)
    }
    const again = await t.call(`POST ${at}`, { id: allowed[0] })
    expect(again.status).toBe(201)
    expect((await t.call(`GET ${at}`)).json).toEqual(allowed)
    const sixth = await make({ ...bookmark, label: 'Handbook 6' })
    expect(await refusal(`POST ${at}`, { id: sixth })).toMatchObject({
      cause: 'E0000001/trust-mappings-full',
      causes: ['The target application cannot have more than 5 trusted apps.'],
    })
    expect((await t.call(`GET /api/v1/apps/${allowed[0]}/interclient-target-apps`)).json).toEqual([target])
    expect((await t.call(`DELETE ${at}/${allowed[0]}`)).status).toBe(204)
    expect(await refusal(`DELETE ${at}/${allowed[0]}`)).toMatchObject({ status: 404 })
    expect(await refusal(`POST /api/v1/apps/${sixth}/interclient-allowed-apps`, { id: target })).toMatchObject({
      cause: 'E0000001/trust-target-type-wrong',
    })
    expect(await refusal(`POST ${at}`, {})).toMatchObject({ cause: 'E0000001/required-field-missing' })
  })
})

describe('groups that are pushed', () => {
  test('get a group of the app; a mapping is switched off before it goes, with that group if so wished', async () => {
    const app = await make(payroll)
    const group = await makeGroup('Engineers')
    const at = `/api/v1/apps/${app}/group-push/mappings`
    expect((await t.call(`GET ${at}?sourceGroupId=${group}`)).json).toEqual([])
    const made = await t.call(`POST ${at}`, { sourceGroupId: group, targetGroupName: 'Staff', status: 'ACTIVE' })
    expect(made.status).toBe(200)
    expect(made.json.id).toMatch(/^gPm/)
    const target = await t.call(`GET /api/v1/groups/${made.json.targetGroupId}`)
    expect(target.json).toMatchObject({ type: 'APP_GROUP', profile: { name: 'Staff' } })
    expect(lastEvent()).toMatchObject({ eventType: 'application.provision.group_push.mapping.created' })
    expect(await refusal(`POST ${at}`, { sourceGroupId: group, targetGroupName: 'Others' })).toMatchObject({
      status: 400,
      cause: 'E0000027/group-already-pushed',
      summary: 'Bad group push request.',
    })
    const others = await makeGroup('Testers')
    const shared = await t.call(`POST ${at}`, { sourceGroupId: others, targetGroupName: 'staff' })
    expect(shared.json.targetGroupId).toBe(made.json.targetGroupId)
    expect((await t.call(`GET ${at}?status=ACTIVE&lastUpdated=2026-11-20T10:00:00Z`)).json).toHaveLength(2)
    expect((await t.call(`GET ${at}?lastUpdated=2026-11-20T10:00:01Z`)).json).toEqual([])
    expect(await refusal(`DELETE ${at}/${made.json.id}?deleteTargetGroup=true`)).toMatchObject({
      status: 400,
      cause: 'E0000001/push-mapping-still-active',
    })
    for (const { id } of [made.json, shared.json]) {
      await t.call(`PATCH ${at}/${id}`, { status: 'INACTIVE' })
      expect(lastEvent()).toMatchObject({ eventType: 'application.provision.group_push.deactivate_mapping' })
      const gone = await t.call(`DELETE ${at}/${id}?deleteTargetGroup=true`)
      expect([gone.status, gone.text]).toEqual([200, ''])
      // The group goes with the last mapping that points to it.
      expect((await t.call(`GET /api/v1/groups/${made.json.targetGroupId}`)).status).toBe(
        id === made.json.id ? 200 : 404,
      )
    }
    expect(await refusal(`GET ${at}/${made.json.id}`)).toMatchObject({
      summary: `Not found: Resource not found: ${made.json.id} (GroupPushMapping)`,
    })
  })

  test('need an app that takes groups', async () => {
    const at0 = 'https://intranet.example.com'
    const signOn = { ssoAcsUrl: at0, recipient: at0, destination: at0, audience: at0 }
    const app = await make({ label: 'Intranet', signOnMode: 'SAML_2_0', settings: { signOn } })
    const body = { sourceGroupId: await makeGroup('Engineers'), targetGroupName: 'Engineers' }
    const at = `POST /api/v1/apps/${app}/group-push/mappings`
    t.org.changeSettings({ contract: 'current' })
    expect(await refusal(at, body)).toMatchObject({
      status: 400,
      cause: 'E0000027/push-not-possible',
      summary: 'Group push bad request : Group push is not supported by this application.',
    })
    await t.call(`POST /api/v1/apps/${app}/connections/default?activate=true`, {
      profile: { authScheme: 'TOKEN', token: 'x' },
    })
    expect((await t.call(at, body)).status).toBe(200)
  })

  test('are named in full, with one target', async () => {
    const app = await make(payroll)
    const group = await makeGroup('Engineers')
    const at = `POST /api/v1/apps/${app}/group-push/mappings`
    const either = 'targetGroupId: Either targetGroupId or targetGroupName must be provided, but not both'
    expect(await refusal(at, { status: 'ERROR' })).toMatchObject({
      causes: ['sourceGroupId: The field cannot be left blank', 'status: The field has an invalid value', either],
    })
    expect(await refusal(at, { sourceGroupId: group, targetGroupName: 'x', targetGroupId: group })).toMatchObject({
      causes: [either],
    })
    expect(await refusal(at, { sourceGroupId: group, targetGroupId: group })).toMatchObject({
      causes: ['targetGroupId: The group must be a group of the application'],
    })
    expect(await refusal(at, { sourceGroupId: '00gnone', targetGroupName: 'x' })).toMatchObject({
      summary: 'Not found: Resource not found: 00gnone (UserGroup)',
    })
    expect(
      await refusal(at, { sourceGroupId: group, targetGroupName: 'x', appConfig: { type: 'ACTIVE_DIRECTORY' } }),
    ).toMatchObject({ status: 400, cause: 'E0000001/required-field-missing' })
  })

  test('leave no mapping behind: neither the group nor the app', async () => {
    const app = await make(payroll)
    const [one, two] = [await makeGroup('Engineers'), await makeGroup('Testers')]
    const at = `/api/v1/apps/${app}/group-push/mappings`
    for (const sourceGroupId of [one, two])
      await t.call(`POST ${at}`, { sourceGroupId, targetGroupName: sourceGroupId })
    await t.call(`DELETE /api/v1/groups/${one}`)
    expect((await t.call(`GET ${at}`)).json).toMatchObject([{ sourceGroupId: two }])
    await t.call(`POST /api/v1/apps/${app}/lifecycle/deactivate`)
    expect((await t.call(`DELETE /api/v1/apps/${app}`)).status).toBe(204)
    expect(await t.org.state.count(groupPushMappings as never)).toBe(0)
    expect((await t.org.state.load(groups, two))?.value.profile.name).toBe('Testers')
  })
})

describe('what goes with an app', () => {
  test('its claims, connections and trust mappings, from both sides', async () => {
    const app = await make(web)
    const other = await make({ ...web, label: 'Mail' })
    await t.call(`POST /api/v1/apps/${app}/federated-claims`, { name: 'role', expression: 'x' })
    for (const [from, to] of [
      [app, other],
      [other, app],
      [app, app],
    ]) {
      await t.call(`POST /api/v1/apps/${from}/cwo/connections`, { resourceAppInstanceId: to })
      await t.call(`POST /api/v1/apps/${from}/interclient-allowed-apps`, { id: to })
    }
    await t.call(`POST /api/v1/apps/${app}/lifecycle/deactivate`)
    expect((await t.call(`DELETE /api/v1/apps/${app}`)).status).toBe(204)
    expect((await t.call(`GET /api/v1/apps/${other}/cwo/connections`)).json).toEqual([])
    expect((await t.call(`GET /api/v1/apps/${other}/interclient-allowed-apps`)).json).toEqual([])
  })
})

describe('a group assignment', () => {
  test('is changed in parts', async () => {
    const app = await make(bookmark)
    const group = await makeGroup('Engineers')
    const at = `/api/v1/apps/${app}/groups/${group}`
    const text = { title: 'A', type: 'string' }
    const properties = { desk: text, role: text, floor: { title: 'Floor', type: 'integer' } }
    await t.call(`POST /api/v1/meta/schemas/apps/${app}/default`, { definitions: { custom: { properties } } })
    await t.call(`PUT ${at}`, { priority: 3, profile: { desk: 'A1', floor: 2 } })
    const patched = await t.call(`PATCH ${at}`, [
      { op: 'replace', path: '/priority', value: 5 },
      { op: 'add', path: '/profile/role', value: 'pilot' },
      { op: 'remove', path: '/profile/floor' },
    ])
    expect(patched.json).toMatchObject({ priority: 5, profile: { desk: 'A1', role: 'pilot' } })
    expect(patched.json.profile).not.toHaveProperty('floor')
    expect(await refusal(`PATCH ${at}`, [{ op: 'add', path: '/profile/zzz', value: 'x' }])).toMatchObject({
      cause: 'E0000001/property-not-defined',
      causes: ["Property name 'zzz' is not defined in profile"],
    })
    // What was given before its attribute went stays; a group that never had it does not get it.
    const gone = { definitions: { custom: { properties: { desk: null } } } }
    await t.call(`POST /api/v1/meta/schemas/apps/${app}/default`, gone)
    expect((await t.call(`PATCH ${at}`, [{ op: 'replace', path: '/priority', value: 6 }])).status).toBe(200)
    const others = `/api/v1/apps/${app}/groups/${await makeGroup('Pilots')}`
    expect(await refusal(`PUT ${others}`, { profile: { desk: 'A1' } })).toMatchObject({
      cause: 'E0000001/property-not-defined',
    })
    expect(await refusal(`PATCH ${at}`, [{ op: 'test', path: '/priority' }])).toMatchObject({ status: 400 })
    expect(await refusal(`PATCH ${at}`, [{ op: 'add', path: '/name', value: 1 }])).toMatchObject({
      causes: ['path: The field has an invalid value'],
    })
    expect(await refusal(`PATCH ${at}`, { priority: 1 })).toMatchObject({ cause: 'E0000003/body-unreadable-shape' })
    expect(await refusal(`PATCH /api/v1/apps/${app}/groups/${await makeGroup('Others')}`, [])).toMatchObject({
      status: 404,
    })
  })
})

describe("Okta's own apps", () => {
  test('are in every org, listed, and changed by nobody', async () => {
    const { json } = await t.call('GET /api/v1/apps?filter=name eq "saasure"')
    const id = json[0].id
    expect(json[0].label).toBe('Okta Admin Console')
    const refused = { status: 403, cause: 'E0000039/app-owned-by-okta' }
    expect(await refusal(`PUT /api/v1/apps/${id}`, bookmark)).toMatchObject(refused)
    expect(await refusal(`DELETE /api/v1/apps/${id}`)).toMatchObject(refused)
    for (const step of ['deactivate', 'activate'])
      expect(await refusal(`POST /api/v1/apps/${id}/lifecycle/${step}`)).toMatchObject(refused)
    expect(await refusal(`POST /api/v1/apps/${id}/credentials/csrs`, {})).toMatchObject(refused)
    expect(await refusal('POST /api/v1/apps', { ...bookmark, name: 'okta_enduser' })).toMatchObject(refused)
  })

  test('take no place among as many as the org may have', async () => {
    t.org.changeSettings({ apps: { most: 1 } })
    await make(bookmark)
    expect(await refusal('POST /api/v1/apps', bookmark)).toMatchObject({ cause: 'E0000001/app-limit-reached' })
  })
})

describe('apps of the catalogue', () => {
  test('cannot become others', async () => {
    const app = await make(payroll)
    expect(await refusal(`PUT /api/v1/apps/${app}`, { ...payroll, name: 'pagerduty' })).toMatchObject({
      status: 400,
      cause: 'E0000025/catalog-version-unknown',
      summary: 'App version assignment failed.',
    })
  })

  test('need the settings that are published of them', async () => {
    const office = { label: 'Office', name: 'office365', signOnMode: 'BROWSER_PLUGIN' }
    expect(await refusal('POST /api/v1/apps', office)).toMatchObject({
      causes: ['domain: The field cannot be left blank', 'msftTenant: The field cannot be left blank'],
    })
    const settings = { app: { domain: 'example.com', msftTenant: 'example' } }
    const { json } = await t.call('POST /api/v1/apps', { ...office, settings })
    expect(json.licensing).toEqual({ seatCount: 0 })
    const put = await t.call(`PUT /api/v1/apps/${json.id}`, { ...office, settings, licensing: { seatCount: 7 } })
    expect(put.json.licensing).toEqual({ seatCount: 7 })
    expect(
      await refusal(`PUT /api/v1/apps/${json.id}`, { ...office, settings, licensing: { seatCount: -1 } }),
    ).toMatchObject({ status: 400 })
  })

  test('are not offered to users who choose their own name there', async () => {
    const saml = {
      label: 'Intranet',
      signOnMode: 'SAML_2_0',
      settings: {
        signOn: Object.fromEntries(
          ['ssoAcsUrl', 'recipient', 'destination', 'audience'].map((name) => [name, 'https://intranet.example.com']),
        ),
      },
    }
    const app = await make(saml)
    const userNameIs = (action: string) =>
      t.call(`POST /api/v1/meta/schemas/apps/${app}/default`, {
        definitions: { base: { properties: { userName: { permissions: [{ principal: 'SELF', action }] } } } },
      })
    const offered = { ...saml, accessibility: { selfService: true } }
    await userNameIs('READ_WRITE')
    expect(await refusal(`PUT /api/v1/apps/${app}`, offered)).toMatchObject({
      status: 403,
      cause: 'E0000044/username-editable-by-user',
      causes: [
        'Self service is not available because the instance : Intranet has username set to use read-write property and that would create a security risk.',
      ],
    })
    await userNameIs('READ_ONLY')
    expect((await t.call(`PUT /api/v1/apps/${app}`, offered)).status).toBe(200)
  })
})

describe('users of an app', () => {
  test('are shown with what they are, if so wished', async () => {
    const app = await make(bookmark)
    await t.call(`POST /api/v1/apps/${app}/users`, { id: t.adminId })
    const at = `/api/v1/apps/${app}/users`
    expect((await t.call(`GET ${at}/${t.adminId}`)).json).not.toHaveProperty('_embedded')
    const shown = { _embedded: { user: { id: t.adminId, profile: { login: 'admin@example.com' } } } }
    expect((await t.call(`GET ${at}/${t.adminId}?expand=user`)).json).toMatchObject(shown)
    expect((await t.call(`GET ${at}?expand=user`)).json).toMatchObject([shown])
  })
})
