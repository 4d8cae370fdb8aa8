import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEventLog, type EventLog } from './event.ts'

const append = (log: EventLog, at: number, eventType = `e${at}`) =>
  log.append({
    at,
    eventType,
    severity: 'INFO',
    displayMessage: eventType,
    result: 'SUCCESS',
    actor: { id: 'a', type: 'User', alternateId: 'a', displayName: 'a' },
    targets: [],
  })

const numbers = (events: Iterable<{ sequence: number }>) => Array.from(events, (event) => event.sequence)
const moments = (events: Iterable<{ at: number }>) => Array.from(events, (event) => event.at)
const always = { since: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }

describe('order of persistence', () => {
  test('reads forwards after a number and backwards before one', () => {
    const log = createEventLog()
    for (let at = 1; at <= 5; at++) append(log, at)
    expect(numbers(log.read())).toEqual([1, 2, 3, 4, 5])
    expect(numbers(log.read(3))).toEqual([4, 5])
    expect(numbers(log.read(5))).toEqual([])
    expect(numbers(log.read(99))).toEqual([])
    expect(numbers(log.readBack())).toEqual([5, 4, 3, 2, 1])
    expect(numbers(log.readBack(3))).toEqual([2, 1])
    expect(numbers(log.readBack(1))).toEqual([])
    expect(log.newest).toBe(5)
  })

  test('keeps the newest of its capacity and goes on counting', () => {
    const log = createEventLog(3)
    for (let at = 1; at <= 11; at++) append(log, at)
    expect(numbers(log.read())).toEqual([9, 10, 11])
    expect(numbers(log.read(2))).toEqual([9, 10, 11])
    expect(numbers(log.readBack())).toEqual([11, 10, 9])
    expect(numbers(log.readBack(5))).toEqual([])
    expect(numbers(log.readSpan(always))).toEqual([9, 10, 11])
  })

  test('goes back to a snapshot, which later events do not touch', () => {
    const log = createEventLog()
    append(log, 1)
    append(log, 2)
    const before = log.snapshot()
    append(log, 3)
    expect(moments(log.readSpan(always))).toEqual([1, 2, 3])
    log.restore(before)
    expect(numbers(log.read())).toEqual([1, 2])
    expect(moments(log.readSpan(always))).toEqual([1, 2])
    append(log, 9)
    expect(numbers(log.read())).toEqual([1, 2, 3])
    log.restore(before)
    expect(log.newest).toBe(2)
  })
})

describe('order of moments', () => {
  test('sorts what was kept out of order, both ways and within both bounds', () => {
    const log = createEventLog()
    for (const at of [50, 20, 40, 20, 10]) append(log, at)
    expect(moments(log.readSpan(always))).toEqual([10, 20, 20, 40, 50])
    append(log, 30)
    expect(moments(log.readSpan({ ...always, newestFirst: true }))).toEqual([50, 40, 30, 20, 20, 10])
    expect(moments(log.readSpan({ since: 20, until: 40 }))).toEqual([20, 20, 30, 40])
    expect(moments(log.readSpan({ since: 41, until: 20 }))).toEqual([])
    expect(moments(log.readSpan({ since: 20, until: 40, newestFirst: true }))).toEqual([40, 30, 20, 20])
  })

  test('goes on after a place, also between events of one moment', () => {
    const log = createEventLog()
    for (const at of [10, 20, 20, 20, 30]) append(log, at)
    expect(numbers(log.readSpan({ ...always, from: { at: 20, sequence: 3 } }))).toEqual([4, 5])
    expect(numbers(log.readSpan({ ...always, from: { at: 20, sequence: 3 }, newestFirst: true }))).toEqual([2, 1])
  })

  test('agrees with filtering and sorting everything, whatever was appended and dropped', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant('read' as const)), { maxLength: 60 }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 30 }),
        fc.boolean(),
        (capacity, steps, since, until, newestFirst) => {
          const log = createEventLog(capacity)
          const all: { at: number; sequence: number }[] = []
          for (const step of steps) {
            if (step === 'read') Array.from(log.readSpan(always))
            else {
              append(log, step)
              all.push({ at: step, sequence: all.length + 1 })
            }
          }
          const expected = all
            .slice(-capacity)
            .filter(({ at }) => at >= since && at <= until)
            .sort((a, b) => a.at - b.at || a.sequence - b.sequence)
          if (newestFirst) expected.reverse()
          const found = Array.from(log.readSpan({ since, until, newestFirst }), ({ at, sequence }) => ({
            at,
            sequence,
          }))
          expect(found).toEqual(expected)
        },
      ),
    )
  })
})
