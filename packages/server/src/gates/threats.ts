// Does somebody who attacks try to sign in? ThreatInsight is asked before anybody is authenticated (documented).
import { E0000006 } from '@errorg/errors/codes'
import { loadProtection } from '../entities/protection.ts'
import { fail } from '../fail.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { Gate } from './gate.ts'
import { knownOf } from './known-addresses.ts'
import { isInZones } from './network.ts'

// Okta speaks of authentication requests; that they are these is inferred.
const signIn = /^\/(?:api\/v1\/(?:authn|sessions\/?$)|oauth2\/(?:[^/]+\/)?v1\/(?:authorize|token)$)/

/** Logs or refuses requests to sign in that come from malicious addresses, as the org has ThreatInsight set. */
export const threatGate: Gate = {
  name: 'threats',
  stage: 'authentication',
  pass(org, x) {
    return knownOf(org.settings, x.address)?.malicious && signIn.test(x.path) ? refuseThreat(org, x) : undefined
  },
}

async function refuseThreat(org: Org, x: Exchange): Promise<void> {
  const { action, excludeZones } = (await loadProtection(org, 'threatInsight')).value
  if (action === 'none' || (await isInZones(org, excludeZones, x.address))) return
  org.log(x, {
    eventType: 'security.threat.detected',
    displayMessage: 'Request from suspicious actor',
    result: action === 'block' ? 'DENY' : 'ALLOW',
    severity: 'WARN',
    actor: { id: x.address, type: 'IP address', alternateId: 'unknown', displayName: x.address },
    debug: { threatSuspected: 'true' },
  })
  if (action === 'block') fail(E0000006, 'address-malicious', { address: x.address })
}
