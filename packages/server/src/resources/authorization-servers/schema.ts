// What do authorization servers and their parts look like on the wire, and which fields may be sent for them?
import { isoDate } from '../../clock.ts'
import {
  type AuthServer,
  type ServerClaim,
  type ServerPolicy,
  type ServerRule,
  type ServerScope,
  type SigningKey,
  signingKeys,
} from '../../entities/auth-server.ts'
import type { FieldTable } from '../../fields.ts'
import { firstKeySince, ROTATION_MS } from '../../oauth/keys.ts'
import { DEFAULT_SERVER } from '../../oauth/new-server.ts'
import { issuerOf } from '../../oauth/servers.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** Where all of it lies. */
export const SERVERS = '/api/v1/authorizationServers'

const STATUSES = ['ACTIVE', 'INACTIVE']

/** An authorization server. */
export const serverFields: FieldTable = {
  name: { type: 'string', required: true, max: 100 },
  description: { type: 'string', max: 1000 },
  audiences: { type: 'array', required: true },
  issuerMode: { type: 'string', oneOf: ['ORG_URL', 'CUSTOM_URL', 'DYNAMIC'] },
  status: { type: 'string', oneOf: STATUSES },
}

/** How its keys are rotated. */
export const signingFields: FieldTable = { rotationMode: { type: 'string', oneOf: ['AUTO', 'MANUAL'] } }

// Okta's documents name what a scope may not hold: blanks, and characters that mean something in a scope parameter.
const scopeName = {
  test: (text: string) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(text) && !text.startsWith('okta.'),
  says: 'The scope name has characters that are not allowed, or begins with "okta."',
}

/** A scope. */
export const scopeFields: FieldTable = {
  name: { type: 'string', required: true, max: 255, form: scopeName },
  displayName: { type: 'string', max: 40 },
  description: { type: 'string', max: 255 },
  consent: { type: 'string', oneOf: ['REQUIRED', 'FLEXIBLE', 'IMPLICIT', 'ADMIN'] },
  default: { type: 'boolean' },
  metadataPublish: { type: 'string', oneOf: ['ALL_CLIENTS', 'NO_CLIENTS'] },
  optional: { type: 'boolean' },
}

/** A claim. */
export const claimFields: FieldTable = {
  name: { type: 'string', required: true, max: 255 },
  status: { type: 'string', oneOf: STATUSES },
  claimType: { type: 'string', required: true, oneOf: ['RESOURCE', 'IDENTITY'] },
  valueType: { type: 'string', required: true, oneOf: ['EXPRESSION', 'GROUPS', 'SYSTEM'] },
  value: { type: 'string', max: 1024 },
  group_filter_type: { type: 'string', oneOf: ['STARTS_WITH', 'EQUALS', 'CONTAINS', 'REGEX'] },
  alwaysIncludeInToken: { type: 'boolean' },
}

/** An access policy. */
export const policyFields: FieldTable = {
  type: { type: 'string', required: true, oneOf: ['OAUTH_AUTHORIZATION_POLICY'] },
  name: { type: 'string', required: true, max: 100 },
  description: { type: 'string', required: true, max: 255 },
  status: { type: 'string', oneOf: STATUSES },
  priority: { type: 'integer', min: 1 },
}

/** A rule of an access policy. */
export const ruleFields: FieldTable = {
  type: { type: 'string', required: true, oneOf: ['RESOURCE_ACCESS'] },
  name: { type: 'string', required: true, max: 50 },
  status: { type: 'string', oneOf: STATUSES },
  priority: { type: 'integer', min: 1 },
}

/** The lifetimes of a rule (documented). A refresh token's own lifetime of 0 has no end. */
export const lifetimeFields: FieldTable = {
  accessTokenLifetimeMinutes: { type: 'integer', min: 5, max: 1440 },
  refreshTokenLifetimeMinutes: { type: 'integer', min: 0, max: 2_628_000 },
  refreshTokenWindowMinutes: { type: 'integer', min: 10, max: 2_628_000 },
}

const link = (href: string, ...allow: string[]) => ({ href, hints: { allow } })

function selfAndLifecycle(self: string, status: 'ACTIVE' | 'INACTIVE', ...allow: string[]) {
  const step = status === 'ACTIVE' ? 'deactivate' : 'activate'
  return { self: link(self, ...allow), [step]: link(`${self}/lifecycle/${step}`, 'POST') }
}

const times = (one: { createdAt: number; lastUpdatedAt: number }) => ({
  created: isoDate(one.createdAt),
  lastUpdated: isoDate(one.lastUpdatedAt),
})

/** An authorization server as Okta shows it. Its key is named even before it is made. */
export async function showServer(org: Org, { id, value }: Stored<AuthServer>): Promise<Record<string, unknown>> {
  const self = `${org.baseUrl}${SERVERS}/${id}`
  const issuer = issuerOf(org, id)
  const keys = await org.state.find(signingKeys, 'server', id)
  const active = keys.find((key) => key.value.status === 'ACTIVE')?.value
  const lastRotated = active?.lastUpdatedAt ?? firstKeySince(org, value)
  const metadata = (name: string) => ({ name, ...link(`${issuer}/.well-known/${name}`, 'GET') })
  return {
    id,
    name: value.name,
    description: value.description,
    audiences: value.audiences,
    issuer,
    issuerMode: value.issuerMode,
    status: value.status,
    ...times(value),
    credentials: {
      signing: {
        rotationMode: value.rotationMode,
        lastRotated: isoDate(lastRotated),
        ...(value.rotationMode === 'AUTO' && { nextRotation: isoDate(lastRotated + ROTATION_MS) }),
        kid: active?.kid ?? org.keyring.kid(id, 0),
        use: 'sig',
      },
    },
    default: id === DEFAULT_SERVER,
    _links: {
      scopes: link(`${self}/scopes`, 'GET', 'POST'),
      claims: link(`${self}/claims`, 'GET', 'POST'),
      policies: link(`${self}/policies`, 'GET', 'POST'),
      keys: link(`${self}/credentials/keys`, 'GET'),
      rotateKey: link(`${self}/credentials/lifecycle/keyRotate`, 'POST'),
      metadata: [metadata('oauth-authorization-server'), metadata('openid-configuration')],
      ...selfAndLifecycle(self, value.status, 'GET', 'DELETE', 'PUT'),
    },
  }
}

/** A scope as Okta shows it. */
export function showScope(org: Org, { id, value }: Stored<ServerScope>): Record<string, unknown> {
  return {
    id,
    name: value.name,
    displayName: value.displayName,
    description: value.description,
    system: value.system,
    metadataPublish: value.metadataPublish,
    consent: value.consent,
    default: value.default,
    optional: value.optional,
    apiResourceId: null,
    _links: { self: link(`${org.baseUrl}${SERVERS}/${value.serverId}/scopes/${id}`, 'GET', 'PUT', 'DELETE') },
  }
}

/** A claim as Okta shows it; SYSTEM claims have no value of their own (recorded). */
export function showClaim(org: Org, { id, value }: Stored<ServerClaim>): Record<string, unknown> {
  return {
    id,
    name: value.name,
    status: value.status,
    claimType: value.claimType,
    valueType: value.valueType,
    ...(value.valueType !== 'SYSTEM' && { value: value.value }),
    ...(value.groupFilterType && { group_filter_type: value.groupFilterType }),
    conditions: { scopes: value.conditions.scopes },
    system: value.system,
    alwaysIncludeInToken: value.alwaysIncludeInToken,
    apiResourceId: null,
    _links: { self: link(`${org.baseUrl}${SERVERS}/${value.serverId}/claims/${id}`, 'GET', 'PUT', 'DELETE') },
  }
}

/** An access policy as Okta shows it. */
export function showPolicy(org: Org, { id, value }: Stored<ServerPolicy>): Record<string, unknown> {
  const self = `${org.baseUrl}${SERVERS}/${value.serverId}/policies/${id}`
  return {
    type: 'OAUTH_AUTHORIZATION_POLICY',
    id,
    status: value.status,
    name: value.name,
    description: value.description,
    priority: value.priority,
    system: value.system,
    conditions: { clients: { include: value.clients } },
    ...times(value),
    _links: {
      ...selfAndLifecycle(self, value.status, 'GET', 'PUT', 'DELETE'),
      rules: link(`${self}/rules`, 'GET', 'POST'),
    },
  }
}

/** A rule of an access policy as Okta shows it. */
export function showRule(org: Org, serverId: string, { id, value }: Stored<ServerRule>): Record<string, unknown> {
  const self = `${org.baseUrl}${SERVERS}/${serverId}/policies/${value.policyId}/rules/${id}`
  const { people } = value
  return {
    type: 'RESOURCE_ACCESS',
    id,
    status: value.status,
    name: value.name,
    priority: value.priority,
    ...times(value),
    system: value.system,
    conditions: {
      people: {
        users: { include: people.users, exclude: people.usersExcluded },
        groups: { include: people.groups, exclude: people.groupsExcluded },
      },
      grantTypes: { include: value.grantTypes },
      scopes: { include: value.scopes },
    },
    actions: {
      token: {
        accessTokenLifetimeMinutes: value.accessTokenMinutes,
        refreshTokenLifetimeMinutes: value.refreshTokenMinutes,
        refreshTokenWindowMinutes: value.refreshTokenWindowMinutes,
        ...(value.inlineHookId && { inlineHook: { id: value.inlineHookId } }),
      },
    },
    _links: selfAndLifecycle(self, value.status, 'GET', 'PUT', 'DELETE'),
  }
}

/** A signing key as Okta shows it to administrators. */
export function showKey(org: Org, { value }: Stored<SigningKey>): Record<string, unknown> {
  return {
    status: value.status,
    ...value.publicJwk,
    _links: { self: link(`${org.baseUrl}${SERVERS}/${value.serverId}/credentials/keys/${value.kid}`, 'GET') },
  }
}
