import { signOnPolicyDenied } from './sign-on-policy-denied.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

judge(signOnPolicyDenied, {
  speaks: [
    ['the event', logEvent('Sign-on policy evaluation resulted in DENY', 'policy.evaluate_sign_on', 'DENY'), 'certain'],
    ['the event of the app', logEvent(null, 'application.policy.sign_on.deny_access'), 'certain'],
    [
      'a network zone',
      { httpStatus: 403, responseBody: { error: 'Forbidden', message: 'Access denied by network policy' } },
      'likely',
    ],
    [
      'the password grant',
      oauth('invalid_grant', 'Resource owner password credentials authentication denied by sign on policy.'),
      'likely',
    ],
    [
      'direct authentication',
      oauth(
        'access_denied',
        "User couldn't be signed-in through direct authentication because authentication policy wasn't satisfied.",
      ),
      'likely',
    ],
    ['a blocked address', logEvent(null, 'security.request.blocked', 'DENY'), 'likely'],
    [
      'a user without the authenticators',
      {
        logEvents: [
          {
            eventType: 'policy.evaluate_sign_on',
            displayMessage: "The policy could not be satisfied by the user's authenticator enrollments",
            outcome: { result: 'DENY' },
          },
        ],
      },
      'possible',
    ],
  ],
  silent: [
    [
      'a policy that lets in',
      logEvent('Sign-on policy evaluation resulted in ALLOW', 'policy.evaluate_sign_on', 'ALLOW'),
    ],
    [
      'a policy that asks for more',
      logEvent('Sign-on policy evaluation resulted in CHALLENGE', 'policy.evaluate_sign_on', 'CHALLENGE'),
    ],
    [
      'an access policy',
      oauth('access_denied', 'Some of the requested scopes were denied by the policy. Denied scopes: [x].'),
    ],
    [
      'a password policy',
      {
        responseBody: {
          errorCode: 'E0000014',
          errorSummary: 'Update of credentials failed',
          errorCauses: [{ errorSummary: 'Password requirements were not met.' }],
        },
      },
    ],
  ],
})
