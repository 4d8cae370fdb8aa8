// What is the value of a claim's expression for this user and client? The part of Okta's expression language that
// claims use: paths, texts, numbers, `+`, comparisons, `&&`, `||`, `!`, `a ? b : c`, and a few functions.

/** What an expression can name. Paths begin at the members. */
export interface ClaimScope {
  values: Readonly<Record<string, unknown>>
  /** Names of the user's groups, for `isMemberOfGroupName` and its kin. */
  groups: readonly { id: string; name: string }[]
}

/** An expression that means nothing, or nothing for this user. */
export class NotEvaluable extends Error {
  override name = 'NotEvaluable'
}

/** Evaluates an expression; throws NotEvaluable. */
export function evaluateExpression(text: string, scope: ClaimScope): unknown {
  const tokens = text.length > LONGEST ? unreadable('it is too long') : tokenize(text)
  const reader: Reader = { tokens, at: 0, scope, depth: 0 }
  const value = readChoice(reader)
  if (reader.at < tokens.length) unreadable(`"${tokens[reader.at]!.text}" does not belong there`)
  return value
}

/** Can it be read at all? Looks at the form only: paths may lead nowhere. */
export function isReadableExpression(text: string): boolean {
  try {
    tokenize(text)
    return text.length <= LONGEST && text.trim() !== ''
  } catch {
    return false
  }
}

// As long as Okta's console takes; deep nesting needs length.
const LONGEST = 1_024
const DEEPEST = 50

interface Token {
  kind: 'text' | 'number' | 'word' | 'sign'
  text: string
}

interface Reader {
  tokens: readonly Token[]
  at: number
  scope: ClaimScope
  depth: number
}

const pattern = /\s*(?:"([^"]*)"|'([^']*)'|(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(&&|\|\||==|!=|[!?:+().,{}]))/y

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  const end = text.trimEnd().length
  pattern.lastIndex = 0
  while (pattern.lastIndex < end) {
    const found = pattern.exec(text)
    if (!found) return unreadable('a character in it means nothing')
    const [, double, single, number, word, sign] = found
    if (double !== undefined || single !== undefined) tokens.push({ kind: 'text', text: double ?? single! })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else tokens.push({ kind: 'sign', text: sign! })
  }
  return tokens
}

function take(reader: Reader, sign: string): boolean {
  const token = reader.tokens[reader.at]
  if (token?.kind !== 'sign' || token.text !== sign) return false
  reader.at += 1
  return true
}

function expect(reader: Reader, sign: string): void {
  if (!take(reader, sign)) unreadable(`"${sign}" is missing`)
}

// Both branches are read, and so evaluated: one that cannot be is forgiven while the other is the one that counts.
function readChoice(reader: Reader): unknown {
  reader.depth += 1
  if (reader.depth > DEEPEST) unreadable('it is nested too deep')
  const condition = readOr(reader)
  let value = condition
  if (take(reader, '?')) {
    const whenTrue = attempt(reader, () => readChoice(reader))
    expect(reader, ':')
    const whenFalse = attempt(reader, () => readChoice(reader))
    value = (truthy(condition) ? whenTrue : whenFalse)()
  }
  reader.depth -= 1
  return value
}

function readOr(reader: Reader): unknown {
  let value = readAnd(reader)
  while (take(reader, '||')) {
    const right = attempt(reader, () => readAnd(reader))
    value = truthy(value) || truthy(right())
  }
  return value
}

function readAnd(reader: Reader): unknown {
  let value = readComparison(reader)
  while (take(reader, '&&')) {
    const right = attempt(reader, () => readComparison(reader))
    value = truthy(value) && truthy(right())
  }
  return value
}

function readComparison(reader: Reader): unknown {
  const left = readSum(reader)
  if (take(reader, '==')) return same(left, readSum(reader))
  if (take(reader, '!=')) return !same(left, readSum(reader))
  return left
}

function readSum(reader: Reader): unknown {
  let value = readOne(reader)
  while (take(reader, '+')) {
    const right = readOne(reader)
    value = typeof value === 'number' && typeof right === 'number' ? value + right : `${value ?? ''}${right ?? ''}`
  }
  return value
}

function readOne(reader: Reader): unknown {
  if (take(reader, '!')) return !truthy(readOne(reader))
  if (take(reader, '(')) {
    const value = readChoice(reader)
    expect(reader, ')')
    return value
  }
  if (take(reader, '{')) {
    const values = take(reader, '}') ? [] : readList(reader, '}')
    return values
  }
  const token = reader.tokens[reader.at]
  if (!token || token.kind === 'sign') return unreadable('it ends too early')
  reader.at += 1
  if (token.kind === 'text') return token.text
  if (token.kind === 'number') return Number(token.text)
  return readPath(reader, token.text)
}

function readList(reader: Reader, close: string): unknown[] {
  const values = [readChoice(reader)]
  while (take(reader, ',')) values.push(readChoice(reader))
  expect(reader, close)
  return values
}

function readPath(reader: Reader, first: string): unknown {
  const path = [first]
  while (take(reader, '.')) {
    const token = reader.tokens[reader.at]
    if (token?.kind !== 'word') return unreadable('a dot leads nowhere')
    reader.at += 1
    path.push(token.text)
  }
  if (take(reader, '(')) {
    const values = take(reader, ')') ? [] : readList(reader, ')')
    return callFunction(path.join('.'), values, reader.scope)
  }
  const word = path.length === 1 ? words[first] : undefined
  if (word !== undefined) return word.value
  return valueAt(path, reader.scope.values)
}

const words: Readonly<Record<string, { value: unknown } | undefined>> = Object.assign(Object.create(null), {
  null: { value: null },
  true: { value: true },
  false: { value: false },
})

function valueAt(path: readonly string[], values: Readonly<Record<string, unknown>>): unknown {
  const [first, ...rest] = path
  if (!Object.hasOwn(values, first!)) return unreadable(`nothing is called "${first}"`)
  let value = values[first!]
  for (const name of rest) {
    if (typeof value !== 'object' || value === null) return unreadable(`"${name}" is asked of nothing`)
    value = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : null
  }
  return value ?? null
}

function callFunction(name: string, values: readonly unknown[], { groups }: ClaimScope): unknown {
  const text = (i: number) => (values[i] === null || values[i] === undefined ? '' : String(values[i]))
  switch (name) {
    case 'String.toUpperCase':
      return text(0).toUpperCase()
    case 'String.toLowerCase':
      return text(0).toLowerCase()
    case 'String.append':
      return text(0) + text(1)
    case 'String.len':
      return text(0).length
    case 'String.substringBefore':
      return text(0).includes(text(1)) ? text(0).slice(0, text(0).indexOf(text(1))) : text(0)
    case 'String.substringAfter':
      return text(0).includes(text(1)) ? text(0).slice(text(0).indexOf(text(1)) + text(1).length) : text(0)
    case 'String.stringContains':
      return text(0).includes(text(1))
    case 'String.replace':
      return text(0).replaceAll(text(1), text(2))
    case 'isMemberOfGroup':
      return groups.some((group) => group.id === text(0))
    case 'isMemberOfGroupName':
      return groups.some((group) => group.name === text(0))
    case 'isMemberOfAnyGroup':
      return groups.some((group) => values.includes(group.id))
    case 'isMemberOfGroupNameStartsWith':
      return groups.some((group) => group.name.startsWith(text(0)))
    case 'Arrays.contains':
      return Array.isArray(values[0]) && values[0].includes(values[1])
    default:
      return unreadable(`there is no function "${name}"`)
  }
}

// Reads on in any case; what cannot be evaluated throws only when its value is wanted. Whatever cannot even be read
// throws at once, because nobody knows where the reading should go on.
function attempt(reader: Reader, read: () => unknown): () => unknown {
  const { at, depth } = reader
  try {
    const value = read()
    return () => value
  } catch (error) {
    if (!(error instanceof NotEvaluable)) throw error
    reader.depth = depth
    reader.at = skipOperand(reader.tokens, at)
    return () => {
      throw error
    }
  }
}

// To the end of the operand that began here: the next `:` `)` `,` `||` outside of what it opened itself.
function skipOperand(tokens: readonly Token[], from: number): number {
  let open = 0
  let choices = 0
  for (let at = from; at < tokens.length; at++) {
    const { kind, text } = tokens[at]!
    if (kind !== 'sign') continue
    if (text === '(' || text === '{') open += 1
    else if (text === '?') choices += 1
    else if (text === ')' || text === '}') {
      if (open === 0) return at
      open -= 1
    } else if (text === ':' && open === 0) {
      if (choices === 0) return at
      choices -= 1
    } else if ((text === ',' || text === '||' || text === '&&') && open === 0 && choices === 0) return at
  }
  return tokens.length
}

function same(left: unknown, right: unknown): boolean {
  return (left ?? null) === (right ?? null)
}

function truthy(value: unknown): boolean {
  return value === true
}

function unreadable(why: string): never {
  throw new NotEvaluable(why)
}
