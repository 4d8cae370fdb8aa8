import { expect, test } from 'vitest'
import { kindNames, kinds } from './kinds.ts'

test('every kind says in one sentence what is wrong', () => {
  for (const name of kindNames) {
    const { says } = kinds[name]
    expect(says, name).toMatch(/^[A-Z`].*[^.]\.$/)
    expect(says, name).not.toMatch(/[!\n]/)
  }
})

test('every kind names at least two places to look at, and none twice', () => {
  for (const name of kindNames) {
    const look: readonly string[] = kinds[name].look
    expect(look.length, name).toBeGreaterThanOrEqual(2)
    expect(new Set(look).size, name).toBe(look.length)
    for (const line of look) expect(line, name).toMatch(/[.?]$/)
  }
})

test('no two kinds say the same', () => {
  expect(new Set(kindNames.map((name) => kinds[name].says)).size).toBe(kindNames.length)
})
