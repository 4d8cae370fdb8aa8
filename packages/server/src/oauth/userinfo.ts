// Who is the user behind an access token? All claims that its scopes give, also those that a thin ID token leaves out.
import { type Answer, type Exchange, ok } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import { readAccessToken } from './access-token.ts'
import { customClaims } from './claims.ts'
import { refuse } from './errors.ts'
import type { Seen } from './events.ts'
import { profileClaims } from './profile-claims.ts'

/** `GET /oauth2[/{id}]/v1/userinfo`; refusals have no body, the challenge says it (documented). */
export async function userinfo(org: Org, x: Exchange, seen: Seen): Promise<Answer> {
  const { server } = seen
  const [, value] = /^bearer\s+(\S+)$/i.exec(String(x.incoming.headers.authorization ?? '').trim()) ?? []
  if (value === undefined) return refuseToken('token-missing')
  const token = await readAccessToken(org, server, value, x.now)
  if (typeof token === 'string') return refuseToken(token)
  const { user, scopes, app } = token
  seen.client = app
  if (!user || !scopes.includes('openid')) {
    return refuseBearer(
      403,
      'insufficient_scope',
      'The access token must provide access to at least one of these scopes - profile, email, address or phone',
      'scope-missing',
    )
  }
  const own = await customClaims(org, { server, app, user, scopes }, 'userinfo')
  return ok({ sub: user.id, ...profileClaims(user, scopes, 'full'), ...own })
}

function refuseToken(cause: string): never {
  return refuseBearer(401, 'invalid_token', 'The access token is invalid', cause)
}

function refuseBearer(status: number, error: string, description: string, cause: string): never {
  return refuse(status, error, description, cause, {
    form: 'empty',
    headers: [['www-authenticate', `Bearer error="${error}", error_description="${description}"`]],
  })
}
