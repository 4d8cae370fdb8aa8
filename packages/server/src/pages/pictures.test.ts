// A picture that was uploaded comes back as it was, over a socket and without one; the ledger says only how long it is.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Listening, listen } from '../http/listen.ts'
import { type TestOrg, testOrg } from '../testing.ts'

const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a', 'hex'),
  Buffer.from(Array.from({ length: 256 }, (_, i) => i)),
])

let t: TestOrg
let server: Listening
let path: string
beforeEach(async () => {
  t = await testOrg()
  server = await listen(t.org, { host: '127.0.0.1', port: 0 })
  const form = new FormData()
  form.append('file', new Blob([png]), 'logo.png')
  const headers = { authorization: `SSWS ${t.token}`, accept: 'application/json' }
  const sent = await fetch(`${server.url}/api/v1/org/logo`, { method: 'POST', headers, body: form })
  path = sent.headers.get('location')!.slice(t.org.baseUrl.length)
})
afterEach(() => server.close())

describe('a picture over a socket', () => {
  test('has every byte, its length and its type', async () => {
    const seen = await fetch(server.url + path)
    expect(seen.headers.get('content-type')).toBe('image/png')
    expect(seen.headers.get('content-length')).toBe(String(png.length))
    expect(seen.headers.get('content-security-policy')).toContain('sandbox')
    expect(Buffer.from(await seen.arrayBuffer()).equals(png)).toBe(true)
    expect(t.org.ledger.list()[0]?.responseBody).toBe(`(${png.length} bytes)`)
  })

  test('is only described to a HEAD', async () => {
    const seen = await fetch(server.url + path, { method: 'HEAD' })
    expect([seen.status, seen.headers.get('content-length')]).toEqual([200, String(png.length)])
    expect((await seen.arrayBuffer()).byteLength).toBe(0)
  })

  test.each([
    ['truncated', (bytes: Buffer) => bytes.equals(png.subarray(0, png.length / 2))],
    ['empty', (bytes: Buffer) => bytes.length === 0],
    ['html', (bytes: Buffer) => bytes.toString().startsWith('<!DOCTYPE html>')],
  ] as const)('can be spoiled: %s', async (body, fits) => {
    t.org.faults.add({ body })
    const seen = await fetch(server.url + path)
    expect(fits(Buffer.from(await seen.arrayBuffer()))).toBe(true)
  })
})

test.each(['/bc/image/fileStoreRecord?id=fs0none', '/bc/image/fileStoreRecord', '/fs/bcg/4/__proto__'])(
  'nothing is at %s',
  async (target) => {
    const seen = await fetch(server.url + target)
    expect([seen.status, await seen.json()]).toEqual([404, { status: 404, message: 'Resource not found' }])
  },
)
