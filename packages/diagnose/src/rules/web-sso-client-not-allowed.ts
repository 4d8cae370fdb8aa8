// Does the target app not name the native client among those that may sign on to it?
import { toldThat } from '../facts.ts'
import { namedBy } from './oauth.ts'
import { because, type Rule, speak } from './rule.ts'

const fix = [
  'Open the target app (the federation app, such as AWS Account Federation) > Sign On > Edit, and put the client id of the native app into Allowed Web SSO Client.',
  'Check that the client id in your tool is that of the native app, and that its grant types have Token Exchange and Device Authorization.',
  'Give both apps the same authentication policy, and assign the user to both.',
]

export const webSsoClientNotAllowed: Rule = {
  kind: 'web-sso-client-not-allowed',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\b(?:not (?:an )?allowed|not permitted|must be (?:an )?allowed)\b.{0,40}\bweb[ _]sso\b|\bweb[ _]sso\b.{0,60}\b(?:not (?:an )?allowed|not permitted|not enabled)\b/i,
        reasons: 'web_sso_(?:client_)?not_allowed|invalid_web_sso_client',
      },
      'The app does not let this client sign on to it.',
    )
    if (named) return speak('web-sso-client-not-allowed', 'certain', [named], { fix, weight: 9 })
    // Tools that sign on to one app by the client of another have two apps to set up; the link between them is forgotten.
    const apps = toldThat(facts, /\bfederation app\b.{0,60}\bnative\b|\bnative\b.{0,60}\bfederation app\b/i)
    if (!apps || facts.code !== undefined || facts.status === undefined || facts.status < 400 || facts.status >= 500)
      return []
    return speak(
      'web-sso-client-not-allowed',
      'possible',
      [because(apps, 'A native client is to sign on to another app, which has to name that client.')],
      { fix, weight: 7 },
    )
  },
}
