// Does the custom role of the caller have a permission for the operation, and does its resource set hold the object?
import type { Facts } from '../facts.ts'
import type { Candidate } from '../finding.ts'
import {
  byAnswer,
  isAfter,
  type Learnt,
  learntOf,
  type Question,
  recordsIn,
  segmentsOf,
  silence,
  textAt,
} from './question.ts'
import { rolesOfCaller } from './roles-of-caller.ts'

/** Parts of the API whose permissions are named as their scopes are: `okta.groups.…`. */
const FAMILIES = ['users', 'groups', 'apps']

export const customRoleOfCaller: Question = {
  name: 'customRoleOfCaller',
  async ask({ facts }, org) {
    const roles = learntOf(facts.evidence, rolesOfCaller.name)
    // With another role beside it, one custom role decides nothing.
    const [grant, ...others] = recordsIn(roles?.roles, 100)
    const [role, set] = [textAt(grant, 'role'), textAt(grant, 'set')]
    if (others.length > 0 || role === undefined || set === undefined || needOf(facts) === undefined) return undefined
    const permissions = await org.get(['api', 'v1', 'iam', 'roles', role, 'permissions'], {}, ({ body }) => {
      const labels = labelsIn(body)
      return labels.length === 0 ? 'It has no permission.' : `It has ${labels.slice(0, 12).join(', ')}.`
    })
    if (permissions?.status !== 200) return undefined
    const labels = labelsIn(permissions.body)
    const learnt: Record<string, unknown> = {
      request: permissions.request,
      sure: roles?.sure,
      created: textAt(grant, 'created'),
      permissions: labels,
      permissionsChanged: latest(recordsIn(member(permissions.body, 'permissions'), 200)),
    }
    if (lacks(labels, facts)) return { learnt }
    const resources = await org.get(['api', 'v1', 'iam', 'resource-sets', set, 'resources'], {}, ({ body }) => {
      const paths = pathsIn(body)
      return paths.length === 0 ? 'It holds nothing.' : `It holds ${paths.slice(0, 10).join(', ')}.`
    })
    if (resources?.status !== 200) return { learnt }
    learnt.resourcesRequest = resources.request
    learnt.resources = pathsIn(resources.body)
    learnt.resourcesComplete = !resources.more && member(member(resources.body, '_links'), 'next') === undefined
    learnt.resourcesChanged = latest(recordsIn(member(resources.body, 'resources'), 1_000))
    const user = objectOf(facts)
    if (user?.[0] === 'users' && (learnt.resources as string[]).some((path) => /^groups\/[^/]+\/users$/.test(path))) {
      const groups = await org.get(['api', 'v1', 'users', user[1], 'groups'], {}, ({ body }) => {
        const names = recordsIn(body, 200).map((group) => textAt(group, 'profile', 'name') ?? 'one without a name')
        return names.length === 0 ? 'The user is in no group.' : `The user is in ${names.slice(0, 10).join(', ')}.`
      })
      if (groups?.status === 200 && !groups.more)
        learnt.groups = recordsIn(groups.body, 1_000).flatMap((group) => textAt(group, 'id') ?? [])
    }
    return { learnt }
  },
  speak(learnt, facts) {
    if (facts.code !== 'E0000006' || !Array.isArray(learnt.permissions)) return silence
    const labels = textsIn(learnt.permissions)
    const need = needOf(facts)
    if (need === undefined) return silence
    const sure = learnt.sure === true
    if (lacks(labels, facts)) {
      const candidate: Candidate = {
        kind: 'admin-role-lacks-permission',
        strength: sure && !isAfter(facts, textAt(learnt, 'permissionsChanged')) ? 'certain' : 'likely',
        weight: 10,
        code: 'E0000006',
        cause: 'role-lacks-permission',
        because: [
          byAnswer(
            learnt,
            'permissions',
            labels.join(', ') || 'none',
            `The custom role of the caller has no permission to ${need.write ? 'change' : 'read'} ${need.family}.`,
          ),
        ],
        first: [
          `Add the permission for this operation to the role, one of okta.${need.family}.…: POST /api/v1/iam/roles/{role}/permissions/{permission}.`,
        ],
      }
      return { candidates: [candidate], ruledOut: [{ code: 'E0000006', cause: 'outside-resource-set' }] }
    }
    if (!Array.isArray(learnt.resources) || learnt.resourcesComplete !== true) return silence
    const inside = holds(textsIn(learnt.resources), facts, learnt)
    if (inside === undefined) return silence
    if (inside) return { candidates: [], ruledOut: sure ? [{ code: 'E0000006', cause: 'outside-resource-set' }] : [] }
    const later = isAfter(facts, textAt(learnt, 'resourcesChanged'))
    return {
      candidates: [
        {
          kind: 'admin-role-lacks-permission',
          strength: sure && !later ? 'certain' : 'likely',
          weight: 10,
          code: 'E0000006',
          cause: 'outside-resource-set',
          because: [
            {
              place: `${textAt(learnt, 'resourcesRequest') ?? 'the org'} resources`,
              quote: textsIn(learnt.resources).join(', ') || 'none',
              says: `${objectOf(facts)?.join('/')} is not in the resource set of the caller's custom role.`,
            },
          ],
        },
      ],
      ruledOut: [],
    }
  },
}

/** What the operation is about, by its scope; undefined where permissions are named otherwise than scopes. */
function needOf(facts: Facts): { family: string; write: boolean } | undefined {
  const scopes = facts.operation?.scopes ?? []
  const [, family, way] = /^okta\.(\w+)\.(read|manage)$/.exec(scopes[0] ?? '') ?? []
  return family !== undefined && scopes.length === 1 && FAMILIES.includes(family)
    ? { family, write: way === 'manage' }
    : undefined
}

function lacks(labels: readonly string[], facts: Facts): boolean {
  const need = needOf(facts)
  if (need === undefined) return false
  const own = labels.filter((label) => label.startsWith(`okta.${need.family}.`))
  return need.write ? own.every((label) => label.endsWith('.read')) : own.length === 0
}

/** Whether the set holds the object of the call; undefined where that cannot be told. */
function holds(resources: readonly string[], facts: Facts, learnt: Learnt): boolean | undefined {
  const object = objectOf(facts)
  if (object === undefined) return undefined
  const [collection, id] = object
  // A filter such as all apps of one name may hold it.
  if (resources.some((path) => path === collection || path.startsWith(`${collection}?`))) return undefined
  if (resources.includes(`${collection}/${id}`)) return true
  if (collection === 'groups') return resources.includes(`groups/${id}/users`) ? undefined : false
  if (collection !== 'users') return false
  const groups = resources.flatMap((path) => /^groups\/([^/]+)\/users$/.exec(path)?.[1] ?? [])
  if (groups.length === 0) return false
  if (!Array.isArray(learnt.groups)) return undefined
  const member = textsIn(learnt.groups)
  return groups.some((group) => member.includes(group))
}

function objectOf(facts: Facts): [collection: string, id: string] | undefined {
  const [api, version, collection = '', id = ''] = segmentsOf(facts)
  if (api !== 'api' || version !== 'v1' || !FAMILIES.includes(collection)) return undefined
  return /^(?:00u|00g|0oa)\w{17}$/.test(id) ? [collection, id] : undefined
}

function labelsIn(body: unknown): string[] {
  return recordsIn(member(body, 'permissions'), 200).flatMap((one) => textAt(one, 'label') ?? [])
}

/** Resources as paths below /api/v1: `groups/{id}/users`. */
function pathsIn(body: unknown): string[] {
  return recordsIn(member(body, 'resources'), 1_000).map((one) => {
    const href = textAt(one, '_links', 'self', 'href')
    return href?.split('/api/v1/', 2)[1] ?? textAt(one, 'orn') ?? 'something unknown'
  })
}

function latest(list: readonly Record<string, unknown>[]): string | undefined {
  return list
    .flatMap((one) => textAt(one, 'lastUpdated') ?? [])
    .sort()
    .at(-1)
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.slice(0, 1_000).filter((one): one is string => typeof one === 'string') : []
}
