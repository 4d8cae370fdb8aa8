// What does this token claim? Decodes a JWT without checking its signature; the token itself is never kept.
import { isRecord } from '../evidence.ts'
import { parseJson } from './json-text.ts'
import { type Reader, type Reading, refuse } from './reader.ts'

export const token: Reader = {
  name: 'token',
  says: 'a JWT, or its decoded claims',
  read: readToken,
}

const MAX_TOKEN = 32_000

/** True for text with the outline of a JWT, with or without its scheme word. */
export function isToken(text: string): boolean {
  return text.length <= MAX_TOKEN && /^(?:Bearer\s+|DPoP\s+|SSWS\s+)?eyJ[\w-]+\.[\w-]+\.[\w-]*$/i.test(text)
}

/** True for an object that looks like the decoded claims of a token. */
export function isClaims(value: unknown): boolean {
  return isRecord(value) && typeof value.iss === 'string' && ('exp' in value || 'aud' in value || 'sub' in value)
}

function readToken(text: string): Reading {
  const trimmed = text.trim()
  if (isToken(trimmed)) {
    const [head = '', body = ''] = trimmed.replace(/^\w+\s+/, '').split('.')
    const header = decode(head)
    const payload = decode(body)
    if (isRecord(header) && isRecord(payload)) return { evidences: [{ tokenClaims: { header, payload } }], gaps: [] }
    return refuse(
      'A text in three parts that begins like a JWT.',
      'Its parts do not decode to JSON: it is cut, or was changed on the way.',
      'The whole token, on one line, as the program received it.',
    )
  }
  const parsed = parseJson(trimmed)
  if (parsed && isRecord(parsed.value)) {
    const { header, payload } = parsed.value
    if (isRecord(payload))
      return { evidences: [{ tokenClaims: { ...(isRecord(header) && { header }), payload } }], gaps: [] }
    return { evidences: [{ tokenClaims: { payload: parsed.value } }], gaps: [] }
  }
  return refuse(
    'A text that is no JWT.',
    'A JWT has three parts of letters, digits, - and _, joined by dots. Opaque tokens hold nothing that can be read.',
    'The access or ID token, or its decoded claims as JSON.',
  )
}

function decode(part: string): unknown {
  try {
    const base64 = part.replaceAll('-', '+').replaceAll('_', '/')
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))?.value
  } catch {
    return undefined
  }
}
