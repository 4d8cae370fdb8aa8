// What can be asked of the user beyond the profile? (documented)
import { unevaluable } from '../fault.ts'
import { type FunctionTable, takes, textOf } from './function.ts'

/** Functions on the user. */
export const userFunctions: FunctionTable = {
  // id, status, created, lastUpdated, passwordChanged, lastLogin
  'user.getInternalProperty': takes(1, 1, ([name], { internal = {} }, at) => {
    const asked = textOf(name)
    return Object.hasOwn(internal, asked) ? internal[asked] : unevaluable(at, `there is no property "${asked}"`)
  }),
  // No directory is connected to this org, so nobody comes from one.
  hasDirectoryUser: takes(0, 0, () => false),
  hasWorkdayUser: takes(0, 0, () => false),
  findDirectoryUser: takes(0, 0, () => null),
  findWorkdayUser: takes(0, 0, () => null),
}
