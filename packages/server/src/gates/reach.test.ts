import { describe, expect, test } from 'vitest'
import { findUser } from '../entities/find-user.ts'
import { groups, membershipId, memberships } from '../entities/group.ts'
import { roleAssignments } from '../entities/role-assignment.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import { put } from '../state/state.ts'
import { testOrg } from '../testing.ts'
import type { HeldRole } from './caller.ts'
import { ownUserId } from './own.ts'
import type { Permission } from './permissions.ts'
import { reachGroup, reachUser } from './reach.ts'

// Both functions look at the route's permission and the caller's roles only.
const exchange = (needs: Permission | 'self', held: HeldRole | HeldRole[], operation?: string) => {
  const roles = [held].flat()
  return {
    route: { needs, operation },
    caller: { userId: 'ada', roles: roles.map((role) => role.type), held: roles },
  } as unknown as Exchange
}

const causeOf = async (run: () => void | Promise<void>): Promise<string> => {
  try {
    await run()
    return 'reached'
  } catch (error) {
    return (error as Error).message
  }
}

const lacks = 'E0000006/role-lacks-permission'

async function makeGroup(org: Org, ...members: string[]): Promise<string> {
  const groupId = org.ids.next('00g')
  const at = org.clock.now()
  await org.state.change([
    put(groups, groupId, {
      type: 'OKTA_GROUP',
      createdAt: at,
      lastUpdatedAt: at,
      lastMembershipUpdatedAt: at,
      profile: { name: groupId },
    }),
    ...members.map((userId) => put(memberships, membershipId(groupId, userId), { groupId, userId, addedAt: at })),
  ])
  return groupId
}

describe('a group', () => {
  test.each<[string, string, Permission, HeldRole[], string | undefined]>([
    ['all', 'reached', 'groups.manage', [{ type: 'USER_ADMIN' }], 'a'],
    ['its own', 'reached', 'groups.manage', [{ type: 'USER_ADMIN', targetGroups: ['a', 'b'] }], 'a'],
    ['another', lacks, 'groups.manage', [{ type: 'USER_ADMIN', targetGroups: ['b'] }], 'a'],
    ['none that is left', lacks, 'groups.manage', [{ type: 'USER_ADMIN', targetGroups: [] }], 'a'],
    ['a new one', lacks, 'groups.manage', [{ type: 'USER_ADMIN', targetGroups: ['a'] }], undefined],
    ['a new one of all', 'reached', 'groups.manage', [{ type: 'USER_ADMIN' }], undefined],
    [
      'with a second role that does not allow it',
      lacks,
      'groups.manage',
      [{ type: 'USER_ADMIN', targetGroups: ['b'] }, { type: 'HELP_DESK_ADMIN' }],
      'a',
    ],
    [
      'with a second role that allows it',
      'reached',
      'groups.manage',
      [{ type: 'USER_ADMIN', targetGroups: ['b'] }, { type: 'ORG_ADMIN' }],
      'a',
    ],
  ])('%s', async (_which, wanted, needs, held, groupId) => {
    expect(await causeOf(() => reachGroup(exchange(needs, held), groupId))).toBe(wanted)
  })

  test('operations that need no role reach all', async () => {
    expect(await causeOf(() => reachGroup(exchange('self', []), 'a'))).toBe('reached')
  })
})

describe('a user', () => {
  test('is reached through a group that the role is limited to', async () => {
    const { org, makeAdmin } = await testOrg()
    const ada = (await makeAdmin('ada@example.com')).userId
    const [own, other] = [await makeGroup(org, ada), await makeGroup(org)]
    const limitedTo = (...targetGroups: string[]) => exchange('users.update', { type: 'USER_ADMIN', targetGroups })
    expect(await causeOf(() => reachUser(org, limitedTo(own), ada))).toBe('reached')
    expect(await causeOf(() => reachUser(org, limitedTo(other), ada))).toBe(lacks)
    expect(await causeOf(() => reachUser(org, limitedTo(), ada))).toBe(lacks)
    expect(await causeOf(() => reachUser(org, exchange('users.update', { type: 'USER_ADMIN' }), ada))).toBe('reached')
  })

  const changes = ['users.update', 'users.lifecycle', 'users.credentials', 'users.delete', 'tokens.manage'] as const
  const closed = 'E0000006/super-admin-required'

  test.each(['SUPER_ADMIN', 'REPORT_ADMIN'] as const)('who is a %s is changed by super admins only', async (role) => {
    const { org, makeAdmin } = await testOrg()
    const { userId } = await makeAdmin('grace@example.com', role)
    const as = (needs: Permission, type: HeldRole['type'], operation?: string) =>
      causeOf(() => reachUser(org, exchange(needs, { type }, operation), userId))
    for (const needs of changes) {
      expect([needs, await as(needs, 'ORG_ADMIN')]).toEqual([needs, needs === 'tokens.manage' ? lacks : closed])
      expect([needs, await as(needs, 'SUPER_ADMIN')]).toEqual([needs, 'reached'])
    }
    expect(await as('users.read', 'ORG_ADMIN')).toBe('reached')
    expect(await as('users.lifecycle', 'USER_ADMIN', 'deactivateUser')).toBe(closed)
    for (const operation of ['activateUser', 'suspendUser', 'unsuspendUser'])
      expect([operation, await as('users.lifecycle', 'USER_ADMIN', operation)]).toEqual([operation, 'reached'])
    expect(await as('users.credentials', 'HELP_DESK_ADMIN', 'revokeUserSessions')).toBe('reached')
    expect(await as('users.credentials', 'HELP_DESK_ADMIN', 'resetPassword')).toBe(closed)
  })

  test('who has a role by a group is an administrator as well, and nobody is kept from the own user', async () => {
    const { org, makeAdmin } = await testOrg()
    const grace = (await makeAdmin('grace@example.com')).userId
    const group = await makeGroup(org, grace)
    const as = (callerId: string) => {
      const x = exchange('users.update', { type: 'USER_ADMIN' })
      return causeOf(() => reachUser(org, { ...x, caller: { ...x.caller!, userId: callerId } }, grace))
    }
    expect(await as('ada')).toBe('reached')
    const at = org.clock.now()
    const given = { type: 'HELP_DESK_ADMIN', holder: 'GROUP', createdAt: at, lastUpdatedAt: at } as const
    await org.state.change([put(roleAssignments, org.ids.next('gra'), { ...given, holderId: group })])
    expect(await as('ada')).toBe(closed)
    expect(await as(grace)).toBe('reached')
  })

  test('is not the client that has chosen the same id for itself', async () => {
    const { org, adminId } = await testOrg()
    const as = (caller: object) => {
      const x = exchange('users.credentials', { type: 'USER_ADMIN' })
      return { ...x, caller: { ...x.caller!, userId: adminId, ...caller } }
    }
    const [user, client] = [as({}), as({ clientId: adminId })]
    expect(await causeOf(() => reachUser(org, user, adminId))).toBe('reached')
    expect(await causeOf(() => reachUser(org, client, adminId))).toBe(closed)
    expect((await findUser(org, user, 'me')).id).toBe(adminId)
    expect(await causeOf(async () => void (await findUser(org, client, 'me')))).toBe('E0000007/resource-missing')
    expect([ownUserId(user), ownUserId(client)]).toEqual([adminId, undefined])
  })
})
