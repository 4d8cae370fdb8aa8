// Is this Evidence JSON? Takes every part it knows and keeps the rest as free facts.
import { type Evidence, isRecord, toEvidence } from '../evidence.ts'
import { isErrorBody } from './json.ts'
import { jsonInside } from './json-text.ts'
import { type Reader, type Reading, refuse } from './reader.ts'

export const evidence: Reader = {
  name: 'evidence',
  says: 'Evidence JSON: httpStatus, method, path, responseBody, responseHeaders … each optional',
  read: readEvidence,
}

const NAMES = [
  'httpStatus',
  'responseBody',
  'responseHeaders',
  'redirectUrl',
  'tokenClaims',
  'requestHeaders',
  'requestBody',
  'requestContext',
  'logEvents',
]

/** True where an object names at least one part of evidence. */
export function isEvidence(value: unknown): boolean {
  if (!isRecord(value)) return false
  if (NAMES.some((name) => name in value)) return true
  return typeof value.path === 'string' && (typeof value.method === 'string' || 'status' in value)
}

function readEvidence(text: string): Reading {
  const found = jsonInside(text)
  if (!found)
    return refuse(
      'A text that is not JSON.',
      'Evidence is a JSON object, and no complete one could be found.',
      'An object such as {"httpStatus":403,"method":"GET","path":"/api/v1/users","responseBody":{…}}.',
    )
  const list = (Array.isArray(found.value) ? found.value : [found.value]).filter(isRecord).slice(0, 20)
  if (list.length === 0)
    return refuse(
      'A JSON list without objects.',
      'Evidence is a JSON object.',
      'An object with what you saw of the call.',
    )
  return { evidences: list.map(readItem), gaps: [] }
}

function readItem(item: Record<string, unknown>): Evidence {
  const found = unwrap(item)
  if (isEvidence(found)) return toEvidence(found)
  const exchange = fromHttpClient(item)
  if (exchange) return toEvidence(exchange)
  const read = toEvidence(found)
  if (read.responseBody !== undefined) return read
  // A program's own record around the answer, such as a line of a log.
  const body = bodyBelow(item, 0)
  return body === undefined ? read : { ...read, responseBody: body }
}

/** True for the error object of an HTTP client. */
export function isHttpClientError(value: unknown): boolean {
  return isRecord(value) && fromHttpClient(value) !== undefined
}

/** The error object of an HTTP client (axios, got, superagent): `{ response: { status, data }, config: { url } }`. */
function fromHttpClient(item: Record<string, unknown>): Record<string, unknown> | undefined {
  const { response } = item
  if (!isRecord(response)) return undefined
  const status = response.status ?? response.statusCode
  const body = response.data ?? response.body
  if (status === undefined || (body === undefined && response.headers === undefined)) return undefined
  const request = [item.config, item.request, response.config].find(isRecord) ?? {}
  const { url } = request
  const base = typeof request.baseURL === 'string' ? request.baseURL.replace(/\/$/, '') : ''
  return {
    httpStatus: status,
    responseBody: body,
    responseHeaders: response.headers,
    method: request.method,
    path: typeof url === 'string' && url.startsWith('/') ? base + url : url,
    requestHeaders: request.headers,
    requestBody: request.data ?? request.body,
    ...(typeof item.message === 'string' && { requestContext: { message: item.message } }),
  }
}

const MOST_DEPTH = 6

/** The first error body below this value. */
function bodyBelow(value: unknown, depth: number): unknown {
  if (depth > 0 && isErrorBody(value)) return value
  if (depth >= MOST_DEPTH || typeof value !== 'object' || value === null) return undefined
  for (const part of Object.values(value).slice(0, 100)) {
    const found = bodyBelow(part, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

/** Evidence that stands one level down, as `{ "evidence": … }` or `{ "symptoms": … }`. */
function unwrap(item: Record<string, unknown>): unknown {
  for (const name of ['evidence', 'symptoms']) if (isEvidence(item[name])) return item[name]
  return item
}
