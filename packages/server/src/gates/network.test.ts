import { describe, expect, it } from 'vitest'
import type { Zone, ZoneAddress } from '../entities/zone.ts'
import { applySettings, defaultSettings } from '../settings.ts'
import { isZoneAddress } from './address-list.ts'
import { contains as containsIn } from './network.ts'

const contains = (zone: Zone, address: string) => containsIn({ settings: defaultSettings() }, zone, address)

const zone = (gateways: ZoneAddress[] | null, status: Zone['status'] = 'ACTIVE'): Zone => ({
  type: 'IP',
  name: 'Office',
  status,
  usage: 'POLICY',
  system: false,
  createdAt: 0,
  lastUpdatedAt: 0,
  gateways,
  proxies: null,
  settings: {},
})
const cidr = (value: string): ZoneAddress => ({ type: 'CIDR', value })
const range = (value: string): ZoneAddress => ({ type: 'RANGE', value })

describe('a zone contains', () => {
  it.each<[ZoneAddress, string, boolean]>([
    [cidr('192.0.2.0/24'), '192.0.2.255', true],
    [cidr('192.0.2.0/24'), '192.0.3.0', false],
    [cidr('192.0.2.7'), '192.0.2.7', true],
    [cidr('192.0.2.7'), '192.0.2.8', false],
    [cidr('0.0.0.0/0'), '203.0.113.1', true],
    [cidr('2001:db8::/32'), '2001:db8:1::1', true],
    [cidr('2001:db8::/32'), '192.0.2.1', false],
    [range('192.0.2.1-192.0.2.9'), '192.0.2.9', true],
    [range('192.0.2.1-192.0.2.9'), '192.0.2.10', false],
    [range('192.0.2.1'), '192.0.2.1', true],
    [range('2001:db8::1-2001:db8::f'), '2001:db8::a', true],
    [cidr('192.0.2.0/24'), 'nonsense', false],
    [cidr('192.0.2.0/24'), '', false],
  ])('%j, asked for %s: %s', (address, asked, yes) => {
    expect(isZoneAddress(address)).toBe(true)
    expect(contains(zone([address]), asked)).toBe(yes)
    expect(contains(zone([address], 'INACTIVE'), asked)).toBe(false)
  })

  it('nothing without gateways', () => {
    expect(contains(zone(null), '192.0.2.1')).toBe(false)
    expect(contains(zone([]), '192.0.2.1')).toBe(false)
  })
})

describe('what is no address contains nothing, and breaks nothing', () => {
  it.each<ZoneAddress>([
    cidr(''),
    cidr('/'),
    cidr('192.0.2.0/'),
    cidr('192.0.2.0/33'),
    cidr('192.0.2.0/-1'),
    cidr('192.0.2.0/x'),
    cidr('192.0.2.0/1.5'),
    cidr('300.0.2.0/24'),
    range(''),
    range('-'),
    range('192.0.2.9-192.0.2.1'),
    range('192.0.2.1-'),
    range('192.0.2.1-2001:db8::1'),
    range('192.0.2.1-x'),
  ])('%j', (address) => {
    expect(isZoneAddress(address)).toBe(false)
    expect(contains(zone([address, cidr('192.0.2.7')]), '192.0.2.7')).toBe(true)
    expect(contains(zone([address]), '192.0.2.5')).toBe(false)
  })
})

describe('a dynamic zone contains what is known to be so', () => {
  const known = [
    { range: '203.0.113.0/25', country: 'DE', region: 'DE-BE', asn: '3320' },
    { range: '203.0.113.128-203.0.113.200', country: 'DE', region: 'DE-BY', services: ['NORD_VPN'] },
    { range: '203.0.113.201', country: 'US', services: ['ANONYMIZER_TOR'] },
  ]
  const berlin = '203.0.113.7'
  const vpn = '203.0.113.130'
  const tor = '203.0.113.201'
  const addresses = { berlin, vpn, tor, unknown: '192.0.2.1', own: '127.0.0.1' }
  const settings = applySettings(defaultSettings(), { addresses: { known } })
  const sides = (include: unknown[], exclude: unknown[] = []) => ({ include, exclude })
  const all = { locations: sides([]), asns: sides([]), ipServiceCategories: sides([]) }

  it.each<[Zone['type'], Zone['settings'], string]>([
    ['DYNAMIC', { locations: [{ country: 'DE', region: null }], proxyType: null }, 'berlin vpn'],
    ['DYNAMIC', { locations: [{ country: 'DE', region: 'DE-BE' }], proxyType: null }, 'berlin'],
    ['DYNAMIC', { locations: null, asns: ['3320'], proxyType: null }, 'berlin'],
    ['DYNAMIC', { locations: [{ country: 'DE', region: null }], proxyType: 'Any' }, 'vpn'],
    ['DYNAMIC', { locations: null, proxyType: 'Any' }, 'vpn tor'],
    ['DYNAMIC', { locations: null, proxyType: 'TorAnonymizer' }, 'tor'],
    ['DYNAMIC', { locations: null, proxyType: 'NotTorAnonymizer' }, 'vpn'],
    ['DYNAMIC_V2', { ...all, locations: sides([], [{ country: 'DE', region: null }]) }, 'tor'],
    ['DYNAMIC_V2', { ...all, asns: sides([], ['3320']) }, 'vpn tor'],
    ['DYNAMIC_V2', { ...all, ipServiceCategories: sides(['ALL_ANONYMIZERS']) }, 'vpn tor'],
    ['DYNAMIC_V2', { ...all, ipServiceCategories: sides(['ALL_PROXIES_VPNS']) }, 'vpn'],
    ['DYNAMIC_V2', { ...all, ipServiceCategories: sides(['ALL_IP_SERVICES'], ['NORD_VPN']) }, 'tor'],
    ['DYNAMIC_V2', { ...all, ipServiceCategories: sides(['ALL_ANONYMIZERS_EXCEPT_TOR']) }, 'vpn'],
  ])('%s %j: %s', (type, own, found) => {
    const dynamic = { ...zone(null), type, settings: own }
    const inside = Object.entries(addresses).filter(([, address]) => containsIn({ settings }, dynamic, address))
    expect(inside.map(([name]) => name).join(' ')).toBe(found)
    expect(Object.values(addresses).some((address) => contains(dynamic, address))).toBe(false)
  })
})
