// Who answers for a group? The operations on owners.
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { findGroup } from '../../entities/find-group.ts'
import { type GroupOwner, groupOwnerId, groupOwners } from '../../entities/group.ts'
import { fail } from '../../fail.ts'
import { isSuperAdmin, mayChangeHolder } from '../../gates/holders.ts'
import { reachGroup } from '../../gates/reach.ts'
import { created, type Exchange, noContent } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, remove } from '../../state/state.ts'
import { readOwner } from './rules.ts'
import { showOwner } from './schema.ts'
import { loadOwner, nameOfOwner } from './store.ts'

// Owners are users and groups, so a cursor may begin like either.
const pages = { standard: 1000, most: 1000, prefix: '00u' }

/** Lists the owners of a group. */
export async function listOwners(org: Org, x: Exchange) {
  const group = await findGroup(org, x.params.groupId!)
  const sent = x.query.get('after') ?? ''
  const { limit, after } = readPage(org, x, org.ids.couldBe('00g', sent) ? { ...pages, prefix: '00g' } : pages)
  const rows = await org.state.find(groupOwners, 'group', group.id, {
    after: after === undefined ? undefined : groupOwnerId(group.id, after),
    limit: limit + 1,
  })
  // A row's id is the group's and the owner's; the cursor is the owner's alone.
  const page = cutPage(rows, limit)
  return pageAnswer(org, x, { ...page, next: page.next?.slice(group.id.length + 1) }, async ({ value }) =>
    showOwner(value, (await nameOfOwner(org, value.type, value.ownerId)) ?? ''),
  )
}

/** Makes a user or a group an owner. */
export async function addOwner(org: Org, x: Exchange) {
  const group = await findGroup(org, x.params.groupId!)
  reachGroup(x, group.id)
  if (!isSuperAdmin(x)) await mayChangeHolder(org, x, group.id)
  const owner = readOwner(x.body)
  const displayName = await nameOfOwner(org, owner.type, owner.id)
  if (displayName === undefined) {
    return fail(E0000007, 'resource-missing', { id: owner.id, type: owner.type === 'USER' ? 'User' : 'UserGroup' })
  }
  const id = groupOwnerId(group.id, owner.id)
  if (await org.state.load(groupOwners, id)) return fail(E0000001, 'owner-already-assigned', { field: 'owner' })
  const value: GroupOwner = { groupId: group.id, ownerId: owner.id, type: owner.type, lastUpdatedAt: x.now }
  await org.state.change([put(groupOwners, id, value)])
  return created(showOwner(value, displayName))
}

/** Ends an ownership. */
export async function dropOwner(org: Org, x: Exchange) {
  const group = await findGroup(org, x.params.groupId!)
  reachGroup(x, group.id)
  if (!isSuperAdmin(x)) await mayChangeHolder(org, x, group.id)
  await org.state.change([remove(groupOwners, await loadOwner(org, group.id, x.params.ownerId!))])
  return noContent()
}
