import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { appGroups, assignmentId } from '../entities/app.ts'
import { serverClaims, serverPolicies } from '../entities/auth-server.ts'
import { policies, policyRules } from '../entities/policy.ts'
import { makeSessionToken } from '../sessions.ts'
import { put, remove } from '../state/state.ts'
import { CALLBACK, claimsOf, type OAuthOrg, oauthOrg, type TestClient } from './testing.ts'

let t: OAuthOrg
let client: TestClient
let userId: string
let sid: string

beforeEach(async () => {
  t = await oauthOrg()
  client = await t.addClient()
  userId = await t.addUser('ada@example.com')
  sid = await t.signIn(userId)
})

const params = (more: Record<string, string | undefined> = {}): Record<string, string> => {
  const all = {
    client_id: client.clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid',
    state: 's 1',
    ...more,
  }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

const go = async (more: Record<string, string | undefined> = {}, options: object = {}) => {
  const answer = await t.authorize(params(more), { sid, ...options })
  return { ...answer, location: answer.headers.get('location') }
}

/** Both contracts' Location of an error. */
async function locations(more: Record<string, string | undefined>, options: object = {}): Promise<string[]> {
  const found: string[] = []
  for (const contract of ['reference', 'current'] as const) {
    t.org.changeSettings({ contract })
    const answer = await go(more, options)
    expect(answer.status).toBe(302)
    found.push(answer.location!)
  }
  return found
}

async function unassign(): Promise<void> {
  const row = await t.org.state.load(appGroups, assignmentId(client.clientId, t.org.fixed.everyoneId))
  await t.org.state.change([remove(appGroups, row!)])
}

describe('a browser with a session', () => {
  it('is sent back with a code', async () => {
    const { status, location, headers, text } = await go()
    expect(status).toBe(302)
    expect(location).toMatch(/^https:\/\/app\.example\.com\/cb\?code=[0-9A-Za-z]{43}&state=s\+1$/)
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('content-type')).toBeNull()
    expect(text).toBe('')
    expect(t.events(2)).toEqual(['user.authentication.sso SUCCESS', 'app.oauth2.authorize.code SUCCESS'])
  })

  it('is sent back with tokens in the fragment', async () => {
    client = await t.addClient({ grantTypes: ['implicit'], responseTypes: ['id_token', 'token'] })
    const { location } = await go({ response_type: 'id_token token', nonce: 'n', scope: 'openid profile' })
    const fragment = new URLSearchParams(new URL(location!).hash.slice(1))
    expect([...fragment.keys()]).toEqual(['id_token', 'access_token', 'token_type', 'expires_in', 'scope', 'state'])
    expect(claimsOf(fragment.get('id_token')!)).toMatchObject({ nonce: 'n', sub: userId, at_hash: expect.any(String) })
  })

  it('gets a full ID token when nothing comes with it', async () => {
    client = await t.addClient({ grantTypes: ['implicit'], responseTypes: ['id_token'] })
    const { location } = await go({ response_type: 'id_token', nonce: 'n', scope: 'openid profile email' })
    const token = new URLSearchParams(new URL(location!).hash.slice(1)).get('id_token')!
    expect(claimsOf(token)).toMatchObject({ given_name: 'Ada', family_name: 'Byron', email_verified: true })
  })

  it('posts a form where the app wants one', async () => {
    const { status, text, headers } = await go({ response_mode: 'form_post', state: '"><script>' })
    expect(status).toBe(200)
    expect(text).toContain(`<form method="post" action="${CALLBACK}">`)
    expect(text).toContain('name="state" value="&quot;&gt;&lt;script&gt;"')
    const script = /<script>([\s\S]*?)<\/script>/.exec(text)![1]!
    const hash = createHash('sha256').update(script).digest('base64')
    expect(headers.get('content-security-policy')).toContain(`script-src 'sha256-${hash}'`)
  })

  it('sends a message to the window that asked', async () => {
    client = await t.addClient({ grantTypes: ['implicit'], responseTypes: ['id_token'] })
    const { text, headers } = await go({ response_type: 'id_token', nonce: 'n', response_mode: 'okta_post_message' })
    expect(text).toContain('data-target="https://app.example.com"')
    expect(headers.get('content-security-policy')).toContain('frame-ancestors https://app.example.com')
  })

  it('may send the request as a form', async () => {
    const answer = await t.post('/oauth2/v1/authorize', params(), { cookie: `sid=${sid}`, accept: 'text/html' })
    expect(answer.status).toBe(302)
  })
})

describe('a session token', () => {
  const tokenFor = async () => {
    const made = makeSessionToken(t.org, userId, ['pwd'], t.clock.now())
    await t.org.state.change([made.write])
    return made.value
  }

  it('begins a session, once', async () => {
    const sessionToken = await tokenFor()
    const first = await go({ sessionToken, prompt: 'none' }, { sid: undefined })
    expect(first.location).toMatch(/\?code=/)
    const cookie = /^sid=(102\w{22});/.exec(first.headers.get('set-cookie')!)![1]!
    expect((await go({ prompt: 'none' }, { sid: cookie })).location).toMatch(/\?code=/)
    expect((await go({ sessionToken, prompt: 'none' }, { sid: undefined })).location).toMatch(/error=login_required/)
  })

  it('begins one that lives as long as the sign-on policy says', async () => {
    const made = await t.call('POST /api/v1/policies', { type: 'OKTA_SIGN_ON', name: 'Short', conditions: null })
    const actions = { signon: { access: 'ALLOW', session: { maxSessionIdleMinutes: 10 } } }
    await t.call(`POST /api/v1/policies/${made.json.id}/rules`, { name: 'Short', actions })
    const { headers } = await go({ sessionToken: await tokenFor() }, { sid: undefined })
    const cookie = /^sid=(102\w{22});/.exec(headers.get('set-cookie')!)![1]!
    t.clock.advance(601)
    expect((await go({ prompt: 'none' }, { sid: cookie })).location).toMatch(/error=login_required/)
  })

  it('begins it also when the app says no, and leaves no trace in log or ledger', async () => {
    await unassign()
    const sessionToken = await tokenFor()
    const answer = await go({ sessionToken }, { sid: undefined })
    expect(answer.location).toMatch(/error=access_denied/)
    expect(answer.headers.get('set-cookie')).toMatch(/^sid=102/)
    const log = await t.call('GET /api/v1/logs?limit=1000')
    expect(log.text).toContain('sessionToken=')
    expect(log.text).not.toContain(sessionToken)
  })

  it('dies after five minutes', async () => {
    const sessionToken = await tokenFor()
    t.clock.advance(300)
    expect((await go({ sessionToken, prompt: 'none' }, { sid: undefined })).location).toMatch(/login_required/)
  })
})

describe('before client and address are verified nothing is sent back, but told', () => {
  it.each([
    ['client-id-unknown', { client_id: 'nope' }, 'invalid_client', 'Invalid value for &#39;client_id&#39; parameter.'],
    ['client-id-unknown', { client_id: undefined }, 'invalid_client', 'client_id'],
    [
      'redirect-uri-not-registered',
      { redirect_uri: `${CALLBACK}/` },
      'invalid_request',
      'must be a Login redirect URI in the client app settings: http://org.test/admin/app/oidc_client/instance/0oa',
    ],
    ['redirect-uri-not-registered', { redirect_uri: undefined }, 'invalid_request', 'redirect_uri'],
    ['redirect-uri-not-registered', { redirect_uri: 'https://evil.test/<script>' }, 'invalid_request', 'redirect_uri'],
  ])('%s %j', async (cause, more, error, description) => {
    const page = await go(more)
    expect(page.status).toBe(400)
    expect(page.location).toBeNull()
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.text).toContain(`<dt>Error Code</dt><dd>${error}</dd>`)
    expect(page.text).toContain(description)
    expect(page.text).not.toContain('<script')
    expect(t.lastCause()).toBe(`${error}/${cause}`)
    const program = await go(more, { accept: 'application/json' })
    expect([program.status, program.json.errorCode, program.json.errorLink]).toEqual([400, error, error])
    expect(t.events(1)[0]).toMatch(/^app\.oauth2\.authorize FAILURE /)
  })

  it('a doubled redirect_uri is no registered one', async () => {
    const query = `${new URLSearchParams(params())}&redirect_uri=https%3A%2F%2Fevil.test`
    const page = await t.call(`GET /oauth2/v1/authorize?${query}`, undefined, {
      token: null,
      headers: { accept: 'text/html' },
    })
    expect(page.status).toBe(400)
  })

  it('a service app has nobody to sign in', async () => {
    client = await t.addClient({ applicationType: 'service' })
    expect((await go()).text).toContain('application_type')
    expect(t.lastCause()).toBe('invalid_request/service-app-at-authorize')
  })

  it('a server that is not there, or a feature', async () => {
    const missing = await go({}, { server: 'aus404' })
    expect([missing.status, missing.json.errorCode]).toEqual([404, 'E0000007'])
    t.org.changeSettings({ features: { API_ACCESS_MANAGEMENT: false } })
    const off = await go({}, { server: 'default' })
    expect([off.status, off.text]).toEqual([400, expect.stringContaining('server_error')])
    expect(off.text).toContain('The requested feature is not enabled in this environment.')
  })
})

describe('afterwards the application is told', () => {
  it('access_denied: the user is not assigned', async () => {
    await unassign()
    expect(await locations({})).toEqual([
      'https://app.example.com/cb?error=access_denied&error_description=The%20resource%20owner%20or%20authorization%20server%20denied%20the%20request.&state=s%201',
      'https://app.example.com/cb?state=s+1&error=access_denied&error_description=User+is+not+assigned+to+the+client+application.',
    ])
    expect(t.lastCause()).toBe('access_denied/user-not-assigned')
    expect(t.events(2)).toEqual([
      'app.oauth2.authorize FAILURE user_not_assigned',
      'app.generic.unauth_app_access_attempt FAILURE',
    ])
    expect((await t.call(`GET /api/v1/logs?q=user_not_assigned`)).json[0].debugContext.debugData).toMatchObject({
      error: 'access_denied',
      error_description: 'User is not assigned to the client application.',
    })
  })

  it('access_denied: no policy matches', async () => {
    const [policy] = await t.org.state.find(serverPolicies, 'server', 'default')
    await t.org.state.change([put(serverPolicies, policy!.id, { ...policy!.value, clients: [] }, policy)])
    expect(await locations({}, { server: 'default' })).toEqual([
      'https://app.example.com/cb?error=access_denied&error_description=The%20resource%20owner%20or%20authorization%20server%20denied%20the%20request.&state=s%201',
      'https://app.example.com/cb?state=s+1&error=access_denied&error_description=Policy+evaluation+failed+for+this+request%2C+please+check+the+policy+configurations.',
    ])
    expect(t.events(1)).toEqual(['app.oauth2.as.authorize FAILURE no_matching_policy'])
  })

  it('access_denied: the policy of the app denies', async () => {
    const policy = (await t.org.state.find(policies, 'type', 'ACCESS_POLICY')).find((row) => row.value.isDefault)!
    const [rule] = await t.org.state.find(policyRules, 'policy', policy.id)
    const actions = { appSignOn: { access: 'DENY' } }
    await t.org.state.change([put(policyRules, rule!.id, { ...rule!.value, actions }, rule)])
    expect((await go()).location).toMatch(/error=access_denied/)
    expect(t.lastCause()).toBe('access_denied/app-policy-denies')
    expect(t.events(3)).toEqual([
      'app.oauth2.authorize FAILURE access_denied',
      'application.policy.sign_on.deny_access DENY Sign-on policy evaluation resulted in DENY',
      'policy.evaluate_sign_on DENY Sign-on policy evaluation resulted in DENY',
    ])
  })

  it('unsupported_response_type', async () => {
    expect(await locations({ response_type: 'cod' })).toEqual([
      'https://app.example.com/cb?error=unsupported_response_type&error_description=The%20authorization%20server%20does%20not%20support%20obtaining%20an%20authorization%20code%20using%20this%20method.&state=s%201',
      'https://app.example.com/cb?state=s+1&error=unsupported_response_type&error_description=The+response+type+is+not+supported+by+the+authorization+server.+Configured+response+types%3A+%5Bcode%5D.',
    ])
    expect(t.lastCause()).toBe('unsupported_response_type/response-type-unknown')
  })

  it('unsupported_response_type: a code at an app without the code flow', async () => {
    t.org.changeSettings({ contract: 'current' })
    client = await t.addClient({ grantTypes: ['implicit'], responseTypes: ['token'] })
    expect((await go()).location).toMatch(
      /error=unsupported_response_type.*Configured\+response\+types%3A\+%5Btoken%5D/,
    )
  })

  it('unsupported_response_mode, three ways', async () => {
    expect(await locations({ response_mode: 'foo' })).toEqual([
      'https://app.example.com/cb?error=unsupported_response_mode&error_description=The%20authorization%20server%20does%20not%20support%20the%20requested%20response%20mode.&state=s%201',
      'https://app.example.com/cb?state=s+1&error=unsupported_response_mode&error_description=The+response+mode+is+not+supported+by+the+authorization+server.+Valid+response+modes%3A+%5Bquery%2C+fragment%2C+form_post%2C+okta_post_message%5D.',
    ])
    await go({ response_mode: 'okta_post_message' })
    expect(t.lastCause()).toBe('unsupported_response_mode/post-message-with-code')
    const tokens = await go({ response_type: 'id_token', response_mode: 'query' })
    expect(t.lastCause()).toBe('unsupported_response_mode/query-with-tokens')
    expect(tokens.location).toMatch(/^https:\/\/app\.example\.com\/cb#.*error=unsupported_response_mode/)
  })

  it('unauthorized_client', async () => {
    expect(await locations({ response_type: 'token' })).toEqual([
      'https://app.example.com/cb#error=unauthorized_client&error_description=The%20client%20is%20not%20authorized%20to%20request%20an%20authorization%20code%20using%20this%20method.&state=s%201',
      'https://app.example.com/cb#state=s+1&error=unauthorized_client&error_description=The+client+is+not+authorized+to+use+the+provided+grant+type.+Configured+grant+types%3A+%5Bauthorization_code%2C+refresh_token%5D.',
    ])
  })

  it('invalid_scope', async () => {
    expect(await locations({ scope: 'openid groups2' }, { server: 'default' })).toEqual([
      'https://app.example.com/cb?error=invalid_scope&error_description=The%20requested%20scope%20is%20invalid%2C%20unknown%2C%20or%20malformed.&state=s%201',
      'https://app.example.com/cb?state=s+1&error=invalid_scope&error_description=One+or+more+scopes+are+not+configured+for+the+authorization+server+resource.',
    ])
    expect(t.lastCause()).toBe('invalid_scope/scope-not-configured')
    for (const [scope, server, cause] of [
      ['openid okta.users.read', 'default', 'api-scope-at-custom-server'],
      ['openid mine', undefined, 'custom-scope-at-org-server'],
      ['profile', undefined, 'openid-missing'],
      [undefined, undefined, 'no-scope-sent'],
    ] as const) {
      await go({ scope }, { server })
      expect(t.lastCause()).toBe(`invalid_scope/${cause}`)
    }
  })

  it('login_required', async () => {
    expect(await locations({ prompt: 'none' }, { sid: undefined })).toEqual([
      'https://app.example.com/cb?error=login_required&error_description=The%20client%20specified%20not%20to%20prompt%2C%20but%20the%20user%20is%20not%20logged%20in.&state=s%201',
      'https://app.example.com/cb?state=s+1&error=login_required&error_description=The+client+specified+not+to+prompt%2C+but+the+user+is+not+logged+in.',
    ])
    t.clock.advance(61)
    expect((await go({ prompt: 'none', max_age: '60' })).location).toMatch(/client\+app\+requires/)
    expect(t.lastCause()).toBe('login_required/app-wants-fresh-sign-in')
    expect((await go({ prompt: 'none', max_age: '61' })).location).toMatch(/code=/)
  })

  it.each([
    ['state-missing', { state: undefined }],
    ['nonce-missing', { response_type: 'id_token' }],
    ['prompt-unknown', { prompt: 'none login' }],
    ['prompt-unknown', { prompt: '__proto__' }],
    ['max-age-out-of-range', { max_age: '-1' }],
    ['max-age-out-of-range', { max_age: '2147483648' }],
    ['identity-provider-unknown', { idp: '0oa1' }],
    ['pkce-method-unknown', { code_challenge: 'x', code_challenge_method: 'plain' }],
  ])('invalid_request: %s %j', async (cause, more) => {
    client = await t.addClient({ grantTypes: ['implicit', 'authorization_code'], responseTypes: ['code', 'id_token'] })
    expect((await go(more)).location).toMatch(/[?#&]error=invalid_request/)
    expect(t.lastCause()).toBe(`invalid_request/${cause}`)
  })

  it('invalid_request: a parameter came twice', async () => {
    const query = `${new URLSearchParams(params())}&nonce=a&nonce=b&state=other`
    const answer = await t.call(`GET /oauth2/v1/authorize?${query}`, undefined, { token: null })
    expect(answer.headers.get('location')).toMatch(/error=invalid_request.*state=s%201$/)
    expect(t.lastCause()).toBe('invalid_request/parameter-sent-twice')
  })

  it('invalid_request: no PKCE where it has to be', async () => {
    t.org.changeSettings({ contract: 'current' })
    client = await t.addClient({ authMethod: 'none' })
    expect((await go()).location).toMatch(
      /is\+required\+when\+the\+token\+endpoint\+authentication\+method\+is\+%27NONE%27/,
    )
    client = await t.addClient({ pkceRequired: true })
    expect((await go()).location).toMatch(/PKCE\+code\+challenge\+is\+required\+by\+the\+application/)
    expect(t.lastCause()).toBe('invalid_request/pkce-missing')
  })

  it('server_error: a claim cannot be evaluated', async () => {
    await t.org.state.change([
      put(serverClaims, t.org.ids.next('ocl'), {
        serverId: 'default',
        name: 'desk',
        status: 'ACTIVE',
        claimType: 'IDENTITY',
        valueType: 'EXPRESSION',
        value: 'user.nope.x',
        groupFilterType: null,
        conditions: { scopes: [] },
        alwaysIncludeInToken: true,
        system: false,
      }),
    ])
    client = await t.addClient({ grantTypes: ['implicit'], responseTypes: ['id_token'] })
    expect(await locations({ response_type: 'id_token', nonce: 'n' }, { server: 'default' })).toEqual([
      'https://app.example.com/cb#error=server_error&error_description=The%20authorization%20server%20encountered%20an%20unexpected%20condition%20that%20prevented%20it%20from%20fulfilling%20the%20request.&state=s%201',
      'https://app.example.com/cb#state=s+1&error=server_error&error_description=The+%27desk%27+user+claim+could+not+be+evaluated.',
    ])
  })

  it('in a form where it wants forms', async () => {
    await unassign()
    const { status, text } = await go({ response_mode: 'form_post' })
    expect(status).toBe(200)
    expect(text).toContain('name="error" value="access_denied"')
    expect(t.lastCause()).toBe('access_denied/user-not-assigned')
  })
})

describe('the sign-in page', () => {
  it('is shown to whoever is not signed in, and to who should sign in again', async () => {
    for (const [more, options] of [
      [{}, { sid: undefined }],
      [{ prompt: 'login' }, {}],
      [{ sessionToken: '20111dead' }, {}],
    ] as const) {
      const { status, text } = await go(more, options)
      expect(status).toBe(200)
      expect(text).toContain('Sign in to App')
      expect(text).not.toContain('20111dead')
    }
  })

  it('stands in a frame of the org itself, and of origins that are trusted with that', async () => {
    const frames = async () => {
      const { headers } = await go({}, { sid: undefined })
      return /frame-ancestors (.*)$/.exec(headers.get('content-security-policy')!)![1]
    }
    const trust = async (name: string, origin: string, type: string) =>
      (await t.call('POST /api/v1/trustedOrigins', { name, origin, scopes: [{ type }] })).json.id
    expect(await frames()).toBe("'self'")
    await trust('A', 'https://a.example.com', 'CORS')
    const id = await trust('B', 'https://b.example.com', 'IFRAME_EMBED')
    expect(await frames()).toBe("'self' https://b.example.com")
    await t.call(`POST /api/v1/trustedOrigins/${id}/lifecycle/deactivate`)
    expect(await frames()).toBe("'self'")
  })
})
