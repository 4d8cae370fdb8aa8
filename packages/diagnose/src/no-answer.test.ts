import { describe, expect, it } from 'vitest'
import { diagnose } from './diagnose.ts'

const CASES: readonly [code: number, text: string, says: RegExp][] = [
  [3, 'curl: (3) URL using bad/illegal format or missing URL', /a variable in it is empty/],
  [6, '* Could not resolve host: nope.okta.com\ncurl: (6) Could not resolve host: nope.okta.com', /does not resolve/],
  [
    7,
    "*   Trying 127.0.0.1:4999...\n* connect to 127.0.0.1 port 4999 failed: Connection refused\ncurl: (7) Failed to connect to 127.0.0.1 port 4999 after 0 ms: Couldn't connect to server",
    /nobody listens on 127\.0\.0\.1:4999/,
  ],
  [28, 'curl: (28) Connection timed out after 2001 milliseconds', /took too long/],
  [
    35,
    '* TLSv1.3 (OUT), TLS handshake, Client hello (1):\ncurl: (35) OpenSSL/3.0.13: error:0A00010B:SSL routines::wrong version number',
    /this port speaks http/,
  ],
  [60, 'curl: (60) SSL certificate problem: self-signed certificate\nMore details here: https://curl.se', /trusts/],
]

describe('a curl that got no answer', () => {
  it.each(CASES)('(%i) says so, and why', (code, text, says) => {
    const { findings } = diagnose(text)
    expect(findings).toHaveLength(1)
    const [because] = findings[0]!.because
    expect(because!.quote).toContain(`curl: (${code})`)
    expect(because!.says).toMatch(/^No answer came: /)
    expect(because!.says).toMatch(says)
    expect(findings[0]!.fix.length).toBeGreaterThan(0)
  })

  it('is not told to look at its credential', () => {
    const sent = '> GET /api/v1/users HTTP/1.1\n> Host: a.okta.com\n>\n'
    const { findings } = diagnose(`${sent}curl: (28) Operation timed out after 2001 milliseconds with 0 bytes received`)
    expect(findings.map(({ kind }) => kind)).toEqual(['wrong-org-url'])
  })

  it('is another matter where an answer came', () => {
    const { findings } = diagnose('HTTP/1.1 200 OK\n\n[]\ncurl: (28) Operation timed out')
    expect(findings).toEqual([])
  })
})
