// Which groups are pushed to an app? The operations on group push mappings. What is pushed stays in the org: the group of
// the app that a mapping points to.
import { E0000001, E0000027 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type App, appGroups } from '../../entities/app.ts'
import { type GroupPushMapping, groupPushMappings } from '../../entities/app-relations.ts'
import { findGroup } from '../../entities/find-group.ts'
import { type Group, groups, memberships } from '../../entities/group.ts'
import { roleAssignments } from '../../entities/role-assignment.ts'
import { fail } from '../../fail.ts'
import { checkFields, isBlank, type JsonObject, objectBody, objectMember, refuseFaults } from '../../fields.ts'
import { forgetting } from '../../forget.ts'
import { isSuperAdmin, mayChangeHolder } from '../../gates/holders.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import { readFlag } from '../../http/query.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import { paramOf } from '../../lists/query.ts'
import { groupParty } from '../../log/parties.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored, type Write } from '../../state/state.ts'
import { logApp } from './events.ts'
import { isOfCatalogue } from './modes.ts'
import { isProvisioned } from './provisioning.ts'
import { loadApp, loadAppForChange, loadPart } from './store.ts'

const pages = { standard: 100, most: 1_000, prefix: 'gPm' }

/** `GET /apps/{id}/group-push/mappings` */
export async function listMappings(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const { after, limit } = readPage(org, x, pages)
  const { since, status, sourceGroupId } = readCriteria(x)
  const rows = (await org.state.find(groupPushMappings, 'app', app.id, { after })).filter(
    ({ value }) =>
      value.lastUpdatedAt >= since &&
      (status === undefined || value.status === status) &&
      (sourceGroupId === undefined || value.sourceId === sourceGroupId),
  )
  return pageAnswer(org, x, cutPage(rows, limit), (row) => showMapping(org, row))
}

function readCriteria(x: Exchange) {
  const status = paramOf(x, 'status')
  const lastUpdated = paramOf(x, 'lastUpdated')
  refuseFaults(
    checkFields(
      { status, lastUpdated },
      {
        status: { type: 'string', oneOf: ['ACTIVE', 'INACTIVE', 'ERROR'] },
        lastUpdated: { type: 'string', form: { test: isMoment, says: 'The field has an invalid value' } },
      },
    ),
  )
  const since = lastUpdated === undefined ? 0 : Date.parse(lastUpdated)
  return { since, status, sourceGroupId: paramOf(x, 'sourceGroupId') }
}

const isMoment = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text))

/** `POST /apps/{id}/group-push/mappings`: 200, where the description says 201 (recorded). */
export async function createMapping(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadAppForChange(org, x)
  const given = readMapping(x.body)
  mayPush(app.value)
  const source = await findGroup(org, given.sourceGroupId)
  const held = await org.state.holder(groupPushMappings, `${app.id}:${source.id}`)
  if (held) {
    fail(E0000027, 'group-already-pushed', {
      message: `The group ${source.id} is already mapped to a group of this application.`,
    })
  }
  const { targetId, writes } = await targetOf(org, app, given, x.now)
  if (!isSuperAdmin(x)) await mayChangeHolder(org, x, targetId)
  const id = org.ids.next('gPm')
  const value: GroupPushMapping = {
    appId: app.id,
    sourceId: source.id,
    targetId,
    status: given.status,
    ...(given.appConfig && { appConfig: given.appConfig }),
    createdAt: x.now,
    lastUpdatedAt: x.now,
  }
  await org.state.change([put(groupPushMappings, id, value), ...writes])
  logApp(org, x, 'application.provision.group_push.mapping.created', app, [groupParty(source)])
  return ok(showMapping(org, { id, version: 0, value }))
}

/** An app of the catalogue can take groups (recorded: with no connection set up); others once they are provisioned. */
function mayPush(app: App): void {
  if (!isOfCatalogue(app.name, app.signOnMode) && !isProvisioned(app)) {
    fail(E0000027, 'push-not-possible', { message: 'Group push is not supported by this application.' })
  }
}

interface MappingGiven {
  sourceGroupId: string
  targetGroupId: string | undefined
  targetGroupName: string | undefined
  status: 'ACTIVE' | 'INACTIVE'
  appConfig: JsonObject | undefined
}

const statusField = { type: 'string', oneOf: ['ACTIVE', 'INACTIVE'] } as const

const directoryFields = {
  type: { type: 'string', required: true, oneOf: ['ACTIVE_DIRECTORY'] },
  distinguishedName: { type: 'string', required: true },
  groupScope: { type: 'string', required: true, oneOf: ['DOMAIN_LOCAL', 'GLOBAL', 'UNIVERSAL'] },
  groupType: { type: 'string', required: true, oneOf: ['DISTRIBUTION', 'SECURITY'] },
  samAccountName: { type: 'string', required: true },
} as const

function readMapping(body: unknown): MappingGiven {
  const given = objectBody(body)
  const faults = checkFields(given, {
    sourceGroupId: { type: 'string', required: true },
    targetGroupId: { type: 'string' },
    targetGroupName: { type: 'string', max: 255 },
    status: statusField,
  })
  const appConfig = objectMember(given, 'appConfig')
  if (appConfig) faults.push(...checkFields(appConfig, directoryFields))
  const targetGroupId = textOf(given.targetGroupId)
  const targetGroupName = textOf(given.targetGroupName)
  // Either of them (documented); the sentence is inferred.
  if ((targetGroupId === undefined) === (targetGroupName === undefined)) {
    const says = 'Either targetGroupId or targetGroupName must be provided, but not both'
    faults.push({ field: 'targetGroupId', says, kind: 'invalid' })
  }
  refuseFaults(faults)
  return {
    sourceGroupId: String(given.sourceGroupId),
    targetGroupId,
    targetGroupName,
    status: given.status === 'INACTIVE' ? 'INACTIVE' : 'ACTIVE',
    appConfig,
  }
}

const textOf = (value: unknown): string | undefined => (isBlank(value) ? undefined : String(value))

// A name that the app has already means the group that has it (documented).
async function targetOf(
  org: Org,
  app: Stored<App>,
  { targetGroupId, targetGroupName }: MappingGiven,
  now: number,
): Promise<{ targetId: string; writes: Write[] }> {
  if (targetGroupId !== undefined) {
    const { id, value } = await findGroup(org, targetGroupId)
    if (value.type !== 'APP_GROUP') {
      refuseFaults([{ field: 'targetGroupId', says: 'The group must be a group of the application', kind: 'invalid' }])
    }
    return { targetId: id, writes: [] }
  }
  const mappings = await org.state.find(groupPushMappings, 'app', app.id)
  for (const { value } of mappings) {
    const group = await org.state.load(groups, value.targetId)
    if (String(group?.value.profile.name).toLowerCase() === targetGroupName!.toLowerCase()) {
      return { targetId: value.targetId, writes: [] }
    }
  }
  const id = org.ids.next('00g')
  const value: Group = {
    type: 'APP_GROUP',
    createdAt: now,
    lastUpdatedAt: now,
    lastMembershipUpdatedAt: now,
    profile: { name: targetGroupName, description: null },
  }
  return { targetId: id, writes: [put(groups, id, value)] }
}

/** `GET /apps/{id}/group-push/mappings/{mappingId}` */
export async function getMapping(org: Org, x: Exchange): Promise<Answer> {
  await loadApp(org, x)
  return ok(showMapping(org, await loadMapping(org, x)))
}

/** `PATCH /apps/{id}/group-push/mappings/{mappingId}`: switches it. */
export async function updateMapping(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadAppForChange(org, x)
  const old = await loadMapping(org, x)
  const given = objectBody(x.body)
  refuseFaults(checkFields(given, { status: { ...statusField, required: true } }))
  const status = given.status as 'ACTIVE' | 'INACTIVE'
  const value = { ...old.value, status, lastUpdatedAt: x.now }
  await org.state.change([put(groupPushMappings, old.id, value, old)])
  if (status !== old.value.status) {
    const step = status === 'ACTIVE' ? 'activate_mapping' : 'deactivate_mapping'
    logApp(org, x, `application.provision.group_push.${step}`, app)
  }
  return ok(showMapping(org, { ...old, value }))
}

/** `DELETE /apps/{id}/group-push/mappings/{mappingId}`: 200 without a body, where the description says 204 (recorded). */
export async function deleteMapping(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadAppForChange(org, x)
  const mapping = await loadMapping(org, x)
  const withTarget = readFlag(x, 'deleteTargetGroup', false)
  if (mapping.value.status === 'ACTIVE') fail(E0000001, 'push-mapping-still-active')
  const target = withTarget ? await org.state.load(groups, mapping.value.targetId) : undefined
  const others = (await org.state.find(groupPushMappings, 'group', mapping.value.targetId)).length > 1
  const goes = target?.value.type === 'APP_GROUP' && !others ? await removalsWithTarget(org, target) : []
  if (goes.length > 0 && !isSuperAdmin(x)) await mayChangeHolder(org, x, mapping.value.targetId)
  await org.state.change([remove(groupPushMappings, mapping), ...goes])
  logApp(org, x, 'application.provision.group_push.removed', app)
  if (goes.length > 0) logApp(org, x, 'application.provision.group_push.delete_appgroup', app, [groupParty(target!)])
  return { status: 200 }
}

async function removalsWithTarget(org: Org, target: Stored<Group>): Promise<Write[]> {
  const { state } = org
  return [
    remove(groups, target),
    ...(await state.find(memberships, 'group', target.id)).map((row) => remove(memberships, row)),
    ...(await state.find(appGroups, 'group', target.id)).map((row) => remove(appGroups, row)),
    ...(await state.find(roleAssignments, 'holder', target.id)).map((row) => remove(roleAssignments, row)),
    ...(await forgetting(org, target.id)),
  ]
}

function loadMapping(org: Org, x: Exchange): Promise<Stored<GroupPushMapping>> {
  return loadPart(org, x, groupPushMappings, x.params.mappingId!, 'GroupPushMapping')
}

function showMapping(org: Org, { id, value }: Stored<GroupPushMapping>): Record<string, unknown> {
  const base = `${org.baseUrl}/api/v1`
  return {
    id,
    ...(value.appConfig && { appConfig: value.appConfig }),
    sourceGroupId: value.sourceId,
    targetGroupId: value.targetId,
    status: value.status,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    _links: {
      app: { href: `${base}/apps/${value.appId}` },
      sourceGroup: { href: `${base}/groups/${value.sourceId}` },
      targetGroup: { href: `${base}/groups/${value.targetId}` },
    },
  }
}
