// Which rules about realms can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const partners = { profile: { name: 'Partners' } }
const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' }
const toPartners = {
  name: 'Partners first',
  priority: 3,
  conditions: { expression: { value: 'user.profile.login.contains("@partner.example")' } },
  actions: { assignUserToRealm: { realmId: '{realm}' } },
}

/** Causes of E0000001 in this part of the API. */
export const realmsCauses = {
  'realm-name-taken': {
    kind: 'duplicate-object',
    says: 'Another realm of the org has this name already.',
    tellApart: 'The request went to /api/v1/realms and the cause is about the name.',
    fix: [
      'Look for the realm: GET /api/v1/realms?search=profile.name eq "…", and use it or change it.',
      'Otherwise choose another name.',
    ],
    operations: ['POST /api/v1/realms', 'PUT /api/v1/realms/{id}'],
    wire: {
      summary: 'Api validation failed: profile.name',
      causes: ['profile.name: An object with this field already exists in the current organization'],
    },
    sources: [{ mark: 'inferred', where: 'as other names of the org; no refusal is public' }],
    proof: {
      given: [call('POST /api/v1/realms', { body: partners, keep: { realm: '/id' } })],
      call: call('POST /api/v1/realms', { body: partners }),
      cure: [call('DELETE /api/v1/realms/{realm}')],
    },
  },
  'user-outside-realm-domains': {
    kind: 'validation-invalid-value',
    says: 'The realm takes only users with a login and an email of its domains, and this user has another.',
    tellApart:
      'The body names a realmId, or the user is in a realm of its own: GET /api/v1/realms/{id} shows "domains".',
    fix: [
      'Give the user a login and an email of one of the domains in the profile of the realm.',
      'Or add the domain to the realm: PUT /api/v1/realms/{id}.',
      'Users who were there before the domains were set stay, until somebody changes them.',
    ],
    operations: ['POST /api/v1/users', 'POST /api/v1/users/{id}'],
    wire: {
      summary: 'Api validation failed: {field}',
      causes: ['{field}: The domain is not allowed in this realm'],
    },
    sources: [
      {
        mark: 'documented',
        where: 'Realms reference, profile.domains: no user can be created or updated with another domain',
      },
      { mark: 'inferred', where: 'code and text; no refusal is public' },
    ],
    proof: {
      given: [
        call('POST /api/v1/realms', {
          body: { profile: { name: 'Partners', domains: ['partner.example'] } },
          keep: { realm: '/id' },
        }),
      ],
      call: call('POST /api/v1/users?activate=false', { body: { profile: ada, realmId: '{realm}' } }),
      cure: [
        call('PUT /api/v1/realms/{realm}', {
          body: { profile: { name: 'Partners', domains: ['partner.example', 'example.com'] } },
        }),
      ],
    },
  },
  'realm-assignment-still-active': {
    kind: 'object-state-forbids-operation',
    says: 'The realm assignment was to be deleted and is active.',
    tellApart: 'Only on DELETE of a realm assignment with "status": "ACTIVE".',
    fix: ['Deactivate it first: POST /api/v1/realm-assignments/{id}/lifecycle/deactivate. Then delete it.'],
    operations: ['DELETE /api/v1/realm-assignments/{id}'],
    wire: {
      summary: 'Api validation failed: status',
      causes: ['status: An active realm assignment cannot be deleted'],
    },
    sources: [
      {
        mark: 'inferred',
        where: 'every recorded deletion comes after a deactivation (okta/okta-sdk-python); no refusal is public',
      },
    ],
    proof: {
      given: [
        call('POST /api/v1/realms', { body: partners, keep: { realm: '/id' } }),
        call('POST /api/v1/realm-assignments', { body: toPartners, keep: { assignment: '/id' } }),
      ],
      call: call('DELETE /api/v1/realm-assignments/{assignment}'),
      cure: [call('POST /api/v1/realm-assignments/{assignment}/lifecycle/deactivate')],
    },
  },
  'realm-assignment-is-default': {
    kind: 'object-state-forbids-operation',
    says: 'The catch-all realm assignment puts whoever is left into the default realm; it cannot be changed, switched off or deleted.',
    tellApart: 'The assignment has "isDefault": true.',
    fix: [
      'Leave it, and skip assignments with "isDefault": true in clean-up scripts.',
      'To send users elsewhere, make an assignment of your own with a smaller priority number: it is asked first.',
    ],
    operations: ['DELETE /api/v1/realm-assignments/{id}', 'PUT /api/v1/realm-assignments/{id}'],
    wire: {
      summary: 'Api validation failed: id',
      causes: ['id: The default realm assignment cannot be changed'],
    },
    sources: [{ mark: 'inferred', where: 'the reference shows the catch-all assignment; no refusal is public' }],
    proof: {
      given: [
        call('GET /api/v1/realm-assignments', { keep: { catchAll: '/0/id' } }),
        call('POST /api/v1/realms', { body: partners, keep: { realm: '/id' } }),
        call('POST /api/v1/realm-assignments', { body: toPartners, keep: { assignment: '/id' } }),
      ],
      call: call('POST /api/v1/realm-assignments/{catchAll}/lifecycle/deactivate'),
      mend: call('POST /api/v1/realm-assignments/{assignment}/lifecycle/deactivate'),
    },
  },
  'realm-assignment-priority-taken': {
    kind: 'duplicate-object',
    says: 'Another realm assignment has this priority already.',
    tellApart: 'The request went to /api/v1/realm-assignments and the cause is about priority.',
    fix: ['List the assignments: GET /api/v1/realm-assignments, and choose a number that none of them has.'],
    operations: ['POST /api/v1/realm-assignments', 'PUT /api/v1/realm-assignments/{id}'],
    wire: {
      summary: 'Api validation failed: priority',
      causes: ['priority: Another realm assignment already has this priority'],
    },
    sources: [
      { mark: 'documented', where: 'Realm assignments reference: priorities must be unique' },
      { mark: 'inferred', where: 'code and text; no refusal is public' },
    ],
    proof: {
      given: [
        call('POST /api/v1/realms', { body: partners, keep: { realm: '/id' } }),
        call('POST /api/v1/realm-assignments', { body: toPartners, keep: { assignment: '/id' } }),
      ],
      call: call('POST /api/v1/realm-assignments', { body: { ...toPartners, name: 'Partners again' } }),
      cure: [call('PUT /api/v1/realm-assignments/{assignment}', { body: { ...toPartners, priority: 4 } })],
    },
  },
  'realm-expression-unreadable': {
    kind: 'validation-invalid-value',
    says: 'The expression of a realm assignment cannot be read, or names what no assignment can ask for.',
    tellApart: 'The request went to /api/v1/realm-assignments and the cause is about conditions.expression.value.',
    fix: [
      'Write it in Okta Expression Language on the profile: user.profile.department == "Partners".',
      'Texts stand in quotes; check brackets and operators.',
      'Use what the language has in Identity Engine: user.profile.login.contains("@partner.example"), substringAfter("@"), toLowerCase(). There is no endsWith.',
    ],
    operations: ['POST /api/v1/realm-assignments', 'PUT /api/v1/realm-assignments/{id}'],
    wire: {
      summary: 'Api validation failed: conditions.expression.value',
      causes: ['conditions.expression.value: Invalid expression'],
    },
    sources: [{ mark: 'inferred', where: 'no refusal is public' }],
    proof: {
      given: [call('POST /api/v1/realms', { body: partners, keep: { realm: '/id' } })],
      call: call('POST /api/v1/realm-assignments', {
        body: { ...toPartners, conditions: { expression: { value: 'user.profile.login ==' } } },
      }),
      mend: call('POST /api/v1/realm-assignments', { body: toPartners }),
    },
  },
} as const satisfies Record<string, Cause>
