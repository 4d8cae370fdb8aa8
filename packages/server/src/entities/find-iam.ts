// Which custom role, or set of resources, is meant by an id or a label?
import { E0000007 } from '@errorg/errors/codes'
import { fail } from '../fail.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import { type CustomRole, customRoles } from './custom-role.ts'
import { type ResourceSet, resourceSets } from './resource-set.ts'

/** The custom role, or E0000007. */
export async function findCustomRole(org: Org, idOrLabel: string): Promise<Stored<CustomRole>> {
  return (
    (await org.state.load(customRoles, idOrLabel)) ??
    (await org.state.holder(customRoles, `label:${idOrLabel.toLowerCase()}`)) ??
    fail(E0000007, 'resource-missing', { id: idOrLabel, type: 'CustomRole' })
  )
}

/** The set of resources, or E0000007 with Okta's inner name for it. */
export async function findResourceSet(org: Org, idOrLabel: string): Promise<Stored<ResourceSet>> {
  return (
    (await org.state.load(resourceSets, idOrLabel)) ??
    (await org.state.holder(resourceSets, `label:${idOrLabel.toLowerCase()}`)) ??
    fail(E0000007, 'resource-missing', { id: idOrLabel, type: 'IAMPolicy' })
  )
}
