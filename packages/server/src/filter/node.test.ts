import { expect, test } from 'vitest'
import { equalityOf, fieldsOf } from './node.ts'
import { parseFilter } from './parse.ts'

function filterOf(text: string) {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.filter
}

test('fields are listed in the order of the text, wherever they stand', () => {
  const fields = fieldsOf(filterOf('a pr and (b eq 1 or not (c co "x")) or d ne null'))
  expect(fields.map(({ field, operator, value, position }) => [field, operator, value, position])).toEqual([
    ['a', 'pr', undefined, 0],
    ['b', 'eq', 1, 10],
    ['c', 'co', 'x', 25],
    ['d', 'ne', null, 39],
  ])
})

test.each<[string, string[]]>([
  ['status eq "A"', ['status=A']],
  ['status eq "A" and n eq 5 and b gt 1', ['status=A', 'n=5']],
  ['a eq "x" and (b eq "y" and c pr)', ['a=x', 'b=y']],
  ['a eq "x" and (b eq "y" or c eq "z")', ['a=x']],
  ['a eq "x" or b eq "y"', []],
  ['not (a eq "x")', []],
  ['a ne "x"', []],
  ['a eq null', []],
])('equalities of %s', (text, expected) => {
  expect(equalityOf(filterOf(text)).map(({ field, value }) => `${field}=${value}`)).toEqual(expected)
})
