// Who is in which group after a seed? Groups name their members, and users name their groups.
import type { SeedInput } from '../control/schemas.ts'
import { membershipId, memberships } from '../entities/group.ts'
import type { Org } from '../org.ts'
import { put } from '../state/state.ts'
import type { SeedDraft } from './draft.ts'

/** Works out what is to be written. */
export async function seedMemberships(org: Org, seed: SeedInput, draft: SeedDraft): Promise<void> {
  const joined = new Set<string>()
  const join = (groupId: string, userId: string): void => {
    const id = membershipId(groupId, userId)
    if (groupId === org.fixed.everyoneId || joined.has(id)) return
    joined.add(id)
    draft.writes.push(put(memberships, id, { groupId, userId, addedAt: draft.now }))
  }
  for (const [i, user] of (seed.users ?? []).entries()) {
    for (const [k, name] of (user.groups ?? []).entries()) {
      join(await draft.find('groups', name, `users[${i}].groups[${k}]`), draft.made.users[i]!.id)
    }
  }
  for (const [i, group] of (seed.groups ?? []).entries()) {
    for (const [k, member] of (group.members ?? []).entries()) {
      join(draft.made.groups[i]!.id, await draft.find('users', member, `groups[${i}].members[${k}]`))
    }
  }
}
