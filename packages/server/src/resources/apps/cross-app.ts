// Which apps may reach which others for their users? The operations on Cross App Access connections.
import { E0000001, E0000007, E0000013 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type App, apps } from '../../entities/app.ts'
import { type CrossAppConnection, crossAppConnections } from '../../entities/app-relations.ts'
import { fail } from '../../fail.ts'
import { checkFields, objectBody, refuseFaults } from '../../fields.ts'
import { type Answer, created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { readFlag } from '../../http/query.ts'
import { cutPage, pageAnswer, readIdCursor, readLimit } from '../../lists/page.ts'
import { paramOf } from '../../lists/query.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { loadApp, loadAppForChange } from './store.ts'

const MOST = 200
const statuses = ['ACTIVE', 'INACTIVE'] as const
const statusField = { type: 'string', oneOf: statuses } as const

/** `GET /apps/{id}/cwo/connections`: those that go out and those that come in. */
export async function listConnections(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const text = paramOf(x, 'limit')
  // -1 asks for all, 0 for none (documented).
  const limit = text === '-1' ? MOST : text === '0' ? 0 : readLimit(x, { standard: MOST, most: MOST })
  const after = readIdCursor(org, x, 'cwo')
  const wanted = await readCriteria(org, x)
  const found: Stored<CrossAppConnection>[] = []
  for (const row of await org.state.find(crossAppConnections, 'app', app.id, { after })) {
    if (await wanted(row.value)) found.push(row)
    if (found.length > limit) break
  }
  const page = limit === 0 ? { rows: [], next: undefined } : cutPage(found, limit)
  return pageAnswer(org, x, page, showConnection)
}

async function readCriteria(org: Org, x: Exchange): Promise<(one: CrossAppConnection) => Promise<boolean>> {
  const status = paramOf(x, 'status')
  refuseFaults(checkFields({ status }, { status: statusField }))
  const activeOnly = readFlag(x, 'activeAppsOnly', false)
  const requestingId = paramOf(x, 'requestingAppId')
  const resourceId = paramOf(x, 'resourceAppId')
  const requestingName = paramOf(x, 'requestingAppName')?.toLowerCase()
  const resourceName = paramOf(x, 'resourceAppName')?.toLowerCase()
  return async (one) => {
    if (status !== undefined && one.status !== status) return false
    if (requestingId !== undefined && one.requestingId !== requestingId) return false
    if (resourceId !== undefined && one.resourceId !== resourceId) return false
    if (!activeOnly && requestingName === undefined && resourceName === undefined) return true
    const requesting = await org.state.load(apps, one.requestingId)
    const resource = await org.state.load(apps, one.resourceId)
    if (activeOnly && (requesting?.value.status !== 'ACTIVE' || resource?.value.status !== 'ACTIVE')) return false
    return isCalled(requesting, requestingName) && isCalled(resource, resourceName)
  }
}

function isCalled(app: Stored<App> | undefined, word: string | undefined): boolean {
  return word === undefined || [app?.value.name, app?.value.label].some((name) => name?.toLowerCase().includes(word))
}

/** `POST /apps/{id}/cwo/connections`: the app of the path asks, that of the body is asked. */
export async function createConnection(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadAppForChange(org, x)
  const given = objectBody(x.body)
  refuseFaults(checkFields(given, { resourceAppInstanceId: { type: 'string', required: true }, status: statusField }))
  const resource = await loadApp(org, x, String(given.resourceAppInstanceId))
  for (const one of [app, resource]) mayConnect(one.value)
  if (await org.state.holder(crossAppConnections, `${app.id}:${resource.id}`)) fail(E0000001, 'connection-exists')
  const id = org.ids.next('cwo')
  const value: CrossAppConnection = {
    requestingId: app.id,
    resourceId: resource.id,
    status: given.status === 'INACTIVE' ? 'INACTIVE' : 'ACTIVE',
    createdAt: x.now,
    lastUpdatedAt: x.now,
  }
  await org.state.change([put(crossAppConnections, id, value)])
  return created(showConnection({ id, version: 0, value }))
}

/** One app acts for a user at the other: a client without users can be neither side. (inferred from a reported refusal) */
function mayConnect(app: App): void {
  if (app.oauth?.applicationType === 'service') fail(E0000013, 'app-not-enabled-as-client')
}

/** `GET /apps/{id}/cwo/connections/{connectionId}` */
export async function getConnection(org: Org, x: Exchange): Promise<Answer> {
  await loadApp(org, x)
  return ok(showConnection(await loadConnection(org, x)))
}

/** `PATCH /apps/{id}/cwo/connections/{connectionId}`: switches it. */
export async function updateConnection(org: Org, x: Exchange): Promise<Answer> {
  await loadAppForChange(org, x)
  const old = await loadConnection(org, x)
  const given = objectBody(x.body)
  refuseFaults(checkFields(given, { status: { ...statusField, required: true } }))
  const value = { ...old.value, status: given.status as CrossAppConnection['status'], lastUpdatedAt: x.now }
  await org.state.change([put(crossAppConnections, old.id, value, old)])
  return ok(showConnection({ ...old, value }))
}

/**
 * `DELETE /apps/{id}/cwo/connections/{connectionId}`: done as well if there is none (okta/okta-sdk-dotnet
 * ApplicationCrossAppAccessConnectionsApiTests).
 */
export async function deleteConnection(org: Org, x: Exchange): Promise<Answer> {
  await loadAppForChange(org, x)
  const connection = await findConnection(org, x)
  if (connection) await org.state.change([remove(crossAppConnections, connection)])
  return noContent()
}

async function loadConnection(org: Org, x: Exchange): Promise<Stored<CrossAppConnection>> {
  const id = x.params.connectionId!
  return (await findConnection(org, x)) ?? fail(E0000007, 'resource-missing', { id, type: 'Connection' })
}

async function findConnection(org: Org, x: Exchange): Promise<Stored<CrossAppConnection> | undefined> {
  const one = await org.state.load(crossAppConnections, x.params.connectionId!)
  const isOurs = one && [one.value.requestingId, one.value.resourceId].includes(x.params.appId!)
  return isOurs ? one : undefined
}

function showConnection({ id, value }: Stored<CrossAppConnection>): Record<string, unknown> {
  return {
    id,
    requestingAppInstanceId: value.requestingId,
    resourceAppInstanceId: value.resourceId,
    status: value.status,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
  }
}
