import { beforeEach, describe, expect, test } from 'vitest'
import { type Group, groups } from '../entities/group.ts'
import { put } from '../state/state.ts'
import { type TestOrg, testOrg } from '../testing.ts'

const START = Date.UTC(2026, 10, 20, 10)

let t: TestOrg
beforeEach(async () => {
  t = await testOrg()
  const add = async (name: string, type: Group['type'], at: number, membersAt = at) => {
    const value = {
      type,
      createdAt: at,
      lastUpdatedAt: at,
      lastMembershipUpdatedAt: membersAt,
      profile: { name, description: `All of ${name}` },
    }
    await t.org.state.change([put(groups, t.org.ids.next('00g'), value)])
  }
  await add('West Coast', 'OKTA_GROUP', START - 3000)
  await add('Western', 'APP_GROUP', START - 2000, START + 5000)
  await add('East', 'OKTA_GROUP', START - 1000)
})

const list = (params: Record<string, string>) => t.call(`GET /api/v1/groups?${new URLSearchParams(params)}`)
const names = async (params: Record<string, string>) => {
  const answer = await list(params)
  expect(answer.status).toBe(200)
  return answer.json.map((group: { profile: { name: string } }) => group.profile.name)
}
const date = (ms: number) => new Date(ms).toISOString()

describe('search', () => {
  test.each<[string, string[]]>([
    ['type eq "OKTA_GROUP"', ['West Coast', 'East']],
    ['profile.name eq "west coast"', ['West Coast']],
    ['profile.name sw "West"', ['West Coast', 'Western']],
    ['profile.name co "est"', ['West Coast', 'Western']],
    ['profile.description co "ALL OF"', ['West Coast', 'Western', 'East']],
    ['type eq "APP_GROUP" and profile.name eq "Western"', ['Western']],
    [`lastMembershipUpdated gt "${date(START)}"`, ['Western']],
    [`type eq "OKTA_GROUP" and created lt "${date(START - 2500)}"`, ['West Coast']],
    ['source.id eq "0oa1"', []],
  ])('%s', async (search, expected) => {
    expect(await names({ search })).toEqual(expected)
  })

  test('sorts, with cursors of its own', async () => {
    const search = 'profile.description sw "All of"'
    expect(await names({ search, sortBy: 'profile.name' })).toEqual(['East', 'West Coast', 'Western'])
    const first = await list({ search, sortBy: 'lastUpdated', sortOrder: 'desc', limit: '2' })
    const next = /<http:\/\/[^/]+([^>]+)>; rel="next"/.exec(first.headers.get('link')!)![1]!
    expect(next).toMatch(/^\/api\/v1\/groups\?after=/)
    const second = await t.call(`GET ${next}`)
    expect(second.json.map((group: { profile: { name: string } }) => group.profile.name)).toEqual(['West Coast'])
    expect(second.headers.get('link')).not.toContain('rel="next"')
  })

  test.each([
    ['search', 'type ne "BUILT_IN"', 'Invalid search syntax.'],
    ['search', 'objectClass eq "okta:user_group"', 'Invalid search syntax.'],
    ['search', 'profile.name%20eq%20%22x%22', 'Invalid search syntax.'],
    ['filter', 'id eq "foo\\"', undefined],
    ['filter', 'profile.name eq "East"', undefined],
    ['filter', 'not (type eq "BUILT_IN")', undefined],
  ])('refuses %s=%s', async (name, text, cause) => {
    const answer = await list({ [name]: text })
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({
      errorCode: 'E0000031',
      errorSummary: 'Bad request. Invalid filter parameter.',
      errorCauses: cause === undefined ? [] : [{ errorSummary: cause }],
    })
    expect(t.lastCause()).toBe('E0000031/search-unreadable')
    t.org.changeSettings({ contract: 'current' })
    expect((await list({ [name]: text })).json.errorSummary).toBe('Invalid search criteria.')
  })
})

describe('filter', () => {
  test.each<[string, string[]]>([
    ['type eq "APP_GROUP"', ['Western']],
    ['type eq "APP_GROUP" or type eq "BUILT_IN"', ['Everyone', 'Western']],
    [`lastUpdated lt "${date(START - 2500)}" or lastMembershipUpdated gt "${date(START)}"`, ['West Coast', 'Western']],
  ])('%s', async (filter, expected) => {
    expect(await names({ filter })).toEqual(expected)
  })

  test('refuses a date that is none', async () => {
    const answer = await list({ filter: 'lastUpdated gt "yesterday"' })
    expect(answer.json.errorCode).toBe('E0000030')
    expect(t.lastCause()).toBe('E0000030/date-unreadable')
  })
})

describe('q', () => {
  test('finds by the beginning of the name, on one page, also beside a filter', async () => {
    expect(await names({ q: 'west' })).toEqual(['West Coast', 'Western'])
    expect(await names({ q: 'Everyone' })).toEqual(['Everyone'])
    expect(await names({ q: 'coast' })).toEqual([])
    const one = await list({ q: 'w', limit: '1' })
    expect(one.json).toHaveLength(1)
    expect(one.headers.get('link')).not.toContain('rel="next"')
    expect(await names({ q: 'west', filter: 'type eq "APP_GROUP"' })).toEqual(['Western'])
  })

  test('does not go with search', async () => {
    expect((await list({ q: 'w', search: 'type pr' })).json.errorCode).toBe('E0000063')
    expect(t.lastCause()).toBe('E0000063/search-with-filter-or-query')
  })
})

test('made-up cursors', async () => {
  const plain = await list({ after: 'page-two' })
  expect(plain.json).toMatchObject({ errorCode: 'E0000029', errorCauses: [{ errorSummary: 'Invalid cursor.' }] })
  expect(t.lastCause()).toBe('E0000029/cursor-unknown')
  const search = await list({ after: 'page-two', search: 'type pr' })
  expect(search.json).toMatchObject({ errorCode: 'E0000031', errorCauses: [{ errorSummary: 'Invalid cursor.' }] })
  expect(t.lastCause()).toBe('E0000031/search-cursor-unknown')
})
