// Does this org have the feature that the operation belongs to?
import { E0000015, E0000052 } from '@errorg/errors/codes'
import { isFeatureOn } from '../entities/feature.ts'
import { fail } from '../fail.ts'
import type { Gate } from './gate.ts'

/** Refuses operations of features that are off. Recorded before the limiter: no rate-limit headers. */
export const featureGate: Gate = {
  name: 'feature',
  stage: 'feature',
  pass(org, x) {
    const { feature } = x.route
    if (feature !== undefined && !isFeatureOn(org.settings, feature)) fail(E0000015, 'feature-off', { feature })
  },
}

/** Says plainly that an operation of Okta's is not built here. */
export const builtGate: Gate = {
  name: 'built',
  stage: 'feature',
  pass(_org, x) {
    if (x.route.built) return
    const name = x.operation?.id ?? `${x.route.method} ${x.route.template}`
    fail(E0000052, 'operation-not-built', {
      operation: name,
      causes: [`errorg has not built ${name} (${x.route.method} ${x.operation?.path ?? x.route.template}) yet.`],
    })
  },
}
