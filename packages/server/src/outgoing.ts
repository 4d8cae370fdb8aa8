// How does the org call other servers: hooks, and where their tokens come from? In as few ways as possible: plain
// HTTP only within this machine, three seconds, no redirects, short answers, and nothing goes on after the org's end.
// Each call is marked: whoever may make hooks must not reach by them what only programs on this machine may.
import type { Sleep } from './faults.ts'

/** Sends a request; the global `fetch` fits. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** A request to another server. */
export interface OutCall {
  method: 'GET' | 'POST'
  url: string
  headers: Readonly<Record<string, string>>
  body?: string
}

/** What came of it. `says` is a sentence for people; it names no secret. */
export type OutAnswer =
  | { ok: true; status: number; text: string }
  | { ok: false; why: 'address-refused' | 'timed-out' | 'unreachable' | 'answer-too-long' | 'stopped'; says: string }

/** The calls of one org. */
export interface Outgoing {
  /** Calls once. Never rejects. */
  call(call: OutCall): Promise<OutAnswer>
  /** Calls, and once more after a timeout, a broken line or a status of 500 and above (documented). */
  callTwice(call: OutCall): Promise<OutAnswer>
  /** Ends what is under way. */
  stop(): void
  /** Ends what is under way; from now on nobody is called. */
  close(): void
}

/** The header that every call carries; the control API of no org takes a request that has it. */
export const outgoingMark = 'x-errorg-outgoing'

const TIMEOUT_MS = 3_000
// Okta takes answers of less than 256 KB (documented for token hooks).
const LONGEST_ANSWER = 256 * 1024

/** Makes the outgoing calls of one org. */
export function createOutgoing(fetch: Fetch, sleep: Sleep): Outgoing {
  const underWay = new Set<AbortController>()
  let closed = false

  const once = async ({ method, url, headers, body }: OutCall): Promise<OutAnswer> => {
    if (closed) return stopped
    if (!mayCall(url)) return { ok: false, why: 'address-refused', says: 'the address may not be called' }
    const stop = new AbortController()
    const over = new AbortController()
    let late = false
    underWay.add(stop)
    const ended = new Promise<never>((_, reject) =>
      stop.signal.addEventListener('abort', () => reject(new Error('ended')), { once: true }),
    )
    ended.catch(() => undefined)
    void sleep(TIMEOUT_MS, over.signal).then(() => {
      if (over.signal.aborted) return
      late = true
      stop.abort()
    })
    try {
      // An injected fetch may not listen to the signal: whoever waits is let go all the same.
      const response = await Promise.race([
        fetch(url, { method, headers: marked(headers), body, redirect: 'manual', signal: stop.signal }),
        ended,
      ])
      const text = await Promise.race([readText(response), ended])
      if (text !== undefined) return { ok: true, status: response.status, text }
      return { ok: false, why: 'answer-too-long', says: `the answer is longer than ${LONGEST_ANSWER / 1024} kB` }
    } catch (error) {
      if (late) return { ok: false, why: 'timed-out', says: `no answer within ${TIMEOUT_MS / 1000} seconds` }
      if (stop.signal.aborted) return stopped
      return { ok: false, why: 'unreachable', says: `no connection${codeOf(error)}` }
    } finally {
      over.abort()
      stop.abort()
      underWay.delete(stop)
    }
  }

  const stop = () => {
    for (const controller of [...underWay]) controller.abort()
  }
  return {
    call: once,
    async callTwice(call) {
      const first = await once(call)
      return mayRepeat(first) ? await once(call) : first
    },
    stop,
    close() {
      closed = true
      stop()
    },
  }
}

const stopped: OutAnswer = { ok: false, why: 'stopped', says: 'the org was closed or put back' }

// Over a Headers object: a hook's own header of that name, in whatever spelling, gives way.
function marked(headers: OutCall['headers']): Record<string, string> {
  const all = new Headers(headers)
  all.set(outgoingMark, '1')
  return Object.fromEntries(all)
}

// A redirect or a 4xx is an answer: asking again would give the same.
function mayRepeat(answer: OutAnswer): boolean {
  return answer.ok ? answer.status >= 500 : answer.why === 'timed-out' || answer.why === 'unreachable'
}

// Longer answers are not read to their end.
async function readText(response: Response): Promise<string | undefined> {
  if (!response.body) return ''
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > LONGEST_ANSWER) return undefined
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function codeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } }
  return typeof cause?.code === 'string' ? ` (${cause.code})` : ''
}

/** May this address be called? Everywhere by https; by plain http only on this machine. */
export function mayCall(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  // fetch refuses names and passwords in an address.
  if (url?.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

/** Does this host stand for the machine itself? `URL` has brought addresses into one form, IPv6 ones in brackets. */
function isLoopback(host: string): boolean {
  // With a dot at its end a name is the same name.
  const name = host.replace(/\.$/, '')
  if (name === 'localhost' || name.endsWith('.localhost') || name === '[::1]') return true
  return /^127(?:\.\d{1,3}){3}$/.test(name) || /^\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\]$/.test(name)
}

/** What the text of an answer says as JSON; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
