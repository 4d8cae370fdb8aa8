// Which operations does the API have on user types?
import { E0000007 } from '@errorg/errors/codes'
import { mappingRemovals } from '../../entities/profile-mapping.ts'
import { users } from '../../entities/user.ts'
import { schemaChanges } from '../../entities/user-schema.ts'
import { type UserType, userTypes } from '../../entities/user-type.ts'
import { fail } from '../../fail.ts'
import { forgetting } from '../../forget.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { mayCreate, mayDelete, readNewType, readReplacement, readUpdate } from './rules.ts'
import { showType } from './schema.ts'

const TYPES = '/api/v1/meta/types/user'

// At most ten: one answer, no pages.
async function list(org: Org) {
  return ok((await org.state.scan(userTypes)).map((type) => showType(org, type)))
}

async function add(org: Org, x: Exchange) {
  const parts = readNewType(x.body)
  mayCreate(await org.state.holder(userTypes, `name:${parts.name.toLowerCase()}`), await org.state.count(userTypes))
  const by = x.caller?.userId ?? org.fixed.orgId
  const busyMs = org.settings.delays.userTypeSeconds * 1000
  const value: UserType = {
    ...parts,
    isDefault: false,
    createdAt: x.now,
    lastUpdatedAt: x.now,
    createdBy: by,
    lastUpdatedBy: by,
    ...(busyMs > 0 && { busyUntil: x.now + busyMs }),
  }
  const id = org.ids.next('oty')
  await org.state.change([put(userTypes, id, value)])
  org.log(x, {
    eventType: 'directory.non_default_user_profile.create',
    displayMessage: 'Create non-default user profile in Universal Directory',
    targets: [{ id, type: 'UserType', alternateId: value.name, displayName: value.displayName }],
  })
  return ok(showType(org, { id, version: 0, value }))
}

async function get(org: Org, x: Exchange) {
  return ok(showType(org, await loadType(org, x)))
}

async function update(org: Org, x: Exchange) {
  const type = await loadType(org, x)
  return await save(org, x, type, readUpdate(x.body, type.value))
}

async function replace(org: Org, x: Exchange) {
  const type = await loadType(org, x)
  return await save(org, x, type, readReplacement(x.body, type.value))
}

async function save(org: Org, x: Exchange, type: Stored<UserType>, change: Partial<UserType>) {
  const lastUpdatedBy = x.caller?.userId ?? org.fixed.orgId
  const value = { ...type.value, ...change, lastUpdatedAt: x.now, lastUpdatedBy }
  await org.state.change([put(userTypes, type.id, value, type)])
  return ok(showType(org, { ...type, value }))
}

async function drop(org: Org, x: Exchange) {
  const type = await loadType(org, x)
  mayDelete(type.value, await org.state.count(users, 'type', type.id), x.now)
  const schema = await org.state.load(schemaChanges, type.id)
  await org.state.change([
    remove(userTypes, type),
    ...(schema ? [remove(schemaChanges, schema)] : []),
    ...(await mappingRemovals(org.state, type.id)),
    ...(await forgetting(org, type.id)),
  ])
  return noContent()
}

/** The type that the path names; `default` is the org's first. */
async function loadType(org: Org, x: Exchange): Promise<Stored<UserType>> {
  const name = x.params.typeId!
  const id = name === 'default' ? org.fixed.defaultTypeId : name
  return (await org.state.load(userTypes, id)) ?? fail(E0000007, 'resource-missing', { id: name, type: 'CVDType' })
}

/** Rows of the route table. */
export const userTypeRoutes: readonly RouteRow[] = [
  { on: `GET ${TYPES}`, operation: 'listUserTypes', needs: 'types.read', handle: list },
  { on: `POST ${TYPES}`, operation: 'createUserType', needs: 'types.manage', body: 'json', handle: add },
  { on: `GET ${TYPES}/:typeId`, operation: 'getUserType', needs: 'types.read', handle: get },
  { on: `POST ${TYPES}/:typeId`, operation: 'updateUserType', needs: 'types.manage', body: 'json', handle: update },
  { on: `PUT ${TYPES}/:typeId`, operation: 'replaceUserType', needs: 'types.manage', body: 'json', handle: replace },
  { on: `DELETE ${TYPES}/:typeId`, operation: 'deleteUserType', needs: 'types.manage', handle: drop },
]
