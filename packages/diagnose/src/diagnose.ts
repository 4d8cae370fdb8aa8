// Why did this call fail? From input of any form to findings: read, make uniform, let the rules speak, weigh, ask.
import { ask } from './ask.ts'
import { fitCatalogue, kindsNotNamed } from './catalogue.ts'
import { type Evidence, isRecord, toEvidence } from './evidence.ts'
import { normalise } from './facts.ts'
import type { Candidate, Diagnosis, Finding, Gap, Want } from './finding.ts'
import { voiceOfCode } from './kind-of-code.ts'
import { hearOrg, isRuledOut } from './org/verdict.ts'
import { readGuessed } from './readers/guess.ts'
import { readers } from './readers/index.ts'
import { plainText } from './readers/plain-text.ts'
import type { Reading } from './readers/reader.ts'
import { rules } from './rules/index.ts'
import { weigh } from './weigh.ts'

export interface DiagnoseOptions {
  /** The name of a reader; without it the input is looked at. */
  as?: string
  /** The clock of the caller in milliseconds; used where the answer carries no Date. */
  now?: number
  /** False leaves out what to send to know more. */
  ask?: boolean
}

const MOST_FINDINGS = 12
const MOST_EVIDENCES = 20
const MOST_GAPS = 10

/** Diagnoses text of any known form, or evidence. Never throws: what cannot be read becomes a gap. */
export function diagnose(input: string | Evidence, options: DiagnoseOptions = {}): Diagnosis {
  const { evidences, gaps } = readInput(input, options.as)
  return diagnoseEvidences(evidences, gaps, options)
}

/** Input of any known form as evidence, one for each call. Never throws. */
export function readInput(input: unknown, as: string | undefined): Reading {
  const { evidences, gaps } = read(input, as)
  return { evidences: evidences.slice(0, MOST_EVIDENCES), gaps: gaps.slice(0, MOST_GAPS) }
}

/** Diagnoses what was read. */
export function diagnoseEvidences(
  evidences: readonly Evidence[],
  gaps: readonly Gap[],
  options: DiagnoseOptions = {},
): Diagnosis {
  const parts = evidences.map((evidence) => diagnoseOne(evidence, options))
  const findings = parts.length === 1 ? parts[0]!.findings : mergeCalls(parts.map((part) => part.findings))
  const wants = new Map<string, Want>()
  for (const part of parts)
    for (const want of part.wants) if (wants.size < 5) wants.set(want.what, wants.get(want.what) ?? want)
  return { schema: 1, findings, wants: [...wants.values()], gaps }
}

/** Diagnoses evidence that is already in parts. */
export function diagnoseEvidence(evidence: Evidence, options: Omit<DiagnoseOptions, 'as'> = {}): Diagnosis {
  return diagnose(evidence, options)
}

function read(input: unknown, as: string | undefined): Reading {
  if (typeof input !== 'string') {
    if (isRecord(input)) return { evidences: [toEvidence(input)], gaps: [] }
    return gapOnly({
      what: 'No text and no evidence.',
      why: 'Nothing can be read from it.',
      send: 'A text, or an object with what you saw.',
    })
  }
  const text = plainText(input)
  if (as === undefined) return readGuessed(text)
  const reader = readers.find((one) => one.name === as)
  if (reader) return reader.read(text)
  return gapOnly({
    what: `The form "${as.slice(0, 40)}".`,
    why: 'No reader has this name.',
    send: `One of: ${readers.map((one) => one.name).join(', ')}. Or leave it out and the form is guessed.`,
  })
}

function gapOnly(gap: Gap): Reading {
  return { evidences: [], gaps: [gap] }
}

function diagnoseOne(evidence: Evidence, options: DiagnoseOptions): { findings: Finding[]; wants: Want[] } {
  const facts = normalise(evidence, options.now)
  const { candidates: answers, ruledOut } = hearOrg(facts)
  const guesses: Candidate[] = [...rules.flatMap((rule) => [...rule.speak(facts)]), ...voiceOfCode(facts)]
  const notNamed = kindsNotNamed(facts)
  const voices = guesses
    .filter((guess) => !isRuledOut(guess, ruledOut))
    .map((guess) => (notNamed.has(guess.kind) ? { ...guess, strength: 'possible' as const } : guess))
  const candidates = [...answers, ...voices]
  const fits = fitCatalogue(facts).filter((fit) => !isRuledOut(fit, ruledOut))
  const findings = weigh(candidates, fits, facts.code)
  return { findings, wants: options.ask === false ? [] : ask(facts, findings, candidates, fits) }
}

/** Several calls: each finding says which call it is about; the same explanation of several calls stands once. */
function mergeCalls(lists: readonly (readonly Finding[])[]): Finding[] {
  const merged = new Map<string, Finding>()
  // First the best of every call, then the second best, so that no failure hides behind another one.
  const longest = Math.max(0, ...lists.map((list) => list.length))
  for (let rank = 0; rank < longest; rank++)
    for (const [call, list] of lists.entries()) {
      const finding = list[rank]
      if (!finding) continue
      const key = `${finding.code}/${finding.cause}/${finding.kind}`
      const before = merged.get(key)
      const because = finding.because.map((one) => ({ ...one, place: `call ${call + 1}: ${one.place}` }))
      if (before) merged.set(key, { ...before, because: [...before.because, ...because].slice(0, 8) })
      else if (merged.size < MOST_FINDINGS) merged.set(key, { ...finding, because })
    }
  return [...merged.values()]
}
