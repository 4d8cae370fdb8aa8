// What do an authorization server and the org say about themselves to anybody who asks? Metadata and public keys.
import { authServers } from '../entities/auth-server.ts'
import { type Answer, type Exchange, ok } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { Handle, RouteRow } from '../routes.ts'
import { loadClient, refuseClientId } from './clients.ts'
import { loadKeys, publicKeys, ROTATION_MS } from './keys.ts'
import { loadScopes, oktaScopes, openIdScopes } from './scopes.ts'
import { type Server, serverOf } from './servers.ts'

const authMethods = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none']

const idClaims = (
  'iss ver sub aud iat exp jti auth_time amr idp nonce name nickname preferred_username given_name middle_name ' +
  'family_name email email_verified profile zoneinfo locale address phone_number picture website gender birthdate ' +
  'updated_at at_hash c_hash'
).split(' ')

const accessClaims = 'ver jti iss aud iat exp cid uid scp sub'.split(' ')

const userGrants = ['authorization_code', 'implicit', 'refresh_token', 'password']

const responseTypes = ['code', 'id_token', 'code id_token', 'code token', 'id_token token', 'code id_token token']

/** The OAuth metadata (RFC 8414). Endpoints that are not built are not named: nobody shall be sent to them. */
async function oauthMetadata(org: Org, x: Exchange): Promise<Answer> {
  const server = await asked(org, x)
  const scopes = server.isOrg ? [...openIdScopes, 'groups', ...oktaScopes] : await publishedScopes(org, server)
  return ok({
    ...common(org, server),
    // Recorded: the org's own server names no keys here. Its access tokens are for Okta alone.
    ...(!server.isOrg && { jwks_uri: `${endpoints(org, server)}/keys` }),
    grant_types_supported: [...userGrants, 'client_credentials'],
    scopes_supported: scopes,
    claims_supported: accessClaims,
  })
}

/** The OpenID Connect metadata. */
async function openIdMetadata(org: Org, x: Exchange): Promise<Answer> {
  const server = await asked(org, x)
  const at = endpoints(org, server)
  return ok({
    ...common(org, server),
    userinfo_endpoint: `${at}/userinfo`,
    jwks_uri: `${at}/keys`,
    grant_types_supported: userGrants,
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: server.isOrg ? [...openIdScopes, 'groups'] : await publishedScopes(org, server),
    claims_supported: idClaims,
  })
}

function common(org: Org, server: Server) {
  const at = endpoints(org, server)
  return {
    issuer: server.issuer,
    authorization_endpoint: `${at}/authorize`,
    token_endpoint: `${at}/token`,
    response_types_supported: responseTypes,
    response_modes_supported: ['query', 'fragment', 'form_post', 'okta_post_message'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: authMethods,
    code_challenge_methods_supported: ['S256'],
    introspection_endpoint: `${at}/introspect`,
    introspection_endpoint_auth_methods_supported: authMethods,
    revocation_endpoint: `${at}/revoke`,
    revocation_endpoint_auth_methods_supported: authMethods,
  }
}

const endpoints = (org: Org, server: Server): string =>
  server.isOrg ? `${org.baseUrl}/oauth2/v1` : `${server.issuer}/v1`

// Scopes of one's own show only where they were made public (documented).
async function publishedScopes(org: Org, server: Server): Promise<string[]> {
  const scopes = await loadScopes(org, server)
  return scopes.filter((scope) => scope.metadataPublish === 'ALL_CLIENTS').map((scope) => scope.name)
}

// Documented: a client id is optional here, but a wrong one is refused.
async function asked(org: Org, x: Exchange): Promise<Server> {
  const server = await serverOf(org, x)
  const clientId = x.query.get('client_id')
  if (clientId === null || clientId === '') return server
  return (await loadClient(org, clientId)) ? server : await refuseClientId(org, clientId, { form: 'envelope' })
}

/** The public keys of a server, to be kept until they change: then `cache-control` gives a shorter time. */
async function keys(org: Org, x: Exchange): Promise<Answer> {
  const server = await serverOf(org, x)
  const jwks = await publicKeys(org, server.id)
  const { active } = await loadKeys(org, server.id)
  const isManual = (await org.state.load(authServers, server.id))?.value.rotationMode === 'MANUAL'
  const left = isManual ? ROTATION_MS : active.value.lastUpdatedAt + ROTATION_MS - x.now
  return {
    status: 200,
    // As text, because its headers take the place of those that forbid keeping an answer.
    text: JSON.stringify({ keys: jwks }),
    headers: [
      ['content-type', 'application/json'],
      ['cache-control', `max-age=${Math.max(0, Math.floor(left / 1000))}, must-revalidate`],
    ],
  }
}

/** What kind of org this is. Okta's tools ask for it to tell the engines apart. */
async function orgMetadata(org: Org): Promise<Answer> {
  return ok({
    id: org.fixed.orgId,
    cell: 'errorg',
    _links: { organization: { href: org.baseUrl } },
    pipeline: 'idx',
    settings: { analyticsCollectionEnabled: false, bugReportingEnabled: false, omEnabled: false },
  })
}

const CUSTOM = '/oauth2/:authorizationServerId'

function open(on: string, operation: string, handle: Handle): RouteRow {
  // Without API Access Management there are no custom servers, not even to look at.
  const feature = on.includes(':authorizationServerId') ? 'API_ACCESS_MANAGEMENT' : undefined
  return { on, operation, needs: 'anyone', feature, handle }
}

/** Rows of the route table. */
export const discoveryRoutes: readonly RouteRow[] = [
  open('GET /.well-known/okta-organization', 'getWellknownOrgMetadata', orgMetadata),
  open('GET /.well-known/openid-configuration', 'getWellKnownOpenIDConfiguration', openIdMetadata),
  open('GET /.well-known/oauth-authorization-server', 'getWellKnownOAuthConfiguration', oauthMetadata),
  open(`GET /.well-known/oauth-authorization-server${CUSTOM}`, 'getWellKnownOAuthConfigurationByIssuer', oauthMetadata),
  open(`GET ${CUSTOM}/.well-known/openid-configuration`, 'getWellKnownOpenIDConfigurationCustomAS', openIdMetadata),
  open(`GET ${CUSTOM}/.well-known/oauth-authorization-server`, 'getWellKnownOAuthConfigurationCustomAS', oauthMetadata),
  open('GET /oauth2/v1/keys', 'oauthKeys', keys),
  open(`GET ${CUSTOM}/v1/keys`, 'oauthKeysCustomAS', keys),
]
