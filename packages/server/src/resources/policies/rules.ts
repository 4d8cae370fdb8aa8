// Which policies and rules may be made, changed and removed?
import { E0000001, E0000002, E0000028 } from '@errorg/errors/codes'
import { type Policy, type PolicyRule, type PolicyType, policyTypes } from '../../entities/policy.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  type FieldFault,
  isBlank,
  isObject,
  type JsonObject,
  objectBody,
  objectMember,
  refuseFaults,
  refuseValue,
  withNumbers,
} from '../../fields.ts'
import { IDLE_MINUTES } from '../../sign-on.ts'
import { actionWords, policyFields, ruleFields } from './schema.ts'
import { actionValues, conditionValues, settingValues } from './values.ts'

/** The part of a policy that a request says. */
export type PolicyParts = Pick<Policy, 'type' | 'name' | 'description' | 'conditions' | 'settings'> & {
  status: Policy['status'] | undefined
  priority: number | undefined
}

/** The part of a rule that a request says. */
export type RuleParts = Pick<PolicyRule, 'name' | 'conditions' | 'actions'> & {
  status: PolicyRule['status'] | undefined
  priority: number | undefined
}

/** The `type` that a list is asked for: it has to be one that exists. */
export function readType(text: string | null): PolicyType {
  if (text === null || text === '') return fail(E0000028, 'parameter-missing', { parameter: 'type' })
  return (
    policyTypes.find((type) => type === text) ??
    fail(E0000002, 'policy-type-unknown', { message: `'${text.slice(0, 60)}' is not a policy type` })
  )
}

/** A policy from a body. */
export function readPolicy(body: unknown, present?: Policy): PolicyParts {
  const sent = objectBody(body)
  const faults = checkFields(sent, policyFields)
  if (present && faults.length === 0 && sent.type !== present.type) faults.push(invalid('type'))
  const conditions = objectMember(sent, 'conditions')
  const table = settingValues[sent.type as PolicyType] ?? {}
  const settings = objectMember(sent, 'settings')
  refuseFaults([...faults, ...conditionFaults(conditions), ...checkFields(settings ?? {}, table, 'settings.')])
  return {
    type: sent.type as PolicyType,
    name: String(sent.name),
    description: textOrNull(sent.description),
    status: statusOf(sent.status),
    priority: numberOf(sent.priority),
    conditions: conditions ?? null,
    settings: settings && withNumbers(settings, table),
  }
}

/** A rule from a body. What is absent in a change stays as it is. */
export function readRule(body: unknown, type: PolicyType, present?: PolicyRule): RuleParts {
  const sent = objectBody(body)
  const conditions = objectMember(sent, 'conditions')
  const actions = objectMember(sent, 'actions') ?? present?.actions ?? {}
  const table = actionValues[type] ?? {}
  refuseFaults([
    ...checkFields(sent, ruleFields),
    ...conditionFaults(conditions),
    ...actionFaults(type, actions),
    ...checkFields(actions, table, 'actions.'),
    ...sessionFaults(actions),
    ...promptFaults(actions),
    ...passwordFaults(actions),
  ])
  return {
    name: String(sent.name),
    status: statusOf(sent.status),
    priority: numberOf(sent.priority),
    conditions: conditions ?? (present && !('conditions' in sent) ? present.conditions : null),
    actions: withNumbers(actions, table),
  }
}

const invalid = (field: string): FieldFault => ({ field, says: 'The field has an invalid value', kind: 'invalid' })

const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const numberOf = (value: unknown): number | undefined => (isBlank(value) ? undefined : Number(value))

const statusOf = (value: unknown): 'ACTIVE' | 'INACTIVE' | undefined =>
  value === 'ACTIVE' || value === 'INACTIVE' ? value : undefined

function conditionFaults(conditions: JsonObject | undefined): FieldFault[] {
  if (!conditions) return []
  const network = objectMember(conditions, 'network') ?? {}
  const people = objectMember(conditions, 'people') ?? {}
  const device = objectMember(conditions, 'device') ?? {}
  const faults = checkFields(conditions, conditionValues, 'conditions.')
  faults.push(...listFaults(network, 'conditions.network'))
  faults.push(...listFaults(objectMember(device, 'assurance') ?? {}, 'conditions.device.assurance'))
  for (const name of ['users', 'groups']) {
    faults.push(...listFaults(objectMember(people, name) ?? {}, `conditions.people.${name}`))
  }
  return faults
}

function listFaults(holder: JsonObject, path: string): FieldFault[] {
  return ['include', 'exclude'].flatMap((name) => {
    const list = holder[name]
    if (list === undefined || list === null) return []
    const isTexts = Array.isArray(list) && list.every((one) => typeof one === 'string')
    return isTexts ? [] : [invalid(`${path}.${name}`)]
  })
}

function actionFaults(type: PolicyType, actions: JsonObject): FieldFault[] {
  return (actionWords[type] ?? []).flatMap(({ path, words }) => {
    let value: unknown = actions
    for (const name of path) value = isObject(value) ? value[name] : undefined
    const field = `actions.${path.join('.')}`
    if (value === undefined || value === null) {
      return [{ field, says: 'The field cannot be left blank', kind: 'missing' as const }]
    }
    return words.includes(String(value)) ? [] : [invalid(field)]
  })
}

// A session cannot lie idle for longer than it lives; 0 is without end (reported: a lifetime below the standard of 120
// idle minutes is refused).
function sessionFaults(actions: JsonObject): FieldFault[] {
  const session = objectMember(objectMember(actions, 'signon') ?? {}, 'session') ?? {}
  const lifetime = numberOf(session.maxSessionLifetimeMinutes) ?? 0
  if (!(lifetime > 0 && lifetime < (numberOf(session.maxSessionIdleMinutes) ?? IDLE_MINUTES))) return []
  const says = 'must not be less than maxSessionIdleMinutes'
  return [{ field: 'actions.signon.session.maxSessionLifetimeMinutes', says, kind: 'invalid' }]
}

// Who asks for a factor says when (documented).
function promptFaults(actions: JsonObject): FieldFault[] {
  const signon = objectMember(actions, 'signon') ?? {}
  if (signon.requireFactor !== true || !isBlank(signon.factorPromptMode)) return []
  return [{ field: 'actions.signon.factorPromptMode', says: 'The field cannot be left blank', kind: 'missing' }]
}

// Who may reset a password may change it too (reported: okta/okta-sdk-dotnet, PolicyApiTests.cs; the sentence is inferred).
function passwordFaults(actions: JsonObject): FieldFault[] {
  const accessOf = (name: string) => objectMember(actions, name)?.access
  if (accessOf('passwordChange') !== 'DENY' || accessOf('selfServicePasswordReset') !== 'ALLOW') return []
  const says = 'must be DENY where passwordChange is'
  return [{ field: 'actions.selfServicePasswordReset.access', says, kind: 'invalid' }]
}

/** A name may be used once among policies of a type. */
export function nameIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'policy-name-taken', { field: 'name' })
}

/** And once among the rules of a policy. */
export function ruleNameIsFree(
  siblings: readonly { id: string; value: PolicyRule }[],
  name: string,
  ownId?: string,
): void {
  const taken = siblings.some((rule) => rule.id !== ownId && rule.value.name.toLowerCase() === name.toLowerCase())
  if (taken) fail(E0000001, 'policy-name-taken', { field: 'name' })
}

/** What Okta itself made stays, and stays active. */
export function mayRemove(value: Policy | PolicyRule): void {
  if (value.system) fail(E0000001, 'policy-is-system', { field: 'policyId' in value ? 'rule' : 'policy' })
}

/** App sign-in policies are always on (reported). */
export function mayDeactivate(policy: Policy): void {
  mayRemove(policy)
  if (policy.type === 'ACCESS_POLICY') fail(E0000001, 'app-policy-always-on')
}

/** What apps sign in by stays while they do (reported). */
export function mayLeaveApps(labels: readonly string[]): void {
  if (labels.length > 0) fail(E0000001, 'policy-guards-apps', { apps: labels.slice(0, 20).join(', ') })
}

/** Only app sign-in policies are cloned (documented; the end of the sentence is reported). */
export function mayClone(policy: Policy): void {
  if (policy.type === 'ACCESS_POLICY') return
  refuseValue('policyId', 'Cloning is only supported for authentication policies')
}

/** Policies of Okta's own apps are for these apps alone; only app sign-in policies are for apps at all. */
export function mayAssign(policy: Policy): void {
  if (policy.type !== 'ACCESS_POLICY') {
    refuseValue('policyId', 'The policy is no app sign-in policy')
  }
  if (policy.reservedFor) fail(E0000001, 'policy-reserved', { app: policy.reservedFor })
}
