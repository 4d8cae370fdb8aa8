import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRedirect, renderRedirect } from './redirect.ts'

test('the reference contract writes exactly the example of the reference', () => {
  expect(
    renderRedirect({
      redirectUri: 'https://example.com',
      error: 'access_denied',
      description: 'The resource owner or authorization server denied the request.',
      contract: 'reference',
    }),
  ).toBe(
    'https://example.com?error=access_denied&error_description=The%20resource%20owner%20or%20authorization%20server%20denied%20the%20request.',
  )
})

test('the current contract writes what orgs send: state first, plus signs', () => {
  expect(
    renderRedirect({
      redirectUri: 'https://app.example.com/callback',
      error: 'access_denied',
      description: 'User is not assigned to the client application.',
      state: 's 1',
      contract: 'current',
    }),
  ).toBe(
    'https://app.example.com/callback?state=s+1&error=access_denied&error_description=User+is+not+assigned+to+the+client+application.',
  )
})

test('what is rendered is parsed back, in both contracts and both places', () => {
  const text = fc.string({ unit: 'grapheme' })
  fc.assert(
    fc.property(
      fc.webUrl().filter((url) => !/[?#]/.test(url)),
      text,
      text,
      text,
      fc.constantFrom('reference' as const, 'current' as const),
      fc.constantFrom('query' as const, 'fragment' as const),
      (redirectUri, error, description, state, contract, place) => {
        const url = renderRedirect({ redirectUri, error, description, state, contract, place })
        const params = { error, error_description: description, state }
        expect(parseRedirect(url)).toEqual({ redirectUri, error, description, state, place, params })
      },
    ),
  )
})

test('a registered URI with a query gets its parameters behind it', () => {
  const url = renderRedirect({ redirectUri: 'https://a/cb?x=1', error: 'e', contract: 'current' })
  expect(url).toBe('https://a/cb?x=1&error=e')
  expect(parseRedirect(url)).toMatchObject({ error: 'e', params: { x: '1' } })
})

test('a Location line, quotes, a bare query, escaped ampersands, a route behind the hash', () => {
  const answer = 'HTTP/1.1 302 Found\r\nLocation: https://a/cb?error=access_denied&state=x\r\nDate: now'
  expect(parseRedirect(answer)).toMatchObject({ error: 'access_denied', state: 'x', redirectUri: 'https://a/cb' })
  expect(parseRedirect('"https://a/cb?error=x&amp;state=y"')).toMatchObject({ error: 'x', state: 'y' })
  expect(parseRedirect('error=x&error_description=a+b')).toMatchObject({ description: 'a b', redirectUri: '' })
  expect(parseRedirect('https://a/#/callback?error=x')).toMatchObject({
    error: 'x',
    place: 'fragment',
    redirectUri: 'https://a/#/callback',
  })
  expect(parseRedirect('/cb?code=abc&state=y#_=_')).toMatchObject({ code: 'abc', place: 'query' })
})

test('an apostrophe at the end belongs to the value, a pair of them does not', () => {
  expect(parseRedirect("/cb?error=x&state='")?.state).toBe("'")
  expect(parseRedirect("'/cb?error=x&state=y'")?.state).toBe('y')
})

test('a broken escape stays as it is, the rest is decoded', () => {
  expect(parseRedirect('/cb?error=x&error_description=100%+caf%C3%A9')?.description).toBe('100% café')
})

test('what is no redirect of this kind is undefined', () => {
  for (const text of ['', 'https://a/', 'https://a/?x=1', 'hello', undefined, 5])
    expect(parseRedirect(text)).toBeUndefined()
})

test('any text is survived, also half a surrogate pair', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const found = parseRedirect(`https://a/cb?error=${text}`)
      expect(found === undefined || typeof found.params === 'object').toBe(true)
    }),
  )
  for (const contract of ['reference', 'current'] as const) {
    expect(renderRedirect({ redirectUri: 'u', error: '\uD800', contract })).toContain('error=%EF%BF%BD')
  }
})
