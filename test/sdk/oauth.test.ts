// Does the official Node SDK work with private_key_jwt, and on applications, authorization servers and policies?
import { generateKeyPairSync } from 'node:crypto'
import { createOrg, type RunningOrg } from '@errorg/server'
import { Client } from '@okta/okta-sdk-nodejs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { counted, listOf, refusal, used } from './calls.ts'
import { operations } from './operations.ts'

let org: RunningOrg
let client: Client
const key = generateKeyPairSync('rsa', { modulusLength: 2048 })

beforeAll(async () => {
  org = await createOrg({ passwordCost: 2 })
  const { url } = await org.listen()
  client = new Client({ orgUrl: url, token: org.token, cacheMiddleware: null })
})
beforeEach(() => org.reset())
afterAll(() => org.close())

const oidc = (label: string, client: object, credentials: object = {}) => ({
  name: 'oidc_client',
  label,
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: credentials },
  settings: { oauthClient: client },
})

const web = oidc('Web', {
  application_type: 'web',
  redirect_uris: ['https://app.example.com/callback'],
  response_types: ['code'],
  grant_types: ['authorization_code', 'refresh_token'],
})

async function serviceApp(scopes: readonly string[], role?: string) {
  const api = counted(client.applicationApi)
  const jwk = { ...key.publicKey.export({ format: 'jwk' }), kid: 'sdk', use: 'sig', alg: 'RS256' }
  const app = await api.createApplication!({
    application: oidc(
      'Service',
      {
        application_type: 'service',
        response_types: ['token'],
        grant_types: ['client_credentials'],
        jwks: { keys: [jwk] },
      },
      { token_endpoint_auth_method: 'private_key_jwt' },
    ),
  })
  for (const scopeId of scopes) {
    await api.grantConsentToScope!({ appId: app.id, oAuth2ScopeConsentGrant: { scopeId, issuer: org.url } })
  }
  const clientId: string = app.credentials.oauthClient.client_id
  if (role) await counted(client.roleAssignmentApi).assignRoleToClient!({ clientId, assignRoleRequest: { type: role } })
  const sdk = new Client({
    orgUrl: org.url,
    authorizationMode: 'PrivateKey',
    clientId,
    scopes: [...scopes],
    privateKey: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    keyId: 'sdk',
    cacheMiddleware: null,
  })
  return { app, clientId, sdk }
}

describe('private_key_jwt', () => {
  test('a service app with a scope and a role reads users', async () => {
    const { sdk } = await serviceApp(['okta.users.read'], 'READ_ONLY_ADMIN')
    const logins = (await listOf<{ profile: { login: string } }>(sdk.userApi.listUsers!({ limit: 1 }))).map(
      (user) => user.profile.login,
    )
    expect(logins).toContain('admin@example.com')
  })

  test('without a role it is refused with E0000006, without the scope with an empty 403', async () => {
    const { sdk, clientId } = await serviceApp(['okta.users.read'])
    expect(await refusal(listOf(sdk.userApi.listUsers!({})))).toMatchObject({ status: 403, errorCode: 'E0000006' })
    await counted(client.roleAssignmentApi).assignRoleToClient!({
      clientId,
      assignRoleRequest: { type: 'READ_ONLY_ADMIN' },
    })
    await expect(listOf(sdk.groupApi.listGroups!({}))).rejects.toMatchObject({ status: 403 })
    const roles = await listOf<{ type: string }>(counted(client.roleAssignmentApi).listRolesForClient!({ clientId }))
    expect(roles.map((role) => role.type)).toEqual(['READ_ONLY_ADMIN'])
  })
})

describe('applications', () => {
  test('are created, read, replaced, deactivated and deleted', async () => {
    const api = counted(client.applicationApi)
    const app = await api.createApplication!({ application: web })
    expect(app).toMatchObject({ label: 'Web', status: 'ACTIVE', signOnMode: 'OPENID_CONNECT' })
    expect(app.credentials.oauthClient.client_secret).toMatch(/^\S{20,}$/)
    expect((await api.getApplication!({ appId: app.id })).id).toBe(app.id)
    expect((await listOf<{ id: string }>(api.listApplications!({ q: 'Web' }))).map((one) => one.id)).toEqual([app.id])
    const replaced = await api.replaceApplication!({ appId: app.id, application: { ...web, label: 'Web 2' } })
    expect(replaced.label).toBe('Web 2')
    expect(await refusal(api.deleteApplication!({ appId: app.id }))).toMatchObject({
      status: 403,
      errorCode: 'E0000056',
      causes: ['The application must be deactivated before deletion.'],
    })
    await api.deactivateApplication!({ appId: app.id })
    expect((await api.getApplication!({ appId: app.id })).status).toBe('INACTIVE')
    await api.activateApplication!({ appId: app.id })
    await api.deactivateApplication!({ appId: app.id })
    await api.deleteApplication!({ appId: app.id })
    expect(await refusal(api.getApplication!({ appId: app.id }))).toMatchObject({ status: 404, errorCode: 'E0000007' })
  })

  test('have users and groups', async () => {
    const api = counted(client.applicationApi)
    const app = await api.createApplication!({ application: web })
    const user = await client.userApi.createUser!({
      body: { profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@sdk.test', login: 'ada@sdk.test' } },
    })
    const group = await client.groupApi.createGroup!({ group: { profile: { name: 'Engineers' } } })
    const assigned = await api.assignUserToApplication!({ appId: app.id, appUser: { id: user.id, scope: 'USER' } })
    expect(assigned).toMatchObject({ id: user.id, scope: 'USER' })
    expect((await api.getApplicationUser!({ appId: app.id, userId: user.id })).id).toBe(user.id)
    expect((await listOf<{ id: string }>(api.listApplicationUsers!({ appId: app.id }))).map((one) => one.id)).toEqual([
      user.id,
    ])
    expect(
      (await listOf<{ label: string }>(counted(client.userApi).listAppLinks!({ userId: user.id }))).map(
        (link) => link.label,
      ),
    ).toContain('Web')
    await api.unassignUserFromApplication!({ appId: app.id, userId: user.id })
    await api.assignGroupToApplication!({ appId: app.id, groupId: group.id, applicationGroupAssignment: {} })
    expect((await api.getApplicationGroupAssignment!({ appId: app.id, groupId: group.id })).id).toBe(group.id)
    expect(await listOf(api.listApplicationGroupAssignments!({ appId: app.id }))).toHaveLength(1)
    const apps = await listOf<{ id: string }>(
      counted(client.groupApi).listAssignedApplicationsForGroup!({ groupId: group.id }),
    )
    expect(apps.map((one) => one.id)).toEqual([app.id])
    await api.unassignApplicationFromGroup!({ appId: app.id, groupId: group.id })
  })

  test('are granted scopes', async () => {
    const api = counted(client.applicationApi)
    const { app } = await serviceApp(['okta.users.read'])
    const [grant] = await listOf<{ id: string; scopeId: string }>(api.listScopeConsentGrants!({ appId: app.id }))
    expect(grant!.scopeId).toBe('okta.users.read')
    expect((await api.getScopeConsentGrant!({ appId: app.id, grantId: grant!.id })).id).toBe(grant!.id)
    await api.revokeScopeConsentGrant!({ appId: app.id, grantId: grant!.id })
    expect(await listOf(api.listScopeConsentGrants!({ appId: app.id }))).toEqual([])
  })
})

describe('authorization servers', () => {
  test('trust one another', async () => {
    const api = counted(client.authorizationServerApi)
    const authorizationServer = { name: 'Ships', description: 'API', audiences: ['api://ships'] }
    const { id: authServerId } = await api.createAuthorizationServer!({ authorizationServer })
    const associatedServerMediated = { trusted: ['default'] }
    const made = await listOf<{ id: string }>(api.createAssociatedServers!({ authServerId, associatedServerMediated }))
    expect(made.map(({ id }) => id)).toEqual(['default'])
    const trusts = (trusted: boolean) => listOf(api.listAssociatedServersByTrustedType!({ authServerId, trusted }))
    expect([(await trusts(true)).length, (await trusts(false)).length]).toEqual([1, 0])
    await api.deleteAssociatedServer!({ authServerId, associatedServerId: 'default' })
    expect([(await trusts(true)).length, (await trusts(false)).length]).toEqual([0, 1])
  })

  test('with scopes, claims, policies, rules and keys', async () => {
    const api = counted(client.authorizationServerApi)
    const server = await api.createAuthorizationServer!({
      authorizationServer: { name: 'Orders', description: 'API', audiences: ['api://orders'] },
    })
    const authServerId: string = server.id
    expect(server.issuer).toBe(`${org.url}/oauth2/${authServerId}`)
    expect((await api.getAuthorizationServer!({ authServerId })).audiences).toEqual(['api://orders'])
    expect((await listOf<{ name: string }>(api.listAuthorizationServers!({}))).map((one) => one.name)).toContain(
      'Orders',
    )
    const scope = await api.createOAuth2Scope!({ authServerId, oAuth2Scope: { name: 'orders.read' } })
    expect((await api.getOAuth2Scope!({ authServerId, scopeId: scope.id })).name).toBe('orders.read')
    expect((await listOf<{ name: string }>(api.listOAuth2Scopes!({ authServerId }))).map((one) => one.name)).toContain(
      'orders.read',
    )
    const claim = await api.createOAuth2Claim!({
      authServerId,
      oAuth2Claim: {
        name: 'team',
        claimType: 'RESOURCE',
        valueType: 'EXPRESSION',
        value: 'user.department',
        alwaysIncludeInToken: true,
      },
    })
    expect((await api.getOAuth2Claim!({ authServerId, claimId: claim.id })).name).toBe('team')
    await api.deleteOAuth2Claim!({ authServerId, claimId: claim.id })
    const policy = await api.createAuthorizationServerPolicy!({
      authServerId,
      policy: {
        type: 'OAUTH_AUTHORIZATION_POLICY',
        name: 'All',
        description: 'All',
        priority: 1,
        conditions: { clients: { include: ['ALL_CLIENTS'] } },
      },
    })
    expect(
      (await listOf<{ id: string }>(api.listAuthorizationServerPolicies!({ authServerId }))).map((one) => one.id),
    ).toContain(policy.id)
    const rule = await api.createAuthorizationServerPolicyRule!({
      authServerId,
      policyId: policy.id,
      policyRule: {
        type: 'RESOURCE_ACCESS',
        name: 'All',
        priority: 1,
        conditions: {
          people: { groups: { include: ['EVERYONE'] } },
          grantTypes: { include: ['client_credentials'] },
          scopes: { include: ['*'] },
        },
        actions: {
          token: { accessTokenLifetimeMinutes: 60, refreshTokenLifetimeMinutes: 0, refreshTokenWindowMinutes: 10080 },
        },
      },
    })
    expect(await listOf(api.listAuthorizationServerPolicyRules!({ authServerId, policyId: policy.id }))).toHaveLength(1)
    expect((await listOf<{ kid: string }>(api.listAuthorizationServerKeys!({ authServerId }))).length).toBeGreaterThan(
      0,
    )
    await api.deleteAuthorizationServerPolicyRule!({ authServerId, policyId: policy.id, ruleId: rule.id })
    await api.deleteAuthorizationServerPolicy!({ authServerId, policyId: policy.id })
    await api.deleteOAuth2Scope!({ authServerId, scopeId: scope.id })
    await api.deactivateAuthorizationServer!({ authServerId })
    await api.deleteAuthorizationServer!({ authServerId })
    expect(await refusal(api.getAuthorizationServer!({ authServerId }))).toMatchObject({
      status: 404,
      errorCode: 'E0000007',
      errorSummary: `Not found: Resource not found: ${authServerId} (AuthorizationServer)`,
    })
  })
})

describe('policies', () => {
  test('with rules', async () => {
    const api = counted(client.policyApi)
    const policy = await api.createPolicy!({ policy: { type: 'OKTA_SIGN_ON', name: 'Guests', description: 'Guests' } })
    expect((await api.getPolicy!({ policyId: policy.id })).name).toBe('Guests')
    expect(
      (await listOf<{ name: string }>(api.listPolicies!({ type: 'OKTA_SIGN_ON' }))).map((one) => one.name),
    ).toContain('Guests')
    const policyRule = { type: 'SIGN_ON', name: 'Deny', actions: { signon: { access: 'DENY' } } }
    const rule = await api.createPolicyRule!({ policyId: policy.id, policyRule })
    expect((await api.getPolicyRule!({ policyId: policy.id, ruleId: rule.id })).actions.signon.access).toBe('DENY')
    expect(await listOf(api.listPolicyRules!({ policyId: policy.id }))).toHaveLength(1)
    await api.deletePolicyRule!({ policyId: policy.id, ruleId: rule.id })
    await api.deactivatePolicy!({ policyId: policy.id })
    await api.activatePolicy!({ policyId: policy.id })
    await api.deletePolicy!({ policyId: policy.id })
    expect(await refusal(api.getPolicy!({ policyId: policy.id }))).toMatchObject({ status: 404, errorCode: 'E0000007' })
  })
})

test('these operations were used, and no list claims others', () => {
  expect([...used].sort()).toEqual([...operations.oauth].sort())
})
