// Do custom roles authorise: what they permit, on what their set reaches, and nothing else?
import { beforeEach, describe, expect, test } from 'vitest'
import { type Called, type TestOrg, testOrg } from '../testing.ts'

const base = 'http://127.0.0.1/api/v1'

let t: TestOrg
let ada: { userId: string; token: string }
let near: string
let far: string
let nearUser: string
let farUser: string

const call = (request: string, body?: unknown) => t.call(request, body, { token: ada.token })
const outcome = (answer: Called) => (answer.status < 300 ? 'done' : (t.lastCause() ?? String(answer.status)))
const tried = async (request: string, body?: unknown) => outcome(await call(request, body))

const lacks = 'E0000006/role-lacks-permission'
const outside = 'E0000006/outside-resource-set'

async function grant(
  permissions: readonly string[],
  resources: readonly string[],
): Promise<{ role: string; set: string }> {
  const label = `L${t.org.ids.next('x')}`
  const role = (await t.call('POST /api/v1/iam/roles', { label, description: label, permissions })).json.id
  const made = await t.call('POST /api/v1/iam/resource-sets', { label, description: label, resources })
  expect(made.status).toBe(200)
  const body = { type: 'CUSTOM', role, 'resource-set': made.json.id }
  expect((await t.call(`POST /api/v1/users/${ada.userId}/roles`, body)).status).toBe(201)
  return { role, set: made.json.id }
}

async function group(name: string): Promise<string> {
  return (await t.call('POST /api/v1/groups', { profile: { name } })).json.id
}

async function user(login: string, groupId: string): Promise<string> {
  const profile = { firstName: 'Grace', lastName: 'Hopper', login, email: login }
  const credentials = { password: { value: 'Correct-Horse-9' } }
  return (await t.call('POST /api/v1/users?activate=true', { profile, credentials, groupIds: [groupId] })).json.id
}

async function app(label: string, name = 'bookmark'): Promise<string> {
  const settings = { app: { requestIntegration: false, url: 'https://x.example.com' } }
  return (await t.call('POST /api/v1/apps', { name, label, signOnMode: 'BOOKMARK', settings })).json.id
}

beforeEach(async () => {
  t = await testOrg()
  ada = await t.makeAdmin('ada@example.com')
  near = await group('Near')
  far = await group('Far')
  nearUser = await user('near@example.com', near)
  farUser = await user('far@example.com', far)
})

describe('on users', () => {
  test('the members of a group are reached, the group is not, and others are not', async () => {
    await grant(['okta.users.manage', 'okta.groups.manage'], [`${base}/groups/${near}/users`])
    expect(await tried(`GET /api/v1/users/${nearUser}`)).toBe('done')
    expect(await tried('GET /api/v1/users/near@example.com/groups')).toBe('done')
    expect(await tried(`POST /api/v1/users/${nearUser}`, { profile: { nickName: 'Amazing' } })).toBe('done')
    expect(await tried(`POST /api/v1/users/${nearUser}/lifecycle/suspend`)).toBe('done')
    for (const request of [
      `GET /api/v1/users/${farUser}`,
      `GET /api/v1/users/${farUser}/groups`,
      `POST /api/v1/users/${farUser}/lifecycle/suspend`,
      `DELETE /api/v1/users/${farUser}`,
      `GET /api/v1/groups/${near}`,
      `PUT /api/v1/groups/${near}/users/${farUser}`,
      `DELETE /api/v1/groups/${near}`,
    ]) {
      expect([request, await tried(request)]).toEqual([request, outside])
    }
    expect((await t.call(`GET /api/v1/users/${farUser}`)).json.status).toBe('ACTIVE')
    expect(await tried('GET /api/v1/users/00uNone')).toBe('E0000007/resource-missing')
    expect(await tried('GET /api/v1/users/me')).toBe('done')
    expect(await tried('GET /api/v1/apps')).toBe(lacks)
    expect(await tried('GET /api/v1/iam/roles')).toBe('E0000006/super-admin-required')
  })

  test('lists show what is reached, in every way of asking', async () => {
    await grant(['okta.users.read'], [`${base}/groups/${near}/users`])
    const logins = async (query: string) =>
      (await call(`GET /api/v1/users${query}`)).json.map((one: { profile: { login: string } }) => one.profile.login)
    for (const query of [
      '',
      '?q=Grace',
      `?search=${encodeURIComponent('profile.firstName eq "Grace"')}`,
      `?search=${encodeURIComponent('status eq "ACTIVE"')}&sortBy=profile.login`,
      `?filter=${encodeURIComponent('status eq "ACTIVE"')}`,
    ]) {
      expect([query, await logins(query)]).toEqual([query, ['near@example.com']])
    }
    expect(await logins('?q=Ada')).toEqual([])
    await grant(['okta.users.read'], [`${base}/groups/${far}/users`])
    expect(await logins('')).toEqual(['near@example.com', 'far@example.com'])
    await grant(['okta.users.read'], [`${base}/users`])
    expect(await logins('')).toHaveLength(4)
  })

  test.each([
    ['okta.users.lifecycle.activate', 'POST', 'lifecycle/reactivate', 'E0000038/user-not-reactivatable'],
    ['okta.users.lifecycle.deactivate', 'POST', 'lifecycle/deactivate', 'done'],
    ['okta.users.lifecycle.suspend', 'POST', 'lifecycle/suspend', 'done'],
    ['okta.users.lifecycle.clearSessions', 'DELETE', 'sessions', 'done'],
    ['okta.users.lifecycle.unlock', 'POST', 'lifecycle/unlock', 'E0000032/user-not-locked-out'],
    ['okta.users.credentials.expirePassword', 'POST', 'lifecycle/expire_password', 'done'],
    ['okta.users.credentials.resetPassword', 'POST', 'lifecycle/reset_password?sendEmail=false', 'done'],
    ['okta.users.credentials.resetFactors', 'POST', 'lifecycle/reset_factors', 'done'],
  ])('%s permits that alone', async (permission, method, path, wanted) => {
    await grant([permission], [`${base}/users`])
    const mine = await tried(`${method} /api/v1/users/${nearUser}/${path}`)
    // The handler was reached: what it says then is about the user, not about rights.
    if (wanted === 'done') expect(mine).toBe('done')
    else expect(mine).toMatch(new RegExp(`^${wanted.split('/')[0]}/`))
    for (const [otherMethod, other] of [
      ['POST', 'lifecycle/suspend'],
      ['POST', 'lifecycle/expire_password'],
      ['DELETE', 'sessions'],
    ]) {
      if (other === path) continue
      expect(await tried(`${otherMethod} /api/v1/users/${nearUser}/${other}`)).toBe(lacks)
    }
    expect(await tried(`DELETE /api/v1/users/${nearUser}`)).toBe(lacks)
  })

  test('are made in the groups that are reached', async () => {
    await grant(['okta.users.create'], [`${base}/groups/${near}`])
    const make = (groupIds?: string[]) =>
      tried('POST /api/v1/users?activate=false', {
        profile: { firstName: 'N', lastName: 'N', login: `${t.org.ids.next('n')}@x.example`, email: 'n@x.example' },
        groupIds,
      })
    expect(await make([near])).toBe('done')
    expect(await make([far])).toBe(outside)
    expect(await make()).toBe(outside)
    expect(await tried('GET /api/v1/users')).toBe(lacks)
    await grant(['okta.users.create'], [`${base}/users`])
    expect(await make()).toBe('done')
  })

  test('of a realm are reached with it', async () => {
    const realm = (await t.call('POST /api/v1/realms', { profile: { name: 'Partners' } })).json.id
    await t.call(`POST /api/v1/users/${farUser}`, { realmId: realm })
    await grant(['okta.users.read'], [`${base}/realms/${realm}/users`])
    expect(await tried(`GET /api/v1/users/${farUser}`)).toBe('done')
    expect(await tried(`GET /api/v1/users/${nearUser}`)).toBe(outside)
    expect((await call('GET /api/v1/users')).json.map((one: { id: string }) => one.id)).toEqual([farUser])
  })

  test('are put into realms by those who manage both realms', async () => {
    const realmOf = async (name: string) => (await t.call('POST /api/v1/realms', { profile: { name } })).json.id
    const [from, to] = [await realmOf('Partners'), await realmOf('Suppliers')]
    const move = (realmId: string) => tried(`POST /api/v1/users/${nearUser}`, { realmId })
    const make = (login: string, realmId: string) =>
      tried('POST /api/v1/users?activate=false', {
        profile: { firstName: 'Grace', lastName: 'Hopper', login, email: login },
        realmId,
      })
    await t.call(`POST /api/v1/users/${nearUser}`, { realmId: from })
    await grant(['okta.users.userprofile.manage', 'okta.users.create'], [`${base}/users`])
    expect(await move(to)).toBe(lacks)
    expect(await move(t.org.fixed.realmId)).toBe(lacks)
    expect(await move(from)).toBe('done')
    expect(await make('a@example.com', to)).toBe(lacks)
    expect(await make('a@example.com', t.org.fixed.realmId)).toBe('done')
    await grant(['okta.realms.manage'], [`${base}/realms/${to}`])
    expect(await make('b@example.com', to)).toBe('done')
    expect(await move(to)).toBe(outside)
    await grant(['okta.realms.manage'], [`${base}/realms/${from}`])
    expect(await move(to)).toBe('done')
    expect((await t.call(`GET /api/v1/users/${nearUser}`)).json.realmId).toBe(to)
    const helper = await t.makeAdmin('helper@example.com', 'USER_ADMIN')
    const body = { realmId: from }
    expect((await t.call(`POST /api/v1/users/${nearUser}`, body, { token: helper.token })).status).toBe(403)
    const organizer = await t.makeAdmin('organizer@example.com', 'ORG_ADMIN')
    expect((await t.call(`POST /api/v1/users/${nearUser}`, body, { token: organizer.token })).status).toBe(200)
  })

  test('who are super admins stay out of reach', async () => {
    await grant(['okta.users.manage'], [`${base}/users`])
    expect(await tried(`POST /api/v1/users/${t.adminId}`, { profile: { nickName: 'x' } })).toBe(
      'E0000006/super-admin-required',
    )
  })

  test('have API tokens, and only those of users in reach are seen', async () => {
    const other = await t.makeAdmin('bob@example.com')
    await t.call(`PUT /api/v1/groups/${near}/users/${other.userId}`)
    await grant(['okta.users.apitokens.manage'], [`${base}/groups/${near}/users`])
    expect((await call('GET /api/v1/api-tokens')).json.map((one: { id: string }) => one.id)).toEqual([other.tokenId])
    const [mine] = (await t.call('GET /api/v1/api-tokens')).json
    expect(await tried(`DELETE /api/v1/api-tokens/${mine.id}`)).toBe(outside)
    expect(await tried(`DELETE /api/v1/api-tokens/${other.tokenId}`)).toBe('done')
  })
})

describe('on groups', () => {
  test('one group, without its being deleted by who may only change members', async () => {
    await grant(
      ['okta.groups.members.manage', 'okta.users.groupMembership.manage'],
      [`${base}/groups/${near}`, `${base}/users`],
    )
    expect(await tried(`PUT /api/v1/groups/${near}/users/${farUser}`)).toBe('done')
    expect(await tried(`GET /api/v1/groups/${near}/users`)).toBe('done')
    expect(await tried(`PUT /api/v1/groups/${far}/users/${farUser}`)).toBe(outside)
    expect(await tried(`GET /api/v1/groups/${far}`)).toBe(outside)
    expect(await tried('GET /api/v1/groups/00gNone')).toBe('E0000007/resource-missing')
    expect(await tried(`DELETE /api/v1/groups/${near}`)).toBe(lacks)
    expect((await call('GET /api/v1/groups')).json.map((one: { id: string }) => one.id)).toEqual([near])
  })

  test('taking a user in takes a right on the user too, so that nobody is pulled into the reach of a role', async () => {
    await grant(
      ['okta.groups.members.manage', 'okta.users.credentials.manage'],
      [`${base}/groups/${near}`, `${base}/groups/${near}/users`],
    )
    for (const victim of [farUser, t.adminId]) {
      expect(await tried(`PUT /api/v1/groups/${near}/users/${victim}`)).toBe(outside)
      expect(await tried(`POST /api/v1/users/${victim}/lifecycle/reset_password?sendEmail=false`)).toBe(outside)
    }
    expect(await tried(`DELETE /api/v1/groups/${near}/users/${nearUser}`)).toBe('done')
    await grant(['okta.users.read'], [`${base}/users`])
    expect(await tried(`PUT /api/v1/groups/${near}/users/${farUser}`)).toBe(outside)
    await grant(['okta.users.groupMembership.manage'], [`${base}/users`])
    expect(await tried(`PUT /api/v1/groups/${near}/users/${farUser}`)).toBe('done')
    expect(await tried(`PUT /api/v1/groups/${far}/users/${farUser}`)).toBe(outside)
    // Being a member does not put an administrator into anybody's hands.
    expect(await tried(`PUT /api/v1/groups/${near}/users/${t.adminId}`)).toBe('done')
    expect(await tried(`POST /api/v1/users/${t.adminId}/lifecycle/reset_password?sendEmail=false`)).toBe(
      'E0000006/super-admin-required',
    )
  })

  test('new ones take all groups', async () => {
    const body = { profile: { name: 'New' } }
    await grant(['okta.groups.manage'], [`${base}/groups/${near}`])
    expect(await tried('POST /api/v1/groups', body)).toBe(outside)
    await grant(['okta.groups.create'], [`${base}/groups`])
    expect(await tried('POST /api/v1/groups', body)).toBe('done')
    expect(await tried(`PUT /api/v1/groups/${far}`, { profile: { name: 'Farther' } })).toBe(outside)
    expect(await tried(`PUT /api/v1/groups/${near}`, { profile: { name: 'Nearer' } })).toBe('done')
  })
})

describe('on apps', () => {
  test('one, all of a kind, or all but some', async () => {
    const [own, other] = [await app('Own'), await app('Other')]
    const { set } = await grant(['okta.apps.manage'], [`${base}/apps/${own}`])
    expect(await tried(`GET /api/v1/apps/${own}`)).toBe('done')
    expect(await tried(`GET /api/v1/apps/${other}`)).toBe(outside)
    expect(await tried(`POST /api/v1/apps/${other}/lifecycle/deactivate`)).toBe(outside)
    const ids = async () => (await call('GET /api/v1/apps')).json.map((one: { id: string }) => one.id)
    expect(await ids()).toEqual([own])
    await t.call(`PATCH /api/v1/iam/resource-sets/${set}/resources`, {
      additions: [`${base}/apps?filter=name+eq+%22bookmark%22`],
    })
    expect(await ids()).toEqual([own, other])
    await t.call(`DELETE /api/v1/iam/resource-sets/${set}`)
    expect(await tried('GET /api/v1/apps')).toBe(lacks)
    const wide = await grant(['okta.apps.read'], [`${base}/users`])
    await t.call(`POST /api/v1/iam/resource-sets/${wide.set}/resources`, {
      resourceOrnOrUrl: `${base}/apps`,
      conditions: { Exclude: { 'okta:ORN': [`orn:okta:idp:x:apps:bookmark:${other}`] } },
    })
    expect(await ids()).toContain(own)
    expect(await ids()).not.toContain(other)
  })

  test('giving one takes a right on both sides', async () => {
    const own = await app('Own')
    await grant(['okta.apps.assignment.manage'], [`${base}/apps/${own}`])
    const give = (id: string) => tried(`POST /api/v1/apps/${own}/users`, { id })
    expect(await give(nearUser)).toBe(outside)
    expect(await tried(`PUT /api/v1/apps/${own}/groups/${near}`)).toBe(outside)
    await grant(
      ['okta.users.appAssignment.manage', 'okta.groups.appAssignment.manage'],
      [`${base}/groups/${near}/users`, `${base}/groups/${near}`],
    )
    expect(await give(nearUser)).toBe('done')
    expect(await give(farUser)).toBe(outside)
    expect(await tried(`PUT /api/v1/apps/${own}/groups/${near}`)).toBe('done')
    expect(await tried(`PUT /api/v1/apps/${own}/groups/${far}`)).toBe(outside)
    expect(await tried(`DELETE /api/v1/apps/${own}`)).toBe(lacks)
  })
})

test('authorization servers are reached one by one', async () => {
  const make = async (name: string) =>
    (await t.call('POST /api/v1/authorizationServers', { name, description: name, audiences: [`api://${name}`] })).json
      .id
  const [own, other] = [await make('own'), await make('other')]
  await grant(['okta.authzServers.manage'], [`${base}/authorizationServers/${own}`])
  const scope = { name: 'boats', consent: 'IMPLICIT' }
  expect(await tried(`POST /api/v1/authorizationServers/${own}/scopes`, scope)).toBe('done')
  expect(await tried(`POST /api/v1/authorizationServers/${other}/scopes`, scope)).toBe(outside)
  expect(await tried('POST /api/v1/authorizationServers', { name: 'x', description: 'x', audiences: ['x'] })).toBe(
    outside,
  )
  expect((await call('GET /api/v1/authorizationServers')).json.map((one: { id: string }) => one.id)).toEqual([own])
})

test('customizations, hooks and identity providers have permissions of their own', async () => {
  await grant(['okta.customizations.read'], [`orn:okta:idp:${t.org.fixed.orgId}:customizations`])
  expect(await tried('GET /api/v1/brands')).toBe('done')
  expect(await tried('POST /api/v1/brands', { name: 'x' })).toBe(lacks)
  expect(await tried('GET /api/v1/org')).toBe(lacks)
  expect(await tried('GET /api/v1/eventHooks')).toBe(lacks)
  await grant(['okta.eventHooks.read'], [`${base}/eventHooks`])
  expect(await tried('GET /api/v1/eventHooks')).toBe('done')
  expect(await tried('GET /api/v1/inlineHooks')).toBe(lacks)
  await grant(['okta.identityProviders.read'], [`${base}/users`])
  expect((await call('GET /api/v1/idps')).json).toEqual([])
  expect(await tried('GET /api/v1/idps/credentials/keys')).toBe(outside)
})

test('roles are read with okta.iam.read, and changed by super admins only', async () => {
  await grant(['okta.iam.read'], [`orn:okta:iam:${t.org.fixed.orgId}:contained_resources`])
  expect(await tried('GET /api/v1/iam/roles')).toBe('done')
  expect(await tried(`GET /api/v1/users/${ada.userId}/roles`)).toBe('done')
  expect(await tried(`POST /api/v1/users/${ada.userId}/roles`, { type: 'SUPER_ADMIN' })).toBe(
    'E0000006/super-admin-required',
  )
  expect(await tried('POST /api/v1/iam/roles', {})).toBe('E0000006/super-admin-required')
})

test('rights come through groups too, and follow every change at once', async () => {
  const { role, set } = await grant(['okta.users.read'], [`${base}/users`])
  const [mine] = (await t.call(`GET /api/v1/users/${ada.userId}/roles`)).json
  await t.call(`DELETE /api/v1/users/${ada.userId}/roles/${mine.id}`)
  expect(await tried('GET /api/v1/users')).toBe(lacks)
  await t.call(`POST /api/v1/iam/resource-sets/${set}/bindings`, { role, members: [`${base}/groups/${near}`] })
  expect(await tried('GET /api/v1/users')).toBe(lacks)
  await t.call(`PUT /api/v1/groups/${near}/users/${ada.userId}`)
  expect(await tried('GET /api/v1/users')).toBe('done')
  await t.call(`DELETE /api/v1/iam/roles/${role}/permissions/okta.users.read`)
  expect(await tried('GET /api/v1/users')).toBe(lacks)
})

test('what a limited standard role does not reach, a custom role may', async () => {
  await t.call(`POST /api/v1/users/${ada.userId}/roles`, { type: 'HELP_DESK_ADMIN' })
  const [desk] = (await t.call(`GET /api/v1/users/${ada.userId}/roles`)).json
  await t.call(`PUT /api/v1/users/${ada.userId}/roles/${desk.id}/targets/groups/${near}`)
  const expire = (id: string) => tried(`POST /api/v1/users/${id}/lifecycle/expire_password`)
  expect(await expire(nearUser)).toBe('done')
  expect(await expire(farUser)).toBe(lacks)
  await grant(['okta.users.credentials.expirePassword'], [`${base}/groups/${far}/users`])
  expect(await expire(farUser)).toBe('done')
})

test('a permission without a resource that it is about gives nothing', async () => {
  await grant(['okta.users.manage'], [`${base}/groups/${near}`])
  expect((await call('GET /api/v1/users')).json).toEqual([])
  expect(await tried(`GET /api/v1/users/${nearUser}`)).toBe(outside)
})

describe('what hangs on a thing is shown as far as it is reached itself', () => {
  let own: string
  let other: string

  beforeEach(async () => {
    own = await app('Own')
    other = await app('Other')
    await t.call(`PUT /api/v1/groups/${far}/users/${nearUser}`)
    for (const id of [nearUser, farUser]) await t.call(`POST /api/v1/apps/${own}/users`, { id })
    await t.call(`POST /api/v1/apps/${other}/users`, { id: nearUser })
    for (const id of [near, far]) await t.call(`PUT /api/v1/apps/${own}/groups/${id}`)
    await t.call(`PUT /api/v1/apps/${other}/groups/${near}`)
  })

  const ids = async (request: string) => (await call(request)).json.map((one: { id: string }) => one.id).sort()
  const embedded = async (request: string) => {
    const rows = (await call(request)).json as { id: string; _embedded?: unknown }[]
    return rows.filter((one) => one._embedded).map((one) => one.id)
  }

  test('users and groups of an app', async () => {
    await grant(['okta.apps.read'], [`${base}/apps/${own}`])
    const users = `GET /api/v1/apps/${own}/users`
    const groups = `GET /api/v1/apps/${own}/groups`
    expect(await embedded(`${users}?expand=user`)).toEqual([])
    expect(await embedded(`${groups}?expand=group`)).toEqual([])
    expect((await call(`${users}/${farUser}?expand=user`)).json._embedded).toBeUndefined()
    expect((await call(`${groups}/${far}?expand=group`)).json._embedded).toBeUndefined()
    await grant(['okta.users.read', 'okta.groups.read'], [`${base}/groups/${near}/users`, `${base}/groups/${near}`])
    expect(await embedded(`${users}?expand=user`)).toEqual([nearUser])
    expect(await embedded(`${groups}?expand=group`)).toEqual([near])
    expect((await call(`${users}/${nearUser}?expand=user`)).json._embedded.user.id).toBe(nearUser)
    expect((await call(`${groups}/${near}?expand=group`)).json._embedded.group.id).toBe(near)
    expect((await call(`${users}/${farUser}?expand=user`)).json._embedded).toBeUndefined()
    expect((await t.call(`${users}/${farUser}?expand=user`)).json._embedded.user.id).toBe(farUser)
  })

  test('groups and apps of a user, apps of a group', async () => {
    await grant(['okta.users.read', 'okta.groups.read'], [`${base}/groups/${near}/users`, `${base}/groups/${near}`])
    const links = async () =>
      (await call(`GET /api/v1/users/${nearUser}/appLinks`)).json.map(
        (one: { appInstanceId: string }) => one.appInstanceId,
      )
    expect(await ids(`GET /api/v1/users/${nearUser}/groups`)).toEqual([near])
    expect(await ids(`GET /api/v1/groups/${near}/apps`)).toEqual([])
    expect(await links()).toEqual([])
    await grant(['okta.apps.read'], [`${base}/apps/${own}`])
    expect(await ids(`GET /api/v1/groups/${near}/apps`)).toEqual([own])
    expect(await links()).toEqual([own])
    const all = await t.call(`GET /api/v1/users/${nearUser}/groups`)
    expect(all.json.map((one: { id: string }) => one.id).sort()).toEqual([t.org.fixed.everyoneId, near, far].sort())
    expect((await t.call(`GET /api/v1/groups/${near}/apps`)).json).toHaveLength(2)
  })
})
