import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketFor } from './bucket-for.ts'
import { createLimiter, type Take, type TakeRequest } from './limiter.ts'

const list = bucketFor('GET', '/api/v1/users')!
const one = bucketFor('GET', '/api/v1/users/{id}')!
const authn = bucketFor('POST', '/api/v1/authn')!
const authorize = bucketFor('GET', '/oauth2/v1/authorize')!

/** A limiter with a clock to turn. `at` takes seconds since an even second. */
function setUp() {
  let nowMs = 1_700_000_000_400
  const limiter = createLimiter({ now: () => nowMs })
  return {
    limiter,
    start: 1_700_000_000,
    at(seconds: number) {
      nowMs = 1_700_000_000_400 + seconds * 1000
    },
    take: (more: Partial<TakeRequest> = {}) => limiter.take({ bucket: list, edition: 'integrator', ...more }),
  }
}

function times(count: number, take: () => Take): Take[] {
  return Array.from({ length: count }, take)
}

const eventTypes = (takes: Take[]) => takes.flatMap((take) => take.events.map((event) => event.type))

describe('one bucket', () => {
  test('remaining counts from limit - 1 to 0, then the refusal, with the same reset', () => {
    const { take, start } = setUp()
    const takes = times(101, take)
    expect(takes[0]).toEqual({
      allowed: true,
      limit: 100,
      remaining: 99,
      resetAtSeconds: start + 60,
      scope: 'org',
      opened: true,
      events: [],
    })
    expect(takes[99]).toMatchObject({ allowed: true, remaining: 0, opened: false })
    expect(takes[100]).toMatchObject({ allowed: false, limit: 100, remaining: 0, scope: 'org' })
    expect(new Set(takes.map((entry) => entry.resetAtSeconds))).toEqual(new Set([start + 60]))
  })

  test('at Date == reset the old window holds; the next second opens one', () => {
    const { take, at, start } = setUp()
    times(100, take)
    at(60.5)
    expect(take().allowed).toBe(false)
    at(60.6)
    expect(take()).toMatchObject({ allowed: true, remaining: 99, opened: true, resetAtSeconds: start + 121 })
  })

  test('windows open lazily, with the first request and not with the minute', () => {
    const { take, at, start } = setUp()
    take()
    at(200)
    expect(take()).toMatchObject({ opened: true, resetAtSeconds: start + 260 })
  })

  test('buckets do not share windows', () => {
    const { take } = setUp()
    times(100, take)
    expect(take().allowed).toBe(false)
    expect(take({ bucket: one }).allowed).toBe(true)
  })

  test('a clock that was set back opens a new window, as reset may not lie more than 60 s ahead', () => {
    const { take, at, start } = setUp()
    times(100, take)
    at(-30)
    expect(take()).toMatchObject({ allowed: true, opened: true, resetAtSeconds: start + 30 })
  })

  test('editions and the org itself set the limit', () => {
    const { take } = setUp()
    expect(take({ edition: 'workforce' }).limit).toBe(600)
    expect(take({ orgLimits: { 'users.list': 7 } })).toMatchObject({ limit: 7, remaining: 5 })
    expect(take({ orgLimits: { 'users.list': 0 } })).toMatchObject({ allowed: false, limit: 0 })
    expect(take({ bucket: one, orgLimits: { 'users.read.one': 0 } })).toMatchObject({ allowed: false, opened: true })
  })

  test('not enforced: counted and reported, never refused, no events', () => {
    const { take } = setUp()
    const takes = times(150, () => take({ enforce: false }))
    expect(takes.every((entry) => entry.allowed)).toBe(true)
    expect(takes.at(-1)).toMatchObject({ limit: 100, remaining: 0 })
    expect(eventTypes(takes)).toEqual([])
  })
})

describe('the share of a token or client', () => {
  const token = { id: '00T1', kind: 'SSWS_TOKEN' } as const

  test('is half of the bucket, is what the headers say, and refuses in its own name', () => {
    const { take } = setUp()
    const takes = times(52, () => take({ principal: token }))
    expect(takes[0]).toMatchObject({ limit: 50, remaining: 49, scope: 'token', opened: true })
    expect(takes[49]).toMatchObject({ allowed: true, remaining: 0 })
    expect(takes[50]).toMatchObject({ allowed: false, limit: 50, remaining: 0, scope: 'token' })
    expect(takes[50]?.events).toEqual([
      {
        type: 'system.operation.rate_limit.violation',
        scope: 'SSWS_TOKEN',
        key: '00T1',
        bucketId: 'users.list',
        threshold: 50,
        timeSpanSeconds: 60,
        secondsToReset: 60,
      },
    ])
    expect(takes[51]?.events).toEqual([])
  })

  test('a refused share uses nothing of the org: the rest is there for others, then the org refuses with its numbers', () => {
    const { take } = setUp()
    times(80, () => take({ principal: token }))
    expect(take()).toMatchObject({ scope: 'org', limit: 100, remaining: 49 })
    times(49, take)
    const other = { id: '0oa1', kind: 'OAUTH_CLIENT', percentage: 30 } as const
    expect(take({ principal: other })).toMatchObject({ allowed: false, scope: 'org', limit: 100, remaining: 0 })
  })

  test('rounds down, and is at least one', () => {
    const { take } = setUp()
    const share = (percentage: number, limit: number) =>
      take({ principal: { id: `${percentage}`, kind: 'SSWS_TOKEN', percentage }, orgLimits: { 'users.list': limit } })
        .limit
    expect([share(55, 600), share(50, 15), share(1, 50), share(100, 20)]).toEqual([330, 7, 1, 20])
  })

  test('has a window of its own, opened by its own first request', () => {
    const { take, at, start } = setUp()
    take()
    at(20)
    expect(take({ principal: token })).toMatchObject({ opened: true, resetAtSeconds: start + 80 })
    at(62)
    expect(take()).toMatchObject({ opened: true, resetAtSeconds: start + 122 })
    expect(take({ principal: token })).toMatchObject({ opened: false, resetAtSeconds: start + 80 })
  })
})

describe('events of the org', () => {
  test('one warning at the threshold and one violation a window', () => {
    const { take, at } = setUp()
    const takes = times(105, take)
    expect(eventTypes(takes)).toEqual(['system.org.rate_limit.warning', 'system.org.rate_limit.violation'])
    expect(takes[59]?.events).toMatchObject([{ warningPercent: 60, threshold: 60, bucketId: 'users.list' }])
    expect(takes[100]?.events).toMatchObject([{ scope: 'ORG', threshold: 100 }])
    at(70)
    expect(eventTypes(times(105, take))).toHaveLength(2)
  })

  test('the threshold can be set', () => {
    const { take } = setUp()
    const takes = times(100, () => take({ warningPercent: 90 }))
    expect(takes.findIndex((entry) => entry.events.length > 0)).toBe(89)
  })

  test('a bucket of sign-in warns at 360, bursts at 601, refuses after 3,000', () => {
    const { take } = setUp()
    const takes = times(3005, () => take({ bucket: authn, edition: 'enterprise' }))
    const told = takes.flatMap((entry, i) => entry.events.map((event) => [i + 1, event.type, event.threshold]))
    expect(told).toEqual([
      [360, 'system.org.rate_limit.warning', 360],
      [601, 'system.org.rate_limit.burst', 3000],
      [3001, 'system.org.rate_limit.violation', 600],
    ])
    expect(takes[700]).toMatchObject({ allowed: true, limit: 600, remaining: 0 })
    expect(takes[3000]?.allowed).toBe(false)
  })

  test('burst can be switched off, and does not stretch a share', () => {
    const { take } = setUp()
    const plain = times(101, () => take({ bucket: authn, burst: false }))
    expect(plain.filter((entry) => entry.allowed)).toHaveLength(100)
    const { take: again } = setUp()
    const shared = times(60, () => again({ bucket: authn, principal: { id: '00T1', kind: 'SSWS_TOKEN' } }))
    expect(shared.filter((entry) => entry.allowed)).toHaveLength(50)
  })
})

describe('client-based limits', () => {
  test('ENFORCE: 60 a minute for each client, on the headers too', () => {
    const { take } = setUp()
    const takes = times(61, () => take({ bucket: authorize, clientKey: 'a' }))
    expect(takes[0]).toMatchObject({ limit: 60, remaining: 59, scope: 'client' })
    expect(takes[60]).toMatchObject({ allowed: false, limit: 60, remaining: 0, scope: 'client' })
    expect(eventTypes(takes)).toEqual(['system.client.rate_limit.violation'])
    expect(take({ bucket: authorize, clientKey: 'b' }).allowed).toBe(true)
  })

  test('PREVIEW: only the log hears of it, once, and the headers are those of the org', () => {
    const { take } = setUp()
    const takes = times(70, () => take({ bucket: authorize, clientKey: 'a', clientMode: 'PREVIEW' }))
    expect(takes.at(-1)).toMatchObject({ allowed: true, limit: 300, remaining: 230, scope: 'org' })
    expect(eventTypes(takes)).toEqual(['system.client.rate_limit.notification'])
  })

  test('DISABLE, and buckets that are not client-based: nothing', () => {
    const { take } = setUp()
    const disabled = times(70, () => take({ bucket: authorize, clientKey: 'a', clientMode: 'DISABLE' }))
    const others = times(70, () => take({ clientKey: 'a' }))
    expect([disabled.at(-1)?.scope, others.at(-1)?.scope]).toEqual(['org', 'org'])
    expect(eventTypes(disabled)).toEqual([])
  })
})

test('a user of the console counts apart from the org, by endpoint, in ten seconds', () => {
  const { take, at } = setUp()
  const user = { id: '00u1', endpoint: '/api/v1/users' }
  const takes = times(41, () => take({ user }))
  expect(takes[39]).toMatchObject({ allowed: true, limit: 40, remaining: 0, scope: 'user' })
  expect(takes[40]).toMatchObject({ allowed: false, scope: 'user' })
  expect(takes[40]?.events).toMatchObject([{ type: 'system.org.rate_limit.violation', scope: 'USER', key: '00u1' }])
  expect(take({ user: { ...user, endpoint: '/x' } }).allowed).toBe(true)
  expect(take()).toMatchObject({ scope: 'org', remaining: 99 })
  at(11)
  expect(take({ user })).toMatchObject({ allowed: true, opened: true })
})

test('reset forgets; a snapshot brings back counts, events told and all scopes', () => {
  const { limiter, take } = setUp()
  const principal = { id: '00T1', kind: 'SSWS_TOKEN' } as const
  times(60, take)
  times(3, () => take({ principal }))
  times(60, () => take({ bucket: authorize, clientKey: 'a' }))
  times(40, () => take({ user: { id: '00u1' } }))
  const saved = JSON.parse(JSON.stringify(limiter.snapshot()))
  limiter.reset()
  expect(take()).toMatchObject({ remaining: 99, opened: true })
  limiter.restore(saved)
  expect(take()).toMatchObject({ remaining: 36, opened: false, events: [] })
  expect(take({ principal })).toMatchObject({ remaining: 46 })
  expect(take({ bucket: authorize, clientKey: 'a' }).allowed).toBe(false)
  expect(take({ user: { id: '00u1' } }).allowed).toBe(false)
  times(20, take)
  limiter.restore(saved)
  expect(take()).toMatchObject({ remaining: 36 })
})

describe('any sequence of requests', () => {
  const anyWait = fc.oneof(fc.nat(200), fc.nat(5000), fc.nat(130_000), fc.integer({ min: -90_000, max: 0 }))

  test.each([
    ['the org', fc.constant(undefined)],
    ['shares of it', fc.constantFrom('a', 'b')],
  ])('%s: never more than the limit in a window; reset constant in it and at most 60 s ahead', (_, anyone) => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyWait, anyone), { maxLength: 300 }),
        fc.integer({ min: 1, max: 12 }),
        (requests, limit) => {
          let nowMs = 1_700_000_000_000
          const limiter = createLimiter({ now: () => nowMs })
          const windows = new Map<string, { reset: number; passed: number }>()
          for (const [waitMs, id] of requests) {
            nowMs += waitMs
            const principal = id === undefined ? undefined : ({ id, kind: 'SSWS_TOKEN', percentage: 40 } as const)
            const take = limiter.take({
              bucket: list,
              edition: 'workforce',
              orgLimits: { 'users.list': limit },
              principal,
            })
            const ahead = take.resetAtSeconds - Math.floor(nowMs / 1000)
            expect(ahead).toBeGreaterThanOrEqual(0)
            expect(ahead).toBeLessThanOrEqual(60)
            expect(take.remaining).toBeGreaterThanOrEqual(0)
            // Where shares round up to one each, the org may be the first to refuse.
            if (id !== undefined && take.scope === 'org') {
              expect(take.allowed).toBe(false)
              continue
            }
            const key = id ?? 'org'
            if (take.opened) windows.set(key, { reset: take.resetAtSeconds, passed: 0 })
            if (take.opened) expect(ahead).toBe(60)
            const window = windows.get(key)!
            expect(take.resetAtSeconds).toBe(window.reset)
            expect(take.allowed).toBe(window.passed < take.limit)
            if (take.allowed) window.passed++
            expect(take.remaining).toBe(take.limit - window.passed)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  test('with time moving forward, no reset is ever given to more requests than the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { maxLength: 400 }), fc.integer({ min: 1, max: 12 }), (waits, limit) => {
        let nowMs = 1_700_000_000_000
        const limiter = createLimiter({ now: () => nowMs })
        const passed = new Map<number, number>()
        for (const [i, wait] of waits.entries()) {
          nowMs += i % 3 === 0 ? wait : 0
          const take = limiter.take({ bucket: list, edition: 'workforce', orgLimits: { 'users.list': limit } })
          const before = passed.get(take.resetAtSeconds) ?? 0
          expect(take.allowed).toBe(before < limit)
          expect(take.opened).toBe(before === 0)
          if (take.allowed) passed.set(take.resetAtSeconds, before + 1)
        }
      }),
      { numRuns: 500 },
    )
  })
})
