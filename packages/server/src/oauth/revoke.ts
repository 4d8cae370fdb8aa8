// How does a client give a token back? A refresh token takes its whole family with it; what is no token of the client
// is answered like one that was given back, so that nobody learns anything.
import { type Answer, type Exchange, ok } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { Write } from '../state/state.ts'
import { readAccessToken, revokeToken } from './access-token.ts'
import { authenticateClient } from './clients.ts'
import { logSuccess, type Seen } from './events.ts'
import { tokenOf } from './introspect.ts'
import { readForm } from './params.ts'
import { findRefreshToken, revokeFamily } from './refresh.ts'
import { sweepLater } from './sweep.ts'

/** `POST /oauth2[/{id}]/v1/revoke` */
export async function revoke(org: Org, x: Exchange, seen: Seen): Promise<Answer> {
  const params = readForm(x)
  const client = await authenticateClient(org, x, seen, params, { status: 401 })
  const value = tokenOf(params)
  const writes = await endToken(org, x, seen, client.value.oauth.clientId, value)
  if (writes.length > 0) {
    await org.state.change(writes)
    sweepLater(org, x.now)
    logSuccess(org, x, 'token.revoke', seen)
  }
  return ok(undefined)
}

async function endToken(org: Org, x: Exchange, seen: Seen, clientId: string, value: string): Promise<Write[]> {
  const access = await readAccessToken(org, seen.server, value, x.now)
  if (typeof access !== 'string') {
    return access.clientId === clientId ? await revokeToken(org, access.jti, x.now) : []
  }
  const refresh = await findRefreshToken(org, value)
  if (!refresh || refresh.value.clientId !== clientId || refresh.value.serverId !== seen.server.id) return []
  return refresh.value.revokedAt === undefined ? await revokeFamily(org, refresh.value.familyId, x.now) : []
}
