// Which credential goes with a request, and where must none go?
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, test } from 'vitest'
import type { Credential } from '../auth/credential.ts'
import { appKey } from '../auth/testing.ts'
import type { Clock } from '../clock.ts'
import { type Fetch, layered } from '../layer.ts'
import { createFakeClock } from '../testing.ts'
import { authorize } from './authorize.ts'
import { answer, deaf, keepsThePromises, orgUrl, refusal, scripted, userUrl } from './common-suite.ts'
import { retry } from './retry.ts'
import { failure, secretAuth, times, world } from './testing.ts'

const keyAuth: Credential = {
  clientId: '0oa1',
  privateKey: appKey.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  keyId: 'k1',
  scopes: ['okta.users.read', 'okta.groups.read'],
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

test('a listener that throws breaks nothing', async () => {
  const w = world({
    onEvent: () => {
      throw new Error('broken listener')
    },
  })
  expect((await w.call(userUrl)).status).toBe(200)
})
