// Which clients act for a user, and which refresh tokens do they hold?
import { E0000007 } from '@errorg/errors/codes'
import type { App } from '../../entities/app.ts'
import { userGrants } from '../../entities/consent.ts'
import { findClient } from '../../entities/find-app.ts'
import { type RefreshToken, refreshTokens } from '../../entities/sign-in.ts'
import type { User } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, listAnswer, pageAnswer, readPage } from '../../lists/page.ts'
import { paramOf } from '../../lists/query.ts'
import { revokeFamily } from '../../oauth/refresh.ts'
import { loadScopes } from '../../oauth/scopes.ts'
import { loadServer } from '../../oauth/servers.ts'
import type { Org } from '../../org.ts'
import { byShownId, isAlive, refreshTokenId, showRefreshToken } from '../../shapes/refresh-token.ts'
import type { Stored } from '../../state/state.ts'
import { logUser } from './events.ts'
import { loadClientOf } from './grants.ts'
import { loadUser } from './store.ts'

const pages = { standard: 20, most: 200, prefix: 'oar' }

/** `GET /users/{id}/clients`: those with a grant of the user, or a living refresh token. */
export async function listUserClients(org: Org, x: Exchange): Promise<Answer> {
  const user = await loadUser(org, x)
  const grants = await org.state.find(userGrants, 'user', user.id)
  const tokens = (await org.state.find(refreshTokens, 'user', user.id)).filter((row) => isAlive(row.value, x.now))
  const ids = new Set([...grants, ...tokens].map((row) => row.value.clientId))
  const clients = await Promise.all([...ids].sort().map((id) => findClient(org, id)))
  const rows = clients.flatMap((client) => (client ? [showClient(org, user.id, client)] : []))
  return listAnswer(org, x, rows)
}

function showClient(org: Org, userId: string, { value }: Stored<App>): Record<string, unknown> {
  const clientId = value.oauth!.clientId
  const base = `${org.baseUrl}/api/v1/users/${userId}/clients/${clientId}`
  const hints = { allow: ['GET', 'DELETE'] }
  return {
    client_id: clientId,
    client_name: value.label,
    client_uri: null,
    logo_uri: null,
    _links: { grants: { href: `${base}/grants`, hints }, tokens: { href: `${base}/tokens`, hints } },
  }
}

/** `GET /users/{id}/clients/{clientId}/tokens` */
export async function listUserTokens(org: Org, x: Exchange): Promise<Answer> {
  const found = await loadTokens(org, x)
  const { after = '', limit } = readPage(org, x, pages)
  const rows = found.tokens.map((token) => ({ id: refreshTokenId(token), token })).filter((row) => row.id > after)
  return pageAnswer(org, x, cutPage(rows, limit), ({ token }) => show(org, x, found, token))
}

/** `GET /users/{id}/clients/{clientId}/tokens/{tokenId}` */
export async function getUserToken(org: Org, x: Exchange): Promise<Answer> {
  const found = await loadTokens(org, x)
  return ok(await show(org, x, found, tokenOf(x, found.tokens)))
}

/** `DELETE /users/{id}/clients/{clientId}/tokens`: with the access tokens that belong to them. */
export async function revokeUserTokens(org: Org, x: Exchange): Promise<Answer> {
  const { user, tokens } = await loadTokens(org, x)
  return await revoke(org, x, user, tokens)
}

/** `DELETE /users/{id}/clients/{clientId}/tokens/{tokenId}` */
export async function revokeUserToken(org: Org, x: Exchange): Promise<Answer> {
  const { user, tokens } = await loadTokens(org, x)
  return await revoke(org, x, user, [tokenOf(x, tokens)])
}

interface Found {
  user: Stored<User>
  app: Stored<App>
  tokens: readonly Stored<RefreshToken>[]
}

async function revoke(
  org: Org,
  x: Exchange,
  user: Stored<User>,
  tokens: readonly Stored<RefreshToken>[],
): Promise<Answer> {
  // One family has one living token.
  await org.state.change((await Promise.all(tokens.map((one) => revokeFamily(org, one.value.familyId, x.now)))).flat())
  if (tokens.length > 0) logUser(org, x, 'app.oauth2.as.token.revoke', user.id, user.value)
  return noContent()
}

async function loadTokens(org: Org, x: Exchange): Promise<Found> {
  const user = await loadUser(org, x)
  const app = await loadClientOf(org, x)
  const rows = await org.state.find(refreshTokens, 'user', user.id)
  const own = rows.filter(({ value }) => value.clientId === app.value.oauth!.clientId && isAlive(value, x.now))
  return { user, app, tokens: byShownId(own) }
}

function tokenOf(x: Exchange, tokens: Found['tokens']): Stored<RefreshToken> {
  const id = x.params.tokenId!
  const token = tokens.find((one) => refreshTokenId(one) === id)
  return token ?? fail(E0000007, 'resource-missing', { id, type: 'OAuth2RefreshTokenTx' })
}

async function show(
  org: Org,
  x: Exchange,
  { user, app }: Found,
  token: Stored<RefreshToken>,
): Promise<Record<string, unknown>> {
  const place = `/api/v1/users/${user.id}/clients/${token.value.clientId}/tokens`
  const shown = showRefreshToken(org, app, token, place)
  if (paramOf(x, 'expand') !== 'scope') return shown
  const server = await loadServer(org, token.value.serverId)
  const known = server ? await loadScopes(org, server) : []
  const scopes = known.filter((scope) => token.value.scopes.includes(scope.name)).map(({ name }) => ({ name }))
  return { ...shown, _embedded: { scopes } }
}
