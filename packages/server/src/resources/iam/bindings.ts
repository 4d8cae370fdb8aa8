// Who holds a custom role on a set of resources? A binding is a role on a set; its members are assignments of the role.
import { E0000007 } from '@errorg/errors/codes'
import { groupMayHoldRoles, userMayHoldRoles } from '../../admin-groups.ts'
import type { CustomRole } from '../../entities/custom-role.ts'
import { findClient } from '../../entities/find-app.ts'
import { findCustomRole, findResourceSet } from '../../entities/find-iam.ts'
import { groups } from '../../entities/group.ts'
import { type ResourceSet, resourceSets } from '../../entities/resource-set.ts'
import { assignmentKey, type RoleAssignment, roleAssignments } from '../../entities/role-assignment.ts'
import { users } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { checkFields, objectBody, refuseFaults } from '../../fields.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import { readPage } from '../../lists/page.ts'
import type { LogParty } from '../../log/event.ts'
import { groupParty, userParty } from '../../log/parties.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored, type Write } from '../../state/state.ts'
import { note, roleParty, setParty } from './events.ts'
import { readMember, readMembers } from './rules.ts'
import { bindingUrl, listBody, setUrl, showBinding, showBindingEdit, showBoundRole, showMember } from './schema.ts'

/** `GET /iam/resource-sets/{set}/bindings`: the roles that somebody holds on the set. */
export async function listBindings(org: Org, x: Exchange) {
  const set = await loadSet(org, x)
  const page = readPage(org, x, { standard: 100, most: 100, prefix: 'cr0' })
  const held = await org.state.find(roleAssignments, 'resourceSet', set.id)
  const ids = [...new Set(held.map((one) => one.value.custom!.roleId))].sort()
  const rows = ids.map((id) => ({ id }))
  return listBody(x, org, 'roles', rows, page, ({ id }) => showBoundRole(org, set.id, id), {
    self: { href: `${setUrl(org, set.id)}/bindings` },
    'resource-set': { href: setUrl(org, set.id) },
  })
}

/** Gives the role on the set to members; who has it already keeps it. */
export async function createBinding(org: Org, x: Exchange) {
  const set = await loadSet(org, x)
  const body = objectBody(x.body)
  refuseFaults(checkFields(body, { role: { type: 'string', required: true } }))
  // Recorded: a role that is missing comes before members that are.
  const role = await findCustomRole(org, String(body.role))
  const bound = boundTo(set)
  const kept = bound.includes(role.id)
    ? []
    : [put(resourceSets, set.id, { ...set.value, boundRoles: [...bound, role.id] }, set)]
  await addAll(org, x, set, role, readMembers(body, 'members'), kept)
  return ok(showBindingEdit(org, set.id, role.id))
}

/** `GET …/bindings/{roleIdOrLabel}`: gone with its last member (okta/okta-sdk-dotnet RoleDResourceSetBindingMemberApiTests). */
export async function getBinding(org: Org, x: Exchange) {
  const { set, role, held } = await loadBinding(org, x)
  if (held.length === 0) bindingMissing(role)
  return ok(showBinding(org, set.id, role.id))
}

/** `DELETE …/bindings/{roleIdOrLabel}`: nobody holds the role on this set any more. */
export async function deleteBinding(org: Org, x: Exchange) {
  const { set, role, held } = await loadBinding(org, x)
  await org.state.change([...unbind(set, role.id), ...held.map((one) => remove(roleAssignments, one))])
  note(org, x, 'iam.resourceset.bindings.delete', [setParty(set), roleParty(role)])
  return noContent()
}

/** `GET …/bindings/{roleIdOrLabel}/members` */
export async function listMembers(org: Org, x: Exchange) {
  const { set, role, held } = await loadBinding(org, x)
  const page = readPage(org, x, { standard: 100, most: 100, prefix: 'irb' })
  const self = bindingUrl(org, set.id, role.id)
  return listBody(x, org, 'members', held, page, (one) => showMember(org, one), {
    self: { href: `${self}/members` },
    binding: { href: self },
  })
}

/** `PATCH …/bindings/{roleIdOrLabel}/members` */
export async function addMembers(org: Org, x: Exchange) {
  const { set, role } = await loadBinding(org, x)
  await addAll(org, x, set, role, readMembers(objectBody(x.body), 'additions'))
  return ok(showBindingEdit(org, set.id, role.id))
}

/** `GET …/bindings/{roleIdOrLabel}/members/{memberId}` */
export async function getMember(org: Org, x: Exchange) {
  const { held } = await loadBinding(org, x)
  return ok(showMember(org, memberOf(held, x.params.memberId!)))
}

/** Members can be listed and added also after the last one has gone (okta/okta-sdk-nodejs test/it/resource-sets.ts). */
export async function deleteMember(org: Org, x: Exchange) {
  const { set, role, held } = await loadBinding(org, x)
  const member = memberOf(held, x.params.memberId!)
  await org.state.change([remove(roleAssignments, member)])
  const party = await partyOf(org, member.value.holder, member.value.holderId)
  note(org, x, 'iam.resourceset.bindings.delete', [setParty(set), roleParty(role), ...(party ? [party] : [])])
  return noContent()
}

const kinds = { users: 'USER', groups: 'GROUP', clients: 'CLIENT' } as const
const types = { USER: 'User', GROUP: 'UserGroup', CLIENT: 'PublicClientApp' } as const

async function addAll(
  org: Org,
  x: Exchange,
  set: Stored<ResourceSet>,
  role: Stored<CustomRole>,
  members: readonly string[],
  also: readonly Write[] = [],
): Promise<void> {
  const writes = new Map<string, Write>()
  const added: LogParty[] = []
  for (const text of members) {
    const { kind, id } = readMember(text)
    const holder = kinds[kind]
    const party = (await partyOf(org, holder, id)) ?? fail(E0000007, 'resource-missing', { id, type: types[holder] })
    const value: RoleAssignment = {
      type: 'CUSTOM',
      custom: { roleId: role.id, setId: set.id },
      holderId: id,
      holder,
      createdAt: x.now,
      lastUpdatedAt: x.now,
    }
    const key = assignmentKey(value)
    if (writes.has(key) || (await org.state.holder(roleAssignments, key))) continue
    const group = holder === 'GROUP' ? await org.state.load(groups, id) : undefined
    if (group) await groupMayHoldRoles(org, group)
    const user = holder === 'USER' ? await org.state.load(users, id) : undefined
    if (user) userMayHoldRoles(user.value)
    writes.set(key, put(roleAssignments, org.ids.next('irb'), value))
    added.push(party)
  }
  await org.state.change([...also, ...writes.values()])
  if (added.length > 0) {
    note(org, x, 'iam.resourceset.bindings.add', [setParty(set), roleParty(role), ...added.slice(0, 100)])
  }
}

async function partyOf(org: Org, holder: RoleAssignment['holder'], id: string): Promise<LogParty | undefined> {
  if (holder === 'USER') {
    const user = await org.state.load(users, id)
    return user && userParty(user)
  }
  if (holder === 'GROUP') {
    const group = await org.state.load(groups, id)
    return group && groupParty(group)
  }
  const app = await findClient(org, id)
  return app && { id, type: types[holder], alternateId: 'unknown', displayName: app.value.label }
}

function loadSet(org: Org, x: Exchange): Promise<Stored<ResourceSet>> {
  return findResourceSet(org, x.params.resourceSetIdOrLabel!)
}

async function loadBinding(org: Org, x: Exchange) {
  const set = await loadSet(org, x)
  const role = await findCustomRole(org, x.params.roleIdOrLabel!)
  const held = (await org.state.find(roleAssignments, 'resourceSet', set.id)).filter(
    (one) => one.value.custom?.roleId === role.id,
  )
  if (held.length === 0 && !boundTo(set).includes(role.id)) bindingMissing(role)
  return { set, role, held }
}

function bindingMissing({ id }: Stored<CustomRole>): never {
  return fail(E0000007, 'resource-missing', { id, type: 'Binding' })
}

function memberOf(held: readonly Stored<RoleAssignment>[], id: string): Stored<RoleAssignment> {
  return held.find((one) => one.id === id) ?? fail(E0000007, 'resource-missing', { id, type: 'Member' })
}

const boundTo = ({ value }: Stored<ResourceSet>): readonly string[] => value.boundRoles ?? []

/** What is to be written when a role is bound to a set no more. */
export function unbind(set: Stored<ResourceSet>, roleId: string): Write[] {
  const bound = boundTo(set)
  const boundRoles = bound.filter((id) => id !== roleId)
  return boundRoles.length < bound.length ? [put(resourceSets, set.id, { ...set.value, boundRoles }, set)] : []
}
