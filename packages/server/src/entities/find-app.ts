// Which application is a client id, and may a user use it?
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import { type App, appGroups, apps, appUsers, assignmentId, type Jwk, type OAuthClient } from './app.ts'
import { users } from './user.ts'

/** The application behind a client id; undefined when there is none. */
export function findClient(org: Org, clientId: string): Promise<Stored<App> | undefined> {
  return org.state.holder(apps, `client:${clientId}`)
}

/** Is the user assigned, by itself or through a group? */
export async function isAssigned(org: Org, appId: string, userId: string): Promise<boolean> {
  // A row of scope GROUP only keeps what was changed for a user who comes through a group.
  if ((await org.state.load(appUsers, assignmentId(appId, userId)))?.value.scope === 'USER') return true
  const assigned = await org.state.find(appGroups, 'app', appId)
  if (assigned.length === 0) return false
  const groupIds = new Set(await groupIdsForApps(org, userId))
  return assigned.some((one) => groupIds.has(one.value.groupId))
}

/** The groups whose apps a user has. One who is deactivated has none, but stays in its groups (documented). */
export async function groupIdsForApps(org: Org, userId: string): Promise<string[]> {
  const user = await org.state.load(users, userId)
  return user === undefined || user.value.status === 'DEPROVISIONED' ? [] : await org.groupIdsOf(userId)
}

/** The keys of a client that count: an inactive one verifies nothing. */
export function activeKeys(client: OAuthClient): readonly Jwk[] {
  return client.jwks.filter((key) => key.status !== 'INACTIVE' && key.use !== 'enc')
}
