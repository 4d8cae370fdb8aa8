import { expect, test } from 'vitest'
import type { ProfileAttribute } from './entities/user-schema.ts'
import { isOfType, readPattern, readySchema, uniqueKeysOf } from './profile-values.ts'

test('the two forms of patterns are read, and no other regular expression', () => {
  expect(readPattern('.+')!.test('a\nb')).toBe(true)
  expect(readPattern('.+')!.test('')).toBe(false)
  const set = readPattern('[-a-z13579\\.]+')!
  expect(['a-1.', 'b'].every((text) => set.test(text))).toBe(true)
  expect(['A', '2', 'a\\', ''].some((text) => set.test(text))).toBe(false)
  for (const other of ['', '[]+', '[a-z]*', 'a+', '(a+)+$', '[a-z]+[0-9]+', '[\\d]+', '[z-a]+', '[a]]+', '[a\\]+']) {
    expect([other, readPattern(other)]).toEqual([other, undefined])
  }
})

test('values are of one type only', () => {
  const types = ['string', 'boolean', 'number', 'integer', 'array'] as const
  const kinds = (value: unknown) => types.filter((type) => isOfType(value, type, { type: 'string' }))
  expect(kinds('1')).toEqual(['string'])
  expect(kinds(1)).toEqual(['number', 'integer'])
  expect(kinds(1.5)).toEqual(['number'])
  expect(kinds(2 ** 31)).toEqual(['number'])
  expect(kinds(Number.NaN)).toEqual([])
  expect(kinds(['a'])).toEqual(['array'])
  expect(kinds([1])).toEqual([])
  expect(kinds({})).toEqual([])
})

test('a schema is made ready once for each version of it', () => {
  const size: ProfileAttribute = { title: 'Size', type: 'string', unique: true, self: 'HIDE' }
  const schema = { size }
  expect(readySchema(schema, {})).toBe(readySchema(schema, {}))
  expect(readySchema({ size }, {})).not.toBe(readySchema(schema, {}))
  expect(uniqueKeysOf({ size: 'XL' }, readySchema(schema, {}))).toEqual(['attribute:size:"xl"'])
  expect(uniqueKeysOf({ size: '' }, readySchema(schema, {}))).toEqual([])
})
