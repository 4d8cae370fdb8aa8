import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillHoles } from '../define.ts'
import { matchTemplate } from './template.ts'

test('values come back out of the texts that Okta writes', () => {
  expect(
    matchTemplate('Not found: Resource not found: {id} ({type})', 'Not found: Resource not found: 00u1 (User)'),
  ).toEqual({
    id: '00u1',
    type: 'User',
  })
  expect(matchTemplate('Api validation failed: {field}', 'Api validation failed: login')).toEqual({ field: 'login' })
})

test('runs of blanks count as one: the published list has two after "Bad request."', () => {
  const template = 'Bad request.  Accept and/or Content-Type headers likely do not match supported values.'
  expect(matchTemplate(template, template.replace('  ', ' '))).toEqual({})
})

test('what does not fit is undefined', () => {
  expect(matchTemplate('a {x} b', 'a b')).toBeUndefined()
  expect(matchTemplate('a {x} b', 'a  b')).toBeUndefined()
  expect(matchTemplate('a', 'ab')).toBeUndefined()
  expect(matchTemplate('{x}', '')).toBeUndefined()
  expect(matchTemplate('ab{x}ba', 'aba')).toBeUndefined()
  expect(matchTemplate('{x} and {x}', 'a and b')).toBeUndefined()
})

test('the same hole twice must hold the same', () => {
  expect(matchTemplate('{x} and {x}', 'a and a')).toEqual({ x: 'a' })
})

test('a filled template always fits itself, and filling what was found gives the text again', () => {
  const literal = fc.stringMatching(/^[A-Za-z:.() ]{0,8}$/)
  const value = fc.stringMatching(/^[A-Za-z0-9:.() ]{1,8}$/).filter((text) => text.trim() === text)
  fc.assert(
    fc.property(
      fc.array(literal, { minLength: 1, maxLength: 5 }),
      fc.array(value, { minLength: 5 }),
      (literals, values) => {
        const template = literals.map((text, index) => (index === 0 ? text : `{h${index}}${text}`)).join('')
        const text = fillHoles(template, Object.fromEntries(values.map((one, index) => [`h${index}`, one])))
        const found = matchTemplate(template, text)
        expect(found).toBeDefined()
        expect(collapse(fillHoles(template, found!))).toBe(collapse(text))
      },
    ),
  )
})

test('many holes over a long text without a fit take no long', () => {
  const template = `${Array.from({ length: 40 }, (_, index) => `{h${index}}x`).join('')}!`
  const startedAt = performance.now()
  expect(matchTemplate(template, 'x'.repeat(200_000))).toBeUndefined()
  expect(performance.now() - startedAt).toBeLessThan(1000)
})

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
