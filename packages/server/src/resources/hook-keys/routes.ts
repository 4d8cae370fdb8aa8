// Which operations does the API have on the keys of hooks? The public half can be read; the private half stays inside.
import { createPublicKey, generateKeyPair, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type HookKey, hookKeys, inlineHooks } from '../../entities/hook.ts'
import { fail } from '../../fail.ts'
import { checkFields, type FieldTable, objectBody, refuseFaults } from '../../fields.ts'
import { mayHaveOneMore, nameIsFree } from '../../hooks/rules.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import { notes } from '../../log/notes.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'

const KEYS = '/api/v1/hook-keys'
const generate = promisify(generateKeyPair)

const keyFields: FieldTable = { name: { type: 'string', required: true, max: 255 } }

async function list(org: Org, x: Exchange) {
  const rows = await org.state.scan(hookKeys)
  return listAnswer(org, x, await Promise.all(rows.map((key) => show(org, key))))
}

async function add(org: Org, x: Exchange) {
  const name = readName(x.body)
  await nameIsFree(org, hookKeys, name)
  await mayHaveOneMore(org, hookKeys, 'hook keys')
  const { privateKey } = await generate('rsa', { modulusLength: 2048 })
  const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const { n, e } = createPublicKey(privatePem).export({ format: 'jwk' })
  const publicJwk = { n: n!, e: e! }
  const value: HookKey = { name, keyId: randomUUID(), privatePem, publicJwk, createdAt: x.now, lastUpdatedAt: x.now }
  const key = { id: org.ids.next('HKY'), version: 0, value }
  await org.state.change([put(hookKeys, key.id, value)])
  note(org, x, 'created', key)
  return ok({ ...(await show(org, key)), _embedded: showPublic(key.value) })
}

async function get(org: Org, x: Exchange) {
  const key = await loadKey(org, x)
  const shown = await show(org, key)
  return ok(x.query.get('expand') === 'publickey' ? { ...shown, _embedded: showPublic(key.value) } : shown)
}

async function getPublic(org: Org, x: Exchange) {
  const id = x.params.keyId!
  const [key] = await org.state.find(hookKeys, 'keyId', id, { limit: 1 })
  return key ? ok(showPublic(key.value)) : fail(E0000007, 'resource-missing', { id, type: 'HookKey' })
}

async function replace(org: Org, x: Exchange) {
  const key = await loadKey(org, x)
  const name = readName(x.body)
  await nameIsFree(org, hookKeys, name, key.id)
  const value: HookKey = { ...key.value, name, lastUpdatedAt: x.now }
  await org.state.change([put(hookKeys, key.id, value, key)])
  note(org, x, 'updated', { ...key, value })
  return ok({ ...(await show(org, { ...key, value })), _embedded: showPublic(value) })
}

async function drop(org: Org, x: Exchange) {
  const key = await loadKey(org, x)
  if (await isUsed(org, key.id)) fail(E0000001, 'hook-key-in-use', { id: key.id })
  await org.state.change([remove(hookKeys, key)])
  note(org, x, 'deleted', key)
  return noContent()
}

function readName(body: unknown): string {
  const key = objectBody(body)
  refuseFaults(checkFields(key, keyFields))
  return String(key.name)
}

async function loadKey(org: Org, x: Exchange): Promise<Stored<HookKey>> {
  const id = x.params.id!
  return (await org.state.load(hookKeys, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'HookKey' })
}

async function isUsed(org: Org, id: string): Promise<boolean> {
  return (await org.state.find(inlineHooks, 'hookKey', id, { limit: 1 })).length > 0
}

async function show(org: Org, { id, value }: Stored<HookKey>): Promise<Record<string, unknown>> {
  return {
    id,
    keyId: value.keyId,
    name: value.name,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    // Recorded as true or false; the published description says a text.
    isUsed: await isUsed(org, id),
  }
}

function showPublic({ keyId, publicJwk: { n, e } }: HookKey): Record<string, unknown> {
  return { kty: 'RSA', alg: 'RSA', kid: keyId, use: null, e, n }
}

const note = notes(
  'system.hook.key',
  {
    created: 'Hook key has been created',
    updated: 'Hook key has been updated',
    deleted: 'Hook key has been deleted',
  },
  ({ id, value }: Stored<HookKey>) => ({ id, type: 'HookKey', alternateId: value.keyId, displayName: value.name }),
)

const needs = 'inlineHooks.manage'

/** Rows of the route table. */
export const hookKeyRoutes: readonly RouteRow[] = [
  { on: `GET ${KEYS}`, operation: 'listHookKeys', needs: 'inlineHooks.read', handle: list },
  { on: `POST ${KEYS}`, operation: 'createHookKey', needs, body: 'json', handle: add },
  { on: `GET ${KEYS}/public/:keyId`, operation: 'getPublicKey', needs: 'inlineHooks.read', handle: getPublic },
  { on: `GET ${KEYS}/:id`, operation: 'getHookKey', needs: 'inlineHooks.read', handle: get },
  { on: `PUT ${KEYS}/:id`, operation: 'replaceHookKey', needs, body: 'json', handle: replace },
  { on: `DELETE ${KEYS}/:id`, operation: 'deleteHookKey', needs, handle: drop },
]
