import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLru } from './lru.ts'

test('the least recently used goes first', () => {
  const lru = createLru<number>({ maxEntries: 2, maxBytes: 100 })
  lru.set('a', 1, 1)
  lru.set('b', 2, 1)
  expect(lru.get('a')).toBe(1)
  lru.set('c', 3, 1)
  expect(lru.get('b')).toBeUndefined()
  expect([...lru.entries()]).toEqual([
    ['a', 1],
    ['c', 3],
  ])
})

test('large ones push out as many as they need; too large ones are not kept and replace nothing else', () => {
  const lru = createLru<string>({ maxEntries: 10, maxBytes: 10 })
  lru.set('a', 'a', 4)
  lru.set('b', 'b', 4)
  lru.set('c', 'c', 8)
  expect([...lru.entries()].map(([key]) => key)).toEqual(['c'])
  lru.set('d', 'd', 11)
  expect([lru.size, lru.bytes]).toEqual([1, 8])
  // The old one of the same name is not the truth any more.
  lru.set('c', 'new', 11)
  expect([lru.get('c'), lru.size, lru.bytes]).toEqual([undefined, 0, 0])
})

test('whatever is done, the limits hold and the bytes add up', () => {
  const step = fc.record({
    what: fc.constantFrom('set', 'get', 'delete'),
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    bytes: fc.integer({ min: 0, max: 12 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const lru = createLru<number>({ maxEntries: 3, maxBytes: 10 })
      for (const { what, key, bytes } of steps) {
        if (what === 'set') lru.set(key, bytes, bytes)
        else if (what === 'get') lru.get(key)
        else lru.delete(key)
        expect(lru.size).toBeLessThanOrEqual(3)
        expect(lru.bytes).toBeLessThanOrEqual(10)
        expect([...lru.entries()].reduce((sum, [, own]) => sum + own, 0)).toBe(lru.bytes)
      }
    }),
  )
})
