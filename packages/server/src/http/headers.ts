// Which headers go with an answer? It depends on how far the request came; the sets are those of recorded
// traffic of 2025 and 2026 (okta-sdk-python cassettes).
import type { Exchange, RateHeaders, Stage } from './exchange.ts'

/** Names and values, flat, as `writeHead` takes them. */
export type FlatHeaders = string[]

const FIRST: readonly string[] = ['server', 'nginx']

const SECURITY: readonly string[] = [
  'x-xss-protection',
  '0',
  'p3p',
  'CP="HONK"',
  'strict-transport-security',
  'max-age=315360000; includeSubDomains',
  'content-security-policy',
  "default-src 'self'; frame-ancestors 'self'",
  'x-content-type-options',
  'nosniff',
]

const FRESHNESS: readonly string[] = [
  'cache-control',
  'no-cache, no-store',
  'pragma',
  'no-cache',
  'expires',
  '0',
  'referrer-policy',
  'strict-origin-when-cross-origin',
]

// The handler stage clears what may be left of a browser session.
const CLEARED: readonly string[] = [
  'set-cookie',
  'sid="";Version=1;Path=/;Max-Age=0',
  'set-cookie',
  'xids="";Version=1;Path=/;Max-Age=0',
]

const CLEARED_BY_LIMIT: readonly string[] = [
  ...CLEARED,
  'set-cookie',
  'autolaunch_triggered="";Version=1;Path=/;Max-Age=0',
  'set-cookie',
  'activate_ca_modal_triggered="";Version=1;Path=/;Max-Age=0',
]

const ACCEPT_CH: readonly string[] = ['accept-ch', 'Sec-CH-UA-Platform-Version']

/** Headers of an answer, without `date`, length and content type. */
export function headersFor(stage: Stage, x: Exchange, failed: boolean): FlatHeaders {
  const headers: FlatHeaders = []
  add(headers, stage === 'edge' ? ['server', 'Apache'] : FIRST)
  if (stage === 'edge') return headers
  if (stage === 'dispatcher') {
    add(headers, SECURITY)
    return headers
  }
  headers.push('x-okta-request-id', x.requestId)
  add(headers, SECURITY)
  if (stage === 'authentication') return headers
  if (stage === 'feature') return headers
  if (x.rate) addRate(headers, x.rate)
  if (stage === 'limit') {
    add(headers, CLEARED_BY_LIMIT)
    return headers
  }
  add(headers, FRESHNESS)
  if (failed) add(headers, CLEARED)
  else add(headers, ACCEPT_CH)
  return headers
}

function addRate(headers: FlatHeaders, rate: RateHeaders): void {
  headers.push(
    'x-rate-limit-limit',
    String(rate.limit),
    'x-rate-limit-remaining',
    String(rate.remaining),
    'x-rate-limit-reset',
    String(rate.reset),
  )
}

function add(headers: FlatHeaders, more: readonly string[]): void {
  for (let i = 0; i < more.length; i++) headers.push(more[i]!)
}

/** The `date` header, made once a second. */
export function createDateHeader(): (nowMs: number) => string {
  let second = -1
  let text = ''
  return (nowMs) => {
    const now = Math.floor(nowMs / 1000)
    if (now !== second) {
      second = now
      text = new Date(now * 1000).toUTCString()
    }
    return text
  }
}
