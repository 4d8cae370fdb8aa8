import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { appUsers, clientSecrets, scopeGrants } from '../../entities/app.ts'
import { isAssigned } from '../../entities/find-app.ts'
import { refreshTokens } from '../../entities/sign-in.ts'
import { put } from '../../state/state.ts'
import { type TestOrg, testOrg } from '../../testing.ts'
import { isOwnedByOkta } from './rules.ts'

const oauth = (settings: object, credentials: object = {}) => ({
  label: 'Wiki',
  name: 'oidc_client',
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: credentials },
  settings: { oauthClient: settings },
})
const web = {
  application_type: 'web',
  grant_types: ['authorization_code'],
  redirect_uris: ['https://wiki.example.com/cb'],
}
const service = { application_type: 'service', grant_types: ['client_credentials'] }
const bookmark = {
  label: 'Handbook',
  name: 'bookmark',
  signOnMode: 'BOOKMARK',
  settings: { app: { url: 'https://handbook.example.com' } },
}
const org2org = {
  name: 'okta_org2org',
  signOnMode: 'AUTO_LOGIN',
  settings: { app: { baseUrl: 'https://other.example.com' } },
}
const ec = (kid?: string) => {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  return kid === undefined ? jwk : { ...jwk, kid }
}

let it: TestOrg
beforeEach(async () => {
  it = await testOrg()
})

async function make(body: object): Promise<string> {
  const { status, json } = await it.call('POST /api/v1/apps', body)
  expect([status, json.errorCauses]).toEqual([200, undefined])
  return json.id
}

/** Names of the apps that are not Okta's own. */
async function ownApps(): Promise<string[]> {
  const { json } = await it.call('GET /api/v1/apps')
  return json.map((app: { name: string }) => app.name).filter((name: string) => !isOwnedByOkta(name))
}

async function makeUser(login: string): Promise<string> {
  const { json } = await it.call('POST /api/v1/users?activate=true', {
    profile: { firstName: 'Ada', lastName: 'Byron', email: login, login },
    credentials: { password: { value: 'Correct-Horse-9' } },
  })
  return json.id
}

/** The refusal of a call: status, code, summary, causes, private cause. */
async function refusal(request: string, body?: unknown, token?: string) {
  const { status, json } = await it.call(request, body, token === undefined ? {} : { token })
  return {
    status,
    code: json?.errorCode,
    summary: json?.errorSummary,
    causes: json?.errorCauses?.map((cause: { errorSummary: string }) => cause.errorSummary),
    cause: it.lastCause(),
  }
}

const events = () => [...it.org.events.read()].map((event) => event.eventType)

describe('making an app', () => {
  // The keys of recorded answers (okta/terraform-provider-okta, 2025).
  const recorded = [
    '_links',
    'accessibility',
    'created',
    'credentials',
    'features',
    'id',
    'label',
    'lastUpdated',
    'name',
    'orn',
    'settings',
    'signOnMode',
    'status',
    'universalLogout',
    'visibility',
  ]

  test('a client shows its secret once, the recorded keys always', async () => {
    const { status, json } = await it.call('POST /api/v1/apps', oauth(web))
    expect(status).toBe(200)
    expect(Object.keys(json).sort()).toEqual(recorded)
    expect(json.credentials.oauthClient).toMatchObject({
      client_id: json.id,
      client_secret: expect.stringMatching(/^\w{64}$/),
      token_endpoint_auth_method: 'client_secret_basic',
      pkce_required: false,
    })
    expect(json.settings.oauthClient).toMatchObject({ ...web, response_types: ['code'], consent_method: 'TRUSTED' })
    const again = await it.call(`GET /api/v1/apps/${json.id}`)
    expect(again.json.credentials.oauthClient).not.toHaveProperty('client_secret')
    expect(again.json).toEqual({
      ...json,
      credentials: { ...json.credentials, oauthClient: again.json.credentials.oauthClient },
    })
    expect(events()).toEqual(['application.lifecycle.create', 'application.lifecycle.activate'])
  })

  test('?activate=false leaves it inactive; a flag that is none is E0000037', async () => {
    expect((await it.call('POST /api/v1/apps?activate=false', bookmark)).json.status).toBe('INACTIVE')
    expect(await refusal('POST /api/v1/apps?activate=perhaps', bookmark)).toMatchObject({
      status: 400,
      code: 'E0000037',
    })
  })

  test.each([
    ['browser', 'none', true],
    ['native', 'client_secret_basic', true],
    ['web', 'client_secret_basic', false],
  ])('a %s client authenticates with %s unless told otherwise; PKCE required: %s', async (type, method, pkce) => {
    const { json } = await it.call('POST /api/v1/apps', oauth({ ...web, application_type: type }))
    expect(json.credentials.oauthClient).toMatchObject({ token_endpoint_auth_method: method, pkce_required: pkce })
  })

  test('refresh tokens rotate for single-page apps by default', async () => {
    const grant_types = ['authorization_code', 'refresh_token']
    const rotation = async (application_type: string) =>
      (await it.call('POST /api/v1/apps', oauth({ ...web, application_type, grant_types }))).json.settings.oauthClient
        .refresh_token
    expect(await rotation('browser')).toEqual({ rotation_type: 'ROTATE', leeway: 30 })
    expect(await rotation('web')).toEqual({ rotation_type: 'STATIC', leeway: 30 })
  })

  const refused: [title: string, settings: object, credentials: object, field: string, says: RegExp][] = [
    ['no grants', { ...web, grant_types: [] }, {}, 'grant_types', /blank/],
    [
      'an unknown grant',
      { ...web, grant_types: ['authorization-code'] },
      {},
      'grant_types',
      /authorization-code.*Valid values/,
    ],
    ['a grant of another type', { ...service, grant_types: ['authorization_code'] }, {}, 'grant_types', /service/],
    [
      'web with client_credentials alone',
      { ...web, grant_types: ['client_credentials'] },
      {},
      'grant_types',
      /authorization_code/,
    ],
    [
      'an unknown type',
      { ...web, application_type: 'spa' },
      {},
      'application_type',
      /Valid values: \[web, browser, native, service\]/,
    ],
    ['no redirect URI', { ...web, redirect_uris: [] }, {}, 'redirect_uris', /blank/],
    ['a relative redirect URI', { ...web, redirect_uris: ['/cb'] }, {}, 'redirect_uris', /absolute/],
    [
      'a redirect URI with a fragment',
      { ...web, redirect_uris: ['https://a.example/#x'] },
      {},
      'redirect_uris',
      /fragment/,
    ],
    [
      'a redirect URI that runs code',
      { ...web, redirect_uris: ['javascript:alert(1)'] },
      {},
      'redirect_uris',
      /absolute/,
    ],
    [
      'a wildcard that nobody allowed',
      { ...web, redirect_uris: ['https://a-*.b.example/cb'] },
      {},
      'redirect_uris',
      /wildcard/,
    ],
    [
      'a wildcard in the wrong place',
      { ...web, wildcard_redirect: 'SUBDOMAIN', redirect_uris: ['https://a.*.b.example/cb'] },
      {},
      'redirect_uris',
      /lowest subdomain/,
    ],
    ['tokens without implicit', { ...web, response_types: ['code', 'token'] }, {}, 'response_types', /implicit/],
    ['an unknown response type', { ...web, response_types: ['codes'] }, {}, 'response_types', /codes/],
    // The sentence is reported (okta/okta-sdk-python issue 299).
    [
      'a service without authentication',
      service,
      { token_endpoint_auth_method: 'none' },
      'token_endpoint_auth_method',
      /^token_endpoint_auth_method: 'token_endpoint_auth_method' is invalid\. Valid values: \[client_secret_basic, client_secret_post, client_secret_jwt, private_key_jwt\]\.$/,
    ],
    [
      'a public client without PKCE',
      { ...web, application_type: 'native' },
      { token_endpoint_auth_method: 'none', pkce_required: false },
      'pkce_required',
      /true/,
    ],
    ['a short secret', web, { client_secret: 'short' }, 'client_secret', /at least '14'/],
    ['a long secret', web, { client_secret: 'x'.repeat(101) }, 'client_secret', /more than '100'/],
    ['a secret that cannot be sent', web, { client_secret: 'sécret-sécret-sécret' }, 'client_secret', /ASCII/],
    [
      'a secret too short to sign with',
      web,
      { client_secret: 'x'.repeat(20), token_endpoint_auth_method: 'client_secret_jwt' },
      'client_secret',
      /at least '32'/,
    ],
    ['a client id that is too short', web, { client_id: 'abc' }, 'client_id', /between '6' and '100'/],
    ['a client id with a slash', web, { client_id: 'abc/def' }, 'client_id', /may only contain/],
    ['the reserved client id', web, { client_id: 'ALL_CLIENTS' }, 'client_id', /reserved/],
    ['a leeway of hours', { ...web, refresh_token: { leeway: 7200 } }, {}, 'leeway', /between 0 and 60/],
  ]
  test.each(refused)('%s is refused', async (_title, settings, credentials, field, says) => {
    const found = await refusal('POST /api/v1/apps', oauth(settings, credentials))
    expect(found).toMatchObject({
      status: 400,
      code: 'E0000001',
      summary: expect.stringMatching(/^API validation failed\.?|Api/i),
    })
    expect(found.causes.join('\n')).toMatch(new RegExp(`^${field}: `))
    expect(found.causes.join('\n')).toMatch(says)
    expect(await ownApps()).toEqual([])
  })

  test('every fault of a client is named at once', async () => {
    const found = await refusal('POST /api/v1/apps', oauth({ ...web, grant_types: ['x'], redirect_uris: ['/a', '/b'] }))
    expect(found.causes).toHaveLength(3)
  })

  test('a custom scheme and an allowed wildcard are redirect URIs', async () => {
    await make(oauth({ ...web, application_type: 'native', redirect_uris: ['com.example.app:/cb', 'myapp://cb'] }))
    await make(
      oauth({ ...web, wildcard_redirect: 'SUBDOMAIN', redirect_uris: ['https://pr-*.preview.example.com/cb'] }),
    )
  })

  test('a client id belongs to one app', async () => {
    await make(oauth(web, { client_id: 'wiki-client' }))
    expect(await refusal('POST /api/v1/apps', oauth(web, { client_id: 'wiki-client' }))).toMatchObject({
      status: 400,
      causes: ['client_id: An object with this field already exists in the current organization'],
      cause: 'E0000001/client-id-taken',
    })
  })

  test('private_key_jwt needs keys', async () => {
    const credentials = { token_endpoint_auth_method: 'private_key_jwt' }
    expect(await refusal('POST /api/v1/apps', oauth(service, credentials))).toMatchObject({
      status: 400,
      code: 'E0000001',
      cause: 'E0000001/client-key-refused',
    })
    const { json } = await it.call('POST /api/v1/apps', oauth({ ...service, jwks: { keys: [ec()] } }, credentials))
    expect(json.settings.oauthClient.jwks.keys).toMatchObject([
      { id: expect.stringMatching(/^pks/), kty: 'EC', status: 'ACTIVE' },
    ])
    expect(json.credentials.oauthClient).not.toHaveProperty('client_secret')
  })

  test('the private half of a key is not kept', async () => {
    const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
    const id = await make(oauth({ ...service, jwks: { keys: [jwk] } }))
    expect((await it.call(`GET /api/v1/apps/${id}`)).text).not.toContain(jwk.d)
  })

  test.each([
    ['BOOKMARK', { app: { url: 'https://a.example' } }, 'bookmark'],
    ['BASIC_AUTH', { app: { url: 'https://a.example', authURL: 'https://a.example/auth' } }, 'template_basic_auth'],
    [
      'BROWSER_PLUGIN',
      { app: { url: 'https://a.example', usernameField: 'u', passwordField: 'p', buttonField: 'b' } },
      'template_swa',
    ],
    [
      'SECURE_PASSWORD_STORE',
      { app: { url: 'https://a.example', usernameField: 'u', passwordField: 'p' } },
      'template_sps',
    ],
    ['WS_FEDERATION', { app: { siteURL: 'https://a.example', wReplyURL: 'https://a.example/r' } }, 'template_wsfed'],
    ['AUTO_LOGIN', { signOn: { loginUrl: 'https://a.example/login' } }, 'org_mytool_1'],
    [
      'SAML_2_0',
      {
        signOn: {
          ssoAcsUrl: 'https://a.example',
          recipient: 'https://a.example',
          destination: 'https://a.example',
          audience: 'a',
        },
      },
      'org_mytool_1',
    ],
  ])('%s apps are kept as sent, and need their fields', async (signOnMode, settings, name) => {
    const { json } = await it.call('POST /api/v1/apps', { label: 'My tool', signOnMode, settings })
    expect(json).toMatchObject({ signOnMode, name, settings })
    const found = await refusal('POST /api/v1/apps', { label: 'My tool', signOnMode, settings: {} })
    expect(found).toMatchObject({ status: 400, code: 'E0000001', cause: 'E0000001/required-field-missing' })
  })

  test('the name alone says how users sign in', async () => {
    expect((await it.call('POST /api/v1/apps', { ...bookmark, signOnMode: undefined })).json.signOnMode).toBe(
      'BOOKMARK',
    )
    const found = await refusal('POST /api/v1/apps', { label: 'Handbook' })
    expect(found.causes).toEqual(['signOnMode: The field cannot be left blank'])
  })

  test.each<[string, unknown, string]>([
    ['no label', { ...bookmark, label: '' }, 'E0000001'],
    ['a label of 101 characters', { ...bookmark, label: 'x'.repeat(101) }, 'E0000001'],
    ['a label beyond the BMP', { ...bookmark, label: 'Wiki 😀' }, 'E0000001'],
    ['an unknown mode', { ...bookmark, signOnMode: 'OIDC' }, 'E0000003'],
    ['a list', [bookmark], 'E0000003'],
    ['settings of text', { ...bookmark, settings: 'x' }, 'E0000003'],
    ['a name with a slash', { ...bookmark, name: '../x' }, 'E0000001'],
    ['redirect URIs of numbers', oauth({ ...web, redirect_uris: [1] }), 'E0000003'],
    ['keys of text', oauth({ ...web, jwks: { keys: ['x'] } }), 'E0000003'],
    ['a prototype', JSON.parse('{"label":"x","__proto__":{"name":"bookmark"}}'), 'E0000003'],
  ])('%s is refused, and nothing is written', async (_title, body, code) => {
    expect(await refusal('POST /api/v1/apps', body)).toMatchObject({ status: 400, code })
    expect(await ownApps()).toEqual([])
  })

  test('self-service and error pages follow the settings of the org', async () => {
    const selfService = { ...bookmark, accessibility: { selfService: true } }
    const errorPage = { ...bookmark, accessibility: { errorRedirectUrl: 'https://a.example/oops' } }
    await make(selfService)
    await make(errorPage)
    it.org.changeSettings({ features: { SELF_SERVICE: false, CUSTOM_ERROR_PAGE: false } })
    expect(await refusal('POST /api/v1/apps', selfService)).toMatchObject({
      status: 403,
      cause: 'E0000043/org-self-service-off',
    })
    expect(await refusal('POST /api/v1/apps', errorPage)).toMatchObject({
      status: 403,
      cause: 'E0000042/custom-error-page-off',
    })
  })

  test('an error page needs a whole URL', async () => {
    const body = { ...bookmark, accessibility: { errorRedirectUrl: '/oops' } }
    expect(await refusal('POST /api/v1/apps', body)).toMatchObject({
      status: 403,
      cause: 'E0000042/error-url-unreadable',
    })
  })

  test('labels may repeat unless the org keeps the older rule', async () => {
    await make(bookmark)
    await make(bookmark)
    it.org.changeSettings({ features: { UNIQUE_APP_LABELS: true } })
    expect(await refusal('POST /api/v1/apps', { ...bookmark, label: 'HANDBOOK' })).toMatchObject({
      status: 400,
      cause: 'E0000040/label-taken',
    })
    await make({ ...bookmark, label: 'Handbook 2' })
  })
})

describe('listing apps', () => {
  test('q, filter, pages and cursors', async () => {
    const ids = [await make(bookmark), await make({ ...bookmark, label: 'Travel' }), await make(oauth(web))]
    const list = async (query: string) =>
      (await it.call(`GET /api/v1/apps?${query}`)).json.map((app: { id: string }) => app.id)
    // Okta's own apps are older than all others.
    const okta = (await list('')).slice(0, -3)
    expect(await list('')).toEqual([...okta, ...ids])
    expect(await list('q=tra')).toEqual([ids[1]])
    expect(await list('q=oidc')).toEqual([ids[2]])
    expect(await list('filter=name eq "bookmark"')).toEqual(ids.slice(0, 2))
    await it.call(`POST /api/v1/apps/${ids[0]}/lifecycle/deactivate`)
    expect(await list('filter=status eq "ACTIVE"&q=hand')).toEqual([])
    expect(await list(`filter=id eq "${ids[1]}"`)).toEqual([ids[1]])
    const first = await it.call(`GET /api/v1/apps?limit=${okta.length + 2}`)
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!
    expect(await list(new URL(next).search.slice(1))).toEqual([ids[2]])
  })

  test('what the list does not take is refused', async () => {
    expect(await refusal('GET /api/v1/apps?after=00u1testcursorvalue')).toMatchObject({
      status: 400,
      code: 'E0000029',
      causes: ['Invalid cursor.'],
    })
    expect(await refusal('GET /api/v1/apps?filter=label eq "x"')).toMatchObject({ status: 400, code: 'E0000031' })
    expect(await refusal('GET /api/v1/apps?filter=status eq ACTIVE')).toMatchObject({ status: 400, code: 'E0000031' })
    expect(await refusal('GET /api/v1/apps?expand=users')).toMatchObject({
      status: 400,
      summary: expect.any(String),
      causes: ['Expand query is malformed.'],
      cause: 'E0000001/expand-malformed',
    })
  })

  test('apps of a user, with the assignment beside each', async () => {
    const wiki = await make(oauth(web))
    await make(bookmark)
    const user = await makeUser('ada@example.com')
    await it.call(`POST /api/v1/apps/${wiki}/users`, { id: user })
    const { json } = await it.call(`GET /api/v1/apps?filter=user.id eq "${user}"&expand=user/${user}`)
    expect(json).toMatchObject([{ id: wiki, _embedded: { user: { id: user, scope: 'USER' } } }])
  })

  test('an unknown app is an AppInstance that is not found', async () => {
    it.org.changeSettings({ contract: 'current' })
    for (const id of ['0oaNone', '%2e%2e%2f', 'a%00b', 'x'.repeat(300)]) {
      const found = await refusal(`GET /api/v1/apps/${id}`)
      expect(found).toMatchObject({ status: 404, code: 'E0000007' })
      expect(found.summary).toMatch(/\(AppInstance\)$/)
    }
  })
})

describe('changing an app', () => {
  test('a replaced client keeps its id and secret', async () => {
    const made = (await it.call('POST /api/v1/apps', oauth(web))).json
    const body = oauth({ ...web, redirect_uris: ['https://new.example.com/cb'] })
    const { status, json } = await it.call(`PUT /api/v1/apps/${made.id}`, { ...body, label: 'Wiki 2' })
    expect(status).toBe(200)
    expect(json).toMatchObject({ label: 'Wiki 2', created: made.created })
    expect(json.credentials.oauthClient).toEqual(made.credentials.oauthClient)
    expect(json.settings.oauthClient.redirect_uris).toEqual(['https://new.example.com/cb'])
    expect(events().at(-1)).toBe('application.lifecycle.update')
  })

  test('a client that stops using a secret loses it, and gets one when it needs one', async () => {
    const id = await make(oauth(web))
    const native = { ...web, application_type: 'native' }
    await it.call(`PUT /api/v1/apps/${id}`, oauth(native, { token_endpoint_auth_method: 'none' }))
    expect(await it.org.state.find(clientSecrets, 'app', id)).toEqual([])
    const { json } = await it.call(
      `PUT /api/v1/apps/${id}`,
      oauth(native, { token_endpoint_auth_method: 'client_secret_post' }),
    )
    expect(json.credentials.oauthClient.client_secret).toMatch(/^\w{64}$/)
  })

  test('a secret of the caller replaces the active one', async () => {
    const id = await make(oauth(web))
    await it.call(`PUT /api/v1/apps/${id}`, oauth(web, { client_secret: 'a-secret-of-my-own' }))
    const secrets = (await it.call(`GET /api/v1/apps/${id}/credentials/secrets`)).json
    expect(secrets.map((secret: { client_secret: string }) => secret.client_secret)).toEqual(['a-secret-of-my-own'])
  })

  test('what is fixed at creation stays', async () => {
    const id = await make(bookmark)
    const body = { ...bookmark, name: undefined, signOnMode: 'SAML_2_0' }
    expect(await refusal(`PUT /api/v1/apps/${id}`, body)).toMatchObject({
      status: 403,
      cause: 'E0000039/setting-fixed-at-creation',
    })
    expect(await refusal(`PUT /api/v1/apps/${id}`, { ...bookmark, name: 'template_swa' })).toMatchObject({
      cause: 'E0000039/setting-fixed-at-creation',
    })
    const wiki = await make(oauth(web))
    const found = await refusal(`PUT /api/v1/apps/${wiki}`, oauth(web, { client_id: 'another-id' }))
    expect(found.causes).toEqual(["client_id: 'client_id' cannot be changed."])
  })

  test('a push status that is no word of the list is E0000037', async () => {
    const id = await make(bookmark)
    const body = { ...bookmark, credentials: { userNameTemplate: { template: 'x', type: 'CUSTOM', pushStatus: '' } } }
    expect(await refusal(`PUT /api/v1/apps/${id}`, body)).toMatchObject({
      status: 400,
      cause: 'E0000037/word-not-in-list',
    })
  })

  test('an inactive app of the wizard that fills in forms cannot be replaced (recorded)', async () => {
    const body = { label: 'Tool', signOnMode: 'AUTO_LOGIN', settings: { signOn: { loginUrl: 'https://a.example' } } }
    const id = await make(body)
    expect((await it.call(`PUT /api/v1/apps/${id}`, body)).status).toBe(200)
    await it.call(`POST /api/v1/apps/${id}/lifecycle/deactivate`)
    expect(await refusal(`PUT /api/v1/apps/${id}`, body)).toMatchObject({
      status: 400,
      causes: ['This operation on app metadata is not yet supported: No active instances.'],
      cause: 'E0000024/app-has-no-active-instance',
    })
  })

  test('a shared password is never shown, and stays when its empty picture is sent back', async () => {
    const settings = { app: { url: 'https://a.example', usernameField: 'u', passwordField: 'p', buttonField: 'b' } }
    const credentials = {
      scheme: 'SHARED_USERNAME_AND_PASSWORD',
      userName: 'all',
      password: { value: 'Shared-Secret-1' },
    }
    const body = { label: 'Tool', signOnMode: 'BROWSER_PLUGIN', settings, credentials }
    const { json, text } = await it.call('POST /api/v1/apps', body)
    expect(json.credentials.password).toEqual({})
    expect(text).not.toContain('Shared-Secret-1')
    const again = await it.call(`PUT /api/v1/apps/${json.id}`, {
      ...body,
      credentials: { ...credentials, password: {} },
    })
    expect(again.json.credentials.password).toEqual({})
  })

  test('lifecycle: an active app cannot be deleted, an inactive one takes everything with it', async () => {
    const id = await make(oauth(web))
    const user = await makeUser('ada@example.com')
    await it.call(`POST /api/v1/apps/${id}/users`, { id: user })
    await it.call(`POST /api/v1/apps/${id}/grants`, { issuer: it.org.baseUrl, scopeId: 'okta.users.read' })
    await it.call(`POST /oauth2/v1/clients/${id}/roles`, { type: 'READ_ONLY_ADMIN' })
    expect(await refusal(`DELETE /api/v1/apps/${id}`)).toMatchObject({
      status: 403,
      causes: ['The application must be deactivated before deletion.'],
      cause: 'E0000056/app-still-active',
    })
    expect((await it.call(`POST /api/v1/apps/${id}/lifecycle/deactivate`)).json).toEqual({})
    expect((await it.call(`POST /api/v1/apps/${id}/lifecycle/deactivate`)).status).toBe(200)
    expect((await it.call(`GET /api/v1/apps/${id}`)).json).toMatchObject({
      status: 'INACTIVE',
      _links: { activate: { href: expect.stringMatching(/activate$/) } },
    })
    expect((await it.call(`DELETE /api/v1/apps/${id}`)).status).toBe(204)
    expect((await it.call(`GET /api/v1/apps/${id}`)).status).toBe(404)
    for (const collection of [appUsers, clientSecrets, scopeGrants]) {
      expect(await it.org.state.find(collection as never, 'app', id)).toEqual([])
    }
    expect((await it.call(`GET /oauth2/v1/clients/${id}/roles`)).status).toBe(404)
  })

  test('only a super admin changes a client that holds a role', async () => {
    const id = await make(oauth(service))
    const { token } = await it.makeAdmin('apps@example.com', 'APP_ADMIN')
    const put = (body: object) => it.call(`PUT /api/v1/apps/${id}`, body, { token })
    expect((await put({ ...oauth(service), label: 'Job' })).status).toBe(200)
    await it.call(`POST /oauth2/v1/clients/${id}/roles`, { type: 'READ_ONLY_ADMIN' })
    expect((await put({ ...oauth(service), label: 'Job 2' })).status).toBe(403)
    expect(it.lastCause()).toBe('E0000006/super-admin-required')
  })
})

describe('users of an app', () => {
  test('assign, read, update, list, take away', async () => {
    const app = await make(bookmark)
    const a = { title: 'A', type: 'integer' }
    await it.call(`POST /api/v1/meta/schemas/apps/${app}/default`, { definitions: { custom: { properties: { a } } } })
    const user = await makeUser('ada@example.com')
    const made = await it.call(`POST /api/v1/apps/${app}/users`, {
      id: user,
      credentials: { userName: 'ada' },
      profile: { a: 1 },
    })
    expect(made.status).toBe(200)
    // The keys of a recorded answer.
    expect(Object.keys(made.json).sort().join()).toBe(
      '_links,created,credentials,externalId,id,lastUpdated,passwordChanged,profile,scope,status,statusChanged,syncState',
    )
    expect(made.json).toMatchObject({ id: user, scope: 'USER', credentials: { userName: 'ada' } })
    expect((await it.call(`GET /api/v1/apps/${app}/users/${user}`)).json).toEqual(made.json)
    const updated = await it.call(`POST /api/v1/apps/${app}/users/${user}`, { credentials: { userName: 'ada2' } })
    expect(updated.json).toMatchObject({ credentials: { userName: 'ada2' }, profile: { a: 1 } })
    expect((await it.call(`GET /api/v1/apps/${app}/users`)).json).toHaveLength(1)
    expect((await it.call(`GET /api/v1/apps/${app}/users?q=zed`)).json).toEqual([])
    expect((await it.call(`DELETE /api/v1/apps/${app}/users/${user}`)).status).toBe(204)
    expect((await it.call(`GET /api/v1/apps/${app}/users/${user}`)).status).toBe(404)
    expect(events().filter((type) => type.startsWith('application.user'))).toEqual([
      'application.user_membership.add',
      'application.user_membership.update',
      'application.user_membership.remove',
    ])
  })

  test('have no attributes that nobody defined, unless the app is of the catalogue', async () => {
    const user = await makeUser('ada@example.com')
    const group = (await it.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })).json.id
    const profile = { zzz: 'str', yyy: 1 }
    const undefinedThere = {
      status: 400,
      cause: 'E0000001/property-not-defined',
      causes: ['zzz', 'yyy'].map((name) => `Property name '${name}' is not defined in profile`),
    }
    for (const body of [bookmark, oauth(web)]) {
      const at = `/api/v1/apps/${await make(body)}`
      expect(await refusal(`POST ${at}/users`, { id: user, profile })).toMatchObject(undefinedThere)
      expect((await it.call(`GET ${at}/users/${user}`)).status).toBe(404)
      await it.call(`POST ${at}/users`, { id: user })
      expect(await refusal(`POST ${at}/users/${user}`, { profile })).toMatchObject(undefinedThere)
      expect(await refusal(`PUT ${at}/groups/${group}`, { profile })).toMatchObject(undefinedThere)
      expect((await it.call(`GET ${at}/groups`)).json).toEqual([])
    }
    const app = await make({ label: 'Other org', ...org2org })
    const assigned = await it.call(`POST /api/v1/apps/${app}/users`, { id: user, profile })
    expect(assigned.json.profile).toMatchObject(profile)
  })

  test('whoever comes through a group is listed, and leaves with the group only', async () => {
    const app = await make(oauth(web))
    const user = await makeUser('ada@example.com')
    const group = (await it.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })).json.id
    await it.call(`PUT /api/v1/groups/${group}/users/${user}`)
    const made = await it.call(`PUT /api/v1/apps/${app}/groups/${group}`)
    expect(made.json).toMatchObject({ id: group, priority: 0, profile: {} })
    expect((await it.call(`GET /api/v1/apps/${app}/users`)).json).toMatchObject([{ id: user, scope: 'GROUP' }])
    expect(await isAssigned(it.org, app, user)).toBe(true)
    expect(await refusal(`DELETE /api/v1/apps/${app}/users/${user}`)).toMatchObject({
      status: 403,
      causes: ['The application cannot be unassigned from the user while their group memberships grant them access'],
      cause: 'E0000046/group-grants-app',
    })
    // What is changed for such a user is kept, without making the user stay longer than the group.
    await it.call(`POST /api/v1/apps/${app}/users/${user}`, { profile: { nickname: 'ada' } })
    expect((await it.call(`GET /api/v1/apps/${app}/users/${user}`)).json).toMatchObject({
      scope: 'GROUP',
      profile: { nickname: 'ada' },
    })
    await it.call(`DELETE /api/v1/groups/${group}/users/${user}`)
    expect(await isAssigned(it.org, app, user)).toBe(false)
    expect((await it.call(`GET /api/v1/apps/${app}/users`)).json).toEqual([])
  })

  test('with scope USER, who came through a group is assigned also without it', async () => {
    const app = await make(oauth(web))
    await it.call(`PUT /api/v1/apps/${app}/groups/${it.org.fixed.everyoneId}`)
    await it.call(`POST /api/v1/apps/${app}/users/me`, { scope: 'USER' })
    expect((await it.call(`GET /api/v1/apps/${app}/users/me`)).json.scope).toBe('USER')
    await it.call(`DELETE /api/v1/apps/${app}/groups/${it.org.fixed.everyoneId}`)
    expect(await isAssigned(it.org, app, it.adminId)).toBe(true)
  })

  test('credentials only where the scheme has room for them', async () => {
    const user = await makeUser('ada@example.com')
    const wiki = await make(oauth(web))
    const credentials = { userName: 'ada', password: { value: 'Correct-Horse-9' } }
    expect(await refusal(`POST /api/v1/apps/${wiki}/users`, { id: user, credentials })).toMatchObject({
      status: 400,
      causes: ['User level credentials should not be provided for this scheme.'],
      cause: 'E0000041/scheme-has-no-user-credentials',
    })
    const settings = { app: { url: 'https://a.example', usernameField: 'u', passwordField: 'p', buttonField: 'b' } }
    const swa = await make({ label: 'Tool', signOnMode: 'BROWSER_PLUGIN', settings })
    const { json, text } = await it.call(`POST /api/v1/apps/${swa}/users`, { id: user, credentials })
    expect(json.credentials).toEqual({ userName: 'ada', password: {} })
    expect(text).not.toContain('Correct-Horse-9')
  })

  test('nobody, nothing and unreadable bodies', async () => {
    const app = await make(bookmark)
    expect(await refusal(`POST /api/v1/apps/${app}/users`, {})).toMatchObject({
      status: 400,
      causes: ['id: The field cannot be left blank'],
    })
    expect(await refusal(`POST /api/v1/apps/${app}/users`, { id: '00uNone' })).toMatchObject({
      status: 404,
      code: 'E0000007',
    })
    expect(await refusal(`POST /api/v1/apps/${app}/users`, { id: it.adminId, scope: 'ALL' })).toMatchObject({
      status: 400,
      code: 'E0000001',
    })
    expect(await refusal(`POST /api/v1/apps/${app}/users`, [])).toMatchObject({ status: 400, code: 'E0000003' })
    expect(await refusal(`POST /api/v1/apps/${app}/users/me`, { profile: {} })).toMatchObject({
      status: 404,
      code: 'E0000007',
    })
  })

  test('a user that is deleted leaves its apps', async () => {
    const app = await make(bookmark)
    const user = await makeUser('ada@example.com')
    await it.call(`POST /api/v1/apps/${app}/users`, { id: user })
    await it.call(`DELETE /api/v1/users/${user}`)
    await it.call(`DELETE /api/v1/users/${user}`)
    expect((await it.call(`GET /api/v1/apps/${app}/users`)).json).toEqual([])
    expect(await it.org.state.find(appUsers, 'app', app)).toEqual([])
  })

  test('appLinks show the active apps that a user has', async () => {
    const [wiki, handbook, other] = [await make(oauth(web)), await make(bookmark), await make(bookmark)]
    await it.call(`POST /api/v1/apps/${wiki}/users`, { id: it.adminId })
    await it.call(`PUT /api/v1/apps/${handbook}/groups/${it.org.fixed.everyoneId}`)
    const links = async () =>
      (await it.call('GET /api/v1/users/me/appLinks')).json.map((link: { appInstanceId: string }) => link.appInstanceId)
    expect(await links()).toEqual([wiki, handbook])
    expect(await links()).not.toContain(other)
    await it.call(`POST /api/v1/apps/${wiki}/lifecycle/deactivate`)
    expect(await links()).toEqual([handbook])
  })
})

describe('groups of an app', () => {
  test('assign, order, read, list, take away', async () => {
    const app = await make(oauth(web))
    const ids: string[] = []
    for (const name of ['A', 'B', 'C']) ids.push((await it.call('POST /api/v1/groups', { profile: { name } })).json.id)
    const [a, b, c] = ids
    expect((await it.call(`PUT /api/v1/apps/${app}/groups/${a}`, {})).json.priority).toBe(0)
    expect(
      (await it.call(`PUT /api/v1/apps/${app}/groups/${b}`, { priority: 7, profile: { nickname: 'dev' } })).json,
    ).toMatchObject({ priority: 7, profile: { nickname: 'dev' } })
    expect((await it.call(`PUT /api/v1/apps/${app}/groups/${c}`)).json.priority).toBe(8)
    expect((await it.call(`GET /api/v1/apps/${app}/groups?limit=2`)).json).toHaveLength(2)
    expect((await it.call(`GET /api/v1/apps/${app}/groups?limit=2&after=${b}`)).json).toMatchObject([{ id: c }])
    expect((await it.call(`GET /api/v1/apps/${app}/groups/${a}?expand=group`)).json._embedded.group.profile.name).toBe(
      'A',
    )
    expect((await it.call(`GET /api/v1/groups/${a}/apps`)).json).toMatchObject([{ id: app }])
    expect((await it.call(`DELETE /api/v1/apps/${app}/groups/${a}`)).status).toBe(204)
    expect((await it.call(`DELETE /api/v1/apps/${app}/groups/${a}`)).status).toBe(404)
    await it.call(`DELETE /api/v1/groups/${b}`)
    expect((await it.call(`GET /api/v1/apps/${app}/groups`)).json).toMatchObject([{ id: c }])
  })

  test('an unknown group, a priority that is none', async () => {
    const app = await make(oauth(web))
    expect(await refusal(`PUT /api/v1/apps/${app}/groups/00gNone`)).toMatchObject({ status: 404, code: 'E0000007' })
    const found = await refusal(`PUT /api/v1/apps/${app}/groups/${it.org.fixed.everyoneId}`, { priority: 'first' })
    expect(found).toMatchObject({ status: 400, code: 'E0000001' })
  })
})

describe('grants of an app', () => {
  const grant = (app: string, scopeId: string, issuer = it.org.baseUrl) =>
    refusal(`POST /api/v1/apps/${app}/grants`, { issuer, scopeId })

  test('grant, list, read, revoke', async () => {
    const app = await make(oauth(service))
    const made = await it.call(`POST /api/v1/apps/${app}/grants`, {
      issuer: it.org.baseUrl,
      scopeId: 'okta.users.read',
    })
    expect(made.status).toBe(200)
    expect(Object.keys(made.json).sort().join()).toBe(
      '_embedded,_links,clientId,created,createdBy,id,issuer,lastUpdated,scopeId,source,status',
    )
    expect(made.json).toMatchObject({
      scopeId: 'okta.users.read',
      clientId: app,
      createdBy: { id: it.adminId },
      source: 'ADMIN',
    })
    const again = await it.call(`POST /api/v1/apps/${app}/grants`, {
      issuer: `${it.org.baseUrl}/`,
      scopeId: 'okta.users.read',
    })
    expect(again.json.id).toBe(made.json.id)
    expect((await it.call(`GET /api/v1/apps/${app}/grants`)).json).toHaveLength(1)
    const read = (await it.call(`GET /api/v1/apps/${app}/grants/${made.json.id}`)).json
    expect(read).not.toHaveProperty('_embedded')
    expect((await it.call(`DELETE /api/v1/apps/${app}/grants/${made.json.id}`)).status).toBe(204)
    expect(await refusal(`GET /api/v1/apps/${app}/grants/${made.json.id}`)).toMatchObject({
      status: 404,
      code: 'E0000007',
    })
    expect(events().filter((type) => type.includes('consent'))).toEqual([
      'app.oauth2.admin.consent.grant',
      'app.oauth2.admin.consent.revoke',
    ])
  })

  test('unknown scopes, foreign issuers and apps that are no clients', async () => {
    const app = await make(oauth(service))
    expect(await grant(app, 'okta.user.read')).toMatchObject({ status: 400, cause: 'E0000001/grant-scope-unknown' })
    expect(await grant(app, 'okta.users.read', `${it.org.baseUrl}/oauth2/default`)).toMatchObject({
      status: 400,
      cause: 'E0000001/grant-issuer-wrong',
    })
    expect(await refusal(`POST /api/v1/apps/${app}/grants`, {})).toMatchObject({
      causes: ['scopeId: The field cannot be left blank', 'issuer: The field cannot be left blank'],
    })
    expect(await grant(await make(bookmark), 'okta.users.read')).toMatchObject({ status: 404, code: 'E0000007' })
  })

  test("another app's grant is not found", async () => {
    const [one, two] = [await make(oauth(service)), await make(oauth(service))]
    const { json } = await it.call(`POST /api/v1/apps/${one}/grants`, {
      issuer: it.org.baseUrl,
      scopeId: 'okta.users.read',
    })
    expect((await it.call(`DELETE /api/v1/apps/${two}/grants/${json.id}`)).status).toBe(404)
  })
})

describe('secrets of a client', () => {
  test('two at most; the last active one stays; only an inactive one goes', async () => {
    const app = await make(oauth(web))
    const at = `/api/v1/apps/${app}/credentials/secrets`
    const [first] = (await it.call(`GET ${at}`)).json
    expect(Object.keys(first).sort().join()).toBe('_links,client_secret,created,id,lastUpdated,secret_hash,status')
    expect(await refusal(`POST ${at}/${first.id}/lifecycle/deactivate`)).toMatchObject({
      status: 400,
      cause: 'E0000001/client-secret-is-last',
    })
    const second = await it.call(`POST ${at}`)
    expect(second.status).toBe(201)
    expect(await refusal(`POST ${at}`)).toMatchObject({ status: 400, cause: 'E0000001/client-secrets-full' })
    expect(await refusal(`DELETE ${at}/${first.id}`)).toMatchObject({
      status: 400,
      cause: 'E0000001/client-secret-still-active',
    })
    expect((await it.call(`POST ${at}/${first.id}/lifecycle/deactivate`)).json.status).toBe('INACTIVE')
    expect((await it.call(`POST ${at}/${first.id}/lifecycle/activate`)).json.status).toBe('ACTIVE')
    await it.call(`POST ${at}/${first.id}/lifecycle/deactivate`)
    expect((await it.call(`DELETE ${at}/${first.id}`)).status).toBe(204)
    expect((await it.call(`GET ${at}`)).json.map((secret: { id: string }) => secret.id)).toEqual([second.json.id])
    expect((await it.call(`GET ${at}/${first.id}`)).status).toBe(404)
  })

  test('a secret of the caller follows the rules', async () => {
    const at = `/api/v1/apps/${await make(oauth(web))}/credentials/secrets`
    expect(await refusal(`POST ${at}`, { client_secret: 'short' })).toMatchObject({
      causes: ["client_secret: 'client_secret' must be at least '14' characters long."],
    })
    expect((await it.call(`POST ${at}`, { client_secret: 'a-secret-of-my-own' })).json.client_secret).toBe(
      'a-secret-of-my-own',
    )
  })

  test('a bookmark has none', async () => {
    expect((await it.call(`GET /api/v1/apps/${await make(bookmark)}/credentials/secrets`)).status).toBe(404)
  })
})

describe('keys of a client', () => {
  const signing = { token_endpoint_auth_method: 'private_key_jwt' }

  test('add, list, switch, delete', async () => {
    const app = await make(oauth({ ...service, jwks: { keys: [ec('one')] } }, signing))
    const at = `/api/v1/apps/${app}/credentials/jwks`
    const [one] = (await it.call(`GET ${at}`)).json
    expect(await refusal(`POST ${at}/${one.id}/lifecycle/deactivate`)).toMatchObject({
      status: 400,
      cause: 'E0000001/client-key-is-last',
    })
    const two = await it.call(`POST ${at}`, ec('two'))
    expect(two.status).toBe(201)
    expect((await it.call(`GET ${at}/${two.json.id}`)).json).toEqual(two.json)
    expect(await refusal(`DELETE ${at}/${one.id}`)).toMatchObject({
      status: 400,
      cause: 'E0000001/client-key-still-active',
    })
    expect((await it.call(`POST ${at}/${one.id}/lifecycle/deactivate`)).json.status).toBe('INACTIVE')
    expect((await it.call(`POST ${at}/${one.id}/lifecycle/activate`)).json.status).toBe('ACTIVE')
    await it.call(`POST ${at}/${one.id}/lifecycle/deactivate`)
    expect((await it.call(`DELETE ${at}/${one.id}`)).status).toBe(204)
    expect((await it.call(`GET ${at}`)).json).toMatchObject([{ kid: 'two' }])
    expect((await it.call(`GET ${at}/${one.id}`)).status).toBe(404)
  })

  test('a replaced app keeps the ids of the keys that stay', async () => {
    const keys = [ec('one'), ec('two')]
    const made = (await it.call('POST /api/v1/apps', oauth({ ...service, jwks: { keys } }, signing))).json
    const ids = made.settings.oauthClient.jwks.keys.map((key: { id: string }) => key.id)
    const body = oauth({ ...service, jwks: { keys: [keys[1], ec('three')] } }, signing)
    const next = (await it.call(`PUT /api/v1/apps/${made.id}`, body)).json.settings.oauthClient.jwks.keys
    expect(next[0].id).toBe(ids[1])
    expect(next).toHaveLength(2)
  })

  test('keys that cannot be', async () => {
    const at = `/api/v1/apps/${await make(oauth({ ...service, jwks: { keys: [ec('one')] } }, signing))}/credentials/jwks`
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' })
    expect(await refusal(`POST ${at}`, { ...small, kid: 'small' })).toMatchObject({
      status: 400,
      causes: ["RSA key length in the 'jwks' is less than '2,048' bits for the given key."],
      cause: 'E0000001/key-too-short',
    })
    for (const [key, says] of [
      [ec('one'), /unique `kid`/],
      [ec(), /unique `kid`/],
      [{ kty: 'oct', k: 'x' }, /Invalid key type/],
      [{ kty: 'RSA', kid: 'a' }, /'n' is required/],
      [{ ...ec('two'), x: '?' }, /cannot be read/],
      [{ ...ec('two'), use: 'wrap' }, /'sig' or 'enc'/],
    ] as const) {
      const found = await refusal(`POST ${at}`, key)
      expect(found).toMatchObject({ status: 400, cause: 'E0000001/client-key-refused' })
      expect(found.causes[0]).toMatch(says)
    }
    expect(await refusal(`POST ${at}`, { kty: 1 })).toMatchObject({ status: 400, code: 'E0000003' })
    expect((await it.call(`GET ${at}`)).json).toHaveLength(1)
  })

  test('fifty keys, no more; only one active key encrypts', async () => {
    const keys = Array.from({ length: 50 }, (_none, at) => ec(`k${at}`))
    const full = await make(oauth({ ...service, jwks: { keys } }))
    const found = await refusal(`POST /api/v1/apps/${full}/credentials/jwks`, ec('next'))
    expect(found.causes[0]).toContain('maximum number of keys allowed (50)')
    const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
    const app = await make(oauth({ ...service, jwks: { keys: [{ ...rsa(), kid: 'a', use: 'enc' }] } }))
    const at = `/api/v1/apps/${app}/credentials/jwks`
    expect(await refusal(`POST ${at}`, { ...rsa(), kid: 'b', use: 'enc' })).toMatchObject({ status: 400 })
    const second = await it.call(`POST ${at}`, { ...rsa(), kid: 'b', use: 'enc', status: 'INACTIVE' })
    await it.call(`POST ${at}/${second.json.id}/lifecycle/activate`)
    const statuses = (await it.call(`GET ${at}`)).json.map((key: { status: string }) => key.status)
    expect(statuses).toEqual(['INACTIVE', 'ACTIVE'])
  })
})

describe('what an administrator who is limited to some apps reaches', () => {
  async function limitedTo(...targets: string[]): Promise<string> {
    const { userId, token } = await it.makeAdmin('apps@example.com', 'APP_ADMIN')
    const role = (await it.call(`GET /api/v1/users/${userId}/roles`)).json[0].id
    for (const target of targets) {
      const { status } = await it.call(`PUT /api/v1/users/${userId}/roles/${role}/targets/catalog/apps/${target}`)
      expect(status).toBe(204)
    }
    return token
  }

  test('one app, read and changed; others neither', async () => {
    const [wiki, handbook] = [await make(oauth(web)), await make(bookmark)]
    const token = await limitedTo(`bookmark/${handbook}`)
    const list = await it.call('GET /api/v1/apps', undefined, { token })
    expect(list.json.map((app: { id: string }) => app.id)).toEqual([handbook])
    expect((await it.call(`PUT /api/v1/apps/${handbook}`, { ...bookmark, label: 'New' }, { token })).status).toBe(200)
    expect(await refusal(`GET /api/v1/apps/${wiki}`, undefined, token)).toMatchObject({
      status: 403,
      cause: 'E0000006/role-lacks-permission',
    })
    expect(await refusal(`POST /api/v1/apps/${wiki}/users`, { id: it.adminId }, token)).toMatchObject({ status: 403 })
    expect(await refusal('POST /api/v1/apps', bookmark, token)).toMatchObject({ status: 403 })
  })

  test('all apps of a name, new ones as well', async () => {
    const wiki = await make(oauth(web))
    const token = await limitedTo('bookmark')
    expect((await it.call('POST /api/v1/apps', bookmark, { token })).status).toBe(200)
    expect(await refusal(`DELETE /api/v1/apps/${wiki}`, undefined, token)).toMatchObject({ status: 403 })
  })

  test('a role whose only app is deleted reaches nothing', async () => {
    const handbook = await make(bookmark)
    const token = await limitedTo(`bookmark/${handbook}`)
    const other = await make(bookmark)
    await it.call(`POST /api/v1/apps/${handbook}/lifecycle/deactivate`)
    await it.call(`DELETE /api/v1/apps/${handbook}`)
    expect(await refusal(`GET /api/v1/apps/${other}`, undefined, token)).toMatchObject({ status: 403 })
  })
})

describe('limits, provisioning and attributes', () => {
  test('an org may have only so many apps', async () => {
    it.org.changeSettings({ apps: { most: 1 } })
    await make(bookmark)
    expect(await refusal('POST /api/v1/apps', bookmark)).toMatchObject({
      status: 400,
      causes: ['Cannot create application instance. Maximum number of instances has been reached.'],
      cause: 'E0000001/app-limit-reached',
    })
  })

  test('features exist once an app of the catalogue has a connection', async () => {
    const app = await make({ label: 'Other org', ...org2org })
    const at = `/api/v1/apps/${app}`
    expect((await it.call(`GET ${at}/connections/default`)).json).toMatchObject({
      status: 'UNKNOWN',
      profile: { authScheme: 'UNKNOWN' },
    })
    expect(await refusal(`GET ${at}/features`)).toMatchObject({
      status: 400,
      cause: 'E0000001/app-has-no-provisioning',
    })
    const profile = { authScheme: 'TOKEN', token: 'a-secret-token' }
    const set = await it.call(`POST ${at}/connections/default`, { baseUrl: 'https://b.example', profile })
    expect(set.json).toMatchObject({ status: 'DISABLED', baseUrl: 'https://b.example' })
    expect(set.text).not.toContain('a-secret-token')
    expect((await it.call(`POST ${at}/connections/default/lifecycle/activate`)).status).toBe(204)
    expect((await it.call(`GET ${at}/features`)).json).toMatchObject([
      { name: 'USER_PROVISIONING', capabilities: { create: { lifecycleCreate: { status: 'DISABLED' } } } },
      { name: 'INBOUND_PROVISIONING' },
    ])
    await it.call(`PUT ${at}/features/USER_PROVISIONING`, { create: { lifecycleCreate: { status: 'ENABLED' } } })
    const { capabilities } = (await it.call(`GET ${at}/features/USER_PROVISIONING`)).json
    expect(capabilities).toMatchObject({
      create: { lifecycleCreate: { status: 'ENABLED' } },
      update: { profile: { status: 'DISABLED' } },
    })
    expect((await it.call(`GET ${at}`)).json.features).toEqual(['PUSH_NEW_USERS'])
    for (const [wrong, says] of [
      [{ create: { lifecycleCreate: { status: 'MAYBE' } } }, 'status: The field has an invalid value'],
      [{ update: { password: { seed: 'x' } } }, 'seed: The field has an invalid value'],
    ] as const) {
      expect(await refusal(`PUT ${at}/features/USER_PROVISIONING`, wrong)).toMatchObject({
        status: 400,
        causes: [says],
      })
    }
    const exact = { importRules: { userCreateAndMatch: { exactMatchCriteria: 'x' } } }
    expect((await it.call(`PUT ${at}/features/INBOUND_PROVISIONING`, exact)).status).toBe(400)
    expect((await it.call(`PUT ${at}/features/USER_PROVISIONING`, { create: 'x' })).json.errorCode).toBe('E0000003')
    const update = { profile: { status: 'ENABLED' }, password: { status: 'ENABLED' } }
    const off = { create: { lifecycleCreate: { status: 'DISABLED' } }, update }
    await it.call(`PUT ${at}/features/USER_PROVISIONING`, off)
    expect((await it.call(`GET ${at}`)).json.features).toEqual(['PUSH_PROFILE_UPDATES', 'PUSH_PASSWORD_UPDATES'])
    // A replaced app stays connected.
    await it.call(`PUT ${at}`, { label: 'Other org 2', ...org2org })
    expect((await it.call(`GET ${at}/features`)).status).toBe(200)
    await it.call(`POST ${at}/connections/default/lifecycle/deactivate`)
    expect((await it.call(`GET ${at}/features`)).status).toBe(400)
  })

  test('unknown apps, unknown features, apps that cannot be provisioned', async () => {
    expect(await refusal('GET /api/v1/apps/0oaNone/features')).toMatchObject({ status: 404, code: 'E0000007' })
    const app = await make(bookmark)
    const profile = { authScheme: 'TOKEN', token: 'x' }
    expect(await refusal(`POST /api/v1/apps/${app}/connections/default?activate=true`, { profile })).toMatchObject({
      status: 400,
      cause: 'E0000001/app-has-no-provisioning',
      causes: ['Provisioning is not supported.'],
    })
    // A connection that connects nothing is taken (recorded).
    const nothing = { profile: { authScheme: 'UNKNOWN' } }
    const taken = await it.call(`POST /api/v1/apps/${app}/connections/default?activate=true`, nothing)
    expect(taken.status).toBe(200)
    expect(await refusal(`GET /api/v1/apps/${app}/features`)).toMatchObject({
      cause: 'E0000001/app-has-no-provisioning',
    })
    it.org.changeSettings({ contract: 'current' })
    const found = await refusal(`GET /api/v1/apps/${app}/features/INVALID_FEATURE`)
    expect(found.summary).toBe('Not found: Resource not found: INVALID_FEATURE (PublicAppFeatureSetName)')
    expect(
      await refusal(`POST /api/v1/apps/${app}/connections/default`, { profile: { authScheme: 'NTLM' } }),
    ).toMatchObject({
      status: 400,
    })
  })

  test("attributes of an app's users come and go; those of scope SYSTEM are nobody's", async () => {
    const app = await make(bookmark)
    const at = `/api/v1/meta/schemas/apps/${app}/default`
    const custom = (properties: object) => ({ definitions: { custom: { properties } } })
    const badge = { title: 'Badge', type: 'string', scope: 'SYSTEM' }
    const team = { title: 'Team', type: 'string', required: true }
    const { json } = await it.call(`POST ${at}`, custom({ badge, team }))
    expect(json.definitions.custom).toMatchObject({ properties: { badge, team }, required: ['team'] })
    expect((await it.call(`GET ${at}`)).json).toEqual(json)
    expect(await refusal(`POST /api/v1/apps/${app}/users`, { id: it.adminId, profile: { badge: '7' } })).toMatchObject({
      code: 'E0000081',
      cause: 'E0000081/attribute-reserved',
    })
    await it.call(`POST ${at}`, custom({ badge: null }))
    expect(Object.keys((await it.call(`GET ${at}`)).json.definitions.custom.properties)).toEqual(['team'])
    for (const [profile, says] of [
      [{ badge: '7' }, "Property name 'badge' is not defined in profile"],
      [{}, 'team: The field cannot be left blank'],
      [{ team: ['a'] }, "Invalid value data type for property 'team'"],
    ] as const) {
      expect(await refusal(`POST /api/v1/apps/${app}/users`, { id: it.adminId, profile })).toMatchObject({
        code: 'E0000001',
        causes: [says],
      })
    }
    const profile = { team: 'a' }
    expect((await it.call(`POST /api/v1/apps/${app}/users`, { id: it.adminId, profile })).json.profile).toEqual(profile)
    for (const wrong of [custom({ '1x': team }), custom({ x: { title: 'X', type: 'date' } })]) {
      expect(await refusal(`POST ${at}`, wrong)).toMatchObject({ status: 400, code: 'E0000001' })
    }
    expect(await refusal(`POST ${at}`, custom({ x: 'string' }))).toMatchObject({ status: 400, code: 'E0000003' })
  })
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
    const { json } = await it.call('POST /api/v1/apps', saml)
    const [key] = (await it.call(`GET /api/v1/apps/${json.id}/credentials/keys`)).json
    expect(key.kid).toBe(json.credentials.signing.kid)
    const certificate = new X509Certificate(Buffer.from(key.x5c[0], 'base64'))
    const jwk = certificate.publicKey.export({ format: 'jwk' })
    expect([jwk.n, jwk.e]).toEqual([key.n, key.e])
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.subject).toContain(`CN=${it.org.fixed.orgId}`)
    expect(new Date(certificate.validFrom).toISOString()).toBe(key.created)
    expect(new Date(certificate.validTo).toISOString()).toBe(key.expiresAt)
    const sha256 = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')
    expect(key['x5t#S256']).toBe(sha256)
  })

  test('a new key is used when the app says so', async () => {
    const { json } = await it.call('POST /api/v1/apps', saml)
    const at = `/api/v1/apps/${json.id}/credentials/keys`
    expect(await refusal(`POST ${at}/generate?validityYears=1`)).toMatchObject({ status: 400, code: 'E0000001' })
    const made = await it.call(`POST ${at}/generate?validityYears=2`)
    expect(made.status).toBe(201)
    expect((await it.call(`GET ${at}`)).json).toHaveLength(2)
    expect((await it.call(`GET ${at}/${made.json.kid}`)).json).toEqual(made.json)
    const signing = async (kid: string) =>
      (await it.call(`PUT /api/v1/apps/${json.id}`, { ...saml, credentials: { signing: { kid } } })).json.credentials
        .signing.kid
    expect(await signing(made.json.kid)).toBe(made.json.kid)
    expect((await it.call(`PUT /api/v1/apps/${json.id}`, saml)).json.credentials.signing.kid).toBe(made.json.kid)
    for (const kid of ['nobody', 7, { a: 1 }]) {
      const replaced = await refusal(`PUT /api/v1/apps/${json.id}`, { ...saml, credentials: { signing: { kid } } })
      expect(replaced).toMatchObject({ status: 400, cause: 'E0000001/signing-key-not-of-app' })
    }
    // A new app has only its first key, whatever its body was copied from.
    const copied = await it.call('POST /api/v1/apps', { ...saml, credentials: { signing: { kid: made.json.kid } } })
    expect([copied.status, copied.json.credentials.signing.kid === made.json.kid]).toEqual([200, false])
    expect(await refusal(`GET ${at}/nobody`)).toMatchObject({ status: 404, code: 'E0000007' })
  })

  test('metadata is XML for whoever takes it', async () => {
    const { json } = await it.call('POST /api/v1/apps', saml)
    const at = `/api/v1/apps/${json.id}/sso/saml/metadata?kid=${json.credentials.signing.kid}`
    const answer = await it.call(`GET ${at}`, undefined, { headers: { accept: 'application/xml' } })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/xml'])
    const [key] = (await it.call(`GET /api/v1/apps/${json.id}/credentials/keys`)).json
    expect(answer.text).toContain(`<ds:X509Certificate>${key.x5c[0]}</ds:X509Certificate>`)
    expect(await refusal(`GET ${at}`)).toMatchObject({ status: 400, code: 'E0000019' })
  })

  test('a bookmark signs nothing', async () => {
    expect((await it.call(`GET /api/v1/apps/${await make(bookmark)}/credentials/keys`)).json).toEqual([])
  })
})

describe('refresh tokens of an app', () => {
  const keep = async (clientId: string, hash: string, more: object = {}) => {
    const hour = 3_600_000
    const now = it.clock.now()
    const value = {
      familyId: hash,
      clientId,
      serverId: 'org',
      userId: it.adminId,
      scopes: ['openid', 'offline_access'],
      createdAt: now,
      expiresAt: now + hour,
      idleUntil: now + hour,
      authTimeSeconds: 0,
      amr: ['pwd'],
      ...more,
    }
    await it.org.state.change([put(refreshTokens, hash, value)])
  }

  test('those that live are listed, page by page, and revoked one by one or all', async () => {
    const app = await make(oauth(web))
    const at = `/api/v1/apps/${app}/tokens`
    expect((await it.call(`GET ${at}`)).json).toEqual([])
    for (const name of ['c', 'a', 'b']) await keep(app, name.repeat(43))
    await keep(app, 'd'.repeat(43), { revokedAt: 1 })
    await keep(app, 'e'.repeat(43), { rotatedAt: 1 })
    await keep(app, 'f'.repeat(43), { expiresAt: 1 })
    const ids = async (query = '') => (await it.call(`GET ${at}${query}`)).json.map((token: { id: string }) => token.id)
    const [a, b, c] = ['a', 'b', 'c'].map((name) => `oar${name.repeat(17)}`)
    expect(await ids()).toEqual([a, b, c])
    const first = await it.call(`GET ${at}?limit=2`)
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!
    expect(await ids(new URL(next).search)).toEqual([c])
    const one = await it.call(`GET ${at}/${a}`)
    expect(one.json).toMatchObject({ id: a, clientId: app, userId: it.adminId, issuer: it.org.baseUrl })
    expect(one.text).not.toContain('a'.repeat(18))
    expect((await it.call(`DELETE ${at}/${a}`)).status).toBe(204)
    expect(await ids()).toEqual([b, c])
    expect((await it.call(`DELETE ${at}`)).status).toBe(204)
    expect(await ids()).toEqual([])
  })

  test('an unknown one is named with its client (recorded)', async () => {
    it.org.changeSettings({ contract: 'current' })
    const app = await make(oauth(web))
    for (const method of ['GET', 'DELETE']) {
      const found = await refusal(`${method} /api/v1/apps/${app}/tokens/nobody`)
      expect(found.summary).toBe(`Not found: Resource not found: ${app}.nobody (OAuth2RefreshTokenTx)`)
    }
  })
})

describe('what an app can be made of', () => {
  const signOn = {
    ssoAcsUrl: 'https://a.example',
    recipient: 'https://a.example',
    destination: 'https://a.example',
    audience: 'a',
  }
  const saml = (more: object) => ({
    label: 'My tool',
    signOnMode: 'SAML_2_0',
    settings: { signOn: { ...signOn, ...more } },
  })

  test.each([
    ['bookmark', 'SAML_2_0', 'BOOKMARK'],
    ['oidc_client', 'BOOKMARK', 'OPENID_CONNECT'],
    ['template_swa', 'AUTO_LOGIN', 'BROWSER_PLUGIN'],
  ])('a %s is no %s', async (name, signOnMode, only) => {
    const answer = await refusal('POST /api/v1/apps', { ...bookmark, name, signOnMode })
    expect(answer).toMatchObject({
      status: 400,
      causes: [`signOnMode: The app '${name}' supports only the sign-on mode ${only}`],
    })
  })

  test.each([
    [{ signatureAlgorithm: 'RSA_MD5' }, ['signatureAlgorithm: The field has an invalid value']],
    [{ digestAlgorithm: 'MD5' }, ['digestAlgorithm: The field has an invalid value']],
    [{ subjectNameIdFormat: 'email' }, ['subjectNameIdFormat: The field has an invalid value']],
    [{ ssoAcsUrl: 'nowhere' }, ['ssoAcsUrl: The field must be an absolute http or https URL']],
    [{ ssoAcsUrlOverride: 'nowhere' }, ['ssoAcsUrlOverride: The field must be an absolute http or https URL']],
    [{ acsEndpoints: [{ index: 0, url: 'nowhere' }] }, ['url: The field must be an absolute http or https URL']],
    [
      { responseSigned: false, assertionSigned: false },
      ['responseSigned: Either responseSigned or assertionSigned must be true'],
    ],
  ])('not of the SAML setting %j', async (more, causes) => {
    expect(await refusal('POST /api/v1/apps', saml(more))).toMatchObject({ status: 400, causes })
  })

  test('of the SAML settings that were recorded', async () => {
    const format = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
    const more = { signatureAlgorithm: 'RSA_SHA1', digestAlgorithm: 'SHA1', subjectNameIdFormat: format }
    expect((await it.call('POST /api/v1/apps', saml({ ...more, ssoAcsUrlOverride: '' }))).status).toBe(200)
  })

  test.each(['initiate_login_uri', 'logo_uri', 'policy_uri'])('%s is a URI', async (field) => {
    const client = (value: unknown) => {
      const body = oauth(web)
      return { ...body, settings: { oauthClient: { ...body.settings.oauthClient, [field]: value } } }
    }
    expect(await refusal('POST /api/v1/apps', client('nowhere'))).toMatchObject({
      status: 400,
      causes: [`${field}: '${field}' must be an absolute URI.`],
    })
    expect(await refusal('POST /api/v1/apps', client(7))).toMatchObject({ code: 'E0000003' })
    expect((await it.call('POST /api/v1/apps', client('https://a.example/login'))).status).toBe(200)
  })
})
