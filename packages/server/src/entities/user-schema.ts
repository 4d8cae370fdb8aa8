// Which attributes does a profile have: of a user, a group, a user of an app? The attributes that Okta defines, as data,
// and what administrators add and change. The profile rules check against them, the Schemas API shows them.
import type { Collection, State, Stored } from '../state/state.ts'
import type { App } from './app.ts'

/** What a value is. */
export type AttributeType = 'string' | 'boolean' | 'number' | 'integer' | 'array'

/** One attribute of a profile. */
export interface ProfileAttribute {
  title: string
  type: AttributeType
  description?: string
  required?: boolean
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  /** A regular expression that a text must match as a whole. */
  pattern?: string
  format?: 'email' | 'uri' | 'country-code' | 'language-code' | 'locale' | 'timezone' | 'date-time' | 'ref-id'
  /** The only values. */
  enum?: readonly unknown[]
  /** What each value of `enum` is called. */
  oneOf?: readonly { const: unknown; title: string }[]
  /** What an array is made of. */
  items?: AttributeItems
  /** Takes the place of a value that is not sent. */
  default?: unknown
  /** No two users (or groups) have the same value. Kept as it was sent. */
  unique?: boolean | 'UNIQUE_VALIDATED'
  externalName?: string
  externalNamespace?: string
  union?: 'ENABLE' | 'DISABLE'
  /** SYSTEM: the app's own, not to be set for a user. SELF: set for each user, never through a group. */
  scope?: 'NONE' | 'SELF' | 'SYSTEM'
  mutability?: 'READ_WRITE' | 'READ_ONLY' | 'IMMUTABLE' | 'WRITE_ONLY'
  /** Who decides what the value is. */
  master?: { type: 'PROFILE_MASTER' | 'OKTA' | 'OVERRIDE'; priority?: readonly { type: string; value: string }[] }
  /** What the user may do with it. */
  self: 'READ_WRITE' | 'READ_ONLY' | 'HIDE'
}

/** The elements of an array. */
export interface AttributeItems {
  type: 'string' | 'number' | 'integer' | 'object'
  enum?: readonly unknown[]
  oneOf?: readonly { const: unknown; title: string }[]
}

/** Attributes by name, in the order in which Okta shows them. */
export type ProfileSchema = Readonly<Record<string, ProfileAttribute>>

/** What administrators have made of a schema. There is none until somebody changes it. */
export interface SchemaChanges {
  custom: ProfileSchema
  /** What differs from the attributes that Okta defines. */
  base: Readonly<Record<string, Partial<ProfileAttribute>>>
  title?: string
  description?: string
  lastUpdatedAt: number
  /** Names of removed attributes whose values are still being cleaned up, and until when. */
  cleaning: Readonly<Record<string, number>>
  /** Until then a change is still being applied; another one collides with it. */
  busyUntil?: number
}

/** Changed schemas, by the id of the user type or of the app, or `group`. */
export const schemaChanges: Collection<SchemaChanges> = { name: 'schemaChanges' }

/** The id of the changes of the one schema of groups. */
export const GROUP_SCHEMA = 'group'

/** The attributes of users of a type. */
export async function userAttributes(state: State, typeId: string): Promise<ProfileSchema> {
  return attributesOf(baseProperties, (await state.load(schemaChanges, typeId))?.value)
}

/** The attributes of groups. */
export async function groupAttributes(state: State): Promise<ProfileSchema> {
  return attributesOf(groupBaseProperties, (await state.load(schemaChanges, GROUP_SCHEMA))?.value)
}

/** The attributes of an app's users. */
export async function appUserAttributes(state: State, app: Stored<App>): Promise<ProfileSchema> {
  return attributesOf(appUserBaseProperties(app.value), (await state.load(schemaChanges, app.id))?.value)
}

// What is put together once serves every request until the schema changes: the very object is the key.
const together = new WeakMap<SchemaChanges, ProfileSchema>()

/** All attributes of a schema: the ones that Okta defines, then the added ones. */
export function attributesOf(base: ProfileSchema, changes: SchemaChanges | undefined): ProfileSchema {
  if (!changes) return base
  let schema = together.get(changes)
  if (!schema) {
    schema = { ...changedBase(base, changes), ...changes.custom }
    together.set(changes, schema)
  }
  return schema
}

const changed = new WeakMap<SchemaChanges, ProfileSchema>()

/** The attributes that Okta defines, as administrators left them. */
export function changedBase(base: ProfileSchema, changes: SchemaChanges | undefined): ProfileSchema {
  if (!changes || Object.keys(changes.base).length === 0) return base
  let schema = changed.get(changes)
  if (!schema) {
    const attributes = Object.entries(base)
    schema = Object.fromEntries(attributes.map(([name, one]) => [name, { ...one, ...changes.base[name] }]))
    changed.set(changes, schema)
  }
  return schema
}

const text = (
  title: string,
  self: ProfileAttribute['self'],
  more: Partial<ProfileAttribute> = {},
): ProfileAttribute => ({ title, type: 'string', ...more, self })

/** The base properties; titles, lengths and permissions as recorded. */
export const baseProperties: ProfileSchema = {
  login: text('Username', 'READ_ONLY', { required: true, minLength: 5, maxLength: 100 }),
  firstName: text('First name', 'READ_WRITE', { required: true, minLength: 1, maxLength: 50 }),
  lastName: text('Last name', 'READ_WRITE', { required: true, minLength: 1, maxLength: 50 }),
  middleName: text('Middle name', 'READ_ONLY'),
  honorificPrefix: text('Honorific prefix', 'READ_ONLY'),
  honorificSuffix: text('Honorific suffix', 'READ_ONLY'),
  email: text('Primary email', 'READ_WRITE', { required: true, minLength: 5, maxLength: 100, format: 'email' }),
  title: text('Title', 'READ_ONLY'),
  displayName: text('Display name', 'READ_ONLY'),
  nickName: text('Nickname', 'READ_ONLY'),
  profileUrl: text('Profile Url', 'READ_ONLY', { maxLength: 1024, format: 'uri' }),
  secondEmail: text('Secondary email', 'READ_WRITE', { maxLength: 100, format: 'email' }),
  mobilePhone: text('Mobile phone', 'READ_WRITE', { maxLength: 100 }),
  primaryPhone: text('Primary phone', 'HIDE', { maxLength: 100 }),
  streetAddress: text('Street address', 'HIDE', { maxLength: 1024 }),
  city: text('City', 'HIDE', { maxLength: 128 }),
  state: text('State', 'HIDE', { maxLength: 128 }),
  zipCode: text('Zip code', 'HIDE', { maxLength: 50 }),
  countryCode: text('Country code', 'HIDE', { maxLength: 2, format: 'country-code' }),
  postalAddress: text('Postal Address', 'HIDE', { maxLength: 4096 }),
  preferredLanguage: text('Preferred language', 'READ_ONLY', { format: 'language-code' }),
  locale: text('Locale', 'READ_ONLY', { format: 'locale' }),
  timezone: text('Time zone', 'READ_ONLY', { format: 'timezone' }),
  userType: text('User type', 'READ_ONLY'),
  employeeNumber: text('Employee number', 'READ_ONLY'),
  costCenter: text('Cost center', 'READ_ONLY'),
  organization: text('Organization', 'READ_ONLY'),
  division: text('Division', 'READ_ONLY'),
  department: text('Department', 'READ_ONLY'),
  managerId: text('ManagerId', 'READ_ONLY'),
  manager: text('Manager', 'READ_ONLY'),
}

/** The base properties of groups. */
export const groupBaseProperties: ProfileSchema = {
  name: text('Name', 'READ_ONLY', { description: 'Name of the group', required: true, maxLength: 255 }),
  description: text('Description', 'READ_ONLY', { description: 'Description of the group', maxLength: 1024 }),
}

const userName = text('Username', 'READ_ONLY', { required: true, maxLength: 100 })

// The claims of OpenID Connect; which of them Okta's own client apps begin with is not public. (inferred)
const clientUserProperties: ProfileSchema = {
  userName,
  given_name: text('Given name', 'READ_ONLY'),
  middle_name: text('Middle name', 'READ_ONLY'),
  family_name: text('Family name', 'READ_ONLY'),
  name: text('Name', 'READ_ONLY'),
  nickname: text('Nickname', 'READ_ONLY'),
  email: text('Email', 'READ_ONLY'),
  profile: text('Profile', 'READ_ONLY'),
  zoneinfo: text('Zone info', 'READ_ONLY'),
  locale: text('Locale', 'READ_ONLY'),
}

const otherAppUserProperties: ProfileSchema = { userName }

/** The base properties of an app's users. */
export function appUserBaseProperties(app: Pick<App, 'signOnMode'>): ProfileSchema {
  return app.signOnMode === 'OPENID_CONNECT' ? clientUserProperties : otherAppUserProperties
}

/** The schema of a user type. A type and its schema share all of their id but the prefix (recorded). */
export function schemaIdOf(typeId: string): string {
  return `osc${typeId.slice(3)}`
}
