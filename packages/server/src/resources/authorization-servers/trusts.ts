// Which operations does the API have on the authorization servers that another one trusts?
import { E0000007 } from '@errorg/errors/codes'
import { authServers, serverTrusts } from '../../entities/auth-server.ts'
import { fail } from '../../fail.ts'
import { objectBody, refuseBlank, refuseValue, textList } from '../../fields.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, pageAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, remove } from '../../state/state.ts'
import { showServer } from './schema.ts'
import { readServerQuery } from './servers.ts'
import { loadServer } from './store.ts'

/** Lists the servers that this one trusts, or with `trusted=false` the others. Without a word, those it trusts. (inferred) */
export async function listTrusted(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const { limit, after, matches } = readServerQuery(org, x)
  const wanted = (x.query.get('trusted') ?? 'true').toLowerCase() !== 'false'
  const trusts = await org.state.find(serverTrusts, 'server', server.id)
  const trusted = new Set(trusts.map(({ value }) => value.trustedId))
  const rows = (await org.state.scan(authServers, { after })).filter(
    (row) => row.id !== server.id && trusted.has(row.id) === wanted && matches(row),
  )
  return pageAnswer(org, x, cutPage(rows, limit), (row) => showServer(org, row))
}

/** Lets a server trust others; answers with those that were named. */
export async function addTrusted(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const named = [...new Set(textList(objectBody(x.body).trusted ?? []))]
  if (named.length === 0) refuseBlank('trusted')
  // A server takes its own tokens already. (inferred)
  if (named.includes(server.id)) refuseValue('trusted', 'must not contain the authorization server itself')
  const rows = await Promise.all(
    named.map(
      async (id) =>
        (await org.state.load(authServers, id)) ??
        fail(E0000007, 'resource-missing', { id, type: 'AuthorizationServer' }),
    ),
  )
  const held = await Promise.all(rows.map(({ id }) => org.state.holder(serverTrusts, `${server.id}:${id}`)))
  const fresh = rows.filter((_, i) => held[i] === undefined)
  const trusts = fresh.map(({ id }) => ({ serverId: server.id, trustedId: id }))
  if (trusts.length > 0) await org.state.change(trusts.map((trust) => put(serverTrusts, org.ids.next('ast'), trust)))
  return ok(await Promise.all(rows.map((row) => showServer(org, row))))
}

/** Ends the trust in one server. */
export async function dropTrusted(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const id = x.params.associatedServerId!
  const trust = await org.state.holder(serverTrusts, `${server.id}:${id}`)
  if (!trust) return fail(E0000007, 'resource-missing', { id, type: 'AuthorizationServer' })
  await org.state.change([remove(serverTrusts, trust)])
  return noContent()
}
