// What does the token endpoint do? It learns who the client is, then which grant it brings.
import { E0000052 } from '@errorg/errors/codes'
import { redirectErrors } from '@errorg/errors/oauth'
import { fail } from '../fail.ts'
import type { Answer, Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import { authenticateClient, type Client } from './clients.ts'
import { refuse, refuseAs } from './errors.ts'
import type { Seen } from './events.ts'
import { actForItself } from './grant-client.ts'
import { redeemCode } from './grant-code.ts'
import { signInByPassword } from './grant-password.ts'
import { refreshTokens } from './grant-refresh.ts'
import { type Params, readForm, wordsOf } from './params.ts'

/** A request for tokens, once its client is known. */
export interface TokenAsk {
  seen: Seen
  client: Client
  params: Params
  /** The words of `scope`. */
  scopes: readonly string[]
}

type GrantHandler = (org: Org, x: Exchange, ask: TokenAsk) => Promise<Answer>

const grants: Readonly<Record<string, GrantHandler>> = {
  authorization_code: redeemCode,
  client_credentials: actForItself,
  refresh_token: refreshTokens,
  password: signInByPassword,
}

// Grants of Okta's that are not built here.
const unbuilt: ReadonlySet<string> = new Set([
  'interaction_code',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:openid:params:grant-type:ciba',
  'urn:okta:params:oauth:grant-type:otp',
  'urn:okta:params:oauth:grant-type:oob',
  'http://auth0.com/oauth/grant-type/mfa-otp',
  'http://auth0.com/oauth/grant-type/mfa-oob',
])

/** `POST /oauth2[/{id}]/v1/token` */
export async function token(org: Org, x: Exchange, seen: Seen): Promise<Answer> {
  const params = readForm(x)
  const grantType = params.get('grant_type')
  const scopes = wordsOf(params.get('scope'))
  seen.grantType = grantType
  seen.requestedScopes = scopes
  const client = await authenticateClient(org, x, seen, params, { form: 'envelope' })
  if (grantType === undefined || !(Object.hasOwn(grants, grantType) || unbuilt.has(grantType))) {
    return refuse(400, 'unsupported_grant_type', 'The authorization grant type is not supported.', 'grant-unknown', {
      reason: 'unsupported_grant_type',
    })
  }
  mustBeForBrowsers(org, x, grantType, params)
  mustBeConfigured(client, grantType)
  if (unbuilt.has(grantType)) {
    return fail(E0000052, 'operation-not-built', {
      operation: grantType,
      causes: [`errorg has not built the grant ${grantType} of POST ${x.route.template} yet.`],
    })
  }
  return await grants[grantType]!(org, x, { seen, client, params, scopes })
}

function mustBeConfigured(client: Client, grantType: string): void {
  const { grantTypes } = client.value.oauth
  if (grantTypes.includes(grantType)) return
  refuseAs(
    redirectErrors.unauthorized_client,
    'grant-not-enabled',
    { grantTypes: grantTypes.join(', ') },
    { reason: 'unauthorized_client' },
  )
}

// An Origin header says that a page in a browser is calling: pages have the code flow with PKCE and what follows it.
function mustBeForBrowsers(org: Org, x: Exchange, grantType: string, params: Params): void {
  const { origin } = x.incoming.headers
  if (origin === undefined || origin === org.baseUrl || grantType === 'refresh_token') return
  if (!params.has('code_verifier')) {
    refuse(
      401,
      'invalid_client',
      'Browser requests to the token endpoint must use Proof Key for Code Exchange.',
      'browser-without-pkce',
      { reason: 'invalid_client' },
    )
  }
  if (grantType !== 'authorization_code') {
    refuseAs(
      redirectErrors.unauthorized_client,
      'browser-sent-other-grant',
      {},
      { reason: 'unsupported_grant_type_browser_request' },
    )
  }
}
