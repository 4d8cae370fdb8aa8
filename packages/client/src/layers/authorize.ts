// With which credential does a call go out, and when is a new one fetched? Being written.
import type { Credential } from '../auth/credential.ts'
import type { Clock } from '../clock.ts'
import type { Listener } from '../events.ts'
import type { Fetch, Layer } from '../layer.ts'

/** Whose calls they are, and where they may go. */
export interface AuthorizeOptions {
  /** Only calls to this origin get the credential. */
  orgUrl: string
  auth: Credential
  /** What token requests are sent with. Default: the fetch under the layer. */
  fetch?: Fetch
  /** How long a token request may take, its answer's body included. Default 10,000. */
  timeoutMs?: number
  clock?: Clock
  onEvent?: Listener
}

/** Puts the credential on calls to the org; renews tokens before they expire, once for all who wait. */
export function authorize(_options: AuthorizeOptions): Layer {
  return (next) => next
}
