// What is a set of resources, and what does an administrator reach who has a custom role on it?
import type { Org } from '../org.ts'
import { type Collection, put, type Write } from '../state/state.ts'

/** One resource, or all of a kind, as a member of a set. Moments are in ms since 1970. */
export interface SetResource {
  id: string
  /**
   * The resource's name without its partition and org: `idp:apps:bookmark:0oa…`, `directory:groups:00g…`,
   * `directory:groups:00g…:contained_resources` (the group's members).
   */
  name: string
  /** Names that are left out of all of a kind. */
  without?: readonly string[]
  createdAt: number
  lastUpdatedAt: number
}

/** What somebody reaches, in the words of sets. */
export type Reached = Pick<SetResource, 'name' | 'without'>

/** A set of resources. */
export interface ResourceSet {
  label: string
  description: string
  /** In the order of their ids. */
  resources: readonly SetResource[]
  /** The custom roles that were bound to the set; a binding outlives its last member. */
  boundRoles?: readonly string[]
  createdAt: number
  lastUpdatedAt: number
}

/** All sets of resources. */
export const resourceSets: Collection<ResourceSet> = {
  name: 'resourceSet',
  unique: (set) => [`label:${set.label.toLowerCase()}`],
}

/**
 * The set that Okta itself makes for its role WORKFLOWS_ADMIN, by this id in every org (okta/okta-sdk-nodejs
 * test/it/resource-sets.ts). What it stands for has no API, so it holds nothing here.
 */
export function workflowsSet(now: number): Write {
  return put(resourceSets, 'WORKFLOWS_IAM_POLICY', {
    label: 'Workflows Resource Set',
    description: 'The resources of Okta Workflows',
    resources: [],
    createdAt: now,
    lastUpdatedAt: now,
  })
}

/** The name of a resource as the wire has it. */
export function ornOf(org: Org, name: string): string {
  const [space = '', ...rest] = name.split(':')
  return ['orn:okta', space, org.fixed.orgId, ...rest].join(':')
}

/** Does the set hold one of these names, and does it not leave one of them out? */
export function holds(resources: readonly Reached[], names: readonly string[]): boolean {
  return resources.some(({ name, without }) => names.includes(name) && !without?.some((one) => names.includes(one)))
}

/** The names that a group goes by in sets: its own, and that of all groups. */
export const namesOfGroup = (id: string): readonly string[] => ['directory:groups', `directory:groups:${id}`]

/** The names that an app goes by: its own, its kind's, and that of all apps. An exclusion may leave its kind out. */
export const namesOfApp = (name: string, id?: string): readonly string[] => [
  'idp:apps',
  `idp:apps:${name}`,
  ...(id === undefined ? [] : [`idp:apps:${name}:${id}`, `idp:apps:${id}`]),
]

/** The names that a user goes by: that of all users, and the members of each group and of the realm. */
export const namesOfUser = (id: string, groupIds: readonly string[], realmId?: string): readonly string[] => [
  'directory:users',
  `directory:users:${id}`,
  ...groupIds.map((groupId) => `directory:groups:${groupId}:contained_resources`),
  ...(realmId === undefined ? [] : [`directory:realms:${realmId}:contained_resources`]),
]

/** What is to be written when a thing goes: sets forget it, and what hangs on it. */
export async function forgetResource(org: Org, name: string): Promise<Write[]> {
  const isIt = (one: string) => one === name || one.startsWith(`${name}:`)
  return (await org.state.scan(resourceSets)).flatMap((set): Write[] => {
    const { resources } = set.value
    if (!resources.some((one) => isIt(one.name) || one.without?.some(isIt))) return []
    const kept = resources
      .filter((one) => !isIt(one.name))
      .map((one) => (one.without ? { ...one, without: one.without.filter((other) => !isIt(other)) } : one))
    return [put(resourceSets, set.id, { ...set.value, resources: kept }, set)]
  })
}
