// What does E0000032 mean: was the user locked at all, and where?
import { defineError } from '../define.ts'
import { call, seed } from '../proofs/step.ts'

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
          seed(
            {
              users: [{ login: 'grace@example.com', firstName: 'Grace', lastName: 'Hopper', status: 'LOCKED_OUT' }],
            },
            { locked: '/users/0/id' },
          ),
        ],
        call: call('POST /api/v1/users/{user}/lifecycle/unlock'),
        mend: call('POST /api/v1/users/{locked}/lifecycle/unlock'),
      },
    },
  },
})
