// Which password hashes of other systems can be imported? The formats that Okta's own description names.
import { E0000003 } from '@errorg/errors/codes'
import type { ImportedHash } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import type { JsonObject } from '../../fields.ts'
import type { UserFault } from './rules.ts'

const algorithms = ['BCRYPT', 'SHA-512', 'SHA-256', 'SHA-1', 'MD5', 'PBKDF2'] as const
const saltOrders = ['PREFIX', 'POSTFIX'] as const
const keyedDigests = ['SHA256_HMAC', 'SHA512_HMAC'] as const

/** Binds a hash; E0000003 where a member cannot be held at all: unknown words, text for a number, a number too great. */
export function bindHash(hash: JsonObject): ImportedHash {
  return {
    algorithm: wordOf(algorithms, hash.algorithm) ?? fail(E0000003, 'body-unreadable-shape'),
    value: textOf(hash.value) ?? '',
    salt: textOf(hash.salt),
    saltOrder: wordOf(saltOrders, hash.saltOrder),
    workFactor: numberOf(hash.workFactor),
    iterationCount: numberOf(hash.iterationCount),
    keySize: numberOf(hash.keySize),
    digestAlgorithm: wordOf(keyedDigests, hash.digestAlgorithm),
  }
}

const isAbsent = (value: unknown): value is undefined | null => value === undefined || value === null

function wordOf<T extends string>(words: readonly T[], value: unknown): T | undefined {
  if (isAbsent(value)) return undefined
  return words.find((word) => word === value) ?? fail(E0000003, 'body-unreadable-shape')
}

function textOf(value: unknown): string | undefined {
  if (isAbsent(value)) return undefined
  return typeof value === 'string' ? value : fail(E0000003, 'body-unreadable-shape')
}

// What Okta binds to 32 bits.
const GREATEST = 2 ** 31 - 1

function numberOf(value: unknown): number | undefined {
  if (isAbsent(value)) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= GREATEST) return value
  return fail(E0000003, 'body-unreadable-shape')
}

const digestBytes = { 'SHA-512': 64, 'SHA-256': 32, 'SHA-1': 20, MD5: 16 } as const

// Bounded, because the work is done at a sign-in.
const MOST_ITERATIONS = 1_000_000
const LONGEST_KEY = 512
const LONGEST_SALT = 1024

/** Everything that is wrong with a hash that was bound (the texts are inferred, what is asked for is documented). */
export function hashFaults(hash: ImportedHash): UserFault[] {
  const { algorithm, value, salt, saltOrder, workFactor, iterationCount, keySize, digestAlgorithm } = hash
  const faults: UserFault[] = []
  const missing = (field: string) =>
    faults.push({ cause: 'required-field-missing', field, says: `${field}: The field cannot be left blank` })
  const invalid = (field: string, says: string) =>
    faults.push({ cause: 'value-invalid', field, says: `${field}: ${says}` })
  const within = (field: string, number: number | undefined, least: number, most: number) => {
    if (number === undefined) missing(field)
    else if (number < least || number > most) invalid(field, `must be between ${least} and ${most}`)
  }
  const radix64 = (field: string, text: string | undefined, length: number) => {
    if (!text) missing(field)
    else if (text.length !== length || !/^[./A-Za-z0-9]*$/.test(text))
      invalid(field, `must be ${length} characters of Radix-64`)
  }
  const base64 = (field: string, text: string, bytes?: number) => {
    const length = bytesOfBase64(text)
    if (length === undefined || length > LONGEST_SALT) invalid(field, 'must be Base64')
    else if (bytes !== undefined && length !== bytes) invalid(field, `must be the Base64 of ${bytes} bytes`)
  }
  if (algorithm === 'HOOK') {
    // The type of the hook (documented: "Currently, must be set to default").
    if (value !== 'default') invalid('hook', 'The type must be default')
    return faults
  }
  if (algorithm === 'BCRYPT') {
    radix64('value', value, 31)
    radix64('salt', salt, 22)
    within('workFactor', workFactor, 1, 20)
    return faults
  }
  const isKey = algorithm === 'PBKDF2'
  if (value === '') missing('value')
  else base64('value', value, isKey ? keySize : digestBytes[algorithm])
  if (salt) base64('salt', salt)
  if (isKey) {
    if (!salt) missing('salt')
    within('iterationCount', iterationCount, 4096, MOST_ITERATIONS)
    within('keySize', keySize, 1, LONGEST_KEY)
    if (!digestAlgorithm) missing('digestAlgorithm')
  } else if (salt && !saltOrder) missing('saltOrder')
  return faults
}

/** How many bytes some Base64 stands for; undefined for other text. The filling may be left out. */
function bytesOfBase64(text: string): number | undefined {
  const bare = text.replace(/={1,2}$/, '')
  return /^[A-Za-z0-9+/]*$/.test(bare) && bare.length % 4 !== 1 ? Math.floor((bare.length * 3) / 4) : undefined
}
