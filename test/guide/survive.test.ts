// Does a program that calls through the client survive what the guide warns of: limits, hangs, faults?
import { BreakerOpenError, type Clock, createClient, TimeoutError } from '@errorg/client'
import type { Contract } from '@errorg/errors'
import { createOrg, type RunningOrg } from '@errorg/server'
import { describe, expect, test } from 'vitest'

const contracts: readonly Contract[] = ['reference', 'current']

/** Time that passes only when everybody waits; the org's clock goes with it. */
function virtualTime(org: RunningOrg) {
  let timers: { at: number; fire: () => void }[] = []
  let ticks = 0
  const after: Clock['after'] = (ms, callback) => {
    const timer = { at: ticks + Math.max(0, ms), fire: callback }
    timers.push(timer)
    return {
      cancel() {
        timers = timers.filter((other) => other !== timer)
      },
      unref() {},
    }
  }
  const clock: Clock = {
    now: () => org.clock.now(),
    ticks: () => ticks,
    after,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const timer = after(ms, resolve)
        signal?.addEventListener('abort', () => {
          timer.cancel()
          reject(signal.reason)
        })
      }),
  }
  /** Lets time pass until the work is done. */
  async function until<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
    let done: PromiseSettledResult<T> | undefined
    const settled = Promise.allSettled([work]).then(([result]) => {
      done = result
    })
    while (done === undefined) {
      // What can go on without time goes on first.
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
      if (done !== undefined) break
      const next = timers.sort((a, b) => a.at - b.at).shift()
      if (next === undefined) continue
      const ms = next.at - ticks
      ticks = next.at
      await org.clock.advance(ms / 1000)
      next.fire()
    }
    await settled
    return done
  }
  return { clock, until, elapsedMs: () => ticks }
}

async function world(contract: Contract) {
  const org = await createOrg({ contract, passwordCost: 2 })
  org.clock.freeze()
  const time = virtualTime(org)
  const client = createClient({ orgUrl: org.url, auth: { token: org.token }, fetch: org.fetch, clock: time.clock })
  return { org, client, ...time }
}

describe.each(contracts)('the client, in the %s contract', (contract) => {
  test('a job of 50 calls under 10 a minute meets no 429 and loses nothing', async () => {
    const { org, client, until, elapsedMs } = await world(contract)
    org.settings.change({ rateLimits: { edition: 'integrator' } })
    let left = 50
    const statuses: number[] = []
    const caller = async () => {
      while (left-- > 0) statuses.push((await client.fetch('/api/v1/logs?limit=1')).status)
    }
    const result = await until(Promise.all(Array.from({ length: 8 }, caller)))
    expect(result.status).toBe('fulfilled')
    expect(statuses).toEqual(Array(50).fill(200))
    expect(org.requests.list().filter((entry) => entry.response.status === 429)).toEqual([])
    // Five windows of a minute are needed; the last one need not end.
    expect(elapsedMs()).toBeLessThanOrEqual(5 * 62_000)
    client.close()
  })

  test('a call that hangs fails after ten seconds instead of holding its caller', async () => {
    const { org, client, until, elapsedMs } = await world(contract)
    org.faults.add({ line: 'hang', match: { method: 'POST' } })
    const result = await until(client.fetch('/api/v1/groups', { method: 'POST', body: '{}' }))
    expect(result).toMatchObject({ status: 'rejected', reason: expect.any(TimeoutError) })
    expect(elapsedMs()).toBe(10_000)
    client.close()
  })

  test('faults of the service open the breaker, and it closes when the service is back', async () => {
    const { org, client, clock, until } = await world(contract)
    org.faults.add({ name: 'outage', answer: { code: 'E0000009' } })
    let refused = 0
    for (let n = 0; n < 40 && refused === 0; n++) {
      const result = await until(client.fetch('/api/v1/groups?limit=1'))
      if (result.status === 'rejected' && result.reason instanceof BreakerOpenError) refused += 1
      else if (result.status === 'fulfilled') expect(result.value.status).toBe(500)
    }
    expect(refused).toBe(1)
    const sent = org.requests.list().length
    expect(await until(client.fetch('/api/v1/groups?limit=1'))).toMatchObject({ status: 'rejected' })
    expect(org.requests.list()).toHaveLength(sent)
    org.faults.clear()
    const back = async () => {
      for (let tries = 0; tries < 100; tries++) {
        const result = await until(client.fetch('/api/v1/groups?limit=1'))
        if (result.status === 'fulfilled') return result.value.status
        await until(clock.sleep(1_000))
      }
      throw new Error('the breaker stays open')
    }
    expect(await back()).toBe(200)
    client.close()
  })
})
