// What becomes of a rule whose group is deleted? It cannot go on, and is INVALID from then on (recorded).
import { type GroupRule, groupRules } from '../entities/group-rule.ts'
import type { Org } from '../org.ts'
import { put, type Stored, type Write } from '../state/state.ts'
import { noteRule } from './events.ts'

/** The rules that a group takes with it, with the writes that say so. */
export async function invalidations(
  org: Org,
  groupId: string,
  now: number,
): Promise<{ rules: Stored<GroupRule>[]; writes: Write[] }> {
  const rules = (await org.state.find(groupRules, 'group', groupId)).filter(({ value }) => value.status !== 'INVALID')
  const writes = rules.map((rule) =>
    put(groupRules, rule.id, { ...rule.value, status: 'INVALID', lastUpdatedAt: now } as const, rule),
  )
  return { rules, writes }
}

/** Writes the events. */
export function noteInvalidations(org: Org, rules: readonly Stored<GroupRule>[]): void {
  for (const rule of rules) noteRule(org, undefined, 'invalidate', rule)
}
