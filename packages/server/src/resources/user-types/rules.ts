// What may be done with a user type?
import { E0000001, E0000009 } from '@errorg/errors/codes'
import type { UserType } from '../../entities/user-type.ts'
import { fail } from '../../fail.ts'
import { checkFields, isBlank, objectBody, refuseFaults, refuseValue } from '../../fields.ts'
import { creationFields, replacementFields, updateFields } from './schema.ts'

// The default type and nine more. (documented)
const MOST_TYPES = 10

/** What a body says of a new type. */
export function readNewType(body: unknown): Pick<UserType, 'name' | 'displayName' | 'description'> {
  const type = objectBody(body)
  refuseFaults(checkFields(type, creationFields))
  return {
    name: String(type.name),
    displayName: String(type.displayName),
    description: readDescription(type.description),
  }
}

/** A name may be used once, and there is room for ten types. */
export function mayCreate(holder: unknown, count: number): void {
  if (holder) fail(E0000001, 'user-type-name-taken', { field: 'name' })
  if (count >= MOST_TYPES) {
    refuseValue('userType', `An org cannot have more than ${MOST_TYPES} user types`)
  }
}

/** What a partial update leaves a type with. The name stays whatever is sent. */
export function readUpdate(body: unknown, type: UserType): Pick<UserType, 'displayName' | 'description'> {
  const update = objectBody(body)
  refuseFaults(checkFields(update, updateFields))
  const { displayName, description } = update
  return {
    displayName: isBlank(displayName) ? type.displayName : String(displayName),
    description: description === undefined ? type.description : readDescription(description),
  }
}

/** What a replacement leaves a type with; it must name the type as it is. */
export function readReplacement(body: unknown, type: UserType): Pick<UserType, 'displayName' | 'description'> {
  const replacement = objectBody(body)
  refuseFaults(checkFields(replacement, replacementFields))
  if (String(replacement.name) !== type.name) {
    refuseValue('name', 'The name of a user type cannot be changed')
  }
  return { displayName: String(replacement.displayName), description: readDescription(replacement.description) }
}

/** The default type stays, and so does one with users. One that is still being set up faults, as Okta's do. */
export function mayDelete(type: UserType, users: number, now: number): void {
  if (type.isDefault || users > 0) fail(E0000001, 'user-type-not-deletable', { name: type.name })
  if (type.busyUntil !== undefined && now < type.busyUntil) fail(E0000009, 'user-type-busy')
}

function readDescription(value: unknown): string | null {
  return value === undefined || value === null ? null : String(value)
}
