// Which apps is a role limited to? The operations on app targets, for users, groups and clients alike.
import { E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type App, apps } from '../../entities/app.ts'
import { type RoleAssignment, roleAssignments } from '../../entities/role-assignment.ts'
import { fail } from '../../fail.ts'
import { type Exchange, noContent } from '../../http/exchange.ts'
import { pageAnswer, pageInOrder } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, type Stored } from '../../state/state.ts'
import { appIsKnown, roleTakesApps, withoutApp } from './rules.ts'
import { loadAssignment, loadHolder } from './store.ts'

const pages = { standard: 20, most: 200 }

/** Lists apps of the catalogue and single apps, by their names; none for all apps. */
export async function listAppTargets(org: Org, x: Exchange) {
  const role = await loadAssignment(org, (await loadHolder(org, x)).id, x.params.roleAssignmentId!)
  const rows: { target: string; app: Stored<App> | undefined }[] = []
  for (const target of [...(role.value.targetApps ?? [])].sort()) {
    const id = target.split('/')[1]
    const app = id === undefined ? undefined : await org.state.load(apps, id)
    if (app || id === undefined) rows.push({ target, app })
  }
  const page = pageInOrder(org, x, `app targets ${role.id}`, rows, { ...pages, placeOf: ({ target }) => [target] })
  return pageAnswer(org, x, page, ({ target, app }) => showAppTarget(org, role, target, app))
}

/** Adds all apps of a name, or one of them, which narrows a target of the name to it. */
export async function addAppTarget(org: Org, x: Exchange) {
  const { role, target } = await readTarget(org, x)
  const [name = '', id] = target.split('/')
  appIsKnown(name, (await org.state.find(apps, 'name', name, { limit: 1 })).length > 0)
  const others = (role.value.targetApps ?? []).filter((other) =>
    id === undefined ? !other.startsWith(`${name}/`) : other !== name,
  )
  await save(org, x, role, [...new Set([...others, target])])
  return noContent()
}

/** Takes one away; the last one stays, or the role would widen to all apps. */
export async function dropAppTarget(org: Org, x: Exchange) {
  const { role, target } = await readTarget(org, x)
  await save(org, x, role, withoutApp(role.value, target))
  return noContent()
}

/** Takes all targets away: the role reaches every app. 204, though 200 is documented (okta/okta-sdk-dotnet RoleBTargetAdminApiTests). */
export async function targetAllApps(org: Org, x: Exchange) {
  const role = await loadAssignment(org, (await loadHolder(org, x)).id, x.params.roleAssignmentId!)
  roleTakesApps(role.value)
  await save(org, x, role, undefined)
  return noContent()
}

async function readTarget(org: Org, x: Exchange): Promise<{ role: Stored<RoleAssignment>; target: string }> {
  const role = await loadAssignment(org, (await loadHolder(org, x)).id, x.params.roleAssignmentId!)
  roleTakesApps(role.value)
  const name = x.params.appName!
  const id = x.params.appId
  if (id === undefined) {
    return /^\w[\w-]{0,99}$/.test(name)
      ? { role, target: name }
      : fail(E0000007, 'resource-missing', { id: name, type: 'App' })
  }
  const app = await org.state.load(apps, id)
  if (app?.value.name !== name) return fail(E0000007, 'resource-missing', { id, type: 'AppInstance' })
  return { role, target: `${name}/${id}` }
}

async function save(org: Org, x: Exchange, role: Stored<RoleAssignment>, targetApps: readonly string[] | undefined) {
  const { targetApps: _old, ...kept } = role.value
  const value = { ...kept, ...(targetApps && { targetApps }), lastUpdatedAt: x.now }
  await org.state.change([put(roleAssignments, role.id, value, role)])
}

/** A target: the app itself, or all apps of the name. */
export function showAppTarget(org: Org, role: Stored<RoleAssignment>, target: string, app: Stored<App> | undefined) {
  return app ? showInstance(org, app) : showName(org, role, target)
}

function showInstance(org: Org, { id, value }: Stored<App>): Record<string, unknown> {
  return {
    name: value.label,
    status: value.status,
    id,
    _links: { self: { href: `${org.baseUrl}/api/v1/apps/${id}` } },
  }
}

function showName(org: Org, role: Stored<RoleAssignment>, name: string): Record<string, unknown> {
  return {
    name,
    displayName: name,
    description: '',
    status: 'ACTIVE',
    lastUpdated: isoDate(role.value.lastUpdatedAt),
    category: 'OTHER',
    verificationStatus: 'OKTA_VERIFIED',
    website: null,
    signOnModes: [],
    features: [],
    _links: { self: { href: `${org.baseUrl}/api/v1/catalog/apps/${name}` } },
  }
}
