// Which operations does the API have on the key store, by which answers of identity providers are checked?
import { X509Certificate } from 'node:crypto'
import { E0000001, E0000003 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type IdpKey, idpKeys, idps } from '../../entities/idp.ts'
import { fail } from '../../fail.ts'
import { type JsonObject, objectBody, refuseFaults } from '../../fields.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { pageAnswer, pageInOrder } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { thumbprintOf } from '../../shapes/signing-key.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { loadKey, noteKey } from './store.ts'

const pages = { standard: 20, most: 200 }

/** `GET /idps/credentials/keys` */
export async function listKeys(org: Org, x: Exchange): Promise<Answer> {
  // Their ids are UUIDs, which no prefix marks as ours.
  const page = pageInOrder(org, x, 'idp-keys', await org.state.scan(idpKeys), { ...pages, placeOf: (row) => [row.id] })
  return pageAnswer(org, x, page, showKey)
}

/** `POST /idps/credentials/keys` */
export async function addKey(org: Org, x: Exchange): Promise<Answer> {
  const value: IdpKey = { x5c: readX5c(objectBody(x.body)), createdAt: x.now, lastUpdatedAt: x.now }
  const kid = uuid(org)
  await org.state.change([put(idpKeys, kid, value)])
  noteKey(org, x, 'create', kid)
  return ok(showKey({ id: kid, version: 0, value }))
}

/** `GET /idps/credentials/keys/{kid}` */
export async function getKey(org: Org, x: Exchange): Promise<Answer> {
  return ok(showKey(await loadKey(org, x.params.kid!)))
}

/** `PUT /idps/credentials/keys/{kid}` */
export async function replaceKey(org: Org, x: Exchange): Promise<Answer> {
  const key = await loadKey(org, x.params.kid!)
  const value = { ...key.value, x5c: readX5c(objectBody(x.body)), lastUpdatedAt: x.now }
  await org.state.change([put(idpKeys, key.id, value, key)])
  noteKey(org, x, 'update', key.id)
  return ok(showKey({ ...key, value }))
}

/** `DELETE /idps/credentials/keys/{kid}`: not while a provider is believed by it, active or not (documented). */
export async function dropKey(org: Org, x: Exchange): Promise<Answer> {
  const key = await loadKey(org, x.params.kid!)
  mayDelete((await org.state.find(idps, 'key', key.id)).map(({ value }) => value.name))
  await org.state.change([remove(idpKeys, key)])
  noteKey(org, x, 'delete', key.id)
  return noContent()
}

function mayDelete(usedBy: readonly string[]): void {
  if (usedBy.length > 0) fail(E0000001, 'idp-key-in-use', { names: usedBy.slice(0, 5).join(', ') })
}

// One certificate, as base64 of its DER; people send it with line ends (recorded).
function readX5c(body: JsonObject): string {
  const { x5c } = body
  if (x5c === undefined || x5c === null || (Array.isArray(x5c) && x5c.length === 0)) {
    refuseFaults([{ field: 'x5c', says: 'The field cannot be left blank', kind: 'missing' }])
  }
  if (!Array.isArray(x5c) || typeof x5c[0] !== 'string') return fail(E0000003, 'body-unreadable-shape')
  const refuse = (says: string): never => fail(E0000001, 'value-invalid', { field: 'x5c', causes: [`x5c: ${says}`] })
  const certificate = certificateIn(x5c[0]) ?? refuse('The certificate cannot be parsed')
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey
  const curves: readonly unknown[] = ['prime256v1', 'secp384r1', 'secp521r1']
  const fits =
    asymmetricKeyType === 'rsa' || (asymmetricKeyType === 'ec' && curves.includes(asymmetricKeyDetails?.namedCurve))
  if (!fits) refuse('Only RSA keys and EC keys on P-256, P-384 and P-521 are supported')
  return certificate.raw.toString('base64')
}

function certificateIn(text: string): X509Certificate | undefined {
  const base64 = text.replace(/-----(?:BEGIN|END) CERTIFICATE-----|\s/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'))
  } catch {
    return undefined
  }
}

function showKey({ id, value }: Stored<IdpKey>): Record<string, unknown> {
  const certificate = new X509Certificate(Buffer.from(value.x5c, 'base64'))
  const { kty, ...numbers } = certificate.publicKey.export({ format: 'jwk' })
  return {
    kty,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    expiresAt: isoDate(Date.parse(certificate.validTo)),
    alg: kty === 'EC' ? ecAlgorithms[String(numbers.crv)] : 'RSA',
    x5c: [value.x5c],
    kid: id,
    use: 'sig',
    ...numbers,
    'x5t#S256': thumbprintOf(certificate),
  }
}

const ecAlgorithms: Readonly<Record<string, string>> = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' }

// Keys of the store are named by UUIDs (recorded).
function uuid(org: Org): string {
  const bytes = Buffer.from(org.random(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
