// What does E0000016 mean, and is there anything to do?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** The user was to be activated and is active already. */
export const E0000016 = defineError({
  code: 'E0000016',
  title: 'User already active',
  area: 'users',
  retry: 'never',
  reference: { status: 403, description: 'Activation failed because the user is already active.' },
  current: { status: 403, summary: 'Activation failed because the user is already active' },
  note: 'A 403 that has nothing to do with rights. Most programs should treat it as success.',
  causes: {
    'user-already-active': {
      kind: 'user-status-forbids-operation',
      says: 'The user is ACTIVE and was to be activated again.',
      fix: [
        'Read the user: GET /api/v1/users/{id}. Status ACTIVE means that there is nothing to do.',
        'A user created with ?activate=true (the default) needs no activation call.',
        'To send the activation mail of a PROVISIONED user again, use lifecycle/reactivate.',
        'After a timeout, this answer may mean that your first call succeeded.',
      ],
      operations: ['POST /api/v1/users/{id}/lifecycle/activate'],
      sources: [
        {
          mark: 'reported',
          where: 'https://github.com/okta/okta-sdk-php/issues/77 and public client tests (ActivationResponse, 403)',
        },
        {
          mark: 'documented',
          where:
            'okta/okta-developer-docs of 2022-09, docs/reference/api/users (activation only from STAGED or DEPROVISIONED)',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', {
            body: {
              profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
              credentials: { password: { value: 'Correct-Horse-9' } },
            },
            keep: { user: '/id' },
          }),
        ],
        call: call('POST /api/v1/users/{user}/lifecycle/activate?sendEmail=false'),
        cure: [call('POST /api/v1/users/{user}/lifecycle/deactivate')],
      },
    },
    'activation-already-begun': {
      kind: 'user-status-forbids-operation',
      says: 'The user is PROVISIONED: activated already, and has not yet finished the activation.',
      tellApart: 'GET /api/v1/users/{id} shows PROVISIONED, which the console calls "Pending user action".',
      fix: [
        'To send the mail again, or to get a new link, call POST /api/v1/users/{id}/lifecycle/reactivate.',
        'Or set a password: POST /api/v1/users/{id} with credentials.password makes the user ACTIVE.',
      ],
      operations: ['POST /api/v1/users/{id}/lifecycle/activate'],
      sources: [
        { mark: 'reported', where: 'https://github.com/okta/okta-sdk-php/issues/77 (a mail to be sent again)' },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', {
            body: {
              profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
            },
            keep: { user: '/id' },
          }),
        ],
        call: call('POST /api/v1/users/{user}/lifecycle/activate?sendEmail=false'),
        cure: [call('POST /api/v1/users/{user}/lifecycle/deactivate')],
      },
    },
  },
})
