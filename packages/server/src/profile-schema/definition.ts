// May attributes be defined like this? Reads what a body says of the attributes of a schema, and refuses what Okta does.
import { E0000001 } from '@errorg/errors/codes'
import type { AttributeItems, ProfileAttribute, ProfileSchema } from '../entities/user-schema.ts'
import { fail } from '../fail.ts'
import {
  checkFields,
  type FieldTable,
  isBlank,
  isObject,
  type JsonObject,
  objectBody,
  objectMember,
} from '../fields.ts'
import { isOf, isOneOf, readPattern } from '../profile-values.ts'

/** Whose schema is it? `user` has a base of which some things can be changed, and attributes may be unique. */
export type SchemaKind = 'user' | 'group' | 'app'

/** What Okta calls the operation in the summary of a refusal (recorded, but for groups). */
const operationOf = {
  user: 'updateUserSchemas',
  group: 'updateGroupSchemas',
  app: 'updateAppUserSchemas',
} as const satisfies Record<SchemaKind, string>

/** A change of a schema as it was sent: attributes by name, null for one that is to go. */
export interface SentChange {
  custom: Readonly<Record<string, JsonObject | null>>
  base: Readonly<Record<string, JsonObject | null>>
}

/** Binds a body; E0000003 where a part of it cannot be held at all. */
export function readChange(body: unknown): SentChange {
  const definitions = objectMember(objectBody(body), 'definitions') ?? {}
  return { custom: readPart(definitions, 'custom'), base: readPart(definitions, 'base') }
}

function readPart(definitions: JsonObject, name: string): SentChange['base'] {
  const sent = objectMember(objectMember(definitions, name) ?? {}, 'properties') ?? {}
  return Object.fromEntries(Object.keys(sent).map((key) => [key, objectMember(sent, key) ?? null]))
}

// The limit of unique attributes in one schema (documented); the others are inferred.
const MOST_UNIQUE = 5
const MOST_ATTRIBUTES = 500
const NAME = /^[A-Za-z]\w{0,127}$/

/** The added attributes after a change. */
export function changedCustom(
  kind: SchemaKind,
  base: ProfileSchema,
  old: ProfileSchema,
  sent: SentChange,
): ProfileSchema {
  const next = new Map(Object.entries(old))
  const says: string[] = []
  // Names differ in more than their case (documented).
  const names = new Map([...Object.keys(base), ...next.keys()].map((name) => [name.toLowerCase(), name]))
  for (const [name, attribute] of Object.entries(sent.custom)) {
    if (attribute === null) {
      next.delete(name)
      continue
    }
    // Names of what every object has could not be told from attributes that are not there.
    if (!NAME.test(name) || name in {}) {
      says.push(`${name.slice(0, 128)}: Invalid property name`)
      continue
    }
    const known = Object.hasOwn(old, name) ? old[name] : undefined
    const same = names.get(name.toLowerCase())
    if (!known && same !== undefined && next.has(same) !== Object.hasOwn(base, same)) {
      fail(E0000001, 'attribute-name-taken', { field: operationOf[kind], attribute: name })
    }
    names.set(name.toLowerCase(), name)
    next.set(name, readAttribute(kind, name, attribute, known, says))
  }
  const custom = Object.fromEntries(next)
  if (next.size > MOST_ATTRIBUTES) says.push(`A schema cannot have more than ${MOST_ATTRIBUTES} custom attributes`)
  if ([...next.values()].filter((one) => one.unique).length > MOST_UNIQUE) {
    says.push(`A schema cannot have more than ${MOST_UNIQUE} unique attributes`)
  }
  refuse(kind, says)
  return custom
}

function refuse(kind: SchemaKind, says: readonly string[]): void {
  if (says.length > 0) fail(E0000001, 'value-invalid', { field: operationOf[kind], causes: says })
}

/** Names that come back while the values of their namesakes are still being cleaned up. */
export function mayAdd(
  kind: SchemaKind,
  names: readonly string[],
  cleaning: Readonly<Record<string, number>>,
  now: number,
): void {
  const early = names.find((name) => Object.hasOwn(cleaning, name) && now < cleaning[name]!)
  if (early !== undefined) {
    fail(E0000001, 'attribute-still-being-deleted', { field: operationOf[kind], attribute: early })
  }
}

/** Refuses to make an attribute unique whose values are not. */
export function failNotUnique(kind: SchemaKind, attribute: string): never {
  return fail(E0000001, 'attribute-values-not-unique', { field: operationOf[kind], attribute })
}

const attributeFields: FieldTable = {
  title: { type: 'string', required: true, max: 255 },
  description: { type: 'string', max: 1024 },
  type: { type: 'string', required: true, oneOf: ['string', 'boolean', 'number', 'integer', 'array'] },
  required: { type: 'boolean' },
  minLength: { type: 'integer', min: 0, max: 2 ** 31 - 1 },
  maxLength: { type: 'integer', min: 0, max: 2 ** 31 - 1 },
  pattern: { type: 'string', max: 255 },
  format: {
    type: 'string',
    oneOf: ['email', 'uri', 'country-code', 'language-code', 'locale', 'timezone', 'date-time', 'ref-id'],
  },
  externalName: { type: 'string', max: 255 },
  externalNamespace: { type: 'string', max: 255 },
  union: { type: 'string', oneOf: ['ENABLE', 'DISABLE'] },
  scope: { type: 'string', oneOf: ['NONE', 'SELF', 'SYSTEM'] },
  mutability: { type: 'string', oneOf: ['READ_WRITE', 'READ_ONLY', 'IMMUTABLE', 'WRITE_ONLY'] },
  items: { type: 'object', fields: { type: { type: 'string', oneOf: ['string', 'number', 'integer', 'object'] } } },
  permissions: {
    type: 'array',
    max: 1,
    fields: {
      principal: { type: 'string', required: true, oneOf: ['SELF'] },
      action: { type: 'string', required: true, oneOf: ['HIDE', 'READ_ONLY', 'READ_WRITE'] },
    },
  },
  master: {
    type: 'object',
    fields: {
      type: { type: 'string', required: true, oneOf: ['PROFILE_MASTER', 'OKTA', 'OVERRIDE'] },
      priority: {
        type: 'array',
        max: 100,
        fields: { type: { type: 'string', required: true, oneOf: ['APP', 'OKTA'] }, value: { type: 'string' } },
      },
    },
  },
}

// What is taken over as it was sent, once it was judged.
const kept = [
  ...['title', 'description', 'type', 'required', 'minLength', 'maxLength', 'minimum', 'maximum', 'pattern', 'format'],
  ...['enum', 'oneOf', 'items', 'default', 'externalName', 'externalNamespace', 'union', 'scope', 'mutability'],
] as const

/** One attribute, over what it was before: what is not named stays, what is null goes. */
function readAttribute(
  kind: SchemaKind,
  name: string,
  sent: JsonObject,
  old: ProfileAttribute | undefined,
  says: string[],
): ProfileAttribute {
  const said = says.length
  const { unique: wasUnique, ...whole }: Record<string, unknown> = { ...old }
  for (const key of kept) {
    if (sent[key] === null || sent[key] === '') delete whole[key]
    else if (sent[key] !== undefined) whole[key] = sent[key]
  }
  const fields = { ...whole, permissions: sent.permissions, master: sent.master }
  for (const fault of checkFields(fields, attributeFields)) says.push(`${name}: ${fault.field}: ${fault.says}`)
  if (old && whole.type !== old.type) says.push(`${name}: type: The type of an attribute cannot be changed`)
  const unique = readUnique(kind, name, sent.unique, wasUnique as ProfileAttribute['unique'], says)
  const attribute = {
    ...asTyped(whole),
    ...(unique && { unique }),
    self: actionOf(sent) ?? old?.self ?? 'READ_ONLY',
    ...(isObject(sent.master) && { master: masterOf(sent.master) }),
  } as unknown as ProfileAttribute
  if (says.length === said) says.push(...faultsOf(name, attribute))
  return attribute
}

// Okta binds a number where a text belongs, and the other way round: it is kept as what it stands for.
function asTyped(whole: JsonObject): JsonObject {
  const typed: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(whole)) {
    const rule = Object.hasOwn(attributeFields, key) ? attributeFields[key] : undefined
    if (rule?.type === 'string') typed[key] = String(value)
    else if (rule?.type === 'integer') typed[key] = Number(value)
    else if (key === 'items' && isObject(value)) typed[key] = itemsOf(value)
    else typed[key] = value
  }
  return typed
}

function itemsOf({ type, enum: values, oneOf }: JsonObject): JsonObject {
  const isThere = (value: unknown) => value !== undefined && value !== null
  return { type, ...(isThere(values) && { enum: values }), ...(isThere(oneOf) && { oneOf }) }
}

function readUnique(
  kind: SchemaKind,
  name: string,
  sent: unknown,
  old: ProfileAttribute['unique'],
  says: string[],
): ProfileAttribute['unique'] {
  if (sent === undefined) return old
  if (sent === null || sent === false || sent === 'NOT_UNIQUE') return undefined
  if (sent !== true && sent !== 'UNIQUE_VALIDATED') says.push(`${name}: unique: The field has an invalid value`)
  else if (kind === 'app') says.push(`${name}: unique: Attributes of app users cannot be unique`)
  return sent === 'UNIQUE_VALIDATED' ? sent : true
}

function actionOf({ permissions }: JsonObject): ProfileAttribute['self'] | undefined {
  const [first] = Array.isArray(permissions) ? permissions : []
  return isObject(first) ? (first.action as ProfileAttribute['self']) : undefined
}

function masterOf({ type, priority }: JsonObject): NonNullable<ProfileAttribute['master']> {
  const kept = { type: type as NonNullable<ProfileAttribute['master']>['type'] }
  if (!Array.isArray(priority) || priority.length === 0) return kept
  return { ...kept, priority: priority.map((one) => ({ type: String(one.type), value: String(one.value ?? '') })) }
}

/** What is wrong with an attribute whose members have the right form each. */
function faultsOf(name: string, attribute: ProfileAttribute): string[] {
  const { type, items, minLength, maxLength, minimum, maximum, pattern, format } = attribute
  const says: string[] = []
  if (type === 'array' && !items?.type) fail(E0000001, 'array-items-missing', { attribute: name })
  // Zero counts: it is what SDKs send for numbers that nobody set (reported).
  if (type !== 'string' && (minLength !== undefined || maxLength !== undefined)) {
    fail(E0000001, 'length-on-non-text', { type })
  }
  const isNumber = type === 'number' || type === 'integer'
  for (const [word, limit] of [
    ['minimum', minimum],
    ['maximum', maximum],
  ] as const) {
    if (limit === undefined) continue
    if (!isNumber) says.push(`${name}: ${word}: is only supported for numbers`)
    else if (!isOf(limit, type)) says.push(`${name}: ${word}: The field has an invalid value`)
  }
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength) {
    says.push(`${name}: minLength: must not be greater than maxLength`)
  }
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    says.push(`${name}: minimum: must not be greater than maximum`)
  }
  if (type !== 'string' && (pattern !== undefined || format !== undefined)) {
    says.push(`${name}: ${pattern === undefined ? 'format' : 'pattern'}: is only supported for strings`)
  } else if (pattern !== undefined && !readPattern(pattern)) {
    says.push(`${name}: pattern: must be ".+" or a set of characters like "[a-z0-9]+"`)
  }
  if (type !== 'array') says.push(...enumFaults(name, type, attribute))
  else if (items) says.push(...enumFaults(`${name}: items`, items.type, items))
  const { default: value } = attribute
  if (value !== undefined) {
    const values = type === 'array' && Array.isArray(value) ? value : [value]
    const one = type === 'array' ? items!.type : type
    const only = (type === 'array' ? items : attribute)?.enum
    if (Array.isArray(value) !== (type === 'array') || !values.every((each) => isOf(each, one))) {
      says.push(`${name}: default: The field has an invalid value`)
    } else if (Array.isArray(only) && !values.every((each) => isOneOf(each, only))) {
      says.push(`${name}: default: is not one of the values of enum`)
    }
  }
  return says
}

const MOST_VALUES = 1000

function enumFaults(
  at: string,
  type: AttributeItems['type'] | 'boolean',
  { enum: values, oneOf }: { enum?: unknown; oneOf?: unknown },
): string[] {
  if (values === undefined || values === null) {
    return oneOf === undefined || oneOf === null ? [] : [`${at}: oneOf: is only supported in conjunction with enum`]
  }
  if (!Array.isArray(values) || values.length === 0 || values.length > MOST_VALUES) {
    return [`${at}: enum: must be a list of 1 to ${MOST_VALUES} values`]
  }
  if (type === 'boolean') return [`${at}: enum: is not supported for booleans`]
  const wrong = values.find((value) => !isOf(value, type))
  if (wrong !== undefined) {
    fail(E0000001, 'enum-value-wrong-type', {
      node: nodeOf(wrong),
      value: JSON.stringify(wrong).slice(0, 200),
      type: javaTypes[type],
    })
  }
  if (new Set(values.map((value) => JSON.stringify(value))).size < values.length) {
    return [`${at}: enum: must consist of unique values`]
  }
  if (oneOf === undefined || oneOf === null) return []
  const named =
    Array.isArray(oneOf) &&
    oneOf.length === values.length &&
    oneOf.every((one, i) => isObject(one) && typeof one.title === 'string' && isOneOf(one.const, [values[i]]))
  return named ? [] : [`${at}: oneOf: must have a const and a title for each value of enum, in the same order`]
}

// The names of the library that reads JSON at Okta, as its sentence shows them (reported for TextNode and Number).
const javaTypes = {
  string: 'java.lang.String',
  number: 'java.lang.Number',
  integer: 'java.lang.Integer',
  object: 'java.lang.Object',
} as const

function nodeOf(value: unknown): string {
  if (typeof value === 'string') return 'TextNode'
  if (typeof value === 'boolean') return 'BooleanNode'
  if (typeof value === 'number') return Number.isInteger(value) ? 'IntNode' : 'DoubleNode'
  if (value === null) return 'NullNode'
  return Array.isArray(value) ? 'ArrayNode' : 'ObjectNode'
}

/** Base attributes that a profile may be without. */
const mayBeOptional: Readonly<Record<SchemaKind, (name: string) => boolean>> = {
  user: (name) => name === 'firstName' || name === 'lastName',
  group: () => false,
  app: (name) => name !== 'userName',
}

type BaseChanges = Readonly<Record<string, Partial<ProfileAttribute>>>

/** What differs from the base attributes after a change. Those of groups stay, whatever is sent (documented). */
export function changedBaseOf(kind: SchemaKind, base: ProfileSchema, old: BaseChanges, sent: SentChange): BaseChanges {
  if (kind === 'group') return old
  const says: string[] = []
  const next = new Map(Object.entries(old))
  for (const [name, attribute] of Object.entries(sent.base)) {
    const known = Object.hasOwn(base, name) ? base[name]! : undefined
    // Apps of the catalogue have more base attributes than anybody has published.
    if (!known && kind === 'app') continue
    if (!known || attribute === null) return refuseBase(kind, name)
    const before = { ...known, ...old[name] }
    const fields = { ...attribute, title: before.title, type: attribute.type ?? known.type }
    for (const fault of checkFields(fields, attributeFields)) says.push(`${name}: ${fault.field}: ${fault.says}`)
    const change: Partial<ProfileAttribute> = { ...old[name] }
    const { required, pattern } = attribute
    if (fields.type !== known.type || (kind === 'user' && hasOtherLength(attribute, known))) refuseBase(kind, name)
    if (typeof required === 'boolean' && required !== (before.required ?? false)) {
      if (!mayBeOptional[kind](name)) refuseBase(kind, name)
      change.required = required
    }
    if (pattern === null) delete change.pattern
    else if (pattern !== undefined && pattern !== before.pattern) {
      if (kind !== 'user' || name !== 'login') refuseBase(kind, name)
      if (!readPattern(String(pattern))) {
        says.push(`${name}: pattern: must be ".+" or a set of characters like "[a-z0-9]+"`)
      }
      change.pattern = String(pattern)
    }
    const self = actionOf(attribute)
    if (self !== undefined) change.self = self
    if (isObject(attribute.master)) change.master = masterOf(attribute.master)
    next.set(name, change)
  }
  refuse(kind, says)
  return Object.fromEntries(next)
}

function hasOtherLength(sent: JsonObject, known: ProfileAttribute): boolean {
  return (['minLength', 'maxLength'] as const).some(
    (name) => !isBlank(sent[name]) && Number(sent[name]) !== known[name],
  )
}

function refuseBase(kind: SchemaKind, name: string): never {
  return fail(E0000001, 'base-attribute-fixed', { field: operationOf[kind], attribute: name.slice(0, 128) })
}
