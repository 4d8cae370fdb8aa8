// Which faults has somebody asked for? Injected answers and broken lines, to test clients; never used in proofs.
import type { Exchange } from './http/exchange.ts'
import type { BrokenLine, Ending } from './http/walk.ts'

/** A fault that matched a request. */
export interface Fault {
  /** For the ledger: which fault it was. */
  name: string
}

/** The faults of one org. */
export interface Faults {
  /** The first fault that applies to this request, counted as used. */
  match(x: Exchange): Fault | undefined
  /** Plays it; `go` is what would have happened without. */
  play(fault: Fault, x: Exchange, go: () => Promise<Ending>): Promise<Ending | BrokenLine>
}

/** Makes an empty list of faults. */
export function createFaults(): Faults {
  return {
    match: () => undefined,
    play: (_fault, _x, go) => go(),
  }
}
