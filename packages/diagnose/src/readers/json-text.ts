// Is this text JSON, or does it begin with JSON? Answers without throwing and in one pass.

const MAX_JSON = 64_000_000

/** The parsed value, or undefined when the text is not JSON. */
export function parseJson(text: string): { value: unknown } | undefined {
  if (text.length > MAX_JSON) return undefined
  try {
    return { value: JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) }
  } catch {
    return undefined
  }
}

/** The body of a request as evidence has it: an object or a list, else the text as it was sent, quotes included. */
export function readSent(text: string): unknown {
  const value = parseJson(text)?.value
  return typeof value === 'object' && value !== null ? value : text
}

/** The end of the JSON object or array that begins at `start`, or -1. Counts brackets outside strings. */
export function endOfJson(text: string, start: number, limit = 1_000_000): number {
  let depth = 0
  let quoted = false
  const end = Math.min(text.length, start + limit)
  for (let at = start; at < end; at++) {
    const c = text.charCodeAt(at)
    if (quoted) {
      if (c === 92) at++
      else if (c === 34) quoted = false
      continue
    }
    if (c === 34) quoted = true
    else if (c === 123 || c === 91) depth++
    else if (c === 125 || c === 93) {
      depth--
      if (depth === 0) return at + 1
    }
  }
  return -1
}

/**
 * The first JSON object or array inside a text, with what stands around it: tools glue a log line, a status code or
 * `* Connection #0 left intact` to a body.
 */
export function jsonInside(text: string): { value: unknown; before: string; after: string } | undefined {
  let tries = 0
  for (let start = text.search(/[{[]/); start >= 0 && tries < 8; tries++) {
    const end = endOfJson(text, start)
    if (end > 0) {
      const parsed = parseJson(text.slice(start, end))
      if (parsed) return { value: parsed.value, before: text.slice(0, start), after: text.slice(end) }
    }
    const next = text.slice(start + 1).search(/[{[]/)
    start = next < 0 ? -1 : start + 1 + next
  }
  return undefined
}
