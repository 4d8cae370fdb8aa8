import { expect, test } from 'vitest'
import { findNewerCode, newerCodes } from './newer.ts'

test('the codes are well-formed, unique and in order', () => {
  const codes = newerCodes.map((newer) => newer.code)
  expect(codes.length).toBeGreaterThan(150)
  expect(codes).toEqual([...new Set(codes)].sort())
  for (const newer of newerCodes) {
    expect(newer.code).toMatch(/^E\d{7}$/)
    expect(newer.status).toBeGreaterThanOrEqual(200)
    expect(newer.summary).not.toMatch(/ {2}|^\s|\s$|^$/)
  }
})

test('a newer code is found; a code of the reference and an unknown one are not', () => {
  expect(findNewerCode('E0000133')).toEqual({
    code: 'E0000133',
    status: 429,
    summary: 'A phone call was recently made. Please wait 30 seconds before trying again.',
  })
  expect(findNewerCode('E0000047')).toBeUndefined()
  expect(findNewerCode('E0000113')).toBeUndefined()
  expect(findNewerCode('E9999999')).toBeUndefined()
})
