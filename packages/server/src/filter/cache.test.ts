import { expect, test } from 'vitest'
import { createFilterCache } from './cache.ts'

test('a text is compiled once, until others push it out', () => {
  const filters = createFilterCache({ capacity: 2 })
  const first = filters('a pr')
  filters('b pr')
  expect(filters('a pr')).toBe(first)
  filters('c pr')
  expect(filters('a pr')).toBe(first)
  filters('d pr')
  filters('e pr')
  expect(filters('a pr')).not.toBe(first)
})

test('a compiled text matches; a refused one says why', () => {
  const filters = createFilterCache({ maxDepth: 1 })
  const good = filters('a eq "X"')
  expect(good.ok && good.matches((path) => (path === 'a' ? 'x' : undefined))).toBe(true)
  expect(filters('((a pr))')).toMatchObject({ ok: false, problem: { kind: 'too-deep' } })
})
