// Which headers go with an answer? It depends on how far the request came; the sets are those of recorded
// traffic of 2025 and 2026 (okta-sdk-python cassettes).
import type { Exchange, Stage } from './exchange.ts'

/** Names and values, flat, as `writeHead` takes them. */
export type FlatHeaders = string[]

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

const AFTER_SUCCESS: readonly string[] = [...SECURITY, ...FRESHNESS, ...ACCEPT_CH]
const AFTER_FAILURE: readonly string[] = [...SECURITY, ...FRESHNESS, ...CLEARED]
const AFTER_LIMIT: readonly string[] = [...SECURITY, ...CLEARED_BY_LIMIT]

/** Headers of an answer, without length and content type. */
export function headersFor(stage: Stage, x: Exchange, failed: boolean, date: string): FlatHeaders {
  if (stage === 'edge') return ['server', 'Apache', 'date', date]
  if (stage === 'dispatcher') return ['server', 'nginx', 'date', date, ...SECURITY]
  // Every answer passes here: one literal with one list at its end costs half of three lists and what is added later.
  const id = x.requestId
  if (stage === 'authentication' || stage === 'feature') {
    return ['server', 'nginx', 'date', date, 'x-okta-request-id', id, ...SECURITY]
  }
  const rest = stage === 'limit' ? AFTER_LIMIT : failed ? AFTER_FAILURE : AFTER_SUCCESS
  const { rate } = x
  if (!rate) return ['server', 'nginx', 'date', date, 'x-okta-request-id', id, ...rest]
  return [
    'server',
    'nginx',
    'date',
    date,
    'x-okta-request-id',
    id,
    'x-rate-limit-limit',
    String(rate.limit),
    'x-rate-limit-remaining',
    String(rate.remaining),
    'x-rate-limit-reset',
    String(rate.reset),
    ...rest,
  ]
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
