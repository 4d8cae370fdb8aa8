// Is the sign-in that was presented weaker than the policy of the app demands?
import { toldThat } from '../facts.ts'
import { namedBy, parameter } from './oauth.ts'
import { because, byCode, type Rule, speak } from './rule.ts'

const fix = [
  "Compare the app's authentication policy (Security > Authentication Policies) with `amr` and `auth_time` of the token: which factor or how fresh a sign-in does its rule ask for?",
  'Give both apps the same policy, the one that starts the sign-in and the one that the token is exchanged for: a sign-in that satisfies the first need not satisfy the second.',
  'Where the flow can ask for more, send `acr_values` or `max_age`. In an exchange nobody can be asked.',
]

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

export const appAssuranceNotMet: Rule = {
  kind: 'app-assurance-not-met',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\bassurances?\b.{0,60}\b(?:not (?:met|satisfied|sufficient)|insufficient|required)\b|\binsufficient assurance\b/i,
        reasons: '\\w*assurance\\w*',
      },
      'The sign-in behind the token is not strong or fresh enough for this app.',
    )
    if (named) return speak('app-assurance-not-met', 'certain', [named], { fix, weight: 9 })
    // An exchange for an app ends at the policy of that app, and says no more than invalid_grant.
    const exchange = toldThat(
      facts,
      /\btoken exchange\b.{0,40}\bapp\b|\bexchange\b.{0,40}\bto (?:the |an? )?\w+ app\b/i,
    )
    const signedIn = toldThat(facts, /\bmfa\b|\bsign(?:ed)?[- ]in\b|\bbrowser\b/i)
    const asked = parameter(facts, 'grant_type') === EXCHANGE
    if (facts.code !== 'invalid_grant' || facts.summary !== undefined || !(exchange ?? asked)) return []
    return speak(
      'app-assurance-not-met',
      'likely',
      [
        byCode(facts, 'The token that was handed in is not accepted, and no fault of the token itself is named.'),
        exchange && because(exchange, 'It was to be exchanged for one of another app, whose policy then counts.'),
        signedIn && because(signedIn, 'The sign-in itself worked.'),
      ],
      { fix, weight: 7 },
    )
  },
}
