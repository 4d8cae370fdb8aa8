// Which rules about user types can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' }

/** Causes of E0000001 in this part of the API. */
export const userTypesCauses = {
  'user-type-name-taken': {
    kind: 'duplicate-object',
    says: 'Another user type of the org has this name already.',
    tellApart: 'The cause is about name and the request went to /api/v1/meta/types/user.',
    fix: [
      'List the types: GET /api/v1/meta/types/user, and use the one with this name. "user" is the default type.',
      'Otherwise choose another name. The name of a type cannot be changed later, its display name can.',
    ],
    operations: ['POST /api/v1/meta/types/user'],
    wire: {
      summary: 'Api validation failed: name',
      causes: ['name: An object with this field already exists in the current organization'],
    },
    sources: [{ mark: 'inferred', where: 'by analogy with the other unique names; no public example' }],
    proof: {
      given: [
        call('POST /api/v1/meta/types/user', {
          body: { name: 'contractor', displayName: 'Contractor' },
          keep: { type: '/id' },
        }),
      ],
      call: call('POST /api/v1/meta/types/user', { body: { name: 'contractor', displayName: 'External worker' } }),
      cure: [call('DELETE /api/v1/meta/types/user/{type}')],
    },
  },
  'user-type-not-deletable': {
    kind: 'object-state-forbids-operation',
    says: 'The user type is the default one, or there are still users of this type.',
    tellApart: 'Only on DELETE of a user type. GET the type: "default" says which of the two it is.',
    fix: [
      'If "default" is true, keep the type: an org cannot be without it.',
      'Otherwise find its users: GET /api/v1/users?search=type.id eq "{id}". Search finds deactivated ones too.',
      'Give them another type (PUT /api/v1/users/{id} with "type") or delete them, then delete the type.',
    ],
    operations: ['DELETE /api/v1/meta/types/user/{id}'],
    wire: {
      summary: 'Api validation failed: userType',
      causes: ['This User Type cannot be deleted.'],
    },
    sources: [
      { mark: 'documented', where: 'User Types reference, Delete a user type (the two conditions)' },
      {
        mark: 'inferred',
        where:
          "the sentence is that of E0000142 (403) in Okta's current list, which the reference does not have; this code stands in for it",
      },
    ],
    proof: {
      given: [
        call('POST /api/v1/meta/types/user', {
          body: { name: 'contractor', displayName: 'Contractor' },
          keep: { type: '/id' },
        }),
        call('POST /api/v1/users?activate=false', {
          body: { profile: ada, type: { id: '{type}' } },
          keep: { user: '/id' },
        }),
      ],
      call: call('DELETE /api/v1/meta/types/user/{type}'),
      cure: [call('DELETE /api/v1/users/{user}'), call('DELETE /api/v1/users/{user}')],
    },
  },
} as const satisfies Record<string, Cause>
