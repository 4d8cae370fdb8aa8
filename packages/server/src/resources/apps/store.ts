// How does an app's room find its things?
import { E0000007 } from '@errorg/errors/codes'
import {
  type App,
  appGroups,
  apps,
  appUsers,
  type ClientSecret,
  clientSecrets,
  type OAuthClient,
  scopeGrants,
} from '../../entities/app.ts'
import { crossAppConnections, federatedClaims, groupPushMappings, trustMappings } from '../../entities/app-relations.ts'
import { userGrants } from '../../entities/consent.ts'
import { replacePicture } from '../../entities/picture.ts'
import { removeShares } from '../../entities/principal-limit.ts'
import { mappingRemovals } from '../../entities/profile-mapping.ts'
import { forgetResource } from '../../entities/resource-set.ts'
import { roleAssignments } from '../../entities/role-assignment.ts'
import { authCodes, refreshTokens } from '../../entities/sign-in.ts'
import { schemaChanges } from '../../entities/user-schema.ts'
import { fail } from '../../fail.ts'
import { forgetting } from '../../forget.ts'
import { isSuperAdmin, mayChangeHolder } from '../../gates/holders.ts'
import { reachApp } from '../../gates/reach.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import { type Collection, put, remove, type Stored, type Write } from '../../state/state.ts'
import { mayChange } from './rules.ts'

/** The app that the path names, or E0000007; E0000006 when it is out of the caller's reach. */
export async function loadApp(org: Org, x: Exchange, id: string = x.params.appId!): Promise<Stored<App>> {
  const app = (await org.state.load(apps, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'AppInstance' })
  reachApp(x, app.value.name, app.id)
  return app
}

/**
 * The app that the path names, or another one, if it may be changed: Okta's own apps are not, nor a client that holds a
 * role unless by a super admin.
 */
export async function loadAppForChange(org: Org, x: Exchange, id?: string): Promise<Stored<App>> {
  const app = await loadApp(org, x, id)
  mayChange(app.value)
  if (!isSuperAdmin(x)) await mayChangeClient(org, x, app)
  return app
}

async function mayChangeClient(org: Org, x: Exchange, { value }: Stored<App>): Promise<void> {
  if (value.oauth) await mayChangeHolder(org, x, value.oauth.clientId)
}

/** The app that the path names as an OAuth client, or E0000007. */
export async function loadClientApp(org: Org, x: Exchange): Promise<Stored<App & { oauth: OAuthClient }>> {
  const app = await loadApp(org, x)
  if (!app.value.oauth) fail(E0000007, 'resource-missing', { id: app.id, type: 'OAuth2AppInstance' })
  return app as Stored<App & { oauth: OAuthClient }>
}

/** A part of the app that the path names, or E0000007: parts of other apps are not found. */
export async function loadPart<T extends { appId: string }>(
  org: Org,
  x: Exchange,
  collection: Collection<T>,
  id: string,
  type: string,
): Promise<Stored<T>> {
  const part = await org.state.load(collection, id)
  return part?.value.appId === x.params.appId ? part! : fail(E0000007, 'resource-missing', { id, type })
}

/**
 * The same for whoever changes what the client has or sees its secrets: a client that holds a role is the super admins',
 * or anybody else could sign in as it.
 */
export async function loadClientAppForChange(org: Org, x: Exchange): Promise<Stored<App & { oauth: OAuthClient }>> {
  const app = await loadClientApp(org, x)
  if (!isSuperAdmin(x)) await mayChangeClient(org, x, app)
  return app
}

/** The secrets of a client, oldest first. */
export function secretsOf(org: Org, appId: string): Promise<Stored<ClientSecret>[]> {
  return org.state.find(clientSecrets, 'app', appId)
}

async function schemaRemovals({ state }: Org, appId: string): Promise<Write[]> {
  const schema = await state.load(schemaChanges, appId)
  return schema ? [remove(schemaChanges, schema)] : []
}

/** What goes with an app: its secrets, assignments, grants, the roles of its client, its place as a target of roles. */
export async function removalsWith(org: Org, app: Stored<App>): Promise<Write[]> {
  const { state } = org
  const clientId = app.value.oauth?.clientId
  const target = `${app.value.name}/${app.id}`
  const parts = async <T>(collection: Collection<T>): Promise<Write[]> =>
    (await state.find(collection, 'app', app.id)).map((row) => remove(collection, row))
  return [
    ...(await replacePicture(state, app.value.logo?.fileId, undefined)),
    ...(await parts(clientSecrets)),
    ...(await mappingRemovals(state, app.id)),
    ...(await parts(appUsers)),
    ...(await parts(appGroups)),
    ...(await schemaRemovals(org, app.id)),
    ...(await forgetResource(org, `idp:apps:${app.value.name}:${app.id}`)),
    ...(await forgetting(org, app.id, ...(clientId === undefined ? [] : [clientId]))),
    ...(await parts(scopeGrants)),
    ...(clientId === undefined ? [] : await state.find(userGrants, 'client', clientId)).map((row) =>
      remove(userGrants, row),
    ),
    ...(await removeShares(org, app.id)),
    ...(await state.scan(roleAssignments)).flatMap((role): Write[] => {
      if (role.value.holder === 'CLIENT' && role.value.holderId === clientId) return [remove(roleAssignments, role)]
      if (!role.value.targetApps?.includes(target)) return []
      // Never undefined afterwards: a role whose last target is gone reaches nothing, not everything.
      const targetApps = role.value.targetApps.filter((one) => one !== target)
      return [put(roleAssignments, role.id, { ...role.value, targetApps }, role)]
    }),
    ...(await parts(federatedClaims)),
    ...(await parts(crossAppConnections)),
    ...(await trustMappingsOf(org, app.id)).map((row) => remove(trustMappings, row)),
    ...(await parts(groupPushMappings)),
    // The next app may choose the same client id: what this one was given must not be worth anything there.
    ...(await state.scan(refreshTokens)).flatMap((row) =>
      row.value.clientId === clientId ? [remove(refreshTokens, row)] : [],
    ),
    ...(await state.scan(authCodes)).flatMap((row) =>
      row.value.clientId === clientId ? [remove(authCodes, row)] : [],
    ),
  ]
}

// An app may allow itself; one change removes a thing once.
async function trustMappingsOf({ state }: Org, appId: string) {
  const asTarget = await state.find(trustMappings, 'target', appId)
  const asAllowed = await state.find(trustMappings, 'allowed', appId)
  return [...asTarget, ...asAllowed.filter((row) => row.value.targetId !== appId)]
}
