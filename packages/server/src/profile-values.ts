// Do the values of a profile fit the attributes of its schema? Users, groups and users of apps are judged alike.
import { isDeepStrictEqual } from 'node:util'
import type { AttributeItems, ProfileAttribute, ProfileSchema } from './entities/user-schema.ts'
import { hasLoneOrWide, isObject, type JsonObject } from './fields.ts'

/** One thing that is wrong with the value of an attribute. */
export interface ValueFault {
  cause: 'attribute-type-wrong' | 'value-invalid'
  field: string
  /** Okta's whole sentence. */
  says: string
}

/** A schema, made ready for many profiles. */
export interface ReadySchema {
  /** Names of all attributes. */
  has(name: string): boolean
  /** The attributes that administrators added and a profile must have. */
  required: readonly string[]
  /** Attributes of which no two things have the same value. */
  unique: readonly string[]
  /** Values for what is not sent. */
  defaults: readonly (readonly [name: string, value: unknown])[]
  /** An attribute that an administrator added; undefined for Okta's own. */
  added(name: string): ProfileAttribute | undefined
  /** Everything that is wrong with the values of added attributes, in the order of the schema. */
  faultsOf(profile: JsonObject): ValueFault[]
}

const ready = new WeakMap<ProfileSchema, ReadySchema>()

/** The schema made ready, once for each version of it. `base`: the attributes that Okta defines. */
export function readySchema(schema: ProfileSchema, base: ProfileSchema): ReadySchema {
  let known = ready.get(schema)
  if (!known) {
    known = makeReady(schema, base)
    ready.set(schema, known)
  }
  return known
}

function makeReady(schema: ProfileSchema, base: ProfileSchema): ReadySchema {
  const added = Object.entries(schema).filter(([name]) => !Object.hasOwn(base, name))
  const checks = added.map(([name, attribute]) => checkOf(name, attribute))
  const byName = new Map(added)
  return {
    has: (name) => Object.hasOwn(schema, name),
    required: added.filter(([, attribute]) => attribute.required).map(([name]) => name),
    unique: added.filter(([, attribute]) => attribute.unique).map(([name]) => name),
    defaults: added.flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value] as const])),
    added: (name) => byName.get(name),
    faultsOf(profile) {
      const faults: ValueFault[] = []
      for (const check of checks) check(profile, faults)
      return faults
    },
  }
}

type Check = (profile: JsonObject, faults: ValueFault[]) => void

function checkOf(name: string, attribute: ProfileAttribute): Check {
  const elements = attribute.type === 'array' ? (attribute.items ?? { type: 'string' as const }) : undefined
  const only = elements?.enum ?? attribute.enum
  const pattern = attribute.pattern === undefined ? undefined : readPattern(attribute.pattern)
  return (profile, faults) => {
    const value = profile[name]
    if (isAbsent(value)) return
    const invalid = (says: string) => faults.push({ cause: 'value-invalid', field: name, says: `${name}: ${says}` })
    if (!isOfType(value, attribute.type, elements)) {
      // Okta's sentence for a list where a text belongs, and the like (reported).
      faults.push({
        cause: 'attribute-type-wrong',
        field: name,
        says: `Invalid value data type for property '${name}'`,
      })
      return
    }
    const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
    if (texts.some(hasLoneOrWide)) invalid('The field contains characters that are not supported')
    else if (typeof value === 'string') checkText(value, attribute, pattern, invalid)
    else if (typeof value === 'number') checkNumber(value, attribute, invalid)
    if (only && !(Array.isArray(value) ? value : [value]).every((one) => isOneOf(one, only))) {
      invalid('The field has an invalid value')
    }
  }
}

/** Is there no value? An empty text is none. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

// 32 bits with a sign (documented).
const isInteger = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31

/** Is a single value of this type? */
export const isOf = (value: unknown, type: AttributeItems['type'] | 'boolean'): boolean => {
  switch (type) {
    case 'integer':
      return isInteger(value)
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'object':
      return isObject(value)
    default:
      return typeof value === type
  }
}

/** Is this a value of the type; of an array, are all its elements? */
export function isOfType(
  value: unknown,
  type: ProfileAttribute['type'],
  elements: Pick<AttributeItems, 'type'> | undefined,
): boolean {
  if (type !== 'array') return isOf(value, type)
  return Array.isArray(value) && value.every((one) => isOf(one, elements?.type ?? 'string'))
}

/** Is a value among the only ones? Those of objects are compared by what they hold. */
export function isOneOf(value: unknown, values: readonly unknown[]): boolean {
  return values.some((one) => (typeof one === 'object' ? isDeepStrictEqual(one, value) : one === value))
}

// Texts without a length of their own may be as long as Okta's longest ones. (inferred)
const LONGEST = 8192

function checkText(text: string, attribute: ProfileAttribute, pattern: RegExp | undefined, invalid: Say): void {
  const { minLength = 0, maxLength = LONGEST, format } = attribute
  if (text.length > maxLength) invalid(`The field is too long; at most ${maxLength} characters are allowed`)
  else if (text.length < minLength) invalid(`The field is too short; at least ${minLength} characters are needed`)
  else if ((pattern && !pattern.test(text)) || (format && !forms[format](text))) {
    invalid('Does not match required pattern')
  }
}

type Say = (says: string) => void

function checkNumber(number: number, { minimum, maximum }: ProfileAttribute, invalid: Say): void {
  if (minimum !== undefined && number < minimum) invalid(`must be greater than or equal to ${minimum}`)
  else if (maximum !== undefined && number > maximum) invalid(`must be less than or equal to ${maximum}`)
}

/** What the formats of attributes ask of a text. */
export const forms: Readonly<Record<NonNullable<ProfileAttribute['format']>, (text: string) => boolean>> = {
  email: isAddress,
  uri: () => true,
  'country-code': (text) => /^[A-Za-z]{2}$/.test(text),
  'language-code': (text) => /^[\w,;=.*\- ]+$/.test(text),
  locale: (text) => /^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$/.test(text),
  timezone: (text) => /^[A-Za-z0-9_+\-/]+$/.test(text),
  'date-time': (text) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)),
  'ref-id': () => true,
}

/** Is this the address of a mailbox? */
export function isAddress(text: string): boolean {
  return text.length >= 5 && /^[^\s@"(),:;<>[\]\\]+@[^\s@"(),:;<>[\]\\.]+(\.[^\s@"(),:;<>[\]\\.]+)+$/.test(text)
}

/**
 * The pattern of an attribute as a regular expression. Okta takes two forms, "anything" and a set of characters
 * (documented), and only these are: another could be one that never comes to an end.
 */
export function readPattern(pattern: string): RegExp | undefined {
  if (pattern === '.+') return /^.+$/su
  if (!/^\[(?:[^\\[\]]|\\[^A-Za-z0-9])+\]\+$/.test(pattern)) return undefined
  try {
    return new RegExp(`^${pattern}$`)
  } catch {
    return undefined
  }
}

/** The unique keys of a profile. A value may be held once in the org, whatever the type of user (documented). */
export function uniqueKeysOf(profile: JsonObject, { unique }: Pick<ReadySchema, 'unique'>): readonly string[] {
  return unique.flatMap((name) => (isAbsent(profile[name]) ? [] : [uniqueKey(name, profile[name])]))
}

/** The key of one value. Case does not count, as for logins. (inferred) */
export function uniqueKey(name: string, value: unknown): string {
  return `attribute:${name}:${JSON.stringify(value).toLowerCase()}`
}
