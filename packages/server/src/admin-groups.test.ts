import { expect, test } from 'vitest'
import { roleAssignments } from './entities/role-assignment.ts'
import { put } from './state/state.ts'
import { testOrg } from './testing.ts'

const ruleFor = (groupId: string) => ({
  type: 'group_rule',
  name: 'Everybody',
  conditions: { expression: { type: 'urn:okta:expression:1.0', value: 'user.login != ""' } },
  actions: { assignUserToGroups: { groupIds: [groupId] } },
})

test('a rule and a role that are given to a group at the same moment do not both get it', async () => {
  const t = await testOrg()
  for (let i = 0; i < 10; i++) {
    const id = (await t.call('POST /api/v1/groups', { profile: { name: `Group ${i}` } })).json.id
    const [rule, role] = await Promise.all([
      t.call('POST /api/v1/groups/rules', { ...ruleFor(id), name: `Rule ${i}` }),
      t.call(`POST /api/v1/groups/${id}/roles`, { type: 'SUPER_ADMIN' }),
    ])
    expect([rule.status, role.status].filter((status) => status < 300)).toHaveLength(1)
  }
})

test('a binding of a custom role asks the same as a role does', async () => {
  const t = await testOrg({ settings: { contract: 'reference' } })
  const words = { label: 'L', description: 'D' }
  const role = (await t.call('POST /api/v1/iam/roles', { ...words, permissions: ['okta.users.read'] })).json.id
  const resources = ['http://127.0.0.1/api/v1/users']
  const set = (await t.call('POST /api/v1/iam/resource-sets', { ...words, resources })).json.id
  const filled = (await t.call('POST /api/v1/groups', { profile: { name: 'Filled' } })).json.id
  const free = (await t.call('POST /api/v1/groups', { profile: { name: 'Free' } })).json.id
  expect((await t.call('POST /api/v1/groups/rules', ruleFor(filled))).status).toBe(200)
  const bind = async (id: string) => {
    const members = [`http://127.0.0.1/api/v1/groups/${id}`]
    const answer = await t.call(`POST /api/v1/iam/resource-sets/${set}/bindings`, { role, members })
    return answer.status < 300 ? 'done' : t.lastCause()
  }
  expect(await bind(filled)).toBe('E0000001/rule-target-takes-no-role')
  expect(await bind(t.org.fixed.everyoneId)).toBe('E0000001/role-not-for-built-in-group')
  expect(await bind(free)).toBe('done')
})

test('a rule whose group has come by a role is not activated, and one at work adds nobody', async () => {
  const t = await testOrg()
  const id = (await t.call('POST /api/v1/groups', { profile: { name: 'Group' } })).json.id
  const rule = (await t.call('POST /api/v1/groups/rules', ruleFor(id))).json.id
  const given = { holderId: id, holder: 'GROUP', createdAt: 0, lastUpdatedAt: 0, type: 'HELP_DESK_ADMIN' } as const
  const give = () => t.org.state.change([put(roleAssignments, t.org.ids.next('ra1'), given)])
  const activate = () => t.call(`POST /api/v1/groups/rules/${rule}/lifecycle/activate`)
  const members = async () => (await t.call(`GET /api/v1/groups/${id}/users`)).json.length
  await give()
  expect((await activate()).json.errorCode).toBe('E0000001')
  expect(t.lastCause()).toBe('E0000001/rule-target-not-assignable')
  const [role] = (await t.call(`GET /api/v1/groups/${id}/roles`)).json
  await t.call(`DELETE /api/v1/groups/${id}/roles/${role.id}`)
  expect((await activate()).status).toBe(204)
  expect(await members()).toBe(1)
  await give()
  const profile = { firstName: 'New', lastName: 'One', login: 'new@example.com', email: 'new@example.com' }
  await t.call('POST /api/v1/users?activate=true', { profile })
  expect(await members()).toBe(1)
})
