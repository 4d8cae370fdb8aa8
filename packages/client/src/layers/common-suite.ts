// What does every layer promise? Success passes untouched, a wait hears the signal, the body can still be read, and
// two layers share nothing. Test support; each layer's test runs it.
import { describe, expect, test } from 'vitest'
import type { Clock } from '../clock.ts'
import type { Fetch, Layer } from '../layer.ts'
import { createFakeClock, type FakeClock } from '../testing.ts'

/** An address at the org that the suite speaks of. */
export const orgUrl = 'https://org.example'
/** A call to it. */
export const userUrl = `${orgUrl}/api/v1/users/00u1`

/** An answer as an org gives it. */
export function answer(status = 200, headers: Record<string, string> = {}, body: unknown = { id: '00u1' }): Response {
  return new Response(status === 204 ? null : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

/** A refusal as an org gives it. */
export function refusal(status: number, code: string, headers: Record<string, string> = {}): Response {
  return answer(status, headers, {
    errorCode: code,
    errorSummary: 'told',
    errorLink: code,
    errorId: 'oae1',
    errorCauses: [],
  })
}

/** A fetch that gives these answers one after the other, the last one for ever, and notes what it was asked. */
export function scripted(
  ...answers: (Response | Error | ((...call: Parameters<Fetch>) => Response | Promise<Response>))[]
) {
  const calls: Parameters<Fetch>[] = []
  const fetch: Fetch = async (...call) => {
    calls.push(call)
    const next = answers[Math.min(calls.length, answers.length) - 1]
    if (next instanceof Error) throw next
    if (typeof next === 'function') return next(...call)
    return next!.clone()
  }
  return { fetch, calls }
}

/** A fetch that never answers and does not listen to signals: the worst there is. */
export const deaf: Fetch = () => new Promise(() => undefined)

/** What the suite has to know of a layer. */
export interface LayerFacts {
  /** Makes one. */
  layer: (clock: Clock) => Layer
  /** Gives a fetch around which a call waits inside the layer. Absent: this layer never waits. */
  waits?: (around: (next: Fetch) => Fetch, clock: FakeClock) => Promise<Fetch> | Fetch
  /** Brings the first fetch into a state that changes its calls; the second, of a layer of its own, must not care. */
  remembers: (around: (next: Fetch) => Fetch, clock: FakeClock) => Promise<void>
}

/** Runs the suite. */
export function keepsThePromises({ layer, waits, remembers }: LayerFacts): void {
  describe('as every layer', () => {
    test('it leaves success untouched', async () => {
      const clock = createFakeClock()
      const given = answer(201, { 'x-okta-request-id': 'req1', link: '<https://org.example/x>; rel="next"' })
      const seen: Parameters<Fetch>[] = []
      const fetch = layer(clock)(async (...call) => {
        seen.push(call)
        return given
      })
      const response = await clock.until(fetch(userUrl, { method: 'PUT', body: '{"a":1}', headers: { 'x-mine': '1' } }))
      expect(response).toBe(given)
      expect(await response.json()).toEqual({ id: '00u1' })
      expect(seen).toHaveLength(1)
      const [input, init] = seen[0]!
      const request = new Request(input, init)
      expect([request.url, request.method, await request.text()]).toEqual([userUrl, 'PUT', '{"a":1}'])
      expect(request.headers.get('x-mine')).toBe('1')
      expect(clock.pending()).toBe(0)
    })

    test.each([200, 304, 404, 429, 503])('it keeps the body of a %s readable', async (status) => {
      const clock = createFakeClock()
      const body = JSON.stringify({ errorCode: 'E0000047', errorSummary: 'x', errorCauses: [] })
      const fetch = layer(clock)(async () => {
        return new Response(status === 304 ? null : body, { status, headers: { 'content-type': 'application/json' } })
      })
      const response = await clock.until(fetch(userUrl))
      expect(response.status).toBe(status)
      expect(response.bodyUsed).toBe(false)
      expect(await response.text()).toBe(status === 304 ? '' : body)
    })

    test('it hands on what the fetch under it throws', async () => {
      const clock = createFakeClock()
      const fetch = layer(clock)(async () => {
        throw new RangeError('broken below')
      })
      await expect(clock.until(fetch(userUrl, { method: 'POST' }))).rejects.toThrow('broken below')
    })

    test('it does not send what was aborted before', async () => {
      const clock = createFakeClock()
      const { fetch, calls } = scripted((_input, init) => {
        init?.signal?.throwIfAborted()
        return answer()
      })
      const signal = AbortSignal.abort(new Error('changed my mind'))
      await expect(clock.until(layer(clock)(fetch)(userUrl, { signal }))).rejects.toThrow('changed my mind')
      expect(calls.length).toBeLessThanOrEqual(1)
    })

    test.runIf(waits)('it hears the signal while it waits', async () => {
      const clock = createFakeClock()
      const fetch = await waits!((next) => layer(clock)(next), clock)
      const controller = new AbortController()
      const call = fetch(userUrl, { signal: controller.signal })
      let settled = false
      const heard = expect(
        call.finally(() => {
          settled = true
        }),
      ).rejects.toThrow('enough waited')
      await clock.settle()
      expect(settled).toBe(false)
      controller.abort(new Error('enough waited'))
      await heard
    })

    test('two of them share nothing', async () => {
      const clock = createFakeClock()
      const first = layer(clock)
      const second = layer(clock)
      await remembers((next) => first(next), clock)
      const { fetch, calls } = scripted(answer())
      const response = await Promise.race([second(fetch)(userUrl), clock.settle().then(() => 'it waits')])
      expect(response).toBeInstanceOf(Response)
      expect(calls).toHaveLength(1)
    })
  })
}
