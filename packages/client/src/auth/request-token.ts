// What does the token endpoint answer? A token, or a TokenError that says what it answered instead, whatever that was.
import { parseErrorBody, parseRateLimit, rateLimitWaitMs } from '@errorg/errors/wire'
import { pathOf } from '../call.ts'
import type { Clock } from '../clock.ts'
import { TokenError } from '../errors.ts'
import type { Fetch } from '../layer.ts'
import type { Concealer } from './conceal.ts'
import { isSendable } from './credential.ts'
import { type Asked, whatToDo } from './what-to-do.ts'

/** A token request that is ready to go. */
export interface TokenRequest {
  url: string
  form: Record<string, string>
  headers: Record<string, string>
  timeoutMs: number
  /** Whether it may be sent twice: an assertion or a refresh token counts once. */
  idempotent: boolean
  asked: Asked
}

/** What came. */
export interface TokenAnswer {
  accessToken: string
  /** From the moment the request was sent; absent when the answer does not say. */
  lifetimeMs?: number
  sentAt: number
  refreshToken?: string
  idToken?: string
  scope?: string
}

/** What the endpoint refused with, and for how long asking again is no use. */
export interface TokenRefusal {
  error: TokenError
  waitMs?: number
}

/** Sends it. `learnDate` hears the server's time, whatever the answer is. */
export async function requestToken(
  fetch: Fetch,
  request: TokenRequest,
  {
    clock,
    concealer,
    learnDate,
  }: { clock: Clock; concealer: Concealer; learnDate: (dateMs: number, sentAt: number) => void },
): Promise<TokenAnswer | TokenRefusal> {
  const { url, form, headers, timeoutMs, idempotent, asked } = request
  const path = pathOf(url)
  const sentAt = clock.ticks()
  const refused = (why: string, more: Partial<TokenError> = {}, options?: ErrorOptions): TokenRefusal => {
    const advice = whatToDo(asked, more.status, more.error)
    const asId = more.requestId === undefined ? '' : ` (request ${more.requestId})`
    const says = `There is no access token: POST ${path} ${why.replace(/\.$/, '')}. ${advice}${asId}`
    return { error: new TokenError({ says, ...more }, options) }
  }

  let got: { response: Response; text: string } | 'timeout'
  try {
    got = await bounded(clock, timeoutMs, async (signal) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
        },
        body: new URLSearchParams(form).toString(),
        // A redirect to somewhere else would take the secret along.
        redirect: 'manual',
        signal,
        idempotent,
      })
      return { response, text: await response.text() }
    })
  } catch (error) {
    return refused(`gave no answer: ${concealer.conceal(reasonOf(error))}`, {}, { cause: copyOf(error, concealer) })
  }
  if (got === 'timeout') return refused(`gave no whole answer within ${timeoutMs} ms`)

  const { response, text } = got
  const { status } = response
  const dateMs = Date.parse(response.headers.get('date') ?? '')
  if (!Number.isNaN(dateMs)) learnDate(dateMs, sentAt)
  const header = (name: string) => {
    const value = response.headers.get(name)
    return value === null ? undefined : concealer.conceal(value)
  }
  const facts: Partial<TokenError> = { status, requestId: header('x-okta-request-id') }

  if (status === 0 || (status >= 300 && status < 400)) {
    const target = response.headers.get('location') ?? ''
    const to = URL.canParse(target, url) ? concealer.conceal(new URL(target, url).origin) : 'an address that is none'
    return refused(`answered ${status} and sends on to ${to}, which was not followed`, facts)
  }
  const body = parseJson(text)
  if (status >= 200 && status < 300 && isRecord(body)) return readToken(body, sentAt, concealer) ?? noToken(body)

  // The reader understands pages too; of those, the kind alone is told.
  const read = text.trimStart().startsWith('<') ? undefined : parseErrorBody(text)
  const causes = (read?.causes ?? []).map((one) => one.summary)
  const description = concealer.conceal([read?.summary ?? '', ...causes].filter((one) => one !== '').join('; '))
  if (status >= 400 && (read?.code !== undefined || description !== '')) {
    const code = read?.code === undefined ? undefined : concealer.conceal(read.code)
    const told = [code === undefined ? '' : ` ${code}`, description === '' ? '' : `: ${clipped(description)}`].join('')
    const refusal = refused(`answered ${status}${told}`, {
      ...facts,
      ...(code !== undefined && { error: code }),
      ...(description !== '' && { description }),
    })
    return { ...refusal, waitMs: waitOf(response, clock) }
  }
  return { ...refused(`answered ${status} with ${looksOf(response, text)}`, facts), waitMs: waitOf(response, clock) }

  function noToken(given: Record<string, unknown>): TokenRefusal {
    const type = given.token_type
    if (typeof type === 'string' && typeof given.access_token === 'string' && type.toLowerCase() !== 'bearer') {
      return refused(`answered ${status} with a token of the type ${concealer.conceal(type)}, not Bearer`, {
        ...facts,
        ...(type.toLowerCase() === 'dpop' && { error: 'invalid_dpop_proof' }),
      })
    }
    const found = 'access_token' in given ? 'an `access_token` that is none' : 'JSON that has no `access_token`'
    return refused(`answered ${status} with ${found}`, facts)
  }
}

function readToken(body: Record<string, unknown>, sentAt: number, concealer: Concealer): TokenAnswer | undefined {
  const { access_token: accessToken, token_type: type, expires_in: expiresIn } = body
  // Learnt first: whatever is said of this answer must not quote them.
  for (const one of [accessToken, body.refresh_token, body.id_token]) if (typeof one === 'string') concealer.learn(one)
  if (typeof accessToken !== 'string' || !isSendable(accessToken)) return undefined
  if (typeof type === 'string' && type.toLowerCase() !== 'bearer') return undefined
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  const seconds = typeof expiresIn === 'string' && expiresIn !== '' ? Number(expiresIn) : expiresIn
  return {
    accessToken,
    sentAt,
    ...(typeof seconds === 'number' && Number.isFinite(seconds) && { lifetimeMs: Math.max(0, seconds) * 1_000 }),
    refreshToken: text(body.refresh_token),
    idToken: text(body.id_token),
    scope: text(body.scope),
  }
}

/** Ends with `timeout` whatever the work does: a fetch may not listen to its signal, and a body may never end. */
function bounded<Value>(
  clock: Clock,
  ms: number,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value | 'timeout'> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController()
    const timer = clock.after(ms, () => {
      resolve('timeout')
      controller.abort(new Error('it took too long'))
    })
    work(controller.signal)
      .finally(() => timer.cancel())
      .then(resolve, reject)
  })
}

function waitOf(response: Response, clock: Clock): number | undefined {
  if (response.status !== 429 && response.status !== 503) return undefined
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * 1_000
  const limit = response.status === 429 ? parseRateLimit(response.headers) : undefined
  return limit === undefined ? undefined : rateLimitWaitMs(limit, clock.now())
}

function clipped(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

function looksOf(response: Response, text: string): string {
  if (text.trim() === '') return 'an empty body'
  const type = /^[\w.+-]{1,40}\/[\w.+-]{1,40}/.exec(response.headers.get('content-type') ?? '')?.[0]
  const isHtml = text.trimStart().startsWith('<') || type === 'text/html'
  const kind = isHtml
    ? 'an HTML page'
    : isRecord(parseJson(text))
      ? 'JSON that names no error'
      : 'a text that is no JSON'
  return `${kind} of ${text.length} characters, which an org does not send here: something between may have answered`
}

function reasonOf(error: unknown): string {
  const { message, cause } = (error ?? {}) as { message?: unknown; cause?: { code?: unknown; message?: unknown } }
  const inner = typeof cause?.message === 'string' && cause.message !== '' ? cause.message : cause?.code
  return [message, inner].filter((one) => typeof one === 'string' && one !== '').join(': ') || 'the request failed'
}

/** An error to hand on, without what a foreign one may hold. It keeps the code by which faults are told apart. */
export function copyOf(error: unknown, concealer: Concealer): Error {
  const copy = new Error(concealer.conceal(reasonOf(error)))
  const { name, code, cause } = (error ?? {}) as { name?: unknown; code?: unknown; cause?: { code?: unknown } }
  if (typeof name === 'string') copy.name = concealer.conceal(name)
  const told = code ?? cause?.code
  return typeof told === 'string' ? Object.assign(copy, { code: concealer.conceal(told) }) : copy
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
