// Which operations does the API have on push providers?
import { E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { authenticators } from '../../entities/authenticator.ts'
import { type PushProvider, pushProviders } from '../../entities/push-provider.ts'
import { fail } from '../../fail.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { mustNotBeUsed, nameIsFree, readProvider } from './rules.ts'

const PROVIDERS = '/api/v1/push-providers'
const ONE = `${PROVIDERS}/:pushProviderId`

async function list(org: Org, x: Exchange) {
  const type = x.query.get('type')
  const rows = await org.state.scan(pushProviders)
  const asked = rows.filter(({ value }) => type === null || value.providerType === type)
  return listAnswer(
    org,
    x,
    asked.map((row) => show(org, row)),
  )
}

async function add(org: Org, x: Exchange) {
  const parts = readProvider(x.body)
  nameIsFree(await org.state.holder(pushProviders, `name:${parts.name.toLowerCase()}`))
  const row = { id: org.ids.next('ppc'), version: 0, value: { ...parts, lastUpdatedAt: x.now } }
  await org.state.change([put(pushProviders, row.id, row.value)])
  return ok(show(org, row))
}

async function get(org: Org, x: Exchange) {
  return ok(show(org, await load(org, x)))
}

async function replace(org: Org, x: Exchange) {
  const row = await load(org, x)
  const parts = readProvider(x.body, row.value)
  nameIsFree(await org.state.holder(pushProviders, `name:${parts.name.toLowerCase()}`), row.id)
  const value = { ...parts, lastUpdatedAt: x.now }
  await org.state.change([put(pushProviders, row.id, value, row)])
  return ok(show(org, { ...row, value }))
}

async function drop(org: Org, x: Exchange) {
  const row = await load(org, x)
  const apps = await org.state.find(authenticators, 'key', 'custom_app')
  mustNotBeUsed(
    row.id,
    apps.map(({ value }) => value),
  )
  await org.state.change([remove(pushProviders, row)])
  return noContent()
}

async function load(org: Org, x: Exchange): Promise<Stored<PushProvider>> {
  const id = x.params.pushProviderId!
  const row = await org.state.load(pushProviders, id)
  return row ?? fail(E0000007, 'resource-missing', { id, type: 'PushProviderConfigEntity' })
}

function show(org: Org, { id, value }: Stored<PushProvider>): Record<string, unknown> {
  return {
    id,
    providerType: value.providerType,
    name: value.name,
    lastUpdatedDate: isoDate(value.lastUpdatedAt),
    configuration: value.configuration,
    _links: { self: { href: `${org.baseUrl}${PROVIDERS}/${id}`, hints: { allow: ['DELETE', 'GET', 'PUT'] } } },
  }
}

const reads = { needs: 'security.read' } as const
const writes = { needs: 'security.manage' } as const

/** Rows of the route table. */
export const pushProviderRoutes: readonly RouteRow[] = [
  { on: `GET ${PROVIDERS}`, operation: 'listPushProviders', ...reads, handle: list },
  { on: `POST ${PROVIDERS}`, operation: 'createPushProvider', ...writes, body: 'json', handle: add },
  { on: `GET ${ONE}`, operation: 'getPushProvider', ...reads, handle: get },
  { on: `PUT ${ONE}`, operation: 'replacePushProvider', ...writes, body: 'json', handle: replace },
  { on: `DELETE ${ONE}`, operation: 'deletePushProvider', ...writes, handle: drop },
]
