import { describe, expect, test } from 'vitest'
import { type BcryptHash, isRadix64, matchesBcrypt } from './bcrypt.ts'

const hashOf = (text: string): BcryptHash => {
  const [, , workFactor, rest] = text.split('$') as [string, string, string, string]
  return { workFactor: Number(workFactor), salt: rest.slice(0, 22), value: rest.slice(22) }
}

// Known answers: those of Openwall's crypt_blowfish, and some that libxcrypt made.
const known: readonly (readonly [string, string])[] = [
  ['U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['Correct-Horse-9', '$2b$04$abcdefghijklmnopqrstuuL14P8YbLAn0JkPxtgtQFRlH3V5k9ZVC'],
  ['pässwörd-ß', '$2b$06$abcdefghijklmnopqrstuuKdcW5fTZ616xloivBdckvc3ynvrA7V.'],
  ['U*U*', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK'],
  ['U*U*U', '$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a'],
  ['', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy'],
]

describe('bcrypt', () => {
  test.each(known)('%j', async (password, text) => {
    expect(await matchesBcrypt(hashOf(text), password)).toBe(true)
    expect(await matchesBcrypt(hashOf(text), `${password}x`)).toBe(false)
  })

  test('only the first 72 bytes count', async () => {
    const hash = hashOf('$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i')
    expect(await matchesBcrypt(hash, 'x'.repeat(100))).toBe(true)
    expect(await matchesBcrypt(hash, 'x'.repeat(72))).toBe(true)
    expect(await matchesBcrypt(hash, 'x'.repeat(71))).toBe(false)
  })

  test('others get their turn meanwhile', async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 0)
    await matchesBcrypt(hashOf('$2b$08$abcdefghijklmnopqrstuu6HCkuoHyKCAj/GTnHQaomnkOwhLo8py'), 'x')
    clearInterval(timer)
    expect(turns).toBeGreaterThan(3)
  })

  test('what is no hash matches nothing', async () => {
    expect(await matchesBcrypt({ workFactor: 4, salt: 'short', value: 'short' }, '')).toBe(false)
    expect(isRadix64('a/.Z9')).toBe(true)
    expect(isRadix64('a+b')).toBe(false)
  })
})
