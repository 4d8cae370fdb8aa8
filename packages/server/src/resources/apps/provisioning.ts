// Can users be provisioned to an app, and what is done then? The operations on the default connection and on features.
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { type App, type AppConnection, apps } from '../../entities/app.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  type FieldRule,
  type FieldTable,
  isObject,
  type JsonObject,
  objectBody,
  objectMember,
  refuseFaults,
} from '../../fields.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { readFlag } from '../../http/query.ts'
import { listAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, type Stored } from '../../state/state.ts'
import { logApp } from './events.ts'
import { isOfCatalogue, isWizardApp } from './modes.ts'
import { loadApp } from './store.ts'

/** `GET /apps/{id}/connections/default` */
export async function getConnection(org: Org, x: Exchange): Promise<Answer> {
  return ok(showConnection(org, await loadApp(org, x)))
}

/** `GET /apps/{id}/connections/default/jwks`: the key that the org shows itself with to the other side. */
export async function getConnectionKeys(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const { publicJwk } = await org.keyring.make(`connection:${app.id}`, 0)
  // `alg` is the type of the key here (documented).
  return ok({ jwks: { keys: [{ ...publicJwk, alg: 'RSA' }] } })
}

/**
 * `POST /apps/{id}/connections/default`. An app without provisioning takes a connection that connects nothing and shows it
 * (recorded); a real one it has no use for.
 */
export async function updateConnection(org: Org, x: Exchange): Promise<Answer> {
  const activate = readFlag(x, 'activate', false)
  const app = await loadApp(org, x)
  const body = objectBody(x.body)
  const profile = objectMember(body, 'profile') ?? {}
  refuseFaults(
    checkFields(profile, {
      authScheme: { type: 'string', required: true, oneOf: ['TOKEN', 'OAUTH2', 'UNKNOWN'] },
      token: { type: 'string', max: 4096 },
      clientId: { type: 'string' },
    }),
  )
  if (profile.authScheme !== 'UNKNOWN') canProvision(app.value)
  const signing = objectMember(profile, 'signing')
  refuseFaults(checkFields(signing ?? {}, { rotationMode: { type: 'string', oneOf: ['AUTO', 'MANUAL'] } }))
  const old = app.value.connection
  const connection: AppConnection = {
    ...old,
    status: activate ? 'ENABLED' : (old?.status ?? 'DISABLED'),
    authScheme: profile.authScheme as AppConnection['authScheme'],
    ...(typeof profile.token === 'string' && { token: profile.token }),
    ...(typeof profile.clientId === 'string' && { clientId: profile.clientId }),
    ...(signing && { signing }),
    ...(typeof body.baseUrl === 'string' && { baseUrl: body.baseUrl }),
  }
  if (activate) mayActivate(connection)
  return ok(showConnection(org, await save(org, x, app, connection)))
}

/** `POST /apps/{id}/connections/default/lifecycle/activate` */
export async function activateConnection(org: Org, x: Exchange): Promise<Answer> {
  return await switchTo(org, x, 'ENABLED')
}

/** `POST /apps/{id}/connections/default/lifecycle/deactivate` */
export async function deactivateConnection(org: Org, x: Exchange): Promise<Answer> {
  return await switchTo(org, x, 'DISABLED')
}

async function switchTo(org: Org, x: Exchange, status: AppConnection['status']): Promise<Answer> {
  const app = await loadApp(org, x)
  const old = connectionOf(app.value)
  if (status === 'ENABLED') mayActivate(old)
  await save(org, x, app, { ...old, status })
  return noContent()
}

function mayActivate({ authScheme, token }: AppConnection): void {
  if (authScheme === 'TOKEN' && token === undefined) fail(E0000001, 'connection-without-token')
}

// How the org shows itself to the apps of which that is known: okta_org2org by Okta's own tests of its SDK, the others by
// the documentation of the connection.
const schemes: Readonly<Record<string, AppConnection['authScheme']>> = {
  google: 'OAUTH2',
  office365: 'OAUTH2',
  okta_org2org: 'TOKEN',
  slack: 'OAUTH2',
  zoomus: 'OAUTH2',
  zscalerbyz: 'TOKEN',
}

function connectionOf({ name, connection }: App): AppConnection {
  return connection ?? { status: 'DISABLED', authScheme: schemes[name] ?? 'UNKNOWN' }
}

async function save(org: Org, x: Exchange, app: Stored<App>, connection: AppConnection): Promise<Stored<App>> {
  const value = { ...app.value, connection, lastUpdatedAt: x.now }
  await org.state.change([put(apps, app.id, value, app)])
  logApp(org, x, 'application.lifecycle.update', app)
  return { ...app, value }
}

function showConnection(org: Org, { id, value }: Stored<App>): Record<string, unknown> {
  const { status, authScheme, clientId, signing, ...rest } = connectionOf(value)
  const profile = { authScheme, ...(clientId !== undefined && { clientId }), ...(signing && { signing }) }
  // Nothing that could be switched or followed (recorded).
  if (authScheme === 'UNKNOWN') return { profile, status: 'UNKNOWN' }
  const self = `${org.baseUrl}/api/v1/apps/${id}/connections/default`
  const step = status === 'ENABLED' ? 'deactivate' : 'activate'
  const baseUrl = rest.baseUrl ?? objectMember(value.settings, 'app')?.baseUrl
  return {
    // Shown for tokens only (documented).
    ...(authScheme === 'TOKEN' && { authScheme }),
    status,
    ...(typeof baseUrl === 'string' && { baseUrl }),
    profile,
    _links: {
      self: { href: self, hints: { allow: ['GET', 'POST'] } },
      [step]: { href: `${self}/lifecycle/${step}`, hints: { allow: ['POST'] } },
    },
  }
}

const off = { status: 'DISABLED' }

// As the API begins with them (documented examples).
const features: Readonly<Record<string, { description: string; capabilities: JsonObject }>> = {
  USER_PROVISIONING: {
    description: 'User provisioning settings from Okta to a downstream application',
    capabilities: {
      create: { lifecycleCreate: off },
      update: {
        profile: off,
        lifecycleDeactivate: off,
        password: { ...off, seed: 'RANDOM', change: 'KEEP_EXISTING' },
      },
    },
  },
  INBOUND_PROVISIONING: {
    description: 'In-bound provisioning settings from provisioned application to Okta',
    capabilities: {
      importSettings: { username: { usernameFormat: 'EMAIL' }, schedule: { status: 'DISABLED' } },
      importRules: {
        userCreateAndMatch: {
          exactMatchCriteria: 'USERNAME',
          allowPartialMatch: false,
          autoConfirmPartialMatch: false,
          autoConfirmExactMatch: false,
          autoConfirmNewUsers: false,
          autoActivateNewUsers: false,
        },
      },
    },
  },
}

const status: FieldRule = { type: 'string', oneOf: ['ENABLED', 'DISABLED'] }
const word = (...oneOf: string[]): FieldRule => ({ type: 'string', oneOf })
const members = (fields: FieldTable): FieldRule => ({ type: 'object', fields })
const setting = members({ status })
const flag: FieldRule = { type: 'boolean' }
const schedule = members({ expression: { type: 'string', required: true }, timezone: { type: 'string', max: 64 } })

// OpenAPI: CapabilitiesObject, CapabilitiesInboundProvisioningObject.
const featureFields: Readonly<Record<string, FieldTable>> = {
  USER_PROVISIONING: {
    create: members({ lifecycleCreate: setting }),
    update: members({
      profile: setting,
      lifecycleDeactivate: setting,
      password: members({ status, seed: word('OKTA', 'RANDOM'), change: word('CHANGE', 'KEEP_EXISTING') }),
    }),
  },
  INBOUND_PROVISIONING: {
    importSettings: members({
      username: members({ usernameFormat: word('EMAIL', 'CUSTOM'), userNameExpression: { type: 'string', max: 1024 } }),
      schedule: members({ status, fullImport: schedule, incrementalImport: schedule }),
    }),
    importRules: members({
      userCreateAndMatch: members({
        exactMatchCriteria: word('EMAIL', 'USERNAME'),
        allowPartialMatch: flag,
        autoConfirmPartialMatch: flag,
        autoConfirmExactMatch: flag,
        autoConfirmNewUsers: flag,
        autoActivateNewUsers: flag,
      }),
    }),
  },
}

/** `GET /apps/{id}/features` */
export async function listFeatures(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadProvisioned(org, x)
  const rows = Object.keys(features).map((name) => showFeature(org, app, name))
  return listAnswer(org, x, rows)
}

/** `GET /apps/{id}/features/{name}` */
export async function getFeature(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadProvisioned(org, x)
  return ok(showFeature(org, app, nameOf(x)))
}

/** `PUT /apps/{id}/features/{name}`; what the body does not name stays. */
export async function updateFeature(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadProvisioned(org, x)
  const name = nameOf(x)
  const body = objectBody(x.body)
  refuseFaults(checkFields(body, featureFields[name]!))
  const old = app.value.capabilities?.[name] ?? {}
  const value = {
    ...app.value,
    capabilities: { ...app.value.capabilities, [name]: merged(old, body) },
    lastUpdatedAt: x.now,
  }
  await org.state.change([put(apps, app.id, value, app)])
  logApp(org, x, 'application.lifecycle.update', app)
  return ok(showFeature(org, { ...app, value }, name))
}

// The app comes first, then what it can do, then the name of the feature (recorded).
async function loadProvisioned(org: Org, x: Exchange): Promise<Stored<App>> {
  const app = await loadApp(org, x)
  const name = x.params.featureName
  if (name !== undefined && !Object.hasOwn(features, name)) nameOf(x)
  canProvision(app.value)
  if (!isProvisioned(app.value)) fail(E0000001, 'app-has-no-provisioning')
  return app
}

// Apps of the catalogue; of the others those of the wizard, to which SCIM can be added (documented for SAML and SWA).
function canProvision({ name, signOnMode }: App): void {
  if (isOfCatalogue(name, signOnMode) || isWizardApp(name, signOnMode)) return
  fail(E0000001, 'app-has-no-provisioning')
}

/** Is there a connection that users and groups can go through? */
export function isProvisioned({ connection }: App): boolean {
  return connection?.status === 'ENABLED' && connection.authScheme !== 'UNKNOWN'
}

function nameOf(x: Exchange): string {
  const name = x.params.featureName!
  return Object.hasOwn(features, name)
    ? name
    : fail(E0000007, 'resource-missing', { id: name, type: 'PublicAppFeatureSetName' })
}

function showFeature(org: Org, app: Stored<App>, name: string): Record<string, unknown> {
  const { description, capabilities } = features[name]!
  return {
    name,
    status: 'ENABLED',
    description,
    capabilities: merged(capabilities, app.value.capabilities?.[name] ?? {}),
    _links: {
      self: { href: `${org.baseUrl}/api/v1/apps/${app.id}/features/${name}`, hints: { allow: ['GET', 'PUT'] } },
    },
  }
}

// Objects by name, everything else replaced.
function merged(base: JsonObject, change: JsonObject): JsonObject {
  const result: Record<string, unknown> = { ...base }
  for (const [name, value] of Object.entries(change)) {
    const old = Object.hasOwn(base, name) ? base[name] : undefined
    result[name] = isObject(old) && isObject(value) ? merged(old, value) : value
  }
  return result
}
