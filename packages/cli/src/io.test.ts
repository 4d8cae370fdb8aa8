import { expect, it } from 'vitest'
import { whyUnreadable } from './io.ts'

it.each([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'EACCES: denied'],
])('a file that cannot be read for %s: %s', (code, why) => {
  expect(whyUnreadable(Object.assign(new Error(`${code}: denied`), { code }))).toBe(why)
})
