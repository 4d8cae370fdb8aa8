// Does the request come from an address that the org blocks? Asked before anything else, at every URL.
import { E0000006 } from '@errorg/errors/codes'
import { zones } from '../entities/zone.ts'
import { fail } from '../fail.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { Gate } from './gate.ts'
import { contains } from './network.ts'

/** Refuses addresses that an active BLOCKLIST zone contains. Its place and the event are documented, the body is not. */
export const blockListGate: Gate = {
  name: 'block-list',
  stage: 'authentication',
  pass(org, x) {
    // Only zones that can block are under this key: mostly none.
    return org.state.lacks(zones, 'blocks', 'yes') ? undefined : refuseBlocked(org, x)
  },
}

async function refuseBlocked(org: Org, x: Exchange): Promise<void> {
  for (const { id, value } of await org.state.find(zones, 'blocks', 'yes')) {
    if (!contains(org, value, x.address)) continue
    org.log(x, {
      eventType: 'security.request.blocked',
      displayMessage: 'Blocked request from IP',
      result: 'DENY',
      severity: 'WARN',
      actor: { id: x.address, type: 'IP address', alternateId: 'unknown', displayName: x.address },
      targets: [{ id, type: 'NetworkZone', alternateId: 'unknown', displayName: value.name }],
    })
    return fail(E0000006, 'address-blocked', { address: x.address, zone: value.name })
  }
}
