// Is this a zone that can be, and what may be done with it?
import { E0000001, E0000003 } from '@errorg/errors/codes'
import type { Zone, ZoneAddress } from '../../entities/zone.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  isBlank,
  isObject,
  type JsonObject,
  objectBody,
  objectMember,
  refuseFaults,
  refuseValue,
} from '../../fields.ts'
import { isZoneAddress } from '../../gates/address-list.ts'
import { ipServiceCategories, mostEntries, proxyTypes, zoneFields } from './schema.ts'

/** What a body says about a zone. Its status is not read: only lifecycle operations change that (reported). */
export type ZoneParts = Pick<Zone, 'type' | 'name' | 'usage' | 'gateways' | 'proxies' | 'settings'>

/** Reads a body that makes or replaces a zone; `old` is the one that is replaced. */
export function readZone(body: unknown, old?: Zone): ZoneParts {
  const zone = objectBody(body)
  refuseFaults(checkFields(zone, zoneFields))
  const type = readWord(zone.type, ['IP', 'DYNAMIC', 'DYNAMIC_V2'] as const)
  const usage = readWord(zone.usage ?? old?.usage ?? 'POLICY', ['POLICY', 'BLOCKLIST'] as const)
  if (zone.status !== undefined && zone.status !== null) readWord(zone.status, ['ACTIVE', 'INACTIVE'] as const)
  if (old && old.type !== type) refuseValue('type', 'The type of a network zone cannot be changed')
  const parts = { type, usage, name: String(zone.name), gateways: null, proxies: null, settings: {} }
  if (type === 'IP') return { ...parts, ...readAddresses(zone, usage, old?.system ?? false) }
  return { ...parts, settings: type === 'DYNAMIC' ? readDynamic(zone) : readEnhanced(zone) }
}

/** A name may be used once. */
export function nameIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'zone-name-taken', { field: 'name' })
}

/** Active zones, those that came with the org and those that something counts on stay. */
export function mayDelete(id: string, zone: Zone, usedBy: readonly string[]): void {
  if (zone.system) fail(E0000001, 'zone-is-system', { id, name: zone.name })
  if (zone.status === 'ACTIVE') fail(E0000001, 'zone-still-active', { id, name: zone.name })
  if (usedBy.length > 0) fail(E0000001, 'zone-in-use', { name: zone.name, users: usedBy.slice(0, 20).join(', ') })
}

// Okta's example of a refused zone is E0000003: a word that the model does not know cannot be bound.
function readWord<const W extends string>(value: unknown, words: readonly W[]): W {
  return words.find((word) => word === value) ?? fail(E0000003, 'body-unreadable-shape')
}

function readAddresses(zone: JsonObject, usage: Zone['usage'], system: boolean) {
  const gateways = readAddressList(zone, 'gateways', mostEntries.gateways[system ? 'system' : usage])
  const proxies = readAddressList(zone, 'proxies', mostEntries.proxies[system ? 'system' : usage])
  // A system zone may be emptied.
  if (!system && !gateways?.length && !proxies?.length) refuseValue('gateways', 'An IP zone needs gateways or proxies')
  return { gateways, proxies }
}

const forms = { CIDR: /^[^/]+\/\d{1,3}$/, RANGE: /^[^-]+(-[^-]+)?$/ } as const

function readAddressList(zone: JsonObject, field: string, most: number): readonly ZoneAddress[] | null {
  const entries = readList(zone[field])
  if (!entries) return null
  if (entries.length > most) refuseValue(field, `must not have more than ${most} elements`)
  return entries.map((entry) => {
    if (!isObject(entry) || typeof entry.value !== 'string') return fail(E0000003, 'body-unreadable-shape')
    const address = { type: readWord(entry.type, ['CIDR', 'RANGE'] as const), value: entry.value.trim() }
    if (!forms[address.type].test(address.value) || !isZoneAddress(address))
      refuseValue(field, `Invalid IP address: ${address.value.slice(0, 100)}`)
    // One address as a range has both ends when Okta shows it.
    const single = address.type === 'RANGE' && !address.value.includes('-')
    return single ? { ...address, value: `${address.value}-${address.value}` } : address
  })
}

function readDynamic(zone: JsonObject): JsonObject {
  const locations = readLocations(zone.locations, 'locations')
  const asns = readAsns(zone.asns, 'asns')
  const proxyType = readProxyType(zone.proxyType)
  if (!locations?.length && !asns?.length && proxyType === null) {
    refuseValue('locations', 'A dynamic zone needs asns, locations or a proxyType')
  }
  return { locations, proxyType, ...(asns && { asns }) }
}

function readProxyType(value: unknown): string | null {
  if (isBlank(value) || value === 'null') return null
  return typeof value === 'string' && proxyTypes.has(value) ? value : fail(E0000003, 'body-unreadable-shape')
}

function readEnhanced(zone: JsonObject): JsonObject {
  const asns = readSides(zone, 'asns', readAsns)
  const locations = readSides(zone, 'locations', readLocations)
  const categories = readSides(zone, 'ipServiceCategories', readCategories)
  if ([asns, locations, categories].every((sides) => sides.include.length === 0 && sides.exclude.length === 0)) {
    refuseValue('locations', 'An enhanced dynamic zone needs asns, locations or ipServiceCategories')
  }
  return { locations, asns, ipServiceCategories: categories }
}

type ReadEntries<T> = (value: unknown, field: string) => readonly T[] | null

function readSides<T>(zone: JsonObject, field: string, read: ReadEntries<T>) {
  const sides = objectMember(zone, field)
  return { include: read(sides?.include, field) ?? [], exclude: read(sides?.exclude, field) ?? [] }
}

function readLocations(value: unknown, field: string) {
  return (
    readFew(value, field)?.map((entry) => {
      if (!isObject(entry)) return fail(E0000003, 'body-unreadable-shape')
      const country = typeof entry.country === 'string' ? entry.country : ''
      if (!/^[A-Z]{2}$/.test(country)) refuseValue(field, 'country must be a two-letter ISO 3166-1 code')
      const region = entry.region ?? null
      if (region === null || region === '') return { country, region: null }
      if (typeof region !== 'string' || !/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(region) || !region.startsWith(country)) {
        refuseValue(field, `region must be an ISO 3166-2 code of ${country}`)
      }
      return { country, region: region as string }
    }) ?? null
  )
}

function readAsns(value: unknown, field: string) {
  return (
    readFew(value, field)?.map((asn) => {
      if (typeof asn !== 'string' && typeof asn !== 'number') return fail(E0000003, 'body-unreadable-shape')
      return /^\d{1,10}$/.test(String(asn))
        ? String(asn)
        : refuseValue(field, `Invalid ASN: ${String(asn).slice(0, 40)}`)
    }) ?? null
  )
}

function readCategories(value: unknown, field: string) {
  return (
    readFew(value, field)?.map((name) =>
      typeof name === 'string' && ipServiceCategories.has(name) ? name : fail(E0000003, 'body-unreadable-shape'),
    ) ?? null
  )
}

function readFew(value: unknown, field: string): readonly unknown[] | null {
  const entries = readList(value)
  if (entries && entries.length > mostEntries.others)
    refuseValue(field, `must not have more than ${mostEntries.others} elements`)
  return entries
}

function readList(value: unknown): readonly unknown[] | null {
  if (value === undefined || value === null) return null
  return Array.isArray(value) ? value : fail(E0000003, 'body-unreadable-shape')
}
