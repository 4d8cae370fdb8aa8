// Does this text come from that template, and what filled its holes? The reverse of fillHoles.

/**
 * The values of the holes: `matchTemplate('Not found: {message}', text)` is `{ message: … }` or `undefined`.
 * Runs of blanks count as one, because Okta's own texts differ in them; a hole takes at least one character, as
 * few as possible; a hole that occurs twice must have the same value. Time grows with the text, never faster.
 */
export function matchTemplate(template: string, text: string): Record<string, string> | undefined {
  const pieces = collapse(template).split(/\{(\w+)\}/)
  const given = collapse(text)
  const first = pieces[0]!
  if (pieces.length === 1) return first === given ? {} : undefined
  if (!given.startsWith(first)) return undefined
  const last = pieces.at(-1)!
  const end = given.length - last.length
  if (end < first.length || !given.endsWith(last)) return undefined

  const values = new Map<string, string>()
  let at = first.length
  for (let piece = 1; piece < pieces.length; piece += 2) {
    const name = pieces[piece]!
    const literal = pieces[piece + 1]!
    const isLast = piece + 2 === pieces.length
    // The earliest place leaves most room for what follows, so nothing has to be tried twice.
    const next = isLast ? end : given.indexOf(literal, at + 1)
    if (next <= at || next > end) return undefined
    const value = given.slice(at, next)
    if (values.has(name) && values.get(name) !== value) return undefined
    values.set(name, value)
    at = next + literal.length
  }
  return Object.fromEntries(values)
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
