// Was this read a moment ago? Then it need not be asked again, or only whether it still holds. Off unless you ask for it:
// Okta marks all its answers `no-cache, no-store`, so how old an answer may be is for the caller to say.
import { createHash } from 'node:crypto'
import { copyOf, isJson, receive, receivedBytes } from '../body.ts'
import { methodOf, originOf, pathOf, signalOf, urlOf } from '../call.ts'
import { type Clock, systemClock } from '../clock.ts'
import type { Listener } from '../events.ts'
import type { CallInit, Fetch, Layer } from '../layer.ts'
import { createLru } from '../lru.ts'

/** What may be given a second time. */
export interface CacheOptions {
  /**
   * How old an answer may be, counted from when it was asked for; by path, if you like. 0: the org is asked each time,
   * with `If-None-Match` where the answer had an `ETag`. `undefined` from the function: this path is left alone.
   * Default 0.
   */
  ttlMs?: number | ((path: string) => number | undefined)
  /** How much longer an answer with an `ETag` is kept, so that the org can confirm it. Default: while there is room. */
  confirmMs?: number
  /** Keeps nothing that says `cache-control: no-store`. At Okta that is everything. Default false. */
  respectNoStore?: boolean
  /** How many answers are kept. Default 500. */
  maxEntries?: number
  /** How much they may take; a single one at most a sixteenth of it. Default 16 MiB. */
  maxBytes?: number
  /**
   * Who asks, where an inner layer adds the credential and it changes from call to call; part of the name under which
   * an answer is kept. The headers of the call are part of it in any case.
   */
  credential?: () => string | Promise<string>
  clock?: Clock
  onEvent?: Listener
}

interface Place {
  origin: string
  path: string
}

interface Entry extends Place {
  /** Status and headers, without a body. */
  head: Response
  bytes: ArrayBuffer
  etag: string | undefined
  freshUntil: number
}

/** What came of a call that several callers may share. `bytes` is absent where only one can have it: it is a stream. */
interface Outcome {
  response: Response
  bytes?: ArrayBuffer | null
  /** Whether somebody has the response itself; everybody after that gets a copy. */
  taken?: boolean
}

interface Flight extends Place {
  call: AbortController
  outcome: Promise<Outcome>
  waiting: number
  /** Something was written meanwhile: the answer may be older than that, so it is not kept and not shared further. */
  outdated: boolean
}

/**
 * Answers a GET from memory while its answer is young enough, asks whether it still holds where it has an `ETag`, and
 * sends one request for those who ask the same at the same moment. Only whole JSON answers with status 200 are kept,
 * per URL and per request headers, so never for another credential.
 *
 * What is written through this layer is forgotten: its path, what is above and below it, and what has one of its objects
 * in its path. What others write, and what follows from a write elsewhere, is seen when the time is over. A call with
 * the header `cache-control: no-cache` is always sent. It belongs outside of all other layers.
 */
export function cache(options: CacheOptions = {}): Layer {
  const { ttlMs = 0, confirmMs = Number.POSITIVE_INFINITY, respectNoStore = false } = options
  const { maxEntries = 500, maxBytes = 16 * 2 ** 20, clock = systemClock(), onEvent } = options
  const entries = createLru<Entry>({ maxEntries, maxBytes })
  const flights = new Map<string, Flight>()

  function forget(written: Place): void {
    let any = false
    for (const [key, entry] of entries.entries()) if (isTouched(written, entry)) any = entries.delete(key) || any
    for (const [key, flight] of flights) {
      if (isTouched(written, flight)) leaveAlone(key, flight)
    }
    if (any) onEvent?.({ type: 'cache', what: 'forgotten', path: written.path })
  }

  /** Nobody joins this call any more, and its answer is not kept. */
  function leaveAlone(key: string, flight: Flight | undefined): void {
    if (flight === undefined) return
    flight.outdated = true
    if (flights.get(key) === flight) flights.delete(key)
  }

  async function write(next: Fetch, input: Parameters<Fetch>[0], init?: CallInit): Promise<Response> {
    const url = urlOf(input)
    const place = { origin: originOf(url), path: pathOf(url) }
    let status: number | undefined
    try {
      const response = await next(input, init)
      status = response.status
      return response
    } finally {
      // A refusal changed nothing. A 5xx or a broken connection may have, after all.
      if (status === undefined || status < 400 || status >= 500) forget(place)
    }
  }

  function send(next: Fetch, place: Place, key: string, ttl: number, init: CallInit, input: Parameters<Fetch>[0]) {
    const known = entries.get(key)
    const call = new AbortController()
    const flight = { ...place, call, waiting: 0, outdated: false } as Flight
    flights.set(key, flight)
    flight.outcome = fly()
    return flight

    async function fly(): Promise<Outcome> {
      const freshUntil = clock.ticks() + ttl
      try {
        const asked = { ...init, signal: call.signal }
        if (known?.etag !== undefined) asked.headers = withHeader(headersOf(input, init), 'if-none-match', known.etag)
        const response = await next(input, asked)
        if (known !== undefined && response.status === 304) {
          onEvent?.({ type: 'cache', what: 'confirmed', path: place.path })
          const head = renewed(known.head, response.headers)
          if (!flight.outdated) keep({ ...known, head, freshUntil })
          return { response: copyOf(head, known.bytes), bytes: known.bytes }
        }
        if (response.status < 500 && response.status !== 429) entries.delete(key)
        if (response.body === null) return { response, bytes: null }
        if (!isJson(response)) return { response }
        await receive(response)
        const bytes = receivedBytes(response)
        if (bytes !== undefined && !flight.outdated && mayBeKept(response, respectNoStore)) {
          const etag = response.headers.get('etag') ?? undefined
          if (ttl > 0 || etag !== undefined) keep({ ...place, head: copyOf(response, null), bytes, etag, freshUntil })
        }
        return { response, bytes }
      } finally {
        if (flights.get(key) === flight) flights.delete(key)
      }
    }

    function keep(entry: Entry): void {
      // The headers of an answer of Okta and what holds them take about 4 kB.
      const bytes = entry.bytes.byteLength + key.length + 4096
      if (bytes <= maxBytes / 16) entries.set(key, entry, bytes)
    }
  }

  async function read(next: Fetch, input: Parameters<Fetch>[0], init: CallInit = {}): Promise<Response> {
    const url = urlOf(input)
    const place = { origin: originOf(url), path: pathOf(url) }
    const ttl = typeof ttlMs === 'number' ? ttlMs : ttlMs(place.path)
    const headers = headersOf(input, init)
    if (ttl === undefined || conditional.some((name) => headers.has(name))) return next(input, init)
    const signal = signalOf(input, init)
    signal?.throwIfAborted()

    const key = keyOf(url, headers, init.redirect ?? requestOf(input)?.redirect)
    if (/no-cache|no-store/i.test(headers.get('cache-control') ?? '')) {
      // Not shared either: a request that is under way may have been answered before what this caller knows of.
      entries.delete(key)
      leaveAlone(key, flights.get(key))
    }
    const known = entries.get(key)
    const now = clock.ticks()
    if (known !== undefined && now >= known.freshUntil + confirmMs) entries.delete(key)
    if (known !== undefined && now < known.freshUntil) {
      onEvent?.({ type: 'cache', what: 'hit', path: place.path })
      return fromMemory(known)
    }

    const flight = flights.get(key) ?? send(next, place, key, ttl, init, input)
    const outcome = await join(flight, key, signal)
    if (outcome.taken !== true) {
      outcome.taken = true
      // A stream still flows when its head is handed over; whoever has it may cut it.
      if (outcome.bytes === undefined) {
        signal?.addEventListener('abort', () => flight.call.abort(signal.reason), { once: true })
      }
      return outcome.response
    }
    return outcome.bytes === undefined ? next(input, init) : copyOf(outcome.response, outcome.bytes)
  }

  /** Waits for a call that others may wait for too. The last one who leaves ends it. */
  function join(flight: Flight, key: string, signal: AbortSignal | undefined): Promise<Outcome> {
    flight.waiting++
    if (signal === undefined) return flight.outcome
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(signal.reason)
        flight.waiting--
        if (flight.waiting > 0) return
        leaveAlone(key, flight)
        flight.call.abort(signal.reason)
      }
      signal.addEventListener('abort', leave, { once: true })
      flight.outcome.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
    })
  }

  return (next) => (input, init) => {
    const method = methodOf(input, init)
    if (method === 'GET') return read(next, input, init)
    return method === 'HEAD' || method === 'OPTIONS' ? next(input, init) : write(next, input, init)
  }
}

/** A caller who asks with these does the cache's work himself, or wants a part. */
const conditional = ['if-none-match', 'if-modified-since', 'if-match', 'if-unmodified-since', 'range']

/** Differ from call to call and change no answer. */
const tracing: ReadonlySet<string> = new Set(['traceparent', 'tracestate', 'x-request-id', 'x-correlation-id'])

/**
 * The URL and all that was sent with it: whatever an answer varies by (`accept`, the `content-type` with which Okta is
 * asked to leave credentials out, a cookie, a language) is another entry. Hashed, because one of them is the credential.
 */
function keyOf(url: string, headers: Headers, redirect = 'follow'): string {
  const hash = createHash('sha256')
  for (const [name, value] of headers) if (!tracing.has(name)) hash.update(`${name}: ${value}\n`)
  const fragment = url.indexOf('#')
  return `${hash.digest('base64url')} ${redirect} ${fragment < 0 ? url : url.slice(0, fragment)}`
}

function headersOf(input: Parameters<Fetch>[0], init: CallInit): Headers {
  return new Headers(init.headers ?? requestOf(input)?.headers)
}

function requestOf(input: Parameters<Fetch>[0]): Request | undefined {
  return typeof input === 'object' && 'headers' in input ? input : undefined
}

function withHeader(headers: Headers, name: string, value: string): Headers {
  headers.set(name, value)
  return headers
}

function mayBeKept(response: Response, respectNoStore: boolean): boolean {
  if (response.status !== 200 || response.redirected) return false
  if (response.headers.get('vary')?.includes('*')) return false
  return !respectNoStore || !/no-store/i.test(response.headers.get('cache-control') ?? '')
}

/** The headers as they stand after the org said that the rest still holds (RFC 9111, section 3.2). */
function renewed(head: Response, headers: Headers): Response {
  const copy = copyOf(head, null)
  for (const [name, value] of headers) if (!name.startsWith('content-')) copy.headers.set(name, value)
  return copy
}

function fromMemory({ head, bytes }: Entry): Response {
  const response = copyOf(head, bytes)
  // What was left of the limit then is not what is left of it now.
  for (const name of ['limit', 'remaining', 'reset']) response.headers.delete(`x-rate-limit-${name}`)
  return response
}

/** Whether what was written may show in what was read. */
function isTouched(written: Place, read: Place): boolean {
  if (written.origin !== read.origin) return false
  const writes = written.path.split('/')
  const reads = read.path.split('/')
  // PUT groups/{groupId}/users/{userId} shows in users/{userId}/groups, and a lifecycle operation in all of its object.
  return writes.some((segment) => isObject(segment) && reads.includes(segment)) || isAboveOrBelow(writes, reads)
}

function isAboveOrBelow(writes: readonly string[], reads: readonly string[]): boolean {
  for (let at = 0; at < Math.min(writes.length, reads.length); at++) {
    if (writes[at] === reads[at]) continue
    // '', 'api', 'v1', 'users', '00u…': an object has more names than its id (`me`, a login, `default`), so a name that
    // is no id may be any of them.
    if (at === 4 && !(isId(writes[at]!) && isId(reads[at]!))) continue
    return false
  }
  return true
}

/** A segment that names one object and no kind of objects. */
function isObject(segment: string): boolean {
  return /[\d@.]/.test(segment) && !/^v\d+$/.test(segment)
}

function isId(segment: string): boolean {
  return /^[0-9a-zA-Z]{17,20}$/.test(segment)
}
