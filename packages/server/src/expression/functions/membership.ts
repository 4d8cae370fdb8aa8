// What do the functions on the user's groups do? `isMemberOf…`, and those that make claims: `Groups.*` (documented).
import { type Budget, spend } from '../budget.ts'
import { unevaluable } from '../fault.ts'
import { PatternFault, readPattern } from '../pattern.ts'
import type { ExpressionScope, ScopeGroup } from '../scope.ts'
import { type ExpressionFunction, type FunctionTable, listOf, takes, textOf } from './function.ts'

// Going through somebody's groups costs, too: there may be thousands.
const overGroups = (least: number, most: number, run: ExpressionFunction['run']): ExpressionFunction =>
  takes(least, most, (args, scope, at, budget) => {
    spend(budget, scope.groups.length >> 2, at)
    return run(args, scope, at, budget)
  })

const some = (fits: (group: ScopeGroup, sought: string) => boolean): ExpressionFunction =>
  overGroups(1, 1, ([value], { groups }) => {
    const sought = textOf(value)
    return groups.some((group) => fits(group, sought))
  })

function fitsPattern([pattern]: readonly unknown[], { groups }: ExpressionScope, at: number, budget: Budget): boolean {
  try {
    const fits = readPattern(textOf(pattern), (steps) => spend(budget, steps, at))
    return groups.some((group) => fits(group.name))
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error
    return unevaluable(at, `the pattern cannot be used: ${error.message}`)
  }
}

const isAny = overGroups(1, 500, (ids, { groups }) => {
  const wanted = new Set(ids.flatMap(listOf))
  return groups.some(({ id }) => wanted.has(id))
})

const MOST_LISTED = 100

// `Groups.startsWith("OKTA", "Eng", 10)`: names of groups of one source.
const listed = (fits: (name: string, sought: string) => boolean): ExpressionFunction =>
  overGroups(3, 3, ([source, value, most], { groups }, at) => {
    if (typeof most !== 'number' || most < 1 || most > MOST_LISTED) {
      return unevaluable(at, `the limit is not between 1 and ${MOST_LISTED}`)
    }
    const sought = textOf(value)
    const onlyOkta = textOf(source).toUpperCase() === 'OKTA'
    return groups
      .filter(({ name, type }) => (!onlyOkta || type !== 'APP_GROUP') && fits(name, sought))
      .map(({ name }) => name)
      .slice(0, most)
  })

// `getFilteredGroups({"00g…"}, "group.name", 40)`: those of the listed groups that the user is in.
const filtered = overGroups(3, 3, ([ids, shown, most], { groups }, at) => {
  if (typeof most !== 'number' || most < 1 || most > MOST_LISTED) {
    return unevaluable(at, `the limit is not between 1 and ${MOST_LISTED}`)
  }
  const wanted = new Set(listOf(ids))
  const show = shown === 'group.id' ? ({ id }: ScopeGroup) => id : ({ name }: ScopeGroup) => name
  return groups
    .filter(({ id }) => wanted.has(id))
    .map(show)
    .slice(0, most)
})

/** Functions on groups. */
export const membershipFunctions: FunctionTable = {
  isMemberOfGroup: some(({ id }, sought) => id === sought),
  isMemberOfAnyGroup: isAny,
  isMemberOfGroupName: some(({ name }, sought) => name === sought),
  isMemberOfGroupNameStartsWith: some(({ name }, sought) => name.startsWith(sought)),
  isMemberOfGroupNameContains: some(({ name }, sought) => name.includes(sought)),
  isMemberOfGroupNameRegex: overGroups(1, 1, fitsPattern),
  'Groups.contains': listed((name, sought) => name.includes(sought)),
  'Groups.startsWith': listed((name, sought) => name.startsWith(sought)),
  'Groups.endsWith': listed((name, sought) => name.endsWith(sought)),
  getFilteredGroups: filtered,
}
