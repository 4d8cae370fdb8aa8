// What is a filter, once it is read? A small tree of plain data, and the questions a resource asks of it before it
// runs it: which fields and operators are used, and which equalities an index could answer.

/** The attribute operators of Okta's filter language, in lower case. */
export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'sw' | 'co' | 'ew' | 'pr'

/** All operators that the grammar knows. A resource allows fewer. */
export const operators: readonly Operator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sw', 'co', 'ew', 'pr']

/** What may stand on the right side of an operator. Dates are strings. */
export type FilterValue = string | number | boolean | null

/** One `attribute operator value`. Positions are offsets into the text, from 0. */
export interface Comparison {
  type: 'compare'
  field: string
  operator: Operator
  /** Absent for `pr`. */
  value?: FilterValue
  /** Where the attribute begins. */
  position: number
  operatorPosition: number
  /** Absent for `pr`. */
  valuePosition?: number
}

/** A filter expression. */
export type FilterNode =
  | Comparison
  | { type: 'and' | 'or'; nodes: readonly FilterNode[] }
  | { type: 'not'; node: FilterNode }

/** Every comparison of a filter, in the order of the text, so that a resource can refuse fields and operators. */
export function fieldsOf(node: FilterNode): Comparison[] {
  const found: Comparison[] = []
  const visit = (at: FilterNode): void => {
    if (at.type === 'compare') found.push(at)
    else if (at.type === 'not') visit(at.node)
    else for (const part of at.nodes) visit(part)
  }
  visit(node)
  return found
}

/** One `field eq value` that must hold for the whole filter to hold. */
export interface Equality {
  field: string
  value: string | number | boolean
  position: number
}

/**
 * The equalities that every match fulfils: `eq` at the top or below `and` only. An index over the lower-cased value
 * may narrow the candidates by them; the whole filter must still run, and dates must not be looked up this way, as
 * two spellings of one instant are equal.
 */
export function equalityOf(node: FilterNode): Equality[] {
  if (node.type === 'and') return node.nodes.flatMap(equalityOf)
  if (node.type !== 'compare' || node.operator !== 'eq') return []
  const { field, value, position } = node
  return value === null || value === undefined ? [] : [{ field, value, position }]
}
