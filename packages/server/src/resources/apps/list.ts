// Which apps does a list of apps show? `q`, `filter` and `expand` with what each of them takes.
import { E0000001 } from '@errorg/errors/codes'
import { type App, appGroups, apps, appUsers } from '../../entities/app.ts'
import { groupIdsForApps } from '../../entities/find-app.ts'
import { users } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { isObject } from '../../fields.ts'
import { reachesApp } from '../../gates/reach.ts'
import type { Answer, Exchange } from '../../http/exchange.ts'
import { readFlag } from '../../http/query.ts'
import { cutPage, pageAnswer, readIdCursor, readLimit } from '../../lists/page.ts'
import { paramOf } from '../../lists/query.ts'
import { type Criteria, findById, noCriteria, readCriteria, type SearchField } from '../../lists/search.ts'
import type { Org } from '../../org.ts'
import { showApp, showAppInList } from '../../shapes/app.ts'
import type { Stored } from '../../state/state.ts'
import { appUserOf, showAppUser } from './app-users.ts'

const pages = { standard: 200, most: 200, minusOne: true }

const text = (read: SearchField<App>['read'], index?: SearchField<App>['index']): SearchField<App> => ({
  operators: ['eq'],
  is: 'text',
  read,
  index,
})

const fields: Readonly<Record<string, SearchField<App>>> = {
  id: text((row) => row.id, 'id'),
  status: text((row) => row.value.status, { name: 'status', key: (literal) => literal.toUpperCase() }),
  name: text((row) => row.value.name, { name: 'name', key: (literal) => literal }),
  'credentials.signing.kid': text((row) => memberOf(row.value.credentials.signing, 'kid')),
  'settings.slo.enabled': text((row) => String(memberOf(row.value.settings.slo, 'enabled') ?? false)),
}

const memberOf = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined)

// Apps of a user or a group stand in another place than the apps themselves: such a filter stands alone.
const ofHolder = /^\s*(user|group)\.id\s+eq\s+"([^"]{1,100})"\s*$/

/** `GET /apps` */
export async function listApps(org: Org, x: Exchange): Promise<Answer> {
  readFlag(x, 'includeNonDeleted', false)
  readFlag(x, 'useOptimization', false)
  readFlag(x, 'alwaysIncludeVpnSettings', false)
  const embedded = readExpand(x)
  const limit = readLimit(x, pages)
  const after = readIdCursor(org, x, '0oa')
  const criteria = await readCriteriaOf(org, x)
  // Apps that a limited role does not reach are left out.
  const matches = (row: Stored<App>) => criteria.matches(row) && reachesApp(x, row.value.name, row.id)
  const page = cutPage(await findById(org.state, apps, { ...criteria, matches }, { after, limit }), limit)
  return pageAnswer(org, x, page, (app) =>
    embedded === undefined ? org.shown(showAppInList, app) : withUser(org, app, embedded),
  )
}

async function readCriteriaOf(org: Org, x: Exchange): Promise<Criteria<App>> {
  const filter = paramOf(x, 'filter')
  const q = paramOf(x, 'q')?.toLowerCase()
  const criteria: Criteria<App> = filter === undefined ? noCriteria : await readFilter(org, filter)
  if (q === undefined) return criteria
  const begins = (word: string) => word.toLowerCase().startsWith(q)
  return { ...criteria, matches: (row) => criteria.matches(row) && (begins(row.value.label) || begins(row.value.name)) }
}

async function readFilter(org: Org, filter: string): Promise<Criteria<App>> {
  const [, holder, id] = ofHolder.exec(filter) ?? []
  if (holder === undefined || id === undefined) {
    const field = (name: string) => (Object.hasOwn(fields, name) ? fields[name] : undefined)
    return readCriteria(filter, { field, not: false, causes: [] })
  }
  const ids = holder === 'user' ? await appIdsOfUser(org, id) : await appIdsOfGroup(org, id)
  return { matches: (row) => ids.has(row.id), lookUps: [] }
}

function readExpand(x: Exchange): string | undefined {
  const expand = paramOf(x, 'expand')
  if (expand === undefined) return undefined
  return /^user\/([\w.@+-]{1,100})$/.exec(expand)?.[1] ?? fail(E0000001, 'expand-malformed')
}

async function withUser(org: Org, app: Stored<App>, userId: string): Promise<unknown> {
  const user = await org.state.load(users, userId)
  const assigned = user && (await appUserOf(org, app, user))
  const shown = showApp(org, app)
  return assigned ? { ...shown, _embedded: { user: showAppUser(org, app, user, assigned) } } : shown
}

async function appIdsOfGroup(org: Org, groupId: string): Promise<Set<string>> {
  return new Set((await org.state.find(appGroups, 'group', groupId)).map((row) => row.value.appId))
}

async function appIdsOfUser(org: Org, userId: string): Promise<Set<string>> {
  const ids = new Set<string>()
  for (const row of await org.state.find(appUsers, 'user', userId))
    if (row.value.scope === 'USER') ids.add(row.value.appId)
  for (const groupId of await groupIdsForApps(org, userId))
    for (const id of await appIdsOfGroup(org, groupId)) ids.add(id)
  return ids
}
