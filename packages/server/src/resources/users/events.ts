// Which events does Okta write for what happens to users?
import type { User } from '../../entities/user.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { LogParty } from '../../log/event.ts'
import { userParty } from '../../log/parties.ts'
import type { Org } from '../../org.ts'

// Okta's event types of user operations; the types are its own, some of the sentences are inferred.
const messages = {
  'user.lifecycle.create': 'Create okta user',
  'user.lifecycle.activate': 'Activate Okta user',
  'user.lifecycle.reactivate': 'Reactivate Okta user',
  'user.lifecycle.deactivate': 'Deactivate Okta user',
  'user.lifecycle.suspend': 'Suspend Okta user',
  'user.lifecycle.unsuspend': 'Unsuspend Okta user',
  'user.lifecycle.delete.initiated': 'Delete Okta user initiated',
  'user.lifecycle.delete.completed': 'Delete Okta user completed',
  'user.account.update_profile': 'Update user profile for Okta',
  'user.account.update_primary_email': 'Update primary email for Okta',
  'user.account.update_user_type': 'Update user type for Okta user',
  'user.account.update_password': 'User update password for Okta',
  'user.account.reset_password': 'User reset password for Okta (by admin)',
  'user.account.expire_password': 'Expire user password for Okta',
  'user.account.unlock_by_admin': 'Unlock user account for Okta by admin',
  'user.mfa.factor.reset_all': 'Reset all factors for user',
  'user.session.clear': 'Clear user session',
  'app.oauth2.as.consent.revoke': 'User revoked consent to app',
  'app.oauth2.as.token.revoke': 'Revoke token',
  'group.user_membership.add': 'Add user to group membership',
} as const

/** Writes an event about a user. */
export function logUser(
  org: Org,
  x: Exchange,
  eventType: keyof typeof messages,
  id: string,
  user: User,
  more: { others?: readonly LogParty[]; debug?: Readonly<Record<string, string>> } = {},
): void {
  org.log(x, {
    eventType,
    displayMessage: messages[eventType],
    targets: [userParty({ id, value: user }), ...(more.others ?? [])],
    debug: more.debug,
  })
}
