// With which keys does the org sign for an app? The operations on key credentials.
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { readValidityMs, yearMs } from '../../certificate-requests.ts'
import { type App, type AppSigningKey, apps } from '../../entities/app.ts'
import { fail } from '../../fail.ts'
import type { JsonObject } from '../../fields.ts'
import { type Answer, created, type Exchange, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import { paramOf } from '../../lists/query.ts'
import type { Org } from '../../org.ts'
import { showSigningKey } from '../../shapes/signing-key.ts'
import { put, type Stored } from '../../state/state.ts'
import { logApp } from './events.ts'
import { loadApp, loadAppForChange } from './store.ts'

/** The keyring keeps apps apart from authorization servers by this. */
export const keyOwner = (appId: string): string => `app:${appId}`

/** The name of the key that an app begins with; the key itself is made when somebody looks at it. */
export function firstKid(org: Org, appId: string): string {
  return org.keyring.kid(keyOwner(appId), 0)
}

/** The names of all keys of an app. */
export function kidsOf(org: Org, appId: string, app: App): string[] {
  return keysOf(app).map((key) => kidOfKey(org, appId, key))
}

/** The name of a key: the same in every app that shares it. */
function kidOfKey(org: Org, appId: string, key: AppSigningKey): string {
  return org.keyring.kid(keyOwner(key.ofApp ?? appId), key.n)
}

// Every app has a first key, also one that signs nothing with it (recorded for a bookmark).
function keysOf(app: App): readonly AppSigningKey[] {
  const first = { n: 0, createdAt: app.createdAt, expiresAt: app.createdAt + 10 * yearMs }
  return [first, ...(app.signingKeys ?? [])]
}

/** The number of the next key that is made for an app; one that was given back is not given again. */
export const nextKey = (app: App): number => app.keysMade ?? 1

/** `GET /apps/{id}/credentials/keys` */
export async function listSigningKeys(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const rows = []
  for (const key of keysOf(app.value)) rows.push(await showKey(org, app.id, key))
  return listAnswer(org, x, rows)
}

/** `GET /apps/{id}/credentials/keys/{keyId}` */
export async function getSigningKey(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  return ok(await showKey(org, app.id, loadKey(org, app, x.params.keyId!)))
}

/** `POST /apps/{id}/credentials/keys/generate` */
export async function generateSigningKey(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadAppForChange(org, x)
  const n = nextKey(app.value)
  const key = { n, createdAt: x.now, expiresAt: x.now + readValidityMs(x) }
  await addSigningKey(org, x, app, key, { keysMade: n + 1 })
  logApp(org, x, 'app.keys.generate', app)
  return created(await showKey(org, app.id, key))
}

/** Writes an app with one key more, and with what goes along with it. */
export async function addSigningKey(
  org: Org,
  x: Exchange,
  app: Stored<App>,
  key: AppSigningKey,
  more: Partial<App> = {},
): Promise<void> {
  const value = { ...app.value, ...more, signingKeys: [...(app.value.signingKeys ?? []), key], lastUpdatedAt: x.now }
  await org.state.change([put(apps, app.id, value, app)])
}

/** `POST /apps/{id}/credentials/keys/{keyId}/clone?targetAid={appId}`: the target signs with the same key, if it likes. */
export async function cloneSigningKey(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const key = loadKey(org, app, x.params.keyId!)
  const targetId = paramOf(x, 'targetAid')
  if (targetId === undefined) {
    return fail(E0000001, 'required-field-missing', {
      field: 'cloneKey',
      causes: ['targetAid: The field cannot be left blank'],
    })
  }
  const target = await loadAppForChange(org, x, targetId)
  const kid = kidOfKey(org, app.id, key)
  if (kidsOf(org, target.id, target.value).includes(kid)) fail(E0000001, 'key-already-shared')
  // What is shared is the key with its certificate, which says when it was made for the first app.
  const { x5c } = await showKey(org, app.id, key)
  const copy = { ...key, ofApp: key.ofApp ?? app.id, certificate: x5c[0]! }
  await addSigningKey(org, x, target, copy)
  logApp(org, x, 'app.keys.clone', app, [
    { id: target.id, type: 'AppInstance', alternateId: target.value.label, displayName: target.value.label },
  ])
  return created(await showKey(org, target.id, copy))
}

/** A key of an app by its name, or E0000007. */
export function loadKey(org: Org, app: Stored<App>, kid: string): AppSigningKey {
  const key = keysOf(app.value).find((one) => kidOfKey(org, app.id, one) === kid)
  return key ?? fail(E0000007, 'resource-missing', { id: kid, type: 'JsonWebKey' })
}

/** The certificate of the key that an app signs with, or of another one of its keys, as base64. */
export async function certificateFor(org: Org, app: Stored<App>, kid: string | undefined): Promise<string> {
  const signing = app.value.credentials.signing as JsonObject | undefined
  const { x5c } = await showKey(org, app.id, loadKey(org, app, kid ?? String(signing?.kid ?? '')))
  return x5c[0]!
}

/** A key as Okta shows it, with its certificate. */
export async function showKey(org: Org, appId: string, key: AppSigningKey) {
  return showSigningKey(org, await org.keyring.make(keyOwner(key.ofApp ?? appId), key.n), key)
}
