import { describe, expect, it } from 'vitest'
import { diagnose } from './diagnose.ts'
import type { Evidence } from './evidence.ts'
import { normalise } from './facts.ts'
import { bodySent } from './request-body.ts'

const sent = (evidence: Evidence) => bodySent(normalise(evidence))
const seen = { requestSeenIn: 'request lines' }

describe('bodySent', () => {
  it('believes the body, else its announcement, else the absence of one in a whole request', () => {
    expect(sent({ requestBody: { a: 1 } })).toBe(true)
    expect(sent({ requestHeaders: { 'content-length': '12' }, requestContext: seen })).toBe(true)
    expect(sent({ requestHeaders: { 'transfer-encoding': 'chunked' }, requestContext: seen })).toBe(true)
    expect(sent({ requestHeaders: { 'content-length': '0' } })).toBe(false)
    expect(sent({ requestHeaders: { accept: '*/*' }, requestContext: seen })).toBe(false)
    expect(sent({ requestHeaders: { accept: '*/*' } })).toBeUndefined()
    expect(sent({})).toBeUndefined()
    expect(sent({ requestBody: '' })).toBe(false)
    expect(sent({ requestBody: '', requestHeaders: { 'content-length': '12' } })).toBe(true)
  })
})

describe('a body that Okta could not read', () => {
  const verbose = (lines: string) => `> POST /api/v1/users HTTP/1.1
> Host: example.okta.com
> Content-Type: application/json
${lines}>
< HTTP/1.1 400 Bad Request
< Content-Type: application/json
<
{"errorCode":"E0000003","errorSummary":"The request body was not well-formed.","errorLink":"E0000003","errorId":"oaeq","errorCauses":[]}`

  it('is not called missing where curl announced one and did not print it', () => {
    const { findings } = diagnose(verbose('> Content-Length: 12\n'))
    expect(findings.map(({ cause, strength }) => [cause, strength])).toEqual([
      ['body-not-json', 'likely'],
      ['body-unreadable-shape', 'possible'],
    ])
  })

  it.each(['/api/v1/apps', '/api/v1/users', '/api/v1/groups/rules'])(
    'is not certainly broken at %s where it was not seen: it is asked for',
    (path) => {
      const { findings, wants } = diagnose(verbose('> Content-Length: 32\n').replace('/api/v1/users', path))
      expect(findings.map(({ cause }) => cause)).toEqual(['body-not-json', 'body-unreadable-shape'])
      expect(findings.map(({ strength }) => strength)).not.toContain('certain')
      expect(findings[0]!.because).toContainEqual(
        expect.objectContaining({ place: 'requestHeaders.content-length', quote: '32' }),
      )
      expect(wants[0]).toMatchObject({ what: 'The body of the request, as it was sent' })
    },
  )

  it.each([
    ['{"label":"X","signOnMode":"FOO"}', 'body-unreadable-shape'],
    ['{"label":"X",}', 'body-not-json'],
    [{ label: 'X' }, 'body-unreadable-shape'],
    ['"ALL"', 'body-unreadable-shape'],
    ['null', 'body-unreadable-shape'],
    ['ALL', 'body-not-json'],
    ['', 'body-missing'],
  ])('is judged where it was seen: %j', (requestBody, cause) => {
    const responseBody = { errorCode: 'E0000003', errorSummary: 'The request body was not well-formed.' }
    const { findings, wants } = diagnose({
      httpStatus: 400,
      method: 'POST',
      path: '/api/v1/apps',
      requestBody,
      responseBody,
    })
    expect(findings[0]).toMatchObject({ cause, strength: 'certain' })
    expect(wants).toEqual([])
  })

  const recorded = (request: object) =>
    JSON.stringify({
      log: {
        entries: [
          {
            request: {
              method: 'POST',
              url: 'https://example.okta.com/api/v1/groups',
              headers: [{ name: 'content-type', value: 'application/json' }],
              ...request,
            },
            response: {
              status: 400,
              content: { text: '{"errorCode":"E0000003","errorSummary":"The request body was not well-formed."}' },
            },
          },
        ],
      },
    })

  it.each([
    ['a text in quotes', { postData: { text: '"ALL"' } }, 'body-unreadable-shape', 'certain'],
    ['broken JSON', { postData: { text: '{"profile":' } }, 'body-not-json', 'certain'],
    ['none', { bodySize: 0 }, 'body-missing', 'certain'],
    ['one that the recording did not keep', { bodySize: 900_000 }, 'body-not-json', 'likely'],
  ])('is found in a recording of a browser: %s', (_name, request, cause, strength) => {
    expect(diagnose(recorded(request)).findings[0]).toMatchObject({ cause, strength })
  })

  it('is called missing where nothing was sent', () => {
    expect(diagnose(verbose('')).findings[0]).toMatchObject({ cause: 'body-missing', strength: 'certain' })
  })
})
