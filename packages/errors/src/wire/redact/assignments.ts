// Which values stand behind a secret name that is not quoted as data: in forms, code, settings, markup?
import { hide, hideNamed } from './hide.ts'
import { isHiddenAt, readAssigned, readQuoted, readWord, rewrite } from './read-words.ts'
import { isHeaderName, isSecretName } from './secret-names.ts'

/**
 * `client_secret=…` in forms, queries and environment files (also percent-encoded inside another URL);
 * `clientSecret: '…'` in source code and YAML; `set('Authorization', '…')`; `<password>…</password>`.
 */
export function hideAssignments(text: string): string {
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
