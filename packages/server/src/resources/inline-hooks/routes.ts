// Which operations does the API have on inline hooks?
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { hookKeys, type InlineHook, inlineHooks, inlineHookTypes } from '../../entities/hook.ts'
import { fail } from '../../fail.ts'
import { type JsonObject, objectBody, refuseValue } from '../../fields.ts'
import { forgetting } from '../../forget.ts'
import { hookParty, postToHook } from '../../hooks/call-inline.ts'
import { mayDelete, mayHaveOneMore, nameIsFree } from '../../hooks/rules.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import { notes } from '../../log/notes.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { type InlineHookParts, mayExecute, readHook, readNewHook } from './rules.ts'
import { showInlineHook } from './schema.ts'

const HOOKS = '/api/v1/inlineHooks'

async function list(org: Org, x: Exchange) {
  const type = x.query.get('type')
  if (type !== null && type !== '' && !inlineHookTypes.some((known) => known === type)) {
    refuseValue('type', 'The field has an invalid value')
  }
  const rows = await org.state.scan(inlineHooks)
  return listAnswer(
    org,
    x,
    rows.filter(({ value }) => !type || value.type === type).map((hook) => showInlineHook(org, hook)),
  )
}

async function add(org: Org, x: Exchange) {
  const parts = readNewHook(x.body)
  await nameIsFree(org, inlineHooks, parts.name)
  await mustHaveKey(org, parts)
  await mayHaveOneMore(org, inlineHooks, 'inline hooks')
  const value: InlineHook = { ...parts, status: 'ACTIVE', createdAt: x.now, lastUpdatedAt: x.now }
  const hook = { id: org.ids.next('cal'), version: 0, value }
  await org.state.change([put(inlineHooks, hook.id, value)])
  note(org, x, 'created', hook)
  return ok(showInlineHook(org, hook))
}

async function get(org: Org, x: Exchange) {
  return ok(showInlineHook(org, await loadHook(org, x)))
}

async function replace(org: Org, x: Exchange) {
  return await replaceBy(org, x, (_, body) => body)
}

// What is not sent stays; a channel is sent whole, because its secrets cannot be read back.
async function update(org: Org, x: Exchange) {
  return await replaceBy(org, x, ({ value }, body) => {
    const { name, version, channel } = showInlineHook(org, { id: '', version: 0, value })
    return { name, version, channel, ...body }
  })
}

async function replaceBy(org: Org, x: Exchange, whole: (hook: Stored<InlineHook>, body: JsonObject) => JsonObject) {
  const hook = await loadHook(org, x)
  const body = objectBody(x.body)
  const parts = readHook(whole(hook, body), hook.value)
  await nameIsFree(org, inlineHooks, parts.name, hook.id)
  await mustHaveKey(org, parts)
  const next = await save(org, hook, { ...hook.value, ...parts, lastUpdatedAt: x.now })
  note(org, x, 'updated', next)
  return ok(showInlineHook(org, next))
}

async function mustHaveKey(org: Org, { channel }: InlineHookParts): Promise<void> {
  const id = channel.oauth?.hookKeyId
  if (id === undefined || (await org.state.load(hookKeys, id))) return
  fail(E0000001, 'hook-key-unknown', { id: id.slice(0, 100) })
}

// Rules that name it work without it from now on. (inferred)
async function drop(org: Org, x: Exchange) {
  const hook = await loadHook(org, x)
  mayDelete(hook.value)
  await org.state.change([remove(inlineHooks, hook), ...(await forgetting(org, hook.id))])
  note(org, x, 'deleted', hook)
  return noContent()
}

async function execute(org: Org, x: Exchange) {
  const hook = await loadHook(org, x)
  mayExecute(hook.value)
  const answer = await postToHook(org, x, hook, objectBody(x.body))
  if (!answer.ok) return fail(E0000001, 'hook-execution-failed', { says: answer.says })
  const { body = {} } = answer
  const says = faultOf(body)
  return says === undefined ? ok(body) : fail(E0000001, 'hook-execution-failed', { says })
}

// What every type of hook may answer: a list of commands, an error, or nothing.
function faultOf({ commands, error }: JsonObject): string | undefined {
  if (commands !== undefined && commands !== null && !Array.isArray(commands)) return '`commands` is no list.'
  if (error !== undefined && error !== null && typeof error !== 'object') return '`error` is no object.'
  return undefined
}

const activate = (org: Org, x: Exchange) => switchTo(org, x, 'ACTIVE')

const deactivate = (org: Org, x: Exchange) => switchTo(org, x, 'INACTIVE')

// Switching to where a hook is already answers it as it is (recorded).
async function switchTo(org: Org, x: Exchange, status: InlineHook['status']) {
  const hook = await loadHook(org, x)
  if (hook.value.status === status) return ok(showInlineHook(org, hook))
  const next = await save(org, hook, { ...hook.value, status, lastUpdatedAt: x.now })
  note(org, x, status === 'ACTIVE' ? 'activated' : 'deactivated', next)
  return ok(showInlineHook(org, next))
}

async function loadHook(org: Org, x: Exchange): Promise<Stored<InlineHook>> {
  const id = x.params.inlineHookId!
  return (await org.state.load(inlineHooks, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'InlineHook' })
}

async function save(org: Org, hook: Stored<InlineHook>, value: InlineHook): Promise<Stored<InlineHook>> {
  await org.state.change([put(inlineHooks, hook.id, value, hook)])
  return { ...hook, value }
}

const note = notes(
  'inline_hook',
  {
    created: 'Create an inline hook',
    updated: 'Update an inline hook',
    activated: 'Activate an inline hook',
    deactivated: 'Deactivate an inline hook',
    deleted: 'Delete an inline hook',
  },
  hookParty,
)

const ONE = `${HOOKS}/:inlineHookId`
const needs = 'inlineHooks.manage'

/** Rows of the route table. */
export const inlineHookRoutes: readonly RouteRow[] = [
  { on: `GET ${HOOKS}`, operation: 'listInlineHooks', needs: 'inlineHooks.read', handle: list },
  { on: `POST ${HOOKS}`, operation: 'createInlineHook', needs, body: 'json', handle: add },
  { on: `GET ${ONE}`, operation: 'getInlineHook', needs: 'inlineHooks.read', handle: get },
  { on: `POST ${ONE}`, operation: 'updateInlineHook', needs, body: 'json', handle: update },
  { on: `PUT ${ONE}`, operation: 'replaceInlineHook', needs, body: 'json', handle: replace },
  { on: `DELETE ${ONE}`, operation: 'deleteInlineHook', needs, handle: drop },
  { on: `POST ${ONE}/execute`, operation: 'executeInlineHook', needs, body: 'json', handle: execute },
  { on: `POST ${ONE}/lifecycle/activate`, operation: 'activateInlineHook', needs, handle: activate },
  { on: `POST ${ONE}/lifecycle/deactivate`, operation: 'deactivateInlineHook', needs, handle: deactivate },
]
