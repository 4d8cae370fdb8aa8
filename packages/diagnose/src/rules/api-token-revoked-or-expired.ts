// Is the API token dead: revoked, unknown in this org, or expired after 30 days without use?
import { heard, logged, toldThat } from '../facts.ts'
import type { Want } from '../finding.ts'
import { because, byAuthorization, byCode, byStatus, type Rule, speak, toSignIn } from './rule.ts'

const fix = [
  'Open Security > API > Tokens in the Admin Console, or call `GET /api/v1/api-tokens` with a token that works. A token that is not listed is revoked, expired, or of another org.',
  'Create a new token there and put it in the place of the old one. Its value is shown once.',
  'A token expires 30 days after its last use: let a job that runs rarely make one small call every week.',
]

export const tokenWants: readonly Want[] = [
  {
    what: "The token's entry in the list of API tokens",
    how: 'Security > API > Tokens: is it listed, when was it last used, who owns it, from which networks may it be used?',
  },
  {
    what: 'System Log events about the token and its owner',
    how: 'eventType eq "system.api_token.revoke" or eventType eq "user.lifecycle.deactivate" or eventType eq "user.lifecycle.suspend"',
  },
]

export const apiTokenRevokedOrExpired: Rule = {
  kind: 'api-token-revoked-or-expired',
  speak(facts) {
    const { authorization } = facts
    if (authorization && authorization.scheme !== 'ssws') return []
    if (authorization?.credential === 'jwt' || authorization?.credential === 'empty') return []
    if (authorization?.credential === 'placeholder' || toSignIn(facts)) return []
    const revoked = logged(facts, { eventType: /^system\.api_token\.(?:revoke|disable|delete)/ })
    if (revoked)
      return speak(
        'api-token-revoked-or-expired',
        'certain',
        [because(revoked, 'The System Log shows that an API token was revoked.')],
        { fix, weight: 9, cause: 'token-revoked' },
      )
    const told =
      toldThat(
        facts,
        /\b(?:api )?token\b.{0,60}\b(?:revoked|expired|deleted|disabled|rotated|not used|unused)\b(?!: ?(?:false|no)\b)/i,
      ) ??
      toldThat(
        facts,
        /\b(?:30|thirty) days\b|\b(?:idle|unused|shut down|switched off|offline|turned off|not (?:run|used|running)|dormant)\b.{0,30}\b(?:for )?(?:\d+ |several |many |some )?(?:days|weeks|months|long)\b/i,
      )
    const about = toldThat(facts, /\bapi[- ]?(?:token|key)\b|\bSSWS\b/i)
    if (facts.code === 'E0000011') {
      return speak(
        'api-token-revoked-or-expired',
        told || authorization ? 'likely' : 'possible',
        [
          byCode(
            facts,
            authorization
              ? 'The word SSWS was understood, but no living token has this value.'
              : 'Okta looked for a living API token and found none with what was sent.',
          ),
          authorization && byAuthorization(facts, 'An API token was sent in the right form.'),
          told && because(told, 'A token that rests for 30 days expires.'),
        ],
        {
          fix,
          weight: told ? 8 : 6,
          wants: tokenWants,
          ...(told && /\bdays\b|idle|unused|not used|dormant/i.test(told.text) && { cause: 'token-expired-unused' }),
        },
      )
    }
    if (told && (about || authorization) && (facts.status === 401 || facts.status === 403))
      return speak(
        'api-token-revoked-or-expired',
        'likely',
        [
          because(told, 'A token that rests for 30 days expires.'),
          facts.code !== undefined
            ? byCode(facts, 'A dead token has no rights.')
            : byStatus(facts, 'The caller was refused.'),
        ],
        { fix, weight: 6, wants: tokenWants },
      )
    const said = heard(
      facts,
      /\bapi token\b.{0,60}\b(?:revoked|expired|invalid|no longer valid)\b|\b(?:revoked|expired|invalid)\b.{0,20}\bapi token\b/i,
    )
    if (said)
      return speak('api-token-revoked-or-expired', 'likely', [because(said, 'The message speaks of the API token.')], {
        fix,
        wants: tokenWants,
      })
    return []
  },
}
