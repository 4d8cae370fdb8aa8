// With which keys does the org sign towards an identity provider? Operations on signing keys and requests for
// certificates about them.
import { createPrivateKey } from 'node:crypto'
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { mayPublish, readCertificate, readCsrMetadata, readValidityMs } from '../../certificate-requests.ts'
import { requestOf } from '../../der.ts'
import type { Idp, IdpCsr, IdpSigningKey } from '../../entities/idp.ts'
import { fail } from '../../fail.ts'
import { isObject } from '../../fields.ts'
import { type Answer, created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { showCsr, showSigningKey } from '../../shapes/signing-key.ts'
import type { Stored } from '../../state/state.ts'
import { loadIdp, noteIdp, saveIdp } from './store.ts'

// The keyring keeps providers apart from apps and authorization servers by this.
const ownerOf = (idpId: string): string => `idp:${idpId}`

const kidOf = (org: Org, key: IdpSigningKey): string => org.keyring.kid(ownerOf(key.ofIdp), key.n)

/** `GET /idps/{id}/credentials/keys` */
export async function listSigningKeys(org: Org, x: Exchange): Promise<Answer> {
  const idp = await loadIdp(org, x.params.idpId!)
  return listAnswer(org, x, await Promise.all(idp.value.signingKeys.map((key) => showKey(org, key))))
}

/** `GET /idps/{id}/credentials/keys/active`: the one that the provider is set to; 204 when it is set to none. */
export async function getActiveKey(org: Org, x: Exchange): Promise<Answer> {
  const idp = await loadIdp(org, x.params.idpId!)
  const { credentials } = idp.value.protocol
  const signing = isObject(credentials) ? credentials.signing : undefined
  const kid = isObject(signing) ? signing.kid : undefined
  const key = idp.value.signingKeys.find((one) => kidOf(org, one) === kid)
  return key ? ok([await showKey(org, key)]) : noContent()
}

/** `GET /idps/{id}/credentials/keys/{kid}` */
export async function getSigningKey(org: Org, x: Exchange): Promise<Answer> {
  return ok(await showKey(org, keyIn(org, await loadIdp(org, x.params.idpId!), x.params.kid!)))
}

/** `POST /idps/{id}/credentials/keys/generate?validityYears={2 to 10}` */
export async function generateSigningKey(org: Org, x: Exchange): Promise<Answer> {
  const idp = await loadIdp(org, x.params.idpId!)
  const key = { ofIdp: idp.id, n: idp.value.keysMade, createdAt: x.now, expiresAt: x.now + readValidityMs(x) }
  await withKey(org, x, idp, key, { keysMade: idp.value.keysMade + 1 })
  return created(await showKey(org, key))
}

/** `POST /idps/{id}/credentials/keys/{kid}/clone?targetIdpId={id}` */
export async function cloneSigningKey(org: Org, x: Exchange): Promise<Answer> {
  const idp = await loadIdp(org, x.params.idpId!)
  const key = keyIn(org, idp, x.params.kid!)
  const targetId = x.query.get('targetIdpId') ?? ''
  if (targetId === '') {
    return fail(E0000001, 'required-field-missing', {
      field: 'cloneKey',
      causes: ['targetIdpId: The field cannot be left blank'],
    })
  }
  const target = await loadIdp(org, targetId)
  const kid = kidOf(org, key)
  if (target.value.signingKeys.some((one) => kidOf(org, one) === kid)) {
    fail(E0000001, 'key-already-shared', {
      causes: ['Key already exists in the list of key credentials for the target IdP.'],
    })
  }
  await withKey(org, x, target, key)
  return created(await showKey(org, key))
}

async function withKey(org: Org, x: Exchange, idp: Stored<Idp>, key: IdpSigningKey, more: Partial<Idp> = {}) {
  const value = { ...idp.value, ...more, signingKeys: [...idp.value.signingKeys, key] }
  noteIdp(org, x, 'update', await saveIdp(org, x, idp, value))
}

function keyIn(org: Org, { value }: Stored<Idp>, kid: string): IdpSigningKey {
  return (
    value.signingKeys.find((key) => kidOf(org, key) === kid) ??
    fail(E0000007, 'resource-missing', { id: kid, type: 'JsonWebKey' })
  )
}

async function showKey(org: Org, key: IdpSigningKey) {
  return showSigningKey(org, await org.keyring.make(ownerOf(key.ofIdp), key.n), key)
}

/** `GET /idps/{id}/credentials/csrs` */
export async function listCsrs(org: Org, x: Exchange): Promise<Answer> {
  const idp = await loadIdp(org, x.params.idpId!)
  const rows = idp.value.csrs.map((csr) => show(org, idp, csr))
  return listAnswer(org, x, rows)
}

/** `POST /idps/{id}/credentials/csrs`: makes a key and asks for a certificate about it. */
export async function generateCsr(org: Org, x: Exchange): Promise<Answer> {
  const idp = await loadIdp(org, x.params.idpId!)
  // Recorded clients send no body at all.
  const { subject, dnsNames } = readCsrMetadata(x.body ?? {})
  const n = idp.value.keysMade
  const { privatePem } = await org.keyring.make(ownerOf(idp.id), n)
  const der = requestOf(createPrivateKey(privatePem), subject, dnsNames)
  const csr: IdpCsr = { n, createdAt: x.now, csr: der.toString('base64') }
  const value = { ...idp.value, csrs: [...idp.value.csrs, csr], keysMade: n + 1 }
  noteIdp(org, x, 'update', await saveIdp(org, x, idp, value))
  return created(show(org, idp, csr))
}

/** `GET /idps/{id}/credentials/csrs/{csrId}` */
export async function getCsr(org: Org, x: Exchange): Promise<Answer> {
  const idp = await loadIdp(org, x.params.idpId!)
  return ok(show(org, idp, csrIn(org, idp, x)))
}

/** `DELETE /idps/{id}/credentials/csrs/{csrId}`: the key goes with it. */
export async function revokeCsr(org: Org, x: Exchange): Promise<Answer> {
  const idp = await loadIdp(org, x.params.idpId!)
  const csr = csrIn(org, idp, x)
  const value = { ...idp.value, csrs: idp.value.csrs.filter((one) => one !== csr) }
  noteIdp(org, x, 'update', await saveIdp(org, x, idp, value))
  return noContent()
}

/** `POST /idps/{id}/credentials/csrs/{csrId}/lifecycle/publish`: the key becomes one of the provider's. */
export async function publishCsr(org: Org, x: Exchange): Promise<Answer> {
  const idp = await loadIdp(org, x.params.idpId!)
  const csr = csrIn(org, idp, x)
  const certificate = readCertificate(x)
  const { privatePem } = await org.keyring.make(ownerOf(idp.id), csr.n)
  mayPublish(certificate, privatePem, x.now)
  const key: IdpSigningKey = {
    ofIdp: idp.id,
    n: csr.n,
    createdAt: x.now,
    expiresAt: Date.parse(certificate.validTo),
    certificate: certificate.raw.toString('base64'),
  }
  await withKey(org, x, idp, key, { csrs: idp.value.csrs.filter((one) => one !== csr) })
  return created(await showKey(org, key))
}

const csrIdOf = (org: Org, idp: Stored<Idp>, csr: IdpCsr): string => org.keyring.kid(ownerOf(idp.id), csr.n)

function csrIn(org: Org, idp: Stored<Idp>, x: Exchange): IdpCsr {
  const id = x.params.idpCsrId!
  return (
    idp.value.csrs.find((csr) => csrIdOf(org, idp, csr) === id) ??
    fail(E0000007, 'resource-missing', { id, type: 'CertificateSigningRequest' })
  )
}

function show(org: Org, idp: Stored<Idp>, csr: IdpCsr): Record<string, unknown> {
  return showCsr(`${org.baseUrl}/api/v1/idps/${idp.id}/credentials/csrs`, csrIdOf(org, idp, csr), csr)
}
