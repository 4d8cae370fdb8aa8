// Why is a user locked after factor codes, and how is the lock opened?
import { defineError } from '../define.ts'

/** Too many wrong codes: the user is locked. */
export const E0000069 = defineError({
  code: 'E0000069',
  title: 'User locked by wrong codes',
  area: 'factors',
  retry: 'after-change',
  reference: { status: 403, description: 'User Locked.' },
  current: { status: 403, summary: 'User Locked' },
  note: 'This is the answer to the very call that reached the limit. Later sign-ins of a locked user get 200 with status LOCKED_OUT, or 401 E0000004 when the password policy hides the lock. The sign-in widget shows this code for LOCKED_OUT by itself.',
  causes: {
    'code-tries-used-up': {
      kind: 'user-locked-out',
      says: 'The wrong code that was just sent is the last one that the policy allows.',
      fix: [
        'Stop sending codes; no code is accepted while the lock holds.',
        'Unlock the user: `POST /api/v1/users/{id}/lifecycle/unlock`, or Directory > People > the user > Unlock.',
        'Or wait for the automatic unlock, if the password policy has one.',
        'Look at the System Log for `user.account.lock` and for the address behind the tries. If the user did not make them, reset the password and the factors.',
      ],
      operations: ['POST /api/v1/authn/factors/{factorId}/verify'],
      sources: [
        { mark: 'documented', where: 'okta/okta-signin-widget test/unit/helpers/xhr/MFA_LOCKED_FAILED_ATEMPTS.js' },
      ],
    },
  },
})
