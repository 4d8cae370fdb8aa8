import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WaitRefusedError } from '../errors.ts'
import type { ClientEvent } from '../events.ts'
import type { Fetch } from '../layer.ts'
import { createCoordinator } from '../pace/coordinator.ts'
import { createFakeClock, type FakeClock } from '../testing.ts'
import { answer, keepsThePromises, refusal, scripted, userUrl } from './common-suite.ts'
import { pace, pacedAnswerOf } from './pace.ts'

/** The headers of an answer that leaves now. */
function limits(clock: FakeClock, limit: number | string, remaining: number | string, resetInMs: number) {
  return {
    date: new Date(clock.now()).toUTCString(),
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': String(remaining),
    'x-rate-limit-reset': String(Math.floor((clock.now() + resetInMs) / 1000)),
  }
}

/** A fetch that has used up its window. */
async function usedUp(around: (next: Fetch) => Fetch, clock: FakeClock, next?: Fetch): Promise<Fetch> {
  let first = true
  const fetch = around(async (...call) => {
    if (!first && next !== undefined) return next(...call)
    first = false
    return answer(200, limits(clock, 600, 0, 60_000))
  })
  await fetch(userUrl)
  return fetch
}

keepsThePromises({
  layer: (clock) => pace({ clock, refusals: 1 }),
  waits: usedUp,
  remembers: async (around, clock) => {
    const fetch = await usedUp(around, clock)
    void fetch(userUrl)
    await clock.settle()
    expect(clock.pending()).toBe(1)
  },
})

describe('it waits for the window by the clock of the server', () => {
  test.each([0, 3_600_000, -3_600_000])('which is %s ms off', async (skewMs) => {
    const clock = createFakeClock()
    const start = clock.now()
    let sent = 0
    const fetch = pace({ clock })(async () => {
      sent++
      const reset = Math.floor((start + skewMs) / 1000) + (sent === 1 ? 30 : 90)
      return answer(200, {
        date: new Date(clock.now() + skewMs).toUTCString(),
        'x-rate-limit-limit': '600',
        'x-rate-limit-remaining': sent === 1 ? '0' : '599',
        'x-rate-limit-reset': String(reset),
      })
    })
    await fetch(userUrl)
    await clock.until(fetch(userUrl))
    expect(sent).toBe(2)
    expect(clock.now() - start).toBeGreaterThanOrEqual(30_000)
    expect(clock.now() - start).toBeLessThan(31_100)
  })

  test('and says so', async () => {
    const clock = createFakeClock()
    const events: ClientEvent[] = []
    const fetch = await usedUp((next) => pace({ clock, onEvent: (event) => events.push(event) })(next), clock)
    void fetch(`${userUrl}?token=secret`)
    await clock.settle()
    expect(events).toMatchObject([{ type: 'wait', why: 'rate limit', method: 'GET', path: '/api/v1/users/00u1' }])
    expect(events[0]).toHaveProperty('waitMs', expect.closeTo(60_000, -3))
  })

  test('other buckets do not wait', async () => {
    const clock = createFakeClock()
    const fetch = await usedUp((next) => pace({ clock })(next), clock)
    expect((await fetch('https://org.example/api/v1/groups/00g1')).status).toBe(200)
    expect((await fetch('https://other.example/api/v1/users/00u1')).status).toBe(200)
  })
})

describe('what is refused goes again, whatever the method', () => {
  test('after the window', async () => {
    const clock = createFakeClock()
    const start = clock.now()
    const { fetch: below, calls } = scripted(
      () => refusal(429, 'E0000047', limits(clock, 600, 0, 20_000)),
      () => answer(201, limits(clock, 600, 599, 60_000)),
    )
    const fetch = pace({ clock })(below)
    const response = await clock.until(fetch(userUrl, { method: 'POST', body: '{"a":1}' }))
    expect(response.status).toBe(201)
    expect(calls).toHaveLength(2)
    expect(calls[1]![1]?.body).toBe('{"a":1}')
    expect(clock.now() - start).toBeGreaterThanOrEqual(20_000)
  })

  test('after a moment, when too many were under way, whatever reset is told', async () => {
    const clock = createFakeClock()
    const start = clock.now()
    const { fetch: below, calls } = scripted(() => refusal(429, 'E0000047', limits(clock, 0, 0, 113_000)), answer())
    const response = await clock.until(pace({ clock })(below)(new Request(userUrl, { method: 'POST', body: 'x' })))
    expect(response.status).toBe(200)
    expect(calls.map(([url, init]) => [url, Buffer.from(init?.body as ArrayBuffer).toString()])).toEqual([
      [userUrl, 'x'],
      [userUrl, 'x'],
    ])
    expect(clock.now() - start).toBeLessThan(100)
  })

  test('but not for ever, and not when waiting is no use', async () => {
    const clock = createFakeClock()
    const stubborn = scripted(() => refusal(429, 'E0000047', limits(clock, 600, 0, 1_000)))
    const response = await clock.until(pace({ clock, refusals: 3 })(stubborn.fetch)(userUrl))
    expect(response.status).toBe(429)
    expect(stubborn.calls).toHaveLength(4)
    expect(await response.json()).toMatchObject({ errorCode: 'E0000047' })

    const monthly = scripted(() => refusal(429, 'E0000146', limits(clock, 600, 0, 1_000)))
    expect((await clock.until(pace({ clock })(monthly.fetch)(userUrl))).status).toBe(429)
    expect(monthly.calls).toHaveLength(1)
  })

  test('what another limiter refused is left to the caller: its headers speak of a window with room', async () => {
    const clock = createFakeClock()
    const sms = scripted(() => refusal(429, 'E0000109', limits(clock, 600, 423, 30_000)))
    expect((await pace({ clock })(sms.fetch)(userUrl, { method: 'POST' })).status).toBe(429)
    expect(sms.calls).toHaveLength(1)
  })
})

describe('headers', () => {
  test('that are absent pace nothing', async () => {
    const clock = createFakeClock()
    const fetch = pace({ clock })(async () => answer())
    await fetch(userUrl)
    const all = await Promise.all(Array.from({ length: 8 }, () => fetch(userUrl)))
    expect(all).toHaveLength(8)
  })

  test('that are garbage do no harm', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            status: fc.constantFrom(200, 200, 429, 503, 401),
            headers: fc.dictionary(
              fc.constantFrom('x-rate-limit-limit', 'x-rate-limit-remaining', 'x-rate-limit-reset', 'date'),
              fc.oneof(
                fc.constantFrom('', '0', '-1', '1e9', '600, 600', 'NaN', '1795000060', '1795000060000', '0x10'),
                fc.string({ maxLength: 12 }).map((text) => text.replace(/[^\x20-\x7e]/g, '').trim()),
                fc.nat().map(String),
              ),
            ),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        async (answers) => {
          const clock = createFakeClock()
          let n = 0
          const fetch = pace({ clock })(async () => {
            const { status, headers } = answers[n++ % answers.length]!
            return new Response(null, { status, headers })
          })
          const start = clock.now()
          for (let i = 0; i < 4; i++) await clock.until(fetch(userUrl))
          // An hour for each send is the most that a window may last; nothing may wait longer.
          expect(clock.now() - start).toBeLessThan(n * 3_700_000)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('that are doubled count once', () => {
    const response = new Response(null, {
      headers: [
        ['x-rate-limit-limit', '600'],
        ['x-rate-limit-limit', '600'],
        ['x-rate-limit-remaining', '3, 3'],
        ['x-rate-limit-reset', '1795000060'],
        ['date', 'yesterday'],
      ],
    })
    expect(pacedAnswerOf(response)).toEqual({
      status: 200,
      limit: 600,
      remaining: 3,
      resetAtSeconds: 1795000060,
      serverDateMs: undefined,
    })
  })
})

describe('a wait can be bounded', () => {
  test('in time: it is refused at once with the time it would take', async () => {
    const clock = createFakeClock()
    const fetch = await usedUp((next) => pace({ clock, maxWaitMs: 5_000 })(next), clock)
    const error: unknown = await fetch(userUrl).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(WaitRefusedError)
    expect(error).toMatchObject({ reason: 'wait-too-long', waitMs: expect.closeTo(60_000, -3) })
  })

  test('also for those who came before it was known', async () => {
    const clock = createFakeClock()
    let sent = 0
    const fetch = pace({ clock, maxWaitMs: 5_000 })(async () => answer(200, limits(clock, 600, 3 - ++sent, 60_000)))
    const all = await Promise.allSettled(Array.from({ length: 6 }, () => fetch(userUrl)))
    expect(all.map(({ status }) => status)).toEqual([...Array(3).fill('fulfilled'), ...Array(3).fill('rejected')])
    expect(clock.pending()).toBe(0)
  })

  test('in number', async () => {
    const clock = createFakeClock()
    const fetch = await usedUp((next) => pace({ clock, maxQueue: 2 })(next), clock)
    const controller = new AbortController()
    const { signal } = controller
    const waiting = [fetch(userUrl, { signal }), fetch(userUrl, { signal })].map((call) => call.catch(() => 'ended'))
    await expect(fetch(userUrl)).rejects.toMatchObject({ reason: 'queue-full' })
    controller.abort()
    expect(await Promise.all(waiting)).toEqual(['ended', 'ended'])
    expect(clock.pending()).toBe(0)
  })
})

test('clients with one coordinator share what it knows', async () => {
  const clock = createFakeClock()
  const coordinator = createCoordinator({ clock })
  await usedUp((next) => pace({ clock, coordinator })(next), clock)
  const { fetch: below, calls } = scripted(answer())
  void pace({ clock, coordinator })(below)(userUrl)
  await clock.settle()
  expect(calls).toHaveLength(0)
  expect(coordinator.stats()).toMatchObject([{ limit: 600, remaining: 0, waiting: 1, inFlight: 0 }])
})

test('a call that fails gives its place back', async () => {
  const clock = createFakeClock()
  const { fetch: below, calls } = scripted(new TypeError('fetch failed'), answer())
  const fetch = pace({ clock })(below)
  await expect(fetch(userUrl)).rejects.toThrow('fetch failed')
  expect((await fetch(userUrl)).status).toBe(200)
  expect(calls).toHaveLength(2)
})
