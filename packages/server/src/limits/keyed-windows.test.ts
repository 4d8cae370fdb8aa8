import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createKeyedWindows, fixedLimits } from './keyed-windows.ts'

test('four a second for one login, exactly a second', () => {
  let nowMs = 1_700_000_000_900
  const logins = createKeyedWindows({ ...fixedLimits.username, now: () => nowMs })
  const tries = Array.from({ length: 6 }, () => logins.take('ada'))
  expect(tries.map((entry) => [entry.allowed, entry.remaining])).toEqual([
    [true, 3],
    [true, 2],
    [true, 1],
    [true, 0],
    [false, 0],
    [false, 0],
  ])
  expect(tries.map((entry) => entry.opened)).toEqual([true, false, false, false, false, false])
  expect(tries.map((entry) => entry.firstRefusal)).toEqual([false, false, false, false, true, false])
  expect(tries[0]?.resetAtSeconds).toBe(1_700_000_002)
  expect(logins.take('bob').allowed).toBe(true)
  nowMs += 999
  expect(logins.take('ada').allowed).toBe(false)
  nowMs += 1
  expect(logins.take('ada')).toMatchObject({ allowed: true, opened: true })
})

test('okta edges: whole seconds, the old window still holds at its reset', () => {
  let nowMs = 1_700_000_000_900
  const windows = createKeyedWindows({ limit: 1, seconds: 10, edges: 'okta', now: () => nowMs })
  expect(windows.take('a').resetAtSeconds).toBe(1_700_000_010)
  nowMs = 1_700_000_010_999
  expect(windows.take('a').allowed).toBe(false)
  nowMs = 1_700_000_011_000
  expect(windows.take('a').allowed).toBe(true)
})

test('forget, reset, snapshot and restore', () => {
  const windows = createKeyedWindows({ limit: 1, seconds: 10, now: () => 1_700_000_000_000 })
  windows.take('a')
  windows.take('b')
  windows.forget('a')
  expect([windows.take('a').allowed, windows.take('b').allowed]).toEqual([true, false])
  const saved = JSON.parse(JSON.stringify(windows.snapshot()))
  windows.reset()
  expect([windows.size(), windows.take('b').allowed]).toEqual([0, true])
  windows.restore(saved)
  expect([windows.take('a').allowed, windows.take('b').firstRefusal]).toEqual([false, false])
})

test('ended windows are dropped, and never more than the capacity is kept', () => {
  let nowMs = 0
  const windows = createKeyedWindows({ limit: 1, seconds: 10, capacity: 50, now: () => nowMs })
  for (let i = 0; i < 40; i++) windows.take(`first ${i}`)
  expect(windows.size()).toBe(40)
  expect(windows.take('first 39').allowed).toBe(false)
  nowMs = 20_000
  windows.take('next')
  expect(windows.size()).toBe(1)
  for (let i = 0; i < 10_000; i++) {
    windows.take(`flood ${i}`)
    expect(windows.size()).toBeLessThanOrEqual(50)
  }
  expect(windows.take('flood 9999').allowed).toBe(false)
})

test('any sequence: as a naive count of the same rule says', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(900)), { maxLength: 200 }),
      fc.integer({ min: 1, max: 4 }),
      (tries, limit) => {
        let nowMs = 0
        const windows = createKeyedWindows({ limit, seconds: 1, now: () => nowMs })
        const naive = new Map<string, { from: number; passed: number }>()
        for (const [key, wait] of tries) {
          nowMs += wait
          let own = naive.get(key)
          if (own === undefined || nowMs - own.from >= 1000) own = { from: nowMs, passed: 0 }
          naive.set(key, own)
          expect(windows.take(key).allowed).toBe(own.passed < limit)
          if (own.passed < limit) own.passed++
        }
      },
    ),
  )
})
