// Which claims does an app get by federation protocols? The operations on federated claims.
import { E0000001 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type FederatedClaim, federatedClaims } from '../../entities/app-relations.ts'
import { fail } from '../../fail.ts'
import { checkFields, objectBody, refuseFaults, refuseValue } from '../../fields.ts'
import { type Answer, created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { canBeRead } from '../../readable-expression.ts'
import { reservedClaims } from '../../reserved-claims.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { loadApp, loadAppForChange, loadPart } from './store.ts'

/** `GET /apps/{id}/federated-claims`; all on one page. */
export async function listClaims(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const rows = await org.state.find(federatedClaims, 'app', app.id)
  return listAnswer(org, x, rows.map(showClaim))
}

/** `POST /apps/{id}/federated-claims` */
export async function createClaim(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadAppForChange(org, x)
  const read = readClaim(org, x.body)
  await nameIsFree(org, app.id, read.name)
  const id = org.ids.next('ofc')
  const value: FederatedClaim = { appId: app.id, ...read, createdAt: x.now, lastUpdatedAt: x.now }
  await org.state.change([put(federatedClaims, id, value)])
  return created(showClaim({ id, version: 0, value }))
}

/** `GET /apps/{id}/federated-claims/{claimId}` */
export async function getClaim(org: Org, x: Exchange): Promise<Answer> {
  await loadApp(org, x)
  return ok(showClaim(await loadClaim(org, x)))
}

/** `PUT /apps/{id}/federated-claims/{claimId}` */
export async function replaceClaim(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadAppForChange(org, x)
  const old = await loadClaim(org, x)
  const read = readClaim(org, x.body)
  await nameIsFree(org, app.id, read.name, old.id)
  const value: FederatedClaim = { ...old.value, ...read, lastUpdatedAt: x.now }
  await org.state.change([put(federatedClaims, old.id, value, old)])
  return ok(showClaim({ ...old, value }))
}

/** `DELETE /apps/{id}/federated-claims/{claimId}` */
export async function deleteClaim(org: Org, x: Exchange): Promise<Answer> {
  await loadAppForChange(org, x)
  await org.state.change([remove(federatedClaims, await loadClaim(org, x))])
  return noContent()
}

function readClaim(org: Org, body: unknown): { name: string; expression: string } {
  const given = objectBody(body)
  refuseFaults(
    checkFields(given, {
      name: { type: 'string', required: true, max: 255 },
      expression: { type: 'string', required: true, max: 1024 },
    }),
  )
  const name = String(given.name)
  // `sub` was seen to be refused as reserved (okta/okta-sdk-dotnet ApplicationSSOFederatedClaimsApiTests); that the others
  // are those of authorization servers, and the sentence, are inferred.
  if (name === 'sub' || reservedClaims.has(name)) refuseValue('name', `'${name}' is a reserved claim name`)
  const expression = String(given.expression)
  canBeRead(org.readExpression, 'expression', expression)
  return { name, expression }
}

async function nameIsFree(org: Org, appId: string, name: string, ownId?: string): Promise<void> {
  const holder = await org.state.holder(federatedClaims, `${appId}:${name}`)
  if (holder && holder.id !== ownId) fail(E0000001, 'federated-claim-name-taken', { name: name.slice(0, 100) })
}

function loadClaim(org: Org, x: Exchange): Promise<Stored<FederatedClaim>> {
  return loadPart(org, x, federatedClaims, x.params.claimId!, 'FederatedClaim')
}

function showClaim({ id, value }: Stored<FederatedClaim>): Record<string, unknown> {
  return {
    id,
    name: value.name,
    expression: value.expression,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
  }
}
