// Which functions does the expression language have?
import { countryFunctions } from './countries.ts'
import type { FunctionTable } from './function.ts'
import { listFunctions } from './lists.ts'
import { membershipFunctions } from './membership.ts'
import { numberFunctions } from './numbers.ts'
import { textFunctions } from './text.ts'
import { timeFunctions } from './time.ts'
import { userFunctions } from './user.ts'

/** All functions by name; nothing is inherited, so that no name of JavaScript's is one. */
export const functions: FunctionTable = Object.assign(Object.create(null), {
  ...textFunctions,
  ...listFunctions,
  ...numberFunctions,
  ...timeFunctions,
  ...countryFunctions,
  ...membershipFunctions,
  ...userFunctions,
})
