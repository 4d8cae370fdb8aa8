// Which policy and rule apply to this user at this address? Policies by priority, then their rules by priority.
import { type App, apps } from './entities/app.ts'
import { type Policy, type PolicyRule, type PolicyType, policies, policyRules } from './entities/policy.ts'
import { type User, users } from './entities/user.ts'
import { zones } from './entities/zone.ts'
import { isObject, type JsonObject } from './fields.ts'
import { contains, isInZones } from './gates/network.ts'
import type { Org } from './org.ts'
import type { Stored } from './state/state.ts'

/** Who signs in, and from where. */
export interface Subject {
  userId: string
  user: User | undefined
  groupIds: readonly string[]
  address: string
}

/** A policy with the first of its rules that fits. */
export interface Match {
  policy: Stored<Policy>
  rule: Stored<PolicyRule>
}

/** Gathers what conditions ask about. */
export async function subjectOf(org: Org, userId: string, address: string): Promise<Subject> {
  const user = (await org.state.load(users, userId))?.value
  return { userId, user, groupIds: await org.groupIdsOf(userId), address }
}

/** The first active policy of a type that fits, with the first active rule that fits; a policy without one is passed over. */
export async function matchPolicy(org: Org, type: PolicyType, subject: Subject): Promise<Match | undefined> {
  const all = await org.state.find(policies, 'type', type)
  for (const policy of inOrder(all)) {
    if (!fitsPeople(policy.value.conditions, subject) || !fitsProvider(policy.value.conditions, subject)) continue
    const { rule } = await matchRule(org, policy.id, subject)
    if (rule) return { policy, rule }
  }
  return undefined
}

/** The first active rule of a policy that fits, and whether one before it would have fitted on another device. */
export async function matchRule(
  org: Org,
  policyId: string,
  subject: Subject,
): Promise<{ rule: Stored<PolicyRule> | undefined; wantsDevice: boolean }> {
  let wantsDevice = false
  for (const rule of inOrder(await org.state.find(policyRules, 'policy', policyId))) {
    if (!(await fitsRule(org, rule.value.conditions, subject))) continue
    if (!wantsKnownDevice(rule.value.conditions)) return { rule, wantsDevice }
    wantsDevice = true
  }
  return { rule: undefined, wantsDevice }
}

/** The app sign-in policy of an app: its own, else the default. */
export async function policyOfApp(org: Org, appId: string): Promise<Stored<Policy> | undefined> {
  const app: App | undefined = (await org.state.load(apps, appId))?.value
  const own = app?.policyId === undefined ? undefined : await org.state.load(policies, app.policyId)
  return own ?? (await defaultPolicy(org, 'ACCESS_POLICY'))
}

/** The default policy of a type. */
export async function defaultPolicy(org: Org, type: PolicyType): Promise<Stored<Policy> | undefined> {
  return (await org.state.find(policies, 'type', type)).find((policy) => policy.value.isDefault)
}

/** Active ones by priority; what is the default or the catch-all comes last, whatever its number. */
export function inOrder<T extends Policy | PolicyRule>(rows: readonly Stored<T>[]): Stored<T>[] {
  const last = (value: T): boolean => ('policyId' in value ? value.system : value.isDefault === true)
  return rows
    .filter((row) => row.value.status === 'ACTIVE')
    .sort((a, b) => Number(last(a.value)) - Number(last(b.value)) || a.value.priority - b.value.priority)
}

type Conditions = Policy['conditions']

const member = (value: unknown, name: string): JsonObject => {
  const inner = isObject(value) ? value[name] : undefined
  return isObject(inner) ? inner : {}
}

const listIn = (value: JsonObject, name: string): readonly unknown[] =>
  Array.isArray(value[name]) ? (value[name] as unknown[]) : []

/** Users and groups: whoever is excluded does not fit; without an include everybody else does. */
export function fitsPeople(conditions: Conditions, { userId, groupIds }: Subject): boolean {
  const people = member(conditions, 'people')
  const named = member(people, 'users')
  const grouped = member(people, 'groups')
  if (listIn(named, 'exclude').includes(userId)) return false
  if (listIn(grouped, 'exclude').some((id) => groupIds.includes(String(id)))) return false
  const wanted = [...listIn(named, 'include'), ...listIn(grouped, 'include')]
  return wanted.length === 0 || wanted.some((id) => id === userId || groupIds.includes(String(id)))
}

/** Password policies are for users of one source. */
function fitsProvider(conditions: Conditions, { user }: Subject): boolean {
  const { provider } = member(conditions, 'authProvider')
  if (provider === undefined || !user) return true
  const own = user.provider.type === 'ACTIVE_DIRECTORY' || user.provider.type === 'LDAP' ? user.provider.type : 'OKTA'
  return provider === own
}

async function fitsRule(org: Org, conditions: Conditions, subject: Subject): Promise<boolean> {
  if (!fitsPeople(conditions, subject) || !fitsUserType(conditions, subject)) return false
  if (!fitsWhatIsUnknown(conditions)) return false
  return await fitsNetwork(org, conditions, subject.address)
}

function fitsUserType(conditions: Conditions, { user }: Subject): boolean {
  const types = member(conditions, 'userType')
  if (!user) return true
  if (listIn(types, 'exclude').includes(user.typeId)) return false
  const include = listIn(types, 'include')
  return include.length === 0 || include.includes(user.typeId)
}

// No caller of this org has a device that is registered or managed.
function wantsKnownDevice(conditions: Conditions): boolean {
  const device = member(conditions, 'device')
  return device.registered === true || device.managed === true
}

// Nor a known platform, a behaviour that stands out, or a RADIUS server; expressions are not evaluated. A rule that asks
// for one of these is passed over.
function fitsWhatIsUnknown(conditions: Conditions): boolean {
  if (listIn(member(conditions, 'platform'), 'include').some((one) => !isAnyPlatform(one))) return false
  if (member(conditions, 'authContext').authType === 'RADIUS') return false
  if (listIn(member(conditions, 'risk'), 'behaviors').length > 0) return false
  const { condition } = member(conditions, 'elCondition')
  if (typeof condition === 'string' && condition !== '') return false
  for (const name of ['riskScore', 'risk']) {
    const { level } = member(conditions, name)
    if (level === 'MEDIUM' || level === 'HIGH') return false
  }
  const { provider } = member(conditions, 'identityProvider')
  return provider === undefined || provider === 'ANY' || provider === 'OKTA'
}

function isAnyPlatform(one: unknown): boolean {
  const { type } = isObject(one) ? one : {}
  const os = member(one, 'os')
  return (type === undefined || type === 'ANY') && (os.type === undefined || os.type === 'ANY')
}

async function fitsNetwork(org: Org, conditions: Conditions, address: string): Promise<boolean> {
  const network = member(conditions, 'network')
  switch (network.connection) {
    case 'ZONE': {
      const ids = (name: string) => listIn(network, name).map(String)
      if (await isInZones(org, ids('exclude'), address)) return false
      const include = ids('include')
      return include.length === 0 || (await isInZones(org, include, address))
    }
    case 'ON_NETWORK':
      return await isOnNetwork(org, address)
    case 'OFF_NETWORK':
      return !(await isOnNetwork(org, address))
    default:
      return true
  }
}

// "The network" of old rules is the zone that every org came with.
async function isOnNetwork(org: Org, address: string): Promise<boolean> {
  const zone = await org.state.holder(zones, 'name:legacyipzone')
  return zone !== undefined && contains(org, zone.value, address)
}
