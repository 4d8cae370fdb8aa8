// Which features may an administrator switch by himself, and is a feature on?
import { hash } from 'node:crypto'
import type { Org } from '../org.ts'
import type { Settings } from '../settings.ts'

/** A feature that administrators switch on and off. Features that need a licence are not among them. */
export interface Feature {
  /** Its name in the settings of the org. */
  key: string
  name: string
  description: string
  stage: 'EA' | 'BETA'
  /** Of a Beta: whether it still takes orgs. */
  state?: 'OPEN' | 'CLOSED'
  /** Whether it is on when nobody has said anything. */
  standard: boolean
  /** Keys of the features that have to be on before it. */
  needs: readonly string[]
}

/** All of them. What an operation refuses without a feature is told in its route. */
export const features: readonly Feature[] = [
  {
    key: 'WELL_KNOWN_URIS',
    name: 'Custom well-known URIs',
    description: 'Content of your own at the well-known URIs of a brand, for passkeys and links into mobile apps.',
    stage: 'EA',
    standard: false,
    needs: [],
  },
  {
    key: 'WELL_KNOWN_URIS_WEBAUTHN',
    name: 'Passkeys across domains',
    description: 'Related origins for passkeys, kept at the well-known URI named webauthn.',
    stage: 'EA',
    standard: false,
    needs: ['WELL_KNOWN_URIS'],
  },
  {
    key: 'UNIQUE_APP_LABELS',
    name: 'Unique app labels',
    description: 'Refuses a second active app with the label of another one.',
    stage: 'EA',
    standard: false,
    needs: [],
  },
  {
    key: 'SELF_SERVICE',
    name: 'Self-service app requests',
    description: 'Users may add apps to their dashboard where the app allows it.',
    stage: 'EA',
    standard: true,
    needs: [],
  },
  {
    key: 'CUSTOM_ERROR_PAGE',
    name: 'Error pages of apps',
    description: 'An app may name a page of its own for sign-ins that it refuses.',
    stage: 'BETA',
    state: 'OPEN',
    standard: true,
    needs: [],
  },
  {
    key: 'DASHBOARD_FEEDBACK',
    name: 'Feedback on the dashboard',
    description: 'Asks users now and then how they like their dashboard.',
    stage: 'BETA',
    state: 'CLOSED',
    standard: false,
    needs: [],
  },
]

const byKey = new Map(features.map((feature) => [feature.key, feature]))

/** Is a feature on? Features that are not listed above are on unless the settings say otherwise. */
export function isFeatureOn(settings: Settings, key: string): boolean {
  return settings.features[key] ?? byKey.get(key)?.standard ?? true
}

/** The id that a feature has in this org. */
export function featureIdOf(org: Org, key: string): string {
  const name = hash('sha256', key, 'base64url').replace(/[-_]/g, '0')
  return `ftr${name.slice(0, 14)}${org.ids.suffix}`
}
