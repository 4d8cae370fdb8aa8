// Who belongs to a group? The operations on members.
import { findGroup } from '../../entities/find-group.ts'
import { findUser } from '../../entities/find-user.ts'
import { groups, membershipId, memberships } from '../../entities/group.ts'
import { showSeen } from '../../gates/attributes.ts'
import { isSuperAdmin, mayChangeHolder } from '../../gates/holders.ts'
import { reachGroup, reachMember } from '../../gates/reach.ts'
import { rulesFollowUser } from '../../group-rules/due.ts'
import { exclusions, noteExclusions } from '../../group-rules/exclude.ts'
import { type Exchange, noContent } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import { groupParty, userParty } from '../../log/parties.ts'
import type { Org } from '../../org.ts'
import { showUserInList } from '../../shapes/user.ts'
import { put, remove } from '../../state/state.ts'
import { mayChangeMembers } from './rules.ts'
import { listMembers } from './store.ts'

// The default is also the most: Okta's description warns that it is high for historical reasons.
const pages = { standard: 1000, most: 1000, prefix: '00u' }

/** Lists the members of a group. */
export async function listUsers(org: Org, x: Exchange) {
  const group = await findGroup(org, x.params.groupId!)
  const query = readPage(org, x, pages)
  const page = cutPage(await listMembers(org, group.id, query), query.limit)
  return pageAnswer(org, x, page, (user) => showSeen(org, x, showUserInList, user))
}

/** Adds a user to a group. Adding a member again changes nothing. */
export async function addMember(org: Org, x: Exchange) {
  const group = await findGroup(org, x.params.groupId!)
  const user = await findUser(org, x, x.params.userId!)
  await reachMember(org, x, group.id, user.id)
  if (!isSuperAdmin(x)) await mayChangeHolder(org, x, group.id)
  mayChangeMembers(group.value, true)
  const id = membershipId(group.id, user.id)
  if (await org.state.load(memberships, id)) return noContent()
  await org.state.change([
    put(memberships, id, { groupId: group.id, userId: user.id, addedAt: x.now }),
    put(groups, group.id, { ...group.value, lastMembershipUpdatedAt: x.now }, group),
  ])
  org.log(x, {
    eventType: 'group.user_membership.add',
    displayMessage: 'Add user to group membership',
    targets: [userParty(user), groupParty(group)],
  })
  rulesFollowUser(org, user.id)
  return noContent()
}

/** Takes a user out of a group. Taking out somebody who is no member changes nothing. */
export async function dropMember(org: Org, x: Exchange) {
  const group = await findGroup(org, x.params.groupId!)
  const user = await findUser(org, x, x.params.userId!)
  reachGroup(x, group.id)
  if (!isSuperAdmin(x)) await mayChangeHolder(org, x, group.id)
  mayChangeMembers(group.value, false)
  const member = await org.state.load(memberships, membershipId(group.id, user.id))
  if (!member) return noContent()
  const excluded = await exclusions(org, member.value, x.now)
  await org.state.change([
    remove(memberships, member),
    put(groups, group.id, { ...group.value, lastMembershipUpdatedAt: x.now }, group),
    ...excluded.map(({ write }) => write),
  ])
  noteExclusions(org, user, excluded)
  org.log(x, {
    eventType: 'group.user_membership.remove',
    displayMessage: 'Remove user from group membership',
    targets: [userParty(user), groupParty(group)],
  })
  rulesFollowUser(org, user.id)
  return noContent()
}
