// Whatever is written to an app and what hangs on it: Okta's refusal or success, never a fault of the server, and after
// a refusal everything is as before.
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { bends, bent } from '../../bent-bodies.ts'
import { type TestOrg, testOrg } from '../../testing.ts'

let t: TestOrg
let places: Record<string, string>

beforeAll(async () => {
  t = await testOrg()
  const make = async (request: string, body?: unknown) => {
    const { status, json } = await t.call(request, body)
    expect(status, JSON.stringify(json)).toBeLessThan(300)
    return json
  }
  const app = (await make('POST /api/v1/apps', bodies.app)).id
  const payroll = (await make('POST /api/v1/apps', bodies.payroll)).id
  const group = (await make('POST /api/v1/groups', { profile: { name: 'Engineers' } })).id
  const source = (await make('POST /api/v1/groups', { profile: { name: 'Testers' } })).id
  await make(`PUT /api/v1/apps/${app}/groups/${group}`, {})
  await make(`POST /api/v1/apps/${app}/users`, { id: t.adminId })
  await make(`POST /api/v1/apps/${payroll}/connections/default?activate=true`, {
    profile: { authScheme: 'TOKEN', token: 'x' },
  })
  const claim = (await make(`POST /api/v1/apps/${app}/federated-claims`, bodies.claim)).id
  const cross = (await make(`POST /api/v1/apps/${app}/cwo/connections`, { resourceAppInstanceId: app })).id
  const push = await make(`POST /api/v1/apps/${payroll}/group-push/mappings`, {
    sourceGroupId: group,
    targetGroupName: 'Engineers',
  })
  const client = (await make('POST /oauth2/v1/clients', bodies.client)).client_id
  places = { app, payroll, group, source, claim, cross, push: push.id, client, user: t.adminId }
})

const bodies = {
  app: {
    label: 'Wiki',
    name: 'oidc_client',
    signOnMode: 'OPENID_CONNECT',
    visibility: {
      autoLaunch: false,
      autoSubmitToolbar: false,
      hide: { iOS: false, web: false },
      appLinks: { a: true },
    },
    accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
    features: [],
    licensing: { seatCount: 1 },
    profile: { any: 'thing' },
    credentials: {
      userNameTemplate: { template: 'user.login', type: 'CUSTOM', pushStatus: 'PUSH' },
      signing: { kid: 'x' },
      oauthClient: {
        token_endpoint_auth_method: 'client_secret_basic',
        pkce_required: true,
        client_secret: 'x'.repeat(20),
      },
    },
    settings: {
      notes: { admin: 'a', enduser: 'b' },
      implicitAssignment: false,
      oauthClient: {
        application_type: 'web',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: ['https://wiki.example.com/cb'],
        post_logout_redirect_uris: ['https://wiki.example.com'],
        consent_method: 'TRUSTED',
        wildcard_redirect: 'DISABLED',
        refresh_token: { rotation_type: 'STATIC', leeway: 10 },
        jwks: { keys: [] },
      },
    },
  },
  payroll: {
    label: 'Payroll',
    name: 'office365',
    signOnMode: 'AUTO_LOGIN',
    credentials: { scheme: 'SHARED_USERNAME_AND_PASSWORD', userName: 'a', password: { value: 'b' } },
    settings: { app: { domain: 'example.com', msftTenant: 'example' } },
  },
  claim: { name: 'role', expression: 'user.profile.title' },
  client: {
    client_name: 'Client',
    application_type: 'web',
    redirect_uris: ['https://wiki.example.com/cb'],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
    client_uri: 'https://wiki.example.com',
    jwks: { keys: [] },
  },
}

/** What is written: a request with holes, its body, and where its effect is read. */
const writes: readonly (readonly [request: string, body: unknown, seen: string])[] = [
  ['PUT /api/v1/apps/{app}', bodies.app, '/api/v1/apps/{app}'],
  ['PUT /api/v1/apps/{payroll}', bodies.payroll, '/api/v1/apps/{payroll}'],
  ['POST /api/v1/apps/{app}/users', { id: '{user}', scope: 'USER', profile: { a: 1 } }, '/api/v1/apps/{app}/users'],
  [
    'POST /api/v1/apps/{payroll}/users',
    { id: '{user}', credentials: { userName: 'a', password: { value: 'b' } } },
    '/api/v1/apps/{payroll}/users',
  ],
  ['POST /api/v1/apps/{app}/users/{user}', { scope: 'USER', profile: { a: 1 } }, '/api/v1/apps/{app}/users'],
  ['PUT /api/v1/apps/{app}/groups/{group}', { priority: 1, profile: { a: 1 } }, '/api/v1/apps/{app}/groups'],
  [
    'PATCH /api/v1/apps/{app}/groups/{group}',
    [{ op: 'replace', path: '/priority', value: 2 }],
    '/api/v1/apps/{app}/groups',
  ],
  ['POST /api/v1/apps/{app}/grants', { scopeId: 'okta.users.read', issuer: 'x' }, '/api/v1/apps/{app}/grants'],
  [
    'POST /api/v1/apps/{app}/credentials/secrets',
    { client_secret: 'x'.repeat(20), status: 'ACTIVE' },
    '/api/v1/apps/{app}/credentials/secrets',
  ],
  [
    'POST /api/v1/apps/{app}/credentials/jwks',
    { kty: 'EC', crv: 'P-256', x: 'a', y: 'b', kid: 'k', use: 'sig', status: 'ACTIVE' },
    '/api/v1/apps/{app}/credentials/jwks',
  ],
  [
    'POST /api/v1/apps/{app}/credentials/csrs',
    { subject: { countryName: 'US', commonName: 'a' }, subjectAltNames: { dnsNames: ['a.example.com'] } },
    '/api/v1/apps/{app}/credentials/csrs',
  ],
  [
    'POST /api/v1/apps/{app}/connections/default',
    { baseUrl: 'https://a.example.com', profile: { authScheme: 'TOKEN', token: 'x' } },
    '/api/v1/apps/{app}/connections/default',
  ],
  [
    'PUT /api/v1/apps/{payroll}/features/USER_PROVISIONING',
    { create: { lifecycleCreate: { status: 'ENABLED' } }, update: { profile: { status: 'ENABLED' } } },
    '/api/v1/apps/{payroll}/features/USER_PROVISIONING',
  ],
  ['PUT /api/v1/apps/{app}/federated-claims/{claim}', bodies.claim, '/api/v1/apps/{app}/federated-claims'],
  [
    'POST /api/v1/apps/{app}/cwo/connections',
    { resourceAppInstanceId: '{payroll}', status: 'ACTIVE' },
    '/api/v1/apps/{app}/cwo/connections',
  ],
  ['PATCH /api/v1/apps/{app}/cwo/connections/{cross}', { status: 'INACTIVE' }, '/api/v1/apps/{app}/cwo/connections'],
  [
    'POST /api/v1/apps/{app}/interclient-allowed-apps',
    { id: '{payroll}' },
    '/api/v1/apps/{app}/interclient-allowed-apps',
  ],
  [
    'POST /api/v1/apps/{payroll}/group-push/mappings',
    { sourceGroupId: '{source}', targetGroupName: 'a', status: 'ACTIVE', appConfig: { type: 'ACTIVE_DIRECTORY' } },
    '/api/v1/apps/{payroll}/group-push/mappings',
  ],
  [
    'PATCH /api/v1/apps/{payroll}/group-push/mappings/{push}',
    { status: 'INACTIVE' },
    '/api/v1/apps/{payroll}/group-push/mappings',
  ],
  ['PUT /oauth2/v1/clients/{client}', bodies.client, '/oauth2/v1/clients/{client}'],
]

const words = ['ACTIVE', 'https://', 'http://[', 'javascript:alert(1)', '*', '/', '/profile/a/b', '$x', '{id}']

const filled = (text: string) => text.replace(/\{(\w+)\}/g, (hole, name: string) => places[name] ?? hole)

test('any body is taken or refused in order, and a refusal changes nothing', async () => {
  let refused = 0
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...writes), bends(words), async ([request, body, seen], changes) => {
      const sent = changes.reduce<unknown>(bent, JSON.parse(filled(JSON.stringify(body))))
      const before = await t.call(`GET ${filled(seen)}`)
      const { status, json, text } = await t.call(filled(request), JSON.stringify(sent) ?? 'null')
      expect(status, `${request} ${JSON.stringify(sent)} ${text}`).toBeLessThan(500)
      if (status < 300) return
      refused += 1
      if (json.error === undefined) {
        expect(json).toMatchObject({ errorCode: expect.stringMatching(/^E\d{7}$/), errorLink: json.errorCode })
        expect(json.errorCauses).toBeInstanceOf(Array)
      } else expect(json.error_description).toBeTypeOf('string')
      const after = await t.call(`GET ${filled(seen)}`)
      expect([after.status, after.json]).toEqual([before.status, before.json])
    }),
    { numRuns: 600 },
  )
  expect(refused).toBeGreaterThan(100)
})
