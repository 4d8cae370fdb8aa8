// Which operations does the API have on administrator roles? The same on users, groups and clients.
import { groupMayHoldRoles, userMayHoldRoles } from '../../admin-groups.ts'
import { findCustomRole, findResourceSet } from '../../entities/find-iam.ts'
import { assignmentKey, type RoleAssignment, roleAssignments } from '../../entities/role-assignment.ts'
import { created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { mayEndSuperAdmin } from '../../last-super-admin.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove } from '../../state/state.ts'
import { embeddedOf, listAllTargets, showTargets } from './all-targets.ts'
import { addAppTarget, dropAppTarget, listAppTargets, targetAllApps } from './app-targets.ts'
import { clientMayHoldRoles, readRole, roleIsNew } from './rules.ts'
import { type Holder, loadAssignment, loadGroupAssignment, loadHolder, showRole } from './store.ts'
import { addTarget, dropTarget, listTargets } from './targets.ts'

async function list(org: Org, x: Exchange) {
  const { groupId } = x.params
  // A group that nobody knows has no roles, and is not refused. (okta/okta-sdk-dotnet RoleAssignmentBGroupApiTests)
  const holderIds = [groupId ?? (await loadHolder(org, x)).id]
  // A user's list has what comes through groups as well, marked as such. (documented)
  if (x.params.userId !== undefined) holderIds.push(...(await org.groupIdsOf(holderIds[0]!)))
  const embeds = embeddedOf(x)
  const shown = []
  for (const id of holderIds) {
    for (const role of await org.state.find(roleAssignments, 'holder', id)) {
      const targets = embeds && (await showTargets(org, role, embeds))
      shown.push({ ...(await showRole(org, role)), ...(targets && { _embedded: { targets } }) })
    }
  }
  return ok(shown)
}

async function assign(org: Org, x: Exchange) {
  const holder = await loadHolder(org, x)
  const named = readRole(x.body)
  if (holder.user) userMayHoldRoles(holder.user.value)
  if (holder.group) await groupMayHoldRoles(org, holder.group)
  if (holder.kind === 'CLIENT') clientMayHoldRoles(holder.clientType)
  const custom = named.type === 'CUSTOM' ? await findGrant(org, named) : undefined
  const value: RoleAssignment = {
    type: named.type,
    ...(custom && { custom: { roleId: custom.role.id, setId: custom.set.id } }),
    holderId: holder.id,
    holder: holder.kind,
    createdAt: x.now,
    lastUpdatedAt: x.now,
  }
  roleIsNew(await org.state.holder(roleAssignments, assignmentKey(value)), org.settings)
  const id = org.ids.next(custom ? 'irb' : 'ra1')
  await org.state.change([put(roleAssignments, id, value)])
  note(org, x, 'grant', holder, value)
  if (custom) noteBinding(org, x, 'add', holder, custom)
  const shown = await showRole(org, { id, version: 0, value })
  // Documented: 200 for clients, 201 for the others.
  return holder.kind === 'CLIENT' ? ok(shown) : created(shown)
}

async function findGrant(org: Org, named: { role: string; set: string }) {
  return { role: await findCustomRole(org, named.role), set: await findResourceSet(org, named.set) }
}

async function get(org: Org, x: Exchange) {
  const { groupId, roleAssignmentId = '' } = x.params
  const role =
    groupId === undefined
      ? await loadAssignment(org, (await loadHolder(org, x)).id, roleAssignmentId)
      : await loadGroupAssignment(org, groupId, roleAssignmentId)
  return ok(await showRole(org, role))
}

async function unassign(org: Org, x: Exchange) {
  const holder = await loadHolder(org, x)
  const role = await loadAssignment(org, holder.id, x.params.roleAssignmentId!)
  const ends = role.value.type === 'SUPER_ADMIN' && holder.kind === 'USER'
  const others = ends ? await mayEndSuperAdmin(org, holder.id, 'goes') : []
  await org.state.change([remove(roleAssignments, role), ...others])
  note(org, x, 'revoke', holder, role.value)
  const { custom } = role.value
  if (custom) {
    noteBinding(org, x, 'delete', holder, await findGrant(org, { role: custom.roleId, set: custom.setId }))
  }
  return noContent()
}

const words = {
  USER: { family: 'user.account', whom: 'user' },
  GROUP: { family: 'group', whom: 'group' },
  CLIENT: { family: 'app.oauth2.client', whom: 'OAuth2 client' },
} as const

function note(org: Org, x: Exchange, what: 'grant' | 'revoke', holder: Holder, role: RoleAssignment): void {
  const { family, whom } = words[holder.kind]
  org.log(x, {
    eventType: `${family}.privilege.${what}`,
    displayMessage: what === 'grant' ? `Grant ${whom} privilege` : `Revoke ${whom} privilege`,
    targets: [holder.party],
    debug: { privilege: role.type },
  })
}

function noteBinding(
  org: Org,
  x: Exchange,
  what: 'add' | 'delete',
  holder: Holder,
  { role, set }: Awaited<ReturnType<typeof findGrant>>,
): void {
  org.log(x, {
    eventType: `iam.resourceset.bindings.${what}`,
    displayMessage: what === 'add' ? 'Add binding to resource set' : 'Delete binding from resource set',
    targets: [
      { id: set.id, type: 'RESOURCE_SET', alternateId: 'unknown', displayName: set.value.label },
      { id: role.id, type: 'CUSTOM_ROLE', alternateId: 'unknown', displayName: role.value.label },
      holder.party,
    ],
  })
}

const USERS = '/api/v1/users/:userId/roles'
const GROUPS = '/api/v1/groups/:groupId/roles'
const CLIENTS = '/oauth2/v1/clients/:clientId/roles'
const APPS = ':roleAssignmentId/targets/catalog/apps'

/** Rows of the route table. */
export const roleRoutes: readonly RouteRow[] = [
  { on: `GET ${USERS}`, operation: 'listAssignedRolesForUser', needs: 'roles.read', handle: list },
  { on: `POST ${USERS}`, operation: 'assignRoleToUser', needs: 'roles.manage', body: 'json', handle: assign },
  { on: `GET ${USERS}/:roleAssignmentId`, operation: 'getUserAssignedRole', needs: 'roles.read', handle: get },
  {
    on: `DELETE ${USERS}/:roleAssignmentId`,
    operation: 'unassignRoleFromUser',
    needs: 'roles.manage',
    handle: unassign,
  },
  {
    on: `GET ${USERS}/:roleAssignmentId/targets/groups`,
    operation: 'listGroupTargetsForRole',
    needs: 'roles.read',
    handle: listTargets,
  },
  {
    on: `PUT ${USERS}/:roleAssignmentId/targets/groups/:groupId`,
    operation: 'assignGroupTargetToUserRole',
    needs: 'roles.manage',
    handle: addTarget,
  },
  {
    on: `DELETE ${USERS}/:roleAssignmentId/targets/groups/:groupId`,
    operation: 'unassignGroupTargetFromUserAdminRole',
    needs: 'roles.manage',
    handle: dropTarget,
  },
  {
    on: `GET ${USERS}/:roleIdOrEncodedRoleId/targets`,
    operation: 'getRoleTargetsByUserIdAndRoleId',
    needs: 'roles.read',
    handle: listAllTargets,
  },
  { on: `GET ${GROUPS}`, operation: 'listGroupAssignedRoles', needs: 'roles.read', handle: list },
  { on: `POST ${GROUPS}`, operation: 'assignRoleToGroup', needs: 'roles.manage', body: 'json', handle: assign },
  { on: `GET ${GROUPS}/:roleAssignmentId`, operation: 'getGroupAssignedRole', needs: 'roles.read', handle: get },
  {
    on: `DELETE ${GROUPS}/:roleAssignmentId`,
    operation: 'unassignRoleFromGroup',
    needs: 'roles.manage',
    handle: unassign,
  },
  {
    on: `GET ${GROUPS}/:roleAssignmentId/targets/groups`,
    operation: 'listGroupTargetsForGroupRole',
    needs: 'roles.read',
    handle: listTargets,
  },
  {
    on: `PUT ${GROUPS}/:roleAssignmentId/targets/groups/:targetGroupId`,
    operation: 'assignGroupTargetToGroupAdminRole',
    needs: 'roles.manage',
    handle: addTarget,
  },
  {
    on: `DELETE ${GROUPS}/:roleAssignmentId/targets/groups/:targetGroupId`,
    operation: 'unassignGroupTargetFromGroupAdminRole',
    needs: 'roles.manage',
    handle: dropTarget,
  },
  { on: `GET ${CLIENTS}`, operation: 'listRolesForClient', needs: 'roles.read', handle: list },
  { on: `POST ${CLIENTS}`, operation: 'assignRoleToClient', needs: 'roles.manage', body: 'json', handle: assign },
  { on: `GET ${CLIENTS}/:roleAssignmentId`, operation: 'retrieveClientRole', needs: 'roles.read', handle: get },
  {
    on: `DELETE ${CLIENTS}/:roleAssignmentId`,
    operation: 'deleteRoleFromClient',
    needs: 'roles.manage',
    handle: unassign,
  },
  {
    on: `GET ${CLIENTS}/:roleAssignmentId/targets/groups`,
    operation: 'listGroupTargetRoleForClient',
    needs: 'roles.read',
    handle: listTargets,
  },
  {
    on: `PUT ${CLIENTS}/:roleAssignmentId/targets/groups/:groupId`,
    operation: 'assignGroupTargetRoleForClient',
    needs: 'roles.manage',
    handle: addTarget,
  },
  {
    on: `DELETE ${CLIENTS}/:roleAssignmentId/targets/groups/:groupId`,
    operation: 'removeGroupTargetRoleFromClient',
    needs: 'roles.manage',
    handle: dropTarget,
  },
  {
    on: `GET ${USERS}/${APPS}`,
    operation: 'listApplicationTargetsForApplicationAdministratorRoleForUser',
    needs: 'roles.read',
    handle: listAppTargets,
  },
  {
    on: `PUT ${USERS}/${APPS}`,
    operation: 'assignAllAppsAsTargetToRoleForUser',
    needs: 'roles.manage',
    handle: targetAllApps,
  },
  {
    on: `PUT ${USERS}/${APPS}/:appName`,
    operation: 'assignAppTargetToAdminRoleForUser',
    needs: 'roles.manage',
    handle: addAppTarget,
  },
  {
    on: `DELETE ${USERS}/${APPS}/:appName`,
    operation: 'unassignAppTargetFromAppAdminRoleForUser',
    needs: 'roles.manage',
    handle: dropAppTarget,
  },
  {
    on: `PUT ${USERS}/${APPS}/:appName/:appId`,
    operation: 'assignAppInstanceTargetToAppAdminRoleForUser',
    needs: 'roles.manage',
    handle: addAppTarget,
  },
  {
    on: `DELETE ${USERS}/${APPS}/:appName/:appId`,
    operation: 'unassignAppInstanceTargetFromAdminRoleForUser',
    needs: 'roles.manage',
    handle: dropAppTarget,
  },
  {
    on: `GET ${GROUPS}/${APPS}`,
    operation: 'listApplicationTargetsForApplicationAdministratorRoleForGroup',
    needs: 'roles.read',
    handle: listAppTargets,
  },
  {
    on: `PUT ${GROUPS}/${APPS}/:appName`,
    operation: 'assignAppTargetToAdminRoleForGroup',
    needs: 'roles.manage',
    handle: addAppTarget,
  },
  {
    on: `DELETE ${GROUPS}/${APPS}/:appName`,
    operation: 'unassignAppTargetToAdminRoleForGroup',
    needs: 'roles.manage',
    handle: dropAppTarget,
  },
  {
    on: `PUT ${GROUPS}/${APPS}/:appName/:appId`,
    operation: 'assignAppInstanceTargetToAppAdminRoleForGroup',
    needs: 'roles.manage',
    handle: addAppTarget,
  },
  {
    on: `DELETE ${GROUPS}/${APPS}/:appName/:appId`,
    operation: 'unassignAppInstanceTargetToAppAdminRoleForGroup',
    needs: 'roles.manage',
    handle: dropAppTarget,
  },
  { on: `GET ${CLIENTS}/${APPS}`, operation: 'listAppTargetRoleToClient', needs: 'roles.read', handle: listAppTargets },
  {
    on: `PUT ${CLIENTS}/${APPS}/:appName`,
    operation: 'assignAppTargetRoleToClient',
    needs: 'roles.manage',
    handle: addAppTarget,
  },
  {
    on: `DELETE ${CLIENTS}/${APPS}/:appName`,
    operation: 'removeAppTargetRoleFromClient',
    needs: 'roles.manage',
    handle: dropAppTarget,
  },
  {
    on: `PUT ${CLIENTS}/${APPS}/:appName/:appId`,
    operation: 'assignAppTargetInstanceRoleForClient',
    needs: 'roles.manage',
    handle: addAppTarget,
  },
  {
    on: `DELETE ${CLIENTS}/${APPS}/:appName/:appId`,
    operation: 'removeAppTargetInstanceRoleForClient',
    needs: 'roles.manage',
    handle: dropAppTarget,
  },
]
