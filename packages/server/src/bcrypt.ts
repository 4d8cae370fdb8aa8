// Is this the password of a bcrypt hash that another system made? Blowfish with an expensive key schedule; node:crypto
// has neither. (Provos and Mazieres, A Future-Adaptable Password Scheme, 1999)
import { timingSafeEqual } from 'node:crypto'

/** What a bcrypt hash is made of: `$2b$10$` + salt + value, taken apart. */
export interface BcryptHash {
  /** The logarithm of the number of rounds. */
  workFactor: number
  /** 22 characters. */
  salt: string
  /** 31 characters. */
  value: string
}

const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Is this text in bcrypt's own base64? */
export function isRadix64(text: string): boolean {
  return /^[./A-Za-z0-9]*$/.test(text)
}

function readRadix64(text: string): Buffer {
  const standard = Array.from(text, (character) => STANDARD[ALPHABET.indexOf(character)] ?? '').join('')
  return Buffer.from(standard, 'base64')
}

// The first words of the fraction of pi: Blowfish's tables hold nothing else. By Machin's formula they take 10 ms, once,
// and only where somebody imports such a hash.
const WORDS = 18 + 4 * 256

function piWords(): Uint32Array {
  const guard = 64n
  const bits = BigInt(WORDS * 32)
  const one = 1n << (bits + guard)
  const arctanOfInverse = (x: bigint): bigint => {
    let power = one / x
    let sum = power
    const square = x * x
    for (let n = 3n, sign = -1n; power > 0n; n += 2n, sign = -sign) {
      power /= square
      sum += (sign * power) / n
    }
    return sum
  }
  const pi = 4n * (4n * arctanOfInverse(5n) - arctanOfInverse(239n))
  const fraction = ((pi - 3n * one) >> guard).toString(16).padStart(WORDS * 8, '0')
  return Uint32Array.from({ length: WORDS }, (_, i) => Number.parseInt(fraction.slice(i * 8, i * 8 + 8), 16))
}

let tables: Uint32Array | undefined

/** Blowfish's state: the 18 words of the key schedule, then the four boxes. */
type Blowfish = Uint32Array

// Encrypts the two words at `at`, in place.
function encipher(state: Blowfish, words: Uint32Array, at: number): void {
  let left = words[at]! ^ state[0]!
  let right = words[at + 1]!
  for (let round = 1; round <= 16; round += 2) {
    right ^= state[round]! ^ mix(state, left)
    left ^= state[round + 1]! ^ mix(state, right)
  }
  words[at] = right ^ state[17]!
  words[at + 1] = left
}

function mix(state: Blowfish, word: number): number {
  const high = (state[18 + (word >>> 24)]! + state[274 + ((word >>> 16) & 255)]!) | 0
  return ((high ^ state[530 + ((word >>> 8) & 255)]!) + state[786 + (word & 255)]!) | 0
}

/** The words of endless repetitions of some bytes. */
function wordsOf(bytes: Uint8Array, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, word) => {
    let value = 0
    for (let i = 0; i < 4; i++) value = (value << 8) | bytes[(word * 4 + i) % bytes.length]!
    return value
  })
}

// `salt` has four words, or is undefined for the rounds without one.
function expandKey(state: Blowfish, key: Uint32Array, salt: Uint32Array | undefined): void {
  for (let i = 0; i < 18; i++) state[i]! ^= key[i]!
  const pair = new Uint32Array(2)
  for (let i = 0; i < WORDS; i += 2) {
    if (salt) {
      pair[0]! ^= salt[i % 4]!
      pair[1]! ^= salt[(i + 1) % 4]!
    }
    encipher(state, pair, 0)
    state[i] = pair[0]!
    state[i + 1] = pair[1]!
  }
}

// A few milliseconds of work; then others get their turn.
const ROUNDS_AT_ONCE = 16

/** Compares; the work grows with the hash's work factor, and other requests go on meanwhile. */
export async function matchesBcrypt(hash: BcryptHash, password: string): Promise<boolean> {
  const wanted = readRadix64(hash.value)
  const saltBytes = readRadix64(hash.salt)
  if (wanted.length !== 23 || saltBytes.length !== 16) return false
  tables ??= piWords()
  const state = tables.slice()
  const key = wordsOf(Buffer.concat([Buffer.from(password), Buffer.of(0)]).subarray(0, 72), 18)
  const salt = wordsOf(saltBytes, 4)
  const saltKey = wordsOf(saltBytes, 18)
  expandKey(state, key, salt)
  const rounds = 2 ** hash.workFactor
  for (let round = 0; round < rounds; round++) {
    expandKey(state, key, undefined)
    expandKey(state, saltKey, undefined)
    if (round % ROUNDS_AT_ONCE === ROUNDS_AT_ONCE - 1) await new Promise(setImmediate)
  }
  const words = wordsOf(Buffer.from('OrpheanBeholderScryDoubt'), 6)
  for (let i = 0; i < 6; i += 2) for (let time = 0; time < 64; time++) encipher(state, words, i)
  const found = Buffer.alloc(24)
  for (let i = 0; i < 6; i++) found.writeUInt32BE(words[i]!, i * 4)
  return timingSafeEqual(found.subarray(0, 23), wanted)
}
