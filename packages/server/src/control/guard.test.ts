import { describe, expect, it } from 'vitest'
import type { Incoming } from '../http/exchange.ts'
import { whyRefused } from './guard.ts'

const OWN = '127.0.0.1:4000'

function why(headers: Record<string, string>, remoteAddress = '127.0.0.1', token?: string, own = OWN) {
  const incoming: Incoming = {
    method: 'POST',
    target: '/_errorg/reset',
    headers: { host: OWN, ...headers },
    remoteAddress,
    readBody: async () => undefined,
  }
  return whyRefused(incoming, own, token)
}

it('hooks do not pass, though an org on this machine calls them', () => {
  for (const mark of ['1', '']) expect(why({ 'x-errorg-outgoing': mark })).toMatch(/calls of hooks/)
})

describe('programs on this machine', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('pass from %s', (address) => {
    expect(why({}, address)).toBeUndefined()
  })

  it.each([
    '10.0.0.7',
    '192.168.1.2',
    '::ffff:10.0.0.7',
    '2001:db8::1',
    'fe80::1',
    '',
    '127.0.0.1.example.com',
    '127.1',
  ])('do not sit at "%s"', (address) => {
    expect(why({}, address)).toMatch(/this machine only/)
  })

  it.each<Record<string, string>>([
    { 'x-forwarded-for': '127.0.0.1' },
    { 'x-forwarded-for': '10.0.0.7' },
    { forwarded: 'for=10.0.0.7' },
  ])('do not come through a proxy: %j', (headers) => {
    expect(why(headers)).toMatch(/not through a proxy/)
  })
})

describe('the Host header', () => {
  it.each(['127.0.0.1:4000', '127.0.0.1', 'localhost:4000', 'LOCALHOST', '[::1]:4000', '[::1]', '127.0.0.2:9'])(
    'may be %s',
    (host) => {
      expect(why({ host })).toBeUndefined()
    },
  )

  it('may be the advertised one', () => {
    expect(why({ host: 'Dev.Example.com' }, '127.0.0.1', undefined, 'dev.example.com')).toBeUndefined()
  })

  // DNS rebinding: the page's own name stands here, whatever it resolves to.
  it.each([
    'evil.example',
    'evil.example:4000',
    '127.0.0.1.evil.example',
    '127.0.0.1.evil.example:4000',
    'localhost.evil.example',
    'evil-localhost:4000',
    'localhost@evil.example',
    '0.0.0.0:4000',
    '',
    ':4000',
  ])('may not be "%s"', (host) => {
    expect(why({ host })).toMatch(/Host header/)
  })

  it('may not be absent', () => {
    const incoming = { method: 'GET', target: '/', headers: {}, remoteAddress: '::1', readBody: async () => undefined }
    expect(whyRefused(incoming, OWN, undefined)).toMatch(/Host header/)
    expect(whyRefused(incoming, '', undefined)).toMatch(/Host header/)
  })
})

describe('web pages', () => {
  it('of the org itself pass', () => {
    expect(why({ origin: `http://${OWN}`, 'sec-fetch-site': 'same-origin' })).toBeUndefined()
    expect(why({ 'sec-fetch-site': 'none' })).toBeUndefined()
  })

  it.each([
    'http://localhost:3000',
    'http://127.0.0.1:3000',
    'http://127.0.0.1',
    'https://evil.example',
    'null',
    'file://',
    '',
  ])('of origin "%s" do not', (origin) => {
    expect(why({ origin })).toMatch(/origins/)
  })

  it.each(['cross-site', 'same-site', ''])('that the browser calls "%s" do not', (site) => {
    expect(why({ 'sec-fetch-site': site })).toMatch(/sites/)
  })
})

describe('the control token', () => {
  const secret = 'a'.repeat(300)
  it.each([
    [secret, secret, true],
    ['é'.repeat(200), 'é'.repeat(200), true],
    [secret, '', false],
    [secret, undefined, false],
    [secret, 'a'.repeat(299), false],
    [secret, `${'a'.repeat(299)}b`, false],
    [secret, 'a'.repeat(301), false],
  ])('is compared whole (%#)', (wanted, given, passes) => {
    const refused = why(given === undefined ? {} : { 'x-errorg-control-token': given }, '127.0.0.1', wanted)
    if (passes) expect(refused).toBeUndefined()
    else expect(refused).toMatch(/x-errorg-control-token/)
  })
})
