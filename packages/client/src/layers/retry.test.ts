import { parseRateLimit } from '@errorg/errors/wire'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BreakerOpenError, TimeoutError, TokenError } from '../errors.ts'
import type { ClientEvent } from '../events.ts'
import type { Fetch } from '../layer.ts'
import { createFakeClock, type FakeClock } from '../testing.ts'
import { answer, keepsThePromises, orgUrl, refusal, scripted, userUrl } from './common-suite.ts'
import { decide, retry, type Situation } from './retry.ts'

const down: Fetch = async () => answer(503)

keepsThePromises({
  layer: (clock) => retry({ clock, random: () => 0.5 }),
  waits: (around) => around(down),
  remembers: async (around, clock) => {
    // Uses up the budget.
    const fetch = around(down)
    for (let i = 0; i < 10; i++) await clock.until(fetch(userUrl))
  },
})

const limits = { attempts: 4, baseMs: 50, mostMs: 5_000, maxRateWaitMs: 120_000, windows: true }
const nowMs = 1_795_000_000_000
const calm = { method: 'GET', idempotent: true, attempt: 0, elapsedMs: 0, nowMs, random: 0.5, affordable: true }
const post = { ...calm, method: 'POST', idempotent: false }
const window = (remaining: number, resetInMs: number, serverMs = nowMs, limit = 600) =>
  parseRateLimit({
    date: new Date(serverMs).toUTCString(),
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': String(remaining),
    'x-rate-limit-reset': String((serverMs + resetInMs) / 1000),
  })

describe('the decision', () => {
  test('429 goes again whatever the method, when the server says that the window is over', () => {
    for (const serverMs of [nowMs, nowMs - 30_000, nowMs + 30_000]) {
      const decision = decide({ ...post, answer: { status: 429, rateLimit: window(0, 20_000, serverMs) } }, limits)
      expect(decision).toMatchObject({ again: true, costs: false })
      // The reset second is over a second later; then a little at random.
      expect(decision).toHaveProperty('waitMs', 21_000 + 0.5 * 4 * 50)
    }
  })

  test('Retry-After does not shorten the wait for the reset, and is heard where there is no reset', () => {
    const both = { status: 429, rateLimit: window(0, 20_000), retryAfterMs: 1_000 }
    expect(decide({ ...calm, answer: both }, limits)).toHaveProperty('waitMs', 21_100)
    expect(decide({ ...calm, answer: { status: 429, retryAfterMs: 7_000 } }, limits)).toHaveProperty('waitMs', 7_025)
    expect(decide({ ...calm, answer: { status: 503, retryAfterMs: 7_000 } }, limits)).toHaveProperty('waitMs', 7_025)
  })

  test('too many at the same moment: soon, whatever reset is told', () => {
    const rateLimit = window(0, 113_000, nowMs, 0)
    const decision = decide({ ...post, answer: { status: 429, rateLimit } }, limits)
    expect(decision).toMatchObject({ again: true, waitMs: expect.toSatisfy((ms: number) => ms < 500) })
  })

  test('a limit that tells no window with an end: seconds, more each time', () => {
    const answered = { status: 429, code: 'E0000109', rateLimit: window(423, 20_000) }
    const waits = [0, 1, 2].map((attempt) => decide({ ...post, attempt, answer: answered }, limits))
    expect(waits).toMatchObject([{ waitMs: 1_025 }, { waitMs: 2_025 }, { waitMs: 4_025 }])
  })

  test('a reset that is too far away, and limits of days and months, are left to the caller', () => {
    expect(decide({ ...calm, answer: { status: 429, rateLimit: window(0, 600_000) } }, limits).again).toBe(false)
    expect(
      decide({ ...calm, answer: { status: 429, code: 'E0000146', rateLimit: window(0, 1_000) } }, limits).again,
    ).toBe(false)
  })

  test.each([500, 502, 503, 504])('%s goes again only where twice is as good as once', (status) => {
    expect(decide({ ...calm, answer: { status } }, limits).again).toBe(true)
    expect(decide({ ...post, answer: { status } }, limits)).toEqual({
      again: false,
      why: 'it may have been carried out',
    })
    expect(decide({ ...post, idempotent: true, answer: { status } }, limits).again).toBe(true)
  })

  test('what says by its code that nothing was done, or that nothing helps', () => {
    expect(decide({ ...calm, answer: { status: 503, code: 'E0000010' } }, limits).again).toBe(true)
    expect(decide({ ...post, answer: { status: 503, code: 'E0000010' } }, limits).again).toBe(false)
    expect(decide({ ...post, answer: { status: 409, code: 'E0000239' } }, limits).again).toBe(true)
    expect(decide({ ...calm, answer: { status: 500, code: 'E0000261' } }, limits).again).toBe(false)
  })

  test.each([400, 401, 403, 404, 405, 409, 501])('%s gets the same answer again', (status) => {
    expect(decide({ ...calm, answer: { status } }, limits).again).toBe(false)
  })

  test('faults without an answer', () => {
    expect(decide({ ...calm, fault: 'lost' }, limits).again).toBe(true)
    expect(decide({ ...post, fault: 'lost' }, limits).again).toBe(false)
    expect(decide({ ...post, fault: 'never-connected' }, limits).again).toBe(true)
    expect(decide({ ...calm, fault: 'refused-here' }, limits).again).toBe(false)
  })

  const situations: fc.Arbitrary<Situation> = fc
    .record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
      idempotent: fc.boolean(),
      attempt: fc.nat({ max: 6 }),
      elapsedMs: fc.nat({ max: 500_000 }),
      nowMs: fc.constant(nowMs),
      random: fc.double({ min: 0, max: 1, noNaN: true }),
      affordable: fc.boolean(),
      status: fc.option(fc.constantFrom(400, 401, 404, 409, 429, 429, 500, 502, 503, 504), { nil: undefined }),
      code: fc.constantFrom(undefined, 'E0000047', 'E0000009', 'E0000010', 'E0000239', 'unheard-of'),
      headers: fc.dictionary(
        fc.constantFrom('x-rate-limit-limit', 'x-rate-limit-remaining', 'x-rate-limit-reset', 'date'),
        fc.oneof(fc.constantFrom('0', '600', '1795000030', '99999999999', 'x', '', '1, 1'), fc.string()),
      ),
      retryAfterMs: fc.option(fc.nat({ max: 200_000 }), { nil: undefined }),
      fault: fc.constantFrom('lost' as const, 'never-connected' as const, 'refused-here' as const),
    })
    .map(({ status, code, headers, retryAfterMs, fault, ...rest }) =>
      status === undefined
        ? { ...rest, fault }
        : { ...rest, answer: { status, code, rateLimit: parseRateLimit(headers), retryAfterMs } },
    )

  test('keeps its bounds in every situation', () => {
    fc.assert(
      fc.property(situations, fc.option(fc.nat({ max: 300_000 }), { nil: undefined }), (situation, deadlineMs) => {
        const decision = decide(situation, { ...limits, deadlineMs })
        if (!decision.again) {
          expect(decision.why).not.toBe('')
          return
        }
        const { answer: told, fault, idempotent, attempt, affordable, elapsedMs } = situation
        expect(Number.isFinite(decision.waitMs)).toBe(true)
        expect(decision.waitMs).toBeGreaterThan(0)
        expect(decision.waitMs).toBeLessThanOrEqual(limits.maxRateWaitMs + 200_000)
        expect(attempt).toBeLessThan(limits.attempts)
        if (deadlineMs !== undefined) expect(elapsedMs + decision.waitMs).toBeLessThanOrEqual(deadlineMs)
        if (decision.costs) expect(affordable).toBe(true)
        // What may have been carried out and must not be twice is never sent twice. E0000239 says that it was not.
        if (fault === 'lost' || (told && told.status >= 500 && told.code !== 'E0000239')) expect(idempotent).toBe(true)
        // Never before the server's reset, unless it is only an estimate.
        if (told?.status === 429 && told.rateLimit?.remaining === 0 && !told.rateLimit.concurrency) {
          const { resetAtSeconds, serverDateMs = nowMs } = told.rateLimit
          if (resetAtSeconds !== undefined) {
            expect(serverDateMs + decision.waitMs).toBeGreaterThanOrEqual((resetAtSeconds + 1) * 1000)
          }
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('jitter only adds', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const [least, some] = [0, situation.random].map((random) => decide({ ...situation, random }, limits))
        if (!least!.again || !some!.again) return
        expect(some!.waitMs).toBeGreaterThanOrEqual(least!.waitMs)
      }),
    )
  })
})

describe('the layer', () => {
  const fixed = (clock: FakeClock, more: Parameters<typeof retry>[0] = {}) => retry({ clock, random: () => 0, ...more })

  test('repeats with waits that grow, sends the same bytes, and tells', async () => {
    const clock = createFakeClock()
    const events: ClientEvent[] = []
    const start = clock.now()
    const { fetch, calls } = scripted(answer(503), new TypeError('fetch failed'), answer(502), answer())
    const call = fixed(clock, { onEvent: (event) => events.push(event) })(fetch)
    const response = await clock.until(call(`${userUrl}?x=secret`, { method: 'PUT', body: '{"a":1}' }))
    expect(response.status).toBe(200)
    expect(calls.map(([, init]) => [init?.body, init?.attempt])).toEqual([
      ['{"a":1}', undefined],
      ['{"a":1}', 1],
      ['{"a":1}', 2],
      ['{"a":1}', 3],
    ])
    expect(clock.now() - start).toBe(50 + 150 + 450)
    expect(events.map((event) => [event.type, 'why' in event && event.why])).toEqual([
      ['wait', 'it was answered 503'],
      ['repeat', 'it was answered 503'],
      ['wait', 'the answer was lost'],
      ['repeat', 'the answer was lost'],
      ['wait', 'it was answered 502'],
      ['repeat', 'it was answered 502'],
    ])
    expect(JSON.stringify(events)).not.toContain('secret')
  })

  test('sends a stream again', async () => {
    const clock = createFakeClock()
    const bodies: string[] = []
    const fetch = fixed(clock)(async (input, init) => {
      bodies.push(await new Request(input, init).text())
      return answer(bodies.length === 1 ? 503 : 200)
    })
    await clock.until(fetch(new Request(userUrl, { method: 'PUT', body: 'whole' })))
    expect(bodies).toEqual(['whole', 'whole'])
  })

  test('gives up with the last answer or error, whole', async () => {
    const clock = createFakeClock()
    const { fetch, calls } = scripted(() => refusal(500, 'E0000009'))
    const response = await clock.until(fixed(clock, { attempts: 2 })(fetch)(userUrl))
    expect(calls).toHaveLength(3)
    expect(await response.json()).toMatchObject({ errorCode: 'E0000009' })
    const lost = scripted(new TimeoutError({ method: 'GET', path: '/', afterMs: 1 }))
    await expect(clock.until(fixed(clock, { attempts: 1 })(lost.fetch)(userUrl))).rejects.toThrow(TimeoutError)
    expect(lost.calls).toHaveLength(2)
  })

  test.each([
    ['a POST', { method: 'POST' }, userUrl, 1],
    ['a POST of which the caller says that twice is as good as once', { method: 'POST', idempotent: true }, userUrl, 2],
    ['the DELETE of a user, which deactivates first and deletes then', { method: 'DELETE' }, userUrl, 1],
    ['another DELETE', { method: 'delete' }, `${orgUrl}/api/v1/groups/00g1`, 2],
  ])('%s', async (_what, init, url, sent) => {
    const clock = createFakeClock()
    const { fetch, calls } = scripted(new TypeError('other side closed'), answer())
    await clock.until(fixed(clock)(fetch)(url, init).catch(() => undefined))
    expect(calls).toHaveLength(sent)
  })

  test('does not repeat what a layer refused to send', async () => {
    const clock = createFakeClock()
    for (const error of [
      new TokenError({ says: 'no token' }),
      new BreakerOpenError({ origin: orgUrl, waitMs: 1, because: 'x' }),
    ]) {
      const { fetch, calls } = scripted(error)
      await expect(clock.until(fixed(clock)(fetch)(userUrl))).rejects.toBe(error)
      expect(calls).toHaveLength(1)
    }
  })

  test('in an outage, calls are not multiplied: ten repetitions, then one for five calls', async () => {
    const clock = createFakeClock()
    const { fetch, calls } = scripted(() => answer(503))
    const call = fixed(clock)(fetch)
    for (let i = 0; i < 500; i++) await clock.until(call(userUrl))
    expect(calls.length).toBeGreaterThan(500)
    expect(calls.length).toBeLessThanOrEqual(500 * 1.2 + 11)
  })

  test('a refused call costs nothing of that', async () => {
    const clock = createFakeClock()
    let n = 0
    const fetch = fixed(clock)(async () => (n++ % 2 === 0 ? refusal(429, 'E0000047') : answer()))
    for (let i = 0; i < 100; i++) expect((await clock.until(fetch(userUrl))).status).toBe(200)
  })

  test('an HTML page of a gateway is no reason to stumble', async () => {
    const clock = createFakeClock()
    const page = () =>
      new Response('<html>Bad Gateway</html>', { status: 502, headers: { 'content-type': 'text/html' } })
    const { fetch } = scripted(page, answer())
    expect((await clock.until(fixed(clock)(fetch)(userUrl))).status).toBe(200)
  })
})
