// Does the official Node SDK, unmodified and over real HTTP, work with groups, group rules and profile mappings?

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

const makeUser = async (name: string, more: object = {}): Promise<{ id: string }> => {
  const login = `${name}@sdk.test`
  const profile = { firstName: name, lastName: 'Byron', email: login, login, ...more }
  return await counted(client.userApi).createUser!({ activate: true, body: { profile } })
}

const makeGroup = async (name: string): Promise<{ id: string }> =>
  await counted(client.groupApi).createGroup!({ group: { profile: { name, description: null } } })

const makeApp = async (label: string): Promise<{ id: string }> =>
  await counted(client.applicationApi).createApplication!({
    application: {
      name: 'oidc_client',
      label,
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
      settings: {
        oauthClient: {
          application_type: 'web',
          grant_types: ['authorization_code'],
          response_types: ['code'],
          redirect_uris: ['https://portal.example/callback'],
        },
      },
    },
  })

const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)

const ruleFor = (groupIds: string[], value: string, more: object = {}) => ({
  type: 'group_rule',
  name: 'Engineers by title',
  conditions: { expression: { type: 'urn:okta:expression:1.0', value } },
  actions: { assignUserToGroups: { groupIds } },
  ...more,
})

describe('groups', () => {
  test('are searched, filtered, sorted, cut into pages and shown with their numbers', async () => {
    const api = counted(client.groupApi)
    for (const name of ['Red', 'Blue', 'Green']) await makeGroup(name)
    const names = async (request: object) =>
      (await listOf<{ profile: { name: string } }>(api.listGroups!(request))).map(({ profile }) => profile.name)
    expect(await names({ search: 'profile.name sw "R" or profile.name eq "Blue"' })).toEqual(['Red', 'Blue'])
    expect(await names({ search: 'type eq "OKTA_GROUP"', sortBy: 'profile.name', sortOrder: 'desc' })).toEqual([
      'Red',
      'Green',
      'Blue',
    ])
    expect(await names({ filter: 'type eq "BUILT_IN"' })).toEqual(['Everyone'])
    expect(await names({ limit: 1 })).toEqual(['Everyone', 'Red', 'Blue', 'Green'])
    const [everyone] = await listOf<{ _embedded: { stats: { usersCount: number } } }>(
      api.listGroups!({ q: 'Everyone', expand: 'stats' }),
    )
    expect(everyone!._embedded.stats.usersCount).toBeGreaterThan(0)
    expect(await refusal(listOf(api.listGroups!({ search: 'name xx "R"' })))).toMatchObject({
      status: 400,
      errorCode: 'E0000031',
    })
  })

  test('have members, owners and apps', async () => {
    const api = counted(client.groupApi)
    const [group, user, app] = [await makeGroup('Engineers'), await makeUser('ada'), await makeApp('Portal')]
    await api.assignUserToGroup!({ groupId: group.id, userId: user.id })
    expect(ids(await listOf(api.listGroupUsers!({ groupId: group.id })))).toEqual([user.id])
    await api.assignGroupOwner!({ groupId: group.id, GroupOwner: { id: user.id, type: 'USER' } })
    expect(ids(await listOf(api.listGroupOwners!({ groupId: group.id })))).toEqual([user.id])
    await api.deleteGroupOwner!({ groupId: group.id, ownerId: user.id })
    await counted(client.applicationApi).assignGroupToApplication!({ appId: app.id, groupId: group.id })
    const [shown] = await listOf<{ id: string; label: string }>(
      api.listAssignedApplicationsForGroup!({ groupId: group.id }),
    )
    expect(shown).toMatchObject({ id: app.id, label: 'Portal' })
    await api.unassignUserFromGroup!({ groupId: group.id, userId: user.id })
    const replaced = await api.replaceGroup!({ groupId: group.id, group: { profile: { name: 'Builders' } } })
    expect(replaced.profile.name).toBe('Builders')
    expect((await api.getGroup!({ groupId: group.id })).profile.name).toBe('Builders')
    await api.deleteGroup!({ groupId: group.id })
    expect(await refusal(api.getGroup!({ groupId: group.id }))).toMatchObject({ errorCode: 'E0000007' })
  })
})

describe('group rules', () => {
  test('are made, read, changed, switched and deleted, and fill their groups', async () => {
    const api = counted(client.groupApi)
    const group = await makeGroup('Engineers')
    const [ada, bob] = [await makeUser('ada', { title: 'Engineer' }), await makeUser('bob', { title: 'Writer' })]
    const made = await api.createGroupRule!({ groupRule: ruleFor([group.id], 'user.title == "Engineer"') })
    expect(made).toMatchObject({ type: 'group_rule', status: 'INACTIVE', name: 'Engineers by title' })
    expect(made.conditions.expression.value).toBe('user.title == "Engineer"')
    const ruleId = made.id
    await api.activateGroupRule!({ ruleId })
    expect(ids(await listOf(api.listGroupUsers!({ groupId: group.id })))).toEqual([ada.id])
    const shown = await api.getGroupRule!({ ruleId, expand: 'groupIdToGroupNameMap' })
    expect(shown).toMatchObject({ status: 'ACTIVE', actions: { assignUserToGroups: { groupIds: [group.id] } } })
    const groupRule = ruleFor([group.id], 'user.title == "Writer"', {
      name: 'Writers',
      conditions: {
        expression: { type: 'urn:okta:expression:1.0', value: 'user.title == "Writer"' },
        people: { users: { exclude: [ada.id] } },
      },
    })
    expect(await refusal(api.replaceGroupRule!({ ruleId, groupRule }))).toMatchObject({
      status: 400,
      errorCode: 'E0000001',
      causes: ['Cannot update a Group Rule with the status ACTIVE.'],
    })
    await api.deactivateGroupRule!({ ruleId })
    const replaced = await api.replaceGroupRule!({ ruleId, groupRule })
    expect(replaced.conditions.people.users.exclude).toEqual([ada.id])
    await api.activateGroupRule!({ ruleId })
    expect(ids(await listOf(api.listGroupUsers!({ groupId: group.id })))).toEqual([bob.id])
    await api.deactivateGroupRule!({ ruleId })
    await api.deleteGroupRule!({ ruleId, removeUsers: true })
    expect(ids(await listOf(api.listGroupUsers!({ groupId: group.id })))).toEqual([])
    expect(await refusal(api.getGroupRule!({ ruleId }))).toMatchObject({
      status: 404,
      errorSummary: `Not found: Resource not found: ${ruleId} (PolicyRule)`,
    })
  })

  test('are listed and searched, and say what is wrong with a condition', async () => {
    const api = counted(client.groupApi)
    const group = await makeGroup('Engineers')
    for (const name of ['Red', 'Blue', 'Reddish']) {
      await api.createGroupRule!({ groupRule: ruleFor([group.id], 'user.title == "x"', { name }) })
    }
    const names = async (request: object) =>
      (await listOf<{ name: string }>(api.listGroupRules!(request))).map(({ name }) => name)
    expect(await names({ limit: 2 })).toEqual(['Red', 'Blue', 'Reddish'])
    expect(await names({ search: 'red' })).toEqual(['Red', 'Reddish'])
    const groupRule = ruleFor([group.id], 'user.title = "x"')
    expect(await refusal(api.createGroupRule!({ groupRule }))).toMatchObject({
      status: 400,
      errorSummary: 'Api validation failed: validateRule',
      causes: ['Invalid expression syntax user.title = "x"', 'conditions: Invalid expression'],
    })
  })
})

test('profile mappings are listed, read and sent back', async () => {
  const api = counted(client.profileMappingApi)
  const app = await makeApp('Portal')
  const [mapping] = await listOf<{ id: string; source: { type: string } }>(
    api.listProfileMappings!({ targetId: app.id }),
  )
  expect(mapping).toMatchObject({ source: { type: 'user', name: 'user' }, target: { id: app.id, type: 'appuser' } })
  const read = await api.getProfileMapping!({ mappingId: mapping!.id })
  expect(read.target.name).toBe('oidc_client')
  // This version of the SDK takes all names out of `properties`, on the way there and back: nothing is changed.
  const sent = { properties: { nickname: { expression: 'user.firstName', pushStatus: 'PUSH' } } }
  const updated = await api.updateProfileMapping!({ mappingId: mapping!.id, profileMapping: sent })
  expect(updated.id).toBe(mapping!.id)
  expect(await refusal(api.getProfileMapping!({ mappingId: 'prmNothing' }))).toMatchObject({
    status: 404,
    errorSummary: 'Not found: Resource not found: prmNothing (ProfileMapping)',
  })
})

test('these operations were used, and no list claims others', () => {
  expect([...used].sort()).toEqual([...operations.groups].sort())
})
