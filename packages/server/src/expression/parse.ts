// What does the text of an expression say? Okta's expression language is a part of SpEL (documented): paths, texts,
// numbers, lists, functions, arithmetic, comparisons, AND/OR/NOT, `a ? b : c`.
import { unreadable } from './fault.ts'
import { functions } from './functions/index.ts'
import { functionOf } from './functions/methods.ts'
import type { Arithmetic, Called, Expression, Named, Tree } from './tree.ts'

/** The longest text that is read. Okta names no limit; rules that list many groups are a few thousand long. */
export const LONGEST = 10_000
const DEEPEST = 50

/** Reads an expression; throws ExpressionFault with place and reason. */
export function parseExpression(text: string): Expression {
  if (text.length > LONGEST) unreadable(LONGEST, 'it is too long')
  const reader: Reader = { text, tokens: tokenize(text), at: 0, depth: 0, calls: [], paths: [] }
  const tree = readChoice(reader)
  const left = reader.tokens[reader.at]
  if (left) unreadable(left.at, `"${shortened(left.text)}" does not belong there`)
  return {
    text,
    tree,
    asksGroups: reader.calls.some(({ name }) => asksForGroups(name)),
    asksLinks: reader.calls.some(({ name }) => name === 'user.getLinkedObject'),
    attributes: attributesOf(reader.paths),
    calls: reader.calls,
  }
}

function asksForGroups(name: string): boolean {
  return /^(?:isMemberOf|Groups\.|getFilteredGroups$|user\.isMemberOf$|user\.getGroups$)/.test(name)
}

type Sign = (typeof signs)[number]
const signs = [
  ...(['&&', '||', '==', '!=', '<=', '>=', '?:'] as const),
  ...(['<', '>', '!', '?', ':', '+', '-', '*', '/', '%', '(', ')', '{', '}', '[', ']', ',', '.'] as const),
] as const

type Token =
  | { readonly kind: 'text' | 'number' | 'word'; readonly at: number; readonly text: string }
  | { readonly kind: 'sign'; readonly at: number; readonly text: Sign }

interface Reader {
  readonly text: string
  readonly tokens: readonly Token[]
  at: number
  depth: number
  readonly calls: Called[]
  readonly paths: (readonly [string, string])[]
}

const blank = /\s*/y
const number = /\d+(?:\.\d+)?/y
const word = /[A-Za-z_$][\w$]*/y
// SpEL writes a quotation mark inside a text twice; the text ends at the first that stands alone.
const double = /"((?:[^"]|"")*)"/y
const single = /'((?:[^']|'')*)'/y
const sign = /&&|\|\||==|!=|<=|>=|\?:|[<>!?:+\-*/%(){}[\],.]/y
const wordSigns: Readonly<Record<string, Sign>> = { and: '&&', or: '||', not: '!' }

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) at += found[0].length
    return found
  }
  for (;;) {
    take(blank)
    const start = at
    if (start >= text.length) return tokens
    const first = text[start]!
    if (first === '"' || first === "'") {
      const found = take(first === '"' ? double : single) ?? unreadable(start, 'a text is not closed')
      tokens.push({ kind: 'text', at: start, text: found[1]!.replaceAll(first + first, first) })
      continue
    }
    const digits = take(number)
    if (digits) {
      tokens.push({ kind: 'number', at: start, text: digits[0] })
      continue
    }
    const name = take(word)
    if (name) {
      tokens.push(wordToken(start, name[0], tokens.at(-1)))
      continue
    }
    const found = take(sign) ?? unreadable(start, `"${first}" means nothing`)
    tokens.push({ kind: 'sign', at: start, text: found[0] as Sign })
  }
}

// AND, OR and NOT are operators in any spelling, except as the name of an attribute: `user.or`.
function wordToken(at: number, text: string, before: Token | undefined): Token {
  const lower = text.length <= 3 ? text.toLowerCase() : ''
  const meant = Object.hasOwn(wordSigns, lower) ? wordSigns[lower] : undefined
  const named = before?.kind === 'sign' && before.text === '.'
  return meant && !named ? { kind: 'sign', at, text: meant } : { kind: 'word', at, text }
}

function peek(reader: Reader): Sign | undefined {
  const token = reader.tokens[reader.at]
  return token?.kind === 'sign' ? token.text : undefined
}

function take(reader: Reader, wanted: Sign): boolean {
  if (peek(reader) !== wanted) return false
  reader.at += 1
  return true
}

function expect(reader: Reader, wanted: Sign): void {
  if (!take(reader, wanted)) unreadable(placeOf(reader), `"${wanted}" is missing`)
}

const placeOf = (reader: Reader): number => reader.tokens[reader.at]?.at ?? reader.text.length

function deeper<T>(reader: Reader, read: (reader: Reader) => T): T {
  reader.depth += 1
  if (reader.depth > DEEPEST) unreadable(placeOf(reader), 'it is nested too deep')
  const value = read(reader)
  reader.depth -= 1
  return value
}

// A chain `a ? b : c ? d : e` is read in a loop: switches over twenty values are common in mappings.
function readChoice(reader: Reader): Tree {
  return deeper(reader, () => {
    const chain: ((no: Tree) => Tree)[] = []
    let last = readOr(reader)
    for (;;) {
      if (take(reader, '?:')) {
        const of = last
        chain.push((no) => ({ kind: 'elvis', of, no }))
      } else if (take(reader, '?')) {
        const condition = last
        const yes = readChoice(reader)
        expect(reader, ':')
        chain.push((no) => ({ kind: 'choice', condition, yes, no }))
      } else break
      last = readOr(reader)
    }
    return chain.reduceRight((no, build) => build(no), last)
  })
}

function readMany(reader: Reader, kind: 'and' | 'or', between: Sign, read: (reader: Reader) => Tree): Tree {
  const parts = [read(reader)]
  while (take(reader, between)) parts.push(read(reader))
  return parts.length === 1 ? parts[0]! : { kind, parts }
}

const readOr = (reader: Reader): Tree => readMany(reader, 'or', '||', readAnd)
const readAnd = (reader: Reader): Tree => readMany(reader, 'and', '&&', readComparison)

function readComparison(reader: Reader): Tree {
  const left = readSum(reader)
  const at = placeOf(reader)
  const found = peek(reader)
  if (!found || !isComparison(found)) return left
  reader.at += 1
  return { kind: 'compare', at, sign: found, left, right: readSum(reader) }
}

function isComparison(found: Sign): found is '==' | '!=' | '<' | '<=' | '>' | '>=' {
  return found === '==' || found === '!=' || found[0] === '<' || found[0] === '>'
}

function readSum(reader: Reader): Tree {
  return readSteps(reader, ['+', '-'], (inner) => readSteps(inner, ['*', '/', '%'], readUnary))
}

function readSteps(reader: Reader, between: readonly Arithmetic['sign'][], read: (reader: Reader) => Tree): Tree {
  const first = read(reader)
  const steps: Arithmetic[] = []
  for (;;) {
    const at = placeOf(reader)
    const found = between.find((one) => take(reader, one))
    if (!found) break
    steps.push({ at, sign: found, by: read(reader) })
  }
  return steps.length === 0 ? first : { kind: 'sum', first, steps }
}

function readUnary(reader: Reader): Tree {
  const at = placeOf(reader)
  if (take(reader, '!')) return { kind: 'not', at, of: deeper(reader, readUnary) }
  if (take(reader, '-')) return { kind: 'minus', at, of: deeper(reader, readUnary) }
  return readMembers(reader, readOne(reader))
}

function readMembers(reader: Reader, first: Tree): Tree {
  const names: Named[] = []
  for (let at = placeOf(reader); take(reader, '.'); at = placeOf(reader)) {
    const name = readName(reader)
    names.push(take(reader, '(') ? { at, name, args: readMethod(reader, name, at, name) } : { at, name })
  }
  return names.length === 0 ? first : { kind: 'member', of: first, names }
}

function readName(reader: Reader): string {
  const token = reader.tokens[reader.at]
  if (token?.kind !== 'word') return unreadable(placeOf(reader), 'a dot leads nowhere')
  reader.at += 1
  return token.text
}

function readOne(reader: Reader): Tree {
  if (take(reader, '(')) {
    const value = readChoice(reader)
    expect(reader, ')')
    return value
  }
  if (take(reader, '{')) return readBraces(reader)
  const token = reader.tokens[reader.at]
  if (!token) return unreadable(reader.text.length, 'it ends too early')
  if (token.kind === 'sign') return unreadable(token.at, `a value is missing before "${token.text}"`)
  reader.at += 1
  if (token.kind === 'text') return { kind: 'value', value: token.text }
  if (token.kind === 'number') return { kind: 'value', value: readNumber(token) }
  return readPath(reader, token)
}

function readNumber({ at, text }: Token): number {
  const value = Number(text)
  return Number.isFinite(value) ? value : unreadable(at, 'a number is too large')
}

function readBraces(reader: Reader): Tree {
  if (take(reader, '}')) return { kind: 'list', items: [] }
  const after = reader.tokens[reader.at + 1]
  if (after?.kind === 'sign' && after.text === ':') return readMap(reader)
  return { kind: 'list', items: readList(reader, '}') }
}

function readMap(reader: Reader): Tree {
  const entries: (readonly [string, Tree])[] = []
  do {
    const key = reader.tokens[reader.at]
    if (!key || key.kind === 'sign') return unreadable(placeOf(reader), 'a name is missing')
    reader.at += 1
    expect(reader, ':')
    entries.push([key.text, readChoice(reader)])
  } while (take(reader, ','))
  expect(reader, '}')
  return { kind: 'map', entries }
}

function readList(reader: Reader, close: Sign): Tree[] {
  const values = [readChoice(reader)]
  while (take(reader, ',')) values.push(readChoice(reader))
  expect(reader, close)
  return values
}

const constants: Readonly<Record<string, Tree>> = {
  null: { kind: 'value', value: null },
  true: { kind: 'value', value: true },
  false: { kind: 'value', value: false },
}

function readPath(reader: Reader, first: Token): Tree {
  const names: string[] = []
  while (take(reader, '.')) names.push(readName(reader))
  if (take(reader, '(')) {
    const name = [first.text, ...names].join('.')
    const method = names.at(-1)
    if (method === undefined || Object.hasOwn(functions, name) || functionOf(method) === undefined) {
      return { kind: 'call', at: first.at, name, args: readCall(reader, { name, runs: name, at: first.at }) }
    }
    const asked = names.slice(0, -1)
    reader.paths.push([first.text, asked[0] ?? ''])
    const args = readMethod(reader, method, first.at, name)
    const of: Tree = { kind: 'path', at: first.at, root: first.text, names: asked }
    return { kind: 'member', of, names: [{ at: first.at, name: method, args }] }
  }
  // SpEL takes these in any spelling; the language's own examples write NULL.
  const lower = first.text.toLowerCase()
  if (names.length === 0 && Object.hasOwn(constants, lower)) return constants[lower]!
  reader.paths.push([first.text, names[0] ?? ''])
  return { kind: 'path', at: first.at, root: first.text, names }
}

function readCall(reader: Reader, call: Pick<Called, 'name' | 'runs' | 'at'>, own = 0): readonly Tree[] {
  // A call stands before those in its arguments.
  const place = reader.calls.push({ ...call, count: 0, texts: [] }) - 1
  const args = take(reader, ')') ? [] : readList(reader, ')')
  reader.calls[place] = { ...call, count: own + args.length, texts: args.flatMap(textsIn) }
  return args
}

const readMethod = (reader: Reader, method: string, at: number, name: string): readonly Tree[] =>
  readCall(reader, { name, runs: functionOf(method) ?? method, at }, 1)

const textsIn = (arg: Tree): readonly string[] => {
  if (arg.kind === 'list') return arg.items.flatMap(textsIn)
  return arg.kind === 'value' && typeof arg.value === 'string' ? [arg.value] : []
}

function attributesOf(paths: Reader['paths']): Record<string, string[]> {
  const byRoot: Record<string, string[]> = Object.create(null)
  for (const [root, name] of paths) {
    byRoot[root] ??= []
    if (name !== '' && !byRoot[root].includes(name)) byRoot[root].push(name)
  }
  return byRoot
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
