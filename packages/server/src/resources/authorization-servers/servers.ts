// Which operations does the API have on authorization servers themselves?
import { type AuthServer, authServers } from '../../entities/auth-server.ts'
import { forgetResource } from '../../entities/resource-set.ts'
import { reachesOne } from '../../gates/reach.ts'
import { created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import type { LogParty } from '../../log/event.ts'
import { writeServer } from '../../oauth/new-server.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { mayDeleteServer, readServer, serverNameIsFree } from './rules.ts'
import { showServer } from './schema.ts'
import { loadServer, partRemovals } from './store.ts'

const pages = { standard: 200, most: 200, prefix: 'aus' }

/** Which page of which servers is asked for; `q` looks at the beginning of names and audiences. */
export function readServerQuery(org: Org, x: Exchange) {
  const q = (x.query.get('q') ?? '').toLowerCase()
  const matches = ({ id, value: { name, audiences } }: Stored<AuthServer>) =>
    [name, ...audiences].some((text) => text.toLowerCase().startsWith(q)) && reachesOne(x, 'authorization_servers', id)
  return { ...readPage(org, x, pages), matches }
}

/** Lists servers. */
export async function listServers(org: Org, x: Exchange) {
  const { limit, after, matches } = readServerQuery(org, x)
  const rows = (await org.state.scan(authServers, { after })).filter(matches)
  return pageAnswer(org, x, cutPage(rows, limit), (row) => showServer(org, row))
}

/** Makes a server. */
export async function addServer(org: Org, x: Exchange) {
  const parts = readServer(x.body)
  const id = org.ids.next('aus')
  const value: AuthServer = { ...parts, status: 'ACTIVE', createdAt: x.now, lastUpdatedAt: x.now }
  serverNameIsFree(await holderOf(org, value))
  await org.state.change(writeServer(org, id, value))
  const server = { id, version: 1, value }
  note(org, x, 'created', 'OAuth2 authorization server created', server)
  return created(await showServer(org, server))
}

/** Shows a server. */
export async function getServer(org: Org, x: Exchange) {
  return ok(await showServer(org, await loadServer(org, x)))
}

/** Replaces what may change of a server. */
export async function replaceServer(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const value = { ...server.value, ...readServer(x.body, server.value), lastUpdatedAt: x.now }
  serverNameIsFree(await holderOf(org, value), server.id)
  await org.state.change([put(authServers, server.id, value, server)])
  const next = { ...server, value }
  note(org, x, 'updated', 'OAuth2 authorization server updated', next)
  return ok(await showServer(org, next))
}

/** Deletes a server with all that belongs to it. */
export async function dropServer(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  mayDeleteServer(server.id)
  const forgotten = await forgetResource(org, `idp:authorization_servers:${server.id}`)
  await org.state.change([remove(authServers, server), ...(await partRemovals(org, server.id)), ...forgotten])
  note(org, x, 'deleted', 'OAuth2 authorization server deleted', server)
  return noContent()
}

/** Switches a server on. */
export const activateServer = (org: Org, x: Exchange) => switchTo(org, x, 'ACTIVE')

/** Switches a server off: it gives no tokens then. */
export const deactivateServer = (org: Org, x: Exchange) => switchTo(org, x, 'INACTIVE')

async function switchTo(org: Org, x: Exchange, status: AuthServer['status']) {
  const server = await loadServer(org, x)
  if (server.value.status === status) return noContent()
  await org.state.change([put(authServers, server.id, { ...server.value, status, lastUpdatedAt: x.now }, server)])
  const word = status === 'ACTIVE' ? 'activated' : 'deactivated'
  note(org, x, word, `OAuth2 authorization server ${word}`, server)
  return noContent()
}

/** A server as the System Log names it. */
export const serverParty = ({ id, value }: Stored<AuthServer>): LogParty => ({
  id,
  type: 'AuthorizationServer',
  alternateId: 'unknown',
  displayName: value.name,
})

function note(org: Org, x: Exchange, what: string, displayMessage: string, server: Stored<AuthServer>): void {
  org.log(x, { eventType: `oauth2.as.${what}`, displayMessage, targets: [serverParty(server)] })
}

const holderOf = (org: Org, server: AuthServer) => org.state.holder(authServers, authServers.unique!(server)[0]!)
