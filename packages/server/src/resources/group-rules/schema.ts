// Which fields may be sent for a group rule, and what does one look like on the wire?
import { isoDate } from '../../clock.ts'
import { groups } from '../../entities/group.ts'
import type { GroupRule } from '../../entities/group-rule.ts'
import type { FieldTable } from '../../fields.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** The only kind of expression. */
const EXPRESSION_TYPE = 'urn:okta:expression:1.0'

/** How many groups a rule may assign, and how many users it may leave out (documented). */
export const MOST_IDS = 100

/** The body itself. */
export const ruleFields: FieldTable = {
  name: { type: 'string', required: true, max: 50 },
  type: { type: 'string', required: true, oneOf: ['group_rule'] },
}

/** `conditions.expression` */
export const expressionFields: FieldTable = {
  type: { type: 'string', required: true, oneOf: [EXPRESSION_TYPE] },
  value: { type: 'string', required: true, max: 10_000 },
}

/** A group rule as Okta shows it. */
export function showRule({ id, value }: Pick<Stored<GroupRule>, 'id' | 'value'>): Record<string, unknown> {
  return {
    type: 'group_rule',
    id,
    status: value.status,
    name: value.name,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    conditions: {
      ...(value.excludedUserIds && { people: { users: { exclude: value.excludedUserIds }, groups: { exclude: [] } } }),
      expression: { value: value.expression, type: EXPRESSION_TYPE },
    },
    actions: { assignUserToGroups: { groupIds: value.groupIds } },
    allGroupsValid: value.status !== 'INVALID',
  }
}

/** The same with the names of its groups, for `expand=groupIdToGroupNameMap`. */
export async function showRuleWithNames(org: Org, rule: Stored<GroupRule>): Promise<Record<string, unknown>> {
  const names: Record<string, unknown> = {}
  for (const id of rule.value.groupIds) {
    const group = await org.state.load(groups, id)
    if (group) names[id] = group.value.profile.name
  }
  return { ...showRule(rule), _embedded: { groupIdToGroupNameMap: names } }
}
