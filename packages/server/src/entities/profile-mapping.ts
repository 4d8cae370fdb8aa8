// Which attribute of a profile is made from which? There is a mapping from every user type to every app and back, and
// from every identity provider to the default user type. It is kept only once somebody has changed it.
import { hash } from 'node:crypto'
import { type Collection, remove, type State, type Stored, type Write } from '../state/state.ts'
import type { App } from './app.ts'

/** How one attribute of the target is made. */
export interface PropertyMapping {
  /** In Okta's expression language. */
  expression: string
  /** PUSH: whenever the source changes. DONT_PUSH: only once, when the user is assigned. */
  pushStatus: 'PUSH' | 'DONT_PUSH'
}

/** Mappings of attributes by the name of the target's. */
export type PropertyMappings = Readonly<Record<string, PropertyMapping>>

/** One side of a mapping. */
export interface MappingParty {
  id: string
  kind: 'app' | 'idp' | 'user-type'
}

/** A mapping that was changed. */
export interface ProfileMapping {
  sourceId: string
  targetId: string
  properties: PropertyMappings
}

/** Changed mappings, by their id. */
export const profileMappings: Collection<ProfileMapping> = {
  name: 'profileMapping',
  indexes: { party: ({ sourceId, targetId }) => [sourceId, targetId] },
}

/** The id of the mapping between two parties: always the same, so that it need not be kept. */
export function mappingId(sourceId: string, targetId: string, suffix: string): string {
  const body = hash('sha256', `${sourceId}>${targetId}`, 'base64').replace(/[+/=]/g, '')
  return `prm${body.slice(0, 14)}${suffix}`
}

const pushed = (expressions: Readonly<Record<string, string>>): PropertyMappings =>
  Object.fromEntries(
    Object.entries(expressions).map(([name, expression]) => [name, { expression, pushStatus: 'PUSH' }]),
  )

// What clients of OpenID Connect begin with, as far as Okta's own mappings are public (reported); the user name comes
// from the app's template, so it is not among them.
const toClient = pushed({
  name: 'user.displayName',
  nickname: 'user.nickName',
  given_name: 'user.firstName',
  middle_name: 'user.middleName',
  family_name: 'user.lastName',
  email: 'user.email',
  profile: 'user.profileUrl',
  zoneinfo: 'user.timezone',
  locale: 'user.locale',
})

const fromClient = pushed({
  login: 'appuser.userName',
  firstName: 'appuser.given_name',
  lastName: 'appuser.family_name',
  email: 'appuser.email',
})

const fromIdp = pushed({
  login: 'appuser.userName',
  firstName: 'appuser.firstName',
  lastName: 'appuser.lastName',
  email: 'appuser.email',
  mobilePhone: 'appuser.mobilePhone',
})

/** What a mapping says before anybody has changed it. (inferred where nothing is public) */
export function firstProperties(source: MappingParty, app: Pick<App, 'signOnMode'> | undefined): PropertyMappings {
  if (source.kind === 'idp') return fromIdp
  if (app?.signOnMode !== 'OPENID_CONNECT') return {}
  return source.kind === 'user-type' ? toClient : fromClient
}

/** How the profile of an app's user is made from a user's of this type. */
export async function mappingsToApp(
  state: State,
  suffix: string,
  typeId: string,
  app: Stored<App>,
): Promise<PropertyMappings> {
  const changed = await state.load(profileMappings, mappingId(typeId, app.id, suffix))
  return changed?.value.properties ?? firstProperties({ id: typeId, kind: 'user-type' }, app.value)
}

/** What goes with an app, a provider or a user type: the mappings that were changed. */
export async function mappingRemovals(state: State, partyId: string): Promise<Write[]> {
  return (await state.find(profileMappings, 'party', partyId)).map((row) => remove(profileMappings, row))
}
