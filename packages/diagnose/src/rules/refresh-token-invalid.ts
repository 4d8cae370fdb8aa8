// Is the refresh token expired, revoked, or replaced by a newer one?
import { logged } from '../facts.ts'
import { namedBy, parameter } from './oauth.ts'
import { because, byCode, type Rule, speak } from './rule.ts'

const fix = [
  'Send the user through the sign-in again: a refresh token that is refused does not recover.',
  'With rotation each answer brings a new refresh token. Store it before anything else, and let only one worker refresh at a time.',
  'Look at the idle time and the lifetime in the rule of the access policy, and at the rotation of the app.',
]

export const refreshTokenInvalid: Rule = {
  kind: 'refresh-token-invalid',
  speak(facts) {
    const reuse = logged(facts, { eventType: /\btoken\.detect_reuse$/ })
    const named = namedBy(
      facts,
      {
        sentence:
          /\brefresh[_ ]token\b.{0,40}\b(?:invalid|expired|revoked|not found|already used|no longer valid)\b|\b(?:invalid|expired|revoked) refresh[_ ]token\b/i,
        reasons: 'invalid_refresh_token',
      },
      'The refresh token does not count any more.',
    )
    if (reuse)
      return speak(
        'refresh-token-invalid',
        'certain',
        [because(reuse, 'An old refresh token was sent again, and all tokens of that sign-in were revoked.'), named],
        { fix: [fix[1]!, fix[0]!, fix[2]!], weight: 9 },
      )
    if (named) return speak('refresh-token-invalid', 'certain', [named], { fix, weight: 9 })
    if (
      facts.code === 'invalid_grant' &&
      facts.summary === undefined &&
      parameter(facts, 'grant_type') === 'refresh_token'
    )
      return speak(
        'refresh-token-invalid',
        'likely',
        [byCode(facts, 'The grant of this request is the refresh token.')],
        {
          fix,
          weight: 7,
        },
      )
    return []
  },
}
