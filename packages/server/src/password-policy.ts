// Is a password good enough? Length, kinds of characters, no parts of the login (the default policy of Okta), and
// none of the last ones.
import { createHash, pbkdf2, timingSafeEqual } from 'node:crypto'
import type { ImportedHash, User } from './entities/user.ts'
import { hasLoneOrWide } from './fields.ts'
import { isSecret } from './passwords.ts'
import type { Settings } from './settings.ts'

type Policy = Pick<Settings['passwordPolicy'], 'minLength' | 'history'>

// Okta's own limit; scrypt would take more.
const LONGEST = 72

/** The policy in the sentence that Okta shows with every refusal. */
export function requirementsOf(policy: Policy): string {
  const parts = [
    `at least ${policy.minLength} characters`,
    'a lowercase letter',
    'an uppercase letter',
    'a number',
    'no parts of your username',
  ]
  const history = policy.history > 0 ? ` Your password cannot be any of your last ${policy.history} passwords.` : ''
  return `${parts.join(', ')}.${history}`
}

/** Does this password meet the policy, its history aside? */
export function meetsPolicy(policy: Policy, password: string, login: string): boolean {
  if (password.length < policy.minLength || password.length > LONGEST || hasLoneOrWide(password)) return false
  if (!/\p{Ll}/u.test(password) || !/\p{Lu}/u.test(password) || !/\d/.test(password)) return false
  const lower = password.toLowerCase()
  // Parts as Okta cuts them; short ones would forbid too much.
  return !login
    .toLowerCase()
    .split(/[.,\-_#@]/)
    .some((part) => part.length >= 4 && lower.includes(part))
}

/** Is it the present password or one of those before? */
export async function wasUsedBefore(policy: Policy, user: User, password: string): Promise<boolean> {
  const kept = [...(user.password ? [user.password] : []), ...(user.earlierPasswords ?? [])].slice(0, policy.history)
  for (const key of kept) if (await isSecret(password, key)) return true
  return false
}

/** Is it the user's password? Also for hashes that came from another system. */
export async function isPasswordOf(user: User, password: string): Promise<boolean> {
  if (user.password) return await isSecret(password, user.password)
  return user.importedHash !== undefined && (await matchesImported(user.importedHash, password))
}

async function matchesImported(hash: ImportedHash, password: string): Promise<boolean> {
  const wanted = Buffer.from(hash.value, 'base64')
  const salt = Buffer.from(hash.salt ?? '', 'base64')
  const found = hash.algorithm === 'PBKDF2' ? await derive(hash, salt, password) : digest(hash, salt, password)
  return found.length === wanted.length && timingSafeEqual(found, wanted)
}

function digest(hash: ImportedHash, salt: Buffer, password: string): Buffer {
  const name = hash.algorithm.replace('-', '').toLowerCase()
  const parts = hash.saltOrder === 'POSTFIX' ? [Buffer.from(password), salt] : [salt, Buffer.from(password)]
  return createHash(name).update(Buffer.concat(parts)).digest()
}

function derive(hash: ImportedHash, salt: Buffer, password: string): Promise<Buffer> {
  const name = hash.digestAlgorithm === 'SHA512_HMAC' ? 'sha512' : 'sha256'
  return new Promise((resolve, reject) => {
    pbkdf2(password, salt, hash.iterationCount ?? 4096, hash.keySize ?? 32, name, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
