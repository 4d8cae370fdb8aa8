// What does this token claim? Decodes a JWT without checking its signature; the token itself is never kept.
import { decodeToken } from '@errorg/errors/wire'
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
  return text.length <= MAX_TOKEN && /^(?:Bearer\s+|DPoP\s+|SSWS\s+)?eyJ[\w-]+=*\.[\w-]+=*(?:\.[\w-]*=*)?$/i.test(text)
}

/** True for an API token that stands alone, with or without its scheme word. */
export function isApiToken(text: string): boolean {
  return text.length < 100 && decodeToken(text).problems.includes('api-token')
}

/** True for an object that looks like the decoded claims of a token. */
export function isClaims(value: unknown): boolean {
  return isRecord(value) && typeof value.iss === 'string' && ('exp' in value || 'aud' in value || 'sub' in value)
}

function readToken(text: string): Reading {
  const trimmed = text.trim()
  const parsed = /^[{[]/.test(trimmed) ? parseJson(trimmed) : undefined
  if (parsed && isRecord(parsed.value)) {
    const { header, payload } = parsed.value
    const claims = isRecord(payload) ? { ...(isRecord(header) && { header }), payload } : { payload: parsed.value }
    return { evidences: [{ tokenClaims: claims }], gaps: [] }
  }
  const { header, payload, problems } = decodeToken(trimmed.slice(0, MAX_TOKEN))
  if (header === undefined && payload === undefined)
    return refuse(
      'A text that is no JWT.',
      problems.includes('api-token')
        ? 'It is an API token. Such a token holds nothing that can be read; take care where you paste it.'
        : 'A JWT has three parts of letters, digits, - and _, joined by dots. Opaque tokens hold nothing that can be read.',
      'The access or ID token, or its decoded claims as JSON.',
    )
  return {
    evidences: [
      {
        tokenClaims: { ...(header && { header }), ...(payload && { payload }) },
        ...(problems.length > 0 && { requestContext: { tokenProblems: problems } }),
      },
    ],
    gaps:
      payload === undefined
        ? [
            {
              what: 'A JWT whose claims cannot be read.',
              why: `Its form is not right: ${problems.join(', ')}.`,
              send: 'The whole token, on one line, as the program received it.',
            },
          ]
        : [],
  }
}
