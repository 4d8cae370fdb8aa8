// What does a user's password buy, handed over by the client itself?
import { redirectErrors } from '@errorg/errors/oauth'
import { isAssigned } from '../entities/find-app.ts'
import { users } from '../entities/user.ts'
import type { Answer, Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import { checkPassword } from '../primary-sign-in.ts'
import { evaluateSignOn } from '../sign-on.ts'
import { put } from '../state/state.ts'
import { allowAccess } from './access.ts'
import { refuse, refuseAs } from './errors.ts'
import { issueTokens } from './issue.ts'
import { beginFamily } from './refresh.ts'
import { resolveScopes } from './requested-scopes.ts'
import type { TokenAsk } from './token.ts'

/** `grant_type=password` */
export async function signInByPassword(org: Org, x: Exchange, ask: TokenAsk): Promise<Answer> {
  const { seen, client, params } = ask
  const { server } = seen
  const scopes = await resolveScopes(org, { server, client, scopes: ask.scopes, forUser: true })
  const outcome = await checkPassword(org, x, params.get('username') ?? '', params.get('password') ?? '')
  seen.user = outcome.user
  if (!outcome.ok) return refuseCredentials(outcome.why)
  const { user } = outcome
  if (user.value.status === 'PASSWORD_EXPIRED') {
    refuseAs(redirectErrors.access_denied, 'password-expired', {}, { status: 403, reason: 'password_expired' })
  }
  if (!(await isAssigned(org, client.id, user.id))) {
    refuseAs(redirectErrors.access_denied, 'user-not-assigned', {}, { reason: 'user_not_assigned' })
  }
  await mustMaySignOn(org, x, user.id, client.id)
  const lives = await allowAccess(org, { server, client, userId: user.id, scopes, grantType: 'password' })
  const familyId = org.ids.secret(20)
  const since = { authTimeSeconds: Math.floor(x.now / 1000), amr: ['pwd'] }
  const made = beginFamily(org, { client, server, lives, familyId, userId: user.id, scopes, ...since }, x.now)
  const writes = [put(users, user.id, outcome.value, user), ...(made ? [made.write] : [])]
  const { accessTokenMinutes, hook } = lives
  const grant = { server, app: client, user, scopes, accessTokenMinutes, familyId, hook, ...since }
  return await issueTokens(org, x, seen, { grant, refreshToken: made?.value, writes })
}

// Wrong name, wrong password and locked account sound the same (reported).
function refuseCredentials(cause: string): never {
  return refuse(400, 'invalid_grant', 'The credentials provided were invalid.', cause, {
    reason: 'invalid_credentials',
  })
}

async function mustMaySignOn(org: Org, x: Exchange, userId: string, appId: string): Promise<void> {
  for (const about of [{}, { appId }]) {
    const { access } = await evaluateSignOn(org, { userId, address: x.address, amr: ['pwd'], ...about })
    if (access === 'ALLOW') continue
    // There is nobody to ask for a second factor.
    refuse(
      400,
      'invalid_grant',
      'Resource owner password credentials authentication denied by sign on policy.',
      access === 'DENY' ? 'sign-on-policy-denies' : 'sign-on-policy-wants-factor',
      { reason: 'access_denied_by_policy' },
    )
  }
}
