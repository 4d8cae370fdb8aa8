import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createClock, isoDate } from './clock.ts'

function clockOver(start = 1_000_000) {
  const real = { ms: start }
  return { real, clock: createClock(() => real.ms) }
}

test('runs with real time, from where it was moved or set', () => {
  const { real, clock } = clockOver()
  expect(clock.now()).toBe(1_000_000)
  clock.advance(60)
  expect(clock.now()).toBe(1_060_000)
  real.ms += 5
  expect(clock.now()).toBe(1_060_005)
  clock.set(42)
  expect(clock.now()).toBe(42)
  real.ms += 8
  expect(clock.now()).toBe(50)
})

test('stands still while frozen, moves when told, and runs on from there', () => {
  const { real, clock } = clockOver()
  clock.freeze(true)
  real.ms += 100
  expect(clock.now()).toBe(1_000_000)
  clock.advance(1.5)
  expect(clock.now()).toBe(1_001_500)
  clock.set(7_000)
  expect(clock.now()).toBe(7_000)
  clock.freeze(true)
  expect(clock.frozen()).toBe(true)
  real.ms += 100
  clock.freeze(false)
  expect(clock.now()).toBe(7_000)
  real.ms += 3
  expect(clock.now()).toBe(7_003)
  clock.freeze(false)
  expect(clock.now()).toBe(7_003)
  expect(clock.frozen()).toBe(false)
})

test.each([true, false])('keeps whole milliseconds, and refuses what is no moment (frozen: %s)', (frozen) => {
  const { clock } = clockOver()
  clock.freeze(frozen)
  clock.advance(0.0001)
  expect(clock.now()).toBe(1_000_000)
  clock.set(7.5)
  expect(clock.now()).toBe(8)
  for (const none of [Number.NaN, Number.POSITIVE_INFINITY, -1, 1e18]) {
    expect(() => clock.advance(none)).toThrow(/^the clock cannot be moved: it /)
    expect(() => clock.set(none)).toThrow(RangeError)
  }
  expect(() => clock.set(Date.UTC(10_000, 0))).toThrow(
    'it goes from 1970 to the end of the year 9999, and 253402300800000 ms since 1970 is not in between',
  )
  expect(clock.now()).toBe(8)
  clock.set(Date.UTC(10_000, 0) - 1000)
  expect(() => clock.advance(1)).toThrow(RangeError)
  clock.advance(0.999)
  expect(isoDate(clock.now())).toBe('9999-12-31T23:59:59.999Z')
})

test.each([true, false])('goes back to a snapshot (frozen: %s)', (frozen) => {
  const { real, clock } = clockOver()
  clock.advance(10)
  clock.freeze(frozen)
  const before = clock.snapshot()
  clock.freeze(!frozen)
  clock.set(5)
  clock.restore(before)
  expect(clock.frozen()).toBe(frozen)
  real.ms += 1_000
  expect(clock.now()).toBe(frozen ? 1_010_000 : 1_011_000)
})

test('never goes back by itself: only set moves it there', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('wait' as const), ms: fc.nat(1_000_000) }),
    fc.record({ do: fc.constant('advance' as const), ms: fc.nat(1_000_000) }),
    fc.record({ do: fc.constantFrom('freeze' as const, 'unfreeze' as const), ms: fc.constant(0) }),
  )
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const { real, clock } = clockOver()
      let last = clock.now()
      for (const { do: what, ms } of steps) {
        if (what === 'wait') real.ms += ms
        else if (what === 'advance') clock.advance(ms / 1000)
        else clock.freeze(what === 'freeze')
        // A millisecond's fraction is lost and won by adding: a thousandth of it is no step back.
        expect(clock.now()).toBeGreaterThanOrEqual(last - 0.001)
        last = clock.now()
      }
    }),
  )
})

test('writes moments as Okta does', () => {
  expect(isoDate(Date.UTC(2026, 10, 20, 10))).toBe('2026-11-20T10:00:00.000Z')
  expect(isoDate(0)).toBe('1970-01-01T00:00:00.000Z')
})

test('writes every moment that a Date can hold as a Date does', () => {
  const same = (ms: number): void => {
    expect(isoDate(ms)).toBe(new Date(ms).toISOString())
  }
  for (const year of [1970, 1972, 1999, 2000, 2024, 2100, 2400, 9999]) {
    for (const [month, day] of [
      [1, 28],
      [1, 29],
      [2, 1],
      [11, 31],
    ] as const) {
      same(Date.UTC(year, month, day))
      same(Date.UTC(year, month, day) - 1)
    }
  }
  for (const ms of [-1, 0.9, 1_700_000_000_123.7, Date.UTC(10_000, 0) - 1, Date.UTC(10_000, 0), 8.64e15]) same(ms)
  fc.assert(fc.property(fc.double({ min: -8.64e15, max: 8.64e15, noNaN: true }), same))
  fc.assert(fc.property(fc.integer({ min: 0, max: Date.UTC(10_000, 0) - 1 }), same), { numRuns: 2_000 })
  expect(() => isoDate(Number.NaN)).toThrow(RangeError)
})
