// What does E0000028 mean: which parameter does the operation need?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** A parameter that the operation cannot do without is not in the request. */
export const E0000028 = defineError({
  code: 'E0000028',
  title: 'Parameter missing',
  area: 'request',
  retry: 'never',
  reference: { status: 400, description: 'The request is missing a required parameter.' },
  current: { status: 400, summary: 'The request is missing a required parameter.' },
  note:
    'The answer does not name the parameter, except for a header: then the summary is "Missing required header: …". A ' +
    'missing field of the body is E0000001. The OpenAPI file lists this code for suspend and unsuspend, where a wrong ' +
    'status really gives E0000001.',
  causes: {
    'parameter-missing': {
      kind: 'query-invalid',
      says: 'A required query or form parameter is absent.',
      fix: [
        'Compare the URL with the reference and add the parameters marked as required.',
        'Print the URL as it was sent: a library may drop a parameter whose value is empty or false.',
        'For reset_password say whether a mail should go out: ?sendEmail=true or ?sendEmail=false.',
      ],
      operations: [
        'POST /api/v1/users/{id}/lifecycle/reset_password',
        'GET /.well-known/app-authenticator-configuration',
      ],
      sources: [
        {
          mark: 'documented',
          where:
            'okta/okta-management-openapi-spec dist/current/management-minimal.yaml (the code on app-authenticator-configuration; sendEmail as a required parameter of reset_password)',
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
        call: call('POST /api/v1/users/{user}/lifecycle/reset_password'),
        mend: call('POST /api/v1/users/{user}/lifecycle/reset_password?sendEmail=false'),
      },
    },
  },
})
