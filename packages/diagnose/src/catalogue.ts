// Which causes of the catalogue fit these facts? Compares code, status, sentences and operation with every cause of the
// code, so that a code with a distinctive wire needs no rule of its own.
import { codes } from '@errorg/errors/codes'
import type { Kind } from '@errorg/errors/kinds'
import { redirectErrors } from '@errorg/errors/oauth'
import { matchOperation } from '@errorg/errors/operations'
import { matchTemplate } from '@errorg/errors/wire'
import { tellApart } from './causes-apart.ts'
import type { Facts } from './facts.ts'
import type { Because } from './finding.ts'
import { lineThat } from './sentences.ts'
import { namesNoReason } from './whole-answer.ts'

/** A cause and how well it fits. */
export interface Fit {
  code: string
  cause: string
  kind: Kind
  says: string
  fix: readonly string[]
  /** What a person can look at to know whether it is this cause. */
  tellApart?: string
  /** Above 0: something speaks for it; below: against it. */
  score: number
  /** The part of the score that the operation of the call gave. */
  byOperation: number
  /** The cause can happen at any operation. */
  anywhere: boolean
  /** Nothing else in the catalogue explains these facts. */
  decisive: boolean
  because: readonly Because[]
}

/** What an entry of codes or of redirect errors has in common. */
interface Entry {
  code: string
  title: string
  summaries: readonly string[]
  /** A sentence that every cause of this entry may show. */
  forAll?: string
  statuses: readonly number[]
  causes: Readonly<Record<string, CatalogueCause>>
}

interface CatalogueCause {
  kind: Kind
  says: string
  tellApart?: string
  fix: readonly string[]
  operations?: readonly string[]
  wire?: { status?: number; summary?: string; causes?: readonly string[] }
}

const entries: readonly Entry[] = [
  ...Object.values(codes).map((entry) => ({
    code: entry.code,
    title: entry.title,
    summaries: [
      entry.current.summary,
      ...('summaryInReference' in entry && entry.summaryInReference ? [entry.summaryInReference] : []),
      entry.reference.description,
    ],
    statuses: [entry.current.status, entry.reference.status],
    causes: entry.causes,
  })),
  ...Object.values(redirectErrors).map((entry) => ({
    code: entry.error,
    title: entry.title,
    summaries: [...entry.current.descriptions, entry.reference.description],
    // The reference has this one sentence for every cause: it tells none of them apart.
    forAll: entry.reference.description,
    statuses: [],
    causes: entry.causes,
  })),
]

/** So many letters outside of holes make a sentence recognisable anywhere. */
const TELLING_LETTERS = 16

const byCode = new Map(entries.map((entry) => [entry.code, entry]))

/** All causes that may explain the facts, best first; those that the facts contradict are left out. */
export function fitCatalogue(facts: Facts): Fit[] {
  const named = facts.code === undefined ? undefined : byCode.get(facts.code)
  const fits = named ? fitEntry(named, facts, true) : fitSentences(facts)
  return fits.sort((a, b) => b.score - a.score)
}

/** Kinds of the code whose own sentences are not among the reasons of the answer, where another cause explains that. */
export function kindsNotNamed(facts: Facts): ReadonlySet<Kind> {
  const entry = facts.code === undefined ? undefined : byCode.get(facts.code)
  if (!entry || (facts.causes.length === 0 && !namesNoReason(facts))) return new Set()
  const causes = Object.entries(entry.causes).map(([id, cause]) => ({
    kind: cause.kind,
    reason: scoreOf(entry, id, cause, facts).reason,
  }))
  // An answer that gives no reason is one of a cause that has none to give, where the code has such a cause.
  const silent = facts.causes.length === 0
  if (!causes.some(({ reason }) => reason === (silent ? undefined : 'named'))) return new Set()
  const open = new Set(
    causes.filter(({ reason }) => reason !== (silent ? 'silent' : 'not-named')).map(({ kind }) => kind),
  )
  return new Set(causes.map(({ kind }) => kind).filter((kind) => !open.has(kind)))
}

function fitEntry(entry: Entry, facts: Facts, named: boolean): Fit[] {
  const ids = Object.entries(entry.causes)
  const scored = leaveToGeneral(ids.map(([id, cause]) => ({ id, cause, ...scoreOf(entry, id, cause, facts) })))
  const alive = scored.filter((item) => item.score > -3)
  const best = Math.max(...alive.map((item) => item.score))
  const near = alive.filter((item) => item.score > best - 1.5)
  const first = alive.find((item) => item.score === best)
  // The operation of a call speaks for a cause that is known there, not against one that can happen anywhere.
  const open = alive.some(
    (item) =>
      item !== first && item.cause.operations === undefined && item.score > best - (first?.byOperation ?? 0) - 1.5,
  )
  // What an answer leaves out hints at a cause, and proves none.
  const bySilence = scored.some((item) => item.reason === 'silent' && item.score + 3 > best - 1.5)
  return alive.map(({ id, cause, score, byOperation, reason, said, because }) => ({
    ...causeAsFit(entry, id, cause),
    score,
    byOperation,
    decisive:
      named &&
      near.length === 1 &&
      !open &&
      !bySilence &&
      // A sentence that is all holes fits whatever is said.
      !(said && reason !== 'named') &&
      score === best &&
      (score > -1 || ids.length === 1),
    because: [
      ...(named ? [{ place: facts.codePlace, quote: facts.code ?? '', says: `This stands for: ${entry.title}.` }] : []),
      ...because,
    ],
  }))
}

/**
 * A cause that is known on other operations only gives way where its sentence is explained by a cause that any operation
 * can have: the words are shared then, and the path decides.
 */
function leaveToGeneral<T extends Score & { cause: CatalogueCause }>(scored: readonly T[]): T[] {
  if (!scored.some((item) => item.said && isGeneral(item.cause) && item.score > 0)) return [...scored]
  return scored.map((item) =>
    item.said && item.elsewhere && !isGeneral(item.cause) ? { ...item, score: item.score - 6 } : item,
  )
}

/** Its sentences are of any field; the operations that are listed for it are examples. */
function isGeneral({ operations, wire }: CatalogueCause): boolean {
  return operations === undefined || (wire?.causes?.some((template) => /^\{field\}: /.test(template)) ?? false)
}

/** What the catalogue says of a cause, whatever speaks for it. */
function causeAsFit({ code }: Entry, id: string, cause: CatalogueCause) {
  const { kind, says, fix, tellApart: apart, operations } = cause
  return {
    code,
    cause: id,
    kind,
    says,
    fix,
    ...(apart !== undefined && { tellApart: apart }),
    anywhere: operations === undefined,
  }
}

/** Without a known code the sentences themselves are looked for in everything that was said. */
function fitSentences(facts: Facts): Fit[] {
  const found: Fit[] = []
  for (const entry of entries)
    for (const [id, cause] of Object.entries(entry.causes)) {
      const own = cause.wire?.summary === undefined ? entry.summaries.slice(0, 1) : [cause.wire.summary]
      for (const template of [...own, ...(cause.wire?.causes ?? [])]) {
        // A template that is all holes is in every text.
        if (literalOf(template) < TELLING_LETTERS) continue
        const item = facts.said.find(({ text }) => saysTemplate(template, text))
        if (!item) continue
        const { score, byOperation } = scoreOf(entry, id, cause, facts)
        found.push({
          ...causeAsFit(entry, id, cause),
          score: 2 + Math.max(score, -2),
          byOperation,
          decisive: false,
          because: [
            {
              place: item.place,
              quote: lineThat(item.text, (line) => saysTemplate(template, line)),
              says: 'This sentence belongs to this cause.',
            },
          ],
        })
        break
      }
    }
  return found
}

interface Score {
  score: number
  byOperation: number
  /**
   * The answer names its reasons: one of them is this cause's own sentence, or none is. Silent: its list of reasons is
   * there and empty, where this cause has a sentence to put in.
   */
  reason: 'named' | 'not-named' | 'silent' | undefined
  /** One of its sentences, or what means the same, stands among the reasons. */
  said: boolean
  /** The operation of the call is known, and is none of those that the cause is known on. */
  elsewhere: boolean
  because: Because[]
}

function scoreOf(entry: Entry, id: string, cause: CatalogueCause, facts: Facts): Score {
  const because: Because[] = []
  let score = 0
  let byOperation = 0
  let reason: Score['reason']
  let said = false
  let elsewhere = false
  const { wire } = cause
  const apart = tellApart(entry.code, id, facts)
  const summary = facts.summary
  if (wire?.status !== undefined && facts.status !== undefined) score += wire.status === facts.status ? 1 : -2
  if (summary !== undefined) {
    if (entry.forAll !== undefined && saysTemplate(entry.forAll, summary)) {
      if (wire?.summary === entry.forAll) score += 0.5
    } else if (wire?.summary !== undefined && !isSameForm(entry.summaries[0]!, wire.summary)) {
      if (saysTemplate(wire.summary, summary)) score += literalOf(wire.summary) > 12 ? 3 : 1
      // The hole of the code's own sentence is filled with other words than this cause has there.
      else if (entry.forAll === undefined && fillsHole(entry.summaries[0]!, summary)) score -= 4
      // An entry whose every cause has its own sentence is contradicted by another one.
      // So is one where the answer has the own sentence of a sibling, whatever else speaks for it.
      else
        score -= saysSibling(entry, summary) ? 7 : entry.summaries.some((one) => saysTemplate(one, summary)) ? 1.5 : 5
    } else if (!entry.summaries.some((template) => saysTemplate(template, summary))) score -= 1
  }
  if (wire?.causes !== undefined) {
    const matched = wire.causes.filter((template) => facts.causes.some((text) => saysTemplate(template, text)))
    if (matched.length > 0) {
      const most = Math.max(...matched.map(literalOf))
      score += most > 12 ? 4 : 1
      // One sentence may belong to several causes; two together tell them apart.
      if (matched.length > 1) score += 1.5
      if (most > 12) reason = 'named'
      said = true
      because.push({
        place: 'responseBody.errorCauses',
        quote: facts.causes.find((text) => matched.some((template) => saysTemplate(template, text))) ?? '',
        says: 'This sentence belongs to this cause.',
      })
    } else {
      if (facts.causes.length > 0) reason = 'not-named'
      else if (wire.causes.length > 0 && namesNoReason(facts)) reason = 'silent'
      if (wire.causes.length === 0 && !reason) score += 1
      else score -= reason === 'not-named' ? 4 : reason === 'silent' ? 3 : 1
    }
  } else if (facts.causes.length > 0 && Object.values(entry.causes).some((other) => other.wire?.causes !== undefined))
    score -= 0.5
  if (cause.operations !== undefined && facts.path !== undefined && !apart?.atHome) {
    if (reason !== 'not-named' && cause.operations.some((operation) => isOperation(operation, facts))) {
      byOperation = 2
      score += byOperation
      because.push({
        place: 'path',
        quote: [facts.method, facts.path].filter((word) => word !== undefined).join(' '),
        says: 'This operation is known for this cause.',
      })
    } else if (!isGeneral(cause)) {
      score -= 1
      elsewhere = facts.method !== undefined
    }
  }
  if (apart) {
    score += apart.score
    if (apart.because) because.push(apart.because)
  }
  return { score, byOperation, reason, said, elsewhere, because }
}

/** Whether the summary is a sentence that belongs to some of the causes, and is not the one of the code itself. */
function saysSibling({ causes, summaries }: Entry, summary: string): boolean {
  return Object.values(causes).some(
    ({ wire }) =>
      wire?.summary !== undefined && !isSameForm(summaries[0]!, wire.summary) && plain(wire.summary) === plain(summary),
  )
}

/** Whether the request is this operation; names of parameters do not matter. */
function isOperation(operation: string, facts: Facts): boolean {
  const [method = '', template = ''] = operation.split(' ', 2)
  if (facts.method !== undefined && facts.method !== method) return false
  if (facts.path === undefined) return false
  const bare = template.split('?', 1)[0]!
  const wanted = matchOperation(method, bare)
  const asked = facts.operation ?? matchOperation(method, facts.path)
  if (wanted && asked) return wanted.id === asked.id
  return sameShape(bare, facts.path)
}

function sameShape(template: string, path: string): boolean {
  const wanted = template.split('/')
  const given = path.split('/')
  return (
    wanted.length === given.length &&
    wanted.every((segment, at) => /^\{.*\}$/.test(segment) || segment === given[at] || /^\{.*\}$/.test(given[at] ?? ''))
  )
}

/** Whether two templates are the same but for the names of their holes: then one says no more than the other. */
function isSameForm(one: string, other: string): boolean {
  if (!one.includes('{')) return false
  const bare = (template: string) => template.replace(/\{\w+\}/g, '{}')
  return bare(one) === bare(other)
}

/** Whether the text is this template with something in its hole. */
function fillsHole(template: string, text: string): boolean {
  return template.includes('{') && matchTemplate(plain(template), plain(text)) !== undefined
}

/** Letters of a template outside its holes. */
function literalOf(template: string): number {
  return template.replace(/\{\w+\}/g, '').replace(/[^a-z]/gi, '').length
}

/** Whether a text is this sentence, or holds it among others. Full stops and doubled quotes do not matter. */
export function saysTemplate(template: string, text: string): boolean {
  const wanted = plain(template)
  const given = plain(text)
  if (matchTemplate(wanted, given) !== undefined) return true
  if (literalOf(wanted) < TELLING_LETTERS) return false
  // A hole at the end may be missing or be followed by more words.
  const open = wanted.replace(/[\s:]*\{\w+\}$/, '')
  const first = open.split(/\{\w+\}/, 1)[0]!
  const start = given.indexOf(first)
  if (start < 0 || first.length < 12) return false
  if (!open.includes('{')) return true
  return (
    matchTemplate(`${open}{afterwards}`, given.slice(start)) !== undefined ||
    matchTemplate(open, given.slice(start)) !== undefined
  )
}

function plain(text: string): string {
  return text.slice(0, 4_000).replace(/''/g, "'").replaceAll('`', "'").replace(/\s+/g, ' ').trim().replace(/\.$/, '')
}
