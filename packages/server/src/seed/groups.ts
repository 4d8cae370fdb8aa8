// How do the groups of a seed become state? Their members come later, when the users are known.
import type { SeedInput } from '../control/schemas.ts'
import { type Group, groups } from '../entities/group.ts'
import type { Org } from '../org.ts'
import { put } from '../state/state.ts'
import { roleWrites } from './admin-roles.ts'
import type { SeedDraft } from './draft.ts'

/** Works out what is to be written. */
export async function seedGroups(org: Org, seed: SeedInput, draft: SeedDraft): Promise<void> {
  const { now } = draft
  for (const [i, group] of (seed.groups ?? []).entries()) {
    const id = await draft.idOf(groups, '00g', group.id, `groups[${i}]`)
    const value: Group = {
      type: group.type ?? 'OKTA_GROUP',
      createdAt: now,
      lastUpdatedAt: now,
      lastMembershipUpdatedAt: now,
      profile: { name: group.name, description: group.description ?? null },
    }
    await draft.claim(groups, value, `groups[${i}].name`, group.name)
    draft.writes.push(put(groups, id, value), ...roleWrites(org, { holder: 'GROUP', holderId: id }, group.roles, now))
    draft.bring('groups', group.name, id)
    draft.made.groups.push({ id, name: group.name })
  }
}
