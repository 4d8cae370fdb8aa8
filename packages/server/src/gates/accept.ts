// Can the operation answer in a form that the caller takes?
import { E0000019 } from '@errorg/errors/codes'
import { fail } from '../fail.ts'
import type { Gate } from './gate.ts'

/** Compares the Accept header with what the operation answers; recorded as E0000019 without rate-limit headers. */
export const acceptGate: Gate = {
  name: 'accept',
  stage: 'dispatcher',
  pass(_org, x) {
    const header = x.incoming.headers.accept
    if (header === undefined) return
    const accept = Array.isArray(header) ? header.join(',') : header
    const answers = x.route.answers ?? JSON_ONLY
    // What almost every client sends needs no taking apart.
    if (accept === answers[0] || accept === '*/*') return
    if (!accepts(accept, answers)) fail(E0000019, 'accept-not-supported', { accept })
  },
}

const JSON_ONLY = ['application/json'] as const

/** Does an Accept header take one of these types? An empty header takes all. */
export function accepts(header: string, types: readonly string[]): boolean {
  const ranges = header
    .split(',')
    .map((range) => range.trim().toLowerCase())
    .filter((range) => range !== '')
  if (ranges.length === 0) return true
  return ranges.some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim())
    if (parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) return false
    if (type === '*/*' || type === '*') return true
    return types.some((offered) => {
      const [major = ''] = offered.split('/')
      // `application/vnd.okta+json` and the like are JSON to Okta.
      return type === offered || type === `${major}/*` || (offered === 'application/json' && type.endsWith('+json'))
    })
  })
}
