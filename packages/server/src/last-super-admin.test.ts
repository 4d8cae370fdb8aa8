import { expect, test } from 'vitest'
import { causesOf, type TestOrg, testOrg } from './testing.ts'

const endings: [string, (id: string, role: string) => string][] = [
  ['its role', (id, role) => `DELETE /api/v1/users/${id}/roles/${role}`],
  ['being deactivated', (id) => `POST /api/v1/users/${id}/lifecycle/deactivate`],
  ['being suspended', (id) => `POST /api/v1/users/${id}/lifecycle/suspend`],
  ['being deleted', (id) => `DELETE /api/v1/users/${id}`],
]

const roleOf = async (t: TestOrg, id: string): Promise<string> =>
  (await t.call(`GET /api/v1/users/${id}/roles`)).json[0].id

test.each(endings)('the last super admin does not end by %s', async (_, ending) => {
  const t = await testOrg()
  const request = ending(t.adminId, await roleOf(t, t.adminId))
  const refused = await t.call(request)
  expect([refused.status, refused.json.errorCode, refused.json.errorSummary, causesOf(refused.json)]).toEqual([
    400,
    'E0000001',
    'Api validation failed: role',
    ['The last super administrator of the org cannot be removed.'],
  ])
  expect(t.lastCause()).toBe('E0000001/super-admin-is-last')
  expect((await t.call(`GET /api/v1/users/${t.adminId}`)).json.status).toBe('ACTIVE')

  // Neither a group nor somebody who is suspended stands in; another user does.
  const group = (await t.call('POST /api/v1/groups', { profile: { name: 'Admins' } })).json.id
  await t.call(`POST /api/v1/groups/${group}/roles`, { type: 'SUPER_ADMIN' })
  const member = await t.makeAdmin('member@example.com')
  await t.call(`PUT /api/v1/groups/${group}/users/${member.userId}`)
  const idle = await t.makeAdmin('idle@example.com', 'SUPER_ADMIN')
  expect((await t.call(`POST /api/v1/users/${idle.userId}/lifecycle/suspend`)).status).toBe(200)
  expect((await t.call(request)).status).toBe(400)
  await t.call(`POST /api/v1/users/${idle.userId}/lifecycle/unsuspend`)
  expect((await t.call(request)).status).toBeLessThan(300)
})

test.each(endings)('two who end each other at the same moment by %s do not both succeed', async (_, ending) => {
  const t = await testOrg()
  const other = await t.makeAdmin('other@example.com', 'SUPER_ADMIN')
  const requests = [ending(other.userId, await roleOf(t, other.userId)), ending(t.adminId, await roleOf(t, t.adminId))]
  const answers = await Promise.all([t.call(requests[0]!), t.call(requests[1]!, undefined, { token: other.token })])
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status < 300)).toHaveLength(1)
  expect(statuses.filter((status) => status === 400)).toHaveLength(1)
})

test('a deactivated super admin is deleted while another one is there', async () => {
  const t = await testOrg()
  const other = await t.makeAdmin('other@example.com', 'SUPER_ADMIN')
  for (const wanted of [204, 204, 404]) {
    expect((await t.call(`DELETE /api/v1/users/${other.userId}`)).status).toBe(wanted)
  }
})

test('other roles of the last super admin go as they came', async () => {
  const t = await testOrg()
  const { id } = (await t.call(`POST /api/v1/users/${t.adminId}/roles`, { type: 'APP_ADMIN' })).json
  expect((await t.call(`DELETE /api/v1/users/${t.adminId}/roles/${id}`)).status).toBe(204)
})
