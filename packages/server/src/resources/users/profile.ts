// What is the profile of a user judged by, and who else has the values that only one user may have?
import { E0000007 } from '@errorg/errors/codes'
import { loginKey, type User, users } from '../../entities/user.ts'
import {
  attributesOf,
  baseProperties,
  changedBase,
  type ProfileSchema,
  schemaChanges,
} from '../../entities/user-schema.ts'
import { userTypes } from '../../entities/user-type.ts'
import { fail } from '../../fail.ts'
import type { JsonObject } from '../../fields.ts'
import type { Org } from '../../org.ts'
import { isAbsent, type ReadySchema, readySchema, uniqueKey } from '../../profile-values.ts'
import type { Stored } from '../../state/state.ts'

/** The schema of a user type, ready to judge profiles. */
export interface TypeSchema {
  /** The attributes that Okta defines, as administrators left them. */
  base: ProfileSchema
  schema: ReadySchema
}

/** The schema of the users of a type. */
export async function schemaOfType(org: Org, typeId: string): Promise<TypeSchema> {
  const changes = org.state.lacks(schemaChanges) ? undefined : (await org.state.load(schemaChanges, typeId))?.value
  const base = changedBase(baseProperties, changes)
  return { base, schema: readySchema(attributesOf(baseProperties, changes), baseProperties) }
}

/** The type that a body names: `default` is the default type's other name. */
export function typeNamed(org: Org, typeId: string): string {
  return typeId === 'default' ? org.fixed.defaultTypeId : typeId
}

/** Its id, or E0000007. */
export async function loadTypeId(org: Org, typeId: string): Promise<string> {
  if (typeId === org.fixed.defaultTypeId || (await org.state.load(userTypes, typeId))) return typeId
  return fail(E0000007, 'resource-missing', { id: typeId, type: 'CVDType' })
}

/** The attributes of which another user has the value: the login, and those that were declared unique. */
export async function takenBy(
  org: Org,
  profile: JsonObject,
  { schema }: Pick<TypeSchema, 'schema'>,
  userId?: string,
): Promise<readonly string[]> {
  const taken: string[] = []
  const isFree = (holder: Stored<User> | undefined) => holder === undefined || holder.id === userId
  if (typeof profile.login === 'string' && !isFree(await org.state.holder(users, loginKey(profile.login)))) {
    taken.push('login')
  }
  for (const name of schema.unique) {
    if (isAbsent(profile[name])) continue
    if (!isFree(await org.state.holder(users, uniqueKey(name, profile[name])))) taken.push(name)
  }
  return taken
}
