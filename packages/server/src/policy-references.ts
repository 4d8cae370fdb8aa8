// Which policy rules count on a thing? What a rule names cannot go while the rule is there.
import { type Policy, type PolicyRule, policies, policyRules } from './entities/policy.ts'
import type { Org } from './org.ts'
import type { Stored } from './state/state.ts'

/** A rule with its policy. */
export interface Reference {
  rule: Stored<PolicyRule>
  policy: Stored<Policy> | undefined
}

/** The rules whose conditions or actions hold this text (an id, or the name of a behaviour) as a whole value. */
export async function rulesNaming(org: Org, text: string): Promise<Reference[]> {
  const found = (await org.state.scan(policyRules)).filter(
    ({ value }) => holds(value.conditions, text) || holds(value.actions, text),
  )
  return await Promise.all(
    found.map(async (rule) => ({ rule, policy: await org.state.load(policies, rule.value.policyId) })),
  )
}

/** Does this JSON hold the text as a value? */
export function holds(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value === text
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some((part) => holds(part, text))
}
