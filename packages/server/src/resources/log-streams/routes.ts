// Which operations does the API have on log streams and their schemas?
import { E0000007 } from '@errorg/errors/codes'
import { type LogStream, logStreams } from '../../entities/log-stream.ts'
import { fail } from '../../fail.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, listAnswer, pageAnswer, readPage } from '../../lists/page.ts'
import { notes } from '../../log/notes.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { nameIsFree, readLogStream, readStreamFilter } from './rules.ts'
import { logStreamTypes, showLogStream, showLogStreamSchema } from './schema.ts'

const STREAMS = '/api/v1/logStreams'
const SCHEMAS = '/api/v1/meta/schemas/logStream'
const pages = { standard: 20, most: 200, prefix: '0oa' }

async function list(org: Org, x: Exchange) {
  const { limit, after } = readPage(org, x, pages)
  const matches = readStreamFilter(x.query.get('filter'))
  const rows = (await org.state.scan(logStreams, { after })).filter(matches)
  return pageAnswer(org, x, cutPage(rows, limit), (stream) => showLogStream(org, stream))
}

async function add(org: Org, x: Exchange) {
  const parts = readLogStream(x.body)
  nameIsFree(await org.state.holder(logStreams, `name:${parts.name.toLowerCase()}`))
  const value: LogStream = { ...parts, status: 'ACTIVE', createdAt: x.now, lastUpdatedAt: x.now }
  // Okta keeps log streams as instances of apps, with their ids (recorded).
  const stream = { id: org.ids.next('0oa'), version: 0, value }
  await org.state.change([put(logStreams, stream.id, value)])
  note(org, x, 'create', stream)
  return ok(showLogStream(org, stream))
}

async function get(org: Org, x: Exchange) {
  return ok(showLogStream(org, await loadStream(org, x)))
}

async function replace(org: Org, x: Exchange) {
  const stream = await loadStream(org, x)
  const parts = readLogStream(x.body, stream.value)
  nameIsFree(await org.state.holder(logStreams, `name:${parts.name.toLowerCase()}`), stream.id)
  const next = await save(org, stream, { ...stream.value, ...parts, lastUpdatedAt: x.now })
  note(org, x, 'update', next)
  return ok(showLogStream(org, next))
}

async function drop(org: Org, x: Exchange) {
  const stream = await loadStream(org, x)
  await org.state.change([remove(logStreams, stream)])
  note(org, x, 'delete', stream)
  return noContent()
}

const activate = (org: Org, x: Exchange) => switchTo(org, x, 'ACTIVE')

const deactivate = (org: Org, x: Exchange) => switchTo(org, x, 'INACTIVE')

// Switching to where a stream is already changes nothing. (inferred from hooks and zones) Recorded: 200 with an empty
// body, although the published description promises the stream.
async function switchTo(org: Org, x: Exchange, status: LogStream['status']): Promise<Answer> {
  const stream = await loadStream(org, x)
  if (stream.value.status === status) return { status: 200 }
  const next = await save(org, stream, { ...stream.value, status, lastUpdatedAt: x.now })
  note(org, x, status === 'ACTIVE' ? 'activate' : 'deactivate', next)
  return { status: 200 }
}

async function listSchemas(org: Org, x: Exchange) {
  return listAnswer(
    org,
    x,
    logStreamTypes.map((type) => showLogStreamSchema(org, type)),
  )
}

async function getSchema(org: Org, x: Exchange) {
  const id = x.params.logStreamType!
  const type = logStreamTypes.find((known) => known === id)
  return type ? ok(showLogStreamSchema(org, type)) : fail(E0000007, 'resource-missing', { id, type: 'LogStreamType' })
}

async function loadStream(org: Org, x: Exchange): Promise<Stored<LogStream>> {
  const id = x.params.logStreamId!
  return (await org.state.load(logStreams, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'AppInstance' })
}

async function save(org: Org, stream: Stored<LogStream>, value: LogStream): Promise<Stored<LogStream>> {
  await org.state.change([put(logStreams, stream.id, value, stream)])
  return { ...stream, value }
}

const note = notes(
  'system.log_stream.lifecycle',
  {
    create: 'Create log stream',
    update: 'Update log stream',
    delete: 'Delete log stream',
    activate: 'Activate log stream',
    deactivate: 'Deactivate log stream',
  },
  ({ id, value }: Stored<LogStream>) => ({ id, type: 'LogStream', alternateId: value.type, displayName: value.name }),
)

const ONE = `${STREAMS}/:logStreamId`
const needs = 'logStreams.manage'

/** Rows of the route table. */
export const logStreamRoutes: readonly RouteRow[] = [
  { on: `GET ${STREAMS}`, operation: 'listLogStreams', needs: 'logStreams.read', handle: list },
  { on: `POST ${STREAMS}`, operation: 'createLogStream', needs, body: 'json', handle: add },
  { on: `GET ${ONE}`, operation: 'getLogStream', needs: 'logStreams.read', handle: get },
  { on: `PUT ${ONE}`, operation: 'replaceLogStream', needs, body: 'json', handle: replace },
  { on: `DELETE ${ONE}`, operation: 'deleteLogStream', needs, handle: drop },
  { on: `POST ${ONE}/lifecycle/activate`, operation: 'activateLogStream', needs, handle: activate },
  { on: `POST ${ONE}/lifecycle/deactivate`, operation: 'deactivateLogStream', needs, handle: deactivate },
  { on: `GET ${SCHEMAS}`, operation: 'listLogStreamSchemas', needs: 'logStreams.read', handle: listSchemas },
  { on: `GET ${SCHEMAS}/:logStreamType`, operation: 'getLogStreamSchema', needs: 'logStreams.read', handle: getSchema },
]
