// Is the user name, the password or the code wrong?
import { heard, logged, toldThat } from '../facts.ts'
import { because, byCode, byRequest, type Rule, speak } from './rule.ts'

const fix = [
  'Check the login (the whole one, such as name@example.com) and the password by signing in at the org in a private window.',
  'Look at the System Log: `eventType eq "user.session.start" and outcome.result eq "FAILURE"` gives the reason (INVALID_CREDENTIALS, LOCKED_OUT …), which the answer hides on purpose.',
  'If the password is right: is the account locked, does a policy ask for a second factor, or does a directory agent check the password?',
]
const SENTENCE =
  /\bcredentials provided were (?:invalid|incorrect)\b|\bpassword is incorrect\b|\b(?:username|user name)\b.{0,20}\bpassword\b.{0,40}\b(?:incorrect|invalid|wrong)\b|\binvalid (?:credentials|username or password)\b|\boldPassword\b.{0,40}incorrect|\bunable to sign in\b/i

export const credentialsInvalid: Rule = {
  kind: 'credentials-invalid',
  speak(facts) {
    const reason = logged(facts, { reason: /^INVALID_CREDENTIALS$|^VERIFICATION_ERROR$/i })
    const said = heard(facts, SENTENCE)
    const right = toldThat(
      facts,
      /\bpassword (?:is )?(?:correct|right|verified)\b.{0,12}: ?true|\b(?:correct|right|verified) password\b|\bsame (?:password|credentials)\b.{0,40}\bwork/i,
    )
    const factor = toldThat(facts, /\b(?:mfa|second factor|another factor|2fa|multi-?factor)\b/i)
    if (reason)
      // The same reason is logged where the login exists and may not sign in, and where a one-time token is dead.
      return speak('credentials-invalid', 'likely', [because(reason, 'The System Log names the reason.')], {
        fix,
        weight: 8,
      })
    if (facts.code === 'E0000207' || (said && facts.code !== 'invalid_client')) {
      if (
        facts.code !== undefined &&
        !['E0000004', 'E0000014', 'E0000068', 'E0000207', 'invalid_grant', 'access_denied'].includes(facts.code)
      )
        return []
      return speak(
        'credentials-invalid',
        right ? 'possible' : 'likely',
        [
          said
            ? because(said, 'The answer speaks of the credentials.')
            : byCode(facts, 'The answer speaks of the credentials.'),
        ],
        { fix, weight: 8 },
      )
    }
    if (facts.code === 'E0000004' && facts.path !== '/api/v1/sessions')
      return speak(
        'credentials-invalid',
        right || factor ? 'possible' : 'likely',
        [
          byCode(
            facts,
            'A wrong login, a wrong password and a locked account are answered alike, so that nobody can probe for accounts.',
          ),
          facts.path !== undefined && byRequest(facts, 'This call checks a login and a password.'),
        ],
        {
          fix,
          weight: right || factor ? 3 : 8,
          wants: [
            {
              what: 'The System Log event of this sign-in',
              how: 'eventType eq "user.session.start" and outcome.result eq "FAILURE"; outcome.reason decides',
            },
          ],
        },
      )
    if ((facts.code === 'E0000068' || facts.code === 'E0000087') && !right)
      return speak('credentials-invalid', 'likely', [byCode(facts, 'The code or the answer is not the right one.')], {
        fix: [
          'Enter the newest code, before it expires; each code works once.',
          'For codes made by an app, check that the clocks of phone and server agree.',
          ...fix.slice(1, 2),
        ],
        weight: 7,
      })
    if (
      facts.code === undefined &&
      facts.status === 401 &&
      facts.path !== undefined &&
      /^\/api\/v1\/authn$/.test(facts.path)
    )
      return speak(
        'credentials-invalid',
        right || factor ? 'possible' : 'likely',
        [byRequest(facts, 'This call checks a login and a password, and it was refused.')],
        { fix, weight: right || factor ? 3 : 7 },
      )
    return []
  },
}
