// Which sentences does this value hold? Walks JSON of unknown shape within fixed bounds.
import { isRecord } from './evidence.ts'

/** Words and where they stood. */
export interface Said {
  place: string
  text: string
}

/** A leaf of a JSON value. */
export interface Leaf extends Said {
  /** The names on the way to it, list positions left out. */
  path: readonly string[]
}

const MAX_LEAVES = 400
const MAX_DEPTH = 8
const MAX_TEXT = 40_000
/** All leaves together. */
const MAX_ALL = 200_000

/** The line of a text that fits, else the text: of a pasted stack trace one line is the evidence. */
export function lineThat(text: string, fits: (line: string) => boolean): string {
  if (!text.includes('\n')) return text
  return (
    text
      .split('\n', 2_000)
      .find((line) => fits(line))
      ?.trim() ?? text
  )
}

/** All texts, numbers and truths in a value, in order; `null` is told as `null`, since absence can be the fact. */
export function leavesOf(value: unknown, root: string): Leaf[] {
  const found: Leaf[] = []
  let left = MAX_ALL
  const walk = (part: unknown, place: string, path: readonly string[], depth: number): void => {
    if (found.length >= MAX_LEAVES || left <= 0) return
    if (typeof part === 'string') {
      const text = part.slice(0, Math.min(MAX_TEXT, left))
      left -= text.length
      found.push({ place, path, text })
    } else if (typeof part === 'number' || typeof part === 'boolean' || part === null)
      found.push({ place, path, text: String(part) })
    else if (depth >= MAX_DEPTH) return
    else if (Array.isArray(part)) {
      if (part.length === 0) found.push({ place, path, text: 'none' })
      for (let at = 0; at < part.length && found.length < MAX_LEAVES; at++)
        walk(part[at], `${place}[${at}]`, path, depth + 1)
    } else if (isRecord(part)) {
      for (const [name, inner] of Object.entries(part)) {
        if (found.length >= MAX_LEAVES) return
        const short = name.slice(0, 200)
        walk(inner, place === '' ? short : `${place}.${short}`, [...path, short], depth + 1)
      }
    }
  }
  walk(value, root, [], 0)
  return found
}

// Names whose values are no sentences: ids, links, times.
const NOT_SAID = /(?:^|\.)(?:errorId|errorLink|errorCode|href|id|stateToken|sessionToken|expiresAt|_links)(?:[.[]|$)/

const MAX_SENTENCES = 120
const MAX_SENTENCE = 2_000
/** All sentences together: each rule looks at every one of them. */
const MAX_SAID = 40_000

/** The sentences of an answer's body, whatever shape it has. A long text is taken line by line. */
export function sentencesOf(body: unknown, root: string): Said[] {
  const found: Said[] = []
  let left = MAX_SAID
  for (const { place, text } of leavesOf(body, root)) {
    if (NOT_SAID.test(place)) continue
    const lines = text.length > MAX_SENTENCE ? text.split('\n', MAX_SENTENCES) : [text]
    for (const line of lines) {
      if (found.length >= MAX_SENTENCES || left <= 0) return found
      const sentence = line.slice(0, Math.min(MAX_SENTENCE, left)).trim()
      if (!/[a-z]{3}|\bE0\d{6}\b/i.test(sentence)) continue
      left -= sentence.length
      found.push({ place, text: sentence })
    }
  }
  return found
}
