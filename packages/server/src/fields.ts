// Does a body have the fields that an object needs, in the form they need? Field tables carry Okta's sentences;
// all faults of a body are collected and answered together.
import { E0000001, E0000003 } from '@errorg/errors/codes'
import { fail } from './fail.ts'

/** What is allowed for one field. */
export interface FieldRule {
  type: 'string' | 'boolean' | 'integer' | 'object' | 'array'
  /** Absent, null and "" are refused. */
  required?: boolean
  /** Shortest and longest text (characters), smallest and greatest number, fewest and most elements. */
  min?: number
  max?: number
  /** The only values; of an array, those of its elements. */
  oneOf?: readonly string[]
  /** A form that text must have, and the sentence for when it does not. */
  form?: { test: (text: string) => boolean; says: string }
  /** Rules for the members of an object, or for the members of each element of an array. */
  fields?: FieldTable
}

/** Rules by field name. */
export type FieldTable = Readonly<Record<string, FieldRule>>

/** One thing that is wrong with a body. */
export interface FieldFault {
  field: string
  /** Okta's sentence, without the field's name. */
  says: string
  kind: 'missing' | 'invalid'
}

/** An object with string keys. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Is this a JSON object (no array, no null)? */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The body as an object, or E0000003: Okta cannot bind anything else. */
export function objectBody(body: unknown): JsonObject {
  return isObject(body) ? body : fail(E0000003, 'body-unreadable-shape')
}

/** A member that must be an object where it is present; E0000003 when it is something else. */
export function objectMember(body: JsonObject, name: string): JsonObject | undefined {
  const value = body[name]
  if (value === undefined || value === null) return undefined
  return isObject(value) ? value : fail(E0000003, 'body-unreadable-shape')
}

/** Okta reads absent, null and "" alike: nothing was said. */
export function isBlank(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === ''
}

/** A list of texts, or E0000003. */
export function textList(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
  return fail(E0000003, 'body-unreadable-shape')
}

/**
 * Everything that is wrong with the fields of an object; fields without a rule are not looked at. A `path`
 * (`settings.`) says where the object stands: faults then name the whole way to their field, else the field alone.
 */
export function checkFields(value: JsonObject, table: FieldTable, path = ''): FieldFault[] {
  const faults: FieldFault[] = []
  // Not Object.entries: a user has 31 fields, and a list of pairs for each body costs more than looking at them.
  for (const field in table) checkField(field, value[field], table[field]!, faults, path)
  return faults
}

/** The same object with numbers where text stood for one ("12" is taken for 12), as its table says. Checked before. */
export function withNumbers(value: JsonObject, table: FieldTable): JsonObject {
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => {
    const rule = Object.hasOwn(table, name) ? table[name] : undefined
    if (rule?.type === 'integer' && typeof member === 'string' && member !== '') return [name, Number(member)]
    return [name, rule?.fields && isObject(member) ? withNumbers(member, rule.fields) : member]
  })
  return Object.fromEntries(entries)
}

const BLANK = 'The field cannot be left blank'

/**
 * The same for a table in which nothing is required: looks at the fields that were sent, of which there are few, and at
 * the table only for the order of several faults.
 */
export function checkPresent(value: JsonObject, table: FieldTable): FieldFault[] {
  const faults: FieldFault[] = []
  for (const field in value) if (Object.hasOwn(table, field)) checkField(field, value[field], table[field]!, faults)
  return faults.length < 2 ? faults : checkFields(value, table)
}

function checkField(name: string, value: unknown, rule: FieldRule, faults: FieldFault[], path = ''): void {
  const field = path + name
  const below = path === '' ? '' : `${field}.`
  if (isBlank(value)) {
    if (rule.required) faults.push({ field, says: BLANK, kind: 'missing' })
    return
  }
  const invalid = (says: string) => faults.push({ field, says, kind: 'invalid' })
  switch (rule.type) {
    case 'string':
      if (typeof value === 'object') fail(E0000003, 'body-unreadable-shape')
      checkText(String(value), rule, invalid)
      return
    case 'integer': {
      const number = typeof value === 'string' ? Number(value) : value
      if (typeof number !== 'number' || !Number.isInteger(number)) invalid('The field has an invalid value')
      else if (number < (rule.min ?? -Infinity) || number > (rule.max ?? Infinity)) {
        invalid(`must be between ${rule.min ?? 0} and ${rule.max ?? 'any number'}`)
      }
      return
    }
    case 'boolean':
      if (typeof value !== 'boolean') fail(E0000003, 'body-unreadable-shape')
      return
    case 'object':
      if (!isObject(value)) fail(E0000003, 'body-unreadable-shape')
      if (rule.fields) faults.push(...checkFields(value, rule.fields, below))
      return
    case 'array':
      if (!Array.isArray(value)) fail(E0000003, 'body-unreadable-shape')
      if (value.length > (rule.max ?? Infinity)) invalid(`must not have more than ${rule.max} elements`)
      if (rule.oneOf && !value.every((one) => rule.oneOf!.includes(one))) invalid('The field has an invalid value')
      if (rule.fields) {
        for (const element of value) {
          if (!isObject(element)) fail(E0000003, 'body-unreadable-shape')
          faults.push(...checkFields(element, rule.fields, below))
        }
      }
  }
}

function checkText(text: string, rule: FieldRule, invalid: (says: string) => void): void {
  const { min = 0, max = 255 } = rule
  if (hasLoneOrWide(text)) invalid('The field contains characters that are not supported')
  else if (text.length < min || text.length > max) {
    if (text.length > max) invalid(`The field is too long; at most ${max} characters are allowed`)
    else invalid(`The field is too short; at least ${min} characters are needed`)
  } else if (rule.oneOf && !rule.oneOf.includes(text)) invalid('The field has an invalid value')
  else if (rule.form && !rule.form.test(text)) invalid(rule.form.says)
}

/** Okta's stores take no characters of four UTF-8 bytes (documented), so no surrogates, and no NUL. */
export function hasLoneOrWide(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0 || (code >= 0xd800 && code <= 0xdfff)) return true
  }
  return false
}

/** Answers all faults at once: E0000001, named after the first field (or `name`). Nothing happens without faults. */
export function refuseFaults(faults: readonly FieldFault[], name?: string): void {
  const [first] = faults
  if (!first) return
  fail(E0000001, first.kind === 'missing' ? 'required-field-missing' : 'value-invalid', {
    field: name ?? first.field,
    causes: faults.map((fault) => `${fault.field}: ${fault.says}`),
  })
}

/** Refuses one value with a sentence of its own. */
export function refuseValue(field: string, says: string): never {
  return fail(E0000001, 'value-invalid', { field, causes: [`${field}: ${says}`] })
}

/** Refuses a body without this field, where a table cannot say that it is needed. */
export function refuseBlank(field: string): never {
  return fail(E0000001, 'required-field-missing', { field, causes: [`${field}: ${BLANK}`] })
}
