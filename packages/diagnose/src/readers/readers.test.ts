// Readers and the diagnosis take anything: they never throw, never hang, and let no secret through.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diagnose } from '../diagnose.ts'
import type { Evidence } from '../evidence.ts'
import { readGuessed } from './guess.ts'
import { readers } from './index.ts'

const word = fc.constantFrom(
  'curl ',
  '-H ',
  "'",
  '"',
  '\\\n',
  '\n',
  '\r\n',
  '> ',
  '< ',
  '* ',
  'HTTP/1.1 403 Forbidden',
  'GET /api/v1/users HTTP/1.1',
  'Authorization: SSWS ',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"errorCode":"E0000011"',
  '{"log":{"entries":[',
  'eyJhbGciOi',
  '.',
  '?error=',
  '<html>',
  '<script>',
  '</script>',
  '&amp;',
  '%zz',
  '\u0000',
  '$',
  '`',
  '{x}',
  'Okta HTTP 400 E0000001 Api validation failed: a. a: b',
)
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.oneof(word, fc.string({ maxLength: 8 })), { maxLength: 60 }).map((parts) => parts.join('')),
)

describe('any input', () => {
  it('is read by every reader without a throw', () => {
    fc.assert(
      fc.property(text, (input) => {
        for (const reader of readers) {
          const { evidences, gaps } = reader.read(input)
          expect(evidences.length + gaps.length, reader.name).toBeGreaterThan(0)
        }
        const guessed = readGuessed(input)
        expect(guessed.evidences.length + guessed.gaps.length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })

  it('is diagnosed without a throw', () => {
    fc.assert(
      fc.property(text, (input) => {
        const { schema, findings, wants, gaps } = diagnose(input)
        expect(schema).toBe(1)
        expect(findings.length + wants.length + gaps.length).toBeGreaterThan(0)
      }),
      { numRuns: 200 },
    )
  })

  it('may be any JSON in the parts of evidence', () => {
    const part = fc.anything({ maxDepth: 4, withNullPrototype: true, withBigInt: true, withDate: true })
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            'httpStatus',
            'method',
            'path',
            'responseBody',
            'responseHeaders',
            'requestHeaders',
            'requestBody',
            'requestContext',
            'logEvents',
            'tokenClaims',
            'redirectUrl',
            'x',
            '__proto__',
          ),
          fc.oneof(
            part,
            fc.jsonValue(),
            fc.constantFrom(401, 403, 'E0000011', { errorCode: 'E0000001', errorCauses: [null, 1, 'a'] }),
          ),
        ),
        (evidence) => {
          expect(diagnose(evidence as Evidence).schema).toBe(1)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('no secret comes out', () => {
  const apiToken = `00${'aB3xYz9_'.repeat(5)}`
  const jwt = `eyJhbGciOiJSUzI1NiJ9.${btoa(JSON.stringify({ sub: 'ada', marker: 'verysecretclaim' })).replaceAll('=', '')}.c2lnbmF0dXJlLW9mLXRoaXMtdG9rZW4`
  const password = 'Tr0ub4dor&3-battery'

  it.each([
    [
      'curl -v',
      `> GET /api/v1/users HTTP/1.1\n> Host: a.okta.com\n> Authorization: SSWS ${apiToken}\n> Cookie: sid=${apiToken}\n> \n< HTTP/1.1 401 Unauthorized\n< \n{"errorCode":"E0000011"}`,
    ],
    [
      'a bare token',
      `> GET /api/v1/users HTTP/1.1\n> Host: a.okta.com\n> Authorization: ${apiToken}\n> \n< HTTP/1.1 403 Forbidden\n< \n{"errorCode":"E0000005"}`,
    ],
    [
      'a token in the path',
      `GET /api/v1/users/${apiToken} HTTP/1.1\nHost: a.okta.com\n\nHTTP/1.1 404 Not Found\n\n{"errorCode":"E0000007","errorSummary":"Not found: Resource not found: ${apiToken} (User)"}`,
    ],
    ['a token where an id belongs', `GET /api/users/${jwt} HTTP/1.1\nHost: a.okta.com\n\nHTTP/1.1 404 Not Found\n\n`],
    [
      'a command',
      `curl -X POST https://a.okta.com/api/v1/authn -d '{"username":"ada","password":"${password}"}'\nHTTP/1.1 401 Unauthorized\n\n{"errorCode":"E0000004"}`,
    ],
    [
      'free facts',
      JSON.stringify({
        httpStatus: 401,
        requestContext: { config: `token: ${jwt}`, apiToken, password },
        responseBody: { errorCode: 'E0000011' },
      }),
    ],
    ['a message', `Okta HTTP 401 E0000011 Invalid token provided. request was {"Authorization":"SSWS ${apiToken}"}`],
    ['a JWT in an unknown place', JSON.stringify({ responseBody: { error: jwt }, httpStatus: 401 })],
    [
      'a broken body',
      `POST /api/v1/users HTTP/1.1\nHost: a.okta.com\n\n{"credentials":{"password":{"value":"${password}"}},}\n\nHTTP/1.1 400 Bad Request\n\n{"errorCode":"E0000003"}`,
    ],
    [
      'a query',
      `GET /api/v1/users?search=profile.token%20eq%20${apiToken}&filter=x HTTP/1.1\nHost: a.okta.com\n\nHTTP/1.1 400 Bad Request\n\n{"errorCode":"E0000031"}`,
    ],
  ])('%s', (_name, input) => {
    const out = JSON.stringify(diagnose(input))
    for (const secret of [apiToken, apiToken.slice(2), jwt, jwt.split('.')[1]!, password])
      expect(out).not.toContain(secret)
  })
})

describe('large input', () => {
  it.each([
    ['5 MB of words', 'error '.repeat(900_000)],
    ['5 MB of one word', 'a'.repeat(5_000_000)],
    ['5 MB of blanks', `x${' '.repeat(5_000_000)}`],
    ['5 MB of open braces', '{'.repeat(5_000_000)],
    ['5 MB of open lists', '['.repeat(2_500_000) + ']'.repeat(2_500_000)],
    ['5 MB of curl lines', '> a: b\n'.repeat(700_000)],
    ['5 MB of quotes in a command', `curl '${'\'"'.repeat(2_500_000)}`],
    ['5 MB of tags', `<html>${'<script>'.repeat(600_000)}`],
    ['5 MB of answers', 'HTTP/1.1 403 Forbidden\n\n'.repeat(200_000)],
    [
      'many long facts',
      JSON.stringify({
        responseBody: Object.fromEntries(
          Array.from({ length: 200 }, (_, at) => [`k${at}`, 'the token is already blocked '.repeat(900)]),
        ),
      }),
    ],
    [
      'a long body',
      JSON.stringify({
        errorCode: 'E0000001',
        errorSummary: 'a '.repeat(1_000_000),
        errorCauses: [{ errorSummary: 'already '.repeat(300_000) }],
      }),
    ],
  ])('%s is answered in time', (_name, input) => {
    const before = performance.now()
    expect(diagnose(input).schema).toBe(1)
    // A busy machine takes a few seconds; what grows with the square of the length would take many minutes.
    expect(performance.now() - before).toBeLessThan(15_000)
  })
})
