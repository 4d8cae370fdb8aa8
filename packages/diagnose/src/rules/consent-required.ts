// Is consent needed that has not been given and cannot be asked for in this request?
import { type Facts, toldThat } from '../facts.ts'
import { namedBy, parameter } from './oauth.ts'
import { because, byCode, byRequest, type Rule, speak } from './rule.ts'

const ofUser = [
  'Send the user through authorize without `prompt=none` once, so that the consent page can be shown.',
  'For apps of your own organization, set the consent of the scope to implicit: Security > API > your server > Scopes; or `consent_method: TRUSTED` on the app.',
  'Without a user (client credentials) a scope that requires consent is never given: make a scope for machines that does not.',
]
const ofAdmin = [
  'Grant the scopes to the app: Applications > your app > Okta API Scopes. Only a super administrator can.',
  'Ask only for scopes that are granted; if some are, the token carries those.',
]

const ofApp = [
  'Tell the user what the app needs the data for, and offer to sign in again.',
  'Ask only for the scopes that you use; each one is a line on the page.',
  'For apps of your own organization, set the consent of the scopes to implicit, so that nobody is asked.',
]

// The user was asked, and said no: the redirect itself does not tell it from other denials.
function declinedBy(facts: Facts) {
  if (facts.code !== 'access_denied') return undefined
  if (/\/consent\b/.test(facts.path ?? '')) return byRequest(facts, 'The user answered the page that asks for consent.')
  const told = toldThat(
    facts,
    /\b(?:declined|refused|denied|did not (?:give|allow))\b.{0,30}\b(?:consent|access|scopes?)\b/i,
  )
  return told && because(told, 'The user was asked for consent and said no.')
}

export const consentRequired: Rule = {
  kind: 'consent-required',
  speak(facts) {
    const granted = namedBy(
      facts,
      { sentence: /\bnot allowed any of the requested scopes/i, reasons: 'no_org_scopes_granted' },
      'None of the scopes is granted to the app.',
    )
    if (granted) return speak('consent-required', 'certain', [granted], { first: ofAdmin, fix: [], weight: 9 })
    const named = namedBy(
      facts,
      {
        sentence: /\brequires? (?:user |admin(?:istrator)? )?consent\b|\bconsent (?:is )?required\b/i,
        reasons: 'consent_required\\w*',
      },
      'A scope of the request waits for consent.',
    )
    if (named) return speak('consent-required', 'certain', [named], { fix: ofUser, weight: 9 })
    if (facts.code === 'consent_required')
      return speak('consent-required', 'certain', [byCode(facts, 'A scope of the request waits for consent.')], {
        fix: ofUser,
        weight: 9,
      })
    const declined = declinedBy(facts)
    if (declined) return speak('consent-required', 'certain', [declined], { first: ofApp, fix: [], weight: 9 })
    const told = toldThat(facts, /\bconsent\b.{0,20}\b(?:required|needed|on)\b|\brequires? consent\b/i)
    const alone = parameter(facts, 'grant_type') === 'client_credentials' || parameter(facts, 'prompt') === 'none'
    if (told && alone && (facts.status === undefined || facts.status >= 400))
      return speak('consent-required', 'likely', [because(told, 'Nobody can be asked in this request.')], {
        fix: ofUser,
        weight: 7,
      })
    return []
  },
}
