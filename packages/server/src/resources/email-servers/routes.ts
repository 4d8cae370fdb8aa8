// Which operations does the API have on mail servers of the customer's own?
import { E0000007 } from '@errorg/errors/codes'
import { type EmailServer, emailServers } from '../../entities/email-server.ts'
import { fail } from '../../fail.ts'
import { type Answer, created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { changeServer, mayBeEnabled, readServer } from './rules.ts'

const SERVERS = '/api/v1/email-servers'
const ONE = `${SERVERS}/:emailServerId`

async function list(org: Org): Promise<Answer> {
  return ok({ 'email-servers': (await org.state.scan(emailServers)).map(show) })
}

async function add(org: Org, x: Exchange): Promise<Answer> {
  const value = readServer(x.body)
  mayBeEnabled(value, await org.state.holder(emailServers, 'enabled'))
  const id = org.ids.next('ces')
  await org.state.change([put(emailServers, id, value)])
  return created(show({ id, version: 0, value }))
}

async function get(org: Org, x: Exchange): Promise<Answer> {
  return ok(show(await load(org, x)))
}

async function update(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  const value = changeServer(x.body, row.value)
  mayBeEnabled(value, await org.state.holder(emailServers, 'enabled'), row.id)
  await org.state.change([put(emailServers, row.id, value, row)])
  return ok(show({ ...row, value }))
}

async function drop(org: Org, x: Exchange): Promise<Answer> {
  await org.state.change([remove(emailServers, await load(org, x))])
  return noContent()
}

async function load(org: Org, x: Exchange): Promise<Stored<EmailServer>> {
  const id = x.params.emailServerId!
  return (await org.state.load(emailServers, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'EmailServer' })
}

function show({ id, value: { settings, ...value } }: Stored<EmailServer>): Record<string, unknown> {
  return { id, ...value, ...settings }
}

const reads = { needs: 'org.read' } as const
const writes = { needs: 'org.manage' } as const

/** Rows of the route table. Testing one would have to reach it: not built. */
export const emailServerRoutes: readonly RouteRow[] = [
  { on: `GET ${SERVERS}`, operation: 'listEmailServers', ...reads, handle: list },
  { on: `POST ${SERVERS}`, operation: 'createEmailServer', ...writes, body: 'json', handle: add },
  { on: `GET ${ONE}`, operation: 'getEmailServer', ...reads, handle: get },
  { on: `PATCH ${ONE}`, operation: 'updateEmailServer', ...writes, body: 'json', handle: update },
  { on: `DELETE ${ONE}`, operation: 'deleteEmailServer', ...writes, handle: drop },
]
