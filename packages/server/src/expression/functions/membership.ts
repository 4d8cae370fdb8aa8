// What do the functions on the user's groups do? `isMemberOf…`, and those that make claims: `Groups.*` (documented).
import { unevaluable } from '../fault.ts'
import { PatternFault, readPattern } from '../pattern.ts'
import type { ExpressionScope, ScopeGroup } from '../scope.ts'
import { type ExpressionFunction, type FunctionTable, listOf, takes, textOf } from './function.ts'

const some =
  (fits: (group: ScopeGroup, sought: string) => boolean): ExpressionFunction['run'] =>
  ([sought], { groups }) =>
    groups.some((group) => fits(group, textOf(sought)))

function fitsPattern([pattern]: readonly unknown[], { groups }: ExpressionScope, at: number): boolean {
  try {
    const fits = readPattern(textOf(pattern))
    return groups.some((group) => fits(group.name))
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error
    return unevaluable(at, `the pattern cannot be used: ${error.message}`)
  }
}

const MOST_LISTED = 100

// `Groups.startsWith("OKTA", "Eng", 10)`: names of groups of one source.
const listed = (fits: (name: string, sought: string) => boolean): ExpressionFunction =>
  takes(3, 3, ([source, sought, most], { groups }, at) => {
    if (typeof most !== 'number' || most < 1 || most > MOST_LISTED) {
      return unevaluable(at, `the limit is not between 1 and ${MOST_LISTED}`)
    }
    return groups
      .filter(({ type }) => textOf(source).toUpperCase() !== 'OKTA' || type !== 'APP_GROUP')
      .map(({ name }) => name)
      .filter((name) => fits(name, textOf(sought)))
      .slice(0, most)
  })

// `getFilteredGroups({"00g…"}, "group.name", 40)`: those of the listed groups that the user is in.
const filtered = takes(3, 3, ([ids, shown, most], { groups }, at) => {
  if (typeof most !== 'number' || most < 1 || most > MOST_LISTED) {
    return unevaluable(at, `the limit is not between 1 and ${MOST_LISTED}`)
  }
  const wanted = listOf(ids)
  const show = shown === 'group.id' ? ({ id }: ScopeGroup) => id : ({ name }: ScopeGroup) => name
  return groups
    .filter(({ id }) => wanted.includes(id))
    .map(show)
    .slice(0, most)
})

/** Functions on groups. */
export const membershipFunctions: FunctionTable = {
  isMemberOfGroup: takes(
    1,
    1,
    some(({ id }, sought) => id === sought),
  ),
  isMemberOfAnyGroup: takes(1, 500, (ids, { groups }) => groups.some(({ id }) => ids.flatMap(listOf).includes(id))),
  isMemberOfGroupName: takes(
    1,
    1,
    some(({ name }, sought) => name === sought),
  ),
  isMemberOfGroupNameStartsWith: takes(
    1,
    1,
    some(({ name }, sought) => name.startsWith(sought)),
  ),
  isMemberOfGroupNameContains: takes(
    1,
    1,
    some(({ name }, sought) => name.includes(sought)),
  ),
  isMemberOfGroupNameRegex: takes(1, 1, fitsPattern),
  'Groups.contains': listed((name, sought) => name.includes(sought)),
  'Groups.startsWith': listed((name, sought) => name.startsWith(sought)),
  'Groups.endsWith': listed((name, sought) => name.endsWith(sought)),
  getFilteredGroups: filtered,
}
