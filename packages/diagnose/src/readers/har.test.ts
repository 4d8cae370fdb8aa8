import { describe, expect, it } from 'vitest'
import { har } from './har.ts'

const entry = (url: string, status: number, response: object = {}) => ({
  request: { method: 'GET', url, headers: [{ name: 'Accept', value: '*/*' }] },
  response: {
    status,
    headers: [{ name: 'X-Okta-Request-Id', value: '1' }],
    content: { text: '{"errorCode":"E0000006"}' },
    redirectURL: '',
    ...response,
  },
})
const file = (...entries: unknown[]) => JSON.stringify({ log: { version: '1.2', entries } })

describe('the HAR reader', () => {
  it('takes the failed calls to Okta', () => {
    const { evidences, gaps } = har.read(
      file(
        entry('https://a.okta.com/api/v1/users', 200),
        entry('https://a.okta.com/api/v1/groups', 403),
        entry('https://shop.example.com/x.png', 404),
      ),
    )
    expect(evidences).toEqual([
      expect.objectContaining({
        httpStatus: 403,
        method: 'GET',
        path: 'https://a.okta.com/api/v1/groups',
        responseBody: { errorCode: 'E0000006' },
      }),
    ])
    expect(gaps).toEqual([expect.objectContaining({ what: '2 failed entries.' })])
  })

  it('takes redirects with an error', () => {
    const { evidences } = har.read(
      file(entry('https://a.okta.com/oauth2/v1/authorize', 302, { redirectURL: 'https://app/cb?error=access_denied' })),
    )
    expect(evidences[0]!.redirectUrl).toBe('https://app/cb?error=access_denied')
  })

  it('decodes bodies', () => {
    const { evidences } = har.read(
      file(
        entry('https://a.okta.com/api/v1/groups', 400, {
          content: { text: btoa('{"errorCode":"E0000001"}'), encoding: 'base64' },
        }),
      ),
    )
    expect(evidences[0]!.responseBody).toEqual({ errorCode: 'E0000001' })
  })

  it('takes calls that the browser blocked', () => {
    const { evidences } = har.read(
      file(entry('https://a.okta.com/api/v1/sessions/me', 0, { _error: 'net::ERR_FAILED' })),
    )
    expect(evidences[0]!.requestContext).toMatchObject({ browserError: 'net::ERR_FAILED' })
  })

  it.each([
    ['no failure', file(entry('https://a.okta.com/api/v1/users', 200)), 'None of them failed'],
    ['a broken entry', file({ request: 1 }), 'no request or no response'],
    ['another file', '{"log":{}}', 'no list at log.entries'],
    ['a cut file', '{"log":{"entries":[', 'not complete JSON'],
  ])('explains %s', (_name, text, why) => {
    const { evidences, gaps } = har.read(text)
    expect(evidences).toEqual([])
    expect(gaps.map((gap) => gap.why).join(' ')).toContain(why)
  })
})
