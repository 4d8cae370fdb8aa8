import { createHash, pbkdf2Sync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ImportedHash, User } from './entities/user.ts'
import { isPasswordOf, meetsPolicy, type PasswordDemands, requirementsOf } from './password-policy.ts'

const policy = { minLength: 8, history: 4 }
const strict = { symbol: true, excludeAttributes: ['firstName', 'lastName'] }

describe('the policy', () => {
  test.each([
    ['Correct-Horse-9', true],
    ['aB345678', true],
    ['aB34567', false],
    ['ab345678', false],
    ['AB345678', false],
    ['aBcdefgh', false],
    ['aB3-Lovelace-x', false],
    ['aB3-LOVELACE-x', false],
    ['aB3-com-ada-x', true],
    [`aB3${'x'.repeat(70)}`, false],
    ['aB345678\u0000', false],
    ['aB345678😀', false],
  ])('%j', (password, good) => {
    expect(meetsPolicy(policy, password, { login: 'ada.lovelace@math.com', firstName: 'Ada' })).toBe(good)
  })

  test('says the length and the history that are set', () => {
    expect(requirementsOf({ ...policy, minLength: 12 })).toContain('at least 12 characters')
    expect(requirementsOf({ ...policy, history: 0 })).not.toContain('last')
  })

  test.each<[Partial<PasswordDemands>, string, boolean]>([
    [{ symbol: true }, 'aB345678', false],
    [{ symbol: true }, 'aB34567!', true],
    [{ lowerCase: false }, 'AB345678', true],
    [{ upperCase: false }, 'ab345678', true],
    [{ number: false }, 'aBcdefgh', true],
    [{ excludeUsername: false }, 'aB3-Lovelace-x', true],
    [{ excludeAttributes: ['firstName'] }, 'Augusta-1815', false],
    [{ excludeAttributes: ['firstName'] }, 'my-auGUSta-9', false],
    [{ excludeAttributes: ['lastName'] }, 'Augusta-1815', true],
    [{ excludeAttributes: ['lastName'] }, 'aB3-king-x', false],
    [{ excludeAttributes: ['toString', '__proto__'] }, 'Augusta-1815', true],
    [{ maxConsecutive: 2 }, 'aaB34567', true],
    [{ maxConsecutive: 2 }, 'aaaB34567', false],
  ])('%j: %s', (demands, password, good) => {
    const profile = { login: 'ada.lovelace@math.com', firstName: 'Augusta', lastName: 'King' }
    expect(meetsPolicy({ ...policy, ...demands }, password, profile)).toBe(good)
  })

  // Okta's sentences, as its sign-in widget has them.
  test('says what it demands, in the words and order of Okta', () => {
    expect(requirementsOf({ ...policy, ...strict, minAgeMinutes: 120 })).toBe(
      'at least 8 characters, a lowercase letter, an uppercase letter, a number, a symbol, no parts of your username, ' +
        'does not include your first name, does not include your last name. Your password cannot be any of your last ' +
        '4 passwords. At least 2 hour(s) must have elapsed since you last changed your password.',
    )
    const bare = { lowerCase: false, upperCase: false, number: false, excludeUsername: false, history: 0 }
    expect(requirementsOf({ ...policy, ...bare, minAgeMinutes: 10 })).toBe(
      'at least 8 characters. At least 10 minute(s) must have elapsed since you last changed your password.',
    )
    expect(requirementsOf({ ...policy, ...bare, minAgeMinutes: 2880 })).toContain('At least 2 day(s) must')
  })

  test('no text breaks it', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        (password, login) => typeof meetsPolicy({ ...policy, ...strict }, password, { login }) === 'boolean',
      ),
    )
  })
})

describe('imported hashes', () => {
  const user = (importedHash: ImportedHash) => ({ importedHash }) as User
  const salt = Buffer.from('salz')

  test.each(['SHA-512', 'SHA-256', 'SHA-1', 'MD5'] as const)(
    '%s, salted before, after and not at all',
    async (algorithm) => {
      const digest = (...parts: Buffer[]) =>
        createHash(algorithm.replace('-', '').toLowerCase()).update(Buffer.concat(parts)).digest('base64')
      const secret = Buffer.from('Correct-Horse-9')
      const kept: ImportedHash[] = [
        { algorithm, value: digest(secret) },
        { algorithm, value: digest(salt, secret), salt: salt.toString('base64'), saltOrder: 'PREFIX' },
        { algorithm, value: digest(secret, salt), salt: salt.toString('base64'), saltOrder: 'POSTFIX' },
      ]
      for (const hash of kept) {
        expect(await isPasswordOf(user(hash), 'Correct-Horse-9')).toBe(true)
        expect(await isPasswordOf(user(hash), 'correct-horse-9')).toBe(false)
      }
    },
  )

  test('PBKDF2', async () => {
    const value = pbkdf2Sync('Correct-Horse-9', salt, 4096, 32, 'sha512').toString('base64')
    const hash: ImportedHash = {
      algorithm: 'PBKDF2',
      value,
      salt: salt.toString('base64'),
      iterationCount: 4096,
      keySize: 32,
      digestAlgorithm: 'SHA512_HMAC',
    }
    expect(await isPasswordOf(user(hash), 'Correct-Horse-9')).toBe(true)
    expect(await isPasswordOf(user({ ...hash, digestAlgorithm: 'SHA256_HMAC' }), 'Correct-Horse-9')).toBe(false)
  })

  test('BCRYPT', async () => {
    const [salt, value] = ['abcdefghijklmnopqrstuu', 'L14P8YbLAn0JkPxtgtQFRlH3V5k9ZVC']
    const hash: ImportedHash = { algorithm: 'BCRYPT', workFactor: 4, salt, value }
    expect(await isPasswordOf(user(hash), 'Correct-Horse-9')).toBe(true)
    expect(await isPasswordOf(user(hash), 'correct-horse-9')).toBe(false)
  })

  test('no password, no match', async () => {
    expect(await isPasswordOf({} as User, '')).toBe(false)
    expect(await isPasswordOf(user({ algorithm: 'MD5', value: '' }), 'x')).toBe(false)
  })
})
