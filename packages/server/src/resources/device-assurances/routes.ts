// Which operations does the API have on device assurance policies?
import { E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type DeviceAssurance, deviceAssurances } from '../../entities/device-assurance.ts'
import { fail } from '../../fail.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import { namedParty, notes } from '../../log/notes.ts'
import type { Org } from '../../org.ts'
import { rulesNaming } from '../../policy-references.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { mayDelete, nameIsFree, readAssurance } from './rules.ts'

const ASSURANCES = '/api/v1/device-assurances'
const ONE = `${ASSURANCES}/:deviceAssuranceId`

async function list(org: Org, x: Exchange): Promise<Answer> {
  const rows = await org.state.scan(deviceAssurances)
  return listAnswer(
    org,
    x,
    rows.map((row) => showAssurance(org, row)),
  )
}

async function add(org: Org, x: Exchange): Promise<Answer> {
  const parts = readAssurance(x.body)
  nameIsFree(await org.state.holder(deviceAssurances, `name:${parts.name.toLowerCase()}`))
  const by = x.caller!.userId
  const value = { ...parts, createdAt: x.now, createdBy: by, lastUpdatedAt: x.now, lastUpdatedBy: by }
  const row = { id: org.ids.next('dae'), version: 0, value }
  await org.state.change([put(deviceAssurances, row.id, value)])
  note(org, x, 'add', row)
  return ok(showAssurance(org, row))
}

async function get(org: Org, x: Exchange): Promise<Answer> {
  return ok(showAssurance(org, await load(org, x, 'DeviceAssuranceRuleManagerImpl')))
}

async function replace(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x, 'DeviceAssuranceRuleManagerImpl')
  const parts = readAssurance(x.body, row.value)
  nameIsFree(await org.state.holder(deviceAssurances, `name:${parts.name.toLowerCase()}`), row.id)
  const { displayRemediationMode: _mode, ...kept } = row.value
  const value: DeviceAssurance = { ...kept, ...parts, lastUpdatedAt: x.now, lastUpdatedBy: x.caller!.userId }
  await org.state.change([put(deviceAssurances, row.id, value, row)])
  const next = { ...row, value }
  note(org, x, 'update', next)
  // Recorded answers to PUT do not say who made it, and when.
  const { createdBy: _by, createdDate: _date, ...shown } = showAssurance(org, next)
  return ok(shown)
}

async function drop(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x, 'DeviceAssuranceEntity')
  const references = await rulesNaming(org, row.id)
  mayDelete(
    row.value.name,
    references.map(({ rule }) => rule.value.name),
  )
  await org.state.change([remove(deviceAssurances, row)])
  note(org, x, 'delete', row)
  return noContent()
}

// One thing under two type names: that of what reads and of what deletes (recorded).
async function load(org: Org, x: Exchange, type: string): Promise<Stored<DeviceAssurance>> {
  const id = x.params.deviceAssuranceId!
  return (await org.state.load(deviceAssurances, id)) ?? fail(E0000007, 'resource-missing', { id, type })
}

function showAssurance(org: Org, { id, value }: Stored<DeviceAssurance>): Record<string, unknown> {
  return {
    id,
    name: value.name,
    platform: value.platform,
    ...value.conditions,
    ...(value.displayRemediationMode !== undefined && { displayRemediationMode: value.displayRemediationMode }),
    createdBy: value.createdBy,
    createdDate: isoDate(value.createdAt),
    lastUpdate: isoDate(value.lastUpdatedAt),
    lastUpdatedBy: value.lastUpdatedBy,
    resourceType: 'DeviceAssurance',
    resourceId: id,
    resourceDisplayName: { value: value.name, sensitive: false },
    _links: {
      self: { href: `${org.baseUrl}${ASSURANCES}/${id}`, hints: { allow: ['DELETE', 'GET', 'PUT'] } },
    },
  }
}

const note = notes(
  'device.assurance.policy',
  {
    add: 'Add device assurance policy',
    update: 'Update device assurance policy',
    delete: 'Delete device assurance policy',
  },
  namedParty('DeviceAssurance'),
)

const reads = { needs: 'security.read' } as const
const writes = { needs: 'security.manage' } as const

/** Rows of the route table. */
export const deviceAssuranceRoutes: readonly RouteRow[] = [
  { on: `GET ${ASSURANCES}`, operation: 'listDeviceAssurancePolicies', ...reads, handle: list },
  { on: `POST ${ASSURANCES}`, operation: 'createDeviceAssurancePolicy', ...writes, body: 'json', handle: add },
  { on: `GET ${ONE}`, operation: 'getDeviceAssurancePolicy', ...reads, handle: get },
  { on: `PUT ${ONE}`, operation: 'replaceDeviceAssurancePolicy', ...writes, body: 'json', handle: replace },
  { on: `DELETE ${ONE}`, operation: 'deleteDeviceAssurancePolicy', ...writes, handle: drop },
]
