import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClaimScope, evaluateExpression, isReadableExpression, NotEvaluable } from './claim-expression.ts'

const scope: ClaimScope = {
  values: {
    user: { login: 'ada@example.com', department: null, firstName: 'Ada' },
    appuser: null,
    app: { clientId: '0oa1' },
  },
  groups: [{ id: '00g1', name: 'Engineers' }],
}

const value = (text: string) => evaluateExpression(text, scope)

describe('an expression of a claim', () => {
  it.each([
    ['user.login', 'ada@example.com'],
    ['(appuser != null) ? appuser.userName : app.clientId', '0oa1'],
    ['user.department != null ? user.department : "none"', 'none'],
    ['"a" + user.firstName + \'b\'', 'aAdab'],
    ['1 + 2', 3],
    ['user.nothing', null],
    ['String.toUpperCase(user.firstName)', 'ADA'],
    ['String.substringBefore(user.login, "@")', 'ada'],
    ['isMemberOfGroupName("Engineers") && !isMemberOfGroupName("Sales")', true],
    ['isMemberOfGroup("00g2") || isMemberOfGroupNameStartsWith("Eng")', true],
    ['Arrays.contains({"a", "b"}, "b")', true],
    ['user.firstName == "Ada" ? (user.firstName == "Bob" ? 1 : 2) : 3', 2],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected)
  })

  it.each([
    'user.nope.x',
    'nobody',
    'user.',
    '1 +',
    '(1',
    'f(1)',
    '"open',
    'a b',
    '',
    `${'('.repeat(60)}1${')'.repeat(60)}`,
    'x'.repeat(2_000),
  ])('%s cannot be evaluated', (text) => {
    expect(() => value(text)).toThrow(NotEvaluable)
  })

  it('reaches nothing but what it was given', () => {
    for (const text of ['user.constructor', 'user.__proto__', 'app.toString']) expect(value(text)).toBeNull()
    for (const text of ['constructor', '__proto__', 'null.x']) expect(() => value(text)).toThrow(NotEvaluable)
  })

  it('ends for any text, with a value or with NotEvaluable', () => {
    const piece = fc.constantFrom(
      ...['user.login', 'appuser.x', '"t"', '1', '+', '?', ':', '(', ')', '&&', '||', '==', '!', ',', '{', '}', ' '],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('')
        try {
          value(text)
          expect(isReadableExpression(text)).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(NotEvaluable)
        }
      }),
    )
  })
})
