// When may a password not be changed with the old one, and what can be done instead?
import { defineError } from '../define.ts'
import { call, seed } from '../proofs/step.ts'

/** The password cannot be changed with the old one. */
export const E0000035 = defineError({
  code: 'E0000035',
  title: 'Password change not allowed',
  area: 'credentials',
  retry: 'never',
  reference: { status: 403, description: 'Change password not allowed on specified user.' },
  current: { status: 403, summary: 'Change password not allowed on specified user.' },
  note: 'A change is refused here before the old password is looked at. A wrong old password or a weak new one is E0000014.',
  causes: {
    'user-cannot-change-password': {
      kind: 'user-status-forbids-operation',
      says: "The user's status does not allow a change: it must be STAGED, ACTIVE, PASSWORD_EXPIRED or RECOVERY.",
      tellApart: '`GET /api/v1/users/{id}` shows a status such as SUSPENDED, PROVISIONED, LOCKED_OUT or DEPROVISIONED.',
      fix: [
        'Read the user and look at `status`.',
        'SUSPENDED: `POST /api/v1/users/{id}/lifecycle/unsuspend`. LOCKED_OUT: `…/lifecycle/unlock`. PROVISIONED: let the user finish the activation.',
        'Then send the change again.',
        'An administrator who does not know the old password uses `POST /api/v1/users/{id}/lifecycle/reset_password`.',
      ],
      operations: ['POST /api/v1/users/{id}/credentials/change_password'],
      sources: [
        { mark: 'inferred', where: 'the refusal follows from the allowed statuses; no public answer shows it' },
        {
          mark: 'documented',
          where: 'okta/okta-management-openapi-spec dist/current/management-minimal.yaml: allowed statuses',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', {
            body: {
              profile: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', login: 'ada@example.com' },
              credentials: { password: { value: 'Correct-Horse-9' } },
            },
            keep: { user: '/id' },
          }),
          call('POST /api/v1/users/{user}/lifecycle/suspend'),
        ],
        call: call('POST /api/v1/users/{user}/credentials/change_password', {
          body: { oldPassword: { value: 'Correct-Horse-9' }, newPassword: { value: 'Battery-Staple-7' } },
        }),
        cure: [call('POST /api/v1/users/{user}/lifecycle/unsuspend')],
      },
    },
    'no-okta-password': {
      kind: 'user-sourced-externally',
      says: 'The user has no password in Okta: a directory or an identity provider keeps it.',
      tellApart:
        'The status is ACTIVE, but `credentials.provider.type` is not OKTA, or `credentials.password` is absent.',
      fix: [
        'Look at `credentials.provider` of the user.',
        'ACTIVE_DIRECTORY or LDAP: change the password in the directory. FEDERATION or SOCIAL: change it at the provider.',
      ],
      operations: ['POST /api/v1/users/{id}/credentials/change_password'],
      sources: [
        {
          mark: 'documented',
          where:
            'okta/okta-signin-widget playground/mocks/data/idp/idx/error-change-password-not-allowed.json shows the code and text; a valid password credential is demanded by okta/okta-management-openapi-spec',
        },
      ],
      proof: {
        given: [
          seed({ users: [{ login: 'grace@example.com', source: 'ACTIVE_DIRECTORY' }] }, { sourced: '/users/0/id' }),
          call('POST /api/v1/users?activate=true', {
            body: {
              profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
              credentials: { password: { value: 'Correct-Horse-9' } },
            },
            keep: { user: '/id' },
          }),
        ],
        call: call('POST /api/v1/users/{sourced}/credentials/change_password', {
          body: {
            oldPassword: { value: 'Correct-Horse-9' },
            newPassword: { value: 'Another-Horse-10' },
          },
        }),
        mend: call('POST /api/v1/users/{user}/credentials/change_password', {
          body: {
            oldPassword: { value: 'Correct-Horse-9' },
            newPassword: { value: 'Another-Horse-10' },
          },
        }),
      },
    },
  },
})
