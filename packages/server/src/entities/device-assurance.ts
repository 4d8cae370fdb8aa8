// What is a device assurance policy: what a device must be like to be let in?
import type { Collection } from '../state/state.ts'

/** The systems that a policy can be for. */
export const assurancePlatforms = ['ANDROID', 'CHROMEOS', 'IOS', 'MACOS', 'WINDOWS'] as const

/** One of them. */
export type AssurancePlatform = (typeof assurancePlatforms)[number]

/** A device assurance policy; `conditions` as they were sent, checked. */
export interface DeviceAssurance {
  name: string
  platform: AssurancePlatform
  displayRemediationMode?: string
  conditions: Readonly<Record<string, unknown>>
  createdAt: number
  createdBy: string
  lastUpdatedAt: number
  lastUpdatedBy: string
}

/** All device assurance policies. */
export const deviceAssurances: Collection<DeviceAssurance> = {
  name: 'deviceAssurance',
  unique: ({ name }) => [`name:${name.toLowerCase()}`],
}
