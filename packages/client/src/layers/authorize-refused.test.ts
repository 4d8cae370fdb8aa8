// What happens when a token is refused, or none is given?
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Credential, RefreshedTokens } from '../auth/credential.ts'
import { createFakeOrg, type FakeOrgOptions } from '../auth/testing.ts'
import { isNeverConnected, type TokenError } from '../errors.ts'
import type { Fetch } from '../layer.ts'
import { createFakeClock } from '../testing.ts'
import { authorize } from './authorize.ts'
import { answer, deaf, orgUrl, refusal, scripted, userUrl } from './common-suite.ts'
import { failure, secretAuth, times, world } from './testing.ts'

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
