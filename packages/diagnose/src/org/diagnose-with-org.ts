// Why did this call fail, with an org at hand that can be asked? Diagnoses, asks what is open, diagnoses again.
import { type DiagnoseOptions, diagnoseEvidences, readInput } from '../diagnose.ts'
import type { Evidence } from '../evidence.ts'
import type { Diagnosis, Gap } from '../finding.ts'
import { askThrough } from './ask-org.ts'
import { type Asked, type AskOptions, type AskState, openChannel } from './channel.ts'

/** A diagnosis, and what was asked for it. */
export interface DiagnosisWithOrg extends Diagnosis {
  org: {
    /** The origin that was asked; null where the address could not be used. */
    url: string | null
    state: AskState
    asked: readonly Asked[]
    /** What the org did not answer. */
    gaps: readonly Gap[]
  }
}

// Failures beyond these are diagnosed from the input alone: a HAR file can hold hundreds.
const MOST_ASKED_ABOUT = 3

/** Diagnoses like `diagnose`, and asks the org about what that leaves open. Never throws; trouble becomes a gap. */
export async function diagnoseWithOrg(
  input: string | Evidence,
  options: DiagnoseOptions & AskOptions,
): Promise<DiagnosisWithOrg> {
  const reading = readInput(input, options.as)
  const channel = openChannel(options)
  const evidences: Evidence[] = []
  for (const [at, evidence] of reading.evidences.entries()) {
    const first = at < MOST_ASKED_ABOUT ? diagnoseEvidences([evidence], [], options) : undefined
    evidences.push(first ? await askThrough(channel, evidence, first, options.now) : evidence)
  }
  return {
    ...diagnoseEvidences(evidences, reading.gaps, options),
    org: { url: channel.origin ?? null, state: channel.state, asked: channel.asked, gaps: channel.gaps },
  }
}
