// Which operations does the API have on the signing keys of an authorization server?
import { E0000007 } from '@errorg/errors/codes'
import { fail } from '../../fail.ts'
import { checkFields, objectBody, refuseFaults } from '../../fields.ts'
import { type Exchange, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import { loadAllKeys, rotateKeys } from '../../oauth/keys.ts'
import type { Org } from '../../org.ts'
import { showKey } from './schema.ts'
import { serverParty } from './servers.ts'
import { loadServer } from './store.ts'

const keysOf = async (org: Org, serverId: string) => {
  const { active, next, expired } = await loadAllKeys(org, serverId)
  return [active, next, expired].filter((key) => key !== undefined)
}

const showKeys = async (org: Org, serverId: string) => (await keysOf(org, serverId)).map((key) => showKey(org, key))

/** Lists the ACTIVE, the NEXT and, after a rotation, the EXPIRED key. */
export async function listKeys(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  return listAnswer(org, x, await showKeys(org, server.id))
}

/** Shows a key. */
export async function getKey(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const id = x.params.keyId!
  const key = (await keysOf(org, server.id)).find((one) => one.value.kid === id)
  return ok(showKey(org, key ?? fail(E0000007, 'resource-missing', { id, type: 'JsonWebKey' })))
}

/** Puts the NEXT key to work at once. */
export async function rotate(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  refuseFaults(checkFields(objectBody(x.body), { use: { type: 'string', required: true, oneOf: ['sig'] } }))
  await rotateKeys(org, server.id)
  org.log(x, {
    eventType: 'app.oauth2.as.key.rollover',
    displayMessage: 'Signing key of the authorization server rolled over',
    targets: [serverParty(server)],
  })
  return ok(await showKeys(org, server.id))
}
