// Whose access token has come to /api/v1? Only the org's own server makes tokens for it; what else is wrong with one is
// told in a challenge.
import { E0000005 } from '@errorg/errors/codes'
import { renderChallenge } from '@errorg/errors/wire'
import { ORG_SERVER } from '../entities/auth-server.ts'
import { fail } from '../fail.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import { type AccessToken, readAccessToken, type TokenFault } from './access-token.ts'
import { refuse } from './errors.ts'
import { loadServer } from './servers.ts'

// The first two sentences are of Okta's list; the list has the others in fragments.
const sentences: Readonly<Record<Exclude<TokenFault, 'not-a-jwt'>, string>> = {
  'token-expired': 'The token has expired.',
  'audience-wrong': 'The access token provided is not intended for Okta.',
  'issuer-wrong': 'The access token provided has an invalid issuer.',
  'token-revoked': 'The access token provided has been revoked.',
  'signature-wrong': 'The access token is invalid.',
}

/** The access token of a request to /api/v1, or a refusal. */
export async function readBearer(
  org: Org,
  x: Exchange,
  value: string,
  cleared: { headers: readonly (readonly [string, string])[] },
): Promise<AccessToken> {
  const server = (await loadServer(org, ORG_SERVER))!
  const token = await readAccessToken(org, server, value, x.now)
  // Recorded: what is no JWT at all is an invalid session.
  if (token === 'not-a-jwt') return fail(E0000005, 'bearer-not-a-token', cleared)
  if (typeof token === 'string') {
    const description = sentences[token]
    return refuse(401, 'invalid_token', description, token, {
      form: 'empty',
      headers: [['www-authenticate', bearerChallenge(org, x, 'invalid_token', description)]],
    })
  }
  // Operations without an OAuth scope take API tokens and sessions only (reported).
  if ((x.operation?.scopes.length ?? 0) === 0) return fail(E0000005, 'endpoint-refuses-oauth', cleared)
  return token
}

/** The challenge of /api/v1. Its URLs begin with `http:` in real ones too (reported). */
export function bearerChallenge(org: Org, x: Exchange, error: string, description: string): string {
  const { host } = new URL(org.baseUrl)
  return renderChallenge({
    scheme: 'Bearer',
    params: {
      authorization_uri: `http://${host}/oauth2/v1/authorize`,
      realm: `http://${host}`,
      scope: x.operation?.scopes.join(' '),
      error,
      error_description: description,
      resource: x.path,
    },
  })
}
