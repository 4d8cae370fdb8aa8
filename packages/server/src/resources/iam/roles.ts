// Which operations does the API have on custom roles and their permissions?
import { E0000007 } from '@errorg/errors/codes'
import { type CustomRole, customRoles, type RolePermission } from '../../entities/custom-role.ts'
import { findCustomRole } from '../../entities/find-iam.ts'
import { resourceSets } from '../../entities/resource-set.ts'
import { roleAssignments } from '../../entities/role-assignment.ts'
import { fail } from '../../fail.ts'
import { objectBody } from '../../fields.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import { readPage } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { unbind } from './bindings.ts'
import { note, permissionParty, roleParty } from './events.ts'
import { permissionIsKnown, readConditions, readLabel, readPermissionNames, roleLabelIsFree } from './rules.ts'
import { listBody, showPermission, showRole } from './schema.ts'

const pages = { standard: 100, most: 100, prefix: 'cr0' }

const labelHolder = (org: Org, label: string) => org.state.holder(customRoles, `label:${label.toLowerCase()}`)

/** `GET /iam/roles`: the custom ones only. */
export async function listRoles(org: Org, x: Exchange) {
  const page = readPage(org, x, pages)
  return listBody(x, org, 'roles', await org.state.scan(customRoles), page, (role) => showRole(org, role))
}

/** `POST /iam/roles` */
export async function createRole(org: Org, x: Exchange) {
  const body = objectBody(x.body)
  const parts = readLabel(body)
  const names = readPermissionNames(body)
  roleLabelIsFree(await labelHolder(org, parts.label))
  const since = { createdAt: x.now, lastUpdatedAt: x.now }
  const value: CustomRole = { ...parts, permissions: names.map((name) => ({ name, ...since })), ...since }
  const role = { id: org.ids.next('cr0'), version: 0, value }
  await org.state.change([put(customRoles, role.id, value)])
  note(org, x, 'iam.role.create', [roleParty(role)])
  for (const name of names) note(org, x, 'iam.role.permissions.add', [roleParty(role), permissionParty(name)])
  return ok(showRole(org, role))
}

/** `GET /iam/roles/{roleIdOrLabel}` */
export async function getRole(org: Org, x: Exchange) {
  return ok(showRole(org, await loadRole(org, x)))
}

/** `PUT /iam/roles/{roleIdOrLabel}`: label and description; the permissions stay. */
export async function replaceRole(org: Org, x: Exchange) {
  const role = await loadRole(org, x)
  const parts = readLabel(objectBody(x.body))
  roleLabelIsFree(await labelHolder(org, parts.label), role.id)
  const next = await save(org, role, { ...role.value, ...parts, lastUpdatedAt: x.now })
  note(org, x, 'iam.role.update', [roleParty(next)])
  return ok(showRole(org, next))
}

/** With the role goes what was made of it: nobody holds it any more. */
export async function deleteRole(org: Org, x: Exchange) {
  const role = await loadRole(org, x)
  const held = await org.state.find(roleAssignments, 'customRole', role.id)
  const sets = await org.state.scan(resourceSets)
  await org.state.change([
    remove(customRoles, role),
    ...held.map((one) => remove(roleAssignments, one)),
    ...sets.flatMap((set) => unbind(set, role.id)),
  ])
  note(org, x, 'iam.role.delete', [roleParty(role)])
  return noContent()
}

/** `GET /iam/roles/{roleIdOrLabel}/permissions` */
export async function listPermissions(org: Org, x: Exchange) {
  const role = await loadRole(org, x)
  return ok({ permissions: role.value.permissions.map((permission) => showPermission(org, role.id, permission)) })
}

/** `GET /iam/roles/{roleIdOrLabel}/permissions/{permissionType}` */
export async function getPermission(org: Org, x: Exchange) {
  const role = await loadRole(org, x)
  return ok(showPermission(org, role.id, permissionOf(role, x.params.permissionType!)))
}

/** Adding a permission again sets its conditions. */
export async function addPermission(org: Org, x: Exchange) {
  await setPermission(org, x, await loadRole(org, x))
  return noContent()
}

/** `PUT` of the same: the conditions of a permission that the role has. */
export async function replacePermission(org: Org, x: Exchange) {
  const role = await loadRole(org, x)
  permissionOf(role, x.params.permissionType!)
  return ok(showPermission(org, role.id, await setPermission(org, x, role)))
}

async function setPermission(org: Org, x: Exchange, role: Stored<CustomRole>): Promise<RolePermission> {
  const name = x.params.permissionType!
  permissionIsKnown(name)
  const conditions = readConditions(x.body, name)
  const old = role.value.permissions.find((permission) => permission.name === name)
  const permission = { name, conditions, createdAt: old?.createdAt ?? x.now, lastUpdatedAt: x.now }
  const permissions = old
    ? role.value.permissions.map((one) => (one === old ? permission : one))
    : [...role.value.permissions, permission]
  await save(org, role, { ...role.value, permissions })
  const targets = [roleParty(role), permissionParty(name)]
  if (!old) note(org, x, 'iam.role.permissions.add', targets)
  if (conditions) note(org, x, 'iam.role.permission.conditions.add', targets)
  else if (old?.conditions) note(org, x, 'iam.role.permission.conditions.delete', targets)
  return permission
}

/** `DELETE` of the same. */
export async function deletePermission(org: Org, x: Exchange) {
  const role = await loadRole(org, x)
  const permission = permissionOf(role, x.params.permissionType!)
  await save(org, role, { ...role.value, permissions: role.value.permissions.filter((one) => one !== permission) })
  note(org, x, 'iam.role.permissions.delete', [roleParty(role), permissionParty(permission.name)])
  return noContent()
}

function loadRole(org: Org, x: Exchange): Promise<Stored<CustomRole>> {
  return findCustomRole(org, x.params.roleIdOrLabel!)
}

function permissionOf({ value }: Stored<CustomRole>, name: string): RolePermission {
  const found = value.permissions.find((permission) => permission.name === name)
  return found ?? fail(E0000007, 'resource-missing', { id: name, type: 'Permission' })
}

async function save(org: Org, role: Stored<CustomRole>, value: CustomRole): Promise<Stored<CustomRole>> {
  await org.state.change([put(customRoles, role.id, value, role)])
  return { ...role, value }
}
