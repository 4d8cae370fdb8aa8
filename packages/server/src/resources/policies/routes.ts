// Which operations does the API have on policies?
import { catchAll } from '../../entities/first-policies.ts'
import {
  type Policy,
  type PolicyRule,
  policies,
  policyPrefix,
  policyRules,
  rulePrefix,
  ruleTypeOf,
} from '../../entities/policy.ts'
import { forgetResource } from '../../entities/resource-set.ts'
import { refuseValue } from '../../fields.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { pageAnswer, pageInOrder } from '../../lists/page.ts'
import { mustExist, namedIn } from '../../must-exist.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored, type Write } from '../../state/state.ts'
import { addMapping, appsOf, assignToApp, clone, listApps, listMappings } from './apps.ts'
import { notePolicy } from './events.ts'
import { addRule, dropRule, getRule, listRules, replaceRule, switchRule } from './rule-routes.ts'
import { mayDeactivate, mayLeaveApps, mayRemove, nameIsFree, readPolicy, readType } from './rules.ts'
import { showPolicy, showRule } from './schema.ts'
import { closeGap, isOrdered, loadPolicy, place, placeOf, policiesOf, rulesOf } from './store.ts'

const POLICIES = '/api/v1/policies'
const ONE = `${POLICIES}/:policyId`
const RULES = `${ONE}/rules`
// No standard is stated: all of them. (the most is inferred)
const pages = { standard: 1_000, most: 1_000 }

async function list(org: Org, x: Exchange): Promise<Answer> {
  const type = readType(x.query.get('type'))
  const status = x.query.get('status')
  const begins = x.query.get('q')?.toLowerCase() ?? ''
  const rows = (await policiesOf(org, type)).filter(
    ({ value }) => (!status || value.status === status) && value.name.toLowerCase().startsWith(begins),
  )
  const byName = sortsByName(x)
  const nameOf = ({ value }: Stored<Policy>) => value.name.toLowerCase()
  const ordered = byName ? rows.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) : rows
  const page = pageInOrder(org, x, `policies ${type} ${byName}`, ordered, {
    ...pages,
    placeOf: (policy) => (byName ? [nameOf(policy), policy.id] : placeOf(policy)),
  })
  return pageAnswer(org, x, page, (policy) => expanded(org, x, policy))
}

// Documented: by name, in ascending order; nothing else.
function sortsByName(x: Exchange): boolean {
  const sortBy = x.query.get('sortBy') || undefined
  if (sortBy === undefined || sortBy === 'name') return sortBy !== undefined
  return refuseValue('sortBy', 'The field has an invalid value')
}

async function add(org: Org, x: Exchange): Promise<Answer> {
  const { status, priority, ...parts } = readPolicy(x.body)
  nameIsFree(await org.state.holder(policies, `${parts.type}:${parts.name.toLowerCase()}`))
  await mustExist(org, namedIn(parts.conditions))
  const others = await policiesOf(org, parts.type)
  const placed = isOrdered(parts.type) ? place(policies, others, priority, 1) : { priority: 1, moves: [] }
  const value: Policy = {
    ...parts,
    status: status ?? (x.query.get('activate') === 'false' ? 'INACTIVE' : 'ACTIVE'),
    priority: placed.priority,
    system: false,
    createdAt: x.now,
    lastUpdatedAt: x.now,
  }
  const id = org.ids.next(policyPrefix(value.type))
  await org.state.change([put(policies, id, value), ...placed.moves, ...firstRule(org, id, value)])
  const policy = { id, version: 0, value }
  notePolicy(org, x, 'create', policy)
  return ok(showPolicy(org, policy))
}

// These two kinds come with a rule that takes whoever no other rule takes (recorded).
function firstRule(org: Org, policyId: string, policy: Policy): Write[] {
  if (policy.type !== 'ACCESS_POLICY' && policy.type !== 'PROFILE_ENROLLMENT') return []
  const value: PolicyRule = {
    ...catchAll('2FA'),
    ...(policy.type === 'PROFILE_ENROLLMENT' && {
      actions: { profileEnrollment: { access: 'ALLOW', unknownUserAction: 'DENY', profileAttributes: [] } },
    }),
    policyId,
    type: ruleTypeOf(policy.type),
    status: 'ACTIVE',
    system: true,
    createdAt: policy.createdAt,
    lastUpdatedAt: policy.createdAt,
  }
  return [put(policyRules, org.ids.next(rulePrefix(policy.type)), value)]
}

async function get(org: Org, x: Exchange): Promise<Answer> {
  return ok(await expanded(org, x, await loadPolicy(org, x.params.policyId!)))
}

async function replace(org: Org, x: Exchange): Promise<Answer> {
  const policy = await loadPolicy(org, x.params.policyId!)
  const { status, priority, ...parts } = readPolicy(x.body, policy.value)
  // What Okta made keeps its name, its people and its place; only settings change.
  const kept = policy.value.system
    ? { settings: parts.settings ?? policy.value.settings }
    : { ...parts, status: status ?? policy.value.status }
  const name = policy.value.system ? policy.value.name : parts.name
  nameIsFree(await org.state.holder(policies, `${parts.type}:${name.toLowerCase()}`), policy.id)
  if (!policy.value.system) await mustExist(org, namedIn(parts.conditions))
  const others = (await policiesOf(org, parts.type)).filter((row) => row.id !== policy.id)
  const placed =
    isOrdered(parts.type) && !policy.value.isDefault
      ? place(policies, others, priority ?? policy.value.priority, 1)
      : { priority: policy.value.priority, moves: [] }
  const value: Policy = { ...policy.value, ...kept, priority: placed.priority, lastUpdatedAt: x.now }
  await org.state.change([put(policies, policy.id, value, policy), ...placed.moves])
  const next = { ...policy, value }
  notePolicy(org, x, 'update', next)
  return ok(showPolicy(org, next))
}

async function drop(org: Org, x: Exchange): Promise<Answer> {
  const policy = await loadPolicy(org, x.params.policyId!)
  mayRemove(policy.value)
  mayLeaveApps((await appsOf(org, policy)).map(({ value }) => value.label))
  const others = (await policiesOf(org, policy.value.type)).filter((row) => row.id !== policy.id)
  await org.state.change([
    remove(policies, policy),
    ...(await rulesOf(org, policy.id)).map((rule) => remove(policyRules, rule)),
    ...(isOrdered(policy.value.type) ? closeGap(policies, others, 1) : []),
    ...(await forgetResource(org, `idp:policies:${policy.id}`)),
  ])
  notePolicy(org, x, 'delete', policy)
  return noContent()
}

function switchTo(status: Policy['status']) {
  return async (org: Org, x: Exchange): Promise<Answer> => {
    const policy = await loadPolicy(org, x.params.policyId!)
    if (policy.value.status === status) return noContent()
    if (status === 'INACTIVE') mayDeactivate(policy.value)
    const value: Policy = { ...policy.value, status, lastUpdatedAt: x.now }
    await org.state.change([put(policies, policy.id, value, policy)])
    notePolicy(org, x, status === 'ACTIVE' ? 'activate' : 'deactivate', { ...policy, value })
    return noContent()
  }
}

async function expanded(org: Org, x: Exchange, policy: Stored<Policy>): Promise<Record<string, unknown>> {
  const shown = showPolicy(org, policy)
  if (x.query.get('expand') !== 'rules') return shown
  const rules = (await rulesOf(org, policy.id)).map((rule) => showRule(org, rule))
  return { ...shown, _embedded: { ...(shown._embedded as object | undefined), rules } }
}

const reads = { needs: 'policies.read' } as const
const writes = { needs: 'policies.manage' } as const

/** Rows of the route table. */
export const policyRoutes: readonly RouteRow[] = [
  { on: `GET ${POLICIES}`, operation: 'listPolicies', ...reads, handle: list },
  { on: `POST ${POLICIES}`, operation: 'createPolicy', ...writes, body: 'json', handle: add },
  { on: `GET ${ONE}`, operation: 'getPolicy', ...reads, handle: get },
  { on: `PUT ${ONE}`, operation: 'replacePolicy', ...writes, body: 'json', handle: replace },
  { on: `DELETE ${ONE}`, operation: 'deletePolicy', ...writes, handle: drop },
  { on: `POST ${ONE}/lifecycle/activate`, operation: 'activatePolicy', ...writes, handle: switchTo('ACTIVE') },
  { on: `POST ${ONE}/lifecycle/deactivate`, operation: 'deactivatePolicy', ...writes, handle: switchTo('INACTIVE') },
  { on: `GET ${ONE}/app`, operation: 'listPolicyApps', ...reads, handle: listApps },
  { on: `GET ${ONE}/mappings`, operation: 'listPolicyMappings', ...reads, handle: listMappings },
  { on: `POST ${ONE}/mappings`, operation: 'mapResourceToPolicy', ...writes, body: 'json', handle: addMapping },
  { on: `POST ${ONE}/clone`, operation: 'clonePolicy', ...writes, handle: clone },
  { on: `GET ${RULES}`, operation: 'listPolicyRules', ...reads, handle: listRules },
  { on: `POST ${RULES}`, operation: 'createPolicyRule', ...writes, body: 'json', handle: addRule },
  { on: `GET ${RULES}/:ruleId`, operation: 'getPolicyRule', ...reads, handle: getRule },
  { on: `PUT ${RULES}/:ruleId`, operation: 'replacePolicyRule', ...writes, body: 'json', handle: replaceRule },
  { on: `DELETE ${RULES}/:ruleId`, operation: 'deletePolicyRule', ...writes, handle: dropRule },
  {
    on: `POST ${RULES}/:ruleId/lifecycle/activate`,
    operation: 'activatePolicyRule',
    ...writes,
    handle: switchRule('ACTIVE'),
  },
  {
    on: `POST ${RULES}/:ruleId/lifecycle/deactivate`,
    operation: 'deactivatePolicyRule',
    ...writes,
    handle: switchRule('INACTIVE'),
  },
  {
    on: 'PUT /api/v1/apps/:appId/policies/:policyId',
    operation: 'assignApplicationPolicy',
    needs: 'apps.manage',
    handle: assignToApp,
  },
]
