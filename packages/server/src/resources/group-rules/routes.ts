// Which operations does the API have on group rules?
import { E0000007 } from '@errorg/errors/codes'
import { groups } from '../../entities/group.ts'
import { type GroupRule, groupRuleOrders, groupRules, ruleNameKey } from '../../entities/group-rule.ts'
import { users } from '../../entities/user.ts'
import { userAttributes } from '../../entities/user-schema.ts'
import { fail } from '../../fail.ts'
import { holdsRole } from '../../gates/holders.ts'
import { reachGroup } from '../../gates/reach.ts'
import { ruleEnds, ruleStarts } from '../../group-rules/due.ts'
import { noteRule } from '../../group-rules/events.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { readFlag } from '../../http/query.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import { paramOf } from '../../lists/query.ts'
import { mustExist } from '../../must-exist.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored, VersionConflict } from '../../state/state.ts'
import { failBusy } from './newer.ts'
import {
  groupsNamedIn,
  hasRoom,
  mayDelete,
  mayExclude,
  mayReplace,
  maySwitch,
  mayTarget,
  nameIsFree,
  type RuleParts,
  readCondition,
  readRule,
} from './rules.ts'
import { showRule, showRuleWithNames } from './schema.ts'

const pages = { standard: 50, most: 200, prefix: '0pr' }

async function list(org: Org, x: Exchange): Promise<Answer> {
  // Only group administrators who manage all groups see the rules (documented).
  reachGroup(x)
  const { after, limit } = readPage(org, x, pages)
  const search = paramOf(x, 'search')?.toLowerCase()
  const found = (await org.state.scan(groupRules, { after })).filter(
    ({ value }) => search === undefined || value.name.toLowerCase().includes(search),
  )
  return pageAnswer(org, x, cutPage(found, limit), (rule) => show(org, x, rule))
}

async function show(org: Org, x: Exchange, rule: Stored<GroupRule>): Promise<Record<string, unknown>> {
  return paramOf(x, 'expand') === 'groupIdToGroupNameMap' ? await showRuleWithNames(org, rule) : showRule(rule)
}

async function loadRule(org: Org, x: Exchange): Promise<Stored<GroupRule>> {
  const id = x.params.groupRuleId!
  reachGroup(x)
  return (await org.state.load(groupRules, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'PolicyRule' })
}

async function judge(org: Org, parts: RuleParts): Promise<void> {
  const attributes = await userAttributes(org.state, org.fixed.defaultTypeId)
  const expression = readCondition(org.readExpression, parts.expression, attributes)
  await mustExist(org, [{ field: 'conditions.expression.value', what: 'group', ids: groupsNamedIn(expression) }])
  await judgeTargets(org, parts.groupIds)
  for (const id of parts.excludedUserIds ?? []) mayExclude(id, (await org.state.load(users, id)) !== undefined)
}

async function judgeTargets(org: Org, groupIds: readonly string[]): Promise<void> {
  for (const id of groupIds) {
    mayTarget(id, (await org.state.load(groups, id))?.value, await holdsRole(org, id))
  }
}

async function add(org: Org, x: Exchange): Promise<Answer> {
  reachGroup(x)
  const parts = readRule(x.body)
  nameIsFree(await org.state.holder(groupRules, ruleNameKey(parts.name)))
  await judge(org, parts)
  hasRoom(await org.state.count(groupRules), org.settings.groupRules.most)
  const order = await org.state.load(groupRuleOrders, 'order')
  if (order && order.value.busyUntil > x.now) failBusy()
  const id = org.ids.next('0pr')
  const value: GroupRule = { ...parts, status: 'INACTIVE', createdAt: x.now, lastUpdatedAt: x.now }
  const busyUntil = x.now + org.settings.delays.groupRuleSeconds * 1000
  try {
    await org.state.change([put(groupRules, id, value), put(groupRuleOrders, 'order', { busyUntil }, order)])
  } catch (error) {
    // Recorded: of rules that are made at the same moment some are refused instead of being made one after the other.
    if (error instanceof VersionConflict && error.collection === groupRuleOrders.name) failBusy()
    throw error
  }
  return ok(showRule({ id, value }))
}

async function get(org: Org, x: Exchange): Promise<Answer> {
  return ok(await show(org, x, await loadRule(org, x)))
}

async function replace(org: Org, x: Exchange): Promise<Answer> {
  const rule = await loadRule(org, x)
  const parts = readRule(x.body)
  mayReplace(rule.value, parts)
  nameIsFree(await org.state.holder(groupRules, ruleNameKey(parts.name)), rule.id)
  await judge(org, parts)
  const value: GroupRule = { ...rule.value, ...parts, lastUpdatedAt: x.now }
  await org.state.change([put(groupRules, rule.id, value, rule)])
  return ok(showRule({ id: rule.id, value }))
}

async function drop(org: Org, x: Exchange): Promise<Answer> {
  const rule = await loadRule(org, x)
  const removeUsers = readFlag(x, 'removeUsers', false)
  mayDelete(rule.value)
  await org.state.change([remove(groupRules, rule)])
  ruleEnds(org, rule.id, removeUsers)
  return { status: 202, body: {} }
}

async function activate(org: Org, x: Exchange): Promise<Answer> {
  const rule = await loadRule(org, x)
  maySwitch(rule.value)
  if (rule.value.status === 'ACTIVE') return noContent()
  await judgeTargets(org, rule.value.groupIds)
  const value: GroupRule = { ...rule.value, status: 'ACTIVE', lastUpdatedAt: x.now }
  await org.state.change([put(groupRules, rule.id, value, rule)])
  ruleStarts(org, rule.id)
  noteRule(org, x, 'trigger', { id: rule.id, value })
  return noContent()
}

// Whoever is in the groups stays there (documented).
async function deactivate(org: Org, x: Exchange): Promise<Answer> {
  const rule = await loadRule(org, x)
  maySwitch(rule.value)
  if (rule.value.status === 'INACTIVE') return noContent()
  const value: GroupRule = { ...rule.value, status: 'INACTIVE', lastUpdatedAt: x.now }
  await org.state.change([put(groupRules, rule.id, value, rule)])
  noteRule(org, x, 'deactivated', { id: rule.id, value })
  return noContent()
}

const RULES = '/api/v1/groups/rules'
const ONE = `${RULES}/:groupRuleId`
const reads = { needs: 'groupRules.read' } as const
const writes = { needs: 'groupRules.manage' } as const

/** Rows of the route table. */
export const groupRuleRoutes: readonly RouteRow[] = [
  { on: `GET ${RULES}`, operation: 'listGroupRules', ...reads, handle: list },
  { on: `POST ${RULES}`, operation: 'createGroupRule', ...writes, body: 'json', handle: add },
  { on: `GET ${ONE}`, operation: 'getGroupRule', ...reads, handle: get },
  { on: `PUT ${ONE}`, operation: 'replaceGroupRule', ...writes, body: 'json', handle: replace },
  { on: `DELETE ${ONE}`, operation: 'deleteGroupRule', ...writes, handle: drop },
  { on: `POST ${ONE}/lifecycle/activate`, operation: 'activateGroupRule', ...writes, handle: activate },
  { on: `POST ${ONE}/lifecycle/deactivate`, operation: 'deactivateGroupRule', ...writes, handle: deactivate },
]
