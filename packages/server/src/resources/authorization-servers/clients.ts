// Which clients hold refresh tokens of an authorization server, and how are they taken away?
import { E0000007 } from '@errorg/errors/codes'
import type { App } from '../../entities/app.ts'
import { findClient } from '../../entities/find-app.ts'
import { refreshTokens } from '../../entities/sign-in.ts'
import { fail } from '../../fail.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, listAnswer, pageAnswer, readPage } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { byShownId, isAlive, refreshTokenId, revoked, showRefreshToken } from '../../shapes/refresh-token.ts'
import type { Stored } from '../../state/state.ts'
import { SERVERS } from './schema.ts'
import { loadServer } from './store.ts'

/** Lists the clients that hold a refresh token of the server. */
export async function listClients(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const tokens = (await org.state.scan(refreshTokens)).filter(
    (token) => token.value.serverId === server.id && isAlive(token.value, x.now),
  )
  const clients = await Promise.all(
    [...new Set(tokens.map((token) => token.value.clientId))].sort().map((id) => findClient(org, id)),
  )
  return listAnswer(
    org,
    x,
    clients.flatMap((client) => (client ? [showClient(org, server.id, client)] : [])),
  )
}

/** Lists the refresh tokens of a client. */
export async function listTokens(org: Org, x: Exchange) {
  const { serverId, client, tokens } = await loadTokens(org, x)
  const { after = '', limit } = readPage(org, x, { standard: 200, most: 200, prefix: 'oar', minusOne: true })
  const page = cutPage(
    tokens.map((token) => ({ id: refreshTokenId(token), token })).filter((token) => token.id > after),
    limit,
  )
  return pageAnswer(org, x, page, ({ token }) => showRefreshToken(org, client, token, placeOf(serverId, client)))
}

/** Shows a refresh token. */
export async function getToken(org: Org, x: Exchange) {
  const { serverId, client, token } = await loadToken(org, x)
  return ok(showRefreshToken(org, client, token, placeOf(serverId, client)))
}

/** Revokes the refresh tokens of a client. */
export async function revokeTokens(org: Org, x: Exchange) {
  const { tokens } = await loadTokens(org, x)
  await org.state.change(tokens.map((token) => revoked(token, x.now)))
  return noContent()
}

/** Revokes one refresh token. */
export async function revokeToken(org: Org, x: Exchange) {
  const { token } = await loadToken(org, x)
  await org.state.change([revoked(token, x.now)])
  return noContent()
}

async function loadTokens(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const id = x.params.clientId!
  // The type's name is recorded.
  const client = (await findClient(org, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'PublicClientApp' })
  const tokens = (await org.state.find(refreshTokens, 'client', id)).filter(
    (token) => token.value.serverId === server.id && isAlive(token.value, x.now),
  )
  return { serverId: server.id, client, tokens: byShownId(tokens) }
}

async function loadToken(org: Org, x: Exchange) {
  const found = await loadTokens(org, x)
  const id = x.params.tokenId!
  const token = found.tokens.find((one) => refreshTokenId(one) === id)
  return { ...found, token: token ?? fail(E0000007, 'resource-missing', { id, type: 'OAuth2RefreshToken' }) }
}

const placeOf = (serverId: string, client: Stored<App>): string =>
  `${SERVERS}/${serverId}/clients/${client.value.oauth!.clientId}/tokens`

function showClient(org: Org, serverId: string, { id, value }: Stored<App>): Record<string, unknown> {
  const clientId = value.oauth!.clientId
  return {
    client_id: clientId,
    client_name: value.label,
    client_uri: null,
    logo_uri: null,
    _links: {
      client: { title: value.label, href: `${org.baseUrl}/oauth2/v1/clients/${clientId}` },
      app: { title: value.label, href: `${org.baseUrl}/api/v1/apps/${id}` },
      tokens: {
        href: `${org.baseUrl}${SERVERS}/${serverId}/clients/${clientId}/tokens`,
        hints: { allow: ['GET', 'DELETE'] },
      },
    },
  }
}
