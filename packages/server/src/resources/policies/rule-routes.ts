// Which operations does the API have on the rules of a policy?
import { type Policy, type PolicyRule, policies, policyRules, rulePrefix, ruleTypeOf } from '../../entities/policy.ts'
import { isObject } from '../../fields.ts'
import { isSuperAdmin, mayChangeHolder } from '../../gates/holders.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { pageAnswer, pageInOrder } from '../../lists/page.ts'
import { mustExist, namedIn } from '../../must-exist.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored, type Write } from '../../state/state.ts'
import { noteRule } from './events.ts'
import { mayRemove, readRule, ruleNameIsFree } from './rules.ts'
import { showRule } from './schema.ts'
import { closeGap, firstPriority, loadPolicy, loadRule, place, placeOf, rulesOf } from './store.ts'

// Two rules that come at the same moment would else find the same place.
const touch = (policy: Stored<Policy>): Write => put(policies, policy.id, policy.value, policy)

/** `GET /policies/{id}/rules` */
export async function listRules(org: Org, x: Exchange): Promise<Answer> {
  const policy = await loadPolicy(org, x.params.policyId!)
  const rows = await rulesOf(org, policy.id)
  const page = pageInOrder(org, x, `rules ${policy.id}`, rows, { standard: 1_000, most: 1_000, placeOf })
  return pageAnswer(org, x, page, (rule) => showRule(org, rule))
}

/** `POST /policies/{id}/rules` */
export async function addRule(org: Org, x: Exchange): Promise<Answer> {
  const policy = await loadPolicy(org, x.params.policyId!)
  const { status, priority, ...parts } = readRule(x.body, policy.value.type)
  const others = await rulesOf(org, policy.id)
  ruleNameIsFree(others, parts.name)
  await mustExist(org, namedIn(parts.conditions))
  await mayEnroll(org, x, parts.actions)
  const placed = place(policyRules, others, priority, firstPriority(policy.value.type))
  const value: PolicyRule = {
    ...parts,
    policyId: policy.id,
    type: ruleTypeOf(policy.value.type),
    status: status ?? (x.query.get('activate') === 'false' ? 'INACTIVE' : 'ACTIVE'),
    priority: placed.priority,
    system: false,
    createdAt: x.now,
    lastUpdatedAt: x.now,
  }
  const id = org.ids.next(rulePrefix(policy.value.type))
  await org.state.change([touch(policy), put(policyRules, id, value), ...placed.moves])
  noteRule(org, x, 'add', policy, { id, version: 0, value })
  return ok(showRule(org, { id, version: 0, value }))
}

// Whoever says into which groups strangers enroll would say who becomes an administrator. (inferred)
async function mayEnroll(org: Org, x: Exchange, { profileEnrollment }: PolicyRule['actions']): Promise<void> {
  const ids = isObject(profileEnrollment) ? profileEnrollment.targetGroupIds : undefined
  if (!Array.isArray(ids) || isSuperAdmin(x)) return
  for (const id of ids) if (typeof id === 'string') await mayChangeHolder(org, x, id)
}

/** `GET /policies/{id}/rules/{id}` */
export async function getRule(org: Org, x: Exchange): Promise<Answer> {
  const policy = await loadPolicy(org, x.params.policyId!)
  return ok(showRule(org, await loadRule(org, policy.id, x.params.ruleId!)))
}

/** `PUT /policies/{id}/rules/{id}`; of a rule that Okta made only the actions change. */
export async function replaceRule(org: Org, x: Exchange): Promise<Answer> {
  const policy = await loadPolicy(org, x.params.policyId!)
  const rule = await loadRule(org, policy.id, x.params.ruleId!)
  const { status, priority, ...parts } = readRule(x.body, policy.value.type, rule.value)
  const others = (await rulesOf(org, policy.id)).filter((row) => row.id !== rule.id)
  ruleNameIsFree(others, parts.name, rule.id)
  if (!rule.value.system) await mustExist(org, namedIn(parts.conditions))
  await mayEnroll(org, x, parts.actions)
  const placed = rule.value.system
    ? { priority: rule.value.priority, moves: [] }
    : place(policyRules, others, priority ?? rule.value.priority, firstPriority(policy.value.type))
  const value: PolicyRule = {
    ...rule.value,
    ...(rule.value.system ? { actions: parts.actions } : { ...parts, status: status ?? rule.value.status }),
    priority: placed.priority,
    lastUpdatedAt: x.now,
  }
  await org.state.change([touch(policy), put(policyRules, rule.id, value, rule), ...placed.moves])
  noteRule(org, x, 'update', policy, { ...rule, value })
  return ok(showRule(org, { ...rule, value }))
}

/** `DELETE /policies/{id}/rules/{id}` */
export async function dropRule(org: Org, x: Exchange): Promise<Answer> {
  const policy = await loadPolicy(org, x.params.policyId!)
  const rule = await loadRule(org, policy.id, x.params.ruleId!)
  mayRemove(rule.value)
  const others = (await rulesOf(org, policy.id)).filter((row) => row.id !== rule.id)
  await org.state.change([
    touch(policy),
    remove(policyRules, rule),
    ...closeGap(policyRules, others, firstPriority(policy.value.type)),
  ])
  noteRule(org, x, 'delete', policy, rule)
  return noContent()
}

/** `…/lifecycle/activate` and `deactivate` */
export function switchRule(status: PolicyRule['status']) {
  return async (org: Org, x: Exchange): Promise<Answer> => {
    const policy = await loadPolicy(org, x.params.policyId!)
    const rule = await loadRule(org, policy.id, x.params.ruleId!)
    if (rule.value.status === status) return noContent()
    if (status === 'INACTIVE') mayRemove(rule.value)
    const value: PolicyRule = { ...rule.value, status, lastUpdatedAt: x.now }
    await org.state.change([put(policyRules, rule.id, value, rule)])
    noteRule(org, x, status === 'ACTIVE' ? 'activate' : 'deactivate', policy, { ...rule, value })
    return noContent()
  }
}
