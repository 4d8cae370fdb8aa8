import { expect, test } from 'vitest'
import { memberships } from '../entities/group.ts'
import { groupRules } from '../entities/group-rule.ts'
import { type User, users } from '../entities/user.ts'
import { createExpressionCache } from '../expression/index.ts'
import { put, type Stored } from '../state/state.ts'
import { type TestOrg, testOrg } from '../testing.ts'
import { holdsFor, type ReadRule } from './fits.ts'

const makeGroup = async (it: TestOrg, name: string): Promise<string> =>
  (await it.call('POST /api/v1/groups', { profile: { name } })).json.id

const makeUser = async (it: TestOrg, name: string): Promise<string> => {
  const profile = { login: `${name}@example.com`, email: `${name}@example.com`, firstName: name, lastName: 'Byron' }
  return (await it.call('POST /api/v1/users?activate=true', { profile })).json.id
}

const makeRule = async (it: TestOrg, group: string, expression: string): Promise<string> => {
  const id = it.org.ids.next('0pr')
  const now = it.clock.now()
  const times = { createdAt: now, lastUpdatedAt: now }
  const value = { name: id, status: 'INACTIVE', ...times, expression, groupIds: [group] } as const
  await it.org.state.change([put(groupRules, id, value)])
  await it.call(`POST /api/v1/groups/rules/${id}/lifecycle/activate`)
  return id
}

const groupsOf = async (it: TestOrg, user: string): Promise<string[]> =>
  (await it.call(`GET /api/v1/users/${user}/groups`)).json.map((group: { id: string }) => group.id).slice(1)

const membershipEvents = ({ org }: TestOrg) =>
  [...org.events.read()].filter(({ eventType }) => /^group\.user_membership\.(?:add|remove)$/.test(eventType))

test.each(['in their order', 'against it'])(
  'rules that follow from each other, %s, go on to the end',
  async (order) => {
    const it = await testOrg()
    const ada = await makeUser(it, 'ada')
    const groups: string[] = []
    for (let i = 0; i < 30; i++) groups.push(await makeGroup(it, `chain ${i}`))
    const steps = Array.from({ length: 29 }, (_, i) => (order === 'in their order' ? i : 28 - i))
    for (const i of steps) await makeRule(it, groups[i + 1]!, `isMemberOfGroup("${groups[i]}")`)
    await it.call(`PUT /api/v1/groups/${groups[0]}/users/${ada}`)
    expect((await groupsOf(it, ada)).sort()).toEqual(groups.toSorted())
    await it.call(`DELETE /api/v1/groups/${groups[0]}/users/${ada}`)
    expect(await groupsOf(it, ada)).toEqual([])
  },
)

test('rules that contradict each other end where they have been before', async () => {
  const it = await testOrg()
  const [a, b, c] = [await makeGroup(it, 'A'), await makeGroup(it, 'B'), await makeGroup(it, 'C')]
  await makeRule(it, a, `!isMemberOfGroup("${b}")`)
  await makeRule(it, b, `isMemberOfGroup("${a}")`)
  await makeRule(it, c, 'user.firstName == "ada"')
  for (let i = 0; i < 20; i++) await makeRule(it, c, `isMemberOfGroupName("none ${i}")`)
  const before = membershipEvents(it).length
  const ada = await makeUser(it, 'ada')
  expect(await groupsOf(it, ada)).toContain(c)
  // a comes, b follows, a goes, b follows: four rounds and one that sees that it was here before.
  expect(membershipEvents(it).length - before).toBeLessThanOrEqual(6)
})

test('a condition that cannot be evaluated for a user stops no other rule, and the System Log says so once', async () => {
  const it = await testOrg()
  const [a, b] = [await makeGroup(it, 'A'), await makeGroup(it, 'B')]
  const bad = await makeRule(it, a, 'user.firstName.x == 1')
  await makeRule(it, b, 'user.lastName == "Byron"')
  const ids = [await makeUser(it, 'ada'), await makeUser(it, 'bob')]
  for (const id of ids) expect(await groupsOf(it, id)).toEqual([b])
  const faults = [...it.org.events.read()].filter(({ eventType }) => eventType.endsWith('rule.error'))
  // For the administrator when the rule was activated, then for each who was made.
  expect(faults.map(({ targets }) => targets.map(({ id }) => id))).toEqual([it.adminId, ...ids].map((id) => [id, bad]))
  expect(faults.at(-1)).toMatchObject({
    result: 'FAILURE',
    reason: 'The condition cannot be evaluated for this user: "x" is asked of nothing.',
  })
})

test('what happens to one user while the rules wait is one piece of work', async () => {
  const it = await testOrg({ settings: { delays: { groupRuleSeconds: 86_400 } } })
  const group = await makeGroup(it, 'A')
  await makeRule(it, group, 'user.nickName == "49"')
  it.clock.advance(86_400)
  const ada = await makeUser(it, 'ada')
  for (let i = 0; i < 50; i++) await it.call(`POST /api/v1/users/${ada}`, { profile: { nickName: String(i) } })
  for (const name of ['A1', 'A2']) await it.call(`PUT /api/v1/groups/${group}`, { profile: { name } })
  expect(it.org.jobs.snapshot()).toHaveLength(1)
  it.org.changeSettings({ delays: { groupRuleSeconds: 0 } })
  await it.call(`POST /api/v1/users/${ada}`, { profile: { city: 'Rome' } })
  expect(await groupsOf(it, ada)).toEqual([group])
  expect(it.org.jobs.snapshot()).toEqual([])
})

test('others get their turn while rules are applied to many', async () => {
  const it = await testOrg()
  const group = await makeGroup(it, 'A')
  const now = it.clock.now()
  const admin = (await it.org.state.load(users, it.adminId))!.value
  await it.org.state.change(
    Array.from({ length: 600 }, (_, i) =>
      put(users, `00uTest${i}`, { ...admin, profile: { ...admin.profile, login: `u${i}`, email: `u${i}` } }),
    ),
  )
  await it.org.state.change(
    Array.from({ length: 100 }, (_, i) =>
      put(groupRules, `0prTest${i}`, {
        ...{ name: `r${i}`, status: 'ACTIVE', createdAt: now, lastUpdatedAt: now, groupIds: [group] },
        expression: `isMemberOfGroupName("none ${i}") OR user.login == "u${i}"`,
      } as const),
    ),
  )
  let turns = 0
  let done = false
  const tick = () => {
    turns += 1
    if (!done) setImmediate(tick)
  }
  await it.call(`PUT /api/v1/groups/${group}`, { profile: { name: 'B' } })
  setImmediate(tick)
  await it.org.runDueJobs()
  done = true
  expect(await it.org.state.count(memberships as never, 'group', group)).toBe(100)
  expect(turns).toBeGreaterThanOrEqual(12)
})

test('rules that share a condition share its result', () => {
  const read = createExpressionCache()
  const user = { id: '00u1', value: { status: 'ACTIVE' } } as Stored<User>
  const rule = (id: string, text: string, more = {}) =>
    ({ id, value: { expression: text, groupIds: [], ...more }, expression: read(text) }) as unknown as ReadRule
  let asked = 0
  const values = {
    get user() {
      asked += 1
      return { title: 'x' }
    },
  }
  const faults: string[] = []
  const holds = holdsFor(user, { values, groups: [] }, ({ id }) => faults.push(id))
  expect([holds(rule('a', 'user.title == "x"')), holds(rule('b', 'user.title == "x"'))]).toEqual([true, true])
  expect(holds(rule('c', 'user.title == "x"', { excludedUserIds: ['00u1'] }))).toBe(false)
  expect(asked).toBe(1)
  expect([holds(rule('d', 'user.title.y')), holds(rule('e', 'user.title.y'))]).toEqual([false, false])
  expect([asked, faults]).toEqual([2, ['d', 'e']])
})
