// Is a password good enough? Length, kinds of characters, no parts of the login or the name, none of the last ones, and
// not too soon after the one before.
import { createHash, pbkdf2, timingSafeEqual } from 'node:crypto'
import type { ImportedHash, User } from './entities/user.ts'
import { hasLoneOrWide, type JsonObject } from './fields.ts'
import { isSecret } from './passwords.ts'

/** What a password policy demands. What is left out is as in Okta's default policy. */
export interface PasswordDemands {
  minLength: number
  /** How many earlier passwords may not be used again. */
  history: number
  lowerCase?: boolean
  upperCase?: boolean
  number?: boolean
  symbol?: boolean
  excludeUsername?: boolean
  /** Attributes of the profile whose value must not be in the password. */
  excludeAttributes?: readonly string[]
  /** How often a character may stand beside itself. */
  maxConsecutive?: number | undefined
  /** Minutes that a password has to be kept. */
  minAgeMinutes?: number
}

// Okta's own limit; scrypt would take more.
const LONGEST = 72

const attributeNames: Readonly<Record<string, string>> = { firstName: 'first name', lastName: 'last name' }

/** The policy in the sentences that Okta shows with every refusal. */
export function requirementsOf(policy: PasswordDemands): string {
  const { minLength, history, maxConsecutive, minAgeMinutes = 0 } = policy
  const parts = [`at least ${minLength} characters`]
  if (policy.lowerCase !== false) parts.push('a lowercase letter')
  if (policy.upperCase !== false) parts.push('an uppercase letter')
  if (policy.number !== false) parts.push('a number')
  if (policy.symbol) parts.push('a symbol')
  if (policy.excludeUsername !== false) parts.push('no parts of your username')
  for (const name of policy.excludeAttributes ?? []) {
    parts.push(`does not include your ${attributeNames[name] ?? name}`)
  }
  // This one nobody has shown. (inferred)
  if (maxConsecutive !== undefined) parts.push(`no more than ${maxConsecutive} consecutive repeating characters`)
  const sentences = [`${parts.join(', ')}.`]
  if (history > 0) sentences.push(`Your password cannot be any of your last ${history} passwords.`)
  if (minAgeMinutes > 0) {
    sentences.push(`At least ${ageInWords(minAgeMinutes)} must have elapsed since you last changed your password.`)
  }
  return sentences.join(' ')
}

function ageInWords(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440} day(s)`
  return minutes % 60 === 0 ? `${minutes / 60} hour(s)` : `${minutes} minute(s)`
}

/** Does this password meet the policy, its history and age aside? */
export function meetsPolicy(policy: PasswordDemands, password: string, profile: JsonObject): boolean {
  if (password.length < policy.minLength || password.length > LONGEST || hasLoneOrWide(password)) return false
  if (policy.lowerCase !== false && !/\p{Ll}/u.test(password)) return false
  if (policy.upperCase !== false && !/\p{Lu}/u.test(password)) return false
  if (policy.number !== false && !/\d/.test(password)) return false
  if (policy.symbol && !/[^\p{L}\p{N}]/u.test(password)) return false
  if (policy.maxConsecutive !== undefined && longestRun(password) > policy.maxConsecutive) return false
  const lower = password.toLowerCase()
  if (policy.excludeUsername !== false && partsOf(profile.login).some((part) => lower.includes(part))) return false
  return !(policy.excludeAttributes ?? []).some((name) => {
    const value = Object.hasOwn(profile, name) ? profile[name] : undefined
    return typeof value === 'string' && value.length >= SHORTEST_NAME && lower.includes(value.toLowerCase())
  })
}

// Shorter ones would forbid too much. (inferred)
const SHORTEST_PART = 4
const SHORTEST_NAME = 3

// Parts as Okta cuts them.
function partsOf(login: unknown): string[] {
  const parts = String(login ?? '')
    .toLowerCase()
    .split(/[.,\-_#@]/)
  return parts.filter((part) => part.length >= SHORTEST_PART)
}

function longestRun(text: string): number {
  let longest = 0
  let run = 0
  for (let i = 0; i < text.length; i++) {
    run = text[i] === text[i - 1] ? run + 1 : 1
    longest = Math.max(longest, run)
  }
  return longest
}

/** Is it the present password or one of those before? */
export async function wasUsedBefore(
  policy: Pick<PasswordDemands, 'history'>,
  user: User,
  password: string,
): Promise<boolean> {
  if (policy.history > 0 && user.importedHash && (await matchesImported(user.importedHash, password))) return true
  const kept = [...(user.password ? [user.password] : []), ...(user.earlierPasswords ?? [])].slice(0, policy.history)
  for (const key of kept) if (await isSecret(password, key)) return true
  return false
}

/** Was the password set so lately that it has to be kept for a while? */
export function isTooYoung(policy: Pick<PasswordDemands, 'minAgeMinutes'>, user: User, now: number): boolean {
  const { minAgeMinutes = 0 } = policy
  return (
    minAgeMinutes > 0 && user.passwordChangedAt !== undefined && now - user.passwordChangedAt < minAgeMinutes * 60_000
  )
}

/** Is it the user's password? Also for hashes that came from another system. */
export async function isPasswordOf(user: User, password: string): Promise<boolean> {
  if (user.password) return await isSecret(password, user.password)
  return user.importedHash !== undefined && (await matchesImported(user.importedHash, password))
}

async function matchesImported(hash: ImportedHash, password: string): Promise<boolean> {
  if (hash.algorithm === 'HOOK') return false
  if (hash.algorithm === 'BCRYPT') {
    // Loaded for the users that bring such a hash.
    const { compare } = await import('bcryptjs')
    return await compare(password, `$2b$${String(hash.workFactor).padStart(2, '0')}$${hash.salt}${hash.value}`)
  }
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
