// What is known about this failure? Evidence made uniform once, so that rules can ask short questions.
import { matchOperation, methodsOf, type Operation } from '@errorg/errors/operations'
import {
  headerValues,
  parseChallenges,
  parseErrorBody,
  parseParams,
  parseRateLimit,
  parseRedirect,
} from '@errorg/errors/wire'
import { type Authorization, readAuthorization } from './authorization.ts'
import { type Evidence, type Headers, isRecord } from './evidence.ts'
import { leavesOf, lineThat, type Said, sentencesOf } from './sentences.ts'

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
  /** The claims of the token that was given, else of the one that was sent. */
  claims: Readonly<Record<string, unknown>>
  /** Where the claims stood. */
  claimsPlace: string
  /** Parameters of the WWW-Authenticate challenge, `scheme` included. */
  challenge: Readonly<Record<string, string>>
  /** The numbers of the rate-limit headers; `date` is the answer's own clock, in seconds. */
  limits: { limit?: number; remaining?: number; reset?: number; date?: number }
  /** The clock of whoever asks, in seconds; undefined where the caller gave none. */
  nowSeconds?: number
}

/** Longer texts are read by their lines. */
const MOST_BODY = 200_000

/** Makes evidence uniform. Never throws, whatever the evidence holds. */
export function normalise(evidence: Evidence, nowMs?: number): Facts {
  const header = (name: string): string | undefined => headerOf(evidence.responseHeaders, name)
  const requestHeader = (name: string): string | undefined => headerOf(evidence.requestHeaders, name)
  const context = evidence.requestContext ?? {}
  const target = targetOf(evidence, requestHeader('host'))
  const body = unpacked(evidence.responseBody)
  const said = sentencesOf(body, 'responseBody')
  const challenge = readChallenge(evidence.responseHeaders)
  if (challenge.error_description)
    said.push({ place: 'responseHeaders.www-authenticate', text: challenge.error_description })
  const redirect = evidence.redirectUrl === undefined ? undefined : parseRedirect(evidence.redirectUrl.slice(0, 16_000))
  if (redirect?.description) said.push({ place: 'redirectUrl', text: redirect.description })
  const envelope = envelopeOf(body, said, challenge, redirect)
  const method = evidence.method?.toUpperCase()
  const operation = method && target.path ? matchOperation(method, target.path) : undefined
  const requestBody = unpacked(evidence.requestBody ?? context.requestBody)
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
    claims: evidence.tokenClaims?.payload ?? authorization?.claims ?? {},
    claimsPlace:
      evidence.tokenClaims?.payload === undefined && authorization?.claims
        ? `${authorization.place} (decoded)`
        : 'tokenClaims.payload',
    challenge,
    limits: limitsOf(evidence.responseHeaders),
    ...(nowMs !== undefined && { nowSeconds: Math.floor(nowMs / 1000) }),
  }
}

// A body that was kept as text has the same sentences at the same places. A stream of text that only looks like JSON
// stays as it is.
function unpacked(body: unknown): unknown {
  if (typeof body !== 'string' || body.length > MOST_BODY || !/^\s*[{[]/.test(body)) return body
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

/** The first sentence of the answer that fits. */
export function heard(facts: Facts, pattern: RegExp): Said | undefined {
  const found = facts.said.find((item) => pattern.test(item.text))
  return found && { place: found.place, text: lineThat(found.text, (line) => pattern.test(line)) }
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
  // A header can come twice; the first value that says something counts.
  const values = headerValues(headers, name)
  return (values.find((value) => value.trim() !== '') ?? values[0])?.slice(0, 16_000)
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

/** The challenge that says most; its scheme stands among its parameters. */
function readChallenge(headers: Headers | undefined): Record<string, string> {
  const challenges = parseChallenges(headerValues(headers, 'www-authenticate').map((value) => value.slice(0, 8_000)))
  const telling = challenges.find((challenge) => challenge.params.error !== undefined) ?? challenges[0]
  return telling ? { ...telling.params, scheme: telling.scheme } : {}
}

interface Envelope {
  named: { code?: string; summary?: string }
  place: string
  causes: string[]
  status?: number
}

/** What may count as a code: Okta's, or a word of OAuth. Anything else in its place stays a sentence. */
const CODE_WORD = /^(?:E\d{7}|[a-z][a-z_]{2,60})$/

function envelopeOf(
  body: unknown,
  said: readonly Said[],
  challenge: Readonly<Record<string, string>>,
  redirect: ReturnType<typeof parseRedirect>,
): Envelope {
  const named = (code: string | undefined, summary: string | undefined): Envelope['named'] => ({
    ...(code !== undefined && CODE_WORD.test(code) && { code }),
    ...(summary !== undefined && summary !== '' && { summary: summary.slice(0, 4_000) }),
  })
  const parsed = parseErrorBody(body)
  if (parsed && (parsed.form === 'okta' || parsed.form === 'oauth')) {
    const place = parsed.form === 'okta' ? 'responseBody.errorCode' : 'responseBody.error'
    // A program of one's own can have an `error` too, with a sentence in it.
    const found = named(parsed.code, parsed.summary)
    if (found.code !== undefined || parsed.form === 'okta')
      return { named: found, place, causes: parsed.causes.slice(0, 50).map((cause) => cause.summary) }
  }
  if (parsed?.form === 'idx') {
    const code = parsed.code?.replace(/^errors\./, '')
    return { named: named(code, parsed.summary), place: 'responseBody.messages', causes: [] }
  }
  if (isRecord(body)) {
    const summary = [body.errorSummary, body.error_description].find((text) => typeof text === 'string')
    if (typeof summary === 'string') {
      const list = Array.isArray(body.errorCauses) ? body.errorCauses.slice(0, 50) : []
      const causes = list.map((cause) => (isRecord(cause) ? cause.errorSummary : cause))
      return {
        named: named(undefined, summary),
        place: 'responseBody',
        causes: causes.filter((cause) => typeof cause === 'string'),
      }
    }
  }
  if (redirect?.error !== undefined)
    return { named: named(redirect.error, redirect.description), place: 'redirectUrl', causes: [] }
  if (challenge.error !== undefined)
    return {
      named: named(challenge.error, challenge.error_description),
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
  const code = /\bE0\d{6}\b/.exec(text)
  // Go: `the API returned an error: {summary}. Causes: errorSummary: {cause}, errorSummary: {cause}`
  const go = /the API returned an error: (.{1,600}?)(?:\. Causes: (.{0,2000})|$)/s.exec(text)
  // Java: `HTTP 404, Okta E0000007 ({summary}), ErrorId …`; .NET: `{summary} (403, E0000005): {causes}`
  const java = /Okta (E0\d{6}) \((.{1,1200}?)\)(?:, ErrorId|$)/s.exec(text)
  const net = /^(.{1,600}?) \((\d{3}), (E0\d{6})\)(?:: (.{0,2000}))?/s.exec(text)
  // Node and Python: `Okta HTTP 400 E0000001 {summary}. {causes}`
  const node = /Okta HTTP (\d{3}) (E0\d{6}|\w+) (.{1,1200})/s.exec(text)
  // Okta's error page: `Error Code: invalid_client Description: …`
  const page = /\bError Code:\s*([a-z_]{3,60}|E0\d{6})\s+Description:\s*(.{1,1200})/is.exec(text)
  if (page)
    return {
      named: { code: page[1]!, summary: page[2]!.replaceAll(/\s+/g, ' ').trim() },
      place: item.place,
      causes: [],
    }
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
  return (
    leavesOf(context, 'requestContext')
      // What an org answered is weighed by the question that asked; a status in it is not necessarily this call's.
      .filter((leaf) => !/^requestContext\.(?:requestSeenIn|askedOrg)\b/.test(leaf.place))
      .map(({ place, path, text }) => ({ place, text: `${path.map(wordsOf).join(' ')}: ${text.slice(0, 1_000)}` }))
  )
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
  return Object.fromEntries(parseParams(text))
}

function limitsOf(headers: Headers | undefined): Facts['limits'] {
  const rate = parseRateLimit(headers)
  if (rate === undefined) return {}
  return {
    ...(rate.limit !== undefined && { limit: rate.limit }),
    ...(rate.remaining !== undefined && { remaining: rate.remaining }),
    ...(rate.resetAtSeconds !== undefined && { reset: rate.resetAtSeconds }),
    ...(rate.serverDateMs !== undefined && { date: Math.floor(rate.serverDateMs / 1000) }),
  }
}
