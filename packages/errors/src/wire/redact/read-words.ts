// Where in a text does a value begin and end? Works on cut texts as well, which a parser refuses.

/** A piece of the text and what stands there instead. */
export interface Change {
  end: number
  text: string
}

/**
 * Walks through the places where `start` matches and changes what stands behind each. Where nothing is to be
 * changed the walk goes on right behind the match, so that a secret inside of a harmless value is found too.
 */
export function rewrite(
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

/** A text with what it is quoted by. */
export interface Quoted {
  text: string
  /** Behind the closing quote. */
  end: number
  open: string
  /** Empty when the text is cut before the closing quote. */
  close: string
}

/** A quoted text at this place, whose quotes may themselves be escaped. A cut one reaches to the end. */
export function readQuoted(text: string, from: number): Quoted | undefined {
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
export function isHiddenAt(text: string, from: number): boolean {
  return /^(?:00|20111|eyJ)?…\(\d{1,9} characters hidden\)(?:%26|(?![^\s&"'`<>;,)}\]\\]))/.test(
    text.slice(from, from + 60),
  )
}

/** A quoted text, or everything up to a character that ends a bare word. */
export function readWord(text: string, from: number, ending: RegExp): Quoted {
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
export function readAssigned(text: string, from: number): Quoted {
  const word = readWord(text, from, /[\s&"'`<>]/)
  const isApostrophe = (at: number) =>
    text[at] === "'" && !/^\)*(?:[\s&"`<>;,}\]\\+]|$)/.test(text.slice(at + 1, at + 20))
  const end = word.open === '' ? word.end : word.close === "'" ? word.end - 1 : undefined
  if (end === undefined || !isApostrophe(end)) return word
  let on = end
  while (on < text.length && (text[on] === "'" ? isApostrophe(on) : !/[\s&"`<>]/.test(text[on]!))) on++
  return { text: text.slice(from, on), end: on, open: '', close: '' }
}
