// Is an address inside a network zone?
import { type Zone, zones } from '../entities/zone.ts'
import { isObject, type JsonObject } from '../fields.ts'
import type { Org } from '../org.ts'
import type { KnownAddresses } from '../settings.ts'
import { holds, listOf } from './address-list.ts'
import { knownOf } from './known-addresses.ts'

/** Is the address in one of these zones (by id; `ALL_ZONES` for any active one)? */
export async function isInZones(org: Org, zoneIds: readonly string[], address: string): Promise<boolean> {
  for (const id of zoneIds) {
    if (id === 'ALL_ZONES') {
      for (const zone of await org.state.scan(zones)) if (contains(org, zone.value, address)) return true
      continue
    }
    const zone = await org.state.load(zones, id)
    if (zone && contains(org, zone.value, address)) return true
  }
  return false
}

/** Is the address in this zone? An inactive zone contains nothing, a dynamic one nothing of which nothing is known. */
export function contains({ settings }: Pick<Org, 'settings'>, zone: Zone, address: string): boolean {
  if (zone.status !== 'ACTIVE') return false
  if (zone.type === 'IP') return zone.gateways !== null && holds(listOf(zone.gateways), address)
  const known = knownOf(settings, address)
  return known !== undefined && fits(zone, known)
}

// What a zone does not speak of, it takes in (documented for locations).
function fits({ type, settings }: Zone, known: KnownAddresses): boolean {
  const { locations, asns, ipServiceCategories, proxyType } = settings
  const at = (place: unknown) => isAt(place, known)
  const of = (asn: unknown) => known.asn !== undefined && String(asn) === known.asn
  const by = (name: unknown) => (known.services ?? []).some((service) => isOf(service, String(name)))
  if (type === 'DYNAMIC') {
    const proxies = proxyCategories[String(proxyType)]
    return isAmong(locations, at) && isAmong(asns, of) && (!proxies || proxies.some(by))
  }
  return isOnSide(locations, at) && isOnSide(asns, of) && isOnSide(ipServiceCategories, by)
}

type Test = (entry: unknown) => boolean

const isAmong = (entries: unknown, test: Test): boolean => listed(entries).length === 0 || listed(entries).some(test)

const isOnSide = (sides: unknown, test: Test): boolean =>
  isObject(sides) && isAmong(sides.include, test) && !listed(sides.exclude).some(test)

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function isAt(place: unknown, { country, region }: KnownAddresses): boolean {
  const { country: wanted, region: part } = place as JsonObject
  return wanted === country && (part === null || part === undefined || part === region)
}

// Which proxies the words of a dynamic zone mean.
const proxyCategories: Readonly<Record<string, readonly string[]>> = {
  Any: ['ALL_IP_SERVICES'],
  ANY: ['ALL_IP_SERVICES'],
  Tor: ['ANONYMIZER_TOR'],
  TorAnonymizer: ['ANONYMIZER_TOR'],
  NotTorAnonymizer: ['ALL_ANONYMIZERS_EXCEPT_TOR'],
}

// What the words that stand for many services take in is inferred from the words.
function isOf(service: string, name: string): boolean {
  switch (name) {
    case 'ALL_IP_SERVICES':
    case 'ALL_ANONYMIZERS':
      return true
    case 'ALL_ANONYMIZERS_EXCEPT_TOR':
      return service !== 'ANONYMIZER_TOR'
    case 'ALL_PROXIES_VPNS':
      return /_(?:PROXY|VPN)$/.test(service)
    default:
      return service === name
  }
}
