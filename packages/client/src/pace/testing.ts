// What does the limiter of an org do with these calls? A simulation with the windows of an org, for tests: arrivals,
// answers and clocks are numbers, so that thousands of windows pass in a second. Test support.
import type { FakeClock } from '../testing.ts'
import type { Coordinator, Permit } from './coordinator.ts'
import type { PacedAnswer } from './learn.ts'

/** How the simulated org behaves. */
export interface OrgFacts {
  limit: number
  windowMs: number
  /** Server's clock minus ours. */
  skewMs: number
  /** Windows end at the announced second, or as late in it as they began. */
  onTheSecond: boolean
  /** Calls of others that each new window has counted already. */
  taken: number
  /** Calls at the same moment; 0 for no such limit. */
  concurrency: number
  /** One in so many calls gets no answer for `hangMs`. 0: none. */
  hangEvery: number
  hangMs: number
  random: () => number
  /** From sending to arriving, and from answering to receiving. */
  latencyMs: [number, number]
  serviceMs: [number, number]
}

/** What it counted. */
export interface OrgCounts {
  sent: number
  passed: number
  refused: number
  refusedForConcurrency: number
  windows: { openedAt: number; used: number }[]
  mostAtOnce: number
}

/** Makes one. `send` resolves with what pacing reads of the answer, or `fault`. */
export function createSimulatedOrg(clock: FakeClock, facts: OrgFacts) {
  const counts: OrgCounts = { sent: 0, passed: 0, refused: 0, refusedForConcurrency: 0, windows: [], mostAtOnce: 0 }
  let window: { end: number; reset: number; used: number; own: number; index: number } | undefined
  let atOnce = 0
  const between = ([least, most]: [number, number]) => least + facts.random() * (most - least)
  const wait = (ms: number) => clock.sleep(ms)

  function take(): { limit: number; remaining: number; reset: number; allowed: boolean } {
    const now = clock.now() + facts.skewMs
    if (window === undefined || now >= window.end) {
      const second = Math.floor(now / 1_000)
      const reset = second + facts.windowMs / 1_000
      const end = facts.onTheSecond ? reset * 1_000 : now + facts.windowMs
      window = { end, reset, used: facts.taken, own: 0, index: counts.windows.length }
      counts.windows.push({ openedAt: clock.now(), used: facts.taken })
    }
    const { reset } = window
    if (window.used >= facts.limit) return { limit: facts.limit, remaining: 0, reset, allowed: false }
    window.used++
    counts.windows[window.index]!.used = window.used
    return { limit: facts.limit, remaining: facts.limit - window.used, reset, allowed: true }
  }

  async function send(): Promise<PacedAnswer | 'fault'> {
    counts.sent++
    const n = counts.sent
    await wait(between(facts.latencyMs))
    if (facts.concurrency > 0 && atOnce >= facts.concurrency) {
      counts.refusedForConcurrency++
      const serverDateMs = second(clock.now() + facts.skewMs)
      await wait(between(facts.latencyMs))
      return { status: 429, limit: 0, remaining: 0, resetAtSeconds: serverDateMs / 1_000 + 1, serverDateMs }
    }
    const { limit, remaining, reset, allowed } = take()
    const hangs = allowed && facts.hangEvery > 0 && n % facts.hangEvery === 0
    if (allowed) {
      atOnce++
      counts.mostAtOnce = Math.max(counts.mostAtOnce, atOnce)
      await wait(hangs ? facts.hangMs : between(facts.serviceMs))
      atOnce--
    } else counts.refused++
    if (hangs) return 'fault'
    if (allowed) counts.passed++
    const serverDateMs = second(clock.now() + facts.skewMs)
    await wait(between(facts.latencyMs))
    return { status: allowed ? 200 : 429, limit, remaining, resetAtSeconds: reset, serverDateMs }
  }

  return { send, counts }
}

function second(ms: number): number {
  return Math.floor(ms / 1_000) * 1_000
}

/** Sends so many calls through a coordinator, a number at a time, until each has passed; gives how long that took. */
export async function runJob(
  clock: FakeClock,
  coordinator: Coordinator,
  send: () => Promise<PacedAnswer | 'fault'>,
  job: { calls: number; callers: number; key?: string },
): Promise<number> {
  const start = clock.now()
  let next = 0
  await Promise.all(
    Array.from({ length: job.callers }, async () => {
      while (next < job.calls) {
        next++
        for (let again = false; ; again = true) {
          const permit: Permit = await coordinator.acquire({ origin: 'sim', key: job.key ?? 'READ /x', again })
          const outcome = await send()
          const verdict = permit.settle(outcome)
          if (outcome !== 'fault' && outcome.status === 200) break
          if (verdict === 'concurrency') await clock.sleep(20)
        }
      }
    }),
  )
  return clock.now() - start
}
