// How are passwords and answers kept? As scrypt keys with a salt of their own; compared in constant time.
import { type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import type { Hashed } from './entities/user.ts'
import { hasLoneOrWide } from './fields.ts'
import type { Random } from './ids.ts'

const KEY_LENGTH = 32

function derive(secret: string, salt: Buffer, cost: number): Promise<Buffer> {
  const options: ScryptOptions = { N: cost, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
  return new Promise((resolve, reject) => {
    scrypt(secret.normalize('NFC'), salt, KEY_LENGTH, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/** Derives what is kept of a secret. `cost` is scrypt's N, a power of two above 1. */
export async function hashSecret(secret: string, cost: number, random: Random): Promise<Hashed> {
  const salt = Buffer.from(random(16))
  const key = await derive(secret, salt, cost)
  return { salt: salt.toString('base64url'), key: key.toString('base64url'), cost }
}

/** Is this the secret? Takes as long for a wrong one. */
export async function isSecret(secret: string, kept: Hashed): Promise<boolean> {
  const key = await derive(secret, Buffer.from(kept.salt, 'base64url'), kept.cost)
  return timingSafeEqual(key, Buffer.from(kept.key, 'base64url'))
}

/** Secrets that are worth comparing: Okta's stores take no wide characters, and long ones are not worth deriving. */
export function isComparable(secret: string): boolean {
  return secret.length <= 256 && !hasLoneOrWide(secret)
}
