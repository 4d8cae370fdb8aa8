// Is an address inside a network zone?
import { BlockList, isIP } from 'node:net'
import { type Zone, type ZoneAddress, zones } from '../entities/zone.ts'
import type { Org } from '../org.ts'

/** Is the address in one of these zones (by id; `ALL_ZONES` for any active one)? */
export async function isInZones(org: Org, zoneIds: readonly string[], address: string): Promise<boolean> {
  for (const id of zoneIds) {
    if (id === 'ALL_ZONES') {
      for (const zone of await org.state.scan(zones)) if (contains(zone.value, address)) return true
      continue
    }
    const zone = await org.state.load(zones, id)
    if (zone && contains(zone.value, address)) return true
  }
  return false
}

/** Is the address in this zone? An inactive zone contains nothing. */
export function contains(zone: Zone, address: string): boolean {
  if (zone.status !== 'ACTIVE') return false
  const family = isIP(address)
  if (family === 0 || !zone.gateways) return false
  return listOf(zone.gateways).check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** Is this an address, a subnet or a range that a zone can hold? The same reading that later compares callers. */
export function isZoneAddress(address: ZoneAddress): boolean {
  return addTo(new BlockList(), address)
}

function listOf(addresses: readonly ZoneAddress[]): BlockList {
  const list = new BlockList()
  for (const address of addresses) addTo(list, address)
  return list
}

// What means nothing contains nothing. BlockList throws on prefixes that are too long and ranges that run backwards.
function addTo(list: BlockList, { type, value }: ZoneAddress): boolean {
  const [first = '', second] = value.split(type === 'CIDR' ? '/' : '-').map((part) => part.trim())
  const family = isIP(first)
  if (family === 0 || second === '') return false
  const name = family === 6 ? 'ipv6' : 'ipv4'
  try {
    if (type === 'CIDR') list.addSubnet(first, Number(second ?? (family === 6 ? 128 : 32)), name)
    else list.addRange(first, second ?? first, name)
    return true
  } catch {
    return false
  }
}
