// What does the person who runs the org see of an exchange? All of it, with secrets hidden.
import { setImmediate } from 'node:timers/promises'
import { inspect } from 'node:util'
import { redactHeaders, redactText } from '@errorg/errors/wire'
import { isoDate } from './clock.ts'
import { type JsonText, jsonText } from './http/shown.ts'
import { type LedgerEntry, responseText } from './ledger.ts'

/** An exchange as it is shown; header lists are name and value, in order. */
export interface LedgerView {
  /** Also its `x-okta-request-id`. */
  id: string
  at: string
  operation: string | null
  callerId: string | null
  request: { method: string; target: string; headers: [string, string][]; body: string }
  response: { status: number; headers: [string, string][]; body: string }
  /** Why it failed, as only the org knows: `E0000016/user-already-active`. */
  cause: string | null
  /** The injected fault that answered, if one did. */
  fault: string | null
}

const decoder = new TextDecoder()

/**
 * Shows an exchange, with secrets hidden. Looking for them takes milliseconds for a long body, and a list holds a
 * thousand exchanges: each part is made when somebody reads it, and kept with its exchange.
 */
export function showEntry(entry: LedgerEntry): LedgerView {
  entry.shown ??= {
    ...plainParts(entry),
    request: whenRead<LedgerView['request']>({
      method: () => entry.method,
      target: () => redactText(entry.target),
      headers: () => redactHeaders(requestHeaders(entry)),
      body: () => redactText(requestText(entry)),
    }),
    response: whenRead<LedgerView['response']>({
      status: () => entry.status,
      headers: () => redactHeaders(responseHeaders(entry)),
      body: () => redactText(responseText(entry)),
    }),
  }
  return entry.shown
}

/** All of these exchanges as JSON, with secrets hidden; other requests get their turn meanwhile. */
export async function renderEntries(entries: readonly LedgerEntry[]): Promise<JsonText[]> {
  const texts: JsonText[] = []
  let sinceTurn = 0
  for (const entry of entries) {
    const text = JSON.stringify(showEntry(entry))
    texts.push(jsonText(text))
    sinceTurn += text.length
    if (sinceTurn >= TURN) {
      sinceTurn = 0
      await setImmediate()
    }
  }
  return texts
}

// As much as takes a few milliseconds.
const TURN = 64 * 1024

/** The exchange as its caller saw it, secrets included: for a diagnosis, which hides them itself. Never shown. */
export function asItWas(entry: LedgerEntry): LedgerView {
  return {
    ...plainParts(entry),
    request: {
      method: entry.method,
      target: entry.target,
      headers: requestHeaders(entry),
      body: requestText(entry),
    },
    response: { status: entry.status, headers: responseHeaders(entry), body: responseText(entry) },
  }
}

function plainParts({ id, at, operation, callerId, cause, fault }: LedgerEntry) {
  return {
    id,
    at: isoDate(at),
    operation: operation ?? null,
    callerId: callerId ?? null,
    cause: cause ?? null,
    fault: fault ?? null,
  }
}

const requestText = ({ requestBody }: LedgerEntry): string => (requestBody ? decoder.decode(requestBody) : '')

function requestHeaders(entry: LedgerEntry): [string, string][] {
  return Object.entries(entry.requestHeaders).flatMap(([name, value]) => {
    const values = Array.isArray(value) ? value : value === undefined ? [] : [value]
    return values.map((one): [string, string] => [name, one])
  })
}

function responseHeaders(entry: LedgerEntry): [string, string][] {
  const headers: [string, string][] = []
  for (let i = 0; i < entry.responseHeaders.length; i += 2) {
    headers.push([entry.responseHeaders[i]!, entry.responseHeaders[i + 1]!])
  }
  return headers
}

// An object whose members are made when they are first read, and stay. It is copied, compared and written as JSON like
// any other; `console.log` would show getters, so it is told what stands behind them.
function whenRead<T extends object>(makers: { readonly [K in keyof T]: () => T[K] }): T {
  const made: Partial<T> = {}
  const view = {} as T
  for (const name in makers) {
    const get = (): T[typeof name] => {
      if (!(name in made)) made[name] = makers[name]()
      return made[name]!
    }
    Object.defineProperty(view, name, { enumerable: true, get })
  }
  return Object.defineProperty(view, inspect.custom, { value: () => ({ ...view }) })
}
