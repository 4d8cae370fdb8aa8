// Which operations does the API have on trusted origins?
import { E0000007 } from '@errorg/errors/codes'
import { originKey, type TrustedOrigin, trustedOrigins } from '../../entities/trusted-origin.ts'
import { fail } from '../../fail.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import { notes } from '../../log/notes.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { isFree, type OriginParts, readOrigin, readOriginQuery } from './rules.ts'
import { showOrigin } from './schema.ts'

const ORIGINS = '/api/v1/trustedOrigins'
const ONE = `${ORIGINS}/:trustedOriginId`
const pages = { standard: 20, most: 200, prefix: 'tos' }

async function list(org: Org, x: Exchange): Promise<Answer> {
  const { limit, after } = readPage(org, x, pages)
  const matches = readOriginQuery(x.query.get('filter'), x.query.get('q'))
  const rows = (await org.state.scan(trustedOrigins, { after })).filter(matches)
  return pageAnswer(org, x, cutPage(rows, limit), (row) => showOrigin(org, row))
}

async function add(org: Org, x: Exchange): Promise<Answer> {
  const { status, ...parts } = readOrigin(x.body)
  await mustBeFree(org, parts)
  const by = x.caller!.userId
  const value: TrustedOrigin = {
    ...parts,
    status: status ?? 'ACTIVE',
    createdAt: x.now,
    createdBy: by,
    lastUpdatedAt: x.now,
    lastUpdatedBy: by,
  }
  const row = { id: org.ids.next('tos'), version: 0, value }
  await org.state.change([put(trustedOrigins, row.id, value)])
  note(org, x, 'create', row)
  return ok(showOrigin(org, row))
}

async function get(org: Org, x: Exchange): Promise<Answer> {
  return ok(showOrigin(org, await load(org, x)))
}

async function replace(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  const { status = row.value.status, ...parts } = readOrigin(x.body)
  await mustBeFree(org, parts, row.id)
  return await save(org, x, row, { ...row.value, ...parts, status }, 'update')
}

async function drop(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  await org.state.change([remove(trustedOrigins, row)])
  note(org, x, 'delete', row)
  return noContent()
}

function switchTo(status: TrustedOrigin['status']) {
  return async (org: Org, x: Exchange): Promise<Answer> => {
    const row = await load(org, x)
    if (row.value.status === status) return ok(showOrigin(org, row))
    return await save(org, x, row, { ...row.value, status }, status === 'ACTIVE' ? 'activate' : 'deactivate')
  }
}

async function load(org: Org, x: Exchange): Promise<Stored<TrustedOrigin>> {
  const id = x.params.trustedOriginId!
  return (await org.state.load(trustedOrigins, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'TrustedOrigin' })
}

async function mustBeFree(org: Org, { name, origin }: Omit<OriginParts, 'status'>, ownId?: string): Promise<void> {
  isFree('name', await org.state.holder(trustedOrigins, `name:${name.toLowerCase()}`), ownId)
  isFree('origin', await org.state.holder(trustedOrigins, originKey(origin)), ownId)
}

async function save(
  org: Org,
  x: Exchange,
  row: Stored<TrustedOrigin>,
  changed: TrustedOrigin,
  what: Parameters<typeof note>[2],
): Promise<Answer> {
  const value = { ...changed, lastUpdatedAt: x.now, lastUpdatedBy: x.caller!.userId }
  await org.state.change([put(trustedOrigins, row.id, value, row)])
  const next = { ...row, value }
  note(org, x, what, next)
  return ok(showOrigin(org, next))
}

const note = notes(
  'security.trusted_origin',
  {
    create: 'Create trusted origin',
    update: 'Update trusted origin',
    delete: 'Delete trusted origin',
    activate: 'Activate trusted origin',
    deactivate: 'Deactivate trusted origin',
  },
  ({ id, value }: Stored<TrustedOrigin>) => ({
    id,
    type: 'TrustedOrigin',
    alternateId: value.origin,
    displayName: value.name,
  }),
)

const reads = { needs: 'security.read' } as const
const writes = { needs: 'security.manage' } as const

/** Rows of the route table. */
export const trustedOriginRoutes: readonly RouteRow[] = [
  { on: `GET ${ORIGINS}`, operation: 'listTrustedOrigins', ...reads, handle: list },
  { on: `POST ${ORIGINS}`, operation: 'createTrustedOrigin', ...writes, body: 'json', handle: add },
  { on: `GET ${ONE}`, operation: 'getTrustedOrigin', ...reads, handle: get },
  { on: `PUT ${ONE}`, operation: 'replaceTrustedOrigin', ...writes, body: 'json', handle: replace },
  { on: `DELETE ${ONE}`, operation: 'deleteTrustedOrigin', ...writes, handle: drop },
  { on: `POST ${ONE}/lifecycle/activate`, operation: 'activateTrustedOrigin', ...writes, handle: switchTo('ACTIVE') },
  {
    on: `POST ${ONE}/lifecycle/deactivate`,
    operation: 'deactivateTrustedOrigin',
    ...writes,
    handle: switchTo('INACTIVE'),
  },
]
