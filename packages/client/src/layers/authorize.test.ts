import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { decodeJwt, decodeProtectedHeader, exportJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import type { Credential, RefreshedTokens } from '../auth/credential.ts'
import { appKey, createFakeOrg, type FakeOrgOptions } from '../auth/testing.ts'
import type { Clock } from '../clock.ts'
import { isNeverConnected, TokenError } from '../errors.ts'
import type { ClientEvent } from '../events.ts'
import { type Fetch, layered } from '../layer.ts'
import { createFakeClock } from '../testing.ts'
import { type AuthorizeOptions, authorize } from './authorize.ts'
import { answer, deaf, keepsThePromises, orgUrl, refusal, scripted, userUrl } from './common-suite.ts'
import { retry } from './retry.ts'

const secretAuth: Credential = { clientId: '0oa1', clientSecret: 'a-secret-of-the-app', scopes: ['okta.users.read'] }
const keyAuth: Credential = {
  clientId: '0oa1',
  privateKey: appKey.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  keyId: 'k1',
  scopes: ['okta.users.read', 'okta.groups.read'],
}

function world(options: Partial<AuthorizeOptions> = {}, org: Partial<FakeOrgOptions> = {}) {
  const clock = createFakeClock()
  const events: ClientEvent[] = []
  const fake = createFakeOrg({ clock, ...org })
  const layer = authorize({ orgUrl, auth: secretAuth, clock, onEvent: (event) => events.push(event), ...options })
  return { ...fake, clock, events, layer, call: layer(fake.fetch) }
}

const times = <Value>(count: number, make: (n: number) => Value): Value[] =>
  Array.from({ length: count }, (_one, n) => make(n))

async function failure(promise: Promise<unknown>): Promise<TokenError> {
  const error = await promise.then(
    () => undefined,
    (caught: unknown) => caught,
  )
  expect(error).toBeInstanceOf(TokenError)
  return error as TokenError
}

const tokenAnswer = () => answer(200, {}, { access_token: 'at', token_type: 'Bearer', expires_in: 3_600 })

keepsThePromises({
  layer: (clock) => authorize({ orgUrl, auth: secretAuth, clock, fetch: async () => tokenAnswer() }),
  waits: (_around, clock) => authorize({ orgUrl, auth: secretAuth, clock, fetch: deaf })(async () => answer()),
  async remembers(around, clock) {
    await clock.until(around(async () => answer())(userUrl))
  },
})

describe('a token that is given', () => {
  test.each<[Credential, string]>([
    [{ token: ' 00abc\n' }, 'SSWS 00abc'],
    [{ bearer: 'eyJ.a.b' }, 'Bearer eyJ.a.b'],
  ])('is sent as it is: %j', async (auth, authorization) => {
    const { fetch, calls } = scripted(refusal(401, 'E0000011'))
    const response = await authorize({ orgUrl, auth })(fetch)(userUrl, { headers: { accept: 'text/plain' } })
    expect(response.status).toBe(401)
    expect(calls).toHaveLength(1)
    expect(calls[0]![1]!.headers).toEqual({ accept: 'text/plain', authorization })
  })

  test.each<[string, Parameters<Fetch>, Record<string, string>]>([
    ['a record', [userUrl, { headers: { 'X-A': '1' } }], { 'x-a': '1' }],
    ['pairs', [userUrl, { headers: [['X-A', '1']] }], { 'x-a': '1' }],
    ['Headers', [userUrl, { headers: new Headers({ 'X-A': '1' }) }], { 'x-a': '1' }],
    ['a Request', [new Request(userUrl, { headers: { 'X-A': '1' } })], { 'x-a': '1' }],
    [
      'a Request and init',
      [new Request(userUrl, { headers: { 'X-A': '1' } }), { headers: { 'X-B': '2' } }],
      { 'x-b': '2' },
    ],
    ['nothing', [new URL(userUrl)], {}],
  ])('joins headers given as %s', async (_title, call, others) => {
    const seen: Headers[] = []
    const given = JSON.stringify(call[1])
    await authorize({ orgUrl, auth: { token: '00abc' } })(async (input, init) => {
      seen.push(new Request(input, init).headers)
      return answer()
    })(...call)
    expect(Object.fromEntries(seen[0]!)).toEqual({ ...others, authorization: 'SSWS 00abc' })
    expect(JSON.stringify(call[1])).toBe(given)
  })

  test.each<[string, Parameters<Fetch>]>([
    ['a record', [userUrl, { headers: { AUTHORIZATION: 'Bearer mine' } }]],
    ['pairs', [userUrl, { headers: [['Authorization', 'Bearer mine']] }]],
    ['Headers', [userUrl, { headers: new Headers({ authorization: 'Bearer mine' }) }]],
    ['a Request', [new Request(userUrl, { headers: { authorization: 'Bearer mine' } })]],
  ])('gives way to the Authorization of the caller in %s', async (_title, call) => {
    const seen: (string | null)[] = []
    await authorize({ orgUrl, auth: { token: '00abc' } })(async (input, init) => {
      seen.push(new Request(input, init).headers.get('authorization'))
      return answer()
    })(...call)
    expect(seen).toEqual(['Bearer mine'])
  })
})

describe('no credential goes to', () => {
  test.each([
    'https://elsewhere.example/api/v1/users',
    'https://org.example.elsewhere.example/api/v1/users',
    'https://org.example@elsewhere.example/',
    'https://org.example:8443/api/v1/users',
    'http://org.example/api/v1/users',
    'https://org.example\t.elsewhere.example/',
    '/api/v1/users',
  ])('%s', async (url) => {
    for (const auth of [{ token: '00abc' }, secretAuth]) {
      const { fetch, calls } = scripted(answer())
      await authorize({ orgUrl, auth })(fetch)(url)
      expect(calls).toEqual([[url, undefined]])
    }
  })

  test('a host that the org redirects to, and its 401 renews nothing', async () => {
    const heard: [string, string | undefined][] = []
    const servers = await Promise.all(
      ['elsewhere', 'org'].map(async (name) => {
        const server = createServer((request, response) => {
          heard.push([`${name} ${request.url}`, request.headers.authorization])
          if (request.url === '/oauth2/v1/token') {
            response.setHeader('content-type', 'application/json')
            response.end('{"token_type":"Bearer","access_token":"at1","expires_in":3600}')
          } else if (name === 'org') {
            response.writeHead(302, { location: `${elsewhere()}/api` }).end()
          } else response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end()
        })
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
        return server
      }),
    )
    const at = (n: number) => `http://127.0.0.1:${(servers[n]!.address() as AddressInfo).port}`
    const elsewhere = () => at(0)
    try {
      const response = await authorize({ orgUrl: at(1), auth: secretAuth })(globalThis.fetch)(`${at(1)}/api`)
      expect(response.status).toBe(401)
      expect(heard.map(([where]) => where)).toEqual(['org /oauth2/v1/token', 'org /api', 'elsewhere /api'])
      expect(heard.map(([, authorization]) => authorization?.split(' ')[0])).toEqual(['Basic', 'Bearer', undefined])
    } finally {
      for (const server of servers) server.close()
    }
  })
})

describe('a token request', () => {
  test('with a secret sends it in the header, form-encoded', async () => {
    const w = world({ auth: { clientId: 'a:b', clientSecret: 'ü +', scopes: 'one  two' } })
    await w.call(userUrl)
    const [asked] = w.tokenRequests
    expect(asked!.url).toBe(`${orgUrl}/oauth2/v1/token`)
    expect(asked!.authorization).toBe(`Basic ${btoa('a%3Ab:%C3%BC+%2B')}`)
    expect(Object.fromEntries(asked!.form)).toEqual({ grant_type: 'client_credentials', scope: 'one two' })
    expect(asked!.init).toMatchObject({ method: 'POST', redirect: 'manual' })
    expect(w.calls[0]!.authorization).toBe('Bearer at1')
  })

  test('with a key sends an assertion for this endpoint, good for five minutes', async () => {
    const w = world({ auth: { ...keyAuth, server: 'default' }, newId: () => 'id-1' })
    await w.call(userUrl)
    const { url, form, authorization } = w.tokenRequests[0]!
    expect(url).toBe(`${orgUrl}/oauth2/default/v1/token`)
    expect(authorization).toBeNull()
    const { client_assertion: assertion, ...rest } = Object.fromEntries(form)
    expect(rest).toEqual({
      grant_type: 'client_credentials',
      scope: 'okta.users.read okta.groups.read',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    })
    expect(decodeProtectedHeader(assertion!)).toEqual({ alg: 'RS256', kid: 'k1' })
    const now = Math.floor(w.clock.now() / 1000)
    const [iss, sub] = ['0oa1', '0oa1']
    expect(decodeJwt(assertion!)).toEqual({ aud: url, iss, sub, iat: now, exp: now + 300, jti: 'id-1' })
  })

  test('never sends the same assertion twice', async () => {
    const w = world({ auth: keyAuth }, { lifetime: 300 })
    await w.call(userUrl)
    await w.clock.advance(301_000)
    await w.call(userUrl)
    const ids = w.tokenRequests.map(({ form }) => decodeJwt(form.get('client_assertion')!).jti)
    expect(new Set(ids).size).toBe(2)
  })

  test('keeps the path of an org behind a proxy', async () => {
    const w = world({ orgUrl: `${orgUrl}/okta/` })
    await w.call(`${orgUrl}/okta/api/v1/users`)
    expect(w.tokenRequests[0]!.url).toBe(`${orgUrl}/okta/oauth2/v1/token`)
  })

  test('takes the time of the server for the assertion when the clock here is wrong', async () => {
    const clock = createFakeClock()
    const wrong: Clock = { ...clock, now: () => clock.now() + 2 * 3_600_000 }
    const w = world(
      { auth: keyAuth, clock: wrong },
      {
        onToken: ({ form }) => {
          const { exp } = decodeJwt(form.get('client_assertion')!)
          const date = new Date(clock.now()).toUTCString()
          if (exp! * 1_000 > clock.now() + 3_600_000) {
            const error_description = 'The client_assertion token has an expiration too far into the future.'
            return answer(401, { date }, { error: 'invalid_client', error_description })
          }
          return answer(200, { date }, { access_token: 'at' })
        },
        onCall: () => answer(),
      },
    )
    const response = await w.call(userUrl)
    expect(w.tokenRequests).toHaveLength(2)
    expect(response.status).toBe(200)
    const { iat } = decodeJwt(w.tokenRequests[1]!.form.get('client_assertion')!)
    expect(Math.abs(iat! - clock.now() / 1_000)).toBeLessThan(3)
  })

  test('that is refused for another reason is not sent again for the clock', async () => {
    const w = world(
      { auth: keyAuth },
      {
        onToken: () =>
          answer(401, { date: new Date(createFakeClock().now()).toUTCString() }, { error: 'invalid_client' }),
      },
    )
    await failure(w.call(userUrl))
    expect(w.tokenRequests).toHaveLength(1)
  })

  test('goes through the fetch that is given for it, which may repeat it', async () => {
    const clock = createFakeClock()
    const limited = refusal(429, 'E0000047', {
      'x-rate-limit-limit': '4',
      'x-rate-limit-remaining': '0',
      'x-rate-limit-reset': String(Math.floor(clock.now() / 1000) + 3),
    })
    const w = world({}, { onToken: (_seen, count) => (count === 1 ? limited : undefined) })
    const fetch = layered([retry({ clock: w.clock, random: () => 0 })], w.fetch)
    const call = authorize({ orgUrl, auth: secretAuth, clock: w.clock, fetch })(w.fetch)
    expect((await w.clock.until(call(userUrl))).status).toBe(200)
    expect(w.tokenRequests).toHaveLength(2)
    expect(w.refused).toEqual([])
  })
})

describe('one token', () => {
  test('is asked for once by 32 callers who come together', async () => {
    const w = world()
    const responses = await Promise.all(times(32, () => w.call(userUrl)))
    expect(responses.every(({ status }) => status === 200)).toBe(true)
    expect(w.tokenRequests).toHaveLength(1)
    expect(w.calls).toHaveLength(32)
    expect(w.events).toEqual([{ type: 'token', what: 'renewed', why: 'there was none' }])
  })

  test('serves its whole life and is replaced before its end: no call is refused, no request too many', async () => {
    const w = world({}, { lifetime: 100 })
    for (let second = 0; second < 1_000; second++) {
      await Promise.all([w.call(userUrl), w.call(userUrl)])
      await w.clock.advance(1_000)
    }
    expect(w.refused).toEqual([])
    expect(w.tokenRequests.length).toBeGreaterThanOrEqual(10)
    expect(w.tokenRequests.length).toBeLessThanOrEqual(13)
  }, 60_000)

  test('is replaced while the old one still serves; a call waits only when that is nearly over', async () => {
    let open = () => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const w = world(
      {},
      {
        onToken: async (_seen, count) => {
          if (count === 2) await gate
          return undefined
        },
      },
    )
    await w.call(userUrl)
    await w.clock.advance(3_541_000)
    expect((await w.call(userUrl)).status).toBe(200)
    expect(w.calls[1]!.authorization).toBe('Bearer at1')
    await w.clock.advance(9_900)
    expect(w.tokenRequests).toHaveLength(2)
    open()
    await w.clock.settle()
    await w.call(userUrl)
    expect(w.calls[2]!.authorization).toBe('Bearer at2')
    expect(w.tokenRequests).toHaveLength(2)
  })

  test('still serves when the next one cannot be had', async () => {
    const down = answer(503, {}, {})
    const w = world({}, { onToken: (_seen, count) => (count > 1 ? down.clone() : undefined) })
    await w.call(userUrl)
    await w.clock.advance(3_545_000)
    expect((await w.call(userUrl)).status).toBe(200)
    await w.clock.advance(50_000)
    expect((await w.call(userUrl)).status).toBe(200)
    await w.clock.advance(10_000)
    expect((await failure(w.call(userUrl))).status).toBe(503)
    expect(w.refused).toEqual([])
  })

  test('without a lifetime is kept until it is refused', async () => {
    const w = world(
      {},
      {
        onToken: (_seen, count) => answer(200, {}, { access_token: `x${count}` }),
        onCall: () => answer(),
      },
    )
    await w.call(userUrl)
    await w.clock.advance(86_400_000)
    await w.call(userUrl)
    expect(w.tokenRequests).toHaveLength(1)
    w.revokeAll()
    await w.call(userUrl)
    expect(w.calls.map(({ authorization }) => authorization)).toEqual([
      ...['Bearer x1', 'Bearer x1', 'Bearer x1', 'Bearer x2'],
    ])
  })

  test('that has ended when it comes still serves those who waited for it', async () => {
    const w = world(
      {},
      {
        onToken: () => answer(200, {}, { access_token: 'x', expires_in: 0 }),
        onCall: () => answer(),
      },
    )
    const responses = await Promise.all(times(3, () => w.call(userUrl)))
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(w.tokenRequests).toHaveLength(1)
  })
})

describe('a caller who gives up', () => {
  test('leaves the request for the token to the others', async () => {
    const w = world()
    const controller = new AbortController()
    const first = w.call(userUrl, { signal: controller.signal })
    const others = times(3, () => w.call(userUrl))
    controller.abort(new Error('changed my mind'))
    await expect(first).rejects.toThrow('changed my mind')
    const responses = await Promise.all(others)
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(w.tokenRequests).toHaveLength(1)
  })

  test('is not shared by the request even when everybody gives up: the token is there for the next', async () => {
    const w = world()
    const signal = AbortSignal.abort(new Error('late'))
    const controller = new AbortController()
    const call = w.call(userUrl, { signal: controller.signal })
    controller.abort(new Error('all gone'))
    await expect(call).rejects.toThrow('all gone')
    await w.clock.settle()
    await expect(w.call(userUrl, { signal })).rejects.toThrow('late')
    await w.call(userUrl)
    expect(w.tokenRequests).toHaveLength(1)
  })
})

describe('a token that the org refuses', () => {
  test('is replaced once for a herd, and each call is sent once more', async () => {
    const w = world()
    await w.call(userUrl)
    w.revokeAll()
    const responses = await Promise.all(times(32, () => w.call(userUrl)))
    expect(responses.every(({ status }) => status === 200)).toBe(true)
    expect(w.tokenRequests).toHaveLength(2)
    expect(w.refused).toHaveLength(32)
    expect(w.events.filter(({ type }) => type === 'repeat')).toHaveLength(32)
    expect(w.events).toContainEqual({ type: 'token', what: 'renewed', why: 'the org refused the one before' })
    expect(w.events).toContainEqual({
      ...{ type: 'repeat', attempt: 1, why: 'its access token was refused' },
      ...{ method: 'GET', path: '/api/v1/users/00u1', status: 401 },
    })
  })

  test('late, when another is current already, makes no further request', async () => {
    const gates: (() => void)[] = []
    const clock = createFakeClock()
    const fake = createFakeOrg({ clock })
    const slow: Fetch = async (input, init) => {
      const response = await fake.fetch(input, init)
      if (response.status === 401) await new Promise<void>((resolve) => gates.push(resolve))
      return response
    }
    const call = authorize({ orgUrl, auth: secretAuth, clock })(slow)
    await call(userUrl)
    fake.revokeAll()
    const both = [call(userUrl), call(userUrl)]
    await clock.settle()
    gates[0]!()
    expect((await both[0]!).status).toBe(200)
    gates[1]!()
    expect((await both[1]!).status).toBe(200)
    expect(fake.tokenRequests).toHaveLength(2)
  })

  test.each<[string, Response, number]>([
    ['E0000011', refusal(401, 'E0000011'), 2],
    ['invalid_token', answer(401, { 'www-authenticate': 'Bearer error="invalid_token"' }, {}), 2],
    ['E0000005', refusal(401, 'E0000005'), 1],
    ['E0000004', refusal(401, 'E0000004'), 1],
    ['insufficient_scope', answer(403, { 'www-authenticate': 'Bearer error="insufficient_scope"' }, {}), 1],
    ['no word at all', new Response(null, { status: 401 }), 1],
  ])('is known by %s', async (_title, first, requests) => {
    const w = world({}, { onCall: (_seen, count) => (count === 1 ? first : answer()) })
    const response = await w.call(userUrl)
    expect(w.tokenRequests).toHaveLength(requests)
    expect(response.status).toBe(requests === 2 ? 200 : first.status)
    if (requests === 1 && first.body) expect(await response.text()).toContain('{')
  })

  test('and whose successor is refused too: the answer is the refusal, and the endpoint is not hammered', async () => {
    const w = world({}, { onCall: () => refusal(401, 'E0000011') })
    for (let n = 0; n < 50; n++) {
      const response = await w.call(userUrl)
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ errorCode: 'E0000011' })
    }
    expect(w.tokenRequests).toHaveLength(2)
    await w.clock.advance(11_000)
    await w.call(userUrl)
    expect(w.tokenRequests).toHaveLength(3)
  })

  test('soon after its successor was accepted is replaced again', async () => {
    const w = world()
    for (let n = 1; n <= 3; n++) {
      expect((await w.call(userUrl)).status).toBe(200)
      expect(w.tokenRequests).toHaveLength(n)
      w.revokeAll()
    }
  })

  test.each<[string, () => Parameters<Fetch>]>([
    ['a text', () => [userUrl, { method: 'POST', body: '{"a":1}' }]],
    ['a Request', () => [new Request(userUrl, { method: 'POST', body: '{"a":1}' })]],
    [
      'a stream',
      () => [userUrl, { method: 'POST', body: new Blob(['{"a":1}']).stream(), duplex: 'half' } as RequestInit],
    ],
  ])('is replaced and the same body sent again: %s', async (_title, call) => {
    const w = world()
    await w.call(userUrl)
    w.revokeAll()
    expect((await w.call(...call())).status).toBe(200)
    expect(w.bodies.slice(1)).toEqual(['{"a":1}', '{"a":1}'])
  })

  test('and cannot be replaced: what the token endpoint says is told, not the 401', async () => {
    const w = world(
      {},
      { onToken: (_seen, count) => (count > 1 ? answer(401, {}, { error: 'invalid_client' }) : undefined) },
    )
    await w.call(userUrl)
    w.revokeAll()
    expect(await failure(w.call(userUrl))).toMatchObject({ status: 401, error: 'invalid_client' })
  })
})

test.each<[string, () => unknown, RegExp]>([
  [
    'is no key',
    () => 'no key',
    /^There is no access token, and none was asked for\. `auth\.privateKey` is no PEM text/,
  ],
  ['is too small', () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, /2048 bits/],
])('a private key that %s is told, and nothing is sent', async (_title, privateKey, says) => {
  const w = world({ auth: { clientId: 'a', privateKey: privateKey() as string, scopes: 's' } })
  expect((await failure(w.call(userUrl))).message).toMatch(says)
  expect([...w.tokenRequests, ...w.calls]).toEqual([])
})

describe('a token endpoint that gives none', () => {
  const html = '<html><head><title>Sign In</title></head></html>'
  test.each<[string, () => Response, Partial<TokenError>, RegExp]>([
    [
      'OAuth error',
      () =>
        answer(
          401,
          { 'x-okta-request-id': 'req9' },
          { error: 'invalid_client', error_description: 'The secret is wrong.' },
        ),
      { status: 401, error: 'invalid_client', description: 'The secret is wrong.', requestId: 'req9' },
      /^There is no access token: POST \/oauth2\/v1\/token answered 401 invalid_client: The secret is wrong\. Compare client id and secret .* \(request req9\)$/,
    ],
    [
      'envelope',
      () => refusal(400, 'invalid_client'),
      { status: 400, error: 'invalid_client', description: 'told' },
      /answered 400 invalid_client: told\. /,
    ],
    ['429', () => refusal(429, 'E0000047'), { status: 429, error: 'E0000047' }, /asks again once the window is over/],
    [
      'edge',
      () => answer(403, {}, { error: 'Forbidden', message: 'Blocked.' }),
      { status: 403 },
      /403 Forbidden: Blocked\. /,
    ],
    [
      'HTML with 200',
      () => new Response(html, { headers: { 'content-type': 'text/html' } }),
      { status: 200 },
      /an HTML page of 48 char/,
    ],
    ['HTML with 502', () => new Response(html, { status: 502 }), { status: 502 }, /answered 502 with an HTML page/],
    ['garbage', () => new Response('{"access_tok'), { status: 200 }, /200 with a text that is no JSON/],
    ['nothing', () => new Response(null), { status: 200 }, /200 with an empty body/],
    [
      'nothing and 503',
      () => new Response(null, { status: 503 }),
      { status: 503 },
      /503 with an empty body.*in a while/,
    ],
    ['JSON without a token', () => answer(200, {}, { id: 1 }), { status: 200 }, /JSON that has no `access_token`/],
    ['a list', () => answer(200, {}, [1]), { status: 200 }, /200 with a text that is no JSON|JSON/],
    ['an empty token', () => answer(200, {}, { access_token: '' }), { status: 200 }, /an `access_token` that is none/],
    ['a null token', () => answer(200, {}, { access_token: null }), { status: 200 }, /an `access_token` that is none/],
    ['a token that no header takes', () => answer(200, {}, { access_token: 'a\nb' }), { status: 200 }, /that is none/],
    [
      'a DPoP token',
      () => answer(200, {}, { access_token: 'x', token_type: 'DPoP' }),
      { status: 200, error: 'invalid_dpop_proof' },
      /of the type DPoP, not Bearer\. The app demands DPoP/,
    ],
    [
      'a redirect',
      () => new Response(null, { status: 307, headers: { location: 'https://elsewhere.example/token?x=1' } }),
      { status: 307 },
      /answered 307 and sends on to https:\/\/elsewhere\.example, which was not followed/,
    ],
  ])('says so: %s', async (_title, given, facts, says) => {
    const w = world({}, { onToken: () => given() })
    const error = await failure(w.call(userUrl))
    expect(error).toMatchObject(facts)
    expect(error.message).toMatch(says)
    expect(w.calls).toEqual([])
    expect(w.events).toEqual([{ type: 'token', what: 'failed', why: error.message }])
  })

  test('by not being there', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' })
    const { fetch } = scripted(new TypeError('fetch failed', { cause: refused }))
    const clock = createFakeClock()
    const error = await failure(authorize({ orgUrl, auth: secretAuth, clock })(fetch)(userUrl))
    expect(error.message).toMatch(/gave no answer: fetch failed: connect ECONNREFUSED.* See that `orgUrl` is right/)
    expect(error.status).toBeUndefined()
    expect(isNeverConnected(error)).toBe(true)
  })

  test.each<[string, Fetch]>([
    ['answers', deaf],
    ['ends its body', async () => new Response(new ReadableStream(), { headers: { 'content-type': 'text/html' } })],
  ])('because it never %s, within the timeout', async (_title, fetch) => {
    const clock = createFakeClock()
    const start = clock.ticks()
    const call = authorize({ orgUrl, auth: secretAuth, clock, timeoutMs: 3_000 })(fetch)(userUrl)
    expect((await failure(clock.until(call))).message).toMatch(/no whole answer within 3000 ms/)
    expect(clock.ticks() - start).toBe(3_000)
  })

  test('is asked again by the next call, but not by a herd', async () => {
    const w = world({}, { onToken: (_seen, count) => (count <= 2 ? answer(503, {}, {}) : undefined) })
    const herd = await Promise.all(times(32, () => failure(w.call(userUrl))))
    expect(new Set(herd.map(({ status }) => status))).toEqual(new Set([503]))
    await failure(w.call(userUrl))
    expect(w.tokenRequests).toHaveLength(1)
    await w.clock.advance(1_000)
    await failure(w.call(userUrl))
    expect(w.tokenRequests).toHaveLength(2)
    await w.clock.advance(1_000)
    expect((await w.call(userUrl)).status).toBe(200)
    expect(w.tokenRequests).toHaveLength(3)
  })

  test('and says when to come again is not asked before', async () => {
    const limited = () => refusal(429, 'E0000047', { 'retry-after': '20' })
    const w = world({}, { onToken: (_seen, count) => (count === 1 ? limited() : undefined) })
    await failure(w.call(userUrl))
    await w.clock.advance(19_000)
    await failure(w.call(userUrl))
    expect(w.tokenRequests).toHaveLength(1)
    await w.clock.advance(1_000)
    expect((await w.call(userUrl)).status).toBe(200)
  })
})

describe('a refresh token', () => {
  function refreshing(more: object = {}, org: Partial<FakeOrgOptions> = {}) {
    const kept: RefreshedTokens[] = []
    const order: string[] = []
    let serial = 0
    const w = world(
      {
        auth: {
          clientId: '0oa1',
          refreshToken: 'rt0',
          onTokens: async (tokens: RefreshedTokens) => {
            await new Promise((resolve) => setImmediate(resolve))
            kept.push(tokens)
            order.push(`kept ${tokens.refreshToken}`)
          },
          ...more,
        } as Credential,
      },
      {
        onToken: ({ form }) => {
          const current = `rt${serial}`
          if (form.get('refresh_token') !== current) return answer(400, {}, { error: 'invalid_grant' })
          serial++
          order.push(`gave rt${serial}`)
          return answer(200, {}, { access_token: `x${serial}`, expires_in: 3_600, refresh_token: `rt${serial}` })
        },
        ...org,
      },
    )
    const call = w.layer(async (input, init) => {
      if (String(input).endsWith('/token')) return w.fetch(input, init)
      order.push(`sent ${new Request(input, init).headers.get('authorization')}`)
      return answer()
    })
    return { ...w, kept, order, call }
  }

  test('is replaced each time, and the new one is kept before its access token is used', async () => {
    const w = refreshing()
    await Promise.all(times(8, () => w.call(userUrl)))
    await w.clock.advance(3_600_000)
    await w.call(userUrl)
    expect(w.order.slice(0, 3)).toEqual(['gave rt1', 'kept rt1', 'sent Bearer x1'])
    expect(w.order.slice(-3)).toEqual(['gave rt2', 'kept rt2', 'sent Bearer x2'])
    expect(w.kept).toEqual([
      { refreshToken: 'rt1', accessToken: 'x1' },
      { refreshToken: 'rt2', accessToken: 'x2' },
    ])
    expect(Object.fromEntries(w.tokenRequests[0]!.form)).toEqual({
      ...{ grant_type: 'refresh_token', refresh_token: 'rt0', client_id: '0oa1' },
    })
  })

  test('of a confidential app comes with its proof, and with the scopes that are named', async () => {
    const w = refreshing({ clientSecret: 's3cret-of-the-app', scopes: ['openid'] })
    await w.call(userUrl)
    expect(w.tokenRequests[0]!.authorization).toBe(`Basic ${btoa('0oa1:s3cret-of-the-app')}`)
    expect(Object.fromEntries(w.tokenRequests[0]!.form)).toEqual({
      ...{ grant_type: 'refresh_token', refresh_token: 'rt0', scope: 'openid' },
    })
  })

  test('that stays the same is not handed out again', async () => {
    const w = refreshing({}, { onToken: () => answer(200, {}, { access_token: 'x', refresh_token: 'rt0' }) })
    await w.call(userUrl)
    expect(w.kept).toEqual([])
  })

  test('that could not be kept stops the call, and is offered again before anything new is asked for', async () => {
    let tries = 0
    const offered: string[] = []
    const w = refreshing({
      onTokens: ({ refreshToken }: RefreshedTokens) => {
        offered.push(refreshToken)
        if (++tries < 3) throw new Error(`disk full while writing ${refreshToken}`)
      },
    })
    const error = await failure(w.call(userUrl))
    expect(error.message).toMatch(/`onTokens` did not keep it: disk full while writing …\(3 characters hidden\)\. /)
    expect(w.events.map((event) => event.type === 'token' && event.what)).toEqual(['not-kept', 'failed'])
    await w.clock.advance(1_000)
    await failure(w.call(userUrl))
    await w.clock.advance(1_000)
    expect((await w.call(userUrl)).status).toBe(200)
    expect(offered).toEqual(['rt1', 'rt1', 'rt1'])
    expect(w.tokenRequests).toHaveLength(1)
  })

  test('whose keeping hangs does not hang the calls', async () => {
    const w = refreshing({ onTokens: () => new Promise(() => undefined) })
    expect((await failure(w.clock.until(w.call(userUrl)))).message).toMatch(/did not end within 10000 ms/)
  })

  test('that has ended says that the user has to sign in again', async () => {
    const w = refreshing({ refreshToken: 'stolen' })
    const error = await failure(w.call(userUrl))
    expect(error).toMatchObject({ status: 400, error: 'invalid_grant' })
    expect(error.message).toContain('the user has to sign in again')
  })
})

describe('what cannot be meant', () => {
  const cases: [string, unknown, RegExp][] = [
    ['nothing', undefined, /has none of them/],
    ['an empty object', {}, /has none of them/],
    ['two ways', { token: 'a', bearer: 'b' }, /`token` and `bearer`/],
    ['a token that is not set', { token: undefined }, /`auth\.token` is undefined: see whether the variable/],
    ['an empty token', { token: '  ' }, /`auth\.token` is empty/],
    ['a scheme word', { token: 'SSWS 00abcSECRET' }, /without a word such as SSWS/],
    ['a bearer with a line break', { bearer: 'abcSECRET\ndef' }, /line breaks/],
    ['a client id alone', { clientId: 'a' }, /a `clientId` alone/],
    [
      'a secret that is not set',
      { clientId: 'a', clientSecret: undefined, scopes: ['b'] },
      /`auth\.clientSecret` is undef/,
    ],
    [
      'a key that is not set',
      { clientId: 'a', privateKey: undefined, scopes: ['b'] },
      /`auth\.privateKey` is undefined/,
    ],
    [
      'two proofs',
      { clientId: 'a', clientSecret: 'SECRET', privateKey: 'SECRET', scopes: ['b'] },
      /`clientSecret` and `priv/,
    ],
    ['no scopes', { clientId: 'a', clientSecret: 'SECRET' }, /`auth\.scopes` is empty/],
    ['scopes that are none', { clientId: 'a', clientSecret: 'SECRET', scopes: [1] }, /`auth\.scopes` must be/],
    [
      'the URL of a server',
      { clientId: 'a', clientSecret: 'SECRET', scopes: 'b', server: 'https://x/oauth2/y' },
      /is the id/,
    ],
    ['a refresh token nobody keeps', { clientId: 'a', refreshToken: 'SECRET' }, /`auth\.onTokens` must be a function/],
  ]
  test.each(cases)('%s is refused at once, without being quoted', (_title, auth, says) => {
    const make = () => authorize({ orgUrl, auth: auth as Credential })
    expect(make).toThrow(TypeError)
    expect(make).toThrow(says)
    expect(make).not.toThrow(/SECRET/)
  })

  test.each(['', 'org.example', 'ftp://org.example', 'https://me:pw@org.example', undefined])('orgUrl %s', (url) => {
    expect(() => authorize({ orgUrl: url as string, auth: { token: 'a' } })).toThrow(/`orgUrl` must be/)
  })
})

describe('no secret leaves in a message', () => {
  const letters = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_.~+/=&%"\\<> é')
  const secretText = fc.string({ unit: letters, minLength: 8, maxLength: 40 }).filter((text) => text.trim() === text)
  const tokenText = fc.stringMatching(/^[A-Za-z0-9._~+/=-]{8,60}$/)

  // Everything that can be read off an error: members, causes, stacks.
  function texts(value: unknown, seen = new Set<unknown>()): string {
    if (typeof value !== 'object' || value === null) return String(value)
    if (seen.has(value)) return ''
    seen.add(value)
    const own = Object.getOwnPropertyNames(value).map((name) => (value as Record<string, unknown>)[name])
    return own.map((one) => texts(one, seen)).join('\n')
  }

  const echoes: ((body: string, authorization: string) => Response | Error)[] = [
    (body, auth) => answer(400, {}, { error: 'invalid_request', error_description: `got ${body} and ${auth}` }),
    (body, auth) =>
      answer(400, { 'x-okta-request-id': encodeURIComponent(auth) }, { error: body, error_description: auth }),
    (body, auth) => answer(401, {}, { errorCode: auth, errorSummary: body, errorCauses: [{ errorSummary: body }] }),
    (body, auth) => new Response(`<title>${body} ${auth}</title>`, { status: 500 }),
    (body, auth) => new Response(`${body}${auth}`, { headers: { 'content-type': 'text/plain' } }),
    (body) => new Response(null, { status: 302, headers: { location: `https://x.example/?${body}` } }),
    (body, auth) => answer(200, {}, { token_type: auth, access_token: 'x-y-z-1-2-3', x: body }),
    (body, auth) => Object.assign(new TypeError(`${auth} is no header`, { cause: new Error(body) }), { code: auth }),
  ]

  test.each(echoes.map((echo, n) => [n, echo] as const))('even when it is sent back (%i)', async (_n, echo) => {
    await fc.assert(
      fc.asyncProperty(secretText, tokenText, fc.boolean(), async (secret, refresh, isRefresh) => {
        const clock = createFakeClock()
        const events: ClientEvent[] = []
        const auth: Credential = isRefresh
          ? { clientId: '0oa1', clientSecret: secret, refreshToken: refresh, onTokens: () => undefined }
          : { clientId: '0oa1', clientSecret: secret, scopes: 's' }
        const sent: string[] = []
        const fetch: Fetch = async (input, init) => {
          const request = new Request(input, init)
          const body = await request.text()
          const authorization = request.headers.get('authorization')!
          sent.push(authorization.slice('Basic '.length))
          const given = echo(decodeURIComponent(body.replaceAll('+', ' ')), authorization)
          if (given instanceof Error) throw given
          return given
        }
        const call = authorize({ orgUrl, auth, clock, onEvent: (event) => events.push(event) })(fetch)(userUrl)
        const error = await failure(call)
        const said = `${texts(error)}\n${JSON.stringify(events)}`
        for (const one of [secret, sent[0]!, ...(isRefresh ? [refresh] : [])]) expect(said).not.toContain(one)
      }),
      { numRuns: 40 },
    )
  })

  test('nor an assertion or anything of a key', async () => {
    const jwk = await exportJWK(appKey.privateKey)
    const clock = createFakeClock()
    const events: ClientEvent[] = []
    const sent: string[] = []
    const fetch: Fetch = async (input, init) => {
      const body = await new Request(input, init).text()
      sent.push(new URLSearchParams(body).get('client_assertion')!)
      return answer(400, {}, { error: 'invalid_request', error_description: `${sent[0]} ${body}` })
    }
    const auth: Credential = { clientId: 'a', privateKey: jwk, scopes: 's' }
    const error = await failure(authorize({ orgUrl, auth, clock, onEvent: (e) => events.push(e) })(fetch)(userUrl))
    const said = `${texts(error)}\n${JSON.stringify(events)}`
    for (const part of [...sent[0]!.split('.'), jwk.d!, jwk.p!]) expect(said).not.toContain(part)
  })

  test('nor an access token that is refused and sent back', async () => {
    const w = world(
      {},
      {
        onToken: (_seen, count) =>
          count === 1
            ? answer(200, {}, { access_token: 'opaque-access-token', expires_in: 3_600 })
            : answer(400, {}, { error: 'invalid_request', error_description: 'after opaque-access-token' }),
      },
    )
    await w.call(userUrl)
    w.revokeAll()
    const error = await failure(w.call(userUrl))
    expect(error.description).toMatch(/^after …/)
    expect(`${texts(error)}${JSON.stringify(w.events)}`).not.toContain('opaque-access-token')
  })
})

test('a listener that throws breaks nothing', async () => {
  const w = world({
    onEvent: () => {
      throw new Error('broken listener')
    },
  })
  expect((await w.call(userUrl)).status).toBe(200)
})
