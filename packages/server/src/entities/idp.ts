// What is an identity provider, as the org keeps it, with its keys and the users that are linked to it?
import type { Collection } from '../state/state.ts'

/** Which protocol each type of provider speaks (documented). */
export const idpProtocols = {
  AMAZON: 'OIDC',
  APPLE: 'OIDC',
  DISCORD: 'OAUTH2',
  FACEBOOK: 'OAUTH2',
  GITHUB: 'OAUTH2',
  GITLAB: 'OIDC',
  GOOGLE: 'OIDC',
  IDV_CLEAR: 'ID_PROOFING',
  IDV_INCODE: 'ID_PROOFING',
  IDV_PERSONA: 'ID_PROOFING',
  IDV_STANDARD: 'ID_PROOFING',
  LINKEDIN: 'OAUTH2',
  LOGINGOV: 'OIDC',
  LOGINGOV_SANDBOX: 'OIDC',
  MICROSOFT: 'OIDC',
  OIDC: 'OIDC',
  OKTA_INTEGRATION: 'OIDC',
  PAYPAL: 'OIDC',
  PAYPAL_SANDBOX: 'OIDC',
  SALESFORCE: 'OAUTH2',
  SAML2: 'SAML2',
  SPOTIFY: 'OIDC',
  X509: 'MTLS',
  XERO: 'OIDC',
  YAHOO: 'OIDC',
  YAHOOJP: 'OIDC',
} as const

/** A type of providers. */
export type IdpType = keyof typeof idpProtocols

/** How a provider is spoken to. */
export type IdpProtocol = (typeof idpProtocols)[IdpType]

/** A key that the org signs with towards a provider: the nth of the keyring's keys for `ofIdp`, which may share it. */
export interface IdpSigningKey {
  ofIdp: string
  n: number
  createdAt: number
  expiresAt: number
  /** Base64 of a certificate that somebody else has signed; the org's own when absent. */
  certificate?: string
}

/** A request for a certificate about a key that nobody uses yet. */
export interface IdpCsr {
  n: number
  createdAt: number
  /** Base64 of PKCS #10. */
  csr: string
}

/** An identity provider. `protocol` and `policy` are kept as they were sent, checked, with defaults filled in. */
export interface Idp {
  type: IdpType
  name: string
  status: 'ACTIVE' | 'INACTIVE'
  issuerMode: 'ORG_URL' | 'CUSTOM_URL' | 'DYNAMIC'
  protocol: Readonly<Record<string, unknown>>
  policy: Readonly<Record<string, unknown>>
  properties?: Readonly<Record<string, unknown>>
  signingKeys: readonly IdpSigningKey[]
  csrs: readonly IdpCsr[]
  /** How many keys were made for it: a name that was given is not given again. */
  keysMade: number
  createdAt: number
  lastUpdatedAt: number
}

/** All identity providers. Two of one type have two names; a name may come again with another type (recorded). */
export const idps: Collection<Idp> = {
  name: 'idp',
  unique: ({ type, name }) => [idpNameKey(type, name)],
  indexes: {
    type: ({ type }) => type,
    // Keys of the key store that it trusts.
    key: ({ protocol }) => trustedKids(protocol),
  },
}

/** The unique key of a provider's name. */
export const idpNameKey = (type: IdpType, name: string): string => `${type}:${name.toLowerCase()}`

function trustedKids(protocol: Idp['protocol']): string[] {
  const trust = member(member(protocol, 'credentials'), 'trust')
  const more = Array.isArray(trust.additionalKids) ? trust.additionalKids : []
  return [trust.kid, ...more].filter((kid) => typeof kid === 'string')
}

function member(value: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const inner = value[name]
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as Record<string, unknown>) : {}
}

/** A certificate of the key store, by which answers of providers are checked. Its id is its `kid`. */
export interface IdpKey {
  /** Base64 of the DER, without line ends. */
  x5c: string
  createdAt: number
  lastUpdatedAt: number
}

/** The key store. */
export const idpKeys: Collection<IdpKey> = { name: 'idpKey' }

/** A user of the org who is known at a provider. */
export interface IdpUser {
  idpId: string
  userId: string
  externalId: string
  createdAt: number
  lastUpdatedAt: number
}

/** The id of a link. */
export const idpUserId = (idpId: string, userId: string): string => `${idpId}:${userId}`

/** All links. One user of a provider is one user of the org. */
export const idpUsers: Collection<IdpUser> = {
  name: 'idpUser',
  unique: ({ idpId, externalId }) => [`${idpId}:${externalId}`],
  indexes: { idp: ({ idpId }) => idpId, user: ({ userId }) => userId },
}
