// Which users of the org are known at an identity provider? Operations on the links between the two.
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { findUser } from '../../entities/find-user.ts'
import { type Idp, type IdpUser, idps, idpUserId, idpUsers } from '../../entities/idp.ts'
import { type User, users } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { checkFields, isObject, objectBody, refuseFaults } from '../../fields.ts'
import { reachUser } from '../../gates/reach.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, listAnswer, pageAnswer, readPage } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { showIdp } from './schema.ts'
import { loadIdp } from './store.ts'

const pages = { standard: 20, most: 200, prefix: '00u' }

/** `GET /idps/{id}/users`, in the order of the users' ids. */
export async function listLinked(org: Org, x: Exchange): Promise<Answer> {
  const idp = await loadIdp(org, x.params.idpId!)
  const { limit, after = '' } = readPage(org, x, pages)
  const q = x.query.get('q')?.toLowerCase() ?? ''
  const rows = []
  for (const link of await org.state.find(idpUsers, 'idp', idp.id)) {
    const user = await org.state.load(users, link.value.userId)
    // A user who was deleted takes the link along.
    if (user && user.id > after && fits(link.value, user, q)) rows.push({ id: user.id, link, user })
  }
  const page = cutPage(
    rows.sort((a, b) => (a.id < b.id ? -1 : 1)),
    limit,
  )
  return pageAnswer(org, x, page, ({ link, user }) => showLink(org, link.value, user))
}

function fits({ externalId }: IdpUser, { value }: Stored<User>, q: string): boolean {
  const { firstName, lastName, email } = value.profile
  return q === '' || [externalId, firstName, lastName, email].some((text) => String(text).toLowerCase().startsWith(q))
}

/** `GET /idps/{id}/users/{userId}` */
export async function getLinked(org: Org, x: Exchange): Promise<Answer> {
  const { link, user } = await loadLink(org, x)
  return ok(showLink(org, link.value, user))
}

/** `POST /idps/{id}/users/{userId}` */
export async function linkUser(org: Org, x: Exchange): Promise<Answer> {
  const idp = await loadIdp(org, x.params.idpId!)
  const user = await findUser(org, x, x.params.userId!)
  await reachUser(org, x, user.id)
  const body = objectBody(x.body)
  refuseFaults(checkFields(body, { externalId: { type: 'string', required: true, max: 512 } }))
  const externalId = String(body.externalId)
  mayLink(idp.value)
  const id = idpUserId(idp.id, user.id)
  const old = await org.state.load(idpUsers, id)
  const holder = await org.state.holder(idpUsers, `${idp.id}:${externalId}`)
  isFree(holder?.id, id)
  const value: IdpUser = {
    idpId: idp.id,
    userId: user.id,
    externalId,
    createdAt: old?.value.createdAt ?? x.now,
    lastUpdatedAt: x.now,
  }
  await org.state.change([put(idpUsers, id, value, old)])
  return ok(showLink(org, value, user))
}

// Only with a lasting name does a SAML provider know its users again (documented).
function mayLink({ type, protocol }: Idp): void {
  const settings = isObject(protocol.settings) ? protocol.settings : {}
  if (type === 'SAML2' && settings.honorPersistentNameId !== true) fail(E0000001, 'idp-name-id-not-persistent')
  if (type === 'X509' || type.startsWith('IDV_')) {
    fail(E0000001, 'value-invalid', { field: 'idpId', causes: ['idpId: Users cannot be linked to this provider'] })
  }
}

function isFree(holderId: string | undefined, ownId: string): void {
  if (holderId !== undefined && holderId !== ownId) fail(E0000001, 'idp-user-linked', { field: 'externalId' })
}

/** `DELETE /idps/{id}/users/{userId}` */
export async function unlinkUser(org: Org, x: Exchange): Promise<Answer> {
  const { link, user } = await loadLink(org, x)
  await reachUser(org, x, user.id)
  await org.state.change([remove(idpUsers, link)])
  return noContent()
}

/** `GET /idps/{id}/users/{userId}/credentials/tokens`: what a provider gave when the user signed in there; nobody has. */
export async function listTokens(org: Org, x: Exchange): Promise<Answer> {
  await loadLink(org, x)
  return listAnswer(org, x, [])
}

/** `GET /users/{id}/idps` */
export async function listIdpsOfUser(org: Org, x: Exchange): Promise<Answer> {
  const user = await findUser(org, x, x.params.id!)
  await reachUser(org, x, user.id)
  const rows = []
  for (const { value } of await org.state.find(idpUsers, 'user', user.id)) {
    const idp = await org.state.load(idps, value.idpId)
    if (idp) rows.push(showIdp(org, idp))
  }
  return listAnswer(org, x, rows)
}

async function loadLink(org: Org, x: Exchange): Promise<{ link: Stored<IdpUser>; user: Stored<User> }> {
  const idp = await loadIdp(org, x.params.idpId!)
  const user = await findUser(org, x, x.params.userId!)
  const link = await org.state.load(idpUsers, idpUserId(idp.id, user.id))
  return link ? { link, user } : fail(E0000007, 'resource-missing', { id: user.id, type: 'User' })
}

function showLink(org: Org, link: IdpUser, { value }: Stored<User>): Record<string, unknown> {
  const idp = `${org.baseUrl}/api/v1/idps/${link.idpId}`
  const { firstName, lastName, email, displayName, middleName } = value.profile
  return {
    id: link.userId,
    externalId: link.externalId,
    created: isoDate(link.createdAt),
    lastUpdated: isoDate(link.lastUpdatedAt),
    profile: {
      firstName: firstName ?? null,
      lastName: lastName ?? null,
      email: email ?? null,
      displayName: displayName ?? null,
      middleName: middleName ?? null,
    },
    _links: {
      idp: { href: idp },
      self: { href: `${idp}/users/${link.userId}`, hints: { allow: ['GET', 'DELETE'] } },
      user: { href: `${org.baseUrl}/api/v1/users/${link.userId}` },
    },
  }
}
