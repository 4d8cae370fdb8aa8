import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linksOf, parseLinks, renderLinks } from './link.ts'

test('what is rendered is parsed back, as lines and joined', () => {
  const links = fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,8}$/), fc.webUrl({ withQueryParameters: true }), {
    noNullPrototype: true,
  })
  fc.assert(
    fc.property(links, (given) => {
      expect(parseLinks(renderLinks(given))).toEqual(given)
      expect(parseLinks(renderLinks(given).join(', '))).toEqual(given)
    }),
  )
})

test('one line a relation, as orgs send them', () => {
  expect(
    renderLinks({ self: 'https://a/api/v1/users?limit=2', next: 'https://a/api/v1/users?after=1', prev: undefined }),
  ).toEqual(['<https://a/api/v1/users?limit=2>; rel="self"', '<https://a/api/v1/users?after=1>; rel="next"'])
})

test('commas and semicolons in URLs, bare and several relations, other parameters', () => {
  expect(parseLinks('<https://a/?x=1,2;3>;title="a, <b>; rel=no";rel=next, </b>; rel="self first"')).toEqual({
    next: 'https://a/?x=1,2;3',
    self: '/b',
    first: '/b',
  })
})

test('headers in any shape; nothing gives nothing', () => {
  expect(linksOf({ Link: ['<a>; rel="self"', '<b>; rel="next"'] })).toEqual({ self: 'a', next: 'b' })
  expect(linksOf({})).toEqual({})
  expect(parseLinks('<a; rel="next"')).toEqual({})
})

test('any text is survived', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', ';', ',', '"', 'rel=', 'a', ' ') }), (line) => {
      for (const url of Object.values(parseLinks(line))) expect(typeof url).toBe('string')
    }),
  )
})
