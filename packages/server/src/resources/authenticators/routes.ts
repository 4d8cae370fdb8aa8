// Which operations does the API have on authenticators, their methods and the models of security keys?
import { E0000007, E0000028 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import {
  type Aaguid,
  type Authenticator,
  type AuthenticatorMethod,
  authenticatorKinds,
  authenticators,
  firstMethods,
} from '../../entities/authenticator.ts'
import { inlineHooks } from '../../entities/hook.ts'
import { policies } from '../../entities/policy.ts'
import { fail } from '../../fail.ts'
import { isObject } from '../../fields.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { readFlag } from '../../http/query.ts'
import { listAnswer } from '../../lists/page.ts'
import { notes } from '../../log/notes.ts'
import type { Org } from '../../org.ts'
import type { Handle, RouteRow } from '../../routes.ts'
import { put, type Stored } from '../../state/state.ts'
import { verifiedRpId, withRpId } from './rp-id.ts'
import {
  mayAdd,
  mayDeactivate,
  mustHaveTelephony,
  mustNotBeEnrolled,
  readAaguid,
  readAuthenticator,
  readMethod,
} from './rules.ts'
import { showAaguid, showAuthenticator, showMethod } from './schema.ts'

const AUTHENTICATORS = '/api/v1/authenticators'
const ONE = `${AUTHENTICATORS}/:authenticatorId`
const METHOD = `${ONE}/methods/:methodType`
const MODELS = `${ONE}/aaguids`
const MODEL = `${MODELS}/:aaguid`

async function list(org: Org, x: Exchange): Promise<Answer> {
  const rows = await org.state.scan(authenticators)
  return listAnswer(
    org,
    x,
    rows.map((row) => showAuthenticator(org, row)),
  )
}

async function add(org: Org, x: Exchange): Promise<Answer> {
  const activate = readFlag(x, 'activate', true)
  const parts = readAuthenticator(x.body)
  const { key } = parts
  if (!('many' in authenticatorKinds[key])) mayAdd(key, await org.state.holder(authenticators, `key:${key}`))
  if (activate) mustHaveTelephony(key, await hasTelephony(org))
  const value: Authenticator = {
    ...parts,
    status: activate ? 'ACTIVE' : 'INACTIVE',
    methods: firstMethods(key),
    aaguids: [],
    createdAt: x.now,
    lastUpdatedAt: x.now,
  }
  const row = { id: org.ids.next('aut'), version: 0, value }
  await org.state.change([put(authenticators, row.id, value)])
  note(org, x, 'create', row)
  return ok(showAuthenticator(org, row))
}

async function get(org: Org, x: Exchange): Promise<Answer> {
  return ok(showAuthenticator(org, await load(org, x)))
}

async function replace(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  const parts = readAuthenticator(x.body, row.value)
  mustHaveTelephony(row.value.key, await hasTelephony(org))
  const next = await save(org, x, row, { ...row.value, ...parts })
  note(org, x, 'update', next)
  return ok(showAuthenticator(org, next))
}

async function hasTelephony(org: Org): Promise<boolean> {
  const hooks = await org.state.find(inlineHooks, 'type', 'com.okta.telephony.provider')
  return hooks.some(({ value }) => value.status === 'ACTIVE')
}

function switchTo(status: Authenticator['status']): Handle {
  return async (org, x) => {
    const row = await load(org, x)
    if (row.value.status === status) {
      if (status === 'INACTIVE') mayDeactivate(org.settings.contract, row.value)
      return ok(showAuthenticator(org, row))
    }
    if (status === 'ACTIVE') mustHaveTelephony(row.value.key, await hasTelephony(org))
    else {
      mayDeactivate(org.settings.contract, row.value)
      mustNotBeEnrolled(row.value, await enrollmentPolicies(org, row.value.key))
    }
    const next = await save(org, x, row, { ...row.value, status })
    note(org, x, status === 'ACTIVE' ? 'activate' : 'deactivate', next)
    return ok(showAuthenticator(org, next))
  }
}

// Names of the enrollment policies in which this authenticator is offered or demanded.
async function enrollmentPolicies(org: Org, key: string): Promise<string[]> {
  const all = await org.state.find(policies, 'type', 'MFA_ENROLL')
  return all.flatMap(({ value }) => {
    const listed = Array.isArray(value.settings?.authenticators) ? value.settings.authenticators : []
    const offered = listed.some((one: unknown) => {
      if (!isObject(one) || one.key !== key) return false
      const enroll = isObject(one.enroll) ? one.enroll.self : undefined
      return enroll !== 'NOT_ALLOWED'
    })
    return offered ? [value.name] : []
  })
}

async function listMethods(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  return listAnswer(
    org,
    x,
    row.value.methods.map((method) => showMethod(org, row, method)),
  )
}

async function getMethod(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  return ok(showMethod(org, row, methodIn(row, x)))
}

async function replaceMethod(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  const old = methodIn(row, x)
  return await saveMethod(org, x, row, await withRpId(org, readMethod(x.body, old), old))
}

async function verifyRpId(org: Org, x: Exchange): Promise<Answer> {
  const row = await loadSecurityKeys(org, x)
  await saveMethod(org, x, row, verifiedRpId(org, methodIn(row, x)))
  return noContent()
}

function switchMethodTo(status: AuthenticatorMethod['status']): Handle {
  return async (org, x) => {
    const row = await load(org, x)
    const method = methodIn(row, x)
    return method.status === status
      ? ok(showMethod(org, row, method))
      : await saveMethod(org, x, row, { ...method, status })
  }
}

async function saveMethod(org: Org, x: Exchange, row: Stored<Authenticator>, method: AuthenticatorMethod) {
  const methods = row.value.methods.map((one) => (one.type === method.type ? method : one))
  const next = await save(org, x, row, { ...row.value, methods })
  note(org, x, 'update', next)
  return ok(showMethod(org, next, method))
}

function methodIn({ value }: Stored<Authenticator>, x: Exchange): AuthenticatorMethod {
  const id = x.params.methodType!
  return (
    value.methods.find(({ type }) => type === id) ??
    fail(E0000007, 'resource-missing', { id, type: 'AuthenticatorMethod' })
  )
}

async function listAaguids(org: Org, x: Exchange): Promise<Answer> {
  const row = await loadSecurityKeys(org, x)
  return listAnswer(
    org,
    x,
    row.value.aaguids.map((model) => showAaguid(org, row.id, model)),
  )
}

async function addAaguid(org: Org, x: Exchange): Promise<Answer> {
  const row = await loadSecurityKeys(org, x)
  const model = readAaguid(x.body)
  const others = row.value.aaguids.filter(({ aaguid }) => aaguid !== model.aaguid)
  await save(org, x, row, { ...row.value, aaguids: [...others, model] })
  return ok(showAaguid(org, row.id, model))
}

async function getAaguid(org: Org, x: Exchange): Promise<Answer> {
  const row = await loadSecurityKeys(org, x)
  return ok(showAaguid(org, row.id, modelIn(row, x)))
}

function changeAaguid(isPatch: boolean): Handle {
  return async (org, x) => {
    const row = await loadSecurityKeys(org, x)
    const old = modelIn(row, x)
    const model = readAaguid(x.body ?? {}, old, isPatch)
    await save(org, x, row, { ...row.value, aaguids: row.value.aaguids.map((one) => (one === old ? model : one)) })
    return ok(showAaguid(org, row.id, model))
  }
}

async function dropAaguid(org: Org, x: Exchange): Promise<Answer> {
  const row = await loadSecurityKeys(org, x)
  const old = modelIn(row, x)
  await save(org, x, row, { ...row.value, aaguids: row.value.aaguids.filter((one) => one !== old) })
  return noContent()
}

function modelIn({ value }: Stored<Authenticator>, x: Exchange): Aaguid {
  const id = x.params.aaguid!
  return (
    value.aaguids.find(({ aaguid }) => aaguid === id.toLowerCase()) ??
    fail(E0000007, 'resource-missing', { id, type: 'AAGUID' })
  )
}

// Only the WebAuthn authenticator knows models.
async function loadSecurityKeys(org: Org, x: Exchange): Promise<Stored<Authenticator>> {
  const row = await load(org, x)
  return row.value.key === 'webauthn'
    ? row
    : fail(E0000007, 'resource-missing', { id: row.id, type: 'WebAuthnAuthenticator' })
}

/** `GET /.well-known/app-authenticator-configuration`: what an app needs that is an authenticator of the org. */
async function showAppConfiguration(org: Org, x: Exchange): Promise<Answer> {
  const clientId = x.query.get('oauthClientId') ?? ''
  if (clientId === '') return fail(E0000028, 'parameter-missing', { parameter: 'oauthClientId' })
  const rows = (await org.state.find(authenticators, 'key', 'custom_app')).filter(
    ({ value }) => value.status === 'ACTIVE' && value.settings?.appInstanceId === clientId,
  )
  return ok(
    rows.map(({ id, value }) => ({
      authenticatorId: id,
      orgId: org.fixed.orgId,
      key: value.key,
      type: 'app',
      name: value.name,
      createdDate: isoDate(value.createdAt),
      lastUpdated: isoDate(value.lastUpdatedAt),
      settings: { userVerification: value.settings?.userVerification ?? 'PREFERRED', oauthClientId: clientId },
      supportedMethods: value.methods.map(({ type, status, settings }) => ({ type, status, settings: settings ?? {} })),
      appAuthenticatorEnrollEndpoint: `${org.baseUrl}/idp/authenticators`,
    })),
  )
}

async function load(org: Org, x: Exchange): Promise<Stored<Authenticator>> {
  const id = x.params.authenticatorId!
  return (await org.state.load(authenticators, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'Authenticator' })
}

async function save(org: Org, x: Exchange, row: Stored<Authenticator>, changed: Authenticator) {
  const value = { ...changed, lastUpdatedAt: x.now }
  await org.state.change([put(authenticators, row.id, value, row)])
  return { ...row, value }
}

const note = notes(
  'security.authenticator.lifecycle',
  {
    create: 'Create authenticator',
    update: 'Update authenticator',
    activate: 'Activate authenticator',
    deactivate: 'Deactivate authenticator',
  },
  ({ id, value }: Stored<Authenticator>) => ({
    id,
    type: 'Authenticator',
    alternateId: value.key,
    displayName: value.name,
  }),
)

const reads = { needs: 'security.read' } as const
const writes = { needs: 'security.manage' } as const
// Recorded orgs do not have it.
const models = { feature: 'WEBAUTHN_AAGUIDS' } as const

/** Rows of the route table. */
export const authenticatorRoutes: readonly RouteRow[] = [
  { on: `GET ${AUTHENTICATORS}`, operation: 'listAuthenticators', ...reads, handle: list },
  { on: `POST ${AUTHENTICATORS}`, operation: 'createAuthenticator', ...writes, body: 'json', handle: add },
  { on: `GET ${ONE}`, operation: 'getAuthenticator', ...reads, handle: get },
  { on: `PUT ${ONE}`, operation: 'replaceAuthenticator', ...writes, body: 'json', handle: replace },
  { on: `POST ${ONE}/lifecycle/activate`, operation: 'activateAuthenticator', ...writes, handle: switchTo('ACTIVE') },
  {
    on: `POST ${ONE}/lifecycle/deactivate`,
    operation: 'deactivateAuthenticator',
    ...writes,
    handle: switchTo('INACTIVE'),
  },
  { on: `GET ${ONE}/methods`, operation: 'listAuthenticatorMethods', ...reads, handle: listMethods },
  { on: `GET ${METHOD}`, operation: 'getAuthenticatorMethod', ...reads, handle: getMethod },
  { on: `PUT ${METHOD}`, operation: 'replaceAuthenticatorMethod', ...writes, body: 'json', handle: replaceMethod },
  {
    on: `POST ${METHOD}/lifecycle/activate`,
    operation: 'activateAuthenticatorMethod',
    ...writes,
    handle: switchMethodTo('ACTIVE'),
  },
  {
    on: `POST ${METHOD}/lifecycle/deactivate`,
    operation: 'deactivateAuthenticatorMethod',
    ...writes,
    handle: switchMethodTo('INACTIVE'),
  },
  { on: `POST ${METHOD}/verify-rp-id-domain`, operation: 'verifyRpIdDomain', ...writes, handle: verifyRpId },
  { on: `GET ${MODELS}`, operation: 'listAllCustomAAGUIDs', ...reads, ...models, handle: listAaguids },
  { on: `POST ${MODELS}`, operation: 'createCustomAAGUID', ...writes, ...models, body: 'json', handle: addAaguid },
  { on: `GET ${MODEL}`, operation: 'getCustomAAGUID', ...reads, ...models, handle: getAaguid },
  {
    on: `PUT ${MODEL}`,
    operation: 'replaceCustomAAGUID',
    ...writes,
    ...models,
    body: 'json',
    handle: changeAaguid(false),
  },
  {
    on: `PATCH ${MODEL}`,
    operation: 'updateCustomAAGUID',
    ...writes,
    ...models,
    body: 'optional',
    takes: ['application/json', 'application/merge-patch+json'],
    handle: changeAaguid(true),
  },
  { on: `DELETE ${MODEL}`, operation: 'deleteCustomAAGUID', ...writes, ...models, handle: dropAaguid },
  {
    on: 'GET /.well-known/app-authenticator-configuration',
    operation: 'getWellKnownAppAuthenticatorConfiguration',
    needs: 'anyone',
    handle: showAppConfiguration,
  },
]
