import { describe, expect, test } from 'vitest'
import { isAt, isRepeatable, methodOf, originOf, pathOf, plainCall, signalOf, urlOf } from './call.ts'

const url = 'https://org.example/api/v1/users?limit=2'

test('a call is told from every shape that fetch takes', () => {
  const { signal } = new AbortController()
  for (const input of [url, new URL(url), new Request(url)]) {
    expect(urlOf(input)).toBe(url)
    expect(methodOf(input)).toBe('GET')
    expect(methodOf(input, { method: 'post' })).toBe('POST')
    expect(signalOf(input, { signal })).toBe(signal)
    expect(signalOf(input, { signal: null })).toBeUndefined()
  }
  expect(methodOf(new Request(url, { method: 'DELETE' }))).toBe('DELETE')
})

test('origin and path', () => {
  expect(originOf(url)).toBe('https://org.example')
  expect(originOf('https://org.example')).toBe('https://org.example')
  expect(originOf('https://org.example?x=/y')).toBe('https://org.example')
  expect(originOf('/api')).toBe('')
  expect(pathOf(url)).toBe('/api/v1/users')
  expect(pathOf('https://org.example')).toBe('/')
  expect(pathOf('/api/v1/users#x')).toBe('/api/v1/users')
})

describe('only what leads to the org is at the org:', () => {
  test.each([url, 'https://org.example', 'https://org.example?x', 'https://ORG.example/a', 'https://org.example:443/'])(
    '%s is',
    (one) => expect(isAt('https://org.example', one)).toBe(true),
  )
  test.each([
    'https://org.example@evil.example/',
    'https://org.example:pw@evil.example/',
    'https://org.example.evil.example/',
    'https://org.example:8443/',
    'http://org.example/',
    'https://evil.example/?https://org.example/',
    '//evil.example/',
    '/api/v1/users',
    '',
  ])('%s is not', (one) => expect(isAt('https://org.example', one)).toBe(false))
})

test('a call with a body that can be read once is made into one that can be sent many times', async () => {
  expect(isRepeatable(url)).toBe(true)
  expect(isRepeatable(url, { body: '{}' })).toBe(true)
  expect(isRepeatable(url, { body: new URLSearchParams({ a: '1' }) })).toBe(true)
  expect(isRepeatable(new Request(url))).toBe(false)
  const stream = () => new Response('{"a":1}').body!
  expect(isRepeatable(url, { body: stream() })).toBe(false)

  const request = new Request(url, { method: 'PUT', body: '{"a":1}', headers: { 'content-type': 'application/json' } })
  for (const [plainUrl, init] of [
    await plainCall(request),
    await plainCall(url, { method: 'PUT', body: stream(), duplex: 'half' } as RequestInit),
  ]) {
    expect(plainUrl).toBe(url)
    for (let time = 0; time < 2; time++) {
      const sent = new Request(plainUrl, init)
      expect([sent.method, await sent.text()]).toEqual(['PUT', '{"a":1}'])
    }
  }
  const [, init] = await plainCall(new Request(url, { headers: { accept: 'text/csv' } }), { method: 'POST' })
  expect(new Request(url, init).headers.get('accept')).toBe('text/csv')
  expect(init?.method).toBe('POST')
})
