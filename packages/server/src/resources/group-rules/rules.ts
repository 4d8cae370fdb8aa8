// What makes a group rule acceptable, and what may be done with it in its status?
import { E0000001 } from '@errorg/errors/codes'
import type { Group } from '../../entities/group.ts'
import type { GroupRule } from '../../entities/group-rule.ts'
import type { ProfileSchema } from '../../entities/user-schema.ts'
import { functions } from '../../expression/functions/index.ts'
import { type Expression, ExpressionFault, type ReadExpression, type Tree } from '../../expression/index.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  type FieldFault,
  hasLoneOrWide,
  type JsonObject,
  objectBody,
  objectMember,
  refuseFaults,
} from '../../fields.ts'
import { expressionFields, MOST_IDS, ruleFields } from './schema.ts'

/** What a body says about a rule. */
export type RuleParts = Pick<GroupRule, 'name' | 'expression' | 'groupIds' | 'excludedUserIds'>

/** The rule that a body describes; all its faults together. */
export function readRule(body: unknown): RuleParts {
  const sent = objectBody(body)
  const conditions = objectMember(sent, 'conditions') ?? {}
  const expression = objectMember(conditions, 'expression') ?? {}
  const actions = objectMember(objectMember(sent, 'actions') ?? {}, 'assignUserToGroups') ?? {}
  const people = objectMember(conditions, 'people')
  const users = people && objectMember(people, 'users')
  objectMember(people ?? {}, 'groups')
  refuseFaults([
    ...checkFields(sent, ruleFields),
    ...under('conditions.expression', checkFields(expression, expressionFields)),
    ...idFaults(actions, 'groupIds', 'actions.assignUserToGroups', 1),
    ...idFaults(users ?? {}, 'exclude', 'conditions.people.users', 0),
  ])
  return {
    name: String(sent.name),
    expression: String(expression.value),
    groupIds: idsOf(actions.groupIds),
    excludedUserIds: people && idsOf(users?.exclude),
  }
}

const under = (path: string, faults: readonly FieldFault[]): FieldFault[] =>
  faults.map((fault) => ({ ...fault, field: `${path}.${fault.field}` }))

function idFaults(holder: JsonObject, name: string, path: string, least: number): FieldFault[] {
  const faults = checkFields(holder, { [name]: { type: 'array', required: least > 0, max: MOST_IDS } })
  const ids = holder[name]
  if (faults.length === 0 && Array.isArray(ids)) {
    if (ids.length < least) faults.push({ field: name, says: 'The field cannot be left blank', kind: 'missing' })
    else if (!ids.every((id) => typeof id === 'string' && id !== '' && id.length <= 255 && !hasLoneOrWide(id))) {
      faults.push({ field: name, says: 'The field has an invalid value', kind: 'invalid' })
    }
  }
  return under(path, faults)
}

const idsOf = (value: unknown): string[] => [...new Set(Array.isArray(value) ? value.map(String) : [])]

/** Reads the condition, and refuses what group rules cannot use. */
export function readCondition(read: ReadExpression, text: string, attributes: ProfileSchema): Expression {
  const expression = tryToRead(read, text)
  const [wrong] = faultsOf(expression, attributes)
  if (wrong) {
    fail(E0000001, 'rule-expression-not-allowed', {
      field: 'validateRule',
      causes: [`${wrong} in expression ${text}`, 'conditions: Invalid expression'],
    })
  }
  if (!mayBeTrue(expression.tree, attributes)) {
    fail(E0000001, 'rule-expression-not-boolean', {
      field: 'validateRule',
      causes: [`The expression ${text} does not return a boolean`, 'conditions: Invalid expression'],
    })
  }
  return expression
}

// What a list holds, or a user of a directory has, shows only when the rule is at work.
const yesOrNo =
  /^(?:isMemberOf|(?:String\.(?:startsWith|endsWith|stringContains)|Arrays\.(?:contains|isEmpty|get)|has(?:Directory|Workday)User)$)/

/** The ids of groups that a condition asks for. */
export function groupsNamedIn({ calls }: Expression): string[] {
  return calls.flatMap(({ name, texts }) => (name === 'isMemberOfGroup' || name === 'isMemberOfAnyGroup' ? texts : []))
}

/** Can it come out as true or false? (documented: nothing else is a condition) */
function mayBeTrue(tree: Tree, attributes: ProfileSchema): boolean {
  switch (tree.kind) {
    case 'value':
      return typeof tree.value === 'boolean'
    case 'not':
    case 'and':
    case 'or':
    case 'compare':
    case 'member':
      return true
    case 'call':
      return yesOrNo.test(tree.name)
    case 'path':
      return tree.names.length === 1 && attributes[tree.names[0]!]?.type === 'boolean'
    case 'choice':
      return mayBeTrue(tree.yes, attributes) && mayBeTrue(tree.no, attributes)
    default:
      return false
  }
}

function tryToRead(read: ReadExpression, text: string): Expression {
  try {
    return read(text)
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    return fail(E0000001, 'rule-expression-unreadable', { expression: text, at: error.at, why: error.why })
  }
}

// Documented: group rules take String, Arrays and user expressions, and the functions on groups.
const allowed = /^(?:String\.|Arrays\.|isMemberOf|user\.getInternalProperty$|(?:has|find)(?:Directory|Workday)User$)/

function faultsOf({ calls, attributes }: Expression, known: Readonly<Record<string, unknown>>): string[] {
  const wrongCalls = calls.filter(({ name }) => !allowed.test(name)).map(({ name }) => `Invalid function ${name}`)
  const unknownCalls = calls.flatMap(({ name, count }) => {
    const one = Object.hasOwn(functions, name) ? functions[name] : undefined
    if (!one) return [`Invalid function ${name}`]
    return count < one.least || count > one.most ? [`Invalid number of parameters of ${name}`] : []
  })
  const wrongRoots = Object.keys(attributes).filter((root) => root !== 'user')
  const wrongNames = (attributes.user ?? []).filter((name) => name !== 'id' && !Object.hasOwn(known, name))
  return [...wrongCalls, ...unknownCalls, ...[...wrongRoots, ...wrongNames].map((name) => `Invalid property ${name}`)]
}

/** Only the org's own groups take members from rules, and none that makes administrators (documented). */
export function mayTarget(id: string, group: Group | undefined, isAdminGroup: boolean): void {
  const why = !group ? 'does not exist' : isAdminGroup ? 'has an administrator role' : `is of type ${group.type}`
  if (group?.type === 'OKTA_GROUP' && !isAdminGroup) return
  fail(E0000001, 'rule-target-not-assignable', { id, why })
}

/** Only users that exist can be left out. */
export function mayExclude(id: string, exists: boolean): void {
  if (!exists) fail(E0000001, 'rule-user-unknown', { id })
}

/** A name may be used once. */
export function nameIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'rule-name-taken', { field: 'name' })
}

/** An org has room for so many rules. */
export function hasRoom(count: number, most: number): void {
  if (count >= most) fail(E0000001, 'rule-limit-reached', { most })
}

/** Only an inactive rule is changed (documented). */
export function mayReplace({ status, groupIds }: GroupRule, parts: RuleParts): void {
  if (status !== 'INACTIVE') fail(E0000001, 'rule-not-inactive', { operation: 'updateRule', verb: 'update', status })
  if (groupIds.length !== parts.groupIds.length || !groupIds.every((id) => parts.groupIds.includes(id))) {
    fail(E0000001, 'rule-actions-fixed', { field: 'actions' })
  }
}

/** A rule at work is not deleted; an invalid one may go. */
export function mayDelete({ status }: GroupRule): void {
  if (status === 'ACTIVE') fail(E0000001, 'rule-not-inactive', { operation: 'deleteRule', verb: 'delete', status })
}

/** An invalid rule is neither activated nor deactivated (recorded). */
export function maySwitch({ status }: GroupRule): void {
  if (status === 'INVALID') fail(E0000001, 'rule-status-invalid', { status })
}
