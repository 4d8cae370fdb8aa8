// Which administrator roles does somebody hold?
import type { HeldRoleType } from '../gates/permissions.ts'
import type { Collection } from '../state/state.ts'

/** A role, held by a user, a group's members or a client. Moments are in ms since 1970. */
export interface RoleAssignment {
  type: HeldRoleType
  /** Of a custom role: which one, and the set of resources that it reaches. */
  custom?: { roleId: string; setId: string }
  holderId: string
  holder: 'USER' | 'GROUP' | 'CLIENT'
  createdAt: number
  lastUpdatedAt: number
  /** Ids of the groups that the role is limited to; absent: all. */
  targetGroups?: readonly string[]
  /** The apps that the role is limited to: all of a name (`oidc_client`), or one (`oidc_client/0oa…`); absent: all. */
  targetApps?: readonly string[]
}

/** The key that a holder has a role under: standard roles once, custom ones once a set of resources. */
export function assignmentKey({
  holderId,
  type,
  custom,
}: Pick<RoleAssignment, 'holderId' | 'type' | 'custom'>): string {
  return custom ? `${holderId}:${custom.roleId}:${custom.setId}` : `${holderId}:${type}`
}

/** All role assignments. */
export const roleAssignments: Collection<RoleAssignment> = {
  name: 'roleAssignment',
  unique: (role) => [assignmentKey(role)],
  indexes: {
    holder: (role) => role.holderId,
    type: (role) => role.type,
    customRole: (role) => role.custom?.roleId,
    resourceSet: (role) => role.custom?.setId,
  },
}
