// What is known about this failure? Evidence made uniform once, so that rules can ask short questions.
import { matchOperation, methodsOf, type Operation } from '@errorg/errors/operations'
import { type Authorization, readAuthorization } from './authorization.ts'
import { type Evidence, type Headers, isRecord } from './evidence.ts'
import { leavesOf, type Said, sentencesOf } from './sentences.ts'

/** One System Log event, as far as rules look at it. */
export interface LogFact {
  place: string
  eventType: string
  result: string
  reason: string
  message: string
  /** All other words of the event, on one line. */
  details: string
}

export interface Facts {
  evidence: Evidence
  status?: number
  method?: string
  /** Host with port, in lower case. */
  host?: string
  /** The path without query. */
  path?: string
  query: URLSearchParams
  operation?: Operation
  /** The methods that this path has in the API. */
  methods: readonly string[]
  /** A response header; the first value that is not empty. */
  header(name: string): string | undefined
  requestHeader(name: string): string | undefined
  /** All request headers are known, so that a missing one was not sent. */
  requestComplete: boolean
  /** `E0000007`, or an OAuth word such as `invalid_client`. */
  code?: string
  /** Where the code stood. */
  codePlace: string
  /** `errorSummary` or `error_description`. */
  summary?: string
  causes: readonly string[]
  /** Every sentence of the answer: envelope, OAuth form, page, SDK message, challenge. */
  said: readonly Said[]
  /** Free facts as `words of the name: value`. */
  told: readonly Said[]
  events: readonly LogFact[]
  authorization?: Authorization
  /** The parsed body of the request, and where it stood. */
  requestBody: unknown
  /** The parsed claims, where a token was given. */
  claims: Readonly<Record<string, unknown>>
  /** Parameters of the WWW-Authenticate challenge, `scheme` included. */
  challenge: Readonly<Record<string, string>>
  /** The numbers of the rate-limit headers. */
  limits: { limit?: number; remaining?: number; reset?: number; date?: number }
}

/** Makes evidence uniform. Never throws, whatever the evidence holds. */
export function normalise(evidence: Evidence): Facts {
  const header = (name: string): string | undefined => headerOf(evidence.responseHeaders, name)
  const requestHeader = (name: string): string | undefined => headerOf(evidence.requestHeaders, name)
  const context = evidence.requestContext ?? {}
  const target = targetOf(evidence, requestHeader('host'))
  const body = evidence.responseBody
  const said = sentencesOf(body, 'responseBody')
  const challenge = readChallenge(header('www-authenticate'))
  if (challenge.error_description)
    said.push({ place: 'responseHeaders.www-authenticate', text: challenge.error_description })
  const redirect = redirectOf(evidence)
  if (redirect?.error_description) said.push({ place: 'redirectUrl', text: redirect.error_description })
  const envelope = envelopeOf(body, said, challenge, redirect)
  const method = evidence.method?.toUpperCase()
  const operation = method && target.path ? matchOperation(method, target.path) : undefined
  const requestBody = evidence.requestBody ?? context.requestBody
  const authorization = readAuthorization(evidence)
  return {
    evidence,
    ...(evidence.httpStatus !== undefined
      ? { status: evidence.httpStatus }
      : envelope.status !== undefined && { status: envelope.status }),
    ...(method !== undefined && { method }),
    ...target,
    ...(operation && { operation }),
    methods: target.path ? methodsOf(target.path) : [],
    header,
    requestHeader,
    requestComplete: context.requestSeenIn === 'request lines' || context.requestSeenIn === 'curl command',
    ...envelope.named,
    codePlace: envelope.place,
    causes: envelope.causes,
    said,
    told: toldOf(context),
    events: (evidence.logEvents ?? []).flatMap((event, at) => (isRecord(event) ? [logFact(event, at)] : [])),
    ...(authorization && { authorization }),
    requestBody: isRecord(requestBody) || Array.isArray(requestBody) ? requestBody : parseForm(requestBody),
    claims: evidence.tokenClaims?.payload ?? {},
    challenge,
    limits: limitsOf(header),
  }
}

/** The first sentence of the answer that fits. */
export function heard(facts: Facts, pattern: RegExp): Said | undefined {
  return facts.said.find((item) => pattern.test(item.text))
}

/** The first free fact that fits. */
export function toldThat(facts: Facts, pattern: RegExp): Said | undefined {
  return facts.told.find((item) => pattern.test(item.text))
}

/** The first log event that fits, by its type, reason, message or details. */
export function logged(
  facts: Facts,
  wanted: { eventType?: RegExp; reason?: RegExp; words?: RegExp; result?: RegExp },
): (Said & { event: LogFact }) | undefined {
  for (const event of facts.events) {
    if (wanted.eventType && !wanted.eventType.test(event.eventType)) continue
    if (wanted.result && !wanted.result.test(event.result)) continue
    if (wanted.reason && !wanted.reason.test(event.reason)) continue
    if (wanted.words && !wanted.words.test(`${event.message} ${event.reason} ${event.details}`)) continue
    const text = [event.eventType, event.message, event.result, event.reason].filter((word) => word !== '').join(' | ')
    return { place: event.place, text, event }
  }
  return undefined
}

function headerOf(headers: Headers | undefined, name: string): string | undefined {
  if (!headers) return undefined
  for (const [key, value] of Object.entries(headers)) {
    if (key.toLowerCase() !== name) continue
    // A reset header can come twice; the first value that says something counts.
    const text = typeof value === 'string' ? value : value.find((one) => one.trim() !== '')
    if (text !== undefined) return text.slice(0, 16_000)
  }
  return undefined
}

function targetOf(
  evidence: Evidence,
  hostHeader: string | undefined,
): { host?: string; path?: string; query: URLSearchParams } {
  const raw = evidence.path?.trim().slice(0, 16_000) ?? ''
  const [, , authority, rest] = /^([a-z][a-z0-9+.-]{0,20}:)\/\/([^/?#]*)(.*)$/is.exec(raw) ?? [raw, '', undefined, raw]
  const host = (authority?.replace(/^.*@/, '') || hostHeader || '').toLowerCase()
  const beforeHash = (rest ?? '').split('#', 1)[0] ?? ''
  const mark = beforeHash.indexOf('?')
  const path = mark < 0 ? beforeHash : beforeHash.slice(0, mark)
  return {
    ...(host !== '' && { host }),
    ...(raw !== '' && { path: path === '' ? '/' : path }),
    query: new URLSearchParams(mark < 0 ? '' : beforeHash.slice(mark + 1)),
  }
}

/** The parameters of one challenge: `Bearer error="…", scope="…"`. Walks by hand, quotes may hold commas. */
function readChallenge(text: string | undefined): Record<string, string> {
  if (!text) return {}
  const scheme = /^\s*([A-Za-z][\w-]{0,40})/.exec(text)
  const found: Record<string, string> = Object.create(null)
  if (scheme) found.scheme = scheme[1]!
  for (const [, name, quoted, plain] of text
    .slice(0, 8_000)
    .matchAll(/([\w-]{1,60})=(?:"([^"]{0,2000})"|([^\s,"]{1,2000}))/g))
    found[name!.toLowerCase()] ??= quoted ?? plain ?? ''
  return found
}

function redirectOf(evidence: Evidence): Record<string, string> | undefined {
  const url = evidence.redirectUrl?.slice(0, 16_000)
  if (!url) return undefined
  const found: Record<string, string> = Object.create(null)
  const cut = url.search(/[?#]/)
  if (cut < 0) return found
  for (const part of url.slice(cut + 1).split(/[?#]/))
    for (const [name, value] of new URLSearchParams(part)) found[name] ??= value
  return found
}

interface Envelope {
  named: { code?: string; summary?: string }
  place: string
  causes: string[]
  status?: number
}

const CODE = /\bE0\d{6}\b/

function envelopeOf(
  body: unknown,
  said: readonly Said[],
  challenge: Readonly<Record<string, string>>,
  redirect: Readonly<Record<string, string>> | undefined,
): Envelope {
  if (isRecord(body)) {
    const text = (name: string): string | undefined => {
      const value = body[name]
      return typeof value === 'string' && value !== '' ? value.slice(0, 4_000) : undefined
    }
    const code = text('errorCode')
    const summary = text('errorSummary')
    if (code || summary) {
      const list = Array.isArray(body.errorCauses)
        ? body.errorCauses
        : Array.isArray(body.errorCause)
          ? body.errorCause
          : []
      const causes = list
        .slice(0, 50)
        .map((cause) => (isRecord(cause) ? cause.errorSummary : cause))
        .filter((cause) => typeof cause === 'string')
      return {
        named: { ...(code && { code }), ...(summary && { summary }) },
        place: 'responseBody.errorCode',
        causes,
      }
    }
    const error = text('error')
    const description = text('error_description') ?? text('errorDescription')
    if ((error && /^[a-z][a-z_]{2,60}$/.test(error)) || description)
      return {
        named: {
          ...(error && /^[a-z][a-z_]{2,60}$/.test(error) && { code: error }),
          ...(description && { summary: description }),
        },
        place: 'responseBody.error',
        causes: [],
      }
  }
  if (redirect?.error)
    return {
      named: { code: redirect.error, ...(redirect.error_description && { summary: redirect.error_description }) },
      place: 'redirectUrl',
      causes: [],
    }
  if (challenge.error)
    return {
      named: { code: challenge.error, ...(challenge.error_description && { summary: challenge.error_description }) },
      place: 'responseHeaders.www-authenticate',
      causes: [],
    }
  for (const item of said) {
    const inside = fromWords(item)
    if (inside) return inside
  }
  return { named: {}, place: '', causes: [] }
}

/** Error data that an SDK wove into its message. Each SDK has its own pattern; all of them keep Okta's words. */
function fromWords(item: Said): Envelope | undefined {
  const text = item.text.slice(0, 20_000)
  const code = CODE.exec(text)
  // Go: `the API returned an error: {summary}. Causes: errorSummary: {cause}, errorSummary: {cause}`
  const go = /the API returned an error: (.{1,600}?)(?:\. Causes: (.{0,2000})|$)/s.exec(text)
  // Java: `HTTP 404, Okta E0000007 ({summary}), ErrorId …`; .NET: `{summary} (403, E0000005): {causes}`
  const java = /Okta (E0\d{6}) \((.{1,1200}?)\)(?:, ErrorId|$)/s.exec(text)
  const net = /^(.{1,600}?) \((\d{3}), (E0\d{6})\)(?:: (.{0,2000}))?/s.exec(text)
  // Node and Python: `Okta HTTP 400 E0000001 {summary}. {causes}`
  const node = /Okta HTTP (\d{3}) (E0\d{6}|\w+) (.{1,1200})/s.exec(text)
  const status = /\bHTTP(?: status)?(?: code)?:? (\d{3})\b/.exec(text) ?? /\b(\d{3}), E0\d{6}/.exec(text)
  const causes =
    go?.[2]?.split(/,?\s*errorSummary: /).filter((cause) => cause.trim() !== '') ??
    net?.[4]?.split(/;\s|,\s(?=[a-z.]+: )/) ??
    (node ? node[3]!.split(/\.\s|\n/).slice(1) : [])
  const summary = go?.[1] ?? java?.[2] ?? net?.[1] ?? node?.[3]?.split(/\.\s|\n/)[0]
  if (!code && !go) return undefined
  return {
    named: {
      ...((net?.[3] ?? code?.[0]) && { code: net?.[3] ?? code![0] }),
      ...(summary && { summary: summary.trim() }),
    },
    place: item.place,
    causes: causes.map((cause) => cause.trim().replace(/\.$/, '')).filter((cause) => cause !== ''),
    ...(status && { status: Number(status[1]) }),
  }
}

function toldOf(context: Readonly<Record<string, unknown>>): Said[] {
  return leavesOf(context, 'requestContext')
    .filter((leaf) => !leaf.place.startsWith('requestContext.requestSeenIn'))
    .map(({ place, path, text }) => ({ place, text: `${path.map(wordsOf).join(' ')}: ${text}` }))
}

/** `userStatusInOkta` as `user status in okta`. */
function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.-]+/g, ' ')
    .toLowerCase()
}

function logFact(event: Readonly<Record<string, unknown>>, at: number): LogFact {
  const outcome = isRecord(event.outcome) ? event.outcome : {}
  const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 2_000) : '')
  return {
    place: `logEvents[${at}]`,
    eventType: text(event.eventType) || text(event.legacyEventType),
    result: text(outcome.result),
    reason: text(outcome.reason),
    message: text(event.displayMessage),
    details: leavesOf(event, '')
      .map((leaf) => leaf.text)
      .join(' ')
      .slice(0, 8_000),
  }
}

function parseForm(body: unknown): unknown {
  if (typeof body !== 'string' || body === '') return undefined
  const text = body.slice(0, 300_000)
  if (!/^[\w.%-]+=/.test(text)) return text
  const found: Record<string, string> = Object.create(null)
  for (const [name, value] of new URLSearchParams(text)) found[name] ??= value
  return { ...found }
}

function limitsOf(header: (name: string) => string | undefined): Facts['limits'] {
  const whole = (name: string): number | undefined => {
    const text = header(name)?.trim()
    return text && /^\d{1,12}$/.test(text) ? Number(text) : undefined
  }
  const date = Date.parse(header('date') ?? '')
  return {
    limit: whole('x-rate-limit-limit'),
    remaining: whole('x-rate-limit-remaining'),
    reset: whole('x-rate-limit-reset'),
    ...(!Number.isNaN(date) && { date: Math.floor(date / 1000) }),
  }
}
