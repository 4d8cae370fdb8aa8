// What is known of a caller's address: where it is, whose network it belongs to, what hides behind it, whether it attacks?
// Okta asks others; here the settings say so.
import type { BlockList } from 'node:net'
import type { KnownAddresses, Settings } from '../settings.ts'
import { holds, listOf, zoneAddressOf } from './address-list.ts'

const read = new WeakMap<Settings['addresses'], readonly { list: BlockList; known: KnownAddresses }[]>()

/** What is known of it; undefined: nothing. */
export function knownOf({ addresses }: Settings, address: string): KnownAddresses | undefined {
  if (addresses.known.length === 0) return undefined
  let entries = read.get(addresses)
  if (!entries) {
    entries = addresses.known.map((known) => ({ list: listOf([zoneAddressOf(known.range)]), known }))
    read.set(addresses, entries)
  }
  return entries.find(({ list }) => holds(list, address))?.known
}
