import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isGenuineErrorId, isSampleErrorId, renderErrorId } from './error-id.ts'

test('an id made from 16 bytes is genuine and carries exactly these bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const id = renderErrorId(bytes)
      expect(isGenuineErrorId(id)).toBe(true)
      expect(id).toBe(`oae${Buffer.from(bytes).toString('base64url')}`)
    }),
  )
})

test('other lengths, other last characters and samples are not genuine', () => {
  expect(isGenuineErrorId('oaeAAAAAAAAAAAAAAAAAAAAAA')).toBe(true)
  expect(isGenuineErrorId('oaeAAAAAAAAAAAAAAAAAAAAAB')).toBe(false)
  expect(isGenuineErrorId('oaeAAAAAAAAAAAAAAAAAAAAA')).toBe(false)
  expect(isGenuineErrorId('sampleMlLvGUj_YD5v16vkYWY')).toBe(false)
  expect(isGenuineErrorId(undefined)).toBe(false)
  expect(isSampleErrorId('sampleMlLvGUj_YD5v16vkYWY')).toBe(true)
  expect(isSampleErrorId('oaeAAAAAAAAAAAAAAAAAAAAAA')).toBe(false)
})
