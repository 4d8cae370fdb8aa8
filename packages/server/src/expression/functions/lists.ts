// What do the functions on lists do? `Arrays.*` (documented).
import { unevaluable } from '../fault.ts'
import { type FunctionTable, listOf, takes, textOf } from './function.ts'

/** Functions on lists. */
export const listFunctions: FunctionTable = {
  'Arrays.add': takes(2, 2, ([list, value]) => [...listOf(list), value]),
  'Arrays.remove': takes(2, 2, ([list, value]) => listOf(list).filter((one) => one !== value)),
  'Arrays.clear': takes(1, 1, () => []),
  'Arrays.get': takes(2, 2, ([list, place], _, at) => {
    const values = listOf(list)
    if (typeof place !== 'number' || !(place in values)) return unevaluable(at, `there is no place ${textOf(place)}`)
    return values[place]
  }),
  'Arrays.flatten': takes(1, 200, (values) => values.flatMap(listOf)),
  'Arrays.contains': takes(2, 2, ([list, value]) => listOf(list).includes(value)),
  'Arrays.size': takes(1, 1, ([list]) => listOf(list).length),
  'Arrays.isEmpty': takes(1, 1, ([list]) => listOf(list).length === 0),
  'Arrays.toCsvString': takes(1, 1, ([list]) => listOf(list).map(textOf).join(',')),
}
