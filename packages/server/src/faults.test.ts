import { connect } from 'node:net'
import { codes, newerCodes } from '@errorg/errors/codes'
import { describe, expect, it } from 'vitest'
import { apiTokens } from './entities/api-token.ts'
import { type FaultInput, pathFits } from './faults.ts'
import { orgFetch } from './http/fetch.ts'
import { listen } from './http/listen.ts'
import { type TestOrg, testOrg } from './testing.ts'

const LIST = 'GET /api/v1/groups'

async function withFault(fault: FaultInput, parts: Parameters<typeof testOrg>[0] = {}): Promise<TestOrg> {
  const t = await testOrg(parts)
  t.org.faults.add(fault)
  return t
}

describe('an injected code', () => {
  it.each(Object.values(codes))('$code has its genuine shape', async ({ code, current, reference }) => {
    const t = await withFault({ answer: { code } })
    for (const contract of ['reference', 'current'] as const) {
      t.org.changeSettings({ contract })
      const answer = await t.call(LIST)
      const status = contract === 'reference' ? reference.status : current.status
      const first = Object.values(codes[code]!.causes)[0]
      expect(answer.status).toBe(first?.wire?.status ?? status)
      expect(Object.keys(answer.json)).toEqual(['errorCode', 'errorSummary', 'errorLink', 'errorId', 'errorCauses'])
      expect(answer.json.errorCode).toBe(code)
      expect(answer.json.errorLink).toBe(code)
      expect(answer.json.errorCauses).toHaveLength(first?.wire?.causes?.length ?? 0)
      expect(answer.text).not.toMatch(/[{]\w+[}]|undefined/)
    }
  })

  it.each([
    ['E0000022', { 'x-okta-request-id': false, 'x-rate-limit-limit': false, 'cache-control': false }],
    ['E0000011', { 'x-okta-request-id': true, 'x-rate-limit-limit': false, 'www-authenticate': 'SSWS' }],
    ['E0000005', { 'x-okta-request-id': true, 'x-rate-limit-limit': false, 'set-cookie': 'sid=' }],
    ['E0000015', { 'x-okta-request-id': true, 'x-rate-limit-limit': false, 'cache-control': false }],
    [
      'E0000047',
      { 'x-rate-limit-limit': '500', 'x-rate-limit-remaining': '0', 'cache-control': false, 'retry-after': false },
    ],
    [
      'E0000009',
      { 'x-rate-limit-limit': '500', 'x-rate-limit-remaining': '499', 'cache-control': 'no-cache, no-store' },
    ],
  ])('%s has the headers of its stage', async (code, wanted) => {
    const t = await withFault({ answer: { code } })
    const { headers } = await t.call(LIST)
    for (const [name, value] of Object.entries(wanted)) {
      if (typeof value === 'string') expect(headers.get(name), name).toContain(value)
      else expect(headers.has(name), name).toBe(value)
    }
  })

  it('may name its cause', async () => {
    const t = await withFault({ answer: { code: 'E0000001/login-taken' } })
    expect((await t.call(LIST)).json).toMatchObject({
      errorSummary: 'Api validation failed: login',
      errorCauses: [{ errorSummary: 'login: An object with this field already exists in the current organization' }],
    })
  })

  it('may be one that the reference does not have', async () => {
    const { code, status } = newerCodes[0]!
    const answer = await (await withFault({ answer: { code } })).call(LIST)
    expect([answer.status, answer.json.errorCode]).toEqual([status, code])
    expect(answer.text).not.toMatch(/[{]\w+[}]/)
  })

  it('proves nothing: the ledger names the fault and no cause', async () => {
    const t = await withFault({ name: 'maintenance', answer: { code: 'E0000010' } })
    await t.call(LIST)
    expect(t.org.ledger.list()).toHaveLength(1)
    expect(t.org.ledger.list()[0]).toMatchObject({ fault: 'maintenance', cause: undefined, status: 503 })
  })

  it('does nothing else: nothing is counted or made', async () => {
    const t = await withFault({ times: 1, answer: { code: 'E0000009' } })
    await t.call('POST /api/v1/groups', { profile: { name: 'A' } })
    expect((await t.call(LIST)).json).toHaveLength(1)
    expect((await t.call(LIST)).headers.get('x-rate-limit-remaining')).toBe('248')
  })
})

describe('an injected answer', () => {
  it('may be any status, headers and body', async () => {
    const t = await withFault({
      answer: { status: 502, body: '<html>', headers: { 'content-type': 'text/html', via: 'x' } },
    })
    const answer = await t.call(LIST)
    expect([answer.status, answer.text, answer.headers.get('content-type'), answer.headers.get('via')]).toEqual([
      502,
      '<html>',
      'text/html',
      'x',
    ])
  })

  it('may change parts of a code or of the genuine answer', async () => {
    const code = await withFault({ answer: { code: 'E0000047', headers: { 'retry-after': '7' } } })
    expect((await code.call(LIST)).headers.get('retry-after')).toBe('7')
    const body = await withFault({ answer: { body: { hello: 1 } } })
    const answer = await body.call(LIST)
    expect([answer.status, answer.json]).toEqual([200, { hello: 1 }])
  })
})

describe('a spoiled answer', () => {
  it.each<[FaultInput['body'], RegExp]>([
    ['truncated', /^\[\{.*[^\]]$/s],
    ['not-json', /^<\{/],
    ['html', /^<!DOCTYPE html>/],
    ['empty', /^$/],
  ])('%s', async (body, text) => {
    const t = await withFault({ body })
    const answer = await t.call(LIST)
    expect(answer.status).toBe(200)
    expect(answer.text).toMatch(text)
    expect(answer.json).toBeUndefined()
    expect(answer.headers.get('content-type')).toMatch(body === 'html' ? /text\/html/ : body === 'empty' ? /./ : /json/)
  })

  it('has headers changed, added, taken away', async () => {
    const t = await withFault({ headers: { 'X-Rate-Limit-Reset': '1', link: null, 'x-new': 'y' } })
    const { headers, json } = await t.call(LIST)
    expect([headers.get('x-rate-limit-reset'), headers.has('link'), headers.get('x-new')]).toEqual(['1', false, 'y'])
    expect(json).toHaveLength(1)
  })

  it('has a clock that goes wrong', async () => {
    const t = await withFault({ skewSeconds: -3_600 })
    expect((await t.call(LIST)).headers.get('date')).toBe('Fri, 20 Nov 2026 09:00:00 GMT')
  })

  it('of a refusal keeps its true cause in the ledger, once', async () => {
    const t = await withFault({ body: 'empty' })
    const { headers } = await t.call('GET /api/v1/groups/00gmissing')
    const [entry, ...others] = t.org.ledger.list()
    expect(others).toEqual([])
    expect(entry).toMatchObject({
      id: headers.get('x-okta-request-id'),
      cause: 'E0000007/resource-missing',
      fault: 'fault-1',
      responseBody: '',
    })
  })
})

describe('a slow answer', () => {
  it('waits in real time before anything else, and hears the caller give up', async () => {
    const heard: (number | boolean | undefined)[] = []
    const t = await withFault(
      { latencyMs: 250 },
      {
        sleep: async (ms, signal) => {
          heard.push(ms, signal?.aborted)
        },
      },
    )
    expect((await t.call(LIST)).status).toBe(200)
    expect(heard).toEqual([250, false])
  })

  it('keeps its place among the calls under way', async () => {
    let end = (): void => undefined
    const asked = new Promise<void>((resolve) => {
      end = resolve
    })
    const t = await withFault(
      { latencyMs: 5_000, times: 1 },
      { sleep: () => asked, settings: { rateLimits: { edition: 'integrator', concurrency: 1 } } },
    )
    const slow = t.call(LIST)
    await until(() => t.org.faults.list()[0]!.hits === 1)
    let refused = await t.call(LIST)
    // The slow call may still be on its way to the handler when the first of these overtakes it.
    for (let i = 0; i < 5 && refused.status !== 429; i++) refused = await t.call(LIST)
    expect([refused.status, refused.headers.get('x-rate-limit-limit'), t.lastCause()]).toEqual([
      429,
      '0',
      'E0000047/concurrency-exceeded',
    ])
    end()
    expect((await slow).status).toBe(200)
    expect((await t.call(LIST)).status).toBe(200)
  })

  it('is there too when the call is refused on its way', async () => {
    const heard: number[] = []
    const t = await withFault({ latencyMs: 250 }, { sleep: async (ms) => void heard.push(ms) })
    expect((await t.call(LIST, undefined, { token: null })).status).toBe(403)
    expect(heard).toEqual([250])
  })

  it('ends with the caller', async () => {
    const t = await withFault({ latencyMs: 600_000 })
    const giveUp = new AbortController()
    const sent = orgFetch(t.org, 'http://org.test/api/v1/groups', { signal: giveUp.signal })
    giveUp.abort(new Error('enough'))
    await expect(sent).rejects.toThrow('enough')
    await until(() => t.org.ledger.list().length === 1)
  })
})

describe('a broken line', () => {
  it('hangs until the caller gives up', async () => {
    const t = await withFault({ line: 'hang' })
    const giveUp = new AbortController()
    const sent = orgFetch(t.org, 'http://org.test/api/v1/groups', { signal: giveUp.signal })
    await until(() => t.org.ledger.list().length === 1)
    expect(await Promise.race([sent, 'still nothing'])).toBe('still nothing')
    giveUp.abort(new Error('enough'))
    await expect(sent).rejects.toThrow('enough')
    expect(t.org.ledger.list()[0]).toMatchObject({ status: 0, fault: 'fault-1' })
  })

  it('is reset', async () => {
    const t = await withFault({ line: 'reset' })
    const sent = orgFetch(t.org, 'http://org.test/api/v1/groups')
    await expect(sent).rejects.toThrow(TypeError)
    await expect(sent).rejects.toHaveProperty('cause.code', 'ECONNRESET')
  })
})

describe('which requests a fault hits', () => {
  const hit: FaultInput = { answer: { status: 599 } }
  const statuses = async (t: TestOrg, count: number) => {
    const seen: number[] = []
    for (let i = 0; i < count; i++) seen.push((await t.call(LIST)).status)
    return seen
  }

  it('so many times, also at once', async () => {
    const t = await withFault({ ...hit, times: 2 })
    const answers = await Promise.all(Array.from({ length: 5 }, () => t.call(LIST)))
    expect(answers.filter((answer) => answer.status === 599)).toHaveLength(2)
    expect(t.org.faults.list()[0]!.hits).toBe(2)
    t.org.faults.clear()
    t.org.faults.add({ ...hit, times: 2, match: { caller: t.adminId } })
    const more = await Promise.all(Array.from({ length: 5 }, () => t.call(LIST)))
    expect(more.filter((answer) => answer.status === 599)).toHaveLength(2)
  })

  it('with a probability, by the random source of the org', async () => {
    const numbers = [0, 0.49, 0.5, 0.99]
    let draw = 0
    const t = await testOrg({
      random: (size) => {
        const bytes = Buffer.alloc(size, 7)
        if (size === 4) bytes.writeUInt32BE(Math.floor(numbers[draw++ % 4]! * 2 ** 32))
        return bytes
      },
    })
    t.org.faults.add({ ...hit, probability: 0.5 })
    expect(await statuses(t, 8)).toEqual([599, 599, 200, 200, 599, 599, 200, 200])
  })

  it('never with probability 0, always with 1', async () => {
    expect(await statuses(await withFault({ ...hit, probability: 0 }), 5)).toEqual([200, 200, 200, 200, 200])
    expect(await statuses(await withFault({ ...hit, probability: 1 }), 3)).toEqual([599, 599, 599])
  })

  it('in a window of the clock of the org', async () => {
    const t = await withFault({ ...hit, fromSeconds: 10, toSeconds: 20 })
    const seen: number[] = []
    for (const step of [0, 9, 1, 10, 1]) {
      t.clock.advance(step)
      seen.push((await t.call(LIST)).status)
    }
    expect(seen).toEqual([200, 200, 599, 599, 200])
  })

  it('also when the clock was set back, if it has no window', async () => {
    const t = await withFault(hit)
    t.clock.set(0)
    expect((await t.call(LIST)).status).toBe(599)
  })

  it.each<[NonNullable<FaultInput['match']>, string, boolean]>([
    [{ method: 'get' }, LIST, true],
    [{ method: 'POST' }, LIST, false],
    [{ path: '/api/v1/groups' }, LIST, true],
    [{ path: '/api/v1/groups' }, 'GET /api/v1/groups?limit=1', true],
    [{ path: '/api/v1/*' }, LIST, true],
    [{ path: '/api/v1/*' }, 'GET /api/v1/groups/x', false],
    [{ path: '/api/**' }, 'GET /api/v1/groups/x', true],
    [{ method: 'GET', path: '/api/v1/users' }, LIST, false],
  ])('by %j: %s %s', async (match, request, hits) => {
    const t = await withFault({ ...hit, match })
    expect((await t.call(request)).status === 599).toBe(hits)
  })

  it('of one caller, whichever token it uses; looking leaves no trace', async () => {
    const t = await testOrg()
    const other = await t.makeAdmin('other@example.com', 'SUPER_ADMIN')
    t.org.faults.add({ ...hit, match: { caller: other.userId } })
    const events = t.org.events.newest
    const versions = async () => (await t.org.state.scan(apiTokens)).map((row) => row.version)
    const before = await versions()
    t.clock.advance(3_600)
    expect((await t.call(LIST, undefined, { token: other.token })).status).toBe(599)
    expect(t.org.events.newest).toBe(events)
    expect(await versions()).toEqual(before)
    expect((await t.call(LIST)).status).toBe(200)
    expect((await t.call(LIST, undefined, { token: null })).status).toBe(403)
    expect((await t.call(LIST, undefined, { token: '00x' })).status).toBe(401)
    expect((await t.call(LIST, undefined, { token: null, headers: { authorization: 'SSWS' } })).status).toBe(401)
  })

  it('the first that fits, and the control API never', async () => {
    const t = await withFault({ ...hit, match: { method: 'DELETE' } })
    t.org.faults.add({ answer: { status: 598 } })
    t.org.faults.add({ answer: { status: 597 } })
    expect((await t.call(LIST)).status).toBe(598)
    expect((await t.call('GET /_errorg/health')).status).toBe(404)
    expect(t.org.faults.list().map((fault) => fault.hits)).toEqual([0, 1, 0])
  })
})

describe('patterns of paths', () => {
  it.each([
    ['/a/b', '/a/b', true],
    ['/a/b', '/a/b/', false],
    ['/a/*', '/a/', true],
    ['/a/*', '/a', false],
    ['/a/**', '/a', true],
    ['/a/**', '/ab', false],
    ['/**', '/', true],
    ['**', '/x/y', true],
    ['/*/b', '/a/b', true],
  ])('%s and %s: %s', (pattern, path, fits) => {
    expect(pathFits(pattern, path)).toBe(fits)
  })
})

describe('through a socket', () => {
  it('each fault is what a client would see', async () => {
    const t = await testOrg()
    const server = await listen(t.org, { host: '127.0.0.1', port: 0 })
    const headers = { authorization: `SSWS ${t.token}` }
    const get = (init: RequestInit = {}) => fetch(`${server.url}/api/v1/groups`, { headers, ...init })
    const once = (fault: FaultInput) => {
      t.org.faults.clear()
      t.org.faults.add({ ...fault, times: 1 })
    }
    try {
      once({ answer: { code: 'E0000047' } })
      expect((await get()).headers.get('x-rate-limit-remaining')).toBe('0')

      once({ line: 'reset' })
      await expect(get()).rejects.toHaveProperty('cause.code', expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/))

      once({ line: 'hang' })
      const giveUp = new AbortController()
      const hanging = get({ signal: giveUp.signal })
      await until(() => t.org.ledger.list()[0]?.status === 0 && t.org.faults.list()[0]?.hits === 1)
      giveUp.abort(new Error('enough'))
      await expect(hanging).rejects.toThrow('enough')

      once({ body: 'truncated' })
      const short = await get()
      expect(short.headers.get('content-length')).toBe(String((await short.text()).length))

      once({ headers: { 'content-length': '100000' }, answer: { body: 'short' } })
      const raw = await new Promise<string>((resolve) => {
        const socket = connect(server.port, '127.0.0.1')
        let text = ''
        socket.on('data', (chunk) => {
          text += chunk
          if (text.endsWith('short')) socket.destroy()
        })
        socket.on('close', () => resolve(text))
        socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
      })
      expect(raw.match(/content-length/g)).toHaveLength(1)

      once({ skewSeconds: 60 })
      expect((await get()).headers.get('date')).toBe('Fri, 20 Nov 2026 10:01:00 GMT')

      once({ answer: { status: 204 }, body: 'html' })
      expect(await (await get()).text()).toBe('')
      expect((await get()).status).toBe(200)
    } finally {
      await server.close()
    }
  })

  it('a latency ends when the caller leaves', async () => {
    let ended: () => void = () => undefined
    const left = new Promise<void>((resolve) => {
      ended = resolve
    })
    const slow = await testOrg({
      sleep: (_ms, signal) => {
        signal!.addEventListener('abort', () => ended())
        return left
      },
    })
    slow.org.faults.add({ latencyMs: 60_000 })
    const server = await listen(slow.org, { host: '127.0.0.1', port: 0 })
    const giveUp = new AbortController()
    const sent = fetch(`${server.url}/api/v1/groups`, { signal: giveUp.signal })
    await until(() => slow.org.faults.list()[0]!.hits === 1)
    giveUp.abort(new Error('enough'))
    await expect(sent).rejects.toThrow('enough')
    await left
    await server.close()
  })

  it('a header that cannot be written ends the connection, not the process', async () => {
    const heard: unknown[] = []
    const t = await testOrg({ onFault: (error) => heard.push(error) })
    const server = await listen(t.org, { host: '127.0.0.1', port: 0 })
    t.org.faults.add({ times: 1, headers: { 'x-bad': 'a\r\nb' } })
    await expect(fetch(`${server.url}/api/v1/groups`)).rejects.toThrow(TypeError)
    expect(heard).toHaveLength(1)
    expect((await fetch(`${server.url}/api/v1/groups`)).status).toBe(403)
    await server.close()
  })
})

/** Waits for something to become true, a turn of the event loop at a time. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let i = 0; i < 5_000; i++) {
    if (isTrue()) return
    await new Promise((resolve) => setImmediate(resolve))
  }
  throw new Error('waited in vain')
}
