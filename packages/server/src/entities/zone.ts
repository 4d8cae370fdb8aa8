// What is a network zone, as the org keeps it?
import type { Collection } from '../state/state.ts'

/** A network zone; `settings` holds what depends on its type, as it was sent. Moments are in ms since 1970. */
export interface Zone {
  type: 'IP' | 'DYNAMIC' | 'DYNAMIC_V2'
  name: string
  status: 'ACTIVE' | 'INACTIVE'
  usage: 'POLICY' | 'BLOCKLIST'
  system: boolean
  createdAt: number
  lastUpdatedAt: number
  gateways: readonly ZoneAddress[] | null
  proxies: readonly ZoneAddress[] | null
  settings: Readonly<Record<string, unknown>>
}

/** `CIDR` 192.0.2.0/24 or `RANGE` 192.0.2.1-192.0.2.9. */
export interface ZoneAddress {
  type: 'CIDR' | 'RANGE'
  value: string
}

/** All network zones. */
export const zones: Collection<Zone> = {
  name: 'zone',
  unique: (zone) => [`name:${zone.name.toLowerCase()}`],
  // Asked on every request: what blocks nobody must not be found.
  indexes: {
    blocks: ({ type, usage, status, gateways }) =>
      usage === 'BLOCKLIST' && status === 'ACTIVE' && (type !== 'IP' || gateways?.length) ? 'yes' : undefined,
  },
}

/** The zones that every org has from the start. They can be filled and renamed, not deleted. */
export function systemZones(now: number): Zone[] {
  const common = { system: true, createdAt: now, lastUpdatedAt: now, gateways: null, proxies: null, settings: {} }
  return [
    { ...common, type: 'IP', name: 'LegacyIpZone', status: 'ACTIVE', usage: 'POLICY' },
    { ...common, type: 'IP', name: 'BlockedIpZone', status: 'ACTIVE', usage: 'BLOCKLIST' },
    {
      ...common,
      type: 'DYNAMIC_V2',
      name: 'DefaultEnhancedDynamicZone',
      // Anonymizers stay welcome until somebody switches this on.
      status: 'INACTIVE',
      usage: 'BLOCKLIST',
      settings: {
        locations: { include: [], exclude: [] },
        asns: { include: [], exclude: [] },
        ipServiceCategories: { include: ['ALL_ANONYMIZERS'], exclude: [] },
      },
    },
  ]
}
