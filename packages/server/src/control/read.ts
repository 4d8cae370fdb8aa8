// Does a body of the control API say what it may say? Every fault is named with its path.
import type { ZodError, ZodType } from 'zod'
import { noSuchMember, noSuchWord } from '../nearest.ts'

/** A value that was read, or all that is wrong with it. */
export type ReadResult<T> = { ok: true; value: T } | { ok: false; faults: ReadFault[] }

/** One fault of a body or a file. */
export interface ReadFault {
  /** Members on the way to it: `['users', 0, 'login']`. */
  path: readonly (string | number)[]
  /** What is wrong and what was expected. */
  says: string
}

type Issue = ZodError['issues'][number]

/** Reads a value by a schema. */
export function readBy<T>(schema: ZodType<T>, value: unknown): ReadResult<T> {
  const result = schema.safeParse(value, { error: (issue) => wordsOf(issue as Issue) })
  if (result.success) return { ok: true, value: result.data }
  return { ok: false, faults: result.error.issues.flatMap((issue) => faultsOf(schema, issue)) }
}

// Whoever misspells a member looks for its name, so each unknown one is a fault of its own.
function faultsOf(schema: ZodType, issue: Issue): ReadFault[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
  if (issue.code !== 'unrecognized_keys') return [{ path, says: issue.message }]
  const names = namesAt(schema, path)
  return issue.keys.map((key) => ({ path: [...path, key], says: noSuchMember(key, names) }))
}

// As far as the schemas of the control API go: objects, lists, records, and what may be absent.
interface SchemaLook {
  shape?: Readonly<Record<string, SchemaLook>>
  def: { innerType?: SchemaLook; element?: SchemaLook; valueType?: SchemaLook }
}

function namesAt(schema: ZodType, path: ReadFault['path']): string[] {
  let at: SchemaLook | undefined = bare(schema as unknown as SchemaLook)
  for (const part of path) at = bare(at?.shape?.[part] ?? at?.def.element ?? at?.def.valueType)
  return Object.keys(at?.shape ?? {})
}

function bare(schema: SchemaLook | undefined): SchemaLook | undefined {
  return schema?.def.innerType ? bare(schema.def.innerType) : schema
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

// Undefined: the schema's own words, or those of its library.
function wordsOf(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const kind = kinds[issue.expected] ?? issue.expected
      return issue.input === undefined
        ? `is missing; it must be ${kind}`
        : `must be ${kind}, not ${kindOf(issue.input)}`
    }
    case 'invalid_value':
      return noSuchWord(issue.input, issue.values.map(String))
    case 'too_small':
      return issue.minimum === 1 && issue.origin !== 'number' && issue.origin !== 'int'
        ? 'must not be empty'
        : `must ${isSized(issue.origin)} at least ${issue.minimum}${unitOf(issue.origin)}`
    case 'too_big':
      return `must ${isSized(issue.origin)} at most ${issue.maximum}${unitOf(issue.origin)}`
    default:
      return undefined
  }
}

const isSized = (origin: string): string => (unitOf(origin) === '' ? 'be' : 'have')

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' ? ' entries' : ''
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return kinds[typeof value] ?? typeof value
}

/** `users[0].login` */
export function pathText(path: ReadFault['path']): string {
  if (path.length === 0) return '(the whole)'
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('')
}
