// Which keys does a client sign its assertions with? The operations on a client's JSON Web Keys.
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type App, apps, type Jwk, type OAuthClient } from '../../entities/app.ts'
import { fail } from '../../fail.ts'
import { objectBody } from '../../fields.ts'
import { type Answer, created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, type Stored } from '../../state/state.ts'
import { logApp } from './events.ts'
import { readNewKey } from './keys.ts'
import { loadClientApp, loadClientAppForChange } from './store.ts'

type ClientApp = Stored<App & { oauth: OAuthClient }>

/** `GET /apps/{id}/credentials/jwks` */
export async function listKeys(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadClientApp(org, x)
  return listAnswer(
    org,
    x,
    app.value.oauth.jwks.map((key) => showKey(org, app.id, key)),
  )
}

/** `POST /apps/{id}/credentials/jwks` */
export async function addKey(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadClientAppForChange(org, x)
  const { jwks } = app.value.oauth
  const key = readNewKey(objectBody(x.body), jwks, org.ids, x.now)
  await save(org, x, app, [...jwks, key])
  logApp(org, x, 'app.oauth2.credentials.lifecycle.create', app)
  return created(showKey(org, app.id, key))
}

/** `GET /apps/{id}/credentials/jwks/{keyId}` */
export async function getKey(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadClientApp(org, x)
  return ok(showKey(org, app.id, keyOf(app, x)))
}

/** `DELETE /apps/{id}/credentials/jwks/{keyId}` */
export async function deleteKey(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadClientAppForChange(org, x)
  const key = keyOf(app, x)
  if (key.status === 'ACTIVE') fail(E0000001, 'client-key-still-active')
  await save(
    org,
    x,
    app,
    app.value.oauth.jwks.filter((one) => one !== key),
  )
  logApp(org, x, 'app.oauth2.credentials.lifecycle.delete', app)
  return noContent()
}

/** `POST /apps/{id}/credentials/jwks/{keyId}/lifecycle/activate`; only one encryption key is active at a time. */
export async function activateKey(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadClientAppForChange(org, x)
  const key = keyOf(app, x)
  const next = { ...key, status: 'ACTIVE', lastUpdated: isoDate(x.now) }
  await save(
    org,
    x,
    app,
    app.value.oauth.jwks.map((one) => {
      if (one === key) return next
      return key.use === 'enc' && one.use === 'enc' ? { ...one, status: 'INACTIVE' } : one
    }),
  )
  logApp(org, x, 'app.oauth2.credentials.lifecycle.activate', app)
  return ok(showKey(org, app.id, next))
}

/** `POST /apps/{id}/credentials/jwks/{keyId}/lifecycle/deactivate` */
export async function deactivateKey(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadClientAppForChange(org, x)
  const key = keyOf(app, x)
  const { jwks, authMethod } = app.value.oauth
  const others = jwks.filter((one) => one !== key && one.use !== 'enc' && one.status === 'ACTIVE')
  if (authMethod === 'private_key_jwt' && key.status === 'ACTIVE' && others.length === 0) {
    fail(E0000001, 'client-key-is-last')
  }
  const next = { ...key, status: 'INACTIVE', lastUpdated: isoDate(x.now) }
  await save(
    org,
    x,
    app,
    jwks.map((one) => (one === key ? next : one)),
  )
  logApp(org, x, 'app.oauth2.credentials.lifecycle.deactivate', app)
  return ok(showKey(org, app.id, next))
}

function keyOf(app: ClientApp, x: Exchange): Jwk {
  const id = x.params.keyId!
  return (
    app.value.oauth.jwks.find((key) => key.id === id) ??
    fail(E0000007, 'resource-missing', { id, type: 'OAuth2JsonWebKeyMediated' })
  )
}

async function save(org: Org, x: Exchange, app: ClientApp, jwks: readonly Jwk[]): Promise<void> {
  const value = { ...app.value, oauth: { ...app.value.oauth, jwks }, lastUpdatedAt: x.now }
  await org.state.change([put(apps, app.id, value, app)])
}

function showKey(org: Org, appId: string, key: Jwk): Record<string, unknown> {
  const self = `${org.baseUrl}/api/v1/apps/${appId}/credentials/jwks/${key.id}`
  const link = (step: string) => ({ [step]: { href: `${self}/lifecycle/${step}`, hints: { allow: ['POST'] } } })
  return {
    ...key,
    _links:
      key.status === 'ACTIVE'
        ? link('deactivate')
        : { ...link('activate'), delete: { href: self, hints: { allow: ['DELETE'] } } },
  }
}
