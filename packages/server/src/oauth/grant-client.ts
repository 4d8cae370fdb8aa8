// What does a client get for itself, without a user?
import type { Answer, Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import { allowAccess } from './access.ts'
import { refuse } from './errors.ts'
import { issueTokens } from './issue.ts'
import { resolveScopes } from './requested-scopes.ts'
import type { TokenAsk } from './token.ts'

/** `grant_type=client_credentials` */
export async function actForItself(org: Org, x: Exchange, ask: TokenAsk): Promise<Answer> {
  const { seen, client } = ask
  const { server } = seen
  const { authMethod } = client.value.oauth
  if (server.isOrg && authMethod !== 'private_key_jwt') {
    // Reported; for clients with a secret too, so scopes do not come into it.
    refuse(
      401,
      'invalid_client',
      'Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.',
      'org-server-wants-private-key',
      { reason: 'invalid_client' },
    )
  }
  const scopes = await resolveScopes(org, { server, client, scopes: ask.scopes, forUser: false })
  const lives = await allowAccess(org, { server, client, scopes, grantType: 'client_credentials' })
  const grant = { server, app: client, scopes, accessTokenMinutes: lives.accessTokenMinutes, hook: lives.hook }
  return await issueTokens(org, x, seen, { grant, writes: [] })
}
