// Which members of quoted data, in the middle of any text, are secret?
import { hide, hideCredential, hideNamed } from './hide.ts'
import { type Change, readQuoted, rewrite } from './read-words.ts'
import {
  AUTH_SCHEME,
  describing,
  HOOK_HEADERS,
  isHarmless,
  isSecretName,
  plainName,
  privateMembers,
} from './secret-names.ts'

/**
 * Quoted names: JSON, JSON inside of JSON (with one or three backslashes before each quote), Python, Ruby and
 * JavaScript literals. Works on cut texts as well, which a JSON parser refuses.
 */
export function hideMembers(text: string): string {
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
