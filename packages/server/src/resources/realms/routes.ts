import { type Realm, realmAssignments, realms } from '../../entities/realm.ts'
import { forgetResource } from '../../entities/resource-set.ts'
import { users } from '../../entities/user.ts'
import { reachesOne } from '../../gates/reach.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import { pageAnswer, readLimit } from '../../lists/page.ts'
import { pageById, pageOfSearch, paramOf } from '../../lists/query.ts'
import { noCriteria, type SearchField, type SearchTable, searchOperators } from '../../lists/search.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import {
  activateAssignment,
  createAssignment,
  deactivateAssignment,
  deleteAssignment,
  execute,
  getAssignment,
  listAssignments,
  listOperations,
  replaceAssignment,
} from './assignments.ts'
import { mayDelete, nameIsFree, readProfile } from './rules.ts'
import { showRealm } from './schema.ts'
import { loadRealm } from './store.ts'

type Field = SearchField<Realm>
const text = (read: Field['read']): Field => ({ operators: searchOperators.text, is: 'text', read })
const date = (read: Field['read']): Field => ({ operators: searchOperators.date, is: 'date', read })

const fields: Readonly<Record<string, Field>> = {
  id: text((row) => row.id),
  // Documented: `co` only on the name.
  'profile.name': { ...text((row) => row.value.name), operators: searchOperators.textWithContains },
  'profile.realmType': text((row) => row.value.realmType),
  isDefault: text((row) => String(row.value.isDefault)),
  created: date((row) => row.value.createdAt),
  lastUpdated: date((row) => row.value.lastUpdatedAt),
}
const table: SearchTable<Realm> = {
  field: (name) => (Object.hasOwn(fields, name) ? fields[name] : undefined),
  not: true,
}

async function list(org: Org, x: Exchange) {
  const searching = paramOf(x, 'search') !== undefined
  const limit = readLimit(x, { standard: searching ? 10 : 200, most: 200 })
  const rows = {
    collection: realms,
    prefix: 'guo',
    sees: (realm: Stored<Realm>) => reachesOne(x, 'realms', realm.id),
  }
  const page = searching
    ? await pageOfSearch(org, x, rows, table, limit)
    : await pageById(org, x, rows, noCriteria, limit)
  return pageAnswer(org, x, page, (realm) => showRealm(org, realm))
}

async function add(org: Org, x: Exchange) {
  const profile = readProfile(x.body, false)
  nameIsFree(await nameHolder(org, profile.name))
  const value: Realm = { ...profile, isDefault: false, createdAt: x.now, lastUpdatedAt: x.now }
  const realm = { id: org.ids.next('guo'), version: 0, value }
  await org.state.change([put(realms, realm.id, value)])
  return ok(showRealm(org, realm))
}

async function get(org: Org, x: Exchange) {
  return ok(showRealm(org, await loadRealm(org, x.params.realmId!)))
}

async function replace(org: Org, x: Exchange) {
  const realm = await loadRealm(org, x.params.realmId!)
  const { isDefault, createdAt } = realm.value
  const profile = readProfile(x.body, isDefault)
  nameIsFree(await nameHolder(org, profile.name), realm.id)
  const value: Realm = { ...profile, isDefault, createdAt, lastUpdatedAt: x.now }
  await org.state.change([put(realms, realm.id, value, realm)])
  return ok(showRealm(org, { ...realm, value }))
}

async function drop(org: Org, x: Exchange) {
  const realm = await loadRealm(org, x.params.realmId!)
  const leading = await org.state.find(realmAssignments, 'realm', realm.id, { limit: 1 })
  mayDelete(realm.value, { users: await hasUsers(org, realm.id), assignments: leading.length > 0 })
  const name = `directory:realms:${realm.id}`
  await org.state.change([remove(realms, realm), ...(await forgetResource(org, name))])
  return noContent()
}

// Deleting a realm is rare: looking through the users costs less than an index that every user would be in.
async function hasUsers(org: Org, realmId: string): Promise<boolean> {
  return (await org.state.scan(users)).some((user) => user.value.realmId === realmId)
}

const nameHolder = (org: Org, name: string) => org.state.holder(realms, `name:${name.toLowerCase()}`)

const REALMS = '/api/v1/realms'
const ASSIGNMENTS = '/api/v1/realm-assignments'
const ONE = `${ASSIGNMENTS}/:assignmentId`
const read = { needs: 'realms.read' } as const
const manage = { needs: 'realms.manage' } as const
const write = { needs: 'realms.manage', body: 'json' } as const

/** Rows of the route table. */
export const realmRoutes: readonly RouteRow[] = [
  { on: `GET ${REALMS}`, operation: 'listRealms', ...read, handle: list },
  { on: `POST ${REALMS}`, operation: 'createRealm', ...write, handle: add },
  { on: `GET ${REALMS}/:realmId`, operation: 'getRealm', ...read, handle: get },
  { on: `PUT ${REALMS}/:realmId`, operation: 'replaceRealm', ...write, handle: replace },
  { on: `DELETE ${REALMS}/:realmId`, operation: 'deleteRealm', ...manage, handle: drop },

  { on: `GET ${ASSIGNMENTS}`, operation: 'listRealmAssignments', ...read, handle: listAssignments },
  { on: `POST ${ASSIGNMENTS}`, operation: 'createRealmAssignment', ...write, handle: createAssignment },
  { on: `GET ${ASSIGNMENTS}/operations`, operation: 'listRealmAssignmentOperations', ...read, handle: listOperations },
  { on: `POST ${ASSIGNMENTS}/operations`, operation: 'executeRealmAssignment', ...write, handle: execute },
  { on: `GET ${ONE}`, operation: 'getRealmAssignment', ...read, handle: getAssignment },
  { on: `PUT ${ONE}`, operation: 'replaceRealmAssignment', ...write, handle: replaceAssignment },
  { on: `DELETE ${ONE}`, operation: 'deleteRealmAssignment', ...manage, handle: deleteAssignment },
  { on: `POST ${ONE}/lifecycle/activate`, operation: 'activateRealmAssignment', ...manage, handle: activateAssignment },
  {
    on: `POST ${ONE}/lifecycle/deactivate`,
    operation: 'deactivateRealmAssignment',
    ...manage,
    handle: deactivateAssignment,
  },
]
