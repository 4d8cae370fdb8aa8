// Which rows are on a page of a list that can be searched? What users and groups have in common: the parameters that
// exclude each other, the order, and the cursors.
import { E0000031, E0000063 } from '@errorg/errors/codes'
import { fail } from '../fail.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { Collection, Stored } from '../state/state.ts'
import { openCursor, sealCursor } from './cursor.ts'
import { cutPage, type ListPage, readIdCursor, refuseCursor } from './page.ts'
import {
  type Criteria,
  findById,
  findSorted,
  placeOf,
  readCriteria,
  readSortField,
  type SearchTable,
} from './search.ts'

/** A collection as a list. */
export interface ListOf<T> {
  collection: Collection<T>
  /** The prefix of its ids. */
  prefix: string
  /** Which things the caller may see at all; absent: every one. */
  sees?: ((row: Stored<T>) => boolean) | undefined
}

function onlySeen<T>({ sees }: ListOf<T>, criteria: Criteria<T>): Criteria<T> {
  return sees ? { ...criteria, matches: (row) => sees(row) && criteria.matches(row) } : criteria
}

/** The value of a parameter that says something: empty ones do not. */
export function paramOf(x: Exchange, name: string): string | undefined {
  return x.query.get(name) || undefined
}

/** Refuses `search` beside `q` or `filter`. A parameter counts as sent also when it is empty. */
export function refuseSearchWithOthers(x: Exchange): void {
  if (x.query.has('search') && (x.query.has('q') || x.query.has('filter'))) {
    fail(E0000063, 'search-with-filter-or-query')
  }
}

/** A page in the order of ids. */
export async function pageById<T>(
  org: Org,
  x: Exchange,
  list: ListOf<T>,
  criteria: Criteria<T>,
  limit: number,
  refuse: (after: string) => never = refuseCursor,
): Promise<ListPage<Stored<T>>> {
  const after = readIdCursor(org, x, list.prefix, refuse)
  return cutPage(await findById(org.state, list.collection, onlySeen(list, criteria), { after, limit }), limit)
}

/** A page of a `search`, sorted by `sortBy` where that is sent. */
export async function pageOfSearch<T>(
  org: Org,
  x: Exchange,
  list: ListOf<T>,
  table: SearchTable<T>,
  limit: number,
): Promise<ListPage<Stored<T>>> {
  const search = paramOf(x, 'search') ?? ''
  const criteria = readCriteria(search, table)
  const sortBy = paramOf(x, 'sortBy')
  if (sortBy === undefined) return await pageById(org, x, list, criteria, limit, refuseSearchCursor)

  // Recorded: an SDK sends sortOrder=0; what is not `desc` is ascending.
  const descending = /^desc/i.test(paramOf(x, 'sortOrder') ?? '')
  const order = { read: readSortField(sortBy, table).read, descending }
  // The cursor holds the sort key; in another search or order it would mean another place.
  const name = JSON.stringify([list.collection.name, search, sortBy, descending])
  const after = paramOf(x, 'after')
  const place = after === undefined ? undefined : (openCursor(org, name, after) ?? refuseSearchCursor(after))
  const seen = onlySeen(list, criteria)
  const { rows, next } = cutPage(await findSorted(org.state, list.collection, seen, { order, place, limit }), limit)
  return { rows, next: next === undefined ? undefined : sealCursor(org, name, placeOf(rows.at(-1)!, order)) }
}

/** Rows whose texts begin with `q`; such a list has one page. */
export async function pageOfPrefix<T>(
  org: Org,
  list: ListOf<T>,
  criteria: Criteria<T>,
  { q, textsOf, limit }: { q: string; textsOf: (row: Stored<T>) => readonly unknown[]; limit: number },
): Promise<ListPage<Stored<T>>> {
  const prefix = q.toLowerCase()
  const begins = (text: unknown) => typeof text === 'string' && text.toLowerCase().startsWith(prefix)
  const matches = (row: Stored<T>) => criteria.matches(row) && textsOf(row).some(begins)
  const found = await findById(org.state, list.collection, onlySeen(list, { ...criteria, matches }), { limit })
  return { rows: found.slice(0, limit), next: undefined }
}

function refuseSearchCursor(after: string): never {
  return fail(E0000031, 'search-cursor-unknown', { after })
}
