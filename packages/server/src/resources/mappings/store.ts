// Which profile mappings does the org have? They follow from its apps, identity providers and user types.
import { E0000007 } from '@errorg/errors/codes'
import { type App, apps } from '../../entities/app.ts'
import { type Idp, idps } from '../../entities/idp.ts'
import {
  firstProperties,
  type MappingParty,
  mappingId,
  type PropertyMappings,
  profileMappings,
} from '../../entities/profile-mapping.ts'
import { type UserType, userTypes } from '../../entities/user-type.ts'
import { fail } from '../../fail.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** An app, a provider or a user type. */
export type Party =
  | (MappingParty & { kind: 'app'; row: Stored<App> })
  | (MappingParty & { kind: 'idp'; row: Stored<Idp> })
  | (MappingParty & { kind: 'user-type'; row: Stored<UserType> })

/** A mapping without what it says. */
export interface Pair {
  id: string
  source: Party
  target: Party
}

/** The party with this id. */
export async function findParty(org: Org, id: string): Promise<Party | undefined> {
  const app = await org.state.load(apps, id)
  if (app) return { id, kind: 'app', row: app }
  const type = await org.state.load(userTypes, id)
  if (type) return { id, kind: 'user-type', row: type }
  const idp = await org.state.load(idps, id)
  return idp && { id, kind: 'idp', row: idp }
}

/** All mappings between two parties, or of one, or of all, by id. */
export async function listPairs(org: Org, source?: Party, target?: Party): Promise<Pair[]> {
  const sources = source ? [source] : await everyParty(org)
  const targets = target ? [target] : await everyParty(org)
  const pairs = sources.flatMap((from) =>
    targets
      .filter((to) => areMapped(org, from, to))
      .map((to) => ({ id: mappingId(from.id, to.id, org.ids.suffix), source: from, target: to })),
  )
  return pairs.sort((a, b) => (a.id < b.id ? -1 : 1))
}

// Between Okta and an app, never between two of a kind (documented).
function areMapped(org: Org, from: Party, to: Party): boolean {
  if (from.kind === 'idp') return to.id === org.fixed.defaultTypeId
  return (from.kind === 'app' && to.kind === 'user-type') || (from.kind === 'user-type' && to.kind === 'app')
}

async function everyParty(org: Org): Promise<Party[]> {
  return [
    ...(await org.state.scan(apps)).map((row) => ({ id: row.id, kind: 'app', row }) as const),
    ...(await org.state.scan(idps)).map((row) => ({ id: row.id, kind: 'idp', row }) as const),
    ...(await org.state.scan(userTypes)).map((row) => ({ id: row.id, kind: 'user-type', row }) as const),
  ]
}

/** The mapping with this id, or E0000007. */
export async function loadPair(org: Org, id: string): Promise<Pair> {
  const pair = (await listPairs(org)).find((one) => one.id === id)
  return pair ?? fail(E0000007, 'resource-missing', { id, type: 'ProfileMapping' })
}

/** The app that a mapping is of; undefined where it is a provider's. */
export function appOf({ source, target }: Pair): Stored<App> | undefined {
  if (source.kind === 'app') return source.row
  return target.kind === 'app' ? target.row : undefined
}

/** What a mapping says, with the version of it that is kept, if one is. */
export async function propertiesOf(
  org: Org,
  pair: Pair,
): Promise<{ properties: PropertyMappings; kept: { version: number } | undefined }> {
  const kept = await org.state.load(profileMappings, pair.id)
  return { properties: kept?.value.properties ?? firstProperties(pair.source, appOf(pair)?.value), kept }
}
