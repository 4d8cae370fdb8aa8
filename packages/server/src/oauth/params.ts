// Which parameters came with a request? Each once: a doubled one is refused, for nobody can say which of the two counts.
import { redirectErrors } from '@errorg/errors/oauth'
import type { Exchange } from '../http/exchange.ts'
import { refuseAs } from './errors.ts'

/** Parameters by name; an empty one counts as absent. */
export type Params = ReadonlyMap<string, string>

/** What was sent, and what was sent more than once. */
export interface SentParams {
  params: Params
  doubled: readonly string[]
}

/** Reads a query or a form. The first of a doubled name is kept, so that the rest of the request can be understood. */
export function readParams(sent: URLSearchParams): SentParams {
  const params = new Map<string, string>()
  const seen = new Set<string>()
  const doubled = new Set<string>()
  for (const [name, value] of sent) {
    if (seen.has(name)) doubled.add(name)
    else if (value !== '') params.set(name, value)
    seen.add(name)
  }
  return { params, doubled: [...doubled] }
}

/** The form in the body of a request. */
export function formOf(x: Exchange): URLSearchParams {
  return x.body instanceof URLSearchParams ? x.body : new URLSearchParams()
}

/** The parameters of a form; a doubled one is refused. */
export function readForm(x: Exchange): Params {
  const { params, doubled } = readParams(formOf(x))
  refuseDoubled(doubled)
  return params
}

/** Refuses parameters that came more than once. */
export function refuseDoubled(doubled: readonly string[]): void {
  if (doubled.length === 0) return
  refuseAs(
    redirectErrors.invalid_request,
    'parameter-sent-twice',
    { parameters: doubled.map((name) => name.slice(0, 100)).join(', ') },
    { reason: 'illegal_duplicated_parameters' },
  )
}

/** The words of a parameter that is a list, each once. */
export function wordsOf(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(/\s+/).filter((word) => word !== ''))]
}
