// What does WWW-Authenticate demand? The answer to a missing scope has an empty body: this header is all
// there is. RFC 9110 section 11.6.1; read leniently, because proxies join and cut such lines.

/** One challenge: a scheme and its parameters, their names in lower case. */
export interface Challenge {
  scheme: string
  params: Record<string, string>
  /** The single value of schemes such as Negotiate, instead of parameters. */
  token?: string
}

/** Reads one or more header values. Nothing readable gives an empty list. */
export function parseChallenges(value: string | readonly string[] | undefined | null): Challenge[] {
  if (value === undefined || value === null) return []
  const lines: readonly string[] = typeof value === 'string' ? [value] : value
  return lines.flatMap((line) => parseLine(String(line)))
}

/** One challenge as a header value. Numbers stand bare, as Okta has `max_age=900`; all else is quoted. */
export function renderChallenge(challenge: {
  scheme: string
  params?: Readonly<Record<string, string | number | undefined>>
}): string {
  const params = Object.entries(challenge.params ?? {}).flatMap(([name, value]) => {
    if (value === undefined) return []
    return [`${name}=${typeof value === 'number' ? value : quoted(value)}`]
  })
  return params.length === 0 ? challenge.scheme : `${challenge.scheme} ${params.join(', ')}`
}

/**
 * What /api/v1 sends with 403 and an empty body when the access token lacks the scope (reported in
 * okta/okta-sdk-golang issue 145). Both URLs really begin with `http:`; a client that compares them with its
 * own `https:` base has to know that.
 */
export function renderInsufficientScope(facts: {
  /** The org's host, without a scheme. */
  host: string
  scopes: readonly string[]
  /** The path of the request. */
  resource: string
  /** `DPoP` for apps that bind their tokens. */
  scheme?: 'Bearer' | 'DPoP'
}): string {
  const scheme = facts.scheme ?? 'Bearer'
  return renderChallenge({
    scheme,
    params: {
      algs: scheme === 'DPoP' ? 'RS256 RS384 RS512 ES256 ES384 ES512' : undefined,
      authorization_uri: `http://${facts.host}/oauth2/v1/authorize`,
      realm: `http://${facts.host}`,
      scope: facts.scopes.join(' '),
      error: 'insufficient_scope',
      error_description: 'The access token provided does not contain the required scopes.',
      resource: facts.resource,
    },
  })
}

// A line end inside a header value would split the answer.
function quoted(text: string): string {
  return `"${text.replace(/[\r\n]+/g, ' ').replace(/["\\]/g, '\\$&')}"`
}

function parseLine(line: string): Challenge[] {
  const found: Challenge[] = []
  let current: Challenge | undefined
  let at = 0
  let newItem = true
  const skipBlanks = () => {
    while (at < line.length && /\s/.test(line[at]!)) at++
  }
  while (at < line.length) {
    const char = line[at]!
    if (char === ',') {
      newItem = true
      at++
      continue
    }
    if (/[\s="]/.test(char)) {
      at++
      continue
    }
    const word = readWord(line, at)
    at += word.length
    const afterWord = at
    skipBlanks()
    if (line[at] === '=') {
      const padding = /^=*(?=\s*(?:,|$))/.exec(line.slice(at, at + 4))?.[0] ?? ''
      if (padding !== '' && current !== undefined && Object.keys(current.params).length === 0 && !newItem) {
        current.token = word + padding
        at += padding.length
        continue
      }
      at++
      skipBlanks()
      const [value, end] = readValue(line, at)
      at = end
      if (current === undefined) {
        current = { scheme: '', params: {} }
        found.push(current)
      }
      setOwn(current.params, word.toLowerCase(), value)
      newItem = false
    } else if (newItem || current === undefined) {
      at = afterWord
      current = { scheme: word, params: {} }
      found.push(current)
      newItem = false
    } else {
      current.token ??= word
    }
  }
  return found
}

function readWord(line: string, from: number): string {
  let end = from
  while (end < line.length && !/[\s,="]/.test(line[end]!)) end++
  return line.slice(from, end)
}

function readValue(line: string, from: number): [value: string, end: number] {
  if (line[from] !== '"') {
    let end = from
    while (end < line.length && !/[\s,]/.test(line[end]!)) end++
    return [line.slice(from, end), end]
  }
  let value = ''
  let at = from + 1
  while (at < line.length && line[at] !== '"') {
    if (line[at] === '\\' && at + 1 < line.length) at++
    value += line[at]
    at++
  }
  return [value, at + 1]
}

// Plain assignment to a name such as `__proto__` would not make a member.
function setOwn(target: Record<string, string>, name: string, value: string): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
}
