// Which events does Okta write for what group rules do? The types are Okta's; some of the sentences are inferred.
import type { Group } from '../entities/group.ts'
import type { GroupRule } from '../entities/group-rule.ts'
import type { User } from '../entities/user.ts'
import type { Exchange } from '../http/exchange.ts'
import type { LogParty } from '../log/event.ts'
import { groupParty, userParty } from '../log/parties.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'

const messages = {
  trigger: 'Group rule triggered',
  deactivated: 'Group rule deactivated',
  invalidate: 'Group rule invalidated',
  add_exclusion: 'User added to the exclusion list for group rule',
  error: 'Group rule error',
} as const

/** Writes an event about a rule. Without an exchange Okta itself is the actor. */
export function noteRule(
  org: Org,
  x: Exchange | undefined,
  what: keyof typeof messages,
  rule: Pick<Stored<GroupRule>, 'id' | 'value'>,
  others: readonly LogParty[] = [],
): void {
  org.log(x, {
    eventType: `group.user_membership.rule.${what}`,
    displayMessage: messages[what],
    targets: [...others, ruleParty(rule)],
  })
}

/** Writes that a rule's condition has no value for a user: Okta itself is the actor. */
export function noteRuleError(org: Org, rule: Stored<GroupRule>, user: Stored<User>, why: string): void {
  org.log(undefined, {
    eventType: 'group.user_membership.rule.error',
    displayMessage: messages.error,
    result: 'FAILURE',
    reason: `The condition cannot be evaluated for this user: ${why}.`,
    severity: 'WARN',
    targets: [userParty(user), ruleParty(rule)],
  })
}

/** A rule as the target of an event. */
function ruleParty({ id, value }: Pick<Stored<GroupRule>, 'id' | 'value'>): LogParty {
  return { id, type: 'PolicyRule', alternateId: 'unknown', displayName: value.name }
}

/** Writes that a rule has added a user to a group, or taken one out. */
export function noteMembership(
  org: Org,
  what: 'add' | 'remove',
  user: Stored<User>,
  group: Stored<Group>,
  ruleId: string,
): void {
  org.log(undefined, {
    eventType: `group.user_membership.${what}`,
    displayMessage: what === 'add' ? 'Add user to group membership' : 'Remove user from group membership',
    targets: [userParty(user), groupParty(group)],
    debug: { triggeredByGroupRuleId: ruleId },
  })
}
