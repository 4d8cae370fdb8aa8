// How do the trusted origins and the devices of a seed become state?
import type { DeviceSeed, TrustedOriginSeed } from '../control/security-seed.ts'
import { type Device, devices, deviceUserId, deviceUsers } from '../entities/device.ts'
import { type TrustedOrigin, trustedOrigins } from '../entities/trusted-origin.ts'
import { Failure } from '../fail.ts'
import type { Org } from '../org.ts'
import { readOrigin } from '../resources/trusted-origins/rules.ts'
import { put, type Write } from '../state/state.ts'
import type { SeedTools } from './auth-servers.ts'

/** A thing that a seed made. */
export interface SeededThing {
  id: string
  name: string
}

/** Works out what is to be written for trusted origins. */
export async function seedTrustedOrigins(
  org: Org,
  seeds: readonly TrustedOriginSeed[],
  tools: SeedTools,
): Promise<{ writes: Write[]; made: SeededThing[] }> {
  const writes: Write[] = []
  const made: SeededThing[] = []
  for (const [i, seed] of seeds.entries()) {
    const path = `trustedOrigins[${i}]`
    const value = originOf(org, seed, tools, path)
    const id = await tools.idOf(trustedOrigins, 'tos', seed.id, path)
    await tools.claim(trustedOrigins, value, `${path}.origin`, value.origin)
    writes.push(put(trustedOrigins, id, value))
    made.push({ id, name: value.name })
  }
  return { writes, made }
}

// By the rules that the API has for them.
function originOf(
  org: Org,
  { name, origin, scopes }: TrustedOriginSeed,
  tools: SeedTools,
  path: string,
): TrustedOrigin {
  const types = scopes ?? ['CORS', 'REDIRECT']
  try {
    const parts = readOrigin({ name: name ?? origin, origin, scopes: types.map((type) => ({ type })) })
    const by = { createdBy: org.fixed.orgId, lastUpdatedBy: org.fixed.orgId }
    return { ...parts, ...by, status: 'ACTIVE', createdAt: tools.now, lastUpdatedAt: tools.now }
  } catch (error) {
    if (error instanceof Failure) tools.refuse(`${path}.origin`, `"${origin}" is no origin`)
    throw error
  }
}

/** Works out what is to be written for devices. */
export async function seedDevices(
  seeds: readonly DeviceSeed[],
  tools: SeedTools,
): Promise<{ writes: Write[]; made: SeededThing[] }> {
  const writes: Write[] = []
  const made: SeededThing[] = []
  const { now } = tools
  for (const [i, seed] of seeds.entries()) {
    const path = `devices[${i}]`
    const id = await tools.idOf(devices, 'guo', seed.id, path)
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
    made.push({ id, name: seed.displayName })
    const owners = new Set<string>()
    for (const [k, name] of (seed.users ?? []).entries()) owners.add(await tools.findUser(name, `${path}.users[${k}]`))
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
  return { writes, made }
}
