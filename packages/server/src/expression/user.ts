// What does a user look like to an expression?
import { isoDate } from '../clock.ts'
import type { User } from '../entities/user.ts'

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
