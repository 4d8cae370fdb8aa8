// May a feature be switched, and what has to be switched with it?
import { E0000022 } from '@errorg/errors/codes'
import { type Feature, features } from '../../entities/feature.ts'
import { fail } from '../../fail.ts'
import { failWithNewer } from '../../fail-newer.ts'

/** `enable` or `disable`; today's reference writes them large. */
export function readLifecycle(word: string): boolean {
  const small = word.toLowerCase()
  if (small !== 'enable' && small !== 'disable') fail(E0000022, 'lifecycle-word-unknown')
  return small === 'enable'
}

/** A feature is switched to the other state, and a closed Beta only off (documented). */
export function maySwitch(feature: Feature, isOn: boolean, on: boolean): void {
  if (isOn === on) fail(E0000022, 'feature-already-so')
  if (on && feature.state === 'CLOSED') fail(E0000022, 'feature-in-closed-beta')
}

/** The features that this one needs. */
export function dependenciesOf(feature: Feature): Feature[] {
  return features.filter((other) => feature.needs.includes(other.key))
}

/** The features that need this one. */
export function dependentsOf(feature: Feature): Feature[] {
  return features.filter((other) => other.needs.includes(feature.key))
}

/**
 * Everything that is switched together with a feature. Without force there must be nothing else to switch: E0000141.
 */
export function switchedWith(
  feature: Feature,
  on: boolean,
  { force, isOn }: { force: boolean; isOn: (key: string) => boolean },
): Feature[] {
  const next = on ? dependenciesOf : dependentsOf
  const found = new Map<string, Feature>()
  const visit = (one: Feature) => {
    for (const other of next(one)) {
      if (isOn(other.key) === on || found.has(other.key)) continue
      found.set(other.key, other)
      visit(other)
    }
  }
  visit(feature)
  const others = [...found.values()]
  if (others.length > 0 && !force) refuseConflict(others, on)
  for (const other of others) if (on && other.state === 'CLOSED') fail(E0000022, 'feature-in-closed-beta')
  return others
}

function refuseConflict(others: readonly Feature[], on: boolean): never {
  const state = on ? 'not enabled' : 'enabled'
  return failWithNewer('E0000141', 'feature-has-conflicts', 'authorization', {
    kind: 'object-state-forbids-operation',
    says: 'The feature needs others that are off, or others that are on need it.',
    fix: ['Switch the features that the causes name first, or send mode=force to switch them too.'],
    operations: ['POST /api/v1/features/{featureId}/{lifecycle}'],
    wire: { causes: others.map(({ name }) => `Self-Service feature ${name} is ${state}`) },
    sources: [{ mark: 'documented', where: 'okta/okta-developer-docs, docs/reference/api/features' }],
  })
}
