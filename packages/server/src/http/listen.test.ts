import { lookup } from 'node:dns/promises'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { groups } from '../entities/group.ts'
import { put } from '../state/state.ts'
import { type TestOrg, testOrg } from '../testing.ts'
import { type Listening, listen } from './listen.ts'

let t: TestOrg
let server: Listening
const faults: unknown[] = []

beforeAll(async () => {
  t = await testOrg({ onFault: (error) => faults.push(error) })
  for (const name of ['One', 'Two', 'Three']) {
    await t.org.state.change([
      put(groups, t.org.ids.next('00g'), {
        type: 'OKTA_GROUP',
        createdAt: 0,
        lastUpdatedAt: 0,
        lastMembershipUpdatedAt: 0,
        profile: { name, description: null },
      }),
    ])
  }
  server = await listen(t.org, { host: '127.0.0.1', port: 0 })
})

afterAll(async () => {
  await server.close()
  expect(faults).toEqual([])
})

/** Sends bytes as they are, and collects what comes back until the connection ends or `until` is in it. */
function raw(bytes: string | Buffer): Promise<{ text: string; socket: Socket }> {
  return new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1')
    let text = ''
    const done = () => resolve({ text, socket })
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.on('error', done)
    socket.on('close', done)
    socket.write(bytes)
  })
}

const get = (path: string, more = '') =>
  `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: SSWS ${t.token}\r\n${more}`

/** The process lives, and the next request works. */
async function stillAnswers() {
  const response = await fetch(`${server.url}/api/v1/groups?limit=1`, { headers: { authorization: `SSWS ${t.token}` } })
  expect(response.status).toBe(200)
  await response.arrayBuffer()
}

describe('an answer on a socket', () => {
  it('has two link lines, its length and the time of the org', async () => {
    const { text } = await raw(get('/api/v1/groups?limit=2', 'connection: close\r\n\r\n'))
    const [head = '', body = ''] = text.split('\r\n\r\n')
    const links = head.split('\r\n').filter((line) => line.startsWith('link: '))
    expect(links).toHaveLength(2)
    expect(links[0]).toContain('rel="self"')
    expect(links[1]).toContain('rel="next"')
    expect(head).toContain('\r\ndate: Fri, 20 Nov 2026 10:00:00 GMT')
    expect(head.match(/\r\ndate: /g)).toHaveLength(1)
    expect(head).toContain(`\r\ncontent-length: ${Buffer.byteLength(body)}`)
    expect(JSON.parse(body)).toHaveLength(2)
  })

  it('counts its length in bytes', async () => {
    const name = 'Gärten ß €'
    const made = await fetch(`${server.url}/api/v1/groups`, {
      method: 'POST',
      headers: { authorization: `SSWS ${t.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ profile: { name } }),
    })
    expect(made.status).toBe(200)
    expect(((await made.json()) as { profile: unknown }).profile).toMatchObject({ name })
  })

  it('keeps the connection through refusals, also of requests whose body nobody read', async () => {
    const post = `POST /api/v1/nowhere HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello`
    const { text, socket } = await raw(post + get('/api/v1/groups?limit=1', 'connection: close\r\n\r\n'))
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200'])
    socket.destroy()
  })

  it('tells HEAD the length and sends no body', async () => {
    const { text } = await raw(
      `HEAD /api/v1/groups HTTP/1.1\r\nhost: x\r\nauthorization: SSWS ${t.token}\r\nconnection: close\r\n\r\n`,
    )
    const [head = '', body] = text.split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.1 200 /)
    expect(head).not.toContain('content-length: 0')
    expect(body).toBe('')
  })

  it('takes a whole URL as target, as proxies get it', async () => {
    const { text } = await raw(get('http://elsewhere.example/api/v1/groups?limit=1', 'connection: close\r\n\r\n'))
    expect(text).toMatch(/^HTTP\/1\.1 200 /)
  })
})

describe('requests that no real client makes', () => {
  it.each([
    ['OPTIONS', '/api/v1/groups', /^HTTP\/1\.1 40[45] /],
    ['OPTIONS', '*', /^HTTP\/1\.1 404 /],
    ['TRACE', '/api/v1/groups', /^HTTP\/1\.1 40[45] /],
    ['PROPFIND', '/api/v1/groups', /^HTTP\/1\.1 40[45] /],
    ['M-SEARCH', '/api/v1/groups', /^HTTP\/1\.1 40[45] /],
    ['HEAD', '/', /^HTTP\/1\.1 404 /],
    ['NONSENSE', '/api/v1/groups', /^HTTP\/1\.1 400 /],
    ['GET', '/api/v1/groups/%', /^HTTP\/1\.1 400 /],
    ['GET', '/api/v1/groups/%zz', /^HTTP\/1\.1 400 /],
    ['GET', '/api/v1/groups/%ff', /^HTTP\/1\.1 400 /],
    ['GET', '//api/v1/groups', /^HTTP\/1\.1 404 /],
    ['GET', '/api/v1/groups/a%2Fb%00', /^HTTP\/1\.1 404 /],
  ])('%s %s', async (method, path, status) => {
    const head = `${method} ${path} HTTP/1.1\r\nhost: x\r\nauthorization: SSWS ${t.token}\r\nconnection: close\r\n\r\n`
    expect((await raw(head)).text).toMatch(status)
    await stillAnswers()
  })

  it('takes a path of 9,000 characters', async () => {
    const { text } = await raw(get(`/api/v1/groups/${'x'.repeat(9_000)}`, 'connection: close\r\n\r\n'))
    expect(text).toMatch(/^HTTP\/1\.1 404 /)
    await stillAnswers()
  })

  it('answers 431 when the headers are too long', async () => {
    const { text } = await raw(get('/api/v1/groups', `x-long: ${'a'.repeat(100_000)}\r\n\r\n`))
    expect(text).toMatch(/^HTTP\/1\.1 431 /)
    await stillAnswers()
  })

  it('takes thousands of headers without falling', async () => {
    const many = Array.from({ length: 2_500 }, (_x, i) => `a${i}:\r\n`).join('')
    const { text } = await raw(get('/api/v1/groups?limit=1', `connection: close\r\n${many}\r\n`))
    expect(text).toMatch(/^HTTP\/1\.1 (200|431) /)
    await stillAnswers()
  })

  it('answers 413 to a body of 5 MB, and the caller hears it', async () => {
    const body = JSON.stringify({ profile: { name: 'x'.repeat(5_000_000) } })
    const { text } = await raw(
      `POST /api/v1/groups HTTP/1.1\r\nhost: x\r\nauthorization: SSWS ${t.token}\r\ncontent-type: application/json\r\n` +
        `content-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    )
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
    expect(text).toContain('{"status":413,"message":"Payload Too Large"}')
    await stillAnswers()
  })

  it('answers 413 to a chunked body that never says its length', async () => {
    const chunk = 'x'.repeat(1 << 16)
    const chunks = Array.from({ length: 20 }, () => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')
    const { text } = await raw(
      `POST /api/v1/groups HTTP/1.1\r\nhost: x\r\nauthorization: SSWS ${t.token}\r\ncontent-type: application/json\r\n` +
        `transfer-encoding: chunked\r\nconnection: close\r\n\r\n${chunks}0\r\n\r\n`,
    )
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
    await stillAnswers()
  })

  it.each([
    ['garbage', 'this is no HTTP\r\n\r\n'],
    ['a TLS hello', Buffer.from('16030100a5010000a10303', 'hex')],
    ['a wrong length', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    [
      'length and chunks',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['NUL in a header', 'GET / HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n'],
  ])('refuses %s with 400 and closes', async (_name, bytes) => {
    expect((await raw(bytes)).text).toMatch(/^HTTP\/1\.1 400 /)
    await stillAnswers()
  })

  it('survives garbage behind a good request on one connection', async () => {
    const { text } = await raw(`${get('/api/v1/groups?limit=1', '\r\n')}\u0001\u0002 garbage\r\n\r\n`)
    expect(text).toContain('HTTP/1.1 400 ')
    await stillAnswers()
  })
})

describe('callers that go away', () => {
  it('in the middle of the headers', async () => {
    const socket = connect(server.port, '127.0.0.1')
    await new Promise<void>((resolve) => socket.write('GET /api/v1/gro', () => resolve()))
    socket.destroy()
    await stillAnswers()
  })

  it('in the middle of the body: nothing is made, and the request is not counted as under way any more', async () => {
    t.org.changeSettings({ rateLimits: { edition: 'workforce', concurrency: 1 } })
    const before = t.org.ledger.list()[0]?.id
    const socket = connect(server.port, '127.0.0.1')
    socket.write(
      `POST /api/v1/groups HTTP/1.1\r\nhost: x\r\nauthorization: SSWS ${t.token}\r\ncontent-type: application/json\r\n` +
        'content-length: 1000\r\n\r\n{"profile":{"name":"Half"',
    )
    await until(() => t.org.state.count(groups as never).then(() => true))
    const refused = await fetch(`${server.url}/api/v1/groups`, { headers: { authorization: `SSWS ${t.token}` } })
    expect(refused.status).toBe(429)
    socket.destroy()
    await until(async () => t.org.ledger.list()[0]?.id !== before && t.lastCause()?.startsWith('edge: ') === true)
    expect(t.lastCause()).toBe('edge: the caller left before its body was complete')
    await stillAnswers()
    t.org.changeSettings({ rateLimits: { edition: 'off', concurrency: null } })
  })

  it('before their body was asked for', async () => {
    // The socket is closed while the gates before the body still wait.
    const { state } = t.org
    let go: () => void = () => undefined
    const slow = new Promise<void>((resolve) => {
      go = resolve
    })
    const load = state.load
    const reached = new Promise<void>((resolve) => {
      ;(state as { load: unknown }).load = async (...args: Parameters<typeof load>) => {
        resolve()
        await slow
        return await load(...args)
      }
    })
    const socket = connect(server.port, '127.0.0.1')
    const before = t.org.ledger.list()[0]?.id
    socket.write(
      `POST /api/v1/groups HTTP/1.1\r\nhost: x\r\nauthorization: SSWS ${t.token}\r\ncontent-type: application/json\r\n` +
        'content-length: 1000\r\n\r\n{',
    )
    await reached
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.destroy()
    await closed
    ;(state as { load: unknown }).load = load
    // Another request is a sign that the server has noticed the end of the first.
    await stillAnswers()
    await stillAnswers()
    const newest = t.org.ledger.list()[0]?.id
    go()
    await until(async () => t.org.ledger.list()[0]?.id !== newest)
    expect(newest).not.toBe(before)
    expect(t.lastCause()).toBe('edge: the caller left before its body was complete')
  })
})

describe('listening', () => {
  it('says which address it has, one that can be called', async () => {
    const everywhere = await listen(t.org, { host: '0.0.0.0', port: 0 })
    expect(everywhere.url).toBe(`http://127.0.0.1:${everywhere.port}`)
    expect((await fetch(`${everywhere.url}/api/v1/groups`)).status).toBe(403)
    await everywhere.close()
  })

  it('rejects a port that is taken', async () => {
    await expect(listen(t.org, { host: '127.0.0.1', port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('closes although somebody is still connected and waits', async () => {
    const other = await listen(t.org, { host: '127.0.0.1', port: 0 })
    t.org.faults.add({ match: { path: '/api/v1/hangs' }, line: 'hang' })
    const waiting = fetch(`${other.url}/api/v1/hangs`).catch((error: Error) => error)
    await until(async () => t.org.ledger.list()[0]?.target === '/api/v1/hangs')
    await other.close()
    expect(await waiting).toBeInstanceOf(TypeError)
    t.org.faults.clear()
  })
})

/** Waits for something to become true, a turn of the event loop at a time. */
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 2_000; i++) {
    if (await isTrue()) return
    await new Promise((resolve) => setImmediate(resolve))
  }
  throw new Error('waited in vain')
}

describe('a server', () => {
  it('answers on every address that localhost has, and ends on all of them', async () => {
    const everywhere = await listen(t.org, { host: 'localhost', port: 0 })
    const addresses = (await lookup('localhost', { all: true })).map(({ address, family }) =>
      family === 6 ? `[${address}]` : address,
    )
    const ask = (address: string) => fetch(`http://${address}:${everywhere.port}/nowhere`).then(({ status }) => status)
    expect(await Promise.all(addresses.map(ask))).toEqual(addresses.map(() => 404))
    await everywhere.close()
    for (const address of addresses) await expect(ask(address)).rejects.toThrow('fetch failed')
  })

  it('can be closed twice', async () => {
    const other = await listen(t.org, { host: '127.0.0.1', port: 0 })
    await Promise.all([other.close(), other.close()])
    await other.close()
    await expect(fetch(other.url)).rejects.toThrow('fetch failed')
  })
})
