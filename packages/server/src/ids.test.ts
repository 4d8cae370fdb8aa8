import { describe, expect, test } from 'vitest'
import { createIds, type Random } from './ids.ts'

/** The same bytes every time it is made. */
const counting = (): Random => {
  let next = 0
  return (size) => Buffer.from(Array.from({ length: size }, () => next++ % 256))
}

describe('ids', () => {
  test('have a prefix, twenty characters, and the suffix of their org', () => {
    const ids = createIds(undefined, '5d7')
    for (const prefix of ['00u', '00g', 'nzo'])
      expect(ids.next(prefix)).toMatch(new RegExp(`^${prefix}[0-9A-Za-z]{14}5d7$`))
    expect(ids.next('00u')).toHaveLength(20)
    expect(ids.suffix).toBe('5d7')
  })

  test('sort as text in the order in which they were given', () => {
    const ids = createIds(undefined, '5d7')
    const given = Array.from({ length: 5_000 }, () => ids.next('00u'))
    expect(given.toSorted()).toEqual(given)
    expect(new Set(given).size).toBe(given.length)
  })

  test('belong to one org: the suffix is drawn where none is given', () => {
    const a = createIds()
    const b = createIds()
    expect(a.suffix).toMatch(/^[0-9A-Za-z]{3}$/)
    // Equal by chance once in 238,328 times for one pair; five pairs never are.
    expect(new Set([a, b, createIds(), createIds(), createIds()].map((ids) => ids.suffix)).size).toBeGreaterThan(1)
  })

  test('could be given, if prefix, length and suffix say so', () => {
    const ids = createIds(undefined, '5d7')
    const id = ids.next('00u')
    expect(ids.couldBe('00u', id)).toBe(true)
    expect(ids.couldBe('00g', id)).toBe(false)
    expect(ids.couldBe('00u', `${id.slice(0, -3)}xxx`)).toBe(false)
    for (const text of ['', '00u', `${id}5d7`, id.slice(1), 'page-two']) expect(ids.couldBe('00u', text)).toBe(false)
  })

  test('go on where a snapshot left them', () => {
    const ids = createIds(undefined, '5d7')
    ids.next('00u')
    const before = ids.snapshot()
    const second = ids.next('00u')
    ids.next('00u')
    ids.restore(before)
    expect(ids.next('00u')).toBe(second)
  })
})

describe('random values', () => {
  test('have the shapes of Okta and are new each time', () => {
    const ids = createIds()
    const many = Array.from({ length: 500 }, () => [ids.errorId(), ids.requestId(), ids.secret(40)] as const)
    for (const [errorId, requestId, secret] of many) {
      expect(errorId).toMatch(/^oae[\w-]{22}$/)
      expect(requestId).toMatch(/^[0-9a-f]{32}$/)
      expect(secret).toMatch(/^[0-9A-Za-z]{40}$/)
    }
    expect(new Set(many.flat()).size).toBe(1_500)
  })

  test('can be repeated from the same source', () => {
    const [a, b] = [createIds(counting()), createIds(counting())]
    expect([a.suffix, a.secret(100), a.errorId()]).toEqual([b.suffix, b.secret(100), b.errorId()])
    expect(a.secret(0)).toBe('')
    expect(a.secret(9_000)).toHaveLength(9_000)
  })

  test('use every character about equally often', () => {
    const text = createIds(counting()).secret(62 * 400)
    const counts = new Map<string, number>()
    for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1)
    expect(counts.size).toBe(62)
    // The source gives every byte equally often, so only a bias of the mapping could show.
    for (const count of counts.values()) expect(Math.abs(count - 400)).toBeLessThan(20)
  })
})
