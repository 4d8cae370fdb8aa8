// Which operations does the API have on the keys that tokens for a resource server are encrypted with?
import { createPublicKey } from 'node:crypto'
import { E0000001 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { authServers, type EncryptionKey, encryptionKeys } from '../../entities/auth-server.ts'
import { fail } from '../../fail.ts'
import { checkFields, type FieldTable, isBlank, objectBody, refuseFaults } from '../../fields.ts'
import { created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { SERVERS } from './schema.ts'
import { holdOrder, loadEncryptionKey, loadServer } from './store.ts'

const keysOf = (org: Org, serverId: string) => org.state.find(encryptionKeys, 'server', serverId)

/** Lists the keys of a server. */
export async function listEncryptionKeys(org: Org, x: Exchange) {
  const { id } = await loadServer(org, x)
  return listAnswer(
    org,
    x,
    (await keysOf(org, id)).map((key) => showKey(org, key)),
  )
}

/** Adds a key, which encrypts nothing yet. */
export async function addEncryptionKey(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const value: EncryptionKey = { ...readKey(x.body), serverId: server.id, createdAt: x.now, lastUpdatedAt: x.now }
  fitsWith(value, await keysOf(org, server.id))
  const id = org.ids.next('apk')
  await org.state.change([put(encryptionKeys, id, value), holdOrder(authServers, server)])
  return created(showKey(org, { id, value }))
}

/** Shows a key. */
export async function getEncryptionKey(org: Org, x: Exchange) {
  return ok(showKey(org, await loadEncryptionKey(org, x)))
}

/** Deletes a key that encrypts nothing. */
export async function dropEncryptionKey(org: Org, x: Exchange) {
  const key = await loadEncryptionKey(org, x)
  if (key.value.status === 'ACTIVE') fail(E0000001, 'encryption-key-still-active')
  await org.state.change([remove(encryptionKeys, key)])
  return noContent()
}

/** Puts a key to work; the one that worked so far rests then (documented). */
export async function activateEncryptionKey(org: Org, x: Exchange) {
  const key = await loadEncryptionKey(org, x)
  const server = await loadServer(org, x)
  const others = (await keysOf(org, server.id)).filter(({ id, value }) => id !== key.id && value.status === 'ACTIVE')
  const next = inStatus(key, 'ACTIVE', x.now)
  await org.state.change([
    put(encryptionKeys, key.id, next.value, key),
    ...others.map((other) => put(encryptionKeys, other.id, inStatus(other, 'INACTIVE', x.now).value, other)),
    holdOrder(authServers, server),
  ])
  return ok(showKey(org, next))
}

/** Lets a key rest. No server of this org encrypts its tokens, so none needs an active one. */
export async function deactivateEncryptionKey(org: Org, x: Exchange) {
  const key = await loadEncryptionKey(org, x)
  const next = inStatus(key, 'INACTIVE', x.now)
  await org.state.change([put(encryptionKeys, key.id, next.value, key)])
  return ok(showKey(org, next))
}

const inStatus = (key: Stored<EncryptionKey>, status: EncryptionKey['status'], now: number) => ({
  ...key,
  value: { ...key.value, status, lastUpdatedAt: now },
})

const fields: FieldTable = {
  kid: { type: 'string' },
  kty: { type: 'string', required: true, oneOf: ['RSA'] },
  use: { type: 'string', required: true, oneOf: ['enc'] },
  e: { type: 'string', required: true },
  n: { type: 'string', required: true, max: 2048 },
  status: { type: 'string', oneOf: ['ACTIVE', 'INACTIVE'] },
}

const refuse = (message: string): never => fail(E0000001, 'encryption-key-refused', { message, causes: [message] })

function readKey(body: unknown): Pick<EncryptionKey, 'kid' | 'status' | 'e' | 'n'> {
  const sent = objectBody(body)
  refuseFaults(checkFields(sent, fields))
  if (sent.status !== 'INACTIVE') {
    refuse("Keys cannot be created with an 'ACTIVE' status. Create an 'INACTIVE' key and then activate it.")
  }
  const key = { e: String(sent.e), n: String(sent.n) }
  if (bitsOf(key) < 2048) refuse("RSA key length in the 'jwks' is less than '2,048' bits for the given key.")
  return { kid: isBlank(sent.kid) ? null : String(sent.kid), status: 'INACTIVE', ...key }
}

function bitsOf(key: { e: string; n: string }): number {
  try {
    return createPublicKey({ key: { kty: 'RSA', ...key }, format: 'jwk' }).asymmetricKeyDetails?.modulusLength ?? 0
  } catch {
    return 0
  }
}

// Documented.
const MOST_KEYS = 5

function fitsWith({ kid }: EncryptionKey, present: readonly Stored<EncryptionKey>[]): void {
  if (present.length >= MOST_KEYS) {
    refuse(
      `You can't create a new key. You have reached the maximum number of keys allowed (${MOST_KEYS}). To add another key, you must first delete an existing one.`,
    )
  }
  const kids = present.map(({ value }) => value.kid)
  if (kids.includes(null) || kids.includes(kid) || (kid === null && kids.length > 0)) {
    refuse("Each key must have a unique 'kid'.")
  }
}

function showKey(org: Org, { id, value }: Pick<Stored<EncryptionKey>, 'id' | 'value'>) {
  const self = `${org.baseUrl}${SERVERS}/${value.serverId}/resourceservercredentials/keys/${id}`
  const link = (step: string) => ({ [step]: { href: `${self}/lifecycle/${step}`, hints: { allow: ['POST'] } } })
  return {
    id,
    kid: value.kid,
    kty: 'RSA',
    use: 'enc',
    e: value.e,
    n: value.n,
    status: value.status,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    _links: {
      self: { href: self, hints: { allow: ['GET'] } },
      ...(value.status === 'ACTIVE'
        ? link('deactivate')
        : { ...link('activate'), delete: { href: self, hints: { allow: ['DELETE'] } } }),
    },
  }
}
