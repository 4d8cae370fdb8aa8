// What does a diagnosis consist of? The shapes that rules give, that weigh sorts and that outsiders read.
import type { Kind } from '@errorg/errors/kinds'

/** How sure a finding is: proven by what was sent, the best explanation, or one of several that fit. */
export type Strength = 'certain' | 'likely' | 'possible'

/** One piece of evidence and what follows from it. */
export interface Because {
  /** Where it stands, such as `responseBody.errorCauses[0].errorSummary` or `requestHeaders.authorization`. */
  place: string
  /** The words found there, secrets removed. */
  quote: string
  /** What that means here. */
  says: string
}

/** What a rule says: not yet sorted, merged with the catalogue, or redacted. */
export interface Candidate {
  kind: Kind
  strength: Strength
  because: readonly Because[]
  /** Steps in order. The catalogue's steps for the cause stand in when this is absent. */
  fix?: readonly string[]
  /** Steps that follow from this very evidence; they stand before those of the catalogue. */
  first?: readonly string[]
  /** General steps that `first`, where there is one, says with the numbers of this very call: they fall away. */
  firstSays?: RegExp
  code?: string
  /** Id of a cause within `code`. Rules leave it out unless they know; the catalogue rule fills it. */
  cause?: string
  /** Breaks ties between candidates of one strength; 0 to 10, 5 when absent. */
  weight?: number
  /** What would decide whether this candidate is the right one. */
  wants?: readonly Want[]
}

/** One explanation of the failure. */
export interface Finding {
  /** The error code that Okta sent, or null where none was seen. */
  code: string | null
  /** The cause within the code, or null where only the family is known. */
  cause: string | null
  kind: Kind
  strength: Strength
  because: readonly Because[]
  fix: readonly string[]
}

/** Something that would decide between findings, and how to get it. */
export interface Want {
  what: string
  how: string
}

/** Input that was not used: what arrived, why it was refused, what to send in its place. */
export interface Gap {
  what: string
  why: string
  send: string
}

/** The answer to "why did this fail?", best finding first. */
export interface Diagnosis {
  schema: 1
  findings: readonly Finding[]
  wants: readonly Want[]
  gaps: readonly Gap[]
}
