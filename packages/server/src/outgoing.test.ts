import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { realSleep, type Sleep } from './faults.ts'
import { type HookServer, hookServer } from './hooks/testing.ts'
import { createOutgoing, mayCall, outgoingMark } from './outgoing.ts'

let server: HookServer
beforeEach(async () => {
  server = await hookServer()
})
afterEach(() => server.close())

const never: Sleep = (_, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve()))
const real = (url: string, init: RequestInit) => fetch(url, init)
const get = (url: string) => ({ method: 'GET' as const, url, headers: {} })

describe('which addresses are called', () => {
  test.each([
    ['https://hooks.example.com/a', true],
    ['http://localhost:8080/a', true],
    ['http://hooks.localhost/a', true],
    ['http://127.0.0.1:1/', true],
    ['http://127.9.8.7/', true],
    ['http://2130706433/', true],
    ['http://[::1]:80/', true],
    ['http://127.1/', true],
    ['http://0x7f000001/', true],
    ['http://0x7f.0.0.1/', true],
    ['http://017700000001/', true],
    ['http://127.0.0.1./', true],
    ['http://localhost./', true],
    ['http://LOCALHOST/', true],
    ['http://loc\u00adalhost/', true],
    ['http://\u24dbocalhost/', true],
    ['http://\uff11\uff12\uff17.0.0.1/', true],
    ['http://[0:0:0:0:0:0:0:1]/', true],
    ['http://[::ffff:127.0.0.1]/', true],
    ['http://[::ffff:7f00:1]/', true],
    ['http://hooks.example.com/a', false],
    ['http://hooks.example.com./a', false],
    ['http://localhost../', false],
    ['http://localhost.example.com./', false],
    ['http://notlocalhost/', false],
    ['http://localhostx/', false],
    ['http://127.example.com/', false],
    ['http://127.0.0.1.nip.io/', false],
    ['http://loc\u0430lhost/', false],
    ['http://[::ffff:10.0.0.1]/', false],
    ['http://[::127.0.0.1]/', false],
    ['http://[64:ff9b::7f00:1]/', false],
    ['http://[fe80::1]/', false],
    ['http://[::]/', false],
    ['http://0/', false],
    ['http://0x0a000001/', false],
    ['http://128.0.0.1/', false],
    ['http://127.0.0.1:80@hooks.example.com/', false],
    ['http://hooks.example.com#@127.0.0.1/', false],
    ['http://hooks.example.com\\@127.0.0.1/', false],
    ['http://ada@127.0.0.1/', false],
    ['http://:secret@localhost/', false],
    ['http://%6cocalhost/', true],
    ['http://localhost%00.example.com/', false],
    ['http://127.0.0.1.example.com/', false],
    ['http://localhost.example.com/', false],
    ['http://0.0.0.0/', false],
    ['http://10.0.0.1/', false],
    ['http://169.254.169.254/latest', false],
    ['https://ada:secret@hooks.example.com/', false],
    ['ftp://hooks.example.com/', false],
    ['file:///etc/passwd', false],
    ['hooks.example.com', false],
    ['', false],
  ])('%s: %s', (url, allowed) => {
    expect(mayCall(url)).toBe(allowed)
  })

  test('what may not be called is not called', async () => {
    let called = 0
    const outgoing = createOutgoing(async () => {
      called += 1
      return new Response()
    }, never)
    expect(await outgoing.callTwice(get('http://10.0.0.1/'))).toMatchObject({ ok: false, why: 'address-refused' })
    expect(called).toBe(0)
  })
})

test('headers, method and body arrive; status and text come back', async () => {
  server.respond = () => ({ status: 418, text: 'short and stout' })
  const outgoing = createOutgoing(real, never)
  const answer = await outgoing.call({
    method: 'POST',
    url: `${server.url}/tea?milk=no`,
    headers: { 'x-cup': 'blue' },
    body: '{"a":1}',
  })
  expect(answer).toEqual({ ok: true, status: 418, text: 'short and stout' })
  expect(server.arrived).toMatchObject([{ method: 'POST', path: '/tea?milk=no', json: { a: 1 } }])
  expect(server.arrived[0]!.headers['x-cup']).toBe('blue')
})

test('every call is marked, whatever header a hook brings along', async () => {
  const outgoing = createOutgoing(real, never)
  await outgoing.call(get(server.url))
  await outgoing.call({ ...get(server.url), headers: { 'X-Errorg-Outgoing': '' } })
  expect(server.arrived.map(({ headers }) => headers[outgoingMark])).toEqual(['1', '1'])
})

test('a redirect is not followed, and is no reason for a second call', async () => {
  server.respond = () => ({ status: 302, headers: { location: `${server.url}/elsewhere` } })
  expect(await createOutgoing(real, never).callTwice(get(server.url))).toMatchObject({ ok: true, status: 302 })
  expect(server.arrived.map(({ path }) => path)).toEqual(['/'])
})

test.each([
  [200, 1],
  [404, 1],
  [429, 1],
  [500, 2],
  [503, 2],
])('status %i is asked %i times', async (status, times) => {
  server.respond = () => ({ status })
  expect(await createOutgoing(real, never).callTwice(get(server.url))).toMatchObject({ ok: true, status })
  expect(server.arrived).toHaveLength(times)
})

test('the second answer counts', async () => {
  server.respond = () => ({ status: server.arrived.length === 1 ? 500 : 200, text: 'better' })
  expect(await createOutgoing(real, never).callTwice(get(server.url))).toEqual({
    ok: true,
    status: 200,
    text: 'better',
  })
})

test('who does not answer within three seconds is asked once more, then given up', async () => {
  server.respond = () => 'hang'
  const waits: { ms: number; resolve: () => void }[] = []
  const sleep: Sleep = (ms) => new Promise((resolve) => waits.push({ ms, resolve }))
  const answer = createOutgoing(real, sleep).callTwice(get(server.url))
  for (const round of [1, 2]) {
    await server.count(round)
    expect(waits).toHaveLength(round)
    waits[round - 1]!.resolve()
  }
  expect(await answer).toMatchObject({ ok: false, why: 'timed-out', says: 'no answer within 3 seconds' })
  expect(waits.map(({ ms }) => ms)).toEqual([3_000, 3_000])
})

test('a slow body is a late answer too', async () => {
  let late = () => {}
  const sleep: Sleep = () =>
    new Promise((resolve) => {
      late = resolve
    })
  const body = new ReadableStream({ start: () => queueMicrotask(() => late()) })
  const outgoing = createOutgoing(async () => new Response(body), sleep)
  expect(await outgoing.call(get('https://hooks.example.com/'))).toMatchObject({ ok: false, why: 'timed-out' })
})

test('nobody there: the second try is the last', async () => {
  let calls = 0
  const outgoing = createOutgoing(async () => {
    calls += 1
    throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })
  }, never)
  expect(await outgoing.callTwice(get('https://hooks.example.com/'))).toEqual({
    ok: false,
    why: 'unreachable',
    says: 'no connection (ECONNREFUSED)',
  })
  expect(calls).toBe(2)
})

test('an answer that is too long is not read to its end', async () => {
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1
      controller.enqueue(new Uint8Array(64 * 1024))
    },
  })
  const outgoing = createOutgoing(async () => new Response(body), never)
  const answer = await outgoing.call(get('https://hooks.example.com/'))
  expect(answer).toMatchObject({ ok: false, why: 'answer-too-long' })
  expect(sent).toBeLessThan(10)
})

test('stop ends what is under way, also where fetch does not listen; close ends it for good', async () => {
  let begun = () => {}
  const outgoing = createOutgoing(
    () =>
      new Promise<Response>(() => {
        begun()
      }),
    realSleep,
  )
  for (const end of [outgoing.stop, outgoing.close]) {
    const started = new Promise<void>((resolve) => {
      begun = resolve
    })
    const answer = outgoing.callTwice(get('https://hooks.example.com/'))
    await started
    end()
    expect(await answer).toMatchObject({ ok: false, why: 'stopped' })
  }
  expect(await outgoing.call(get('https://hooks.example.com/'))).toMatchObject({ ok: false, why: 'stopped' })
})
