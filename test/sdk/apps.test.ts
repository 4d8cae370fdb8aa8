// Does the official Node SDK, unmodified and over real HTTP, work on apps and on all that hangs on them?
import { generateKeyPairSync } from 'node:crypto'
import { createOrg, createProofSigner, type RunningOrg } from '@errorg/server'
import { Client } from '@okta/okta-sdk-nodejs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { counted, listOf, refusal, used } from './calls.ts'
import { operations } from './operations.ts'

let org: RunningOrg
let client: Client
const pem = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey

beforeAll(async () => {
  org = await createOrg({ passwordCost: 2, signingKeys: [pem(), pem()] })
  const { url } = await org.listen()
  client = new Client({ orgUrl: url, token: org.token, cacheMiddleware: null })
})
beforeEach(() => org.reset())
afterAll(() => org.close())

const web = (label: string) => ({
  name: 'oidc_client',
  label,
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: {} },
  settings: {
    oauthClient: {
      application_type: 'web',
      redirect_uris: ['https://app.example.com/callback'],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    },
  },
})
const bookmark = (label: string) => ({
  name: 'bookmark',
  label,
  signOnMode: 'BOOKMARK',
  settings: { app: { requestIntegration: false, url: 'https://handbook.example.com' } },
})
const org2org = {
  name: 'okta_org2org',
  label: 'Other org',
  signOnMode: 'SAML_2_0',
  settings: { app: { baseUrl: 'https://other.example.com' } },
}

const api = () => counted(client.applicationApi)
const make = async (application: object): Promise<string> => (await api().createApplication!({ application })).id

async function makeGroup(name: string): Promise<string> {
  return (await counted(client.groupApi).createGroup!({ group: { profile: { name } } })).id
}

async function makeUser(login: string): Promise<string> {
  const profile = { firstName: 'Ada', lastName: 'Byron', email: login, login }
  return (await counted(client.userApi).createUser!({ body: { profile } })).id
}

describe('apps', () => {
  test('are made, listed, replaced, switched, given a policy and deleted', async () => {
    const appId = await make(web('Wiki'))
    expect((await listOf<{ id: string }>(api().listApplications!({ q: 'Wiki' }))).map((one) => one.id)).toEqual([appId])
    const replaced = await api().replaceApplication!({ appId, application: web('Wiki 2') })
    expect(replaced.label).toBe('Wiki 2')
    const rows = await listOf<{ id: string; name: string }>(
      counted(client.policyApi).listPolicies!({ type: 'ACCESS_POLICY' }),
    )
    const policyId = rows.find((row) => row.name === 'Any two factors')!.id
    await api().assignApplicationPolicy!({ appId, policyId })
    expect((await api().getApplication!({ appId }))._links.accessPolicy.href).toContain(policyId)
    expect(await refusal(api().deleteApplication!({ appId }))).toMatchObject({ status: 403, errorCode: 'E0000056' })
    await api().deactivateApplication!({ appId })
    await api().activateApplication!({ appId })
    await api().deactivateApplication!({ appId })
    await api().deleteApplication!({ appId })
    expect(await refusal(api().getApplication!({ appId }))).toMatchObject({ status: 404, errorCode: 'E0000007' })
  })

  test("of Okta's own are refused changes", async () => {
    const [dashboard] = await listOf<{ id: string }>(api().listApplications!({ filter: 'name eq "okta_enduser"' }))
    expect(
      await refusal(api().replaceApplication!({ appId: dashboard!.id, application: bookmark('Mine') })),
    ).toMatchObject({ status: 403, errorCode: 'E0000039' })
  })

  test('get a logo', async () => {
    const appId = await make(bookmark('Handbook'))
    const file = { data: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), name: 'logo.svg' }
    await api().uploadApplicationLogo!({ appId, file })
    expect((await api().getApplication!({ appId }))._links.logo[0].type).toBe('image/svg+xml')
  })
})

describe('users and groups of an app', () => {
  test('are assigned, changed and taken away', async () => {
    const appId = await make(bookmark('Handbook'))
    const userId = await makeUser('ada@sdk.test')
    await api().assignUserToApplication!({ appId, appUser: { id: userId, scope: 'USER' } })
    const changed = await api().updateApplicationUser!({ appId, userId, appUser: { profile: { userName: 'ada' } } })
    expect(changed.profile).toEqual({ userName: 'ada' })
    expect((await api().getApplicationUser!({ appId, userId, expand: 'user' }))._embedded.user.id).toBe(userId)
    const rows = await listOf<{ id: string }>(api().listApplicationUsers!({ appId, q: 'ada' }))
    expect(rows.map((row) => row.id)).toEqual([userId])
    await api().unassignUserFromApplication!({ appId, userId })

    const groupId = await makeGroup('Engineers')
    await api().assignGroupToApplication!({ appId, groupId, applicationGroupAssignment: { priority: 1 } })
    const patched = await api().updateGroupAssignmentToApplication!({
      appId,
      groupId,
      jsonPatchOperation: [{ op: 'replace', path: '/priority', value: 4 }],
    })
    expect(patched.priority).toBe(4)
    expect((await api().getApplicationGroupAssignment!({ appId, groupId })).priority).toBe(4)
    await api().unassignApplicationFromGroup!({ appId, groupId })
  })

  test('hold no refresh tokens before anybody signs in', async () => {
    const appId = await make(web('Wiki'))
    expect(await listOf(api().listOAuth2TokensForApplication!({ appId }))).toEqual([])
    await api().revokeOAuth2TokensForApplication!({ appId })
  })
})

describe('keys that the org signs with', () => {
  test('are listed, made, read and shared', async () => {
    const appId = await make(web('Wiki'))
    const targetAid = await make(web('Mail'))
    const [first] = await listOf<{ kid: string }>(api().listApplicationKeys!({ appId }))
    const made = await api().generateApplicationKey!({ appId, validityYears: 2 })
    expect((await api().getApplicationKey!({ appId, keyId: made.kid })).x5c).toEqual(made.x5c)
    const clone = { appId, keyId: first!.kid, targetAid }
    expect((await api().cloneApplicationKey!(clone)).kid).toBe(first!.kid)
    expect(await refusal(api().cloneApplicationKey!(clone))).toMatchObject({
      status: 400,
      errorCode: 'E0000001',
      causes: ['Key already exists in the list of key credentials for the target app.'],
    })
  })

  test('are certified by others', async () => {
    const appId = await make(web('Wiki'))
    const metadata = { subject: { commonName: 'wiki.example.com' } }
    const revoked = await api().generateCsrForApplication!({ appId, metadata })
    expect((await api().getCsrForApplication!({ appId, csrId: revoked.id })).csr).toBe(revoked.csr)
    expect(await listOf(api().listCsrsForApplication!({ appId }))).toHaveLength(1)
    await api().revokeCsrFromApplication!({ appId, csrId: revoked.id })

    const { id: csrId, csr } = await api().generateCsrForApplication!({ appId, metadata })
    const sign = createProofSigner()(org.clock.now)
    const { certificate } = (await sign('certificate', { csr, days: 365 })) as { certificate: string }
    const body = { data: certificate, name: 'wiki.cer' }
    const key = await api().publishCsrFromApplication!({ appId, csrId, body })
    expect(key).toMatchObject({ kid: csrId, x5c: [certificate] })
  })
})

test('the metadata of a SAML app can be read', async () => {
  const appId = await make(org2org)
  const { kid } = (await api().getApplication!({ appId })).credentials.signing
  expect(await api().previewSAMLmetadataForApplication!({ appId, kid })).toMatch(/^<\?xml/)
})

describe('keys and secrets of a client', () => {
  test('are added, switched and deleted', async () => {
    const keys = counted(client.applicationSSOPublicKeysApi)
    const appId = await make(web('Wiki'))
    const jwk = (kid: string) => ({
      ...generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }),
      kid,
      use: 'sig',
      status: 'ACTIVE',
    })
    const added = await keys.addJwk!({ appId, addJwkRequest: jwk('first') })
    expect((await keys.getJwk!({ appId, keyId: added.id })).kid).toBe('first')
    expect((await keys.deactivateOAuth2ClientJsonWebKey!({ appId, keyId: added.id })).status).toBe('INACTIVE')
    expect((await keys.activateOAuth2ClientJsonWebKey!({ appId, keyId: added.id })).status).toBe('ACTIVE')
    expect(await refusal(keys.deletejwk!({ appId, keyId: added.id }))).toMatchObject({ errorCode: 'E0000001' })
    await keys.deactivateOAuth2ClientJsonWebKey!({ appId, keyId: added.id })
    await keys.deletejwk!({ appId, keyId: added.id })
    // No listJwk: this SDK expects an object, the description has a list.
    expect(await refusal(keys.getJwk!({ appId, keyId: added.id }))).toMatchObject({ status: 404 })

    const second = await keys.createOAuth2ClientSecret!({ appId })
    expect((await keys.getOAuth2ClientSecret!({ appId, secretId: second.id })).client_secret).toBe(second.client_secret)
    expect((await keys.deactivateOAuth2ClientSecret!({ appId, secretId: second.id })).status).toBe('INACTIVE')
    await keys.activateOAuth2ClientSecret!({ appId, secretId: second.id })
    await keys.deactivateOAuth2ClientSecret!({ appId, secretId: second.id })
    await keys.deleteOAuth2ClientSecret!({ appId, secretId: second.id })
    expect(await listOf(keys.listOAuth2ClientSecrets!({ appId }))).toHaveLength(1)
  })
})

describe('provisioning', () => {
  test('is connected, and its features are read and changed', async () => {
    const appId = await make(org2org)
    expect(await refusal(listOf(api().listFeaturesForApplication!({ appId })))).toMatchObject({
      status: 400,
      causes: ['Provisioning is not supported.'],
    })
    expect(await api().getDefaultProvisioningConnectionForApplication!({ appId })).toMatchObject({
      status: 'DISABLED',
      authScheme: 'TOKEN',
    })
    expect(await refusal(api().activateDefaultProvisioningConnectionForApplication!({ appId }))).toMatchObject({
      status: 400,
      errorSummary: 'Api validation failed: credential',
    })
    await api().updateDefaultProvisioningConnectionForApplication!({
      appId,
      activate: true,
      ProvisioningConnectionRequest: {
        baseUrl: 'https://other.example.com',
        profile: { authScheme: 'TOKEN', token: 'x', clientId: 'y' },
      },
    })
    expect((await api().getDefaultProvisioningConnectionForApplication!({ appId })).status).toBe('ENABLED')
    expect((await api().getUserProvisioningConnectionJWKS!({ appId })).jwks.keys[0].kty).toBe('RSA')
    const names = await listOf<{ name: string }>(api().listFeaturesForApplication!({ appId }))
    expect(names.map((one) => one.name)).toContain('USER_PROVISIONING')
    const feature = { appId, name: 'USER_PROVISIONING' }
    await api().updateFeatureForApplication!({
      ...feature,
      CapabilitiesObject: { create: { lifecycleCreate: { status: 'ENABLED' } } },
    })
    const shown = await api().getFeatureForApplication!(feature)
    expect(shown.capabilities.create.lifecycleCreate.status).toBe('ENABLED')
    await api().deactivateDefaultProvisioningConnectionForApplication!({ appId })
    await api().activateDefaultProvisioningConnectionForApplication!({ appId })
  })

  test('pushes groups', async () => {
    const push = counted(client.groupPushMappingApi)
    const appId = await make(org2org)
    const body = { sourceGroupId: await makeGroup('Engineers'), targetGroupName: 'Engineers' }
    const made = await push.createGroupPushMapping!({ appId, body })
    const mapping = { appId, mappingId: made.id }
    expect(await refusal(push.createGroupPushMapping!({ appId, body }))).toMatchObject({
      status: 400,
      errorCode: 'E0000027',
    })
    expect((await push.getGroupPushMapping!(mapping)).status).toBe('ACTIVE')
    expect(await listOf(push.listGroupPushMappings!({ appId, status: 'ACTIVE' }))).toHaveLength(1)
    await push.updateGroupPushMapping!({ ...mapping, body: { status: 'INACTIVE' } })
    await push.deleteGroupPushMapping!({ ...mapping, deleteTargetGroup: true })
    expect(await refusal(push.getGroupPushMapping!(mapping))).toMatchObject({ status: 404 })
  })
})

describe('what ties apps to others', () => {
  test('federated claims', async () => {
    const appId = await make(web('Wiki'))
    const federatedClaimRequestBody = { name: 'role', expression: 'user.profile.title' }
    const { id: claimId } = await api().createFederatedClaim!({ appId, federatedClaimRequestBody })
    const federatedClaim = { name: 'city', expression: 'user.profile.city' }
    expect(await api().replaceFederatedClaim!({ appId, claimId, federatedClaim })).toMatchObject(federatedClaim)
    expect((await api().getFederatedClaim!({ appId, claimId })).name).toBe('city')
    expect(await listOf(api().listFederatedClaims!({ appId }))).toHaveLength(1)
    await api().deleteFederatedClaim!({ appId, claimId })
  })

  test('Cross App Access', async () => {
    const cross = counted(client.applicationCrossAppAccessConnectionsApi)
    const appId = await make(web('Assistant'))
    const resourceAppInstanceId = await make(web('Wiki'))
    const made = await cross.createCrossAppAccessConnection!({
      appId,
      orgCrossAppAccessConnection: { resourceAppInstanceId },
    })
    const one = { appId, connectionId: made.id }
    expect((await cross.getCrossAppAccessConnection!(one)).requestingAppInstanceId).toBe(appId)
    expect(await listOf(cross.getAllCrossAppAccessConnections!({ appId }))).toHaveLength(1)
    const orgCrossAppAccessConnectionPatchRequest = { status: 'INACTIVE' }
    const patched = await cross.updateCrossAppAccessConnection!({ ...one, orgCrossAppAccessConnectionPatchRequest })
    expect(patched.status).toBe('INACTIVE')
    await cross.deleteCrossAppAccessConnection!(one)
    expect(await refusal(cross.getCrossAppAccessConnection!(one))).toMatchObject({ status: 404 })
  })

  test('interclient trust', async () => {
    const trust = counted(client.applicationInterclientTrustMappingsApi)
    const appId = await make(web('Wiki'))
    const allowedAppId = await make(bookmark('Handbook'))
    const interclientTrustMappingRequestBody = { id: allowedAppId }
    const made = await trust.createInterclientTrustMapping!({ appId, interclientTrustMappingRequestBody })
    expect(made).toMatchObject({ appInstanceId: appId, trustedAppInstanceId: allowedAppId })
    const idsOf = async (list: Promise<AsyncIterable<unknown>>) => (await listOf(list)).map(String)
    expect(await idsOf(trust.listInterclientAllowedApplications!({ appId }))).toHaveLength(1)
    expect(await idsOf(trust.listInterclientTargetApplications!({ appId: allowedAppId }))).toHaveLength(1)
    await trust.deleteInterclientTrustMapping!({ appId, allowedAppId })
    expect(await listOf(trust.listInterclientAllowedApplications!({ appId }))).toEqual([])
  })
})

test('the operations used are those that are claimed', () => {
  expect([...used].sort()).toEqual([...operations.apps].sort())
})
