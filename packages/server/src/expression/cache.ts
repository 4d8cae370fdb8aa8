// Was this expression read before? Claims, rules and mappings work with few texts, over and over.
import { parseExpression } from './parse.ts'
import type { Expression } from './tree.ts'

/** Reads an expression, or throws ExpressionFault. */
export type ReadExpression = (text: string) => Expression

/** Makes a reader that remembers the last `capacity` texts (default 500). */
export function createExpressionCache(capacity = 500): ReadExpression {
  // A Map keeps the order of insertion; what is used again is inserted again, so the first is the least used.
  const known = new Map<string, Expression>()
  let newest: Expression | undefined
  return (text) => {
    // Most often the one of a moment ago is asked for again.
    if (newest?.text === text) return newest
    const before = known.get(text)
    if (before) known.delete(text)
    newest = before ?? parseExpression(text)
    known.set(text, newest)
    if (known.size > capacity) known.delete(known.keys().next().value!)
    return newest
  }
}
