// Which operations does the API have on groups?
import { findGroup } from '../../entities/find-group.ts'
import { type Group, groups } from '../../entities/group.ts'
import { groupAttributes, groupBaseProperties } from '../../entities/user-schema.ts'
import { isSuperAdmin, mayChangeHolder } from '../../gates/holders.ts'
import { reachGroup } from '../../gates/reach.ts'
import { rulesFollowGroup } from '../../group-rules/due.ts'
import { invalidations, noteInvalidations } from '../../group-rules/invalidate.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import { queryGroups } from '../../lists/groups-query.ts'
import { pageAnswer } from '../../lists/page.ts'
import { groupParty } from '../../log/parties.ts'
import type { Org } from '../../org.ts'
import { withKeys } from '../../profile-schema/holders.ts'
import { isAbsent, readySchema, uniqueKey, uniqueKeysOf } from '../../profile-values.ts'
import type { RouteRow } from '../../routes.ts'
import { showGroup } from '../../shapes/group.ts'
import { put, remove } from '../../state/state.ts'
import { showExpanded } from './expand.ts'
import { addMember, dropMember, listUsers } from './members.ts'
import { addOwner, dropOwner, listOwners } from './owners.ts'
import { mayDelete, mayReplace, nameIsFree, readProfile, valueIsFree } from './rules.ts'
import { removalsWith } from './store.ts'

const GROUPS = '/api/v1/groups'

async function list(org: Org, x: Exchange) {
  const page = await queryGroups(org, x)
  const expand = x.query.has('expand')
  return pageAnswer(org, x, page, (group) => (expand ? showExpanded(org, x, group) : org.shown(showGroup, group)))
}

async function add(org: Org, x: Exchange) {
  reachGroup(x)
  const { profile, keys } = await profileOf(org, x)
  const id = org.ids.next('00g')
  const value: Group = {
    type: 'OKTA_GROUP',
    createdAt: x.now,
    lastUpdatedAt: x.now,
    lastMembershipUpdatedAt: x.now,
    profile,
    ...(keys.length > 0 && { uniqueKeys: keys }),
  }
  await org.state.change([put(groups, id, value)])
  const group = { id, version: 0, value }
  org.log(x, {
    eventType: 'group.lifecycle.create',
    displayMessage: 'Create Okta group',
    targets: [groupParty(group)],
  })
  return ok(showGroup(org, group))
}

async function get(org: Org, x: Exchange) {
  return ok(await showExpanded(org, x, await findGroup(org, x.params.groupId!)))
}

async function replace(org: Org, x: Exchange) {
  const group = await findGroup(org, x.params.groupId!)
  reachGroup(x, group.id)
  if (!isSuperAdmin(x)) await mayChangeHolder(org, x, group.id)
  mayReplace(group.value)
  const { profile, keys } = await profileOf(org, x, group.id)
  const next = { ...group, value: withKeys({ ...group.value, profile, lastUpdatedAt: x.now }, keys) }
  await org.state.change([put(groups, group.id, next.value, group)])
  org.log(x, {
    eventType: 'group.profile.update',
    displayMessage: 'Update Okta group profile',
    targets: [groupParty(next)],
  })
  await rulesFollowGroup(org)
  return ok(showGroup(org, next))
}

/** The profile that a body gives a group, and the unique keys of its values. */
async function profileOf(org: Org, x: Exchange, ownId?: string) {
  const schema = readySchema(await groupAttributes(org.state), groupBaseProperties)
  const profile = readProfile(x.body, schema)
  nameIsFree(await org.state.holder(groups, `name:${String(profile.name).toLowerCase()}`), ownId)
  for (const name of schema.unique) {
    if (!isAbsent(profile[name]))
      valueIsFree(name, await org.state.holder(groups, uniqueKey(name, profile[name])), ownId)
  }
  return { profile, keys: uniqueKeysOf(profile, schema) }
}

async function drop(org: Org, x: Exchange) {
  const group = await findGroup(org, x.params.groupId!)
  reachGroup(x, group.id)
  if (!isSuperAdmin(x)) await mayChangeHolder(org, x, group.id)
  mayDelete(group.value)
  const invalid = await invalidations(org, { groupId: group.id }, x.now)
  await org.state.change([remove(groups, group), ...(await removalsWith(org, group.id)), ...invalid.writes])
  org.log(x, {
    eventType: 'group.lifecycle.delete',
    displayMessage: 'Delete Okta group',
    targets: [groupParty(group)],
  })
  noteInvalidations(org, invalid.rules)
  await rulesFollowGroup(org)
  return noContent()
}

/** Rows of the route table. */
export const groupRoutes: readonly RouteRow[] = [
  { on: `GET ${GROUPS}`, operation: 'listGroups', needs: 'groups.read', handle: list },
  { on: `POST ${GROUPS}`, operation: 'addGroup', needs: 'groups.lifecycle', body: 'json', handle: add },
  { on: `GET ${GROUPS}/:groupId`, operation: 'getGroup', needs: 'groups.read', handle: get },
  { on: `PUT ${GROUPS}/:groupId`, operation: 'replaceGroup', needs: 'groups.manage', body: 'json', handle: replace },
  { on: `DELETE ${GROUPS}/:groupId`, operation: 'deleteGroup', needs: 'groups.lifecycle', handle: drop },
  { on: `GET ${GROUPS}/:groupId/users`, operation: 'listGroupUsers', needs: 'groups.read', handle: listUsers },
  {
    on: `PUT ${GROUPS}/:groupId/users/:userId`,
    operation: 'assignUserToGroup',
    needs: 'groups.members',
    handle: addMember,
  },
  {
    on: `DELETE ${GROUPS}/:groupId/users/:userId`,
    operation: 'unassignUserFromGroup',
    needs: 'groups.members',
    handle: dropMember,
  },
  { on: `GET ${GROUPS}/:groupId/owners`, operation: 'listGroupOwners', needs: 'groups.read', handle: listOwners },
  {
    on: `POST ${GROUPS}/:groupId/owners`,
    operation: 'assignGroupOwner',
    needs: 'groups.manage',
    body: 'json',
    handle: addOwner,
  },
  {
    on: `DELETE ${GROUPS}/:groupId/owners/:ownerId`,
    operation: 'deleteGroupOwner',
    needs: 'groups.manage',
    handle: dropOwner,
  },
]
