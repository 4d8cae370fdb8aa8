// Is the caller somebody? Credentials first, rights later.
import { identify } from './caller.ts'
import type { Gate } from './gate.ts'

/** Finds the caller, except on operations that are open to anyone. */
export const authenticationGate: Gate = {
  name: 'authentication',
  stage: 'authentication',
  pass(org, x) {
    if (x.route.needs === 'anyone') return
    return identify(org, x).then((caller) => {
      x.caller = caller
    })
  },
}
