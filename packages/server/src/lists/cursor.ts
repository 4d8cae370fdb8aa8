// Where does a page end when the list is not in the order of its ids? An opaque cursor that holds the place and a mark,
// so that one which was changed, made up, or taken from another list is noticed.
import { createHash } from 'node:crypto'
import type { Org } from '../org.ts'

/** What a place in a list is made of: sort key, id, bounds. */
export type Place = readonly (string | number | null)[]

/** Longer ones are refused unread. */
const MOST = 4096

/** Writes a place down. `list` names the list with everything that its order depends on. */
export function sealCursor(org: Pick<Org, 'fixed'>, list: string, place: Place): string {
  const text = Buffer.from(JSON.stringify(place)).toString('base64url')
  return `${text}.${markOf(org, list, text)}`
}

/** Has this text the form of a sealed cursor? No id of Okta's has. */
export function isSealed(text: string): boolean {
  return /^[\w-]+\.[\w-]{16}$/.test(text)
}

/** The place in a cursor; undefined for one that this org did not make for this list. */
export function openCursor(org: Pick<Org, 'fixed'>, list: string, cursor: string): Place | undefined {
  const dot = cursor.indexOf('.')
  if (dot === -1 || cursor.length > MOST) return undefined
  const text = cursor.slice(0, dot)
  if (cursor.slice(dot + 1) !== markOf(org, list, text)) return undefined
  return JSON.parse(Buffer.from(text, 'base64url').toString()) as Place
}

// The mark keeps honest callers from mistakes. It guards no secret: whoever computes one moves within the own list.
function markOf(org: Pick<Org, 'fixed'>, list: string, text: string): string {
  return createHash('sha256').update(`${org.fixed.orgId}\n${list}\n${text}`).digest('base64url').slice(0, 16)
}
