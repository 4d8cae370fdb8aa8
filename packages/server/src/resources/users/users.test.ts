// What is read of users, and what goes with one that is deleted?
import { describe, expect, test } from 'vitest'
import { apiTokens } from '../../entities/api-token.ts'
import { memberships } from '../../entities/group.ts'
import { roleAssignments } from '../../entities/role-assignment.ts'
import { eventsOf, testOrg } from '../../testing.ts'
import { ada, make } from './testing.ts'

describe('reading', () => {
  test('by id, login, short name, and me; single users carry an etag and the links of their status', async () => {
    const t = await testOrg()
    const { json } = await make(t)
    for (const name of [json.id, 'ada@example.com', 'ADA@example.com', encodeURIComponent('ada@example.com'), 'ada']) {
      const got = await t.call(`GET /api/v1/users/${name}`)
      expect(got.json.id, name).toBe(json.id)
      expect(got.headers.get('etag')).toMatch(/^W\/"[0-9a-f]{16}"$/)
    }
    expect((await t.call('GET /api/v1/users/me')).json.id).toBe(t.adminId)
    expect((await t.call(`GET /api/v1/users/${json.id}?expand=blocks`)).json._embedded).toEqual({ blocks: [] })
  })

  test('a short name that two logins share names nobody', async () => {
    const t = await testOrg()
    await make(t)
    await make(t, { profile: { ...ada, login: 'ada@example.org' } })
    const got = await t.call('GET /api/v1/users/ada')
    expect([got.status, got.json.errorSummary, t.lastCause()]).toEqual([
      404,
      'Not found: Resource not found: ada (User)',
      'E0000007/resource-missing',
    ])
  })

  test('an owner without rights reads only the own user', async () => {
    const t = await testOrg()
    const { json } = await make(t)
    const weak = await t.makeAdmin('weak@example.com')
    expect((await t.call('GET /api/v1/users/me', undefined, { token: weak.token })).json.id).toBe(weak.userId)
    const other = await t.call(`GET /api/v1/users/${json.id}`, undefined, { token: weak.token })
    expect([other.status, other.json.errorCode, t.lastCause()]).toEqual([
      403,
      'E0000006',
      'E0000006/role-lacks-permission',
    ])
  })

  test('none are listed where none are asked for', async () => {
    const t = await testOrg()
    const { status, json, headers } = await t.call('GET /api/v1/users?limit=0')
    expect([status, json]).toEqual([200, []])
    expect(headers.get('link')).not.toContain('rel="next"')
  })

  test('lists carry only the self link and leave deactivated users out', async () => {
    const t = await testOrg()
    const { json } = await make(t)
    await make(t, { profile: { ...ada, login: 'b@example.com' } })
    await t.call(`DELETE /api/v1/users/${json.id}`)
    const rows = (await t.call('GET /api/v1/users')).json
    expect(rows.map((row: { profile: { login: string } }) => row.profile.login)).toEqual([
      'admin@example.com',
      'b@example.com',
    ])
    expect(Object.keys(rows[1]._links)).toEqual(['self'])
  })

  test('what a user cannot have yet is empty, for users that exist', async () => {
    const t = await testOrg()
    const { json } = await make(t)
    for (const part of ['appLinks', 'blocks', 'idps', 'clients', 'grants']) {
      const got = await t.call(`GET /api/v1/users/${json.id}/${part}`)
      expect([got.status, got.json], part).toEqual([200, []])
      expect((await t.call(`GET /api/v1/users/00unone/${part}`)).json.errorCode).toBe('E0000007')
    }
    expect((await t.call(`DELETE /api/v1/users/${json.id}/sessions`)).status).toBe(204)
    expect(eventsOf(t)).toContain('user.session.clear')
  })
})

describe('what hangs on a user', () => {
  test('the security questions to choose from, with the keys that Okta documents', async () => {
    const t = await testOrg()
    const { id } = (await make(t)).json
    const { json } = await t.call(`GET /api/v1/users/${id}/factors/questions`)
    expect(json).toHaveLength(20)
    expect(json[0]).toEqual({
      question: 'disliked_food',
      questionText: 'What is the food you least liked as a child?',
    })
    expect((await t.call('GET /api/v1/users/00unone/factors/questions')).json.errorCode).toBe('E0000007')
  })

  test('the own sessions end, all but the one that asks unless it says otherwise', async () => {
    const t = await testOrg()
    const { id } = (await make(t)).json
    const signIn = async () => {
      const { json } = await t.call('POST /api/v1/authn', { username: ada.login, password: 'Correct-Horse-9' })
      return (await t.call('POST /api/v1/sessions', { sessionToken: json.sessionToken })).json.id as string
    }
    const [mine, other] = [await signIn(), await signIn()]
    const end = (body?: unknown) =>
      t.call('POST /api/v1/users/me/lifecycle/delete_sessions', body, {
        token: null,
        headers: { cookie: `sid=${mine}` },
      })
    const alive = async (session: string) => (await t.call(`GET /api/v1/sessions/${session}`)).status
    expect((await end({ keepCurrent: 'no' })).json.errorCode).toBe('E0000003')
    const noSession = await t.call('POST /api/v1/users/me/lifecycle/delete_sessions')
    expect([noSession.status, t.lastCause()]).toEqual([403, 'E0000005/session-cookie-invalid'])
    expect((await end()).status).toBe(200)
    expect([await alive(mine), await alive(other)]).toEqual([200, 404])
    expect((await end({ keepCurrent: false })).status).toBe(200)
    expect(await alive(mine)).toBe(404)
    expect((await t.call(`GET /api/v1/users/${id}`)).json.status).toBe('ACTIVE')
  })
})

describe('deleting', () => {
  test('deactivates first, then deletes with all that hangs on the user', async () => {
    const t = await testOrg()
    const admin = await t.makeAdmin('second@example.com', 'ORG_ADMIN')
    const group = (await t.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })).json
    await t.call(`PUT /api/v1/groups/${group.id}/users/${admin.userId}`)

    const first = await t.call(`DELETE /api/v1/users/${admin.userId}`)
    expect([first.status, first.text]).toEqual([204, ''])
    expect((await t.call(`GET /api/v1/users/${admin.userId}`)).json.status).toBe('DEPROVISIONED')
    const refused = await t.call('GET /api/v1/users/me', undefined, { token: admin.token })
    expect([refused.status, t.lastCause()]).toEqual([401, 'E0000011/owner-inactive'])
    expect((await t.org.state.load(apiTokens, admin.tokenId))?.value.dead).toBe('owner-deactivated')

    expect((await t.call(`DELETE /api/v1/users/${admin.userId}`)).status).toBe(204)
    expect((await t.call(`DELETE /api/v1/users/${admin.userId}`)).json.errorCode).toBe('E0000007')
    expect(await t.org.state.find(memberships, 'user', admin.userId)).toEqual([])
    expect(await t.org.state.find(roleAssignments, 'holder', admin.userId)).toEqual([])
    expect(eventsOf(t)).toEqual(
      expect.arrayContaining(['user.lifecycle.deactivate', 'user.lifecycle.delete.initiated']),
    )
    expect((await make(t, { profile: { ...ada, login: 'second@example.com' } })).status).toBe(200)
  })

  test('only a super admin changes or deletes a super admin', async () => {
    const t = await testOrg()
    const other = await t.makeAdmin('other@example.com', 'ORG_ADMIN')
    for (const call of [`DELETE /api/v1/users/${t.adminId}`, `POST /api/v1/users/${t.adminId}`]) {
      const refused = await t.call(call, call.startsWith('POST') ? { profile: { title: 'X' } } : undefined, other)
      expect([refused.status, t.lastCause()]).toEqual([403, 'E0000006/super-admin-required'])
    }
  })
})
