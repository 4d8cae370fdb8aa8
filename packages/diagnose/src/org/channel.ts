// How is one question put to the org? As a GET to the given origin and nowhere else, within limits of time, size and
// number. Nothing here throws: trouble becomes a gap, and after trouble that will not pass nothing more is asked.
import { headerValues, redactText } from '@errorg/errors/wire'
import { isRecord } from '../evidence.ts'
import type { Gap } from '../finding.ts'
import { originOf } from './origin.ts'

/** What asking an org takes. */
export interface AskOptions {
  fetch: typeof fetch
  /** Base URL of the org. `http` is taken only for this machine. */
  orgUrl: string
  /** The whole header value: `SSWS …` or `Bearer …`. It goes to `orgUrl` alone and is never shown. */
  authorization: string
  /** The clock of whoever asks, in milliseconds. */
  now?: number
  /** How long one call may take. Default 10 seconds. */
  timeoutMs?: number
  /** How many calls at most. Default 6. */
  mostCalls?: number
}

/** One request to the org and what it told. */
export interface Asked {
  request: string
  says: string
}

/** What the org answered. 404 counts as an answer where it is about the object. */
export interface Answer {
  request: string
  status: 200 | 404
  body: unknown
  /** There are more pages. */
  more: boolean
}

/** How far asking came. */
export type AskState = 'answered' | 'refused' | 'unreachable' | 'not-asked'

/** The way to one org. */
export interface Channel {
  readonly origin: string | undefined
  readonly state: AskState
  readonly asked: readonly Asked[]
  readonly gaps: readonly Gap[]
  /** Asks. `says` puts the answer into a sentence. Undefined where there is no answer to go by. */
  get(
    segments: readonly string[],
    query: Readonly<Record<string, string>>,
    says: (answer: Answer) => string,
  ): Promise<Answer | undefined>
  gap(gap: Gap): void
  /** Whether a credential is the one that asks. */
  asksWith(authorization: string): boolean
}

const TIMEOUT_MS = 10_000
const MOST_CALLS = 6
const MOST_BYTES = 1_000_000
const MOST_GAPS = 6

/** Opens the way. Nothing is sent until something is asked. */
export function openChannel(options: AskOptions): Channel {
  const { authorization, timeoutMs = TIMEOUT_MS, mostCalls = MOST_CALLS } = options
  const asked: Asked[] = []
  const gaps: Gap[] = []
  const answers = new Map<string, Promise<Answer | undefined>>()
  const gap = (one: Gap): void => {
    if (gaps.length < MOST_GAPS && !gaps.some((other) => other.what === one.what)) gaps.push(one)
  }
  const found = originOf(options.orgUrl)
  let state: AskState = 'not-asked'
  let calls = 0
  let open = true
  const shut = (to: AskState | undefined, why: Gap): void => {
    open = false
    if (to && state === 'not-asked') state = to
    gap(why)
  }
  if ('gap' in found) shut(undefined, found.gap)
  // A line end in it would end the header; fetch would refuse it with the credential in its message.
  else if (!/^[A-Za-z]+ [\x21-\x7e]+$/.test(authorization))
    shut(undefined, {
      what: 'The credential for the org.',
      why: 'It is no scheme word and one value without blanks or line ends, so it cannot be sent.',
      send: 'SSWS and an API token, or Bearer and an access token.',
    })
  const origin = 'gap' in found ? undefined : found.origin

  async function ask(url: string, request: string, says: (answer: Answer) => string): Promise<Answer | undefined> {
    const read = await exchange(options.fetch, url, authorization, timeoutMs)
    if ('trouble' in read) {
      shut('unreachable', {
        what: `${request} had no answer.`,
        why: read.trouble,
        send: `Check the address (${origin}) and the network, or diagnose without --org.`,
      })
      return undefined
    }
    const { status, body, more, location } = read
    const code = isRecord(body) && typeof body.errorCode === 'string' ? body.errorCode.slice(0, 20) : undefined
    const answer = status === 200 ? 200 : status === 404 && code === 'E0000007' ? 404 : undefined
    if (answer !== undefined && body !== undefined) {
      state = 'answered'
      const result: Answer = { request, status: answer, body, more }
      asked.push({ request, says: redactText(says(result)).slice(0, 500) })
      return result
    }
    const told = `${status}${code === undefined ? '' : ` ${code}`}`
    if (status === 401)
      shut('refused', {
        what: `${request} was refused with ${told}.`,
        why: 'The org does not accept the credential that asks.',
        send: 'A living API token of this very org, of an administrator who may read users, roles and the System Log.',
      })
    else if (status === 429)
      shut('answered', {
        what: `${request} was refused with 429.`,
        why: 'The limit of the org is used up, and asking on would make it worse.',
        send: 'The same again in a minute.',
      })
    else if (status === 403)
      gap({
        what: `${request} was refused with ${told}.`,
        why: 'The administrator behind the credential that asks may not read this.',
        send: 'A token of an administrator who may: a super administrator for roles and tokens, a read-only one for the rest.',
      })
    else if (status >= 300 && status < 400)
      shut('unreachable', {
        what: `${request} was sent elsewhere (${status}).`,
        why: `The address is not that of the API${location === undefined ? '' : `; it points to ${location}`}. Credentials do not follow redirects.`,
        send: 'The base URL of the org, such as https://example.okta.com.',
      })
    else
      gap({
        what: `${request} was answered with ${told}.`,
        why: body === undefined ? 'The answer is not JSON, or too large.' : 'That is no answer to go by.',
        send: 'What the Admin Console shows about it.',
      })
    if (state === 'not-asked') state = 'answered'
    return undefined
  }

  return {
    origin,
    get state() {
      return state
    },
    asked,
    gaps,
    gap,
    asksWith: (other) => sameCredential(other, authorization),
    async get(segments, query, says) {
      const target = origin === undefined ? undefined : targetOf(origin, segments, query)
      if (!open || target === undefined) return undefined
      const before = answers.get(target.url)
      if (before) return await before
      if (calls >= mostCalls) {
        gap({
          what: `More than ${mostCalls} calls.`,
          why: 'So many are made at most, so that a diagnosis does not use up limits.',
          send: 'The evidence of one failed call alone.',
        })
        return undefined
      }
      calls++
      const answer = ask(target.url, target.request, says)
      answers.set(target.url, answer)
      return await answer
    },
  }
}

/** A URL of the org, and how it is shown; undefined where a piece cannot stand in a path as what it is. */
function targetOf(
  origin: string,
  segments: readonly string[],
  query: Readonly<Record<string, string>>,
): { url: string; request: string } | undefined {
  // Pieces come from evidence that somebody sent: none of them may change which resource is asked for.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not pass
  if (segments.some((one) => one.length > 255 || /^\.*$|[/\\?#%\x00-\x1f\x7f]/.test(one))) return undefined
  let path: string
  try {
    path = `/${segments.map(encodeURIComponent).join('/')}`
  } catch {
    // Half a surrogate pair.
    return undefined
  }
  const params = new URLSearchParams(query)
  const url = new URL(`${origin}${path}${params.size === 0 ? '' : `?${params}`}`)
  if (url.origin !== origin || url.pathname !== path) return undefined
  const shown = Object.entries(query).map(([name, value]) => `${name}=${value}`)
  return { url: url.href, request: `GET ${path}${shown.length === 0 ? '' : `?${shown.join('&')}`}` }
}

type Read = { status: number; body: unknown; more: boolean; location: string | undefined } | { trouble: string }

async function exchange(call: typeof fetch, url: string, authorization: string, timeoutMs: number): Promise<Read> {
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  // Raced as well as aborted: a fetch that was handed in may not listen to the signal.
  const late = new Promise<Read>((resolve) => {
    timer = setTimeout(() => {
      resolve({ trouble: `It took longer than ${timeoutMs / 1000} seconds.` })
      controller.abort()
    }, timeoutMs)
  })
  const answered = (async (): Promise<Read> => {
    const response = await call(url, {
      method: 'GET',
      headers: { accept: 'application/json', authorization },
      redirect: 'manual',
      signal: controller.signal,
    })
    const text = await readAtMost(response, MOST_BYTES)
    const next = headerValues(response.headers, 'link').some((value) => /\brel="?next\b/.test(value))
    return {
      status: response.status,
      body: parsed(text),
      more: next,
      location: place(response.headers.get('location')),
    }
  })().catch((error: unknown): Read => ({ trouble: whyFailed(error) }))
  try {
    return await Promise.race([answered, late])
  } finally {
    clearTimeout(timer)
  }
}

async function readAtMost(response: Response, most: number): Promise<string | undefined> {
  if (!response.body) return ''
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  let text = ''
  for (let size = 0; ; ) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.length
    if (size > most) {
      await reader.cancel().catch(() => undefined)
      return undefined
    }
    text += decoder.decode(value, { stream: true })
  }
}

function parsed(text: string | undefined): unknown {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return value ?? undefined
  } catch {
    return undefined
  }
}

/** Of a place that somebody points to only the origin: the rest can hold state and codes. */
function place(location: string | null): string | undefined {
  return location !== null && URL.canParse(location) ? new URL(location).origin : undefined
}

function whyFailed(error: unknown): string {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error
  const code = isRecord(cause) || cause instanceof Error ? (cause as { code?: unknown }).code : undefined
  const message = cause instanceof Error ? cause.message : String(cause)
  // fetch refuses the ports of other services, and says no more than these two words.
  if (message === 'bad port') return 'fetch never calls this port: it belongs to another service. Look at the port.'
  const words = typeof code === 'string' ? `${code}: ${message}` : message
  return `${redactText(words.replace(/\s+/g, ' ')).slice(0, 200)}.`.replace(/\.\.$/, '.')
}

/** The scheme word may be written in any way; the value counts to the letter. */
function sameCredential(a: string, b: string): boolean {
  const tidy = (text: string): string => {
    const [, word = '', value = ''] = /^\s*(\S+)\s+(.*?)\s*$/s.exec(text) ?? []
    return `${word.toLowerCase()} ${value}`
  }
  return tidy(a) === tidy(b) && tidy(a) !== ' '
}
