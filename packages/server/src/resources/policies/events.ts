// Which events does Okta write for what happens to policies?
import type { Policy, PolicyRule } from '../../entities/policy.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { LogParty } from '../../log/event.ts'
import type { Org } from '../../org.ts'
import { policyParty } from '../../sign-on.ts'
import type { Stored } from '../../state/state.ts'

const policyMessages = {
  create: 'Create policy',
  update: 'Update policy',
  delete: 'Delete policy',
  activate: 'Activate policy',
  deactivate: 'Deactivate policy',
} as const

const ruleMessages = {
  add: 'Add policy rule',
  update: 'Update policy rule',
  delete: 'Delete policy rule',
  activate: 'Activate policy rule',
  deactivate: 'Deactivate policy rule',
} as const

/** Writes an event about a policy. */
export function notePolicy(org: Org, x: Exchange, what: keyof typeof policyMessages, policy: Stored<Policy>): void {
  org.log(x, {
    eventType: `policy.lifecycle.${what}`,
    displayMessage: policyMessages[what],
    targets: [policyParty(policy)],
  })
}

/** Writes an event about a rule. */
export function noteRule(
  org: Org,
  x: Exchange,
  what: keyof typeof ruleMessages,
  policy: Stored<Policy>,
  { id, value }: Stored<PolicyRule>,
): void {
  const rule: LogParty = { id, type: 'PolicyRule', alternateId: policy.id, displayName: value.name }
  org.log(x, {
    eventType: `policy.rule.${what}`,
    displayMessage: ruleMessages[what],
    targets: [rule, policyParty(policy)],
  })
}
