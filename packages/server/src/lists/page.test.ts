import { beforeEach, describe, expect, test } from 'vitest'
import { createClock } from '../clock.ts'
import { Failure } from '../fail.ts'
import { begin } from '../http/walk.ts'
import { makeOrg, type Org } from '../org.ts'
import { cutPage, listAnswer, type PageRules, readPage } from './page.ts'

let org: Org
beforeEach(async () => {
  org = await makeOrg({ clock: createClock(() => 0), suffix: '5d7' })
})

const exchange = (query: string) => {
  const target = `/api/v1/things${query}`
  return begin(org, { method: 'GET', target, headers: {}, remoteAddress: '127.0.0.1', readBody: async () => undefined })
}
const rules: PageRules = { standard: 20, most: 200, prefix: '00g' }
const read = (query: string, more: Partial<PageRules> = {}) => readPage(org, exchange(query), { ...rules, ...more })
const refusal = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof Failure) return `${error.entry.code}/${error.causeId}`
    throw error
  }
  return 'answered'
}

describe('limit', () => {
  test.each([
    ['', 20],
    ['?limit=', 20],
    ['?limit=1', 1],
    ['?limit=%2B7', 7],
    ['?limit=007', 7],
    ['?limit=200', 200],
    ['?limit=201', 200],
    ['?limit=9999999999', 200],
  ])('%j is %i', (query, limit) => {
    expect(read(query).limit).toBe(limit)
  })

  test.each([
    ['?limit=0', 'E0000001/value-invalid'],
    ['?limit=-1', 'E0000001/value-invalid'],
    ['?limit=ten', 'E0000037/number-unreadable'],
    ['?limit=1.5', 'E0000037/number-unreadable'],
    ['?limit=1e3', 'E0000037/number-unreadable'],
    ['?limit=99999999999', 'E0000037/number-unreadable'],
    ['?limit=%00', 'E0000037/number-unreadable'],
  ])('%j is refused', (query, cause) => {
    expect(refusal(() => read(query))).toBe(cause)
  })
})

describe('after', () => {
  test('is an id of this org, of a thing that is there or not', () => {
    const id = org.ids.next('00g')
    expect(read(`?after=${id}`).after).toBe(id)
    expect(read('').after).toBeUndefined()
    expect(read('?after=').after).toBeUndefined()
  })

  test('is refused when it is of another kind, another org, or made up', () => {
    for (const after of [org.ids.next('00u'), '00g00000000000000XXX', 'page-two', '00g', 'a.b', '%00', '😀']) {
      expect(refusal(() => read(`?after=${after}`))).toBe('E0000029/cursor-unknown')
    }
  })

  test('is refused as the resource says', () => {
    const refuseCursor = (after: string): never => {
      throw new Error(`own: ${after}`)
    }
    expect(() => read('?after=x', { refuseCursor })).toThrow('own: x')
  })
})

describe('a page', () => {
  const row = (id: string) => ({ id })

  test('has a next one only when there is more', () => {
    expect(cutPage([], 2)).toEqual({ rows: [], next: undefined })
    expect(cutPage([row('a'), row('b')], 2)).toEqual({ rows: [row('a'), row('b')], next: undefined })
    expect(cutPage([row('a'), row('b'), row('c')], 2)).toEqual({ rows: [row('a'), row('b')], next: 'b' })
  })

  test('has its links as two header lines; next begins with after and keeps what was sent', () => {
    org.baseUrl = 'http://org.test'
    const id = org.ids.next('00g')
    const x = exchange('?search=type+eq+%22A%22&after=old&limit=1&since=now')
    expect(listAnswer(org, x, [1], id, ['since'])).toEqual({
      status: 200,
      body: [1],
      headers: [
        ['link', '<http://org.test/api/v1/things?search=type+eq+%22A%22&after=old&limit=1&since=now>; rel="self"'],
        ['link', `<http://org.test/api/v1/things?after=${id}&search=type+eq+%22A%22&limit=1>; rel="next"`],
      ],
    })
    expect(listAnswer(org, x, [], undefined).headers).toHaveLength(1)
  })

  test('that ends with a pinned id has a next one that is taken back', () => {
    const next = listAnswer(org, exchange('?limit=1'), [], '00uPinned').headers![1]![1]
    const query = /\?[^>]*/.exec(next)![0]
    expect(query).not.toContain('00uPinned')
    expect(read(query).after).toBe('00uPinned')
  })
})
