// What happened in this curl session? Reads the output of `curl -i`, `curl -v` and `curl -iv`, a raw HTTP exchange,
// and a pasted command line, alone or before its output.
import type { Evidence } from '../evidence.ts'
import { toHeaders } from '../evidence.ts'
import type { Gap } from '../finding.ts'
import { beginsCurlCommand, parseCurlCommand } from './curl-command.ts'
import { jsonInside, parseJson, readSent } from './json-text.ts'
import { pageText } from './page-text.ts'
import type { Reader, Reading } from './reader.ts'

/** So much of an input is read line by line. */
export const MAX_TEXT = 4_000_000
export const MAX_LINES = 60_000
const MAX_BODY = 300_000
const MAX_EXCHANGES = 20

interface Exchange {
  command?: Evidence
  method?: string
  target?: string
  requestHeaders: [string, string][]
  requestSeen: boolean
  requestBody: string[]
  status?: number
  responseHeaders: [string, string][]
  body: string[]
  bodySize: number
  notes: string[]
}

const STATUS_LINE = /^HTTP\/[\d.]{1,4} (\d{3})(?: |$)/
const REQUEST_LINE = /^([A-Z]{3,10}) (\S{1,8000}) HTTP\/[\d.]{1,4}$/
const HEADER_LINE = /^(:?[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}):(.*)$/
const METER = /^\s*(?:% Total\s|Dload\s|\d{1,3}\s+[\d.]+[kMG]?\s+\d{1,3}\s.*(?:--|\d):(?:--|\d\d):)/
const CURL_ERROR = /^curl: \((\d{1,3})\) (.{0,500})/

export const curl: Reader = {
  name: 'curl',
  says: 'the output of curl -i or curl -v, a raw HTTP exchange, or a curl command line',
  read: readCurl,
}

function empty(): Exchange {
  return {
    requestHeaders: [],
    requestSeen: false,
    requestBody: [],
    responseHeaders: [],
    body: [],
    bodySize: 0,
    notes: [],
  }
}

function readCurl(whole: string): Reading {
  const gaps: Gap[] = []
  const text = whole.length > MAX_TEXT ? whole.slice(0, MAX_TEXT) : whole
  if (text.length < whole.length)
    gaps.push({
      what: `The input has ${whole.length} characters.`,
      why: `Only the first ${MAX_TEXT} were read; one exchange is far smaller.`,
      send: 'The part around the failing call: its request lines, its status line, headers and body.',
    })
  const exchanges: Exchange[] = []
  let now = empty()
  // Where an unprefixed line belongs: to nothing yet, a raw request's headers or body, the answer's headers, the body.
  let place: 'outside' | 'request' | 'request-body' | 'headers' | 'body' = 'outside'
  let verbose = false
  let verboseHeaders = false
  const finish = (): void => {
    if (now.status !== undefined || now.requestSeen || now.command || now.notes.length > 0 || now.body.length > 0)
      exchanges.push(now)
    if (exchanges.length > MAX_EXCHANGES) exchanges.shift()
    now = empty()
  }
  const status = (code: number): void => {
    if (now.status !== undefined && now.status >= 200) {
      const { command, requestSeen } = now
      finish()
      // Without its own request lines a following answer (a redirect followed by -L) still belongs to the command.
      if (!requestSeen && command) now.command = { ...command, path: undefined }
    }
    now.status = code
    now.responseHeaders = []
    now.body = []
    now.bodySize = 0
  }
  // A program that turns every \n into \r\n makes \r\r\n of what curl wrote. A lone \r comes from curl's progress meter.
  const lines = text.split(/\r{0,2}\n|\r(?!\r?\n)/, MAX_LINES)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    if ((place === 'outside' || place === 'body') && beginsCurlCommand(line)) {
      let command = line
      let quote = openQuote(line, '')
      while (quote !== '' || /[\\^`]\s{0,40}$/.test(lines[at]!.slice(-60))) {
        if (at + 1 >= lines.length || command.length > 200_000) break
        const more = lines[++at]!
        command += `\n${more}`
        quote = openQuote(more, quote)
      }
      if (now.status !== undefined || now.command) finish()
      const parsed = parseCurlCommand(command)
      if (parsed) now.command = parsed
      place = 'outside'
      continue
    }
    if (line.startsWith('> ') || line === '>') {
      const rest = line.slice(2).trimEnd()
      const request = REQUEST_LINE.exec(rest)
      if (request) {
        if (now.status !== undefined || now.requestSeen) {
          const { command } = now
          const failed = now.status === undefined
          finish()
          if (failed && command) now.command = command
        }
        verbose = true
        now.requestSeen = true
        now.method = request[1]!
        now.target = request[2]!
        place = 'outside'
      } else if (verbose) pushHeader(now.requestHeaders, rest)
      else if (place === 'body') pushBody(now, line)
      continue
    }
    if (line.startsWith('< ') || line === '<') {
      const rest = line.slice(2).trimEnd()
      const answer = STATUS_LINE.exec(rest)
      if (answer) {
        verbose = true
        verboseHeaders = true
        status(Number(answer[1]))
        place = 'headers'
      } else if (verboseHeaders) {
        if (rest === '') {
          verboseHeaders = false
          place = 'body'
        } else pushHeader(now.responseHeaders, rest)
      } else if (place === 'body') pushBody(now, line)
      continue
    }
    const trouble = CURL_ERROR.exec(line)
    if (trouble) {
      now.notes.push(line.slice(0, 500))
      continue
    }
    if (line.startsWith('* ')) {
      if (verbose || place === 'outside') {
        if (
          /could not resolve|refused|SSL certificate problem|timed out|unable to (?:get local issuer|connect)/i.test(
            line,
          )
        )
          now.notes.push(line.slice(2, 500))
        continue
      }
    }
    if (verbose && /^[{}] \[\d+ bytes data\]$/.test(line)) continue
    if (METER.test(line)) continue
    const answer = STATUS_LINE.exec(line)
    if (answer && place !== 'request-body') {
      // -iv prints each header twice; the copy without a prefix says nothing new.
      if (verboseHeaders && now.status === Number(answer[1])) continue
      if (!(verbose && place === 'body' && now.bodySize === 0 && now.status === Number(answer[1])))
        status(Number(answer[1]))
      place = 'headers'
      continue
    }
    if (place === 'outside' || place === 'body') {
      const request = REQUEST_LINE.exec(line)
      if (
        request &&
        (place === 'outside' || now.bodySize === 0 || line.includes('/api/') || line.includes('/oauth2/'))
      ) {
        if (now.status !== undefined || now.requestSeen) finish()
        now.requestSeen = true
        now.method = request[1]!
        now.target = request[2]!
        place = 'request'
        continue
      }
    }
    switch (place) {
      case 'request':
        if (line === '') place = 'request-body'
        else if (!pushHeader(now.requestHeaders, line)) place = 'request-body'
        break
      case 'request-body':
        if (answer) {
          status(Number(answer[1]))
          place = 'headers'
        } else if (now.requestBody.length < 2000) now.requestBody.push(line)
        break
      case 'headers':
        if (verboseHeaders) {
          // The unprefixed copy inside -iv output.
          break
        }
        if (line === '') place = 'body'
        else if (!pushHeader(now.responseHeaders, line)) {
          place = 'body'
          pushBody(now, line)
        }
        break
      case 'body':
        pushBody(now, line)
        break
      default:
        // A body printed without -i follows the command or stands alone.
        if (/^\s*[{[<]/.test(line) && (now.command || now.requestSeen)) {
          place = 'body'
          pushBody(now, line)
        }
    }
  }
  finish()
  const evidences = exchanges.map(toEvidenceOf)
  const failed = evidences.filter(mayHaveFailed)
  const chosen = failed.length > 0 ? failed : evidences.slice(-1)
  if (chosen.length === 0)
    gaps.push({
      what: 'A text without a status line such as `HTTP/2 403`.',
      why: 'Neither a request nor an answer could be found in it.',
      send: 'The output of the same call with `curl -i`, or better `curl -v`, including headers and body.',
    })
  for (const evidence of chosen) {
    if (evidence.httpStatus === undefined && evidence.responseBody === undefined && !evidence.requestContext?.curlSays)
      gaps.push({
        what: 'A request without its answer.',
        why: 'What Okta answered is not there: no status, no headers, no body.',
        send: 'The output of the same command with `-i` added.',
      })
  }
  return { evidences: chosen, gaps }
}

/** An answer that is worth a diagnosis. */
function mayHaveFailed(evidence: Evidence): boolean {
  const { httpStatus: status } = evidence
  if (evidence.requestContext?.curlSays !== undefined) return true
  if (evidence.redirectUrl !== undefined) return true
  if (status === undefined) return evidence.responseBody !== undefined
  return status >= 400
}

/** The quote that is still open at the end of a line of shell, or ''. */
function openQuote(line: string, before: string): string {
  let open = before
  for (let at = 0; at < line.length; at++) {
    const c = line[at]!
    if (c === '\\' && open !== "'") at++
    else if (open === '' && (c === '"' || c === "'")) open = c
    else if (c === open) open = ''
  }
  return open
}

function pushHeader(headers: [string, string][], line: string): boolean {
  const header = HEADER_LINE.exec(line.slice(0, 16_000))
  if (!header || headers.length > 200) return false
  headers.push([header[1]!, header[2]!.trim()])
  return true
}

function pushBody(exchange: Exchange, line: string): void {
  if (exchange.bodySize > MAX_BODY) return
  exchange.body.push(line.slice(0, MAX_BODY))
  exchange.bodySize += line.length + 1
}

function toEvidenceOf(exchange: Exchange): Evidence {
  const { command } = exchange
  const requestHeaders = toHeaders(exchange.requestHeaders) ?? {}
  const responseHeaders = toHeaders(exchange.responseHeaders) ?? {}
  const host = typeof requestHeaders.host === 'string' ? requestHeaders.host : undefined
  const { target } = exchange
  const path =
    target === undefined ? command?.path : host && target.startsWith('/') ? `https://${host}${target}` : target
  const location = responseHeaders.location
  const redirected =
    exchange.status !== undefined &&
    exchange.status >= 300 &&
    exchange.status < 400 &&
    typeof location === 'string' &&
    /[?#&]error=/.test(location)
  const body = readBody(exchange.body.join('\n'))
  const sent = exchange.requestBody.join('\n').trim()
  const method = exchange.method ?? command?.method
  return {
    ...(exchange.status !== undefined && { httpStatus: exchange.status }),
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
    ...(body !== undefined && { responseBody: body }),
    ...(exchange.responseHeaders.length > 0 && { responseHeaders }),
    ...(redirected && { redirectUrl: location }),
    ...(exchange.requestSeen
      ? { requestHeaders }
      : command?.requestHeaders !== undefined && { requestHeaders: command.requestHeaders }),
    ...(sent !== ''
      ? { requestBody: readSent(sent) }
      : command?.requestBody !== undefined && { requestBody: command.requestBody }),
    requestContext: {
      ...command?.requestContext,
      ...(exchange.requestSeen && { requestSeenIn: 'request lines' }),
      ...(exchange.notes.length > 0 && { curlSays: exchange.notes.slice(0, 10) }),
    },
  }
}

/** A body as JSON where it is JSON, as a page's words where it is HTML, else as text. */
export function readBody(raw: string): unknown {
  const text = raw
    .replace(/\* (?:Connection #\d+ to host|Closing connection|Leaving the connection)[^\n]{0,300}/g, '')
    .trim()
  if (text === '') return undefined
  const whole = /^[{["]/.test(text) ? parseJson(text) : undefined
  if (whole) return whole.value
  if (/^\s*</.test(text)) return { page: pageText(text) }
  const inside = /^[{[]/.test(text) ? jsonInside(text) : undefined
  return inside ? inside.value : text.slice(0, MAX_BODY)
}
