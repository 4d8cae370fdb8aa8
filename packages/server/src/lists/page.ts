// Which part of a list was asked for, and how does the caller get the next one?
import { E0000001, E0000029, E0000037 } from '@errorg/errors/codes'
import { fail } from '../fail.ts'
import { type Answer, type Exchange, ok } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import { isSealed, openCursor, type Place, sealCursor } from './cursor.ts'

/** What a resource says about its lists. */
export interface PageRules {
  /** How many when nothing is said. */
  standard: number
  /** How many at most; more is cut to this. */
  most: number
  /** The prefix of the ids that cursors are made of. */
  prefix: string
  /** How this resource refuses a cursor that it did not make. Default E0000029 "Invalid cursor." */
  refuseCursor?: (after: string) => never
  /** Is -1 a limit too, the documented word for "as many as you show at most"? */
  minusOne?: boolean
}

/** The part that was asked for. */
export interface PageQuery {
  limit: number
  after: string | undefined
}

/** The rows of one page, and how to get the next. */
export interface ListPage<T> {
  rows: readonly T[]
  /** The value of `after` for the next page; undefined on the last. */
  next: string | undefined
}

/** Reads `limit` and `after`. */
export function readPage(org: Org, x: Exchange, rules: PageRules): PageQuery {
  return { limit: readLimit(x, rules), after: readIdCursor(org, x, rules.prefix, rules.refuseCursor) }
}

/** Reads `limit`: a whole number above 0, cut to the resource's most. */
export function readLimit(x: Exchange, rules: Pick<PageRules, 'standard' | 'most' | 'minusOne'>): number {
  const text = x.query.get('limit')
  if (text === '-1' && rules.minusOne) return rules.most
  if (text === null || text === '') return rules.standard
  if (!/^[+-]?\d{1,10}$/.test(text)) {
    fail(E0000037, 'number-unreadable', {
      parameter: 'limit',
      value: text,
      message: `limit: '${text.slice(0, 40)}' is not a number`,
    })
  }
  const limit = Number(text)
  if (limit < 1) fail(E0000001, 'value-invalid', { field: 'limit', causes: ['limit: must be greater than 0'] })
  return Math.min(limit, rules.most)
}

/** Reads `after` of a list in the order of ids; the id, or undefined for the first page. */
export function readIdCursor(
  org: Org,
  x: Exchange,
  prefix: string,
  refuse: (after: string) => never = refuseCursor,
): string | undefined {
  const after = x.query.get('after')
  if (after === null || after === '') return undefined
  // A cursor is the id of the last thing of a page (recorded): valid also after that thing is deleted.
  if (org.ids.couldBe(prefix, after)) return after
  const pinned = openCursor(org, PINNED, after)?.[0]
  return typeof pinned === 'string' ? pinned : refuse(after)
}

// Ids that a seed pinned may have any shape: as cursors they are sealed, so that they too are known to be ours.
const PINNED = 'pinned'

/** The value of `after` that leads past the thing with this id. */
export function idCursor(org: Org, id: string): string {
  return isSealed(id) || org.ids.couldBe(id.slice(0, 3), id) ? id : sealCursor(org, PINNED, [id])
}

/** Refuses a cursor of a plain list. */
export function refuseCursor(after: string): never {
  return fail(E0000029, 'cursor-unknown', { after })
}

/**
 * A list's answer: the rows, and `self` and `next` links as two header lines. `next` is left out on the last page;
 * `nextAfter` is the id of the page's last thing, or a sealed cursor.
 * Parameters named in `withoutInNext` do not go on to the next page.
 */
export function listAnswer(
  org: Org,
  x: Exchange,
  rows: readonly unknown[],
  nextAfter?: string,
  withoutInNext: readonly string[] = [],
): Answer {
  const links: [string, string][] = [['link', `<${org.baseUrl}${x.incoming.target}>; rel="self"`]]
  if (nextAfter !== undefined) {
    links.push(['link', `<${nextUrl(org, x, idCursor(org, nextAfter), withoutInNext)}>; rel="next"`])
  }
  return ok(rows, links)
}

/** The answer of a page: its rows as `show` shows each, and the link to the next. */
export async function pageAnswer<T>(
  org: Org,
  x: Exchange,
  page: ListPage<T>,
  show: (row: T) => unknown | Promise<unknown>,
): Promise<Answer> {
  return listAnswer(org, x, await Promise.all(page.rows.map((row) => show(row))), page.next)
}

/** `after` comes first, then what was sent, in its order. */
function nextUrl(org: Org, x: Exchange, after: string, without: readonly string[]): string {
  const query = new URLSearchParams([['after', after]])
  for (const [name, value] of x.query) if (name !== 'after' && !without.includes(name)) query.append(name, value)
  return `${org.baseUrl}${x.path}?${query}`
}

/** Cuts one row more than asked for: it only says that there is a next page. */
export function cutPage<T extends { id: string }>(rows: readonly T[], limit: number): ListPage<T> {
  if (rows.length <= limit) return { rows, next: undefined }
  const kept = rows.slice(0, limit)
  return { rows: kept, next: kept.at(-1)!.id }
}

/**
 * A page of rows that stand in an order of their own. The cursor says where the last row stood, so that it is good for
 * the rest of the list also when that row has gone. `list` names the list with everything that its order depends on.
 */
export function pageInOrder<T>(
  org: Org,
  x: Exchange,
  list: string,
  rows: readonly T[],
  { placeOf, ...rules }: Pick<PageRules, 'standard' | 'most'> & { placeOf: (row: T) => Place },
): ListPage<T> {
  const limit = readLimit(x, rules)
  const after = x.query.get('after') || undefined
  const place = after === undefined ? undefined : (openCursor(org, list, after) ?? refuseCursor(after))
  const rest = place ? rows.filter((row) => isBehind(placeOf(row), place)) : rows
  if (rest.length <= limit) return { rows: rest, next: undefined }
  return { rows: rest.slice(0, limit), next: sealCursor(org, list, placeOf(rest[limit - 1]!)) }
}

function isBehind(a: Place, b: Place): boolean {
  for (let i = 0; i < a.length; i++) {
    const [one, other] = [a[i]!, b[i]!]
    if (one !== other) return one > other
  }
  return false
}
