// Which operations does the API have on the rules of an access policy?
import { E0000001 } from '@errorg/errors/codes'
import { type ServerRule, serverPolicies, serverRules } from '../../entities/auth-server.ts'
import { inlineHooks } from '../../entities/hook.ts'
import { fail } from '../../fail.ts'
import { created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import { mustExist } from '../../must-exist.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { mayDeletePart, readRule } from './rules.ts'
import { showRule } from './schema.ts'
import { holdOrder, inPlace, loadPolicy, loadRule, placeAmong } from './store.ts'

const rulesOf = (org: Org, policyId: string) => inPlace(org, serverRules, 'policy', policyId)

const show = (org: Org, x: Exchange, rule: Stored<ServerRule>) => showRule(org, x.params.authServerId!, rule)

/** Lists rules in their order. */
export async function listRules(org: Org, x: Exchange) {
  const policy = await loadPolicy(org, x)
  const rows = await rulesOf(org, policy.id)
  return listAnswer(
    org,
    x,
    rows.map((row) => show(org, x, row)),
  )
}

/** Makes a rule at the place that it asks for. */
export async function addRule(org: Org, x: Exchange) {
  const policy = await loadPolicy(org, x)
  const { priority: wish, ...parts } = readRule(x.body)
  await mustHavePeople(org, parts)
  await mustHaveHook(org, parts.inlineHookId)
  const stored = {
    id: org.ids.next('0pr'),
    version: 0,
    value: { ...parts, policyId: policy.id, system: false, priority: 0, createdAt: x.now, lastUpdatedAt: x.now },
  }
  const { writes, placed } = placeAmong(serverRules, await rulesOf(org, policy.id), { stored, isNew: true, wish })
  await org.state.change([...writes, holdOrder(serverPolicies, policy)])
  note(org, x, 'add', 'Add policy rule', stored)
  return created(show(org, x, placed!))
}

/** Shows a rule. */
export async function getRule(org: Org, x: Exchange) {
  return ok(show(org, x, await loadRule(org, x)))
}

/** Replaces a rule. */
export async function replaceRule(org: Org, x: Exchange) {
  const policy = await loadPolicy(org, x)
  const rule = await loadRule(org, x)
  const { priority: wish, ...parts } = readRule(x.body, rule.value)
  await mustHavePeople(org, parts)
  await mustHaveHook(org, parts.inlineHookId)
  const stored = { ...rule, value: { ...rule.value, ...parts, lastUpdatedAt: x.now } }
  const others = await rulesOf(org, rule.value.policyId)
  const { writes, placed } = placeAmong(serverRules, others, { stored, isNew: false, wish })
  await org.state.change([...writes, holdOrder(serverPolicies, policy)])
  note(org, x, 'update', 'Update policy rule', stored)
  return ok(show(org, x, placed!))
}

async function mustHavePeople(org: Org, { people }: Pick<ServerRule, 'people'>): Promise<void> {
  const field = 'conditions.people'
  await mustExist(org, [
    { field: `${field}.users.include`, what: 'user', ids: people.users },
    { field: `${field}.users.exclude`, what: 'user', ids: people.usersExcluded },
    { field: `${field}.groups.include`, what: 'group', ids: people.groups },
    { field: `${field}.groups.exclude`, what: 'group', ids: people.groupsExcluded },
  ])
}

async function mustHaveHook(org: Org, id: string | undefined): Promise<void> {
  if (id === undefined) return
  const hook = await org.state.load(inlineHooks, id)
  if (hook?.value.type === 'com.okta.oauth2.tokens.transform') return
  fail(E0000001, 'inline-hook-unknown', { field: 'inlineHook', id: id.slice(0, 100) })
}

/** Deletes a rule. */
export async function dropRule(org: Org, x: Exchange) {
  const policy = await loadPolicy(org, x)
  const rule = await loadRule(org, x)
  mayDeletePart('rule', rule.id, rule.value)
  const others = (await rulesOf(org, rule.value.policyId)).filter((other) => other.id !== rule.id)
  await org.state.change([
    remove(serverRules, rule),
    ...placeAmong(serverRules, others).writes,
    holdOrder(serverPolicies, policy),
  ])
  note(org, x, 'delete', 'Delete policy rule', rule)
  return noContent()
}

/** Switches a rule on. */
export const activateRule = (org: Org, x: Exchange) => switchTo(org, x, 'ACTIVE')

/** Switches a rule off: nobody asks it any more. */
export const deactivateRule = (org: Org, x: Exchange) => switchTo(org, x, 'INACTIVE')

async function switchTo(org: Org, x: Exchange, status: ServerRule['status']) {
  const rule = await loadRule(org, x)
  if (rule.value.status === status) return noContent()
  await org.state.change([put(serverRules, rule.id, { ...rule.value, status, lastUpdatedAt: x.now }, rule)])
  if (status === 'ACTIVE') note(org, x, 'activate', 'Activate policy rule', rule)
  else note(org, x, 'deactivate', 'Deactivate policy rule', rule)
  return noContent()
}

function note(org: Org, x: Exchange, what: string, displayMessage: string, { id, value }: Stored<ServerRule>): void {
  org.log(x, {
    eventType: `policy.rule.${what}`,
    displayMessage,
    targets: [{ id, type: 'PolicyRule', alternateId: 'unknown', displayName: value.name }],
  })
}
