// Which operations does the API have on the claims of an authorization server?
import { type ServerClaim, serverClaims } from '../../entities/auth-server.ts'
import { created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { mayDeletePart, partNameIsFree, readClaim } from './rules.ts'
import { showClaim } from './schema.ts'
import { loadClaim, loadServer } from './store.ts'

/** Lists claims, all at once (documented: no paging). */
export async function listClaims(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const rows = await org.state.find(serverClaims, 'server', server.id)
  return listAnswer(
    org,
    x,
    rows.map((row) => showClaim(org, row)),
  )
}

/** Makes a claim. */
export async function addClaim(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const value: ServerClaim = { ...readClaim(org.readExpression, x.body), serverId: server.id, system: false }
  partNameIsFree('claim', await holderOf(org, value))
  const claim = { id: org.ids.next('ocl'), version: 1, value }
  await org.state.change([put(serverClaims, claim.id, value)])
  note(org, x, 'created', claim)
  return created(showClaim(org, claim))
}

/** Shows a claim. */
export async function getClaim(org: Org, x: Exchange) {
  return ok(showClaim(org, await loadClaim(org, x)))
}

/** Replaces a claim. */
export async function replaceClaim(org: Org, x: Exchange) {
  const claim = await loadClaim(org, x)
  const value = { ...claim.value, ...readClaim(org.readExpression, x.body, claim.value) }
  partNameIsFree('claim', await holderOf(org, value), claim.id)
  await org.state.change([put(serverClaims, claim.id, value, claim)])
  const next = { ...claim, value }
  note(org, x, 'updated', next)
  return ok(showClaim(org, next))
}

/** Deletes a claim. */
export async function dropClaim(org: Org, x: Exchange) {
  const claim = await loadClaim(org, x)
  mayDeletePart('claim', claim.id, claim.value)
  await org.state.change([remove(serverClaims, claim)])
  note(org, x, 'deleted', claim)
  return noContent()
}

const holderOf = (org: Org, claim: ServerClaim) => org.state.holder(serverClaims, serverClaims.unique!(claim)[0]!)

function note(org: Org, x: Exchange, what: string, { id, value }: Stored<ServerClaim>): void {
  org.log(x, {
    eventType: `oauth2.claim.${what}`,
    displayMessage: `OAuth2 claim ${what}`,
    targets: [{ id, type: 'OAuth2Claim', alternateId: 'unknown', displayName: value.name }],
  })
}
