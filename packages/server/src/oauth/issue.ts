// What does the token endpoint answer when all is well? An access token, and beside it what the scopes ask for.
import type { Exchange } from '../http/exchange.ts'
import { type Answer, ok } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { Write } from '../state/state.ts'
import { logSuccess, type Seen } from './events.ts'
import { type Grant, mintTokens } from './mint.ts'
import { sweepLater } from './sweep.ts'

/** What is issued, and what has to be written with it. */
export interface Issue {
  grant: Grant
  /** The refresh token to hand out. */
  refreshToken?: string
  writes: readonly Write[]
}

/** Writes what has to be kept and answers with the tokens. */
export async function issueTokens(org: Org, x: Exchange, seen: Seen, issue: Issue): Promise<Answer> {
  const { grant, refreshToken, writes } = issue
  const minted = await mintTokens(org, x, seen, grant, {
    access: true,
    id: grant.user !== undefined && grant.scopes.includes('openid'),
  })
  const access = minted.access!
  const { idToken } = minted
  if (writes.length > 0) {
    await org.state.change(writes)
    sweepLater(org, x.now)
  }
  const scope = grant.scopes.join(' ')
  const debug = { grantedScopes: grant.scopes.join(',') }
  logSuccess(org, x, 'token.grant.access_token', seen, debug)
  if (idToken !== undefined) logSuccess(org, x, 'token.grant.id_token', seen, debug)
  if (refreshToken !== undefined) logSuccess(org, x, 'token.grant.refresh_token', seen, debug)
  return ok({
    token_type: 'Bearer',
    expires_in: access.expiresInSeconds,
    access_token: access.value,
    scope,
    refresh_token: refreshToken,
    id_token: idToken,
  })
}
