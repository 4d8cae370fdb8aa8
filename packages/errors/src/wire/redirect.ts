// What did the authorization server hand to the application by redirect? The parameters stand in the query
// or in the fragment, encoded in one of two ways.
import type { Contract } from '../define.ts'

/** A redirect back to the application, successful or not. */
export interface Redirect {
  error?: string
  description?: string
  state?: string
  /** The authorization code, where the sign-in succeeded. */
  code?: string
  /** Which part of the URL carries the parameters. */
  place: 'query' | 'fragment'
  /** The URL without them: the redirect URI as registered. Empty when only the parameters were given. */
  redirectUri: string
  /** All parameters, decoded; the first of a doubled name counts. */
  params: Record<string, string>
}

/**
 * Reads a redirect URL. A `Location:` line, a bare query string, surrounding quotes and `&amp;` are understood.
 * `undefined`: neither `error` nor `code` nor a token is in it.
 */
export function parseRedirect(text: unknown): Redirect | undefined {
  if (typeof text !== 'string') return undefined
  const url = addressIn(text)
  const hash = url.indexOf('#')
  const beforeHash = hash < 0 ? url : url.slice(0, hash)
  const question = beforeHash.indexOf('?')
  const candidates: { place: 'query' | 'fragment'; redirectUri: string; raw: string }[] = []
  if (hash >= 0) {
    // A single-page app with routes behind the hash gets `#/callback?error=…`.
    const fragment = url.slice(hash + 1)
    const inner = fragment.indexOf('?')
    const redirectUri = inner < 0 ? beforeHash : url.slice(0, hash + 1 + inner)
    candidates.push({ place: 'fragment', redirectUri, raw: inner < 0 ? fragment : fragment.slice(inner + 1) })
  }
  if (question >= 0) {
    candidates.push({
      place: 'query',
      redirectUri: beforeHash.slice(0, question),
      raw: beforeHash.slice(question + 1),
    })
  }
  if (hash < 0 && question < 0 && /^\w+=/.test(url)) candidates.push({ place: 'query', redirectUri: '', raw: url })
  for (const { place, redirectUri, raw } of candidates) {
    const params = parseParams(raw)
    if (!['error', 'code', 'access_token', 'id_token'].some((name) => params.has(name))) continue
    const found: Redirect = { place, redirectUri, params: Object.fromEntries(params) }
    const named = { error: 'error', description: 'error_description', state: 'state', code: 'code' } as const
    for (const [member, name] of Object.entries(named)) {
      const value = params.get(name)
      if (value !== undefined) found[member as keyof typeof named] = value
    }
    return found
  }
  return undefined
}

/**
 * The URL of an error redirect. The `reference` contract writes it as the reference does: `?` right behind the
 * registered URI, blanks as `%20`, the error first. `current` writes what orgs send: `state` first, blanks as `+`.
 */
export function renderRedirect(facts: {
  redirectUri: string
  error: string
  description?: string
  state?: string
  contract: Contract
  place?: 'query' | 'fragment'
}): string {
  const state: [string, string | undefined] = ['state', facts.state]
  const error: [string, string | undefined][] = [
    ['error', facts.error],
    ['error_description', facts.description],
  ]
  const encode = facts.contract === 'reference' ? encodeURIComponent : encodeForm
  const params = (facts.contract === 'reference' ? [...error, state] : [state, ...error])
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encode(whole(value))}`]))
    .join('&')
  const mark = facts.place === 'fragment' ? '#' : '?'
  return facts.redirectUri + (facts.redirectUri.includes(mark) ? '&' : mark) + params
}

/** A query string or a form body, decoded, the first of a doubled name. A broken `%` stays as it is. */
export function parseParams(raw: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const pair of raw.split(/[&?]/)) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    if (!found.has(name)) found.set(name, equals < 0 ? '' : decode(pair.slice(equals + 1)))
  }
  return found
}

function addressIn(text: string): string {
  const line = /^[ \t]*location[ \t]*:[ \t]*(\S*)/im.exec(text)?.[1]
  // Only pairs: an apostrophe at the end belongs to the URL, which does not encode it.
  const found = (line ?? text)
    .trim()
    .replace(/^(["'`])([\s\S]*)\1$/, '$2')
    .replace(/^<([^<>]*)>$/, '$1')
  return found.replace(/&amp;/g, '&')
}

function decode(text: string): string {
  const blanks = text.replace(/\+/g, ' ')
  try {
    return decodeURIComponent(blanks)
  } catch {
    return blanks.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
      try {
        return decodeURIComponent(escapes)
      } catch {
        return escapes
      }
    })
  }
}

function encodeForm(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}

// Half of a surrogate pair makes encodeURIComponent throw.
function whole(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
}
