// How do the group rules of a seed become state? The condition has to be readable; the attributes that it names may
// come later.
import type { GroupRuleSeed } from '../control/group-rule-seed.ts'
import { type GroupRule, groupRules } from '../entities/group-rule.ts'
import { ExpressionFault } from '../expression/index.ts'
import type { Org } from '../org.ts'
import { put, type Write } from '../state/state.ts'
import type { SeedTools } from './auth-servers.ts'

/** Works out what is to be written, and which rules are to get to work then. */
export async function seedGroupRules(
  org: Org,
  seeds: readonly GroupRuleSeed[],
  tools: SeedTools,
): Promise<{ writes: Write[]; starting: string[] }> {
  const writes: Write[] = []
  const starting: string[] = []
  for (const [i, seed] of seeds.entries()) {
    const path = `groupRules[${i}]`
    const id = await tools.idOf(groupRules, '0pr', seed.id, path)
    mustBeReadable(org, seed.when, `${path}.when`, tools)
    const groupIds = await inOrder(seed.groups, (name, k) => tools.findGroup(name, `${path}.groups[${k}]`))
    const excluded = await inOrder(seed.except ?? [], (name, k) => tools.findUser(name, `${path}.except[${k}]`))
    const value: GroupRule = {
      name: seed.name,
      status: seed.status ?? 'ACTIVE',
      createdAt: tools.now,
      lastUpdatedAt: tools.now,
      expression: seed.when,
      groupIds,
      ...(seed.except && { excludedUserIds: excluded }),
    }
    await tools.claim(groupRules, value, `${path}.name`, seed.name)
    writes.push(put(groupRules, id, value))
    if (value.status === 'ACTIVE') starting.push(id)
  }
  return { writes, starting }
}

function mustBeReadable(org: Org, text: string, path: string, tools: SeedTools): void {
  try {
    org.readExpression(text)
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    tools.refuse(path, `the condition cannot be read at character ${error.at + 1}: ${error.why}`)
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
