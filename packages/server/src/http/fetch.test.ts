import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { testOrg } from '../testing.ts'
import { orgFetch } from './fetch.ts'

const url = 'http://org.test/api/v1/groups'

describe('calling an org in the same process', () => {
  it('takes what fetch takes', async () => {
    const t = await testOrg()
    const headers = { authorization: `SSWS ${t.token}`, 'content-type': 'application/json' }
    const body = (name: string) => JSON.stringify({ profile: { name } })
    const answers = [
      await orgFetch(t.org, url, { method: 'POST', headers, body: body('text') }),
      await orgFetch(t.org, new URL(url), { method: 'POST', headers, body: new TextEncoder().encode(body('bytes')) }),
      await orgFetch(t.org, new Request(url, { method: 'POST', headers, body: body('request') })),
      await orgFetch(t.org, new Request(url, { headers }), { method: 'POST', headers, body: body('both') }),
      await orgFetch(t.org, url, {
        method: 'POST',
        headers,
        body: new Blob([body('blob')]).stream(),
        duplex: 'half',
      } as RequestInit),
    ]
    const names: string[] = []
    for (const answer of answers) names.push(((await answer.json()) as { profile: { name: string } }).profile.name)
    expect(names).toEqual(['text', 'bytes', 'request', 'both', 'blob'])
  })

  it('gives two link lines as fetch joins them, and cookies apart', async () => {
    const t = await testOrg()
    await t.call('POST /api/v1/groups', { profile: { name: 'One' } })
    const list = await t.call('GET /api/v1/groups?limit=1')
    expect(list.headers.get('link')?.match(/rel="(self|next)"/g)).toEqual(['rel="self"', 'rel="next"'])
    const refused = await t.call('POST /api/v1/groups', '{')
    expect(refused.headers.getSetCookie()).toHaveLength(2)
  })

  it('answers HEAD and 204 without a body, and the edge without a content type', async () => {
    const t = await testOrg()
    expect((await t.call('HEAD /api/v1/groups')).text).toBe('')
    const group = (await t.call('POST /api/v1/groups', { profile: { name: 'One' } })).json
    const gone = await t.call(`DELETE /api/v1/groups/${group.id}`)
    expect([gone.status, gone.text, gone.headers.has('content-type')]).toEqual([204, '', false])
    t.org.changeSettings({ contract: 'current' })
    expect((await t.call('GET /nowhere')).headers.has('content-type')).toBe(false)
  })

  it('refuses a body of more than 1 MiB without reading on', async () => {
    const t = await testOrg()
    let pulled = 0
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(1 << 16))
      },
      cancel() {
        cancelled = true
      },
    })
    const headers = { authorization: `SSWS ${t.token}`, 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: endless, duplex: 'half' } as RequestInit
    expect((await orgFetch(t.org, url, init)).status).toBe(413)
    expect(cancelled).toBe(true)
    expect(pulled).toBeLessThan(24)
  })

  it('rejects as fetch does when the body breaks off, and nothing is made', async () => {
    const t = await testOrg()
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('disk gone')),
    })
    const headers = { authorization: `SSWS ${t.token}`, 'content-type': 'application/json' }
    const sent = orgFetch(t.org, url, { method: 'POST', headers, body: broken, duplex: 'half' } as RequestInit)
    await expect(sent).rejects.toMatchObject({ name: 'TypeError', message: 'fetch failed' })
    await expect(sent).rejects.toHaveProperty('cause.message', 'disk gone')
    expect((await t.call('GET /api/v1/groups')).json).toHaveLength(1)
  })
})

describe('giving up', () => {
  it('before the call rejects with the reason, and the org hears nothing', async () => {
    const t = await testOrg()
    const sent = orgFetch(t.org, url, { signal: AbortSignal.abort(new Error('too late')) })
    await expect(sent).rejects.toThrow('too late')
    expect(t.org.ledger.list()).toEqual([])
  })

  it('ends a hang, also when everything that nobody holds on to has been collected', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const t = await testOrg()
    t.org.faults.add({ line: 'hang' })
    const giveUp = new AbortController()
    let end: unknown
    const sent = orgFetch(t.org, url, { signal: giveUp.signal })
    sent.catch((error) => {
      end = error
    })
    // Two turns of the loop: the first lets the hang begin, what it leaves behind is free in the second.
    for (let i = 0; i < 2; i++) {
      await new Promise((resolve) => setImmediate(resolve))
      collect()
    }
    giveUp.abort(new Error('enough'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(end).toEqual(new Error('enough'))
  })

  it('while the body is sent ends the wait on both sides', async () => {
    const t = await testOrg({ settings: { rateLimits: { edition: 'workforce', concurrency: 1 } } })
    const giveUp = new AbortController()
    let asked: () => void = () => undefined
    const reading = new Promise<void>((resolve) => {
      asked = resolve
    })
    const silent = new ReadableStream<Uint8Array>({
      pull() {
        asked()
        return new Promise(() => undefined)
      },
    })
    const headers = { authorization: `SSWS ${t.token}`, 'content-type': 'application/json' }
    const sent = orgFetch(t.org, url, {
      method: 'POST',
      headers,
      body: silent,
      signal: giveUp.signal,
      duplex: 'half',
    } as RequestInit)
    await reading
    expect((await t.call('GET /api/v1/groups')).status).toBe(429)
    giveUp.abort(new Error('enough'))
    await expect(sent).rejects.toThrow('enough')
    expect((await t.call('GET /api/v1/groups')).status).toBe(200)
  })
})
