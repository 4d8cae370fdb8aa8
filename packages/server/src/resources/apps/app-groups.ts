// Which groups may use an app? The operations on groups of apps.
import { E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type App, type AppGroup, appGroups, assignmentId } from '../../entities/app.ts'
import { type Group, groups } from '../../entities/group.ts'
import { fail } from '../../fail.ts'
import { checkFields, objectBody, objectMember, refuseFaults } from '../../fields.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, listAnswer, readPage } from '../../lists/page.ts'
import { paramOf } from '../../lists/query.ts'
import type { LogParty } from '../../log/event.ts'
import type { Org } from '../../org.ts'
import { showGroup } from '../../shapes/group.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { logApp } from './events.ts'
import { loadApp } from './store.ts'

const pages = { standard: 20, most: 200, prefix: '00g' }

/** `GET /apps/{id}/groups` */
export async function listAppGroups(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const { after, limit } = readPage(org, x, pages)
  const q = paramOf(x, 'q')?.toLowerCase()
  const rows = await org.state.find(appGroups, 'app', app.id, {
    after: after === undefined ? undefined : assignmentId(app.id, after),
  })
  const found = []
  for (const { value } of rows) {
    const group = await org.state.load(groups, value.groupId)
    if (group && (q === undefined || String(group.value.profile.name).toLowerCase().startsWith(q))) {
      found.push({ id: value.groupId, value, group })
    }
    if (found.length > limit) break
  }
  const page = cutPage(found, limit)
  const embed = paramOf(x, 'expand') === 'group'
  return listAnswer(
    org,
    x,
    page.rows.map(({ value, group }) => showAppGroup(org, app, value, embed ? group : undefined)),
    page.next,
  )
}

/** `GET /apps/{id}/groups/{groupId}` */
export async function getAppGroup(org: Org, x: Exchange): Promise<Answer> {
  const { app, group, assigned } = await loadAssigned(org, x)
  return ok(showAppGroup(org, app, assigned.value, paramOf(x, 'expand') === 'group' ? group : undefined))
}

/** `PUT /apps/{id}/groups/{groupId}` */
export async function assignGroup(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const group = await loadGroup(org, x.params.groupId!)
  const body = x.body === undefined ? {} : objectBody(x.body)
  refuseFaults(checkFields(body, { priority: { type: 'integer', min: 0, max: 1_000_000 } }))
  const id = assignmentId(app.id, group.id)
  const old = await org.state.load(appGroups, id)
  const value: AppGroup = {
    appId: app.id,
    groupId: group.id,
    priority:
      body.priority === undefined || body.priority === null
        ? await nextPriority(org, app.id, old)
        : Number(body.priority),
    lastUpdatedAt: x.now,
    profile: objectMember(body, 'profile') ?? old?.value.profile ?? {},
  }
  await org.state.change([put(appGroups, id, value, old)])
  const what = old ? 'group.application_assignment.update' : 'group.application_assignment.add'
  logApp(org, x, what, app, [groupParty(group)])
  return ok(showAppGroup(org, app, value))
}

/** `DELETE /apps/{id}/groups/{groupId}` */
export async function unassignGroup(org: Org, x: Exchange): Promise<Answer> {
  const { app, group, assigned } = await loadAssigned(org, x)
  await org.state.change([remove(appGroups, assigned)])
  logApp(org, x, 'group.application_assignment.remove', app, [groupParty(group)])
  return noContent()
}

async function nextPriority(org: Org, appId: string, old: Stored<AppGroup> | undefined): Promise<number> {
  if (old) return old.value.priority
  const rows = await org.state.find(appGroups, 'app', appId)
  return rows.reduce((most, row) => Math.max(most, row.value.priority + 1), 0)
}

async function loadAssigned(org: Org, x: Exchange) {
  const app = await loadApp(org, x)
  const group = await loadGroup(org, x.params.groupId!)
  const assigned =
    (await org.state.load(appGroups, assignmentId(app.id, group.id))) ??
    fail(E0000007, 'resource-missing', { id: group.id, type: 'GroupAssignment' })
  return { app, group, assigned }
}

async function loadGroup(org: Org, id: string): Promise<Stored<Group>> {
  return (await org.state.load(groups, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'UserGroup' })
}

function showAppGroup(org: Org, app: Stored<App>, value: AppGroup, group?: Stored<Group>): Record<string, unknown> {
  const base = `${org.baseUrl}/api/v1`
  return {
    id: value.groupId,
    lastUpdated: isoDate(value.lastUpdatedAt),
    priority: value.priority,
    profile: value.profile,
    ...(group && { _embedded: { group: showGroup(org, group) } }),
    _links: {
      app: { href: `${base}/apps/${app.id}` },
      self: { href: `${base}/apps/${app.id}/groups/${value.groupId}` },
      group: { href: `${base}/groups/${value.groupId}` },
    },
  }
}

function groupParty({ id, value }: Stored<Group>): LogParty {
  return { id, type: 'UserGroup', alternateId: 'unknown', displayName: String(value.profile.name) }
}
