// Which parts of a text are secret, and what stands there instead? The one place that hides secrets: whatever is
// shown, stored or sent on goes through here first. It keeps names, scheme words and the shape, so that a
// reader still sees what kind of credential was used: `SSWS 00…(40 characters hidden)`.
import { type HeaderBag, headerEntries } from './headers.ts'

/** Hides the secrets in a text: HTTP, JSON, form bodies, URLs, curl commands, source code, logs. */
export function redactText(text: string): string {
  let safe = String(text)
  safe = hidePrivateKeys(safe)
  safe = hideMembers(safe)
  safe = hideHeaderLines(safe)
  safe = hideCurlFlags(safe)
  safe = hideAssignments(safe)
  safe = hideAddresses(safe)
  return hideShapes(safe)
}

/** Hides the secrets in headers; gives pairs in the order of the bag. */
export function redactHeaders(headers: HeaderBag | undefined): [string, string][] {
  return headerEntries(headers).map(([name, value]) => [name, redactHeader(name, value)])
}

/** Hides the secrets in a copy of any value: parsed JSON, HAR entries, header records, lists of name and value. */
export function redactValue(value: unknown): unknown {
  return copy(value, { named: false, below: false, above: [] })
}

// ---------------------------------------------------------------------------------------------------------
// What is secret

/** Headers whose whole value is a credential. */
const secretHeaders = new Set(['authorization', 'proxyauthorization', 'cookie', 'setcookie', 'dpop'])

/** Names that end in one of these hold a secret: `OKTA_CLIENT_SECRET`, `sessionToken`, `id_token`, `x-api-key`. */
const secretEnding =
  /(?:password|passwd|passphrase|passcode|pwd|secret|secretkey|privatekey|apikey|accesskey|token|assertion|ssws|idtokenhint|codeverifier|devicecode|interactionhandle|statehandle|authorization|samlresponse|cookie|cookies|jwt)$/

/** Names that hold a secret only when they are the whole name. */
const secretNames = new Set(['code', 'otp', 'answer', 'sid', 'idx', 'jsessionid', 'xids', 'dpop', 'bearer', 'authcode'])

/** Members of a JSON Web Key that are the private half. */
const privateMembers = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth'])

/**
 * Members below a secret one that only describe it: `{"password":{"hash":{"algorithm":…}}}`, the cookies of HAR
 * files, links such as `{"resetPassword":{"href":…}}`.
 */
const describing = new Set('name path domain expires samesite question algorithm type href method allow'.split(' '))

/** Cookie attributes, which are no cookies. */
const cookieAttributes = new Set(['path', 'domain', 'expires', 'max-age', 'samesite', 'version', 'comment', 'priority'])

function plainName(name: string): string {
  return name.toLowerCase().replace(/%5b|%5d|[^a-z0-9]/g, '')
}

function isSecretName(name: string): boolean {
  const plain = plainName(name)
  return secretNames.has(plain) || secretEnding.test(plain)
}

// `code` is the authorization code in a form and the error code in a log: the words and numbers of errors stay.
const errorWord =
  /^(?:E\d{7}|[1-5]\d\d|E[A-Z]{4,11}|ERR_[A-Z_]{3,30}|(?:invalid|unsupported|unauthorized|access|consent|login|interaction|server|insufficient)_[a-z_]{2,24})$/

function isHarmless(name: string, value: string): boolean {
  return value === '' || (plainName(name) === 'code' && errorWord.test(value))
}

// ---------------------------------------------------------------------------------------------------------
// What stands there instead

const hiddenMark = /^(?:00|20111|eyJ)?…\(\d+ characters hidden\)$/

/** Shows the first characters only where they are the same for every secret of the kind. */
function hide(secret: string): string {
  if (secret === '' || hiddenMark.test(secret)) return secret
  const shown = /^(?:00(?=[\w-]{40}$)|20111(?=[\w-]{20})|eyJ(?=[\w-]{10}))/.exec(secret)?.[0] ?? ''
  return `${shown}…(${secret.length - shown.length} characters hidden)`
}

const schemes = 'SSWS|Bearer|Basic|DPoP|Digest|Negotiate|Token'
const schemeFirst = new RegExp(`^(\\s*(?:${schemes})\\s+)(?=\\S)`, 'i')

/** The value of an Authorization header: the scheme word stays. */
function hideCredential(value: string): string {
  const scheme = schemeFirst.exec(value)?.[1] ?? ''
  const rest = value.slice(scheme.length)
  const secret = rest.trim()
  return secret === '' ? value : scheme + rest.replace(secret, () => hide(secret))
}

function hideCookies(value: string): string {
  return value
    .split(';')
    .map((part) => {
      const equals = part.indexOf('=')
      if (equals < 0) return /^\s*(?:secure|httponly|partitioned)?\s*$/i.test(part) ? part : hide(part)
      const name = part.slice(0, equals)
      if (cookieAttributes.has(name.trim().toLowerCase())) return part
      const secret = part.slice(equals + 1).trim()
      // Okta clears its cookies with `sid=""`: that says something and hides nothing.
      return secret === '' || secret === '""' ? part : `${name}=${hide(secret)}`
    })
    .join(';')
}

function redactHeader(name: string, value: string): string {
  const plain = plainName(name)
  if (plain === 'cookie' || plain === 'setcookie') return hideCookies(value)
  if (secretHeaders.has(plain) || isSecretName(name)) return hideCredential(value)
  return redactText(value)
}

/** The value of a member with a secret name. */
function hideNamed(name: string, value: string): string {
  const plain = plainName(name)
  if (plain === 'cookie' || plain === 'setcookie') return hideCookies(value)
  if (plain.endsWith('authorization')) return hideCredential(value)
  return isHarmless(name, value) ? value : hideCredential(value)
}

// ---------------------------------------------------------------------------------------------------------
// Parsed values

interface Place {
  /** The name of the member itself is a secret one. */
  named: boolean
  /** Something above has a secret name. */
  below: boolean
  above: readonly object[]
}

function copy(value: unknown, place: Place, name = ''): unknown {
  const secret = place.named || place.below
  if (typeof value === 'string') {
    return !secret || (place.below && describing.has(plainName(name))) ? redactText(value) : hideNamed(name, value)
  }
  // Numbers further down are settings, such as the work factor of a hash or the minutes of a token's life.
  if (typeof value === 'number' || typeof value === 'bigint') return place.named ? hide(String(value)) : value
  if (typeof value === 'function') return '(function)'
  if (typeof value !== 'object' || value === null) return value
  if (place.above.includes(value)) return '(circular)'
  if (place.above.length > 100) return '(too deep)'
  const inside: Place = { named: false, below: secret, above: [...place.above, value] }
  try {
    if (Array.isArray(value)) return copyList(value, { ...inside, named: place.named }, name)
    if (value instanceof Date) return value
    if (typeof Headers !== 'undefined' && value instanceof Headers) return redactHeaders(value)
    if (value instanceof URLSearchParams || value instanceof URL) return redactText(String(value))
    if (value instanceof Map || value instanceof Set) return copyList([...value], inside, name)
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `(${value.byteLength} bytes)`
    return copyMembers(value as Record<string, unknown>, inside)
  } catch {
    return '(unreadable)'
  }
}

function copyList(list: readonly unknown[], inside: Place, name: string): unknown[] {
  return list.map((item, index) => {
    // `['Authorization', 'SSWS …']`, alone or within node's rawHeaders, a flat list of names and values.
    const before = list[index - 1]
    if (typeof item === 'string' && typeof before === 'string' && isHeaderName(before))
      return redactHeader(before, item)
    // Other names count in lists of pairs only: `["password", "refresh_token"]` may be a list of grant types.
    if (Array.isArray(item) && item.length === 2 && typeof item[0] === 'string' && isSecretName(item[0])) {
      return [item[0], copy(item[1], { ...inside, named: true }, item[0])]
    }
    return copy(item, inside, name)
  })
}

function copyMembers(value: Record<string, unknown>, inside: Place): Record<string, unknown> {
  const entries = Object.entries(value)
  if (value instanceof Error) entries.push(['name', value.name], ['message', value.message])
  const label = [value.name, value.key].find((one): one is string => typeof one === 'string' && isSecretName(one))
  const isKey = typeof value.kty === 'string'
  return Object.fromEntries(
    entries.map(([name, member]) => {
      // HAR files: `{"name":"Authorization","value":"SSWS …"}`.
      if (name === 'value' && label !== undefined) return [name, copy(member, { ...inside, named: true }, label)]
      const named = isSecretName(name) || (isKey && privateMembers.has(name))
      const shown = copy(member, { ...inside, named }, name)
      return [redactText(name), withoutHookValues(name, shown, member, inside)]
    }),
  )
}

// How a hook shows its server who is calling: `{"type":"HEADER","key":"X-Any-Name","value":"…"}`. Its other headers,
// `"headers":[{"key":"X-Any-Name","value":"…"}]`, are used for the same: no name says which of them.
const AUTH_SCHEME = 'authScheme'
const HOOK_HEADERS = 'headers'

function withoutHookValues(name: string, shown: unknown, member: unknown, inside: Place): unknown {
  if (name === AUTH_SCHEME) return withoutValue(shown, member, inside)
  if (name !== HOOK_HEADERS || !Array.isArray(member) || !Array.isArray(shown)) return shown
  // HAR files call it `name`: there it is a header like any other.
  return member.map((one, i) => (isRecord(one) && 'key' in one ? withoutValue(shown[i], one, inside) : shown[i]))
}

function withoutValue(shown: unknown, labelled: unknown, inside: Place): unknown {
  if (!isRecord(labelled) || !isRecord(shown) || !('value' in labelled)) return shown
  return { ...shown, value: copy(labelled.value, { ...inside, named: true }, 'secret') }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function isHeaderName(name: string): boolean {
  return secretHeaders.has(plainName(name)) || /^x-[\w-]*(?:token|key|secret)$/i.test(name)
}

// ---------------------------------------------------------------------------------------------------------
// Texts. Each step looks for names (or looks) in one pass; what one step has hidden, the next leaves alone.

function hidePrivateKeys(text: string): string {
  return text.replace(
    /(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----)([\s\S]*?)(-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/g,
    (_all, begin: string, body: string, end: string) => begin + hide(body) + end,
  )
}

/** A piece of the text and what stands there instead. */
interface Change {
  end: number
  text: string
}

/**
 * Walks through the places where `start` matches and changes what stands behind each. Where nothing is to be
 * changed the walk goes on right behind the match, so that a secret inside of a harmless value is found too.
 */
function rewrite(
  text: string,
  start: RegExp,
  change: (found: RegExpExecArray, from: number) => Change | undefined,
): string {
  let safe = ''
  let done = 0
  for (let found = start.exec(text); found !== null; found = start.exec(text)) {
    const from = found.index + found[0].length
    const changed = change(found, from)
    if (changed === undefined) continue
    safe += text.slice(done, from) + changed.text
    done = Math.max(changed.end, from)
    start.lastIndex = done
  }
  return safe + text.slice(done)
}

interface Quoted {
  text: string
  /** Behind the closing quote. */
  end: number
  open: string
  /** Empty when the text is cut before the closing quote. */
  close: string
}

/** A quoted text at this place, whose quotes may themselves be escaped. A cut one reaches to the end. */
function readQuoted(text: string, from: number): Quoted | undefined {
  let at = from
  while (text[at] === '\\') at++
  const quote = text[at]
  if (quote !== '"' && quote !== "'" && quote !== '`') return undefined
  const slashes = at - from
  const start = at + 1
  const open = text.slice(from, start)
  // At each level of quoting the number of backslashes before a quote doubles, plus one for the quote itself.
  const cycle = 2 * (slashes + 1)
  for (let close = text.indexOf(quote, start); close >= 0; close = text.indexOf(quote, close + 1)) {
    let run = 0
    while (close - run > start && text[close - run - 1] === '\\') run++
    if (run % cycle !== slashes) continue
    const end = close + 1
    return { text: text.slice(start, close - slashes), end, open, close: text.slice(close - slashes, end) }
  }
  return { text: text.slice(start), end: text.length, open, close: '' }
}

/** What an earlier step has hidden at this place, with the end of the value behind it. */
function isHiddenAt(text: string, from: number): boolean {
  return /^(?:00|20111|eyJ)?…\(\d{1,9} characters hidden\)(?:%26|(?![^\s&"'`<>;,)}\]\\]))/.test(
    text.slice(from, from + 60),
  )
}

// Quoted names: JSON, JSON inside of JSON (with one or three backslashes before each quote), Python, Ruby and
// JavaScript literals. Works on cut texts as well, which a JSON parser refuses.
function hideMembers(text: string): string {
  const hasKey = /kty/.test(text)
  let pair: { label: string; end: number } | undefined
  let scheme: number | undefined
  // How deep the names of a hook's headers are quoted, while we are among them.
  let headers: string | undefined
  return rewrite(text, /(?<!\\)(\\*)(["'])([^"'\\\n]{1,100})\1\2\s{0,9}(?::|=>)\s{0,99}/g, (found, from) => {
    const [, slashes = '', quote = '', name = ''] = found
    if (name === 'name' || name === 'key') {
      const label = /^\\*["']([\w.-]{1,100})\\*["']/.exec(text.slice(from, from + 120))
      if (label !== null) pair = { label: label[1]!, end: from + label[0].length }
    }
    if (name === AUTH_SCHEME) scheme = text[from] === '{' ? from : undefined
    if (name === HOOK_HEADERS && text[from] === '[') headers = slashes
    else if (slashes === headers && name !== 'key' && name !== 'value') headers = undefined
    let label = name
    if (name === 'value' && slashes === headers) label = 'secret'
    else if (name === 'value' && scheme !== undefined && !text.slice(scheme, found.index).includes('}'))
      label = 'secret'
    else if (name === 'value') {
      const before = pair !== undefined && !text.slice(pair.end, found.index).includes('}') ? pair.label : undefined
      const near = [before, labelBehind(text, from)]
      label = near.find((one) => one !== undefined && isSecretName(one)) ?? name
    }
    if (!isSecretName(label) && !(hasKey && privateMembers.has(label))) return undefined
    return hideValue(text, from, label, slashes + quote)
  })
}

/** The name that follows a value: `{"value":"SSWS …","name":"Authorization"}`. */
function labelBehind(text: string, from: number): string | undefined {
  const end = readQuoted(text, from)?.end ?? from
  return /^\s*,\s*\\*["'](?:name|key)\\*["']\s*:\s*\\*["']([\w.-]{1,100})/.exec(text.slice(end, end + 300))?.[1]
}

/** The value of a member with a secret name: a text, a number or word, or a whole object or list. */
function hideValue(text: string, from: number, label: string, quote: string): Change {
  const value = readQuoted(text, from)
  if (value !== undefined) return { end: value.end, text: value.open + hideNamed(label, value.text) + value.close }
  if (text[from] === '{' || text[from] === '[') return hideContainer(text, from, label, quote)
  let end = from
  while (end < text.length && !/[\s,}\]]/.test(text[end]!)) end++
  const word = text.slice(from, end)
  const keep = /^(?:true|false|null|None|undefined)?$/.test(word) || isHarmless(label, word)
  return { end, text: keep ? word : quote + hide(word) + quote }
}

/** Hides the texts in an object or list; the names stay, and so does what only describes. */
function hideContainer(text: string, from: number, label: string, quote: string): Change {
  let safe = ''
  let name = label
  let depth = 0
  let at = from
  while (at < text.length) {
    if (text.startsWith(quote, at)) {
      const quoted = readQuoted(text, at)!
      const isName = /^\s*:/.test(text.slice(quoted.end, quoted.end + 20))
      if (isName) name = quoted.text
      const keep = isName || describing.has(plainName(name))
      safe += quoted.open + (keep ? quoted.text : hideCredential(quoted.text)) + quoted.close
      at = quoted.end
      continue
    }
    const char = text[at]!
    safe += char
    at++
    if (char === '{' || char === '[') depth++
    else if ((char === '}' || char === ']') && --depth === 0) break
  }
  return { end: at, text: safe }
}

// `Authorization: …` in recorded HTTP, in curl -H, in source code. On a line of its own everything behind the
// colon goes; inside quotes everything up to the closing quote.
function hideHeaderLines(text: string): string {
  const start =
    /(?<![\w-])(authorization|proxy-authorization|set-cookie|cookie|dpop|x-[a-z0-9-]{0,40}(?:token|key|secret))\s{0,3}:[ \t]{0,9}(?=\S)/gi
  return rewrite(text, start, (found, from) => {
    const name = found[1]!
    const own = readQuoted(text, from)
    if (own !== undefined) return { end: own.end, text: own.open + redactHeader(name, own.text) + own.close }
    const end = headerEnd(text, from, found.index)
    return { end, text: redactHeader(name, text.slice(from, end)) }
  })
}

function headerEnd(text: string, from: number, nameAt: number): number {
  const opening = text[nameAt - 1]
  if (opening === '"' || opening === "'" || opening === '`') {
    let slashes = 0
    while (text[nameAt - 2 - slashes] === '\\') slashes++
    return readQuoted(text, nameAt - 1 - slashes)!.end - 1 - slashes
  }
  // A terminal or an editor may have broken a long token into lines.
  const line = /[^\r\n]*(?:\r?\n[ \t]*[\w.=+/-]{16,}[ \t]*(?=[\r\n]|$))*/y
  line.lastIndex = from
  return from + (line.exec(text)?.[0].length ?? 0)
}

// `curl -u id:secret`, `--client-secret abc`, `--cookie "sid=…"`
function hideCurlFlags(text: string): string {
  const flags = /(?<=^|\s)(?:(-u)\s*|--?([A-Za-z][\w-]{0,60})(?:\s+|=))(?=\S)/g
  return rewrite(text, flags, (found, from) => {
    const name = found[1] === '-u' ? 'user' : found[2]!
    const isUser = name === 'user' || name === 'proxy-user'
    const isCookie = name === 'b' || name === 'cookie'
    if (!isUser && !isCookie && !isSecretName(name) && name !== 'oauth2-bearer') return undefined
    const word = readWord(text, from, /[\s"'`]/)
    if (isHiddenAt(text, from)) return undefined
    if (isUser) {
      const colon = word.text.indexOf(':')
      if (colon < 0 || isHiddenAt(text, from + word.open.length + colon + 1)) return undefined
      return {
        end: word.end,
        text: `${word.open}${word.text.slice(0, colon + 1)}${hide(word.text.slice(colon + 1))}${word.close}`,
      }
    }
    // `-b jar.txt` names a file.
    if (isCookie && !word.text.includes('=')) return undefined
    const hidden = isCookie ? hideCookies(word.text) : hideNamed(name, word.text)
    return { end: word.end, text: word.open + hidden + word.close }
  })
}

/** A quoted text, or everything up to a character that ends a bare word. */
function readWord(text: string, from: number, ending: RegExp): Quoted {
  const quoted = readQuoted(text, from)
  if (quoted !== undefined) return quoted
  let end = from
  while (end < text.length && !ending.test(text[end]!) && !/^\\+["'`]/.test(text.slice(end, end + 8))) end++
  return { text: text.slice(from, end), end, open: '', close: '' }
}

/**
 * What stands behind an equals sign. An apostrophe quotes it, as in shells, or belongs to it, as in URLs, which do
 * not encode it: `password='a'b` is one value of a URL.
 */
function readAssigned(text: string, from: number): Quoted {
  const word = readWord(text, from, /[\s&"'`<>]/)
  const isApostrophe = (at: number) =>
    text[at] === "'" && !/^\)*(?:[\s&"`<>;,}\]\\+]|$)/.test(text.slice(at + 1, at + 20))
  const end = word.open === '' ? word.end : word.close === "'" ? word.end - 1 : undefined
  if (end === undefined || !isApostrophe(end)) return word
  let on = end
  while (on < text.length && (text[on] === "'" ? isApostrophe(on) : !/[\s&"`<>]/.test(text[on]!))) on++
  return { text: text.slice(from, on), end: on, open: '', close: '' }
}

// `client_secret=…` in forms, queries and environment files (also percent-encoded inside another URL);
// `clientSecret: '…'` in source code and YAML; `set('Authorization', '…')`; `<password>…</password>`.
function hideAssignments(text: string): string {
  const equals =
    /(?<!%|%[0-9A-Fa-f])([A-Za-z_$](?:[\w.$[\]-]|%5[BbDd]){0,80})["']?\]?(\s{0,3}:?={1,3}>?\s{0,3}|%3[Dd])(?=\S)/g
  let safe = rewrite(text, equals, (found, from) => {
    const name = found[1]!
    if (!isSecretName(name) || isHiddenAt(text, from)) return undefined
    const word = readAssigned(text, from)
    if (found[2]!.startsWith('%')) {
      const cut = word.text.search(/%26/)
      if (cut >= 0) return { end: from + cut, text: hideWord(name, word.text.slice(0, cut)) }
    }
    return { end: word.end, text: word.open + hideWord(name, word.text, word.open) + word.close }
  })
  safe = rewrite(safe, /(?<=^|[\s,{(])([A-Za-z_$][\w.$-]{0,80})\s{0,3}:\s{1,3}(?=\S)/gm, (found, from) => {
    const name = found[1]!
    if (!isSecretName(name) || isHiddenAt(safe, from)) return undefined
    const word = readWord(safe, from, /[\s"'`,{}[\]]/)
    // A sentence goes on behind its first word: "password: Password requirements were not met."
    if (word.open === '' && !/^[ \t]*(?:$|[\r\n,}])/.test(safe.slice(word.end, word.end + 99))) return undefined
    return { end: word.end, text: word.open + hideWord(name, word.text, word.open) + word.close }
  })
  safe = rewrite(safe, /(?<!\\)\\*(["'])([\w-]{1,100})\\*\1\s{0,9},\s{0,99}(?=\\*["'`])/g, (found, from) => {
    const name = found[2]!
    const word = readQuoted(safe, from)
    if (word === undefined || !isSecretName(name) || /^\s*:/.test(safe.slice(word.end, word.end + 20))) return undefined
    // `"password", "refresh_token"` may be a list of grant types.
    if (!isHeaderName(name) && /^[a-z]{2,20}(?:_[a-z]{2,20})*$/.test(word.text)) return undefined
    return { end: word.end, text: word.open + hideNamed(name, word.text) + word.close }
  })
  safe = rewrite(safe, /<([\w:.-]{1,100})>(?=[^<\s])/g, (found, from) => {
    if (!isSecretName(found[1]!.replace(/^.*:/, ''))) return undefined
    const close = safe.indexOf('<', from)
    const end = close < 0 ? safe.length : close
    return { end, text: hide(safe.slice(from, end)) }
  })
  return rewrite(safe, /name="([^"\r\n]{1,100})"[^\r\n]{0,200}\r?\n\r?\n/g, (found, from) => {
    if (!isSecretName(found[1]!)) return undefined
    const end = readWord(safe, from, /[\r\n]/).end
    return { end, text: hide(safe.slice(from, end)) }
  })
}

function hideWord(name: string, word: string, open = ''): string {
  // Punctuation behind a bare word belongs to the sentence, the list or the call around it.
  const tail = open === '' ? (/[;,)}\]]+$/.exec(word)?.[0] ?? '') : ''
  const secret = word.slice(0, word.length - tail.length)
  return hideNamed(name, secret) + tail
}

// Passwords in URLs, and the one-time tokens of mailed links, which stand in the path.
function hideAddresses(text: string): string {
  return text
    .replace(/(:\/\/[^\s:@/?#"'<>]{0,200}:)([^\s@/?#"'<>]{1,500})(?=@)/g, (_all, before: string, secret: string) => {
      return before + hide(secret)
    })
    .replace(/(\/tokens\/)([\w-]{15,})(?=\/verify)/g, (_all, before: string, secret: string) => before + hide(secret))
    .replace(
      /(\/(?:reset[-_]password|welcome|activate|unlock|recovery)\/)([\w-]{15,})/g,
      (all, before: string, secret: string) => (/[\dA-Z]/.test(secret) ? before + hide(secret) : all),
    )
}

// Secrets that are known by their looks, wherever they stand; in a URL also right behind a percent-encoded character.
function hideShapes(text: string): string {
  return (
    text
      // A JWT, whole or cut, also broken into lines. Nothing of its claims stays.
      .replace(
        /(?:(?<![\w-])|(?<=%[\dA-Fa-f]{2}))eyJ[\w=-]{10,}(?:\.[\w=-]*){0,4}(?:[ \t]*\r?\n[ \t]*[\w.-]{16,}(?=\s|$|["']))*/g,
        hide,
      )
      .replace(
        new RegExp(`\\b(${schemes})([ \\t]+)([^\\s"'\`,;<>\\\\]+)`, 'gi'),
        (all, scheme: string, gap: string, word: string, at: number, whole: string) => {
          // `WWW-Authenticate: Bearer realm="…"` holds no credential, and neither does "the Bearer token".
          const isParameter = /^[\w-]+=(?:\w|$)/.test(word) && (/=\w/.test(word) || whole[at + all.length] === '"')
          const looksSecret = word.length >= 16 || /\d/.test(word)
          if (isParameter || !looksSecret || /^(?:00|20111|eyJ)?…\(\d+$/.test(word)) return all
          return scheme + gap + hide(word)
        },
      )
      .replace(/(?:(?<![\w-])|(?<=%[\dA-Fa-f]{2}))00[\w-]{40}(?![\w-])/g, hide)
      .replace(/(?:(?<![\w-])|(?<=%[\dA-Fa-f]{2}))20111[\w-]{20,}/g, hide)
  )
}
