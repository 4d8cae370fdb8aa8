// Which apps may take their users over to another one? The operations on interclient trust mappings.
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type TrustMapping, trustMappings } from '../../entities/app-relations.ts'
import { fail } from '../../fail.ts'
import { checkFields, objectBody, refuseFaults } from '../../fields.ts'
import { type Answer, created, type Exchange, noContent } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { loadApp, loadAppForChange } from './store.ts'

// Documented.
const MOST = 5

/** `GET /apps/{id}/interclient-allowed-apps`: ids of apps. */
export async function listAllowed(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const rows = await org.state.find(trustMappings, 'target', app.id)
  return listAnswer(
    org,
    x,
    rows.map((row) => row.value.allowedId),
  )
}

/** `GET /apps/{id}/interclient-target-apps`: ids of apps. */
export async function listTargets(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const rows = await org.state.find(trustMappings, 'allowed', app.id)
  return listAnswer(
    org,
    x,
    rows.map((row) => row.value.targetId),
  )
}

/** `POST /apps/{id}/interclient-allowed-apps`; what is allowed already stays so. */
export async function allowApp(org: Org, x: Exchange): Promise<Answer> {
  const target = await loadAppForChange(org, x)
  const given = objectBody(x.body)
  refuseFaults(checkFields(given, { id: { type: 'string', required: true } }))
  if (!['OPENID_CONNECT', 'SAML_2_0'].includes(target.value.signOnMode)) fail(E0000001, 'trust-target-type-wrong')
  const allowed = await loadApp(org, x, String(given.id))
  const existing = await org.state.holder(trustMappings, `${target.id}:${allowed.id}`)
  if (existing) return created(showMapping(org, existing))
  if ((await org.state.find(trustMappings, 'target', target.id)).length >= MOST) fail(E0000001, 'trust-mappings-full')
  const id = org.ids.next('itm')
  const value: TrustMapping = {
    targetId: target.id,
    allowedId: allowed.id,
    createdAt: x.now,
    lastUpdatedAt: x.now,
    lastUpdatedBy: x.caller?.userId ?? org.fixed.orgId,
  }
  await org.state.change([put(trustMappings, id, value)])
  return created(showMapping(org, { id, version: 0, value }))
}

/** `DELETE /apps/{id}/interclient-allowed-apps/{allowedAppId}` */
export async function disallowApp(org: Org, x: Exchange): Promise<Answer> {
  const target = await loadAppForChange(org, x)
  const id = x.params.allowedAppId!
  const mapping =
    (await org.state.holder(trustMappings, `${target.id}:${id}`)) ??
    fail(E0000007, 'resource-missing', { id, type: 'InterclientTrustMapping' })
  await org.state.change([remove(trustMappings, mapping)])
  return noContent()
}

function showMapping(org: Org, { id, value }: Stored<TrustMapping>): Record<string, unknown> {
  return {
    id,
    orgId: org.fixed.orgId,
    appInstanceId: value.targetId,
    trustedAppInstanceId: value.allowedId,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    lastUpdatedBy: value.lastUpdatedBy,
  }
}
