// Which reader fits this input? Looks at the first characters and the outline; explains when none does.
import { isRecord } from '../evidence.ts'
import { curl, MAX_LINES, MAX_TEXT, readBody } from './curl.ts'
import { beginsCurlCommand } from './curl-command.ts'
import { evidence, isEvidence, isHttpClientError } from './evidence.ts'
import { har, isHar } from './har.ts'
import { errorBodyInside, isErrorBody, json } from './json.ts'
import { jsonInside, parseJson } from './json-text.ts'
import { isLogEvent, log } from './log.ts'
import { type Reader, type Reading, refuse } from './reader.ts'
import { isRedirect, redirect } from './redirect.ts'
import { toldInWords, text as words } from './text.ts'
import { isApiToken, isClaims, isToken, token } from './token.ts'

const SEND =
  'The output of the failing call with `curl -v`, a HAR file, the JSON body of the answer, or Evidence JSON with what you know.'

/** Reads input of unknown form. */
export function readGuessed(input: string): Reading {
  const trimmed = input.trim()
  if (trimmed === '' || trimmed === '\ufeff') return refuse('Nothing.', 'The input is empty.', SEND)
  if (isBinary(trimmed))
    return refuse(
      'Binary data.',
      'It holds bytes that no text has; a compressed recording has to be unpacked first.',
      SEND,
    )
  if (/^(?:\ufeff)?[{[]/.test(trimmed)) {
    const parsed = parseJson(trimmed)
    if (parsed) return readerOfJson(parsed.value).read(trimmed)
    if (readsAsLines(trimmed)) return log.read(trimmed)
  }
  if (isRedirect(trimmed.replace(/^location:\s*/i, ''))) return redirect.read(trimmed)
  if (isToken(trimmed) || isApiToken(trimmed)) return token.read(trimmed)
  if (looksLikeHttp(trimmed)) return curl.read(input)
  if (/^<(?:!doctype html|html|head|body)\b/i.test(trimmed))
    return { evidences: [{ responseBody: readBody(trimmed) }], gaps: [] }
  const first = jsonInside(trimmed.slice(0, 400_000))
  const whole = first && isRecord(first.value) && (isErrorBody(first.value) || isEvidence(first.value))
  const inside = whole ? first : errorBodyInside(trimmed)
  if (inside) {
    const near = `${inside.before.slice(-1_000)} ${inside.after.slice(0, 1_000)}`
    const around = near.replace(/\s+/g, ' ').trim()
    const reading = readerOfJson(inside.value).read(JSON.stringify(inside.value))
    if (around === '') return reading
    const told = toldInWords(near)
    return {
      ...reading,
      evidences: reading.evidences.map((item) => ({
        ...told,
        ...item,
        requestContext: { ...item.requestContext, textAround: around },
      })),
    }
  }
  const reading = words.read(trimmed)
  if (/^[{[]/.test(trimmed))
    return {
      ...reading,
      gaps: [
        ...reading.gaps,
        {
          what: 'JSON that does not end.',
          why: 'It begins like JSON, but a closing brace or quote is missing; it was read as plain words.',
          send: 'The whole body, from the first brace to the last.',
        },
      ],
    }
  return reading
}

function readerOfJson(value: unknown): Reader {
  if (isHar(value)) return har
  if (Array.isArray(value)) {
    if (value.some(isLogEvent)) return log
    return value.some(isErrorBody) ? json : evidence
  }
  if (isEvidence(value) || isHttpClientError(value)) return evidence
  if (isErrorBody(value)) return json
  if (isLogEvent(value)) return log
  if (isClaims(value) || (isRecord(value) && isClaims(value.payload))) return token
  return evidence
}

function readsAsLines(input: string): boolean {
  const first = input.slice(0, 100_000).split('\n', 1)[0] ?? ''
  const parsed = parseJson(first.trim())
  return parsed !== undefined && isLogEvent(parsed.value)
}

function looksLikeHttp(input: string): boolean {
  return input
    .slice(0, MAX_TEXT)
    .split('\n', MAX_LINES)
    .some(
      (line) =>
        /^(?:< |> )?HTTP\/[\d.]{1,4} \d{3}/.test(line) ||
        /^(?:> )?[A-Z]{3,10} \S{1,4000} HTTP\/[\d.]{1,4}\s*$/.test(line) ||
        /^curl: \(\d{1,3}\)/.test(line) ||
        beginsCurlCommand(line),
    )
}

function isBinary(input: string): boolean {
  const sample = input.slice(0, 4_000)
  let odd = 0
  for (let at = 0; at < sample.length; at++) {
    const c = sample.charCodeAt(at)
    if (c === 0) return true
    if ((c < 32 && c !== 9 && c !== 10 && c !== 13 && c !== 27) || c === 0xfffd) odd++
  }
  return odd > sample.length / 20
}
