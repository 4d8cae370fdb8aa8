// Was a body sent with the request? A body that is not in the evidence may have been sent all the same: `curl -v` prints
// the header lines of a request and never its body.
import type { Facts } from './facts.ts'

/** True or false where the evidence decides it, else undefined. */
export function bodySent(facts: Facts): boolean | undefined {
  const { requestBody } = facts.evidence
  if (requestBody !== undefined && requestBody !== '') return true
  const length = facts.requestHeader('content-length')
  if (length !== undefined) return Number.parseInt(length, 10) > 0
  if (facts.requestHeader('transfer-encoding') !== undefined) return true
  return facts.requestComplete ? false : undefined
}
