// What does an authorization code buy? Once, within five minutes, for the client and address it was made for.
import { type User, users } from '../entities/user.ts'
import type { Answer, Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import { allowAccess } from './access.ts'
import { isUsable } from './access-token.ts'
import { type CodeVerdict, findCode, judgeCode, useCode } from './codes.ts'
import { refuse } from './errors.ts'
import { issueTokens } from './issue.ts'
import { beginFamily, revokeFamily } from './refresh.ts'
import type { TokenAsk } from './token.ts'

// What is wrong with a code is told in few words: whoever guesses codes learns nothing.
const DEAD = 'The authorization code is invalid or has expired.'

const sentences: Readonly<Record<Exclude<CodeVerdict, 'good'>, readonly [description: string, reason: string]>> = {
  'code-unknown': [DEAD, 'invalid_authorization_code'],
  'code-expired': [DEAD, 'invalid_authorization_code'],
  'code-used-twice': [DEAD, 'invalid_authorization_code'],
  'code-of-another-client': [
    "The grant was issued to another client. Ensure that the 'client_id' matches the one used at the authorize request.",
    'mismatched_client_id',
  ],
  'redirect-uri-differs': [
    "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
    'mismatched_redirect_uri',
  ],
  'verifier-wrong': ['PKCE verification failed.', 'pkce_verification_failed'],
}

/** `grant_type=authorization_code` */
export async function redeemCode(org: Org, x: Exchange, ask: TokenAsk): Promise<Answer> {
  const { seen, client, params } = ask
  const { server } = seen
  seen.redirectUri = params.get('redirect_uri')
  const code = await findCode(org, params.get('code') ?? '')
  const verdict = judgeCode(
    code?.value,
    {
      clientId: client.value.oauth.clientId,
      serverId: server.id,
      redirectUri: params.get('redirect_uri'),
      verifier: params.get('code_verifier'),
    },
    x.now,
  )
  if (code && verdict === 'code-used-twice') {
    // Somebody has the code who should not: what it bought the first time dies too (RFC 6749, section 4.1.2).
    await org.state.change(await revokeFamily(org, code.value.familyId, x.now))
  }
  if (!code || verdict !== 'good') return refuseCode(verdict === 'good' ? 'code-unknown' : verdict)
  const { scopes, userId, authTimeSeconds, amr, nonce, familyId } = code.value
  const user = await loadUser(org, userId)
  seen.user = user
  seen.requestedScopes = scopes
  const lives = await allowAccess(org, { server, client, userId, scopes, grantType: 'authorization_code' })
  const made = beginFamily(org, { client, server, lives, familyId, userId, scopes, authTimeSeconds, amr }, x.now)
  const writes = [useCode(code, x.now), ...(made ? [made.write] : [])]
  const { accessTokenMinutes, hook } = lives
  const grant = { server, app: client, user, scopes, accessTokenMinutes, familyId, authTimeSeconds, amr, nonce, hook }
  return await issueTokens(org, x, seen, { grant, refreshToken: made?.value, writes })
}

async function loadUser(org: Org, id: string): Promise<Stored<User>> {
  const user = await org.state.load(users, id)
  return user && isUsable(user.value) ? user : refuseCode('code-unknown', 'code-of-inactive-user')
}

function refuseCode(verdict: Exclude<CodeVerdict, 'good'>, cause: string = verdict): never {
  const [description, reason] = sentences[verdict]
  return refuse(400, 'invalid_grant', description, cause, { reason })
}
