// How does a program in the same process call the org? By a function with the shape of fetch, no socket between.
import { EdgeRefusal } from '../fail.ts'
import type { Org } from '../org.ts'
import type { Incoming } from './exchange.ts'
import type { Ending } from './walk.ts'

/** Answers a request. A hang waits for the caller's abort, a reset rejects, as a socket would. */
export async function orgFetch(org: Org, input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = input instanceof Request && !init ? input : new Request(input, init)
  const { signal } = request
  signal.throwIfAborted()
  const url = new URL(request.url)
  const headers: Record<string, string | string[]> = {}
  request.headers.forEach((value, name) => {
    headers[name] = value
  })
  headers.host ??= url.host
  let unsent: unknown
  const incoming: Incoming = {
    method: request.method,
    target: url.pathname + url.search,
    headers,
    remoteAddress: '127.0.0.1',
    gone: () => signal,
    async readBody(limit) {
      try {
        return await readBody(request, limit)
      } catch (error) {
        unsent = error
        throw new EdgeRefusal(400, 'Bad Request', 'the caller left before its body was complete')
      }
    },
  }
  const ending = await orAbort(org.answer(incoming), signal)
  if (unsent !== undefined) throw new TypeError('fetch failed', { cause: unsent })
  if (ending.line === undefined) return toResponse(ending, request.method)
  if (ending.line === 'reset') throw new TypeError('fetch failed', { cause: hungUp() })
  return await hang(request)
}

// A request follows its caller's signal weakly, and nothing else leads to a wait that never ends: both would be
// collected, and the abort would reach nobody. A timer holds on to the request.
async function hang(request: Request): Promise<never> {
  const hold = setInterval(() => request, LONGEST_TIMER_MS)
  hold.unref()
  try {
    return await orAbort(new Promise<never>(() => undefined), request.signal)
  } finally {
    clearInterval(hold)
  }
}

const LONGEST_TIMER_MS = 2 ** 31 - 1

// With the code by which programs tell a broken line from other faults.
function hungUp(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
}

function toResponse(ending: Ending, method: string): Response {
  const headers = new Headers()
  for (let i = 0; i < ending.headers.length; i += 2) headers.append(ending.headers[i]!, ending.headers[i + 1]!)
  const { status } = ending
  const body = ending.bytes ?? ending.body
  const bare = body.length === 0 || method === 'HEAD' || status === 204 || status === 205 || status === 304
  // As bytes: for a string, Response adds a content type of its own, and refusals of the edge have none.
  return new Response(bare ? null : Buffer.from(body as string), { status, headers })
}

async function readBody(request: Request, limit: number): Promise<Uint8Array | undefined> {
  if (!request.body) return new Uint8Array(0)
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await orAbort(reader.read(), request.signal)
    if (done) return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)
    size += value.length
    if (size > limit) {
      await reader.cancel()
      return undefined
    }
    chunks.push(value)
  }
}

async function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let stop: (() => void) | undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    if (stop) signal.removeEventListener('abort', stop)
  }
}
