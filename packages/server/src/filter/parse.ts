// Is this text a filter, and if not, what is wrong with it and where? Never throws, never hangs, whatever the text.
import { SyntaxError as GrammarError, parse } from './grammar.generated.js'
import { type FilterNode, operators } from './node.ts'

/** What can be wrong with a filter text. */
export type FilterProblemKind =
  | 'syntax'
  | 'unknown-operator'
  | 'unquoted-value'
  | 'unterminated-string'
  | 'too-long'
  | 'too-deep'
  | 'empty'

/** Why a text is no filter. */
export interface FilterProblem {
  kind: FilterProblemKind
  /** Offset into the text, from 0, as Okta counts. */
  position: number
  /** The word or character that stands there; empty at the end of the text. */
  found: string
  /** What could have stood there. */
  expected: readonly string[]
  /** One sentence; for an unknown operator exactly the one Okta writes. */
  message: string
}

/** A filter, or why the text is none. */
export type ParsedFilter = { ok: true; filter: FilterNode } | { ok: false; problem: FilterProblem }

/** How much a caller accepts. */
export interface ParseLimits {
  /** Characters; default 16,384, what fits into a request line. */
  maxLength?: number
  /** Parentheses inside each other; default 50, never more than 200. */
  maxDepth?: number
}

const knownOperators: ReadonlySet<string> = new Set(operators)

// Documented wording: the list leaves out `ne` and `ew`, though both are accepted.
const operatorsAsOktaNamesThem = ['eq', 'co', 'sw', 'pr', 'gt', 'ge', 'lt', 'le']

/** Reads a filter. `parseFilter('status eqq "x"')` reports the word `eqq` at position 7. */
export function parseFilter(text: string, limits: ParseLimits = {}): ParsedFilter {
  const maxLength = limits.maxLength ?? 16_384
  const maxDepth = Math.min(limits.maxDepth ?? 50, 200)
  if (text.length > maxLength) {
    return no('too-long', maxLength, '', [], `The expression has ${text.length} characters; ${maxLength} are allowed`)
  }
  if (!/[^ \t\r\n]/.test(text)) return no('empty', 0, '', ['an attribute'], 'The expression is empty')

  // Before the grammar sees it: its recursion is as deep as the parentheses are.
  const tooDeepAt = positionBeyondDepth(text, maxDepth)
  if (tooDeepAt !== undefined) {
    return no('too-deep', tooDeepAt, '(', [], `More than ${maxDepth} nested parentheses at position ${tooDeepAt}`)
  }

  let refused: ParsedFilter | undefined
  try {
    const filter = parse(text, {
      operators: knownOperators,
      refuse(kind, position) {
        refused = explainRefusal(text, kind, position)
        throw refused
      },
    })
    return { ok: true, filter }
  } catch (error) {
    if (refused !== undefined) return refused
    if (!(error instanceof GrammarError)) throw error
    const position = error.location.start.offset
    const found = wordAt(text, position)
    const expected = expectationsOf(error)
    const where = found === '' ? 'the expression ends' : `'${found}' was found`
    return no('syntax', position, found, expected, `Expected ${listed(expected)} at position ${position}, but ${where}`)
  }
}

function explainRefusal(
  text: string,
  kind: 'unknown-operator' | 'unquoted-value' | 'unterminated-string' | 'bad-character',
  position: number,
): ParsedFilter {
  if (kind === 'unknown-operator') {
    const word = /^[^ \t\r\n()[\]"]+/.exec(text.slice(position))?.[0] ?? ''
    const names = operatorsAsOktaNamesThem.join(',')
    const message = `Unrecognized attribute operator '${word}' at position ${position}. Expected: ${names}`
    return no(kind, position, word, operatorsAsOktaNamesThem, message)
  }
  if (kind === 'bad-character') {
    const found = text[position] === '\\' ? text.slice(position, position + 2) : (text[position] ?? '')
    const message = `The string is no valid JSON string: '${found}' at position ${position}`
    return no('syntax', position, found, ['a JSON string'], message)
  }
  const found = wordAt(text, position)
  return kind === 'unquoted-value'
    ? no(
        kind,
        position,
        found,
        ['a value in double quotes'],
        `The value '${found}' at position ${position} has no double quotes`,
      )
    : no(kind, position, found, ['"'], `The string that begins at position ${position} does not end`)
}

function no(
  kind: FilterProblemKind,
  position: number,
  found: string,
  expected: readonly string[],
  message: string,
): ParsedFilter {
  return { ok: false, problem: { kind, position, found, expected, message } }
}

/** Where the first parenthesis beyond `maxDepth` opens. Parentheses in strings do not count. */
function positionBeyondDepth(text: string, maxDepth: number): number | undefined {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (inString) {
      if (char === 0x5c) i++
      else if (char === 0x22) inString = false
    } else if (char === 0x22) inString = true
    else if (char === 0x29) depth--
    else if (char === 0x28 && ++depth > maxDepth) return i
  }
  return undefined
}

function wordAt(text: string, position: number): string {
  const rest = text.slice(position, position + 200)
  return /^[^ \t\r\n()[\]]+/.exec(rest)?.[0] ?? rest.slice(0, 1)
}

function expectationsOf(error: GrammarError): string[] {
  const names = new Set<string>()
  for (const item of error.expected ?? []) {
    if (item.type === 'end') names.add('the end of the expression')
    else if (item.type === 'literal') names.add(`'${item.text}'`)
    else if (item.type === 'other' && item.description !== undefined) names.add(item.description)
  }
  // More spaces are possible nearly everywhere; that helps only where nothing else is.
  if (names.size > 1) names.delete('a space')
  return [...names].sort()
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
