// What is a group rule, as the org keeps it?
import type { Collection } from '../state/state.ts'

/** A group rule. Moments are in ms since 1970. */
export interface GroupRule {
  name: string
  /** INVALID: a group that it fills, or an attribute that it looks at, was deleted. */
  status: 'ACTIVE' | 'INACTIVE' | 'INVALID'
  createdAt: number
  lastUpdatedAt: number
  /** The condition, in Okta's expression language. */
  expression: string
  /** Groups that users are added to. A deleted one stays named. */
  groupIds: readonly string[]
  /** Who is never added; undefined where `conditions.people` was not sent. A deleted user stays named (reported). */
  excludedUserIds?: readonly string[]
}

/** The unique key of a rule's name. */
export const ruleNameKey = (name: string): string => `name:${name.toLowerCase()}`

/** All group rules. */
export const groupRules: Collection<GroupRule> = {
  name: 'groupRule',
  unique: (rule) => [ruleNameKey(rule.name)],
  indexes: {
    status: (rule) => rule.status,
    group: (rule) => rule.groupIds,
  },
}

/** The order of the rules, which Okta works out anew whenever one is made. */
export interface GroupRuleOrder {
  busyUntil: number
}

/** Its one row has the id `order`. */
export const groupRuleOrders: Collection<GroupRuleOrder> = { name: 'groupRuleOrder' }
