// What can a caller hand over about a failed call? Every part is optional; what is not known by name is kept as a
// free fact, never refused.

/** Header names to values; a repeated header is a list. */
export type Headers = Readonly<Record<string, string | readonly string[]>>

/** What a caller saw of one failed call. */
export interface Evidence {
  httpStatus?: number
  method?: string
  /** Path with query, or the whole URL. */
  path?: string
  /** Parsed JSON, or the text as it came. */
  responseBody?: unknown
  responseHeaders?: Headers
  /** The address an authorization server sent the browser back to. */
  redirectUrl?: string
  /** A decoded token. */
  tokenClaims?: { header?: Readonly<Record<string, unknown>>; payload?: Readonly<Record<string, unknown>> }
  requestHeaders?: Headers
  /** Parsed JSON, or the text as it was sent. An empty text says that nothing was. */
  requestBody?: unknown
  /** Free facts: the tool, its configuration, what else was tried. */
  requestContext?: Readonly<Record<string, unknown>>
  /** System Log events around the failure. */
  logEvents?: readonly unknown[]
}

const MAX_FACTS = 400
const MAX_HEADERS = 200
const MAX_EVENTS = 200

/** True for a plain object of JSON. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const OTHER_NAMES: Readonly<Record<string, keyof Evidence>> = {
  status: 'httpStatus',
  statusCode: 'httpStatus',
  url: 'path',
  body: 'responseBody',
  response: 'responseBody',
  headers: 'responseHeaders',
  claims: 'tokenClaims',
  context: 'requestContext',
  events: 'logEvents',
}

/** Reads a JSON value as evidence. Parts of an unexpected type become free facts; nothing is thrown away silently. */
export function toEvidence(value: unknown): Evidence {
  if (!isRecord(value)) return {}
  const evidence: { -readonly [K in keyof Evidence]: Evidence[K] } = {}
  const facts: Record<string, unknown> = Object.create(null)
  let count = 0
  for (const [name, part] of Object.entries(value)) {
    if (part === undefined || part === null) continue
    if (count++ > MAX_FACTS) break
    const alias = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined
    if (!take(evidence, name, part) && !(alias && !(alias in value) && take(evidence, alias, part))) facts[name] = part
  }
  if (Object.keys(facts).length > 0) evidence.requestContext = { ...evidence.requestContext, ...facts }
  return evidence
}

function take(evidence: { -readonly [K in keyof Evidence]: Evidence[K] }, name: string, part: unknown): boolean {
  switch (name) {
    case 'httpStatus': {
      const status = typeof part === 'string' ? Number.parseInt(part, 10) : part
      if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 599) return false
      evidence.httpStatus = status
      return true
    }
    case 'method':
    case 'path':
    case 'redirectUrl':
      if (typeof part !== 'string') return false
      evidence[name] = part
      return true
    case 'responseBody':
    case 'requestBody':
      evidence[name] = part
      return true
    case 'responseHeaders':
    case 'requestHeaders': {
      const headers = toHeaders(part)
      if (!headers) return false
      evidence[name] = headers
      return true
    }
    case 'tokenClaims': {
      if (!isRecord(part)) return false
      const { header, payload } = part
      // Claims given without the header/payload level are the payload.
      evidence.tokenClaims =
        isRecord(header) || isRecord(payload)
          ? { ...(isRecord(header) && { header }), ...(isRecord(payload) && { payload }) }
          : { payload: part }
      return true
    }
    case 'requestContext':
      evidence.requestContext = { ...evidence.requestContext, ...(isRecord(part) ? part : { note: part }) }
      return true
    case 'logEvents':
      evidence.logEvents = Array.isArray(part) ? part.slice(0, MAX_EVENTS) : [part]
      return true
    default:
      return false
  }
}

/** Headers from an object, from `[{ name, value }]`, from `[[name, value]]`, or from lines of `Name: value`. */
export function toHeaders(value: unknown): Headers | undefined {
  const bag: Record<string, string | string[]> = Object.create(null)
  let count = 0
  const add = (name: unknown, text: unknown): void => {
    if (typeof name !== 'string' || name === '' || count >= MAX_HEADERS) return
    if (typeof text !== 'string' && typeof text !== 'number' && typeof text !== 'boolean') return
    count++
    const key = name.toLowerCase()
    const before = bag[key]
    if (before === undefined) bag[key] = String(text)
    else bag[key] = [...(Array.isArray(before) ? before : [before]), String(text)]
  }
  if (Array.isArray(value)) {
    for (const item of value) {
      if (Array.isArray(item)) add(item[0], item[1])
      else if (isRecord(item)) add(item.name, item.value)
      else if (typeof item === 'string') add(...splitLine(item))
    }
  } else if (isRecord(value)) {
    for (const [name, text] of Object.entries(value)) {
      if (Array.isArray(text)) for (const one of text) add(name, one)
      else add(name, text)
    }
  } else if (typeof value === 'string') {
    for (const line of value.split(/\r?\n/)) add(...splitLine(line))
  } else return undefined
  return { ...bag }
}

function splitLine(line: string): [string, string] {
  // A leading colon belongs to an HTTP/2 pseudo header such as `:status`.
  const colon = line.indexOf(':', 1)
  return colon < 0 ? ['', ''] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
}
