// Whom does a rule leave out? Who was taken out of its group by hand is not to be put back by it (documented).
import type { Membership } from '../entities/group.ts'
import { type GroupRule, groupRules } from '../entities/group-rule.ts'
import type { User } from '../entities/user.ts'
import { userParty } from '../log/parties.ts'
import type { Org } from '../org.ts'
import { put, type Stored, type Write } from '../state/state.ts'
import { noteRule } from './events.ts'

// A full list takes nobody, and the rule puts the user back (documented).
const MOST_EXCLUDED = 100

/** A rule that leaves one more user out. */
export interface Exclusion {
  rule: Stored<GroupRule>
  write: Write
}

/** What the rules that hold a membership have to note when it is ended by hand. */
export async function exclusions(org: Org, { userId, ruleIds = [] }: Membership, now: number): Promise<Exclusion[]> {
  const found: Exclusion[] = []
  for (const id of ruleIds) {
    const rule = await org.state.load(groupRules, id)
    const excluded = rule?.value.excludedUserIds ?? []
    if (rule?.value.status !== 'ACTIVE' || excluded.length >= MOST_EXCLUDED) continue
    const value = { ...rule.value, excludedUserIds: [...excluded, userId], lastUpdatedAt: now }
    found.push({ rule, write: put(groupRules, id, value, rule) })
  }
  return found
}

/** Writes the events; Okta itself is the actor (documented). */
export function noteExclusions(org: Org, user: Stored<User>, excluded: readonly Exclusion[]): void {
  for (const { rule } of excluded) noteRule(org, undefined, 'add_exclusion', rule, [userParty(user)])
}
