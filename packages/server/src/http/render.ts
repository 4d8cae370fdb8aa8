// How does an answer or a refusal become bytes? Rendered once, here.
import { type Contract, fillHoles, wireOf } from '@errorg/errors'
import type { EdgeRefusal, Failure } from '../fail.ts'
import type { Answer, Exchange } from './exchange.ts'
import { type FlatHeaders, headersFor } from './headers.ts'

/** An answer ready for the wire. */
export interface Rendered {
  status: number
  headers: FlatHeaders
  body: string
}

/** Renders what a handler answered. */
export function renderAnswer(answer: Answer, x: Exchange, date: string): Rendered {
  const headers = headersFor(x.stage, x, false)
  headers.push('date', date)
  const body = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body))
  if (answer.text === undefined && body !== '') headers.push('content-type', 'application/json')
  // 204s of recorded traffic carry this one and no content type.
  if (answer.status === 204) headers.push('x-frame-options', 'SAMEORIGIN')
  if (answer.headers) for (const [name, value] of answer.headers) headers.push(name, value)
  return { status: answer.status, headers, body }
}

/** What a failure shows to the caller, by contract. */
export function wireOfFailure(
  failure: Failure,
  contract: Contract,
): { status: number; summary: string; causes: string[] } {
  const { entry, causeId, facts } = failure
  const { status, summary } = wireOf(entry, causeId, contract)
  const causes = facts.causes ?? entry.causes[causeId]?.wire?.causes ?? []
  return {
    status,
    summary: fillHoles(summary, facts),
    causes: causes.map((text) => (facts.causes ? text : fillHoles(text, facts))),
  }
}

/** Renders a refusal in the envelope of /api/v1: five keys, in this order. */
export function renderFailure(
  failure: Failure,
  x: Exchange,
  date: string,
  contract: Contract,
  errorId: string,
): Rendered {
  const { status, summary, causes } = wireOfFailure(failure, contract)
  const { code } = failure.entry
  const headers = headersFor(x.stage, x, true)
  headers.push('date', date, 'content-type', 'application/json')
  if (failure.facts.headers) for (const [name, value] of failure.facts.headers) headers.push(name, value)
  const body = JSON.stringify({
    errorCode: code,
    errorSummary: summary,
    errorLink: code,
    errorId,
    errorCauses: causes.map((text) => ({ errorSummary: text })),
  })
  return { status, headers, body }
}

/** Renders a refusal of the edge: no content type, as 27 recorded ones. */
export function renderEdge(refusal: EdgeRefusal, date: string): Rendered {
  return {
    status: refusal.status,
    headers: ['server', 'Apache', 'date', date],
    body: JSON.stringify({ status: refusal.status, message: refusal.message }),
  }
}
