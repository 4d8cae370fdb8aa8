// How does an answer or a refusal become bytes? Rendered once, here.
import { type Contract, wireOf } from '@errorg/errors'
import type { EdgeRefusal, Failure } from '../fail.ts'
import type { OAuthRefusal } from '../oauth/errors.ts'
import type { Org } from '../org.ts'
import type { Answer, Exchange } from './exchange.ts'
import { type FlatHeaders, headersFor } from './headers.ts'
import { type JsonText, piecesOf, renderJson } from './shown.ts'

/** An answer ready for the wire. */
export interface Rendered {
  status: number
  headers: FlatHeaders
  body: string
  /** The body of an answer that is no text; then `body` is empty. */
  bytes?: Uint8Array
  /** The same body in pieces that other answers share: who keeps it for long keeps these. */
  pieces?: readonly JsonText[]
}

/** Renders what a handler answered. */
export function renderAnswer(answer: Answer, x: Exchange, date: string): Rendered {
  let headers = headersFor(x.stage, x, false, date)
  // A page brings a content security policy of its own: a second line would only narrow the first.
  const foreign = answer.text !== undefined || answer.bytes !== undefined
  if (foreign && answer.headers) headers = without(headers, answer.headers)
  const body = answer.text ?? (answer.body === undefined ? '' : renderJson(answer.body))
  if (!foreign && body !== '') headers.push('content-type', 'application/json')
  // 204s of recorded traffic carry this one and no content type.
  if (answer.status === 204) headers.push('x-frame-options', 'SAMEORIGIN')
  if (answer.headers) for (const [name, value] of answer.headers) headers.push(name, value)
  if (answer.bytes) return { status: answer.status, headers, body: '', bytes: answer.bytes }
  return { status: answer.status, headers, body, pieces: piecesOf(answer.body) }
}

function without(headers: FlatHeaders, replaced: NonNullable<Answer['headers']>): FlatHeaders {
  const names = new Set(replaced.map(([name]) => name))
  return headers.filter((_text, i) => !names.has(headers[i - (i % 2)]!))
}

/** What a failure shows to the caller, by contract. */
export interface FailureOnWire {
  status: number
  summary: string
  causes: string[]
  /** Holes of the texts that no fact fills. Their place says "unknown": a hole never reaches the wire. */
  unfilled: string[]
}

/** Picks and fills the texts of a failure. */
export function wireOfFailure({ entry, causeId, facts }: Failure, contract: Contract): FailureOnWire {
  const { status, summary } = wireOf(entry, causeId, contract)
  const unfilled: string[] = []
  // A text that is filled in may itself look like a hole (an id in a path can be anything), so holes are counted
  // where they are filled, not looked for in the result.
  const fill = (template: string): string =>
    template.replace(HOLE, (_hole, name: string) => {
      const value = facts[name]
      if (typeof value === 'string' || typeof value === 'number') return String(value)
      unfilled.push(name)
      return 'unknown'
    })
  return {
    status,
    summary: fill(summary),
    causes: facts.causes?.slice() ?? entry.causes[causeId]?.wire?.causes?.map(fill) ?? [],
    unfilled,
  }
}

const HOLE = /\{(\w+)\}/g

/** The names of a template's holes. */
export function holesOf(template: string): string[] {
  return Array.from(template.matchAll(HOLE), ([, name]) => name!)
}

/** Renders a refusal in the envelope of /api/v1: five keys, in this order. */
export function renderFailure(org: Org, x: Exchange, failure: Failure): Rendered {
  const { status, summary, causes, unfilled } = wireOfFailure(failure, org.settings.contract)
  if (unfilled.length > 0) org.onFault(new Error(`${failure.message} was raised without ${unfilled.join(', ')}`))
  const { code } = failure.entry
  const headers = headersFor(x.stage, x, true, org.dateHeader(x.now))
  headers.push('content-type', 'application/json')
  if (failure.facts.headers) for (const [name, value] of failure.facts.headers) headers.push(name, value)
  const body = JSON.stringify({
    errorCode: code,
    errorSummary: summary,
    errorLink: code,
    errorId: org.ids.errorId(),
    errorCauses: causes.map((text) => ({ errorSummary: text })),
  })
  return { status, headers, body }
}

/** Renders a refusal of an OAuth endpoint. */
export function renderRefusal(org: Org, x: Exchange, refusal: OAuthRefusal): Rendered {
  const { status, error, description, more } = refusal
  const headers = headersFor(x.stage, x, true, org.dateHeader(x.now))
  if (more.headers) for (const [name, value] of more.headers) headers.push(name, value)
  if (more.form === 'empty') return { status, headers, body: '' }
  headers.push('content-type', 'application/json')
  // An unknown client is told in the envelope of /api/v1, with a word in the place of the code (reported).
  const body =
    more.form === 'envelope'
      ? {
          errorCode: error,
          errorSummary: description,
          errorLink: error,
          errorId: org.ids.errorId(),
          errorCauses: [],
        }
      : { error, error_description: description }
  return { status, headers, body: JSON.stringify(body) }
}

/** Renders a refusal of the edge: no content type, as 27 recorded ones. */
export function renderEdge(refusal: EdgeRefusal, date: string): Rendered {
  return {
    status: refusal.status,
    headers: ['server', 'Apache', 'date', date],
    body: JSON.stringify({ status: refusal.status, message: refusal.message }),
  }
}
