// Is there a body, of the right type, that can be read?
import { E0000003, E0000012, E0000018, E0000021 } from '@errorg/errors/codes'
import { EdgeRefusal, fail } from '../fail.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import { parseJson } from '../required.ts'
import type { Gate } from './gate.ts'

/** The longest body that is read: 1 MiB. */
export const BODY_LIMIT = 1024 * 1024

const decoder = new TextDecoder('utf-8', { fatal: true })

/** Reads and parses the body of operations that take one. */
export const bodyGate: Gate = {
  name: 'body',
  stage: 'handler',
  pass(org, x) {
    if (x.route.body === undefined) return
    const bytes = x.incoming.readBody(BODY_LIMIT)
    if (bytes instanceof Promise) return bytes.then((read) => take(org, x, read))
    take(org, x, bytes)
  },
}

function take(org: Org, x: Exchange, bytes: Uint8Array | undefined): void {
  if (!bytes) throw new EdgeRefusal(413, 'Payload Too Large', `body is longer than ${BODY_LIMIT} bytes`)
  x.rawBody = bytes
  const type = mediaType(x.incoming.headers['content-type'])
  const { body, takes = JSON_ONLY } = x.route
  // Files have a code of their own for a body in another form. (inferred)
  if (takes.includes(MULTIPART) && !takes.includes(type)) fail(E0000012, 'upload-not-multipart', { contentType: type })
  if (bytes.length === 0) {
    if (body !== 'optional') fail(E0000003, 'body-missing')
    return
  }
  if (type === '') {
    // The reference has a code of its own for headers that are not set; today's orgs answer a missing type like
    // a wrong one (reported), unless neither header is there.
    if (org.settings.contract === 'reference' || x.incoming.headers.accept === undefined) {
      fail(E0000018, 'accept-or-content-type-unset')
    }
    fail(E0000021, 'content-type-not-supported', { contentType: '(none)' })
  }
  if (!takes.includes(type)) fail(E0000021, 'content-type-not-supported', { contentType: type })
  if (body === 'bytes') x.body = bytes
  else x.body = type === FORM ? new URLSearchParams(new TextDecoder().decode(bytes)) : parse(bytes)
}

function parse(bytes: Uint8Array): unknown {
  try {
    const text = decoder.decode(bytes)
    if (isTooDeep(text)) throw new SyntaxError('nested too deep')
    return parseJson(text, { protoAction: 'error', constructorAction: 'ignore' })
  } catch {
    return fail(E0000003, 'body-not-json')
  }
}

// As deep as the parser behind Okta goes (Jackson; inferred). Handlers and renderers may walk what passes.
const DEEPEST = 1_000

function isTooDeep(text: string): boolean {
  // That many levels need as many characters, and most bodies are shorter.
  if (text.length <= DEEPEST) return false
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) quoted = !quoted
    else if (quoted) {
      if (code === BACKSLASH) i++
    } else if (code === BRACE || code === BRACKET) {
      depth++
      if (depth > DEEPEST) return true
    } else if (code === BRACE + 2 || code === BRACKET + 2) depth--
  }
  return false
}

// The closing ones come two characters later.
const BRACE = 0x7b
const BRACKET = 0x5b
const QUOTE = 0x22
const BACKSLASH = 0x5c

const JSON_ONLY = ['application/json'] as const

/** The type of forms with files. */
export const MULTIPART = 'multipart/form-data'

/** The type of forms. A body of this type is read as URLSearchParams, in which doubled names stay visible. */
export const FORM = 'application/x-www-form-urlencoded'

function mediaType(header: string | string[] | undefined): string {
  const text = Array.isArray(header) ? header[0] : header
  return (text ?? '').split(';')[0]!.trim().toLowerCase()
}
