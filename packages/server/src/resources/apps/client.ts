// Which OAuth client does a body describe, and can it be one?
import { E0000001, E0000003 } from '@errorg/errors/codes'
import type { App, ClientAuthMethod, OAuthClient } from '../../entities/app.ts'
import { fail } from '../../fail.ts'
import {
  type FieldFault,
  isBlank,
  isObject,
  type JsonObject,
  objectMember,
  refuseFaults,
  textList,
} from '../../fields.ts'
import type { Ids } from '../../ids.ts'
import { readKeys } from './keys.ts'

/** What a body says about a client. */
export interface ClientParts {
  oauth: OAuthClient
  /** `settings.oauthClient` without what `oauth` holds. */
  settings: JsonObject
  /** `credentials.oauthClient` without what `oauth` holds. */
  credentials: JsonObject
  /** The secret that was sent. */
  secret: string | undefined
}

/** What reading a client needs beside the body. */
export interface ClientContext {
  appId: string
  ids: Ids
  now: number
  /** The app that is replaced. */
  old?: App | undefined
  /** An app of the catalogue brings its redirect URIs along. */
  ofCatalogue?: boolean
}

const secretMethods = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt'] as const

/** Does a client that authenticates this way have a secret? */
export function hasSecret(method: ClientAuthMethod): boolean {
  return (secretMethods as readonly string[]).includes(method)
}

const types = ['web', 'browser', 'native', 'service'] as const

const authMethods: Readonly<Record<OAuthClient['applicationType'], readonly ClientAuthMethod[]>> = {
  // The words and their order are reported (okta/okta-sdk-python issue 299).
  web: [...secretMethods, 'private_key_jwt'],
  service: [...secretMethods, 'private_key_jwt'],
  native: ['none', ...secretMethods, 'private_key_jwt'],
  browser: ['none'],
}

// Grants that every kind of client may have, by extension or by direct authentication.
const others = [
  'interaction_code',
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:openid:params:grant-type:ciba',
  'urn:okta:params:oauth:grant-type:otp',
  'urn:okta:params:oauth:grant-type:oob',
  'http://auth0.com/oauth/grant-type/mfa-otp',
  'http://auth0.com/oauth/grant-type/mfa-oob',
]
const device = 'urn:ietf:params:oauth:grant-type:device_code'

// Okta's table of app types and grants; refresh tokens of single-page apps came later, and services may have what people
// sign in by beside their own (okta/okta-sdk-nodejs test/it/client-role.ts makes such an app).
const grants: Readonly<Record<OAuthClient['applicationType'], readonly string[]>> = {
  web: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials', ...others],
  native: ['authorization_code', 'implicit', 'password', 'refresh_token', device, ...others],
  browser: ['authorization_code', 'implicit', 'refresh_token', ...others],
  service: ['authorization_code', 'implicit', 'client_credentials', ...others],
}
// Reported for web by MuleSoft's users (help.salesforce.com 001123173), for services by users of the Apps API.
const neededGrants: Readonly<Partial<Record<OAuthClient['applicationType'], string>>> = {
  web: 'authorization_code',
  service: 'client_credentials',
}

const held = new Set(
  'redirect_uris post_logout_redirect_uris response_types grant_types application_type consent_method refresh_token jwks'.split(
    ' ',
  ),
)
const heldCredentials = new Set('client_id client_secret token_endpoint_auth_method pkce_required'.split(' '))

/** Reads `settings.oauthClient` and `credentials.oauthClient`, or refuses with all that is wrong. */
export function readClient(
  body: JsonObject,
  { appId, ids, now, old, ofCatalogue = false }: ClientContext,
): ClientParts {
  const settings = objectMember(objectMember(body, 'settings') ?? {}, 'oauthClient') ?? {}
  const credentials = objectMember(objectMember(body, 'credentials') ?? {}, 'oauthClient') ?? {}
  const faults: FieldFault[] = []
  const invalid = (field: string, says: string) => faults.push({ field, says, kind: 'invalid' })
  const oneOf = <W extends string>(field: string, value: unknown, words: readonly W[], otherwise: W): W => {
    if (value === undefined || value === null) return otherwise
    const word = words.find((known) => known === value)
    if (!word) invalid(field, `'${field}' is invalid. Valid values: [${words.join(', ')}].`)
    return word ?? otherwise
  }

  const type = oneOf('application_type', settings.application_type, types, old?.oauth?.applicationType ?? 'web')
  const authMethod = oneOf(
    'token_endpoint_auth_method',
    credentials.token_endpoint_auth_method,
    authMethods[type],
    old?.oauth?.authMethod ?? (type === 'browser' ? 'none' : 'client_secret_basic'),
  )
  const grantTypes = textsOf(settings.grant_types)
  if (grantTypes.length === 0)
    faults.push({ field: 'grant_types', says: 'The field cannot be left blank', kind: 'missing' })
  const foreign = grantTypes.filter((grant) => !grants[type].includes(grant))
  if (foreign.length > 0) {
    invalid(
      'grant_types',
      `'grant_types' [${short(foreign)}] is invalid for 'application_type' ${type}. Valid values: [${grants[type].join(', ')}].`,
    )
  } else if (grantTypes.length > 0) {
    const needed = neededGrants[type] ?? (grantTypes.every(isForNobody) ? 'authorization_code' : undefined)
    if (needed !== undefined && !grantTypes.includes(needed))
      invalid('grant_types', `'grant_types' must contain '${needed}' when 'application_type' is '${type}'.`)
  }

  const responseTypes = textsOf(settings.response_types)
  const badResponses = whyNotResponses(type, grantTypes, responseTypes)
  if (badResponses !== undefined) invalid('response_types', badResponses)
  const wildcards = oneOf('wildcard_redirect', settings.wildcard_redirect, ['DISABLED', 'SUBDOMAIN'], 'DISABLED')
  const redirectUris = textsOf(settings.redirect_uris)
  const postLogout = textsOf(settings.post_logout_redirect_uris)
  for (const [field, uris] of Object.entries({ redirect_uris: redirectUris, post_logout_redirect_uris: postLogout })) {
    for (const uri of uris) {
      const says = whyNotUri(field, uri, wildcards === 'SUBDOMAIN')
      if (says !== undefined) invalid(field, says)
    }
  }
  for (const field of ['initiate_login_uri', 'client_uri', 'logo_uri', 'policy_uri', 'tos_uri', 'jwks_uri']) {
    const value = settings[field]
    if (isBlank(value)) continue
    if (typeof value !== 'string') fail(E0000003, 'body-unreadable-shape')
    if (value.length > 1024 || !isAbsolute(value)) invalid(field, `'${field}' must be an absolute URI.`)
  }
  if (redirectUris.length === 0 && grantTypes.some(redirects) && !ofCatalogue) {
    faults.push({ field: 'redirect_uris', says: 'The field cannot be left blank', kind: 'missing' })
  }

  const clientId = readClientId(credentials.client_id, old?.oauth?.clientId ?? appId, old !== undefined, invalid)
  const secret = readSecretOf(credentials.client_secret, authMethod, invalid)
  const pkceOtherwise = old?.oauth?.pkceRequired ?? (type === 'browser' || type === 'native')
  const pkceRequired = flagOf(credentials.pkce_required) ?? (authMethod === 'none' || pkceOtherwise)
  if (authMethod === 'none' && !pkceRequired) {
    invalid('pkce_required', "'pkce_required' must be true when 'token_endpoint_auth_method' is 'none'.")
  }
  const refreshToken = readRefresh(settings.refresh_token, type, old, invalid)
  const consentMethod = oneOf('consent_method', settings.consent_method, ['TRUSTED', 'REQUIRED'], 'TRUSTED')
  refuseFaults(faults)

  const jwks =
    settings.jwks === undefined || settings.jwks === null
      ? (old?.oauth?.jwks ?? [])
      : readKeys(settings.jwks, old?.oauth?.jwks ?? [], ids, now)
  if (authMethod === 'private_key_jwt' && jwks.length === 0 && !settings.jwks_uri) {
    fail(E0000001, 'client-key-refused', {
      field: 'jwks',
      causes: ["Either 'jwks' or 'jwks_uri' must be set when 'token_endpoint_auth_method' is 'private_key_jwt'."],
    })
  }
  return {
    oauth: {
      clientId,
      applicationType: type,
      redirectUris,
      postLogoutRedirectUris: postLogout,
      responseTypes: responseTypes.length > 0 ? responseTypes : impliedResponses(grantTypes),
      grantTypes,
      authMethod,
      pkceRequired,
      consentMethod,
      jwks,
      refreshToken,
    },
    settings: {
      client_uri: null,
      logo_uri: null,
      issuer_mode: 'DYNAMIC',
      idp_initiated_login: { mode: 'DISABLED', default_scope: [] },
      wildcard_redirect: wildcards,
      dpop_bound_access_tokens: false,
      ...without(settings, held),
    },
    credentials: { autoKeyRotation: true, ...without(credentials, heldCredentials) },
    secret,
  }
}

const redirects = (grant: string) => grant === 'authorization_code' || grant === 'implicit'
// With these alone nobody ever signs in.
const isForNobody = (grant: string) => grant === 'refresh_token' || grant === 'client_credentials'

type Invalid = (field: string, says: string) => void

/** Why these response types do not go with these grants. */
function whyNotResponses(
  type: string,
  grantTypes: readonly string[],
  responses: readonly string[],
): string | undefined {
  const unknown = responses.filter((response) => !['code', 'token', 'id_token'].includes(response))
  if (unknown.length > 0) {
    return `'response_types' [${short(unknown)}] is invalid. Valid values: [code, token, id_token].`
  }
  if (type === 'service' && !grantTypes.some(redirects)) return undefined
  const code = grantTypes.includes('authorization_code')
  const tokens = responses.includes('token') || responses.includes('id_token')
  if (responses.includes('code') && !code) return "'response_types' code needs 'authorization_code' in 'grant_types'."
  if (tokens && !grantTypes.includes('implicit')) {
    return "'response_types' token and id_token need 'implicit' in 'grant_types'."
  }
  if (responses.length > 0 && code && !responses.includes('code')) {
    return "'grant_types' authorization_code needs 'code' in 'response_types'."
  }
  return undefined
}

function impliedResponses(grantTypes: readonly string[]): string[] {
  return [
    ...(grantTypes.includes('authorization_code') ? ['code'] : []),
    ...(grantTypes.includes('implicit') ? ['token', 'id_token'] : []),
  ]
}

/** Why this cannot be a redirect URI. */
function whyNotUri(field: string, uri: string, wildcards: boolean): string | undefined {
  const shown = `: '${uri.slice(0, 100)}'`
  if (uri.includes('*') && !wildcards) {
    return `'${field}' must not hold wildcards when 'wildcard_redirect' is DISABLED${shown}`
  }
  if (uri.includes('*') && !isWildcard(uri)) {
    return `'${field}' may hold one * in the lowest subdomain of an https URI${shown}`
  }
  if (uri.length > 1024 || !isAbsolute(uri) || uri.includes('#')) {
    return `'${field}' must be absolute URIs without a fragment${shown}`
  }
  return undefined
}

function isAbsolute(uri: string): boolean {
  const url = URL.canParse(uri) ? new URL(uri) : undefined
  if (!url || /^(?:javascript|data|vbscript|file|blob):$/.test(url.protocol)) return false
  // Okta compares redirect URIs as text: what a URL parser would mend in silence would never match.
  return !/[\s\\]/.test(uri) && (!/^https?:/.test(uri) || /^https?:\/\/[^/]/.test(uri))
}

/** One `*`, in the lowest subdomain of an https URI, with a domain of two levels or more above it. (documented) */
function isWildcard(uri: string): boolean {
  const host = /^https:\/\/([^/:?#]+)/.exec(uri)?.[1] ?? ''
  const [lowest = '', ...domain] = host.split('.')
  return lowest.includes('*') && uri.indexOf('*') === uri.lastIndexOf('*') && domain.length >= 2
}

function readClientId(value: unknown, fallback: string, isOld: boolean, invalid: Invalid): string {
  if (value === undefined || value === null) return fallback
  if (typeof value !== 'string') return fail(E0000003, 'body-unreadable-shape')
  if (value === fallback) return value
  if (isOld) invalid('client_id', "'client_id' cannot be changed.")
  else if (value.length < 6 || value.length > 100)
    invalid('client_id', "'client_id' must be between '6' and '100' characters long.")
  else if (!/^[\w$.+!*'(),-]+$/.test(value) || value === 'ALL_CLIENTS') {
    invalid(
      'client_id',
      "'client_id' may only contain letters, digits and $-_.+!*'(), and must not be a reserved word.",
    )
  }
  return value
}

/** A secret of the caller's own; the sentences are those of Okta's description. */
export function readSecretOf(value: unknown, method: ClientAuthMethod, invalid: Invalid): string | undefined {
  if (isBlank(value)) return undefined
  if (typeof value !== 'string') return fail(E0000003, 'body-unreadable-shape')
  if (!hasSecret(method)) {
    // A public client has no use for one; Okta takes the body and keeps nothing.
    if (method === 'private_key_jwt')
      invalid('client_secret', "'client_secret' can't be used when 'token_endpoint_auth_method' is 'private_key_jwt'.")
    return undefined
  }
  if (value.length > 100) invalid('client_secret', "'client_secret' can't be more than '100' characters long.")
  else if (value.length < 14) invalid('client_secret', "'client_secret' must be at least '14' characters long.")
  else if (method === 'client_secret_jwt' && value.length < 32) {
    invalid(
      'client_secret',
      "'client_secret' must be at least '32' characters long when 'token_endpoint_auth_method' is 'client_secret_jwt'.",
    )
  } else if (!/^[\x20-\x7e]+$/.test(value))
    invalid('client_secret', "''client_secret'' must only contain printable ASCII: [x20-x7E]+")
  return value
}

function readRefresh(
  value: unknown,
  type: string,
  old: App | undefined,
  invalid: Invalid,
): OAuthClient['refreshToken'] {
  const standard = old?.oauth?.refreshToken ?? { rotation: type === 'browser' ? 'ROTATE' : 'STATIC', leewaySeconds: 30 }
  if (value === undefined || value === null) return standard
  if (!isObject(value)) return fail(E0000003, 'body-unreadable-shape')
  const rotation = value.rotation_type ?? standard.rotation
  const leeway = value.leeway ?? standard.leewaySeconds
  if (rotation !== 'ROTATE' && rotation !== 'STATIC') {
    invalid('rotation_type', "'rotation_type' is invalid. Valid values: [ROTATE, STATIC].")
    return standard
  }
  if (typeof leeway !== 'number' || !Number.isInteger(leeway) || leeway < 0 || leeway > 60) {
    invalid('leeway', "'leeway' must be between 0 and 60.")
    return standard
  }
  return { rotation, leewaySeconds: leeway }
}

/** A list of texts; E0000003 for anything else that is there. */
export function textsOf(value: unknown): readonly string[] {
  return [...new Set(textList(value ?? []))]
}

function flagOf(value: unknown): boolean | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'boolean' ? value : fail(E0000003, 'body-unreadable-shape')
}

function without(object: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.has(name)))
}

const short = (words: readonly string[]): string => words.map((word) => word.slice(0, 60)).join(', ')
