import { expect, test } from 'vitest'
import { createTokenHashes, hashToken } from './token-hash.ts'

test('a remembered hash is the hash, however many values come in between', () => {
  const hashOf = createTokenHashes(2)
  const values = ['00a', '00b', '00a', '00c', '00d', '00e', '00a', `00${'x'.repeat(200)}`, '00a', '']
  expect(values.map(hashOf)).toEqual(values.map(hashToken))
  expect(values.map(hashOf)).toEqual(values.map(hashToken))
})
