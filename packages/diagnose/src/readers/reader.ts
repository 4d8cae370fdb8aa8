// What does a reader give back? Evidence it understood and gaps it could not; never an exception.
import type { Evidence } from '../evidence.ts'
import type { Gap } from '../finding.ts'

export interface Reading {
  evidences: readonly Evidence[]
  gaps: readonly Gap[]
}

export interface Reader {
  /** The word for `--as`. */
  name: string
  /** What it reads, for people. */
  says: string
  read(text: string): Reading
}

/** A reading that failed, with the reason. */
export function refuse(what: string, why: string, send: string): Reading {
  return { evidences: [], gaps: [{ what, why, send }] }
}
