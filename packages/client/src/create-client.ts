// How does a program call an org and survive what can go wrong? A client: a fetch with all layers around it, and the few
// things that nearly every program does with one.
import { peekText } from './body.ts'
import { isAt, methodOf, plainCall, urlOf } from './call.ts'
import { type Clock, systemClock } from './clock.ts'
import { ClosedError, OktaError, oktaErrorOf } from './errors.ts'
import type { ClientEvent, Listener } from './events.ts'
import type { CallInit, Fetch } from './layer.ts'
import { createCoordinator } from './pace/coordinator.ts'
import { paginate } from './paginate.ts'
import { type ResilientOptions, resilient, systemFetch } from './resilient.ts'
import { type ClientStats, createCounts } from './stats.ts'

/** What a client is made from. Only `orgUrl` has to be given. */
export interface ClientOptions extends ResilientOptions {
  /** `https://example.okta.com`. Calls to other hosts are refused. */
  orgUrl: string
  /** Sends what the layers let through. Default: the global `fetch`. */
  fetch?: Fetch
}

/** A call whose body may be anything that has a JSON form. */
export type JsonInit = Omit<CallInit, 'body'> & { body?: unknown }

/** Calls one org. */
export interface Client {
  /**
   * As the global `fetch`: an HTTP failure is a `Response`; what has no response throws. Takes paths such as
   * `/api/v1/users`, too.
   */
  fetch: Fetch
  /** Sends and reads JSON. Throws an `OktaError` for every refusal. `undefined` where the answer has no body. */
  json<Answer = unknown>(input: Parameters<Fetch>[0], init?: JsonInit): Promise<Answer>
  /** The items of a list, page after page, as they are taken. */
  paginate<Item = unknown>(input: Parameters<Fetch>[0], init?: CallInit): AsyncGenerator<Item, void, undefined>
  /** What it did, and what it knows of the limits. */
  stats(): ClientStats
  /** Refuses all who wait and all who come. Calls that are under way go on to their end. */
  close(): void
}

/**
 * Makes a client. Nothing needs to be configured: it learns the limits of the org from its answers.
 *
 * @example
 * const client = createClient({ orgUrl: 'https://example.okta.com', auth: { token: process.env.OKTA_TOKEN } })
 * for await (const user of client.paginate<User>('/api/v1/users')) console.log(user.profile.login)
 */
export function createClient(options: ClientOptions): Client {
  const { origin, baseUrl } = readOrgUrl(options.orgUrl)
  const { counts, hear } = createCounts()
  const onEvent = listener(hear, options.onEvent)
  const { clock, close: closeClock } = closable(options.clock ?? systemClock())
  const own = options.limits !== false && options.coordinator === undefined
  const coordinator = own ? createCoordinator({ ...options.limits, clock }) : options.coordinator
  const wire = options.fetch ?? systemFetch
  const send = resilient({ ...options, orgUrl: baseUrl, clock, onEvent, coordinator })((input, init) => {
    counts.sent++
    return wire(input, init)
  })
  let closed = false

  const fetch: Fetch = (input, init) => {
    if (closed) return Promise.reject(new ClosedError())
    counts.calls++
    // A path or an address of the org as text: the usual call, which needs nothing else.
    if (typeof input === 'string') {
      const url = input.startsWith('/') && !/^\/[/\\]/.test(input) ? baseUrl + input : input
      return isAt(origin, url) ? send(url, init) : sendResolved(input, init)
    }
    return sendPlain(input, init)
  }

  async function sendResolved(input: string, init: CallInit | undefined): Promise<Response> {
    const { href } = new URL(input, `${baseUrl}/`)
    if (isAt(origin, href)) return send(href, init)
    throw new TypeError(
      `The call was not sent: ${new URL(href).origin} is not the org of this client, ${origin}. Use another client or fetch for it.`,
    )
  }

  async function sendPlain(input: URL | Request, init: CallInit | undefined): Promise<Response> {
    const [url, plain] = await plainCall(input, init)
    return sendResolved(url, plain)
  }

  async function read(input: Parameters<Fetch>[0], init?: CallInit): Promise<{ response: Response; body: unknown }> {
    const response = await fetch(input, init)
    const method = methodOf(input, init)
    const url = response.url === '' ? new URL(urlOf(input), `${baseUrl}/`).href : response.url
    if (!response.ok) throw await oktaErrorOf(response, method, url)
    const text = await peekText(response)
    if (text === undefined || text === '') return { response, body: undefined }
    try {
      return { response, body: JSON.parse(text) as unknown }
    } catch {
      throw notJson(response, method, new URL(url).pathname)
    }
  }

  return {
    fetch,
    async json<Answer>(input: Parameters<Fetch>[0], init?: JsonInit): Promise<Answer> {
      return (await read(input, jsonCall(init))).body as Answer
    },
    paginate<Item>(input: Parameters<Fetch>[0], init?: CallInit) {
      return paginate<Item>(read, new URL(urlOf(input), `${baseUrl}/`), jsonCall(init))
    },
    stats: () => ({ ...counts, buckets: coordinator?.stats() ?? [] }),
    close() {
      closed = true
      if (own) coordinator?.close()
      closeClock()
    },
  }
}

function readOrgUrl(text: string): { origin: string; baseUrl: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TypeError('orgUrl must be the address of the org, such as https://example.okta.com.')
  }
  const admin = /^(.+)-admin(\.(?:okta|oktapreview|okta-emea|okta-gov|okta\.mil)\.?.*)$/.exec(url.hostname)
  if (admin !== null) {
    throw new TypeError(
      `orgUrl is the address of the admin console, which has no API. Leave out "-admin": https://${admin[1]}${admin[2]}`,
    )
  }
  return { origin: url.origin, baseUrl: url.origin + url.pathname.replace(/\/+$/, '') }
}

/** Counts first, then tells the listener of the user, whose faults are his own. */
function listener(hear: Listener, own: Listener | undefined): Listener {
  if (own === undefined) return hear
  return (event: ClientEvent) => {
    hear(event)
    try {
      own(event)
    } catch {
      // A broken listener must not break calls.
    }
  }
}

/** A clock whose sleeps end when it is closed. */
function closable(clock: Clock): { clock: Clock; close: () => void } {
  const sleeping = new Set<AbortController>()
  const sleep: Clock['sleep'] = async (ms, signal) => {
    const controller = new AbortController()
    const onAbort = () => controller.abort(signal?.reason)
    if (signal?.aborted) onAbort()
    signal?.addEventListener('abort', onAbort, { once: true })
    sleeping.add(controller)
    try {
      await clock.sleep(ms, controller.signal)
    } finally {
      sleeping.delete(controller)
      signal?.removeEventListener('abort', onAbort)
    }
  }
  return {
    clock: {
      now: () => clock.now(),
      ticks: () => clock.ticks(),
      after: (ms, callback) => clock.after(ms, callback),
      sleep,
    },
    close() {
      for (const controller of sleeping) controller.abort(new ClosedError())
    },
  }
}

/** Asks for JSON, and sends what is no body of fetch's own as JSON. */
function jsonCall(init: JsonInit | undefined): CallInit {
  const { body, ...rest } = init ?? {}
  const headers = new Headers(init?.headers)
  if (!headers.has('accept')) headers.set('accept', 'application/json')
  if (body === undefined || body === null) return { ...rest, headers: Object.fromEntries(headers) }
  const isOwn = isFetchBody(body)
  if ((typeof body === 'string' || !isOwn) && !headers.has('content-type'))
    headers.set('content-type', 'application/json')
  const sent = isOwn ? (body as CallInit['body']) : JSON.stringify(body)
  return { ...rest, headers: Object.fromEntries(headers), body: sent }
}

function isFetchBody(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return typeof body === 'string'
  if (ArrayBuffer.isView(body) || Symbol.asyncIterator in body) return true
  return [ArrayBuffer, Blob, FormData, URLSearchParams, ReadableStream].some((kind) => body instanceof kind)
}

function notJson(response: Response, method: string, path: string): OktaError {
  const type = response.headers.get('content-type')?.split(';')[0] ?? 'without a content type'
  return new OktaError({
    status: response.status,
    summary: `the body is no JSON (${type}). Something between you and the org may have answered, or cut it short`,
    causes: [],
    requestId: response.headers.get('x-okta-request-id') ?? undefined,
    advice: 'never',
    method,
    path,
  })
}
