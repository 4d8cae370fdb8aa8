// What does the person who runs the org see of an exchange? All of it, with secrets hidden.
import { redactHeaders, redactText } from '@errorg/errors/wire'
import { isoDate } from './clock.ts'
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

/** Shows an exchange, with secrets hidden. */
export function showEntry(entry: LedgerEntry): LedgerView {
  const { request, response, ...rest } = asItWas(entry)
  return {
    ...rest,
    request: {
      method: request.method,
      target: redactText(request.target),
      headers: redactHeaders(request.headers),
      body: redactText(request.body),
    },
    response: { ...response, headers: redactHeaders(response.headers), body: redactText(response.body) },
  }
}

/** The exchange as its caller saw it, secrets included: for a diagnosis, which hides them itself. Never shown. */
export function asItWas(entry: LedgerEntry): LedgerView {
  const requestHeaders: [string, string][] = []
  for (const [name, value] of Object.entries(entry.requestHeaders)) {
    for (const one of Array.isArray(value) ? value : value === undefined ? [] : [value])
      requestHeaders.push([name, one])
  }
  const responseHeaders: [string, string][] = []
  for (let i = 0; i < entry.responseHeaders.length; i += 2) {
    responseHeaders.push([entry.responseHeaders[i]!, entry.responseHeaders[i + 1]!])
  }
  return {
    id: entry.id,
    at: isoDate(entry.at),
    operation: entry.operation ?? null,
    callerId: entry.callerId ?? null,
    request: {
      method: entry.method,
      target: entry.target,
      headers: requestHeaders,
      body: entry.requestBody ? decoder.decode(entry.requestBody) : '',
    },
    response: {
      status: entry.status,
      headers: responseHeaders,
      body: responseText(entry),
    },
    cause: entry.cause ?? null,
    fault: entry.fault ?? null,
  }
}
