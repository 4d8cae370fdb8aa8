// What does a profile mapping look like on the wire?
import type { PropertyMappings } from '../../entities/profile-mapping.ts'
import { schemaIdOf } from '../../entities/user-schema.ts'
import type { Org } from '../../org.ts'
import type { Pair, Party } from './store.ts'

/** A mapping in a list: without its properties (documented). */
export function showPair(org: Org, { id, source, target }: Pair): Record<string, unknown> {
  return {
    id,
    source: showParty(org, source),
    target: showParty(org, target),
    _links: { self: { href: `${org.baseUrl}/api/v1/mappings/${id}` } },
  }
}

/** A single mapping. */
export function showMapping(org: Org, pair: Pair, properties: PropertyMappings): Record<string, unknown> {
  return { ...showPair(org, pair), properties }
}

function showParty(org: Org, party: Party): Record<string, unknown> {
  const base = `${org.baseUrl}/api/v1`
  const { id } = party
  if (party.kind === 'user-type') {
    return {
      id,
      name: party.row.value.name,
      type: 'user',
      _links: {
        self: { href: `${base}/meta/types/user/${id}` },
        schema: { href: `${base}/meta/schemas/user/${schemaIdOf(id)}` },
      },
    }
  }
  return {
    id,
    name: party.kind === 'app' ? party.row.value.name : party.row.value.type.toLowerCase(),
    type: 'appuser',
    _links: {
      self: { href: party.kind === 'app' ? `${base}/apps/${id}` : `${base}/idps/${id}` },
      schema: { href: `${base}/meta/schemas/apps/${id}/default` },
    },
  }
}
