// Why does the right password not open a session?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** The password is right but expired. */
export const E0000064 = defineError({
  code: 'E0000064',
  title: 'Password expired',
  area: 'authentication',
  retry: 'after-change',
  reference: { status: 401, description: 'Password is expired and must be changed.' },
  current: { status: 401, summary: 'Password is expired and must be changed.' },
  note: 'Only the old sign-in with a password at the sessions endpoint is expected to answer this. `/api/v1/authn` answers 200 with status PASSWORD_EXPIRED, and the password grant 400 `invalid_grant`, "Password has expired." No answer with this code is public.',
  causes: {
    'password-expired': {
      kind: 'user-status-forbids-operation',
      says: 'The user is PASSWORD_EXPIRED: an administrator expired the password, or the policy gave it a greatest age.',
      fix: [
        'Let the user sign in at the sign-in page of Okta and set a new password there.',
        'In a page of your own, sign in with `POST /api/v1/authn`. The answer has status PASSWORD_EXPIRED and a `next` link; send `oldPassword` and `newPassword` to it.',
        'For accounts of programs, make a policy whose passwords do not expire, or better, use a service app without a password.',
      ],
      operations: ['POST /api/v1/sessions'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "Password expired exception"' }],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', {
            body: {
              profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
              credentials: { password: { value: 'Correct-Horse-9' } },
            },
            keep: { user: '/id' },
          }),
          call('POST /api/v1/users/{user}/lifecycle/expire_password'),
        ],
        call: call('POST /api/v1/sessions', {
          body: { username: 'ada@example.com', password: 'Correct-Horse-9' },
          as: 'nobody',
        }),
        cure: [
          // An administrator sets it again; the user would choose a new one.
          call('POST /api/v1/users/{user}', { body: { credentials: { password: { value: 'Correct-Horse-9' } } } }),
        ],
      },
    },
  },
})
