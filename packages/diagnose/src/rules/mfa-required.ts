// Does a policy demand another factor that this flow or tool cannot give?
import { isRecord } from '../evidence.ts'
import { logged, toldThat } from '../facts.ts'
import { namedBy, parameter } from './oauth.ts'
import { because, byCode, byRequest, type Rule, speak } from './rule.ts'

const fix = [
  'Use a flow that can ask: a sign-in in the browser, or the device flow for command-line tools. The password grant and plain scripts cannot answer a second factor.',
  'A program that calls `/authn` has to go on from the `stateToken`: choose a factor, `POST /api/v1/authn/factors/{id}/verify`.',
  'For a service account, give it a client of its own (client credentials) in place of a password, or a rule that asks for no factor from a fixed network.',
  'See which rule asks: System Log, `eventType eq "policy.evaluate_sign_on"`, result CHALLENGE.',
]
const FACTOR = /\b(?:mfa|(?:second|another|additional) factor|multi-?factor|2fa)\b/i

export const mfaRequired: Rule = {
  kind: 'mfa-required',
  speak(facts) {
    const body = facts.evidence.responseBody
    const status = isRecord(body) && typeof body.status === 'string' ? body.status : ''
    if (/^MFA_(?:REQUIRED|CHALLENGE|ENROLL)$/.test(status))
      return speak(
        'mfa-required',
        'certain',
        [
          {
            place: 'responseBody.status',
            quote: status,
            says: 'The password was right, and the sign-in waits for a factor.',
          },
        ],
        { fix, weight: 9 },
      )
    const named = namedBy(
      facts,
      {
        sentence:
          /\bcannot be used with MFA enabled|\bVerify with an additional authenticator|\brequires re-authentication or MFA|\brequired an MFA prompt\b|\b(?:MFA|multi-?factor authentication|(?:second|another) factor) (?:is )?required\b|\buser authentication context is insufficient/i,
        reasons:
          'mfa_required|password_auth_denied_mfa|saml_assertion_auth_denied_mfa|app_sign_on_required|insufficient_user_authentication|mfa_prompt_required_but_not_configured',
      },
      'A policy asks for another factor.',
    )
    if (named) return speak('mfa-required', 'certain', [named], { fix, weight: 9 })
    if (facts.code === 'mfa_required' || facts.code === 'insufficient_authentication_context')
      return speak('mfa-required', 'certain', [byCode(facts, 'A policy asks for another factor.')], { fix, weight: 9 })
    const byPolicy = namedBy(
      facts,
      { sentence: /\bcredentials authentication denied by sign on policy/i, reasons: 'password_auth_denied_policy' },
      'The password grant has no way to answer what the policy asks for.',
    )
    const told = toldThat(facts, FACTOR)
    if (byPolicy)
      return speak('mfa-required', 'likely', [byPolicy, told && because(told, 'A factor is asked for.')], {
        fix,
        weight: told ? 8 : 6,
      })
    const challenged = logged(facts, { eventType: /^policy\.evaluate_sign_on$/, result: /^CHALLENGE$/i })
    if (challenged && facts.status !== undefined && facts.status >= 400)
      return speak('mfa-required', 'likely', [because(challenged, 'A policy asked for more than a password.')], {
        fix,
        weight: 7,
      })
    // A password that is right, a policy with a factor: then the answer to a wrong password means the missing factor.
    const right = toldThat(
      facts,
      /\bpassword (?:is )?(?:correct|right|verified)\b.{0,12}: ?true|\b(?:correct|right) password\b|\bpassword only\b.*\bworks?\b/i,
    )
    const signIn = /^\/api\/v1\/authn$/.test(facts.path ?? '') || parameter(facts, 'grant_type') === 'password'
    if (told && right && signIn && (facts.status === undefined || facts.status >= 400))
      return speak(
        'mfa-required',
        'likely',
        [
          byRequest(facts, 'This call gives a password and nothing else.'),
          because(told, 'Here a factor is asked for.'),
        ],
        { fix, weight: 8 },
      )
    return []
  },
}
