// Which operations does the API have on custom roles, sets of resources and bindings?
import type { RouteRow } from '../../routes.ts'
import { listAssignees } from './assignees.ts'
import {
  addMembers,
  createBinding,
  deleteBinding,
  deleteMember,
  getBinding,
  getMember,
  listBindings,
  listMembers,
} from './bindings.ts'
import {
  addPermission,
  createRole,
  deletePermission,
  deleteRole,
  getPermission,
  getRole,
  listPermissions,
  listRoles,
  replacePermission,
  replaceRole,
} from './roles.ts'
import {
  addResource,
  addResources,
  createSet,
  deleteResource,
  deleteSet,
  getResource,
  getSet,
  listResources,
  listSets,
  replaceResource,
  replaceSet,
} from './sets.ts'

const ROLES = '/api/v1/iam/roles'
const ROLE = `${ROLES}/:roleIdOrLabel`
const PERMISSION = `${ROLE}/permissions/:permissionType`
const SETS = '/api/v1/iam/resource-sets'
const SET = `${SETS}/:resourceSetIdOrLabel`
const RESOURCE = `${SET}/resources/:resourceId`
const BINDING = `${SET}/bindings/:roleIdOrLabel`
const MEMBER = `${BINDING}/members/:memberId`

const read = { needs: 'roles.read' } as const
const manage = { needs: 'roles.manage' } as const
const write = { needs: 'roles.manage', body: 'json' } as const

/** Rows of the route table. */
export const iamRoutes: readonly RouteRow[] = [
  { on: `GET ${ROLES}`, operation: 'listRoles', ...read, handle: listRoles },
  { on: `POST ${ROLES}`, operation: 'createRole', ...write, handle: createRole },
  { on: `GET ${ROLE}`, operation: 'getRole', ...read, handle: getRole },
  { on: `PUT ${ROLE}`, operation: 'replaceRole', ...write, handle: replaceRole },
  { on: `DELETE ${ROLE}`, operation: 'deleteRole', ...manage, handle: deleteRole },
  { on: `GET ${ROLE}/permissions`, operation: 'listRolePermissions', ...read, handle: listPermissions },
  { on: `GET ${PERMISSION}`, operation: 'getRolePermission', ...read, handle: getPermission },
  {
    on: `POST ${PERMISSION}`,
    operation: 'createRolePermission',
    needs: 'roles.manage',
    body: 'optional',
    handle: addPermission,
  },
  {
    on: `PUT ${PERMISSION}`,
    operation: 'replaceRolePermission',
    needs: 'roles.manage',
    body: 'optional',
    handle: replacePermission,
  },
  { on: `DELETE ${PERMISSION}`, operation: 'deleteRolePermission', ...manage, handle: deletePermission },

  { on: `GET ${SETS}`, operation: 'listResourceSets', ...read, handle: listSets },
  { on: `POST ${SETS}`, operation: 'createResourceSet', ...write, handle: createSet },
  { on: `GET ${SET}`, operation: 'getResourceSet', ...read, handle: getSet },
  { on: `PUT ${SET}`, operation: 'replaceResourceSet', ...write, handle: replaceSet },
  { on: `DELETE ${SET}`, operation: 'deleteResourceSet', ...manage, handle: deleteSet },
  { on: `GET ${SET}/resources`, operation: 'listResourceSetResources', ...read, handle: listResources },
  { on: `POST ${SET}/resources`, operation: 'addResourceSetResource', ...write, handle: addResource },
  { on: `PATCH ${SET}/resources`, operation: 'addResourceSetResources', ...write, handle: addResources },
  { on: `GET ${RESOURCE}`, operation: 'getResourceSetResource', ...read, handle: getResource },
  { on: `PUT ${RESOURCE}`, operation: 'replaceResourceSetResource', ...write, handle: replaceResource },
  { on: `DELETE ${RESOURCE}`, operation: 'deleteResourceSetResource', ...manage, handle: deleteResource },

  { on: `GET ${SET}/bindings`, operation: 'listBindings', ...read, handle: listBindings },
  { on: `POST ${SET}/bindings`, operation: 'createResourceSetBinding', ...write, handle: createBinding },
  { on: `GET ${BINDING}`, operation: 'getBinding', ...read, handle: getBinding },
  { on: `DELETE ${BINDING}`, operation: 'deleteBinding', ...manage, handle: deleteBinding },
  { on: `GET ${BINDING}/members`, operation: 'listMembersOfBinding', ...read, handle: listMembers },
  { on: `PATCH ${BINDING}/members`, operation: 'addMembersToBinding', ...write, handle: addMembers },
  { on: `GET ${MEMBER}`, operation: 'getMemberOfBinding', ...read, handle: getMember },
  { on: `DELETE ${MEMBER}`, operation: 'unassignMemberFromBinding', ...manage, handle: deleteMember },

  { on: 'GET /api/v1/iam/assignees/users', operation: 'listUsersWithRoleAssignments', ...read, handle: listAssignees },
]
