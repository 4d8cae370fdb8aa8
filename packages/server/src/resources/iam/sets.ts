// Which operations does the API have on sets of resources and what they hold?
import { E0000007 } from '@errorg/errors/codes'
import { findResourceSet } from '../../entities/find-iam.ts'
import { type ResourceSet, resourceSets, type SetResource } from '../../entities/resource-set.ts'
import { roleAssignments } from '../../entities/role-assignment.ts'
import { fail } from '../../fail.ts'
import { objectBody } from '../../fields.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import { readPage } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { note, resourceParty, setParty } from './events.ts'
import { nameOfResource } from './resource-names.ts'
import { readExclusions, readLabel, readOneResource, readResources, setHasRoom, setLabelIsFree } from './rules.ts'
import { listBody, setUrl, showResource, showSet } from './schema.ts'

const pages = { standard: 100, most: 100, prefix: 'iam' }
const resourcePages = { standard: 100, most: 1000, prefix: 'ire' }

const labelHolder = (org: Org, label: string) => org.state.holder(resourceSets, `label:${label.toLowerCase()}`)

/** `GET /iam/resource-sets` */
export async function listSets(org: Org, x: Exchange) {
  const page = readPage(org, x, pages)
  return listBody(x, org, 'resource-sets', await org.state.scan(resourceSets), page, (set) => showSet(org, set))
}

/** `POST /iam/resource-sets` */
export async function createSet(org: Org, x: Exchange) {
  const parts = readLabel(objectBody(x.body))
  const texts = readResources(x.body, 'resources')
  setLabelIsFree(await labelHolder(org, parts.label))
  const value: ResourceSet = { ...parts, resources: [], createdAt: x.now, lastUpdatedAt: x.now }
  const set = { id: org.ids.next('iam'), version: 0, value: { ...value, resources: await grown(org, x, [], texts) } }
  await org.state.change([put(resourceSets, set.id, set.value)])
  note(org, x, 'iam.resourceset.create', [setParty(set)])
  note(org, x, 'iam.resourceset.resources.add', [setParty(set), ...partiesOf(org, set.value.resources)])
  return ok(showSet(org, set))
}

/** `GET /iam/resource-sets/{resourceSetIdOrLabel}` */
export async function getSet(org: Org, x: Exchange) {
  return ok(showSet(org, await loadSet(org, x)))
}

/** Label and description; what the set holds stays. */
export async function replaceSet(org: Org, x: Exchange) {
  const set = await loadSet(org, x)
  const parts = readLabel(objectBody(x.body))
  setLabelIsFree(await labelHolder(org, parts.label), set.id)
  const next = await save(org, set, { ...set.value, ...parts, lastUpdatedAt: x.now })
  note(org, x, 'iam.resourceset.update', [setParty(next)])
  return ok(showSet(org, next))
}

/** With the set go the roles that were given on it. */
export async function deleteSet(org: Org, x: Exchange) {
  const set = await loadSet(org, x)
  const held = await org.state.find(roleAssignments, 'resourceSet', set.id)
  await org.state.change([remove(resourceSets, set), ...held.map((one) => remove(roleAssignments, one))])
  note(org, x, 'iam.resourceset.delete', [setParty(set)])
  return noContent()
}

/** `GET …/resources`, with pages of their own. */
export async function listResources(org: Org, x: Exchange) {
  const set = await loadSet(org, x)
  const page = readPage(org, x, resourcePages)
  const show = (resource: SetResource) => showResource(org, set.id, resource)
  return listBody(x, org, 'resources', set.value.resources, page, show, {
    'resource-set': { href: setUrl(org, set.id) },
  })
}

/** Adds some, by URL or name. What the set has already stays as it is. */
export async function addResources(org: Org, x: Exchange) {
  const set = await loadSet(org, x)
  const resources = await grown(org, x, set.value.resources, readResources(x.body, 'additions'))
  const next = await save(org, set, { ...set.value, resources, lastUpdatedAt: x.now })
  const added = resources.slice(set.value.resources.length)
  if (added.length > 0) note(org, x, 'iam.resourceset.resources.add', [setParty(next), ...partiesOf(org, added)])
  return ok(showSet(org, next))
}

/** Adds one, which may leave some out. */
export async function addResource(org: Org, x: Exchange) {
  const set = await loadSet(org, x)
  const body = objectBody(x.body)
  const name = await nameOfResource(org, x, readOneResource(body))
  const resource = {
    ...(set.value.resources.find((one) => one.name === name) ?? { id: org.ids.next('ire'), name, createdAt: x.now }),
    without: await namesOf(org, x, readExclusions(body)),
    lastUpdatedAt: x.now,
  }
  const resources = placed(set.value.resources, resource)
  setHasRoom(resources.length)
  const next = await save(org, set, { ...set.value, resources, lastUpdatedAt: x.now })
  note(org, x, 'iam.resourceset.resources.add', [setParty(next), resourceParty(org, resource)])
  return ok(showResource(org, set.id, resource))
}

/** `GET …/resources/{resourceId}` */
export async function getResource(org: Org, x: Exchange) {
  const set = await loadSet(org, x)
  return ok(showResource(org, set.id, resourceOf(set, x.params.resourceId!)))
}

/** Says anew what is left out. Only here the set's label does not do (okta/okta-sdk-dotnet RoleCResourceSetResourceApiTests). */
export async function replaceResource(org: Org, x: Exchange) {
  const id = x.params.resourceSetIdOrLabel!
  const set = (await org.state.load(resourceSets, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'IAMPolicy' })
  const old = resourceOf(set, x.params.resourceId!)
  const without = await namesOf(org, x, readExclusions(objectBody(x.body)))
  const resource = { ...old, without, lastUpdatedAt: x.now }
  const next = await save(org, set, { ...set.value, resources: placed(set.value.resources, resource) })
  note(org, x, 'iam.resourceset.resources.update', [setParty(next), resourceParty(org, resource)])
  return ok(showResource(org, set.id, resource))
}

/** `DELETE …/resources/{resourceId}` */
export async function deleteResource(org: Org, x: Exchange) {
  const set = await loadSet(org, x)
  const resource = resourceOf(set, x.params.resourceId!)
  const resources = set.value.resources.filter((one) => one !== resource)
  const next = await save(org, set, { ...set.value, resources, lastUpdatedAt: x.now })
  note(org, x, 'iam.resourceset.resources.delete', [setParty(next), resourceParty(org, resource)])
  return noContent()
}

async function grown(
  org: Org,
  x: Exchange,
  before: readonly SetResource[],
  texts: readonly string[],
): Promise<readonly SetResource[]> {
  setHasRoom(texts.length)
  const known = new Set(before.map((one) => one.name))
  const added: SetResource[] = []
  for (const text of texts) {
    const name = await nameOfResource(org, x, text)
    if (known.has(name)) continue
    known.add(name)
    added.push({ id: org.ids.next('ire'), name, createdAt: x.now, lastUpdatedAt: x.now })
  }
  setHasRoom(before.length + added.length)
  return [...before, ...added]
}

async function namesOf(org: Org, x: Exchange, texts?: readonly string[]): Promise<readonly string[] | undefined> {
  if (texts === undefined) return undefined
  setHasRoom(texts.length)
  const names: string[] = []
  for (const text of texts) names.push(await nameOfResource(org, x, text))
  return [...new Set(names)]
}

function placed(resources: readonly SetResource[], resource: SetResource): readonly SetResource[] {
  const known = resources.some((one) => one.id === resource.id)
  return known ? resources.map((one) => (one.id === resource.id ? resource : one)) : [...resources, resource]
}

const partiesOf = (org: Org, resources: readonly SetResource[]) =>
  resources.slice(0, 100).map((resource) => resourceParty(org, resource))

function loadSet(org: Org, x: Exchange): Promise<Stored<ResourceSet>> {
  return findResourceSet(org, x.params.resourceSetIdOrLabel!)
}

function resourceOf({ value }: Stored<ResourceSet>, id: string): SetResource {
  const found = value.resources.find((one) => one.id === id)
  return found ?? fail(E0000007, 'resource-missing', { id, type: 'Resource' })
}

async function save(org: Org, set: Stored<ResourceSet>, value: ResourceSet): Promise<Stored<ResourceSet>> {
  await org.state.change([put(resourceSets, set.id, value, set)])
  return { ...set, value }
}
