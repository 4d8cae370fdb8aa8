// Was the answer seen whole, so that a header or a reason that is not there was not sent?
import { isRecord } from './evidence.ts'
import type { Facts } from './facts.ts'

/** Headers that every answer of Okta's API carries; people who copy only what interests them leave these out. */
const ALWAYS = ['strict-transport-security', 'x-content-type-options', 'cache-control', 'pragma', 'server']

/** True where the headers are those of a whole answer, not a selection of them. */
export function sawWholeAnswer(facts: Facts): boolean {
  return facts.header('x-okta-request-id') !== undefined && ALWAYS.some((name) => facts.header(name) !== undefined)
}

/** A refusal for rights that came before the limits were counted, where the whole answer was seen. */
export function refusedBeforeRights(facts: Facts): boolean {
  return facts.code === 'E0000006' && sawWholeAnswer(facts) && facts.header('x-rate-limit-limit') === undefined
}

/** The list of reasons stands in the answer, and is empty. */
export function namesNoReason({ evidence }: Facts): boolean {
  const body = isRecord(evidence.responseBody) ? evidence.responseBody : parsedText(evidence.responseBody)
  return isRecord(body) && Array.isArray(body.errorCauses) && body.errorCauses.length === 0
}

function parsedText(body: unknown): unknown {
  if (typeof body !== 'string' || body.length > 20_000 || !body.includes('"errorCauses"')) return undefined
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
