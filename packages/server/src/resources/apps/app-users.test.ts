// Who has an app? Its users, its groups, and the attributes that they have there.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { appUsers } from '../../entities/app.ts'
import { isAssigned } from '../../entities/find-app.ts'
import { eventsOf } from '../../testing.ts'
import { type AppOrg, appOrg, bookmark, oauth, org2org, web } from './testing.ts'

let t: AppOrg

beforeEach(async () => {
  t = await appOrg()
})

describe('users of an app', () => {
  test('assign, read, update, list, take away', async () => {
    const app = await t.make(bookmark)
    const a = { title: 'A', type: 'integer' }
    await t.call(`POST /api/v1/meta/schemas/apps/${app}/default`, { definitions: { custom: { properties: { a } } } })
    const user = await t.makeUser('ada@example.com')
    const made = await t.call(`POST /api/v1/apps/${app}/users`, {
      id: user,
      credentials: { userName: 'ada' },
      profile: { a: 1 },
    })
    expect(made.status).toBe(200)
    // The keys of a recorded answer.
    expect(Object.keys(made.json).sort().join()).toBe(
      '_links,created,credentials,externalId,id,lastUpdated,passwordChanged,profile,scope,status,statusChanged,syncState',
    )
    expect(made.json).toMatchObject({ id: user, scope: 'USER', credentials: { userName: 'ada' } })
    expect((await t.call(`GET /api/v1/apps/${app}/users/${user}`)).json).toEqual(made.json)
    const updated = await t.call(`POST /api/v1/apps/${app}/users/${user}`, { credentials: { userName: 'ada2' } })
    expect(updated.json).toMatchObject({ credentials: { userName: 'ada2' }, profile: { a: 1 } })
    expect((await t.call(`GET /api/v1/apps/${app}/users`)).json).toHaveLength(1)
    expect((await t.call(`GET /api/v1/apps/${app}/users?q=zed`)).json).toEqual([])
    expect((await t.call(`DELETE /api/v1/apps/${app}/users/${user}`)).status).toBe(204)
    expect((await t.call(`GET /api/v1/apps/${app}/users/${user}`)).status).toBe(404)
    expect(eventsOf(t).filter((type) => type.startsWith('application.user'))).toEqual([
      'application.user_membership.add',
      'application.user_membership.update',
      'application.user_membership.remove',
    ])
  })

  test('have no attributes that nobody defined, unless the app is of the catalogue', async () => {
    const user = await t.makeUser('ada@example.com')
    const group = (await t.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })).json.id
    const profile = { zzz: 'str', yyy: 1 }
    const undefinedThere = {
      status: 400,
      cause: 'E0000001/assignment-property-not-found',
      causes: ['zzz', 'yyy'].map((name) => `Property '${name}' not found`),
    }
    for (const body of [bookmark, oauth(web)]) {
      const at = `/api/v1/apps/${await t.make(body)}`
      expect(await t.refusal(`POST ${at}/users`, { id: user, profile })).toMatchObject(undefinedThere)
      expect((await t.call(`GET ${at}/users/${user}`)).status).toBe(404)
      await t.call(`POST ${at}/users`, { id: user })
      expect(await t.refusal(`POST ${at}/users/${user}`, { profile })).toMatchObject(undefinedThere)
      expect(await t.refusal(`PUT ${at}/groups/${group}`, { profile })).toMatchObject(undefinedThere)
      expect((await t.call(`GET ${at}/groups`)).json).toEqual([])
    }
    const app = await t.make({ label: 'Other org', ...org2org })
    const assigned = await t.call(`POST /api/v1/apps/${app}/users`, { id: user, profile })
    expect(assigned.json.profile).toMatchObject(profile)
  })

  test('whoever comes through a group is listed, and leaves with the group only', async () => {
    const app = await t.make(oauth(web))
    const user = await t.makeUser('ada@example.com')
    const group = (await t.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })).json.id
    await t.call(`PUT /api/v1/groups/${group}/users/${user}`)
    const made = await t.call(`PUT /api/v1/apps/${app}/groups/${group}`)
    expect(made.json).toMatchObject({ id: group, priority: 0, profile: {} })
    expect((await t.call(`GET /api/v1/apps/${app}/users`)).json).toMatchObject([{ id: user, scope: 'GROUP' }])
    expect(await isAssigned(t.org, app, user)).toBe(true)
    expect(await t.refusal(`DELETE /api/v1/apps/${app}/users/${user}`)).toMatchObject({
      status: 403,
      causes: ['The application cannot be unassigned from the user while their group memberships grant them access'],
      cause: 'E0000046/group-grants-app',
    })
    // What is changed for such a user is kept, without making the user stay longer than the group.
    await t.call(`POST /api/v1/apps/${app}/users/${user}`, { profile: { nickname: 'ada' } })
    expect((await t.call(`GET /api/v1/apps/${app}/users/${user}`)).json).toMatchObject({
      scope: 'GROUP',
      profile: { nickname: 'ada' },
    })
    await t.call(`DELETE /api/v1/groups/${group}/users/${user}`)
    expect(await isAssigned(t.org, app, user)).toBe(false)
    expect((await t.call(`GET /api/v1/apps/${app}/users`)).json).toEqual([])
  })

  test('with scope USER, who came through a group is assigned also without it', async () => {
    const app = await t.make(oauth(web))
    await t.call(`PUT /api/v1/apps/${app}/groups/${t.org.fixed.everyoneId}`)
    await t.call(`POST /api/v1/apps/${app}/users/me`, { scope: 'USER' })
    expect((await t.call(`GET /api/v1/apps/${app}/users/me`)).json.scope).toBe('USER')
    await t.call(`DELETE /api/v1/apps/${app}/groups/${t.org.fixed.everyoneId}`)
    expect(await isAssigned(t.org, app, t.adminId)).toBe(true)
  })

  test('credentials only where the scheme has room for them', async () => {
    const user = await t.makeUser('ada@example.com')
    const wiki = await t.make(oauth(web))
    const credentials = { userName: 'ada', password: { value: 'Correct-Horse-9' } }
    expect(await t.refusal(`POST /api/v1/apps/${wiki}/users`, { id: user, credentials })).toMatchObject({
      status: 400,
      causes: ['User level credentials should not be provided for this scheme.'],
      cause: 'E0000041/scheme-has-no-user-credentials',
    })
    const settings = { app: { url: 'https://a.example', usernameField: 'u', passwordField: 'p', buttonField: 'b' } }
    // Nobody signs in at a bookmark, and what is sent is taken.
    const link = await t.make(bookmark)
    const taken = await t.call(`POST /api/v1/apps/${link}/users`, { id: user, credentials })
    expect([taken.status, taken.json.credentials.userName]).toEqual([200, 'ada'])
    const swa = await t.make({ label: 'Tool', signOnMode: 'BROWSER_PLUGIN', settings })
    const { json, text } = await t.call(`POST /api/v1/apps/${swa}/users`, { id: user, credentials })
    expect(json.credentials).toEqual({ userName: 'ada', password: {} })
    expect(text).not.toContain('Correct-Horse-9')
  })

  test('nobody, nothing and unreadable bodies', async () => {
    const app = await t.make(bookmark)
    expect(await t.refusal(`POST /api/v1/apps/${app}/users`, {})).toMatchObject({
      status: 400,
      causes: ['id: The field cannot be left blank'],
    })
    expect(await t.refusal(`POST /api/v1/apps/${app}/users`, { id: '00uNone' })).toMatchObject({
      status: 404,
      code: 'E0000007',
    })
    expect(await t.refusal(`POST /api/v1/apps/${app}/users`, { id: t.adminId, scope: 'ALL' })).toMatchObject({
      status: 400,
      code: 'E0000001',
    })
    expect(await t.refusal(`POST /api/v1/apps/${app}/users`, [])).toMatchObject({ status: 400, code: 'E0000003' })
    expect(await t.refusal(`POST /api/v1/apps/${app}/users/me`, { profile: {} })).toMatchObject({
      status: 404,
      code: 'E0000007',
    })
  })

  test('a user that is deleted leaves its apps', async () => {
    const app = await t.make(bookmark)
    const user = await t.makeUser('ada@example.com')
    await t.call(`POST /api/v1/apps/${app}/users`, { id: user })
    await t.call(`DELETE /api/v1/users/${user}`)
    await t.call(`DELETE /api/v1/users/${user}`)
    expect((await t.call(`GET /api/v1/apps/${app}/users`)).json).toEqual([])
    expect(await t.org.state.find(appUsers, 'app', app)).toEqual([])
  })

  test('a deactivated user has no apps, stays in its groups, and comes back to what they grant', async () => {
    const [own, ours, everybodys] = [await t.make(bookmark), await t.make(bookmark), await t.make(bookmark)]
    const user = await t.makeUser('ada@example.com')
    const group = (await t.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })).json.id
    await t.call(`PUT /api/v1/groups/${group}/users/${user}`)
    await t.call(`POST /api/v1/apps/${own}/users`, { id: user })
    await t.call(`PUT /api/v1/apps/${ours}/groups/${group}`)
    await t.call(`PUT /api/v1/apps/${everybodys}/groups/${t.org.fixed.everyoneId}`)
    const granted = async (): Promise<string[]> => {
      const ids = (await t.call(`GET /api/v1/apps?filter=user.id eq "${user}"`)).json.map(
        ({ id }: { id: string }) => id,
      )
      for (const id of [own, ours, everybodys]) {
        const has = ids.includes(id)
        expect((await t.call(`GET /api/v1/apps/${id}/users/${user}`)).status).toBe(has ? 200 : 404)
        expect((await t.call(`GET /api/v1/apps/${id}/users`)).text.includes(user)).toBe(has)
        expect(await isAssigned(t.org, id, user)).toBe(has)
      }
      expect((await t.call(`GET /api/v1/users/${user}/appLinks`)).json).toHaveLength(ids.length)
      return ids
    }
    expect(await granted()).toEqual([own, ours, everybodys])
    await t.call(`POST /api/v1/users/${user}/lifecycle/deactivate`)
    expect(await granted()).toEqual([])
    expect((await t.call(`GET /api/v1/users/${user}/groups`)).text).toContain(group)
    expect(await t.refusal(`POST /api/v1/apps/${own}/users`, { id: user })).toMatchObject({
      status: 400,
      cause: 'E0000001/value-invalid',
      causes: ['id: The user is deactivated'],
    })
    await t.call(`POST /api/v1/users/${user}/lifecycle/activate?sendEmail=false`)
    expect(await granted()).toEqual([ours, everybodys])
  })

  test('the apps of nobody are none', async () => {
    const app = await t.make(bookmark)
    await t.call(`PUT /api/v1/apps/${app}/groups/${t.org.fixed.everyoneId}`)
    expect((await t.call('GET /api/v1/apps?filter=user.id eq "00unothing"')).json).toEqual([])
  })

  test('pages of a list are made of whoever comes next, however they came', async () => {
    const [app, group] = [
      await t.make(bookmark),
      (await t.call('POST /api/v1/groups', { profile: { name: 'A' } })).json.id,
    ]
    const ids: string[] = []
    for (let i = 0; i < 12; i++) ids.push(await t.makeUser(`u${i}@example.com`))
    await t.call(`PUT /api/v1/apps/${app}/groups/${group}`)
    for (const [i, id] of ids.entries()) {
      if (i % 3 !== 0) await t.call(`PUT /api/v1/groups/${group}/users/${id}`)
      if (i % 2 === 0) await t.call(`POST /api/v1/apps/${app}/users`, { id })
    }
    // One who was changed at the app and has left the group keeps a row, and no app.
    await t.call(`POST /api/v1/apps/${app}/users/${ids[1]}`, { credentials: { userName: 'one' } })
    await t.call(`DELETE /api/v1/groups/${group}/users/${ids[1]}`)
    await t.call(`POST /api/v1/users/${ids[4]}/lifecycle/deactivate`)
    const wanted = ids.filter((_, i) => (i % 3 !== 0 || i % 2 === 0) && i !== 1 && i !== 4).sort()
    const seen: string[] = []
    let after = ''
    for (;;) {
      const { json } = await t.call(`GET /api/v1/apps/${app}/users?limit=2&after=${after}`)
      if (json.length === 0) break
      seen.push(...json.map(({ id }: { id: string }) => id))
      after = seen.at(-1)!
    }
    expect(seen).toEqual(wanted)
    expect((await t.call(`GET /api/v1/apps/${app}/users?q=u1`)).json).toHaveLength(2)
  })

  test('a page of a list does not look at all users of the org', async () => {
    const app = await t.make(bookmark)
    for (let i = 0; i < 10; i++) await t.makeUser(`u${i}@example.com`)
    await t.call(`PUT /api/v1/apps/${app}/groups/${t.org.fixed.everyoneId}`)
    const scan = vi.spyOn(t.org.present.state, 'scan')
    const { json } = await t.call(`GET /api/v1/apps/${app}/users?limit=2`)
    expect(json).toHaveLength(2)
    expect(scan.mock.calls.filter(([{ name }]) => name === 'user').map(([, page]) => page?.limit)).toEqual([3])
    scan.mockRestore()
  })

  test('appLinks show the active apps that a user has', async () => {
    const [wiki, handbook, other] = [await t.make(oauth(web)), await t.make(bookmark), await t.make(bookmark)]
    await t.call(`POST /api/v1/apps/${wiki}/users`, { id: t.adminId })
    await t.call(`PUT /api/v1/apps/${handbook}/groups/${t.org.fixed.everyoneId}`)
    const links = async () =>
      (await t.call('GET /api/v1/users/me/appLinks')).json.map((link: { appInstanceId: string }) => link.appInstanceId)
    expect(await links()).toEqual([wiki, handbook])
    expect(await links()).not.toContain(other)
    await t.call(`POST /api/v1/apps/${wiki}/lifecycle/deactivate`)
    expect(await links()).toEqual([handbook])
  })
})

describe('groups of an app', () => {
  test('assign, order, read, list, take away', async () => {
    const app = await t.make(oauth(web))
    const ids: string[] = []
    for (const name of ['A', 'B', 'C']) ids.push((await t.call('POST /api/v1/groups', { profile: { name } })).json.id)
    const [a, b, c] = ids
    expect((await t.call(`PUT /api/v1/apps/${app}/groups/${a}`, {})).json.priority).toBe(0)
    expect(
      (await t.call(`PUT /api/v1/apps/${app}/groups/${b}`, { priority: 7, profile: { nickname: 'dev' } })).json,
    ).toMatchObject({ priority: 7, profile: { nickname: 'dev' } })
    expect((await t.call(`PUT /api/v1/apps/${app}/groups/${c}`)).json.priority).toBe(8)
    expect((await t.call(`GET /api/v1/apps/${app}/groups?limit=2`)).json).toHaveLength(2)
    expect((await t.call(`GET /api/v1/apps/${app}/groups?limit=2&after=${b}`)).json).toMatchObject([{ id: c }])
    expect((await t.call(`GET /api/v1/apps/${app}/groups/${a}?expand=group`)).json._embedded.group.profile.name).toBe(
      'A',
    )
    expect((await t.call(`GET /api/v1/groups/${a}/apps`)).json).toMatchObject([{ id: app }])
    expect((await t.call(`DELETE /api/v1/apps/${app}/groups/${a}`)).status).toBe(204)
    expect((await t.call(`DELETE /api/v1/apps/${app}/groups/${a}`)).status).toBe(404)
    await t.call(`DELETE /api/v1/groups/${b}`)
    expect((await t.call(`GET /api/v1/apps/${app}/groups`)).json).toMatchObject([{ id: c }])
  })

  test('an unknown group, a priority that is none', async () => {
    const app = await t.make(oauth(web))
    expect(await t.refusal(`PUT /api/v1/apps/${app}/groups/00gNone`)).toMatchObject({ status: 404, code: 'E0000007' })
    const found = await t.refusal(`PUT /api/v1/apps/${app}/groups/${t.org.fixed.everyoneId}`, { priority: 'first' })
    expect(found).toMatchObject({ status: 400, code: 'E0000001' })
  })
})

describe('a group assignment', () => {
  test('is changed in parts', async () => {
    const app = await t.make(bookmark)
    const group = await t.makeGroup('Engineers')
    const at = `/api/v1/apps/${app}/groups/${group}`
    const text = { title: 'A', type: 'string' }
    const properties = { desk: text, role: text, floor: { title: 'Floor', type: 'integer' } }
    await t.call(`POST /api/v1/meta/schemas/apps/${app}/default`, { definitions: { custom: { properties } } })
    await t.call(`PUT ${at}`, { priority: 3, profile: { desk: 'A1', floor: 2 } })
    const patched = await t.call(`PATCH ${at}`, [
      { op: 'replace', path: '/priority', value: 5 },
      { op: 'add', path: '/profile/role', value: 'pilot' },
      { op: 'remove', path: '/profile/floor' },
    ])
    expect(patched.json).toMatchObject({ priority: 5, profile: { desk: 'A1', role: 'pilot' } })
    expect(patched.json.profile).not.toHaveProperty('floor')
    expect(await t.refusal(`PATCH ${at}`, [{ op: 'add', path: '/profile/zzz', value: 'x' }])).toMatchObject({
      cause: 'E0000001/assignment-property-not-found',
      causes: ["Property 'zzz' not found"],
    })
    // What was given before its attribute went stays; a group that never had it does not get it.
    const gone = { definitions: { custom: { properties: { desk: null } } } }
    await t.call(`POST /api/v1/meta/schemas/apps/${app}/default`, gone)
    expect((await t.call(`PATCH ${at}`, [{ op: 'replace', path: '/priority', value: 6 }])).status).toBe(200)
    const others = `/api/v1/apps/${app}/groups/${await t.makeGroup('Pilots')}`
    expect(await t.refusal(`PUT ${others}`, { profile: { desk: 'A1' } })).toMatchObject({
      cause: 'E0000001/assignment-property-not-found',
    })
    expect(await t.refusal(`PATCH ${at}`, [{ op: 'test', path: '/priority' }])).toMatchObject({ status: 400 })
    expect(await t.refusal(`PATCH ${at}`, [{ op: 'add', path: '/name', value: 1 }])).toMatchObject({
      causes: ['path: The field has an invalid value'],
    })
    expect(await t.refusal(`PATCH ${at}`, { priority: 1 })).toMatchObject({ cause: 'E0000003/body-unreadable-shape' })
    expect(await t.refusal(`PATCH /api/v1/apps/${app}/groups/${await t.makeGroup('Others')}`, [])).toMatchObject({
      status: 404,
    })
  })
})

describe('users of an app', () => {
  test('are shown with what they are, if so wished', async () => {
    const app = await t.make(bookmark)
    await t.call(`POST /api/v1/apps/${app}/users`, { id: t.adminId })
    const at = `/api/v1/apps/${app}/users`
    expect((await t.call(`GET ${at}/${t.adminId}`)).json).not.toHaveProperty('_embedded')
    const shown = { _embedded: { user: { id: t.adminId, profile: { login: 'admin@example.com' } } } }
    expect((await t.call(`GET ${at}/${t.adminId}?expand=user`)).json).toMatchObject(shown)
    expect((await t.call(`GET ${at}?expand=user`)).json).toMatchObject([shown])
  })
})
