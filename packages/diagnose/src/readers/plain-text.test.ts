import { describe, expect, it } from 'vitest'
import { diagnose } from '../diagnose.ts'
import { plainText } from './plain-text.ts'

describe('plainText', () => {
  it.each([
    ['a byte order mark', '\ufeffHTTP/1.1 403 Forbidden', 'HTTP/1.1 403 Forbidden'],
    ['colours', '\u001b[1;31mError:\u001b[0m \u001b[1mno\u001b[22m', 'Error: no'],
    ['nothing', 'a [1m b', 'a [1m b'],
  ])('takes off %s', (_name, input, expected) => {
    expect(plainText(input)).toBe(expected)
  })

  it('comes first, whatever the form', () => {
    const answer =
      'HTTP/1.1 404 Not Found\r\n\r\n{"errorCode":"E0000007","errorSummary":"Not found: Resource not found: 1 (User)"}'
    const clean = diagnose(answer)
    expect(clean.findings[0]).toMatchObject({ cause: 'resource-missing' })
    expect(diagnose(`\ufeff${answer}`)).toEqual(clean)
    expect(diagnose(`\ufeff${answer}`, { as: 'curl' })).toEqual(clean)
    expect(diagnose(answer.replace('HTTP', '\u001b[32mHTTP').replace('404', '404\u001b[0m'))).toEqual(clean)
  })
})
