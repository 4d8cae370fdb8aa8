import { describe, expect, it } from 'vitest'
import type { Zone, ZoneAddress } from '../entities/zone.ts'
import { contains, isZoneAddress } from './network.ts'

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
