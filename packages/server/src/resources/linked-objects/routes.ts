// Which operations does the API have on relationships between users?
import { E0000007 } from '@errorg/errors/codes'
import {
  type LinkedObject,
  type LinkSide,
  linkedObjects,
  linkKey,
  userLinkId,
  userLinks,
} from '../../entities/linked-object.ts'
import { users } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { findUserInReach, reachUser } from '../../gates/reach.ts'
import { type Answer, created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { mayDefine, mustDiffer, readDefinition } from './rules.ts'

const DEFINITIONS = '/api/v1/meta/schemas/user/linkedObjects'

// At most 200: one answer, no pages.
async function list(org: Org): Promise<Answer> {
  return ok((await org.state.scan(linkedObjects)).map((row) => showDefinition(org, row.value)))
}

async function add(org: Org, x: Exchange): Promise<Answer> {
  const sides = readDefinition(x.body, org.settings)
  const isTaken = async (side: LinkSide) => (await org.state.holder(linkedObjects, linkKey(side.name))) !== undefined
  const taken = { primary: await isTaken(sides.primary), associated: await isTaken(sides.associated) }
  mayDefine(taken, await org.state.count(linkedObjects), org.settings)
  const value: LinkedObject = { ...sides, createdAt: x.now }
  await org.state.change([put(linkedObjects, org.ids.next('lob'), value)])
  log(org, x, 'directory.linked_object.create', 'Create linked object definition', value)
  return created(showDefinition(org, value))
}

async function get(org: Org, x: Exchange): Promise<Answer> {
  return ok(showDefinition(org, (await loadDefinition(org, x.params.linkedObjectName!)).row.value))
}

async function drop(org: Org, x: Exchange): Promise<Answer> {
  const { row } = await loadDefinition(org, x.params.linkedObjectName!)
  const links = await org.state.find(userLinks, 'definition', row.id)
  await org.state.change([remove(linkedObjects, row), ...links.map((link) => remove(userLinks, link))])
  log(org, x, 'directory.linked_object.delete', 'Delete linked object definition', row.value)
  return noContent()
}

/** The relationship that one of its two names means, and which of them it is. */
async function loadDefinition(org: Org, name: string): Promise<{ row: Stored<LinkedObject>; isPrimary: boolean }> {
  const row =
    (await org.state.holder(linkedObjects, linkKey(name))) ??
    fail(E0000007, 'resource-missing', { id: name, type: 'LinkedObjectProperty' })
  return { row, isPrimary: row.value.primary.name === name }
}

function showDefinition(org: Org, { primary, associated }: LinkedObject): Record<string, unknown> {
  const show = ({ name, title, description }: LinkSide) => ({
    name,
    title,
    description: description ?? null,
    type: 'USER',
  })
  return {
    primary: show(primary),
    associated: show(associated),
    // By the primary name, whichever was asked for (documented).
    _links: { self: { href: `${org.baseUrl}${DEFINITIONS}/${primary.name}` } },
  }
}

function log(org: Org, x: Exchange, eventType: string, displayMessage: string, { primary, associated }: LinkedObject) {
  const party = ({ name, title }: LinkSide) => ({
    id: name,
    type: 'LinkedObjectProperty',
    alternateId: name,
    displayName: title,
  })
  org.log(x, { eventType, displayMessage, targets: [party(primary), party(associated)] })
}

/** A user has one primary in a relationship: another one takes the place of the first. */
async function assign(org: Org, x: Exchange): Promise<Answer> {
  const { userIdOrLogin, primaryRelationshipName, primaryUserId } = x.params
  const user = await findUserInReach(org, x, userIdOrLogin!)
  const { row, isPrimary } = await loadDefinition(org, primaryRelationshipName!)
  if (!isPrimary) fail(E0000007, 'resource-missing', { id: primaryRelationshipName, type: 'LinkedObjectProperty' })
  const primary =
    (await org.state.load(users, primaryUserId!)) ??
    fail(E0000007, 'resource-missing', { id: primaryUserId, type: 'User' })
  // Nothing of the primary is changed: administrators have people under them too. (inferred)
  await reachUser(org, x, primary.id, 'users.read')
  mustDiffer(row.value.primary.name, user.id, primary.id)
  const id = userLinkId(row.id, user.id)
  const link = { definitionId: row.id, associatedId: user.id, primaryId: primary.id }
  await org.state.change([put(userLinks, id, link, await org.state.load(userLinks, id))])
  return noContent()
}

/** By the primary name: the user's one primary. By the associated name: all who have the user for theirs. */
async function listLinks(org: Org, x: Exchange): Promise<Answer> {
  const user = await findUserInReach(org, x, x.params.userIdOrLogin!)
  const { row, isPrimary } = await loadDefinition(org, x.params.relationshipName!)
  const links = isPrimary
    ? [await org.state.load(userLinks, userLinkId(row.id, user.id))]
    : await org.state.find(userLinks, 'side', `${row.id}:${user.id}`)
  const ids = links.flatMap((link) => (link ? [isPrimary ? link.value.primaryId : link.value.associatedId] : []))
  return ok(ids.map((id) => ({ _links: { self: { href: `${org.baseUrl}/api/v1/users/${id}` } } })))
}

/** Takes the user's primary away. Of a user who is only a primary, nothing goes (documented). */
async function unassign(org: Org, x: Exchange): Promise<Answer> {
  const user = await findUserInReach(org, x, x.params.userIdOrLogin!)
  const { row } = await loadDefinition(org, x.params.relationshipName!)
  const link = await org.state.load(userLinks, userLinkId(row.id, user.id))
  if (link) await org.state.change([remove(userLinks, link)])
  return noContent()
}

const LINKS = '/api/v1/users/:userIdOrLogin/linkedObjects'

/** Rows of the route table. */
export const linkedObjectRoutes: readonly RouteRow[] = [
  { on: `GET ${DEFINITIONS}`, operation: 'listLinkedObjectDefinitions', needs: 'schemas.read', handle: list },
  {
    on: `POST ${DEFINITIONS}`,
    operation: 'createLinkedObjectDefinition',
    needs: 'schemas.manage',
    body: 'json',
    handle: add,
  },
  {
    on: `GET ${DEFINITIONS}/:linkedObjectName`,
    operation: 'getLinkedObjectDefinition',
    needs: 'schemas.read',
    handle: get,
  },
  {
    on: `DELETE ${DEFINITIONS}/:linkedObjectName`,
    operation: 'deleteLinkedObjectDefinition',
    needs: 'schemas.manage',
    handle: drop,
  },
  {
    on: `PUT ${LINKS}/:primaryRelationshipName/:primaryUserId`,
    operation: 'assignLinkedObjectValueForPrimary',
    needs: 'users.update',
    handle: assign,
  },
  {
    on: `GET ${LINKS}/:relationshipName`,
    operation: 'listLinkedObjectsForUser',
    needs: 'users.read',
    handle: listLinks,
  },
  {
    on: `DELETE ${LINKS}/:relationshipName`,
    operation: 'deleteLinkedObjectForUser',
    needs: 'users.update',
    handle: unassign,
  },
]
