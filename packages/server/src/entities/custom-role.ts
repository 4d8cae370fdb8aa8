// What is a custom administrator role, as the org keeps it?
import type { Collection } from '../state/state.ts'

/** One thing that a custom role lets its holders do. Moments are in ms since 1970. */
export interface RolePermission {
  /** Okta's name of it: `okta.users.read`. */
  name: string
  /** Which attributes it is limited to, by the kind of resource; at most one of the two sides. */
  conditions?: Readonly<Record<'include' | 'exclude', Readonly<Record<string, readonly string[]>> | undefined>>
  createdAt: number
  lastUpdatedAt: number
}

/** A custom role. Whom it reaches is said by the resource set that it is assigned with. */
export interface CustomRole {
  label: string
  description: string
  permissions: readonly RolePermission[]
  createdAt: number
  lastUpdatedAt: number
}

/** All custom roles. */
export const customRoles: Collection<CustomRole> = {
  name: 'customRole',
  unique: (role) => [`label:${role.label.toLowerCase()}`],
}
