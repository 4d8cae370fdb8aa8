import { beforeEach, describe, expect, test } from 'vitest'
import { type TestOrg, testOrg } from '../testing.ts'
import type { RoleType } from './permissions.ts'

const lacks = 'E0000006/role-lacks-permission'
const closed = 'E0000006/super-admin-required'

let t: TestOrg
beforeEach(async () => {
  t = await testOrg()
})

/** What becomes of a request: `done`, or status and private cause. */
async function tried(request: string, body?: unknown, token?: string): Promise<string> {
  const { status, json } = await t.call(request, body, token === undefined ? {} : { token })
  if (status < 300) return 'done'
  return json.errorCode === 'E0000006' ? (t.lastCause() ?? '') : `${status} ${json.errorCode}`
}

async function ids(request: string, token: string): Promise<string[]> {
  const answer = await t.call(request, undefined, { token })
  expect([request, answer.status]).toEqual([request, 200])
  return answer.json.map((one: { id: string }) => one.id)
}

const person = (login: string, groupIds?: string[]) => ({
  profile: { firstName: 'Grace', lastName: 'Hopper', login, email: login },
  credentials: { password: { value: 'Correct-Horse-9' } },
  groupIds,
})

async function made(place: string, body: unknown): Promise<string> {
  const answer = await t.call(`POST /api/v1/${place}`, body)
  expect(answer.status).toBe(200)
  return answer.json.id
}

/** An administrator whose role is limited to these targets. */
async function limited(type: RoleType, ...targets: string[]): Promise<{ userId: string; token: string }> {
  const admin = await t.makeAdmin(`${type}@example.com`)
  const role = (await t.call(`POST /api/v1/users/${admin.userId}/roles`, { type })).json.id
  for (const target of targets) {
    const done = await t.call(`PUT /api/v1/users/${admin.userId}/roles/${role}/targets/${target}`)
    expect(done.status).toBe(204)
  }
  return admin
}

describe('a role on one group', () => {
  let group: string
  let other: string
  let ada: string
  let bob: string

  beforeEach(async () => {
    group = await made('groups', { profile: { name: 'Ours' } })
    other = await made('groups', { profile: { name: 'Theirs' } })
    ada = await made('users', person('ada@example.com', [group]))
    bob = await made('users', person('bob@example.com', [other]))
  })

  test.each(['USER_ADMIN', 'HELP_DESK_ADMIN'] as const)(
    '%s sees its members and itself, and nobody else',
    async (type) => {
      const { token } = await limited(type, `groups/${group}`)
      const mine = (request: string) => tried(request, undefined, token)
      expect(await ids('GET /api/v1/users', token)).toEqual([ada])
      expect(await ids('GET /api/v1/users?limit=1', token)).toEqual([ada])
      expect(await ids(`GET /api/v1/users?search=${encodeURIComponent(`id eq "${bob}"`)}`, token)).toEqual([])
      expect(await ids(`GET /api/v1/users?filter=${encodeURIComponent(`id eq "${bob}"`)}`, token)).toEqual([])
      expect(await ids('GET /api/v1/users?q=bob', token)).toEqual([])
      expect(await ids('GET /api/v1/users?q=ada', token)).toEqual([ada])
      expect(await ids('GET /api/v1/groups', token)).toEqual([group])
      expect(await ids('GET /api/v1/groups?q=theirs', token)).toEqual([])
      expect(await ids(`GET /api/v1/users/${ada}/groups`, token)).toEqual([group])
      // What is not seen takes no place on a page.
      expect(await ids(`GET /api/v1/users/${ada}/groups?limit=1`, token)).toEqual([group])
      expect(await ids(`GET /api/v1/groups/${group}/users`, token)).toEqual([ada])
      for (const request of ['', '/apps', '/users', '/owners']) {
        expect([request, await mine(`GET /api/v1/groups/${other}${request}`)]).toEqual([request, lacks])
        expect([request, await mine(`GET /api/v1/groups/${group}${request}`)]).toEqual([request, 'done'])
      }
      for (const request of ['', '/groups', '/appLinks', '/clients', '/grants', '/blocks', '/idps']) {
        expect([request, await mine(`GET /api/v1/users/${bob}${request}`)]).toEqual([request, lacks])
        expect([request, await mine(`GET /api/v1/users/${ada}${request}`)]).toEqual([request, 'done'])
      }
      expect(await mine('GET /api/v1/users/me')).toBe('done')
    },
  )

  test('USER_ADMIN moves its own users between its groups, and makes and deletes no group', async () => {
    const third = await made('groups', { profile: { name: 'Ours too' } })
    const { token } = await limited('USER_ADMIN', `groups/${group}`, `groups/${third}`)
    const mine = (request: string, body?: unknown) => tried(request, body, token)
    expect(await mine(`PUT /api/v1/groups/${third}/users/${ada}`)).toBe('done')
    expect(await mine(`PUT /api/v1/groups/${group}/users/${bob}`)).toBe(lacks)
    expect(await mine(`PUT /api/v1/groups/${other}/users/${ada}`)).toBe(lacks)
    expect(await mine(`DELETE /api/v1/groups/${third}/users/${ada}`)).toBe('done')
    expect(await mine(`POST /api/v1/users`, person('new@example.com', [group]))).toBe('done')
    expect(await mine(`POST /api/v1/users/${bob}/lifecycle/suspend`)).toBe(lacks)
    expect(await mine(`DELETE /api/v1/groups/${group}`)).toBe(lacks)
    expect(await mine('POST /api/v1/groups', { profile: { name: 'New' } })).toBe(lacks)
    const whole = (await t.makeAdmin('whole@example.com', 'USER_ADMIN')).token
    expect(await tried(`DELETE /api/v1/groups/${group}`, undefined, whole)).toBe(lacks)
    expect(await tried('POST /api/v1/groups', { profile: { name: 'New' } }, whole)).toBe(lacks)
    expect(await tried(`PUT /api/v1/groups/${group}/users/${bob}`, undefined, whole)).toBe('done')
  })

  test('GROUP_MEMBERSHIP_ADMIN sees all users and fills its group with them', async () => {
    const { token } = await limited('GROUP_MEMBERSHIP_ADMIN', `groups/${group}`)
    expect(await ids('GET /api/v1/users', token)).toContain(bob)
    expect(await tried(`GET /api/v1/users/${bob}`, undefined, token)).toBe('done')
    expect(await tried(`PUT /api/v1/groups/${group}/users/${bob}`, undefined, token)).toBe('done')
    expect(await tried(`PUT /api/v1/groups/${other}/users/${ada}`, undefined, token)).toBe(lacks)
  })

  test('ends where the group gets a role itself', async () => {
    const { token } = await limited('USER_ADMIN', `groups/${group}`)
    const suspend = `POST /api/v1/users/${ada}/lifecycle/suspend`
    const password = { credentials: { password: { value: 'Taken-Over-99' } } }
    expect(await tried(`POST /api/v1/users/${ada}`, password, token)).toBe('done')
    const role = (await t.call(`POST /api/v1/groups/${group}/roles`, { type: 'REPORT_ADMIN' })).json.id
    expect(await tried(`POST /api/v1/users/${ada}`, password, token)).toBe(closed)
    expect(await tried(suspend, undefined, token)).toBe(closed)
    expect(await tried(`PUT /api/v1/groups/${group}`, { profile: { name: 'Mine' } }, token)).toBe(closed)
    expect(await tried(`GET /api/v1/users/${ada}`, undefined, token)).toBe('done')
    expect(await tried(`DELETE /api/v1/groups/${group}/roles/${role}`)).toBe('done')
    expect(await tried(suspend, undefined, token)).toBe('done')
  })
})

describe('a role on one app', () => {
  const bookmark = (label: string) => ({
    name: 'bookmark',
    label,
    signOnMode: 'BOOKMARK',
    settings: { app: { url: 'https://example.com' } },
  })
  let app: string
  let other: string

  beforeEach(async () => {
    app = await made('apps', bookmark('Ours'))
    other = await made('apps', bookmark('Theirs'))
  })

  test('gives it a policy, and no other app', async () => {
    const policy = await made('policies', { type: 'ACCESS_POLICY', name: 'Strict' })
    const { token } = await limited('APP_ADMIN', `catalog/apps/bookmark/${app}`)
    for (const id of [app, other]) expect(await tried(`PUT /api/v1/apps/${id}/policies/${policy}`)).toBe('done')
    expect(await tried(`PUT /api/v1/apps/${app}/policies/${policy}`, undefined, token)).toBe('done')
    expect(await tried(`PUT /api/v1/apps/${other}/policies/${policy}`, undefined, token)).toBe(lacks)
    expect(await ids(`GET /api/v1/policies/${policy}/app`, token)).toEqual([app])
    expect(await ids(`GET /api/v1/policies/${policy}/mappings`, token)).toEqual([app])
    const readOnly = (await t.makeAdmin('read@example.com', 'READ_ONLY_ADMIN')).token
    expect(await ids(`GET /api/v1/policies/${policy}/app`, readOnly)).toEqual([app, other])
  })

  test('sees it among the apps of groups and users', async () => {
    const group = await made('groups', { profile: { name: 'Everybody here' } })
    const ada = await made('users', person('ada@example.com', [group]))
    for (const id of [app, other]) await t.call(`PUT /api/v1/apps/${id}/groups/${group}`)
    const { token } = await limited('APP_ADMIN', `catalog/apps/bookmark/${app}`)
    expect(await ids(`GET /api/v1/groups/${group}/apps`, token)).toEqual([app])
    const links = await t.call(`GET /api/v1/users/${ada}/appLinks`, undefined, { token })
    expect(links.json.map((link: { appInstanceId: string }) => link.appInstanceId)).toEqual([app])
    expect(await tried(`DELETE /api/v1/apps/${app}/groups/${group}`, undefined, token)).toBe('done')
    expect(await tried(`DELETE /api/v1/apps/${other}/groups/${group}`, undefined, token)).toBe(lacks)
  })

  test('reaches its mappings', async () => {
    const { token } = await limited('APP_ADMIN', `catalog/apps/bookmark/${app}`)
    const ofApp = async (id: string) => (await ids(`GET /api/v1/mappings?sourceId=${id}`, t.token))[0]
    const [own, foreign] = [await ofApp(app), await ofApp(other)]
    const changes = { properties: {} }
    expect(await tried(`GET /api/v1/mappings/${own}`, undefined, token)).toBe('done')
    expect(await tried(`POST /api/v1/mappings/${own}`, changes, token)).toBe('done')
    expect(await tried(`GET /api/v1/mappings/${foreign}`, undefined, token)).toBe(lacks)
    expect(await tried(`POST /api/v1/mappings/${foreign}`, changes, token)).toBe(lacks)
    expect(await ids(`GET /api/v1/mappings?sourceId=${other}`, token)).toEqual([])
    const listed = await t.call('GET /api/v1/mappings?limit=200', undefined, { token })
    for (const { source, target } of listed.json) expect([source.id, target.id]).toContain(app)
    expect(listed.json).toHaveLength(2)
  })

  test('reaches all apps of a kind, where the kind is its target', async () => {
    const { token } = await limited('APP_ADMIN', 'catalog/apps/bookmark')
    expect(await ids('GET /api/v1/apps', token)).toEqual([app, other])
    expect(await tried('POST /api/v1/apps', bookmark('More'), token)).toBe('done')
    const link = { name: 'template_swa', label: 'Other', signOnMode: 'BROWSER_PLUGIN' }
    expect(
      await tried(
        'POST /api/v1/apps',
        {
          ...link,
          settings: { app: { buttonField: 'b', passwordField: 'p', usernameField: 'u', url: 'https://example.com' } },
        },
        token,
      ),
    ).toBe(lacks)
  })
})
