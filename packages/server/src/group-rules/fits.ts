// Does a user meet the condition of a group rule?
import { type GroupRule, groupRules } from '../entities/group-rule.ts'
import type { User, UserStatus } from '../entities/user.ts'
import { type Expression, ExpressionFault, type ExpressionScope, evaluateExpression } from '../expression/index.ts'
import { askedBy, askedOf } from '../expression/user.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'

/** A rule with its condition, read. */
export interface ReadRule extends Stored<GroupRule> {
  expression: Expression
}

/** The rules that are at work. */
export async function activeRules(org: Org): Promise<ReadRule[]> {
  const rows = await org.state.find(groupRules, 'status', 'ACTIVE')
  return rows.map((row) => readRule(org, row))
}

/** A rule with its condition, read. */
export function readRule(org: Org, row: Stored<GroupRule>): ReadRule {
  return { ...row, expression: org.readExpression(row.value.expression) }
}

/** What a user's rules are worked out with; the groups are looked up only where a rule asks for them. */
export async function scopeOf(org: Org, user: Stored<User>, rules: readonly ReadRule[]): Promise<ExpressionScope> {
  const asked = await askedOf(org, user, askedBy(rules.map(({ expression }) => expression)))
  return { values: { user: { ...user.value.profile, id: user.id } }, ...asked }
}

/** Says of a rule whether it holds the user that this was made for. */
export type Holds = (rule: ReadRule) => boolean

/**
 * Makes it for one user. Rules that share a condition share its result. `onFault` is told of a condition that has no
 * value for this user: it does not hold, and the other rules go on.
 */
export function holdsFor(
  user: Stored<User>,
  scope: ExpressionScope,
  onFault: (rule: ReadRule, fault: ExpressionFault) => void,
): Holds {
  const results = new Map<Expression, boolean | ExpressionFault>()
  return (rule) => {
    if (isOutside.has(user.value.status) || rule.value.excludedUserIds?.includes(user.id)) return false
    let result = results.get(rule.expression)
    if (result === undefined) {
      result = resultOf(rule.expression, scope)
      results.set(rule.expression, result)
    }
    if (!(result instanceof ExpressionFault)) return result
    onFault(rule, result)
    return false
  }
}

// Documented: no rule puts a user into a group who is inactive or pending. (that pending is one who waits to be
// activated, not one who was and has no password yet, is inferred)
const isOutside: ReadonlySet<UserStatus> = new Set(['STAGED', 'DEPROVISIONED'])

function resultOf(expression: Expression, scope: ExpressionScope): boolean | ExpressionFault {
  try {
    return evaluateExpression(expression, scope) === true
  } catch (error) {
    if (error instanceof ExpressionFault) return error
    throw error
  }
}
