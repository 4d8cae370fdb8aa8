// Who comes into a group by a rule, and who leaves? Works out what has to change for some users, and changes it.
import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Group, groups, type Membership, membershipId, memberships } from '../entities/group.ts'
import { groupRules } from '../entities/group-rule.ts'
import { type User, users } from '../entities/user.ts'
import { holdsRole } from '../gates/holders.ts'
import { type Org, witnessed } from '../org.ts'
import { put, remove, type Stored, VersionConflict, type Write } from '../state/state.ts'
import { noteMembership, noteRuleError } from './events.ts'
import { activeRules, type Holds, holdsFor, type ReadRule, readRule, scopeOf } from './fits.ts'

/** A membership that comes, goes, or changes hands. */
interface Change {
  kind: 'add' | 'remove' | 'keep'
  write: Write
  user: Stored<User>
  groupId: string
  ruleId: string
}

// Work on so many users is done in one go; then others get their turn.
const BATCH = 500
const MOST_CONDITIONS = 5_000

/** Applies rules to users; without rules, all that are at work. Goes on until no membership changes any more. */
export async function applyRules(org: Org, userIds: readonly string[], only?: readonly string[]): Promise<void> {
  for (let from = 0; from < userIds.length; ) {
    // Read anew each time: while others had their turn, a rule may have been switched off.
    const rules = await rulesAtWork(org, only)
    const size = Math.max(1, Math.floor(MOST_CONDITIONS / Math.max(1, rules.length)))
    await applyInRounds(org, userIds.slice(from, from + size), rules)
    from += size
    await nextTurn()
  }
}

async function rulesAtWork(org: Org, only?: readonly string[]): Promise<ReadRule[]> {
  if (!only) return await activeRules(org)
  const rows = await Promise.all(only.map((id) => org.state.load(groupRules, id)))
  return rows.flatMap((row) => (row?.value.status === 'ACTIVE' ? [readRule(org, row)] : []))
}

/**
 * A rule that asks for groups may follow from another one, so there are rounds: at most as many as there are rules, if
 * they follow from each other one by one. Rules that contradict each other would go on for ever: who has been where a
 * round has led before stays there.
 */
async function applyInRounds(org: Org, userIds: readonly string[], first: readonly ReadRule[]): Promise<void> {
  const told = new Set<string>()
  const before = new Set<string>()
  let open = await applyOnce(org, userIds, first, told)
  for (let round = 1; open.length > 0; round++) {
    const asking = (await activeRules(org)).filter(({ expression }) => expression.asksGroups)
    if (round > asking.length) return
    const states = await Promise.all(open.map(async (id) => [id, await stateOf(org, id)] as const))
    const onward = states.filter(([, state]) => !before.has(state)).map(([id]) => id)
    for (const [, state] of states) before.add(state)
    open = await applyOnce(org, onward, asking, told)
    if (round % ROUNDS_IN_ONE_GO === 0) await nextTurn()
  }
}

const ROUNDS_IN_ONE_GO = 10

/** What rules make of a user's memberships, in a few characters: all that the next round depends on. */
async function stateOf(org: Org, userId: string): Promise<string> {
  const rows = await org.state.find(memberships, 'user', userId)
  const hash = createHash('sha256').update(userId)
  for (const { value } of rows) hash.update(`\n${value.groupId} ${value.ruleIds?.join(' ') ?? ''}`)
  return hash.digest('base64')
}

/** One round; the users whose memberships changed. `told` holds whose faults are in the log already. */
async function applyOnce(
  whole: Org,
  userIds: readonly string[],
  rules: readonly ReadRule[],
  told: Set<string>,
): Promise<string[]> {
  for (;;) {
    const org = witnessed(whole)
    const known = new Map<string, Stored<Group> | undefined>()
    const changes: Change[] = []
    const faults: { rule: ReadRule; user: Stored<User>; why: string }[] = []
    for (const id of userIds) {
      const user = await org.state.load(users, id)
      if (!user) continue
      const holds = holdsFor(user, await scopeOf(org, user, rules), (rule, { why }) => {
        faults.push({ rule, user, why })
      })
      changes.push(...(await changesFor(org, user, rules, holds, known)))
    }
    try {
      await commit(org, changes, known)
    } catch (error) {
      // Somebody changed a group or membership meanwhile: worked out anew.
      if (!(error instanceof VersionConflict)) throw error
      continue
    }
    for (const { rule, user, why } of faults) {
      // A condition that fails, fails for many: one of them is enough to know.
      if (!told.has(rule.id)) noteRuleError(org, rule, user, why)
      told.add(rule.id)
    }
    return [...new Set(changes.filter(({ kind }) => kind !== 'keep').map(({ user }) => user.id))]
  }
}

async function changesFor(
  org: Org,
  user: Stored<User>,
  rules: readonly ReadRule[],
  holds: Holds,
  known: Map<string, Stored<Group> | undefined>,
): Promise<Change[]> {
  const rows = new Map<string, Stored<Membership> | undefined>()
  const held = new Map<string, { ruleIds: string[]; last: string }>()
  for (const rule of rules) {
    const should = holds(rule)
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
    await nextTurn()
  }
}

/** Applies rules to all users, some at a time. */
export async function applyToAll(org: Org, ruleIds: readonly string[]): Promise<void> {
  let after: string | undefined
  for (;;) {
    const rows = await org.state.scan(users, { after, limit: BATCH })
    await applyRules(
      org,
      rows.map(({ id }) => id),
      ruleIds,
    )
    after = rows.at(-1)?.id
    if (rows.length < BATCH) return
  }
}
