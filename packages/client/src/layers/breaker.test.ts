import { describe, expect, test } from 'vitest'
import { BreakerOpenError, TokenError } from '../errors.ts'
import type { ClientEvent } from '../events.ts'
import type { Fetch } from '../layer.ts'
import { createFakeClock } from '../testing.ts'
import { breaker } from './breaker.ts'
import { answer, keepsThePromises, orgUrl, scripted, userUrl } from './common-suite.ts'

const down: Fetch = async () => answer(503)

async function times(count: number, call: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i++) await call().catch(() => undefined)
}

keepsThePromises({
  layer: (clock) => breaker({ clock }),
  remembers: async (around) => {
    const fetch = around(down)
    await times(10, () => fetch(userUrl))
    await expect(fetch(userUrl)).rejects.toThrow(BreakerOpenError)
  },
})

describe('it opens', () => {
  test('after failures one after the other, of any sort', async () => {
    const clock = createFakeClock()
    const { fetch: below, calls } = scripted(answer(500), new TypeError('fetch failed'), answer(503), answer(502))
    const fetch = breaker({ clock, consecutive: 4 })(below)
    await times(3, () => fetch(userUrl))
    expect((await fetch(userUrl)).status).toBe(502)
    await expect(fetch(userUrl)).rejects.toThrow(
      'https://org.example is left alone because 4 calls failed one after the other',
    )
    expect(calls).toHaveLength(4)
  })

  test('when half of the latest calls failed, though never many in a row', async () => {
    const clock = createFakeClock()
    let n = 0
    const fetch = breaker({ clock, outOf: 20 })(async () => answer(n++ % 2 === 0 ? 200 : 503))
    await times(20, () => fetch(userUrl))
    await expect(fetch(userUrl)).rejects.toThrow('10 of the latest 20 calls failed')
  })

  test('for one origin only', async () => {
    const clock = createFakeClock()
    const fetch = breaker({ clock })(async (input) => answer(String(input).startsWith(orgUrl) ? 503 : 200))
    await times(10, () => fetch(userUrl))
    await expect(fetch(userUrl)).rejects.toThrow(BreakerOpenError)
    expect((await fetch('https://other.example/')).status).toBe(200)
  })
})

describe('it stays closed', () => {
  test.each([400, 401, 404, 429, 501])('whatever the number of %s', async (status) => {
    const clock = createFakeClock()
    const fetch = breaker({ clock })(async () => answer(status))
    await times(100, () => fetch(userUrl))
    expect((await fetch(userUrl)).status).toBe(status)
  })

  test('for a twentieth of failures', async () => {
    const clock = createFakeClock()
    let n = 0
    const fetch = breaker({ clock })(async () => answer(n++ % 20 === 0 ? 503 : 200))
    await times(1_000, () => fetch(userUrl))
    expect(n).toBe(1_000)
  })

  test('when the caller ends calls, and when there is no token', async () => {
    const clock = createFakeClock()
    const aborted = breaker({ clock })(async (_input, init) => {
      init?.signal?.throwIfAborted()
      return answer()
    })
    await times(50, () => aborted(userUrl, { signal: AbortSignal.abort() }))
    expect((await aborted(userUrl)).status).toBe(200)
    const { fetch: below } = scripted(...Array.from({ length: 50 }, () => new TokenError({ says: 'none' })), answer())
    const tokenless = breaker({ clock })(below)
    await times(50, () => tokenless(userUrl))
    expect((await tokenless(userUrl)).status).toBe(200)
  })
})

describe('after the pause', () => {
  async function opened(...answers: Parameters<typeof scripted>) {
    const clock = createFakeClock()
    const events: ClientEvent[] = []
    const { fetch: below, calls } = scripted(...Array.from({ length: 10 }, () => answer(503)), ...answers)
    const fetch = breaker({ clock, onEvent: (event) => events.push(event) })(below)
    await times(10, () => fetch(userUrl))
    const states = () => events.map((event) => event.type === 'breaker' && event.state)
    return { clock, fetch, calls, states }
  }

  test('one call is let through; when it is answered, all are', async () => {
    let finish: (response: Response) => void = () => undefined
    const { clock, fetch, calls, states } = await opened(
      () =>
        new Promise<Response>((resolve) => {
          finish = resolve
        }),
      answer(),
    )
    await clock.advance(4_999)
    await expect(fetch(userUrl)).rejects.toThrow(BreakerOpenError)
    await clock.advance(1)
    const test = fetch(userUrl)
    await expect(fetch(userUrl)).rejects.toThrow(BreakerOpenError)
    expect(calls).toHaveLength(11)
    finish(answer())
    expect((await test).status).toBe(200)
    await Promise.all(Array.from({ length: 5 }, () => fetch(userUrl)))
    expect(states()).toEqual(['open', 'half-open', 'closed'])
  })

  test('it closes again when that call fails, for longer each time, up to eight times', async () => {
    const { clock, fetch, calls } = await opened(answer(503))
    for (const pause of [5_000, 10_000, 20_000, 40_000, 40_000]) {
      await clock.advance(pause - 1)
      await expect(fetch(userUrl)).rejects.toThrow(BreakerOpenError)
      await clock.advance(1)
      expect((await fetch(userUrl)).status).toBe(503)
    }
    expect(calls).toHaveLength(15)
  })

  test('a test that the caller ends makes room for the next, and one that hangs does after a pause', async () => {
    const controller = new AbortController()
    const { clock, fetch } = await opened(
      (_input, init) =>
        new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('ended')))),
      () => new Promise(() => undefined),
      answer(),
    )
    await clock.advance(5_000)
    const test = expect(fetch(userUrl, { signal: controller.signal })).rejects.toThrow('ended')
    controller.abort()
    await test
    void fetch(userUrl)
    await expect(fetch(userUrl)).rejects.toThrow(BreakerOpenError)
    await clock.advance(5_000)
    expect((await fetch(userUrl)).status).toBe(200)
  })

  test('answers from before it opened say nothing', async () => {
    const clock = createFakeClock()
    const late: ((response: Response) => void)[] = []
    let slow = true
    const fetch = breaker({ clock })(() =>
      slow ? new Promise((resolve) => late.push(resolve)) : Promise.resolve(answer(503)),
    )
    const waiting = [fetch(userUrl), fetch(userUrl)]
    slow = false
    await times(10, () => fetch(userUrl))
    for (const finish of late) finish(answer())
    await Promise.all(waiting)
    await expect(fetch(userUrl)).rejects.toThrow(BreakerOpenError)
  })
})
