// Does a user meet the condition of a group rule?
import { type GroupRule, groupRules } from '../entities/group-rule.ts'
import type { User } from '../entities/user.ts'
import { type Expression, ExpressionFault, type ExpressionScope, evaluateExpression } from '../expression/index.ts'
import { groupsOf, internalProperties } from '../expression/user.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'

/** A rule with its condition, read. */
export interface ReadRule extends Stored<GroupRule> {
  expression: Expression
}

/** The rules that are at work. */
export async function activeRules(org: Org): Promise<ReadRule[]> {
  const rows = await org.state.find(groupRules, 'status', 'ACTIVE')
  return rows.map((row) => ({ ...row, expression: org.readExpression(row.value.expression) }))
}

/** What a user's rules are worked out with; the groups are looked up only where a rule asks for them. */
export async function scopeOf(org: Org, user: Stored<User>, rules: readonly ReadRule[]): Promise<ExpressionScope> {
  const asksGroups = rules.some(({ expression }) => expression.asksGroups)
  const joined = asksGroups ? await groupsOf(org, user.id) : []
  return {
    values: { user: { ...user.value.profile, id: user.id } },
    groups: joined,
    internal: internalProperties(user.id, user.value),
    now: org.clock.now(),
  }
}

/** Does the rule hold this user in its groups? Deactivated users are in none (documented). */
export function holds(rule: ReadRule, user: Stored<User>, scope: ExpressionScope): boolean {
  if (user.value.status === 'DEPROVISIONED' || rule.value.excludedUserIds?.includes(user.id)) return false
  try {
    return evaluateExpression(rule.expression, scope) === true
  } catch (error) {
    // A condition that has no value for a user does not hold for that user.
    if (error instanceof ExpressionFault) return false
    throw error
  }
}
