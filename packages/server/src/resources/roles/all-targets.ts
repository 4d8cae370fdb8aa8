// What is a role limited to, groups and apps together?
import { E0000007 } from '@errorg/errors/codes'
import { apps } from '../../entities/app.ts'
import { groups } from '../../entities/group.ts'
import { type RoleAssignment, roleAssignments } from '../../entities/role-assignment.ts'
import { fail } from '../../fail.ts'
import { refuseValue } from '../../fields.ts'
import type { Exchange } from '../../http/exchange.ts'
import { pageAnswer, pageInOrder } from '../../lists/page.ts'
import { paramOf } from '../../lists/query.ts'
import type { Org } from '../../org.ts'
import { showGroup } from '../../shapes/group.ts'
import type { Stored } from '../../state/state.ts'
import { showAppTarget } from './app-targets.ts'
import { assignmentIdOf } from './schema.ts'
import { loadHolder } from './store.ts'

/** Lists the targets of a user's role by name, those that come through groups too; none for a role that reaches all. */
export async function listAllTargets(org: Org, x: Exchange) {
  const holder = await loadHolder(org, x)
  const wanted = paramOf(x, 'assignmentType')
  if (wanted !== undefined && wanted !== 'USER' && wanted !== 'GROUP') {
    refuseValue('assignmentType', 'The field has an invalid value')
  }
  const id = x.params.roleIdOrEncodedRoleId!
  const held = (await heldBy(org, [holder.id, ...(await org.groupIdsOf(holder.id))])).filter(
    (role) => assignmentIdOf(role) === id || role.value.type === id,
  )
  if (held.length === 0) fail(E0000007, 'resource-missing', { id, type: 'RoleAssignment' })
  const rows = held
    .filter(({ value }) => wanted === undefined || value.holder === wanted)
    .flatMap(({ value }) => targetsOf(org, value))
    .sort((a, b) => (a.orn < b.orn ? -1 : 1))
  const page = pageInOrder(org, x, `targets ${holder.id} ${id}`, rows, {
    standard: 20,
    most: 200,
    placeOf: ({ orn, assignmentType }) => [orn, assignmentType],
  })
  return pageAnswer(org, x, page, (row) => row)
}

async function heldBy(org: Org, holderIds: readonly string[]): Promise<Stored<RoleAssignment>[]> {
  const found = await Promise.all(holderIds.map((id) => org.state.find(roleAssignments, 'holder', id)))
  return found.flat()
}

function targetsOf(org: Org, role: RoleAssignment) {
  const base = `${org.baseUrl}/api/v1`
  const target = (orn: string, href: string) => ({
    orn,
    assignmentType: role.holder,
    _links: { self: { href } },
  })
  return [
    ...(role.targetGroups ?? []).map((id) =>
      target(`orn:okta:directory:${org.fixed.orgId}:groups:${id}`, `${base}/groups/${id}`),
    ),
    ...(role.targetApps ?? []).map((one) => {
      const [name = '', id] = one.split('/')
      return id === undefined
        ? target(`orn:okta:idp:${org.fixed.orgId}:apps:${name}`, `${base}/apps?filter=name+eq+%22${name}%22`)
        : target(`orn:okta:idp:${org.fixed.orgId}:apps:${name}:${id}`, `${base}/apps/${id}`)
    }),
  ]
}

/** Which targets a list of roles is asked to show with each role. */
export function embeddedOf(x: Exchange): { groups: boolean; apps: boolean } | undefined {
  const words = x.query.getAll('expand').flatMap((text) => text.split(','))
  const wanted = { groups: words.includes('targets/groups'), apps: words.includes('targets/catalog/apps') }
  return wanted.groups || wanted.apps ? wanted : undefined
}

/** The targets of a role as they are shown with it; undefined where it has none. */
export async function showTargets(org: Org, role: Stored<RoleAssignment>, wanted: { groups: boolean; apps: boolean }) {
  const { targetGroups = [], targetApps = [] } = role.value
  const shownGroups = []
  for (const id of wanted.groups ? targetGroups : []) {
    const group = await org.state.load(groups, id)
    if (group) shownGroups.push(showGroup(org, group))
  }
  const shownApps = []
  for (const target of wanted.apps ? targetApps : []) {
    const id = target.split('/')[1]
    const app = id === undefined ? undefined : await org.state.load(apps, id)
    if (app || id === undefined) shownApps.push(showAppTarget(org, role, target, app))
  }
  if (shownGroups.length === 0 && shownApps.length === 0) return undefined
  return {
    ...(shownGroups.length > 0 && { groups: shownGroups }),
    ...(shownApps.length > 0 && { catalog: { apps: shownApps } }),
  }
}
