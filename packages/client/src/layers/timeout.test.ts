import { describe, expect, test } from 'vitest'
import { TimeoutError } from '../errors.ts'
import type { ClientEvent } from '../events.ts'
import { createFakeClock } from '../testing.ts'
import { answer, deaf, keepsThePromises, userUrl } from './common-suite.ts'
import { timeout } from './timeout.ts'

keepsThePromises({
  layer: (clock) => timeout({ clock }),
  waits: (around) => around(deaf),
  remembers: async (around, clock) => {
    await expect(clock.until(around(deaf)(userUrl))).rejects.toThrow(TimeoutError)
  },
})

/** A body that sends its first bytes and then nothing. */
function stalled(type: string, signal: AbortSignal | null | undefined): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"id":'))
      // As fetch does it: the stream of an aborted call breaks with the reason.
      signal?.addEventListener('abort', () => controller.error(signal.reason))
    },
  })
  return new Response(body, { headers: { 'content-type': type } })
}

describe('an attempt ends after its time', () => {
  test('when no answer comes, and the fetch below hears of it', async () => {
    const clock = createFakeClock()
    const events: ClientEvent[] = []
    let heard: AbortSignal | null | undefined
    const fetch = timeout({ clock, ms: 2_000, onEvent: (event) => events.push(event) })((_input, init) => {
      heard = init?.signal
      return new Promise(() => undefined)
    })
    const start = clock.now()
    await expect(clock.until(fetch(`${userUrl}?secret=1`))).rejects.toThrow(
      'GET /api/v1/users/00u1 gave no whole answer within 2000 ms.',
    )
    expect(clock.now() - start).toBe(2_000)
    expect(heard?.reason).toBeInstanceOf(TimeoutError)
    expect(events).toEqual([{ type: 'timeout', method: 'GET', path: '/api/v1/users/00u1', afterMs: 2_000 }])
  })

  test('when a JSON body does not end', async () => {
    const clock = createFakeClock()
    const fetch = timeout({ clock })(async (_input, init) => stalled('application/json', init?.signal))
    await expect(clock.until(fetch(userUrl, { method: 'POST' }))).rejects.toThrow(/may have been carried out/)
    expect(clock.pending()).toBe(0)
  })

  test('when another body does not end: the answer is handed over, its stream is cut', async () => {
    const clock = createFakeClock()
    const fetch = timeout({ clock })(async (_input, init) => stalled('text/csv', init?.signal))
    const response = await fetch(userUrl)
    const text = expect(response.text()).rejects.toThrow(TimeoutError)
    await clock.advance(10_000)
    await text
  })
})

test('a body that breaks off fails the attempt', async () => {
  const clock = createFakeClock()
  const fetch = timeout({ clock })(async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.error(new TypeError('terminated'))
      },
    })
    return new Response(body, { headers: { 'content-type': 'application/json' } })
  })
  await expect(fetch(userUrl)).rejects.toThrow('terminated')
  expect(clock.pending()).toBe(0)
})

test('a call that was answered is left alone by its timer and by the signal', async () => {
  const clock = createFakeClock()
  const controller = new AbortController()
  let inner: AbortSignal | null | undefined
  const fetch = timeout({ clock })(async (_input, init) => {
    inner = init?.signal
    return answer()
  })
  const response = await fetch(userUrl, { signal: controller.signal })
  controller.abort(new Error('later'))
  await clock.advance(60_000)
  expect(inner?.aborted).toBe(false)
  expect(await response.json()).toEqual({ id: '00u1' })
})

describe('a signal that serves again', () => {
  const signalsOf = async (make: (signal: AbortSignal) => Response | Promise<Response>, calls: number) => {
    const clock = createFakeClock()
    const signals: AbortSignal[] = []
    const fetch = timeout({ clock })(async (_input, init) => {
      signals.push(init!.signal!)
      return make(init!.signal!)
    })
    return { clock, signals, fetch, all: () => Promise.all(Array.from({ length: calls }, () => fetch(userUrl))) }
  }

  test('belongs to one attempt at a time', async () => {
    const { signals, all } = await signalsOf(() => answer(), 8)
    await all()
    expect(new Set(signals).size).toBe(8)
    await all()
    expect(new Set(signals).size).toBe(8)
  })

  test('does so a few times only', async () => {
    const { signals, fetch } = await signalsOf(() => answer(), 1)
    for (let i = 0; i < 64; i++) await fetch(userUrl)
    expect(new Set(signals).size).toBe(4)
  })

  test('does not while a stream may have to be cut', async () => {
    const { signals, fetch } = await signalsOf((signal) => stalled('text/csv', signal), 1)
    await fetch(userUrl)
    await fetch(userUrl)
    expect(new Set(signals).size).toBe(2)
  })

  test('does not after it was used to stop', async () => {
    const { clock, signals, fetch } = await signalsOf(() => new Promise(() => undefined), 1)
    for (let i = 0; i < 2; i++) await expect(clock.until(fetch(userUrl))).rejects.toThrow(TimeoutError)
    expect(new Set(signals).size).toBe(2)
  })
})
