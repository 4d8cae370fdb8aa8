// What is a question to the org? It knows when it can decide something, which calls it takes, and what the answers mean.
import { type Evidence, isRecord } from '../evidence.ts'
import type { Facts } from '../facts.ts'
import type { Because, Candidate, Finding } from '../finding.ts'
import type { Channel } from './channel.ts'

/** What was learnt, as it stands in the evidence: plain JSON, so that it can be kept and diagnosed again later. */
export type Learnt = Readonly<Record<string, unknown>>

/** An explanation that an answer contradicts: a cause of a code, or a whole kind. */
export interface RuledOut {
  kind?: Candidate['kind']
  code?: string
  cause?: string
  /** Causes of the kind that stay possible all the same. */
  except?: readonly string[]
}

/** What answers mean for the findings. */
export interface Verdict {
  candidates: readonly Candidate[]
  ruledOut: readonly RuledOut[]
}

/** What a question starts from. */
export interface Situation {
  facts: Facts
  findings: readonly Finding[]
}

export interface Question {
  /** Under this name the answer stands in `requestContext.askedOrg`. */
  name: string
  /** Asks where the answer could decide; undefined where it could not, or where there was none. */
  ask(situation: Situation, org: Channel): Promise<{ learnt: Learnt; events?: readonly unknown[] } | undefined>
  /** What the answer means. Pure, and content with any JSON: evidence can come from anywhere. */
  speak(learnt: Learnt, facts: Facts): Verdict
}

/** Nothing follows. */
export const silence: Verdict = { candidates: [], ruledOut: [] }

/** What was learnt under a name. */
export function learntOf(evidence: Evidence, name: string): Learnt | undefined {
  const all = evidence.requestContext?.askedOrg
  const one = isRecord(all) && Object.hasOwn(all, name) ? all[name] : undefined
  return isRecord(one) ? one : undefined
}

/** A text inside JSON, by the names on the way to it. */
export function textAt(value: unknown, ...names: readonly string[]): string | undefined {
  let part = value
  for (const name of names) part = isRecord(part) && Object.hasOwn(part, name) ? part[name] : undefined
  return typeof part === 'string' && part !== '' ? part.slice(0, 500) : undefined
}

/** The objects in a JSON list. */
export function recordsIn(value: unknown, most = 1_000): Record<string, unknown>[] {
  return Array.isArray(value) ? value.slice(0, most).filter(isRecord) : []
}

/** A piece of evidence out of an answer: which request, which member of it. */
export function byAnswer(learnt: Learnt, member: string, quote: string, says: string): Because {
  return { place: `${textAt(learnt, 'request') ?? 'the org'} ${member}`, quote, says }
}

/** Whether a finding of one of these kinds is in question. */
export function inQuestion(findings: readonly Finding[], ...kinds: readonly Candidate['kind'][]): boolean {
  return findings.some((finding) => kinds.includes(finding.kind))
}

/** When the call failed by the org's clock, in milliseconds; undefined where the answer had no Date. */
export function momentOf(facts: Facts): number | undefined {
  const ms = Date.parse(facts.header('date') ?? '')
  return Number.isNaN(ms) ? undefined : ms
}

/** Whether something happened after the failed call, so that the present state need not be that of then. */
export function isAfter(facts: Facts, iso: string | undefined): boolean {
  const moment = momentOf(facts)
  const ms = Date.parse(iso ?? '')
  // The Date header knows only whole seconds.
  return moment !== undefined && !Number.isNaN(ms) && ms >= moment + 1_000
}

export const userId = /^00u[0-9A-Za-z]{17}$/
export const tokenId = /\b00T[0-9A-Za-z]{17}\b/

/** The decoded segments of the request's path. */
export function segmentsOf(facts: Facts): string[] {
  return (facts.path ?? '')
    .split('/')
    .slice(1)
    .map((segment) => {
      try {
        return decodeURIComponent(segment)
      } catch {
        return segment
      }
    })
}
