// What may be done with a group, and with whom?
import { E0000001, E0000006, E0000060 } from '@errorg/errors/codes'
import type { Group } from '../../entities/group.ts'
import { fail } from '../../fail.ts'
import { checkFields, type JsonObject, objectBody, objectMember, refuseFaults } from '../../fields.ts'
import { ownerFields, profileFields } from './schema.ts'

/** The profile of a body that makes or replaces a group. */
export function readProfile(body: unknown): JsonObject {
  const profile = objectMember(objectBody(body), 'profile') ?? {}
  refuseFaults(checkFields(profile, profileFields))
  const { name, description } = profile
  return {
    name: String(name),
    description: description === undefined || description === null ? null : String(description),
  }
}

/** Only profiles of the org's own groups change here; the others belong to Okta or to their app. */
export function mayReplace(group: Group): void {
  if (group.type !== 'OKTA_GROUP') fail(E0000006, 'group-not-manageable', { type: group.type })
}

/** "Everyone" stays; app groups may go (documented). */
export function mayDelete(group: Group): void {
  if (group.type === 'BUILT_IN') fail(E0000006, 'group-not-manageable', { type: group.type })
}

/** Members come and go only in the org's own groups. The codes for the others are those that people report. */
export function mayChangeMembers(group: Group, adding: boolean): void {
  if (group.type === 'OKTA_GROUP') return
  if (adding && group.type === 'BUILT_IN') fail(E0000060, 'operation-not-supported', { type: group.type })
  fail(E0000006, 'group-not-manageable', { type: group.type })
}

/** A name may be used once. */
export function nameIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'group-name-taken', { field: 'name' })
}

/** The owner that a body names. */
export function readOwner(body: unknown): { id: string; type: 'USER' | 'GROUP' } {
  const owner = objectBody(body)
  refuseFaults(checkFields(owner, ownerFields))
  return { id: String(owner.id), type: owner.type === 'GROUP' ? 'GROUP' : 'USER' }
}
