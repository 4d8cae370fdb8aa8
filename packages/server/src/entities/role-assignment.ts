// Which administrator roles does somebody hold?
import type { RoleType } from '../gates/permissions.ts'
import type { Collection } from '../state/state.ts'

/** A role, held by a user, a group's members or a client. Moments are in ms since 1970. */
export interface RoleAssignment {
  type: RoleType
  holderId: string
  holder: 'USER' | 'GROUP' | 'CLIENT'
  createdAt: number
  lastUpdatedAt: number
  /** Ids of the groups that the role is limited to; absent: all. */
  targetGroups?: readonly string[]
  /** The apps that the role is limited to: all of a name (`oidc_client`), or one (`oidc_client/0oa…`); absent: all. */
  targetApps?: readonly string[]
}

/** All role assignments. */
export const roleAssignments: Collection<RoleAssignment> = {
  name: 'roleAssignment',
  unique: (role) => [`${role.holderId}:${role.type}`],
  indexes: { holder: (role) => role.holderId, type: (role) => role.type },
}
