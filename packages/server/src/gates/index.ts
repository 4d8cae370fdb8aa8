import { acceptGate } from './accept.ts'
import { authenticationGate } from './authentication.ts'
import { blockListGate } from './block-list.ts'
import { bodyGate } from './body.ts'
import { builtGate, featureGate } from './feature.ts'
import type { Gate } from './gate.ts'
import { limitGate } from './limit.ts'
import { pathGate } from './path.ts'
import { readOnlyGate } from './read-only.ts'
import { roleGate } from './role.ts'
import { scopeGate } from './scope.ts'
import { threatGate } from './threats.ts'

/** The gates in Okta's order, which can be read off the headers that accompany each error. */
export const gates: readonly Gate[] = [
  // A blocked address reaches no URL of the org, before any policy is looked at (documented).
  blockListGate,
  // "Prior to authentication evaluation" (documented); the body is that of a blocked address.
  threatGate,
  // 404 and 405 carry no request id: they are answered before the org is asked.
  pathGate,
  // E0000019 neither.
  acceptGate,
  // E0000011 and E0000005 have a request id and no rate-limit headers.
  authenticationGate,
  // E0000015 does not count against a limit and carries no rate-limit headers.
  featureGate,
  builtGate,
  // From here on every answer carries the three rate-limit headers, the 429 itself too.
  limitGate,
  // What a token may be used for comes before what its owner may do.
  scopeGate,
  // E0000006 is a handler's answer: it has rate-limit headers and counts.
  roleGate,
  // Rights before mode: who may not write learns that first. (inferred)
  readOnlyGate,
  // E0000003 and E0000021 have all headers: the body is read last.
  bodyGate,
]
