import { describe, expect, it } from 'vitest'
import { codes, E0000047, findCode } from './index.ts'

describe('findCode', () => {
  it.each(['E0000047', 'e0000047', '47', '0000047', ' E0000047 ', 'E47'])('finds the entry by %j', (text) => {
    expect(findCode(text)).toBe(E0000047)
  })

  it.each(['', 'E0000999', '0', '403x', 'access_denied', 'constructor', 'E00000047'])('finds nothing by %j', (text) => {
    expect(findCode(text)).toBeUndefined()
  })
})

describe('codes', () => {
  it('has the 69 codes of the reference, each under its own name and in order', () => {
    const names = Object.keys(codes)
    expect(names).toHaveLength(69)
    expect(Object.values(codes).map((entry) => entry.code)).toEqual(names)
    expect(names).toEqual([...names].sort())
  })
})
