// What has been asked, and what was answered? The newest 1,000 exchanges with their private cause, for the person
// who runs the org; secrets are hidden when somebody reads, not when it is written, and only what is read.
import type { Exchange, Incoming } from './http/exchange.ts'
import { type JsonText, renderJson } from './http/shown.ts'
import type { BrokenLine, Ending } from './http/walk.ts'
import type { LedgerView } from './ledger-view.ts'

/** One exchange as it is kept. */
export interface LedgerEntry {
  id: string
  at: number
  method: string
  target: string
  requestHeaders: Incoming['headers']
  requestBody: Uint8Array | undefined
  operation: string | undefined
  callerId: string | undefined
  /** 0 when the line broke, or nothing was ever answered. */
  status: number
  responseHeaders: readonly string[]
  responseBody: string | Buffer | readonly JsonText[]
  /** `E0000016/user-already-active`; what only the org knows. */
  cause: string | undefined
  /** Set when a fault was injected: then the answer proves nothing. */
  fault?: string
  /** What has been shown of it. */
  shown?: LedgerView
}

/** The newest exchanges. */
export interface Ledger {
  add(entry: LedgerEntry): void
  /** Newest first. */
  list(): LedgerEntry[]
  find(id: string): LedgerEntry | undefined
  clear(): void
}

const BODY_KEPT = 64 * 1024
const LONG = 8 * 1024

/** Makes an empty ledger of the newest `capacity` exchanges. */
export function createLedger(capacity = 1_000): Ledger {
  const ring: (LedgerEntry | undefined)[] = new Array(capacity)
  let count = 0
  return {
    add(entry) {
      ring[count % capacity] = entry
      count += 1
    },
    list() {
      const entries: LedgerEntry[] = []
      for (let i = count - 1; i >= 0 && i >= count - capacity; i--) entries.push(ring[i % capacity]!)
      return entries
    },
    find: (id) => ring.find((entry) => entry?.id === id),
    clear() {
      ring.fill(undefined)
      count = 0
    },
  }
}

/** An exchange as a ledger entry; bodies are cut at 64 kB. */
export function ledgerEntry(x: Exchange, ending: Ending | BrokenLine, fault?: string): LedgerEntry {
  const answer = ending.line === undefined ? ending : NO_ANSWER
  return {
    id: x.requestId,
    at: x.now,
    method: x.method,
    target: x.incoming.target,
    requestHeaders: x.incoming.headers,
    requestBody: x.rawBody && x.rawBody.length > BODY_KEPT ? x.rawBody.slice(0, BODY_KEPT) : x.rawBody,
    operation: x.operation?.id,
    callerId: x.caller?.userId,
    status: answer.status,
    responseHeaders: answer.headers,
    responseBody: answer.bytes ? `(${answer.bytes.length} bytes)` : (answer.pieces ?? keepText(answer.body)),
    cause: x.cause,
    fault,
  }
}

/** The body of an answer as it was sent, cut at 64 kB. */
export function responseText({ responseBody }: LedgerEntry): string {
  if (typeof responseBody === 'string') return responseBody
  return Buffer.isBuffer(responseBody) ? responseBody.toString() : renderJson(responseBody).slice(0, BODY_KEPT)
}

// A slice of a string keeps the whole string alive, so what is kept of a long one is copied; as bytes, because long
// strings that live for a thousand requests are carried from heap to heap by the collector.
function keepText(body: string): string | Buffer {
  return body.length > LONG ? Buffer.from(body.slice(0, BODY_KEPT)) : body
}

const NO_ANSWER = { status: 0, headers: [], body: '', bytes: undefined, pieces: undefined }
