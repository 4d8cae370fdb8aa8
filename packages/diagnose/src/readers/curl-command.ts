// What did this curl command line send? Reads the command a person pastes, with its quotes, line ends and short options.
import type { Evidence } from '../evidence.ts'
import { toHeaders } from '../evidence.ts'
import { readSent } from './json-text.ts'

const MAX_COMMAND = 200_000

/** Long options that take a value; other long options are flags. */
const WITH_VALUE = new Set(
  (
    'request header data data-raw data-ascii data-binary data-urlencode json user url cookie cookie-jar user-agent form ' +
    'form-string oauth2-bearer output referer max-time connect-timeout cacert cert key proxy proxy-user resolve retry ' +
    'retry-delay write-out range upload-file interface config dump-header connect-to ciphers tls-max limit-rate ' +
    'max-redirs aws-sigv4 request-target trace trace-ascii stderr'
  ).split(' '),
)

const SHORT: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  u: 'user',
  b: 'cookie',
  c: 'cookie-jar',
  A: 'user-agent',
  F: 'form',
  o: 'output',
  e: 'referer',
  m: 'max-time',
  E: 'cert',
  x: 'proxy',
  U: 'proxy-user',
  w: 'write-out',
  r: 'range',
  T: 'upload-file',
  K: 'config',
  D: 'dump-header',
  t: 'telnet-option',
  y: 'speed-time',
  Y: 'speed-limit',
  z: 'time-cond',
  C: 'continue-at',
}

/** True where a line is a curl command: `curl …`, `$ curl …`, `PS> curl.exe …`. */
export function beginsCurlCommand(line: string): boolean {
  return /^\s{0,20}(?:[$#>%]\s{0,4}|PS[^>]{0,200}>\s{0,4})?(?:sudo\s+|time\s+)?curl(?:\.exe)?\s/.test(line)
}

/** The command's request as evidence, or undefined when it names no URL. */
export function parseCurlCommand(command: string): Evidence | undefined {
  const words = splitShell(command.slice(0, MAX_COMMAND))
  const first = words.findIndex((word) => /^curl(?:\.exe)?$/.test(word.text))
  if (first < 0) return undefined
  let method: string | undefined
  let url: string | undefined
  let asQuery = false
  let head = false
  const headers: [string, string][] = []
  const data: string[] = []
  let form = false
  const literal: string[] = []
  const note = (word: Word | undefined): string => {
    if (word?.literalVariable) literal.push(word.literalVariable)
    return word?.text ?? ''
  }
  const option = (name: string, value: () => string): void => {
    switch (name) {
      case 'request':
        method = value().toUpperCase()
        break
      case 'header': {
        const text = value()
        const colon = text.search(/[:;]/)
        if (colon > 0) headers.push([text.slice(0, colon).trim(), text.slice(colon + 1).trim()])
        else headers.push(['(no colon)', text])
        break
      }
      case 'json':
        data.push(value())
        headers.push(['content-type', 'application/json'], ['accept', 'application/json'])
        break
      case 'data':
      case 'data-raw':
      case 'data-ascii':
      case 'data-binary':
      case 'data-urlencode':
        data.push(value())
        break
      case 'form':
      case 'form-string':
        form = true
        value()
        break
      case 'user':
        headers.push(['authorization', `Basic ${toBase64(value())}`])
        break
      case 'oauth2-bearer':
        headers.push(['authorization', `Bearer ${value()}`])
        break
      case 'cookie':
        headers.push(['cookie', value()])
        break
      case 'user-agent':
        headers.push(['user-agent', value()])
        break
      case 'url':
        url ??= value()
        break
      case 'get':
        asQuery = true
        break
      case 'head':
        head = true
        break
      default:
        if (WITH_VALUE.has(name) || Object.values(SHORT).includes(name)) value()
    }
  }
  for (let at = first + 1; at < words.length; at++) {
    const word = words[at]!
    const { text } = word
    if (!word.quoted && /^[|;&]|^\d?>/.test(text)) break
    const next = (): string => note(words[++at])
    if (text.startsWith('--') && text.length > 2) {
      const equals = text.indexOf('=')
      if (equals > 0) option(text.slice(2, equals), () => text.slice(equals + 1))
      else option(text.slice(2), next)
    } else if (text.startsWith('-') && text.length > 1) {
      for (let letter = 1; letter < text.length; letter++) {
        const name = text[letter]!
        if (name === 'G') option('get', next)
        else if (name === 'I') option('head', next)
        else if (SHORT[name]) {
          const rest = text.slice(letter + 1)
          if (rest !== '' && word.literalVariable) literal.push(word.literalVariable)
          option(SHORT[name], rest === '' ? next : () => rest)
          break
        }
      }
    } else url ??= note(word)
  }
  if (url === undefined) return undefined
  const body = data.join('&')
  if (asQuery && body !== '') url += (url.includes('?') ? '&' : '?') + body
  const sends = (data.length > 0 || form) && !asQuery
  if (data.length > 0 && !asQuery && !headers.some(([name]) => name.toLowerCase() === 'content-type'))
    // curl's own default, and a frequent reason for a refused body.
    headers.push(['content-type', 'application/x-www-form-urlencoded'])
  if (form) headers.push(['content-type', 'multipart/form-data'])
  return {
    method: method ?? (head ? 'HEAD' : sends ? 'POST' : 'GET'),
    path: url,
    requestHeaders: toHeaders(headers) ?? {},
    ...(sends && body !== '' && { requestBody: readSent(body) }),
    requestContext: {
      requestSeenIn: 'curl command',
      ...(literal.length > 0 && { shellVariablesInSingleQuotes: [...new Set(literal)].slice(0, 10) }),
    },
  }
}

function toBase64(text: string): string {
  // Only the shape is needed; the value is hidden before anything is shown.
  try {
    return btoa(text)
  } catch {
    return 'unreadable'
  }
}

interface Word {
  text: string
  quoted: boolean
  /** A `$NAME` inside single quotes: the shell sends these very characters. */
  literalVariable?: string
}

/** Splits a command as a POSIX shell does; `^` at a line end (cmd.exe) and a backtick (PowerShell) continue a line too. */
export function splitShell(command: string): Word[] {
  const words: Word[] = []
  let text = ''
  let open = false
  let quoted = false
  let literalVariable: string | undefined
  const push = (): void => {
    if (open) words.push({ text, quoted, ...(literalVariable !== undefined && { literalVariable }) })
    text = ''
    open = false
    quoted = false
    literalVariable = undefined
  }
  for (let at = 0; at < command.length; at++) {
    const c = command[at]!
    if (c === "'") {
      const ansi = text.endsWith('$') && command[at - 1] === '$'
      if (ansi) text = text.slice(0, -1)
      let end = command.indexOf("'", at + 1)
      if (ansi) while (end > 0 && command[end - 1] === '\\') end = command.indexOf("'", end + 1)
      if (end < 0) end = command.length
      const inside = command.slice(at + 1, end)
      const variable = ansi ? null : /\$\{?[A-Za-z_]\w{0,60}\}?/.exec(inside)
      if (variable) literalVariable = variable[0]
      text += ansi ? inside.replace(/\\(['"\\])/g, '$1').replace(/\\n/g, '\n') : inside
      open = true
      quoted = true
      at = end
    } else if (c === '"') {
      open = true
      quoted = true
      for (at++; at < command.length && command[at] !== '"'; at++) {
        if (command[at] === '\\' && at + 1 < command.length) {
          const escaped = command[++at]!
          if (escaped !== '\n') text += '"\\$`'.includes(escaped) ? escaped : `\\${escaped}`
        } else text += command[at]
      }
    } else if ((c === '\\' || c === '^' || c === '`') && /^\r?\n/.test(command.slice(at + 1, at + 3))) {
      at += command[at + 1] === '\r' ? 2 : 1
    } else if (c === '\\' && at + 1 < command.length) {
      text += command[++at]
      open = true
    } else if (/\s/.test(c)) {
      push()
    } else {
      text += c
      open = true
    }
  }
  push()
  return words
}
