import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hashSecret, isSecret } from './passwords.ts'

describe('a kept secret', () => {
  it('is known again, and only it', async () => {
    const kept = await hashSecret('Correct-Horse-9', 2, randomBytes)
    expect(await isSecret('Correct-Horse-9', kept)).toBe(true)
    for (const wrong of ['', 'correct-horse-9', 'Correct-Horse-9 ', 'Correct-Horse-', '\0Correct-Horse-9']) {
      expect(await isSecret(wrong, kept)).toBe(false)
    }
  })

  it('is not in what is kept, and looks different each time', async () => {
    const [a, b] = [
      await hashSecret('Correct-Horse-9', 2, randomBytes),
      await hashSecret('Correct-Horse-9', 2, randomBytes),
    ]
    expect(JSON.stringify(a)).not.toContain('Horse')
    expect(a.salt).not.toBe(b.salt)
    expect(a.key).not.toBe(b.key)
  })

  it('is the same however its accents were typed', async () => {
    const kept = await hashSecret('Caf\u00e9-1843-x', 2, randomBytes)
    expect(await isSecret('Cafe\u0301-1843-x', kept)).toBe(true)
  })

  it('brings its own cost, so that the org may change its mind', async () => {
    const kept = await hashSecret('Correct-Horse-9', 4, () => Buffer.alloc(16))
    expect(kept.cost).toBe(4)
    expect(await isSecret('Correct-Horse-9', kept)).toBe(true)
    expect(await isSecret('Correct-Horse-9', { ...kept, cost: 8 })).toBe(false)
  })
})
