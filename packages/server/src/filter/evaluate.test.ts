import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bindFilter, compileFilter, evaluateFilter, instantOf, pathReader } from './evaluate.ts'
import { parseFilter } from './parse.ts'

const ada = {
  id: '00u1',
  status: 'ACTIVE',
  created: '2024-03-01T12:00:00.000Z',
  statusChanged: null,
  logins: 7,
  admin: true,
  nickname: '',
  profile: { login: 'Ada@Example.com', city: 'Zürich', tags: ['one', 'Two'], none: [] as string[] },
  target: [
    { id: 'a', type: 'User' },
    { id: 'b', type: 'AppInstance' },
  ],
  debugContext: { debugData: { threatSuspected: 'false' } },
}

function filterOf(text: string) {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.filter
}

const matches = (text: string) => evaluateFilter(filterOf(text), (path) => pathReader(path)(ada))

describe('matches', () => {
  test.each([
    'status eq "active"',
    'profile.login eq "ADA@example.com"',
    'profile.login sw "ada@"',
    'profile.login co "@EXAMPLE"',
    'profile.login ew ".COM"',
    'profile.city eq "zÜrich"',
    'status ne "STAGED"',
    'logins eq 7',
    'logins eq "7"',
    'logins gt 6.5',
    'logins le 7',
    'admin eq true',
    'admin eq "true"',
    'debugContext.debugData.threatSuspected eq false',
    'id pr',
    'profile pr',
    'created eq "2024-03-01T13:00:00+01:00"',
    'created eq "2024-03-01T12:00:00Z"',
    'created gt "2024-03-01"',
    'created lt "2024-03-01T12:00:00.001Z"',
    'created ge "2024-03-01T05:00:00.000-0700"',
    'profile.tags eq "two"',
    'profile.tags eq "one" and profile.tags eq "two"',
    'target.id eq "a" and target.id eq "b"',
    'target.id ne "a"',
    'absent ne "x"',
    'absent eq null',
    'statusChanged eq null',
    'status ne null',
    'not (absent pr)',
    'not (status eq "STAGED" or status eq "SUSPENDED")',
    'status eq "x" or logins eq 7 and admin eq true',
    'status ge "ACTIVE" and status lt "ACTIVF"',
  ])('%s', (text) => {
    expect(matches(text)).toBe(true)
  })

  // "zürich" without its diaeresis: Okta's documentation says that such marks are significant.
  test.each([
    'status eq "ACTIV"',
    'profile.city eq "zurich"',
    'status ne "active"',
    'logins gt 7',
    'logins lt 10 and logins gt 8',
    'absent pr',
    'nickname pr',
    'statusChanged pr',
    'profile.none pr',
    'profile eq "x"',
    'absent eq "x"',
    'absent lt "x"',
    'absent sw ""',
    'profile.none eq "x"',
    'created gt "2024-03-01T12:00:00.000Z"',
    'created eq "2024-03-01T12:00:00.000+01:00"',
    'target.id eq "c"',
    'not (target.id eq "a")',
    'status eq null',
    'status gt null',
    'constructor.name pr',
    '__proto__ pr',
    'profile.login.length pr',
  ])('not: %s', (text) => {
    expect(matches(text)).toBe(false)
  })
})

test('a compiled filter gives the same answer for every object', () => {
  const filter = filterOf('status eq "ACTIVE" and (n gt 3 or not (tag sw "x"))')
  const compiled = compileFilter(filter)
  const bound = bindFilter<Record<string, unknown>>(filter, (path) => (object) => object[path])
  fc.assert(
    fc.property(
      fc.record({
        status: fc.constantFrom('ACTIVE', 'active', 'STAGED', null),
        n: fc.option(fc.integer({ min: 0, max: 6 })),
        tag: fc.array(fc.constantFrom('x', 'xy', 'z', 4)),
      }),
      (object) => {
        const read = (path: string) => object[path as keyof typeof object]
        const wanted =
          object.status?.toLowerCase() === 'active' &&
          ((object.n ?? 0) > 3 || !object.tag.some((tag) => String(tag).startsWith('x')))
        expect([compiled(read), evaluateFilter(filter, read), bound(object)]).toEqual([wanted, wanted, wanted])
      },
    ),
  )
})

test('any value under any operator gives an answer', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sw', 'co', 'ew', 'pr'),
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
      fc.anything(),
      (operator, value, found) => {
        const text = operator === 'pr' ? 'a pr' : `a ${operator} ${JSON.stringify(value)}`
        expect(typeof evaluateFilter(filterOf(text), () => found)).toBe('boolean')
      },
    ),
  )
})

describe('instantOf', () => {
  test.each([
    ['2024-03-01', 1709251200000],
    ['2024-03-01T00:00', 1709251200000],
    ['2024-03-01T00:00:00', 1709251200000],
    ['2024-03-01T00:00:00.000Z', 1709251200000],
    ['2024-03-01t01:00:00+0100', 1709251200000],
    ['2024-03-01T01:00:00+01:00', 1709251200000],
    ['2024-13-01', undefined],
    ['1', undefined],
    ['2024', undefined],
    ['March 1, 2024', undefined],
  ])('%s', (text, instant) => {
    expect(instantOf(text)).toBe(instant)
  })
})
