// Is the object that the call was about there, of which type is it, and in which state? For groups, apps, zones,
// policies and their like; users have a question of their own.
import type { Facts } from '../facts.ts'
import type { Candidate } from '../finding.ts'
import { changesGroup, isClosedTo } from '../group-of-call.ts'
import { byAnswer, inQuestion, isAfter, type Question, segmentsOf, silence, textAt } from './question.ts'

/** Collections whose members are read at `/{collection}/{id}`. */
const COLLECTIONS: readonly (readonly string[])[] = [
  ['groups', 'rules'],
  ['meta', 'types', 'user'],
  ['groups'],
  ['apps'],
  ['zones'],
  ['policies'],
  ['idps'],
  ['authorizationServers'],
  ['trustedOrigins'],
  ['eventHooks'],
  ['inlineHooks'],
  ['devices'],
  ['authenticators'],
  ['features'],
]

/** A cause that is the right one in some states of an object. */
interface CauseByObject {
  code: string
  cause: string
  method: RegExp
  path: RegExp
  member: 'type' | 'status' | 'system'
  /** Where it is another one than that of the object's state. */
  kind?: Candidate['kind']
  holds(value: string, facts: Facts): boolean
}

const kind: Candidate['kind'] = 'object-state-forbids-operation'

const causes: readonly CauseByObject[] = [
  {
    code: 'E0000006',
    cause: 'group-not-manageable',
    method: /^(?!GET|HEAD)/,
    path: /^\/api\/v1\/groups\/[^/]+(?:\/users\/[^/]+)?$/,
    member: 'type',
    holds: (type, facts) => {
      const change = changesGroup(facts)
      return change !== undefined && isClosedTo(type, change)
    },
  },
  {
    code: 'E0000001',
    cause: 'role-not-for-built-in-group',
    method: /^POST$/,
    path: /\/groups\/[^/]+\/roles$/,
    member: 'type',
    holds: (type) => type === 'BUILT_IN',
  },
  {
    code: 'E0000001',
    cause: 'zone-still-active',
    method: /^DELETE$/,
    path: /\/zones\/[^/]+$/,
    member: 'status',
    holds: (status) => status === 'ACTIVE',
  },
  {
    code: 'E0000001',
    cause: 'zone-is-system',
    method: /^DELETE$/,
    path: /\/zones\/[^/]+$/,
    member: 'system',
    holds: (system) => system === 'true',
  },
  {
    code: 'E0000001',
    cause: 'rule-status-invalid',
    method: /^POST$/,
    path: /\/groups\/rules\/[^/]+\/lifecycle\//,
    member: 'status',
    holds: (status) => status === 'INVALID',
  },
  {
    code: 'E0000001',
    cause: 'rule-not-inactive',
    method: /^PUT$/,
    path: /\/groups\/rules\/[^/]+$/,
    member: 'status',
    holds: (status) => status !== 'INACTIVE',
  },
  {
    code: 'E0000001',
    cause: 'hook-still-active',
    method: /^DELETE$/,
    path: /\/(?:event|inline)Hooks\/[^/]+$/,
    member: 'status',
    holds: (status) => status === 'ACTIVE',
  },
  {
    code: 'E0000022',
    cause: 'feature-already-so',
    kind: 'method-not-allowed',
    method: /^POST$/,
    path: /\/features\/[^/]+\/enable$/,
    member: 'status',
    holds: (status) => status === 'ENABLED',
  },
  {
    code: 'E0000022',
    cause: 'feature-already-so',
    kind: 'method-not-allowed',
    method: /^POST$/,
    path: /\/features\/[^/]+\/disable$/,
    member: 'status',
    holds: (status) => status === 'DISABLED',
  },
  {
    code: 'E0000024',
    cause: 'app-has-no-active-instance',
    method: /^PUT$/,
    path: /\/apps\/[^/]+$/,
    member: 'status',
    holds: (status) => status === 'INACTIVE',
  },
  {
    code: 'E0000056',
    cause: 'app-still-active',
    method: /^DELETE$/,
    path: /\/apps\/[^/]+$/,
    member: 'status',
    holds: (status) => status === 'ACTIVE',
  },
]

export const objectOfCall: Question = {
  name: 'objectOfCall',
  async ask({ facts, findings }, org) {
    const segments = objectNamed(facts)
    if (!segments) return undefined
    if (causesFor(facts).length === 0 && !inQuestion(findings, 'resource-not-found', kind)) return undefined
    const answer = await org.get(['api', 'v1', ...segments], {}, ({ status, body }) => {
      if (status === 404) return 'It is not there.'
      const words = ['type', 'status'].map((name) => textAt(body, name)).filter((word) => word !== undefined)
      return `It is there${words.length === 0 ? '' : `: ${words.join(', ')}`}.`
    })
    if (!answer) return undefined
    if (answer.status === 404) return { learnt: { request: answer.request, missing: true } }
    const { body } = answer
    const system = (body as { system?: unknown }).system
    return {
      learnt: {
        request: answer.request,
        id: textAt(body, 'id'),
        type: textAt(body, 'type'),
        status: textAt(body, 'status'),
        ...(typeof system === 'boolean' && { system: String(system) }),
        created: textAt(body, 'created'),
        lastUpdated: textAt(body, 'lastUpdated'),
      },
    }
  },
  speak(learnt, facts) {
    if (facts.code === 'E0000007') return ofMissing(learnt, facts)
    if (learnt.missing === true) return silence
    const about = causesFor(facts).filter(({ member }) => textAt(learnt, member) !== undefined)
    // The type of a group never changes; a status may have.
    const settled = (one: CauseByObject) => one.member !== 'status' || !isAfter(facts, textAt(learnt, 'lastUpdated'))
    const holding = about.filter((one) => one.holds(textAt(learnt, one.member)!, facts))
    return {
      candidates: holding.map((one) => ({
        kind: one.kind ?? kind,
        strength: settled(one) ? 'certain' : 'likely',
        weight: 10,
        code: one.code,
        cause: one.cause,
        because: [
          byAnswer(
            learnt,
            one.member,
            textAt(learnt, one.member)!,
            settled(one)
              ? 'This is the object that the call met.'
              : 'This is so by now; the object changed after the call.',
          ),
        ],
      })),
      ruledOut: about
        .filter((one) => !holding.includes(one) && settled(one))
        .map(({ code, cause }) => ({ code, cause })),
    }
  },
}

function ofMissing(learnt: Record<string, unknown>, facts: Facts) {
  const created = textAt(learnt, 'created')
  const younger = created !== undefined && isAfter(facts, created)
  const there = learnt.missing !== true && !younger
  const candidate: Candidate = {
    kind: 'resource-not-found',
    strength: there ? 'likely' : 'certain',
    weight: 10,
    code: 'E0000007',
    cause: 'resource-missing',
    because: [
      learnt.missing === true
        ? byAnswer(learnt, 'status', '404', 'The org does not have this object now either.')
        : younger
          ? byAnswer(learnt, 'created', created, 'The object was made after the failed call.')
          : byAnswer(learnt, 'status', '200', 'The object is there for the credential that asks now.'),
    ],
    ...(there && {
      first: [
        'Compare who made the call with who asks now: a role that is limited to some groups or apps does not see the others.',
      ],
    }),
  }
  return { candidates: [candidate], ruledOut: [] }
}

function causesFor(facts: Facts): CauseByObject[] {
  const { code, method, path } = facts
  if (method === undefined || path === undefined) return []
  return causes.filter((one) => one.code === code && one.method.test(method) && one.path.test(path))
}

/** Collection and id of the object, as segments below /api/v1. */
function objectNamed(facts: Facts): string[] | undefined {
  const [api, version, ...rest] = segmentsOf(facts)
  if (api !== 'api' || version !== 'v1') return undefined
  // A user in the path is what the call was about, whatever stands before.
  const type = /\((\w+)\)\.?$/.exec(facts.summary ?? '')?.[1]
  if (type === 'User') return undefined
  const collection = COLLECTIONS.find((names) => names.every((name, at) => rest[at] === name))
  const id = collection && rest[collection.length]
  return id ? [...collection, id] : undefined
}
