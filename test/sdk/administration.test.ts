// Does the official Node SDK administer the org: custom roles, sets of resources, bindings, targets, realms, notifications?

import { createOrg, type RunningOrg } from '@errorg/server'
import { Client } from '@okta/okta-sdk-nodejs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { counted, listOf, refusal, used } from './calls.ts'
import { operations } from './operations.ts'

let org: RunningOrg
let client: Client
beforeAll(async () => {
  org = await createOrg({ passwordCost: 2, contract: 'current' })
  const { url } = await org.listen()
  client = new Client({ orgUrl: url, token: org.token, cacheMiddleware: null })
})
beforeEach(() => org.reset())
afterAll(() => org.close())

const makeUser = async (login: string): Promise<string> => {
  const profile = { firstName: 'Ada', lastName: 'Byron', email: login, login }
  return (await client.userApi.createUser!({ body: { profile } })).id
}
const makeGroup = async (name: string): Promise<string> =>
  (await client.groupApi.createGroup!({ group: { profile: { name } } })).id
const makeApp = async (): Promise<{ id: string; name: string }> =>
  await client.applicationApi.createApplication!({
    application: {
      name: 'bookmark',
      label: 'Handbook',
      signOnMode: 'BOOKMARK',
      settings: { app: { requestIntegration: false, url: 'https://handbook.example.com' } },
    },
  })
const makeService = async (): Promise<string> => {
  const app = await client.applicationApi.createApplication!({
    application: {
      name: 'oidc_client',
      label: 'Service',
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
      settings: {
        oauthClient: { application_type: 'service', grant_types: ['client_credentials'], response_types: ['token'] },
      },
    },
  })
  return app.credentials.oauthClient.client_id
}

// The SDK drops the body of the 201 that assigning a role to a group answers: the assignment is looked for.
const giveGroup = async (groupId: string, assignRoleRequest: object): Promise<string> => {
  await client.roleAssignmentApi.assignRoleToGroup!({ groupId, assignRoleRequest })
  return (await listOf<{ id: string }>(client.roleAssignmentApi.listGroupAssignedRoles!({ groupId })))[0]!.id
}

describe('custom roles', () => {
  const body = { label: 'Readers', description: 'They read', permissions: ['okta.users.read'] }

  test('with their permissions', async () => {
    const api = counted(client.customRoleApi)
    const role = await api.createRole!({ instance: body })
    expect(role).toMatchObject({ label: 'Readers', description: 'They read' })
    const roleIdOrLabel = role.id
    expect((await api.getRole!({ roleIdOrLabel: 'Readers' })).id).toBe(role.id)
    expect((await api.listRoles!({})).roles.map((one: { id: string }) => one.id)).toEqual([role.id])
    expect(await refusal(api.createRole!({ instance: body }))).toEqual({
      status: 400,
      errorCode: 'E0000001',
      errorSummary: 'Api validation failed: label',
      causes: ['label: There is already an admin role with this name.'],
    })
    const replaced = await api.replaceRole!({ roleIdOrLabel, instance: { label: 'Viewers', description: 'x' } })
    expect(replaced.label).toBe('Viewers')
    const conditions = { include: { 'okta:ResourceAttribute/User/Profile': ['city'] } }
    const permissionType = 'okta.users.userprofile.manage'
    await api.createRolePermission!({ roleIdOrLabel, permissionType, instance: { conditions } })
    expect((await api.getRolePermission!({ roleIdOrLabel, permissionType })).conditions.include).toEqual(
      conditions.include,
    )
    const kept = await api.replaceRolePermission!({ roleIdOrLabel, permissionType, instance: {} })
    expect([kept.label, kept.conditions]).toEqual([permissionType, undefined])
    const labels = async () =>
      (await api.listRolePermissions!({ roleIdOrLabel })).permissions.map((one: { label: string }) => one.label)
    expect(await labels()).toEqual(['okta.users.read', permissionType])
    await api.deleteRolePermission!({ roleIdOrLabel, permissionType })
    expect(await labels()).toEqual(['okta.users.read'])
    await api.deleteRole!({ roleIdOrLabel })
    expect(await refusal(api.getRole!({ roleIdOrLabel }))).toMatchObject({
      status: 404,
      errorSummary: `Not found: Resource not found: ${role.id} (CustomRole)`,
    })
  })

  test('on sets of resources', async () => {
    const api = counted(client.resourceSetApi)
    const groupId = await makeGroup('Pilots')
    const set = await api.createResourceSet!({
      instance: { label: 'Pilots', description: 'Them', resources: [`${org.url}/api/v1/groups/${groupId}`] },
    })
    const resourceSetId = set.id
    expect((await api.getResourceSet!({ resourceSetId })).label).toBe('Pilots')
    expect((await api.listResourceSets!({})).resource_sets.map((one: { id: string }) => one.id)).toEqual([
      'WORKFLOWS_IAM_POLICY',
      resourceSetId,
    ])
    await api.replaceResourceSet!({ resourceSetId, instance: { label: 'Flyers', description: 'Them' } })
    const additions = [`${org.url}/api/v1/groups/${groupId}/users`]
    expect((await api.addResourceSetResources!({ resourceSetId, instance: { additions } })).label).toBe('Flyers')
    const { resources } = await api.listResourceSetResources!({ resourceSetId })
    expect(resources.map((one: { orn: string }) => one.orn.split(':').slice(4).join(':'))).toEqual([
      `groups:${groupId}`,
      `groups:${groupId}:contained_resources`,
    ])
    const [{ id: resourceId }] = resources
    expect((await api.getResourceSetResource!({ resourceSetId, resourceId })).id).toBe(resourceId)
    const exclude = { Exclude: { 'okta:ORN': ['orn:okta:idp:00o1:apps:slack'] } }
    const wide = await api.addResourceSetResource!({
      resourceSetId,
      instance: { resourceOrnOrUrl: `${org.url}/api/v1/apps`, conditions: {} },
    })
    const narrowed = await api.replaceResourceSetResource!({
      resourceSetId,
      resourceId: wide.id,
      resourceSetResourcePutRequest: { conditions: exclude },
    })
    expect(narrowed.orn).toMatch(/:apps$/)
    await api.deleteResourceSetResource!({ resourceSetId, resourceId })
    expect((await api.listResourceSetResources!({ resourceSetId })).resources).toHaveLength(2)
    await api.deleteResourceSet!({ resourceSetId })
    expect(await refusal(api.getResourceSet!({ resourceSetId }))).toMatchObject({ status: 404, errorCode: 'E0000007' })
  })

  test('bound to people, who may then do that and no more', async () => {
    const api = counted(client.resourceSetApi)
    const [inside, outside] = [await makeUser('in@sdk.test'), await makeUser('out@sdk.test')]
    const groupId = await makeGroup('Pilots')
    await client.groupApi.assignUserToGroup!({ groupId, userId: inside })
    const role = await client.customRoleApi.createRole!({ instance: body })
    const set = await client.resourceSetApi.createResourceSet!({
      instance: { label: 'Pilots', description: 'x', resources: [`${org.url}/api/v1/groups/${groupId}/users`] },
    })
    const where = { resourceSetId: set.id, roleIdOrLabel: role.id }
    await api.createResourceSetBinding!({
      resourceSetId: set.id,
      instance: { role: role.id, members: [`${org.url}/api/v1/users/${inside}`] },
    })
    expect((await api.listBindings!({ resourceSetId: set.id })).roles[0].id).toBe(role.id)
    expect((await api.getBinding!(where)).id).toBe(role.id)
    await api.addMembersToBinding!({ ...where, instance: { additions: [`${org.url}/api/v1/users/${outside}`] } })
    const { members } = await api.listMembersOfBinding!(where)
    expect(members).toHaveLength(2)
    const memberId = members[1].id
    expect((await api.getMemberOfBinding!({ ...where, memberId }))._links.self.href).toBe(
      `${org.url}/api/v1/users/${outside}`,
    )
    await api.unassignMemberFromBinding!({ ...where, memberId })

    const { tokens } = await org.seed({ tokens: [{ owner: inside, name: 'ci' }] })
    const limited = new Client({ orgUrl: org.url, token: tokens[0]!.value, cacheMiddleware: null })
    expect((await limited.userApi.getUser!({ userId: 'in@sdk.test' })).id).toBe(inside)
    expect(await refusal(limited.userApi.getUser!({ userId: outside }))).toMatchObject({
      status: 403,
      errorCode: 'E0000006',
    })
    expect(await refusal(limited.groupApi.createGroup!({ group: { profile: { name: 'x' } } }))).toMatchObject({
      status: 403,
      errorCode: 'E0000006',
    })
    await api.deleteBinding!(where)
    expect(await refusal(api.getBinding!(where))).toMatchObject({ status: 404, errorCode: 'E0000007' })
  })
})

describe('role assignments', () => {
  test('of users, groups and clients', async () => {
    const api = counted(client.roleAssignmentApi)
    const userId = await makeUser('ada@sdk.test')
    const groupId = await makeGroup('Pilots')
    const clientId = await makeService()
    const role = await client.customRoleApi.createRole!({
      instance: { label: 'R', description: 'x', permissions: ['okta.apps.read'] },
    })
    const set = await client.resourceSetApi.createResourceSet!({
      instance: { label: 'S', description: 'x', resources: [`${org.url}/api/v1/apps`] },
    })
    const custom = { type: 'CUSTOM', role: role.id, resource_set: set.id }
    const types = (rows: { type: string }[]) => rows.map((row) => row.type).sort()

    await api.assignRoleToUser!({ userId, assignRoleRequest: { type: 'REPORT_ADMIN' } })
    const mine = await api.assignRoleToUser!({ userId, assignRoleRequest: custom })
    expect(mine).toMatchObject({ type: 'CUSTOM', label: 'R', role: role.id, resource_set: set.id })
    expect(types(await listOf(api.listAssignedRolesForUser!({ userId })))).toEqual(['CUSTOM', 'REPORT_ADMIN'])
    expect((await api.getUserAssignedRole!({ userId, roleId: mine.id })).role).toBe(role.id)
    expect(await refusal(api.assignRoleToUser!({ userId, assignRoleRequest: { type: 'REPORT_ADMIN' } }))).toEqual({
      status: 409,
      errorCode: 'E0000090',
      errorSummary: 'The role specified is already assigned to the user.',
      causes: [],
    })
    const assignees = (await api.listUsersWithRoleAssignments!({})).value
    expect(assignees.map((one: { id: string }) => one.id)).toContain(userId)
    await api.unassignRoleFromUser!({ userId, roleId: mine.id })
    expect(types(await listOf(api.listAssignedRolesForUser!({ userId })))).toEqual(['REPORT_ADMIN'])

    await api.assignRoleToGroup!({ groupId, assignRoleRequest: custom })
    const [ours] = await listOf<{ id: string }>(api.listGroupAssignedRoles!({ groupId }))
    expect((await api.getGroupAssignedRole!({ groupId, roleId: ours!.id })).label).toBe('R')
    expect(types(await listOf(api.listGroupAssignedRoles!({ groupId })))).toEqual(['CUSTOM'])
    await api.unassignRoleFromGroup!({ groupId, roleId: ours!.id })
    expect(await listOf(api.listGroupAssignedRoles!({ groupId }))).toEqual([])

    const its = await api.assignRoleToClient!({ clientId, assignRoleRequest: custom })
    expect((await api.retrieveClientRole!({ clientId, roleAssignmentId: its.id })).label).toBe('R')
    await api.deleteRoleFromClient!({ clientId, roleAssignmentId: its.id })
    expect(await refusal(api.retrieveClientRole!({ clientId, roleAssignmentId: its.id }))).toMatchObject({
      status: 404,
      errorSummary: `Not found: Resource not found: ${its.id} (RoleAssignment)`,
    })
  })

  test('with groups as targets', async () => {
    const api = counted(client.roleTargetApi)
    const [one, two] = [await makeGroup('One'), await makeGroup('Two')]
    const ids = async (rows: Promise<AsyncIterable<{ id: string }>>) => (await listOf(rows)).map((row) => row.id).sort()
    const assignRoleRequest = { type: 'HELP_DESK_ADMIN' }

    const userId = await makeUser('ada@sdk.test')
    const { id: roleId } = await client.roleAssignmentApi.assignRoleToUser!({ userId, assignRoleRequest })
    for (const groupId of [one, two]) await api.assignGroupTargetToUserRole!({ userId, roleId, groupId })
    await api.unassignGroupTargetFromUserAdminRole!({ userId, roleId, groupId: two })
    expect(await ids(api.listGroupTargetsForRole!({ userId, roleId }))).toEqual([one])
    const targets = await listOf<{ orn: string }>(
      api.getRoleTargetsByUserIdAndRoleId!({ userId, roleIdOrEncodedRoleId: roleId, assignmentType: 'USER' }),
    )
    expect(targets.map((target) => target.orn.split(':').at(-1))).toEqual([one])

    const groupId = await makeGroup('Helpers')
    const groupRole = await giveGroup(groupId, assignRoleRequest)
    for (const targetGroupId of [one, two]) {
      await api.assignGroupTargetToGroupAdminRole!({ groupId, roleId: groupRole, targetGroupId })
    }
    await api.unassignGroupTargetFromGroupAdminRole!({ groupId, roleId: groupRole, targetGroupId: one })
    expect(await ids(api.listGroupTargetsForGroupRole!({ groupId, roleId: groupRole }))).toEqual([two])

    const clientId = await makeService()
    const its = await client.roleAssignmentApi.assignRoleToClient!({ clientId, assignRoleRequest })
    const where = { clientId, roleAssignmentId: its.id }
    for (const target of [one, two]) await api.assignGroupTargetRoleForClient!({ ...where, groupId: target })
    await api.removeGroupTargetRoleFromClient!({ ...where, groupId: one })
    expect(await ids(api.listGroupTargetRoleForClient!(where))).toEqual([two])
  })

  test('with apps as targets', async () => {
    const api = counted(client.roleTargetApi)
    const { id: applicationId, name: appName } = await makeApp()
    const assignRoleRequest = { type: 'APP_ADMIN' }
    const names = async (rows: Promise<AsyncIterable<{ id?: string; name: string }>>) =>
      (await listOf(rows)).map((row) => row.id ?? row.name)

    const userId = await makeUser('ada@sdk.test')
    const { id: roleId } = await client.roleAssignmentApi.assignRoleToUser!({ userId, assignRoleRequest })
    const mine = { userId, roleId }
    await api.assignAppInstanceTargetToAppAdminRoleForUser!({ ...mine, appName, applicationId })
    await api.assignAppTargetToAdminRoleForUser!({ ...mine, appName: 'slack' })
    const listMine = () => names(api.listApplicationTargetsForApplicationAdministratorRoleForUser!(mine))
    expect(await listMine()).toEqual([applicationId, 'slack'])
    await api.unassignAppInstanceTargetFromAdminRoleForUser!({ ...mine, appName, applicationId })
    await api.assignAppTargetToAdminRoleForUser!({ ...mine, appName: 'zoomus' })
    await api.unassignAppTargetFromAppAdminRoleForUser!({ ...mine, appName: 'slack' })
    expect(await listMine()).toEqual(['zoomus'])
    await api.assignAllAppsAsTargetToRoleForUser!(mine)
    expect(await listMine()).toEqual([])

    const groupId = await makeGroup('Admins')
    const groupRole = await giveGroup(groupId, assignRoleRequest)
    const ours = { groupId, roleId: groupRole }
    await api.assignAppInstanceTargetToAppAdminRoleForGroup!({ ...ours, appName, applicationId })
    await api.assignAppTargetToAdminRoleForGroup!({ ...ours, appName: 'slack' })
    await api.unassignAppInstanceTargetToAppAdminRoleForGroup!({ ...ours, appName, applicationId })
    await api.assignAppTargetToAdminRoleForGroup!({ ...ours, appName: 'zoomus' })
    await api.unassignAppTargetToAdminRoleForGroup!({ ...ours, appName: 'slack' })
    expect(await names(api.listApplicationTargetsForApplicationAdministratorRoleForGroup!(ours))).toEqual(['zoomus'])

    const clientId = await makeService()
    const role = await client.roleAssignmentApi.assignRoleToClient!({ clientId, assignRoleRequest })
    const its = { clientId, roleAssignmentId: role.id }
    await api.assignAppTargetInstanceRoleForClient!({ ...its, appName, appId: applicationId })
    await api.assignAppTargetRoleToClient!({ ...its, appName: 'slack' })
    await api.removeAppTargetInstanceRoleForClient!({ ...its, appName, appId: applicationId })
    await api.assignAppTargetRoleToClient!({ ...its, appName: 'zoomus' })
    await api.removeAppTargetRoleFromClient!({ ...its, appName: 'slack' })
    expect(await names(api.listAppTargetRoleToClient!(its))).toEqual(['zoomus'])
  })
})

describe('realms', () => {
  test('with their users', async () => {
    const api = counted(client.realmApi)
    const realm = await api.createRealm!({ body: { profile: { name: 'Partners', realmType: 'PARTNER' } } })
    expect(realm).toMatchObject({ isDefault: false, profile: { name: 'Partners', realmType: 'PARTNER' } })
    expect((await api.getRealm!({ realmId: realm.id })).id).toBe(realm.id)
    const found = await listOf<{ id: string }>(api.listRealms!({ search: 'profile.name eq "Partners"' }))
    expect(found.map((one) => one.id)).toEqual([realm.id])
    const replaced = await api.replaceRealm!({ realmId: realm.id, body: { profile: { name: 'Friends' } } })
    expect(replaced.profile.name).toBe('Friends')
    const userId = await makeUser('ada@sdk.test')
    const moved = await client.userApi.updateUser!({ userId, user: { realmId: realm.id } })
    expect(moved.realmId).toBe(realm.id)
    expect(await refusal(api.deleteRealm!({ realmId: realm.id }))).toMatchObject({
      status: 400,
      errorCode: 'E0000178',
      errorSummary: 'This realm cannot be deleted. There are users in this realm.',
    })
    await client.userApi.deleteUser!({ userId })
    await client.userApi.deleteUser!({ userId })
    await api.deleteRealm!({ realmId: realm.id })
    expect(await refusal(api.getRealm!({ realmId: realm.id }))).toMatchObject({ status: 404, errorCode: 'E0000007' })
  })

  test('and what puts users into them', async () => {
    const api = counted(client.realmAssignmentApi)
    const realm = await client.realmApi.createRealm!({ body: { profile: { name: 'Partners' } } })
    const userId = await makeUser('ada@partner.test')
    await makeUser('grace@sdk.test')
    const body = {
      name: 'Partners',
      priority: 1,
      conditions: { expression: { value: 'user.profile.login == "ada@partner.test"' } },
      actions: { assignUserToRealm: { realmId: realm.id } },
    }
    const { id: assignmentId } = await api.createRealmAssignment!({ body })
    expect((await api.getRealmAssignment!({ assignmentId })).conditions.expression.value).toContain('ada@')
    const rows = await listOf<{ name: string }>(api.listRealmAssignments!({}))
    expect(rows.map((row) => row.name)).toEqual(['Partners', 'Catch-all'])
    const done = await api.executeRealmAssignment!({ body: { assignmentId } })
    expect(done).toMatchObject({ status: 'COMPLETED', numUserMoved: 1, realmName: 'Partners' })
    expect((await client.userApi.getUser!({ userId })).realmId).toBe(realm.id)
    expect(await listOf(api.listRealmAssignmentOperations!({}))).toHaveLength(1)
    expect((await api.replaceRealmAssignment!({ assignmentId, body: { ...body, name: 'More' } })).name).toBe('More')
    expect(await refusal(api.deleteRealmAssignment!({ assignmentId }))).toMatchObject({
      status: 400,
      causes: ['status: An active realm assignment cannot be deleted'],
    })
    await api.deactivateRealmAssignment!({ assignmentId })
    await api.activateRealmAssignment!({ assignmentId })
    await api.deactivateRealmAssignment!({ assignmentId })
    await api.deleteRealmAssignment!({ assignmentId })
    expect(await refusal(api.getRealmAssignment!({ assignmentId }))).toMatchObject({ status: 404 })
  })
})

test('notifications of roles and of oneself', async () => {
  const api = counted(client.subscriptionApi)
  const of = { roleTypeOrRoleId: 'REPORT_ADMIN', notificationType: 'APP_IMPORT' }
  expect(await listOf(api.listRoleSubscriptions!(of))).toHaveLength(13)
  await api.subscribeRoleSubscriptionByNotificationType!(of)
  expect((await api.listRoleSubscriptionsByNotificationType!(of)).status).toBe('subscribed')
  await api.unsubscribeRoleSubscriptionByNotificationType!(of)
  expect((await api.listRoleSubscriptionsByNotificationType!(of)).status).toBe('unsubscribed')
  const mine = { userId: org.admin.id, notificationType: 'APP_IMPORT' }
  expect(await listOf(api.listUserSubscriptions!(mine))).toHaveLength(13)
  await api.unsubscribeUserSubscriptionByNotificationType!(mine)
  expect((await api.listUserSubscriptionsByNotificationType!(mine)).status).toBe('unsubscribed')
  await api.subscribeUserSubscriptionByNotificationType!(mine)
  expect((await api.listUserSubscriptionsByNotificationType!(mine)).status).toBe('subscribed')
  const userId = await makeUser('ada@sdk.test')
  expect(await refusal(api.listUserSubscriptionsByNotificationType!({ ...mine, userId }))).toMatchObject({
    status: 403,
    errorCode: 'E0000006',
  })
})

test('risk and classification of users', async () => {
  const api = counted(client.userApi)
  const userId = await makeUser('ada@sdk.test')
  expect((await api.getUserRisk!({ userId })).riskLevel).toBe('NONE')
  expect(await api.upsertUserRisk!({ userId, userRiskRequest: { riskLevel: 'HIGH' } })).toMatchObject({
    riskLevel: 'HIGH',
    reason: 'override.by.admin',
  })
  expect((await api.getUserRisk!({ userId })).riskLevel).toBe('HIGH')
  expect((await api.getUserClassification!({ userId })).type).toBe('STANDARD')
  await api.replaceUserClassification!({ userId, replaceUserClassification: { type: 'LITE' } })
  expect((await api.getUserClassification!({ userId })).type).toBe('LITE')
})

test('API tokens, the one in use too', async () => {
  const api = counted(client.apiTokenApi)
  const { tokens } = await org.seed({ tokens: [{ owner: org.admin.id, name: 'ci' }] })
  const [ci] = tokens
  const rows = await listOf<{ id: string; name: string }>(api.listApiTokens!())
  const apiTokenId = rows.find((row) => row.name === 'ci')!.id
  const [zone] = await listOf<{ id: string }>(client.networkZoneApi.listNetworkZones!({}))
  const network = { connection: 'ZONE', include: [zone!.id] }
  const changed = await api.upsertApiToken!({ apiTokenId, apiTokenUpdate: { name: 'ci', network } })
  expect(changed.network).toMatchObject(network)
  await api.upsertApiToken!({ apiTokenId, apiTokenUpdate: { name: 'ci', network: { connection: 'ANYWHERE' } } })
  expect((await api.getApiToken!({ apiTokenId })).name).toBe('ci')
  const other = new Client({ orgUrl: org.url, token: ci!.value, cacheMiddleware: null })
  await counted(other.apiTokenApi).revokeCurrentApiToken!()
  expect(await refusal(other.apiTokenApi.listApiTokens!().then((rows) => listOf(Promise.resolve(rows))))).toMatchObject(
    {
      status: 401,
      errorCode: 'E0000011',
    },
  )
  const { tokens: more } = await org.seed({ tokens: [{ owner: org.admin.id, name: 'cd' }] })
  const cd = (await listOf<{ id: string; name: string }>(api.listApiTokens!())).find((row) => row.name === 'cd')!
  await api.revokeApiToken!({ apiTokenId: cd.id })
  expect(more).toHaveLength(1)
  expect(await refusal(api.getApiToken!({ apiTokenId: cd.id }))).toMatchObject({ status: 404, errorCode: 'E0000007' })
})

test('these operations were used, and no list claims others', () => {
  expect([...used].sort()).toEqual([...operations.administration].sort())
})
