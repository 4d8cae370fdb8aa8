import { beforeEach, describe, expect, it } from 'vitest'
import { type TestOrg, testOrg } from './testing.ts'

let t: TestOrg
beforeEach(async () => {
  t = await testOrg()
})

const make = async (path: string, body: object): Promise<string> => {
  const { status, json } = await t.call(`POST ${path}`, body)
  expect([200, 201]).toContain(status)
  return json.id
}
const group = (name: string) => make('/api/v1/groups', { profile: { name } })
const read = async (path: string) => (await t.call(`GET ${path}`)).json
const user = async (login: string) => {
  const profile = { firstName: 'Ada', lastName: 'Byron', email: login, login }
  return await make('/api/v1/users?activate=false', { profile })
}
const deleteUser = async (id: string) => {
  for (let i = 0; i < 2; i++) expect((await t.call(`DELETE /api/v1/users/${id}`)).status).toBe(204)
}
const handbook = {
  name: 'bookmark',
  label: 'Handbook',
  signOnMode: 'BOOKMARK',
  settings: { app: { requestIntegration: false, url: 'https://handbook.example.com' } },
}
const deleteApp = async (id: string) => {
  await t.call(`POST /api/v1/apps/${id}/lifecycle/deactivate`)
  expect((await t.call(`DELETE /api/v1/apps/${id}`)).status).toBe(204)
}
const signOn = (name: string, people: object) => ({ type: 'OKTA_SIGN_ON', name, conditions: { people } })

describe('a policy', () => {
  it('forgets a group that is deleted, and stays as it was while another is left', async () => {
    const [one, other] = [await group('One'), await group('Other')]
    const policy = await make('/api/v1/policies', signOn('Both', { groups: { include: [one, other] } }))
    await t.call(`DELETE /api/v1/groups/${one}`)
    expect(await read(`/api/v1/policies/${policy}`)).toMatchObject({
      status: 'ACTIVE',
      conditions: { people: { groups: { include: [other] } } },
    })
  })

  it('is switched off when nobody is left whom it was for: it would be for everybody', async () => {
    const only = await group('Only')
    const policy = await make('/api/v1/policies', signOn('Few', { groups: { include: [only] } }))
    await t.call(`DELETE /api/v1/groups/${only}`)
    expect(await read(`/api/v1/policies/${policy}`)).toMatchObject({
      status: 'INACTIVE',
      conditions: { people: { groups: { include: [] } } },
    })
  })

  it('counts users and groups together, and forgets the excluded quietly', async () => {
    const [ada, bob, few] = [await user('ada@example.com'), await user('bob@example.com'), await group('Few')]
    const people = { users: { include: [ada], exclude: [bob] }, groups: { include: [few] } }
    const policy = await make('/api/v1/policies', signOn('Some', people))
    await deleteUser(ada)
    await deleteUser(bob)
    expect(await read(`/api/v1/policies/${policy}`)).toMatchObject({
      status: 'ACTIVE',
      conditions: { people: { users: { include: [], exclude: [] }, groups: { include: [few] } } },
    })
    const body = await read(`/api/v1/policies/${policy}`)
    expect((await t.call(`PUT /api/v1/policies/${policy}`, body)).status).toBe(200)
  })
})

describe('a rule', () => {
  it('forgets an app with all that is said of it', async () => {
    const [one, other] = [
      await make('/api/v1/apps', handbook),
      await make('/api/v1/apps', { ...handbook, label: 'Other' }),
    ]
    const [discovery] = await read('/api/v1/policies?type=IDP_DISCOVERY')
    const rule = await make(`/api/v1/policies/${discovery.id}/rules`, {
      name: 'Apps',
      conditions: { app: { include: [one, other].map((id) => ({ type: 'APP', id })), exclude: [] } },
      actions: { idp: { providers: [{ type: 'OKTA' }] } },
    })
    await deleteApp(one)
    const path = `/api/v1/policies/${discovery.id}/rules/${rule}`
    expect(await read(path)).toMatchObject({
      status: 'ACTIVE',
      conditions: { app: { include: [{ type: 'APP', id: other }] } },
    })
    await deleteApp(other)
    expect(await read(path)).toMatchObject({ status: 'INACTIVE', conditions: { app: { include: [] } } })
  })
})

describe('an authorization server', () => {
  const SERVER = '/api/v1/authorizationServers/default'

  it('forgets clients, users and groups', async () => {
    const client = await make('/api/v1/apps', {
      name: 'oidc_client',
      label: 'Portal',
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
      settings: {
        oauthClient: { application_type: 'service', grant_types: ['client_credentials'], response_types: ['token'] },
      },
    })
    const policy = await make(`${SERVER}/policies`, {
      type: 'OAUTH_AUTHORIZATION_POLICY',
      name: 'Portal',
      description: 'Only the portal',
      conditions: { clients: { include: [client] } },
    })
    const [ada, few] = [await user('ada@example.com'), await group('Few')]
    const rule = await make(`${SERVER}/policies/${policy}/rules`, {
      type: 'RESOURCE_ACCESS',
      name: 'Few',
      conditions: {
        grantTypes: { include: ['authorization_code'] },
        people: { users: { include: [ada], exclude: [] }, groups: { include: [few], exclude: [] } },
        scopes: { include: ['*'] },
      },
    })
    await deleteApp(client)
    await deleteUser(ada)
    await t.call(`DELETE /api/v1/groups/${few}`)
    expect((await read(`${SERVER}/policies/${policy}`)).conditions.clients.include).toEqual([])
    expect((await read(`${SERVER}/policies/${policy}/rules/${rule}`)).conditions.people).toMatchObject({
      users: { include: [] },
      groups: { include: [] },
    })
  })

  it('refuses clients, users and groups that are not there', async () => {
    const policy = (include: string[]) => ({
      type: 'OAUTH_AUTHORIZATION_POLICY',
      name: 'Portal',
      description: 'Only the portal',
      conditions: { clients: { include } },
    })
    await t.call(`POST ${SERVER}/policies`, policy(['0oaNone']))
    expect(t.lastCause()).toBe('E0000001/reference-unknown')
    const id = await make(`${SERVER}/policies`, policy(['ALL_CLIENTS']))
    const rule = (people: object) => ({
      type: 'RESOURCE_ACCESS',
      name: 'Few',
      conditions: { grantTypes: { include: ['password'] }, people, scopes: { include: ['*'] } },
    })
    await t.call(`POST ${SERVER}/policies/${id}/rules`, rule({ groups: { include: ['00gNone'] } }))
    expect(t.lastCause()).toBe('E0000001/reference-unknown')
    await make(`${SERVER}/policies/${id}/rules`, rule({ groups: { include: ['EVERYONE'] } }))
  })

  it('forgets a scope, and lets a claim rest that was for it alone; another name is taken over', async () => {
    const scope = await make(`${SERVER}/scopes`, { name: 'orders' })
    const claim = (name: string, scopes: string[]) =>
      make(`${SERVER}/claims`, {
        name,
        claimType: 'RESOURCE',
        valueType: 'EXPRESSION',
        value: 'app.name',
        conditions: { scopes },
      })
    const [alone, both] = [await claim('alone', ['orders']), await claim('both', ['orders', 'openid'])]
    const [{ id: policy }] = await read(`${SERVER}/policies`)
    const rule = await make(`${SERVER}/policies/${policy}/rules`, {
      type: 'RESOURCE_ACCESS',
      name: 'Orders',
      conditions: { grantTypes: { include: ['client_credentials'] }, scopes: { include: ['orders'] } },
    })
    const scopesOf = async () => [
      (await read(`${SERVER}/claims/${alone}`)).conditions.scopes,
      (await read(`${SERVER}/claims/${both}`)).conditions.scopes,
      (await read(`${SERVER}/policies/${policy}/rules/${rule}`)).conditions.scopes.include,
    ]
    await t.call(`PUT ${SERVER}/scopes/${scope}`, { name: 'purchases' })
    expect(await scopesOf()).toEqual([['purchases'], ['purchases', 'openid'], ['purchases']])
    expect((await t.call(`DELETE ${SERVER}/scopes/${scope}`)).status).toBe(204)
    expect(await scopesOf()).toEqual([[], ['openid'], []])
    expect((await read(`${SERVER}/claims/${alone}`)).status).toBe('INACTIVE')
    expect((await read(`${SERVER}/claims/${both}`)).status).toBe('ACTIVE')
  })
})

it('an identity provider forgets the groups that it puts people into', async () => {
  const few = await group('Few')
  const idp = await make('/api/v1/idps', {
    type: 'GOOGLE',
    name: 'Google',
    protocol: { type: 'OIDC', scopes: ['openid'], credentials: { client: { client_id: 'a', client_secret: 'b' } } },
    policy: { provisioning: { action: 'AUTO', groups: { action: 'ASSIGN', assignments: [few] } } },
  })
  await t.call(`DELETE /api/v1/groups/${few}`)
  expect((await read(`/api/v1/idps/${idp}`)).policy.provisioning.groups.assignments).toEqual([])
})
