// Those who ask the same at the same moment share one request. None of them can spoil it for the others.
import { describe, expect, test } from 'vitest'
import type { ClientEvent } from '../events.ts'
import type { Fetch } from '../layer.ts'
import { createFakeClock } from '../testing.ts'
import { type CacheOptions, cache } from './cache.ts'
import { answer, deaf, keepsThePromises, orgUrl, scripted } from './common-suite.ts'

// Without a time: nothing is kept, requests are shared all the same.
keepsThePromises({
  layer: (clock) => cache({ clock }),
  waits: (around) => around(deaf),
  remembers: async (around, clock) => {
    // A call under way: whoever asks the same now waits for it.
    void around(deaf)(`${orgUrl}/api/v1/users/00u1`)
    await clock.settle()
  },
})

const ada = '00uAdaAdaAdaAdaAda01'
const bob = '00uBobBobBobBobBob02'
const url = `${orgUrl}/api/v1/users/${ada}`

/** A cache around a fetch whose answers the test gives one by one. */
function held(options: CacheOptions = {}) {
  const sent: { signal: AbortSignal | null | undefined; answer: (response: Response) => void }[] = []
  const below: Fetch = (_input, init) =>
    new Promise((resolve, reject) => {
      sent.push({ signal: init?.signal, answer: resolve })
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
    })
  return { fetch: cache({ clock: createFakeClock(), ...options })(below), sent }
}

describe('one request for many', () => {
  test('each has a body of its own', async () => {
    const { fetch, sent } = held()
    const calls = [fetch(url), fetch(url), fetch(new Request(url)), fetch(`${url}#fragment`)]
    expect(sent).toHaveLength(1)
    sent[0]!.answer(answer())
    const responses = await Promise.all(calls)
    expect(new Set(responses).size).toBe(4)
    for (const response of responses) expect(await response.json()).toEqual({ id: '00u1' })
    // Nothing was kept.
    void fetch(url)
    expect(sent).toHaveLength(2)
  })

  test('what one does to its bytes, nobody else sees', async () => {
    const { fetch, sent } = held({ ttlMs: 1_000 })
    const calls = [fetch(url), fetch(url)]
    sent[0]!.answer(answer())
    const [first, second] = await Promise.all(calls)
    new Uint8Array(await first!.arrayBuffer()).fill(0)
    expect(await second!.json()).toEqual({ id: '00u1' })
    expect(await (await fetch(url)).json()).toEqual({ id: '00u1' })
  })

  test('not across credentials, forms and addresses', () => {
    const { fetch, sent } = held()
    void fetch(url, { headers: { authorization: 'SSWS one' } })
    void fetch(url, { headers: { authorization: 'SSWS two' } })
    void fetch(url, { headers: { 'content-type': 'application/json; okta-response=omitCredentials' } })
    void fetch(url, { redirect: 'manual' })
    void fetch(`${url}?expand=blocks`)
    expect(sent).toHaveLength(5)
    void fetch(url, { headers: { authorization: 'SSWS one', traceparent: '00-1-1-01' } })
    expect(sent).toHaveLength(5)
  })

  test('a failure is everybody’s, and the next one asks again', async () => {
    const { fetch: below, calls } = scripted(new TypeError('fetch failed'), answer())
    const fetch = cache({ ttlMs: 1_000, clock: createFakeClock() })(below)
    const both = [fetch(url), fetch(url)]
    for (const call of both) await expect(call).rejects.toThrow('fetch failed')
    expect((await fetch(url)).status).toBe(200)
    expect(calls).toHaveLength(2)
  })

  test('a stream goes to one; the others send their own', async () => {
    const { fetch, sent } = held()
    const controllers = [new AbortController(), new AbortController()]
    const calls = controllers.map(({ signal }) => fetch(url, { signal }))
    const file = () => new Response('a,b', { headers: { 'content-type': 'text/csv' } })
    sent[0]!.answer(file())
    expect(await (await calls[0]!).text()).toBe('a,b')
    expect(sent).toHaveLength(2)
    sent[1]!.answer(file())
    expect(await (await calls[1]!).text()).toBe('a,b')
    // Who has the stream may cut it, and nobody else.
    controllers[1]!.abort()
    expect(sent[0]!.signal?.aborted).toBe(false)
    controllers[0]!.abort()
    expect(sent[0]!.signal?.aborted).toBe(true)
  })
})

describe('who leaves', () => {
  test('does not take the request away from the others, not even the first', async () => {
    const { fetch, sent } = held()
    const first = new AbortController()
    const second = new AbortController()
    const calls = [fetch(url, { signal: first.signal }), fetch(url, { signal: second.signal }), fetch(url)]
    first.abort(new Error('had enough'))
    second.abort(new Error('me too'))
    await expect(calls[0]).rejects.toThrow('had enough')
    await expect(calls[1]).rejects.toThrow('me too')
    expect(sent[0]!.signal?.aborted).toBe(false)
    sent[0]!.answer(answer())
    expect((await calls[2]!).status).toBe(200)
    expect(sent).toHaveLength(1)
  })

  test('as the last one ends it, and the next one does not wait for what was ended', async () => {
    const { fetch, sent } = held({ ttlMs: 1_000 })
    const controllers = [new AbortController(), new AbortController()]
    const calls = controllers.map(({ signal }) => fetch(url, { signal }))
    for (const controller of controllers) controller.abort(new Error('had enough'))
    for (const call of calls) await expect(call).rejects.toThrow('had enough')
    expect(sent[0]!.signal?.reason).toEqual(new Error('had enough'))
    const next = fetch(url)
    expect(sent).toHaveLength(2)
    sent[1]!.answer(answer())
    expect((await next).status).toBe(200)
  })
})

describe('what is older than a write is not given out', () => {
  test('by a fetch that goes on although its caller has left', async () => {
    const answers: ((response: Response) => void)[] = []
    // It does not listen to signals.
    const below: Fetch = (_input, init) => {
      return init?.method === 'POST' ? Promise.resolve(answer()) : new Promise((resolve) => void answers.push(resolve))
    }
    const clock = createFakeClock()
    const fetch = cache({ ttlMs: 60_000, clock })(below)
    const controller = new AbortController()
    const left = fetch(url, { signal: controller.signal })
    controller.abort(new Error('had enough'))
    await expect(left).rejects.toThrow('had enough')
    await fetch(url, { method: 'POST' })
    answers[0]!(answer(200, {}, { n: 'old' }))
    await clock.settle()
    const now = fetch(url)
    answers[1]!(answer(200, {}, { n: 'new' }))
    expect(await (await now).json()).toEqual({ n: 'new' })
  })

  test.each([
    [`/api/v1/users/${ada}`, `/api/v1/users/${ada}/groups`, true],
    [`/api/v1/users/${ada}/lifecycle/suspend`, `/api/v1/users/${ada}/factors`, true],
    [`/api/v1/users/${ada}`, '/api/v1/users', true],
    [`/api/v1/users/${ada}`, '/api/v1/users/ada@example.com', true],
    [`/api/v1/users/${ada}`, '/api/v1/users/me', true],
    [`/api/v1/groups/00gTeamTeamTeamTea03/users/${ada}`, `/api/v1/users/${ada}/groups`, true],
    [`/api/v1/users/${ada}`, `/api/v1/users/${bob}`, false],
    [`/api/v1/users/${ada}`, '/api/v1/groups', false],
    ['/api/v1/users', '/api/v1/users-of-another-name', false],
  ])('POST %s, GET %s: %s', async (written, readPath, forgotten) => {
    const { fetch: below, calls } = scripted(answer())
    const fetch = cache({ ttlMs: 60_000, clock: createFakeClock() })(below)
    await fetch(orgUrl + readPath)
    await fetch(orgUrl + written, { method: 'POST' })
    await fetch(`https://other.example${readPath}`)
    const before = calls.length
    await fetch(orgUrl + readPath)
    expect(calls.length - before).toBe(forgotten ? 1 : 0)
  })

  test('a refused write changed nothing', async () => {
    const { fetch: below, calls } = scripted(answer(), answer(403), answer())
    const fetch = cache({ ttlMs: 60_000, clock: createFakeClock() })(below)
    await fetch(url)
    await fetch(url, { method: 'PUT' })
    await fetch(url)
    expect(calls).toHaveLength(2)
  })
})

test('who asks for the present is asked for, and what comes counts for the others too', async () => {
  const { fetch: below, calls } = scripted(answer(200, {}, { n: 1 }), answer(200, {}, { n: 2 }))
  const fetch = cache({ ttlMs: 60_000, clock: createFakeClock() })(below)
  await fetch(url)
  expect(await (await fetch(url, { headers: { 'cache-control': 'no-cache' } })).json()).toEqual({ n: 2 })
  expect(calls).toHaveLength(2)
})

test('Okta’s no-store is heard only if you ask for it', async () => {
  const stored = { 'cache-control': 'no-cache, no-store' }
  for (const [respectNoStore, sent] of [
    [false, 1],
    [true, 2],
  ] as const) {
    const { fetch: below, calls } = scripted(answer(200, stored))
    const fetch = cache({ ttlMs: 60_000, respectNoStore, clock: createFakeClock() })(below)
    await fetch(url)
    await fetch(url)
    expect(calls).toHaveLength(sent)
  }
})

test('a confirmed answer has the headers of its confirmation; a remembered one says nothing of the limit', async () => {
  const limit = (remaining: number) => ({ 'x-rate-limit-remaining': String(remaining), etag: '"v1"' })
  const events: ClientEvent[] = []
  const clock = createFakeClock()
  const { fetch: below } = scripted(
    answer(200, limit(9)),
    new Response(null, { status: 304, headers: { ...limit(8), 'content-length': '0' } }),
  )
  const fetch = cache({ ttlMs: 1_000, clock, onEvent: (event) => events.push(event) })(below)
  const remaining = async () => (await fetch(url)).headers.get('x-rate-limit-remaining')
  expect(await remaining()).toBe('9')
  expect(await remaining()).toBeNull()
  await clock.advance(1_000)
  const confirmed = await fetch(url)
  expect([confirmed.status, confirmed.headers.get('x-rate-limit-remaining')]).toEqual([200, '8'])
  expect(confirmed.headers.get('content-length')).toBeNull()
  expect(await confirmed.json()).toEqual({ id: '00u1' })
  const path = `/api/v1/users/${ada}`
  expect(events).toEqual([
    { type: 'cache', what: 'hit', path },
    { type: 'cache', what: 'confirmed', path },
  ])
})

test('what is gone is forgotten', async () => {
  const clock = createFakeClock()
  const { fetch: below, calls } = scripted(answer(200, { etag: '"v1"' }), answer(404), answer())
  const fetch = cache({ clock })(below)
  await fetch(url)
  expect((await fetch(url)).status).toBe(404)
  await fetch(url)
  expect(new Headers(calls[1]![1]?.headers).get('if-none-match')).toBe('"v1"')
  expect(new Headers(calls[2]![1]?.headers).get('if-none-match')).toBeNull()
})
