import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ClosedError } from '../errors.ts'
import { createFakeClock } from '../testing.ts'
import { createCoordinator, type Permit } from './coordinator.ts'
import { createSimulatedOrg, type OrgFacts, runJob } from './testing.ts'

const quiet: OrgFacts = {
  limit: 200,
  windowMs: 5_000,
  skewMs: 0,
  onTheSecond: true,
  taken: 0,
  concurrency: 0,
  hangEvery: 0,
  hangMs: 1_000,
  random: () => 0.5,
  latencyMs: [1, 3],
  serviceMs: [40, 60],
}

/** Random numbers that a seed repeats. */
function seeded(seed: number): () => number {
  let state = (seed >>> 0) + 0x9e3779b9
  return () => {
    state = Math.imul(state ^ (state >>> 16), 0x45d9f3b)
    state = Math.imul(state ^ (state >>> 16), 0x45d9f3b)
    state ^= state >>> 16
    return (state >>> 0) / 2 ** 32
  }
}

/** The earliest end that any client could reach: when the last window opens, and the time its calls take. */
function idealMs(startMs: number, facts: OrgFacts, calls: number, callers: number): number {
  const each = facts.limit - facts.taken
  const windows = Math.ceil(calls / each)
  const left = calls - (windows - 1) * each
  const service = (facts.serviceMs[0] + facts.serviceMs[1]) / 2
  const last = Math.ceil(left / Math.min(callers, facts.concurrency || callers)) * service
  const server = startMs + facts.skewMs
  const firstEnd = facts.onTheSecond ? Math.floor(server / 1_000) * 1_000 + facts.windowMs - server : facts.windowMs
  return windows === 1 ? last : firstEnd + (windows - 2) * facts.windowMs + last
}

async function job(facts: Partial<OrgFacts>, { calls = 1_000, callers = 32, startMs = 1_795_000_000_005 } = {}) {
  const all = { ...quiet, random: seeded(7), ...facts }
  const clock = createFakeClock(startMs)
  const org = createSimulatedOrg(clock, all)
  const took = await clock.until(runJob(clock, createCoordinator({ clock }), org.send, { calls, callers }))
  return { ...org.counts, ratio: took / idealMs(startMs, all, calls, callers) }
}

describe('1,000 calls under 200 a window, nothing configured', () => {
  test.each<[string, Partial<OrgFacts>, { calls?: number; startMs?: number }?]>([
    ['plain', {}],
    ['the clock of the server 30 s ahead', { skewMs: 30_000 }],
    ['the clock of the server 30 s behind', { skewMs: -30_000 }],
    ['half of the limit used by others', { taken: 100 }, { calls: 500 }],
    ['answers that take their time', { serviceMs: [100, 200] }],
    ['begun late in a second', {}, { startMs: 1_795_000_000_640 }],
  ])('%s: none is refused, and it takes hardly longer than it must', async (_name, facts, more) => {
    const { refused, passed, ratio } = await job(facts, more)
    expect(passed).toBe(more?.calls ?? 1_000)
    expect(refused).toBe(0)
    expect(ratio).toBeLessThan(1.02)
  })

  test('windows that end within their second: one refusal teaches it', async () => {
    const { refused, ratio } = await job({ onTheSecond: false }, { startMs: 1_795_000_000_640 })
    expect(refused).toBeLessThanOrEqual(1)
    expect(ratio).toBeLessThan(1.02)
  })

  test('ten at the same moment: found out with few refusals', async () => {
    const { refused, refusedForConcurrency, mostAtOnce, ratio } = await job({ concurrency: 10 })
    expect(refused).toBe(0)
    expect(refusedForConcurrency).toBeLessThanOrEqual(10)
    expect(mostAtOnce).toBe(10)
    expect(ratio).toBeLessThan(1.02)
  })

  test('calls that hang hold up no others', async () => {
    const { refused, sent, passed } = await job({ hangEvery: 97 })
    expect(refused).toBe(0)
    expect(passed).toBe(1_000)
    expect(sent).toBe(1_010)
  })

  test('four processes that know nothing of each other: few refusals, and no time lost', async () => {
    const facts = { ...quiet, random: seeded(3) }
    const clock = createFakeClock(1_795_000_000_005)
    const org = createSimulatedOrg(clock, facts)
    const jobs = [1, 2, 3, 4].map(() =>
      runJob(clock, createCoordinator({ clock }), org.send, { calls: 250, callers: 8 }),
    )
    const took = Math.max(...(await clock.until(Promise.all(jobs))))
    expect(org.counts.refused).toBeLessThan(40)
    expect(took / idealMs(1_795_000_000_005, facts, 1_000, 32)).toBeLessThan(1.04)
  })
})

describe('whatever the org and the network are like', () => {
  const facts = fc.record({
    seed: fc.nat(),
    limit: fc.integer({ min: 1, max: 60 }),
    windowMs: fc.integer({ min: 2, max: 60 }).map((seconds) => seconds * 1_000),
    skewMs: fc.integer({ min: -100_000, max: 100_000 }),
    taken: fc.nat({ max: 30 }),
    // An answer that takes more than a second is taken for lost, and a second call is sent to find out.
    latency: fc.integer({ min: 1, max: 200 }),
    service: fc.integer({ min: 1, max: 550 }),
    startMs: fc.nat({ max: 999 }).map((ms) => 1_795_000_000_000 + ms),
    callers: fc.integer({ min: 1, max: 40 }),
  })
  const prepared = (one: typeof facts extends fc.Arbitrary<infer T> ? T : never, more: Partial<OrgFacts>) => ({
    ...quiet,
    ...one,
    taken: Math.min(one.taken, one.limit - 1),
    ...more,
    random: seeded(one.seed),
    latencyMs: [0, one.latency] as [number, number],
    serviceMs: [0, one.service] as [number, number],
  })

  test('no window is asked for more than it has', async () => {
    await fc.assert(
      fc.asyncProperty(facts, async (one) => {
        const clock = createFakeClock(one.startMs)
        const all = prepared(one, {})
        const org = createSimulatedOrg(clock, all)
        const calls = 3 * (all.limit - all.taken)
        await clock.until(runJob(clock, createCoordinator({ clock }), org.send, { calls, callers: one.callers }))
        expect(org.counts.passed).toBe(calls)
        expect(org.counts.refused).toBe(0)
        for (const { used } of org.counts.windows) expect(used).toBeLessThanOrEqual(all.limit)
      }),
      { numRuns: 150 },
    )
  }, 60_000)

  test('windows that end within their second are asked too early once at most', async () => {
    await fc.assert(
      fc.asyncProperty(facts, async (one) => {
        const clock = createFakeClock(one.startMs)
        const all = prepared(one, { onTheSecond: false })
        const org = createSimulatedOrg(clock, all)
        const calls = 4 * (all.limit - all.taken)
        await clock.until(runJob(clock, createCoordinator({ clock }), org.send, { calls, callers: one.callers }))
        expect(org.counts.passed).toBe(calls)
        expect(org.counts.refused).toBeLessThanOrEqual(1)
      }),
      { numRuns: 150 },
    )
  }, 60_000)

  test('every call passes in the end, with hangs, a limit of simultaneous calls and others on top', async () => {
    await fc.assert(
      fc.asyncProperty(
        facts,
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(0, 7, 23),
        fc.boolean(),
        async (one, concurrency, hangEvery, onTheSecond) => {
          const clock = createFakeClock(one.startMs)
          const all = prepared(one, { concurrency, hangEvery, onTheSecond })
          const org = createSimulatedOrg(clock, all)
          await clock.until(runJob(clock, createCoordinator({ clock }), org.send, { calls: 60, callers: one.callers }))
          expect(org.counts.passed).toBe(60)
        },
      ),
      { numRuns: 60 },
    )
  }, 60_000)
})

describe('several classes of calls', () => {
  test('in one bucket are found to be one; a bucket of the same size stays apart', async () => {
    const clock = createFakeClock(1_795_000_000_005)
    const one = createSimulatedOrg(clock, { ...quiet, random: seeded(1) })
    const other = createSimulatedOrg(clock, { ...quiet, random: seeded(2) })
    const coordinator = createCoordinator({ clock })
    const jobs = ['a', 'b', 'c', 'd'].map((key) =>
      runJob(clock, coordinator, one.send, { calls: 250, callers: 8, key }),
    )
    jobs.push(runJob(clock, coordinator, other.send, { calls: 1_000, callers: 32, key: 'z' }))
    await clock.until(Promise.all(jobs))
    expect(one.counts.refused + other.counts.refused).toBe(0)
    expect(coordinator.stats().map(({ classes }) => [...classes].sort())).toEqual([['a', 'b', 'c', 'd'], ['z']])
  })

  test('that were taken for one by mistake part again', async () => {
    const clock = createFakeClock(1_795_000_000_005)
    const coordinator = createCoordinator({ clock })
    const told = async (key: string, remaining: number) => {
      const permit = await coordinator.acquire({ origin: 'sim', key })
      permit.settle({ status: 200, limit: 100, remaining, resetAtSeconds: 1_795_000_060, serverDateMs: clock.now() })
    }
    for (const [key, remaining] of [
      ['a', 99],
      ['b', 98],
      ['a', 97],
      ['b', 95],
      ['a', 94],
      ['b', 92],
      ['a', 91],
    ] as const) {
      await told(key, remaining)
    }
    expect(coordinator.stats().map(({ classes }) => classes.length)).toEqual([2])
    await told('a', 90)
    await told('b', 90)
    expect(coordinator.stats().map(({ classes }) => classes)).toEqual([['a'], ['b']])
    for (const key of ['a', 'b', 'a', 'b']) await told(key, 80)
    expect(coordinator.stats()).toHaveLength(2)
  })
})

test('when the clock of the server is set back, nobody waits for a reset of its former time', async () => {
  const clock = createFakeClock()
  const coordinator = createCoordinator({ clock })
  const settled = async (serverDateMs: number, remaining: number) => {
    const permit = await clock.until(Promise.resolve(coordinator.acquire({ origin: 'sim', key: 'a' })))
    permit.settle({ status: 200, limit: 100, remaining, resetAtSeconds: serverDateMs / 1_000 + 60, serverDateMs })
  }
  await settled(clock.now() + 86_400_000, 50)
  await settled(clock.now(), 99)
  expect(coordinator.stats()[0]).toMatchObject({ remaining: 99, resetAtSeconds: clock.now() / 1_000 + 60 })
})

test('a share leaves the rest of the limit to others', async () => {
  const clock = createFakeClock(1_795_000_000_005)
  const org = createSimulatedOrg(clock, quiet)
  const coordinator = createCoordinator({ clock, share: 0.5 })
  await clock.until(runJob(clock, coordinator, org.send, { calls: 300, callers: 16 }))
  expect(org.counts.windows.map(({ used }) => used)).toEqual([100, 100, 100])
})

test('a cap that is known is kept', async () => {
  const clock = createFakeClock(1_795_000_000_005)
  const org = createSimulatedOrg(clock, { ...quiet, concurrency: 5 })
  const coordinator = createCoordinator({ clock, concurrency: 5 })
  await clock.until(runJob(clock, coordinator, org.send, { calls: 200, callers: 16 }))
  expect(org.counts).toMatchObject({ refusedForConcurrency: 0, mostAtOnce: 5 })
})

test('whoever waits when it closes is told, and so is whoever comes later', async () => {
  const clock = createFakeClock()
  const coordinator = createCoordinator({ clock })
  const permit = coordinator.acquire({ origin: 'sim', key: 'a' }) as Permit
  const waiting = expect(coordinator.acquire({ origin: 'sim', key: 'a' })).rejects.toThrow(ClosedError)
  coordinator.close()
  await waiting
  await expect(coordinator.acquire({ origin: 'sim', key: 'b' })).rejects.toThrow(ClosedError)
  permit.settle('fault')
  expect(clock.pending()).toBe(0)
})

test('classes that nobody uses are forgotten when there are very many', async () => {
  const clock = createFakeClock()
  const coordinator = createCoordinator({ clock })
  for (let i = 0; i < 2_000; i++) {
    const permit = (await coordinator.acquire({ origin: 'sim', key: `k${i}` })) as Permit
    permit.settle({ status: 200 })
  }
  expect(coordinator.stats().length).toBeLessThanOrEqual(500)
})
