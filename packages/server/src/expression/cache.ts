// Was this expression read before? Claims, rules and mappings work with few texts, over and over.
import { parseExpression } from './parse.ts'
import type { Expression } from './tree.ts'

/** Reads an expression, or throws ExpressionFault. */
export type ReadExpression = (text: string) => Expression

// As many texts as an org may have rules, and more; and not so many long ones that they fill the memory.
const MOST_TEXTS = 5_000
const MOST_CHARACTERS = 500_000

/** Makes a reader that remembers the last texts, up to so many and so many characters of them. */
export function createExpressionCache(mostTexts = MOST_TEXTS, mostCharacters = MOST_CHARACTERS): ReadExpression {
  // A Map keeps the order of insertion; what is used again is inserted again, so the first is the least used.
  const known = new Map<string, Expression>()
  let characters = 0
  let newest: Expression | undefined
  return (text) => {
    // Most often the one of a moment ago is asked for again.
    if (newest?.text === text) return newest
    const before = known.get(text)
    if (before) known.delete(text)
    else {
      newest = parseExpression(text)
      characters += text.length
    }
    newest = before ?? newest!
    known.set(text, newest)
    while (known.size > mostTexts || characters > mostCharacters) {
      const [least] = known.keys()
      known.delete(least!)
      characters -= least!.length
    }
    return newest
  }
}
