// Was a body sent with the request? A body that is not in the evidence may have been sent all the same: `curl -v` prints
// the header lines of a request and never its body.
import type { Facts } from './facts.ts'

/** The body itself is in the evidence, not only its announcement. */
export function bodySeen(facts: Facts): boolean {
  const body = bodyOf(facts)
  return body !== undefined && body !== ''
}

/** The body was seen, and is not JSON: a text that no parser takes, a form among them. */
export function bodyBroken(facts: Facts): boolean {
  const body = bodyOf(facts)
  if (typeof body !== 'string' || body.trim() === '') return false
  try {
    JSON.parse(body)
    return false
  } catch {
    return true
  }
}

function bodyOf(facts: Facts): unknown {
  const { requestBody, requestContext } = facts.evidence
  return requestBody ?? requestContext?.requestBody
}

/** True or false where the evidence decides it, else undefined. */
export function bodySent(facts: Facts): boolean | undefined {
  if (bodySeen(facts)) return true
  const length = facts.requestHeader('content-length')
  if (length !== undefined) return Number.parseInt(length, 10) > 0
  if (facts.requestHeader('transfer-encoding') !== undefined) return true
  if (bodyOf(facts) === '') return false
  return facts.requestComplete ? false : undefined
}
