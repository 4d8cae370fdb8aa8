// How do attributes of a seed become part of the schema of users?
import type { UserAttributeSeeds } from '../control/schema-seed.ts'
import {
  attributesOf,
  baseProperties,
  changedBase,
  type SchemaChanges,
  schemaChanges,
} from '../entities/user-schema.ts'
import { Failure } from '../fail.ts'
import { wireOfFailure } from '../http/render.ts'
import type { Org } from '../org.ts'
import { changedCustom } from '../profile-schema/definition.ts'
import { readySchema } from '../profile-values.ts'
import { schemaOfType, type TypeSchema } from '../resources/users/profile.ts'
import { put, type Write } from '../state/state.ts'

/** The schema that users of the seed are judged by, and what writes it. By the rules for requests. */
export async function seedUserSchema(
  org: Org,
  attributes: UserAttributeSeeds | undefined,
  tools: { now: number; refuse: (path: string, says: string) => never },
): Promise<{ type: TypeSchema; writes: Write[] }> {
  const typeId = org.fixed.defaultTypeId
  if (!attributes) return { type: await schemaOfType(org, typeId), writes: [] }
  const row = await org.state.load(schemaChanges, typeId)
  const old: SchemaChanges = row?.value ?? { custom: {}, base: {}, lastUpdatedAt: tools.now, cleaning: {} }
  for (const name of Object.keys(attributes)) {
    if (Object.hasOwn(old.custom, name)) tools.refuse(`userAttributes.${name}`, 'is there already')
  }
  const sent = { custom: attributes, base: {} }
  const custom = refused(() => changedCustom('user', baseProperties, old.custom, sent), tools.refuse)
  const changes: SchemaChanges = { ...old, custom, lastUpdatedAt: tools.now }
  const type = {
    base: changedBase(baseProperties, changes),
    schema: readySchema(attributesOf(baseProperties, changes), baseProperties),
  }
  return { type, writes: [put(schemaChanges, typeId, changes, row)] }
}

function refused<T>(work: () => T, refuse: (path: string, says: string) => never): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { summary, causes } = wireOfFailure(error, 'current')
    return refuse('userAttributes', causes.length > 0 ? causes.join('; ') : summary)
  }
}
