// What does the body of a failed answer say? Orgs answer in several forms: the envelope of /api/v1, the OAuth
// pair, the bare object of the edge, HTML pages, Identity Engine messages; SCIM servers have two of their own.

/** Which form a body has. */
export type ErrorForm =
  /** `{"errorCode":…,"errorSummary":…,"errorLink":…,"errorId":…,"errorCauses":[…]}` */
  | 'okta'
  /** `{"error":…,"error_description":…}` */
  | 'oauth'
  /** `{"status":404,"message":…}` or `{"error":"Forbidden","message":…}`: written before the request reached the org. */
  | 'edge'
  /** SCIM 2.0 (`schemas`, `detail`) or SCIM 1.1 (`Errors`). */
  | 'scim'
  /** Identity Engine: `messages.value[].message`. */
  | 'idx'
  /** An HTML page, such as the one /authorize shows before it trusts the redirect URI. */
  | 'page'

/** One of `errorCauses`. Newer handlers add where the fault stands. */
export interface ErrorCause {
  summary: string
  reason?: string
  location?: string
  locationType?: string
  domain?: string
}

/** A body that was understood. */
export interface ErrorBody {
  form: ErrorForm
  /** `E0000007`, `invalid_grant`, an i18n key; for the envelope also OAuth words such as `invalid_client`. */
  code?: string
  summary?: string
  link?: string
  id?: string
  causes: ErrorCause[]
  /** The status that the body itself names (edge, SCIM). */
  status?: number
  /** Further members, such as `mfa_token` or `interaction_uri`. */
  more?: Record<string, unknown>
  /** The text is cut or broken; only what could be read stands here. */
  broken?: true
}

/** What an org puts into the envelope. */
export interface ErrorFacts {
  code: string
  summary: string
  id: string
  /** Equal to the code unless an org serves its own error pages. */
  link?: string
  causes?: readonly (string | ErrorCause)[]
}

/** Reads a body, as text or parsed. `undefined`: it is in none of the forms. */
export function parseErrorBody(body: unknown): ErrorBody | undefined {
  if (typeof body !== 'string') return fromValue(body, 0)
  const text = body.replace(/^\uFEFF/, '').trim()
  if (text === '') return undefined
  if (text.startsWith('<')) return fromPage(text)
  try {
    return fromValue(JSON.parse(text), 0)
  } catch {
    return fromBrokenText(text)
  }
}

/**
 * The envelope as an org sends it: compact, the five members always and in this order. All 1,282 genuine
 * recorded envelopes have them so, `errorCauses` as `[]` when there are none.
 */
export function renderErrorBody(facts: ErrorFacts): string {
  return JSON.stringify({
    errorCode: facts.code,
    errorSummary: facts.summary,
    errorLink: facts.link ?? facts.code,
    errorId: facts.id,
    errorCauses: (facts.causes ?? []).map(showCause),
  })
}

/** The OAuth pair as a token endpoint sends it, with further members such as `mfa_token` behind. */
export function renderOAuthErrorBody(facts: {
  error: string
  description?: string
  more?: Readonly<Record<string, unknown>>
}): string {
  return JSON.stringify({ error: facts.error, error_description: facts.description, ...facts.more })
}

function showCause(cause: string | ErrorCause): Record<string, string | undefined> {
  if (typeof cause === 'string') return { errorSummary: cause }
  const { summary, reason, locationType, location, domain } = cause
  return { errorSummary: summary, reason, locationType, location, domain }
}

function fromValue(value: unknown, depth: number): ErrorBody | undefined {
  // A body that was encoded twice, as some proxies and log lines have it.
  if (typeof value === 'string' && depth === 0) {
    try {
      return fromValue(JSON.parse(value), 1)
    } catch {
      return undefined
    }
  }
  if (!isRecord(value)) return undefined
  return fromEnvelope(value) ?? fromScim(value) ?? fromOAuth(value) ?? fromIdx(value) ?? fromEdge(value)
}

function fromEnvelope(value: Record<string, unknown>): ErrorBody | undefined {
  const { errorCode, errorSummary, errorLink, errorId, errorCauses, ...rest } = value
  if (typeof errorCode !== 'string') return undefined
  return clean<ErrorBody>({
    form: 'okta',
    code: errorCode,
    summary: textOf(errorSummary),
    link: textOf(errorLink),
    id: textOf(errorId),
    causes: causesOf(errorCauses),
    more: moreOf(rest),
  })
}

function causesOf(value: unknown): ErrorCause[] {
  if (!Array.isArray(value)) return []
  const causes: ErrorCause[] = []
  for (const item of value) {
    if (typeof item === 'string') causes.push({ summary: item })
    else if (isRecord(item) && typeof item.errorSummary === 'string') {
      causes.push(
        clean({
          summary: item.errorSummary,
          reason: textOf(item.reason),
          location: textOf(item.location),
          locationType: textOf(item.locationType),
          domain: textOf(item.domain),
        }),
      )
    }
  }
  return causes
}

function fromScim(value: Record<string, unknown>): ErrorBody | undefined {
  const { schemas, Errors: errors } = value
  if (Array.isArray(schemas) && schemas.some((schema) => /^urn:ietf:params:scim:.*:Error$/.test(String(schema)))) {
    return clean<ErrorBody>({
      form: 'scim',
      code: textOf(value.scimType),
      summary: textOf(value.detail),
      causes: [],
      status: statusOf(value.status),
    })
  }
  if (Array.isArray(errors) && isRecord(errors[0])) {
    const [first, ...others] = errors.filter(isRecord)
    return clean<ErrorBody>({
      form: 'scim',
      summary: textOf(first?.description),
      causes: others.flatMap((other) =>
        typeof other.description === 'string' ? [{ summary: other.description }] : [],
      ),
      status: statusOf(first?.code),
    })
  }
  return undefined
}

function fromOAuth(value: Record<string, unknown>): ErrorBody | undefined {
  const { error, error_description: description, ...rest } = value
  if (typeof error !== 'string') return undefined
  // The edge writes `{"error":"Forbidden","message":…}`; an OAuth error is a word in small letters.
  if (description === undefined && typeof rest.message === 'string' && !/^[a-z0-9_]+$/.test(error)) return undefined
  return clean<ErrorBody>({ form: 'oauth', code: error, summary: textOf(description), causes: [], more: moreOf(rest) })
}

function fromIdx(value: Record<string, unknown>): ErrorBody | undefined {
  const messages = isRecord(value.messages) ? value.messages.value : undefined
  if (!Array.isArray(messages)) return undefined
  const [first, ...others] = messages.filter(isRecord).filter((message) => typeof message.message === 'string')
  if (first === undefined) return undefined
  return clean<ErrorBody>({
    form: 'idx',
    code: isRecord(first.i18n) ? textOf(first.i18n.key) : undefined,
    summary: textOf(first.message),
    causes: others.map((other) => ({ summary: String(other.message) })),
  })
}

function fromEdge(value: Record<string, unknown>): ErrorBody | undefined {
  const { status, message, error } = value
  if (typeof message !== 'string' || (statusOf(status) === undefined && typeof error !== 'string')) return undefined
  return clean<ErrorBody>({ form: 'edge', code: textOf(error), summary: message, causes: [], status: statusOf(status) })
}

function fromPage(html: string): ErrorBody {
  const text = html.slice(0, 200_000)
  const plain = text
    .replace(/<[^<>]*>/g, '\n')
    .replace(/&#39;|&#x27;|&apos;/g, "'")
    .replace(/&quot;/g, '"')
  const lines = plain.split('\n').map((line) => line.trim())
  const title = /<title[^<>]*>([^<]*)/i.exec(text)?.[1]?.trim()
  return clean<ErrorBody>({
    form: 'page',
    code: after(lines, /^Error Code:?/i)?.match(/^\w+/)?.[0],
    summary: after(lines, /^Description:?/i) ?? (title === '' ? undefined : title),
    causes: [],
  })
}

/** The text behind a label, on the same line or on the next one that is not empty. */
function after(lines: readonly string[], label: RegExp): string | undefined {
  for (const [index, line] of lines.entries()) {
    if (!label.test(line)) continue
    const rest = line.replace(label, '').trim()
    if (rest !== '') return rest
    return lines.slice(index + 1, index + 20).find((next) => next !== '')
  }
  return undefined
}

// A body that a log, a terminal or a dropped connection has cut still shows its first members.
function fromBrokenText(text: string): ErrorBody | undefined {
  const code = member(text, 'errorCode')
  const error = member(text, 'error')
  if (code !== undefined) {
    return clean<ErrorBody>({
      form: 'okta',
      code,
      summary: member(text, 'errorSummary'),
      link: member(text, 'errorLink'),
      id: member(text, 'errorId'),
      causes: [],
      broken: true,
    })
  }
  if (error === undefined) return undefined
  return clean<ErrorBody>({
    form: 'oauth',
    code: error,
    summary: member(text, 'error_description'),
    causes: [],
    broken: true,
  })
}

function member(text: string, name: string): string | undefined {
  const found = new RegExp(`"${name}" ?: ?"((?:[^"\\\\]|\\\\.)*)"`).exec(text)?.[1]
  if (found === undefined) return undefined
  try {
    return JSON.parse(`"${found}"`)
  } catch {
    return found
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function statusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined
}

function moreOf(rest: Record<string, unknown>): Record<string, unknown> | undefined {
  return Object.keys(rest).length === 0 ? undefined : rest
}

/** Leaves out members without a value, so that results compare and print well. */
function clean<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Value
}
