// What is a user type, as the org keeps it?
import type { Collection } from '../state/state.ts'

/** A user type. Moments are in ms since 1970. */
export interface UserType {
  name: string
  displayName: string
  description: string | null
  isDefault: boolean
  createdAt: number
  lastUpdatedAt: number
  createdBy: string
  lastUpdatedBy: string
  /** The type's schema is still being made until then; deleting the type before that faults. */
  busyUntil?: number
}

/** All user types. */
export const userTypes: Collection<UserType> = {
  name: 'userType',
  unique: (type) => [`name:${type.name.toLowerCase()}`],
}
