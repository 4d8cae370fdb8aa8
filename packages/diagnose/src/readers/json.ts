// Is this the bare body of a failed answer? Reads Okta's envelope, OAuth's form, SCIM's form and the edge's.
import { isRecord } from '../evidence.ts'
import { endOfJson, jsonInside, parseJson } from './json-text.ts'
import { type Reader, type Reading, refuse } from './reader.ts'

export const json: Reader = {
  name: 'json',
  says: 'the JSON body of a failed answer',
  read: readJsonBody,
}

/** True where an object looks like the body of an error rather than like evidence around it. */
export function isErrorBody(value: unknown): boolean {
  if (!isRecord(value)) return false
  return (
    typeof value.errorCode === 'string' ||
    typeof value.errorSummary === 'string' ||
    (typeof value.error === 'string' && !('responseBody' in value)) ||
    (typeof value.status === 'number' && typeof value.message === 'string') ||
    (Array.isArray(value.schemas) && 'detail' in value) ||
    (isRecord(value.messages) && Array.isArray(value.messages.value)) ||
    (typeof value.status === 'string' && (typeof value.stateToken === 'string' || '_embedded' in value))
  )
}

function readJsonBody(text: string): Reading {
  const found = jsonInside(text)
  if (!found)
    return refuse(
      'A text that is not JSON.',
      'No complete JSON object could be found in it.',
      'The whole body of the answer, from the first brace to the last.',
    )
  const list = Array.isArray(found.value) ? found.value.filter(isErrorBody).slice(0, 20) : [found.value]
  if (list.length === 0)
    return refuse('A JSON list.', 'None of its items is an error body.', 'The body of the failed answer.')
  // `curl -w '%{http_code}'` leaves the status right behind the body.
  const after = /^\s*([1-5]\d\d)\s*$/.exec(found.after.slice(0, 40))
  return {
    evidences: list.map((responseBody) => ({
      ...(after && { httpStatus: Number(after[1]) }),
      responseBody,
    })),
    gaps: [],
  }
}

/** The first error body inside a text, such as a log file, with what stands around it. */
export function errorBodyInside(text: string): { value: unknown; before: string; after: string } | undefined {
  const begin = /\{\s{0,40}"(?:errorCode|errorSummary|error)"\s{0,40}:/g
  for (let tries = 0; tries < 50; tries++) {
    const found = begin.exec(text)
    if (!found) return undefined
    const end = endOfJson(text, found.index, 100_000)
    const parsed = end > 0 ? parseJson(text.slice(found.index, end)) : undefined
    if (parsed && isErrorBody(parsed.value))
      return { value: parsed.value, before: text.slice(0, found.index), after: text.slice(end) }
  }
  return undefined
}
