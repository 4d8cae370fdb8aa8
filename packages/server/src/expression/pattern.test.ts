import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PatternFault, readPattern } from './pattern.ts'

describe('a pattern', () => {
  it.each([
    ['', ''],
    ['.*admin.*', 'the admins'],
    ['^Eng$', 'Eng'],
    ['(?i)eng.*', 'ENGINEERS'],
    ['[A-Z]{2,3}-\\d+', 'ABC-17'],
    ['(a|bc)+', 'abca'],
    ['(?:x(?<n>y)?){2}', 'xyx'],
    ['[^,]+?', 'no comma'],
    ['[]a]+', ']a'],
    ['[\\w.-]+', 'a.b-c_1'],
    ['\\Aa\\.b\\z', 'a.b'],
    ['a{0}b', 'b'],
    ['a{', 'a{'],
  ])('%s fits %s', (pattern, text) => {
    expect(readPattern(pattern)(text)).toBe(true)
  })

  it.each([
    ['admin', 'the admins'],
    ['a', ''],
    ['[A-Z]{2,3}-\\d+', 'ABCD-17'],
    ['[^,]+', 'a,b'],
    ['a^b', 'ab'],
    ['.', '\n'],
  ])('%s does not fit %s', (pattern, text) => {
    expect(readPattern(pattern)(text)).toBe(false)
  })

  it.each([
    '(a',
    'a)',
    '[a',
    '*',
    'a{3,1}',
    '(?=a)',
    '(a)\\1',
    '\\bx',
    '\\',
    '(?i:a)',
    'a(?i)b',
    '[z-a]',
    '[[a]]',
    '\\q',
  ])('%s is refused', (pattern) => {
    expect(() => readPattern(pattern)).toThrow(PatternFault)
  })

  it('takes its time from the length, not from the ways there are', () => {
    expect(readPattern('(a+)+b')('a'.repeat(2_000))).toBe(false)
    expect(readPattern('(a|a)*(a|a)*c')('a'.repeat(2_000))).toBe(false)
    expect(() => readPattern('((a{999}){999}){999}')).toThrow(PatternFault)
    expect(() => readPattern('('.repeat(100))).toThrow(PatternFault)
    expect(() => readPattern(`a${'{1}'.repeat(100)}`)).toThrow(PatternFault)
    let steps = 0
    readPattern('(a|a)*(a|a)*c', (more) => {
      steps += more
    })('a'.repeat(100))
    expect(steps).toBeLessThan(5_000)
  })

  it('agrees with the matcher of JavaScript where both read a pattern', () => {
    const part = fc.constantFrom(
      'a',
      'b',
      '.',
      '[ab]',
      '[^a]',
      '(a|b)',
      '(?:ab)',
      'a*',
      'b+',
      'a?',
      'b{1,2}',
      '^',
      '$',
      '\\d',
      '|',
    )
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 8 }),
        fc.string({ unit: fc.constantFrom('a', 'b', '1'), maxLength: 8 }),
        (parts, text) => {
          const pattern = parts.join('')
          expect(readPattern(pattern)(text)).toBe(new RegExp(`^(?:${pattern})$`).test(text))
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('ends for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (pattern, text) => {
        try {
          readPattern(pattern)(text)
        } catch (error) {
          expect(error).toBeInstanceOf(PatternFault)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
