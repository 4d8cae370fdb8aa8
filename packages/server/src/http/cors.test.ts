// May pages of other origins read the org's answers? Asked as a browser asks, over real HTTP.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createOrg, type RunningOrg } from '../create-org.ts'
import { testSigningKey } from '../testing-key.ts'

const SHOP = 'https://shop.example.com'
const EVIL = 'https://evil.example.com'

let org: RunningOrg
let url: string
beforeAll(async () => {
  org = await createOrg({ passwordCost: 2, signingKeys: [testSigningKey], contract: 'current' })
  url = (await org.listen()).url
})
beforeEach(() => org.reset())
afterAll(() => org.close())

// Node's fetch sends an Origin header as it is told, which a browser would not let a page do.
const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
  fetch(url + path, { method, headers: { accept: 'application/json', ...headers }, body, redirect: 'manual' })
const admin = () => ({ authorization: `SSWS ${org.token}` })
const preflight = (origin: string, path: string, method: string, headers?: string) =>
  ask('OPTIONS', path, {
    accept: '*/*',
    origin,
    'access-control-request-method': method,
    ...(headers && { 'access-control-request-headers': headers }),
  })
async function trust(scopes = ['CORS'], origin = SHOP): Promise<string> {
  const response = await ask(
    'POST',
    '/api/v1/trustedOrigins',
    { ...admin(), 'content-type': 'application/json' },
    JSON.stringify({ name: origin, origin, scopes: scopes.map((type) => ({ type })) }),
  )
  expect(response.status).toBe(200)
  return ((await response.json()) as { id: string }).id
}

/** What a browser would make of an answer: may a page of this origin read it? */
function readable(response: Response, origin: string, withCookies: boolean): boolean {
  const allowed = response.headers.get('access-control-allow-origin')
  if (withCookies) return allowed === origin && response.headers.get('access-control-allow-credentials') === 'true'
  return allowed === '*' || allowed === origin
}

const authn = '/api/v1/authn'
const signIn = (origin: string) =>
  ask(
    'POST',
    authn,
    { origin, 'content-type': 'application/json' },
    JSON.stringify({ username: 'nobody@example.com', password: 'wrong' }),
  )

describe('preflights', () => {
  it('of a trusted origin are answered as Okta answers them', async () => {
    await trust()
    const response = await preflight(SHOP, authn, 'POST', 'content-type,x-okta-user-agent-extended')
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-allow-methods': 'POST, OPTIONS',
      'access-control-allow-credentials': 'true',
      'access-control-max-age': '3600',
      'access-control-allow-headers': 'content-type,x-okta-user-agent-extended,Content-Type',
      'x-okta-request-id': expect.any(String),
      vary: expect.stringContaining('Origin'),
      'content-length': '0',
    })
  })

  it.each([
    ['another origin', EVIL],
    ['another port', `${SHOP}:8443`],
    ['another scheme', 'http://shop.example.com'],
    ['a longer host', 'https://shop.example.com.evil.example'],
    ['a host behind a name', 'https://shop.example.com@evil.example'],
    ['no origin at all', 'null'],
    ['nonsense', 'https://'],
  ])('of %s get no permission', async (_name, origin) => {
    await trust()
    const response = await preflight(origin, authn, 'POST')
    expect(response.status).toBe(200)
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
  })

  it("take a trusted origin as the browser writes it: in any case, without the scheme's own port", async () => {
    await trust(['CORS'], 'https://Blog.example.com:443')
    expect(readable(await preflight('https://blog.example.com', authn, 'POST'), 'https://blog.example.com', true)).toBe(
      true,
    )
  })

  it('stop when the origin is inactive, and when it is trusted with something else', async () => {
    const id = await trust()
    expect(readable(await preflight(SHOP, authn, 'POST'), SHOP, true)).toBe(true)
    await ask('POST', `/api/v1/trustedOrigins/${id}/lifecycle/deactivate`, admin())
    expect(readable(await preflight(SHOP, authn, 'POST'), SHOP, true)).toBe(false)
    await trust(['REDIRECT'], EVIL)
    expect(readable(await preflight(EVIL, authn, 'POST'), EVIL, true)).toBe(false)
  })

  it('know operations that pages cannot call, and paths that nobody can', async () => {
    await trust()
    expect(readable(await preflight(SHOP, '/api/v1/groups', 'GET'), SHOP, false)).toBe(false)
    expect((await preflight(SHOP, '/api/v1/nothing', 'GET')).status).toBe(404)
    // Without what makes it a preflight it is a method like any other.
    expect((await ask('OPTIONS', authn)).status).toBe(405)
    expect((await ask('OPTIONS', authn, { origin: SHOP })).status).toBe(405)
  })

  it('of a call with an access token need no trusted origin, and allow no cookies', async () => {
    const response = await preflight(EVIL, '/api/v1/groups', 'GET', 'authorization')
    expect(readable(response, EVIL, false)).toBe(true)
    expect(readable(response, EVIL, true)).toBe(false)
  })

  it('of the token endpoint are always answered yes: no client is known yet', async () => {
    expect(readable(await preflight(EVIL, '/oauth2/default/v1/token', 'POST'), EVIL, true)).toBe(true)
  })

  it('use up no limits, need no credentials, and work in read-only mode', async () => {
    await trust()
    org.settings.change({ readOnly: true, rateLimits: { edition: 'workforce', limits: { authn: 1 } } })
    for (let i = 0; i < 5; i++) expect((await preflight(SHOP, authn, 'POST')).status).toBe(200)
  })
})

describe('answers', () => {
  it('to a trusted origin can be read, refusals too', async () => {
    await trust()
    const response = await signIn(SHOP)
    expect(response.status).toBe(401)
    expect(readable(response, SHOP, true)).toBe(true)
    expect(response.headers.get('access-control-allow-headers')).toBe('Content-Type')
    const me = await ask('GET', '/api/v1/users/me', { ...admin(), origin: SHOP })
    expect(me.status).toBe(200)
    expect(readable(me, SHOP, true)).toBe(true)
  })

  it('to another origin are the same, but no page can read them', async () => {
    await trust()
    const response = await signIn(EVIL)
    expect(response.status).toBe(401)
    expect(readable(response, EVIL, false)).toBe(false)
    expect((await response.json()) as object).toMatchObject({ errorCode: 'E0000004' })
  })

  it('before the handler have no such headers: the page sees an error of CORS where the session is missing', async () => {
    await trust()
    const response = await ask('GET', '/api/v1/users/me', { origin: SHOP })
    expect(response.status).toBe(403)
    expect(readable(response, SHOP, false)).toBe(false)
  })

  it('without an Origin header carry none of it', async () => {
    await trust()
    const response = await ask('GET', '/api/v1/users/me', admin())
    expect([...response.headers.keys()].filter((name) => /^access-control-|^vary$/.test(name))).toEqual([])
  })

  it.each([
    '/.well-known/openid-configuration',
    '/oauth2/v1/keys',
    '/oauth2/default/v1/keys',
    '/oauth2/default/.well-known/oauth-authorization-server',
  ])('%s: every page may read it, none with cookies', async (path) => {
    for (const response of [await ask('GET', path, { origin: EVIL }), await preflight(EVIL, path, 'GET')]) {
      expect(response.status).toBe(200)
      expect(readable(response, EVIL, false)).toBe(true)
      expect(readable(response, EVIL, true)).toBe(false)
    }
  })
})

describe('the token endpoint', () => {
  const verifier = 'a'.repeat(43)
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const seeded = () =>
    org.seed({
      users: [{ login: 'ada@example.com', password: 'Correct-Horse-9' }],
      apps: [
        {
          label: 'Shop',
          type: 'browser',
          clientId: '0oaShop',
          redirectUris: [`${SHOP}/callback`],
          users: ['ada@example.com'],
        },
      ],
    })
  const codeFor = async () => {
    const signed = await ask(
      'POST',
      authn,
      { 'content-type': 'application/json' },
      JSON.stringify({ username: 'ada@example.com', password: 'Correct-Horse-9' }),
    )
    const { sessionToken } = (await signed.json()) as { sessionToken: string }
    const query = new URLSearchParams({
      client_id: '0oaShop',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `${SHOP}/callback`,
      state: 's',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      sessionToken,
    })
    const sent = await ask('GET', `/oauth2/default/v1/authorize?${query}`)
    return new URL(sent.headers.get('location')!).searchParams.get('code')!
  }
  const redeem = async (origin: string, code: string) =>
    await ask(
      'POST',
      '/oauth2/default/v1/token',
      { origin, 'content-type': 'application/x-www-form-urlencoded' },
      new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: '0oaShop',
        redirect_uri: `${SHOP}/callback`,
        code,
        code_verifier: verifier,
      }).toString(),
    )

  it('lets pages read the answer that live where the client is sent back to; no trusted origin is needed', async () => {
    await seeded()
    const response = await redeem(SHOP, await codeFor())
    expect(response.status).toBe(200)
    expect(readable(response, SHOP, true)).toBe(true)
    // A refusal of this client too: a page sees why.
    const refused = await redeem(SHOP, 'used-up')
    expect(refused.status).toBe(400)
    expect(readable(refused, SHOP, true)).toBe(true)
  })

  it('lets no other page read it, and no page where the client is unknown', async () => {
    await seeded()
    const response = await redeem(EVIL, await codeFor())
    expect(response.status).toBe(200)
    expect(readable(response, EVIL, false)).toBe(false)
    const unknown = await ask(
      'POST',
      '/oauth2/default/v1/token',
      { origin: SHOP, 'content-type': 'application/x-www-form-urlencoded' },
      'grant_type=authorization_code&client_id=nobody&code=x&code_verifier=y',
    )
    expect(readable(unknown, SHOP, false)).toBe(false)
  })

  it('lets a page read what it gets with its access token, wherever it lives; a dead token gives nothing', async () => {
    await seeded()
    const granted = (await (await redeem(SHOP, await codeFor())).json()) as { access_token: string }
    const userinfo = (token: string) =>
      ask('GET', '/oauth2/default/v1/userinfo', { origin: EVIL, authorization: `Bearer ${token}` })
    const response = await userinfo(granted.access_token)
    expect(response.status).toBe(200)
    expect(readable(response, EVIL, false)).toBe(true)
    // No cookie may come with it.
    expect(readable(response, EVIL, true)).toBe(false)
    expect(readable(await userinfo('x'), EVIL, false)).toBe(false)
  })
})
