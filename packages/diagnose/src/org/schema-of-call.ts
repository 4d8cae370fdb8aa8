// Does the schema have the attribute that the answer says is not defined, under this name or one like it?

import { isRecord } from '../evidence.ts'
import type { Facts } from '../facts.ts'
import type { Candidate } from '../finding.ts'
import { byAnswer, type Question, silence, textAt } from './question.ts'

const UNDEFINED =
  /\bproperty name '([^']{1,100})' is not defined\b|\bproperty '([^']{1,100})' not found\b|\binvalid property ([\w.]{1,100}) in expression\b/i
const MOST_NAMES = 400

export const schemaOfCall: Question = {
  name: 'schemaOfCall',
  async ask({ facts }, org) {
    const property = propertyOf(facts)
    const schema = schemaFor(facts)
    if (property === undefined || schema === undefined) return undefined
    const answer = await org.get(['api', 'v1', 'meta', 'schemas', ...schema], {}, ({ status, body }) => {
      if (status === 404) return 'There is no such schema.'
      const names = namesIn(body)
      return `It defines ${names.length} attributes, ${names.includes(property) ? `"${property}" among them` : `not "${property}"`}.`
    })
    if (answer?.status !== 200) return undefined
    return { learnt: { request: answer.request, property, names: namesIn(answer.body) } }
  },
  speak(learnt, facts) {
    const property = textAt(learnt, 'property')
    if (facts.code !== 'E0000001' || property === undefined || !Array.isArray(learnt.names)) return silence
    if (property !== propertyOf(facts)) return silence
    const names = learnt.names.slice(0, MOST_NAMES).filter((name): name is string => typeof name === 'string')
    if (names.length === 0) return silence
    const candidate = (quote: string, says: string, first: string, strength: Candidate['strength']): Candidate => ({
      kind: 'validation-invalid-value',
      strength,
      weight: 10,
      // The conditions of group rules have a cause of their own.
      ...(/\bexpression\b/i.test(facts.causes.join(' ')) ? {} : { code: 'E0000001', cause: causeOf(facts) }),
      because: [byAnswer(learnt, 'definitions', quote, says)],
      first: [first],
    })
    if (names.includes(property))
      return {
        candidates: [
          candidate(
            property,
            'The schema has this attribute now.',
            'Send the call again if the attribute was added since. If it fails still, the user is of another type: look at the schema of that type.',
            'likely',
          ),
        ],
        ruledOut: [],
      }
    const near = nearest(property, names)
    const one = near === undefined ? `none of ${names.length} attributes` : near
    return {
      candidates: [
        candidate(
          one,
          near === undefined
            ? `The schema has no "${property}".`
            : `The schema has no "${property}"; this is the name most like it.`,
          near === undefined
            ? `Add "${property}" to the schema, or leave it out.`
            : `Write "${near}" instead of "${property}", if that is what was meant.`,
          'certain',
        ),
      ],
      ruledOut: [],
    }
  },
}

function propertyOf(facts: Facts): string | undefined {
  for (const text of [...facts.causes, facts.summary ?? '']) {
    const found = UNDEFINED.exec(text)
    const name = (found?.[1] ?? found?.[2] ?? found?.[3])?.replace(/^user\./, '')
    if (name !== undefined) return name
  }
  return undefined
}

/** Assignments to apps are refused in words of their own. */
function causeOf({ path = '' }: Facts): string {
  return path.startsWith('/api/v1/apps/') ? 'assignment-property-not-found' : 'property-not-defined'
}

/** The schema that the call is held against; of users that of the default type, as most have no other. */
function schemaFor(facts: Facts): string[] | undefined {
  const path = facts.path ?? ''
  const app = /^\/api\/v1\/apps\/([^/]{1,60})\/(?:users|groups)(?:\/|$)/.exec(path)?.[1]
  if (app !== undefined) return ['apps', app, 'default']
  if (/^\/api\/v1\/(?:users(?:\/|$)|groups\/rules(?:\/|$))/.test(path)) return ['user', 'default']
  return /^\/api\/v1\/groups(?:\/[^/]+)?$/.test(path) ? ['group', 'default'] : undefined
}

function namesIn(schema: unknown): string[] {
  const definitions = isRecord(schema) && isRecord(schema.definitions) ? schema.definitions : {}
  return ['base', 'custom']
    .flatMap((part) => {
      const own = definitions[part]
      return isRecord(own) && isRecord(own.properties) ? Object.keys(own.properties) : []
    })
    .slice(0, MOST_NAMES)
}

/** The name that differs least, by at most a third of its letters; capitals and word marks do not count. */
function nearest(wanted: string, names: readonly string[]): string | undefined {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[_\s-]/g, '')
  const near = names
    .filter((name) => name.length <= 100)
    .map((name) => ({ name, apart: distance(plain(wanted), plain(name)) }))
    .sort((a, b) => a.apart - b.apart)[0]
  return near && near.apart <= Math.floor(wanted.length / 3) ? near.name : undefined
}

/** Letters to change, add or take away. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}
