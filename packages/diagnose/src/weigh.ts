// Which explanation comes first? Merges what the rules say about kinds with the causes of the catalogue that fit.
import { redactText } from '@errorg/errors/wire'
import type { Fit } from './catalogue.ts'
import type { Because, Candidate, Finding, Strength } from './finding.ts'

const MOST_FINDINGS = 6
const MOST_BECAUSE = 5
const MOST_FIX = 7
const MOST_QUOTE = 300

const POINTS: Readonly<Record<Strength, number>> = { certain: 8, likely: 4.5, possible: 2 }

interface Weighed {
  code: string | null
  cause: string | null
  kind: Candidate['kind']
  strength: Strength
  because: readonly Because[]
  fix: readonly string[]
  score: number
  /** A rule speaks for it. */
  ruled: boolean
  /** A rule or a distinctive wire speaks for it; not only the code. */
  backed: boolean
  /** Something of the request speaks for it, if little. */
  inPlay: boolean
  /** How well the catalogue says it fits, where no more than the exchange itself speaks for it. */
  byWire?: number
}

/** Sorts, merges and caps. `code` is the code of the answer, for findings that no cause of the catalogue covers. */
export function weigh(candidates: readonly Candidate[], fits: readonly Fit[], code: string | undefined): Finding[] {
  const voices = mergeKinds(candidates)
  const weighed: Weighed[] = []
  const covered = new Set<Candidate>()
  for (const fit of fits) {
    const voice = voices.find((one) => one.kind === fit.kind && (one.code === undefined || one.code === fit.code))
    const isNamed = voice?.cause === fit.cause
    const siblings = fits.filter((other) => other !== fit && other.kind === fit.kind)
    // A sibling that fits clearly worse than the best of its kind is no explanation. The operation of the call puts no
    // sibling aside that can happen anywhere.
    if (!isNamed && siblings.some((other) => fit.score < other.score - (fit.anywhere ? other.byOperation : 0) - 1.4))
      continue
    // Where something speaks against every cause of a kind, the kind stays and the cause is left open.
    if (!isNamed && fits.length > 1 && !fit.decisive && fit.score <= (siblings.length > 0 ? -1 : -2)) continue
    if (voice) covered.add(voice)
    const support = voice ? POINTS[voice.strength] + (voice.weight ?? 5) / 10 : 0
    const named = isNamed ? 3 : 0
    weighed.push({
      code: fit.code,
      cause: fit.cause,
      kind: fit.kind,
      strength: strengthOf(fit, voice, siblings.length > 0),
      because: [...(voice?.because ?? []), ...fit.because],
      fix: stepsOf(voice, fit.fix),
      // A cause that is left over because nothing else fits is less than one that was recognised.
      score: fit.score + support + named + (fit.decisive ? (fits.length === 1 || fit.score >= 2 ? 3 : 1) : 0),
      ruled: voice !== undefined,
      backed: voice !== undefined || fit.decisive || fit.score >= 2,
      inPlay: fit.score > 0,
      ...(!isNamed &&
        !fit.decisive &&
        voice?.strength !== 'certain' &&
        !seesBeyondWire(voice) && { byWire: fit.score }),
    })
  }
  for (const voice of voices) {
    if (covered.has(voice)) continue
    weighed.push({
      code: voice.code ?? code ?? null,
      cause: null,
      kind: voice.kind,
      strength: voice.strength,
      because: voice.because,
      fix: stepsOf(voice, voice.fix ?? []),
      score: POINTS[voice.strength] + (voice.weight ?? 5) / 10,
      ruled: true,
      backed: true,
      inPlay: true,
    })
  }
  weighed.sort((a, b) => b.score - a.score)
  return settle(spread(weighed)).map(toFinding)
}

/** The steps that follow from this very evidence, then the general ones that they do not repeat. */
function stepsOf(voice: Candidate | undefined, general: readonly string[]): string[] {
  const first = voice?.first ?? []
  const said = first.length > 0 ? voice?.firstSays : undefined
  return [...first, ...general.filter((step) => !said?.test(step))]
}

/** A rule that is certain of the kind has not said which of several causes it is. */
function strengthOf(fit: Fit, voice: Candidate | undefined, oneOfSeveral: boolean): Strength {
  if (voice === undefined) return fit.decisive ? 'certain' : fit.score >= 2 ? 'likely' : 'possible'
  if (voice.strength === 'certain' && voice.cause !== fit.cause && !fit.decisive && oneOfSeveral) return 'likely'
  return voice.strength
}

/** Places of the exchange itself: what every caller of the same failure sees. */
const WIRE = /^(?:responseBody|responseHeaders|httpStatus|path|request|requestHeaders|requestBody|redirectUrl)\b/

/** A rule that knows more than the exchange: the log, a token, what somebody told, what the org answered. */
function seesBeyondWire(voice: Candidate | undefined): boolean {
  return voice?.because.some(({ place }) => !WIRE.test(place)) ?? false
}

/** One voice a kind: the strongest leads, the others add their evidence. */
function mergeKinds(candidates: readonly Candidate[]): Candidate[] {
  const merged = new Map<string, Candidate>()
  const order: readonly Strength[] = ['certain', 'likely', 'possible']
  const sorted = [...candidates].sort(
    (a, b) => order.indexOf(a.strength) - order.indexOf(b.strength) || (b.weight ?? 5) - (a.weight ?? 5),
  )
  for (const candidate of sorted) {
    const before = merged.get(candidate.kind)
    merged.set(candidate.kind, before ? joined(before, candidate) : candidate)
  }
  return [...merged.values()]
}

/** What two say of one kind: the steps of the second count where both mean the same cause. */
function joined(one: Candidate, other: Candidate): Candidate {
  const same = one.cause !== undefined && one.cause === other.cause && other.first !== undefined
  return {
    ...one,
    because: [...one.because, ...other.because],
    ...(same && { first: [...(one.first ?? []), ...other.first!] }),
  }
}

/** Sibling causes of a kind step back, so that other kinds are seen; what only the code speaks for goes last. */
function spread(weighed: readonly Weighed[]): Weighed[] {
  const seen = new Map<string, number>()
  const placed = weighed.map((item) => {
    const before = seen.get(item.kind) ?? 0
    seen.set(item.kind, before + 1)
    // A sibling for which nothing of the request speaks goes behind other kinds that have something.
    const idle = before > 0 && !item.inPlay ? 3 : 0
    return { item, rank: item.score - before * 3 - idle - (item.backed ? 0 : 1) }
  })
  placed.sort((a, b) => b.rank - a.rank)
  const best = placed[0]?.rank ?? 0
  return placed
    .filter(({ item, rank }) => item.backed || item.inPlay || rank > best - 4)
    .slice(0, MOST_FINDINGS)
    .map(({ item }) => item)
}

/** A finding is certain only while no other one explains the facts as well. */
function settle(items: readonly Weighed[]): Weighed[] {
  const [first] = items
  if (!first) return []
  return items.map((item, at) => {
    const earlier = items.findIndex((other) => other.kind === item.kind) < at
    if (earlier && item.strength !== 'possible') return { ...item, strength: 'possible' as const }
    // What only the catalogue is certain of gives way where a rule is certain of something else.
    const ruled = items.some((other) => other.kind !== item.kind && other.ruled && other.strength === 'certain')
    if (item.strength === 'certain' && !item.ruled && ruled) return { ...item, strength: 'likely' as const }
    const sibling = items.some((other) => other !== item && other.kind === item.kind && other.score > item.score - 1)
    const rival = items.some((other) => other !== item && other.kind !== item.kind && other.score > item.score - 0.5)
    if (item.strength === 'certain' && at > 0 && first.score - item.score > 2.5)
      return { ...item, strength: 'possible' as const }
    if (item.strength === 'certain' && item.cause !== null && (sibling || rival))
      return { ...item, strength: 'likely' as const }
    // Causes that look the same to the caller are all possible, however often each is met.
    const alike = items.some(
      (other) =>
        other !== item && other.code === item.code && Math.abs((other.byWire ?? Infinity) - (item.byWire ?? 0)) <= 0.5,
    )
    if (item.strength === 'likely' && item.byWire !== undefined && alike)
      return { ...item, strength: 'possible' as const }
    if (item.strength === 'likely' && at > 0 && first.score - item.score > 3)
      return { ...item, strength: 'possible' as const }
    return item
  })
}

function toFinding(item: Weighed): Finding {
  const because = new Map<string, Because>()
  for (const one of item.because) {
    const key = `${one.place} ${one.quote}`
    if (because.has(key) || because.size >= MOST_BECAUSE) continue
    because.set(key, { place: redactText(one.place).slice(0, 200), quote: quoteOf(one.quote), says: one.says })
  }
  return {
    code: item.code,
    cause: item.cause,
    kind: item.kind,
    strength: item.strength,
    because: [...because.values()],
    fix: [...new Set(item.fix)].slice(0, MOST_FIX),
  }
}

function quoteOf(text: string): string {
  const safe = redactText(text.slice(0, 4_000)).replace(/\s+/g, ' ').trim()
  return safe.length > MOST_QUOTE ? `${safe.slice(0, MOST_QUOTE)}…` : safe
}
