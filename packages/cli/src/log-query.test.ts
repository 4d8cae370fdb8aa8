import { describe, expect, it } from 'vitest'
import { countOf, filterOf, momentOf } from './log-query.ts'

const NOW = Date.UTC(2026, 10, 20, 12, 0, 0)

describe('a moment', () => {
  it.each([
    ['90s', '2026-11-20T11:58:30.000Z'],
    ['15m', '2026-11-20T11:45:00.000Z'],
    ['2h', '2026-11-20T10:00:00.000Z'],
    ['7d', '2026-11-13T12:00:00.000Z'],
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2026-11-20T12:00:00+01:00', '2026-11-20T11:00:00.000Z'],
  ])('%s', (text, expected) => {
    expect(momentOf(text, '--since', NOW)).toBe(expected)
  })

  it.each(['', '5 minutes', '-1h', '999999999d'])('%j is none', (text) => {
    expect(() => momentOf(text, '--since', NOW)).toThrow('--since')
  })
})

describe('a filter', () => {
  it('is left alone when it is all there is', () => {
    expect(filterOf({ filter: ' eventType pr ' })).toBe('eventType pr')
    expect(filterOf({})).toBeUndefined()
    expect(filterOf({ filter: '' })).toBeUndefined()
  })

  it('cannot be left by a value', () => {
    expect(filterOf({ actor: 'a" or eventType pr or "' })).toBe('actor.alternateId eq "a\\" or eventType pr or \\""')
  })
})

describe('a count', () => {
  it('is a whole number within bounds', () => {
    expect(countOf('10', '--limit', 10)).toBe(10)
    for (const text of ['0', '11', '1.5', '-1', 'x', '']) expect(() => countOf(text, '--limit', 10)).toThrow('--limit')
  })
})
