// Does a body of the control API say what it may say? Every fault is named with its path.
import type { ZodError, ZodType } from 'zod'

/** A value that was read, or all that is wrong with it. */
export type ReadResult<T> = { ok: true; value: T } | { ok: false; faults: ReadFault[] }

/** One fault of a body or a file. */
export interface ReadFault {
  /** Members on the way to it: `['users', 0, 'login']`. */
  path: readonly (string | number)[]
  /** What is wrong and what was expected. */
  says: string
}

/** Reads a value by a schema. */
export function readBy<T>(schema: ZodType<T>, value: unknown): ReadResult<T> {
  const result = schema.safeParse(value)
  if (result.success) return { ok: true, value: result.data }
  return { ok: false, faults: result.error.issues.flatMap(faultsOf) }
}

// Whoever misspells a member looks for its name, so each unknown one is a fault of its own.
function faultsOf(issue: ZodError['issues'][number]): ReadFault[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
  if (issue.code !== 'unrecognized_keys') return [{ path, says: issue.message }]
  return issue.keys.map((key) => ({ path: [...path, key], says: 'there is no such member' }))
}

/** `users[0].login` */
export function pathText(path: ReadFault['path']): string {
  if (path.length === 0) return '(the whole)'
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('')
}
