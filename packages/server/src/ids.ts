// How do things in the org get their names? Okta's shapes: a prefix of three, 17 characters that only grow, the
// last ones a suffix that all ids of one org share.
import { randomBytes } from 'node:crypto'

/** Gives `size` random bytes; injected so that a test can repeat itself. */
export type Random = (size: number) => Buffer

/** The names that one org gives. */
export interface Ids {
  /** The suffix that this org's ids end with. */
  readonly suffix: string
  /** `next('00u')` is the next user id; ids of one org sort in the order in which they were given. */
  next(prefix: string): string
  /** Did this org give this id, or could it have? Used for cursors. */
  couldBe(prefix: string, id: string): boolean
  /** `oae` and 22 characters, as every genuine Okta error has. */
  errorId(): string
  /** 32 hex digits, as in `x-okta-request-id`. */
  requestId(): string
  /** A value that nobody can guess, from the characters of Okta's tokens. */
  secret(length: number): string
  snapshot(): number
  restore(counter: number): void
}

// In the order of their character codes, so that comparing ids as text gives the order of creation.
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BODY = 14
const POOL = 4096

/** Makes the names of one org. */
export function createIds(random: Random = randomBytes, suffix?: string): Ids {
  let pool: Buffer = Buffer.alloc(0)
  let used = 0
  /** Where in the pool that many unused bytes begin. A Buffer of their own for each id would cost more than its text. */
  const take = (size: number): number => {
    if (used + size > pool.length) {
      pool = random(Math.max(POOL, size))
      used = 0
    }
    used += size
    return used - size
  }
  const randomText = (encoding: 'hex' | 'base64url', size: number): string => {
    const from = take(size)
    return pool.toString(encoding, from, from + size)
  }
  const secret = (length: number): string => {
    let text = ''
    while (text.length < length) {
      const from = take(length)
      for (const byte of pool.subarray(from, from + length)) {
        // 248 is the largest multiple of 62 in a byte: above it some characters would come up more often.
        if (byte < 248 && text.length < length) text += DIGITS[byte % 62]
      }
    }
    return text
  }
  const own = suffix ?? secret(3)
  let counter = 0
  const body = (n: number): string => {
    let text = ''
    let rest = n
    for (let i = 0; i < BODY; i++) {
      text = DIGITS[rest % 62] + text
      rest = Math.floor(rest / 62)
    }
    return text
  }
  // Starts high enough that the body looks like a real one, and leaves room for pinned ids below.
  const first = 62 ** 7
  return {
    suffix: own,
    next(prefix) {
      counter += 1
      return prefix + body(first + counter) + own
    },
    couldBe: (prefix, id) =>
      id.length === prefix.length + BODY + own.length && id.startsWith(prefix) && id.endsWith(own),
    errorId: () => 'oae' + randomText('base64url', 16),
    requestId: () => randomText('hex', 16),
    secret,
    snapshot: () => counter,
    restore(value) {
      counter = value
    },
  }
}
