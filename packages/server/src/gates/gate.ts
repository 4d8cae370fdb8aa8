// What is a gate? One check that every request passes on its way to its handler, or fails at.
import type { Exchange, Stage } from '../http/exchange.ts'
import type { Org } from '../org.ts'

/** One check. `stage` says how far a request is that is refused here; it decides the headers of the refusal. */
export interface Gate {
  readonly name: string
  readonly stage: Stage
  /** Refuses by `fail`, or lets pass. */
  pass(org: Org, x: Exchange): void | Promise<void>
}
