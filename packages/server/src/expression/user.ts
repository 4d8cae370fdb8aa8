// What does a user look like to an expression?
import { isoDate } from '../clock.ts'
import { groups } from '../entities/group.ts'
import type { User } from '../entities/user.ts'
import type { Org } from '../org.ts'
import type { ScopeGroup } from './scope.ts'

/** What `user.getInternalProperty` answers: what Okta keeps of a user beside the profile (documented). */
export function internalProperties(id: string, user: User): Readonly<Record<string, unknown>> {
  const moment = (ms: number | undefined) => (ms === undefined ? null : isoDate(ms))
  return {
    id,
    status: user.status,
    created: moment(user.createdAt),
    activated: moment(user.activatedAt),
    lastUpdated: moment(user.lastUpdatedAt),
    lastLogin: moment(user.lastLoginAt),
    statusChanged: moment(user.statusChangedAt),
    passwordChanged: moment(user.passwordChangedAt),
  }
}

/** The groups that a user belongs to, as expressions ask for them. Somebody may be in thousands: ask only if needed. */
export async function groupsOf(org: Org, userId: string): Promise<ScopeGroup[]> {
  const rows = await Promise.all((await org.groupIdsOf(userId)).map((id) => org.state.load(groups, id)))
  return rows.flatMap((row) =>
    row ? [{ id: row.id, name: String(row.value.profile.name), type: row.value.type }] : [],
  )
}
