// What is a user, as the org keeps it?
import type { Collection } from '../state/state.ts'

/** Okta's user statuses. */
export const userStatuses = [
  'STAGED',
  'PROVISIONED',
  'ACTIVE',
  'RECOVERY',
  'PASSWORD_EXPIRED',
  'LOCKED_OUT',
  'SUSPENDED',
  'DEPROVISIONED',
] as const

/** One of Okta's user statuses. */
export type UserStatus = (typeof userStatuses)[number]

/** A secret that is kept only as a derived key. */
export interface Hashed {
  /** base64url */
  salt: string
  key: string
  /** The scrypt work factor N it was made with. */
  cost: number
}

/**
 * A password hash from another system, kept as it was sent until the first sign-in proves the password. `HOOK` is none:
 * a password import hook asks that system.
 */
export interface ImportedHash {
  algorithm: 'BCRYPT' | 'SHA-512' | 'SHA-256' | 'SHA-1' | 'MD5' | 'PBKDF2' | 'HOOK'
  /** base64, as the digest that it is compared with; for BCRYPT in that function's own base64, as the salt. */
  value: string
  salt?: string
  workFactor?: number
  saltOrder?: 'PREFIX' | 'POSTFIX'
  iterationCount?: number
  keySize?: number
  digestAlgorithm?: 'SHA256_HMAC' | 'SHA512_HMAC'
}

/** A one-time token that was mailed to a user or handed to the caller. Its value is not kept. */
export interface OneTimeToken {
  /** The hash of the value, by which the user is found (index `recoveryToken`). */
  key: string
  about: 'activation' | 'password-reset' | 'forgot-password' | 'unlock'
  expiresAt: number
}

/** Where the profile (and perhaps the password) of a user comes from. */
export interface Provider {
  type: 'OKTA' | 'ACTIVE_DIRECTORY' | 'LDAP' | 'FEDERATION' | 'SOCIAL' | 'IMPORT'
  name: string
}

/** A user. Moments are in ms since 1970. */
export interface User {
  status: UserStatus
  /** Set while an activation or deactivation is under way. */
  transitioningTo?: UserStatus
  createdAt: number
  activatedAt?: number
  statusChangedAt?: number
  lastLoginAt?: number
  lastUpdatedAt: number
  passwordChangedAt?: number
  /** Id of the user type. */
  typeId: string
  realmId: string
  profile: Readonly<Record<string, unknown>>
  /** Unique keys of the attributes that were declared unique. Only users with such an attribute have any. */
  uniqueKeys?: readonly string[]
  password?: Hashed
  /** Stands in for `password` until the first sign-in. */
  importedHash?: ImportedHash
  /** Keys of earlier passwords, newest first. */
  earlierPasswords?: readonly Hashed[]
  recoveryQuestion?: { question: string; answer: Hashed }
  provider: Provider
  oneTimeToken?: OneTimeToken
  failedLogins?: number
  lockedAt?: number
}

/** Does the org check this user's password itself? */
export function keepsPassword(user: User): boolean {
  return user.provider.type === 'OKTA' || user.provider.type === 'IMPORT'
}

/** Is there a password in the org? */
export function hasPassword(user: User): boolean {
  return user.password !== undefined || user.importedHash !== undefined
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.toLowerCase() : undefined

/** The unique key of a login. Case does not count, nor do diacritical marks (documented). */
export function loginKey(login: string): string {
  return `login:${/^[\x20-\x7e]*$/.test(login) ? login.toLowerCase() : login.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()}`
}

/** What stands before the @ of a login: enough to name a user, if nobody else's login begins the same. */
export function shortName(login: string): string {
  const at = login.indexOf('@')
  return (at === -1 ? login : login.slice(0, at)).toLowerCase()
}

/** All users. */
export const users: Collection<User> = {
  name: 'user',
  unique(user) {
    const login = loginKey(String(user.profile.login))
    return user.uniqueKeys ? [login, ...user.uniqueKeys] : [login]
  },
  indexes: {
    status: (user) => user.status,
    login: (user) => text(user.profile.login),
    shortName: (user) => shortName(String(user.profile.login)),
    email: (user) => text(user.profile.email),
    firstName: (user) => text(user.profile.firstName),
    lastName: (user) => text(user.profile.lastName),
    employeeNumber: (user) => text(user.profile.employeeNumber),
    department: (user) => text(user.profile.department),
    type: (user) => user.typeId,
    recoveryToken: (user) => user.oneTimeToken?.key,
  },
}
