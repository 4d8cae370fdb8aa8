import { describe, expect, it } from 'vitest'
import { momentInWords, spanInWords } from './moment.ts'

const NOW = Date.UTC(2026, 10, 20, 12, 0, 0)

describe('a moment in words', () => {
  it.each([
    [-3600 * 50, '2 days ago'],
    [-3600, '60 minutes ago'],
    [-1, '1 second ago'],
    [0, 'now'],
    [90, 'in 90 seconds'],
    [7200, 'in 2 hours'],
  ])('%i seconds from now', (seconds, words) => {
    expect(momentInWords(NOW / 1000 + seconds, NOW).endsWith(`, ${words}`)).toBe(true)
  })

  it('has the date and the time in UTC', () => {
    expect(momentInWords(NOW / 1000 + 1, NOW)).toBe('20 November 2026, 12:00:01 UTC, in 1 second')
  })

  it('takes milliseconds as what they are', () => {
    expect(momentInWords(NOW, NOW)).toBe('20 November 2026, 12:00:00 UTC, now')
  })

  it('does not choke on numbers without meaning', () => {
    expect(momentInWords(9e15, NOW)).toContain('no moment')
    expect(spanInWords(1)).toBe('1 second')
  })
})
