// Which profiles and credentials may a user have, and who may change them?
import { E0000001, E0000023, E0000038 } from '@errorg/errors/codes'
import type { User } from '../../entities/user.ts'
import { baseProperties, type ProfileAttribute, type ProfileSchema } from '../../entities/user-schema.ts'
import { fail } from '../../fail.ts'
import { checkFields, type FieldRule, type FieldTable, type JsonObject } from '../../fields.ts'
import { meetsPolicy, requirementsOf } from '../../password-policy.ts'
import type { Settings } from '../../settings.ts'

/** One thing that is wrong with a user that was sent. */
export interface UserFault {
  cause: 'required-field-missing' | 'property-not-defined' | 'login-taken' | 'value-invalid' | 'password-weak'
  field: string
  /** Okta's whole sentence. */
  says: string
}

// The order in which Okta names them (reported).
const required = ['login', 'firstName', 'lastName', 'email'] as const

const blank = (value: unknown): boolean => value === undefined || value === null || value === ''

/**
 * Everything that is wrong with a whole profile, in Okta's order: what is missing, what nobody defined, a taken
 * login, wrong forms. `sent` is the part that this request brought.
 */
export function profileFaults(profile: JsonObject, sent: JsonObject, loginTaken: boolean): UserFault[] {
  const faults: UserFault[] = []
  for (const field of required) {
    if (blank(profile[field])) {
      faults.push({ cause: 'required-field-missing', field, says: `${field}: The field cannot be left blank` })
    }
  }
  for (const field of Object.keys(sent)) {
    if (Object.hasOwn(baseProperties, field)) continue
    faults.push({ cause: 'property-not-defined', field, says: `Property name '${field}' is not defined in profile` })
  }
  if (loginTaken) {
    faults.push({
      cause: 'login-taken',
      field: 'login',
      says: 'login: An object with this field already exists in the current organization',
    })
  }
  // A blank login is also none in the form of an address, and Okta says so (reported).
  if (blank(profile.login)) faults.push(invalid('login', notAnAddress))
  for (const { field, says } of checkFields(profile, profileFields)) faults.push(invalid(field, says))
  return faults
}

const invalid = (field: string, says: string): UserFault => ({
  cause: 'value-invalid',
  field,
  says: `${field}: ${says}`,
})

const notAnAddress = 'Username must be in the form of an email address'

const forms: Readonly<Record<NonNullable<ProfileAttribute['format']>, (text: string) => boolean>> = {
  email: isAddress,
  uri: () => true,
  'country-code': (text) => /^[A-Za-z]{2}$/.test(text),
  'language-code': (text) => /^[\w,;=.*\- ]+$/.test(text),
  locale: (text) => /^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$/.test(text),
  timezone: (text) => /^[A-Za-z0-9_+\-/]+$/.test(text),
  'date-time': (text) => !Number.isNaN(Date.parse(text)),
  'ref-id': () => true,
}

function isAddress(text: string): boolean {
  return text.length >= 5 && /^[^\s@"(),:;<>[\]\\]+@[^\s@"(),:;<>[\]\\.]+(\.[^\s@"(),:;<>[\]\\.]+)+$/.test(text)
}

function tableOf(schema: ProfileSchema): FieldTable {
  const table: Record<string, FieldRule> = {}
  for (const [name, { maxLength, format }] of Object.entries(schema)) {
    table[name] = {
      type: 'string',
      max: maxLength,
      form:
        name === 'login'
          ? { test: isAddress, says: notAnAddress }
          : format && { test: forms[format], says: 'Does not match required pattern' },
    }
  }
  return table
}

const profileFields = tableOf(baseProperties)

/** A password that an administrator sets. */
export function passwordFaults(policy: Settings['passwordPolicy'], password: string, login: unknown): UserFault[] {
  if (meetsPolicy(policy, password, String(login ?? ''))) return []
  return [weak(policy)]
}

/** The fault of a password that does not meet the policy. */
export function weak(policy: Settings['passwordPolicy']): UserFault {
  return {
    cause: 'password-weak',
    field: 'password',
    says: `password: Password requirements were not met. Password requirements: ${requirementsOf(policy)}`,
  }
}

/** A recovery question with its answer. */
export function questionFaults(question: JsonObject): UserFault[] {
  return checkFields(question, questionFields).map(({ field, says, kind }) => ({
    cause: kind === 'missing' ? 'required-field-missing' : 'value-invalid',
    field,
    says: `${field}: ${says}`,
  }))
}

const questionFields: FieldTable = {
  question: { type: 'string', required: true, max: 100 },
  answer: { type: 'string', required: true, max: 100 },
}

/** Answers all faults at once; the first one names the error. Nothing happens without faults. */
export function refuse(faults: readonly UserFault[]): void {
  const [first] = faults
  if (!first) return
  fail(E0000001, first.cause, { field: first.field, property: first.field, causes: faults.map((fault) => fault.says) })
}

/** A profile as it is kept: texts, nothing that is null but the two that Okta always shows. */
export function normalProfile(profile: JsonObject): JsonObject {
  const kept: Record<string, unknown> = {
    firstName: null,
    lastName: null,
    mobilePhone: null,
    secondEmail: null,
    login: null,
    email: null,
  }
  for (const [name, value] of Object.entries(profile)) {
    if (value !== null && value !== undefined) kept[name] = typeof value === 'string' ? value : String(value)
  }
  return kept
}

/** Names of the attributes that differ between two kept profiles. */
export function changedAttributes(before: JsonObject, after: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => (before[name] ?? null) !== (after[name] ?? null))
}

/** Does another system keep this user's profile? */
export function isSourced(user: User): boolean {
  return user.provider.type === 'ACTIVE_DIRECTORY' || user.provider.type === 'LDAP'
}

/** What another system keeps is changed there. */
export function mayChangeProfile(user: User): void {
  if (isSourced(user)) fail(E0000023, 'user-sourced-elsewhere', { source: user.provider.type })
}

/** Users of an identity provider have no credentials in the org. */
export function mayHaveCredentials(type: User['provider']['type']): UserFault[] {
  if (type !== 'FEDERATION' && type !== 'SOCIAL') return []
  return [invalid('credentials', `Users with the provider ${type} have neither a password nor a recovery question`)]
}

/** Deactivated users stay as they are. */
export function mayUpdate(user: User): void {
  if (user.status === 'DEPROVISIONED') fail(E0000038, 'status-forbids', { status: user.status })
}
