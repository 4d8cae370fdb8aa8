// What can a call end with that is no response? Errors with the facts as members, so that programs ask them and people
// read the message. None of them holds a credential.
import type { RetryAdvice } from '@errorg/errors'
import { retryAdviceFor } from '@errorg/errors/retry'
import { type ErrorCause, parseChallenges, parseErrorBody, redactText } from '@errorg/errors/wire'
import { peekText } from './body.ts'
import { pathOf } from './call.ts'

/** The org answered, and the answer is a refusal. Thrown by `json` and `paginate`; `fetch` gives the response. */
export class OktaError extends Error {
  override name = 'OktaError'
  declare readonly status: number
  /** `E0000007`, or the word of an OAuth answer such as `insufficient_scope`. */
  declare readonly code?: string
  declare readonly summary?: string
  declare readonly causes: readonly ErrorCause[]
  /** `x-okta-request-id`: what Okta's support and the System Log go by. */
  declare readonly requestId?: string
  /** `errorId` of the body. */
  declare readonly errorId?: string
  /** When the same call may be sent again. */
  declare readonly advice: RetryAdvice
  declare readonly method: string
  /** Without its query. */
  declare readonly path: string

  constructor(facts: Omit<OktaError, keyof Error>) {
    super(sayRefusal(facts))
    Object.assign(this, facts)
  }
}

/** One attempt took too long. */
export class TimeoutError extends Error {
  override name = 'TimeoutError'
  declare readonly method: string
  declare readonly path: string
  declare readonly afterMs: number

  constructor(facts: { method: string; path: string; afterMs: number }) {
    const { method, path, afterMs } = facts
    const next = /^(?:GET|HEAD|OPTIONS)$/.test(method)
      ? 'Send it again, or raise the timeout if this call is known to be slow.'
      : 'It may have been carried out all the same: read back before you send it again.'
    super(`${method} ${path} gave no whole answer within ${afterMs} ms. ${next}`)
    Object.assign(this, facts)
  }
}

/** The call was not sent: too many before it failed, and the pause is not over. */
export class BreakerOpenError extends Error {
  override name = 'BreakerOpenError'
  declare readonly origin: string
  /** How long the pause still lasts. */
  declare readonly waitMs: number

  constructor(facts: { origin: string; waitMs: number; because: string }) {
    const seconds = Math.max(1, Math.ceil(facts.waitMs / 1000))
    super(
      `The call was not sent: ${facts.origin} is left alone because ${facts.because}. ` +
        `The next call that is let through tests it, in ${seconds} s. See https://status.okta.com for outages.`,
    )
    this.origin = facts.origin
    this.waitMs = facts.waitMs
  }
}

/** The call was not sent: it would have to wait longer than it may, or too many wait already. */
export class WaitRefusedError extends Error {
  override name = 'WaitRefusedError'
  declare readonly reason: 'queue-full' | 'wait-too-long'
  /** After how long it would work; absent when that is not known. */
  declare readonly waitMs?: number

  constructor(facts: { reason: 'queue-full' | 'wait-too-long'; waitMs?: number; limit: number }) {
    super(
      facts.reason === 'queue-full'
        ? `The call was not sent: ${facts.limit} calls wait for the rate limit already. Start fewer at once, or raise limits.maxQueue.`
        : `The call was not sent: the rate limit lets it through in ${facts.waitMs} ms, and limits.maxWaitMs allows ${facts.limit} ms. Send it then.`,
    )
    this.reason = facts.reason
    if (facts.waitMs !== undefined) this.waitMs = facts.waitMs
  }
}

/** No access token could be had, so the call was not sent. */
export class TokenError extends Error {
  override name = 'TokenError'
  /** The status of the token endpoint; absent when it gave no answer. */
  declare readonly status?: number
  /** `invalid_client`, `invalid_grant`, …, where the answer had one. */
  declare readonly error?: string
  declare readonly description?: string
  declare readonly requestId?: string

  constructor(
    facts: { says: string; status?: number; error?: string; description?: string; requestId?: string },
    options?: ErrorOptions,
  ) {
    super(redactText(facts.says), options)
    if (facts.status !== undefined) this.status = facts.status
    if (facts.error !== undefined) this.error = facts.error
    if (facts.description !== undefined) this.description = redactText(facts.description)
    if (facts.requestId !== undefined) this.requestId = facts.requestId
  }
}

/** The next page of a list is on another host, where the credential must not go. */
export class LinkError extends Error {
  override name = 'LinkError'
  /** Where the link leads, without its path. */
  declare readonly origin: string

  constructor(facts: { origin: string; expected: string }) {
    super(
      `The list is not complete: its next page is at ${facts.origin}, and the credential of ${facts.expected} does not go there. ` +
        'Give the org URL that the links of your org have, or set the proxy so that it keeps them.',
    )
    this.origin = facts.origin
  }
}

/** The client was closed before the call could be sent. */
export class ClosedError extends Error {
  override name = 'ClosedError'
  constructor() {
    super('The call was not sent: the client was closed. Create a new one.')
  }
}

/** Whether a layer refused to send the call, so that it says nothing about the other side. */
export function isRefusedHere(error: unknown): boolean {
  return (
    error instanceof BreakerOpenError ||
    error instanceof TokenError ||
    error instanceof WaitRefusedError ||
    error instanceof ClosedError
  )
}

/** Whether no connection was made, so that the call cannot have been carried out. */
export function isNeverConnected(error: unknown): boolean {
  const code = codeOf(error) ?? codeOf((error as { cause?: unknown } | undefined)?.cause)
  return code !== undefined && neverConnected.has(code)
}

const neverConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code
  return typeof code === 'string' ? code : undefined
}

/** Makes the error of a refusing answer. The body stays readable. */
export async function oktaErrorOf(response: Response, method: string, url: string): Promise<OktaError> {
  const body = parseErrorBody(await peekText(response))
  const challenge = parseChallenges(response.headers.get('www-authenticate')).find(({ params }) => params.error)
  const code = body?.code ?? challenge?.params.error
  const summary = body?.summary ?? challenge?.params.error_description
  const requestId = response.headers.get('x-okta-request-id') ?? undefined
  return new OktaError({
    status: response.status,
    code,
    summary: summary === undefined ? undefined : redactText(summary),
    causes: (body?.causes ?? []).map((cause) => ({ ...cause, summary: redactText(cause.summary) })),
    requestId,
    errorId: body?.id,
    advice: retryAdviceFor({ status: response.status, code, method }),
    method,
    path: pathOf(url),
  })
}

const nextSteps: Record<RetryAdvice, string> = {
  never: 'The same call gets the same answer.',
  'after-reset': 'It works again after the reset in x-rate-limit-reset.',
  'with-backoff': 'It may work in a while.',
  'after-new-credentials': 'It needs a new token or sign-in.',
  'after-change': 'It works once what it names has changed.',
}

function sayRefusal(facts: Omit<OktaError, keyof Error>): string {
  const { status, code, summary, causes, requestId, advice, method, path } = facts
  const why = [summary, ...causes.map((cause) => cause.summary)].filter((text) => text !== undefined && text !== '')
  const told = `${method} ${path} answered ${status}${code === undefined ? '' : ` ${code}`}`
  const reason = why.length === 0 ? '' : `: ${why.join('; ').replace(/\.$/, '')}`
  return redactText(`${told}${reason}. ${nextSteps[advice]}${requestId ? ` (request ${requestId})` : ''}`)
}
