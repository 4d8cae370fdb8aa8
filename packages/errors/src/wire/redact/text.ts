// Which parts of a text are secret? Each step looks for names (or looks) in one pass; what one step has hidden, the
// next leaves alone.
import { hideAssignments } from './assignments.ts'
import { hide, hideCookies, hideCredential, hideNamed } from './hide.ts'
import { hideMembers } from './members.ts'
import { isHiddenAt, readQuoted, readWord, rewrite } from './read-words.ts'
import { isSecretName, plainName, secretHeaders } from './secret-names.ts'
import { hideAddresses, hidePrivateKeys, hideShapes } from './shapes.ts'

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

/** The value of a header without its secrets. */
export function redactHeader(name: string, value: string): string {
  const plain = plainName(name)
  if (plain === 'cookie' || plain === 'setcookie') return hideCookies(value)
  if (secretHeaders.has(plain) || isSecretName(name)) return hideCredential(value)
  return redactText(value)
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
