import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FilterNode, operators } from './node.ts'
import { type FilterProblem, parseFilter } from './parse.ts'

function read(text: string): FilterNode {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.filter
}

function problem(text: string, limits?: Parameters<typeof parseFilter>[1]): FilterProblem {
  const parsed = parseFilter(text, limits)
  if (parsed.ok) throw new Error(`'${text}' was accepted`)
  return parsed.problem
}

/** The tree with every grouping written out and no positions, to compare shapes. */
function shape(node: FilterNode): string {
  if (node.type === 'not') return `!${shape(node.node)}`
  if (node.type !== 'compare') return `(${node.nodes.map(shape).join(` ${node.type} `)})`
  return node.operator === 'pr' ? `${node.field} pr` : `${node.field} ${node.operator} ${JSON.stringify(node.value)}`
}

describe('what is read', () => {
  test.each([
    ['status eq "ACTIVE"', 'status eq "ACTIVE"'],
    ['profile.login eq "ada@example.com"', 'profile.login eq "ada@example.com"'],
    ['debugContext.debugData.requestUri sw "/api"', 'debugContext.debugData.requestUri sw "/api"'],
    ['urn:okta:x:1.0:user:loc eq "a"', 'urn:okta:x:1.0:user:loc eq "a"'],
    ['a eQ "x" AND b Pr oR c LE 5', '((a eq "x" and b pr) or c le 5)'],
    ['a pr or b pr and c pr', '(a pr or (b pr and c pr))'],
    ['(a pr or b pr) and c pr', '((a pr or b pr) and c pr)'],
    ['a pr and b pr and c pr', '(a pr and b pr and c pr)'],
    ['not a pr and b pr', '(!a pr and b pr)'],
    ['not (a pr and b pr)', '!(a pr and b pr)'],
    ['NOT(a pr)', '!a pr'],
    ['not not a pr', 'a pr'],
    ['not eq "x"', 'not eq "x"'],
    ['android pr or orange pr and notes pr', '(android pr or (orange pr and notes pr))'],
    ['  a\tpr\r\nand ( b pr )  ', '(a pr and b pr)'],
    ['a eq "x"and b pr', '(a eq "x" and b pr)'],
    ['a eq -1.5e3', 'a eq -1500'],
    ['a eq true or a eq FALSE or a eq null', '(a eq true or a eq false or a eq null)'],
    ['a eq "q\\"\\\\\\/\\u00e9\\n"', `a eq ${JSON.stringify('q"\\/é\n')}`],
    ['a eq "(((" and b pr', '(a eq "(((" and b pr)'],
  ])('%s', (text, expected) => {
    expect(shape(read(text))).toBe(expected)
  })

  test('positions are those of the attribute, the operator and the value', () => {
    expect(read('(a pr) and  bc  co  "x"')).toMatchObject({
      nodes: [
        { field: 'a', position: 1, operatorPosition: 3 },
        { field: 'bc', position: 12, operatorPosition: 16, valuePosition: 20 },
      ],
    })
  })
})

describe('what is refused', () => {
  test("an unknown operator, in Okta's words", () => {
    expect(problem('display_message eqq "Create okta user"')).toEqual({
      kind: 'unknown-operator',
      position: 16,
      found: 'eqq',
      expected: ['eq', 'co', 'sw', 'pr', 'gt', 'ge', 'lt', 'le'],
      message: "Unrecognized attribute operator 'eqq' at position 16. Expected: eq,co,sw,pr,gt,ge,lt,le",
    })
  })

  test.each<[string, FilterProblem['kind'], number, string]>([
    ['', 'empty', 0, ''],
    [' \t\n', 'empty', 0, ''],
    ['status=="x"', 'unknown-operator', 6, '=='],
    ['status = "x"', 'unknown-operator', 7, '='],
    ['a+eq+"x"', 'unknown-operator', 1, '+eq+'],
    ['a prand b pr', 'unknown-operator', 2, 'prand'],
    ['user.id eq 00u1abc', 'unquoted-value', 11, '00u1abc'],
    ["a eq 'x'", 'unquoted-value', 5, "'x'"],
    ['a eq 007', 'unquoted-value', 5, '007'],
    ['a gt 2024-01-01T00:00:00.000Z', 'unquoted-value', 5, '2024-01-01T00:00:00.000Z'],
    ['(a eq x)', 'unquoted-value', 6, 'x'],
    ['a eq "x', 'unterminated-string', 5, '"x'],
    ['id eq "foo\\"', 'unterminated-string', 6, '"foo\\"'],
    ['a eq "x\\y"', 'syntax', 7, '\\y'],
    ['a eq "x\\u12g4"', 'syntax', 7, '\\u'],
    ['a eq "x\ny"', 'syntax', 7, '\n'],
    ['a', 'syntax', 1, ''],
    ['a eq', 'syntax', 4, ''],
    ['a eq ', 'syntax', 5, ''],
    ['a eq"x"', 'syntax', 4, '"x"'],
    ['a eq [1]', 'syntax', 5, '['],
    ['a[b eq "x"]', 'syntax', 1, '['],
    ['a pr "x"', 'syntax', 5, '"x"'],
    ['a pr adn b pr', 'syntax', 5, 'adn'],
    ['a pr and', 'syntax', 8, ''],
    ['and pr', 'syntax', 0, 'and'],
    ['"a" eq "b"', 'syntax', 0, '"a"'],
    ['(a pr', 'syntax', 5, ''],
    ['a pr)', 'syntax', 4, ')'],
    ['()', 'syntax', 1, ')'],
    ['not', 'syntax', 3, ''],
  ])('%j: %s at %d', (text, kind, position, found) => {
    expect(problem(text)).toMatchObject({ kind, position, found })
  })

  test('what could have stood there is listed', () => {
    expect(problem('a eq').expected).toEqual(['a value'])
    expect(problem('a pr b').expected).toEqual(["'and'", "'or'", 'the end of the expression'])
    expect(problem('(a pr').message).toBe("Expected ')', 'and' or 'or' at position 5, but the expression ends")
  })
})

describe('limits', () => {
  test('length', () => {
    expect(problem('a eq "xyz"', { maxLength: 9 })).toMatchObject({ kind: 'too-long', position: 9 })
    expect(parseFilter('a eq "xyz"', { maxLength: 10 }).ok).toBe(true)
  })

  test('depth', () => {
    const nested = (depth: number) => '('.repeat(depth) + 'a pr' + ')'.repeat(depth)
    expect(parseFilter(nested(50)).ok).toBe(true)
    expect(problem(nested(51))).toMatchObject({ kind: 'too-deep', position: 50, found: '(' })
    expect(parseFilter(nested(200), { maxDepth: 10_000 }).ok).toBe(true)
    expect(problem(nested(201), { maxDepth: 10_000 }).kind).toBe('too-deep')
  })

  test('10,000 opening parentheses, nots or clauses neither overflow nor hang', () => {
    expect(problem('('.repeat(10_000)).kind).toBe('too-deep')
    const wide = { maxLength: 1_000_000 }
    expect(problem('not '.repeat(10_000), wide)).toMatchObject({ kind: 'syntax', position: 40_000 })
    expect(shape(read('not '.repeat(2001) + 'a pr'))).toBe('!a pr')
    const clauses = parseFilter(Array(10_000).fill('(a eq "b")').join(' or '), wide)
    expect(clauses.ok && clauses.filter.type === 'or' && clauses.filter.nodes.length).toBe(10_000)
    expect(problem(`a pr${' '.repeat(900_000)}b`, wide).kind).toBe('syntax')
  })
})

const anyField = fc
  .stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}(\.[a-z]{1,4}){0,2}$/)
  .filter((name) => !/^(and|or|not)$/i.test(name))
const anyValue = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
)

const anyFilterText: fc.Memo<string> = fc.memo((depth) =>
  depth <= 1
    ? fc.oneof(
        anyField.map((field) => `${field} pr`),
        fc
          .tuple(anyField, fc.constantFrom(...operators.filter((name) => name !== 'pr')), anyValue)
          .map(([field, operator, value]) => `${field} ${operator} ${JSON.stringify(value)}`),
      )
    : fc.oneof(
        anyFilterText(depth - 1),
        fc
          .tuple(anyFilterText(depth - 1), fc.constantFrom('and', 'or'), anyFilterText(depth - 1))
          .map(([left, word, right]) => `(${left}) ${word} (${right})`),
        anyFilterText(depth - 1).map((inner) => `not (${inner})`),
      ),
)

/** Writes a tree so that it reads back to the same tree. */
function write(node: FilterNode): string {
  if (node.type === 'not') return `not (${write(node.node)})`
  if (node.type !== 'compare') return node.nodes.map((part) => `(${write(part)})`).join(` ${node.type} `)
  return node.operator === 'pr' ? `${node.field} pr` : `${node.field} ${node.operator} ${JSON.stringify(node.value)}`
}

describe('any text', () => {
  test('a filter that is written again reads back the same', () => {
    fc.assert(
      fc.property(anyFilterText(4), (text) => {
        const filter = read(text)
        expect(shape(read(write(filter)))).toBe(shape(filter))
      }),
      { numRuns: 300 },
    )
  })

  const pieces = fc.constantFrom(
    ...[
      '(',
      ')',
      ' ',
      '"',
      '\\',
      'and',
      'or',
      'not',
      'pr',
      'eq',
      'eqq',
      'a',
      'a.b',
      '"x"',
      '1',
      '-',
      'true',
      '[',
      ']',
      ':',
      'é',
      '\n',
    ],
  )
  test.each([
    ['words of the language', fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''))],
    ['words with spaces', fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(' '))],
    ['rubbish', fc.string({ unit: 'binary', maxLength: 200 })],
    [
      'a filter with one character changed',
      fc
        .tuple(anyFilterText(3), fc.nat(), fc.string({ maxLength: 2 }))
        .map(([text, at, change]) => text.slice(0, at % text.length) + change + text.slice((at % text.length) + 1)),
    ],
  ])('%s: a tree or a problem inside the text, never an exception', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseFilter(text)
        if (parsed.ok) {
          expect(shape(read(write(parsed.filter)))).toBe(shape(parsed.filter))
          return
        }
        const { position, found, message } = parsed.problem
        expect(position).toBeGreaterThanOrEqual(0)
        expect(position).toBeLessThanOrEqual(text.length)
        expect(text.slice(position, position + found.length)).toBe(found)
        expect(message).not.toBe('')
      }),
      { numRuns: 2000 },
    )
  })
})
