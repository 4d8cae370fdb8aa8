import { describe, expect, test } from 'vitest'
import type { ClientEvent } from '../events.ts'
import type { Fetch } from '../layer.ts'
import { createFakeClock } from '../testing.ts'
import { cache } from './cache.ts'
import { answer, deaf, keepsThePromises, orgUrl, scripted, userUrl } from './common-suite.ts'

keepsThePromises({
  layer: (clock) => cache({ ttlMs: 60_000, clock }),
  remembers: async (around) => {
    const fetch = around(async () => answer(200, {}, { id: 'of the first' }))
    await fetch(userUrl)
    // Answered from memory from now on.
    await expect(around(deaf)(userUrl)).resolves.toBeInstanceOf(Response)
  },
})

/** A fetch that counts; each answer has its number. */
function counting(headers: Record<string, string> = {}) {
  let n = 0
  const fetch: Fetch = async () => answer(200, headers, { n: ++n })
  return { fetch, sent: () => n }
}

const read = async (response: Promise<Response>) => ((await (await response).json()) as { n: number }).n

describe('an answer is used again', () => {
  test('until its time is over, by as many as ask, each with a body of its own', async () => {
    const clock = createFakeClock()
    const { fetch: below, sent } = counting()
    const fetch = cache({ ttlMs: 1_000, clock })(below)
    expect(await read(fetch(userUrl))).toBe(1)
    await clock.advance(999)
    expect(await read(fetch(userUrl))).toBe(1)
    expect(await read(fetch(new Request(userUrl)))).toBe(1)
    await clock.advance(1)
    expect(await read(fetch(userUrl))).toBe(2)
    expect(sent()).toBe(2)
  })

  test('only where it was asked for', async () => {
    const { fetch: below, sent } = counting()
    const fetch = cache({ ttlMs: (path) => (path.startsWith('/api/v1/groups') ? 1_000 : 0), clock: createFakeClock() })(
      below,
    )
    await fetch(userUrl)
    await fetch(userUrl)
    expect(sent()).toBe(2)
    await fetch(`${orgUrl}/api/v1/groups/00g1`)
    await fetch(`${orgUrl}/api/v1/groups/00g1`)
    expect(sent()).toBe(3)
  })

  test('with its headers, status and address', async () => {
    const fetch = cache({ ttlMs: 1_000, clock: createFakeClock() })(async () => {
      const response = answer(200, { link: '<https://org.example/x>; rel="next"' })
      Object.defineProperty(response, 'url', { value: userUrl })
      return response
    })
    const first = await fetch(userUrl)
    const again = await fetch(userUrl)
    expect(again).not.toBe(first)
    expect([again.status, again.url, again.headers.get('link')]).toEqual([200, userUrl, first.headers.get('link')])
  })
})

test('never across credentials, and not across forms', async () => {
  const { fetch: below, sent } = counting()
  const fetch = cache({ ttlMs: 1_000, clock: createFakeClock() })(below)
  for (const headers of [
    { authorization: 'SSWS one' },
    { authorization: 'SSWS two' },
    { cookie: 'sid=1' },
    { accept: 'text/csv' },
    {},
  ]) {
    await fetch(userUrl, { headers: headers as Record<string, string> })
  }
  expect(sent()).toBe(5)
  await fetch(userUrl, { headers: { Authorization: 'SSWS one' } })
  expect(sent()).toBe(5)
})

describe('a write forgets what it may have changed', () => {
  test.each([
    ['POST', '/api/v1/users/00u1', true],
    ['POST', '/api/v1/users/00u1/lifecycle/suspend', true],
    ['DELETE', '/api/v1/users/00u2', true],
    ['PUT', '/api/v1/groups/00g1/users/00u1', true],
    ['POST', '/api/v1/users?activate=true', true],
    ['PUT', '/api/v1/groups/00g1', false],
    ['HEAD', '/api/v1/users/00u1', false],
  ])('%s %s: %s', async (method, path, forgotten) => {
    const { fetch: below, sent } = counting()
    const fetch = cache({ ttlMs: 1_000, clock: createFakeClock() })(below)
    await fetch(userUrl)
    await fetch(orgUrl + path, { method })
    const before = sent()
    await fetch(userUrl)
    expect(sent()).toBe(before + (forgotten ? 1 : 0))
  })

  test('also when its answer is lost', async () => {
    const { fetch: below, sent } = counting()
    const fetch = cache({ ttlMs: 1_000, clock: createFakeClock() })(async (input, init) => {
      if (init?.method === 'POST') throw new TypeError('fetch failed')
      return below(input, init)
    })
    await fetch(userUrl)
    await expect(fetch(userUrl, { method: 'POST' })).rejects.toThrow('fetch failed')
    await fetch(userUrl)
    expect(sent()).toBe(2)
  })

  test('and a read that was under way during a write is not kept', async () => {
    let finish: (response: Response) => void = () => undefined
    const { fetch: below, calls } = scripted(
      () =>
        new Promise((resolve) => {
          finish = resolve
        }),
      answer(),
      answer(200, {}, { n: 'new' }),
    )
    const fetch = cache({ ttlMs: 1_000, clock: createFakeClock() })(below)
    const early = fetch(userUrl)
    await fetch(userUrl, { method: 'POST' })
    finish(answer(200, {}, { n: 'old' }))
    await early
    expect(await read(fetch(userUrl))).toBe('new')
    expect(calls).toHaveLength(3)
  })
})

describe('a validator', () => {
  test('confirms an old answer without sending it again', async () => {
    const clock = createFakeClock()
    const events: ClientEvent[] = []
    const { fetch: below, calls } = scripted(
      answer(200, { etag: '"v1"' }, { n: 1 }),
      new Response(null, { status: 304 }),
      answer(200, { etag: '"v2"' }, { n: 2 }),
    )
    const fetch = cache({ ttlMs: 1_000, confirmMs: 60_000, clock, onEvent: (event) => events.push(event) })(below)
    await fetch(userUrl)
    await clock.advance(1_000)
    expect(await read(fetch(userUrl))).toBe(1)
    expect(new Headers(calls[1]![1]?.headers).get('if-none-match')).toBe('"v1"')
    expect(await read(fetch(userUrl))).toBe(1)
    expect(calls).toHaveLength(2)
    await clock.advance(1_000)
    expect(await read(fetch(userUrl))).toBe(2)
    expect(events.map((event) => 'what' in event && event.what)).toEqual(['confirmed', 'hit'])
  })

  test('of the caller is left to the caller', async () => {
    const { fetch: below, calls } = scripted(answer(200, { etag: '"v1"' }), new Response(null, { status: 304 }))
    const fetch = cache({ ttlMs: 60_000, clock: createFakeClock() })(below)
    await fetch(userUrl)
    expect((await fetch(userUrl, { headers: { 'if-none-match': '"v1"' } })).status).toBe(304)
    expect(calls).toHaveLength(2)
  })
})

describe('it does not keep', () => {
  test.each([
    ['refusals', () => answer(404)],
    ['files', () => new Response('x', { headers: { 'content-type': 'image/png' } })],
    ['what is too long', () => answer(200, {}, { text: 'x'.repeat(70_000) })],
  ])('%s', async (_what, make) => {
    const { fetch: below, calls } = scripted(make)
    const fetch = cache({ ttlMs: 60_000, maxBytes: 2 ** 20, clock: createFakeClock() })(below)
    await fetch(userUrl)
    await fetch(userUrl)
    expect(calls).toHaveLength(2)
  })

  test('more than so many: what was used least recently goes', async () => {
    const { fetch: below, sent } = counting()
    const fetch = cache({ ttlMs: 60_000, maxEntries: 2, clock: createFakeClock() })(below)
    const at = (id: string) => fetch(`${orgUrl}/api/v1/users/${id}`)
    await at('00u1')
    await at('00u2')
    await at('00u1')
    await at('00u3')
    expect(sent()).toBe(3)
    await at('00u1')
    expect(sent()).toBe(3)
    await at('00u2')
    expect(sent()).toBe(4)
  })
})
