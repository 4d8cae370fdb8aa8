// What does a user look like in a list? Several resources list users: users themselves, members of groups.
import { isoDate } from '../clock.ts'
import type { User } from '../entities/user.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'

/** A user as Okta shows it in lists: like a single user, but with no link except `self` (recorded). */
export function showUserInList(org: Org, { id, value }: Stored<User>): Record<string, unknown> {
  const shown = showUserFacts(id, value)
  shown._links = { self: { href: `${org.baseUrl}/api/v1/users/${id}` } }
  return shown
}

/** All of a user but its links, which depend on where it is shown. */
export function showUserFacts(id: string, value: User): Record<string, unknown> {
  // What is undefined is not written. Spreads in the middle would make all that follows them slow to set.
  return {
    id,
    status: value.status,
    transitioningToStatus: value.transitioningTo,
    created: isoDate(value.createdAt),
    activated: momentOf(value.activatedAt),
    statusChanged: momentOf(value.statusChangedAt),
    lastLogin: momentOf(value.lastLoginAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    passwordChanged: momentOf(value.passwordChangedAt),
    type: { id: value.typeId },
    realmId: value.realmId,
    profile: value.profile,
    credentials: {
      // The secrets stay inside: an empty object says that there is a password.
      password: value.password || value.importedHash ? {} : undefined,
      recovery_question: value.recoveryQuestion && { question: value.recoveryQuestion.question },
      provider: { type: value.provider.type, name: value.provider.name },
    },
  }
}

const momentOf = (ms: number | undefined): string | null => (ms === undefined ? null : isoDate(ms))
