import { describe, expect, test } from 'vitest'
import { mentions, readWords } from './keywords.ts'

describe('words of q', () => {
  test('are split at blanks and folded', () => {
    expect(readWords('  Jane\tDOE ')).toEqual(['jane', 'doe'])
    expect(readWords('   ')).toEqual([])
  })
})

describe('a text mentions', () => {
  const text = 'User logout from Okta.\nada@example.com\nXOxBw-2JIRnCFd0gG0GjHAAABjY\n/api/v1/authn?\nuser.session.end'
  test.each([
    'LOGOUT',
    'okta',
    'ada@example.com',
    'ada',
    'example.com',
    'XOxBw',
    '2JIRnCFd0gG0GjHAAABjY',
    'xoxbw-2jirncfd0gg0gjhaaabjy',
    'authn',
    'user.session.end',
    '/api/v1/authn?',
  ])('%s', (word) => {
    expect(mentions(text, word.toLowerCase())).toBe(true)
  })

  test.each(['log', 'ogout', 'xample', 'session', 'user.session', 'xoxb', 'nobody'])('not %s', (word) => {
    expect(mentions(text, word)).toBe(false)
  })

  test('nothing, where there is no text', () => {
    expect(mentions(undefined, 'a')).toBe(false)
    expect(mentions(null, 'null')).toBe(false)
    expect(mentions('', 'a')).toBe(false)
  })
})
