// Which credential did the request carry, and in which dress? The value itself never leaves this file.
import { decodeToken, type TokenProblem } from '@errorg/errors/wire'
import { type Evidence, isRecord } from './evidence.ts'

/** What stood in the Authorization header. */
export interface Authorization {
  place: string
  /** The scheme word as it was sent, in lower case; 'bare' when a credential stood without one. */
  scheme: 'ssws' | 'bearer' | 'dpop' | 'basic' | 'bare' | 'other'
  /** The word in front of the credential, or ''. */
  word: string
  /** What the credential looks like. `hidden`: somebody removed it; `placeholder`: a name stood where a value belongs. */
  credential: 'api-token' | 'jwt' | 'client-secret' | 'opaque' | 'empty' | 'hidden' | 'placeholder'
  /** How many characters the credential has, where it is visible. */
  length: number
  /** True when blanks, quotes or line ends surround or break the credential. */
  untidy: boolean
  /** What is wrong with the form of a JWT; empty where it is whole or not visible. */
  problems: readonly TokenProblem[]
  /** What a JWT claims, where it is visible. */
  claims?: Readonly<Record<string, unknown>>
  /** The header as it may be shown. */
  quote: string
}

const SCHEMES = new Set(['ssws', 'bearer', 'dpop', 'basic'])

/** Reads the header from the request, or from free facts that quote it. */
export function readAuthorization(evidence: Evidence): Authorization | undefined {
  for (const [name, value] of Object.entries(evidence.requestHeaders ?? {}))
    if (name.toLowerCase() === 'authorization') {
      const text = typeof value === 'string' ? value : (value[0] ?? '')
      return classify(text, 'requestHeaders.authorization', evidence.requestContext?.requestSeenIn !== undefined)
    }
  return fromContext(evidence.requestContext ?? {}, 'requestContext', 0)
}

function fromContext(
  context: Readonly<Record<string, unknown>>,
  place: string,
  depth: number,
): Authorization | undefined {
  for (const [name, value] of Object.entries(context).slice(0, 200)) {
    const here = `${place}.${name}`
    const key = name.replace(/[^a-z]/gi, '').toLowerCase()
    if (typeof value === 'string') {
      const text = value.slice(0, 20_000)
      if (/^authori[sz]ation(?:header)?(?:sent|value|used)?$/.test(key)) {
        const found = classify(text.replace(/^authorization\s*:\s*/i, ''), here, false)
        if (found) return found
      }
      if (/^(?:auth|authori[sz]ation)(?:header)?(?:scheme|type|mode|method|prefix)(?:used|sent)?$/.test(key)) {
        const word = /^["']?(SSWS|Bearer|Basic|DPoP)\b/i.exec(text)
        if (word) return classify(text, here, false)
      }
    } else if (Array.isArray(value) && /header/.test(key)) {
      for (const [at, item] of value.slice(0, 100).entries()) {
        const line = typeof item === 'string' ? /^authorization\s*:\s*(.*)$/i.exec(item.slice(0, 20_000)) : null
        if (line) return classify(line[1]!, `${here}[${at}]`, false)
      }
    } else if (isRecord(value) && depth < 2) {
      const found = fromContext(value, here, depth + 1)
      if (found) return found
    }
  }
  return undefined
}

/** `exact`: the text is what went over the wire, so that an empty credential was really empty. */
function classify(raw: string, place: string, exact: boolean): Authorization | undefined {
  const text = raw.slice(0, 20_000)
  const trimmed = text.trim()
  if (/^(?:none|missing|absent|no|not (?:set|sent)|null|undefined|-|false)$/i.test(trimmed)) return undefined
  if (!exact && /^[<{(].{1,60}[>})]$/.test(trimmed)) {
    const credential = kindOf(trimmed, exact)
    return { ...base(place), scheme: 'bare', credential, quote: shown(credential, 0) }
  }
  // A sentence about the header is not the header.
  if (trimmed.split(/\s+/).length > 4 && !SCHEMES.has(trimmed.split(/\s/, 1)[0]!.toLowerCase())) return undefined
  const parts = /^(\S+)(?:\s+([\s\S]*))?$/.exec(trimmed)
  if (!parts) return exact ? { ...base(place), scheme: 'bare', credential: 'empty', quote: '(empty)' } : undefined
  const first = parts[1]!
  const lower = first.replace(/[:=]$/, '').toLowerCase()
  const rest = (parts[2] ?? '').trim()
  if (SCHEMES.has(lower)) {
    const described = !exact && /^[(<{]|\s/.test(rest)
    const looks = kindOf(rest, exact)
    const credential =
      rest === ''
        ? exact
          ? 'empty'
          : 'hidden'
        : described && (looks === 'opaque' || looks === 'placeholder')
          ? 'hidden'
          : looks
    // Written down by somebody, a long value without marks of hiding is the token itself, not a word for it.
    const whole = exact || (rest.length > 60 && rest.startsWith('eyJ'))
    const visible = credential === 'jwt' && whole && !/\.{2}|…|\*|x{4}/i.test(rest)
    const token = visible ? decodeToken(rest) : undefined
    return {
      ...base(place),
      scheme: first.toLowerCase() === lower ? (lower as Authorization['scheme']) : 'other',
      word: first,
      credential,
      length: rest.length,
      untidy: /^["'<]|["'>]$|\s/.test(rest) && !described,
      problems: token?.problems ?? [],
      ...(token?.payload && { claims: token.payload }),
      quote: rest === '' ? first : `${first} ${shown(credential, rest.length)}`,
    }
  }
  if (rest === '') {
    const glued = /^(ssws|bearer)[:=]?(.+)$/i.exec(first)
    const credential = kindOf(glued ? glued[2]! : first, exact)
    // In free facts a single unknown word is a description, not a credential.
    if (
      !exact &&
      (credential === 'opaque' || credential === 'placeholder') &&
      first.length < 20 &&
      !glued &&
      !/^<.*>$/.test(first)
    )
      return undefined
    return {
      ...base(place),
      scheme: 'bare',
      word: glued ? glued[1]! : '',
      credential,
      length: first.length,
      untidy: /^["']|["']$/.test(first),
      problems: [],
      quote: `${glued ? glued[1] : ''}${shown(credential, first.length)}`,
    }
  }
  if (!exact && !/^[\w-]{2,20}$/.test(first)) return undefined
  const credential = kindOf(rest, exact)
  return {
    ...base(place),
    scheme: 'other',
    word: first,
    credential,
    length: rest.length,
    untidy: false,
    problems: [],
    quote: `${/^[A-Za-z]{2,12}:?$/.test(first) ? first : '(a word)'} ${shown(credential, rest.length)}`,
  }
}

function base(place: string): Authorization {
  return { place, scheme: 'bare', word: '', credential: 'hidden', length: 0, untidy: false, problems: [], quote: '' }
}

/**
 * What a credential looks like, by its first characters only. In a description somebody may have put its name in its
 * place: `SSWS <access token>`.
 */
function kindOf(text: string, exact: boolean): Authorization['credential'] {
  if (!exact && !/^(?:ey|00)/.test(text)) {
    const words = text.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_-]/g, ' ')
    if (/\bclient ?secret\b/i.test(words)) return 'client-secret'
    if (/\b(?:access|oauth2?|id|bearer) ?token\b|\bjwt\b/i.test(words)) return 'jwt'
    if (/\b(?:api|ssws|okta) ?(?:token|key)\b/i.test(words)) return 'api-token'
    if (/[<>${}]|\btoken\b/i.test(words)) return 'hidden'
  }
  const value = text.replace(/^["'<]+|["'>]+$/g, '')
  if (value === '') return 'empty'
  if (/^ey[\w-]{2,}/.test(value)) return 'jwt'
  if (/[${}]|^%\w+%$|^<.*>$|\b(?:your|my)[-_ ]?(?:api)?[-_ ]?(?:token|key)\b|^(?:api)?[-_ ]?(?:token|key)$/i.test(text))
    return 'placeholder'
  if (/redacted|hidden|masked|removed|x{4,}|\*{3,}|\.{3}|…|•{3}/i.test(value))
    return /^00/.test(value) ? 'api-token' : 'hidden'
  if (/^00[\w-]{20,60}$/.test(value)) return 'api-token'
  return 'opaque'
}

/** Marks as `wire/redact` leaves them, so that hiding twice changes nothing. */
function shown(credential: Authorization['credential'], length: number): string {
  switch (credential) {
    case 'api-token':
      return `00…(${Math.max(length - 2, 0)} characters hidden)`
    case 'jwt':
      return `eyJ…(${Math.max(length - 3, 0)} characters hidden)`
    case 'empty':
      return '(nothing)'
    case 'placeholder':
      return '(a variable)'
    case 'client-secret':
      return '(a client secret)'
    default:
      return '…(hidden)'
  }
}
