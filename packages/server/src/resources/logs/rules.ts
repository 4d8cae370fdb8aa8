// What does a query of the System Log ask for, and what is wrong with it? Documented in okta-developer-docs,
// docs/reference/system-log-query.
import type { Contract } from '@errorg/errors'
import { E0000001, E0000031, E0000037, E0000053 } from '@errorg/errors/codes'
import { fail } from '../../fail.ts'
import { refuseValue } from '../../fields.ts'
import { bindFilter, fieldsOf, instantOf, parseFilter } from '../../filter/index.ts'
import type { LogEvent } from '../../log/event.ts'
import { widenAliases } from './aliases.ts'
import { logField, mentionedIn } from './fields.ts'
import { LONGEST_WORD, MOST_WORDS, readWords } from './keywords.ts'

/** Which events were asked for. */
export interface LogQuery {
  /**
   * `polling` (no `until`, ascending): in the order in which events were kept, always with a next page. `bounded`: in
   * the order of `published`, and it ends.
   */
  mode: 'polling' | 'bounded'
  since: number
  until: number
  /** What was published before this is no longer returned. */
  oldest: number
  newestFirst: boolean
  limit: number
  after: string | undefined
  matches: (event: LogEvent) => boolean
}

const DAY_MS = 24 * 60 * 60 * 1000
const STANDARD_MS = 7 * DAY_MS
/** Older events are not returned. */
export const RETENTION_MS = 90 * DAY_MS
const OLDEST_SINCE_MS = 180 * DAY_MS

/** Reads the parameters, or refuses. An empty parameter counts as absent. */
export function readLogQuery(params: URLSearchParams, now: number, contract: Contract, orgId: string): LogQuery {
  const get = (name: string) => params.get(name) || undefined
  const sinceSent = readDate('since', get('since'))
  const untilSent = readDate('until', get('until'))
  if (sinceSent !== undefined && sinceSent < now - OLDEST_SINCE_MS) fail(E0000053, 'log-since-too-old')
  const limit = readLimit(get('limit'))
  const newestFirst = readSortOrder(get('sortOrder')) === 'DESCENDING'
  const words = readQ(get('q'))
  const filter = readFilter(get('filter'), contract, orgId)
  const until = untilSent ?? now
  const oldest = now - RETENTION_MS
  return {
    mode: untilSent === undefined && !newestFirst ? 'polling' : 'bounded',
    since: Math.max(sinceSent ?? until - STANDARD_MS, oldest),
    until,
    oldest,
    newestFirst,
    limit,
    after: get('after'),
    matches: (event) => filter(event) && words.every((word) => mentionedIn(event, orgId, word)),
  }
}

function readDate(field: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  return instantOf(text) ?? fail(E0000001, 'log-date-invalid', { field })
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return 100
  if (!/^[+-]?\d{1,10}$/.test(text)) {
    fail(E0000037, 'number-unreadable', { message: `limit: '${text.slice(0, 40)}' is not a number` })
  }
  const limit = Number(text)
  const refuse = (says: string) => refuseValue('limit', says)
  if (limit < 0) refuse('must be greater than or equal to 0')
  if (limit > 1000) refuse('must be less than or equal to 1000')
  return limit
}

function readSortOrder(text = 'ASCENDING'): string {
  const order = text.toUpperCase()
  if (order === 'ASCENDING' || order === 'DESCENDING') return order
  return refuseValue('sortOrder', 'must be ASCENDING or DESCENDING')
}

function readQ(text: string | undefined): readonly string[] {
  const words = readWords(text ?? '')
  if (words.some((word) => word.length > LONGEST_WORD)) fail(E0000001, 'log-query-too-long')
  // The number is documented, the sentence is inferred.
  if (words.length > MOST_WORDS) refuseValue('q', `Freeform search cannot contain more than ${MOST_WORDS} items.`)
  return words
}

function readFilter(filter: string | undefined, contract: Contract, orgId: string): (event: LogEvent) => boolean {
  if (filter === undefined) return () => true
  const parsed = parseFilter(filter)
  if (!parsed.ok) {
    const { kind, found, position, message } = parsed.problem
    if (kind === 'unknown-operator') fail(E0000053, 'log-operator-unknown', { filter, operator: found, position })
    return fail(E0000053, 'log-filter-unreadable', { filter, message })
  }
  for (const { field, operator } of fieldsOf(parsed.filter)) {
    const known = logField(field) ?? fail(E0000053, 'log-field-unknown', { field })
    if (!known.operators.includes(operator)) fail(E0000031, 'log-operator-not-supported', { operator, field })
  }
  const node = contract === 'reference' ? widenAliases(parsed.filter) : parsed.filter
  return bindFilter(node, (name) => {
    const { read } = logField(name)!
    return (event: LogEvent) => read(event, orgId)
  })
}
