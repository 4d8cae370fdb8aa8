// What can an app be made of, and what is refused when one is made?
import { generateKeyPairSync } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { eventsOf } from '../../testing.ts'
import { isOwnedByOkta } from './rules.ts'
import { type AppOrg, appOrg, bookmark, ec, oauth, payroll, service, web } from './testing.ts'

let t: AppOrg

beforeEach(async () => {
  t = await appOrg()
})

/** Names of the apps that are not Okta's own. */
async function ownApps(): Promise<string[]> {
  const { json } = await t.call('GET /api/v1/apps')
  return json.map((app: { name: string }) => app.name).filter((name: string) => !isOwnedByOkta(name))
}

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
    const { status, json } = await t.call('POST /api/v1/apps', oauth(web))
    expect(status).toBe(200)
    expect(Object.keys(json).sort()).toEqual(recorded)
    expect(json.credentials.oauthClient).toMatchObject({
      client_id: json.id,
      client_secret: expect.stringMatching(/^\w{64}$/),
      token_endpoint_auth_method: 'client_secret_basic',
      pkce_required: false,
    })
    expect(json.settings.oauthClient).toMatchObject({ ...web, response_types: ['code'], consent_method: 'TRUSTED' })
    const again = await t.call(`GET /api/v1/apps/${json.id}`)
    expect(again.json.credentials.oauthClient).not.toHaveProperty('client_secret')
    expect(again.json).toEqual({
      ...json,
      credentials: { ...json.credentials, oauthClient: again.json.credentials.oauthClient },
    })
    expect(eventsOf(t)).toEqual(['application.lifecycle.create', 'application.lifecycle.activate'])
  })

  test('?activate=false leaves it inactive; a flag that is none is E0000037', async () => {
    expect((await t.call('POST /api/v1/apps?activate=false', bookmark)).json.status).toBe('INACTIVE')
    expect(await t.refusal('POST /api/v1/apps?activate=perhaps', bookmark)).toMatchObject({
      status: 400,
      code: 'E0000037',
    })
  })

  test.each([
    ['browser', 'none', true],
    ['native', 'client_secret_basic', true],
    ['web', 'client_secret_basic', false],
  ])('a %s client authenticates with %s unless told otherwise; PKCE required: %s', async (type, method, pkce) => {
    const { json } = await t.call('POST /api/v1/apps', oauth({ ...web, application_type: type }))
    expect(json.credentials.oauthClient).toMatchObject({ token_endpoint_auth_method: method, pkce_required: pkce })
  })

  test('refresh tokens rotate for single-page apps by default', async () => {
    const grant_types = ['authorization_code', 'refresh_token']
    const rotation = async (application_type: string) =>
      (await t.call('POST /api/v1/apps', oauth({ ...web, application_type, grant_types }))).json.settings.oauthClient
        .refresh_token
    expect(await rotation('browser')).toEqual({ rotation_type: 'ROTATE', leeway: 30 })
    expect(await rotation('web')).toEqual({ rotation_type: 'STATIC', leeway: 30 })
  })

  test.each([
    ['people sign in as well', ['implicit', 'authorization_code', 'client_credentials'], ['token', 'id_token', 'code']],
    ['tokens are exchanged', ['client_credentials', 'urn:ietf:params:oauth:grant-type:token-exchange'], ['token']],
  ])('a service at which %s', async (_title, grant_types, response_types) => {
    const settings = { ...web, application_type: 'service', grant_types, response_types }
    const { json } = await t.call('POST /api/v1/apps', oauth(settings))
    expect(json.settings.oauthClient).toMatchObject({ grant_types, response_types })
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
    ['a grant of another type', { ...service, grant_types: ['password'] }, {}, 'grant_types', /service/],
    [
      'a service without the grant of services',
      { ...web, application_type: 'service' },
      {},
      'grant_types',
      /'grant_types' must contain 'client_credentials' when 'application_type' is 'service'\.$/,
    ],
    ...['client_credentials', 'implicit'].map(
      (grant) =>
        [
          `web with ${grant} alone`,
          { ...web, grant_types: [grant] },
          {},
          'grant_types',
          /'grant_types' must contain 'authorization_code' when 'application_type' is 'web'\.$/,
        ] as [string, object, object, string, RegExp],
    ),
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
    const found = await t.refusal('POST /api/v1/apps', oauth(settings, credentials))
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
    const found = await t.refusal(
      'POST /api/v1/apps',
      oauth({ ...web, grant_types: ['x'], redirect_uris: ['/a', '/b'] }),
    )
    expect(found.causes).toHaveLength(3)
  })

  test('a custom scheme and an allowed wildcard are redirect URIs', async () => {
    await t.make(oauth({ ...web, application_type: 'native', redirect_uris: ['com.example.app:/cb', 'myapp://cb'] }))
    await t.make(
      oauth({ ...web, wildcard_redirect: 'SUBDOMAIN', redirect_uris: ['https://pr-*.preview.example.com/cb'] }),
    )
  })

  test('a client id belongs to one app', async () => {
    await t.make(oauth(web, { client_id: 'wiki-client' }))
    expect(await t.refusal('POST /api/v1/apps', oauth(web, { client_id: 'wiki-client' }))).toMatchObject({
      status: 400,
      causes: ['client_id: An object with this field already exists in the current organization'],
      cause: 'E0000001/client-id-taken',
    })
  })

  test('private_key_jwt needs keys', async () => {
    const credentials = { token_endpoint_auth_method: 'private_key_jwt' }
    expect(await t.refusal('POST /api/v1/apps', oauth(service, credentials))).toMatchObject({
      status: 400,
      code: 'E0000001',
      cause: 'E0000001/client-key-refused',
    })
    const { json } = await t.call('POST /api/v1/apps', oauth({ ...service, jwks: { keys: [ec()] } }, credentials))
    expect(json.settings.oauthClient.jwks.keys).toMatchObject([
      { id: expect.stringMatching(/^pks/), kty: 'EC', status: 'ACTIVE' },
    ])
    expect(json.credentials.oauthClient).not.toHaveProperty('client_secret')
  })

  test('the private half of a key is not kept', async () => {
    const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
    const id = await t.make(oauth({ ...service, jwks: { keys: [jwk] } }))
    expect((await t.call(`GET /api/v1/apps/${id}`)).text).not.toContain(jwk.d)
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
    const { json } = await t.call('POST /api/v1/apps', { label: 'My tool', signOnMode, settings })
    expect(json).toMatchObject({ signOnMode, name, settings })
    const found = await t.refusal('POST /api/v1/apps', { label: 'My tool', signOnMode, settings: {} })
    expect(found).toMatchObject({ status: 400, code: 'E0000001', cause: 'E0000001/required-field-missing' })
  })

  test('the name alone says how users sign in', async () => {
    expect((await t.call('POST /api/v1/apps', { ...bookmark, signOnMode: undefined })).json.signOnMode).toBe('BOOKMARK')
    const found = await t.refusal('POST /api/v1/apps', { label: 'Handbook' })
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
    expect(await t.refusal('POST /api/v1/apps', body)).toMatchObject({ status: 400, code })
    expect(await ownApps()).toEqual([])
  })

  test('self-service and error pages follow the settings of the org', async () => {
    const selfService = { ...bookmark, accessibility: { selfService: true } }
    const errorPage = { ...bookmark, accessibility: { errorRedirectUrl: 'https://a.example/oops' } }
    await t.make(selfService)
    await t.make(errorPage)
    t.org.changeSettings({ features: { SELF_SERVICE: false, CUSTOM_ERROR_PAGE: false } })
    expect(await t.refusal('POST /api/v1/apps', selfService)).toMatchObject({
      status: 403,
      cause: 'E0000043/org-self-service-off',
    })
    expect(await t.refusal('POST /api/v1/apps', errorPage)).toMatchObject({
      status: 403,
      cause: 'E0000042/custom-error-page-off',
    })
  })

  test('an error page needs a whole URL', async () => {
    const body = { ...bookmark, accessibility: { errorRedirectUrl: '/oops' } }
    expect(await t.refusal('POST /api/v1/apps', body)).toMatchObject({
      status: 403,
      cause: 'E0000042/error-url-unreadable',
    })
  })

  test('labels may repeat unless the org keeps the older rule', async () => {
    await t.make(bookmark)
    await t.make(bookmark)
    t.org.changeSettings({ features: { UNIQUE_APP_LABELS: true } })
    expect(await t.refusal('POST /api/v1/apps', { ...bookmark, label: 'HANDBOOK' })).toMatchObject({
      status: 400,
      cause: 'E0000040/label-taken',
    })
    await t.make({ ...bookmark, label: 'Handbook 2' })
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
    const answer = await t.refusal('POST /api/v1/apps', { ...bookmark, name, signOnMode })
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
    expect(await t.refusal('POST /api/v1/apps', saml(more))).toMatchObject({ status: 400, causes })
  })

  test('of the SAML settings that were recorded', async () => {
    const format = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
    const more = { signatureAlgorithm: 'RSA_SHA1', digestAlgorithm: 'SHA1', subjectNameIdFormat: format }
    expect((await t.call('POST /api/v1/apps', saml({ ...more, ssoAcsUrlOverride: '' }))).status).toBe(200)
  })

  test('of an empty relay state, which is none', async () => {
    const { json } = await t.call('POST /api/v1/apps', saml({ defaultRelayState: '', spIssuer: null }))
    expect(json.settings.signOn).toEqual({ ...signOn, defaultRelayState: null, spIssuer: null })
    const body = saml({ defaultRelayState: 'https://a.example/start' })
    const replaced = await t.call(`PUT /api/v1/apps/${json.id}`, body)
    expect(replaced.json.settings.signOn.defaultRelayState).toBe('https://a.example/start')
  })

  test.each(['initiate_login_uri', 'logo_uri', 'policy_uri'])('%s is a URI', async (field) => {
    const client = (value: unknown) => {
      const body = oauth(web)
      return { ...body, settings: { oauthClient: { ...body.settings.oauthClient, [field]: value } } }
    }
    expect(await t.refusal('POST /api/v1/apps', client('nowhere'))).toMatchObject({
      status: 400,
      causes: [`${field}: '${field}' must be an absolute URI.`],
    })
    expect(await t.refusal('POST /api/v1/apps', client(7))).toMatchObject({ code: 'E0000003' })
    expect((await t.call('POST /api/v1/apps', client('https://a.example/login'))).status).toBe(200)
  })
})

describe('apps of the catalogue', () => {
  test('cannot become others', async () => {
    const app = await t.make(payroll)
    expect(await t.refusal(`PUT /api/v1/apps/${app}`, { ...payroll, name: 'pagerduty' })).toMatchObject({
      status: 400,
      cause: 'E0000025/catalog-version-unknown',
      summary: 'App version assignment failed.',
    })
  })

  test('need the settings that are published of them', async () => {
    const office = { label: 'Office', name: 'office365', signOnMode: 'BROWSER_PLUGIN' }
    expect(await t.refusal('POST /api/v1/apps', office)).toMatchObject({
      causes: ['domain: The field cannot be left blank', 'msftTenant: The field cannot be left blank'],
    })
    const settings = { app: { domain: 'example.com', msftTenant: 'example' } }
    const { json } = await t.call('POST /api/v1/apps', { ...office, settings })
    expect(json.licensing).toEqual({ seatCount: 0 })
    const put = await t.call(`PUT /api/v1/apps/${json.id}`, { ...office, settings, licensing: { seatCount: 7 } })
    expect(put.json.licensing).toEqual({ seatCount: 7 })
    expect(
      await t.refusal(`PUT /api/v1/apps/${json.id}`, { ...office, settings, licensing: { seatCount: -1 } }),
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
    const app = await t.make(saml)
    const userNameIs = (action: string) =>
      t.call(`POST /api/v1/meta/schemas/apps/${app}/default`, {
        definitions: { base: { properties: { userName: { permissions: [{ principal: 'SELF', action }] } } } },
      })
    const offered = { ...saml, accessibility: { selfService: true } }
    await userNameIs('READ_WRITE')
    expect(await t.refusal(`PUT /api/v1/apps/${app}`, offered)).toMatchObject({
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
