// When do group rules get to work? Whoever changes a user, a membership or a rule says so here; the work itself is a
// job, which is done before the next request is answered, or after the org's delay.
import { groupRules } from '../entities/group-rule.ts'
import type { JobRunner } from '../jobs.ts'
import type { Org } from '../org.ts'
import { applyRules, applyToAll, releaseMembers } from './apply.ts'
import { activeRules } from './fits.ts'

const USER = 'groupRules.user'
const RULE = 'groupRules.rule'
const RELEASE = 'groupRules.release'

function add(org: Org, kind: string, data: Readonly<Record<string, string>>): void {
  org.jobs.add({ dueAt: org.clock.now() + org.settings.delays.groupRuleSeconds * 1000, kind, data })
}

/** A user was made or changed, or has joined or left a group. Costs next to nothing while no rule is at work. */
export function rulesFollowUser(org: Org, userId: string): void {
  if (!org.state.lacks(groupRules, 'status', 'ACTIVE')) add(org, USER, { userId })
}

/** A group got another name, or is gone: rules that ask for groups may hold other users now. */
export async function rulesFollowGroup(org: Org): Promise<void> {
  if (org.state.lacks(groupRules, 'status', 'ACTIVE')) return
  for (const rule of await activeRules(org)) if (rule.expression.asksGroups) add(org, RULE, { ruleId: rule.id })
}

/** A rule was activated. */
export function ruleStarts(org: Org, ruleId: string): void {
  add(org, RULE, { ruleId })
}

/** A rule was deleted; do its users leave? */
export function ruleEnds(org: Org, ruleId: string, usersLeave: boolean): void {
  add(org, RELEASE, { ruleId, leave: String(usersLeave) })
}

const applyToUser: JobRunner = (org, { userId }) => applyRules(org, [userId!])

const applyRule: JobRunner = async (org, { ruleId }) => {
  const rule = (await activeRules(org)).find(({ id }) => id === ruleId)
  if (rule) await applyToAll(org, rule)
}

const release: JobRunner = (org, { ruleId, leave }) => releaseMembers(org, ruleId!, leave === 'true')

/** What does the work of group rules, by the job's kind. */
export const groupRuleJobs: Readonly<Record<string, JobRunner>> = {
  [USER]: applyToUser,
  [RULE]: applyRule,
  [RELEASE]: release,
}
