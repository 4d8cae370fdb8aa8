// Does a sign-on, authentication or session policy keep this user, network or device out?
import { logged, toldThat } from '../facts.ts'
import { namedBy } from './oauth.ts'
import { because, type Rule, speak } from './rule.ts'

const fix = [
  'Find the rule: System Log, `eventType eq "policy.evaluate_sign_on" and outcome.result eq "DENY"`; the targets of the event name policy and rule.',
  'Compare the network, the device and the groups of the user with the conditions of that rule. The address that counts is `client.ipAddress` of the event.',
  'Rules are tried in their order and the first that fits decides: a rule further up may be the one to change.',
]

export const signOnPolicyDenied: Rule = {
  kind: 'sign-on-policy-denied',
  speak(facts) {
    const denied =
      logged(facts, { eventType: /^policy\.evaluate_sign_on$/, result: /^DENY$/i }) ??
      logged(facts, { eventType: /^application\.policy\.sign_on\.deny_access$/ })
    if (denied) {
      const lacking = /\bauthenticator|\benroll/i.test(denied.event.message + denied.event.reason)
      return speak('sign-on-policy-denied', lacking ? 'possible' : 'certain', [because(denied, 'A policy said no.')], {
        fix,
        weight: lacking ? 3 : 9,
      })
    }
    const named = namedBy(
      facts,
      {
        sentence:
          /\bdenied by (?:the |an? )?(?:\w+ )?(?:sign[- ]?on |network |authentication |access )?policy\b(?!\. Denied scopes)|\baccess denied by network policy\b|\bauthentication policy (?:wasn't|was not) satisfied\b|\bsign[- ]?on policy\b.{0,60}\b(?:den(?:y|ied|ies)|block\w*|not allow\w*)\b|\bevaluation resulted in DENY\b/i,
        reasons:
          'password_auth_denied_policy|saml_assertion_auth_denied_policy|direct_auth_policy_denied|mfa_attestation_policy_denied|.*resulted in DENY',
      },
      'A policy said no.',
    )
    if (named) {
      const factor = toldThat(facts, /\b(?:mfa|second factor|another factor|multi-?factor|2fa)\b/i)
      return speak('sign-on-policy-denied', 'likely', [named], { fix, weight: factor ? 5 : 7 })
    }
    const blocked = logged(facts, { eventType: /^security\.request\.blocked$/ })
    if (blocked)
      return speak(
        'sign-on-policy-denied',
        'likely',
        [because(blocked, 'The request was blocked for where it comes from.')],
        {
          first: [
            'Look whether the address is in a blocked zone: Security > Networks, and the setting of ThreatInsight.',
          ],
          fix,
          weight: 6,
        },
      )
    return []
  },
}
