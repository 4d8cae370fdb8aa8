import { expect, it } from 'vitest'
import { holdsAddress } from './address-range.ts'

it.each([
  ['203.0.113.0/24', '203.0.113.7', true],
  ['203.0.113.0/24', '203.0.114.7', false],
  ['203.0.113.9/30', '203.0.113.8', true],
  ['203.0.113.7', '203.0.113.7', true],
  ['203.0.113.7/32', '203.0.113.8', false],
  ['0.0.0.0/0', '255.255.255.255', true],
  ['203.0.113.1-203.0.113.9', '203.0.113.9', true],
  ['203.0.113.1-203.0.113.9', '203.0.113.10', false],
  ['2001:DB8::1', '2001:db8::1', true],
  ['203.0.113.0/99', '203.0.113.0', false],
  ['somewhere', '203.0.113.0', false],
])('%s and %s: %s', (range, address, held) => {
  expect(holdsAddress(range, address)).toBe(held)
})
