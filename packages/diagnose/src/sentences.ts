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
const MAX_TEXT = 20_000

/** All texts, numbers and truths in a value, in order; `null` is told as `null`, since absence can be the fact. */
export function leavesOf(value: unknown, root: string): Leaf[] {
  const found: Leaf[] = []
  const walk = (part: unknown, place: string, path: readonly string[], depth: number): void => {
    if (found.length >= MAX_LEAVES) return
    if (typeof part === 'string') found.push({ place, path, text: part.slice(0, MAX_TEXT) })
    else if (typeof part === 'number' || typeof part === 'boolean' || part === null)
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

/** The sentences of an answer's body, whatever shape it has. */
export function sentencesOf(body: unknown, root: string): Said[] {
  return leavesOf(body, root)
    .filter(({ place, text }) => /[a-z]{3}/i.test(text) && !NOT_SAID.test(place))
    .slice(0, 100)
    .map(({ place, text }) => ({ place, text }))
}
