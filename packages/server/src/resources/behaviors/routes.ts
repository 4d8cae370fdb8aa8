// Which operations does the API have on behaviors?
import { E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type Behavior, behaviors } from '../../entities/behavior.ts'
import { fail } from '../../fail.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer, readLimit } from '../../lists/page.ts'
import { namedParty, notes } from '../../log/notes.ts'
import type { Org } from '../../org.ts'
import { rulesNaming } from '../../policy-references.ts'
import type { Handle, RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { mayDelete, nameIsFree, readBehavior } from './rules.ts'

const BEHAVIORS = '/api/v1/behaviors'
const ONE = `${BEHAVIORS}/:behaviorId`

// In the order of names, and the name is the cursor (recorded).
async function list(org: Org, x: Exchange): Promise<Answer> {
  const limit = readLimit(x, { standard: 20, most: 200 })
  const after = x.query.get('after') ?? ''
  const q = x.query.get('q')?.toLowerCase() ?? ''
  const rows = (await org.state.scan(behaviors))
    .filter(({ value }) => value.name.toLowerCase().startsWith(q) && compare(value.name, after) > 0)
    .sort((a, b) => compare(a.value.name, b.value.name))
  const page = rows.slice(0, limit)
  const answer = listAnswer(
    org,
    x,
    page.map((row) => showBehavior(org, row)),
  )
  if (rows.length <= limit) return answer
  const query = new URLSearchParams([['after', page.at(-1)!.value.name]])
  for (const [name, value] of x.query) if (name !== 'after') query.append(name, value)
  return { ...answer, headers: [...answer.headers!, ['link', `<${org.baseUrl}${x.path}?${query}>; rel="next"`]] }
}

const compare = (a: string, b: string): number => {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()]
  return one < other ? -1 : one > other ? 1 : 0
}

async function add(org: Org, x: Exchange): Promise<Answer> {
  const parts = readBehavior(x.body)
  nameIsFree(await org.state.holder(behaviors, `name:${parts.name.toLowerCase()}`))
  const value: Behavior = { ...parts, status: 'ACTIVE', createdAt: x.now, lastUpdatedAt: x.now }
  const row = { id: org.ids.next('bhv'), version: 0, value }
  await org.state.change([put(behaviors, row.id, value)])
  note(org, x, 'create', row)
  return ok(showBehavior(org, row))
}

async function get(org: Org, x: Exchange): Promise<Answer> {
  return ok(showBehavior(org, await load(org, x)))
}

async function replace(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  const parts = readBehavior(x.body, row.value)
  nameIsFree(await org.state.holder(behaviors, `name:${parts.name.toLowerCase()}`), row.id)
  return await save(org, x, row, { ...row.value, ...parts })
}

async function drop(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  // Rules name behaviors by their names; some tools by their ids.
  const named = [...(await rulesNaming(org, row.value.name)), ...(await rulesNaming(org, row.id))]
  mayDelete(
    row.value.name,
    named.filter(({ rule }) => holdsRisk(rule.value.conditions)).map(({ rule }) => rule.value.name),
  )
  await org.state.change([remove(behaviors, row)])
  note(org, x, 'delete', row)
  return noContent()
}

// A name may stand elsewhere by chance.
const holdsRisk = (conditions: Readonly<Record<string, unknown>> | null): boolean =>
  conditions?.risk !== undefined || conditions?.riskScore !== undefined || conditions?.behavior !== undefined

function switchTo(status: Behavior['status']): Handle {
  return async (org, x) => {
    const row = await load(org, x)
    return row.value.status === status ? ok(showBehavior(org, row)) : await save(org, x, row, { ...row.value, status })
  }
}

async function load(org: Org, x: Exchange): Promise<Stored<Behavior>> {
  const id = x.params.behaviorId!
  return (await org.state.load(behaviors, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'BehaviorSettings' })
}

async function save(org: Org, x: Exchange, row: Stored<Behavior>, changed: Behavior): Promise<Answer> {
  const value = { ...changed, lastUpdatedAt: x.now }
  await org.state.change([put(behaviors, row.id, value, row)])
  const next = { ...row, value }
  note(org, x, 'update', next)
  return ok(showBehavior(org, next))
}

function showBehavior(org: Org, { id, value }: Stored<Behavior>): Record<string, unknown> {
  const self = `${org.baseUrl}${BEHAVIORS}/${id}`
  const next = value.status === 'ACTIVE' ? 'deactivate' : 'activate'
  return {
    id,
    name: value.name,
    type: value.type,
    settings: value.settings,
    status: value.status,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    _link: {
      self: { href: self, hints: { allow: ['GET', 'PUT', 'DELETE'] } },
      [next]: { href: `${self}/lifecycle/${next}`, hints: { allow: ['POST'] } },
    },
  }
}

const note = notes(
  'security.behavior.settings',
  {
    create: 'Create behavior settings',
    update: 'Update behavior settings',
    delete: 'Delete behavior settings',
  },
  namedParty('BehaviorSettings'),
)

// Recorded orgs without it answer E0000015.
const behavior = { feature: 'BEHAVIOR_DETECTION' } as const
const reads = { needs: 'security.read', ...behavior } as const
const writes = { needs: 'security.manage', ...behavior } as const

/** Rows of the route table. */
export const behaviorRoutes: readonly RouteRow[] = [
  { on: `GET ${BEHAVIORS}`, operation: 'listBehaviorDetectionRules', ...reads, handle: list },
  { on: `POST ${BEHAVIORS}`, operation: 'createBehaviorDetectionRule', ...writes, body: 'json', handle: add },
  { on: `GET ${ONE}`, operation: 'getBehaviorDetectionRule', ...reads, handle: get },
  { on: `PUT ${ONE}`, operation: 'replaceBehaviorDetectionRule', ...writes, body: 'json', handle: replace },
  { on: `DELETE ${ONE}`, operation: 'deleteBehaviorDetectionRule', ...writes, handle: drop },
  {
    on: `POST ${ONE}/lifecycle/activate`,
    operation: 'activateBehaviorDetectionRule',
    ...writes,
    handle: switchTo('ACTIVE'),
  },
  {
    on: `POST ${ONE}/lifecycle/deactivate`,
    operation: 'deactivateBehaviorDetectionRule',
    ...writes,
    handle: switchTo('INACTIVE'),
  },
]
