// Which application is a client id, and may a user use it?
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import { type App, appGroups, apps, appUsers, assignmentId, type Jwk, type OAuthClient } from './app.ts'

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
  const groupIds = new Set(await org.groupIdsOf(userId))
  return assigned.some((one) => groupIds.has(one.value.groupId))
}

/** The keys of a client that count: an inactive one verifies nothing. */
export function activeKeys(client: OAuthClient): readonly Jwk[] {
  return client.jwks.filter((key) => key.status !== 'INACTIVE' && key.use !== 'enc')
}
