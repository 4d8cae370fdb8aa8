import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { certificateOf, publicKeyOf } from '../../der.ts'
import { type TestOrg, testOrg } from '../../testing.ts'
import { testSigningKey } from '../../testing-key.ts'

const IDPS = '/api/v1/idps'
const STORE = `${IDPS}/credentials/keys`
const google = {
  type: 'GOOGLE',
  name: 'Google',
  protocol: {
    type: 'OIDC',
    scopes: ['openid', 'email'],
    credentials: { client: { client_id: 'abc', client_secret: 'def' } },
  },
}
const oidc = {
  type: 'OIDC',
  name: 'Partner',
  protocol: {
    type: 'OIDC',
    scopes: ['openid'],
    issuer: { url: 'https://idp.example.com' },
    endpoints: {
      authorization: { url: 'https://idp.example.com/authorize', binding: 'HTTP-REDIRECT' },
      token: { url: 'https://idp.example.com/token', binding: 'HTTP-POST' },
      jwks: { url: 'https://idp.example.com/keys', binding: 'HTTP-REDIRECT' },
    },
    credentials: { client: { client_id: 'abc', client_secret: 'def' } },
  },
}
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const YEAR = 365 * 86_400_000
const certificate = (key = privateKey, days = 3650) =>
  certificateOf(key, {
    issuer: [['commonName', 'idp.example.com']],
    subject: [['commonName', 'idp.example.com']],
    publicKey: publicKeyOf(key),
    serial: Buffer.of(1, 2, 3),
    notBefore: Date.UTC(2026, 0),
    notAfter: Date.UTC(2026, 10, 20) + days * 86_400_000,
  })
const x5c = certificate().toString('base64')
const saml = (kid: string, more: object = {}) => ({
  type: 'SAML2',
  name: 'Corp',
  protocol: {
    type: 'SAML2',
    endpoints: { sso: { url: 'https://idp.example.com/sso', binding: 'HTTP-POST' } },
    credentials: { trust: { issuer: 'https://idp.example.com', kid } },
    settings: { honorPersistentNameId: true },
    ...more,
  },
})

let t: TestOrg
beforeEach(async () => {
  t = await testOrg({ signingKeys: [testSigningKey] })
})
const makeKey = async () => (await t.call(`POST ${STORE}`, { x5c: [x5c] })).json.kid as string
const makeIdp = async (body: object = google) => {
  const made = await t.call(`POST ${IDPS}`, body)
  expect(made.status).toBe(200)
  return made.json.id as string
}

describe('identity providers', () => {
  it('are made with what Okta fills in, read, replaced, switched and deleted', async () => {
    const made = await t.call(`POST ${IDPS}`, google)
    expect(made.json).toMatchObject({
      id: expect.stringMatching(/^0oa\w{17}$/),
      type: 'GOOGLE',
      status: 'ACTIVE',
      issuerMode: 'DYNAMIC',
      protocol: { endpoints: { authorization: { url: 'https://accounts.google.com/o/oauth2/auth' } } },
      policy: {
        provisioning: { action: 'AUTO', groups: { action: 'NONE' } },
        accountLink: { action: 'AUTO' },
        subject: { matchType: 'USERNAME' },
        maxClockSkew: 0,
      },
      _links: { authorize: { templated: true }, users: expect.anything(), deactivate: expect.anything() },
    })
    const one = `${IDPS}/${made.json.id}`
    expect((await t.call(`GET ${one}`)).json).toEqual(made.json)
    const replaced = await t.call(`PUT ${one}`, { ...google, policy: { maxClockSkew: 60 } })
    // Recorded: the answer to PUT does not say when it was made.
    expect(replaced.json).toMatchObject({ created: null, policy: { maxClockSkew: 60 } })
    expect((await t.call(`POST ${one}/lifecycle/deactivate`)).json.status).toBe('INACTIVE')
    expect((await t.call(`POST ${one}/lifecycle/activate`)).json.status).toBe('ACTIVE')
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    const gone = await t.call(`GET ${one}`)
    expect(gone.json.errorSummary).toBe(`Not found: Resource not found: ${made.json.id} (IdpTrust)`)
    const { json } = await t.call('GET /api/v1/logs?filter=eventType%20sw%20%22system.idp%22')
    expect(json.map((event: { eventType: string }) => event.eventType)).toEqual(
      ['create', 'update', 'deactivate', 'activate', 'delete'].map((word) => `system.idp.lifecycle.${word}`),
    )
  })

  it('are listed by type and by words of their names, in pages', async () => {
    for (const name of ['My Google', 'Your Google']) await makeIdp({ ...google, name })
    await makeIdp(oidc)
    const names = async (query: string) =>
      (await t.call(`GET ${IDPS}?${query}`)).json.map(({ name }: { name: string }) => name)
    expect(await names('q=google')).toEqual(['My Google', 'Your Google'])
    expect(await names('type=OIDC')).toEqual(['Partner'])
    expect(await names('limit=1')).toEqual(['My Google'])
    await t.call(`GET ${IDPS}?type=NONE`)
    expect(t.lastCause()).toBe('E0000037/word-not-in-list')
    await t.call(`GET ${IDPS}?after=x`)
    expect(t.lastCause()).toBe('E0000029/cursor-unknown')
  })

  it.each([
    ['no type', { ...google, type: undefined }, 'E0000001/required-field-missing'],
    ['a type that is none', { ...google, type: 'MYSPACE' }, 'E0000003/body-unreadable-shape'],
    ['no protocol', { ...google, protocol: undefined }, 'E0000001/required-field-missing'],
    [
      'the protocol of another type',
      { ...google, protocol: { ...google.protocol, type: 'SAML2' } },
      'E0000001/value-invalid',
    ],
    ['no client', { ...google, protocol: { ...google.protocol, credentials: {} } }, 'E0000001/required-field-missing'],
    [
      'fields of another protocol',
      { ...google, protocol: { ...google.protocol, endpoints: { sso: { url: 'https://x.example' } } } },
      'E0000001/value-invalid',
    ],
    [
      'no issuer of its own',
      { ...oidc, protocol: { ...oidc.protocol, issuer: null } },
      'E0000001/required-field-missing',
    ],
    ['no openid', { ...oidc, protocol: { ...oidc.protocol, scopes: ['email'] } }, 'E0000001/value-invalid'],
    [
      'an address that is none',
      { ...oidc, protocol: { ...oidc.protocol, issuer: { url: 'partner' } } },
      'E0000001/value-invalid',
    ],
    ['a name that is too long', { ...google, name: 'x'.repeat(101) }, 'E0000001/value-invalid'],
    [
      'a group action that only SAML has',
      policy({ provisioning: { groups: { action: 'SYNC' } } }),
      'E0000001/value-invalid',
    ],
    [
      'a group that is none',
      policy({ provisioning: { groups: { action: 'ASSIGN', assignments: ['00gNone'] } } }),
      'E0000001/value-invalid',
    ],
    [
      'an attribute that is not named',
      policy({ subject: { matchType: 'CUSTOM_ATTRIBUTE' } }),
      'E0000001/required-field-missing',
    ],
    ['a negative skew', policy({ maxClockSkew: -1 }), 'E0000001/value-invalid'],
    ['a text in place of an object', { ...google, policy: 'none' }, 'E0000003/body-unreadable-shape'],
    ['a key that is not in the store', saml('00000000-0000-4000-8000-000000000000'), 'E0000001/idp-key-unknown'],
  ])('with %s are refused', async (_name, body, cause) => {
    const refused = await t.call(`POST ${IDPS}`, body)
    expect(refused.status).toBe(400)
    expect(t.lastCause()).toBe(cause)
    expect((await t.call(`GET ${IDPS}`)).json).toEqual([])
  })

  it('keep their type, and have names of their own among their type', async () => {
    const id = await makeIdp()
    await t.call(`PUT ${IDPS}/${id}`, oidc)
    expect(t.lastCause()).toBe('E0000001/value-invalid')
    await t.call(`POST ${IDPS}`, google)
    expect(t.lastCause()).toBe('E0000001/idp-name-taken')
    expect((await t.call(`POST ${IDPS}`, { ...oidc, name: 'Google' })).status).toBe(200)
  })

  it('stay while an active rule sends people to them', async () => {
    const id = await makeIdp()
    const [policyOf] = (await t.call('GET /api/v1/policies?type=IDP_DISCOVERY')).json
    const rule = await t.call(`POST /api/v1/policies/${policyOf.id}/rules`, {
      name: 'To Google',
      type: 'IDP_DISCOVERY',
      actions: { idp: { providers: [{ type: 'GOOGLE', id }] } },
    })
    for (const request of [`POST ${IDPS}/${id}/lifecycle/deactivate`, `DELETE ${IDPS}/${id}`]) {
      expect((await t.call(request)).json.errorCauses[0].errorSummary).toContain('To Google')
      expect(t.lastCause()).toBe('E0000001/idp-in-routing-rule')
    }
    await t.call(`POST /api/v1/policies/${policyOf.id}/rules/${rule.json.id}/lifecycle/deactivate`)
    expect((await t.call(`DELETE ${IDPS}/${id}`)).status).toBe(204)
  })
})

function policy(part: object) {
  return { ...google, policy: part }
}

describe('the key store', () => {
  it('reads certificates and shows them as keys', async () => {
    const made = await t.call(`POST ${STORE}`, { x5c: [x5c.replace(/(.{64})/g, '$1\n')] })
    expect(made.status).toBe(200)
    const parsed = new X509Certificate(Buffer.from(x5c, 'base64'))
    expect(made.json).toEqual({
      kid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      kty: 'RSA',
      alg: 'RSA',
      use: 'sig',
      created: '2026-11-20T10:00:00.000Z',
      lastUpdated: '2026-11-20T10:00:00.000Z',
      expiresAt: new Date(parsed.validTo).toISOString(),
      x5c: [x5c],
      'x5t#S256': expect.stringMatching(/^[\w-]{43}$/),
      ...(({ n, e }) => ({ n, e }))(parsed.publicKey.export({ format: 'jwk' })),
    })
    const one = `${STORE}/${made.json.kid}`
    expect((await t.call(`GET ${one}`)).json).toEqual(made.json)
    const other = certificate(privateKey, 400).toString('base64')
    expect((await t.call(`PUT ${one}`, { x5c: [other] })).json).toMatchObject({ kid: made.json.kid, x5c: [other] })
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    expect((await t.call(`GET ${one}`)).json.errorSummary).toContain('(IdpTrust)')
  })

  it('takes keys on the curves that Okta knows', async () => {
    const { privateKey: ec } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    // Signed by the RSA key: only the key inside counts.
    const der = certificateOf(privateKey, {
      issuer: [['commonName', 'a']],
      subject: [['commonName', 'a']],
      publicKey: publicKeyOf(ec),
      serial: Buffer.of(1),
      notBefore: 0,
      notAfter: Date.UTC(2040, 0),
    })
    const { json } = await t.call(`POST ${STORE}`, { x5c: [der.toString('base64')] })
    expect(json).toMatchObject({ kty: 'EC', alg: 'ES256', crv: 'P-256' })
  })

  it.each([
    ['nothing', {}, 'E0000001/required-field-missing'],
    ['no certificate', { x5c: ['nonsense'] }, 'E0000001/value-invalid'],
    ['odd bytes', { x5c: [Buffer.alloc(40, 7).toString('base64')] }, 'E0000001/value-invalid'],
    ['a number', { x5c: [7] }, 'E0000003/body-unreadable-shape'],
    ['a text', { x5c: 'abc' }, 'E0000003/body-unreadable-shape'],
  ])('refuses %s', async (_name, body, cause) => {
    await t.call(`POST ${STORE}`, body)
    expect(t.lastCause()).toBe(cause)
  })

  it('keeps a key that a provider is believed by, active or not', async () => {
    const kid = await makeKey()
    const id = await makeIdp(saml(kid))
    await t.call(`POST ${IDPS}/${id}/lifecycle/deactivate`)
    const refused = await t.call(`DELETE ${STORE}/${kid}`)
    expect(refused.json.errorCauses[0].errorSummary).toBe('kid: The key is used by identity providers: Corp')
    expect(t.lastCause()).toBe('E0000001/idp-key-in-use')
    await t.call(`DELETE ${IDPS}/${id}`)
    expect((await t.call(`DELETE ${STORE}/${kid}`)).status).toBe(204)
  })

  it('is listed in pages that follow each other', async () => {
    for (let i = 0; i < 5; i++) await makeKey()
    const seen: string[] = []
    let path: string | undefined = `${STORE}?limit=2`
    while (path) {
      const page = await t.call(`GET ${path}`)
      seen.push(...page.json.map(({ kid }: { kid: string }) => kid))
      const [, next] = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '') ?? []
      path = next && new URL(next).pathname + new URL(next).search
    }
    expect(new Set(seen).size).toBe(5)
    await t.call(`GET ${STORE}?after=${seen[0]}`)
    expect(t.lastCause()).toBe('E0000029/cursor-unknown')
  })
})

describe('signing keys', () => {
  it('are generated, shared, and told which one is active', async () => {
    const id = await makeIdp()
    const made = await t.call(`POST ${IDPS}/${id}/credentials/keys/generate?validityYears=2`)
    expect(made.status).toBe(201)
    const { kid } = made.json
    expect(Date.parse(made.json.expiresAt) - t.clock.now()).toBe(2 * YEAR)
    expect(new X509Certificate(Buffer.from(made.json.x5c[0], 'base64')).subject).toContain('SSOProvider')
    expect((await t.call(`GET ${IDPS}/${id}/credentials/keys`)).json).toEqual([made.json])
    expect((await t.call(`GET ${IDPS}/${id}/credentials/keys/${kid}`)).json).toEqual(made.json)
    expect((await t.call(`GET ${IDPS}/${id}/credentials/keys/active`)).status).toBe(204)
    const signing = { ...google.protocol.credentials, signing: { kid } }
    await t.call(`PUT ${IDPS}/${id}`, { ...google, protocol: { ...google.protocol, credentials: signing } })
    expect((await t.call(`GET ${IDPS}/${id}/credentials/keys/active`)).json).toEqual([made.json])
    const other = await makeIdp(oidc)
    const clone = `POST ${IDPS}/${id}/credentials/keys/${kid}/clone?targetIdpId=${other}`
    expect((await t.call(clone)).json).toEqual(made.json)
    expect((await t.call(`GET ${IDPS}/${other}/credentials/keys/${kid}`)).json).toEqual(made.json)
    await t.call(clone)
    expect(t.lastCause()).toBe('E0000001/key-already-shared')
    await t.call(`POST ${IDPS}/${id}/credentials/keys/${kid}/clone`)
    expect(t.lastCause()).toBe('E0000001/required-field-missing')
    for (const years of ['', '1', '11', '2.5', 'two']) {
      await t.call(`POST ${IDPS}/${id}/credentials/keys/generate?validityYears=${years}`)
      expect(t.lastCause()).toBe('E0000001/key-validity-out-of-range')
    }
  })

  it('come from a certificate that somebody else has signed', async () => {
    const id = await makeIdp()
    const csrs = `${IDPS}/${id}/credentials/csrs`
    const subject = { countryName: 'US', organizationName: 'Example', commonName: 'SP' }
    const csr = await t.call(`POST ${csrs}`, { subject, subjectAltNames: { dnsNames: ['sp.example.com'] } })
    expect(csr.status).toBe(201)
    expect((await t.call(`GET ${csrs}`)).json).toEqual([csr.json])
    const publish = `POST ${csrs}/${csr.json.id}/lifecycle/publish`
    const sent = async (der: Buffer) =>
      await t.call(publish, der.toString('base64'), { headers: { 'content-type': 'application/x-pem-file' } })
    await sent(certificate())
    expect(t.lastCause()).toBe('E0000001/certificate-not-of-csr')
    const { privatePem } = await t.org.keyring.make(`idp:${id}`, 0)
    const { createPrivateKey } = await import('node:crypto')
    await sent(certificate(createPrivateKey(privatePem), 30))
    expect(t.lastCause()).toBe('E0000001/certificate-expires-soon')
    const published = await sent(certificate(createPrivateKey(privatePem)))
    expect(published.status).toBe(201)
    expect((await t.call(`GET ${IDPS}/${id}/credentials/keys`)).json).toEqual([published.json])
    const gone = await t.call(`GET ${csrs}/${csr.json.id}`)
    expect(gone.json.errorSummary).toContain('(CertificateSigningRequest)')
    const second = await t.call(`POST ${csrs}`)
    expect((await t.call(`DELETE ${csrs}/${second.json.id}`)).status).toBe(204)
    expect((await t.call(`GET ${csrs}`)).json).toEqual([])
  })
})

describe('linked users', () => {
  it('are linked, listed, read and unlinked', async () => {
    const id = await makeIdp()
    const { userId } = await t.makeAdmin('ada@example.com')
    const link = `${IDPS}/${id}/users/${userId}`
    expect((await t.call(`GET ${link}`)).status).toBe(404)
    const made = await t.call(`POST ${link}`, { externalId: '1217' })
    expect(made.json).toMatchObject({ id: userId, externalId: '1217', profile: { firstName: 'Test' } })
    expect((await t.call(`GET ${link}`)).json).toEqual(made.json)
    expect((await t.call(`GET ${IDPS}/${id}/users?q=tes`)).json).toEqual([made.json])
    expect((await t.call(`GET ${IDPS}/${id}/users?q=nobody`)).json).toEqual([])
    expect((await t.call(`GET ${link}/credentials/tokens`)).json).toEqual([])
    const mine = await t.call(`GET /api/v1/users/${userId}/idps`)
    expect(mine.json.map((idp: { id: string }) => idp.id)).toEqual([id])
    const other = await t.makeAdmin('grace@example.com')
    await t.call(`POST ${IDPS}/${id}/users/${other.userId}`, { externalId: '1217' })
    expect(t.lastCause()).toBe('E0000001/idp-user-linked')
    expect((await t.call(`DELETE ${link}`)).status).toBe(204)
    expect((await t.call(`GET /api/v1/users/${userId}/idps`)).json).toEqual([])
  })

  it('go with the provider, and with the user', async () => {
    const id = await makeIdp()
    const { userId } = await t.makeAdmin('ada@example.com')
    await t.call(`POST ${IDPS}/${id}/users/${userId}`, { externalId: '1' })
    await t.call(`POST /api/v1/users/${userId}/lifecycle/deactivate`)
    await t.call(`DELETE /api/v1/users/${userId}`)
    expect((await t.call(`GET ${IDPS}/${id}/users`)).json).toEqual([])
    const other = await t.makeAdmin('grace@example.com')
    await t.call(`POST ${IDPS}/${id}/users/${other.userId}`, { externalId: '2' })
    await t.call(`DELETE ${IDPS}/${id}`)
    expect((await t.call(`GET /api/v1/users/${other.userId}/idps`)).json).toEqual([])
  })

  it('of a SAML provider need lasting names; of a smart card there are none', async () => {
    const kid = await makeKey()
    const id = await makeIdp(saml(kid, { settings: {} }))
    await t.call(`POST ${IDPS}/${id}/users/${t.adminId}`, { externalId: '1' })
    expect(t.lastCause()).toBe('E0000001/idp-name-id-not-persistent')
    const card = await makeIdp({
      type: 'X509',
      name: 'Card',
      protocol: { type: 'MTLS', credentials: { trust: { issuer: 'CN=Root', kid } } },
    })
    await t.call(`POST ${IDPS}/${card}/users/${t.adminId}`, { externalId: '1' })
    expect(t.lastCause()).toBe('E0000001/value-invalid')
  })
})

describe('a group that holds a role', () => {
  const policy = (groups: object) => ({ policy: { provisioning: { action: 'AUTO', groups } } })

  it.each([
    ['is assigned', 'OIDC', (id: string) => ({ action: 'ASSIGN', assignments: [id] })],
    ['is let through', 'SAML2', (id: string) => ({ action: 'APPEND', filter: [id], sourceAttributeName: 'groups' })],
  ] as const)('%s by super admins only', async (_how, type, groupsOf) => {
    const ada = await t.makeAdmin('ada@example.com', 'ORG_ADMIN')
    const [plain, admins] = [await group('Plain'), await group('Admins')]
    const kid = (await t.call(`POST ${STORE}`, { x5c: [x5c] })).json.kid
    const body = (id: string) => ({ ...(type === 'OIDC' ? oidc : saml(kid)), ...policy(groupsOf(id)) })
    await t.call(`POST /api/v1/groups/${admins}/roles`, { type: 'SUPER_ADMIN' })
    const as = { token: ada.token }
    const closed = async (request: string) => {
      const refused = await t.call(request, body(admins), as)
      expect([refused.status, t.lastCause()]).toEqual([403, 'E0000006/super-admin-required'])
    }
    await closed(`POST ${IDPS}`)
    const made = await t.call(`POST ${IDPS}`, body(plain), as)
    expect(made.status).toBe(200)
    await closed(`PUT ${IDPS}/${made.json.id}`)
    expect((await t.call(`PUT ${IDPS}/${made.json.id}`, body(plain), as)).status).toBe(200)
    expect((await t.call(`PUT ${IDPS}/${made.json.id}`, body(admins))).status).toBe(200)
    await closed(`PUT ${IDPS}/${made.json.id}`)
  })

  async function group(name: string): Promise<string> {
    return (await t.call('POST /api/v1/groups', { profile: { name } })).json.id
  }
})
