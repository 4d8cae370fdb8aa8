import { describe, expect, it } from 'vitest'
import { type AskOptions, openChannel } from './channel.ts'

const ORG = 'https://example.okta.com'
const TOKEN = 'SSWS 00SecretSecretSecretSecretSecretSecretSecre'

/** A channel to an org that answers as told, and what was sent to it. */
function channelTo(answer: (url: URL) => Response | Promise<Response>, options: Partial<AskOptions> = {}) {
  const sent: { url: URL; init: RequestInit }[] = []
  const channel = openChannel({
    fetch: async (url, init) => {
      sent.push({ url: new URL(String(url)), init: init! })
      return await answer(new URL(String(url)))
    },
    orgUrl: ORG,
    authorization: TOKEN,
    ...options,
  })
  const get = (...segments: string[]) => channel.get(segments, {}, ({ status }) => `It said ${status}.`)
  return { channel, sent, get }
}

const json = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init)

describe('a question to an org', () => {
  it('is a GET with the credential, which follows no redirect', async () => {
    const { channel, sent, get } = channelTo(() => json({ id: '1' }))
    expect(await get('api', 'v1', 'users', 'a+b c@example.com')).toMatchObject({ status: 200, body: { id: '1' } })
    expect(sent[0]!.url.href).toBe(`${ORG}/api/v1/users/a%2Bb%20c%40example.com`)
    expect(sent[0]!.init).toMatchObject({ method: 'GET', redirect: 'manual', headers: { authorization: TOKEN } })
    expect(channel.asked).toEqual([{ request: 'GET /api/v1/users/a%2Bb%20c%40example.com', says: 'It said 200.' }])
    expect(channel.state).toBe('answered')
  })

  it.each(['', '.', '..', 'a/b', 'a\\b', '../../x', 'x?y=z', 'x#y', '%2e%2e', 'a\nb', 'x'.repeat(256), '\ud800'])(
    'is not asked with %j in its path',
    async (piece) => {
      const { sent, get } = channelTo(() => json({}))
      expect(await get('api', 'v1', 'users', piece)).toBeUndefined()
      expect(sent).toEqual([])
    },
  )

  it('is asked once, however often the answer is needed', async () => {
    const { sent, get } = channelTo(() => json({}))
    await Promise.all([get('a'), get('a')])
    await get('a')
    expect(sent).toHaveLength(1)
  })

  it('takes a missing object for an answer, and a missing path not', async () => {
    const missing = channelTo(() => json({ errorCode: 'E0000007' }, { status: 404 }))
    expect(await missing.get('a')).toMatchObject({ status: 404 })
    const nowhere = channelTo(() => json({ status: 404 }, { status: 404 }))
    expect(await nowhere.get('a')).toBeUndefined()
    expect(nowhere.channel.gaps).toHaveLength(1)
  })

  it('knows when there are more pages', async () => {
    const link = [`<${ORG}/a>; rel="self"`, `<${ORG}/a?after=1>; rel="next"`].map((value): [string, string] => [
      'link',
      value,
    ])
    expect(await channelTo(() => json([], { headers: link })).get('a')).toMatchObject({ more: true })
    expect(await channelTo(() => json([])).get('a')).toMatchObject({ more: false })
  })
})

describe('asking ends', () => {
  it('after six calls', async () => {
    const { channel, sent, get } = channelTo(() => json({}))
    for (let at = 0; at < 9; at++) await get(`a${at}`)
    expect(sent).toHaveLength(6)
    expect(channel.gaps[0]!.what).toBe('More than 6 calls.')
  })

  it.each([
    ['refused', 401, 'refused'],
    ['limited', 429, 'answered'],
    ['sent elsewhere', 302, 'unreachable'],
  ] as const)('when it is %s (%i)', async (_name, status, state) => {
    const { channel, sent, get } = channelTo(
      () => new Response('{}', { status, headers: { location: 'https://elsewhere.example/x?code=1' } }),
    )
    expect(await get('a')).toBeUndefined()
    expect(await get('b')).toBeUndefined()
    expect(sent).toHaveLength(1)
    expect(channel.state).toBe(state)
    expect(JSON.stringify(channel.gaps)).not.toContain('code=1')
  })

  it('when nobody answers in time, also where the fetch does not listen to its signal', async () => {
    const { channel, sent, get } = channelTo(() => new Promise(() => undefined), { timeoutMs: 5 })
    expect(await get('a')).toBeUndefined()
    expect(channel.state).toBe('unreachable')
    expect(channel.gaps[0]!.why).toBe('It took longer than 0.005 seconds.')
    expect(sent[0]!.init.signal!.aborted).toBe(true)
    await get('b')
    expect(sent).toHaveLength(1)
  })

  it('when the network fails, with its reason', async () => {
    const { channel, get } = channelTo(() => {
      throw Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error('getaddrinfo ENOTFOUND example.okta.com'), { code: 'ENOTFOUND' }),
      })
    })
    expect(await get('a')).toBeUndefined()
    expect(channel.state).toBe('unreachable')
    expect(channel.gaps[0]!.why).toBe('ENOTFOUND: getaddrinfo ENOTFOUND example.okta.com.')
  })
})

describe('an answer that is none', () => {
  it.each([
    ['no JSON', new Response('<html>')],
    ['nothing', new Response('')],
    ['a megabyte and more', new Response(`"${'x'.repeat(1_100_000)}"`)],
    ['an error of Okta', json({ errorCode: 'E0000009' }, { status: 500 })],
    ['a refusal', json({ errorCode: 'E0000006' }, { status: 403 })],
  ])('%s: is a gap, and the next question is asked', async (_name, response) => {
    let first = true
    const { channel, get } = channelTo(() => {
      const answer = first ? response : json({})
      first = false
      return answer
    })
    expect(await get('a')).toBeUndefined()
    expect(channel.gaps).toHaveLength(1)
    expect(await get('b')).toMatchObject({ status: 200 })
  })
})

describe('nothing is sent', () => {
  it.each([
    ['to a plain http address', { orgUrl: 'http://example.okta.com' }],
    ['to what is no address', { orgUrl: 'example' }],
    ['with a credential of two lines', { authorization: 'SSWS 00abc\r\nx-evil: 1' }],
    ['without a scheme word', { authorization: '00abc' }],
    ['without a credential', { authorization: '' }],
  ])('%s', async (_name, options) => {
    const { channel, sent, get } = channelTo(() => json({}), options)
    expect(await get('a')).toBeUndefined()
    expect(sent).toEqual([])
    expect(channel.state).toBe('not-asked')
    expect(channel.gaps).toHaveLength(1)
    expect(JSON.stringify(channel.gaps)).not.toContain('00abc')
  })
})

describe('the credential that asks', () => {
  it('is compared to the letter, its word in any case', () => {
    const { channel } = channelTo(() => json({}))
    expect(channel.asksWith(TOKEN)).toBe(true)
    expect(channel.asksWith(TOKEN.replace('SSWS', 'ssws '))).toBe(true)
    expect(channel.asksWith(TOKEN.slice(0, -1))).toBe(false)
    expect(channel.asksWith('')).toBe(false)
  })
})
