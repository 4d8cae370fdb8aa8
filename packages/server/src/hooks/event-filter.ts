// Does an event pass the filter of an event hook? Filters are written in Okta's expression language as identity engine
// orgs have it: `event.target.?[type eq 'UserGroup'].size()>0 && event.outcome.result == 'SUCCESS'`.
import { type Budget, createBudget, sizeOf, spend } from '../expression/budget.ts'
import { asFault } from '../expression/fault.ts'
import { textOf } from '../expression/functions/function.ts'

/** An expression, ready to be asked. Throws ExpressionFault when it cannot be worked out for an event. */
export type EventFilter = (event: unknown, budget?: Budget) => boolean

// Far more than a person writes; deep nesting would use up the stack.
const LONGEST = 1_024
const DEEPEST = 40
// Each selection inside a selection goes through the whole list again, for each of its elements.
const DEEPEST_SELECTION = 4

/** Reads an expression; undefined when it is none. */
export function readEventFilter(text: string): EventFilter | undefined {
  if (text.length > LONGEST) return undefined
  try {
    const tokens = tokensOf(text)
    const reader = createReader(tokens)
    const value = reader.expression(0)
    if (!reader.atEnd()) return undefined
    return (event, budget = createBudget()) => {
      try {
        return isTrue(value({ root: { event }, element: undefined, budget }))
      } catch (error) {
        throw asFault(error)
      }
    }
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

class Unreadable extends Error {}

/** What names mean: those of the event, and inside `.?[…]` those of an element of the list. */
interface Scope {
  root: unknown
  element: { value: unknown } | undefined
  budget: Budget
}

type Value = (scope: Scope) => unknown

type Token =
  | { is: 'name'; text: string }
  | { is: 'sign'; text: string }
  | { is: 'value'; value: string | number | boolean | null }

// `.?[`, `.![`, `.^[` and `.$[` are one sign each.
const pattern =
  /\s+|(\.[?!^$]\[|&&|\|\||==|!=|>=|<=|[()[\],.!<>])|'((?:[^']|'')*)'|"([^"]*)"|(\d+(?:\.\d+)?)|(#?[A-Za-z_]\w*)/y

const words: Readonly<Record<string, string>> = {
  and: '&&',
  or: '||',
  not: '!',
  eq: '==',
  ne: '!=',
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
}

const literals: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  const scan = new RegExp(pattern)
  for (let at = 0; at < text.length; at = scan.lastIndex) {
    scan.lastIndex = at
    const found = scan.exec(text)
    if (!found) throw new Unreadable()
    const [, sign, single, double, number, name] = found
    if (sign !== undefined) tokens.push({ is: 'sign', text: sign })
    else if (single !== undefined) tokens.push({ is: 'value', value: single.replaceAll("''", "'") })
    else if (double !== undefined) tokens.push({ is: 'value', value: double })
    else if (number !== undefined) tokens.push({ is: 'value', value: Number(number) })
    else if (name !== undefined) tokens.push(wordOf(name, tokens.at(-1)))
  }
  return tokens
}

// After a dot every word is the name of a member.
function wordOf(name: string, before: Token | undefined): Token {
  const word = name.toLowerCase()
  if (before?.is === 'sign' && before.text === '.') return { is: 'name', text: name }
  if (Object.hasOwn(words, word)) return { is: 'sign', text: words[word]! }
  const literal = literals.get(word)
  return literal === undefined ? { is: 'name', text: name } : { is: 'value', value: literal }
}

const strengths: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
}

function createReader(tokens: readonly Token[]) {
  let at = 0
  let depth = 0
  let selections = 0
  const isSign = (text: string) => tokens[at]?.is === 'sign' && (tokens[at] as { text: string }).text === text
  const take = (text: string): boolean => {
    if (!isSign(text)) return false
    at += 1
    return true
  }
  const must = (text: string) => {
    if (!take(text)) throw new Unreadable()
  }

  function expression(weakest: number): Value {
    depth += 1
    if (depth > DEEPEST) throw new Unreadable()
    let left = unary()
    for (;;) {
      const token = tokens[at]
      const strength = token?.is === 'sign' && Object.hasOwn(strengths, token.text) ? strengths[token.text]! : 0
      if (strength === 0 || strength <= weakest) break
      at += 1
      left = combine((token as { text: string }).text, left, expression(strength))
    }
    depth -= 1
    return left
  }

  function unary(): Value {
    if (take('!')) {
      depth += 1
      if (depth > DEEPEST) throw new Unreadable()
      const value = unary()
      depth -= 1
      return (scope) => !isTrue(value(scope))
    }
    return postfix(primary())
  }

  function primary(): Value {
    if (!take('(')) return paid(simple())
    const value = expression(0)
    must(')')
    return value
  }

  function simple(): Value {
    const token = tokens[at]
    if (!token) throw new Unreadable()
    at += 1
    if (token.is === 'value') return () => token.value
    if (token.is !== 'name') throw new Unreadable()
    const { text } = token
    if (text === '#this') return ({ element, root }) => (element ? element.value : root)
    if (text === '#root') return ({ root }) => root
    if (text.startsWith('#')) throw new Unreadable()
    return ({ element, root }) => memberOf(element ? element.value : root, text)
  }

  function postfix(value: Value): Value {
    let result = value
    for (;;) {
      const before = result
      if (take('.')) {
        const token = tokens[at]
        if (token?.is !== 'name') throw new Unreadable()
        at += 1
        result = isSign('(') ? method(before, token.text) : (scope) => memberOf(before(scope), token.text)
      } else if (take('.?[')) {
        const condition = ofElements()
        result = (scope) => listOf(before(scope)).filter((value) => isTrue(condition(scope, value)))
      } else if (take('.![')) {
        const projected = ofElements()
        result = (scope) => listOf(before(scope)).map((value) => projected(scope, value))
      } else if (isSign('.^[') || isSign('.$[')) {
        const first = isSign('.^[')
        at += 1
        const condition = ofElements()
        result = (scope) => {
          const found = listOf(before(scope)).filter((value) => isTrue(condition(scope, value)))
          return found.at(first ? 0 : -1) ?? null
        }
      } else if (take('[')) {
        const index = inBrackets()
        result = (scope) => memberOf(before(scope), textOf(index(scope)))
      } else return result
    }
  }

  /** What stands in the brackets of a selection or projection, for one element. */
  function ofElements(): (scope: Scope, value: unknown) => unknown {
    selections += 1
    if (selections > DEEPEST_SELECTION) throw new Unreadable()
    const asked = inBrackets()
    selections -= 1
    return (scope, value) => asked({ ...scope, element: { value } })
  }

  function inBrackets(): Value {
    const value = expression(0)
    must(']')
    return value
  }

  function method(on: Value, name: string): Value {
    must('(')
    const args: Value[] = []
    if (!isSign(')')) {
      do args.push(expression(0))
      while (take(','))
    }
    must(')')
    const known = Object.hasOwn(methods, name) ? methods[name]! : undefined
    if (!known || known.args !== args.length) throw new Unreadable()
    return (scope) => {
      const [subject, argument] = [on(scope), args[0]?.(scope)]
      spend(scope.budget, sizeOf(subject, 0) + sizeOf(argument, 0), 0)
      return known.call(subject, argument)
    }
  }

  return { expression, atEnd: () => at === tokens.length }
}

// Whatever is worked out comes down to these, so it is enough that they are paid for.
const paid =
  (value: Value): Value =>
  (scope) => {
    spend(scope.budget, 1, 0)
    return value(scope)
  }

function combine(sign: string, left: Value, right: Value): Value {
  switch (sign) {
    case '&&':
      return (scope) => isTrue(left(scope)) && isTrue(right(scope))
    case '||':
      return (scope) => isTrue(left(scope)) || isTrue(right(scope))
    case '==':
      return (scope) => left(scope) === right(scope)
    case '!=':
      return (scope) => left(scope) !== right(scope)
    default:
      return (scope) => ordered(sign, left(scope), right(scope))
  }
}

function ordered(sign: string, left: unknown, right: unknown): boolean {
  const comparable =
    (typeof left === 'number' && typeof right === 'number') || (typeof left === 'string' && typeof right === 'string')
  if (!comparable) return false
  if (sign === '<') return left < right
  if (sign === '<=') return left <= right
  return sign === '>' ? left > right : left >= right
}

const methods: Readonly<Record<string, { args: number; call: (on: unknown, argument: unknown) => unknown }>> = {
  size: { args: 0, call: (on) => (typeof on === 'string' ? on.length : listOf(on).length) },
  length: { args: 0, call: (on) => (typeof on === 'string' ? on.length : listOf(on).length) },
  isEmpty: { args: 0, call: (on) => (typeof on === 'string' ? on === '' : listOf(on).length === 0) },
  contains: {
    args: 1,
    call: (on, argument) => (Array.isArray(on) ? on.includes(argument) : textOf(on).includes(textOf(argument))),
  },
  startsWith: { args: 1, call: (on, argument) => textOf(on).startsWith(textOf(argument)) },
  endsWith: { args: 1, call: (on, argument) => textOf(on).endsWith(textOf(argument)) },
  equals: { args: 1, call: (on, argument) => on === argument },
  equalsIgnoreCase: { args: 1, call: (on, argument) => textOf(on).toLowerCase() === textOf(argument).toLowerCase() },
  toLowerCase: { args: 0, call: (on) => textOf(on).toLowerCase() },
  toUpperCase: { args: 0, call: (on) => textOf(on).toUpperCase() },
}

const isTrue = (value: unknown): boolean => value === true

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

// What an event does not have is null, however deep it is asked for.
function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null
  // How long a list is says `size()`.
  if (Array.isArray(value) && !/^\d+$/.test(name)) return null
  return (value as Record<string, unknown>)[name] ?? null
}
