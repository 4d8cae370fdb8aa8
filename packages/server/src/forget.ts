// What still names a thing that goes? Policies, rules, realm assignments and identity providers name groups, users, apps
// and hooks by id, and no list keeps the id of a thing that is not there. (inferred: Okta does not say what becomes of such names)
import { serverPolicies, serverRules } from './entities/auth-server.ts'
import { idps } from './entities/idp.ts'
import { type Policy, type PolicyRule, policies, policyRules } from './entities/policy.ts'
import { type RealmAssignment, realmAssignments } from './entities/realm.ts'
import { isObject } from './fields.ts'
import type { Org } from './org.ts'
import { holds } from './policy-references.ts'
import { type Collection, put, type Write } from './state/state.ts'

type Forget = (org: Org, ids: readonly string[]) => Promise<Write[]>

// What names others, and in which members. An excluded user of a group rule is not among them: Okta keeps that name
// (reported).
const holders: readonly Forget[] = [
  holder(policies, ['conditions', 'settings'], reachesNoFurther),
  holder(policyRules, ['conditions', 'actions'], reachesNoFurther),
  holder(idps, ['policy']),
  holder(serverPolicies, ['clients']),
  holder(serverRules, ['people', 'inlineHookId']),
  holder(realmAssignments, ['profileSourceId'], putsNoMore),
]

/** What is to be written when a thing goes, so that nothing names it afterwards. An app may go by two ids. */
export async function forgetting(org: Org, ...ids: readonly string[]): Promise<Write[]> {
  return (await Promise.all(holders.map((forget) => forget(org, ids)))).flat()
}

function holder<T>(
  collection: Collection<T>,
  members: readonly (keyof T)[],
  settle: (before: T, after: T) => T = (_, after) => after,
): Forget {
  return async ({ state }, ids) =>
    (await state.scan(collection)).flatMap((row) => {
      if (!members.some((name) => ids.some((id) => holds(row.value[name], id)))) return []
      const value = { ...row.value }
      for (const name of members) value[name] = without(row.value[name], ids) as T[keyof T]
      return [put(collection, row.id, settle(row.value, value), row)]
    })
}

/** The value without what names one of the ids: `{ "type": "APP", "id": "0oa…" }` goes as a whole from a list. */
function without(value: unknown, ids: readonly string[]): unknown {
  const names = (one: unknown): boolean => typeof one === 'string' && ids.includes(one)
  if (names(value)) return undefined
  if (Array.isArray(value)) {
    return value
      .filter((one) => !names(one) && !(isObject(one) && Object.values(one).some(names)))
      .map((one) => without(one, ids))
  }
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => (names(one) ? [] : [[name, without(one, ids)]])),
  )
}

// A list that includes nobody means everybody. A policy whose last group goes would else be for all: it is switched off.
function reachesNoFurther<T extends Policy | PolicyRule>(before: T, after: T): T {
  const left = includedIn(after.conditions)
  const wider = Object.entries(includedIn(before.conditions)).some(([name, count]) => count > 0 && left[name] === 0)
  return wider ? { ...after, status: 'INACTIVE' } : after
}

// An assignment for the users of one source would else be for all.
function putsNoMore(before: RealmAssignment, after: RealmAssignment): RealmAssignment {
  return after.profileSourceId === before.profileSourceId ? after : { ...after, status: 'INACTIVE' }
}

/** How many things each condition includes; users and groups count together. */
function includedIn(conditions: Policy['conditions']): Record<string, number> {
  const count = (part: unknown): number => {
    if (!isObject(part)) return 0
    const own = Array.isArray(part.include) ? part.include.length : 0
    return own + count(part.users) + count(part.groups)
  }
  return Object.fromEntries(Object.entries(conditions ?? {}).map(([name, part]) => [name, count(part)]))
}
