// Which groups may use an app? The operations on groups of apps.
import { E0000003, E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type App, type AppGroup, appGroups, assignmentId } from '../../entities/app.ts'
import { findGroup } from '../../entities/find-group.ts'
import { type Group, groups } from '../../entities/group.ts'
import { fail } from '../../fail.ts'
import { checkFields, isBlank, type JsonObject, objectBody, objectMember, refuseFaults } from '../../fields.ts'
import { groupsSeen } from '../../gates/reach.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import { paramOf } from '../../lists/query.ts'
import { groupParty } from '../../log/parties.ts'
import type { Org } from '../../org.ts'
import { showGroup } from '../../shapes/group.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { logApp } from './events.ts'
import { loadApp } from './store.ts'
import { areDefined } from './user-schema.ts'

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
  const embeds = embedsGroup(x)
  return pageAnswer(org, x, page, ({ value, group }) =>
    showAppGroup(org, app, value, embeds(group) ? group : undefined),
  )
}

/** `GET /apps/{id}/groups/{groupId}` */
export async function getAppGroup(org: Org, x: Exchange): Promise<Answer> {
  const { app, group, assigned } = await loadAssigned(org, x)
  return ok(showAppGroup(org, app, assigned.value, embedsGroup(x)(group) ? group : undefined))
}

/** Which groups are shown whole: those that were asked for, as far as the caller may read them. */
function embedsGroup(x: Exchange): (group: Stored<Group>) => boolean {
  if (paramOf(x, 'expand') !== 'group') return () => false
  const sees = groupsSeen(x, 'groups.read')
  return (group) => !sees || sees(group)
}

/** `PUT /apps/{id}/groups/{groupId}` */
export async function assignGroup(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const group = await findGroup(org, x.params.groupId!)
  const body = x.body === undefined ? {} : objectBody(x.body)
  const old = await org.state.load(appGroups, assignmentId(app.id, group.id))
  return await store(org, x, { app, group, old }, readAssignment(body, old?.value))
}

/** `PATCH /apps/{id}/groups/{groupId}`: what the operations do not name stays (RFC 6902). */
export async function updateAppGroup(org: Org, x: Exchange): Promise<Answer> {
  const { app, group, assigned } = await loadAssigned(org, x)
  const { priority, profile } = assigned.value
  const next = patched({ priority, profile }, x.body ?? [])
  return await store(org, x, { app, group, old: assigned }, readAssignment(next, assigned.value))
}

interface AssignmentGiven {
  priority: number | undefined
  profile: JsonObject
}

function readAssignment(body: JsonObject, old: AppGroup | undefined): AssignmentGiven {
  refuseFaults(checkFields(body, { priority: { type: 'integer', min: 0, max: 1_000_000 } }))
  const { priority } = body
  return {
    priority: isBlank(priority) ? undefined : Number(priority),
    profile: objectMember(body, 'profile') ?? old?.profile ?? {},
  }
}

async function store(
  org: Org,
  x: Exchange,
  { app, group, old }: { app: Stored<App>; group: Stored<Group>; old: Stored<AppGroup> | undefined },
  { priority, profile }: AssignmentGiven,
): Promise<Answer> {
  // What was given to the group before may be an attribute that is gone by now.
  const sent = Object.entries(profile).filter(([name]) => !Object.hasOwn(old?.value.profile ?? {}, name))
  await areDefined(org, app, Object.fromEntries(sent))
  const value: AppGroup = {
    appId: app.id,
    groupId: group.id,
    priority: priority ?? (await nextPriority(org, app.id, old)),
    lastUpdatedAt: x.now,
    profile,
  }
  await org.state.change([put(appGroups, assignmentId(app.id, group.id), value, old)])
  const what = old ? 'group.application_assignment.update' : 'group.application_assignment.add'
  logApp(org, x, what, app, [groupParty(group)])
  return ok(showAppGroup(org, app, value))
}

const operationFields = {
  op: { type: 'string', required: true, oneOf: ['add', 'replace', 'remove'] },
  path: { type: 'string', required: true },
} as const

// `/priority`, `/profile` and `/profile/{attribute}` are all that an assignment has.
function patched(old: JsonObject, body: unknown): JsonObject {
  if (!Array.isArray(body)) return fail(E0000003, 'body-unreadable-shape')
  let next = old
  for (const operation of body) {
    const { op, path, value } = objectBody(operation)
    refuseFaults(checkFields({ op, path }, operationFields))
    const [, first, second, ...rest] = String(path)
      .split('/')
      .map((word) => word.replace(/~1/g, '/').replace(/~0/g, '~'))
    if (
      (first !== 'priority' && first !== 'profile') ||
      rest.length > 0 ||
      (first === 'priority' && second !== undefined)
    ) {
      refuseFaults([{ field: 'path', says: 'The field has an invalid value', kind: 'invalid' }])
    }
    const given = op === 'remove' ? undefined : value
    next =
      second === undefined
        ? { ...next, [first!]: given }
        : { ...next, profile: withMember(objectMember(next, 'profile') ?? {}, second, given) }
  }
  return next
}

function withMember(object: JsonObject, name: string, value: unknown): JsonObject {
  const members = new Map(Object.entries(object))
  if (value === undefined) members.delete(name)
  else members.set(name, value)
  return Object.fromEntries(members)
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
  const group = await findGroup(org, x.params.groupId!)
  const assigned =
    (await org.state.load(appGroups, assignmentId(app.id, group.id))) ??
    fail(E0000007, 'resource-missing', { id: group.id, type: 'GroupAssignment' })
  return { app, group, assigned }
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
