// Which profiles follow a schema? Users of a type, all groups, users and groups of an app.
import { appGroups, appUsers } from '../entities/app.ts'
import { groups } from '../entities/group.ts'
import { users } from '../entities/user.ts'
import type { JsonObject } from '../fields.ts'
import type { Org } from '../org.ts'
import { put, type Stored, type Write } from '../state/state.ts'
import type { SchemaKind } from './definition.ts'

/** Something with a profile. */
export interface Holder {
  id: string
  profile: JsonObject
  /** Its unique keys of attributes. */
  keys: readonly string[]
  /** Who holds a unique key now. */
  holderOf(key: string): Promise<string | undefined>
  /** The write that gives it another profile and other keys. */
  write(profile: JsonObject, keys: readonly string[]): Write
}

/** All profiles that follow a schema. */
export async function holdersOf(org: Org, kind: SchemaKind, id: string): Promise<Holder[]> {
  const { state } = org
  if (kind === 'user') {
    const holderOf = async (key: string) => (await state.holder(users, key))?.id
    return (await state.find(users, 'type', id)).map((row) => ({
      ...partsOf(row),
      holderOf,
      write: (profile, keys) => put(users, row.id, withKeys({ ...row.value, profile }, keys), row),
    }))
  }
  if (kind === 'group') {
    const holderOf = async (key: string) => (await state.holder(groups, key))?.id
    return (await state.scan(groups)).map((row) => ({
      ...partsOf(row),
      holderOf,
      write: (profile, keys) => put(groups, row.id, withKeys({ ...row.value, profile }, keys), row),
    }))
  }
  const nobody = async () => undefined
  return [
    ...(await state.find(appUsers, 'app', id)).map((row) => ({
      ...partsOf(row),
      holderOf: nobody,
      write: (profile: JsonObject) => put(appUsers, row.id, { ...row.value, profile }, row),
    })),
    ...(await state.find(appGroups, 'app', id)).map((row) => ({
      ...partsOf(row),
      holderOf: nobody,
      write: (profile: JsonObject) => put(appGroups, row.id, { ...row.value, profile }, row),
    })),
  ]
}

function partsOf<T extends { profile: JsonObject; uniqueKeys?: readonly string[] }>({ id, value }: Stored<T>) {
  return { id, profile: value.profile, keys: value.uniqueKeys ?? [] }
}

/** The value with these unique keys; without any it carries none. */
export function withKeys<T extends { uniqueKeys?: readonly string[] }>(value: T, keys: readonly string[]): T {
  if (keys.length === 0 && value.uniqueKeys === undefined) return value
  const { uniqueKeys: _, ...rest } = value
  return (keys.length === 0 ? rest : { ...rest, uniqueKeys: keys }) as T
}
