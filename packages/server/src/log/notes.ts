// How does a room write down what happened to one of its things? All its events have one family, one sentence for each
// thing that can happen, and the thing itself as their target.
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import type { LogParty } from './event.ts'

/** Writes one event about a thing: `note(org, x, 'create', thing)`. */
export type Note<What extends string, T> = (org: Org, x: Exchange, what: What, thing: Stored<T>) => void

/** The events of a family, such as `zone`, with Okta's sentence for each; `partyOf` names the thing in them. */
export function notes<What extends string, T>(
  family: string,
  messages: Readonly<Record<What, string>>,
  partyOf: (thing: Stored<T>) => LogParty,
): Note<What, T> {
  return (org, x, what, thing) =>
    org.log(x, { eventType: `${family}.${what}`, displayMessage: messages[what], targets: [partyOf(thing)] })
}

/** Names a thing in events by its id and name; Okta leaves the alternate id open for most. */
export function namedParty(type: string): (thing: Stored<{ name: string }>) => LogParty {
  return ({ id, value }) => ({ id, type, alternateId: 'unknown', displayName: value.name })
}
