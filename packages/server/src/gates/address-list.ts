// Is an address in a list of addresses, subnets and ranges?
import { BlockList, isIP } from 'node:net'
import type { ZoneAddress } from '../entities/zone.ts'

/** Is this an address, a subnet or a range that a list can hold? The same reading that later compares callers. */
export function isZoneAddress(address: ZoneAddress): boolean {
  return addTo(new BlockList(), address)
}

/** The list of these addresses. What means nothing holds nothing. */
export function listOf(addresses: readonly ZoneAddress[]): BlockList {
  const list = new BlockList()
  for (const address of addresses) addTo(list, address)
  return list
}

/** Is the address in the list? */
export function holds(list: BlockList, address: string): boolean {
  const family = isIP(address)
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** A text as a zone has it: `192.0.2.0/24` is a subnet, all else a range, of one address if there is no hyphen. */
export function zoneAddressOf(text: string): ZoneAddress {
  return { type: text.includes('/') ? 'CIDR' : 'RANGE', value: text }
}

// BlockList throws on prefixes that are too long and ranges that run backwards.
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
