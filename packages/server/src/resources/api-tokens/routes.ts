// Which operations does the API have on API tokens? All but making one.
import { E0000007 } from '@errorg/errors/codes'
import { type ApiToken, apiTokens } from '../../entities/api-token.ts'
import { removeShares } from '../../entities/principal-limit.ts'
import { users } from '../../entities/user.ts'
import { zones } from '../../entities/zone.ts'
import { fail } from '../../fail.ts'
import { whyDead } from '../../gates/caller.ts'
import { usersSeen } from '../../gates/reach.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, type Stored } from '../../state/state.ts'
import { readUpdate, zonesExist } from './rules.ts'
import { showToken } from './schema.ts'
import { tokenEvent } from './tokens.ts'

const TOKENS = '/api/v1/api-tokens'

async function list(org: Org, x: Exchange) {
  const sees = await usersSeen(org, x)
  const rows = []
  for (const row of await org.state.find(apiTokens, 'alive', 'yes')) {
    const owner = sees && (await org.state.load(users, row.value.userId))
    if (!sees || (owner && sees(owner))) rows.push(row)
  }
  const alive = await Promise.all(rows.map((row) => isAlive(org, x, row)))
  return ok(rows.filter((_row, i) => alive[i]).map((row) => showToken(org, row)))
}

async function get(org: Org, x: Exchange) {
  return ok(showToken(org, await loadToken(org, x, x.params.apiTokenId!)))
}

async function update(org: Org, x: Exchange) {
  const token = await loadToken(org, x, x.params.apiTokenId!)
  const { name, network } = readUpdate(x.body, token.value)
  zonesExist(await missingZones(org, [...(network.include ?? []), ...(network.exclude ?? [])]))
  const next = { ...token, value: { ...token.value, name, network, lastUpdatedAt: x.now } }
  await org.state.change([put(apiTokens, token.id, next.value, token)])
  org.log(x, tokenEvent('update', token.id, next.value))
  return ok(showToken(org, next))
}

async function revoke(org: Org, x: Exchange) {
  return await end(org, x, x.params.apiTokenId!)
}

async function revokeCurrent(org: Org, x: Exchange) {
  return await end(org, x, x.caller?.tokenId ?? '')
}

async function end(org: Org, x: Exchange, id: string) {
  const token = await loadToken(org, x, id)
  // The row stays, so that the private record can tell a revoked value from one that never was.
  await org.state.change([
    put(apiTokens, token.id, { ...token.value, dead: 'revoked' as const }, token),
    ...(await removeShares(org, token.id)),
  ])
  org.log(x, tokenEvent('revoke', token.id, token.value))
  return noContent()
}

/** The living token with this id, or E0000007: metadata of dead ones are not shown. */
async function loadToken(org: Org, x: Exchange, id: string): Promise<Stored<ApiToken>> {
  const token = await org.state.load(apiTokens, id)
  if (token && (await isAlive(org, x, token))) return token
  return fail(E0000007, 'resource-missing', { id, type: 'Token' })
}

// A suspended owner's token is refused while the suspension lasts, but it is still there.
async function isAlive(org: Org, x: Exchange, { value }: Stored<ApiToken>): Promise<boolean> {
  const owner = await org.state.load(users, value.userId)
  const why = whyDead(value, owner?.value, x.now)
  return why === undefined || (why === 'owner-inactive' && !value.dead && owner?.value.status === 'SUSPENDED')
}

async function missingZones(org: Org, ids: readonly string[]): Promise<string[]> {
  const found = await Promise.all(ids.map((id) => id === 'ALL_ZONES' || org.state.load(zones, id)))
  return ids.filter((_id, i) => !found[i])
}

/** Rows of the route table. */
export const apiTokenRoutes: readonly RouteRow[] = [
  { on: `GET ${TOKENS}`, operation: 'listApiTokens', needs: 'tokens.read', handle: list },
  { on: `DELETE ${TOKENS}/current`, operation: 'revokeCurrentApiToken', needs: 'self', handle: revokeCurrent },
  { on: `GET ${TOKENS}/:apiTokenId`, operation: 'getApiToken', needs: 'tokens.read', handle: get },
  {
    on: `PUT ${TOKENS}/:apiTokenId`,
    operation: 'upsertApiToken',
    needs: 'tokens.manage',
    body: 'json',
    handle: update,
  },
  { on: `DELETE ${TOKENS}/:apiTokenId`, operation: 'revokeApiToken', needs: 'tokens.manage', handle: revoke },
]
