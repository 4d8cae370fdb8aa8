// Which rules about trusted origins can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const page = { name: 'Shop', origin: 'https://shop.example.com', scopes: [{ type: 'CORS' }] }

/** Causes of E0000001 in this part of the API. */
export const trustedOriginsCauses = {
  'origin-name-taken': {
    kind: 'duplicate-object',
    says: 'Another trusted origin of the org has this name already.',
    tellApart: 'The cause is about name and the request went to /api/v1/trustedOrigins.',
    fix: [
      'Find the origin with this name: GET /api/v1/trustedOrigins?q={name}, and update it.',
      'Otherwise choose another name, or delete the old one.',
    ],
    operations: ['POST /api/v1/trustedOrigins', 'PUT /api/v1/trustedOrigins/{id}'],
    wire: {
      summary: 'Api validation failed: name',
      causes: ['name: An object with this field already exists in the current organization'],
    },
    sources: [
      { mark: 'documented', where: 'Trusted Origins reference: "Unique name for the trusted origin" (text inferred)' },
    ],
    proof: {
      given: [call('POST /api/v1/trustedOrigins', { body: page, keep: { origin: '/id' } })],
      call: call('POST /api/v1/trustedOrigins', { body: { ...page, origin: 'https://blog.example.com' } }),
      cure: [call('PUT /api/v1/trustedOrigins/{origin}', { body: { ...page, name: 'Old shop' } })],
    },
  },
  'origin-taken': {
    kind: 'duplicate-object',
    says: 'The org trusts this origin already, under another name.',
    tellApart: 'The cause is about origin and the request went to /api/v1/trustedOrigins.',
    fix: [
      'Find it: GET /api/v1/trustedOrigins?filter=origin eq "{origin}".',
      'Add the scope you need (CORS, REDIRECT) to that one: PUT /api/v1/trustedOrigins/{id}. Activate it if it is INACTIVE.',
    ],
    operations: ['POST /api/v1/trustedOrigins', 'PUT /api/v1/trustedOrigins/{id}'],
    wire: {
      summary: 'Api validation failed: origin',
      causes: ['origin: An object with this field already exists in the current organization'],
    },
    sources: [
      {
        mark: 'documented',
        where: 'Trusted Origins reference: "Unique origin URL for the trusted origin" (text inferred)',
      },
    ],
    proof: {
      given: [call('POST /api/v1/trustedOrigins', { body: page, keep: { origin: '/id' } })],
      call: call('POST /api/v1/trustedOrigins', { body: { ...page, name: 'Shop again' } }),
      cure: [call('DELETE /api/v1/trustedOrigins/{origin}')],
    },
  },
} as const satisfies Record<string, Cause>
