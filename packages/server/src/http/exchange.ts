// What is one request, on its way through the org? Gates and handlers share this value.
import type { Operation } from '@errorg/errors/operations'
import type { App } from '../entities/app.ts'
import type { Admin } from '../gates/caller.ts'
import type { Route } from '../routes.ts'
import type { Stored } from '../state/state.ts'

/** A request as it arrived, whatever brought it (a socket, or `org.fetch`). */
export interface Incoming {
  method: string
  /** Path and query as sent. */
  target: string
  /** Lower-case names. */
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** The address of the other end of the connection. */
  remoteAddress: string
  /**
   * Reads the body, once; undefined when it is longer than `limit` bytes. Refuses at the edge when it breaks off. Most
   * bodies are there already: they are handed over without a promise.
   */
  readBody(limit: number): Promise<Uint8Array | undefined> | Uint8Array | undefined
  /** A signal that aborts when the caller gives up. */
  gone?(): AbortSignal
}

/** How far a request has come. It decides which headers an error carries. */
export type Stage = 'edge' | 'dispatcher' | 'authentication' | 'feature' | 'limit' | 'handler'

/** A request with all that has been found out about it so far. */
export interface Exchange {
  readonly incoming: Incoming
  /** The method, where a HEAD counts as a GET. */
  readonly method: string
  /** The path as sent, without query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly requestId: string
  /** The org's time when it arrived, in ms; one value for the whole request. */
  readonly now: number
  stage: Stage
  route: Route
  operation: Operation | undefined
  params: Readonly<Record<string, string>>
  /** Who is calling. Set by the authentication gate. */
  caller: Admin | undefined
  /** The parsed JSON body, the URLSearchParams of a form, or the bytes of a file; undefined when there was none. */
  body: unknown
  /** limit, remaining, reset, as they will be shown. */
  rate: RateHeaders | undefined
  /** The body as it arrived, for the private record; set by the body gate. */
  rawBody: Uint8Array | undefined
  /** The caller's address: the socket's, or X-Forwarded-For when the socket is loopback. */
  readonly address: string
  /** What the handler waits for first: latency that somebody asked for. */
  pause?: () => Promise<void>
  /** Called when the answer is known, in reverse order; gates use it to give back what they took. */
  onDone: (() => void)[]
  /** Why it was refused, such as `E0000016/user-already-active`, for the org's private record. */
  cause: string | undefined
  /** What an OAuth endpoint has found out about its caller: pages of the client's own may read the answer. */
  seen?: { readonly client?: Stored<App> }
  /** Whether its sign-in counts already: a request that lost a race is walked again, and counts once. */
  nameCounted?: boolean
}

/** The three rate-limit headers. */
export interface RateHeaders {
  limit: number
  remaining: number
  /** Epoch seconds. */
  reset: number
}

/** What a handler answers. */
export interface Answer {
  status: number
  /** Written as compact JSON; undefined for an empty body. */
  body?: unknown
  /** A body that is not JSON, with its type in `headers`. */
  text?: string
  /** A body that is no text at all (a picture), with its type in `headers`. */
  bytes?: Uint8Array
  /** Extra headers; a name may come twice (`link`). */
  headers?: readonly (readonly [string, string])[]
}

/** 200 with a body. */
export function ok(body: unknown, headers?: Answer['headers']): Answer {
  return { status: 200, body, headers }
}

/** 201 with a body. */
export function created(body: unknown, headers?: Answer['headers']): Answer {
  return { status: 201, body, headers }
}

/** 204. */
export function noContent(): Answer {
  return { status: 204 }
}
