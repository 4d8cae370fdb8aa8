// Which realm do the assignments put a user into? Asked when a user is made, and when assignments are run.
import { idps } from './entities/idp.ts'
import { type Realm, type RealmAssignment, realmAssignments, realms } from './entities/realm.ts'
import type { User } from './entities/user.ts'
import { ExpressionFault, evaluateExpression } from './expression/index.ts'
import type { Org } from './org.ts'
import type { Stored } from './state/state.ts'

/** All assignments, the first to be asked first. */
export async function assignmentsInOrder(org: Org): Promise<Stored<RealmAssignment>[]> {
  const rows = await org.state.scan(realmAssignments)
  return rows.sort((a, b) => a.value.priority - b.value.priority)
}

/**
 * The realm of a user who is just being made, and of whom nobody said where to: the first active assignment that fits
 * decides (documented). Costs nothing where there is only the catch-all.
 */
export async function realmByAssignments(
  org: Org,
  user: Pick<User, 'profile' | 'status'>,
  now: number,
): Promise<string> {
  if (org.state.lacks(realmAssignments, 'asked', 'yes')) return org.fixed.realmId
  for (const { value } of await assignmentsInOrder(org)) {
    if (value.status !== 'ACTIVE' || !assignmentFits(org, value, { id: '', value: user }, now)) continue
    // Whoever is made by the API comes from no identity provider.
    if (value.profileSourceId !== undefined && (await org.state.load(idps, value.profileSourceId))) continue
    const realm = await org.state.load(realms, value.realmId)
    return realmTakes(realm?.value, user) ? value.realmId : org.fixed.realmId
  }
  return org.fixed.realmId
}

/** Does the assignment mean this user? */
export function assignmentFits(
  org: Org,
  { expression, domains }: RealmAssignment,
  { id, value: { profile, status } }: { id: string; value: Pick<User, 'profile' | 'status'> },
  now: number,
): boolean {
  if (domains && !isOfDomains(profile, domains)) return false
  if (expression === undefined) return true
  try {
    const values = { user: { ...profile, profile, id, status } }
    return evaluateExpression(org.readExpression(expression), { values, groups: [], now }) === true
  } catch (error) {
    // What means nothing for this user does not fit.
    if (error instanceof ExpressionFault) return false
    throw error
  }
}

/** May the user be in this realm? */
export function realmTakes(realm: Realm | undefined, { profile }: Pick<User, 'profile'>): boolean {
  return realm !== undefined && (!realm.domains || isOfDomains(profile, realm.domains))
}

function isOfDomains(profile: User['profile'], domains: readonly string[]): boolean {
  return [profile.login, profile.email].every((text) => {
    const domain = String(text).toLowerCase().split('@').at(-1)
    return domains.some((one) => one.toLowerCase() === domain)
  })
}
