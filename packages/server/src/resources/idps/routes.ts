// Which operations does the API have on identity providers?
import { E0000037 } from '@errorg/errors/codes'
import { certificateTypes } from '../../certificate-requests.ts'
import { groups } from '../../entities/group.ts'
import { type Idp, idpKeys, idpNameKey, idps, idpUsers } from '../../entities/idp.ts'
import { mappingRemovals } from '../../entities/profile-mapping.ts'
import { forgetResource } from '../../entities/resource-set.ts'
import { fail } from '../../fail.ts'
import { forgetting } from '../../forget.ts'
import { isSuperAdmin, mayChangeHolder } from '../../gates/holders.ts'
import { reachesOne } from '../../gates/reach.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { rulesNaming } from '../../policy-references.ts'
import type { Handle, RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { addKey, dropKey, getKey, listKeys, replaceKey } from './keys.ts'
import {
  groupIdsIn,
  groupsFilledBy,
  type IdpParts,
  kidsIn,
  mayLeave,
  mustBeKnown,
  mustHaveGroup,
  nameIsFree,
  readIdp,
} from './rules.ts'
import { idpTypeOf, showIdp } from './schema.ts'
import {
  cloneSigningKey,
  generateCsr,
  generateSigningKey,
  getActiveKey,
  getCsr,
  getSigningKey,
  listCsrs,
  listSigningKeys,
  publishCsr,
  revokeCsr,
} from './signing-keys.ts'
import { loadIdp, noteIdp, saveIdp } from './store.ts'
import { getLinked, linkUser, listIdpsOfUser, listLinked, listTokens, unlinkUser } from './users.ts'

const IDPS = '/api/v1/idps'
const ONE = `${IDPS}/:idpId`
const STORE = `${IDPS}/credentials/keys`
const pages = { standard: 20, most: 200, prefix: '0oa' }

async function list(org: Org, x: Exchange): Promise<Answer> {
  const { limit, after } = readPage(org, x, pages)
  const type = readTypeFilter(x)
  const q = x.query.get('q')?.toLowerCase() ?? ''
  const all = type ? await org.state.find(idps, 'type', type, { after }) : await org.state.scan(idps, { after })
  // The name may hold the words anywhere (recorded).
  const rows = all.filter(
    (idp) => idp.value.name.toLowerCase().includes(q) && reachesOne(x, 'identity_providers', idp.id),
  )
  return pageAnswer(org, x, cutPage(rows, limit), (idp) => showIdp(org, idp))
}

function readTypeFilter(x: Exchange) {
  const text = x.query.get('type')
  if (text === null || text === '') return undefined
  return (
    idpTypeOf(text) ??
    fail(E0000037, 'word-not-in-list', {
      parameter: 'type',
      value: text,
      message: `type: '${text.slice(0, 40)}' is not a type of identity providers`,
    })
  )
}

async function add(org: Org, x: Exchange): Promise<Answer> {
  const id = org.ids.next('0oa')
  const parts = readIdp(x.body, id)
  await mustFit(org, x, parts)
  const value: Idp = {
    ...parts,
    status: 'ACTIVE',
    signingKeys: [],
    csrs: [],
    keysMade: 0,
    createdAt: x.now,
    lastUpdatedAt: x.now,
  }
  await org.state.change([put(idps, id, value)])
  const idp = { id, version: 0, value }
  noteIdp(org, x, 'create', idp)
  return ok(showIdp(org, idp))
}

async function mustFit(org: Org, x: Exchange, parts: IdpParts, ownId?: string): Promise<void> {
  nameIsFree(await org.state.holder(idps, idpNameKey(parts.type, parts.name)), ownId)
  for (const kid of kidsIn(parts.protocol)) mustBeKnown(kid, (await org.state.load(idpKeys, kid)) !== undefined)
  for (const id of groupIdsIn(parts.policy)) mustHaveGroup(id, (await org.state.load(groups, id)) !== undefined)
  // Whoever says who comes in by a provider would say who becomes an administrator. (inferred)
  if (!isSuperAdmin(x)) for (const id of groupsFilledBy(parts.policy)) await mayChangeHolder(org, x, id)
}

async function get(org: Org, x: Exchange): Promise<Answer> {
  return ok(showIdp(org, await loadIdp(org, x.params.idpId!)))
}

async function replace(org: Org, x: Exchange): Promise<Answer> {
  const idp = await loadIdp(org, x.params.idpId!)
  const { properties, ...parts } = readIdp(x.body, idp.id, idp.value)
  await mustFit(org, x, parts, idp.id)
  const { properties: _old, ...kept } = idp.value
  const next = await saveIdp(org, x, idp, { ...kept, ...parts, ...(properties && { properties }) })
  noteIdp(org, x, 'update', next)
  // Eight of eight recorded answers to PUT have no moment here.
  return ok({ ...showIdp(org, next), created: null })
}

async function drop(org: Org, x: Exchange): Promise<Answer> {
  const idp = await loadIdp(org, x.params.idpId!)
  await mustNotBeRoutedTo(org, idp)
  const links = await org.state.find(idpUsers, 'idp', idp.id)
  await org.state.change([
    remove(idps, idp),
    ...links.map((link) => remove(idpUsers, link)),
    ...(await mappingRemovals(org.state, idp.id)),
    ...(await forgetResource(org, `idp:identity_providers:${idp.id}`)),
    ...(await forgetting(org, idp.id)),
  ])
  noteIdp(org, x, 'delete', idp)
  return noContent()
}

async function mustNotBeRoutedTo(org: Org, idp: Stored<Idp>): Promise<void> {
  const references = (await rulesNaming(org, idp.id)).filter(({ rule }) => rule.value.status === 'ACTIVE')
  mayLeave(
    idp.value.name,
    references.map(({ rule }) => rule.value.name),
  )
}

function switchTo(status: Idp['status']): Handle {
  return async (org, x) => {
    const idp = await loadIdp(org, x.params.idpId!)
    if (idp.value.status === status) return ok(showIdp(org, idp))
    if (status === 'INACTIVE') await mustNotBeRoutedTo(org, idp)
    const next = await saveIdp(org, x, idp, { ...idp.value, status })
    noteIdp(org, x, status === 'ACTIVE' ? 'activate' : 'deactivate', next)
    return ok(showIdp(org, next))
  }
}

const reads = { needs: 'idps.read' } as const
const writes = { needs: 'idps.manage' } as const
const certificate = { body: 'bytes', takes: certificateTypes } as const
const pkcs10 = { answers: ['application/json', 'application/pkcs10'] } as const

/** Rows of the route table. */
export const idpRoutes: readonly RouteRow[] = [
  { on: `GET ${IDPS}`, operation: 'listIdentityProviders', ...reads, handle: list },
  { on: `POST ${IDPS}`, operation: 'createIdentityProvider', ...writes, body: 'json', handle: add },
  { on: `GET ${STORE}`, operation: 'listIdentityProviderKeys', ...reads, handle: listKeys },
  { on: `POST ${STORE}`, operation: 'createIdentityProviderKey', ...writes, body: 'json', handle: addKey },
  { on: `GET ${STORE}/:kid`, operation: 'getIdentityProviderKey', ...reads, handle: getKey },
  { on: `PUT ${STORE}/:kid`, operation: 'replaceIdentityProviderKey', ...writes, body: 'json', handle: replaceKey },
  { on: `DELETE ${STORE}/:kid`, operation: 'deleteIdentityProviderKey', ...writes, handle: dropKey },
  { on: `GET ${ONE}`, operation: 'getIdentityProvider', ...reads, handle: get },
  { on: `PUT ${ONE}`, operation: 'replaceIdentityProvider', ...writes, body: 'json', handle: replace },
  { on: `DELETE ${ONE}`, operation: 'deleteIdentityProvider', ...writes, handle: drop },
  {
    on: `POST ${ONE}/lifecycle/activate`,
    operation: 'activateIdentityProvider',
    ...writes,
    handle: switchTo('ACTIVE'),
  },
  {
    on: `POST ${ONE}/lifecycle/deactivate`,
    operation: 'deactivateIdentityProvider',
    ...writes,
    handle: switchTo('INACTIVE'),
  },
  {
    on: `GET ${ONE}/credentials/keys`,
    operation: 'listIdentityProviderSigningKeys',
    ...reads,
    handle: listSigningKeys,
  },
  {
    on: `GET ${ONE}/credentials/keys/active`,
    operation: 'listActiveIdentityProviderSigningKey',
    ...reads,
    handle: getActiveKey,
  },
  {
    on: `POST ${ONE}/credentials/keys/generate`,
    operation: 'generateIdentityProviderSigningKey',
    ...writes,
    handle: generateSigningKey,
  },
  {
    on: `GET ${ONE}/credentials/keys/:kid`,
    operation: 'getIdentityProviderSigningKey',
    ...reads,
    handle: getSigningKey,
  },
  {
    on: `POST ${ONE}/credentials/keys/:kid/clone`,
    operation: 'cloneIdentityProviderKey',
    ...writes,
    handle: cloneSigningKey,
  },
  { on: `GET ${ONE}/credentials/csrs`, operation: 'listCsrsForIdentityProvider', ...reads, handle: listCsrs },
  {
    on: `POST ${ONE}/credentials/csrs`,
    operation: 'generateCsrForIdentityProvider',
    ...writes,
    ...pkcs10,
    body: 'optional',
    handle: generateCsr,
  },
  {
    on: `GET ${ONE}/credentials/csrs/:idpCsrId`,
    operation: 'getCsrForIdentityProvider',
    ...reads,
    ...pkcs10,
    handle: getCsr,
  },
  {
    on: `DELETE ${ONE}/credentials/csrs/:idpCsrId`,
    operation: 'revokeCsrForIdentityProvider',
    ...writes,
    handle: revokeCsr,
  },
  {
    on: `POST ${ONE}/credentials/csrs/:idpCsrId/lifecycle/publish`,
    operation: 'publishCsrForIdentityProvider',
    ...writes,
    ...certificate,
    handle: publishCsr,
  },
  { on: `GET ${ONE}/users`, operation: 'listIdentityProviderApplicationUsers', ...reads, handle: listLinked },
  { on: `GET ${ONE}/users/:userId`, operation: 'getIdentityProviderApplicationUser', ...reads, handle: getLinked },
  {
    on: `POST ${ONE}/users/:userId`,
    operation: 'linkUserToIdentityProvider',
    needs: 'users.update',
    body: 'json',
    handle: linkUser,
  },
  { on: `DELETE ${ONE}/users/:userId`, operation: 'unlinkUserFromIdentityProvider', ...writes, handle: unlinkUser },
  {
    on: `GET ${ONE}/users/:userId/credentials/tokens`,
    operation: 'listSocialAuthTokens',
    ...reads,
    handle: listTokens,
  },
  {
    on: 'GET /api/v1/users/:id/idps',
    operation: 'listUserIdentityProviders',
    needs: 'users.read',
    handle: listIdpsOfUser,
  },
]
