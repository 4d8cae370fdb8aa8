// What do the answers of an org, as they stand in the evidence, mean for the findings?
import { findCode } from '@errorg/errors/codes'
import { kinds } from '@errorg/errors/kinds'
import type { Facts } from '../facts.ts'
import type { Candidate } from '../finding.ts'
import { questions } from './index.ts'
import { learntOf, type RuledOut, silence, type Verdict } from './question.ts'
import { hearSignIn } from './sign-in-of-log.ts'

/** Hears every question that was answered, and what stands in the log of the call, whoever fetched it. */
export function hearOrg(facts: Facts): Verdict {
  const verdicts = questions.map((question) => {
    const learnt = learntOf(facts.evidence, question.name)
    return learnt ? question.speak(learnt, facts) : silence
  })
  verdicts.push(hearSignIn(facts))
  return {
    candidates: verdicts.flatMap(({ candidates }) => candidates.map(withFix)),
    ruledOut: verdicts.flatMap(({ ruledOut }) => ruledOut),
  }
}

/** Answers say what is so; what to do about it stands in the catalogue. */
function withFix(candidate: Candidate): Candidate {
  const causes: Readonly<Record<string, { fix: readonly string[] }>> = findCode(candidate.code ?? '')?.causes ?? {}
  const cause =
    candidate.cause !== undefined && Object.hasOwn(causes, candidate.cause) ? causes[candidate.cause] : undefined
  return { ...candidate, fix: candidate.fix ?? cause?.fix ?? kinds[candidate.kind].look }
}

/** Whether an explanation is contradicted. What an answer itself speaks for never is. */
export function isRuledOut(
  one: { kind: Candidate['kind']; code?: string | undefined; cause?: string | undefined },
  ruledOut: readonly RuledOut[],
): boolean {
  return ruledOut.some((out) =>
    out.kind !== undefined
      ? out.kind === one.kind && !(one.cause !== undefined && out.except?.includes(one.cause))
      : out.cause !== undefined && out.cause === one.cause && out.code === one.code,
  )
}
