// Whatever is sent in whatever field of identity providers, origins, authenticators, behaviors, device assurance and
// the protection of the org: Okta's error or success, never a fault, and after a refusal everything is as before.
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { type TestOrg, testOrg } from '../../testing.ts'
import { testSigningKey } from '../../testing-key.ts'

let t: TestOrg
/** `METHOD path` of what can be written, a body that is right, and where the stored thing is read. */
let targets: { write: string; body: Record<string, unknown>; read: string }[]

const google = {
  type: 'GOOGLE',
  name: 'Google',
  issuerMode: 'ORG_URL',
  properties: null,
  protocol: {
    type: 'OIDC',
    scopes: ['openid'],
    issuer: { url: 'https://idp.example.com' },
    algorithms: { request: { signature: { algorithm: 'SHA-256', scope: 'REQUEST' } } },
    endpoints: { authorization: { url: 'https://idp.example.com', binding: 'HTTP-REDIRECT' }, slo: { url: null } },
    credentials: { client: { client_id: 'abc', client_secret: 'def' }, signing: { kid: null } },
  },
  policy: {
    accountLink: { action: 'AUTO', filter: { groups: { include: [] } } },
    provisioning: {
      action: 'AUTO',
      profileMaster: false,
      groups: { action: 'NONE', assignments: [], filter: [] },
      conditions: { deprovisioned: { action: 'NONE' }, suspended: { action: 'NONE' } },
    },
    subject: { matchType: 'USERNAME', matchAttribute: null, filter: '', userNameTemplate: { template: 'x' } },
    maxClockSkew: 0,
    mapAMRClaims: false,
    trustClaims: false,
  },
}

beforeAll(async () => {
  t = await testOrg({ signingKeys: [testSigningKey] })
  const made = async (path: string, body: object) => `${path}/${(await t.call(`POST ${path}`, body)).json.id}`
  const put = async (path: string, body: Record<string, unknown>) => {
    const one = await made(path, body)
    return { write: `PUT ${one}`, body, read: one }
  }
  const verify = (await t.call('GET /api/v1/authenticators')).json[3].id
  const settings = {
    channelBinding: { style: 'NUMBER_CHALLENGE', required: 'ALWAYS' },
    compliance: { fips: 'OPTIONAL' },
    userVerification: 'PREFERRED',
  }
  const authenticator = `/api/v1/authenticators/${verify}`
  const idp = await put('/api/v1/idps', google)
  targets = [
    idp,
    { write: `POST ${idp.read}/users/${t.adminId}`, body: { externalId: '1' }, read: `${idp.read}/users` },
    {
      write: `POST ${idp.read}/credentials/csrs`,
      body: { subject: { countryName: 'US', commonName: 'x' }, subjectAltNames: { dnsNames: ['a.example.com'] } },
      read: `${idp.read}/credentials/csrs`,
    },
    { write: 'POST /api/v1/idps/credentials/keys', body: { x5c: ['x'] }, read: '/api/v1/idps/credentials/keys' },
    await put('/api/v1/trustedOrigins', {
      name: 'Shop',
      origin: 'https://shop.example.com',
      status: 'ACTIVE',
      scopes: [{ type: 'IFRAME_EMBED', allowedOktaApps: ['OKTA_ENDUSER'] }],
    }),
    await put('/api/v1/behaviors', {
      type: 'ANOMALOUS_LOCATION',
      name: 'Far',
      settings: {
        granularity: 'LAT_LONG',
        radiusKilometers: 20,
        maxEventsUsedForEvaluation: 20,
        minEventsNeededForEvaluation: 1,
      },
    }),
    await put('/api/v1/device-assurances', {
      name: 'Windows',
      platform: 'WINDOWS',
      displayRemediationMode: 'HIDE',
      osVersion: { minimum: '10.0', dynamicVersionRequirement: null },
      osVersionConstraints: [{ majorVersionConstraint: 'WINDOWS_11' }],
      diskEncryptionType: { include: ['ALL_INTERNAL_VOLUMES'] },
      screenLockType: { include: ['BIOMETRIC'] },
      secureHardwarePresent: true,
      gracePeriod: { type: 'BY_DURATION', expiry: 'P1D' },
      thirdPartySignalProviders: { dtc: { osFirewall: true } },
    }),
    await put('/api/v1/captchas', { name: 'Robots', type: 'HCAPTCHA', siteKey: 'site', secretKey: 'secret' }),
    { write: `PUT ${authenticator}`, body: { key: 'okta_verify', name: 'Verify', settings }, read: authenticator },
    {
      write: `PUT ${authenticator}/methods/push`,
      body: { type: 'push', status: 'ACTIVE', settings: {}, verifiableProperties: [] },
      read: `${authenticator}/methods`,
    },
    {
      write: 'POST /api/v1/threats/configuration',
      body: { action: 'audit', excludeZones: [] },
      read: '/api/v1/threats/configuration',
    },
    {
      write: 'PUT /api/v1/org/captcha',
      body: { captchaId: null, enabledPages: [] },
      read: '/api/v1/org/captcha',
    },
    {
      write: 'PUT /attack-protection/api/v1/user-lockout-settings',
      body: { preventBruteForceLockoutFromUnknownDevices: false },
      read: '/attack-protection/api/v1/user-lockout-settings',
    },
  ]
})

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    -1,
    1.5,
    1e21,
    true,
    [],
    {},
    [[]],
    [null],
    { a: { b: [] } },
    'x'.repeat(5_000),
    '\u0000',
    '\ud800',
    '𝔸',
    '__proto__',
    'constructor',
    '\u202Eabc',
    'a\r\nb: c',
    'https://',
    'https://[',
    '../../x',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Every place in a JSON value, as the names that lead there. */
function placesIn(value: unknown, at: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([name, part]) => placesIn(part, [...at, name]))]
}

function withValue(body: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value
  const copy: unknown = Array.isArray(body) ? [...body] : { ...(body as object) }
  ;(copy as Record<string, unknown>)[name] = withValue((body as Record<string, unknown>)[name], rest, value)
  return copy
}

it('is answered with success or with an error of Okta, and a refusal leaves no trace', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1_000), fc.nat(1_000), odd, async (which, where, value) => {
      const { write, body, read } = targets[which % targets.length]!
      const places = placesIn(body)
      const sent = withValue(body, places[where % places.length]!, value)
      const before = await t.call(`GET ${read}`)
      expect(before.status).toBe(200)
      const answer = await t.call(write, JSON.stringify(sent))
      expect(answer.status, `${write} ${JSON.stringify(sent)}`).toBeLessThan(500)
      if (answer.status < 300) {
        // Put back what the next round counts on.
        await t.call(write, body)
        return
      }
      expect(answer.json).toMatchObject({
        errorCode: expect.stringMatching(/^E\d{7}$/),
        errorSummary: expect.any(String),
        errorId: expect.stringMatching(/^oae/),
      })
      expect(answer.text).not.toMatch(/\{\w+\}/)
      expect((await t.call(`GET ${read}`)).text).toBe(before.text)
    }),
    { numRuns: 600 },
  )
}, 120_000)
