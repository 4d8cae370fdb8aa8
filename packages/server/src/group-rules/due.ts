// When do group rules get to work? Whoever changes a user, a membership or a rule says so here; the work itself is a
// job, which is done before the next request is answered, or after the org's delay.
import { groupRules } from '../entities/group-rule.ts'
import type { JobRunner } from '../jobs.ts'
import type { Org } from '../org.ts'
import { applyRules, applyToAll, releaseMembers } from './apply.ts'
import { activeRules } from './fits.ts'

const USER = 'groupRules.user'
const RULE = 'groupRules.rule'
const GROUPS = 'groupRules.groups'
const RELEASE = 'groupRules.release'

// The work looks at what there is when its time comes, so what happens until then needs no work of its own.
function add(org: Org, kind: string, data: Readonly<Record<string, string>>): void {
  const dueAt = org.clock.now() + org.settings.delays.groupRuleSeconds * 1000
  org.jobs.add({ dueAt, kind, data, once: [kind, ...Object.values(data)].join(' ') })
}

/** A user was made or changed, or has joined or left a group. Costs next to nothing while no rule is at work. */
export function rulesFollowUser(org: Org, userId: string): void {
  if (!org.state.lacks(groupRules, 'status', 'ACTIVE')) add(org, USER, { userId })
}

/** A group got another name, or is gone: rules that ask for groups may hold other users now. */
export async function rulesFollowGroup(org: Org): Promise<void> {
  if ((await asking(org)).length > 0) add(org, GROUPS, {})
}

async function asking(org: Org) {
  if (org.state.lacks(groupRules, 'status', 'ACTIVE')) return []
  return (await activeRules(org)).filter(({ expression }) => expression.asksGroups)
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

const applyRule: JobRunner = (org, { ruleId }) => applyToAll(org, [ruleId!])

const applyAsking: JobRunner = async (org) => {
  const rules = await asking(org)
  await applyToAll(
    org,
    rules.map(({ id }) => id),
  )
}

const release: JobRunner = (org, { ruleId, leave }) => releaseMembers(org, ruleId!, leave === 'true')

/** What does the work of group rules, by the job's kind. */
export const groupRuleJobs: Readonly<Record<string, JobRunner>> = {
  [USER]: applyToUser,
  [RULE]: applyRule,
  [GROUPS]: applyAsking,
  [RELEASE]: release,
}
