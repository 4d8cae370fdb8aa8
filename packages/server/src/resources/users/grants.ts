// What has a user allowed clients to do? Grants of scopes that the user consented to, alone and by client.
import { E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import type { App } from '../../entities/app.ts'
import { type ServerScope, serverScopes } from '../../entities/auth-server.ts'
import { type UserGrant, userGrants } from '../../entities/consent.ts'
import { findClient } from '../../entities/find-app.ts'
import type { User } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import { paramOf } from '../../lists/query.ts'
import { issuerOf } from '../../oauth/servers.ts'
import type { Org } from '../../org.ts'
import { remove, type Stored } from '../../state/state.ts'
import { logUser } from './events.ts'
import { loadUser } from './store.ts'

const pages = { standard: 20, most: 200, prefix: 'oag' }

/** A client app by its client id, or E0000007 (the type's name is recorded elsewhere). */
export async function loadClientOf(org: Org, x: Exchange): Promise<Stored<App>> {
  const id = x.params.clientId!
  return (await findClient(org, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'PublicClientApp' })
}

/** `GET /users/{id}/grants` */
export async function listUserGrants(org: Org, x: Exchange): Promise<Answer> {
  const user = await loadUser(org, x)
  const scopeId = paramOf(x, 'scopeId')
  return await listOf(org, x, user, (grant) => scopeId === undefined || grant.scopeId === scopeId)
}

/** `GET /users/{id}/clients/{clientId}/grants` */
export async function listClientGrants(org: Org, x: Exchange): Promise<Answer> {
  const user = await loadUser(org, x)
  await loadClientOf(org, x)
  return await listOf(org, x, user, (grant) => grant.clientId === x.params.clientId)
}

async function listOf(org: Org, x: Exchange, user: Stored<User>, fits: (grant: UserGrant) => boolean): Promise<Answer> {
  const { after, limit } = readPage(org, x, pages)
  const rows = await org.state.find(userGrants, 'user', user.id, { after })
  const page = cutPage(
    rows.filter((row) => fits(row.value)),
    limit,
  )
  return pageAnswer(org, x, page, (row) => show(org, x, row))
}

/** `GET /users/{id}/grants/{grantId}` */
export async function getUserGrant(org: Org, x: Exchange): Promise<Answer> {
  const user = await loadUser(org, x)
  return ok(await show(org, x, await loadGrant(org, x, user)))
}

/** `DELETE /users/{id}/grants/{grantId}` */
export async function revokeUserGrant(org: Org, x: Exchange): Promise<Answer> {
  const user = await loadUser(org, x)
  return await revoke(org, x, user, [await loadGrant(org, x, user)])
}

/** `DELETE /users/{id}/grants` */
export async function revokeUserGrants(org: Org, x: Exchange): Promise<Answer> {
  const user = await loadUser(org, x)
  return await revoke(org, x, user, await org.state.find(userGrants, 'user', user.id))
}

/** `DELETE /users/{id}/clients/{clientId}/grants` */
export async function revokeClientGrants(org: Org, x: Exchange): Promise<Answer> {
  const user = await loadUser(org, x)
  await loadClientOf(org, x)
  const rows = await org.state.find(userGrants, 'user', user.id)
  return await revoke(
    org,
    x,
    user,
    rows.filter((row) => row.value.clientId === x.params.clientId),
  )
}

// The user is asked again the next time; tokens that were given stay as they are.
async function revoke(
  org: Org,
  x: Exchange,
  user: Stored<User>,
  grants: readonly Stored<UserGrant>[],
): Promise<Answer> {
  await org.state.change(grants.map((grant) => remove(userGrants, grant)))
  if (grants.length > 0) logUser(org, x, 'app.oauth2.as.consent.revoke', user.id, user.value)
  return noContent()
}

async function loadGrant(org: Org, x: Exchange, user: Stored<User>): Promise<Stored<UserGrant>> {
  const id = x.params.grantId!
  const grant = await org.state.load(userGrants, id)
  return grant?.value.userId === user.id
    ? grant
    : fail(E0000007, 'resource-missing', { id, type: 'OAuth2ScopeConsentGrant' })
}

async function show(org: Org, x: Exchange, { id, value }: Stored<UserGrant>): Promise<Record<string, unknown>> {
  const { userId, clientId, serverId, scopeId, createdAt, lastUpdatedAt } = value
  const api = `${org.baseUrl}/api/v1`
  const server = `${api}/authorizationServers/${serverId}`
  const scope = await org.state.load(serverScopes, scopeId)
  const app = await findClient(org, clientId)
  return {
    id,
    status: 'ACTIVE',
    created: isoDate(createdAt),
    createdBy: { id: userId, type: 'User' },
    lastUpdated: isoDate(lastUpdatedAt),
    issuer: issuerOf(org, serverId),
    clientId,
    userId,
    scopeId,
    source: 'END_USER',
    ...(paramOf(x, 'expand') === 'scope' && scope && { _embedded: { scope: showScope(scope) } }),
    _links: {
      ...(app && { app: { href: `${api}/apps/${app.id}`, title: app.value.label } }),
      authorizationServer: { href: server },
      scope: { href: `${server}/scopes/${scopeId}`, title: scope?.value.displayName ?? scope?.value.name },
      self: { href: `${api}/users/${userId}/grants/${id}`, hints: { allow: ['GET', 'DELETE'] } },
      client: { href: `${org.baseUrl}/oauth2/v1/clients/${clientId}`, title: app?.value.label },
      user: { href: `${api}/users/${userId}` },
    },
  }
}

function showScope({ id, value: { name, displayName, description } }: Stored<ServerScope>): Record<string, unknown> {
  return { id, name, displayName, description }
}
