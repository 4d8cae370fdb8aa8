// Does the browser keep the session cookie of Okta back from a frame or a call in the background?
import { heard, toldThat } from '../facts.ts'
import { parameter } from './oauth.ts'
import { because, byRequest, type Rule, speak } from './rule.ts'

const fix = [
  'Try the same page with third-party cookies allowed: if it works then, this is the cause.',
  'Renew tokens with refresh tokens instead of a hidden frame: ask for `offline_access` and allow the grant Refresh Token.',
  'Or give the org a custom domain under the domain of the app, so that its cookie is a first-party one.',
  'Or send the whole page to authorize instead of a frame.',
]

const STRICT =
  /\b(?:safari|firefox|brave|webkit|itp|incognito|private (?:window|browsing|mode)|third[- ]party cookies?)\b/i

export const thirdPartyCookiesBlocked: Rule = {
  kind: 'third-party-cookies-blocked',
  speak(facts) {
    const nobody = heard(facts, /\bnot to prompt, but the user is not logged in|\buser is not logged in\b/i)
    const background =
      nobody !== undefined ||
      facts.code === 'login_required' ||
      parameter(facts, 'prompt') === 'none' ||
      facts.path === '/api/v1/sessions/me'
    if (!background) return []
    const cookies = toldThat(
      facts,
      /\b(?:third[- ]party|cross[- ]site) cookies?\b.{0,40}\b(?:blocked|off|disabled|not allowed|rejected)\b|\bcookies? (?:is |are |was )?(?:blocked|partitioned|not sent)\b/i,
    )
    const browser = toldThat(facts, STRICT)
    // One browser fails where others do not: then neither the session nor the app is at fault.
    const others = toldThat(
      facts,
      /\b(?:chrome|edge|other browsers?|another browser)\b.{0,30}\b(?:works?|fine|ok|succeeds?)\b/i,
    )
    if (!cookies && !(browser && others)) return []
    return speak(
      'third-party-cookies-blocked',
      'likely',
      [
        nobody ? because(nobody, 'Okta saw no session.') : byRequest(facts, 'This call asks for the session.'),
        cookies && because(cookies, 'Without its cookie Okta cannot know the session.'),
        browser && because(browser, 'This browser keeps such cookies back.'),
        others && because(others, 'In other browsers the same works, so there is a session.'),
      ],
      { fix, weight: 9, cause: 'third-party-cookies-blocked' },
    )
  },
}
