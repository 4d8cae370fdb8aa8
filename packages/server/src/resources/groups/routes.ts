// Which operations does the API have on groups?
import { type Group, groups, membershipId, memberships } from '../../entities/group.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, listAnswer, readPage } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { showGroup } from '../../shapes/group.ts'
import { put, remove } from '../../state/state.ts'
import { mayChange, nameIsFree, readProfile } from './rules.ts'
import { loadGroup, loadMember } from './store.ts'

const GROUPS = '/api/v1/groups'
const pages = { standard: 200, most: 10_000, prefix: '00g' }

async function list(org: Org, x: Exchange) {
  const { limit, after } = readPage(org, x, pages)
  const page = cutPage(await org.state.scan(groups, { after, limit: limit + 1 }), limit)
  return listAnswer(
    org,
    x,
    page.rows.map((group) => showGroup(org, group)),
    page.next,
  )
}

async function add(org: Org, x: Exchange) {
  const profile = readProfile(x.body)
  nameIsFree(await org.state.holder(groups, `name:${String(profile.name).toLowerCase()}`))
  const id = org.ids.next('00g')
  const group: Group = {
    type: 'OKTA_GROUP',
    createdAt: x.now,
    lastUpdatedAt: x.now,
    lastMembershipUpdatedAt: x.now,
    profile,
  }
  await org.state.change([put(groups, id, group)])
  org.log(x, {
    eventType: 'group.lifecycle.create',
    displayMessage: 'Create Okta group',
    targets: [{ id, type: 'UserGroup', alternateId: 'unknown', displayName: String(profile.name) }],
  })
  return ok(showGroup(org, { id, version: 0, value: group }))
}

async function get(org: Org, x: Exchange) {
  return ok(showGroup(org, await loadGroup(org, x.params.groupId!)))
}

async function replace(org: Org, x: Exchange) {
  const group = await loadGroup(org, x.params.groupId!)
  mayChange(group.value)
  const profile = readProfile(x.body)
  nameIsFree(await org.state.holder(groups, `name:${String(profile.name).toLowerCase()}`), group.id)
  const value = { ...group.value, profile, lastUpdatedAt: x.now }
  await org.state.change([put(groups, group.id, value, group)])
  return ok(showGroup(org, { ...group, value }))
}

async function drop(org: Org, x: Exchange) {
  const group = await loadGroup(org, x.params.groupId!)
  mayChange(group.value)
  const members = await org.state.find(memberships, 'group', group.id)
  await org.state.change([remove(groups, group), ...members.map((member) => remove(memberships, member))])
  org.log(x, {
    eventType: 'group.lifecycle.delete',
    displayMessage: 'Delete Okta group',
    targets: [
      { id: group.id, type: 'UserGroup', alternateId: 'unknown', displayName: String(group.value.profile.name) },
    ],
  })
  return noContent()
}

async function addMember(org: Org, x: Exchange) {
  const group = await loadGroup(org, x.params.groupId!)
  const user = await loadMember(org, x.params.userId!)
  mayChange(group.value)
  const id = membershipId(group.id, user.id)
  if (await org.state.load(memberships, id)) return noContent()
  await org.state.change([
    put(memberships, id, { groupId: group.id, userId: user.id, addedAt: x.now }),
    put(groups, group.id, { ...group.value, lastMembershipUpdatedAt: x.now }, group),
  ])
  return noContent()
}

async function dropMember(org: Org, x: Exchange) {
  const group = await loadGroup(org, x.params.groupId!)
  const user = await loadMember(org, x.params.userId!)
  mayChange(group.value)
  const member = await org.state.load(memberships, membershipId(group.id, user.id))
  if (!member) return noContent()
  await org.state.change([
    remove(memberships, member),
    put(groups, group.id, { ...group.value, lastMembershipUpdatedAt: x.now }, group),
  ])
  return noContent()
}

/** Rows of the route table. */
export const groupRoutes: readonly RouteRow[] = [
  { on: `GET ${GROUPS}`, operation: 'listGroups', needs: 'groups.read', handle: list },
  { on: `POST ${GROUPS}`, operation: 'addGroup', needs: 'groups.manage', body: 'json', handle: add },
  { on: `GET ${GROUPS}/:groupId`, operation: 'getGroup', needs: 'groups.read', handle: get },
  { on: `PUT ${GROUPS}/:groupId`, operation: 'replaceGroup', needs: 'groups.manage', body: 'json', handle: replace },
  { on: `DELETE ${GROUPS}/:groupId`, operation: 'deleteGroup', needs: 'groups.manage', handle: drop },
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
]
