// What does E0000017 mean: for which users can a password not be reset, and what helps instead?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** An administrator's reset of a password was refused. */
export const E0000017 = defineError({
  code: 'E0000017',
  title: 'Password reset failed',
  area: 'credentials',
  retry: 'after-change',
  reference: { status: 403, description: 'Password reset failed.' },
  current: { status: 403, summary: 'Password reset failed' },
  note:
    'The answer gives no reason. The user who asks for it personally (forgot password) gets E0000034 instead; ' +
    'operations on a wrong status often answer E0000038.',
  causes: {
    'user-cannot-reset': {
      kind: 'user-status-forbids-operation',
      says: 'The user has no password that could be reset: STAGED, SUSPENDED or DEPROVISIONED, or signing in with a password that a directory keeps.',
      tellApart: 'GET /api/v1/users/{id} shows the status, and credentials.provider shows who keeps the password.',
      fix: [
        'STAGED or DEPROVISIONED: activate the user; the activation lets a password be set.',
        'SUSPENDED: unsuspend first. PROVISIONED and no mail arrived: lifecycle/reactivate.',
        'credentials.provider.type ACTIVE_DIRECTORY or LDAP: reset the password in the directory.',
        'To set a password yourself, send POST /api/v1/users/{id} with credentials.password.',
      ],
      operations: ['POST /api/v1/users/{id}/lifecycle/reset_password'],
      sources: [
        {
          mark: 'inferred',
          where:
            'title of the code in Okta\'s current list, "Reset password failed exception"; public clients treat it like E0000034',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=false', {
            body: {
              profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
              credentials: { password: { value: 'Correct-Horse-9' } },
            },
            keep: { user: '/id' },
          }),
        ],
        call: call('POST /api/v1/users/{user}/lifecycle/reset_password?sendEmail=false'),
        cure: [call('POST /api/v1/users/{user}/lifecycle/activate?sendEmail=false')],
      },
    },
  },
})
