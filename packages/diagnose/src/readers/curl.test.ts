import { describe, expect, it } from 'vitest'
import { curl } from './curl.ts'

const body = '{"errorCode":"E0000006","errorSummary":"You do not have permission","errorCauses":[]}'

/** `curl -v https://acme.okta.com/api/v1/users`, as a terminal shows it over HTTP/2. */
const verbose = `*   Trying 192.0.2.1:443...
* Connected to acme.okta.com (192.0.2.1) port 443
* ALPN: server accepted h2
* [HTTP/2] [1] OPENED stream for https://acme.okta.com/api/v1/users
> GET /api/v1/users?limit=1 HTTP/2
> Host: acme.okta.com
> User-Agent: curl/8.5.0
> Accept: */*
> Authorization: SSWS 00abc
>${' '}
< HTTP/2 403${' '}
< content-type: application/json
< x-okta-request-id: 0123
<${' '}
{ [200 bytes data]
* Connection #0 to host acme.okta.com left intact
${body}* Connection #0 to host acme.okta.com left intact`

describe('the curl reader', () => {
  it('reads request, answer and body of curl -v', () => {
    const { evidences, gaps } = curl.read(verbose)
    expect(gaps).toEqual([])
    expect(evidences).toHaveLength(1)
    expect(evidences[0]).toMatchObject({
      httpStatus: 403,
      method: 'GET',
      path: 'https://acme.okta.com/api/v1/users?limit=1',
      requestHeaders: { authorization: 'SSWS 00abc' },
      responseHeaders: { 'x-okta-request-id': '0123' },
      responseBody: { errorCode: 'E0000006' },
    })
  })

  it('reads curl -i', () => {
    const { evidences } = curl.read(`HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n\r\n${body}\r\n`)
    expect(evidences).toEqual([
      expect.objectContaining({ httpStatus: 404, responseBody: expect.objectContaining({ errorCode: 'E0000006' }) }),
    ])
  })

  it('reads curl -iv, whose headers stand twice', () => {
    const { evidences } = curl.read(
      `> GET /api/v1/groups HTTP/1.1\n> Host: acme.okta.com\n> \n< HTTP/1.1 403 Forbidden\nHTTP/1.1 403 Forbidden\n< x-a: 1\nx-a: 1\n< \n\n${body}`,
    )
    expect(evidences).toHaveLength(1)
    expect(evidences[0]).toMatchObject({
      httpStatus: 403,
      responseHeaders: { 'x-a': '1' },
      responseBody: { errorCode: 'E0000006' },
    })
  })

  it('passes over 100 Continue', () => {
    const { evidences } = curl.read(
      `> POST /api/v1/users HTTP/1.1\n> Host: a.okta.com\n> \n< HTTP/1.1 100 Continue\n< \n< HTTP/1.1 400 Bad Request\n< x-a: 1\n< \n${body}`,
    )
    expect(evidences).toHaveLength(1)
    expect(evidences[0]).toMatchObject({ httpStatus: 400, method: 'POST', responseHeaders: { 'x-a': '1' } })
  })

  it('keeps the failing answer of a chain of redirects', () => {
    const { evidences } = curl.read(
      `HTTP/2 302 \nlocation: https://b.okta.com/api/v1/users\n\nHTTP/2 401 \nwww-authenticate: SSWS\n\n${body}`,
    )
    expect(evidences.map((evidence) => evidence.httpStatus)).toEqual([401])
  })

  it('takes a redirect with an error as the failure', () => {
    const { evidences } = curl.read(
      'HTTP/1.1 302 Found\nLocation: https://app.example.com/cb?error=access_denied&state=x\n\n',
    )
    expect(evidences[0]).toMatchObject({ redirectUrl: 'https://app.example.com/cb?error=access_denied&state=x' })
  })

  it('reads a raw exchange with its request body', () => {
    const { evidences } = curl.read(
      `POST /api/v1/groups HTTP/1.1\nHost: acme.okta.com\nContent-Type: application/json\n\n{"profile":{}}\n\nHTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n${body}`,
    )
    expect(evidences[0]).toMatchObject({
      httpStatus: 400,
      method: 'POST',
      requestBody: { profile: {} },
      responseBody: { errorCode: 'E0000006' },
    })
  })

  it('takes the request from the command line above the output', () => {
    const { evidences } = curl.read(
      `$ curl -i -X POST 'https://acme.okta.com/api/v1/users' \\\n  -H "Authorization: SSWS $TOKEN" \\\n  --data '{"profile":{"login":"a"}}'\nHTTP/2 401 \n\n${body}`,
    )
    expect(evidences[0]).toMatchObject({
      httpStatus: 401,
      method: 'POST',
      path: 'https://acme.okta.com/api/v1/users',
      requestHeaders: { authorization: 'SSWS $TOKEN', 'content-type': 'application/x-www-form-urlencoded' },
      requestBody: { profile: { login: 'a' } },
    })
  })

  it('asks for the answer when only a command came', () => {
    const { evidences, gaps } = curl.read('curl https://acme.okta.com/api/v1/users')
    expect(evidences[0]).toMatchObject({ method: 'GET', path: 'https://acme.okta.com/api/v1/users' })
    expect(gaps).toEqual([expect.objectContaining({ what: 'A request without its answer.' })])
  })

  it('keeps what curl itself says', () => {
    const { evidences } = curl.read(
      'curl https://acmee.okta.com/api/v1/users\ncurl: (6) Could not resolve host: acmee.okta.com',
    )
    expect(evidences[0]!.requestContext).toMatchObject({
      curlSays: ['curl: (6) Could not resolve host: acmee.okta.com'],
    })
  })

  it('keeps the words of a page', () => {
    const { evidences } = curl.read(
      'HTTP/1.1 400 Bad Request\nContent-Type: text/html\n\n<html><script>var a = "<b>"</script><h1>400</h1><p>It&#39;s wrong</p></html>',
    )
    expect(evidences[0]!.responseBody).toEqual({ page: "400 It's wrong" })
  })

  it('reads lines whose ends were changed twice', () => {
    const { evidences } = curl.read(
      'HTTP/1.1 404 Not Found\r\r\nContent-Type: application/json\r\r\n\r\r\n{"errorCode":"E0000007"}',
    )
    expect(evidences[0]).toMatchObject({
      httpStatus: 404,
      responseHeaders: { 'content-type': 'application/json' },
      responseBody: { errorCode: 'E0000007' },
    })
  })

  it('says what is missing when no exchange is found', () => {
    const { evidences, gaps } = curl.read('it does not work')
    expect(evidences).toEqual([])
    expect(gaps).toHaveLength(1)
  })

  it('reads a fine answer, and leaves it to the diagnosis to say that it is none', () => {
    const { evidences, gaps } = curl.read('HTTP/1.1 200 OK\n\n[]')
    expect(evidences[0]).toMatchObject({ httpStatus: 200 })
    expect(gaps).toEqual([])
  })
})
