// What do identity providers look like on the wire, and which fields does each protocol have?
import { isoDate } from '../../clock.ts'
import { type Idp, type IdpProtocol, type IdpType, idpProtocols } from '../../entities/idp.ts'
import type { FieldTable, JsonObject } from '../../fields.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** What all providers have. */
export const idpFields: FieldTable = {
  name: { type: 'string', required: true, max: 100 },
}

/** Paths below `protocol` that a protocol needs, and members of `endpoints` and `credentials` that it knows. */
export interface ProtocolRules {
  needs: readonly string[]
  endpoints: readonly string[]
  credentials: readonly string[]
}

const client = ['credentials.client.client_id'] as const
const web = ['authorization', 'token', 'userInfo', 'jwks', 'slo', 'acs', 'par'] as const

/** By protocol. */
export const protocolRules: Readonly<Record<IdpProtocol, ProtocolRules>> = {
  OIDC: { needs: ['scopes', ...client], endpoints: web, credentials: ['client', 'signing'] },
  OAUTH2: { needs: ['scopes', ...client], endpoints: web, credentials: ['client', 'signing'] },
  SAML2: {
    needs: ['endpoints.sso.url', 'credentials.trust.issuer', 'credentials.trust.kid'],
    endpoints: ['sso', 'slo', 'acs'],
    credentials: ['trust', 'signing'],
  },
  MTLS: { needs: ['credentials.trust.issuer', 'credentials.trust.kid'], endpoints: ['sso'], credentials: ['trust'] },
  ID_PROOFING: { needs: client, endpoints: web, credentials: ['client', 'bearer'] },
}

/** A provider of one's own brings its addresses; those of the known ones are known. */
export const ownAddresses = ['issuer.url', 'endpoints.authorization.url', 'endpoints.token.url'] as const

/** Where the known providers live, as far as Okta's examples and recordings show it. */
export const knownEndpoints: Partial<Record<IdpType, { authorization: string; token: string }>> = {
  APPLE: { authorization: 'https://appleid.apple.com/auth/authorize', token: 'https://appleid.apple.com/auth/token' },
  FACEBOOK: {
    authorization: 'https://www.facebook.com/dialog/oauth',
    token: 'https://graph.facebook.com/v2.5/oauth/access_token',
  },
  GITHUB: {
    authorization: 'https://github.com/login/oauth/authorize',
    token: 'https://github.com/login/oauth/access_token',
  },
  GOOGLE: {
    authorization: 'https://accounts.google.com/o/oauth2/auth',
    token: 'https://www.googleapis.com/oauth2/v3/token',
  },
  LINKEDIN: {
    authorization: 'https://www.linkedin.com/uas/oauth2/authorization',
    token: 'https://www.linkedin.com/uas/oauth2/accessToken',
  },
  MICROSOFT: {
    authorization: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    token: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
  },
}

/** Words that a policy may hold, by their path below `policy`. */
export const policyWords: Readonly<Record<string, readonly string[]>> = {
  'accountLink.action': ['AUTO', 'DISABLED'],
  'provisioning.action': ['AUTO', 'DISABLED'],
  'provisioning.groups.action': ['NONE', 'ASSIGN', 'APPEND', 'SYNC'],
  'provisioning.conditions.deprovisioned.action': ['NONE', 'REACTIVATE'],
  'provisioning.conditions.suspended.action': ['NONE', 'UNSUSPEND'],
  'subject.matchType': ['USERNAME', 'EMAIL', 'USERNAME_OR_EMAIL', 'CUSTOM_ATTRIBUTE'],
}

/** Signatures that a protocol may ask for, by their path below `protocol`. */
export const protocolWords: Readonly<Record<string, readonly string[]>> = {
  'algorithms.request.signature.algorithm': ['SHA-1', 'SHA-256', 'HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512'],
  'algorithms.request.signature.scope': ['REQUEST', 'NONE', 'RESPONSE', 'TOKEN', 'ANY'],
  'algorithms.response.signature.algorithm': ['SHA-1', 'SHA-256'],
  'algorithms.response.signature.scope': ['RESPONSE', 'TOKEN', 'ANY', 'NONE'],
  'endpoints.sso.binding': ['HTTP-POST', 'HTTP-REDIRECT'],
  'endpoints.slo.binding': ['HTTP-POST', 'HTTP-REDIRECT'],
  'endpoints.acs.binding': ['HTTP-POST'],
  'endpoints.acs.type': ['INSTANCE', 'ORG', 'ORGANIZATION'],
  'endpoints.authorization.binding': ['HTTP-POST', 'HTTP-REDIRECT'],
  'endpoints.token.binding': ['HTTP-POST', 'HTTP-REDIRECT'],
}

/** Addresses below `protocol`. */
export const protocolUrls = [
  'issuer.url',
  'endpoints.authorization.url',
  'endpoints.token.url',
  'endpoints.userInfo.url',
  'endpoints.jwks.url',
  'endpoints.slo.url',
  'endpoints.sso.url',
] as const

/** The word of `type`, or undefined. */
export function idpTypeOf(value: unknown): IdpType | undefined {
  return typeof value === 'string' && Object.hasOwn(idpProtocols, value) ? (value as IdpType) : undefined
}

/** A provider as Okta shows it. */
export function showIdp(org: Org, { id, value }: Stored<Idp>): Record<string, unknown> {
  return {
    id,
    // SAML has no issuer that could be the org's or its custom domain's (recorded).
    ...(value.type !== 'SAML2' && { issuerMode: value.issuerMode }),
    name: value.name,
    status: value.status,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    protocol: value.protocol,
    policy: value.policy,
    ...(value.properties && { properties: value.properties }),
    type: value.type,
    _links: linksOf(org, id, value),
  }
}

function linksOf(org: Org, id: string, value: Idp): JsonObject {
  const self = `${org.baseUrl}/api/v1/idps/${id}`
  const next = value.status === 'ACTIVE' ? 'deactivate' : 'activate'
  const common = {
    self: { href: self, hints: { allow: ['GET', 'PUT', 'DELETE'] } },
    users: { href: `${self}/users`, hints: { allow: ['GET'] } },
    keys: { href: `${self}/credentials/keys`, hints: { allow: ['GET'] } },
    [next]: { href: `${self}/lifecycle/${next}`, hints: { allow: ['POST'] } },
  }
  const protocol = idpProtocols[value.type]
  if (protocol === 'SAML2') {
    return {
      metadata: { href: `${self}/metadata.xml`, type: 'application/xml', hints: { allow: ['GET'] } },
      acs: { href: `${org.baseUrl}/sso/saml2/${id}`, type: 'application/xml', hints: { allow: ['POST'] } },
      ...common,
    }
  }
  if (protocol !== 'OIDC' && protocol !== 'OAUTH2') return common
  return {
    authorize: {
      href: `${org.baseUrl}/oauth2/v1/authorize?idp=${id}&client_id={clientId}&response_type={responseType}&response_mode={responseMode}&scope={scopes}&redirect_uri={redirectUri}&state={state}&nonce={nonce}`,
      templated: true,
      hints: { allow: ['GET'] },
    },
    clientRedirectUri: { href: `${org.baseUrl}/oauth2/v1/authorize/callback`, hints: { allow: ['POST'] } },
    ...common,
  }
}
