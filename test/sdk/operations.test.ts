// How many operations of the official SDK are proven to work? Counted from the lists that the tests compare with their calls.
import { expect, test } from 'vitest'
import { operations } from './operations.ts'

/** Raise it when rooms come along, never lower it. */
const OPERATIONS = 500

test('the official SDK works on as many operations as before', () => {
  const all = new Set(Object.values(operations).flat())
  console.log(`official Node SDK: ${all.size} operations`)
  expect(all.size).toBeGreaterThanOrEqual(OPERATIONS)
})
