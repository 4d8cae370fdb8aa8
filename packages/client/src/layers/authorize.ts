// With which credential does a call go out, and when is a new one fetched? Before the old one ends, once for all who
// need it, and after a refusal once more; and never to anybody but the org.
import { parseChallenges, parseErrorBody } from '@errorg/errors/wire'
import { type Credential, checkCredential } from '../auth/credential.ts'
import { createTokenSource } from '../auth/token-source.ts'
import { unlessAborted } from '../auth/unless-aborted.ts'
import { discard, isJson, peekText } from '../body.ts'
import { isAt, isRepeatable, methodOf, pathOf, plainCall, signalOf, urlOf } from '../call.ts'
import type { Clock } from '../clock.ts'
import type { Listener } from '../events.ts'
import type { CallInit, Fetch, Layer } from '../layer.ts'

/** Whose calls they are, and where they may go. */
export interface AuthorizeOptions {
  /** Only calls to this origin get the credential. */
  orgUrl: string
  auth: Credential
  /**
   * What token requests are sent with. Default: the fetch under the layer. Give one that repeats, so that a token
   * request which is refused for its rate does not fail the calls that wait for it.
   */
  fetch?: Fetch
  /** How long a token request may take, its answer's body included; and `onTokens`. Default 10,000. */
  timeoutMs?: number
  /** How long before its end a token is replaced; at most a fifth of its life. Default 60,000. */
  marginMs?: number
  /** How long after a token request has failed the failure is the answer, before the next call asks again. Default 1,000. */
  coolDownMs?: number
  /** Makes the `jti` of assertions. Default: random UUIDs. */
  newId?: () => string
  clock?: Clock
  onEvent?: Listener
}

/**
 * Puts the credential on calls to the org. A call that has an Authorization header keeps it; one that goes elsewhere
 * gets none. Throws a TypeError when `orgUrl` or `auth` cannot be meant so.
 */
export function authorize(options: AuthorizeOptions): Layer {
  const { orgUrl, auth, fetch: tokenFetch, onEvent, ...rest } = options
  const { origin, baseUrl } = readOrgUrl(orgUrl)
  const credential = checkCredential(auth)
  if ('header' in credential) {
    const { header } = credential
    return (next) => (input, init) =>
      isOurs(origin, input, init) ? next(input, withAuthorization(header, input, init)) : next(input, init)
  }

  const tell: Listener = (event) => {
    try {
      onEvent?.(event)
    } catch {
      // A broken listener must not break calls.
    }
  }
  const tokens = createTokenSource(credential, { ...rest, baseUrl, tell })
  return (next) => {
    const fetch = tokenFetch ?? next
    return async (input, init) => {
      if (!isOurs(origin, input, init)) return next(input, init)
      const signal = signalOf(input, init)
      signal?.throwIfAborted()
      // Read before it is sent: a stream is gone when the token turns out to be refused.
      const [target, call] = isRepeatable(input, init)
        ? [input, init]
        : await unlessAborted(plainCall(input, init), signal)

      const token = tokens.current(fetch) ?? (await unlessAborted(tokens.next(fetch), signal))
      const response = await next(target, withAuthorization(token.header, target, call))
      if (response.status !== 401) {
        if (tellsOfToken(response.status)) token.accepted = true
        return response
      }
      if (!(await unlessAborted(isTokenRefused(origin, response), signal)) || !tokens.refuse(token)) return response

      const other = tokens.current(fetch) ?? (await unlessAborted(tokens.next(fetch), signal))
      discard(response)
      const attempt = (init?.attempt ?? 0) + 1
      const what = { method: methodOf(input, init), path: pathOf(urlOf(input)), status: 401 }
      tell({ type: 'repeat', attempt, why: 'its access token was refused', ...what })
      const second = await next(target, { ...withAuthorization(other.header, target, call), attempt })
      if (second.status !== 401 && tellsOfToken(second.status)) other.accepted = true
      return second
    }
  }
}

function readOrgUrl(orgUrl: string): { origin: string; baseUrl: string } {
  const url = URL.canParse(orgUrl) ? new URL(orgUrl) : undefined
  if ((url?.protocol !== 'https:' && url?.protocol !== 'http:') || url.username !== '' || url.password !== '') {
    throw new TypeError('`orgUrl` must be the address of the org, like https://example.okta.com.')
  }
  return { origin: url.origin, baseUrl: url.origin + url.pathname.replace(/\/+$/, '') }
}

type Input = Parameters<Fetch>[0]

function isOurs(origin: string, input: Input, init: CallInit | undefined): boolean {
  return isAt(origin, urlOf(input)) && !hasAuthorization(headersOf(input, init))
}

/** The headers that count: those of `init` replace those of a `Request`. */
function headersOf(input: Input, init: CallInit | undefined): RequestInit['headers'] {
  return init?.headers ?? (typeof input === 'object' && !(input instanceof URL) ? input.headers : undefined)
}

function isRecord(headers: NonNullable<RequestInit['headers']>): headers is Record<string, string> {
  return !(Symbol.iterator in headers)
}

function hasAuthorization(headers: RequestInit['headers']): boolean {
  if (headers === undefined) return false
  if (!isRecord(headers)) return new Headers(headers).has('authorization')
  // The length first: this is asked for every call.
  for (const name in headers) if (name.length === 13 && name.toLowerCase() === 'authorization') return true
  return false
}

function withAuthorization(authorization: string, input: Input, init: CallInit | undefined): CallInit {
  const given = headersOf(input, init)
  if (given === undefined || isRecord(given)) return { ...init, headers: { ...given, authorization } }
  const headers = new Headers(given)
  headers.set('authorization', authorization)
  return { ...init, headers }
}

// The limiter and the edge answer before anybody has looked at the token.
function tellsOfToken(status: number): boolean {
  return status < 500 && status !== 429
}

/** Whether it is the token that was refused: 401 has other reasons, and none of them is cured by another token. */
async function isTokenRefused(origin: string, response: Response): Promise<boolean> {
  // A redirect may have led elsewhere, where the token was not sent.
  if (response.url !== '' && !isAt(origin, response.url)) return false
  const challenges = parseChallenges(response.headers.get('www-authenticate'))
  if (challenges.some(({ params }) => params.error === 'invalid_token')) return true
  if (!isJson(response)) return false
  const code = parseErrorBody(await peekText(response))?.code
  return code === 'E0000011' || code === 'invalid_token'
}
