// How does an app get a certificate that somebody else has signed? The operations on certificate signing requests.
import { createPrivateKey } from 'node:crypto'
import { E0000007 } from '@errorg/errors/codes'
import { certificateTypes, mayPublish, readCertificate, readCsrMetadata } from '../../certificate-requests.ts'
import { requestOf } from '../../der.ts'
import { type App, type AppCsr, apps } from '../../entities/app.ts'
import { fail } from '../../fail.ts'
import { type Answer, created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { showCsr } from '../../shapes/signing-key.ts'
import { put, type Stored } from '../../state/state.ts'
import { logApp } from './events.ts'
import { addSigningKey, keyOwner, nextKey, showKey } from './signing-keys.ts'
import { loadApp, loadAppForChange } from './store.ts'

export { certificateTypes }

/** Media types that a request is given in. */
export const csrTypes = ['application/json', 'application/pkcs10'] as const

/** `GET /apps/{id}/credentials/csrs` */
export async function listCsrs(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const rows = (app.value.csrs ?? []).map((csr) => show(org, app, csr))
  return listAnswer(org, x, rows)
}

/** `POST /apps/{id}/credentials/csrs`: makes a key and asks for a certificate about it. */
export async function generateCsr(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadAppForChange(org, x)
  const { subject, dnsNames } = readCsrMetadata(x.body)
  const n = nextKey(app.value)
  const { privatePem } = await org.keyring.make(keyOwner(app.id), n)
  const der = requestOf(createPrivateKey(privatePem), subject, dnsNames)
  const csr: AppCsr = { n, createdAt: x.now, csr: der.toString('base64') }
  const value = { ...app.value, csrs: [...(app.value.csrs ?? []), csr], keysMade: n + 1, lastUpdatedAt: x.now }
  await org.state.change([put(apps, app.id, value, app)])
  logApp(org, x, 'application.lifecycle.update', app)
  return inTheForm(x, csr, created(show(org, app, csr)))
}

/** `GET /apps/{id}/credentials/csrs/{csrId}` */
export async function getCsr(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const csr = csrOf(org, app, x)
  return inTheForm(x, csr, ok(show(org, app, csr)))
}

/** `DELETE /apps/{id}/credentials/csrs/{csrId}`: the key goes with it. */
export async function revokeCsr(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadAppForChange(org, x)
  const value = { ...app.value, csrs: without(app, csrOf(org, app, x)), lastUpdatedAt: x.now }
  await org.state.change([put(apps, app.id, value, app)])
  logApp(org, x, 'application.lifecycle.update', app)
  return noContent()
}

/** `POST /apps/{id}/credentials/csrs/{csrId}/lifecycle/publish`: the key becomes one of the app's. */
export async function publishCsr(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadAppForChange(org, x)
  const csr = csrOf(org, app, x)
  const certificate = readCertificate(x)
  const { privatePem } = await org.keyring.make(keyOwner(app.id), csr.n)
  mayPublish(certificate, privatePem, x.now)
  const key = {
    n: csr.n,
    createdAt: x.now,
    expiresAt: Date.parse(certificate.validTo),
    certificate: certificate.raw.toString('base64'),
  }
  await addSigningKey(org, x, app, key, { csrs: without(app, csr) })
  logApp(org, x, 'application.lifecycle.update', app)
  return created(await showKey(org, app.id, key))
}

const idOf = (org: Org, app: Stored<App>, csr: AppCsr): string => org.keyring.kid(keyOwner(app.id), csr.n)

function csrOf(org: Org, app: Stored<App>, x: Exchange): AppCsr {
  const id = x.params.csrId!
  return (
    app.value.csrs?.find((csr) => idOf(org, app, csr) === id) ??
    fail(E0000007, 'resource-missing', { id, type: 'CertificateSigningRequest' })
  )
}

function without(app: Stored<App>, csr: AppCsr): readonly AppCsr[] {
  return (app.value.csrs ?? []).filter((one) => one !== csr)
}

function show(org: Org, app: Stored<App>, csr: AppCsr): Record<string, unknown> {
  return showCsr(`${org.baseUrl}/api/v1/apps/${app.id}/credentials/csrs`, idOf(org, app, csr), csr)
}

// The bare request for whoever asks for it before JSON.
function inTheForm(x: Exchange, { csr }: AppCsr, asJson: Answer): Answer {
  const accept = String(x.incoming.headers.accept ?? '').toLowerCase()
  const bare = accept.indexOf('application/pkcs10')
  const json = accept.search(/application\/json|\*\/\*/)
  if (bare === -1 || (json !== -1 && json < bare)) return asJson
  const headers = [
    ['content-type', 'application/pkcs10; filename=okta.p10'],
    ['content-transfer-encoding', 'base64'],
  ] as const
  return { status: asJson.status, text: csr, headers }
}
