// Which profiles and credentials may a user have, and who may change them?
import { isDeepStrictEqual } from 'node:util'
import { E0000001, E0000023, E0000038 } from '@errorg/errors/codes'
import { isCommonPassword } from '../../common-passwords.ts'
import type { User } from '../../entities/user.ts'
import type { ProfileAttribute, ProfileSchema } from '../../entities/user-schema.ts'
import { fail } from '../../fail.ts'
import { checkFields, checkPresent, type FieldRule, type FieldTable, type JsonObject } from '../../fields.ts'
import { meetsPolicy, type PasswordDemands, requirementsOf } from '../../password-policy.ts'
import { forms, isAbsent, isAddress, type ReadySchema, readPattern } from '../../profile-values.ts'

/** One thing that is wrong with a user that was sent. */
export interface UserFault {
  cause:
    | 'required-field-missing'
    | 'property-not-defined'
    | 'login-taken'
    | 'attribute-value-taken'
    | 'attribute-type-wrong'
    | 'value-invalid'
    | 'password-weak'
  field: string
  /** Okta's whole sentence. */
  says: string
}

/** What a profile is judged by, beside itself. */
export interface ProfileContext {
  schema: ReadySchema
  base: ProfileSchema
}

// The order in which Okta names them (reported).
const required = ['login', 'firstName', 'lastName', 'email'] as const

/**
 * Everything that is wrong with a whole profile, in Okta's order: what is missing, what nobody defined, what is taken,
 * wrong forms. `sent` is the part that this request brought; `taken` names the attributes whose value another user has:
 * `login`, or one that was declared unique.
 */
export function profileFaults(
  profile: JsonObject,
  sent: JsonObject,
  { schema, base }: ProfileContext,
  taken: readonly string[],
): UserFault[] {
  const faults: UserFault[] = []
  const requireField = (field: string) => {
    if (!isAbsent(profile[field])) return
    faults.push({ cause: 'required-field-missing', field, says: `${field}: The field cannot be left blank` })
  }
  for (const field of required) if (base[field]?.required) requireField(field)
  for (const field of schema.required) requireField(field)
  for (const field of Object.keys(sent)) {
    if (schema.has(field)) continue
    faults.push({ cause: 'property-not-defined', field, says: `Property name '${field}' is not defined in profile` })
  }
  for (const field of taken) {
    const cause = field === 'login' ? 'login-taken' : 'attribute-value-taken'
    faults.push({
      cause,
      field,
      says: `${field}: An object with this field already exists in the current organization`,
    })
  }
  // A missing login is also none in the form of an address, and Okta says both (reported: rapid7/insightconnect-plugins
  // 315); where a pattern has taken the place of that form, there is nothing more to say.
  if (isAbsent(profile.login) && base.login?.pattern === undefined) faults.push(invalid('login', notAnAddress))
  for (const { field, says } of checkPresent(profile, fieldsOf(base))) faults.push(invalid(field, says))
  faults.push(...schema.faultsOf(profile))
  return faults
}

const invalid = (field: string, says: string): UserFault => ({
  cause: 'value-invalid',
  field,
  says: `${field}: ${says}`,
})

const notAnAddress = 'Username must be in the form of an email address'

// Made once for each version of a schema, as the base properties are the same object until somebody changes them.
const tables = new WeakMap<ProfileSchema, FieldTable>()

function fieldsOf(base: ProfileSchema): FieldTable {
  let table = tables.get(base)
  if (!table) {
    table = tableOf(base)
    tables.set(base, table)
  }
  return table
}

function tableOf(base: ProfileSchema): FieldTable {
  const table: Record<string, FieldRule> = {}
  for (const [name, attribute] of Object.entries(base)) {
    const { maxLength, format } = attribute
    table[name] = {
      type: 'string',
      // An address is long enough by its form; a pattern says nothing of the length.
      min: attribute.pattern === undefined ? undefined : attribute.minLength,
      max: maxLength,
      form:
        name === 'login'
          ? loginForm(attribute)
          : format && { test: forms[format], says: 'Does not match required pattern' },
    }
  }
  return table
}

function loginForm({ pattern }: ProfileAttribute): FieldRule['form'] {
  const own = pattern === undefined ? undefined : readPattern(pattern)
  return own ? { test: (text) => own.test(text), says: 'Does not match required pattern' } : addressForm
}

const addressForm = { test: isAddress, says: notAnAddress }

/** A password that an administrator sets. */
export function passwordFaults(
  rules: PasswordDemands & { excludeCommon?: boolean },
  password: string,
  profile: JsonObject,
): UserFault[] {
  if (!meetsPolicy(rules, password, profile)) return [weak(rules)]
  if (!rules.excludeCommon || !isCommonPassword(password)) return []
  const says = 'This password was found in a list of commonly used passwords. Please try another password.'
  return [{ cause: 'password-weak', field: 'password', says: `password: ${says}` }]
}

/** The fault of a password that does not meet the policy. */
export function weak(rules: PasswordDemands): UserFault {
  return {
    cause: 'password-weak',
    field: 'password',
    says: `password: Password requirements were not met. Password requirements: ${requirementsOf(rules)}`,
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
export function refuse(faults: readonly UserFault[], object: 'newUser' | 'userProfile' = 'newUser'): void {
  const [first] = faults
  if (!first) return
  const { cause, field } = first
  fail(E0000001, cause, { field, property: field, object, causes: faults.map((fault) => fault.says) })
}

/** A profile as it is kept: nothing that is null but the ones that Okta always shows, defaults in their places. */
export function normalProfile(profile: JsonObject, schema: ReadySchema): JsonObject {
  const kept: Record<string, unknown> = {
    firstName: null,
    lastName: null,
    mobilePhone: null,
    secondEmail: null,
    login: null,
    email: null,
  }
  for (const name of Object.keys(profile)) {
    const value = profile[name]
    // What the schema had once, or has for users of another type only, goes with the next change.
    if (value === null || value === undefined || !schema.has(name)) continue
    // Okta's own attributes are texts; a number that is sent for one becomes one.
    kept[name] = typeof value === 'string' || schema.added(name) ? value : String(value)
  }
  for (const [name, value] of schema.defaults) if (isAbsent(kept[name])) kept[name] = value
  return kept
}

/** Names of the attributes that differ between two kept profiles. */
export function changedAttributes(before: JsonObject, after: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => !isSame(before[name] ?? null, after[name] ?? null))
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === 'object' && isDeepStrictEqual(one, other))
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

/** Deactivated users stay as they are, and only who has not begun yet gets the hash of another system (documented). */
export function mayUpdate({ status }: User, withHash = false): void {
  if (status === 'DEPROVISIONED' || (withHash && status !== 'STAGED')) fail(E0000038, 'status-forbids', { status })
}
