// What does E0000032 mean: was the user locked at all, and where?
import { defineError } from '../define.ts'
import { call, parallel, seed, settings } from '../proofs/step.ts'

const wrong = call('POST /api/v1/authn', {
  body: { username: 'ada@example.com', password: 'Wrong-Horse-9' },
  as: 'nobody',
})

/** The user was to be unlocked and is not locked out in Okta. */
export const E0000032 = defineError({
  code: 'E0000032',
  title: 'Unlock not allowed',
  area: 'users',
  retry: 'never',
  reference: { status: 403, description: 'Unlock is not allowed for this user.' },
  current: { status: 403, summary: 'Unlock is not allowed for this user.' },
  note: 'A 403 that has nothing to do with rights. Most programs should treat it as success.',
  causes: {
    'user-not-locked-out': {
      kind: 'user-status-forbids-operation',
      says: 'The status of the user is not LOCKED_OUT.',
      fix: [
        'Read the user: GET /api/v1/users/{id}. ACTIVE means that there is nothing to unlock, or somebody was faster.',
        'Check the id if you meant another user.',
        'If the user still cannot sign in, the lock is elsewhere: only unknown devices are locked (the log has user.account.lock while the status stays ACTIVE), or the account is locked in Active Directory or LDAP.',
      ],
      operations: ['POST /api/v1/users/{id}/lifecycle/unlock'],
      wire: { causes: ['The user is not locked out.'] },
      sources: [
        {
          mark: 'recorded',
          where: 'okta/okta-sdk-python tests/integration/cassettes, test_users_it, test_unlock_user',
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
        call: call('POST /api/v1/users/{user}/lifecycle/unlock'),
        cure: [
          // The lock that the call wants to open, made by wrong passwords.
          settings({ passwordPolicy: { maxAttempts: 3 } }),
          parallel(wrong, wrong, wrong),
        ],
      },
    },
    'locked-at-directory': {
      kind: 'user-sourced-externally',
      says: 'The user is locked out, and Active Directory or LDAP keeps the account: the operation is for users of Okta alone.',
      tellApart:
        '`GET /api/v1/users/{id}` shows LOCKED_OUT, and `credentials.provider.type` is ACTIVE_DIRECTORY or LDAP.',
      fix: [
        'Read `credentials.provider` of the user.',
        'Unlock the account in the directory, or let the user do it with self-service unlock where the policy delegates it.',
      ],
      operations: ['POST /api/v1/users/{id}/lifecycle/unlock'],
      sources: [
        {
          mark: 'inferred',
          where:
            'okta/okta-management-openapi-spec dist/current/management-minimal.yaml: no support for directory-sourced accounts; which code refuses them is not said',
        },
      ],
      proof: {
        given: [
          seed(
            {
              users: [
                { login: 'grace@example.com', source: 'ACTIVE_DIRECTORY', status: 'LOCKED_OUT' },
                { login: 'ada@example.com', status: 'LOCKED_OUT' },
              ],
            },
            { sourced: '/users/0/id', own: '/users/1/id' },
          ),
        ],
        call: call('POST /api/v1/users/{sourced}/lifecycle/unlock'),
        mend: call('POST /api/v1/users/{own}/lifecycle/unlock'),
      },
    },
    'self-service-unlock-off': {
      kind: 'feature-not-enabled',
      says: 'The user is locked out, and the password policy does not let users unlock themselves.',
      tellApart: 'The request went to /api/v1/authn/recovery/unlock. GET /api/v1/users/{id} shows LOCKED_OUT.',
      fix: [
        'Unlock the user as an administrator: POST /api/v1/users/{id}/lifecycle/unlock.',
        'Or allow it: in the rule of the password policy that applies to the user, set selfServiceUnlock to ALLOW.',
        'If the policy has an automatic unlock, waiting helps too.',
      ],
      operations: ['POST /api/v1/authn/recovery/unlock'],
      wire: { causes: ['Self-service unlock is not enabled for this user.'] },
      sources: [
        { mark: 'inferred', where: 'password policy rules have a switch for it; no public answer shows this refusal' },
      ],
      proof: {
        given: [
          seed({
            users: [{ login: 'grace@example.com', firstName: 'Grace', lastName: 'Hopper', status: 'LOCKED_OUT' }],
          }),
          call('GET /api/v1/policies?type=PASSWORD', { keep: { policy: '/0/id' } }),
          call('GET /api/v1/policies/{policy}/rules', { keep: { rule: '/0/id' } }),
        ],
        call: call('POST /api/v1/authn/recovery/unlock', {
          body: { username: 'grace@example.com', factorType: 'EMAIL' },
        }),
        cure: [
          call('PUT /api/v1/policies/{policy}/rules/{rule}', {
            body: { name: 'Default Rule', actions: { selfServiceUnlock: { access: 'ALLOW' } } },
          }),
        ],
      },
    },
  },
})
