import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type HeaderBag, header, headerEntries, headerValues } from './headers.ts'

test('every shape of headers reads the same', () => {
  const bags: HeaderBag[] = [
    new Headers([
      ['Link', 'a'],
      ['Link', 'b'],
    ]),
    { LINK: ['a', 'b'] },
    [
      ['link', 'a'],
      ['Link', 'b'],
    ],
  ]
  for (const bag of bags) expect(header(bag, 'link')).toBe('a, b')
})

test('what is not there is undefined, and nothing is no bag', () => {
  expect(header({ a: undefined }, 'a')).toBeUndefined()
  expect(header(undefined, 'a')).toBeUndefined()
  expect(headerValues({}, 'toString')).toEqual([])
})

test('lines stay apart where the bag still knows them', () => {
  expect(headerValues({ 'set-cookie': ['a=1', 'b=2'] }, 'Set-Cookie')).toEqual(['a=1', 'b=2'])
  const headers = new Headers()
  headers.append('set-cookie', 'a=1')
  headers.append('set-cookie', 'b=2')
  expect(headerValues(headers, 'set-cookie')).toEqual(['a=1', 'b=2'])
})

test('any value is survived', () => {
  fc.assert(
    fc.property(fc.anything(), (bag) => {
      for (const [name, value] of headerEntries(bag as HeaderBag)) {
        expect(typeof name).toBe('string')
        expect(typeof value).toBe('string')
      }
    }),
  )
})
