// How are tokens kept? As a hash: looking one up tells nothing about other values.
import { hash } from 'node:crypto'

/** The hash under which a token's value is kept. */
export function hashToken(value: string): string {
  return hash('sha256', value, 'base64url')
}

/** Hashes values, and remembers the last ones: between `most` and twice as many. */
export function createTokenHashes(most = 1_000): (value: string) => string {
  let young = new Map<string, string>()
  let old = new Map<string, string>()
  return (value) => {
    const known = young.get(value)
    if (known !== undefined) return known
    const made = old.get(value) ?? hashToken(value)
    // No token is that long: what somebody sends in its place is not worth keeping.
    if (value.length > LONGEST) return made
    // What nobody sent while the younger ones became so many is forgotten.
    if (young.size >= most) {
      old = young
      young = new Map()
    }
    young.set(value, made)
    return made
  }
}

const LONGEST = 100
