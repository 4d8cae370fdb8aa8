import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRateLimit, rateLimitWaitMs, renderRateLimit } from './rate-limit.ts'

const now = Date.parse('Thu, 20 Nov 2025 11:00:00 GMT')
const nowSeconds = now / 1000

test('what is rendered is parsed back', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(), (limit, remaining, resetAtSeconds) => {
      const facts = { limit, remaining, resetAtSeconds }
      expect(parseRateLimit(renderRateLimit(facts))).toEqual({ ...facts, concurrency: limit === 0 && remaining === 0 })
    }),
  )
})

test('limit 0 with remaining 0 is the concurrency limit, and its reset is not waited for', () => {
  const found = parseRateLimit(renderRateLimit({ limit: 0, remaining: 0, resetAtSeconds: nowSeconds + 111 }))!
  expect(found.concurrency).toBe(true)
  expect(rateLimitWaitMs(found, now)).toBeUndefined()
  expect(parseRateLimit(renderRateLimit({ limit: 10, remaining: 0, resetAtSeconds: 1 }))?.concurrency).toBe(false)
})

test('of doubled values the first valid one counts, in both shapes', () => {
  expect(parseRateLimit({ 'X-Rate-Limit-Reset': 'soon, 1763636460, 1763636999' })?.resetAtSeconds).toBe(1763636460)
  expect(parseRateLimit({ 'x-rate-limit-reset': ['', '5', '6'] })?.resetAtSeconds).toBe(5)
})

test('the wait follows the server clock, ends one second after the reset, and is never negative', () => {
  const headers = { ...renderRateLimit({ limit: 5, remaining: 0, resetAtSeconds: nowSeconds + 30 }) }
  const withDate = parseRateLimit({ ...headers, date: new Date(now).toUTCString() })!
  expect(rateLimitWaitMs(withDate, now + 600_000)).toBe(31_000)
  expect(rateLimitWaitMs(withDate, now + 602_000, now + 600_000)).toBe(29_000)
  expect(rateLimitWaitMs(parseRateLimit(headers)!, now)).toBe(31_000)
  expect(rateLimitWaitMs(parseRateLimit(headers)!, now + 90_000)).toBe(0)
})

test('nothing of the three is undefined; rubbish is left out', () => {
  expect(parseRateLimit({ date: 'x' })).toBeUndefined()
  expect(parseRateLimit(undefined)).toBeUndefined()
  expect(parseRateLimit({ 'x-rate-limit-limit': '5', 'x-rate-limit-remaining': '-1', date: 'x' })).toEqual({
    limit: 5,
    concurrency: false,
  })
})

test('any header text is survived', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (limit, reset, date) => {
      const found = parseRateLimit({ 'x-rate-limit-limit': limit, 'x-rate-limit-reset': reset, date })
      for (const value of [found?.limit, found?.resetAtSeconds]) {
        if (value !== undefined) expect(Number.isSafeInteger(value) && value >= 0).toBe(true)
      }
    }),
  )
})
