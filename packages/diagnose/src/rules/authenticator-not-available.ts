// Does the user have no authenticator that the policy accepts?
import { namedBy } from './oauth.ts'
import { type Rule, speak } from './rule.ts'

const fix = [
  "List what the user has: `GET /api/v1/users/{id}/factors`, or the user's page > Authenticators.",
  'Compare it with the rule that applied (System Log, `policy.evaluate_sign_on`): possession, phishing resistance, hardware protection.',
  'Let the user enrol one that counts, where the enrolment policy allows it, or give a Temporary Access Code or a rule for the first time.',
]

export const authenticatorNotAvailable: Rule = {
  kind: 'authenticator-not-available',
  speak(facts) {
    const says = 'The policy asks for more than the authenticators of this user can give.'
    const signs = {
      sentence:
        /\bcurrent set of available authenticator enrollments\b|\bno (?:authenticators?|factors?) (?:is |are )?(?:available|enrolled)\b|\bauthenticators?\b.{0,40}\bnot (?:enrolled|available)\b/i,
      reasons: 'authenticator_not_(?:enrolled|available)|factor_not_enrolled',
    }
    const event = facts.events.find(({ message, reason }) => signs.sentence.test(`${message} ${reason}`))
    const named = event
      ? { place: `${event.place}.displayMessage`, quote: event.message || event.reason, says }
      : namedBy(facts, signs, says)
    if (!named || facts.code?.startsWith('E0')) return []
    return speak('authenticator-not-available', 'certain', [named], { fix, weight: 9 })
  },
}
