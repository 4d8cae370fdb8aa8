import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createConcurrency } from './concurrency.ts'

describe('requests at once', () => {
  test('one too many is refused with zeros and an estimate; the first one in 60 s is told', () => {
    let nowMs = 1_700_000_000_500
    const requests = createConcurrency({ limit: 2, now: () => nowMs, resetEstimateSeconds: 90 })
    expect([requests.enter(), requests.enter()]).toEqual([{ allowed: true }, { allowed: true }])
    expect(requests.enter()).toEqual({
      allowed: false,
      limit: 0,
      remaining: 0,
      resetAtSeconds: 1_700_000_090,
      events: [
        {
          type: 'core.concurrency.org.limit.violation',
          scope: 'ORG',
          key: undefined,
          threshold: 2,
          timeSpanSeconds: 60,
          secondsToReset: 90,
        },
      ],
    })
    expect(requests.enter()).toMatchObject({ allowed: false, events: [] })
    requests.leave()
    expect(requests.enter()).toEqual({ allowed: true })
    nowMs += 59_999
    expect(requests.enter()).toMatchObject({ events: [] })
    nowMs += 1
    expect(requests.enter()).toMatchObject({ events: [{ scope: 'ORG' }] })
  })

  test('a refused one does not have to leave; a limit may change meanwhile', () => {
    let limit = 1
    const requests = createConcurrency({ limit: () => limit, now: () => 0 })
    requests.enter()
    expect(requests.enter().allowed).toBe(false)
    expect(requests.underWay()).toBe(1)
    limit = 2
    expect(requests.enter().allowed).toBe(true)
  })

  test('a client has its own limit inside, and its own event', () => {
    const requests = createConcurrency({ limit: 10, now: () => 0 })
    const client = { id: 'a', kind: 'CLIENT', limit: 1 } as const
    expect(requests.enter(client).allowed).toBe(true)
    expect(requests.enter(client)).toMatchObject({
      allowed: false,
      events: [{ type: 'system.client.concurrency_rate_limit.violation', key: 'a' }],
    })
    expect(requests.enter({ ...client, id: 'b' }).allowed).toBe(true)
    requests.leave(client)
    expect(requests.enter(client).allowed).toBe(true)
    expect(requests.underWay()).toBe(2)
  })

  test('reset lets the next violation be told again and keeps what is under way', () => {
    const requests = createConcurrency({ limit: 1, now: () => 0 })
    requests.enter()
    requests.enter()
    requests.reset()
    expect(requests.enter()).toMatchObject({ allowed: false, events: [{ scope: 'ORG' }] })
  })
})

test('any order of entering and leaving: never more inside than the limits', () => {
  const holders = [undefined, { id: 'a', kind: 'SSWS_TOKEN', limit: 2 }, { id: 'b', kind: 'CLIENT', limit: 1 }] as const
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2), fc.boolean())), fc.integer({ min: 1, max: 4 }), (steps, limit) => {
      const requests = createConcurrency({ limit, now: () => 0 })
      const inside = [0, 0, 0]
      for (const [who, enters] of steps) {
        if (enters) {
          const all = inside[0]! + inside[1]! + inside[2]!
          const mayEnter = all < limit && (who === 0 || inside[who]! < holders[who]!.limit)
          expect(requests.enter(holders[who]).allowed).toBe(mayEnter)
          if (mayEnter) inside[who]!++
        } else if (inside[who]! > 0) {
          requests.leave(holders[who])
          inside[who]!--
        }
        expect(requests.underWay()).toBe(inside[0]! + inside[1]! + inside[2]!)
      }
    }),
  )
})
