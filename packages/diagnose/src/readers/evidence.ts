// Is this Evidence JSON? Takes every part it knows and keeps the rest as free facts.
import { isRecord, toEvidence } from '../evidence.ts'
import { jsonInside } from './json-text.ts'
import { type Reader, type Reading, refuse } from './reader.ts'

export const evidence: Reader = {
  name: 'evidence',
  says: 'Evidence JSON: httpStatus, method, path, responseBody, responseHeaders … each optional',
  read: readEvidence,
}

const NAMES = [
  'httpStatus',
  'responseBody',
  'responseHeaders',
  'redirectUrl',
  'tokenClaims',
  'requestHeaders',
  'requestBody',
  'requestContext',
  'logEvents',
]

/** True where an object names at least one part of evidence. */
export function isEvidence(value: unknown): boolean {
  if (!isRecord(value)) return false
  if (NAMES.some((name) => name in value)) return true
  return typeof value.path === 'string' && (typeof value.method === 'string' || 'status' in value)
}

function readEvidence(text: string): Reading {
  const found = jsonInside(text)
  if (!found)
    return refuse(
      'A text that is not JSON.',
      'Evidence is a JSON object, and no complete one could be found.',
      'An object such as {"httpStatus":403,"method":"GET","path":"/api/v1/users","responseBody":{…}}.',
    )
  const list = (Array.isArray(found.value) ? found.value : [found.value]).filter(isRecord).slice(0, 20)
  if (list.length === 0)
    return refuse(
      'A JSON list without objects.',
      'Evidence is a JSON object.',
      'An object with what you saw of the call.',
    )
  return { evidences: list.map((item) => toEvidence(unwrap(item))), gaps: [] }
}

/** Evidence that stands one level down, as `{ "evidence": … }` or `{ "symptoms": … }`. */
function unwrap(item: Record<string, unknown>): unknown {
  for (const name of ['evidence', 'symptoms']) if (isEvidence(item[name])) return item[name]
  return item
}
