// Which operations does the API have on network zones?
import { E0000007 } from '@errorg/errors/codes'
import { apiTokens } from '../../entities/api-token.ts'
import { policies } from '../../entities/policy.ts'
import { loadProtection } from '../../entities/protection.ts'
import { type Zone, zones } from '../../entities/zone.ts'
import { fail } from '../../fail.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import { namedParty, notes } from '../../log/notes.ts'
import type { Org } from '../../org.ts'
import { holds, rulesNaming } from '../../policy-references.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { readZoneFilter } from './filter.ts'
import { mayDelete, nameIsFree, readZone } from './rules.ts'
import { showZone } from './schema.ts'

const ZONES = '/api/v1/zones'
const pages = { standard: 1000, most: 1000, prefix: 'nzo', minusOne: true }

async function list(org: Org, x: Exchange) {
  const { limit, after } = readPage(org, x, pages)
  const matches = readZoneFilter(x.query.get('filter'))
  const rows = (await org.state.scan(zones, { after })).filter(matches)
  return pageAnswer(org, x, cutPage(rows, limit), (zone) => showZone(org, zone))
}

async function add(org: Org, x: Exchange) {
  const parts = readZone(x.body)
  nameIsFree(await org.state.holder(zones, `name:${parts.name.toLowerCase()}`))
  const value: Zone = { ...parts, status: 'ACTIVE', system: false, createdAt: x.now, lastUpdatedAt: x.now }
  const zone = { id: org.ids.next('nzo'), version: 0, value }
  await org.state.change([put(zones, zone.id, value)])
  note(org, x, 'create', zone)
  return ok(showZone(org, zone))
}

async function get(org: Org, x: Exchange) {
  return ok(showZone(org, await loadZone(org, x)))
}

async function replace(org: Org, x: Exchange) {
  const zone = await loadZone(org, x)
  const parts = readZone(x.body, zone.value)
  nameIsFree(await org.state.holder(zones, `name:${parts.name.toLowerCase()}`), zone.id)
  const next = await save(org, zone, { ...zone.value, ...parts, lastUpdatedAt: x.now })
  note(org, x, 'update', next)
  if (next.value.usage !== zone.value.usage) {
    note(org, x, next.value.usage === 'BLOCKLIST' ? 'make_blacklist' : 'remove_blacklist', next)
  }
  return ok(showZone(org, next))
}

async function drop(org: Org, x: Exchange) {
  const zone = await loadZone(org, x)
  mayDelete(zone.id, zone.value, await usersOf(org, zone.id))
  await org.state.change([remove(zones, zone)])
  note(org, x, 'delete', zone)
  return noContent()
}

/** What counts on a zone: rules and policies (documented), API tokens and ThreatInsight (inferred). */
async function usersOf(org: Org, id: string): Promise<string[]> {
  const tokens = await org.state.find(apiTokens, 'alive', 'yes')
  const { value: threatInsight } = await loadProtection(org, 'threatInsight')
  return [
    ...(await rulesNaming(org, id)).map(({ rule }) => `the policy rule "${rule.value.name}"`),
    ...(await org.state.scan(policies))
      .filter(({ value }) => holds(value.conditions, id))
      .map(({ value }) => `the policy "${value.name}"`),
    ...tokens.filter(({ value }) => holds(value.network, id)).map(({ value }) => `the API token "${value.name}"`),
    ...(threatInsight.excludeZones.includes(id) ? ['ThreatInsight'] : []),
  ]
}

async function activate(org: Org, x: Exchange) {
  return await switchTo(org, x, 'ACTIVE')
}

async function deactivate(org: Org, x: Exchange) {
  return await switchTo(org, x, 'INACTIVE')
}

// Switching to where a zone is already answers it as it is (recorded).
async function switchTo(org: Org, x: Exchange, status: Zone['status']) {
  const zone = await loadZone(org, x)
  if (zone.value.status === status) return ok(showZone(org, zone))
  const next = await save(org, zone, { ...zone.value, status, lastUpdatedAt: x.now })
  note(org, x, status === 'ACTIVE' ? 'activate' : 'deactivate', next)
  return ok(showZone(org, next))
}

async function loadZone(org: Org, x: Exchange): Promise<Stored<Zone>> {
  const id = x.params.zoneId!
  return (await org.state.load(zones, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'NetworkZone' })
}

async function save(org: Org, zone: Stored<Zone>, value: Zone): Promise<Stored<Zone>> {
  await org.state.change([put(zones, zone.id, value, zone)])
  return { ...zone, value }
}

const note = notes(
  'zone',
  {
    create: 'Create network zone',
    update: 'Update network zone',
    delete: 'Delete network zone',
    activate: 'Activate network zone',
    deactivate: 'Deactivate network zone',
    make_blacklist: 'Mark network zone as blocklist',
    remove_blacklist: 'Remove blocklist mark from network zone',
  },
  namedParty('NetworkZone'),
)

const feature = 'NETWORK_ZONES'

/** Rows of the route table. */
export const zoneRoutes: readonly RouteRow[] = [
  { on: `GET ${ZONES}`, operation: 'listNetworkZones', needs: 'zones.read', feature, handle: list },
  { on: `POST ${ZONES}`, operation: 'createNetworkZone', needs: 'zones.manage', feature, body: 'json', handle: add },
  { on: `GET ${ZONES}/:zoneId`, operation: 'getNetworkZone', needs: 'zones.read', feature, handle: get },
  {
    on: `PUT ${ZONES}/:zoneId`,
    operation: 'replaceNetworkZone',
    needs: 'zones.manage',
    feature,
    body: 'json',
    handle: replace,
  },
  { on: `DELETE ${ZONES}/:zoneId`, operation: 'deleteNetworkZone', needs: 'zones.manage', feature, handle: drop },
  {
    on: `POST ${ZONES}/:zoneId/lifecycle/activate`,
    operation: 'activateNetworkZone',
    needs: 'zones.manage',
    feature,
    handle: activate,
  },
  {
    on: `POST ${ZONES}/:zoneId/lifecycle/deactivate`,
    operation: 'deactivateNetworkZone',
    needs: 'zones.manage',
    feature,
    handle: deactivate,
  },
]
