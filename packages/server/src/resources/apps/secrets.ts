// Which secrets does a client have? The operations on client secrets.
import { hash } from 'node:crypto'
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type ClientSecret, clientSecrets } from '../../entities/app.ts'
import { fail } from '../../fail.ts'
import { type FieldFault, objectBody, refuseFaults } from '../../fields.ts'
import { type Answer, created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { readSecretOf } from './client.ts'
import { logApp } from './events.ts'
import { newSecret } from './manage.ts'
import { loadClientAppForChange, secretsOf } from './store.ts'

// Two, so that a client can move from one to the next. (documented)
const MOST = 2

/** `GET /apps/{id}/credentials/secrets` */
export async function listSecrets(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadClientAppForChange(org, x)
  const rows = await secretsOf(org, app.id)
  return listAnswer(
    org,
    x,
    rows.map((row) => showSecret(org, row)),
  )
}

/** `POST /apps/{id}/credentials/secrets` */
export async function addSecret(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadClientAppForChange(org, x)
  const given = x.body === undefined ? {} : objectBody(x.body)
  const faults: FieldFault[] = []
  const method = app.value.oauth.authMethod
  const sent = readSecretOf(given.client_secret, method, (field, says) => faults.push({ field, says, kind: 'invalid' }))
  refuseFaults(faults)
  if ((await secretsOf(org, app.id)).length >= MOST) fail(E0000001, 'client-secrets-full')
  const fresh = newSecret(org, app.id, sent, x.now)
  const value: ClientSecret = given.status === 'INACTIVE' ? { ...fresh, status: 'INACTIVE' } : fresh
  const id = org.ids.next('ocs')
  await org.state.change([put(clientSecrets, id, value)])
  logApp(org, x, 'app.oauth2.credentials.lifecycle.create', app)
  return created(showSecret(org, { id, version: 0, value }))
}

/** `GET /apps/{id}/credentials/secrets/{secretId}` */
export async function getSecret(org: Org, x: Exchange): Promise<Answer> {
  return ok(showSecret(org, (await load(org, x)).secret))
}

/** `DELETE /apps/{id}/credentials/secrets/{secretId}` */
export async function deleteSecret(org: Org, x: Exchange): Promise<Answer> {
  const { app, secret } = await load(org, x)
  if (secret.value.status === 'ACTIVE') fail(E0000001, 'client-secret-still-active')
  await org.state.change([remove(clientSecrets, secret)])
  logApp(org, x, 'app.oauth2.credentials.lifecycle.delete', app)
  return noContent()
}

/** `POST /apps/{id}/credentials/secrets/{secretId}/lifecycle/activate` */
export async function activateSecret(org: Org, x: Exchange): Promise<Answer> {
  return await switchTo(org, x, 'ACTIVE')
}

/** `POST /apps/{id}/credentials/secrets/{secretId}/lifecycle/deactivate` */
export async function deactivateSecret(org: Org, x: Exchange): Promise<Answer> {
  return await switchTo(org, x, 'INACTIVE')
}

async function switchTo(org: Org, x: Exchange, status: ClientSecret['status']): Promise<Answer> {
  const { app, secret } = await load(org, x)
  if (secret.value.status === status) return ok(showSecret(org, secret))
  const active = (await secretsOf(org, app.id)).filter((row) => row.value.status === 'ACTIVE')
  if (status === 'INACTIVE' && active.length === 1) fail(E0000001, 'client-secret-is-last')
  const value = { ...secret.value, status, lastUpdatedAt: x.now }
  await org.state.change([put(clientSecrets, secret.id, value, secret)])
  logApp(
    org,
    x,
    status === 'ACTIVE' ? 'app.oauth2.credentials.lifecycle.activate' : 'app.oauth2.credentials.lifecycle.deactivate',
    app,
  )
  return ok(showSecret(org, { ...secret, value }))
}

async function load(org: Org, x: Exchange) {
  const app = await loadClientAppForChange(org, x)
  const id = x.params.secretId!
  const secret = await org.state.load(clientSecrets, id)
  if (secret?.value.appId !== app.id) {
    return fail(E0000007, 'resource-missing', { id, type: 'OAuth2ClientSecretMediated' })
  }
  return { app, secret: secret as Stored<ClientSecret> }
}

function showSecret(org: Org, { id, value }: Stored<ClientSecret>): Record<string, unknown> {
  const self = `${org.baseUrl}/api/v1/apps/${value.appId}/credentials/secrets/${id}`
  const link = (step: string) => ({ [step]: { href: `${self}/lifecycle/${step}`, hints: { allow: ['POST'] } } })
  return {
    id,
    status: value.status,
    client_secret: value.secret,
    // The form of the recorded ones: 16 bytes. How Okta makes them is not public.
    secret_hash: hash('sha256', value.secret, 'buffer').subarray(0, 16).toString('base64url'),
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    _links:
      value.status === 'ACTIVE'
        ? link('deactivate')
        : { ...link('activate'), delete: { href: self, hints: { allow: ['DELETE'] } } },
  }
}
