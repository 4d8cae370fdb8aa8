// What is a device, as the org keeps it, and whose is it? Devices come from Okta Verify; a seed brings them here.
import type { Collection } from '../state/state.ts'

/** A device. */
export interface Device {
  status: 'CREATED' | 'ACTIVE' | 'SUSPENDED' | 'DEACTIVATED'
  /** `displayName`, `platform`, `registered`, and what else is known of it. */
  profile: Readonly<Record<string, unknown>>
  createdAt: number
  lastUpdatedAt: number
}

/** All devices. */
export const devices: Collection<Device> = {
  name: 'device',
  indexes: {
    status: ({ status }) => status,
    displayName: ({ profile }) => String(profile.displayName).toLowerCase(),
  },
}

/** A user of a device. */
export interface DeviceUser {
  deviceId: string
  userId: string
  managementStatus: 'MANAGED' | 'NOT_MANAGED'
  screenLockType: 'NONE' | 'PASSCODE' | 'BIOMETRIC'
  createdAt: number
}

/** The id of a link between the two. */
export const deviceUserId = (deviceId: string, userId: string): string => `${deviceId}:${userId}`

/** All links. */
export const deviceUsers: Collection<DeviceUser> = {
  name: 'deviceUser',
  indexes: { device: ({ deviceId }) => deviceId, user: ({ userId }) => userId },
}
