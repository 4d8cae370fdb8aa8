// How are apps made, read, changed, switched and deleted?
import { E0000001 } from '@errorg/errors/codes'
import { type App, apps, type ClientSecret, clientSecrets } from '../../entities/app.ts'
import { findClient } from '../../entities/find-app.ts'
import { loadSetting } from '../../entities/org-setting.ts'
import { roleAssignments } from '../../entities/role-assignment.ts'
import { schemaChanges } from '../../entities/user-schema.ts'
import { fail } from '../../fail.ts'
import { isSuperAdmin } from '../../gates/holders.ts'
import { reachApp } from '../../gates/reach.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { readFlag } from '../../http/query.ts'
import type { Org } from '../../org.ts'
import { showApp, showAppInList } from '../../shapes/app.ts'
import { put, remove, type Write } from '../../state/state.ts'
import { hasSecret } from './client.ts'
import { readDefinition } from './definition.ts'
import { logApp } from './events.ts'
import { labelIsFree, mayDelete, mayReplaceNow, oktaApps, roomForOneMore } from './rules.ts'
import { loadApp, loadAppForChange, removalsWith, secretsOf } from './store.ts'

/** `POST /apps` */
export async function createApp(org: Org, x: Exchange): Promise<Answer> {
  const activate = readFlag(x, 'activate', true)
  const id = org.ids.next('0oa')
  const { app, secret } = readDefinition(org, x.body, { appId: id, now: x.now })
  reachApp(x, app.name)
  await checkRoom(org)
  await checkLabel(org, app.label)
  if (app.oauth && (await findClient(org, app.oauth.clientId))) {
    fail(E0000001, 'client-id-taken', { field: 'client_id' })
  }
  const value: App = { ...app, status: activate ? 'ACTIVE' : 'INACTIVE', createdAt: x.now, lastUpdatedAt: x.now }
  const kept = app.oauth && hasSecret(app.oauth.authMethod) ? newSecret(org, id, secret, x.now) : undefined
  await org.state.change([
    put(apps, id, value),
    ...(kept ? [put(clientSecrets, org.ids.next('ocs'), kept)] : []),
    ...(await firstRole(org, x, value)),
  ])
  const stored = { id, version: 0, value }
  logApp(org, x, 'application.lifecycle.create', stored)
  if (activate) logApp(org, x, 'application.lifecycle.activate', stored)
  return ok(showApp(org, stored, kept?.secret))
}

/**
 * An org can let its service apps begin as super administrators (documented); by default they begin as nobody. Only who
 * may give the role makes such an app: those of others begin as nobody still. (inferred)
 */
export async function firstRole(org: Org, x: Exchange, { oauth }: App): Promise<Write[]> {
  if (oauth?.applicationType !== 'service' || !isSuperAdmin(x)) return []
  if (!(await loadSetting(org, 'clientPrivileges')).value.superAdmin) return []
  const role = { holderId: oauth.clientId, holder: 'CLIENT', createdAt: x.now, lastUpdatedAt: x.now } as const
  return [put(roleAssignments, org.ids.next('ra1'), { ...role, type: 'SUPER_ADMIN' })]
}

/** `GET /apps/{id}` */
export async function getApp(org: Org, x: Exchange): Promise<Answer> {
  return ok(org.shown(showAppInList, await loadApp(org, x)))
}

/** `PUT /apps/{id}` */
export async function replaceApp(org: Org, x: Exchange): Promise<Answer> {
  const old = await loadAppForChange(org, x)
  const schema = await org.state.load(schemaChanges, old.id)
  const userNameOpen = schema?.value.base.userName?.self === 'READ_WRITE'
  const { app, secret } = readDefinition(org, x.body, { appId: old.id, now: x.now, old: old.value, userNameOpen })
  mayReplaceNow(old.value)
  if (old.value.status === 'ACTIVE') await checkLabel(org, app.label, old.id)
  // What the body does not decide stays: status, policy, provisioning, attributes, keys.
  const { oauth: _oauth, profile: _profile, ...kept } = old.value
  const value: App = { ...kept, ...app, lastUpdatedAt: x.now }
  const { writes, shown } = await secretChange(org, { id: old.id, value }, secret, x.now)
  await org.state.change([put(apps, old.id, value, old), ...writes])
  const next = { ...old, value }
  logApp(org, x, 'application.lifecycle.update', next)
  return ok(showApp(org, next, shown))
}

/** `DELETE /apps/{id}` */
export async function deleteApp(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadAppForChange(org, x)
  mayDelete(app.value, x.now)
  await org.state.change([remove(apps, app), ...(await removalsWith(org, app))])
  logApp(org, x, 'application.lifecycle.delete', app)
  return noContent()
}

/** `POST /apps/{id}/lifecycle/activate` */
export async function activateApp(org: Org, x: Exchange): Promise<Answer> {
  return await switchTo(org, x, 'ACTIVE')
}

/** `POST /apps/{id}/lifecycle/deactivate` */
export async function deactivateApp(org: Org, x: Exchange): Promise<Answer> {
  return await switchTo(org, x, 'INACTIVE')
}

// Switching to where an app is already changes nothing; the answer is an empty object either way (recorded).
async function switchTo(org: Org, x: Exchange, status: App['status']): Promise<Answer> {
  const app = await loadAppForChange(org, x)
  if (app.value.status === status) return ok({})
  if (status === 'ACTIVE') await checkLabel(org, app.value.label, app.id)
  const value = { ...app.value, status, lastUpdatedAt: x.now }
  await org.state.change([put(apps, app.id, value, app)])
  logApp(org, x, status === 'ACTIVE' ? 'application.lifecycle.activate' : 'application.lifecycle.deactivate', app)
  return ok({})
}

/** Refuses one app more than the org may have. Okta's own take nobody's place. */
export async function checkRoom(org: Org): Promise<void> {
  const { most } = org.settings.apps
  if (most === null) return
  let count = await org.state.count(apps as never)
  for (const name of oktaApps) count -= await org.state.count(apps as never, 'name', name)
  roomForOneMore(count, most)
}

async function checkLabel(org: Org, label: string, ownId?: string): Promise<void> {
  if (org.settings.features.UNIQUE_APP_LABELS !== true) return
  const others = await org.state.find(apps, 'label', label.toLowerCase())
  labelIsFree(
    true,
    others.filter((other) => other.value.status === 'ACTIVE'),
    ownId,
  )
}

/** A new secret: the caller's own, or one that nobody can guess. */
export function newSecret(org: Org, appId: string, secret: string | undefined, now: number): ClientSecret {
  return { appId, secret: secret ?? org.ids.secret(64), status: 'ACTIVE', createdAt: now, lastUpdatedAt: now }
}

/**
 * A replaced client keeps its secret unless another one was sent, gets one when it needs one now, and loses them when it
 * needs none any more.
 */
export async function secretChange(
  org: Org,
  { id, value }: { id: string; value: App },
  secret: string | undefined,
  now: number,
): Promise<{ writes: Write[]; shown: string | undefined }> {
  if (!value.oauth) return { writes: [], shown: undefined }
  const kept = await secretsOf(org, id)
  if (!hasSecret(value.oauth.authMethod))
    return { writes: kept.map((row) => remove(clientSecrets, row)), shown: undefined }
  const active = kept.find((row) => row.value.status === 'ACTIVE')
  if (active && (secret === undefined || secret === active.value.secret))
    return { writes: [], shown: active.value.secret }
  if (active) {
    const changed = { ...active.value, secret: secret!, lastUpdatedAt: now }
    return { writes: [put(clientSecrets, active.id, changed, active)], shown: changed.secret }
  }
  const fresh = newSecret(org, id, secret, now)
  return { writes: [put(clientSecrets, org.ids.next('ocs'), fresh)], shown: fresh.secret }
}
