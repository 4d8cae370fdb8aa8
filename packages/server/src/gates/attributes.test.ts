// Does everybody see and change only the attributes that conditions and the schema leave to them?
import { beforeEach, describe, expect, test } from 'vitest'
import { basic, type OAuthOrg, oauthOrg } from '../oauth/testing.ts'
import { type TestOrg, testOrg } from '../testing.ts'

const base = 'http://127.0.0.1/api/v1'
const KEY = 'okta:ResourceAttribute/User/Profile'
const grace = {
  firstName: 'Grace',
  lastName: 'Hopper',
  login: 'grace@example.com',
  email: 'grace@example.com',
  department: 'Compilers',
  city: 'Arlington',
  nickName: 'Amazing',
}

describe('with conditions on a custom role', () => {
  let t: TestOrg
  let ada: { userId: string; token: string }
  let group: string
  let id: string

  const call = (request: string, body?: unknown) => t.call(request, body, { token: ada.token })
  const namesOf = (profile: object) => Object.keys(profile).sort()

  async function grant(permissions: Record<string, unknown>): Promise<void> {
    const label = t.org.ids.next('x')
    const names = Object.keys(permissions)
    await t.call('POST /api/v1/iam/roles', { label, description: label, permissions: names })
    for (const [name, conditions] of Object.entries(permissions)) {
      const put = await t.call(`PUT /api/v1/iam/roles/${label}/permissions/${name}`, conditions ? { conditions } : {})
      expect(put.status).toBe(200)
    }
    const resources = [`${base}/groups/${group}/users`, `${base}/groups/${group}`]
    const set = await t.call('POST /api/v1/iam/resource-sets', { label, description: label, resources })
    const body = { type: 'CUSTOM', role: label, 'resource-set': set.json.id }
    expect((await t.call(`POST /api/v1/users/${ada.userId}/roles`, body)).status).toBe(201)
  }

  beforeEach(async () => {
    t = await testOrg()
    ada = await t.makeAdmin('ada@example.com')
    group = (await t.call('POST /api/v1/groups', { profile: { name: 'Near' } })).json.id
    id = (await t.call('POST /api/v1/users', { profile: grace, groupIds: [group] })).json.id
  })

  const five = ['email', 'firstName', 'lastName', 'login', 'mobilePhone']

  test.each([
    ['included attributes show, and five always do', { include: { [KEY]: ['city'] } }, [...five, 'city']],
    ['excluded attributes do not, but for the five', { exclude: { [KEY]: ['city', 'email', 'nickName'] } }, undefined],
  ])('%s', async (_, conditions, shown) => {
    await grant({ 'okta.users.read': conditions, 'okta.groups.read': undefined })
    const all = namesOf((await t.call(`GET /api/v1/users/${id}`)).json.profile)
    const visible = (shown ?? all.filter((name) => name !== 'city' && name !== 'nickName')).toSorted()
    expect(namesOf((await call(`GET /api/v1/users/${id}`)).json.profile)).toEqual(visible)
    expect(namesOf((await call('GET /api/v1/users')).json[0].profile)).toEqual(visible)
    expect(namesOf((await call(`GET /api/v1/groups/${group}/users`)).json[0].profile)).toEqual(visible)
  })

  test('what one role excludes another one grants', async () => {
    await grant({ 'okta.users.read': { exclude: { [KEY]: ['city'] } } })
    expect((await call(`GET /api/v1/users/${id}`)).json.profile.city).toBeUndefined()
    await grant({ 'okta.users.read': { include: { [KEY]: ['city'] } } })
    expect((await call(`GET /api/v1/users/${id}`)).json.profile.city).toBe('Arlington')
  })

  test('searches see no more than answers do', async () => {
    await grant({ 'okta.users.read': { exclude: { [KEY]: ['city'] } } })
    const found = async (search: string) =>
      (await call(`GET /api/v1/users?search=${encodeURIComponent(search)}`)).json.length
    expect(await found('profile.city eq "Arlington"')).toBe(0)
    expect(await found('profile.department eq "Compilers"')).toBe(1)
    expect(await found('profile.city pr')).toBe(0)
  })

  test('only what may be edited is changed, and the rest stays', async () => {
    await grant({ 'okta.users.read': undefined, 'okta.users.userprofile.manage': { include: { [KEY]: ['city'] } } })
    const path = `/api/v1/users/${id}`
    const moved = await call(`POST ${path}`, { profile: { city: 'Boston' } })
    expect([moved.status, moved.json.profile.city]).toEqual([200, 'Boston'])
    const same = await call(`POST ${path}`, { profile: { city: 'Boston', department: 'Compilers' } })
    expect(same.status).toBe(200)
    for (const request of [`POST ${path}`, `PUT ${path}`]) {
      const refused = await call(request, { profile: { city: 'Paris', department: 'Engines' } })
      expect([refused.status, refused.json.errorCode]).toEqual([403, 'E0000006'])
      expect(t.lastCause()).toBe('E0000006/attribute-outside-conditions')
    }
    expect((await t.call(`GET ${path}`)).json.profile).toMatchObject({ city: 'Boston', department: 'Compilers' })
    expect((await call(`PUT ${path}`, { profile: { city: null } })).status).toBe(200)
    const { profile } = (await t.call(`GET ${path}`)).json
    expect([profile.city, profile.department]).toEqual([undefined, 'Compilers'])
  })

  test('new users get only what may be set, beside the five', async () => {
    await grant({ 'okta.users.create': { include: { [KEY]: ['city'] } }, 'okta.users.read': undefined })
    const profile = { firstName: 'A', lastName: 'B', login: 'ab@example.com', email: 'ab@example.com', city: 'Rome' }
    const body = { profile: { ...profile, department: 'X' }, groupIds: [group] }
    expect((await call('POST /api/v1/users?activate=false', body)).status).toBe(403)
    expect(t.lastCause()).toBe('E0000006/attribute-outside-conditions')
    expect((await call('POST /api/v1/users?activate=false', { ...body, profile })).status).toBe(200)
  })

  test('a standard role that reaches the user is not limited by them', async () => {
    await grant({ 'okta.users.read': { exclude: { [KEY]: ['city'] } } })
    await t.call(`POST /api/v1/users/${ada.userId}/roles`, { type: 'READ_ONLY_ADMIN' })
    expect((await call(`GET /api/v1/users/${id}`)).json.profile.city).toBe('Arlington')
  })
})

describe('a user who acts on itself', () => {
  let t: OAuthOrg
  let id: string
  let cookie: string

  const me = (request: string, body?: unknown) => t.call(request, body, { token: null, headers: { cookie } })

  beforeEach(async () => {
    t = await oauthOrg()
    const credentials = { password: { value: 'Correct-Horse-9' } }
    id = (await t.call('POST /api/v1/users', { profile: grace, credentials })).json.id
    const body = { username: grace.login, password: 'Correct-Horse-9' }
    const { sessionToken } = (await t.call('POST /api/v1/authn', body, { token: null })).json
    cookie = `sid=${(await t.call('POST /api/v1/sessions', { sessionToken }, { token: null })).json.id}`
  })

  const allow = (attribute: string, action: string, kind = 'base') =>
    t.call('POST /api/v1/meta/schemas/user/default', {
      definitions: { [kind]: { properties: { [attribute]: { permissions: [{ principal: 'SELF', action }] } } } },
    })

  test('does not see what the schema hides, by whatever name it calls itself', async () => {
    for (const name of ['me', id, grace.login]) {
      const { profile } = (await me(`GET /api/v1/users/${name}`)).json
      expect([name, profile.city, profile.department]).toEqual([name, undefined, 'Compilers'])
    }
    expect((await allow('city', 'READ_ONLY')).status).toBe(200)
    expect((await me('GET /api/v1/users/me')).json.profile.city).toBe('Arlington')
    expect((await t.call(`GET /api/v1/users/${id}`)).json.profile.city).toBe('Arlington')
    expect((await me(`GET /api/v1/users/${t.adminId}`)).status).toBe(403)
  })

  test('changes what it may write, and sees the answer as it may', async () => {
    const changed = await me('POST /api/v1/users/me', { profile: { mobilePhone: '+1 555 0100', firstName: 'G' } })
    expect([changed.status, changed.json.profile.firstName, changed.json.profile.city]).toEqual([200, 'G', undefined])
    const back = (await me('GET /api/v1/users/me')).json
    expect((await me('POST /api/v1/users/me', back)).status).toBe(200)
    expect((await t.call(`GET /api/v1/users/${id}`)).json.profile.city).toBe('Arlington')
  })

  test.each(['department', 'city', 'login'])('does not change %s', async (name) => {
    const refused = await me('POST /api/v1/users/me', { profile: { [name]: 'other@example.com' } })
    expect([refused.status, refused.json.errorCode, refused.json.errorSummary]).toEqual([
      403,
      'E0000077',
      `Cannot modify the ${name} attribute because it is read-only.`,
    ])
    expect(t.lastCause()).toBe('E0000077/attribute-read-only')
    expect((await t.call(`GET /api/v1/users/${id}`)).json.profile).toMatchObject(grace)
    expect((await t.call(`POST /api/v1/users/${id}`, { profile: { [name]: 'other@example.com' } })).status).toBe(200)
  })

  test('changes an attribute of the org that it may write', async () => {
    const shoe = { title: 'Shoe', type: 'string', permissions: [{ principal: 'SELF', action: 'READ_WRITE' }] }
    await t.call('POST /api/v1/meta/schemas/user/default', { definitions: { custom: { properties: { shoe } } } })
    expect((await me('POST /api/v1/users/me', { profile: { shoe: '38' } })).json.profile.shoe).toBe('38')
    await allow('shoe', 'READ_ONLY', 'custom')
    expect((await me('POST /api/v1/users/me', { profile: { shoe: '39' } })).status).toBe(403)
  })

  test.each([
    ['a password', { credentials: { password: { value: 'Correct-Horse-10' } } }],
    ['a question', { credentials: { recovery_question: { question: 'Who?', answer: 'nobody' } } }],
    ['a realm', { realmId: 'guoNone' }],
  ])('does not give itself %s', async (_, body) => {
    const refused = await me('POST /api/v1/users/me', body)
    expect([refused.status, refused.json.errorCode]).toEqual([403, 'E0000006'])
  })

  test('replaces nothing, and changes nobody else', async () => {
    expect((await me('PUT /api/v1/users/me', { profile: grace })).status).toBe(403)
    expect((await me(`POST /api/v1/users/${t.adminId}`, { profile: { firstName: 'X' } })).status).toBe(403)
    expect(t.lastCause()).toBe('E0000006/role-lacks-permission')
  })

  test('gets a new address when it has opened the link in the mail', async () => {
    const asked = await me('POST /api/v1/users/me', { profile: { email: 'amazing@example.com', firstName: 'G' } })
    expect([asked.status, asked.json.profile.email, asked.json.profile.firstName]).toEqual([200, grace.email, 'G'])
    const [older] = t.org.inbox.list('amazing@example.com')
    await me('POST /api/v1/users/me', { profile: { email: 'amazing@example.com' } })
    const [mail] = t.org.inbox.list('amazing@example.com')
    const open = (link: string) => t.call(`GET ${new URL(link).pathname}`, undefined, { token: null })
    expect([(await open(older!.link!)).status, t.lastCause()]).toEqual([403, 'E0000110/link-used'])
    expect((await open(mail!.link!)).status).toBe(200)
    expect((await t.call(`GET /api/v1/users/${id}`)).json.profile.email).toBe('amazing@example.com')
    expect([...t.org.events.readBack()].slice(0, 2).map((event) => event.eventType)).toEqual([
      'user.account.update_primary_email',
      'user.account.update_profile',
    ])
    expect((await open(mail!.link!)).json.errorCode).toBe('E0000110')
    await me('POST /api/v1/users/me', { profile: { secondEmail: 'second@example.com' } })
    t.clock.advance(7 * 24 * 3600)
    expect((await open(t.org.inbox.list('second@example.com')[0]!.link!)).status).toBe(403)
    expect((await t.call(`GET /api/v1/users/${id}`)).json.profile.secondEmail).toBeNull()
  })

  test('gets no address that its realm or its directory does not let it have', async () => {
    const realm = { profile: { name: 'Ours', domains: ['example.com'] } }
    const { id: realmId } = (await t.call('POST /api/v1/realms', realm)).json
    expect((await t.call(`POST /api/v1/users/${id}`, { realmId })).status).toBe(200)
    const elsewhere = await me('POST /api/v1/users/me', { profile: { email: 'grace@else.example' } })
    expect([elsewhere.status, t.lastCause()]).toEqual([400, 'E0000001/user-outside-realm-domains'])
    expect(t.org.inbox.list('grace@else.example')).toEqual([])
    await me('POST /api/v1/users/me', { profile: { email: 'amazing@example.com' } })
    const [mail] = t.org.inbox.list('amazing@example.com')
    await t.call(`POST /api/v1/users/${id}/lifecycle/deactivate`)
    const opened = await t.call(`GET ${new URL(mail!.link!).pathname}`, undefined, { token: null })
    expect([opened.status, t.lastCause()]).toEqual([403, 'E0000110/link-used'])
  })

  test('changes its own password and question, and sees its own apps', async () => {
    const bookmark = {
      name: 'bookmark',
      label: 'Wiki',
      signOnMode: 'BOOKMARK',
      settings: { app: { requestIntegration: false, url: 'https://x.example.com' } },
    }
    const app = (await t.call('POST /api/v1/apps', bookmark)).json.id
    await t.call(`POST /api/v1/apps/${app}/users`, { id })
    const links = await me('GET /api/v1/users/me/appLinks')
    expect([links.status, links.json.map((one: { label: string }) => one.label)]).toEqual([200, ['Wiki']])

    const [old, fresh] = [{ value: 'Correct-Horse-9' }, { value: 'Correct-Horse-10' }]
    const change = (name: string, body: unknown, of = id) => me(`POST /api/v1/users/${of}/credentials/${name}`, body)
    const passwords = { oldPassword: old, newPassword: fresh }
    expect((await change('change_password', { ...passwords, oldPassword: fresh })).json.errorCode).toBe('E0000014')
    expect((await change('change_password', passwords)).status).toBe(200)
    const question = { password: fresh, recovery_question: { question: 'Which ship?', answer: 'the moth' } }
    expect((await change('change_recovery_question', question)).status).toBe(200)

    // Other people's are as closed as before.
    for (const refused of [
      await me(`GET /api/v1/users/${t.adminId}/appLinks`),
      await change('change_password', passwords, t.adminId),
      await change('change_recovery_question', question, t.adminId),
    ]) {
      expect([refused.status, refused.json.errorCode]).toEqual([403, 'E0000006'])
    }
  })

  test('needs only the scopes of its own account', async () => {
    const app = await t.addClient({ grantTypes: ['password'] })
    await t.grant(app.clientId, 'okta.users.read.self', 'okta.users.manage.self')
    const scope = 'openid okta.users.read.self okta.users.manage.self'
    const form = { grant_type: 'password', scope, username: grace.login, password: 'Correct-Horse-9' }
    const { json } = await t.post('/oauth2/v1/token', form, basic(app))
    const headers = { authorization: `Bearer ${json.access_token}` }
    const withToken = (request: string, body?: unknown) => t.call(request, body, { token: null, headers })
    expect((await withToken('GET /api/v1/users/me')).json.profile.city).toBeUndefined()
    expect((await withToken('POST /api/v1/users/me', { profile: { lastName: 'H' } })).json.profile.lastName).toBe('H')
    for (const request of [
      `GET /api/v1/users/${t.adminId}`,
      'GET /api/v1/users',
      'GET /api/v1/users/me/groups',
      // The scopes for the own account are for its profile.
      'GET /api/v1/users/me/appLinks',
      `POST /api/v1/users/${id}/credentials/change_password`,
    ]) {
      expect([request, (await withToken(request)).status, t.lastCause()]).toEqual([
        request,
        403,
        'insufficient_scope/scope-missing',
      ])
    }
  })
})
