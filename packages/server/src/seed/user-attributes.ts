// How do attributes of a seed become part of the schema of users?
import type { SeedInput } from '../control/schemas.ts'
import {
  attributesOf,
  baseProperties,
  changedBase,
  type SchemaChanges,
  schemaChanges,
} from '../entities/user-schema.ts'
import type { Org } from '../org.ts'
import { changedCustom } from '../profile-schema/definition.ts'
import { readySchema } from '../profile-values.ts'
import { schemaOfType, type TypeSchema } from '../resources/users/profile.ts'
import { put } from '../state/state.ts'
import type { SeedDraft } from './draft.ts'

/** Works out what is to be written, by the rules for requests. The answer is what users of the seed are judged by. */
export async function seedUserAttributes(
  org: Org,
  { userAttributes: attributes }: SeedInput,
  draft: SeedDraft,
): Promise<TypeSchema> {
  const typeId = org.fixed.defaultTypeId
  if (!attributes) return await schemaOfType(org, typeId)
  const row = await org.state.load(schemaChanges, typeId)
  const old: SchemaChanges = row?.value ?? { custom: {}, base: {}, lastUpdatedAt: draft.now, cleaning: {} }
  for (const name of Object.keys(attributes)) {
    if (Object.hasOwn(old.custom, name)) draft.refuse(`userAttributes.${name}`, 'is there already')
  }
  const sent = { custom: attributes, base: {} }
  const custom = draft.judged('userAttributes', () => changedCustom('user', baseProperties, old.custom, sent))
  const changes: SchemaChanges = { ...old, custom, lastUpdatedAt: draft.now }
  draft.writes.push(put(schemaChanges, typeId, changes, row))
  return {
    base: changedBase(baseProperties, changes),
    schema: readySchema(attributesOf(baseProperties, changes), baseProperties),
  }
}
