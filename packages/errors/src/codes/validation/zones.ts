// Which rules about network zones can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const office = { type: 'IP', name: 'Office', status: 'ACTIVE', gateways: [{ type: 'CIDR', value: '198.51.100.0/24' }] }

/** Causes of E0000001 in this part of the API. */
export const zonesCauses = {
  'zone-name-taken': {
    kind: 'duplicate-object',
    says: 'Another network zone of the org has this name already.',
    tellApart: 'The cause is about name and the request went to /api/v1/zones.',
    fix: [
      'List the zones: GET /api/v1/zones, and update the one with this name.',
      'Otherwise choose another name, or delete the old zone first (deactivate it before).',
    ],
    operations: ['POST /api/v1/zones', 'PUT /api/v1/zones/{id}'],
    wire: {
      summary: 'Api validation failed: name',
      causes: ['name: An object with this field already exists in the current organization'],
    },
    sources: [
      {
        mark: 'documented',
        where: 'Zones reference: "name: Unique name for this zone" (the text on the wire is inferred)',
      },
    ],
    proof: {
      given: [call('POST /api/v1/zones', { body: office, keep: { zone: '/id' } })],
      call: call('POST /api/v1/zones', { body: office }),
      cure: [call('PUT /api/v1/zones/{zone}', { body: { ...office, name: 'Old office' } })],
    },
  },
  'zone-still-active': {
    kind: 'object-state-forbids-operation',
    says: 'The network zone was to be deleted and is ACTIVE.',
    tellApart: 'Only on DELETE of a zone; the text says "is an active zone".',
    fix: [
      'Deactivate the zone first: POST /api/v1/zones/{id}/lifecycle/deactivate. Then delete it.',
      'Look first whether a policy, a rule or an API token still counts on the zone: it stops working at once.',
    ],
    operations: ['DELETE /api/v1/zones/{id}'],
    wire: {
      summary: 'Api validation failed: The zone: {name} is an active zone. Active zones cannot be deleted.',
      causes: ['id: The zone: {id} is an active zone. Active zones cannot be deleted.'],
    },
    sources: [
      { mark: 'reported', where: 'https://github.com/okta/terraform-provider-okta/issues/1975 (text and status)' },
      { mark: 'documented', where: 'Zones reference, Delete a network zone (Identity Engine orgs)' },
    ],
    proof: {
      given: [call('POST /api/v1/zones', { body: office, keep: { zone: '/id' } })],
      call: call('DELETE /api/v1/zones/{zone}'),
      cure: [call('POST /api/v1/zones/{zone}/lifecycle/deactivate')],
    },
  },
  'zone-in-use': {
    kind: 'object-state-forbids-operation',
    says: 'The network zone was to be deleted, and a policy, a rule, an API token or ThreatInsight counts on it.',
    tellApart: 'Only on DELETE of an inactive zone; the cause lists what uses the zone.',
    fix: [
      'Take the zone out of everything that the cause lists: conditions.network of policy rules, the network of API tokens, excludeZones of ThreatInsight.',
      'Then delete it. An inactive zone contains no address, so it may also just stay.',
    ],
    operations: ['DELETE /api/v1/zones/{id}'],
    wire: {
      summary: 'Api validation failed: id',
      causes: ['id: The network zone {name} cannot be deleted because it is used by {users}.'],
    },
    sources: [
      {
        mark: 'documented',
        where:
          'Zones reference, Delete a network zone: not while it is used by a policy or rule (code and text inferred)',
      },
      {
        mark: 'inferred',
        where: 'the same for API tokens and ThreatInsight, which could else name a zone that is gone',
      },
    ],
    proof: {
      given: [
        call('POST /api/v1/zones', { body: office, keep: { zone: '/id' } }),
        call('POST /api/v1/policies', {
          body: { type: 'OKTA_SIGN_ON', name: 'Contractors', conditions: {} },
          keep: { policy: '/id' },
        }),
        call('POST /api/v1/policies/{policy}/rules', {
          body: {
            type: 'SIGN_ON',
            name: 'In the office',
            conditions: { network: { connection: 'ZONE', include: ['{zone}'] } },
            actions: { signon: { access: 'ALLOW' } },
          },
          keep: { rule: '/id' },
        }),
        call('POST /api/v1/zones/{zone}/lifecycle/deactivate'),
      ],
      call: call('DELETE /api/v1/zones/{zone}'),
      cure: [call('DELETE /api/v1/policies/{policy}/rules/{rule}')],
    },
  },
  'zone-is-system': {
    kind: 'object-state-forbids-operation',
    says: 'The network zone came with the org, so it can be changed but not deleted.',
    tellApart: 'Only on DELETE of a zone with "system": true, whether it is active or not.',
    fix: [
      'Leave the zone, and skip zones with "system": true in clean-up scripts.',
      'To make it harmless, empty its gateways (PUT) or deactivate it.',
    ],
    operations: ['DELETE /api/v1/zones/{id}'],
    wire: {
      summary: 'Api validation failed: id',
      causes: ['id: System zones cannot be deleted.'],
    },
    sources: [
      {
        mark: 'inferred',
        where: 'Zones reference on the default zones: they can be renamed and filled, not deleted; no text is public',
      },
    ],
    proof: {
      given: [
        call('GET /api/v1/zones?filter=system%20eq%20true', { keep: { system: '/0/id' } }),
        call('POST /api/v1/zones', { body: office, keep: { zone: '/id' } }),
        call('POST /api/v1/zones/{zone}/lifecycle/deactivate'),
      ],
      call: call('DELETE /api/v1/zones/{system}'),
      mend: call('DELETE /api/v1/zones/{zone}'),
    },
  },
} as const satisfies Record<string, Cause>
