// How does a rule refuse? `fail(E0000016, 'user-already-active')` is the only way to raise an error of Okta's.
// The caller sees what Okta would show; the cause stays in the org's private record.
import type { ErrorEntry } from '@errorg/errors'

/** What fills the holes of an error's texts, and what this one occurrence adds. */
export interface Facts {
  /** Values of holes: `{ id: '00u…', type: 'User' }`. */
  [hole: string]: unknown
  /** Replaces the texts of `errorCauses` where they are worked out, as for validation. */
  causes?: readonly string[]
  /** Headers that go with this answer, such as `www-authenticate`. */
  headers?: readonly (readonly [string, string])[]
}

/** An error of the catalogue on its way to the wire. */
export class Failure extends Error {
  constructor(
    readonly entry: ErrorEntry,
    readonly causeId: string,
    readonly facts: Facts,
  ) {
    super(`${entry.code}/${causeId}`)
    this.name = 'Failure'
    // A refusal is an everyday answer here, not a fault: nobody reads its stack, and taking one costs 5 us.
  }
}

/** Refuses with a code of the catalogue for one of its causes. */
export function fail<Id extends string>(entry: ErrorEntry<Id>, cause: NoInfer<Id>, facts: Facts = {}): never {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  const failure = new Failure(entry, cause, facts)
  Error.stackTraceLimit = limit
  throw failure
}

/** Refuses outside the catalogue: an answer of Okta's edge, which knows no codes. */
export class EdgeRefusal extends Error {
  constructor(
    readonly status: number,
    override readonly message: string,
    /** Why, for the org's private record. */
    readonly reason: string,
  ) {
    super(message)
    this.name = 'EdgeRefusal'
  }
}
