import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { createClock } from '../clock.ts'
import { type User, type UserStatus, users } from '../entities/user.ts'
import { Failure } from '../fail.ts'
import { begin } from '../http/walk.ts'
import { makeOrg, type Org } from '../org.ts'
import { put, remove } from '../state/state.ts'
import { queryUsers } from './users-query.ts'

const START = Date.UTC(2026, 10, 20, 10)

let org: Org
beforeEach(async () => {
  org = await makeOrg({ clock: createClock(() => START), suffix: '5d7' })
})

async function add(name: string, profile: Record<string, unknown> = {}, status: UserStatus = 'ACTIVE', at = START) {
  const id = org.ids.next('00u')
  const user: User = {
    status,
    createdAt: at,
    lastUpdatedAt: at,
    typeId: org.fixed.defaultTypeId,
    realmId: org.fixed.realmId,
    profile: {
      login: `${name}@example.com`.toLowerCase(),
      email: `${name}@example.com`,
      firstName: name,
      lastName: 'Test',
      ...profile,
    },
    provider: { type: 'OKTA', name: 'OKTA' },
  }
  await org.state.change([put(users, id, user)])
  return id
}

function query(params: Record<string, string>) {
  const target = `/api/v1/users?${new URLSearchParams(params)}`
  const incoming = { method: 'GET', target, headers: {}, remoteAddress: '127.0.0.1', readBody: async () => undefined }
  return queryUsers(org, begin(org, incoming))
}
const names = async (params: Record<string, string>) =>
  (await query(params)).rows.map((row) => String(row.value.profile.firstName))

async function refusal(params: Record<string, string>) {
  try {
    await query(params)
  } catch (error) {
    if (error instanceof Failure) return `${error.entry.code}/${error.causeId}`
    throw error
  }
  return 'answered'
}

/** Follows `next` to the end. */
async function walkPages(params: Record<string, string>) {
  const found: string[] = []
  const sizes: number[] = []
  let after: string | undefined
  do {
    const page = await query(after === undefined ? params : { ...params, after })
    found.push(...page.rows.map((row) => String(row.value.profile.firstName)))
    sizes.push(page.rows.length)
    after = page.next
  } while (after !== undefined && sizes.length < 100)
  return { found, sizes }
}

describe('a plain list', () => {
  test('leaves out who was deactivated, goes by id and by pages', async () => {
    for (const name of ['Ada', 'Bob', 'Cy', 'Di', 'Eve'])
      await add(name, {}, name === 'Cy' ? 'DEPROVISIONED' : 'ACTIVE')
    expect(await walkPages({ limit: '2' })).toEqual({ found: ['Ada', 'Bob', 'Di', 'Eve'], sizes: [2, 2] })
    expect((await query({})).inList).toBe(true)
  })

  test('shows 200 at most', async () => {
    for (let i = 0; i < 205; i++) await add(`U${i}`)
    expect((await query({})).rows).toHaveLength(200)
    expect((await walkPages({ limit: '9999' })).sizes).toEqual([200, 5])
  })

  test('goes on after a user that is gone', async () => {
    await add('Ada')
    const bob = await add('Bob')
    await add('Cy')
    await org.state.change([remove(users, (await org.state.load(users, bob))!)])
    expect(await names({ after: bob })).toEqual(['Cy'])
  })

  test('refuses cursors that it did not make', async () => {
    for (const after of ['page-two', '00g1', '00uXXXXXXXXXXXXXXXXX', 'ü', '\0']) {
      expect(await refusal({ after })).toBe('E0000029/cursor-unknown')
    }
  })
})

describe('search', () => {
  beforeEach(async () => {
    await add(
      'Ada',
      { lastName: 'Byron', department: 'Mathematics', tags: ['one', 'Two'], level: 3 },
      'ACTIVE',
      START - 3000,
    )
    await add('Bob', { lastName: 'Stone', department: 'mathematics' }, 'STAGED', START - 2000)
    await add('Cy', { lastName: 'Byron', nickName: '' }, 'DEPROVISIONED', START - 1000)
  })

  test.each<[string, string[]]>([
    ['status eq "active"', ['Ada']],
    ['profile.department eq "MATHEMATICS"', ['Ada', 'Bob']],
    ['profile.department eq "mathematics" and status eq "STAGED"', ['Bob']],
    ['profile.lastName eq "Byron" or profile.lastName eq "Stone"', ['Ada', 'Bob', 'Cy']],
    ['profile.lastName sw "by"', ['Ada', 'Cy']],
    ['profile.email co "B@EXAMPLE"', ['Bob']],
    ['(status lt "STAGED" or status gt "STAGED")', ['Ada', 'Cy']],
    ['not (status eq "STAGED")', ['Ada', 'Cy']],
    ['profile.tags eq "two"', ['Ada']],
    ['profile.level gt 2', ['Ada']],
    ['profile.department pr', ['Ada', 'Bob']],
    ['profile.nickName pr', []],
    ['profile.nickName eq ""', ['Cy']],
    ['activated pr', []],
    [`lastUpdated gt "${new Date(START - 2000).toISOString()}"`, ['Cy']],
    [`created le "${new Date(START - 2000).toISOString()}"`, ['Ada', 'Bob']],
    [`created eq "2026-11-20T10:59:57+01:00"`, ['Ada']],
    ['profile.constructor pr', []],
    ['profile.__proto__ pr', []],
  ])('%s', async (search, expected) => {
    expect(await names({ search })).toEqual(expected)
  })

  test('finds by id and by type', async () => {
    const id = (await query({ search: 'profile.firstName eq "Bob"' })).rows[0]!.id
    expect(await names({ search: `id eq "${id}"` })).toEqual(['Bob'])
    expect(await names({ search: `id eq "${id}" and status eq "ACTIVE"` })).toEqual([])
    expect(await names({ search: `type.id eq "${org.fixed.defaultTypeId}"` })).toEqual(['Ada', 'Bob', 'Cy'])
    expect(await names({ search: 'id eq "nobody"' })).toEqual([])
  })

  test.each([
    'status ne "ACTIVE"',
    'profile.department co "math"',
    'profile.lastName ew "on"',
    'lastLogin gt "2026-01-01T00:00:00.000Z"',
    'lastUpdated sw "2026"',
    'Status eq "ACTIVE"',
    'credentials.password pr',
    'profile eq "x"',
    '__proto__ pr',
    'profile.lastName eq Byron',
    'status',
    'status eq "ACTIVE" and',
  ])('refuses %s', async (search) => {
    expect(await refusal({ search })).toBe('E0000031/search-unreadable')
  })

  test.each(['lastUpdated gt "yesterday"', 'created eq ""', 'activated lt 5', 'statusChanged eq null'])(
    'refuses the date in %s',
    async (search) => {
      expect(await refusal({ search })).toBe('E0000030/date-unreadable')
    },
  )

  test('refuses cursors that it did not make', async () => {
    expect(await refusal({ search: 'status eq "ACTIVE"', after: 'page-two' })).toBe('E0000031/search-cursor-unknown')
  })

  test('uses an index wherever one can answer, with the same result as reading everything', async () => {
    for (let i = 0; i < 30; i++) await add(`N${i}`, { department: i % 2 ? 'Odd' : 'Even' }, i % 3 ? 'ACTIVE' : 'STAGED')
    const search = 'profile.department eq "odd" and status eq "STAGED"'
    const both = 'not (not (profile.department eq "odd" and status eq "STAGED"))'
    expect(await names({ search })).toEqual(await names({ search: both }))
    const read: string[] = []
    const find = org.state.find.bind(org.state)
    org.state.find = ((collection: never, index: string, key: string, page: never) => {
      read.push(`${index}=${key}`)
      return find(collection, index, key, page)
    }) as typeof org.state.find
    org.state.scan = () => {
      throw new Error('read everything')
    }
    expect(await names({ search })).toEqual(['N3', 'N9', 'N15', 'N21', 'N27'])
    expect(read).toEqual(['status=STAGED'])
  })
})

describe('sortBy', () => {
  beforeEach(async () => {
    const cities = ['Oslo', 'bern', undefined, 'Aarau', 'Bern', undefined, 'Zug']
    for (const [i, city] of cities.entries())
      await add(`U${i}`, city === undefined ? {} : { city }, 'ACTIVE', START + i)
  })
  const search = 'status eq "ACTIVE"'

  test('orders without regard to case, equals by id, what has no value last', async () => {
    expect(await names({ search, sortBy: 'profile.city' })).toEqual(['U3', 'U1', 'U4', 'U0', 'U6', 'U2', 'U5'])
    expect(await names({ search, sortBy: 'profile.city', sortOrder: 'desc' })).toEqual([
      'U6',
      'U0',
      'U1',
      'U4',
      'U3',
      'U2',
      'U5',
    ])
    expect(await names({ search, sortBy: 'created', sortOrder: 'DESC', limit: '3' })).toEqual(['U6', 'U5', 'U4'])
    expect(await names({ search, sortBy: 'profile.city', sortOrder: '0', limit: '1' })).toEqual(['U3'])
  })

  test('goes through all pages without losing or repeating anybody', async () => {
    for (const sortOrder of ['asc', 'desc']) {
      const whole = await names({ search, sortBy: 'profile.city', sortOrder })
      for (const limit of ['1', '2', '3', '7', '8']) {
        const { found } = await walkPages({ search, sortBy: 'profile.city', sortOrder, limit })
        expect(found).toEqual(whole)
      }
    }
  })

  test('has cursors that belong to their search and order', async () => {
    const page = await query({ search, sortBy: 'profile.city', limit: '2' })
    const after = page.next!
    expect(await refusal({ search, sortBy: 'profile.city', limit: '5', after })).toBe('answered')
    const unknown = 'E0000031/search-cursor-unknown'
    expect(await refusal({ search, sortBy: 'created', after })).toBe(unknown)
    expect(await refusal({ search, sortBy: 'profile.city', sortOrder: 'desc', after })).toBe(unknown)
    expect(await refusal({ search: 'status pr', sortBy: 'profile.city', after })).toBe(unknown)
    expect(await refusal({ search, after })).toBe(unknown)
    expect(await refusal({ search, sortBy: 'profile.city', after: `${after}x` })).toBe(unknown)
  })

  test('refuses what is no property, and does nothing without search', async () => {
    expect(await refusal({ search, sortBy: 'nothing' })).toBe('E0000031/search-unreadable')
    expect(await names({ sortBy: 'profile.city', limit: '2' })).toEqual(['U0', 'U1'])
  })

  test('agrees with sorting everything', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.option(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('a', 'B', 'b', 'ü', '')), {
            nil: undefined,
          }),
          { maxLength: 12 },
        ),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async (values, limit, descending) => {
          org = await makeOrg({ clock: createClock(() => START), suffix: '5d7' })
          for (const [i, value] of values.entries()) await add(`U${i}`, { city: value })
          const key = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value)
          const rank = (value: unknown) => (value === undefined ? 2 : typeof value === 'number' ? 0 : 1)
          const expected = values
            .map((value, i) => ({ value: key(value), name: `U${i}`, i }))
            .sort((a, b) => {
              if (a.value === b.value) return a.i - b.i
              if (a.value === undefined) return 1
              if (b.value === undefined) return -1
              const up = rank(a.value) - rank(b.value) || (a.value! < b.value! ? -1 : 1)
              return descending ? -up : up
            })
            .map(({ name }) => name)
          const sortOrder = descending ? 'desc' : 'asc'
          const { found } = await walkPages({ search, sortBy: 'profile.city', sortOrder, limit: String(limit) })
          expect(found).toEqual(expected)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('filter', () => {
  beforeEach(async () => {
    await add('Ada', {}, 'ACTIVE', START - 1000)
    await add('Bob', {}, 'DEPROVISIONED')
  })

  test.each<[string, string[]]>([
    ['status eq "DEPROVISIONED"', ['Bob']],
    ['status eq "ACTIVE" or status eq "DEPROVISIONED"', ['Ada', 'Bob']],
    ['profile.login eq "ada@example.com"', ['Ada']],
    ['profile.email eq "ada@example.com" and profile.firstName eq "Ada" and profile.lastName eq "Test"', ['Ada']],
    [`lastUpdated ge "${new Date(START).toISOString()}"`, ['Bob']],
    [`lastUpdated lt "${new Date(START).toISOString()}" and (status eq "ACTIVE" or status eq "STAGED")`, ['Ada']],
  ])('%s', async (filter, expected) => {
    expect(await names({ filter })).toEqual(expected)
  })

  test.each([
    'status sw "A"',
    'status pr',
    'not (status eq "ACTIVE")',
    'profile.city eq "Bern"',
    'created gt "2026-01-01T00:00:00.000Z"',
    'type.id eq "x"',
    'lastUpdated pr',
    'status eq ACTIVE',
  ])('refuses %s', async (filter) => {
    expect(await refusal({ filter })).toBe('E0000031/search-unreadable')
  })

  test('refuses a date that is none', async () => {
    expect(await refusal({ filter: 'lastUpdated gt "yesterday"' })).toBe('E0000030/date-unreadable')
  })
})

describe('q', () => {
  test('finds by the beginning of first name, last name or e-mail, ten of them, on one page', async () => {
    for (let i = 0; i < 12; i++) await add(`Ada${i}`, { lastName: 'Byron' })
    await add('Bob', { lastName: 'Adams' })
    await add('Cy', { email: 'ADA@x.org' })
    await add('Adele', {}, 'DEPROVISIONED')
    const page = await query({ q: 'ADA' })
    expect(page.rows).toHaveLength(10)
    expect(page.next).toBeUndefined()
    expect((await names({ q: 'ada', limit: '100' })).slice(-2)).toEqual(['Bob', 'Cy'])
    expect(await names({ q: 'adel' })).toEqual([])
    expect(await names({ q: 'byr', limit: '1' })).toEqual(['Ada0'])
    expect(await names({ q: 'da' })).toEqual([])
  })
})

describe('parameters that exclude each other', () => {
  test.each([
    [{ q: 'a', filter: 'status eq "ACTIVE"' }, 'E0000033/query-and-filter-together'],
    [{ q: 'a', search: 'status eq "ACTIVE"' }, 'E0000063/search-with-filter-or-query'],
    [{ filter: 'status eq "ACTIVE"', search: 'status eq "ACTIVE"' }, 'E0000063/search-with-filter-or-query'],
    [{ q: '', search: 'status eq "ACTIVE"' }, 'E0000063/search-with-filter-or-query'],
    [{ q: 'a', filter: 'b', search: 'c' }, 'E0000063/search-with-filter-or-query'],
  ])('%j', async (params, cause) => {
    expect(await refusal(params as unknown as Record<string, string>)).toBe(cause)
  })

  test('an empty one alone says nothing', async () => {
    await add('Ada')
    for (const name of ['q', 'filter', 'search', 'after', 'limit', 'sortBy'])
      expect(await names({ [name]: '' })).toEqual(['Ada'])
  })
})

test('no text makes a fault', async () => {
  await add('Ada')
  const word = fc.constantFrom(
    'status',
    'profile.x',
    'lastUpdated',
    'eq',
    'gt',
    'pr',
    'co',
    'and',
    'not',
    '(',
    ')',
    '"a"',
    '"2026-01-01"',
    '"',
    '7',
    'null',
    '__proto__',
    '\\',
    '\0',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
  )
  const name = fc.constantFrom('search', 'filter', 'q', 'sortBy', 'sortOrder', 'after', 'limit')
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, text), async (params) => {
      expect(await refusal(params)).toMatch(/^(answered|E00000(01|29|30|31|33|37|63)\/[a-z-]+)$/)
    }),
    { numRuns: 500 },
  )
})
