import { describe, expect, test } from 'vitest'
import { testOrg } from '../testing.ts'
import { applySeed } from './apply.ts'

const sales = { department: 'Sales' }

describe('group rules of a seed', () => {
  test('are at work from the start, for users of the same seed and of later ones', async () => {
    const it = await testOrg()
    const { groups, users } = await applySeed(it.org, {
      groups: [{ name: 'Sellers' }],
      users: [
        { login: 'ada@example.com', profile: sales },
        { login: 'bob@example.com', profile: sales },
        { login: 'cyd@example.com' },
      ],
      groupRules: [
        { name: 'Sales', when: 'user.department == "Sales"', groups: ['sellers'], except: ['bob@example.com'] },
        { id: '0prPinned0000000001', name: 'All', when: 'true', groups: ['Sellers'], status: 'INACTIVE' },
      ],
    })
    const members = async () =>
      (await it.call(`GET /api/v1/groups/${groups[0]!.id}/users`)).json.map((user: { id: string }) => user.id)
    expect(await members()).toEqual([users[0]!.id])
    const later = await applySeed(it.org, { users: [{ login: 'dan@example.com', profile: sales }] })
    expect(await members()).toEqual([users[0]!.id, later.users[0]!.id])
    const { json } = await it.call('GET /api/v1/groups/rules')
    expect(json).toMatchObject([
      { name: 'Sales', status: 'ACTIVE', conditions: { people: { users: { exclude: [users[1]!.id] } } } },
      { id: '0prPinned0000000001', name: 'All', status: 'INACTIVE' },
    ])
  })

  test.each([
    [
      { name: 'a', when: '(true', groups: ['Sellers'] },
      'groupRules[0].when: the condition cannot be read at character 6: ")" is missing',
    ],
    [{ name: 'a', when: 'true', groups: ['Nobody'] }, 'groupRules[0].groups[0]: there is no group called "Nobody"'],
    [
      { name: 'a', when: 'true', groups: ['Sellers'], except: ['x'] },
      'groupRules[0].except[0]: there is no user with the login or id "x"',
    ],
  ])('with a mistake write nothing (%#)', async (rule, says) => {
    const it = await testOrg()
    await expect(applySeed(it.org, { groups: [{ name: 'Sellers' }], groupRules: [rule] })).rejects.toThrow(says)
    expect((await it.call('GET /api/v1/groups?q=Sellers')).json).toEqual([])
  })
})
