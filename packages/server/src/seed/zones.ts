// How do the zones of a seed become state?
import type { SeedInput } from '../control/schemas.ts'
import { type Zone, zones } from '../entities/zone.ts'
import { isZoneAddress } from '../gates/address-list.ts'
import type { Org } from '../org.ts'
import { put } from '../state/state.ts'
import type { SeedDraft } from './draft.ts'

/** Works out what is to be written. */
export async function seedZones(_: Org, seed: SeedInput, draft: SeedDraft): Promise<void> {
  for (const [i, zone] of (seed.zones ?? []).entries()) {
    const path = `zones[${i}]`
    for (const [k, address] of zone.gateways.entries()) {
      if (!isZoneAddress(address)) {
        draft.refuse(`${path}.gateways[${k}].value`, `"${address.value}" is no ${forms[address.type]}`)
      }
    }
    const id = await draft.idOf(zones, 'nzo', zone.id, path)
    const value: Zone = {
      type: 'IP',
      name: zone.name,
      status: 'ACTIVE',
      usage: zone.usage ?? 'POLICY',
      system: false,
      createdAt: draft.now,
      lastUpdatedAt: draft.now,
      gateways: zone.gateways,
      proxies: null,
      settings: {},
    }
    await draft.claim(zones, value, `${path}.name`, zone.name)
    draft.writes.push(put(zones, id, value))
    draft.bring('zones', zone.name, id)
    draft.made.zones.push({ id, name: zone.name })
  }
}

const forms = { CIDR: 'network like 192.0.2.0/24', RANGE: 'range like 192.0.2.1-192.0.2.9' } as const
