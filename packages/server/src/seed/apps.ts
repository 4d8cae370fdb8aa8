// How do the apps of a seed become state? By the rules that the API has for them.
import type { AppSeed } from '../control/app-seed.ts'
import type { SeedInput } from '../control/schemas.ts'
import {
  type App,
  appGroups,
  apps,
  appUsers,
  assignmentId,
  clientSecrets,
  type OAuthClient,
  scopeGrants,
} from '../entities/app.ts'
import { oktaScopes } from '../oauth/scopes.ts'
import type { Org } from '../org.ts'
import { hasSecret } from '../resources/apps/client.ts'
import { readDefinition } from '../resources/apps/definition.ts'
import { newSecret } from '../resources/apps/manage.ts'
import { put, type Write } from '../state/state.ts'
import { roleWrites } from './admin-roles.ts'
import type { SeedDraft } from './draft.ts'

/** Works out what is to be written. */
export async function seedApps(org: Org, { apps: seeds = [] }: SeedInput, draft: SeedDraft): Promise<void> {
  const { now, writes } = draft
  for (const [i, seed] of seeds.entries()) {
    const path = `apps[${i}]`
    const id = await draft.idOf(apps, '0oa', seed.id, path)
    const read = draft.judged(path, () => readDefinition(org, bodyOf(seed), { appId: id, now }), seedWords)
    const value: App = { ...read.app, status: 'ACTIVE', createdAt: now, lastUpdatedAt: now }
    const client = value.oauth!
    await draft.claim(apps, value, `${path}.clientId`, client.clientId)
    const secret = hasSecret(client.authMethod) ? newSecret(org, id, read.secret, now) : undefined
    writes.push(put(apps, id, value))
    if (secret) writes.push(put(clientSecrets, org.ids.next('ocs'), secret))
    writes.push(...(await assignmentsOf(id, seed, draft, path)), ...rightsOf(org, id, client, seed, draft, path))
    draft.made.apps.push({
      id,
      label: seed.label,
      clientId: client.clientId,
      ...(secret && { clientSecret: secret.secret }),
      redirectUris: [...client.redirectUris],
      grantTypes: [...client.grantTypes],
    })
  }
}

const usualGrants = {
  web: ['authorization_code', 'refresh_token'],
  browser: ['authorization_code', 'refresh_token'],
  native: ['authorization_code', 'refresh_token'],
  service: ['client_credentials'],
} as const

// Public keys say that the client signs; people's own devices keep no secret.
function usualMethod(seed: AppSeed) {
  if (seed.jwks) return 'private_key_jwt'
  return seed.type === 'web' || seed.type === 'service' ? 'client_secret_basic' : 'none'
}

// What the API calls otherwise; the body below is written with these.
const seedWords = {
  client_id: 'clientId',
  client_secret: 'clientSecret',
  token_endpoint_auth_method: 'authMethod',
  pkce_required: 'pkceRequired',
  application_type: 'type',
  grant_types: 'grantTypes',
  redirect_uris: 'redirectUris',
  post_logout_redirect_uris: 'postLogoutRedirectUris',
}

function bodyOf(seed: AppSeed): Record<string, unknown> {
  return {
    label: seed.label,
    name: 'oidc_client',
    signOnMode: 'OPENID_CONNECT',
    credentials: {
      oauthClient: {
        client_id: seed.clientId,
        client_secret: seed.clientSecret,
        token_endpoint_auth_method: seed.authMethod ?? usualMethod(seed),
        pkce_required: seed.pkceRequired,
      },
    },
    settings: {
      oauthClient: {
        application_type: seed.type,
        grant_types: seed.grantTypes ?? usualGrants[seed.type],
        redirect_uris: seed.redirectUris,
        post_logout_redirect_uris: seed.postLogoutRedirectUris,
        jwks: seed.jwks,
      },
    },
  }
}

async function assignmentsOf(appId: string, seed: AppSeed, draft: SeedDraft, path: string): Promise<Write[]> {
  const { now } = draft
  const writes = new Map<string, Write>()
  for (const [k, name] of (seed.users ?? []).entries()) {
    const userId = await draft.find('users', name, `${path}.users[${k}]`)
    const id = assignmentId(appId, userId)
    const value = {
      appId,
      userId,
      scope: 'USER' as const,
      createdAt: now,
      lastUpdatedAt: now,
      profile: {},
      credentials: {},
    }
    writes.set(id, put(appUsers, id, value))
  }
  for (const [k, name] of (seed.groups ?? []).entries()) {
    const groupId = await draft.find('groups', name, `${path}.groups[${k}]`)
    const id = assignmentId(appId, groupId)
    writes.set(id, put(appGroups, id, { appId, groupId, priority: k, lastUpdatedAt: now, profile: {} }))
  }
  return [...writes.values()]
}

function rightsOf(
  org: Org,
  appId: string,
  { clientId }: OAuthClient,
  seed: AppSeed,
  { now, refuse }: SeedDraft,
  path: string,
): Write[] {
  const since = { createdAt: now, lastUpdatedAt: now }
  const grants = [...new Set(seed.grants)].map((scopeId, k) => {
    if (!oktaScopes.has(scopeId)) refuse(`${path}.grants[${k}]`, `"${scopeId}" is no scope of the org`)
    const createdBy = { id: org.fixed.orgId, type: 'User' } as const
    const value = { appId, clientId, scopeId, issuer: org.baseUrl, createdBy, ...since }
    return put(scopeGrants, org.ids.next('oag'), value)
  })
  return [...grants, ...roleWrites(org, { holder: 'CLIENT', holderId: clientId }, seed.roles, now)]
}
