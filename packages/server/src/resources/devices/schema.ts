// What does a device look like on the wire?
import { isoDate } from '../../clock.ts'
import type { Device, DeviceUser } from '../../entities/device.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** A device as Okta shows it; `embedded` only where it was asked for. */
export function showDevice(org: Org, { id, value }: Stored<Device>, embedded?: object): Record<string, unknown> {
  const self = `${org.baseUrl}/api/v1/devices/${id}`
  const post = (word: string) => ({ [word]: { href: `${self}/lifecycle/${word}`, hints: { allow: ['POST'] } } })
  return {
    id,
    status: value.status,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    profile: value.profile,
    resourceType: 'UDDevice',
    resourceDisplayName: { value: value.profile.displayName ?? null, sensitive: false },
    resourceAlternateId: null,
    resourceId: id,
    ...(embedded && { _embedded: embedded }),
    _links: {
      ...(value.status === 'ACTIVE' && { ...post('suspend'), ...post('deactivate') }),
      ...(value.status === 'SUSPENDED' && { ...post('unsuspend'), ...post('deactivate') }),
      ...(value.status === 'DEACTIVATED' && post('activate')),
      ...(value.status === 'CREATED' && post('activate')),
      self: {
        href: self,
        hints: { allow: value.status === 'DEACTIVATED' ? ['GET', 'DELETE'] : ['GET', 'PATCH', 'PUT'] },
      },
      users: { href: `${self}/users`, hints: { allow: ['GET'] } },
    },
  }
}

/** What a device and its user have to do with each other; `user` is the user as Okta shows one. */
export function showDeviceUser(link: DeviceUser, user: unknown): Record<string, unknown> {
  return {
    created: isoDate(link.createdAt),
    managementStatus: link.managementStatus,
    screenLockType: link.screenLockType,
    user,
  }
}
