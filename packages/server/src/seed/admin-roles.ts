// Which administrator roles does a seed give to a user, a group or a client?
import { type RoleAssignment, roleAssignments } from '../entities/role-assignment.ts'
import type { RoleType } from '../gates/permissions.ts'
import type { Org } from '../org.ts'
import { put, type Write } from '../state/state.ts'

/** What gives them. A role that is said twice is given once. */
export function roleWrites(
  org: Org,
  { holder, holderId }: Pick<RoleAssignment, 'holder' | 'holderId'>,
  roles: readonly RoleType[] | undefined,
  now: number,
): Write[] {
  return [...new Set(roles)].map((type) =>
    put(roleAssignments, org.ids.next('ra1'), { type, holderId, holder, createdAt: now, lastUpdatedAt: now }),
  )
}
