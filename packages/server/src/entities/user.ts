// What is a user, as the org keeps it?
import type { Collection } from '../state/state.ts'

/** Okta's user statuses. */
export type UserStatus =
  | 'STAGED'
  | 'PROVISIONED'
  | 'ACTIVE'
  | 'RECOVERY'
  | 'PASSWORD_EXPIRED'
  | 'LOCKED_OUT'
  | 'SUSPENDED'
  | 'DEPROVISIONED'

/** A secret that is kept only as a derived key. */
export interface Hashed {
  /** base64url */
  salt: string
  key: string
  /** The scrypt work factor N it was made with. */
  cost: number
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
  password?: Hashed
  /** Keys of earlier passwords, newest first. */
  earlierPasswords?: readonly Hashed[]
  recoveryQuestion?: { question: string; answer: Hashed }
  provider: Provider
  /** The key under which an activation or recovery token of this user is found. */
  recoveryTokenKey?: string
  failedLogins?: number
  lockedAt?: number
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.toLowerCase() : undefined

/** All users. `login` is unique without regard to case. */
export const users: Collection<User> = {
  name: 'user',
  unique: (user) => [`login:${String(user.profile.login).toLowerCase()}`],
  indexes: {
    status: (user) => user.status,
    login: (user) => text(user.profile.login),
    email: (user) => text(user.profile.email),
    firstName: (user) => text(user.profile.firstName),
    lastName: (user) => text(user.profile.lastName),
    employeeNumber: (user) => text(user.profile.employeeNumber),
    department: (user) => text(user.profile.department),
    type: (user) => user.typeId,
    recoveryToken: (user) => user.recoveryTokenKey,
  },
}
