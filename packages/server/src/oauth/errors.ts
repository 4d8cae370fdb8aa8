// How does an OAuth endpoint refuse? In a form of its own: `{"error","error_description"}`, an empty body with a
// challenge, or a redirect. The cause stays private here too: `invalid_grant/code-used-twice`.
import { fillHoles, type RedirectErrorEntry } from '@errorg/errors'

/** What goes with a refusal, where there is more. */
export interface RefusalMore {
  /** The reason in the System Log: Okta's own word for the condition, such as `no_matching_policy`. */
  reason?: string
  headers?: readonly (readonly [string, string])[]
  /** `envelope`: the form of /api/v1 with an OAuth word as its code. `empty`: no body, the headers say it. */
  form?: 'oauth' | 'envelope' | 'empty'
  /** The entry of the catalogue, where the error can go to an application by redirect. */
  entry?: RedirectErrorEntry
}

/** A refusal of an OAuth endpoint on its way to the wire. */
export class OAuthRefusal extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    readonly description: string,
    readonly causeId: string,
    readonly more: RefusalMore,
  ) {
    super(`${error}/${causeId}`)
    this.name = 'OAuthRefusal'
  }
}

/** Refuses with a word that the catalogue has no entry for, as at the token endpoint. */
export function refuse(
  status: number,
  error: string,
  description: string,
  causeId: string,
  more: RefusalMore = {},
): never {
  throw withoutStack(() => new OAuthRefusal(status, error, description, causeId, more))
}

/** Refuses with an entry of the catalogue for one of its causes; `facts` fill the holes of its text. */
export function refuseAs<Id extends string>(
  entry: RedirectErrorEntry<Id>,
  cause: NoInfer<Id>,
  facts: Readonly<Record<string, unknown>> = {},
  more: RefusalMore & { status?: number; description?: string } = {},
): never {
  const { wire } = entry.causes[cause]
  const text = more.description ?? wire?.summary ?? entry.current.descriptions[0]!
  return refuse(more.status ?? wire?.status ?? 400, entry.error, fillHoles(text, facts), cause, { ...more, entry })
}

// A refusal is an everyday answer: nobody reads its stack, and taking one costs.
function withoutStack<T>(make: () => T): T {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  const made = make()
  Error.stackTraceLimit = limit
  return made
}
