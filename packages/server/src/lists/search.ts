// Which things of a collection does a search or filter expression find? Refuses what the list does not take, answers
// equalities from an index, and reads everything else in pages, until the page that was asked for is full.
import { E0000030, E0000031 } from '@errorg/errors/codes'
import { fail } from '../fail.ts'
import {
  bindFilter,
  equalityOf,
  type FilterNode,
  fieldsOf,
  instantOf,
  type Operator,
  parseFilter,
} from '../filter/index.ts'
import type { Collection, Page, State, Stored } from '../state/state.ts'
import type { Place } from './cursor.ts'

/** A property that an expression may name. */
export interface SearchField<T> {
  operators: readonly Operator[]
  /** `date` is read as ms since 1970; literals are dates then. */
  is: 'text' | 'date'
  read: (row: Stored<T>) => unknown
  /** The index that equality can use, and its key for a literal. `id` is the order itself. */
  index?: { name: string; key: (literal: string) => string } | 'id'
}

/** What one parameter of one list takes. */
export interface SearchTable<T> {
  field: (name: string) => SearchField<T> | undefined
  /** Is `not` taken? */
  not: boolean
  /** What `errorCauses` says of an expression that is refused. Default: the catalogue's sentence. */
  causes?: readonly string[]
}

/** An expression that was read. */
export interface Criteria<T> {
  matches: (row: Stored<T>) => boolean
  /** Equalities that every match fulfils and that an index answers. */
  lookUps: readonly LookUp[]
}

type LookUp = { id: string } | { index: string; key: string }

/** Everything: for lists without an expression. */
export const noCriteria: Criteria<unknown> = { matches: () => true, lookUps: [] }

/** Operators by what a property holds. */
export const searchOperators = {
  text: ['eq', 'ge', 'gt', 'le', 'lt', 'sw', 'pr'],
  textWithContains: ['eq', 'ge', 'gt', 'le', 'lt', 'sw', 'co', 'pr'],
  date: ['eq', 'ge', 'gt', 'le', 'lt', 'pr'],
} as const satisfies Record<string, readonly Operator[]>

/** A property that is a text. */
export const textField = <T>(read: SearchField<T>['read'], index?: SearchField<T>['index']): SearchField<T> => ({
  operators: searchOperators.text,
  is: 'text',
  read,
  index,
})

/** A property that is a moment. */
export const dateField = <T>(read: SearchField<T>['read']): SearchField<T> => ({
  operators: searchOperators.date,
  is: 'date',
  read,
})

/** Reads an expression, or refuses it: E0000031, and E0000030 for a date that is none. */
export function readCriteria<T>(text: string, table: SearchTable<T>): Criteria<T> {
  const refuse = () => fail(E0000031, 'search-unreadable', table.causes ? { causes: table.causes } : {})
  const parsed = parseFilter(text)
  if (!parsed.ok) return refuse()
  if (!table.not && hasNot(parsed.filter)) return refuse()
  for (const { field, operator, value } of fieldsOf(parsed.filter)) {
    const known = table.field(field)
    if (!known?.operators.includes(operator)) return refuse()
    if (known.is === 'date' && operator !== 'pr' && momentOf(value) === undefined) fail(E0000030, 'date-unreadable')
  }
  const node = withMoments(parsed.filter, table)
  return {
    matches: bindFilter(node, (name) => table.field(name)!.read),
    lookUps: equalityOf(parsed.filter).flatMap(({ field, value }) => lookUpOf(table.field(field)!, value)),
  }
}

/** A property by which a list can be sorted; E0000031 for one that is none. */
export function readSortField<T>(name: string, table: SearchTable<T>): SearchField<T> {
  return table.field(name) ?? fail(E0000031, 'search-unreadable', table.causes ? { causes: table.causes } : {})
}

/** Matches in the order of their ids, one more than `limit` where there are more. */
export async function findById<T>(
  state: State,
  collection: Collection<T>,
  criteria: Criteria<T>,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Stored<T>[]> {
  const found: Stored<T>[] = []
  const read = await sourceOf(state, collection, criteria)
  await eachRow(read, after, limit + 1, (row) => {
    if (criteria.matches(row)) found.push(row)
    return found.length <= limit
  })
  return found
}

/** The order that a search asks for. */
export interface SortOrder<T> {
  read: SearchField<T>['read']
  descending: boolean
}

/** Matches in another order, one more than `limit` where there are more. `place` is where the page before ended. */
export async function findSorted<T>(
  state: State,
  collection: Collection<T>,
  criteria: Criteria<T>,
  { order, place, limit }: { order: SortOrder<T>; place?: Place | undefined; limit: number },
): Promise<Stored<T>[]> {
  // Only as many as are shown are kept in order: sorting 100,000 to show 200 would be waste.
  const best: { place: Place; row: Stored<T> }[] = []
  const compare = (a: Place, b: Place) => comparePlaces(a, b, order.descending)
  const read = await sourceOf(state, collection, criteria)
  await eachRow(read, undefined, 1000, (row) => {
    if (!criteria.matches(row)) return true
    const own = placeOf(row, order)
    if (place && compare(own, place) <= 0) return true
    const full = best.length > limit
    if (full && compare(own, best[limit]!.place) >= 0) return true
    let low = 0
    let high = best.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare(best[middle]!.place, own) < 0) low = middle + 1
      else high = middle
    }
    if (full) best.pop()
    best.splice(low, 0, { place: own, row })
    return true
  })
  return best.map(({ row }) => row)
}

const LONGEST_KEY = 200

/** Where a thing stands in an order: its key and, between equals, its id. */
export function placeOf<T>(row: Stored<T>, { read }: SortOrder<T>): Place {
  const value = read(row)
  const one = Array.isArray(value) ? value[0] : value
  if (typeof one === 'number') return [one, row.id]
  if (typeof one === 'string' || typeof one === 'boolean') {
    return [String(one).toLowerCase().slice(0, LONGEST_KEY), row.id]
  }
  return [null, row.id]
}

// What has no value comes last in both directions; equals go by id in both (documented).
function comparePlaces([a = null, idA]: Place, [b = null, idB]: Place, descending: boolean): number {
  if (a !== b) {
    if (a === null) return 1
    if (b === null) return -1
    const less = typeof a === typeof b ? a < b : typeof a === 'number'
    return less !== descending ? -1 : 1
  }
  return String(idA) < String(idB) ? -1 : idA === idB ? 0 : 1
}

type ReadPage<T> = (page: Page) => Promise<Stored<T>[]>

/** The shortest list that holds all matches. */
async function sourceOf<T>(state: State, collection: Collection<T>, { lookUps }: Criteria<T>): Promise<ReadPage<T>> {
  let source: ReadPage<T> = (page) => state.scan(collection, page)
  let fewest = Number.POSITIVE_INFINITY
  for (const lookUp of lookUps) {
    if ('id' in lookUp) {
      const row = await state.load(collection, lookUp.id)
      return async ({ after }) => (row && (after === undefined || row.id > after) ? [row] : [])
    }
    const { index, key } = lookUp
    const count = await state.count(collection as Collection<never>, index, key)
    if (count >= fewest) continue
    fewest = count
    source = (page) => state.find(collection, index, key, page)
  }
  return source
}

async function eachRow<T>(
  read: ReadPage<T>,
  from: string | undefined,
  first: number,
  visit: (row: Stored<T>) => boolean,
): Promise<void> {
  let after = from
  for (let limit = first; ; limit = 1000) {
    const rows = await read({ after, limit })
    for (const row of rows) if (!visit(row)) return
    if (rows.length < limit) return
    after = rows.at(-1)!.id
  }
}

function lookUpOf<T>({ index, is }: SearchField<T>, value: string | number | boolean): LookUp[] {
  // Two spellings of one instant are equal as dates but not as keys.
  if (index === undefined || is === 'date' || typeof value !== 'string' || value === '') return []
  if (instantOf(value) !== undefined) return []
  return [index === 'id' ? { id: value } : { index: index.name, key: index.key(value) }]
}

function momentOf(value: unknown): number | undefined {
  return typeof value === 'string' ? instantOf(value) : undefined
}

/** The same filter with dates as numbers, as they are kept. */
function withMoments<T>(node: FilterNode, table: SearchTable<T>): FilterNode {
  if (node.type === 'not') return { type: 'not', node: withMoments(node.node, table) }
  if (node.type !== 'compare') return { type: node.type, nodes: node.nodes.map((part) => withMoments(part, table)) }
  if (table.field(node.field)!.is !== 'date' || node.operator === 'pr') return node
  return { ...node, value: momentOf(node.value)! }
}

function hasNot(node: FilterNode): boolean {
  if (node.type === 'not') return true
  return node.type !== 'compare' && node.nodes.some(hasNot)
}
