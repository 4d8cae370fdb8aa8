// What changes with a user whose password is set?
import type { ImportedHash, User, UserStatus } from './entities/user.ts'
import type { Org } from './org.ts'
import { hashSecret } from './passwords.ts'

// The most that a policy's history can ask for.
const KEPT = 30

// Who was waiting for a password has one now.
const ends: ReadonlySet<UserStatus> = new Set(['PROVISIONED', 'RECOVERY', 'PASSWORD_EXPIRED'])

/** The user with a new password: the old one moves into the history, and what waited for a password is done. */
export async function withPassword(org: Org, user: User, password: string, now: number): Promise<User> {
  const key = await hashSecret(password, org.passwordCost, org.random)
  // An imported hash has done its duty: from now on the org keeps the password.
  const provider = user.provider.type === 'IMPORT' ? ({ type: 'OKTA', name: 'OKTA' } as const) : user.provider
  const earlierPasswords = historyOf(user)
  return settled({ ...user, provider, password: key, importedHash: undefined, earlierPasswords }, now)
}

/** The user with the hash of a password that another system knows. */
export function withImportedHash(user: User, hash: ImportedHash, now: number): User {
  const provider = { type: 'IMPORT', name: 'IMPORT' } as const
  return settled({ ...user, provider, password: undefined, importedHash: hash, earlierPasswords: historyOf(user) }, now)
}

function historyOf(user: User): User['earlierPasswords'] {
  const keys = [...(user.password ? [user.password] : []), ...(user.earlierPasswords ?? [])]
  return keys.length === 0 ? undefined : keys.slice(0, KEPT)
}

function settled(user: User, now: number): User {
  const done = ends.has(user.status)
  return {
    ...user,
    passwordChangedAt: now,
    lastUpdatedAt: now,
    status: done ? 'ACTIVE' : user.status,
    statusChangedAt: done ? now : user.statusChangedAt,
    oneTimeToken: undefined,
    failedLogins: undefined,
  }
}

/** The key of a recovery answer; case does not count. */
export function hashAnswer(org: Org, answer: string): ReturnType<typeof hashSecret> {
  return hashSecret(answer.toLowerCase(), org.passwordCost, org.random)
}
