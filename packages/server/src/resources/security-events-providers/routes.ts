// Which operations does the API have on security events providers?
import { E0000007 } from '@errorg/errors/codes'
import { type SecurityEventsProvider, securityEventsProviders } from '../../entities/security-events-provider.ts'
import { fail } from '../../fail.ts'
import { checkFields, type FieldTable, isBlank, type JsonObject, objectBody, refuseFaults } from '../../fields.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import { notes } from '../../log/notes.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'

const PROVIDERS = '/api/v1/security-events-providers'
const ONE = `${PROVIDERS}/:securityEventProviderId`

async function list(org: Org, x: Exchange): Promise<Answer> {
  const rows = await org.state.scan(securityEventsProviders)
  return listAnswer(
    org,
    x,
    rows.map((row) => show(org, row)),
  )
}

async function add(org: Org, x: Exchange): Promise<Answer> {
  const value: SecurityEventsProvider = { ...read(x.body), status: 'ACTIVE' }
  const row = { id: org.ids.next('sse'), version: 0, value }
  await org.state.change([put(securityEventsProviders, row.id, value)])
  note(org, x, 'create', row)
  return ok(show(org, row))
}

async function get(org: Org, x: Exchange): Promise<Answer> {
  return ok(show(org, await load(org, x)))
}

async function replace(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  return await save(org, x, row, { ...row.value, ...read(x.body) }, 'update')
}

async function drop(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  await org.state.change([remove(securityEventsProviders, row)])
  note(org, x, 'delete', row)
  return noContent()
}

function switchTo(status: SecurityEventsProvider['status']) {
  return async (org: Org, x: Exchange): Promise<Answer> => {
    const row = await load(org, x)
    if (row.value.status === status) return ok(show(org, row))
    return await save(org, x, row, { ...row.value, status }, status === 'ACTIVE' ? 'activate' : 'deactivate')
  }
}

async function load(org: Org, x: Exchange): Promise<Stored<SecurityEventsProvider>> {
  const id = x.params.securityEventProviderId!
  const row = await org.state.load(securityEventsProviders, id)
  return row ?? fail(E0000007, 'resource-missing', { id, type: 'SecurityEventsProvider' })
}

async function save(
  org: Org,
  x: Exchange,
  row: Stored<SecurityEventsProvider>,
  value: SecurityEventsProvider,
  what: Parameters<typeof note>[2],
): Promise<Answer> {
  await org.state.change([put(securityEventsProviders, row.id, value, row)])
  const next = { ...row, value }
  note(org, x, what, next)
  return ok(show(org, next))
}

// Lengths and what is needed are documented; nothing is said of names that are taken, so they may be.
const fields: FieldTable = {
  name: { type: 'string', required: true, max: 100 },
  type: { type: 'string', required: true, max: 255 },
  settings: { type: 'object', required: true },
}

const form = { test: (text: string) => /^https?:\/\/[^\s/]/i.test(text), says: 'The field has an invalid value' }
const published: FieldTable = { well_known_url: { type: 'string', required: true, max: 1000, form } }
const named: FieldTable = {
  issuer: { type: 'string', required: true, max: 700 },
  jwks_url: { type: 'string', required: true, max: 1000, form },
}

function read(body: unknown): Pick<SecurityEventsProvider, 'name' | 'type' | 'settings'> {
  const sent = objectBody(body)
  refuseFaults(checkFields(sent, fields))
  const settings = sent.settings as JsonObject
  const byUrl = !isBlank(settings.well_known_url)
  refuseFaults(checkFields(settings, byUrl ? published : named))
  return {
    name: String(sent.name),
    type: String(sent.type),
    settings: byUrl
      ? { well_known_url: String(settings.well_known_url) }
      : { issuer: String(settings.issuer), jwks_url: String(settings.jwks_url) },
  }
}

function show(org: Org, { id, value }: Stored<SecurityEventsProvider>): Record<string, unknown> {
  const self = `${org.baseUrl}${PROVIDERS}/${id}`
  const next = value.status === 'ACTIVE' ? 'deactivate' : 'activate'
  return {
    id,
    name: value.name,
    type: value.type,
    status: value.status,
    settings: value.settings,
    _links: {
      self: { href: self, hints: { allow: ['GET', 'PUT', 'DELETE'] } },
      [next]: { href: `${self}/lifecycle/${next}`, hints: { allow: ['POST'] } },
    },
  }
}

const note = notes(
  'security.events.provider',
  {
    create: 'Create security events provider',
    update: 'Update security events provider',
    delete: 'Delete security events provider',
    activate: 'Activate security events provider',
    deactivate: 'Deactivate security events provider',
  },
  ({ id, value }: Stored<SecurityEventsProvider>) => ({
    id,
    type: 'SecurityEventsProvider',
    alternateId: value.type,
    displayName: value.name,
  }),
)

const reads = { needs: 'security.read' } as const
const writes = { needs: 'security.manage' } as const

/** Rows of the route table. */
export const securityEventsProviderRoutes: readonly RouteRow[] = [
  { on: `GET ${PROVIDERS}`, operation: 'listSecurityEventsProviderInstances', ...reads, handle: list },
  { on: `POST ${PROVIDERS}`, operation: 'createSecurityEventsProviderInstance', ...writes, body: 'json', handle: add },
  { on: `GET ${ONE}`, operation: 'getSecurityEventsProviderInstance', ...reads, handle: get },
  { on: `PUT ${ONE}`, operation: 'replaceSecurityEventsProviderInstance', ...writes, body: 'json', handle: replace },
  { on: `DELETE ${ONE}`, operation: 'deleteSecurityEventsProviderInstance', ...writes, handle: drop },
  {
    on: `POST ${ONE}/lifecycle/activate`,
    operation: 'activateSecurityEventsProviderInstance',
    ...writes,
    handle: switchTo('ACTIVE'),
  },
  {
    on: `POST ${ONE}/lifecycle/deactivate`,
    operation: 'deactivateSecurityEventsProviderInstance',
    ...writes,
    handle: switchTo('INACTIVE'),
  },
]
