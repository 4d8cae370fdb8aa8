// What does a change of a schema do: to the schema itself, and to the profiles that follow it?
import { E0000009 } from '@errorg/errors/codes'
import { attributesOf, type ProfileSchema, type SchemaChanges, schemaChanges } from '../entities/user-schema.ts'
import { fail } from '../fail.ts'
import type { JsonObject } from '../fields.ts'
import { invalidations, noteInvalidations } from '../group-rules/invalidate.ts'
import type { JobRunner } from '../jobs.ts'
import type { Org } from '../org.ts'
import { type ReadySchema, readySchema, uniqueKeysOf } from '../profile-values.ts'
import { put, type Stored, type Write } from '../state/state.ts'
import { changedBaseOf, changedCustom, failNotUnique, mayAdd, readChange, type SchemaKind } from './definition.ts'
import { type Holder, holdersOf } from './holders.ts'

/** A schema: whose it is, and what Okta defines in it. */
export interface SchemaSubject {
  kind: SchemaKind
  /** The id under which its changes are kept. */
  id: string
  base: ProfileSchema
}

/** Applies what a body says. The writes are one change together with the schema's own. */
export async function changeSchema(
  org: Org,
  subject: SchemaSubject,
  body: unknown,
  now: number,
): Promise<SchemaChanges> {
  const { kind, id, base } = subject
  const sent = readChange(body)
  const row = await org.state.load(schemaChanges, id)
  const old: SchemaChanges = row?.value ?? { custom: {}, base: {}, lastUpdatedAt: now, cleaning: {} }
  if (old.busyUntil !== undefined && now < old.busyUntil) fail(E0000009, 'schema-update-collided')
  const added = Object.keys(sent.custom).filter((name) => sent.custom[name] && !Object.hasOwn(old.custom, name))
  mayAdd(kind, added, old.cleaning, now)
  const custom = changedCustom(kind, base, old.custom, sent)
  const removed = Object.keys(old.custom).filter((name) => !Object.hasOwn(custom, name))
  const { schemaUpdateSeconds, schemaCleanupSeconds } = org.settings.delays
  const until = now + schemaCleanupSeconds * 1000
  const value: SchemaChanges = {
    custom,
    base: changedBaseOf(kind, base, old.base, sent),
    lastUpdatedAt: now,
    cleaning: withCleaning(old.cleaning, until > now ? removed : [], until, now),
    ...(schemaUpdateSeconds > 0 && { busyUntil: now + schemaUpdateSeconds * 1000 }),
  }
  const writes: Write[] = [put(schemaChanges, id, value, row)]
  // Group rules look at the attributes of the default type alone.
  const lost = id === org.fixed.defaultTypeId ? removed : []
  const invalid = await invalidations(org, { attributes: lost }, now)
  writes.push(...(await profileWrites(org, subject, old, value, until > now ? [] : removed)))
  await org.state.change([...writes, ...invalid.writes])
  noteInvalidations(org, invalid.rules)
  if (until > now) {
    for (const name of removed) org.jobs.add({ dueAt: until, kind: 'schema.cleanUp', data: { schema: kind, id, name } })
  }
  return value
}

function withCleaning(
  old: SchemaChanges['cleaning'],
  removed: readonly string[],
  until: number,
  now: number,
): SchemaChanges['cleaning'] {
  const running = Object.entries(old).filter(([, end]) => now < end)
  return Object.fromEntries([...running, ...removed.map((name) => [name, until] as const)])
}

/** What profiles lose with removed attributes, and the keys that hold what became unique. Without these: nothing. */
async function profileWrites(
  org: Org,
  { kind, id, base }: SchemaSubject,
  before: SchemaChanges,
  after: SchemaChanges,
  removed: readonly string[],
): Promise<Write[]> {
  const ready = readySchema(attributesOf(base, after), base)
  const earlier = readySchema(attributesOf(base, before), base)
  const fresh = ready.unique.filter((name) => !earlier.unique.includes(name))
  const sameKeys = fresh.length === 0 && earlier.unique.length === ready.unique.length
  if (removed.length === 0 && sameKeys) return []
  const holders = await holdersOf(org, kind, id)
  if (!sameKeys) await judgeUnique(kind, holders, fresh)
  return holders.flatMap((holder) => rewritten(holder, removed, ready) ?? [])
}

// Users of other types count too, where the attribute is unique there (documented).
async function judgeUnique(kind: SchemaKind, holders: readonly Holder[], fresh: readonly string[]): Promise<void> {
  for (const name of fresh) {
    const seen = new Set<string>()
    for (const holder of holders) {
      for (const key of uniqueKeysOf(holder.profile, { unique: [name] })) {
        const other = await holder.holderOf(key)
        if (seen.has(key) || (other !== undefined && other !== holder.id)) failNotUnique(kind, name)
        seen.add(key)
      }
    }
  }
}

function rewritten(holder: Holder, removed: readonly string[], ready: ReadySchema): Write | undefined {
  const profile = without(holder.profile, removed)
  const keys = uniqueKeysOf(profile, ready)
  const sameKeys = keys.length === holder.keys.length && keys.every((key, i) => key === holder.keys[i])
  return profile === holder.profile && sameKeys ? undefined : holder.write(profile, keys)
}

function without(profile: JsonObject, names: readonly string[]): JsonObject {
  if (!names.some((name) => Object.hasOwn(profile, name))) return profile
  return Object.fromEntries(Object.entries(profile).filter(([name]) => !names.includes(name)))
}

async function cleanUp(org: Org, { schema, id, name }: Readonly<Record<string, string>>): Promise<void> {
  const row: Stored<SchemaChanges> | undefined = await org.state.load(schemaChanges, id!)
  if (!row) return
  const holders = await holdersOf(org, schema as SchemaKind, id!)
  const writes: Write[] = []
  for (const holder of holders) {
    const profile = without(holder.profile, [name!])
    if (profile !== holder.profile) writes.push(holder.write(profile, holder.keys))
  }
  const { [name!]: _, ...cleaning } = row.value.cleaning
  await org.state.change([put(schemaChanges, id!, { ...row.value, cleaning }, row), ...writes])
}

/** Takes the values of a removed attribute out of profiles. */
export const schemaJobs: Readonly<Record<string, JobRunner>> = { 'schema.cleanUp': cleanUp }
