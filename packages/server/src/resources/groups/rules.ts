// What may be done with a group, and with whom?
import { E0000001 } from '@errorg/errors/codes'
import type { Group } from '../../entities/group.ts'
import { fail } from '../../fail.ts'
import { checkFields, type JsonObject, objectBody, objectMember, refuseFaults } from '../../fields.ts'
import { profileFields } from './schema.ts'

/** The profile of a body that makes or replaces a group. */
export function readProfile(body: unknown): JsonObject {
  const profile = objectMember(objectBody(body), 'profile') ?? {}
  refuseFaults(checkFields(profile, profileFields))
  return { name: String(profile.name), description: profile.description ?? null }
}

/** Only groups of the org's own may be changed; the others belong to Okta or to the application they come from. */
export function mayChange(group: Group): void {
  if (group.type === 'BUILT_IN') {
    fail(E0000001, 'value-invalid', { field: 'type', causes: ['type: Built-in groups cannot be changed'] })
  }
  if (group.type === 'APP_GROUP') {
    fail(E0000001, 'value-invalid', { field: 'type', causes: ['type: App groups can only be changed at their source'] })
  }
}

/** A name may be used once. */
export function nameIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) {
    fail(E0000001, 'group-name-taken', {
      field: 'name',
      causes: ['name: An object with this field already exists in the current organization'],
    })
  }
}
