// Which groups does a list of groups show? `search`, `filter` and `q` with what each of them takes (documented in the
// OpenAPI file, listGroups).
import { type Group, groups } from '../entities/group.ts'
import { groupsSeen } from '../gates/reach.ts'
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
} from './search.ts'

type Field = SearchField<Group>

const date = dateField<Group>

const topFields: Readonly<Record<string, Field>> = {
  id: { operators: searchOperators.text, is: 'text', read: (row) => row.id, index: 'id' },
  type: {
    operators: searchOperators.text,
    is: 'text',
    read: (row) => row.value.type,
    index: { name: 'type', key: (literal) => literal.toUpperCase() },
  },
  // The application of an imported group; the org keeps none yet, so nothing matches.
  'source.id': { operators: searchOperators.text, is: 'text', read: () => undefined },
  created: date((row) => row.value.createdAt),
  lastUpdated: date((row) => row.value.lastUpdatedAt),
  lastMembershipUpdated: date((row) => row.value.lastMembershipUpdatedAt),
}

function profileField(name: string): Field | undefined {
  if (!name.startsWith('profile.')) return undefined
  const key = name.slice('profile.'.length)
  return {
    // Documented: `co` only on these two.
    operators: key === 'name' || key === 'description' ? searchOperators.textWithContains : searchOperators.text,
    is: 'text',
    read: ({ value: { profile } }) => (Object.hasOwn(profile, key) ? profile[key] : undefined),
    index: key === 'name' ? { name: 'name', key: (literal) => literal.toLowerCase() } : undefined,
  }
}

const forSearch: SearchTable<Group> = {
  field: (name) => (Object.hasOwn(topFields, name) ? topFields[name] : profileField(name)),
  not: true,
}

const forFilter: SearchTable<Group> = {
  field(name) {
    if (name === 'id' || name === 'type') return { ...topFields[name]!, operators: ['eq'] }
    if (name !== 'lastUpdated' && name !== 'lastMembershipUpdated') return undefined
    return { ...topFields[name]!, operators: ['eq', 'gt', 'ge', 'lt', 'le'] }
  },
  not: false,
  // Reported: refused filters have no causes, refused searches do.
  causes: [],
}

const all = { collection: groups, prefix: '00g' }
const pages = { standard: 200, most: 10_000 }

/** The groups that a request asks for: rows, and `after` of the next page for `listAnswer`. */
export async function queryGroups(org: Org, x: Exchange): Promise<ListPage<Stored<Group>>> {
  refuseSearchWithOthers(x)
  const list = { ...all, sees: groupsSeen(x) }
  const filter = paramOf(x, 'filter')
  const q = paramOf(x, 'q')
  if (q !== undefined) {
    // `q` beside `filter` works on groups, unlike on users: Okta's own Terraform provider sends both (okta_group with
    // name and type).
    const criteria: Criteria<Group> = filter === undefined ? noCriteria : readCriteria(filter, forFilter)
    const limit = readLimit(x, { ...pages, standard: 300 })
    return await pageOfPrefix(org, list, criteria, { q, textsOf: (row) => [row.value.profile.name], limit })
  }
  const limit = readLimit(x, pages)
  if (paramOf(x, 'search') !== undefined) return await pageOfSearch(org, x, list, forSearch, limit)
  return await pageById(org, x, list, filter === undefined ? noCriteria : readCriteria(filter, forFilter), limit)
}
