// How do the custom roles of a seed become state? Each gets a set of resources of its own, under the same label.
import type { SeedInput } from '../control/schemas.ts'
import { type CustomRole, customRoles } from '../entities/custom-role.ts'
import { type ResourceSet, resourceSets } from '../entities/resource-set.ts'
import { type RoleAssignment, roleAssignments } from '../entities/role-assignment.ts'
import { isPermissionName } from '../gates/custom-roles.ts'
import type { Org } from '../org.ts'
import { put } from '../state/state.ts'
import type { SeedDraft } from './draft.ts'

/** Works out what is to be written. */
export async function seedCustomRoles(org: Org, seeds: SeedInput, draft: SeedDraft): Promise<void> {
  const { writes } = draft
  const since = { createdAt: draft.now, lastUpdatedAt: draft.now }
  for (const [i, seed] of (seeds.customRoles ?? []).entries()) {
    const path = `customRoles[${i}]`
    const named = { label: seed.label, description: seed.description ?? seed.label, ...since }
    for (const [k, name] of seed.permissions.entries()) {
      if (!isPermissionName(name))
        draft.refuse(`${path}.permissions[${k}]`, `"${name}" is no permission of custom roles`)
    }
    const permissions = [...new Set(seed.permissions)].map((name) => ({ name, ...since }))
    const roleId = await draft.idOf(customRoles, 'cr0', seed.id, path)
    const role: CustomRole = { ...named, permissions }
    await draft.claim(customRoles, role, `${path}.label`, seed.label)

    const names = new Set<string>()
    for (const [k, word] of seed.resources.entries()) names.add(await nameOf(word, `${path}.resources[${k}]`, draft))
    const resources = [...names].map((name) => ({ id: org.ids.next('ire'), name, ...since }))
    const setId = org.ids.next('iam')
    const set: ResourceSet = { ...named, resources }
    await draft.claim(resourceSets, set, `${path}.label`, seed.label)
    writes.push(put(customRoles, roleId, role), put(resourceSets, setId, set))

    const hold = (holder: RoleAssignment['holder'], holderId: string) =>
      put(roleAssignments, org.ids.next('irb'), {
        type: 'CUSTOM',
        custom: { roleId, setId },
        holder,
        holderId,
        ...since,
      })
    const userIds = new Set<string>()
    for (const [k, name] of (seed.users ?? []).entries())
      userIds.add(await draft.find('users', name, `${path}.users[${k}]`))
    const groupIds = new Set<string>()
    for (const [k, name] of (seed.groups ?? []).entries()) {
      groupIds.add(await draft.find('groups', name, `${path}.groups[${k}]`))
    }
    writes.push(...[...userIds].map((id) => hold('USER', id)), ...[...groupIds].map((id) => hold('GROUP', id)))
  }
}

const wholes: Readonly<Record<string, string>> = {
  users: 'directory:users',
  groups: 'directory:groups',
  apps: 'idp:apps',
}

async function nameOf(word: string, path: string, draft: SeedDraft): Promise<string> {
  if (Object.hasOwn(wholes, word)) return wholes[word]!
  const [, what, group] = /^(group|members):(.+)$/.exec(word) ?? []
  if (group === undefined)
    return draft.refuse(path, `"${word}" is none of users, groups, apps, group:NAME, members:NAME`)
  const id = await draft.find('groups', group, path)
  return what === 'group' ? `directory:groups:${id}` : `directory:groups:${id}:contained_resources`
}
