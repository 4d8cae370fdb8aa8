// Which clients hold refresh tokens of an authorization server, and how are they taken away?
import { E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import type { App } from '../../entities/app.ts'
import { findClient } from '../../entities/find-app.ts'
import { type RefreshToken, refreshTokens } from '../../entities/sign-in.ts'
import { fail } from '../../fail.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, listAnswer, readLimit } from '../../lists/page.ts'
import { issuerOf } from '../../oauth/servers.ts'
import type { Org } from '../../org.ts'
import { put, type Stored, type Write } from '../../state/state.ts'
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
    undefined,
  )
}

/** Lists the refresh tokens of a client. */
export async function listTokens(org: Org, x: Exchange) {
  const { serverId, client, tokens } = await loadTokens(org, x)
  const limit = readLimit(x, { standard: 200, most: 200 })
  const after = x.query.get('after') ?? ''
  const page = cutPage(
    tokens.map((token) => ({ id: tokenId(token), token })).filter((token) => token.id > after),
    limit,
  )
  return listAnswer(
    org,
    x,
    page.rows.map(({ token }) => showToken(org, serverId, client, token)),
    page.next,
  )
}

/** Shows a refresh token. */
export async function getToken(org: Org, x: Exchange) {
  const { serverId, client, token } = await loadToken(org, x)
  return ok(showToken(org, serverId, client, token))
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
  tokens.sort((a, b) => (tokenId(a) < tokenId(b) ? -1 : 1))
  return { serverId: server.id, client, tokens }
}

async function loadToken(org: Org, x: Exchange) {
  const found = await loadTokens(org, x)
  const id = x.params.tokenId!
  const token = found.tokens.find((one) => tokenId(one) === id)
  return { ...found, token: token ?? fail(E0000007, 'resource-missing', { id, type: 'OAuth2RefreshToken' }) }
}

const isAlive = (token: RefreshToken, now: number): boolean =>
  token.revokedAt === undefined && token.rotatedAt === undefined && token.expiresAt > now && token.idleUntil > now

const revoked = (token: Stored<RefreshToken>, now: number): Write =>
  put(refreshTokens, token.id, { ...token.value, revokedAt: now }, token)

// The id under which a token is kept is its hash; a part of it names the token without telling anything about it.
const tokenId = (token: Stored<RefreshToken>): string => `oar${token.id.slice(0, 17)}`

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

function showToken(org: Org, serverId: string, app: Stored<App>, token: Stored<RefreshToken>): Record<string, unknown> {
  const { clientId, userId, createdAt, expiresAt, scopes } = token.value
  const id = tokenId(token)
  const self = `${org.baseUrl}${SERVERS}/${serverId}/clients/${clientId}/tokens/${id}`
  return {
    id,
    status: 'ACTIVE',
    created: isoDate(createdAt),
    lastUpdated: isoDate(createdAt),
    expiresAt: isoDate(expiresAt),
    issuer: issuerOf(org, serverId),
    clientId,
    userId,
    scopes,
    _links: {
      app: { title: app.value.label, href: `${org.baseUrl}/api/v1/apps/${app.id}` },
      self: { href: self },
      revoke: { href: self, hints: { allow: ['DELETE'] } },
      client: { title: app.value.label, href: `${org.baseUrl}/oauth2/v1/clients/${clientId}` },
      user: { href: `${org.baseUrl}/api/v1/users/${userId}` },
      authorizationServer: { href: `${org.baseUrl}${SERVERS}/${serverId}` },
    },
  }
}
