import { describe, expect, test } from 'vitest'
import { type ClientOptions, createClient } from './create-client.ts'
import { ClosedError, LinkError, OktaError } from './errors.ts'
import type { ClientEvent } from './events.ts'
import type { Fetch } from './layer.ts'
import { answer, orgUrl, refusal, scripted } from './layers/common-suite.ts'
import { createCoordinator } from './pace/coordinator.ts'
import { createFakeClock } from './testing.ts'

function clientOver(fetch: Fetch, more: Partial<ClientOptions> = {}) {
  const clock = createFakeClock()
  return { clock, client: createClient({ orgUrl, auth: { token: '00token' }, clock, random: () => 0, fetch, ...more }) }
}

const urls = (calls: Parameters<Fetch>[]) => calls.map(([input]) => String(input))

describe('fetch', () => {
  test('takes paths, addresses and requests, and puts the credential on', async () => {
    const { fetch, calls } = scripted(answer())
    const { client } = clientOver(fetch)
    await client.fetch('/api/v1/users?limit=1')
    await client.fetch('api/v1/users')
    await client.fetch(`${orgUrl}/api/v1/users`)
    await client.fetch(new URL(`${orgUrl}/api/v1/users`))
    await client.fetch(new Request(`${orgUrl}/api/v1/users`, { method: 'POST', body: '{}' }))
    expect(urls(calls)).toEqual([`${orgUrl}/api/v1/users?limit=1`, ...Array(4).fill(`${orgUrl}/api/v1/users`)])
    for (const [, init] of calls) expect(new Headers(init?.headers).get('authorization')).toBe('SSWS 00token')
    expect(calls[4]![1]?.method).toBe('POST')
  })

  test.each([
    'https://evil.example/x',
    '//evil.example/x',
    '/\\evil.example/x',
    'https://org.example@evil.example/',
    'http://org.example/',
  ])('sends nothing to %s', async (url) => {
    const { fetch, calls } = scripted(answer())
    const { client } = clientOver(fetch)
    await expect(client.fetch(url)).rejects.toThrow(/is not the org of this client/)
    await expect(client.fetch(new URL(url, orgUrl))).rejects.toThrow(TypeError)
    expect(calls).toHaveLength(0)
  })

  test('keeps the path of an org behind a gateway', async () => {
    const { fetch, calls } = scripted(answer())
    const { client } = clientOver(fetch, { orgUrl: 'https://gateway.example/okta/' })
    await client.fetch('/api/v1/users')
    await client.fetch('api/v1/users')
    expect(urls(calls)).toEqual(Array(2).fill('https://gateway.example/okta/api/v1/users'))
  })

  test('hands over refusals as responses', async () => {
    const { client } = clientOver(async () => refusal(404, 'E0000007'))
    const response = await client.fetch('/api/v1/users/x')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ errorCode: 'E0000007' })
  })
})

test.each([
  ['not-a-url', /must be the address of the org/],
  ['ftp://org.example', /must be the address of the org/],
  ['https://dev-123-admin.okta.com', /Leave out "-admin": https:\/\/dev-123\.okta\.com$/],
])('orgUrl %s is refused', (url, says) => {
  expect(() => createClient({ orgUrl: url })).toThrow(says)
})

describe('json', () => {
  test('sends and reads JSON', async () => {
    const { fetch, calls } = scripted(answer(200, {}, { id: '00u1' }))
    const { client } = clientOver(fetch)
    expect(await client.json('/api/v1/users', { method: 'POST', body: { profile: { login: 'ada' } } })).toEqual({
      id: '00u1',
    })
    const [, init] = calls[0]!
    expect(init?.body).toBe('{"profile":{"login":"ada"}}')
    expect(Object.fromEntries(new Headers(init?.headers))).toEqual({
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: 'SSWS 00token',
    })
  })

  test('leaves other bodies and types to fetch', async () => {
    const { fetch, calls } = scripted(answer())
    const { client } = clientOver(fetch)
    const form = new URLSearchParams({ a: '1' })
    await client.json('/x', { method: 'POST', body: form })
    await client.json('/x', { method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/scim+json' } })
    await client.json('/x', { method: 'POST', body: [1, 2] })
    expect(calls.map(([, init]) => init?.body)).toEqual([form, '{"a":1}', '[1,2]'])
    expect(new Headers(calls[0]![1]?.headers).get('content-type')).toBeNull()
    expect(new Headers(calls[1]![1]?.headers).get('content-type')).toBe('application/scim+json')
  })

  test('gives nothing where there is nothing', async () => {
    const { client } = clientOver(async () => new Response(null, { status: 204 }))
    expect(await client.json('/api/v1/users/00u1', { method: 'DELETE' })).toBeUndefined()
  })

  test('throws refusals with everything they say, and no secret', async () => {
    const { client } = clientOver(async () =>
      answer(
        400,
        { 'x-okta-request-id': 'reqA' },
        {
          errorCode: 'E0000001',
          errorSummary: 'Api validation failed: login',
          errorLink: 'E0000001',
          errorId: 'oaeB',
          errorCauses: [{ errorSummary: 'login: An object with this field already exists' }],
        },
      ),
    )
    const error: unknown = await client
      .json('/api/v1/users?token=secret', { method: 'POST', body: {} })
      .catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(OktaError)
    expect(error).toMatchObject({
      status: 400,
      code: 'E0000001',
      summary: 'Api validation failed: login',
      causes: [{ summary: 'login: An object with this field already exists' }],
      requestId: 'reqA',
      errorId: 'oaeB',
      advice: 'never',
      method: 'POST',
      path: '/api/v1/users',
    })
    expect((error as Error).message).toBe(
      'POST /api/v1/users answered 400 E0000001: Api validation failed: login; login: An object with this field already exists. ' +
        'The same call gets the same answer. (request reqA)',
    )
  })

  test('reads the challenge of an empty 403', async () => {
    const challenge =
      'Bearer error="insufficient_scope", error_description="The access token provided does not contain the required scopes."'
    const { client } = clientOver(
      async () => new Response(null, { status: 403, headers: { 'www-authenticate': challenge } }),
    )
    await expect(client.json('/api/v1/groups')).rejects.toMatchObject({ status: 403, code: 'insufficient_scope' })
  })

  test.each<[string, Response]>([
    ['a page', new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html; charset=utf-8' } })],
    ['a cut body', new Response('{"id":', { headers: { 'content-type': 'application/json' } })],
  ])('says that %s is no JSON', async (_what, response) => {
    const { client } = clientOver(async () => response)
    await expect(client.json('/api/v1/users/me')).rejects.toThrow(/is no JSON/)
  })

  test('repeats a body that breaks off', async () => {
    let n = 0
    const { client, clock } = clientOver(async () => {
      if (n++ > 0) return answer()
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"id'))
          controller.error(new TypeError('terminated'))
        },
      })
      return new Response(body, { headers: { 'content-type': 'application/json' } })
    })
    expect(await clock.until(client.json('/api/v1/users/me'))).toEqual({ id: '00u1' })
  })
})

describe('paginate', () => {
  const page = (items: unknown, next?: string) =>
    answer(200, next === undefined ? {} : { link: `<${orgUrl}/self>; rel="self", <${next}>; rel="next"` }, items)

  async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
    const found: Item[] = []
    for await (const item of list) found.push(item)
    return found
  }

  test('follows the links, and reads no page before it is needed', async () => {
    const { fetch, calls } = scripted(
      page([1, 2], `${orgUrl}/api/v1/users?after=2`),
      page([3], '/api/v1/users?after=3'),
      page([]),
    )
    const { client } = clientOver(fetch)
    expect(await all(client.paginate('/api/v1/users?limit=2'))).toEqual([1, 2, 3])
    expect(urls(calls)).toEqual([
      `${orgUrl}/api/v1/users?limit=2`,
      `${orgUrl}/api/v1/users?after=2`,
      `${orgUrl}/api/v1/users?after=3`,
    ])
    const again = scripted(page([1, 2], `${orgUrl}/api/v1/users?after=2`))
    for await (const item of clientOver(again.fetch).client.paginate('/api/v1/users')) if (item === 2) break
    expect(again.calls).toHaveLength(1)
  })

  test.each([
    'https://evil.example/api/v1/users?after=2',
    'http://org.example/api/v1/users?after=2',
    '//evil.example/x',
  ])('does not follow to %s, and says that the list is not whole', async (next) => {
    const { fetch, calls } = scripted(page([1], next))
    const found: unknown[] = []
    const reading = (async () => {
      for await (const item of clientOver(fetch).client.paginate('/api/v1/users')) found.push(item)
    })()
    await expect(reading).rejects.toThrow(LinkError)
    expect(found).toEqual([1])
    expect(calls).toHaveLength(1)
  })

  test('does not go in circles', async () => {
    const { fetch, calls } = scripted(page([1], `${orgUrl}/api/v1/users`))
    expect(await all(clientOver(fetch).client.paginate('/api/v1/users'))).toEqual([1])
    expect(calls).toHaveLength(1)
  })

  test('ends with the refusal of a page', async () => {
    const { fetch } = scripted(page([1], `${orgUrl}/api/v1/users?after=1`), refusal(403, 'E0000006'))
    await expect(all(clientOver(fetch).client.paginate('/api/v1/users'))).rejects.toThrow(OktaError)
  })
})

describe('the layers work together', () => {
  const limited = (remaining: number, resetSeconds: number, status = 200) => {
    const headers = {
      date: 'Wed, 18 Nov 2026 11:06:40 GMT',
      'x-rate-limit-limit': '100',
      'x-rate-limit-remaining': String(remaining),
      'x-rate-limit-reset': String(resetSeconds),
    }
    return status === 429 ? refusal(429, 'E0000047', headers) : answer(status, headers)
  }

  test('a fault, a refusal, then success', async () => {
    const now = Date.parse('Wed, 18 Nov 2026 11:06:40 GMT') / 1000
    const { fetch, calls } = scripted(answer(503), limited(0, now + 20, 429), limited(99, now + 80))
    const { client, clock } = clientOver(fetch)
    const start = clock.now()
    expect(await clock.until(client.json('/api/v1/users/me'))).toEqual({ id: '00u1' })
    expect(calls).toHaveLength(3)
    expect(clock.now() - start).toBeGreaterThan(20_000)
    expect(clock.now() - start).toBeLessThan(22_500)
    expect(client.stats()).toMatchObject({ calls: 1, sent: 3, repeated: 2, limitedByWindow: 1 })
    expect(client.stats().buckets).toMatchObject([{ limit: 100, remaining: 99 }])
  })

  test('refusals are not multiplied by two layers that repeat', async () => {
    const now = Date.parse('Wed, 18 Nov 2026 11:06:40 GMT') / 1000
    const { fetch, calls } = scripted(() => limited(0, now + 1, 429))
    const { client, clock } = clientOver(fetch)
    expect((await clock.until(client.fetch('/api/v1/users/me'))).status).toBe(429)
    expect(calls).toHaveLength(9)
  })

  test('the breaker stops an outage, and the pause lets one call through', async () => {
    const { fetch, calls } = scripted(() => answer(503))
    const { client, clock } = clientOver(fetch)
    for (let i = 0; i < 20; i++) await clock.until(client.fetch('/api/v1/users/me').catch(() => undefined))
    const sent = calls.length
    expect(sent).toBeLessThanOrEqual(12)
    expect(client.stats().breakerOpened).toBeGreaterThanOrEqual(1)
    await expect(clock.until(client.fetch('/api/v1/users/me'))).rejects.toThrow(/left alone/)
  })

  test('a token is fetched once for many buckets that wait for it', async () => {
    let tokens = 0
    const fetch: Fetch = async (input) => {
      if (String(input).endsWith('/token')) {
        tokens++
        return answer(200, {}, { access_token: `t${tokens}`, token_type: 'Bearer', expires_in: 3600 })
      }
      return answer()
    }
    const { client } = clientOver(fetch, { auth: { clientId: '0oa1', clientSecret: 's', scopes: 'okta.users.read' } })
    const paths = Array.from({ length: 20 }, (_, i) => `/api/v1/thing${'abcdefghijklmnopqrst'[i]}`)
    const all = await Promise.all(paths.map((path) => client.fetch(path)))
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]))
    expect(tokens).toBe(1)
  })

  test('each layer can be left out', async () => {
    const { fetch, calls } = scripted(answer(503))
    const { client } = clientOver(fetch, { limits: false, retry: false, breaker: false, timeout: false })
    expect((await client.fetch('/api/v1/users/me')).status).toBe(503)
    expect(calls).toHaveLength(1)
    expect(client.stats().buckets).toEqual([])
  })

  test('without pacing, retrying takes over what a window refused', async () => {
    const now = Date.parse('Wed, 18 Nov 2026 11:06:40 GMT') / 1000
    const { fetch } = scripted(limited(0, now + 5, 429), answer())
    const { client, clock } = clientOver(fetch, { limits: false })
    expect((await clock.until(client.fetch('/x'))).status).toBe(200)
  })

  test('a cache answers without the org', async () => {
    const { fetch, calls } = scripted(answer())
    const { client } = clientOver(fetch, { cache: { ttlMs: 1_000 } })
    await client.json('/api/v1/groups/00g1')
    expect(await client.json('/api/v1/groups/00g1')).toEqual({ id: '00u1' })
    expect(calls).toHaveLength(1)
    expect(client.stats().cacheHits).toBe(1)
  })
})

describe('closing', () => {
  test('ends waits and refuses new calls, and leaves what is under way', async () => {
    let finish: (response: Response) => void = () => undefined
    const { fetch } = scripted(
      () =>
        new Promise<Response>((resolve) => {
          finish = resolve
        }),
    )
    const { client, clock } = clientOver(fetch)
    const underWay = client.fetch('/api/v1/users/me')
    await clock.settle()
    const waiting = expect(client.fetch('/api/v1/users/me')).rejects.toThrow(ClosedError)
    await clock.settle()
    client.close()
    await waiting
    await expect(client.fetch('/api/v1/users/me')).rejects.toThrow(ClosedError)
    finish(answer())
    expect((await underWay).status).toBe(200)
  })

  test('ends the wait before a repetition', async () => {
    const { client, clock } = clientOver(async () => answer(503))
    const waiting = expect(client.fetch('/api/v1/users/me')).rejects.toThrow(ClosedError)
    await clock.settle()
    client.close()
    await waiting
    expect(clock.pending()).toBe(0)
  })

  test('leaves a coordinator to those who share it', async () => {
    const clock = createFakeClock()
    const coordinator = createCoordinator({ clock })
    const make = () => createClient({ orgUrl, clock, coordinator, fetch: async () => answer() })
    const [one, other] = [make(), make()]
    one.close()
    expect((await other.fetch('/api/v1/users/me')).status).toBe(200)
  })
})

test('events are heard, and a listener that throws breaks nothing', async () => {
  const events: ClientEvent[] = []
  const { fetch } = scripted(answer(503), answer())
  const { client, clock } = clientOver(fetch, {
    onEvent: (event) => {
      events.push(event)
      throw new Error('broken listener')
    },
  })
  expect((await clock.until(client.fetch('/api/v1/users/me?x=secret'))).status).toBe(200)
  expect(events.map(({ type }) => type)).toEqual(['wait', 'repeat'])
  expect(JSON.stringify(events)).not.toMatch(/secret|00token/)
})

test('two clients share nothing', async () => {
  const options = { orgUrl, auth: { token: '00token' } }
  const clock = createFakeClock()
  const down = createClient({ ...options, clock, fetch: async () => answer(503) })
  const up = createClient({ ...options, clock, fetch: async () => answer() })
  for (let i = 0; i < 20; i++) await clock.until(down.fetch('/x').catch(() => undefined))
  expect((await up.fetch('/x')).status).toBe(200)
  expect(up.stats()).toMatchObject({ calls: 1, sent: 1, repeated: 0, breakerOpened: 0 })
})
