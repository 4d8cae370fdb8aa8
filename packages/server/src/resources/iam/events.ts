// What does the System Log say of custom roles, sets of resources and bindings?
import type { CustomRole } from '../../entities/custom-role.ts'
import { ornOf, type ResourceSet } from '../../entities/resource-set.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { LogParty } from '../../log/event.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

const messages = {
  'iam.role.create': 'Create custom role',
  'iam.role.update': 'Update custom role',
  'iam.role.delete': 'Delete custom role',
  'iam.role.permissions.add': 'Add permission to custom role',
  'iam.role.permissions.delete': 'Delete permission from custom role',
  'iam.role.permission.conditions.add': 'Add conditions to permission of custom role',
  'iam.role.permission.conditions.delete': 'Delete conditions from permission of custom role',
  'iam.resourceset.create': 'Create resource set',
  'iam.resourceset.update': 'Update resource set',
  'iam.resourceset.delete': 'Delete resource set',
  'iam.resourceset.resources.add': 'Add resources to resource set',
  'iam.resourceset.resources.update': 'Update resources of resource set',
  'iam.resourceset.resources.delete': 'Delete resources from resource set',
  'iam.resourceset.bindings.add': 'Add binding to resource set',
  'iam.resourceset.bindings.delete': 'Delete binding from resource set',
} as const

/** Writes an event. */
export function note(org: Org, x: Exchange, eventType: keyof typeof messages, targets: readonly LogParty[]): void {
  org.log(x, { eventType, displayMessage: messages[eventType], targets })
}

/** A custom role as an event shows it. */
export function roleParty({ id, value }: Stored<CustomRole>): LogParty {
  return { id, type: 'CUSTOM_ROLE', alternateId: 'unknown', displayName: value.label }
}

/** A permission as an event shows it. */
export function permissionParty(name: string): LogParty {
  return { id: name, type: 'PERMISSION', alternateId: 'unknown', displayName: name }
}

/** A set of resources as an event shows it. */
export function setParty({ id, value }: Stored<ResourceSet>): LogParty {
  return { id, type: 'RESOURCE_SET', alternateId: 'unknown', displayName: value.label }
}

/** A resource of a set as an event shows it. */
export function resourceParty(org: Org, resource: { id: string; name: string }): LogParty {
  const orn = ornOf(org, resource.name)
  return { id: resource.id, type: 'RESOURCE', alternateId: orn, displayName: orn }
}
