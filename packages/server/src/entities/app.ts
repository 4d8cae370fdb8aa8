// What is an application, and who may use it, as the org keeps it?
import type { Collection } from '../state/state.ts'

/** How people sign in to an application. */
export type SignOnMode =
  | 'OPENID_CONNECT'
  | 'SAML_2_0'
  | 'SAML_1_1'
  | 'BOOKMARK'
  | 'AUTO_LOGIN'
  | 'BASIC_AUTH'
  | 'BROWSER_PLUGIN'
  | 'SECURE_PASSWORD_STORE'
  | 'WS_FEDERATION'

/** How a client shows at the token endpoint who it is. */
export type ClientAuthMethod =
  | 'client_secret_basic'
  | 'client_secret_post'
  | 'client_secret_jwt'
  | 'private_key_jwt'
  | 'none'

/** A public key, as RFC 7517 has it. */
export type Jwk = Readonly<Record<string, unknown>>

/** What makes an application an OAuth client. The client id is the application's id unless it was pinned. */
export interface OAuthClient {
  clientId: string
  applicationType: 'web' | 'browser' | 'native' | 'service'
  redirectUris: readonly string[]
  postLogoutRedirectUris: readonly string[]
  responseTypes: readonly string[]
  grantTypes: readonly string[]
  authMethod: ClientAuthMethod
  pkceRequired: boolean
  consentMethod: 'REQUIRED' | 'TRUSTED'
  /** Keys that it signs assertions with; each with `id`, `status`, `created` and `lastUpdated` beside its own members. */
  jwks: readonly Jwk[]
  refreshToken: { rotation: 'ROTATE' | 'STATIC'; leewaySeconds: number }
}

/** An application. `settings`, `visibility`, `accessibility` are kept as they were sent, with defaults filled in. */
export interface App {
  /** `oidc_client`, `bookmark`, … */
  name: string
  label: string
  status: 'ACTIVE' | 'INACTIVE'
  signOnMode: SignOnMode
  createdAt: number
  lastUpdatedAt: number
  features: readonly string[]
  visibility: Readonly<Record<string, unknown>>
  accessibility: Readonly<Record<string, unknown>>
  settings: Readonly<Record<string, unknown>>
  credentials: Readonly<Record<string, unknown>>
  /** Only for OPENID_CONNECT. What has no place here stays in `settings.oauthClient`. */
  oauth?: OAuthClient
  /** Custom properties of a client, as they were sent. */
  profile?: Readonly<Record<string, unknown>>
  /** The connection that provisions users, once somebody has set it up. */
  connection?: AppConnection
  /** What provisioning does, by the name of the feature, as far as it was changed. */
  capabilities?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** May users change the name that they have in it? */
  userNameOpen?: boolean
  /** Keys that were made for it beyond the first. */
  signingKeys?: readonly AppSigningKey[]
  /** Requests for certificates that nobody has answered yet. */
  csrs?: readonly AppCsr[]
  /** How many keys were made for it, the first and those of requests included; 1 when absent. */
  keysMade?: number
  /** The picture that was uploaded for it. */
  logo?: { fileId: string; type: string }
  /** Seats, for apps of the catalogue that are sold by the seat. */
  licensing?: Readonly<Record<string, unknown>>
  /** The sign-on (authentication) policy that guards it; the org's default when absent. */
  policyId?: string
  /** Until then a change of its policy is still being worked in. */
  settlesAt?: number
}

/** How the org reaches an application to provision users. */
export interface AppConnection {
  status: 'ENABLED' | 'DISABLED'
  authScheme: 'TOKEN' | 'OAUTH2' | 'UNKNOWN'
  baseUrl?: string
  /** Kept, never shown. */
  token?: string
  /** The client that the org is at the other side, and how its keys change. */
  clientId?: string
  signing?: Readonly<Record<string, unknown>>
}

/** A key that signs assertions for an application: the nth of the keyring's keys for it. */
export interface AppSigningKey {
  n: number
  createdAt: number
  expiresAt: number
  /** The app that it was made for, where it is shared. */
  ofApp?: string
  /** DER as base64, where the key does not sign its certificate itself. */
  certificate?: string
}

/** A request for a certificate, with the key that the certificate will be about. */
export interface AppCsr {
  n: number
  createdAt: number
  /** PKCS #10, DER as base64. */
  csr: string
}

/** All applications; by client id through the unique key `client:{id}`. Labels are unique among active ones. */
export const apps: Collection<App> = {
  name: 'app',
  unique: (app) => (app.oauth ? [`client:${app.oauth.clientId}`] : []),
  indexes: {
    label: (app) => app.label.toLowerCase(),
    status: (app) => app.status,
    name: (app) => app.name,
    policy: (app) => app.policyId,
  },
}

/** A client secret. Kept readable: `client_secret_jwt` needs it, and Okta shows it to administrators. */
export interface ClientSecret {
  appId: string
  secret: string
  status: 'ACTIVE' | 'INACTIVE'
  createdAt: number
  lastUpdatedAt: number
}

/** All client secrets. */
export const clientSecrets: Collection<ClientSecret> = {
  name: 'clientSecret',
  indexes: { app: (secret) => secret.appId },
}

/** A user who may use an application: assigned by itself, or through a group. */
export interface AppUser {
  appId: string
  userId: string
  scope: 'USER' | 'GROUP'
  createdAt: number
  lastUpdatedAt: number
  profile: Readonly<Record<string, unknown>>
  credentials: Readonly<Record<string, unknown>>
}

/** The id of an assignment, of a user or of a group. */
export const assignmentId = (appId: string, holderId: string): string => `${appId}:${holderId}`

/** Users assigned by themselves (scope USER). Who comes through a group is worked out. */
export const appUsers: Collection<AppUser> = {
  name: 'appUser',
  indexes: {
    app: (one) => one.appId,
    user: (one) => one.userId,
    // Who is assigned by itself; the other rows only keep what was changed for one who comes through a group.
    direct: (one) => (one.scope === 'USER' ? one.appId : undefined),
  },
}

/** A group whose members may use an application. */
export interface AppGroup {
  appId: string
  groupId: string
  priority: number
  lastUpdatedAt: number
  profile: Readonly<Record<string, unknown>>
}

/** All group assignments. */
export const appGroups: Collection<AppGroup> = {
  name: 'appGroup',
  indexes: { app: (one) => one.appId, group: (one) => one.groupId },
}

/** An `okta.*` scope that an application was granted by an administrator. */
export interface ScopeGrant {
  appId: string
  clientId: string
  scopeId: string
  issuer: string
  createdAt: number
  lastUpdatedAt: number
  createdBy: { id: string; type: 'User' }
}

/** All grants; one per application and scope. */
export const scopeGrants: Collection<ScopeGrant> = {
  name: 'scopeGrant',
  unique: (grant) => [`${grant.appId}:${grant.scopeId}`],
  indexes: { app: (grant) => grant.appId, client: (grant) => grant.clientId },
}
