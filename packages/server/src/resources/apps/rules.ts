// What may be done with an app, and by whom?
import { E0000001, E0000009, E0000024, E0000039, E0000040, E0000056 } from '@errorg/errors/codes'
import type { App } from '../../entities/app.ts'
import { fail } from '../../fail.ts'
import { isWizardApp } from './modes.ts'

/** Names of Okta's own apps; nobody changes them through the API. */
export const oktaApps: ReadonlySet<string> = new Set([
  'saasure',
  'okta_enduser',
  'okta_browser_plugin',
  'okta_flow_sso',
])

/** Is this app one of Okta's own, which every org has? */
export function isOwnedByOkta(name: string): boolean {
  return oktaApps.has(name)
}

/** May this app be replaced, switched or deleted at all? */
export function mayChange({ name }: App): void {
  if (isOwnedByOkta(name)) fail(E0000039, 'app-owned-by-okta', { name })
}

/** An app of the wizard that fills in forms is edited while it is active (recorded). */
export function mayReplaceNow(app: App): void {
  if (app.status === 'INACTIVE' && app.signOnMode === 'AUTO_LOGIN' && isWizardApp(app.name, app.signOnMode)) {
    fail(E0000024, 'app-has-no-active-instance', { name: app.name })
  }
}

/** Only inactive apps go, and only when their changes are worked in. */
export function mayDelete(app: App, now: number): void {
  if (app.status === 'ACTIVE') fail(E0000056, 'app-still-active')
  hasSettled(app, now)
}

/** An app whose policy is still being changed is not deleted yet (recorded as a fault of the server). */
export function hasSettled(app: App, now: number): void {
  if (app.settlesAt !== undefined && now < app.settlesAt) fail(E0000009, 'app-deletion-faulted')
}

/** Labels may repeat since 2021.06.3; an org can keep the older rule. `others` are the active apps with this label. */
export function labelIsFree(unique: boolean, others: readonly { id: string }[], ownId?: string): void {
  if (unique && others.some((other) => other.id !== ownId)) fail(E0000040, 'label-taken')
}

/** An org has as many apps as its edition allows. */
export function roomForOneMore(count: number, most: number | null): void {
  if (most !== null && count >= most) fail(E0000001, 'app-limit-reached', { most })
}
