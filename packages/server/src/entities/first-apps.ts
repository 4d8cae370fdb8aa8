// Which apps does every org have from the start? Okta's own: the console, the dashboard and the browser plugin.
import type { Ids } from '../ids.ts'
import { put, type Write } from '../state/state.ts'
import { type App, apps } from './app.ts'
import type { Policy } from './policy.ts'

// The plugin shows the dashboard, and is guarded like it.
const firsts: readonly (readonly [name: string, label: string, guardedLike: string])[] = [
  ['saasure', 'Okta Admin Console', 'Okta Admin Console'],
  ['okta_enduser', 'Okta Dashboard', 'Okta Dashboard'],
  ['okta_browser_plugin', 'Okta Browser Plugin', 'Okta Dashboard'],
]

/** The writes that put them into a new org; `policyWrites` may hold policies that are kept for them. */
export function firstApps(ids: Ids, policyWrites: readonly Write[], now: number): Write[] {
  return firsts.map(([name, label, guardedLike]) => {
    const policy = policyWrites.find((write) => 'put' in write && (write.value as Policy).reservedFor === guardedLike)
    const app: App = {
      name,
      label,
      status: 'ACTIVE',
      signOnMode: 'OPENID_CONNECT',
      createdAt: now,
      lastUpdatedAt: now,
      features: [],
      visibility: { autoLaunch: false, autoSubmitToolbar: false, hide: { iOS: true, web: true }, appLinks: {} },
      accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
      settings: { app: {}, notifications: {}, notes: { admin: null, enduser: null } },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Okta's own expression, not ours
      credentials: { userNameTemplate: { template: '${source.login}', type: 'BUILT_IN' }, signing: {} },
      ...(policy && { policyId: policy.id }),
    }
    return put(apps, ids.next('0oa'), app)
  })
}
