// Does an object match a filter? Strings are compared without regard to case, dates as instants, and an attribute
// with several values matches when any of them does.
import type { Comparison, FilterNode, FilterValue } from './node.ts'

/** Gives the value, or the values, at a path; `undefined` when there is none. */
export type ReadField = (path: string) => unknown

/** Compiles a filter for many objects. Keep what it returns: strings are folded and dates parsed only once. */
export function compileFilter(node: FilterNode): (read: ReadField) => boolean {
  return bindFilter<ReadField>(node, (path) => (read) => read(path))
}

/** Compiles a filter over objects of one type; `fieldReader` is asked once a field, not once an object. */
export function bindFilter<T>(
  node: FilterNode,
  fieldReader: (path: string) => (object: T) => unknown,
): (object: T) => boolean {
  if (node.type === 'compare') {
    const read = fieldReader(node.field)
    const matches = matcherOf(node)
    return (object) => matches(read(object))
  }
  if (node.type === 'not') {
    const inner = bindFilter(node.node, fieldReader)
    return (object) => !inner(object)
  }
  const parts = node.nodes.map((part) => bindFilter(part, fieldReader))
  return node.type === 'and'
    ? (object) => {
        for (const part of parts) if (!part(object)) return false
        return true
      }
    : (object) => {
        for (const part of parts) if (part(object)) return true
        return false
      }
}

/** Whether one object matches. For many objects use `compileFilter`. */
export function evaluateFilter(node: FilterNode, read: ReadField): boolean {
  return compileFilter(node)(read)
}

/**
 * Reads a dotted path out of JSON. Lists on the way fan out: `target.id` gives the ids of all targets. Only own
 * properties count, so that `constructor.name` finds nothing.
 */
export function pathReader(path: string): (object: unknown) => unknown {
  const names = path.split('.')
  return (object) => descend(object, names, 0)
}

function descend(at: unknown, names: readonly string[], from: number): unknown {
  let value = at
  for (let i = from; i < names.length; i++) {
    if (Array.isArray(value)) {
      const found: unknown[] = []
      for (const item of value) {
        const inner = descend(item, names, i)
        if (Array.isArray(inner)) for (const one of inner) found.push(one)
        else if (inner !== undefined) found.push(inner)
      }
      return found
    }
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, names[i]!)) return undefined
    value = (value as Record<string, unknown>)[names[i]!]
  }
  return value
}

/** What a comparison asks of the value at its field: one value, several, or nothing. */
function matcherOf({ operator, value }: Comparison): (found: unknown) => boolean {
  if (operator === 'pr') return isPresent
  // RFC 7643 section 2.5: null and "no value" are the same.
  if (value === null || value === undefined) {
    if (operator === 'eq') return (found) => !isPresent(found)
    if (operator === 'ne') return isPresent
    return () => false
  }
  const matchesOne = operator === 'ne' ? negate(singleMatcher('eq', value)) : singleMatcher(operator, value)
  return (found) => {
    if (found === undefined || found === null) return operator === 'ne'
    if (!Array.isArray(found)) return matchesOne(found)
    if (found.length === 0) return operator === 'ne'
    for (const item of found) if (matchesOne(item)) return true
    return false
  }
}

function negate(test: (found: unknown) => boolean): (found: unknown) => boolean {
  return (found) => !test(found)
}

type ValueOperator = Exclude<Comparison['operator'], 'pr' | 'ne'>

function singleMatcher(operator: ValueOperator, value: Exclude<FilterValue, null>): (found: unknown) => boolean {
  const folded = String(value).toLowerCase()
  if (operator === 'sw') return (found) => foldedText(found)?.startsWith(folded) ?? false
  if (operator === 'co') return (found) => foldedText(found)?.includes(folded) ?? false
  if (operator === 'ew') return (found) => foldedText(found)?.endsWith(folded) ?? false

  const instant = typeof value === 'string' ? instantOf(value) : undefined
  if (operator === 'eq') {
    return (found) => {
      if (found === value) return true
      const text = foldedText(found)
      if (text === undefined) return false
      if (text === folded) return true
      return instant !== undefined && instantOf(text) === instant
    }
  }
  const accepts = orders[operator]
  return (found) => {
    if (typeof found === 'number' && typeof value === 'number') return accepts(found - value)
    const text = foldedText(found)
    if (text === undefined) return false
    const foundInstant = instant === undefined ? undefined : instantOf(text)
    if (instant !== undefined && foundInstant !== undefined) return accepts(foundInstant - instant)
    return accepts(text < folded ? -1 : text > folded ? 1 : 0)
  }
}

const orders: Readonly<Record<'gt' | 'ge' | 'lt' | 'le', (difference: number) => boolean>> = {
  gt: (difference) => difference > 0,
  ge: (difference) => difference >= 0,
  lt: (difference) => difference < 0,
  le: (difference) => difference <= 0,
}

/** A value as text without regard to case; `undefined` for what has no text of its own (objects, nothing). */
function foldedText(found: unknown): string | undefined {
  if (typeof found === 'string') return found.toLowerCase()
  if (typeof found === 'number' || typeof found === 'boolean') return String(found)
  return undefined
}

function isPresent(found: unknown): boolean {
  if (found === undefined || found === null || found === '') return false
  if (Array.isArray(found)) return found.some(isPresent)
  if (typeof found === 'object') return Object.keys(found).length > 0
  return true
}

const datePattern = /^\d{4}-\d{2}-\d{2}(?:t\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(z|[+-]\d{2}:?\d{2})?)?$/i

/** Milliseconds since 1970 when the text is a date as Okta writes and accepts it; without a zone it is UTC. */
export function instantOf(text: string): number | undefined {
  const match = text.length < 10 ? null : datePattern.exec(text)
  if (match === null) return undefined
  const zoned = match[1] === undefined && text.length > 10 ? `${text}Z` : text
  const iso = zoned.toUpperCase().replace(/([+-]\d{2})(\d{2})$/, '$1:$2')
  const ms = Date.parse(iso)
  return Number.isNaN(ms) ? undefined : ms
}
