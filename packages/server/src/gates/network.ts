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

function listOf(addresses: readonly ZoneAddress[]): BlockList {
  const list = new BlockList()
  for (const { type, value } of addresses) {
    if (type === 'CIDR') {
      const [net = '', bits] = value.split('/')
      const family = isIP(net)
      if (family !== 0)
        list.addSubnet(net, bits === undefined ? (family === 6 ? 128 : 32) : Number(bits), nameOf(family))
    } else {
      const [from = '', to = from] = value.split('-')
      const family = isIP(from)
      if (family !== 0 && isIP(to) === family) list.addRange(from, to, nameOf(family))
    }
  }
  return list
}

const nameOf = (family: number) => (family === 6 ? 'ipv6' : 'ipv4')
