// How long does a diagnosis take?
import { diagnose } from '@errorg/diagnose'
import { createOrg } from '@errorg/server'
import { describeHost, keep, quantile } from './measure/report.mjs'

const host = describeHost()
const org = await createOrg({ settings: { rateLimits: { edition: 'workforce', limits: { 'users.list': 2 } } } })
await org.listen()

/** Fails on purpose, and writes the call down as `curl -si` would print it. */
async function failing(path, { method = 'GET', token = org.token, body } = {}) {
  const headers = {
    accept: 'application/json',
    ...(token && { authorization: `SSWS ${token}` }),
    ...(body && { 'content-type': 'application/json' }),
  }
  const response = await org.fetch(path, { method, headers, body })
  const head = [`HTTP/1.1 ${response.status}`, ...Array.from(response.headers, ([name, value]) => `${name}: ${value}`)]
  const text = await response.text()
  if (response.ok) throw new Error(`${path} did not fail`)
  return {
    curl: `${head.join('\r\n')}\r\n\r\n${text}`,
    evidence: {
      method,
      path,
      httpStatus: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      responseBody: text,
    },
  }
}

const missing = await failing('/api/v1/users/00uNobodyHasThisId00')
const refused = await failing('/api/v1/groups', { token: `00${'x'.repeat(40)}` })
const invalid = await failing('/api/v1/groups', { method: 'POST', body: '{"profile":{}}' })
await org.fetch('/api/v1/users', { headers: { authorization: `SSWS ${org.token}` } })
const limited = await failing('/api/v1/users')
await org.close()

const har = JSON.stringify({
  log: {
    version: '1.2',
    entries: Array.from({ length: 200 }, (_, i) => {
      const failed = i === 137
      const { evidence } = invalid
      return {
        startedDateTime: '2026-11-20T10:00:00.000Z',
        time: 12,
        request: {
          method: failed ? evidence.method : 'GET',
          url: `https://example.okta.com${failed ? evidence.path : `/api/v1/users/00u${i}`}`,
          httpVersion: 'HTTP/1.1',
          headers: [],
          queryString: [],
          cookies: [],
          headersSize: -1,
          bodySize: -1,
        },
        response: {
          status: failed ? evidence.httpStatus : 200,
          statusText: '',
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: [],
          content: {
            size: 0,
            mimeType: 'application/json',
            text: failed ? evidence.responseBody : '{"id":"00u1","status":"ACTIVE"}',
          },
          redirectURL: '',
          headersSize: -1,
          bodySize: -1,
        },
        cache: {},
        timings: { send: 0, wait: 12, receive: 0 },
      }
    }),
  },
})

function row(what, input) {
  const { findings } = diagnose(input)
  if (findings.length === 0) throw new Error(`nothing was found in ${what}`)
  for (let i = 0; i < 200; i++) diagnose(input)
  const times = []
  for (let i = 0; i < 1_000; i++) {
    const from = performance.now()
    diagnose(input)
    times.push(performance.now() - from)
  }
  return {
    what,
    value: quantile(times),
    unit: 'ms',
    detail: `p99 ${quantile(times, 0.99).toFixed(2)} ms; found ${findings[0].kind}`,
  }
}

keep({
  name: 'diagnose',
  question: 'How long does a diagnosis take?',
  how: 'From the text to the findings, median of 1,000 after 200 to warm up. The answers are those of a local org.',
  host,
  rows: [
    row('a 404, as `curl -i` prints it', missing.curl),
    row('a 401, as `curl -i` prints it', refused.curl),
    row('a 400 with causes, as evidence', invalid.evidence),
    row('a 429, as `curl -i` prints it', limited.curl),
    row(`a HAR of 200 calls (${Math.round(har.length / 1024)} kB), one of them failed`, har),
  ],
})
