import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseChallenges, renderChallenge, renderInsufficientScope } from './challenge.ts'

const word = fc.stringMatching(/^[a-z][a-z0-9_-]{0,12}$/)
const value = fc.string().map((text) => text.replace(/[\r\n]/g, ''))

test('what is rendered is parsed back, several on a line too', () => {
  const challenge = fc.record({
    scheme: fc.stringMatching(/^[A-Z][A-Za-z]{0,10}$/),
    params: fc.dictionary(word, value, { noNullPrototype: true }),
  })
  fc.assert(
    fc.property(fc.array(challenge), (challenges) => {
      const lines = challenges.map(renderChallenge)
      expect(parseChallenges(lines)).toEqual(challenges)
      expect(parseChallenges(lines.join(', '))).toEqual(challenges)
    }),
  )
})

test('the missing scope in the reported form', () => {
  const line = renderInsufficientScope({
    host: 'a.okta.com',
    scopes: ['okta.groups.read'],
    resource: '/api/v1/groups/1',
  })
  expect(line).toBe(
    'Bearer authorization_uri="http://a.okta.com/oauth2/v1/authorize", realm="http://a.okta.com", ' +
      'scope="okta.groups.read", error="insufficient_scope", ' +
      'error_description="The access token provided does not contain the required scopes.", resource="/api/v1/groups/1"',
  )
  const bound = renderInsufficientScope({ host: 'h', scopes: ['a', 'b'], resource: '/', scheme: 'DPoP' })
  expect(parseChallenges(bound)).toMatchObject([
    { scheme: 'DPoP', params: { algs: 'RS256 RS384 RS512 ES256 ES384 ES512', scope: 'a b' } },
  ])
})

test('a bare scheme, bare numbers, several challenges, a single token', () => {
  expect(parseChallenges('SSWS')).toEqual([{ scheme: 'SSWS', params: {} }])
  expect(parseChallenges('Bearer realm="IdpMyAccountAPI", max_age=900, acr_values="x"')).toEqual([
    { scheme: 'Bearer', params: { realm: 'IdpMyAccountAPI', max_age: '900', acr_values: 'x' } },
  ])
  expect(renderChallenge({ scheme: 'Bearer', params: { max_age: 900 } })).toBe('Bearer max_age=900')
  expect(parseChallenges('Negotiate abc==, Basic realm="a, b", Oktadevicejwt realm="Okta Device"')).toEqual([
    { scheme: 'Negotiate', params: {}, token: 'abc==' },
    { scheme: 'Basic', params: { realm: 'a, b' } },
    { scheme: 'Oktadevicejwt', params: { realm: 'Okta Device' } },
  ])
})

test('commas may be missing, and a cut line gives what is there', () => {
  expect(parseChallenges('Bearer error="invalid_token" error_description="The tok')).toEqual([
    { scheme: 'Bearer', params: { error: 'invalid_token', error_description: 'The tok' } },
  ])
  expect(parseChallenges('error="x"')).toEqual([{ scheme: '', params: { error: 'x' } }])
})

test('nothing gives nothing, and a line end cannot be smuggled in', () => {
  expect(parseChallenges(undefined)).toEqual([])
  expect(parseChallenges(' , =" ')).toEqual([])
  expect(renderChallenge({ scheme: 'B', params: { a: 'x\r\nset-cookie: y' } })).not.toMatch(/[\r\n]/)
})

test('any text is survived', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'B', '=', '"', ',', ' ', '\\', '\t', '1') }), (line) => {
      for (const found of parseChallenges(line)) expect(typeof found.scheme).toBe('string')
    }),
  )
})
