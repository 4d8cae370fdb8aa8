// Which operations does the status of a user forbid, and which status do they need?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const profile = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', login: 'ada@example.com' }

/** The user's status does not allow this operation. */
export const E0000038 = defineError({
  code: 'E0000038',
  title: "Operation not allowed in the user's status",
  area: 'users',
  retry: 'never',
  reference: { status: 403, description: "This operation is not allowed in the user's current status." },
  current: { status: 403, summary: "This operation is not allowed in the user's current status." },
  note: 'Read the user before you act: the `_links` of a single user name the operations that its status allows. Lists carry only `self`. Some operations have their own code for the same trouble: activate E0000016, unlock E0000032, recovery E0000034.',
  causes: {
    'user-not-provisioned': {
      kind: 'user-status-forbids-operation',
      says: 'Only a PROVISIONED or RECOVERY user can be reactivated, and this user has another status.',
      tellApart: 'The call is `lifecycle/reactivate`.',
      fix: [
        'Read the user and look at `status`.',
        'STAGED or DEPROVISIONED: use `POST /api/v1/users/{id}/lifecycle/activate`.',
        'ACTIVE: there is nothing to do. SUSPENDED: use `…/lifecycle/unsuspend`.',
      ],
      operations: ['POST /api/v1/users/{id}/lifecycle/reactivate'],
      sources: [
        {
          mark: 'recorded',
          where: 'okta/okta-sdk-python tests/integration/cassettes/test_users_it, test_reactivate_user (a STAGED user)',
        },
        { mark: 'documented', where: 'okta/okta-developer-docs@2022-09 docs/reference/api/users' },
      ],
      proof: {
        given: [call('POST /api/v1/users?activate=false', { body: { profile }, keep: { user: '/id' } })],
        call: call('POST /api/v1/users/{user}/lifecycle/reactivate?sendEmail=false'),
        cure: [call('POST /api/v1/users/{user}/lifecycle/activate?sendEmail=false')],
      },
    },
    'status-forbids': {
      kind: 'user-status-forbids-operation',
      says: 'The operation needs another status than the user has, for instance ACTIVE to expire a password.',
      tellApart: 'The call is not `lifecycle/reactivate`. `_links` of the user does not name it.',
      fix: [
        'Read the user and compare `status` with what the operation needs. expire_password and reset_password need a user who has a working account.',
        'STAGED: activate. PROVISIONED: let the user finish the activation. SUSPENDED: unsuspend. LOCKED_OUT: unlock.',
        'Then send the same call again.',
      ],
      operations: [
        'POST /api/v1/users/{id}/lifecycle/expire_password',
        'POST /api/v1/users/{id}/lifecycle/expire_password_with_temp_password',
        'POST /api/v1/users/{id}/lifecycle/reset_password',
      ],
      sources: [
        {
          mark: 'inferred',
          where:
            'recorded users offer the expirePassword link only as ACTIVE and PASSWORD_EXPIRED; the refusal itself is not recorded',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', {
            body: { profile, credentials: { password: { value: 'Correct-Horse-9' } } },
            keep: { user: '/id' },
          }),
          call('POST /api/v1/users/{user}/lifecycle/suspend'),
        ],
        call: call('POST /api/v1/users/{user}/lifecycle/expire_password'),
        cure: [call('POST /api/v1/users/{user}/lifecycle/unsuspend')],
      },
    },
    'no-password-to-expire': {
      kind: 'user-sourced-externally',
      says: 'The password of a user was to expire who has none: an identity provider signs the user in.',
      tellApart:
        'The status is ACTIVE, but `credentials.provider.type` is FEDERATION or SOCIAL, and the user shows no expirePassword link.',
      fix: [
        'Read `credentials.provider` of the user.',
        'If the identity provider is to stay, let the password expire there.',
        'To give the user a password in Okta, send POST /api/v1/users/{id}/lifecycle/reset_password?sendEmail=true: it makes the user one of Okta. Expiring works once a password is set.',
      ],
      operations: [
        'POST /api/v1/users/{id}/lifecycle/expire_password',
        'POST /api/v1/users/{id}/lifecycle/expire_password_with_temp_password',
      ],
      sources: [
        {
          mark: 'inferred',
          where:
            'okta/okta-management-openapi-spec dist/current/management-minimal.yaml: reset_password makes a federated user one of Okta; nobody shows what expiring answers before',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?provider=true', {
            body: { profile, credentials: { provider: { type: 'FEDERATION', name: 'FEDERATION' } } },
            keep: { user: '/id' },
          }),
        ],
        call: call('POST /api/v1/users/{user}/lifecycle/expire_password'),
        cure: [
          call('POST /api/v1/users/{user}/lifecycle/reset_password?sendEmail=false'),
          call('POST /api/v1/users/{user}', { body: { credentials: { password: { value: 'Correct-Horse-9' } } } }),
        ],
      },
    },
    'authenticator-off-for-role': {
      kind: 'authenticator-not-available',
      says: 'The user adds an address or a number in a role for which the org has no authenticator enabled.',
      tellApart: 'The path begins with `/idp/myaccount/`.',
      fix: [
        'Look at `role` in the body: PRIMARY, SECONDARY or RECOVERY.',
        'Enable the email or phone authenticator for that use under Security > Authenticators, or send another role.',
      ],
      operations: ['POST /idp/myaccount/emails', 'POST /idp/myaccount/phones'],
      sources: [
        { mark: 'documented', where: 'okta/okta-developer-docs docs/guides/configure-user-scoped-account-management' },
      ],
    },
  },
})
