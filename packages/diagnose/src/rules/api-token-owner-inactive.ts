// Did the API token die with the account of the admin who made it?
import { logged, toldThat } from '../facts.ts'
import { tokenWants } from './api-token-revoked-or-expired.ts'
import { because, byCode, type Rule, speak, toSignIn } from './rule.ts'

const fix = [
  'Find the owner of the token: Security > API > Tokens shows it, and so does `transaction.detail.requestApiTokenId` in older log events.',
  'Activate, unsuspend or unlock that account, or create a new token.',
  'Let a service account own the token, so that it outlives the people who come and go.',
]

export const apiTokenOwnerInactive: Rule = {
  kind: 'api-token-owner-inactive',
  speak(facts) {
    const { authorization } = facts
    if (
      authorization &&
      (authorization.scheme !== 'ssws' || ['jwt', 'empty', 'placeholder'].includes(authorization.credential))
    )
      return []
    if (toSignIn(facts)) return []
    const refused = facts.code === 'E0000011' || (facts.code === undefined && facts.status === 401)
    const told = toldThat(
      facts,
      /\b(?:owner|creator|creat(?:ed|ing)|admin(?:istrator)?|employee|colleague|person|account|user who)\b.{0,60}\b(?:deactivated|suspended|left|locked|inactive|deleted|deprovisioned|disabled|no longer|gone|removed)\b(?!: ?(?:false|no)\b)/i,
    )
    const token = authorization?.scheme === 'ssws' || toldThat(facts, /\bapi[- ]?token\b|\bSSWS\b/i) !== undefined
    const event = logged(facts, { eventType: /^user\.lifecycle\.(?:deactivate|suspend|delete)|^user\.account\.lock/ })
    if (refused && token && event)
      return speak(
        'api-token-owner-inactive',
        'likely',
        [
          because(event, 'An account lost its active status; if it owned the token, the token went with it.'),
          facts.code !== undefined && byCode(facts, 'Okta no longer knows the token.'),
        ],
        { fix, weight: 8, wants: tokenWants },
      )
    if (told && token && (refused || facts.status === 403))
      return speak(
        'api-token-owner-inactive',
        'likely',
        [because(told, 'A token counts only while its owner is active.')],
        {
          fix,
          weight: 9,
          wants: tokenWants,
        },
      )
    if (facts.code === 'E0000011')
      return speak(
        'api-token-owner-inactive',
        'possible',
        [byCode(facts, 'A token whose owner is deactivated, suspended or locked is answered like an unknown one.')],
        { fix, weight: authorization ? 5 : 3, wants: tokenWants },
      )
    return []
  },
}
