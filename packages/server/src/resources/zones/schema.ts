// What does a network zone look like on the wire, and which words may it hold? Each type has keys of its own.
import { isoDate } from '../../clock.ts'
import type { Zone } from '../../entities/zone.ts'
import type { FieldTable } from '../../fields.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** What all zones have. */
export const zoneFields: FieldTable = {
  name: { type: 'string', required: true, max: 128 },
  type: { type: 'string', required: true },
}

/** The proxy types of a dynamic zone: as documented, and as recorded clients send them. `''` is none. */
export const proxyTypes: ReadonlySet<string> = new Set(['Any', 'ANY', 'Tor', 'TorAnonymizer', 'NotTorAnonymizer'])

/** The services that an enhanced dynamic zone can name. */
export const ipServiceCategories: ReadonlySet<string> = new Set(
  (
    'ABCPROXY_PROXY ALL_ANONYMIZERS ALL_ANONYMIZERS_EXCEPT_TOR ALL_IP_SERVICES ALL_PROXIES_VPNS ANONYMIZER_TOR ' +
    'APPLE_ICLOUD_RELAY_PROXY ASTRILL_VPN AVAST_VPN BIGMAMA_PROXY CYBERGHOST_VPN DATAIMPULSE_PROXY EXPRESS_VPN ' +
    'FACELESS_PROXY FROXY_PROXY GEONODE_PROXY GLOBALPROTECT_VPN GOOGLE_VPN IPCOLA_PROXY IPIDEA_PROXY IPROXYSHOP_PROXY ' +
    'LUMINATI_PROXY MULLVAD_VPN NETNUT_PROXY NEXUS_PROXY NORD_VPN OCULUS_PROXY OXYLABS_PROXY PIA_VPN PROXYRACK_PROXY ' +
    'SAMSUNG_VPN SPACEPROXIES_PROXY SURFSHARK_VPN SYMANTEC_VPN TRENDMICRO_VPN ULTRASURF_VPN WARP_VPN YILU_PROXY'
  ).split(' '),
)

/** How many entries a list may have. */
export const mostEntries = {
  gateways: { POLICY: 150, BLOCKLIST: 1000, system: 5000 },
  proxies: { POLICY: 150, BLOCKLIST: 150, system: 5000 },
  others: 75,
} as const

/** A zone as Okta shows it. */
export function showZone(org: Org, { id, value }: Stored<Zone>): Record<string, unknown> {
  const self = `${org.baseUrl}/api/v1/zones/${id}`
  const step = value.status === 'ACTIVE' ? 'deactivate' : 'activate'
  return {
    type: value.type,
    id,
    name: value.name,
    status: value.status,
    usage: value.usage,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    system: value.system,
    ...(value.type === 'IP' ? { gateways: value.gateways, proxies: value.proxies } : value.settings),
    _links: {
      self: { href: self, hints: { allow: ['GET', 'PUT', 'DELETE'] } },
      [step]: { href: `${self}/lifecycle/${step}`, hints: { allow: ['POST'] } },
    },
  }
}
