// How do the devices of a seed become state?
import type { SeedInput } from '../control/schemas.ts'
import { type Device, devices, deviceUserId, deviceUsers } from '../entities/device.ts'
import type { Org } from '../org.ts'
import { put } from '../state/state.ts'
import type { SeedDraft } from './draft.ts'

/** Works out what is to be written. */
export async function seedDevices(_: Org, seeds: SeedInput, draft: SeedDraft): Promise<void> {
  const { now, writes } = draft
  for (const [i, seed] of (seeds.devices ?? []).entries()) {
    const path = `devices[${i}]`
    const id = await draft.idOf(devices, 'guo', seed.id, path)
    const managed = seed.managed ?? false
    const value: Device = {
      status: seed.status ?? 'ACTIVE',
      profile: {
        ...seed.profile,
        displayName: seed.displayName,
        platform: seed.platform,
        registered: seed.registered ?? true,
        managed,
      },
      createdAt: now,
      lastUpdatedAt: now,
    }
    writes.push(put(devices, id, value))
    draft.made.devices.push({ id, name: seed.displayName })
    const owners = new Set<string>()
    for (const [k, name] of (seed.users ?? []).entries())
      owners.add(await draft.find('users', name, `${path}.users[${k}]`))
    for (const userId of owners) {
      const link = {
        deviceId: id,
        userId,
        managementStatus: managed ? ('MANAGED' as const) : ('NOT_MANAGED' as const),
        screenLockType: 'NONE' as const,
        createdAt: now,
      }
      writes.push(put(deviceUsers, deviceUserId(id, userId), link))
    }
  }
}
