// What does a layer need to know of a call: its URL, method, signal, and whether it can be sent a second time?
import type { CallInit, Fetch } from './layer.ts'

type Input = Parameters<Fetch>[0]

/** A call that can be sent many times. */
export type PlainCall = [url: string, init: CallInit | undefined]

/** The URL, as it was given. */
export function urlOf(input: Input): string {
  if (typeof input === 'string') return input
  return input instanceof URL ? input.href : input.url
}

/** The method in upper case. */
export function methodOf(input: Input, init?: CallInit): string {
  const method = init?.method ?? (isRequest(input) ? input.method : 'GET')
  return method === 'GET' ? method : method.toUpperCase()
}

/** The caller's signal, if there is one. */
export function signalOf(input: Input, init?: CallInit): AbortSignal | undefined {
  return (init?.signal === undefined && isRequest(input) ? input.signal : init?.signal) ?? undefined
}

/** Scheme, host and port as written: a name to remember things under. To decide whom to trust, ask `isAt`. */
export function originOf(url: string): string {
  const host = url.indexOf('://')
  if (host < 0) return ''
  const end = url.slice(host + 3).search(/[/?#\\]/)
  return end < 0 ? url : url.slice(0, host + 3 + end)
}

/** `originOf`, remembering the last one: a layer asks on every call, and nearly always about the same org. */
export function createOriginReader(): (url: string) => string {
  let latest = ''
  return (url) => {
    if (latest !== '' && url.startsWith(latest) && url.charCodeAt(latest.length) === 47) return latest
    latest = originOf(url)
    return latest
  }
}

/** Whether the URL leads to this origin. `https://org.example@elsewhere/` does not lead to org.example. */
export function isAt(origin: string, url: string): boolean {
  if (url.startsWith(origin)) {
    const next = url.charAt(origin.length)
    if (next === '/' || next === '' || next === '?' || next === '#') return true
  }
  return URL.canParse(url) && new URL(url).origin === origin
}

/** The path, without query, for messages and events: a query may hold what nobody should read in a log. */
export function pathOf(url: string): string {
  const host = url.indexOf('://')
  const start = host < 0 ? 0 : url.indexOf('/', host + 3)
  if (start < 0) return '/'
  const path = url.slice(start)
  const end = path.search(/[?#]/)
  return end < 0 ? path : path.slice(0, end)
}

/** Whether it can be sent again as it stands. A stream is gone after the first time. */
export function isRepeatable(input: Input, init?: CallInit): boolean {
  if (isRequest(input)) return false
  const body = init?.body
  return body === undefined || body === null || typeof body === 'string' || !isStream(body)
}

/** The same call with nothing in it that can be read only once. */
export async function plainCall(input: Input, init?: CallInit): Promise<PlainCall> {
  const url = urlOf(input)
  let plain: CallInit | undefined = init
  if (isRequest(input)) {
    const { method, headers, redirect, signal } = input
    plain = { method, headers, redirect, signal, ...init }
    if (init?.body === undefined && input.body !== null) plain.body = await input.arrayBuffer()
  }
  const body = plain?.body
  if (isStream(body)) {
    const { duplex: _, ...rest } = { ...plain } as CallInit & { duplex?: string }
    plain = { ...rest, body: await new Response(body).arrayBuffer() }
  }
  return [url, plain]
}

function isRequest(input: Input): input is Request {
  return typeof input === 'object' && !(input instanceof URL)
}

function isStream(body: unknown): boolean {
  return typeof body === 'object' && body !== null && (body instanceof ReadableStream || Symbol.asyncIterator in body)
}
