// What may be done with a group, and with whom?
import { E0000001, E0000006, E0000060 } from '@errorg/errors/codes'
import type { Group } from '../../entities/group.ts'
import { fail } from '../../fail.ts'
import { checkFields, type JsonObject, objectBody, objectMember, refuseFaults } from '../../fields.ts'
import { isAbsent, type ReadySchema } from '../../profile-values.ts'
import { ownerFields, profileFields } from './schema.ts'

/** The profile of a body that makes or replaces a group. What it does not name gets its default, or goes. */
export function readProfile(body: unknown, schema: ReadySchema): JsonObject {
  const profile = objectMember(objectBody(body), 'profile') ?? {}
  // A name of spaces alone is none. (inferred)
  const isNameless = typeof profile.name === 'string' && profile.name.trim() === ''
  const own = checkFields(isNameless ? { ...profile, name: '' } : profile, profileFields)
  const missing = schema.required.filter(
    (name) => isAbsent(profile[name]) && !schema.defaults.some(([of]) => of === name),
  )
  refuseFaults([
    ...own,
    ...missing.map((field) => ({ field, says: 'The field cannot be left blank', kind: 'missing' as const })),
  ])
  const unknown = Object.keys(profile).filter((name) => !schema.has(name))
  if (unknown.length > 0) {
    const causes = unknown.map((name) => `Property name '${name}' is not defined in profile`)
    fail(E0000001, 'property-not-defined', { object: 'group', property: unknown[0], causes })
  }
  const [fault, ...others] = schema.faultsOf(profile)
  if (fault) {
    const { cause, field } = fault
    const causes = [fault, ...others].map(({ says }) => says)
    fail(E0000001, cause, { field, property: field, object: 'group', causes })
  }
  const { name, description } = profile
  const kept: Record<string, unknown> = {
    name: String(name),
    description: description === undefined || description === null ? null : String(description),
  }
  for (const [attribute, value] of Object.entries(profile)) {
    if (schema.added(attribute) && value !== null) kept[attribute] = value
  }
  for (const [attribute, value] of schema.defaults) if (isAbsent(kept[attribute])) kept[attribute] = value
  return kept
}

/** No other group has this value of a unique attribute. */
export function valueIsFree(attribute: string, holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'attribute-value-taken', { field: attribute })
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
