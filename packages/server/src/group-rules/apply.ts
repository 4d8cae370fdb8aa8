// Who comes into a group by a rule, and who leaves? Works out what has to change for some users, and changes it.
import { type Group, groups, type Membership, membershipId, memberships } from '../entities/group.ts'
import { type User, users } from '../entities/user.ts'
import { holdsRole } from '../gates/holders.ts'
import { type Org, witnessed } from '../org.ts'
import { put, remove, type Stored, VersionConflict, type Write } from '../state/state.ts'
import { noteMembership } from './events.ts'
import { activeRules, holds, type ReadRule, scopeOf } from './fits.ts'

/** A membership that comes, goes, or changes hands. */
interface Change {
  kind: 'add' | 'remove' | 'keep'
  write: Write
  user: Stored<User>
  groupId: string
  ruleId: string
}

// Rules may feed each other's conditions. A pair that contradict each other would go on for ever.
const MOST_ROUNDS = 10

/** Applies rules to users; without rules, all that are at work. Goes on while memberships change conditions. */
export async function applyRules(org: Org, userIds: readonly string[], only?: readonly ReadRule[]): Promise<void> {
  let open = userIds
  for (let round = 0; round < MOST_ROUNDS && open.length > 0; round++) {
    // After the first round every rule may be concerned.
    open = await applyOnce(org, open, round === 0 ? only : undefined)
  }
}

/** One round; the users whose memberships changed, where that may concern a rule. */
async function applyOnce(whole: Org, userIds: readonly string[], only?: readonly ReadRule[]): Promise<string[]> {
  for (;;) {
    const org = witnessed(whole)
    const all = await activeRules(org)
    const rules = only ?? all
    const known = new Map<string, Stored<Group> | undefined>()
    const changes: Change[] = []
    for (const id of userIds) {
      const user = await org.state.load(users, id)
      if (user) changes.push(...(await changesFor(org, user, rules, known)))
    }
    try {
      await commit(org, changes, known)
    } catch (error) {
      // Somebody changed a group or membership meanwhile: worked out anew.
      if (error instanceof VersionConflict) continue
      throw error
    }
    if (!all.some(({ expression }) => expression.asksGroups)) return []
    return [...new Set(changes.filter(({ kind }) => kind !== 'keep').map(({ user }) => user.id))]
  }
}

async function changesFor(
  org: Org,
  user: Stored<User>,
  rules: readonly ReadRule[],
  known: Map<string, Stored<Group> | undefined>,
): Promise<Change[]> {
  const scope = await scopeOf(org, user, rules)
  const rows = new Map<string, Stored<Membership> | undefined>()
  const held = new Map<string, { ruleIds: string[]; last: string }>()
  for (const rule of rules) {
    const should = holds(rule, user, scope)
    for (const groupId of rule.value.groupIds) {
      const id = membershipId(groupId, user.id)
      if (!rows.has(id)) rows.set(id, await org.state.load(memberships, id))
      const ruleIds = held.get(groupId)?.ruleIds ?? [...(rows.get(id)?.value.ruleIds ?? [])]
      if (should === ruleIds.includes(rule.id)) continue
      const next = should ? [...ruleIds, rule.id] : ruleIds.filter((one) => one !== rule.id)
      held.set(groupId, { ruleIds: next, last: rule.id })
    }
  }
  const changes: Change[] = []
  for (const [groupId, { ruleIds, last }] of held) {
    if (!known.has(groupId)) known.set(groupId, await org.state.load(groups, groupId))
    if (!known.get(groupId)) continue
    const row = rows.get(membershipId(groupId, user.id))
    const change = changeOf(org, user.id, groupId, row, ruleIds)
    // A rule makes no administrators, however the group came by its role.
    if (change?.kind === 'add' && (await holdsRole(org, groupId))) continue
    if (change) changes.push({ ...change, user, groupId, ruleId: last })
  }
  return changes
}

// Whoever was added by hand and meets a condition is held by the rule from then on (documented), and leaves with it.
function changeOf(
  org: Org,
  userId: string,
  groupId: string,
  row: Stored<Membership> | undefined,
  ruleIds: readonly string[],
): Pick<Change, 'kind' | 'write'> | undefined {
  if (ruleIds.length === 0) return row && { kind: 'remove', write: remove(memberships, row) }
  const value = row ? { ...row.value, ruleIds } : { groupId, userId, addedAt: org.clock.now(), ruleIds }
  return { kind: row ? 'keep' : 'add', write: put(memberships, membershipId(groupId, userId), value, row) }
}

async function commit(
  org: Org,
  changes: readonly Change[],
  known: ReadonlyMap<string, Stored<Group> | undefined>,
): Promise<void> {
  if (changes.length === 0) return
  const moved = changes.filter(({ kind }) => kind !== 'keep')
  const now = org.clock.now()
  const groupWrites = [...new Set(moved.map(({ groupId }) => groupId))].map((id) => {
    const group = known.get(id)!
    return put(groups, id, { ...group.value, lastMembershipUpdatedAt: now }, group)
  })
  await org.state.change([...changes.map(({ write }) => write), ...groupWrites])
  for (const { kind, user, groupId, ruleId } of moved) {
    noteMembership(org, kind === 'add' ? 'add' : 'remove', user, known.get(groupId)!, ruleId)
  }
}

/** Ends what a deleted rule did: its members stay as if added by hand, or leave unless another rule holds them. */
export async function releaseMembers(whole: Org, ruleId: string, leave: boolean): Promise<void> {
  for (;;) {
    const org = witnessed(whole)
    const rows = await org.state.find(memberships, 'rule', ruleId, { limit: BATCH })
    if (rows.length === 0) return
    const known = new Map<string, Stored<Group> | undefined>()
    const changes: Change[] = []
    for (const row of rows) {
      const { groupId, userId } = row.value
      const user = await org.state.load(users, userId)
      if (!known.has(groupId)) known.set(groupId, await org.state.load(groups, groupId))
      const ruleIds = row.value.ruleIds?.filter((one) => one !== ruleId) ?? []
      const goes = ruleIds.length === 0 && leave
      const kept = { ...row.value, ruleIds: ruleIds.length > 0 ? ruleIds : undefined }
      const write = goes ? remove(memberships, row) : put(memberships, row.id, kept, row)
      const shown = goes && user && known.get(groupId)
      changes.push({ kind: shown ? 'remove' : 'keep', write, user: user as Stored<User>, groupId, ruleId })
    }
    try {
      await commit(org, changes, known)
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error
    }
  }
}

const BATCH = 500

/** Applies one rule to all users, some at a time. */
export async function applyToAll(org: Org, rule: ReadRule): Promise<void> {
  let after: string | undefined
  for (;;) {
    const rows = await org.state.scan(users, { after, limit: BATCH })
    await applyRules(
      org,
      rows.map(({ id }) => id),
      [rule],
    )
    after = rows.at(-1)?.id
    if (rows.length < BATCH) return
  }
}
