// Which rules put users into realms, and what happens when they are run?
import { E0000007 } from '@errorg/errors/codes'
import {
  type RealmAssignment,
  type RealmOperation,
  realmAssignments,
  realmOperations,
  realms,
} from '../../entities/realm.ts'
import { users } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { checkFields, objectBody, refuseFaults } from '../../fields.ts'
import { created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, listAnswer, pageAnswer, readLimit, readPage } from '../../lists/page.ts'
import { paramOf } from '../../lists/query.ts'
import { mustExist } from '../../must-exist.ts'
import type { Org } from '../../org.ts'
import { assignmentFits, assignmentsInOrder, realmTakes } from '../../realm-rules.ts'
import { put, remove, type Stored, type Write } from '../../state/state.ts'
import { mayChange, mayDeleteAssignment, priorityIsFree, readAssignment } from './rules.ts'
import { configurationOf, showAssignment, showOperation } from './schema.ts'
import { loadRealm } from './store.ts'

const pages = { standard: 20, most: 200 }

/** In the order of priority; `after` is the priority of the last one. (documented) */
export async function listAssignments(org: Org, x: Exchange) {
  const limit = readLimit(x, pages)
  const after = Number(paramOf(x, 'after') ?? -1)
  const rows = (await assignmentsInOrder(org)).filter((row) => !(row.value.priority <= after))
  const page = rows.slice(0, limit)
  const next = rows.length > limit ? page.at(-1)!.value.priority : undefined
  const answer = listAnswer(
    org,
    x,
    page.map((row) => showAssignment(org, row)),
  )
  if (next === undefined) return answer
  const link = `<${org.baseUrl}${x.path}?after=${next}&limit=${limit}>; rel="next"`
  return { ...answer, headers: [...(answer.headers ?? []), ['link', link] as const] }
}

/** `POST /realm-assignments` */
export async function createAssignment(org: Org, x: Exchange) {
  const { priority, ...parts } = readAssignment(x.body)
  await loadRealm(org, parts.realmId)
  await mayComeFrom(org, parts)
  const value: RealmAssignment = {
    ...parts,
    priority: priority ?? (await freePriority(org)),
    status: 'ACTIVE',
    isDefault: false,
    createdAt: x.now,
    lastUpdatedAt: x.now,
  }
  priorityIsFree(await org.state.holder(realmAssignments, `priority:${value.priority}`))
  const assignment = { id: org.ids.next('rul'), version: 0, value }
  await org.state.change([put(realmAssignments, assignment.id, value)])
  // Recorded as 200; the reference says 201.
  return ok(showAssignment(org, assignment))
}

function mayComeFrom(org: Org, { profileSourceId }: Pick<RealmAssignment, 'profileSourceId'>): Promise<void> {
  const ids = profileSourceId === undefined ? [] : [profileSourceId]
  return mustExist(org, [{ field: 'conditions.profileSourceId', what: 'profile source', ids }])
}

/** `GET /realm-assignments/{id}` */
export async function getAssignment(org: Org, x: Exchange) {
  return ok(showAssignment(org, await load(org, x)))
}

/** `PUT /realm-assignments/{id}`: status and moment of making stay. */
export async function replaceAssignment(org: Org, x: Exchange) {
  const assignment = await load(org, x)
  mayChange(assignment.value)
  const { priority = assignment.value.priority, ...parts } = readAssignment(x.body)
  await loadRealm(org, parts.realmId)
  await mayComeFrom(org, parts)
  priorityIsFree(await org.state.holder(realmAssignments, `priority:${priority}`), assignment.id)
  const { status, isDefault, createdAt } = assignment.value
  const value: RealmAssignment = { ...parts, priority, status, isDefault, createdAt, lastUpdatedAt: x.now }
  await org.state.change([put(realmAssignments, assignment.id, value, assignment)])
  return ok(showAssignment(org, { ...assignment, value }))
}

/** `DELETE /realm-assignments/{id}` */
export async function deleteAssignment(org: Org, x: Exchange) {
  const assignment = await load(org, x)
  mayDeleteAssignment(assignment.value)
  await org.state.change([remove(realmAssignments, assignment)])
  return noContent()
}

/** `POST /realm-assignments/{id}/lifecycle/activate` */
export const activateAssignment = (org: Org, x: Exchange) => switchTo(org, x, 'ACTIVE')
/** `POST /realm-assignments/{id}/lifecycle/deactivate` */
export const deactivateAssignment = (org: Org, x: Exchange) => switchTo(org, x, 'INACTIVE')

async function switchTo(org: Org, x: Exchange, status: RealmAssignment['status']) {
  const assignment = await load(org, x)
  mayChange(assignment.value)
  if (assignment.value.status === status) return noContent()
  const value = { ...assignment.value, status, lastUpdatedAt: x.now }
  await org.state.change([put(realmAssignments, assignment.id, value, assignment)])
  return noContent()
}

/** `GET /realm-assignments/operations`, oldest first. */
export async function listOperations(org: Org, x: Exchange) {
  const { limit, after } = readPage(org, x, { ...pages, prefix: 'rre' })
  const rows = await org.state.scan(realmOperations, { after, limit: limit + 1 })
  return pageAnswer(org, x, cutPage(rows, limit), (row) => showOperation(org, row))
}

/** Runs one assignment, or `ALL` that are active, over the users that are there: the first that fits decides. */
export async function execute(org: Org, x: Exchange) {
  const body = objectBody(x.body)
  refuseFaults(checkFields(body, { assignmentId: { type: 'string', required: true, max: 100 } }))
  const id = String(body.assignmentId)
  const all = id === 'ALL'
  const chosen = all
    ? (await assignmentsInOrder(org)).filter((row) => row.value.status === 'ACTIVE')
    : [await loadById(org, id)]
  const realmsById = new Map((await org.state.scan(realms)).map((row) => [row.id, row.value]))
  const moves: Write[] = []
  for (const user of await org.state.scan(users)) {
    const fitting = chosen.find(({ value }) => assignmentFits(org, value, user, x.now))?.value
    if (!fitting || fitting.realmId === user.value.realmId) continue
    if (!realmTakes(realmsById.get(fitting.realmId), user.value)) continue
    moves.push(put(users, user.id, { ...user.value, realmId: fitting.realmId, lastUpdatedAt: x.now }, user))
  }
  const [only] = chosen
  const value: RealmOperation = {
    at: x.now,
    configuration: all || !only ? { id: 'ALL', name: 'All Assignments' } : configurationOf(only.id, only.value),
    ...(!all && only && { realmId: only.value.realmId, realmName: realmsById.get(only.value.realmId)?.name }),
    moved: moves.length,
  }
  const operation = { id: org.ids.next('rre'), version: 0, value }
  await org.state.change([...moves, put(realmOperations, operation.id, value)])
  return created(showOperation(org, operation))
}

async function freePriority(org: Org): Promise<number> {
  const taken = new Set((await org.state.scan(realmAssignments)).map((row) => row.value.priority))
  let priority = 0
  while (taken.has(priority)) priority += 1
  return priority
}

function load(org: Org, x: Exchange): Promise<Stored<RealmAssignment>> {
  return loadById(org, x.params.assignmentId!)
}

async function loadById(org: Org, id: string): Promise<Stored<RealmAssignment>> {
  const found = await org.state.load(realmAssignments, id)
  return found ?? fail(E0000007, 'resource-missing', { id, type: 'RealmAssignment' })
}
