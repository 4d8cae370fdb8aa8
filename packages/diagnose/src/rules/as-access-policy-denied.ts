// Does no access policy or rule of the authorization server fit this request?
import { namedBy, parameter } from './oauth.ts'
import { type Rule, shown, speak } from './rule.ts'

const fix = [
  'Open Security > API > your server > Access Policies. A policy has to name this client (or all), and one of its rules the grant type, the user or a group of the user, and every scope of the request.',
  'One scope too many makes a rule not fit: leave scopes out one by one, or add them to the rule.',
  'The server named `default` of a free org comes without any policy: add one.',
  'Try it on the Token Preview tab. The log has the reason: `no_matching_policy`, `no_matching_scope`.',
]

export const asAccessPolicyDenied: Rule = {
  kind: 'as-access-policy-denied',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\bPolicy evaluation failed\b|\ball the requested scopes were rejected|\bdenied by the policy\. Denied scopes|\bno matching policy\b/i,
        reasons: 'no_matching_policy|no_matching_rule|no_scope_allowed|scope_denied|policy evaluation failed\\W*.*',
      },
      'The rules of this server allow it for no such client, user, grant and scopes.',
    )
    if (!named) return []
    const scope = parameter(facts, 'scope')
    return speak(
      'as-access-policy-denied',
      'certain',
      [
        named,
        scope !== undefined && { place: 'request', quote: shown(scope), says: 'A rule has to have all of these.' },
      ],
      { fix, weight: 9 },
    )
  },
}
