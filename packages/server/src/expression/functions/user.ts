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
  'user.getLinkedObject': takes(1, 1, ([name], { linked = {} }, at) => {
    const asked = textOf(name)
    return Object.hasOwn(linked, asked) ? linked[asked] : unevaluable(at, `no relationship is called "${asked}"`)
  }),
  hasDirectoryUser: takes(0, 0, (_, { inDirectory = false }) => inDirectory),
  // Of the user of a directory the org knows that there is one, and no attribute.
  findDirectoryUser: takes(0, 0, (_, { inDirectory = false }) => (inDirectory ? {} : null)),
  // No Workday, and of no directory does the org know who is whose manager or assistant.
  hasWorkdayUser: takes(0, 0, () => false),
  findWorkdayUser: takes(0, 0, () => null),
  getManagerUser: takes(1, 1, fromDirectory),
  getManagerAppUser: takes(2, 2, fromDirectory),
  getAssistantUser: takes(1, 1, fromDirectory),
  getAssistantAppUser: takes(2, 2, fromDirectory),
}

// Documented: the only source there is.
function fromDirectory([source]: readonly unknown[], _: unknown, at: number): null {
  const asked = textOf(source)
  return asked === 'active_directory'
    ? null
    : unevaluable(at, `"${asked}" is no source; active_directory is the only one`)
}
