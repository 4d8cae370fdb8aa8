// Which users does a list of users show? `search`, `filter` and `q` with what each of them takes (documented in the
// OpenAPI file, listUsers).
import { E0000033 } from '@errorg/errors/codes'
import { type User, users } from '../entities/user.ts'
import { fail } from '../fail.ts'
import type { Operator } from '../filter/index.ts'
import { attributesToSearch } from '../gates/attributes.ts'
import { usersSeen } from '../gates/reach.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import type { ListPage } from './page.ts'
import { readLimit } from './page.ts'
import { pageById, pageOfPrefix, pageOfSearch, paramOf, refuseSearchWithOthers } from './query.ts'
import {
  type Criteria,
  dateField,
  noCriteria,
  readCriteria,
  type SearchField,
  type SearchTable,
  searchOperators,
  textField,
} from './search.ts'

/** A page of users. In lists users carry fewer links than alone (recorded). */
export interface UserPage extends ListPage<Stored<User>> {
  inList: true
}

type Field = SearchField<User>

const text = textField<User>
const date = dateField<User>
const folded = (name: string) => ({ name, key: (literal: string) => literal.toLowerCase() })

const topFields: Readonly<Record<string, Field>> = {
  id: text((row) => row.id, 'id'),
  status: text((row) => row.value.status, { name: 'status', key: (literal) => literal.toUpperCase() }),
  'type.id': text((row) => row.value.typeId, { name: 'type', key: (literal) => literal }),
  created: date((row) => row.value.createdAt),
  activated: date((row) => row.value.activatedAt),
  statusChanged: date((row) => row.value.statusChangedAt),
  lastUpdated: date((row) => row.value.lastUpdatedAt),
}

const indexed = ['login', 'email', 'firstName', 'lastName', 'employeeNumber', 'department']
// Documented: `co` only on these.
const withContains = ['login', 'email', 'firstName', 'lastName']

function profileField(name: string): Field | undefined {
  if (!name.startsWith('profile.')) return undefined
  const key = name.slice('profile.'.length)
  const read: Field['read'] = ({ value: { profile } }) => (Object.hasOwn(profile, key) ? profile[key] : undefined)
  return {
    operators: withContains.includes(key) ? searchOperators.textWithContains : searchOperators.text,
    is: 'text',
    read,
    index: indexed.includes(key) ? folded(key) : undefined,
  }
}

const forSearch: SearchTable<User> = {
  field: (name) => (Object.hasOwn(topFields, name) ? topFields[name] : profileField(name)),
  not: true,
}

// What the caller may not search by has no value for anybody.
function searchFor(x: Exchange): SearchTable<User> {
  const allowed = attributesToSearch(x)
  if (!allowed) return forSearch
  return {
    ...forSearch,
    field(name) {
      const field = forSearch.field(name)
      const open = !field || !name.startsWith('profile.') || allowed(name.slice('profile.'.length))
      return open ? field : { ...field, read: () => undefined, index: undefined }
    },
  }
}

const onlyEquals: readonly Operator[] = ['eq']
const filterFields = ['id', 'status', 'profile.login', 'profile.email', 'profile.firstName', 'profile.lastName']

const forFilter: SearchTable<User> = {
  field(name) {
    if (name === 'lastUpdated') return { ...topFields.lastUpdated!, operators: ['eq', 'gt', 'ge', 'lt', 'le'] }
    return filterFields.includes(name) ? { ...forSearch.field(name)!, operators: onlyEquals } : undefined
  },
  not: false,
  // Reported: refused filters have no causes, refused searches do.
  causes: [],
}

const everybody = { collection: users, prefix: '00u' }
const pages = { standard: 200, most: 200 }

// Neither a plain list nor `q` shows who was deactivated; `filter` and `search` do.
const notDeprovisioned: Criteria<User> = { ...noCriteria, matches: (row) => row.value.status !== 'DEPROVISIONED' }

/** The users that a request asks for: rows, and `after` of the next page for `listAnswer`. */
export async function queryUsers(org: Org, x: Exchange): Promise<UserPage> {
  return { ...(await pageOf(org, x)), inList: true }
}

async function pageOf(org: Org, x: Exchange): Promise<ListPage<Stored<User>>> {
  refuseSearchWithOthers(x)
  const list = { ...everybody, sees: await usersSeen(org, x) }
  if (x.query.has('q') && x.query.has('filter')) fail(E0000033, 'query-and-filter-together')
  const q = paramOf(x, 'q')
  if (q !== undefined) {
    const limit = readLimit(x, { ...pages, standard: 10 })
    return await pageOfPrefix(org, list, notDeprovisioned, { q, textsOf: namesOf, limit })
  }
  const limit = readLimit(x, pages)
  if (paramOf(x, 'search') !== undefined) return await pageOfSearch(org, x, list, searchFor(x), limit)
  const filter = paramOf(x, 'filter')
  const criteria = filter === undefined ? notDeprovisioned : readCriteria(filter, forFilter)
  return await pageById(org, x, list, criteria, limit)
}

function namesOf({ value: { profile } }: { value: User }): readonly unknown[] {
  return [profile.firstName, profile.lastName, profile.email]
}
