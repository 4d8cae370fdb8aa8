// Which classes of calls are one bucket? In one bucket each answer has another `remaining`; in two buckets that began
// in the same second the same numbers come twice.

interface Range {
  answers: number
  least: number
  most: number
}

/** What the answers of one window said, by limit and reset. */
interface Sighting {
  /** As long as it is the only key, there is nothing to compare, and nothing is kept. */
  only: string | undefined
  seen: Map<number, string>
  ranges: Map<string, Range>
}

/** What is known about which keys belong together. */
export interface Kinship {
  sightings: Map<string, Sighting>
  /** The window of the latest answer; the next one is mostly of the same. */
  latest?: { limit: number; reset: number; sighting: Sighting }
  apart: Set<string>
}

/** What an answer showed about this key and another. */
export type Kin = { are: 'one' | 'apart'; other: string }

// Windows whose answers may still come; older ones are forgotten.
const windowsKept = 8
// So many answers of each key, and so long a stretch in which both have answers, make it no chance.
const answersNeeded = 3
const stretchNeeded = 3

/** Nothing is known yet. */
export function createKinship(): Kinship {
  return { sightings: new Map(), apart: new Set() }
}

/** Looks at an answer that was not refused. */
export function look(
  kinship: Kinship,
  key: string,
  answer: { limit: number; remaining: number; reset: number },
): Kin | undefined {
  const { remaining } = answer
  const sighting = sightingOf(kinship, key, answer)
  if (sighting.only === key) return undefined
  sighting.only = undefined
  const { seen, ranges } = sighting
  const range = ranges.get(key)
  if (range === undefined) ranges.set(key, { answers: 1, least: remaining, most: remaining })
  else {
    range.answers++
    if (remaining < range.least) range.least = remaining
    if (remaining > range.most) range.most = remaining
  }
  const other = seen.get(remaining)
  if (other !== undefined && other !== key) {
    kinship.apart.add(pairOf(key, other))
    return { are: 'apart', other }
  }
  if (other === undefined) seen.set(remaining, key)
  if (ranges.size === 1) return undefined
  return kinOf(kinship, key, ranges)
}

function sightingOf(kinship: Kinship, key: string, { limit, reset }: { limit: number; reset: number }): Sighting {
  const { latest, sightings } = kinship
  if (latest !== undefined && latest.limit === limit && latest.reset === reset) return latest.sighting
  const window = `${limit} ${reset}`
  let sighting = sightings.get(window)
  if (sighting === undefined) {
    sighting = { only: key, seen: new Map(), ranges: new Map() }
    sightings.set(window, sighting)
    if (sightings.size > windowsKept) {
      for (const oldest of sightings.keys()) {
        sightings.delete(oldest)
        break
      }
    }
  }
  kinship.latest = { limit, reset, sighting }
  return sighting
}

function kinOf(kinship: Kinship, key: string, ranges: Map<string, Range>): Kin | undefined {
  const own = ranges.get(key)!
  if (own.answers < answersNeeded) return undefined
  for (const [other, range] of ranges) {
    if (other === key || range.answers < answersNeeded || kinship.apart.has(pairOf(key, other))) continue
    const stretch = Math.min(own.most, range.most) - Math.max(own.least, range.least)
    if (stretch >= stretchNeeded) return { are: 'one', other }
  }
  return undefined
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`
}
