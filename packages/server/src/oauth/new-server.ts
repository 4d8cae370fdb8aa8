// What does a custom authorization server have from its first day? The scopes and claims of OpenID Connect; the
// `default` one of a new org also a policy that lets every client in.
import {
  type AuthServer,
  authServers,
  type ServerClaim,
  type ServerScope,
  serverClaims,
  serverPolicies,
  serverRules,
  serverScopes,
} from '../entities/auth-server.ts'
import type { Org } from '../org.ts'
import { put, type Write } from '../state/state.ts'
import { openIdScopes } from './scopes.ts'

/** The id of the server that comes with an org. */
export const DEFAULT_SERVER = 'default'

/** Writes a new server with its system scopes and claims. */
export function writeServer(org: Org, id: string, server: AuthServer): Write[] {
  return [
    put(authServers, id, server),
    ...[...openIdScopes].map((name) => put(serverScopes, org.ids.next('scp'), systemScope(id, name))),
    ...systemClaims(id).map((claim) => put(serverClaims, org.ids.next('ocl'), claim)),
  ]
}

/**
 * Writes the server `default`. Its policy lets all clients and everybody in, as in orgs with API Access Management;
 * in the free Integrator orgs it has none (documented), and each request for a token fails until somebody makes one.
 */
export function writeDefaultServer(org: Org, now: number): Write[] {
  const policyId = org.ids.next('00p')
  const since = { createdAt: now, lastUpdatedAt: now }
  return [
    ...writeServer(org, DEFAULT_SERVER, {
      name: 'default',
      description: 'Default Authorization Server for your Applications',
      audiences: ['api://default'],
      issuerMode: 'ORG_URL',
      status: 'ACTIVE',
      rotationMode: 'AUTO',
      ...since,
    }),
    put(serverPolicies, policyId, {
      serverId: DEFAULT_SERVER,
      name: 'Default Policy',
      description: 'Default policy',
      status: 'ACTIVE',
      priority: 1,
      system: false,
      clients: ['ALL_CLIENTS'],
      ...since,
    }),
    put(serverRules, org.ids.next('0pr'), {
      policyId,
      name: 'Default Policy Rule',
      status: 'ACTIVE',
      priority: 1,
      system: false,
      grantTypes: [...ruleGrants],
      people: { users: [], groups: ['EVERYONE'], usersExcluded: [], groupsExcluded: [] },
      scopes: ['*'],
      ...standardLifetimes,
      ...since,
    }),
  ]
}

/** The grants that a rule of an access policy can name. */
export const ruleGrants = [
  'authorization_code',
  'implicit',
  'password',
  'client_credentials',
  'interaction_code',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:openid:params:grant-type:ciba',
] as const

/** Lifetimes of a rule that says nothing of them. Refresh tokens then live as long as they are used (0). */
export const standardLifetimes = {
  accessTokenMinutes: 60,
  refreshTokenMinutes: 0,
  refreshTokenWindowMinutes: 7 * 24 * 60,
} as const

const scopeTexts: Readonly<Record<string, readonly [displayName: string, description: string]>> = {
  openid: ['Know who you are', 'Signals that a request is an OpenID request.'],
  profile: ['View your profile information', 'Gives access to the profile of the end user.'],
  email: ['View your email address', 'Gives access to the email address of the end user.'],
  address: ['View your address', 'Gives access to the postal address of the end user.'],
  phone: ['View your phone number', 'Gives access to the phone number of the end user.'],
  offline_access: ['Stay signed in', 'Asks for a refresh token, for access while the end user is away.'],
  device_sso: ['Share your session with other apps', 'Asks for a device secret, for sign-in on the same device.'],
}

function systemScope(serverId: string, name: string): ServerScope {
  const [displayName, description] = scopeTexts[name]!
  return {
    serverId,
    name,
    displayName,
    description,
    consent: 'IMPLICIT',
    default: false,
    metadataPublish: 'ALL_CLIENTS',
    optional: false,
    system: true,
  }
}

const claimNames: Readonly<Record<string, string>> = {
  address: 'address',
  email: 'email email_verified',
  phone: 'phone_number',
  profile:
    'birthdate family_name gender given_name locale middle_name name nickname picture preferred_username profile ' +
    'updated_at website zoneinfo',
}

function systemClaims(serverId: string): ServerClaim[] {
  const common = { serverId, status: 'ACTIVE', groupFilterType: null, system: true } as const
  const identity = Object.entries(claimNames).flatMap(([scope, names]) =>
    names.split(' ').map(
      (name): ServerClaim => ({
        ...common,
        name,
        claimType: 'IDENTITY',
        valueType: 'SYSTEM',
        value: '',
        conditions: { scopes: [scope] },
        alwaysIncludeInToken: true,
      }),
    ),
  )
  const subject: ServerClaim = {
    ...common,
    name: 'sub',
    claimType: 'RESOURCE',
    valueType: 'EXPRESSION',
    value: '(appuser != null) ? appuser.userName : app.clientId',
    conditions: { scopes: [] },
    alwaysIncludeInToken: true,
  }
  return [...identity, subject].sort((a, b) => (a.name < b.name ? -1 : 1))
}
