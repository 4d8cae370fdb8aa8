// Does the official Node SDK, unmodified and over real HTTP, work against the org as it does against Okta?

import { createOrg, type RunningOrg } from '@errorg/server'
import { Client } from '@okta/okta-sdk-nodejs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { counted, listOf, refusal, used } from './calls.ts'
import { operations } from './operations.ts'

let org: RunningOrg
let client: Client
beforeAll(async () => {
  org = await createOrg({ passwordCost: 2 })
  const { url } = await org.listen()
  client = new Client({ orgUrl: url, token: org.token, cacheMiddleware: null })
})
beforeEach(() => org.reset())
afterAll(() => org.close())

const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@sdk.test', login: 'ada@sdk.test' }
const password = { password: { value: 'Correct-Horse-9' } }
const makeUser = (more: object = {}, activate = true) =>
  counted(client.userApi).createUser!({ activate, body: { profile: ada, credentials: password, ...more } })

describe('users', () => {
  test('are created, read, changed, replaced, deactivated and deleted', async () => {
    const api = counted(client.userApi)
    const made = await makeUser()
    expect(made.id).toMatch(/^00u\w{17}$/)
    expect(made).toMatchObject({ status: 'ACTIVE', profile: ada })
    expect((await api.getUser!({ userId: made.id })).profile.login).toBe(ada.login)
    expect((await api.getUser!({ userId: ada.login })).id).toBe(made.id)
    expect((await api.getUser!({ userId: 'me' })).id).toBe(org.admin.id)
    const changed = await api.updateUser!({ userId: made.id, user: { profile: { nickName: 'Countess' } } })
    expect(changed.profile).toMatchObject({ ...ada, nickName: 'Countess' })
    const replaced = await api.replaceUser!({ userId: made.id, user: { profile: { ...ada, lastName: 'Lovelace' } } })
    expect(replaced.profile.lastName).toBe('Lovelace')
    expect(replaced.profile.nickName ?? null).toBeNull()
    await api.deactivateUser!({ userId: made.id })
    expect((await api.getUser!({ userId: made.id })).status).toBe('DEPROVISIONED')
    await api.deleteUser!({ userId: made.id })
    expect(await refusal(api.getUser!({ userId: made.id }))).toMatchObject({
      status: 404,
      errorCode: 'E0000007',
      errorSummary: `Not found: Resource not found: ${made.id} (User)`,
    })
  })

  test('walk through their lifecycle', async () => {
    const api = counted(client.userApi)
    const { id: userId } = await makeUser({ credentials: undefined }, false)
    const status = async () => (await api.getUser!({ userId })).status
    expect(await status()).toBe('STAGED')
    const { activationToken } = await api.activateUser!({ userId, sendEmail: false })
    expect(activationToken).toMatch(/^\S{20}/)
    expect(await status()).toBe('PROVISIONED')
    await api.reactivateUser!({ userId, sendEmail: false })
    expect(await status()).toBe('PROVISIONED')
    await api.updateUser!({ userId, user: { credentials: password } })
    expect(await status()).toBe('ACTIVE')
    await api.suspendUser!({ userId })
    expect(await status()).toBe('SUSPENDED')
    await api.unsuspendUser!({ userId })
    expect(await status()).toBe('ACTIVE')
    await api.expirePassword!({ userId })
    expect(await status()).toBe('PASSWORD_EXPIRED')
    const { resetPasswordUrl } = await api.generateResetPasswordToken!({ userId, sendEmail: false })
    expect(resetPasswordUrl).toContain(org.url)
    expect(await status()).toBe('RECOVERY')
    expect(await refusal(api.unlockUser!({ userId }))).toMatchObject({
      status: 403,
      errorCode: 'E0000032',
      causes: ['The user is not locked out.'],
    })
  })

  test('are refused for their status', async () => {
    const api = counted(client.userApi)
    const { id: userId } = await makeUser()
    expect(await refusal(api.activateUser!({ userId, sendEmail: false }))).toMatchObject({
      status: 403,
      errorCode: 'E0000016',
    })
    expect(await refusal(api.reactivateUser!({ userId, sendEmail: false }))).toMatchObject({
      status: 403,
      errorCode: 'E0000038',
    })
    expect(await refusal(api.unsuspendUser!({ userId }))).toMatchObject({ status: 400, errorCode: 'E0000001' })
  })

  test('are refused for their data', async () => {
    await makeUser()
    expect(await refusal(makeUser())).toMatchObject({
      status: 400,
      errorCode: 'E0000001',
      errorSummary: 'Api validation failed: login',
      causes: ['login: An object with this field already exists in the current organization'],
    })
    expect(await refusal(makeUser({ profile: { ...ada, login: 'b@sdk.test', shoeSize: '38' } }))).toMatchObject({
      status: 400,
      causes: ["Property name 'shoeSize' is not defined in profile"],
    })
  })

  test('change their credentials', async () => {
    const api = counted(client.userApi)
    const { id: userId } = await makeUser()
    const credentials = await api.changePassword!({
      userId,
      changePasswordRequest: { oldPassword: { value: 'Correct-Horse-9' }, newPassword: { value: 'Battery-Staple-8' } },
    })
    expect(credentials.provider).toEqual({ type: 'OKTA', name: 'OKTA' })
    expect(
      await refusal(
        api.changePassword!({
          userId,
          changePasswordRequest: { oldPassword: { value: 'wrong' }, newPassword: { value: 'Battery-Staple-7' } },
        }),
      ),
    ).toMatchObject({ status: 403, errorCode: 'E0000014' })
    const asked = await api.changeRecoveryQuestion!({
      userId,
      userCredentials: {
        password: { value: 'Battery-Staple-8' },
        recovery_question: { question: 'Who?', answer: 'Byron' },
      },
    })
    expect(asked.recovery_question.question).toBe('Who?')
    const forgot = await api.forgotPassword!({ userId, sendEmail: false })
    expect(forgot.resetPasswordUrl).toContain(org.url)
    const other = await makeUser({ profile: { ...ada, login: 'other@sdk.test', email: 'other@sdk.test' } })
    // The SDK reads this answer as a user and drops the password: what can be asserted is what it did.
    await api.expirePasswordAndGetTemporaryPassword!({ userId: other.id })
    expect((await api.getUser!({ userId: other.id })).status).toBe('PASSWORD_EXPIRED')
  })

  test('are listed, searched and paged', async () => {
    const api = counted(client.userApi)
    for (const name of ['b', 'c', 'd']) {
      await api.createUser!({
        body: { profile: { ...ada, login: `${name}@sdk.test`, email: `${name}@sdk.test`, lastName: name } },
      })
    }
    const logins = async (request: object) =>
      (await listOf<{ profile: { login: string } }>(api.listUsers!(request))).map((user) => user.profile.login)
    expect(await logins({ limit: 1 })).toEqual(['admin@example.com', 'b@sdk.test', 'c@sdk.test', 'd@sdk.test'])
    expect(await logins({ search: 'profile.lastName eq "c"' })).toEqual(['c@sdk.test'])
    expect(await logins({ filter: 'profile.login eq "d@sdk.test"' })).toEqual(['d@sdk.test'])
    expect(await logins({ q: 'ad', limit: 10 })).toContain('b@sdk.test')
    expect(await refusal(listOf(api.listUsers!({ search: 'profile.lastName xx "c"' })))).toMatchObject({
      status: 400,
      errorCode: 'E0000031',
    })
  })

  test('show their groups, links and sessions', async () => {
    const api = counted(client.userApi)
    const { id: userId } = await makeUser()
    const groups = await listOf<{ profile: { name: string } }>(api.listUserGroups!({ userId }))
    expect(groups.map((group) => group.profile.name)).toEqual(['Everyone'])
    expect(await listOf(api.listAppLinks!({ userId }))).toEqual([])
    expect(await listOf(api.listUserBlocks!({ userId }))).toEqual([])
    expect(await listOf(api.listUserClients!({ userId }))).toEqual([])
    expect(await listOf(api.listUserGrants!({ userId }))).toEqual([])
    await api.resetFactors!({ userId })
    expect(await api.revokeUserSessions!({ userId })).toBeUndefined()
  })
})

describe('groups', () => {
  test('are created, read, replaced and deleted', async () => {
    const api = counted(client.groupApi)
    const made = await api.createGroup!({ group: { profile: { name: 'Engineers', description: 'Builds' } } })
    expect(made).toMatchObject({ type: 'OKTA_GROUP', profile: { name: 'Engineers', description: 'Builds' } })
    expect((await api.getGroup!({ groupId: made.id })).profile.name).toBe('Engineers')
    const replaced = await api.replaceGroup!({ groupId: made.id, group: { profile: { name: 'Builders' } } })
    expect(replaced.profile.name).toBe('Builders')
    const names = (await listOf<{ profile: { name: string } }>(api.listGroups!({ q: 'Build' }))).map(
      (group) => group.profile.name,
    )
    expect(names).toEqual(['Builders'])
    expect(await refusal(api.createGroup!({ group: { profile: { name: 'Builders' } } }))).toMatchObject({
      status: 400,
      errorCode: 'E0000001',
      causes: ['name: An object with this field already exists in the current organization'],
    })
    await api.deleteGroup!({ groupId: made.id })
    expect(await refusal(api.getGroup!({ groupId: made.id }))).toMatchObject({
      status: 404,
      errorCode: 'E0000007',
      errorSummary: `Not found: Resource not found: ${made.id} (UserGroup)`,
    })
  })

  test('have members and owners', async () => {
    const api = counted(client.groupApi)
    const user = await makeUser()
    const group = await api.createGroup!({ group: { profile: { name: 'Engineers' } } })
    await api.assignUserToGroup!({ groupId: group.id, userId: user.id })
    expect(
      (await listOf<{ id: string }>(api.listGroupUsers!({ groupId: group.id }))).map((member) => member.id),
    ).toEqual([user.id])
    await api.unassignUserFromGroup!({ groupId: group.id, userId: user.id })
    expect(await listOf(api.listGroupUsers!({ groupId: group.id }))).toEqual([])
    const owner = await api.assignGroupOwner!({ groupId: group.id, GroupOwner: { id: user.id, type: 'USER' } })
    expect(owner).toMatchObject({ id: user.id, type: 'USER' })
    expect((await listOf<{ id: string }>(api.listGroupOwners!({ groupId: group.id }))).map((one) => one.id)).toEqual([
      user.id,
    ])
    await api.deleteGroupOwner!({ groupId: group.id, ownerId: user.id })
    expect(await listOf(api.listAssignedApplicationsForGroup!({ groupId: group.id }))).toEqual([])
  })
})

describe('administration', () => {
  test('of roles', async () => {
    const api = counted(client.roleAssignmentApi)
    const user = await makeUser()
    const role = await api.assignRoleToUser!({ userId: user.id, assignRoleRequest: { type: 'READ_ONLY_ADMIN' } })
    expect(role).toMatchObject({ type: 'READ_ONLY_ADMIN', status: 'ACTIVE', assignmentType: 'USER' })
    expect(
      (await listOf<{ type: string }>(api.listAssignedRolesForUser!({ userId: user.id }))).map((one) => one.type),
    ).toEqual(['READ_ONLY_ADMIN'])
    expect(
      await api.getUserAssignedRole!({ userId: user.id, roleAssignmentId: role.id, roleId: role.id }),
    ).toMatchObject({ id: role.id })
    await api.unassignRoleFromUser!({ userId: user.id, roleAssignmentId: role.id, roleId: role.id })
    expect(await listOf(api.listAssignedRolesForUser!({ userId: user.id }))).toEqual([])
  })

  test('is refused to a read-only administrator, then granted', async () => {
    const reader = await makeUser()
    const roles = counted(client.roleAssignmentApi)
    await roles.assignRoleToUser!({ userId: reader.id, assignRoleRequest: { type: 'READ_ONLY_ADMIN' } })
    const { tokens } = await org.seed({ tokens: [{ owner: reader.id, name: 'ci' }] })
    const other = new Client({ orgUrl: org.url, token: tokens[0]!.value, cacheMiddleware: null })
    const body = { profile: { ...ada, login: 'new@sdk.test', email: 'new@sdk.test' } }
    expect(await refusal(other.userApi.createUser!({ body }))).toMatchObject({
      status: 403,
      errorCode: 'E0000006',
      errorSummary: 'You do not have permission to perform the requested action',
    })
    await roles.assignRoleToUser!({ userId: reader.id, assignRoleRequest: { type: 'USER_ADMIN' } })
    expect((await other.userApi.createUser!({ body })).profile.login).toBe('new@sdk.test')
  })

  test('of API tokens', async () => {
    const api = counted(client.apiTokenApi)
    const { tokens } = await org.seed({ tokens: [{ owner: org.admin.login, name: 'ci' }] })
    const [made] = tokens
    expect((await listOf<{ name: string }>(api.listApiTokens!())).map((token) => token.name).sort()).toEqual([
      'ci',
      'errorg',
    ])
    expect(await api.getApiToken!({ apiTokenId: made!.id })).toMatchObject({
      name: 'ci',
      tokenWindow: 'P30D',
      userId: org.admin.id,
    })
    const other = new Client({ orgUrl: org.url, token: made!.value, cacheMiddleware: null })
    await api.revokeApiToken!({ apiTokenId: made!.id })
    expect(await refusal(listOf(other.userApi.listUsers!({})))).toMatchObject({
      status: 401,
      errorCode: 'E0000011',
      errorSummary: 'Invalid token provided',
    })
  })

  test('of network zones', async () => {
    const api = counted(client.networkZoneApi)
    const zone = await api.createNetworkZone!({
      zone: { type: 'IP', name: 'Office', gateways: [{ type: 'CIDR', value: '198.51.100.0/24' }] },
    })
    expect(zone).toMatchObject({ name: 'Office', status: 'ACTIVE', type: 'IP' })
    expect((await api.getNetworkZone!({ zoneId: zone.id })).gateways).toEqual([
      { type: 'CIDR', value: '198.51.100.0/24' },
    ])
    const replaced = await api.replaceNetworkZone!({
      zoneId: zone.id,
      zone: { type: 'IP', name: 'Home', gateways: [{ type: 'RANGE', value: '203.0.113.1-203.0.113.9' }] },
    })
    expect(replaced.name).toBe('Home')
    expect((await api.deactivateNetworkZone!({ zoneId: zone.id })).status).toBe('INACTIVE')
    expect((await api.activateNetworkZone!({ zoneId: zone.id })).status).toBe('ACTIVE')
    expect((await listOf<{ name: string }>(api.listNetworkZones!({}))).map((one) => one.name)).toContain('Home')
    await api.deactivateNetworkZone!({ zoneId: zone.id })
    await api.deleteNetworkZone!({ zoneId: zone.id })
    expect(await refusal(api.getNetworkZone!({ zoneId: zone.id }))).toMatchObject({
      status: 404,
      errorCode: 'E0000007',
    })
  })

  test('of user types', async () => {
    const api = counted(client.userTypeApi)
    const type = await api.createUserType!({ userType: { name: 'contractor', displayName: 'Contractor' } })
    expect(type).toMatchObject({ name: 'contractor', displayName: 'Contractor', _default: false })
    expect((await api.getUserType!({ typeId: type.id })).name).toBe('contractor')
    expect((await listOf<{ name: string }>(api.listUserTypes!())).map((one) => one.name)).toEqual([
      'user',
      'contractor',
    ])
    const changed = await api.updateUserType!({ typeId: type.id, userType: { displayName: 'Contractors' } })
    expect(changed.displayName).toBe('Contractors')
    await api.deleteUserType!({ typeId: type.id })
    expect(await refusal(api.getUserType!({ typeId: type.id }))).toMatchObject({ status: 404, errorCode: 'E0000007' })
  })

  test('reads the log and the schema', async () => {
    await makeUser()
    const events = await listOf<{ eventType: string; outcome: { result: string } }>(
      counted(client.systemLogApi).listLogEvents!({
        filter: 'eventType eq "user.lifecycle.create"',
        since: new Date(org.clock.now() - 60_000).toISOString(),
        until: new Date(org.clock.now() + 60_000).toISOString(),
      }),
    )
    expect(events).toHaveLength(1)
    expect(events[0]!.outcome.result).toBe('SUCCESS')
    const schema = await counted(client.schemaApi).getUserSchema!({ schemaId: 'default' })
    expect(schema.definitions.base.required).toContain('login')
  })
})

test('these operations were used, and no list claims others', () => {
  expect([...used].sort()).toEqual([...operations.management].sort())
})
