// Which operations does the API have on the scopes of an authorization server?
import { E0000031 } from '@errorg/errors/codes'
import { type ServerScope, serverScopes } from '../../entities/auth-server.ts'
import { userGrants } from '../../entities/consent.ts'
import { fail } from '../../fail.ts'
import { bindFilter, fieldsOf, parseFilter } from '../../filter/index.ts'
import { created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { mayDeletePart, partNameIsFree, readScope } from './rules.ts'
import { showScope } from './schema.ts'
import { loadScope, loadServer, renamings } from './store.ts'

const pages = { standard: 200, most: 200, prefix: 'scp' }

/** Lists scopes; `q` looks at the beginning of names, `filter` at whole names. */
export async function listScopes(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const { limit, after } = readPage(org, x, pages)
  const q = (x.query.get('q') ?? '').toLowerCase()
  const matches = readFilter(x.query.get('filter'))
  const rows = (await org.state.find(serverScopes, 'server', server.id, { after })).filter(
    (row) => row.value.name.toLowerCase().startsWith(q) && matches(row),
  )
  return pageAnswer(org, x, cutPage(rows, limit), (row) => showScope(org, row))
}

const readers: Readonly<Record<string, (scope: Stored<ServerScope>) => unknown>> = {
  id: (scope) => scope.id,
  name: (scope) => scope.value.name,
  system: (scope) => scope.value.system,
}

function readFilter(text: string | null): (scope: Stored<ServerScope>) => boolean {
  if (text === null || text === '') return () => true
  const parsed = parseFilter(text)
  if (!parsed.ok) return fail(E0000031, 'search-unreadable')
  for (const { field, operator } of fieldsOf(parsed.filter)) {
    if (!Object.hasOwn(readers, field) || operator !== 'eq') return fail(E0000031, 'search-unreadable')
  }
  return bindFilter<Stored<ServerScope>>(parsed.filter, (field) => readers[field]!)
}

/** Makes a scope. */
export async function addScope(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const value: ServerScope = { ...readScope(x.body), serverId: server.id, system: false }
  partNameIsFree('scope', await holderOf(org, value))
  const scope = { id: org.ids.next('scp'), version: 1, value }
  await org.state.change([put(serverScopes, scope.id, value)])
  note(org, x, 'created', scope)
  return created(showScope(org, scope))
}

/** Shows a scope. */
export async function getScope(org: Org, x: Exchange) {
  return ok(showScope(org, await loadScope(org, x)))
}

/** Replaces a scope. */
export async function replaceScope(org: Org, x: Exchange) {
  const scope = await loadScope(org, x)
  const value = { ...scope.value, ...readScope(x.body, scope.value) }
  partNameIsFree('scope', await holderOf(org, value), scope.id)
  await org.state.change([
    put(serverScopes, scope.id, value, scope),
    ...(await renamings(org, scope.value, value.name)),
  ])
  const next = { ...scope, value }
  note(org, x, 'updated', next)
  return ok(showScope(org, next))
}

/** Deletes a scope. */
export async function dropScope(org: Org, x: Exchange) {
  const scope = await loadScope(org, x)
  mayDeletePart('scope', scope.id, scope.value)
  const granted = await org.state.find(userGrants, 'scope', scope.id)
  await org.state.change([
    remove(serverScopes, scope),
    ...granted.map((grant) => remove(userGrants, grant)),
    ...(await renamings(org, scope.value)),
  ])
  note(org, x, 'deleted', scope)
  return noContent()
}

const holderOf = (org: Org, scope: ServerScope) => org.state.holder(serverScopes, serverScopes.unique!(scope)[0]!)

function note(org: Org, x: Exchange, what: string, { id, value }: Stored<ServerScope>): void {
  org.log(x, {
    eventType: `oauth2.scope.${what}`,
    displayMessage: `OAuth2 scope ${what}`,
    targets: [{ id, type: 'OAuth2Scope', alternateId: 'unknown', displayName: value.name }],
  })
}
