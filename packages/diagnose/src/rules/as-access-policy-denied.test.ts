import { asAccessPolicyDenied } from './as-access-policy-denied.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

judge(asAccessPolicyDenied, {
  speaks: [
    [
      "Okta's sentence",
      oauth('access_denied', 'Policy evaluation failed for this request, please check the policy configurations.'),
      'certain',
    ],
    [
      'a rule that gives none of the scopes',
      oauth('access_denied', 'Policy evaluation succeeded, but all the requested scopes were rejected.'),
      'certain',
    ],
    [
      'a rule that gives some',
      oauth('access_denied', 'Some of the requested scopes were denied by the policy. Denied scopes: [x].'),
      'certain',
    ],
    ['the reason in the log', logEvent('no_matching_policy'), 'certain'],
    ['the reason as the guide has it', logEvent('Policy evaluation failed'), 'certain'],
  ],
  silent: [
    ['an assignment', oauth('access_denied', 'User is not assigned to the client application.')],
    ['a scope that does not exist', logEvent('no_matching_scope')],
    ['a sign-on policy', logEvent('Sign-on policy evaluation resulted in DENY', 'policy.evaluate_sign_on', 'DENY')],
  ],
})
