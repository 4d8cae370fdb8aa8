// What becomes of a rule that counts on something that is deleted? It cannot go on, and is INVALID from then on: recorded
// for the groups that it fills, inferred for attributes. A group that its condition asks for has no members any more,
// so the condition goes on to have a value.
import { type GroupRule, groupRules } from '../entities/group-rule.ts'
import type { Expression } from '../expression/index.ts'
import type { Org } from '../org.ts'
import { put, type Stored, type Write } from '../state/state.ts'
import { noteRule } from './events.ts'

/** What goes: a group that rules fill, or attributes that they look at. */
export type Gone = { groupId: string } | { attributes: readonly string[] }

/** The rules that it takes with it, with the writes that say so. */
export async function invalidations(
  org: Org,
  gone: Gone,
  now: number,
): Promise<{ rules: Stored<GroupRule>[]; writes: Write[] }> {
  if ('attributes' in gone && gone.attributes.length === 0) return { rules: [], writes: [] }
  const rules = (await org.state.scan(groupRules)).filter(
    ({ value }) => value.status !== 'INVALID' && countsOn(value, org.readExpression(value.expression), gone),
  )
  const writes = rules.map((rule) =>
    put(groupRules, rule.id, { ...rule.value, status: 'INVALID', lastUpdatedAt: now } as const, rule),
  )
  return { rules, writes }
}

function countsOn({ groupIds }: GroupRule, expression: Expression, gone: Gone): boolean {
  if ('groupId' in gone) return groupIds.includes(gone.groupId)
  return (expression.attributes.user ?? []).some((name) => gone.attributes.includes(name))
}

/** Writes the events. */
export function noteInvalidations(org: Org, rules: readonly Stored<GroupRule>[]): void {
  for (const rule of rules) noteRule(org, undefined, 'invalidate', rule)
}
