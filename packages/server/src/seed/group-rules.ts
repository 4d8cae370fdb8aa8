// How do the group rules of a seed become state? The condition has to be readable; the attributes that it names may
// come later.
import type { SeedInput } from '../control/schemas.ts'
import { type GroupRule, groupRules } from '../entities/group-rule.ts'
import { ExpressionFault } from '../expression/index.ts'
import { ruleStarts, rulesFollowUser } from '../group-rules/due.ts'
import type { Org } from '../org.ts'
import { put } from '../state/state.ts'
import type { SeedDraft } from './draft.ts'

/** Works out what is to be written. Once it is, the rules get to work, those of the org on the users of the seed too. */
export async function seedGroupRules(org: Org, seeds: SeedInput, draft: SeedDraft): Promise<void> {
  for (const [i, seed] of (seeds.groupRules ?? []).entries()) {
    const path = `groupRules[${i}]`
    const id = await draft.idOf(groupRules, '0pr', seed.id, path)
    mustBeReadable(org, seed.when, `${path}.when`, draft)
    const groupIds = await inOrder(seed.groups, (name, k) => draft.find('groups', name, `${path}.groups[${k}]`))
    const excluded = await inOrder(seed.except ?? [], (name, k) => draft.find('users', name, `${path}.except[${k}]`))
    const value: GroupRule = {
      name: seed.name,
      status: seed.status ?? 'ACTIVE',
      createdAt: draft.now,
      lastUpdatedAt: draft.now,
      expression: seed.when,
      groupIds,
      ...(seed.except && { excludedUserIds: excluded }),
    }
    await draft.claim(groupRules, value, `${path}.name`, seed.name)
    draft.writes.push(put(groupRules, id, value))
    if (value.status === 'ACTIVE') draft.afterwards.push(() => ruleStarts(org, id))
  }
  draft.afterwards.push(() => {
    for (const { id } of draft.made.users) rulesFollowUser(org, id)
  })
}

function mustBeReadable(org: Org, text: string, path: string, draft: SeedDraft): void {
  try {
    org.readExpression(text)
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    draft.refuse(path, `the condition cannot be read at character ${error.at + 1}: ${error.why}`)
  }
}

async function inOrder(
  names: readonly string[],
  find: (name: string, k: number) => Promise<string>,
): Promise<string[]> {
  const ids: string[] = []
  for (const [k, name] of names.entries()) ids.push(await find(name, k))
  return [...new Set(ids)]
}
