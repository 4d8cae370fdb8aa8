import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeToken, looksLikeApiToken, looksLikeJwt } from './token.ts'

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const signature = 'a'.repeat(342)
const whole = `${part({ alg: 'RS256', kid: 'k' })}.${part({ iss: 'https://é' })}.${signature}`

test('any two objects in a JWT come back without a problem', () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true })
  fc.assert(
    fc.property(object, object, (header, payload) => {
      const token = `${part({ ...header, alg: 'RS256' })}.${part(payload)}.${signature}`
      expect(decodeToken(token)).toEqual({
        header: JSON.parse(JSON.stringify({ ...header, alg: 'RS256' })),
        payload: JSON.parse(JSON.stringify(payload)),
        signature,
        problems: [],
      })
    }),
  )
})

test('a scheme word, quotes and blanks around it do not matter', () => {
  expect(decodeToken(` "Bearer ${whole}" `).problems).toEqual([])
  expect(decodeToken(`DPoP ${whole}\n`).payload).toEqual({ iss: 'https://é' })
})

test('each fault has its name', () => {
  const [header, payload] = whole.split('.') as [string, string]
  expect(decodeToken('').problems).toEqual(['empty'])
  expect(decodeToken(undefined).problems).toEqual(['empty'])
  expect(decodeToken(`00${'a'.repeat(40)}`).problems).toEqual(['api-token'])
  expect(decodeToken(header).problems).toEqual(['not-three-parts', 'truncated'])
  expect(decodeToken(`${header}.${payload}.abc`).problems).toEqual(['truncated'])
  expect(decodeToken(`${header}.${payload}.`).problems).toEqual(['unsigned'])
  expect(decodeToken(`${part({ alg: 'none' })}.${payload}.x`).problems).toEqual(['unsigned'])
  expect(decodeToken(`${header}.${payload}==.${signature}`).problems).toEqual(['bad-base64'])
  expect(decodeToken(`${header}.${part([1])}.${signature}`).problems).toEqual(['bad-json'])
  expect(decodeToken(`${header}.${Buffer.from('{"a').toString('base64url')}.${signature}`).problems).toEqual([
    'bad-json',
  ])
  expect(decodeToken(`${header}.a.b.c.d`).problems).toEqual(['encrypted'])
  expect(decodeToken(whole.replace('.', '.\n')).problems).toEqual(['blank-inside'])
})

test('a token cut anywhere never looks whole, and never throws', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
      expect(decodeToken(whole.slice(0, length)).problems.length).toBeGreaterThan(0)
    }),
  )
})

test('any text is survived', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('.', 'e', 'y', 'J', '=', ' ', '-') })),
      (text) => {
        expect(Array.isArray(decodeToken(text).problems)).toBe(true)
      },
    ),
  )
})

test('API tokens and JWTs by their looks', () => {
  expect(looksLikeApiToken(`00${'a_-Z9'.repeat(8)}`)).toBe(true)
  expect(looksLikeApiToken(`00${'a'.repeat(39)}`)).toBe(false)
  expect(looksLikeApiToken(`SSWS 00${'a'.repeat(40)}`)).toBe(false)
  expect(looksLikeJwt(whole)).toBe(true)
  expect(looksLikeJwt('a.b.c')).toBe(false)
})
