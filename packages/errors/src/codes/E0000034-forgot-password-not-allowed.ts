// When may a forgotten password not be recovered by the user, and what opens the way?
import { defineError } from '../define.ts'
import { call, seed } from '../proofs/step.ts'

const ada = {
  profile: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', login: 'ada@example.com' },
  credentials: {
    password: { value: 'Correct-Horse-9' },
    recovery_question: { question: 'Which river runs past the mill?', answer: 'the quiet one' },
  },
}

const knownQuestion = ada.credentials.recovery_question
const selfService = (access: 'ALLOW' | 'DENY') =>
  call('PUT /api/v1/policies/{policy}/rules/{rule}', {
    body: { name: 'Default Rule', actions: { selfServicePasswordReset: { access } } },
  })

/** A forgotten password cannot be recovered by this user. */
export const E0000034 = defineError({
  code: 'E0000034',
  title: 'Forgotten password cannot be recovered',
  area: 'credentials',
  retry: 'never',
  reference: { status: 403, description: 'Forgot password not allowed on specified user.' },
  current: { status: 403, summary: 'Forgot password not allowed on specified user.' },
  note: 'Recovery by the user (forgot_password) and a reset by an administrator (reset_password) are two operations. When the first is refused, the second often still works; its own refusals are E0000017 and E0000038.',
  causes: {
    'user-cannot-recover': {
      kind: 'user-status-forbids-operation',
      says: "The user's status does not allow recovery: only an ACTIVE user can start it.",
      tellApart:
        'The error cause speaks of the current status. `GET /api/v1/users/{id}` shows a status other than ACTIVE.',
      fix: [
        'Read the user and look at `status`.',
        'STAGED or DEPROVISIONED: activate the user with `POST /api/v1/users/{id}/lifecycle/activate`.',
        'PROVISIONED: send the activation again with `POST /api/v1/users/{id}/lifecycle/reactivate`.',
        'SUSPENDED: unsuspend the user first. LOCKED_OUT: unlock the user first.',
        'To set a new password as an administrator, use `POST /api/v1/users/{id}/lifecycle/reset_password` instead.',
      ],
      operations: ['POST /api/v1/users/{id}/credentials/forgot_password'],
      wire: { causes: ["Forgot password is not allowed in the user's current status"] },
      sources: [
        { mark: 'reported', where: 'two public clients of the API quote the text of the error cause' },
        { mark: 'documented', where: 'okta/okta-developer-docs@2022-09 docs/reference/api/users: ACTIVE only' },
      ],
      proof: {
        given: [call('POST /api/v1/users?activate=false', { body: ada, keep: { user: '/id' } })],
        call: call('POST /api/v1/users/{user}/credentials/forgot_password?sendEmail=false'),
        cure: [call('POST /api/v1/users/{user}/lifecycle/activate?sendEmail=false')],
      },
    },
    'no-recovery-question': {
      kind: 'object-state-forbids-operation',
      says: 'The user is ACTIVE but has no recovery question, so there is nothing to prove their identity with.',
      tellApart:
        'The error cause is "Recovery credential not set." `GET /api/v1/users/{id}` shows no `credentials.recovery_question`.',
      fix: [
        'Set a question: `POST /api/v1/users/{id}` with `{"credentials":{"recovery_question":{"question":"…","answer":"…"}}}`.',
        'Or reset the password as an administrator: `POST /api/v1/users/{id}/lifecycle/reset_password`.',
      ],
      operations: ['POST /api/v1/users/{id}/credentials/forgot_password'],
      wire: { causes: ['Recovery credential not set.'] },
      sources: [
        { mark: 'reported', where: 'the text of the error cause stands in a public mock server' },
        {
          mark: 'documented',
          where:
            'okta/okta-management-openapi-spec dist/current/management-minimal.yaml: a valid recovery question is needed',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', {
            body: { profile: ada.profile, credentials: { password: ada.credentials.password } },
            keep: { user: '/id' },
          }),
        ],
        call: call('POST /api/v1/users/{user}/credentials/forgot_password?sendEmail=false'),
        cure: [
          call('POST /api/v1/users/{user}', {
            body: { credentials: { recovery_question: ada.credentials.recovery_question } },
          }),
        ],
      },
    },
    'password-kept-elsewhere': {
      kind: 'user-sourced-externally',
      says: "A directory or an identity provider keeps the user's password, so Okta cannot recover it.",
      tellApart: 'The user is ACTIVE and has a question, but `credentials.provider.type` is not OKTA.',
      fix: [
        'Look at `credentials.provider` of the user.',
        'ACTIVE_DIRECTORY, LDAP, FEDERATION or SOCIAL: the password is recovered or changed there.',
      ],
      operations: ['POST /api/v1/users/{id}/credentials/forgot_password'],
      wire: { causes: ['The password of this user is managed by {provider}.'] },
      sources: [
        { mark: 'inferred', where: 'Okta holds no password of such users; no public answer shows this refusal' },
      ],
      proof: {
        given: [
          seed(
            {
              users: [{ login: 'grace@example.com', source: 'ACTIVE_DIRECTORY', recoveryQuestion: knownQuestion }],
            },
            { sourced: '/users/0/id' },
          ),
          call('POST /api/v1/users?activate=true', { body: ada, keep: { user: '/id' } }),
        ],
        call: call('POST /api/v1/users/{sourced}/credentials/forgot_password?sendEmail=false'),
        mend: call('POST /api/v1/users/{user}/credentials/forgot_password?sendEmail=false'),
      },
    },
    'self-service-recovery-off': {
      kind: 'feature-not-enabled',
      says: 'The password policy of the user has self-service recovery switched off.',
      tellApart: 'The user is ACTIVE, has a question, and the provider is OKTA.',
      fix: [
        'Find the password policy of the user under Security > Authenticators > Password (Classic: Security > Authentication > Password).',
        'Allow users to reset a forgotten password in the rule that applies to them.',
        'Or reset the password as an administrator: `POST /api/v1/users/{id}/lifecycle/reset_password`.',
      ],
      operations: ['POST /api/v1/users/{id}/credentials/forgot_password'],
      wire: { causes: ['The password policy of this user does not allow self-service password reset.'] },
      sources: [
        { mark: 'inferred', where: 'password policies have a switch for it; no public answer shows this refusal' },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', { body: ada, keep: { user: '/id' } }),
          call('GET /api/v1/policies?type=PASSWORD', { keep: { policy: '/0/id' } }),
          call('GET /api/v1/policies/{policy}/rules', { keep: { rule: '/0/id' } }),
          selfService('DENY'),
        ],
        call: call('POST /api/v1/users/{user}/credentials/forgot_password?sendEmail=false'),
        cure: [selfService('ALLOW')],
      },
    },
  },
})
