import { beforeEach, describe, expect, it } from 'vitest'
import { orgFetch } from '../http/fetch.ts'
import { type TestOrg, testOrg } from '../testing.ts'

let t: TestOrg
beforeEach(async () => {
  t = await testOrg()
})

async function send(body: string | Uint8Array | undefined, headers: Record<string, string> = {}) {
  const response = await orgFetch(t.org, 'http://org.test/api/v1/groups', {
    method: 'POST',
    headers: { authorization: `SSWS ${t.token}`, 'content-type': 'application/json', ...headers },
    body,
  })
  return { status: response.status, cause: response.ok ? undefined : t.lastCause(), text: await response.text() }
}

const nested = (depth: number) => `{"profile":{"name":"Deep"},"x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`

describe('a body that is read', () => {
  it.each([
    ['plain', '{"profile":{"name":"A"}}'],
    ['a byte order mark', '\uFEFF{"profile":{"name":"A"}}'],
    ['blanks around', ' \n{"profile":{"name":"A"}}\r\n'],
    ['brackets in texts', JSON.stringify({ profile: { name: 'A', description: '[{"\\'.repeat(200) } })],
    ['a thousand levels', nested(1_000)],
    ['many levels side by side', `{"profile":{"name":"A"},"x":[${'[[]],'.repeat(2_000)}[]]}`],
    ['a member called constructor', '{"profile":{"name":"A"},"constructor":{"name":"x"}}'],
  ])('has %s', async (_what, body) => {
    expect(await send(body)).toMatchObject({ status: 200 })
  })

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    ' application/json;okta-response=x',
  ])('is of type "%s"', async (type) => {
    expect(await send('{"profile":{"name":"A"}}', { 'content-type': type })).toMatchObject({ status: 200 })
  })
})

describe('a body that is refused', () => {
  it.each([
    ['nothing', '', 'E0000003/body-missing'],
    ['half of it', '{"profile":', 'E0000003/body-not-json'],
    ['more than one value', '{} {}', 'E0000003/body-not-json'],
    ['a thousand and one levels', nested(1_001), 'E0000003/body-not-json'],
    ['20,000 open brackets', '['.repeat(20_000), 'E0000003/body-not-json'],
    ['a prototype', '{"profile":{"name":"A","__proto__":{"a":1}}}', 'E0000003/body-not-json'],
    ['a hidden prototype', '{"profile":{"name":"A","\\u005f_proto__":{"a":1}}}', 'E0000003/body-not-json'],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 'E0000003/body-not-json'],
  ])('has %s', async (_what, body, cause) => {
    expect(await send(body)).toMatchObject({ status: 400, cause })
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'x', ';'])(
    'is of type "%s"',
    async (type) => {
      const { status, cause } = await send('{}', { 'content-type': type })
      expect(status).toBe(400)
      expect(cause).toMatch(/^E00000(21\/content-type-not-supported|18\/accept-or-content-type-unset)$/)
    },
  )

  it('has no type: in the reference contract E0000018, today E0000021 if Accept is there', async () => {
    const bytes = new TextEncoder().encode('{}')
    const bare = { method: 'POST', headers: { authorization: `SSWS ${t.token}` }, body: bytes }
    const url = 'http://org.test/api/v1/groups'
    await orgFetch(t.org, url, bare)
    expect(t.lastCause()).toBe('E0000018/accept-or-content-type-unset')
    t.org.changeSettings({ contract: 'current' })
    await orgFetch(t.org, url, bare)
    expect(t.lastCause()).toBe('E0000018/accept-or-content-type-unset')
    await orgFetch(t.org, url, { ...bare, headers: { ...bare.headers, accept: 'application/json' } })
    expect(t.lastCause()).toBe('E0000021/content-type-not-supported')
  })

  it('is longer than 1 MiB; one of exactly that length is read', async () => {
    const text = (length: number) => `{"x":"${'x'.repeat(length - 8)}"}`
    expect(await send(text(1024 * 1024))).toMatchObject({ cause: 'E0000001/required-field-missing' })
    expect(await send(text(1024 * 1024 + 1))).toEqual({
      status: 413,
      cause: 'edge: body is longer than 1048576 bytes',
      text: '{"status":413,"message":"Payload Too Large"}',
    })
  })
})

describe('a body that nobody asked for', () => {
  it('is not looked at', async () => {
    const answer = await t.call('DELETE /api/v1/groups/00gmissing', '{ no JSON')
    expect([answer.status, t.lastCause()]).toEqual([404, 'E0000007/resource-missing'])
  })
})
