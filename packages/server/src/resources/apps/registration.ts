// How do clients register themselves? The operations of dynamic client registration (RFC 7591), another face of apps
// with OpenID Connect; it refuses in the form of OAuth.
import { E0000007 } from '@errorg/errors/codes'
import { type App, apps, clientSecrets, type OAuthClient } from '../../entities/app.ts'
import { findClient } from '../../entities/find-app.ts'
import { Failure, fail } from '../../fail.ts'
import { isObject, type JsonObject, objectBody } from '../../fields.ts'
import { reachApp, reachesApp } from '../../gates/reach.ts'
import { type Answer, created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import { paramOf } from '../../lists/query.ts'
import { refuse } from '../../oauth/errors.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { hasSecret } from './client.ts'
import { readDefinition } from './definition.ts'
import { logApp } from './events.ts'
import { checkRoom, firstRole, newSecret, secretChange } from './manage.ts'
import { hasSettled } from './rules.ts'
import { loadAppForChange, removalsWith, secretsOf } from './store.ts'

type ClientApp = Stored<App & { oauth: OAuthClient }>

/** `GET /oauth2/v1/clients` */
export async function listClients(org: Org, x: Exchange): Promise<Answer> {
  const { after, limit } = readPage(org, x, { standard: 20, most: 200, prefix: '0oa' })
  const q = paramOf(x, 'q')?.toLowerCase() ?? ''
  const found = (await org.state.scan(apps, { after })).filter(
    ({ id, value }) => value.oauth && value.label.toLowerCase().startsWith(q) && reachesApp(x, value.name, id),
  )
  return pageAnswer(org, x, cutPage(found, limit), (app) => showClient(app as ClientApp))
}

/** `POST /oauth2/v1/clients` */
export async function registerClient(org: Org, x: Exchange): Promise<Answer> {
  const given = objectBody(x.body)
  const id = org.ids.next('0oa')
  reachApp(x, 'oidc_client')
  const { app } = read(() => readDefinition(org, definitionOf(given), { appId: id, now: x.now }))
  await checkRoom(org)
  const value: App = { ...app, status: 'ACTIVE', createdAt: x.now, lastUpdatedAt: x.now }
  const secret = hasSecret(value.oauth!.authMethod) ? newSecret(org, id, undefined, x.now) : undefined
  await org.state.change([
    put(apps, id, value),
    ...(secret ? [put(clientSecrets, org.ids.next('ocs'), secret)] : []),
    ...(await firstRole(org, x, value)),
  ])
  const stored = { id, version: 0, value } as ClientApp
  logApp(org, x, 'application.lifecycle.create', stored)
  logApp(org, x, 'application.lifecycle.activate', stored)
  return created(showClient(stored, secret?.secret))
}

/** `GET /oauth2/v1/clients/{clientId}` */
export async function readClientApp(org: Org, x: Exchange): Promise<Answer> {
  return ok(showClient(await loadClient(org, x)))
}

// "If any settings are missing when you update a client app, the update fails." (documented; which ones is inferred)
const neverMissing = ['client_name', 'application_type', 'grant_types', 'response_types', 'token_endpoint_auth_method']
const neverSent = ['client_id_issued_at', 'client_secret_expires_at']

/** `PUT /oauth2/v1/clients/{clientId}` */
export async function replaceClient(org: Org, x: Exchange): Promise<Answer> {
  const old = await loadClientForChange(org, x)
  const given = objectBody(x.body)
  for (const name of neverMissing) {
    if (given[name] === undefined) refuseMetadata(`\`${name}\`: The field can't be left blank.`, 'metadata-missing')
  }
  for (const name of neverSent) {
    if (given[name] !== undefined) refuseMetadata(`\`${name}\`: The field can't be set.`, 'metadata-read-only')
  }
  if (given.client_id !== undefined && given.client_id !== old.value.oauth.clientId) {
    refuseMetadata('`client_id`: The field is immutable.', 'metadata-read-only')
  }
  const { app } = read(() =>
    readDefinition(org, definitionOf(given, old.value), { appId: old.id, now: x.now, old: old.value }),
  )
  const value = { ...old.value, ...app, lastUpdatedAt: x.now } as ClientApp['value']
  const { writes, shown } = await secretChange(org, { id: old.id, value }, undefined, x.now)
  await org.state.change([put(apps, old.id, value as App, old), ...writes])
  const next = { ...old, value }
  logApp(org, x, 'application.lifecycle.update', next)
  return ok(showClient(next, shown))
}

/** `DELETE /oauth2/v1/clients/{clientId}`: at once, active or not. */
export async function deleteClient(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadClientForChange(org, x)
  hasSettled(app.value, x.now)
  await org.state.change([remove(apps, app as Stored<App>), ...(await removalsWith(org, app))])
  logApp(org, x, 'application.lifecycle.delete', app)
  return noContent()
}

/** `POST /oauth2/v1/clients/{clientId}/lifecycle/newSecret`: the old ones are worth nothing from now on. */
export async function generateNewSecret(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadClientForChange(org, x)
  if (!hasSecret(app.value.oauth.authMethod)) {
    refuseMetadata('`token_endpoint_auth_method`: The client app has no client secret.', 'client-without-secret')
  }
  const fresh = newSecret(org, app.id, undefined, x.now)
  await org.state.change([
    ...(await secretsOf(org, app.id)).map((row) => remove(clientSecrets, row)),
    put(clientSecrets, org.ids.next('ocs'), fresh),
  ])
  logApp(org, x, 'app.oauth2.credentials.lifecycle.create', app)
  return ok(showClient(app, fresh.secret))
}

// What a body may not decide here: Okta gives ids and secrets.
const notMetadata = new Set([
  'client_id',
  'client_name',
  'client_secret',
  'client_secret_expires_at',
  'client_id_issued_at',
  'token_endpoint_auth_method',
  'consent_method',
])

/** The app that the metadata describe. */
function definitionOf(given: JsonObject, old?: App): JsonObject {
  const metadata = Object.entries(given).filter(([name, value]) => !notMetadata.has(name) && value !== undefined)
  const method = given.token_endpoint_auth_method
  return {
    label: given.client_name,
    name: old?.name ?? 'oidc_client',
    signOnMode: 'OPENID_CONNECT',
    ...(old && { visibility: old.visibility, accessibility: old.accessibility, profile: old.profile }),
    credentials: {
      ...(old && { userNameTemplate: old.credentials.userNameTemplate, signing: old.credentials.signing }),
      oauthClient: {
        ...(old?.credentials.oauthClient as JsonObject | undefined),
        ...(method !== undefined && { token_endpoint_auth_method: method }),
      },
    },
    settings: {
      ...old?.settings,
      oauthClient: {
        grant_types: ['authorization_code'],
        // Who registers by itself asks its users. (documented)
        consent_method: old?.oauth?.consentMethod ?? 'REQUIRED',
        ...Object.fromEntries(metadata),
      },
    },
  }
}

/** Runs a reader of /api/v1; what it refuses for its values is told as RFC 7591 has it. */
function read<T>(reader: () => T): T {
  try {
    return reader()
  } catch (error) {
    if (!(error instanceof Failure) || error.entry.code !== 'E0000001') throw error
    const [first = ''] = error.facts.causes ?? []
    const says = first
      .replace(/^label: /, 'client_name: ')
      .replace(/^([\w.]+): /, '`$1`: ')
      .replace('The field cannot be left blank', "The field can't be left blank.")
    return refuseMetadata(says, error.causeId)
  }
}

function refuseMetadata(description: string, cause: string): never {
  return refuse(400, 'invalid_client_metadata', description, cause)
}

async function loadClient(org: Org, x: Exchange): Promise<ClientApp> {
  const id = x.params.clientId!
  const app = await findClient(org, id)
  if (!app?.value.oauth) return fail(E0000007, 'resource-missing', { id, type: 'PublicClientApp' })
  reachApp(x, app.value.name, app.id)
  return app as ClientApp
}

async function loadClientForChange(org: Org, x: Exchange): Promise<ClientApp> {
  const { id } = await loadClient(org, x)
  return (await loadAppForChange(org, x, id)) as ClientApp
}

const shownAsTheyAre = [
  'client_uri',
  'logo_uri',
  'tos_uri',
  'policy_uri',
  'jwks_uri',
  'initiate_login_uri',
  'frontchannel_logout_uri',
  'frontchannel_logout_session_required',
  'request_object_signing_alg',
  'id_token_encrypted_response_alg',
]

/** A client as RFC 7591 shows one; the secret only where it was just made or may be needed again. */
function showClient({ value }: ClientApp, secret?: string): Record<string, unknown> {
  const { oauth, settings, createdAt, label } = value
  const others = isObject(settings.oauthClient) ? settings.oauthClient : {}
  return {
    client_id: oauth.clientId,
    ...(secret !== undefined && { client_secret: secret }),
    client_id_issued_at: Math.floor(createdAt / 1000),
    ...(hasSecret(oauth.authMethod) && { client_secret_expires_at: 0 }),
    client_name: label,
    ...Object.fromEntries(
      shownAsTheyAre.flatMap((name) => (Object.hasOwn(others, name) ? [[name, others[name]]] : [])),
    ),
    application_type: oauth.applicationType,
    redirect_uris: oauth.redirectUris,
    ...(oauth.postLogoutRedirectUris.length > 0 && { post_logout_redirect_uris: oauth.postLogoutRedirectUris }),
    response_types: oauth.responseTypes,
    grant_types: oauth.grantTypes,
    token_endpoint_auth_method: oauth.authMethod,
    ...(oauth.jwks.length > 0 && { jwks: { keys: oauth.jwks } }),
  }
}
