// How does a program in the same process call the org? By a function with the shape of fetch, no socket between.
import type { Org } from '../org.ts'
import type { Incoming } from './exchange.ts'
import type { BrokenLine, Ending } from './walk.ts'

/** Answers a request. A hang waits for the caller's abort, a reset rejects, as a socket would. */
export async function orgFetch(org: Org, input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = input instanceof Request && !init ? input : new Request(input, init)
  request.signal.throwIfAborted()
  const url = new URL(request.url)
  const headers: Record<string, string | string[]> = {}
  request.headers.forEach((value, name) => {
    headers[name] = value
  })
  headers.host ??= url.host
  const incoming: Incoming = {
    method: request.method,
    target: url.pathname + url.search,
    headers,
    remoteAddress: '127.0.0.1',
    signal: request.signal,
    async readBody(limit) {
      const bytes = new Uint8Array(await request.arrayBuffer())
      return bytes.length > limit ? undefined : bytes
    },
  }
  const ending = await orAbort(org.answer(incoming), request.signal)
  if ('line' in ending && ending.line) {
    if (ending.line === 'reset') throw new TypeError('fetch failed', { cause: new Error('socket hang up') })
    return await new Promise<never>((_resolve, reject) => {
      const stop = () => reject(request.signal.reason)
      if (request.signal.aborted) stop()
      else request.signal.addEventListener('abort', stop, { once: true })
    })
  }
  return toResponse(ending as Ending)
}

function toResponse(ending: Ending): Response {
  const headers = new Headers()
  for (let i = 0; i < ending.headers.length; i += 2) headers.append(ending.headers[i]!, ending.headers[i + 1]!)
  const empty = ending.status === 204 || ending.status === 304
  return new Response(empty ? null : ending.body, { status: ending.status, headers })
}

async function orAbort(answer: Promise<Ending | BrokenLine>, signal: AbortSignal): Promise<Ending | BrokenLine> {
  if (signal.aborted) signal.throwIfAborted()
  let stop: (() => void) | undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([answer, aborted])
  } finally {
    if (stop) signal.removeEventListener('abort', stop)
  }
}
