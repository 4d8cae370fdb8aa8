// When may a recovery question not be changed with the password, and what can be done instead?
import { defineError } from '../define.ts'
import { call, seed } from '../proofs/step.ts'

/** The recovery question cannot be changed with the password. */
export const E0000036 = defineError({
  code: 'E0000036',
  title: 'Recovery question change not allowed',
  area: 'credentials',
  retry: 'never',
  reference: { status: 403, description: 'Change recovery question not allowed on specified user.' },
  current: { status: 403, summary: 'Change recovery question not allowed on specified user.' },
  note: 'A wrong password in the request is E0000014, not this code. PASSWORD_EXPIRED allows a password change (see E0000035) but no change of the question.',
  causes: {
    'user-cannot-change-question': {
      kind: 'user-status-forbids-operation',
      says: "The user's status does not allow a new question: it must be STAGED, ACTIVE or RECOVERY.",
      tellApart: '`GET /api/v1/users/{id}` shows another status, such as SUSPENDED or PASSWORD_EXPIRED.',
      fix: [
        'Read the user and look at `status`.',
        'SUSPENDED: unsuspend. PASSWORD_EXPIRED: change the password first. LOCKED_OUT: unlock. Then send the change again.',
        'An administrator can set the question without the password: `POST /api/v1/users/{id}` with `credentials.recovery_question`.',
      ],
      operations: ['POST /api/v1/users/{id}/credentials/change_recovery_question'],
      sources: [
        { mark: 'inferred', where: 'the refusal follows from the allowed statuses; no public answer shows it' },
        {
          mark: 'documented',
          where: 'okta/okta-developer-docs@2022-09 docs/reference/api/users: allowed statuses',
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
        call: call('POST /api/v1/users/{user}/credentials/change_recovery_question', {
          body: {
            password: { value: 'Correct-Horse-9' },
            recovery_question: { question: 'Which river runs past the mill?', answer: 'the quiet one' },
          },
        }),
        cure: [call('POST /api/v1/users/{user}/lifecycle/unsuspend')],
      },
    },
    'no-password-to-check': {
      kind: 'user-sourced-externally',
      says: 'The user has no password in Okta, so the change cannot be confirmed with one.',
      tellApart:
        'The status is right, but `credentials.password` is absent or `credentials.provider.type` is not OKTA.',
      fix: [
        'Set the question as an administrator with `POST /api/v1/users/{id}` and `credentials.recovery_question`.',
        'For users of a directory or an identity provider, leave recovery to that system.',
      ],
      operations: ['POST /api/v1/users/{id}/credentials/change_recovery_question'],
      sources: [
        { mark: 'inferred', where: 'a valid password credential is demanded by okta/okta-management-openapi-spec' },
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
        call: call('POST /api/v1/users/{sourced}/credentials/change_recovery_question', {
          body: {
            password: { value: 'Correct-Horse-9' },
            recovery_question: { question: 'First machine?', answer: 'difference engine' },
          },
        }),
        mend: call('POST /api/v1/users/{user}/credentials/change_recovery_question', {
          body: {
            password: { value: 'Correct-Horse-9' },
            recovery_question: { question: 'First machine?', answer: 'difference engine' },
          },
        }),
      },
    },
  },
})
