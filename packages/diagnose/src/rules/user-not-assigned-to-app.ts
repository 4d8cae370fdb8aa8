// Is the user not assigned to the app?
import { logged } from '../facts.ts'
import { namedBy } from './oauth.ts'
import { because, type Rule, speak } from './rule.ts'

const fix = [
  'Look whether the user is there: Applications > your app > Assignments, or `GET /api/v1/apps/{id}/users/{userId}`.',
  'Assign the user, or better a group that the user is in: `PUT /api/v1/apps/{id}/groups/{groupId}`.',
  'See who is signed in: the Okta session stays, so a second try uses the same user without a prompt. Sign out of Okta first.',
]

export const userNotAssignedToApp: Rule = {
  kind: 'user-not-assigned-to-app',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\bnot assigned (?:to )?(?:the |this |that )?(?:client )?app\w*\b|\bapp(?:lication)? (?:is )?not assigned\b|\bis(?: not|n't) assigned to (?:the|this) (?:client )?app|\bdid not match a user assigned to the client app/i,
        reasons: 'user_not_assigned|mfa_attestation_login_hint_invalid|ciba_request_unknown_user_id',
      },
      'The user is known, and has no assignment to this app.',
    )
    const event =
      logged(facts, { eventType: /^app\.generic\.unauth_app_access_attempt$/ }) ??
      logged(facts, { words: /\battempted unauthorized access to app\b/i })
    if (!named && !event) return []
    return speak(
      'user-not-assigned-to-app',
      'certain',
      [named, event && because(event, 'Okta logs a try to open an app without an assignment so.')],
      { fix, weight: 9 },
    )
  },
}
