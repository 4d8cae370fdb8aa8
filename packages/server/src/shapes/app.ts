// What does an app look like on the wire? Several resources show apps: apps themselves, a group's apps.
import { hash } from 'node:crypto'
import { isoDate } from '../clock.ts'
import { type App, assignmentId, type OAuthClient } from '../entities/app.ts'
import type { JsonObject } from '../fields.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'

/** An app as Okta shows it. The client secret is shown only where it was just made or changed. */
export function showApp(org: Org, { id, value }: Stored<App>, secret?: string): Record<string, unknown> {
  return {
    id,
    orn: `orn:okta:idp:${org.fixed.orgId}:apps:${value.name}:${id}`,
    name: value.name,
    label: value.label,
    status: value.status,
    lastUpdated: isoDate(value.lastUpdatedAt),
    created: isoDate(value.createdAt),
    accessibility: value.accessibility,
    visibility: value.visibility,
    features: featuresOf(value),
    signOnMode: value.signOnMode,
    credentials: showCredentials(value, secret),
    universalLogout: null,
    ...(value.licensing && { licensing: value.licensing }),
    ...(value.profile && { profile: value.profile }),
    settings: value.oauth
      ? { ...value.settings, oauthClient: showClient(value.oauth, value.settings.oauthClient as JsonObject) }
      : value.settings,
    _links: linksOf(org, id, value),
  }
}

/** An app in a list, without a secret. */
export const showAppInList = (org: Org, app: Stored<App>): Record<string, unknown> => showApp(org, app)

// The names of what provisioning can do (OpenAPI, Application.features), by the capability that switches it on.
const outbound = [
  ['PUSH_NEW_USERS', 'create', 'lifecycleCreate'],
  ['PUSH_PROFILE_UPDATES', 'update', 'profile'],
  ['PUSH_USER_DEACTIVATION', 'update', 'lifecycleDeactivate'],
  ['PUSH_PASSWORD_UPDATES', 'update', 'password'],
] as const

/** Once somebody has set provisioning, what it does is what the app says of itself; before that, what was sent stays. */
function featuresOf({ features, capabilities, connection }: App): readonly string[] {
  const settings = capabilities?.USER_PROVISIONING as Capabilities | undefined
  if (!settings) return features
  const others = features.filter((name) => !outbound.some(([known]) => known === name))
  if (connection?.status !== 'ENABLED') return others
  const on = outbound.filter(([, group, member]) => settings[group]?.[member]?.status === 'ENABLED')
  return [...others, ...on.map(([name]) => name)]
}

type Capabilities = Readonly<Record<string, Readonly<Record<string, { status?: unknown } | undefined>> | undefined>>

function showCredentials({ credentials, oauth }: App, secret: string | undefined): Record<string, unknown> {
  const { password, ...open } = credentials
  return {
    ...open,
    // The value stays inside: an empty object says that there is a password.
    ...(password !== undefined && { password: {} }),
    ...(oauth && {
      oauthClient: {
        ...(credentials.oauthClient as JsonObject),
        client_id: oauth.clientId,
        ...(secret !== undefined && { client_secret: secret }),
        token_endpoint_auth_method: oauth.authMethod,
        pkce_required: oauth.pkceRequired,
      },
    }),
  }
}

function showClient(client: OAuthClient, others: JsonObject): Record<string, unknown> {
  return {
    ...others,
    redirect_uris: client.redirectUris,
    ...(client.postLogoutRedirectUris.length > 0 && { post_logout_redirect_uris: client.postLogoutRedirectUris }),
    response_types: client.responseTypes,
    grant_types: client.grantTypes,
    application_type: client.applicationType,
    consent_method: client.consentMethod,
    ...(client.grantTypes.includes('refresh_token') && {
      refresh_token: { rotation_type: client.refreshToken.rotation, leeway: client.refreshToken.leewaySeconds },
    }),
    ...(client.jwks.length > 0 && { jwks: { keys: client.jwks } }),
  }
}

/** Names of the links to an app that its users see. */
export function linkNames(app: App): string[] {
  const links = app.visibility.appLinks as Readonly<Record<string, unknown>> | undefined
  return Object.keys(links ?? {}).filter((name) => links?.[name] === true)
}

/** Where users open an app. */
export function homeUrl(org: Org, id: string, app: App): string {
  return `${org.baseUrl}/home/${app.name}/${id}/aln${id.slice(3)}`
}

/** Where the picture of an app is. */
export function logoUrl(org: Org, app: App): string {
  const place = app.logo ? `fs/bcg/4/${app.logo.fileId}` : 'assets/img/logos/default.png'
  return `${org.baseUrl}/${place}`
}

function linksOf(org: Org, id: string, app: App): Record<string, unknown> {
  const self = `${org.baseUrl}/api/v1/apps/${id}`
  const step = app.status === 'ACTIVE' ? 'deactivate' : 'activate'
  return {
    uploadLogo: { href: `${self}/logo`, hints: { allow: ['POST'] } },
    appLinks: linkNames(app).map((name) => ({ name, href: homeUrl(org, id, app), type: 'text/html' })),
    groups: { href: `${self}/groups` },
    logo: [{ name: 'medium', href: logoUrl(org, app), type: app.logo?.type ?? 'image/png' }],
    ...(app.policyId !== undefined && { accessPolicy: { href: `${org.baseUrl}/api/v1/policies/${app.policyId}` } }),
    users: { href: `${self}/users` },
    [step]: { href: `${self}/lifecycle/${step}` },
  }
}

/** The id of an assignment as callers see it: the same for an app and its user, however often it is taken and given. */
export function shownAssignmentId(appId: string, userId: string): string {
  return `0ua${hash('sha256', assignmentId(appId, userId), 'base64').replace(/[+/=]/g, '').slice(0, 17)}`
}
