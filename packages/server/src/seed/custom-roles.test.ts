import { expect, test } from 'vitest'
import { testOrg } from '../testing.ts'
import { applySeed } from './apply.ts'

test('custom roles of a seed authorise from the start', async () => {
  const it = await testOrg()
  const { users, tokens } = await applySeed(it.org, {
    groups: [{ name: 'Pilots' }, { name: 'Desk' }],
    users: [
      { login: 'ada@example.com', groups: ['Pilots'] },
      { login: 'bob@example.com' },
      { login: 'helper@example.com', groups: ['Desk'] },
    ],
    tokens: [{ owner: 'helper@example.com', name: 'desk' }],
    customRoles: [
      {
        id: 'cr0Pinned0000000001',
        label: 'Desk',
        permissions: ['okta.users.credentials.expirePassword', 'okta.groups.read'],
        resources: ['members:Pilots', 'group:pilots'],
        groups: ['Desk'],
      },
      { label: 'Readers', permissions: ['okta.apps.read'], resources: ['apps'], users: ['bob@example.com'] },
    ],
  })
  const token = tokens[0]!.value
  const expire = async (id: string) =>
    (await it.call(`POST /api/v1/users/${id}/lifecycle/expire_password`, undefined, { token })).status
  expect([await expire(users[0]!.id), await expire(users[1]!.id)]).toEqual([200, 403])
  expect((await it.call('GET /api/v1/groups', undefined, { token })).json).toMatchObject([
    { profile: { name: 'Pilots' } },
  ])
  expect((await it.call('GET /api/v1/iam/roles/Desk')).json.id).toBe('cr0Pinned0000000001')
  expect((await it.call(`GET /api/v1/users/${users[1]!.id}/roles`)).json).toMatchObject([
    { type: 'CUSTOM', label: 'Readers', assignmentType: 'USER' },
  ])
})

test.each([
  [
    { permissions: ['okta.moon.read'] },
    'customRoles[0].permissions[0]: "okta.moon.read" is no permission of custom roles',
  ],
  [
    { resources: ['moon'] },
    'customRoles[0].resources[0]: "moon" is none of users, groups, apps, group:NAME, members:NAME',
  ],
  [{ resources: ['group:Moon'] }, 'customRoles[0].resources[0]: there is no group called "Moon"'],
  [{ users: ['moon'] }, 'customRoles[0].users[0]: there is no user with the login or id "moon"'],
])('with a mistake write nothing (%#)', async (part, says) => {
  const it = await testOrg()
  const role = { label: 'R', permissions: ['okta.users.read'], resources: ['users'], ...part }
  await expect(applySeed(it.org, { customRoles: [role] })).rejects.toThrow(says)
  expect((await it.call('GET /api/v1/iam/roles')).json.roles).toEqual([])
})
