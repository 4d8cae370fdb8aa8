// What is a behavior: something about a sign-in that is unlike the ones before?
import type { Collection } from '../state/state.ts'

/** Types of behaviors. */
export const behaviorTypes = [
  'ANOMALOUS_LOCATION',
  'ANOMALOUS_IP',
  'ANOMALOUS_DEVICE',
  'VELOCITY',
  'ANOMALOUS_ASN',
] as const

/** A type of behaviors. */
export type BehaviorType = (typeof behaviorTypes)[number]

/** A behavior; `settings` with defaults filled in. */
export interface Behavior {
  type: BehaviorType
  name: string
  status: 'ACTIVE' | 'INACTIVE'
  settings: Readonly<Record<string, unknown>>
  createdAt: number
  lastUpdatedAt: number
}

/** All behaviors. */
export const behaviors: Collection<Behavior> = {
  name: 'behavior',
  unique: ({ name }) => [`name:${name.toLowerCase()}`],
}
