// Who holds roles, and which ones?
import { E0000007 } from '@errorg/errors/codes'
import { customRoles } from '../../entities/custom-role.ts'
import { findClient } from '../../entities/find-app.ts'
import { findGroup } from '../../entities/find-group.ts'
import { findUser } from '../../entities/find-user.ts'
import type { Group } from '../../entities/group.ts'
import { type RoleAssignment, roleAssignments } from '../../entities/role-assignment.ts'
import type { User } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { LogParty } from '../../log/event.ts'
import { groupParty, userParty } from '../../log/parties.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'
import { assignmentIdOf, isSharedId, showAssignment } from './schema.ts'

/** Whoever can hold a role: the user, the group or the client in the path. A client's id is its client id. */
export interface Holder {
  id: string
  kind: 'USER' | 'GROUP' | 'CLIENT'
  party: LogParty
  /** Set for users. */
  user?: Stored<User>
  /** Set for groups. */
  group?: Stored<Group>
  /** Set for clients: `service` and the like. */
  clientType?: string
}

/** The holder that the path names, or E0000007. */
export async function loadHolder(org: Org, x: Exchange): Promise<Holder> {
  if (x.params.clientId !== undefined) return await loadClient(org, x.params.clientId)
  if (x.params.userId === undefined) {
    const group = await findGroup(org, x.params.groupId!)
    return { id: group.id, kind: 'GROUP', party: groupParty(group), group }
  }
  const user = await findUser(org, x, x.params.userId)
  return { id: user.id, kind: 'USER', party: userParty(user), user }
}

async function loadClient(org: Org, clientId: string): Promise<Holder> {
  const app = await findClient(org, clientId)
  if (!app) return fail(E0000007, 'resource-missing', { id: clientId, type: 'PublicClientApp' })
  const party = { id: clientId, type: 'PublicClientApp', alternateId: 'unknown', displayName: app.value.label }
  return { id: clientId, kind: 'CLIENT', party, clientType: app.value.oauth?.applicationType }
}

/** The assignment with this id if this holder has it, or E0000007. */
export async function loadAssignment(org: Org, holderId: string, id: string): Promise<Stored<RoleAssignment>> {
  return (await findAssignment(org, holderId, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'RoleAssignment' })
}

/**
 * The same for a group that was not looked up: it is the assignment that is missing then, also where the group is. Of an
 * id that is known elsewhere Okta says so (okta/okta-sdk-dotnet RoleAssignmentBGroupApiTests).
 */
export async function loadGroupAssignment(org: Org, groupId: string, id: string): Promise<Stored<RoleAssignment>> {
  const role = await findAssignment(org, groupId, id)
  if (role) return role
  const isKnown = isSharedId(id) || (await org.state.load(roleAssignments, id)) !== undefined
  return fail(E0000007, 'resource-missing', { id, type: isKnown ? 'GroupRoleAssignment' : 'RoleAssignment' })
}

async function findAssignment(org: Org, holderId: string, id: string): Promise<Stored<RoleAssignment> | undefined> {
  const roles = await org.state.find(roleAssignments, 'holder', holderId)
  return roles.find((one) => assignmentIdOf(one) === id)
}

/** A role assignment as Okta shows it; a custom role brings its label. */
export async function showRole(org: Org, assignment: Stored<RoleAssignment>): Promise<Record<string, unknown>> {
  const { custom } = assignment.value
  const role = custom && (await org.state.load(customRoles, custom.roleId))
  return showAssignment(org, assignment, role?.value.label)
}
