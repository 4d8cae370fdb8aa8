import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { count, steps, table, wrap } from './text.ts'

describe('wrap', () => {
  it('keeps every word, in order, and no line longer than the width unless one word is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }),
        fc.integer({ min: 20, max: 60 }),
        (words, width) => {
          const text = wrap(words.join(' '), width, '  ', '    ')
          expect(text.split(/\s+/).filter(Boolean)).toEqual(words)
          for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width)
        },
      ),
    )
  })

  it('hangs the lines after the first', () => {
    expect(wrap('one two three four', 10, '- ', '  ')).toBe('- one two\n  three\n  four')
  })
})

describe('steps and tables', () => {
  it('numbers steps and lines them up', () => {
    expect(steps(['do this first', 'then that'], 12, ' ')).toBe(' 1. do this\n    first\n 2. then\n    that')
  })

  it('aligns columns and leaves no blanks at the end', () => {
    expect(
      table([
        ['a', 'bb', ''],
        ['ccc', 'd', 'e'],
      ]),
    ).toBe('a    bb\nccc  d   e')
  })

  it('counts', () => {
    expect([count(1, 'call'), count(0, 'call'), count(2, 'reply', 'replies')]).toEqual([
      '1 call',
      '0 calls',
      '2 replies',
    ])
  })
})
